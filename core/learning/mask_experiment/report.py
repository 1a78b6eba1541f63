"""The experiment's table as words, tables and curves for a page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from core.annotation.click import SECONDS_A_CLICK
from core.learning.experiment.chart import Curve, drawing
from core.learning.experiment.report import BEGIN, END
from core.learning.mask_experiment.finding import (
    Table,
    Way,
    alone,
    course_way,
    courses_in,
    keys_at,
    kinds,
    runs_of,
    simple_ways,
    values_at,
    videos_of,
)
from core.learning.mask_experiment.measure import Interval, interval

AIM = 0.73
"""Share of clicks that is to be saved: what the article found (HVSA)."""

_KINDS = {"corruption": "Simulated corruption", "labelled": "Videos labelled by people"}
_PRODUCT = "hvsa"
_QUARTERS = (25, 75)


def markdown(table: Table, pictures: dict[str, str]) -> str:
    """Everything between the marks of a page.

    Args:
        table: What was found.
        pictures: Where the curves of each kind lie, seen from the page.
    """
    parts = [BEGIN, "", *_videos(table)]
    for kind in kinds(table):
        parts += ["", f"### {_KINDS[kind]}", "", *_conclusion(table, kind), ""]
        parts += [*_finished(table, kind), ""]
        parts += [f"![mIoU against clicks: {_KINDS[kind]}]({pictures[kind]})", ""]
        names = {video["name"] for video in videos_of(table, kind)}
        if any(run["video"] in names for run in table["runs"]):
            parts += [*_alone(table, kind), "", *_spread(table, kind)]
    return "\n".join([*parts, "", _spent(table), "", END]) + "\n"


def curves(table: Table, kind: str) -> str:
    """Mean IoU against clicks as SVG, for the product's rule in every granularity; bands are the
    middle half of all videos and seeds."""
    shares = [0.0, *table["shares"]]
    lines = []
    for course in courses_in(table):
        if not course.endswith(_PRODUCT):
            continue
        across, middle, low, high = [], [], [], []
        for share in shares:
            values = values_at(table, kind, course, share * 1.02)
            if not values:
                continue
            flat = [v for one in values for v in one]
            across.append(100 * share)
            middle.append(float(np.mean([np.mean(one) for one in values])))
            low.append(float(np.percentile(flat, _QUARTERS[0])))
            high.append(float(np.percentile(flat, _QUARTERS[1])))
        if across:
            lines.append(Curve(course.removesuffix(f" {_PRODUCT}"), across, middle, low, high))
    keys = [(100 * s, float(np.mean(keys_at(table, kind, s)))) for s in shares]
    keys = [(x, y) for x, y in keys if not math.isnan(y)]
    if keys:
        x, y = [list(one) for one in zip(*keys, strict=True)]
        lines.append(Curve("key frames", x, y, y, y))
    levels = {f"{100 * target:.0f} %": target for target in table["targets"]}
    return drawing(
        f"{_KINDS[kind]}: masks of all frames against clicks",
        "clicks, % of labelling every frame from nothing",
        "mean IoU over all frames",
        lines,
        levels,
    )


def sentence(table: Table) -> str:
    """The chief figure in one line for each kind, for the console."""
    return "\n".join(f"{_KINDS[kind]}: {_in_short(table, kind)}" for kind in kinds(table))


def _in_short(table: Table, kind: str) -> str:
    target = table["targets"][-1]
    ours, others = _ours(table, kind, target), simple_ways(table, kind, target)
    if not ours:
        return "no rounds yet."
    best = ours[0]
    rival = min((other.on(best.shares) for other in others), key=_price)
    return (
        f"{100 * target:.0f} % mIoU for {_percent(best.mean)} of the clicks of labelling every "
        f"frame ({best.name}, {best.stop} rounds, then corrected); the best other way "
        f"({rival.name}) takes {_percent(rival.mean)}."
    )


def _ours(table: Table, kind: str, target: float) -> list[Way]:
    """The product's rule in every granularity, the cheapest first of those run on most videos."""
    ways = [
        way
        for course in courses_in(table)
        if course.endswith(_PRODUCT)
        for way in course_way(table, kind, course, target)
    ]
    return sorted(ways, key=_price)


def _price(way: Way) -> tuple[int, int, float]:
    mean = way.mean
    return -len(way.shares), mean.missed, math.inf if math.isnan(mean.mean) else mean.mean


def _conclusion(table: Table, kind: str) -> Iterator[str]:
    target = table["targets"][-1]
    ours = _ours(table, kind, target)
    if not ours:
        yield "No rounds were run yet."
        return
    best, others = ours[0], simple_ways(table, kind, target)
    saved = 1 - best.mean.mean
    met = "met" if saved >= AIM and not best.mean.missed else "missed"
    yield (
        f"- {100 * target:.0f} % mIoU of the truth takes {_percent(best.mean)} of the clicks of "
        f"labelling every frame with {best.name} ({best.stop} rounds, then corrected): "
        f"{100 * saved:.0f} % fewer; the aim of {100 * AIM:.0f} % is {met} on the mean, and met "
        f"on {_met(best)} of the {len(best.shares)} videos that it was run on."
    )
    for other in (one.on(best.shares) for one in others):
        word = "fewer" if best.mean.mean < other.mean.mean else "not fewer"
        yield f"- {word.capitalize()} than {other.name}, which takes {_percent(other.mean)}."
    yield f"- {_smallest(table, kind)}"


def _met(way: Way) -> int:
    return sum(1 - float(np.mean(shares)) >= AIM for shares in way.shares.values())


def _smallest(table: Table, kind: str) -> str:
    """Whether 16x16 is cheapest at the first target, by rounds alone and finished."""
    target = table["targets"][0]
    ranked = _ours(table, kind, target)
    said = f"At {100 * target:.0f} % mIoU, rounds and corrections together, the cheapest is "
    said += f"{_granularity(ranked[0].name)} ({_percent(ranked[0].mean)})"
    place = [_granularity(way.name) for way in ranked]
    if "16x16" in place and place[0] != "16x16":
        mine = ranked[place.index("16x16")]
        said += f", not 16x16 ({_percent(mine.mean)}, place {place.index('16x16') + 1})"
    by_rounds = {
        course: alone(table, kind, course, target)
        for course in courses_in(table)
        if course.endswith(_PRODUCT)
    }
    reached = {c: i for c, i in by_rounds.items() if i.count and not i.missed}
    if reached:
        first = min(reached, key=lambda course: reached[course].mean)
        said += f"; by rounds alone it is {_granularity(first)} ({_percent(reached[first])})."
    else:
        said += "; by rounds alone no granularity reaches it in every run."
    return said


def _granularity(course: str) -> str:
    return course.split(" ", 1)[0]


def _videos(table: Table) -> Iterator[str]:
    yield from _head("Video", "Frames", "Size", "Classes", "Clicks to label every frame", "About")
    for video in table["videos"]:
        clicks = video["every_frame"]
        yield _row(
            video["name"],
            str(video["frames"]),
            f"{video['width']} x {video['height']}",
            str(video["classes"]),
            f"{clicks:,}",
            f"{clicks * SECONDS_A_CLICK / 60:.0f} min",
        )
    if table["missing"]:
        yield ""
        yield f"Not there when this was run: {', '.join(table['missing'])}."


def _finished(table: Table, kind: str) -> Iterator[str]:
    """The heart: all clicks until the target is truly reached."""
    target = table["targets"][-1]
    names = [video["name"] for video in videos_of(table, kind)]
    yield (
        f"All clicks until {100 * target:.0f} % mIoU is truly reached, in % of labelling every "
        "frame (brackets: 95 % interval over videos and seeds):"
    )
    yield ""
    yield from _head("Way", "Stop", *names, "Mean", "Fewer clicks")
    yield _row("every frame from nothing, in full", "", *("100" for _ in names), "100", "0 %")
    ways = simple_ways(table, kind, target)
    for course in courses_in(table):
        ways += course_way(table, kind, course, target)
    for way in ways:
        cells = [_mean_of(way.shares.get(name, [])) for name in names]
        mean = way.mean
        fewer = "–" if mean.missed or math.isnan(mean.mean) else f"{100 * (1 - mean.mean):.0f} %"
        yield _row(way.name, _stop(way), *cells, _percent(mean), fewer)


def _stop(way: Way) -> str:
    return str(way.stop) if way.stop and "key frames" not in way.name else ""


def _mean_of(shares: Sequence[float]) -> str:
    if not shares:
        return "not run"
    missed = sum(math.isnan(share) for share in shares)
    if missed:
        return f"not reached ({missed} of {len(shares)})"
    return f"{100 * float(np.mean(shares)):.0f}"


def _alone(table: Table, kind: str) -> Iterator[str]:
    """What rounds come to without any correction afterwards."""
    targets = table["targets"]
    most = table["shares"][-1]
    yield (
        f"Rounds alone, without correcting what remains, up to {100 * most:.0f} % of the clicks: "
        "clicks to the targets in % (a target that was not reached is no part of a mean), and "
        "mIoU at the end:"
    )
    yield ""
    goals = (f"to {100 * target:.0f} %" for target in targets)
    yield from _head("Way of asking", "Runs", *goals, f"mIoU at {100 * most:.0f} %")
    for course in courses_in(table):
        ends = values_at(table, kind, course, math.inf)
        if not ends:
            continue
        cells = [_reached(alone(table, kind, course, target)) for target in targets]
        yield _row(course, str(sum(map(len, ends))), *cells, _value(interval(ends)))


def _reached(found: Interval) -> str:
    got = found.count - found.missed
    if not got:
        return f"not reached (0 of {found.count})"
    return _percent(found) if not found.missed else f"{_percent(found)}, {got} of {found.count}"


def _spread(table: Table, kind: str) -> Iterator[str]:
    """mIoU on the way, by video, of the product's rule: where it is good and where it is not."""
    shares = [s for s in table["shares"] if s in (0.05, 0.1, 0.25)] or table["shares"][-3:]
    yield "mIoU of rounds alone for so many clicks (%), by video, and that of key frames:"
    yield ""
    yield from _head("Video", "Way", "0", *(f"{100 * s:g}" for s in shares))
    for place, video in enumerate(videos_of(table, kind)):
        for course in courses_in(table):
            runs = runs_of(table, course, video["name"])
            if not course.endswith(_PRODUCT) or not runs:
                continue
            cells = []
            for share in (0.0, *shares):
                limit = 1.02 * share * video["every_frame"]
                ends = [[p for p in r["points"] if p["clicks"] <= limit][-1] for r in runs]
                cells.append(f"{np.mean([p['value'] for p in ends]):.3f}")
            yield _row(video["name"], _granularity(course), *cells)
        keys = [keys_at(table, kind, 1.02 * share)[place] for share in shares]
        yield _row(video["name"], "key frames", "", *("–" if k != k else f"{k:.3f}" for k in keys))


def _spent(table: Table) -> str:
    runs = table["runs"]
    seconds = [p["seconds"] for run in runs for p in run["points"][1:]]
    seeds = sorted({run["seed"] for run in runs})
    spent = sum(p["seconds"] for run in runs for p in run["points"])
    middle = f"{np.median(seconds):.1f} s" if seconds else "–"
    return (
        f"{len(runs)} of {table['runs_wanted']} repetitions were run, seeds "
        f"{', '.join(map(str, seeds)) or 'none'}; a round of choosing, learning and predicting "
        f"took {middle} of one processor (median), all of them {spent / 60:.0f} minutes. Times "
        f"are {SECONDS_A_CLICK} s a click, assumed: nobody was timed."
    )


def _percent(found: Interval) -> str:
    if math.isnan(found.mean):
        return "not reached"
    if found.count < 2:
        return f"{100 * found.mean:.0f} %"
    return f"{100 * found.mean:.0f} % ({100 * found.low:.0f} to {100 * found.high:.0f})"


def _value(found: Interval) -> str:
    return f"{found.mean:.3f} ({found.low:.3f} to {found.high:.3f})"


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
