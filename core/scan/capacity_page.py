"""Capacity plans in words, as JSON values, and as the tables of `docs/scale.md`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.scan.capacity import (
    BUSY_SHARE,
    Catalogue,
    CataloguePlan,
    ChannelPlan,
    plan_catalogue,
    plan_channels,
)
from core.scan.cost import NETWORKS, Check, Content, CostTable, HourCost, hour_cost

_HOUR_S = 3600.0
_SMALL = Content(960, 540, 25.0, 2_500_000.0)
_LARGE = Content()
_MONTH_DAYS = 30.0
BEGIN = "<!-- written by onglass capacity --page -->"
END = "<!-- end of what is written -->"
_CATALOGUE_HEAD = (
    *("Titles of an hour", "Pictures", "Detectors", "By", "Workers (cores)", "Core hours", "Wall"),
    *("Writer busy", "Store", "Media read", "Memory"),
)
_CHANNEL_HEAD = (
    *("Channels", "Pictures", "Detectors", "Cores", "Channels a core", "Network"),
    *("Ring of an hour", "Memory"),
)


def catalogue_document(plan: CataloguePlan) -> dict[str, Any]:
    """A plan as JSON values."""
    catalogue, forecast = plan.catalogue, plan.forecast
    return {
        "titles": catalogue.titles,
        "hours_each": catalogue.hours,
        "tasks": plan.tasks,
        "workers": plan.workers,
        "wall_hours": round(forecast.wall_s / _HOUR_S, 2),
        "core_hours": round(plan.core_hours, 1),
        "cost": _cost_document(plan.cost),
        "worker_busy": round(forecast.worker_share, 4),
        "writer_busy": round(forecast.writer_share, 4),
        "done": forecast.done,
        "failed": forecast.failed,
        "store_bytes": round(plan.store_bytes),
        "store_rows": round(plan.rows),
        "read_bytes": round(plan.read_bytes),
        "memory_mib": round(plan.memory_mib),
        "limits": [
            {
                "name": limit.name,
                "workers": None if math.isinf(limit.workers) else round(limit.workers, 1),
                "sentence": limit.sentence,
            }
            for limit in plan.limits
        ],
    }


def channels_document(plan: ChannelPlan) -> dict[str, Any]:
    """A plan as JSON values."""
    return {
        "channels": plan.channels,
        "cores": round(plan.cores, 1),
        "channels_a_core": round(plan.channels_a_core, 3),
        "cost": _cost_document(plan.cost),
        "ingest_bytes_s": round(plan.ingest_bytes_s),
        "ring_bytes_hour": round(plan.ring_bytes),
        "memory_mib": round(plan.memory_mib),
        "store_bytes_day": round(plan.store_bytes_day),
    }


def _cost_document(cost: HourCost) -> dict[str, Any]:
    return {
        "core_seconds_an_hour": round(cost.total_s, 1),
        "decode_s": round(cost.decode_s, 1),
        "detectors_s": {name: round(s, 2) for name, s in cost.own_s.items()},
        "without_figure": list(cost.unknown),
    }


def catalogue_text(plan: CataloguePlan) -> str:
    """A plan for people."""
    catalogue, forecast = plan.catalogue, plan.forecast
    workers = "1 worker" if plan.workers == 1 else f"{plan.workers:,} workers"
    lines = [
        f"{catalogue.titles:,} titles of {catalogue.hours:g} hours, {_size(catalogue.content)}: "
        f"{workers} on as many cores take {_span(forecast.wall_s)}.",
        *_cost_lines(plan.cost),
        f"  Work: {plan.core_hours:,.0f} core hours in {plan.tasks:,} tasks; workers busy "
        f"{forecast.worker_share:.0%}, the writer {forecast.writer_share:.1%}; "
        f"{forecast.failed:,} tasks fail.",
        f"  Store: {_bytes(plan.store_bytes)}, {plan.rows:,.0f} rows. Media read: "
        f"{_bytes(plan.read_bytes)}. Memory: {_bytes(plan.memory_mib * (1 << 20))}.",
        "  What gives out first:",
        *(
            f"    {_workers(limit.workers)}: {limit.name} ({limit.sentence})"
            for limit in plan.limits
        ),
    ]
    return "\n".join(lines)


def channels_text(plan: ChannelPlan) -> str:
    """A plan for people."""
    return "\n".join(
        [
            f"{plan.channels:,} channels take {plan.cores:,.0f} cores "
            f"({plan.channels_a_core:.2f} channels a core, which is busy to {BUSY_SHARE:.0%}).",
            *_cost_lines(plan.cost),
            f"  Network: {_bytes(plan.ingest_bytes_s)} a second. Disk: {_bytes(plan.ring_bytes)} "
            f"for an hour of each. Memory, a worker a channel: "
            f"{_bytes(plan.memory_mib * (1 << 20))}.",
            f"  Store, were every track kept: {_bytes(plan.store_bytes_day)} a day.",
        ]
    )


def _cost_lines(cost: HourCost) -> list[str]:
    dear = sorted(cost.own_s.items(), key=lambda item: -item[1])[:4]
    lines = [
        f"  An hour costs {cost.total_s:,.0f} s of a core ({cost.real_time:.2f} x real time): "
        f"decoding {cost.decode_s:,.0f} s, "
        + ", ".join(f"{name} {seconds:,.0f} s" for name, seconds in dear)
        + ("." if len(dear) == len(cost.own_s) else " …")
    ]
    if cost.unknown:
        lines.append(f"  Not measured, so not counted: {', '.join(cost.unknown)}.")
    return lines


# The page ---------------------------------------------------------------------------------------


def with_tables(page: str, tables: str) -> str:
    """A page whose tables are replaced; the tables alone where it has no place for them."""
    before, found, rest = page.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables}{END}{after}" if found and ended else tables


def scale_page(table: CostTable, detectors: Sequence[str]) -> str:
    """The tables of `docs/scale.md`, in Markdown.

    Args:
        table: What was measured.
        detectors: All that are counted.
    """
    plain = tuple(name for name in detectors if name not in NETWORKS)
    sets = {"all": tuple(detectors), "without networks": plain}
    parts = [
        f"Measured on: {table.machine}, {table.cores} cores; one core decodes "
        f"{table.reference:.0f} megapixels of the reference clip a second.",
        "## An hour of content, by detector",
        _detector_table(table, detectors),
        "## Catalogues",
        _table(
            _CATALOGUE_HEAD,
            _catalogue_rows(table, sets),
        ),
        "## What gives out first",
        _limit_table(table, sets["without networks"]),
        *(_check_lines(table.check, table.cores) if table.check is not None else ()),
        "## Channels",
        _table(
            _CHANNEL_HEAD,
            _channel_rows(table, sets),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _detector_table(table: CostTable, detectors: Sequence[str]) -> str:
    small = hour_cost(table, _SMALL, detectors)
    large = hour_cost(table, _LARGE, detectors)
    names = sorted(large.own_s, key=lambda name: -large.own_s[name])
    rows = [("decoding, once for all", _s(small.decode_s), _s(large.decode_s), "")]
    rows += [
        (f"`{n}`", _s(small.own_s[n]), _s(large.own_s[n]), f"{large.own_s[n] / large.total_s:.1%}")
        for n in names
    ]
    rows.append(("all", _s(small.total_s), _s(large.total_s), ""))
    text = _table(("", "540p25, core s", "1080p25, core s", "Share at 1080p"), rows)
    if large.unknown:
        text += f"\n\nWithout a figure: {', '.join(f'`{name}`' for name in large.unknown)}."
    return text


def _catalogue_rows(table: CostTable, sets: Mapping[str, Sequence[str]]) -> Iterable[Sequence[str]]:
    for titles in (1_000, 100_000):
        for content in (_SMALL, _LARGE):
            for name, detectors in sets.items():
                plan = plan_catalogue(
                    table, Catalogue(titles, 1.0, content=content), detectors, days=_MONTH_DAYS
                )
                yield (
                    f"{titles:,}",
                    _size(content),
                    name,
                    f"{_MONTH_DAYS:.0f} days",
                    f"{plan.workers:,}",
                    f"{plan.core_hours:,.0f}",
                    _span(plan.forecast.wall_s),
                    f"{plan.forecast.writer_share:.1%}",
                    _bytes(plan.store_bytes),
                    _bytes(plan.read_bytes),
                    _bytes(plan.memory_mib * (1 << 20)),
                )


def _limit_table(table: CostTable, detectors: Sequence[str]) -> str:
    rows = []
    for content, hours in ((_LARGE, 1.0), (_SMALL, 1.0), (_SMALL, 1 / 60)):
        plan = plan_catalogue(table, Catalogue(2_000, hours, content=content), detectors, workers=1)
        length = "an hour" if hours == 1.0 else "a minute"
        rows += [
            (f"{_size(content)}, titles of {length}", limit.name, _workers(limit.workers))
            for limit in plan.limits
        ]
    return _table(("Content, detectors without networks", "What", "At"), rows)


def _channel_rows(table: CostTable, sets: Mapping[str, Sequence[str]]) -> Iterable[Sequence[str]]:
    for content in (_SMALL, _LARGE):
        for name, detectors in sets.items():
            plan = plan_channels(table, 2_000, content, detectors)
            yield (
                f"{plan.channels:,}",
                _size(content),
                name,
                f"{plan.cores:,.0f}",
                f"{plan.channels_a_core:.2f}",
                f"{plan.ingest_bytes_s * 8 / 1e9:.1f} Gbit/s",
                _bytes(plan.ring_bytes),
                _bytes(plan.memory_mib * (1 << 20)),
            )


def _check_lines(check: Check, cores: int) -> tuple[str, ...]:
    return (
        "## Held against runs",
        f"{check.titles} short titles with warm workers, the real driver, store and writer, each "
        "task made to last a fixed time so that other work on the machine counts little: two "
        "workers did "
        f"{check.measured_ratio:.2f} × as much as one; the simulation, from the costs of one, says "
        f"{check.simulated_ratio:.2f} ×. For two its wall time is {check.error_percent:+.1f} % "
        f"off. Load of the machine meanwhile: {check.load:.0f} processes on {cores} cores.",
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def _workers(count: float) -> str:
    return "not at all" if math.isinf(count) else f"{count:,.0f} workers"


def _size(content: Content) -> str:
    return f"{content.width}×{content.height}, {content.rate:g}/s, {content.bitrate / 1e6:g} Mbit/s"


def _s(seconds: float) -> str:
    return f"{seconds:,.1f}" if seconds < 100 else f"{seconds:,.0f}"


def _span(seconds: float) -> str:
    if seconds < 2 * _HOUR_S:
        return f"{seconds / 60:,.1f} minutes"
    return (
        f"{seconds / _HOUR_S:,.1f} hours" if seconds < 172_800 else f"{seconds / 86_400:,.1f} days"
    )


def _bytes(count: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count / 1e6:,.1f} MB"
