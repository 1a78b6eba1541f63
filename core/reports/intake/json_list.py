"""Flags from JSON: a report of ours, what `onglass scan` prints, or a plain list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.reports.intake.claim import (
    Claim,
    Reading,
    defect_of,
    note_of,
    refuse_many,
    severity_of,
)

_DEEPEST = 1 << 63
_LONGEST_S = 1_000_000.0
_LONGEST_BASE = 48


def read_json(data: bytes, title: Title) -> Reading:
    """Read a list of flags.

    Args:
        data: UTF-8: a report (`onglass export --format json`), the JSON of `onglass scan`, a list
            of objects, or an object that holds one as `findings`, `flags` or `entries`. An object
            has `start_s` and `end_s` in seconds of the title's time line, or `start_pts`,
            `end_pts` and `time_base`; and may have `defect`, `severity`, `note`, `score`, `stream`.
        title: Which title's flags to take from a file about several.

    Raises:
        KnownError: It is no JSON, or holds no list of flags.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise KnownError("This file is not JSON.", str(error)) from error
    items, fingerprint, notes = _items(document, title)
    refuse_many(len(items))
    read = [_claim(item) for item in items]
    claims = tuple(claim for claim in read if claim is not None)
    lost = len(read) - len(claims)
    if lost:
        notes = (*notes, f"{lost} of {len(read)} entries have no times that make sense.")
    return Reading(claims, notes, fingerprint)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _items(document: Any, title: Title) -> tuple[Sequence[Any], str, tuple[str, ...]]:
    if isinstance(document, list):
        return document, "", ()
    if isinstance(document, Mapping):
        if isinstance(document.get("titles"), list):
            return _of_title(document["titles"], title)
        for name in ("entries", "findings", "flags"):
            if isinstance(document.get(name), list):
                about = document.get("title")
                about = about if isinstance(about, Mapping) else document
                return document[name], _text(about.get("fingerprint")), ()
    raise KnownError("This JSON holds no list of flags; docs/export.md says what can be imported.")


def _of_title(titles: list[Any], title: Title) -> tuple[Sequence[Any], str, tuple[str, ...]]:
    known = [t for t in titles if isinstance(t, Mapping) and isinstance(t.get("findings"), list)]
    for fits in (
        lambda t: t.get("fingerprint") == title.fingerprint,
        lambda t: _text(t.get("path")).replace("\\", "/").rpartition("/")[2] == title.name,
    ):
        chosen = [t for t in known if fits(t)]
        if len(chosen) == 1:
            return chosen[0]["findings"], _text(chosen[0].get("fingerprint")), ()
    if len(known) == 1:
        return known[0]["findings"], _text(known[0].get("fingerprint")), ()
    raise KnownError(f"This file is about {len(known)} titles, and none of them is {title.name}.")


def _claim(item: Any) -> Claim | None:
    if not isinstance(item, Mapping):
        return None
    exact = _exact(item)
    if exact is not None:
        start, end = exact.start_time.exact, exact.end_time.exact
    else:
        first, last = _seconds(item.get("start_s")), _seconds(item.get("end_s"))
        if first is None or last is None or last < first:
            return None
        start, end = first, last
    return Claim(
        start,
        end,
        defect_of(_text(item.get("defect"))) or defect_of(_text(item.get("detector"))),
        severity_of(_text(item.get("severity"))),
        note_of(_note(item)),
        _score(item),
        item["stream"] if _is_count(item.get("stream")) else None,
        exact,
    )


def _exact(item: Mapping[str, Any]) -> Span | None:
    start, end, base = item.get("start_pts"), item.get("end_pts"), item.get("time_base")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(base, str)):
        return None
    if not (_is_whole(start) and _is_whole(end) and len(base) < _LONGEST_BASE):
        return None
    try:
        unit = Fraction(base)
    except (ValueError, ZeroDivisionError):
        return None
    if not 0 < unit <= 1 or start >= end:
        return None
    span = Span(start, end, unit)
    return span if max(abs(span.start_s), abs(span.end_s)) < _LONGEST_S else None


def _note(item: Mapping[str, Any]) -> str:
    """The people's words, then the detector's."""
    verdicts = item.get("verdicts")
    said = [
        _text(verdict.get("comment"))
        for verdict in (verdicts if isinstance(verdicts, list) else ())
        if isinstance(verdict, Mapping)
    ]
    finding = item.get("finding")
    holders = [item, finding] if isinstance(finding, Mapping) else [item]
    evidence = [holder.get("evidence") for holder in holders]
    told = [_text(e.get("note")) for e in evidence if isinstance(e, Mapping)]
    words = [*said, _text(item.get("note")), _text(item.get("comment")), *told]
    return next((text for text in words if text.strip()), "")


def _score(item: Mapping[str, Any]) -> float:
    finding = item.get("finding")
    found = item.get("score", finding.get("score") if isinstance(finding, Mapping) else None)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return 1.0
    return float(min(max(found, 0.0), 1.0))


def _seconds(value: Any) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not abs(value) < _LONGEST_S or not isfinite(value):
        return None
    return Fraction(str(value))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _DEEPEST


def _is_count(value: Any) -> bool:
    return _is_whole(value) and value >= 0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
