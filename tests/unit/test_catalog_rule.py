"""What the decision rules share."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from core.catalog.rule import (
    Run,
    at_least,
    edge_of,
    in_words,
    length_s,
    merge_gaps,
    runs_above,
    runs_below,
    runs_of,
    step_severity,
)
from core.domain.defect import Severity
from core.domain.track import Track

TICK = Fraction(1, 25)


def track(count: int, values: list[float] | None = None) -> Track:
    column = np.array(values or [0.0] * count, np.float32)
    return Track("black", 0, TICK, np.arange(count, dtype=np.int64), count, {"m": column})


def test_runs_of_a_mask() -> None:
    mask = np.array([True, False, True, True, False, True])
    assert runs_of(mask) == [Run(0, 0), Run(2, 3), Run(5, 5)]
    assert runs_of(np.zeros(0, bool)) == []


def test_hysteresis_needs_the_high_line_once_and_the_low_line_throughout() -> None:
    values = np.array([0, 2, 3, 2, 0, 2, 2, 0, 3, 1, 3], float)
    assert runs_above(values, 3, 2) == [Run(1, 3), Run(8, 8), Run(10, 10)]
    assert runs_above(values, 3) == [Run(2, 2), Run(8, 8), Run(10, 10)]


def test_low_line_above_the_high_one_is_the_high_one() -> None:
    values = np.array([1, 3, 4], float)
    assert runs_above(values, 3, 9) == runs_above(values, 3)


def test_below_mirrors_above() -> None:
    values = np.array([0, -5, -9, -5, 0], float)
    assert runs_below(values, -9, -5) == [Run(1, 3)]


def test_gaps_are_merged_up_to_and_including_the_limit() -> None:
    runs = [Run(0, 1), Run(5, 6), Run(11, 11)]
    assert merge_gaps(track(12), runs, 3 / 25) == [Run(0, 6), Run(11, 11)]
    assert merge_gaps(track(12), runs, 4 / 25) == [Run(0, 11)]
    assert merge_gaps(track(12), [], 1) == []


def test_length_counts_the_last_row_whole() -> None:
    assert length_s(track(10), Run(2, 4)) == pytest.approx(3 / 25)
    assert length_s(track(10), Run(9, 9)) == pytest.approx(1 / 25)


def test_shortest_length_is_long_enough() -> None:
    runs = [Run(0, 4), Run(6, 9)]
    assert at_least(track(10), runs, 5 / 25) == [Run(0, 4)]


@pytest.mark.parametrize(
    ("run", "edge"),
    [(Run(0, 3), "start"), (Run(5, 49), "end"), (Run(0, 49), "all"), (Run(5, 9), "")],
)
def test_edges_of_a_track(run: Run, edge: str) -> None:
    assert edge_of(track(50), run, 0.05) == edge


def test_severity_stays_on_its_ladder() -> None:
    assert step_severity(Severity.ISSUE, 1) is Severity.BLOCKER
    assert step_severity(Severity.BLOCKER, 1) is Severity.BLOCKER
    assert step_severity(Severity.FYI, -1) is Severity.FYI


@pytest.mark.parametrize(
    ("seconds", "words"), [(31.2, "31 s"), (2.354, "2.35 s"), (0.12, "0.12 s"), (2e-5, "0.001 s")]
)
def test_lengths_read_well_however_short(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
