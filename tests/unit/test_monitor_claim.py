"""Findings of a moving window begin once, end once, and are not doubled or lost at its edges."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.time import MediaTime, Span
from core.domain.track import Track
from core.scan.monitor.claim import Change, ClaimBook, LiveFinding
from core.scan.monitor.rolling import Rolling

BASE = Fraction(1, 25)
KEY = ("black", 0)


def finding(start_s: float, end_s: float, severity: Severity = Severity.ISSUE) -> Finding:
    evidence = Evidence("dark_pct", MediaTime.from_seconds(start_s, BASE), 100.0, 98.0, "Black.")
    span = Span.from_seconds(start_s, end_s, BASE)
    return Finding("black", "black", 0, span, 0.9, severity, evidence)


class Tale:
    """What a book told, by finding."""

    def __init__(self) -> None:
        self.book = ClaimBook(DEFAULT_PROFILE)
        self.told: list[tuple[Change, int]] = []
        self.last: dict[int, Finding] = {}

    def hear(
        self, findings: list[Finding], reached_s: float, left_s: float = 0.0, closing: bool = False
    ) -> None:
        changes: list[tuple[Change, LiveFinding]] = self.book.update(
            findings, {KEY: reached_s}, {KEY: left_s}, closing
        )
        for change, live in changes:
            self.told.append((change, live.number))
            self.last[live.number] = live.finding

    @property
    def changes(self) -> list[Change]:
        return [change for change, _ in self.told]


def test_finding_is_told_once_while_it_grows_and_once_when_it_has_ended() -> None:
    tale = Tale()
    for reached in range(10, 20):
        tale.hear([finding(9.0, float(reached))], float(reached))
    assert tale.changes == [Change.OPENED]
    for reached in range(20, 40):
        tale.hear([finding(9.0, 20.0)], float(reached))
    assert tale.changes == [Change.OPENED, Change.CLOSED]
    assert (len(tale.last), [f.span.end_s for f in tale.last.values()]) == (1, [20.0])


def test_claim_that_is_taken_back_at_once_is_never_told() -> None:
    tale = Tale()
    tale.hear([finding(9.0, 10.0)], 10.0)
    tale.hear([], 10.5)
    tale.hear([], 30.0, closing=True)
    assert tale.told == []


def test_claim_that_is_taken_back_after_it_was_told_is_withdrawn() -> None:
    tale = Tale()
    for reached in (10.0, 10.6, 11.2):
        tale.hear([finding(9.0, reached)], reached)
    tale.hear([], 12.0)
    assert tale.changes == [Change.OPENED, Change.WITHDRAWN]


def test_finding_that_outlives_the_window_keeps_its_start_and_its_worst_severity() -> None:
    tale = Tale()
    tale.hear([finding(1.0, 50.0, Severity.BLOCKER)], 50.0, 0.0)
    tale.hear([finding(1.0, 52.0, Severity.BLOCKER)], 52.0, 0.0)
    for reached in range(53, 90):
        left = reached - 40.0
        tale.hear([finding(left, float(reached))], float(reached), left)
    tale.hear([finding(60.0, 90.0)], 100.0, 60.0)
    assert tale.changes == [Change.OPENED, Change.CLOSED]
    (last,) = tale.last.values()
    assert (last.span.start_s, last.span.end_s) == (1.0, 90.0)
    assert last.severity is Severity.BLOCKER


def test_what_ended_long_ago_is_not_found_anew_when_the_window_cuts_its_context() -> None:
    tale = Tale()
    tale.hear([], 30.0)
    tale.hear([finding(5.0, 6.0)], 31.0, 4.0)
    assert tale.told == []


def test_two_findings_at_once_in_two_places_stay_two() -> None:
    left, right = finding(9.0, 12.0), finding(9.0, 12.0)
    left = replace(left, evidence=replace(left.evidence, channels=(0,)))
    right = replace(right, evidence=replace(right.evidence, channels=(1,)))
    tale = Tale()
    for reached in (12.0, 13.5, 30.0):
        tale.hear([left, right], reached)
    assert sorted(tale.changes) == sorted([Change.OPENED, Change.CLOSED] * 2)


def track(dark: np.ndarray, end: int) -> Track:
    flat = dark.astype(np.float32)
    metrics = {
        "dark_pct": flat * 100,
        "spread_pct": (1 - flat) * 30,
        "mean_pct": (1 - flat) * 50,
    }
    for metric in DETECTORS["black"].metrics:
        metrics.setdefault(metric.name, np.zeros(len(flat), np.float32))
    return Track("black", 0, BASE, np.arange(end - len(flat), end, dtype=np.int64), end, metrics)


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.integers(1, 700), st.integers(1, 400)), min_size=1, max_size=4),
    st.integers(30, 90),
    st.integers(0, 3),
)
def test_moving_window_finds_what_the_whole_stream_shows(
    runs: list[tuple[int, int]], step: int, seed: int
) -> None:
    """Black runs of random length and distance; the window is short, steps are random."""
    parts = [part for black, clear in runs for part in (np.zeros(clear), np.ones(black))]
    dark = np.concatenate([*parts, np.zeros(200)])
    whole = replace(track(dark, len(dark)), begins=False, ends=False)
    expected = [(f.span.start, f.span.end) for f in decide([whole], DEFAULT_PROFILE)]
    rolling, tale = Rolling(), Tale()
    rng = np.random.default_rng(seed)
    at = 0
    while at < len(dark):
        stop = min(at + int(rng.integers(10, step + 1)), len(dark))
        rolling.add([track(dark[:stop], stop).piece(at, stop)])
        at = stop
        reached = float((at - 1) * BASE)
        found = list(decide(rolling.tracks(), DEFAULT_PROFILE))
        left = rolling.left_s().get(KEY, float("-inf"))
        tale.hear(found, reached, left, closing=at == len(dark))
        held = tale.book.held_from_s().get(KEY, reached)
        rolling.cut(KEY, min(reached - 8.0, held - 4.0))
        if reached - held > 20.0:
            rolling.thin(KEY, held + 4.0, reached - 8.0)
            tale.book.carry(KEY, held + 4.0)
        assert len(rolling.tracks()[0]) <= 25 * 33 + step
    assert sorted((f.span.start, f.span.end) for f in tale.last.values()) == expected
    assert sorted(tale.changes) == sorted([Change.CLOSED, Change.OPENED] * len(expected))
