"""Curves are reduced without losing a peak or inventing what was not measured."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from core.domain.track import Track, empty_track
from gui.panes.bend import STRAIGHT, bend_for
from gui.panes.curve import Curve


def make_track(count: int, start: int = 0) -> Track:
    rng = np.random.default_rng(7)
    pts = np.arange(start, start + count, dtype=np.int64)
    values = rng.normal(size=count).astype(np.float32)
    return Track("d", 0, Fraction(1, 25), pts, start + count, {"m": values})


@pytest.mark.parametrize("count", [1, 60, 5_000, 200_000])
@pytest.mark.parametrize("columns", [1, 7, 400])
def test_columns_hold_the_extremes_of_all_rows_they_touch(count: int, columns: int) -> None:
    track = make_track(count)
    start, end = 0.0, count / 25
    got = Curve(track, "m").columns(start, end, columns)
    edges = np.linspace(start, end, columns + 1)
    starts, ends, values = track.starts_s, track.ends_s, track.metrics["m"]
    for i in range(0, columns, max(columns // 20, 1)):
        touched = values[(starts < edges[i + 1]) & (ends > edges[i])]
        assert got.valid[i]
        assert got.low[i] <= touched.min()
        assert got.high[i] >= touched.max()
        assert got.low[i] in values
    assert got.high.max() == values.max()
    assert got.low.min() == values.min()


def test_columns_outside_the_measured_stretch_are_not_valid() -> None:
    got = Curve(make_track(50, start=50), "m").columns(0.0, 6.0, 6)
    assert got.valid.tolist() == [False, False, True, True, False, False]


def test_empty_curve_shows_nothing() -> None:
    curve = Curve(empty_track("d", 0, Fraction(1, 25), ["m"]), "m")
    assert not curve.columns(0.0, 1.0, 5).valid.any()
    assert curve.extent() is None
    assert curve.value_at(0.5) is None


def test_value_holds_until_the_next_row() -> None:
    track = make_track(3)
    curve = Curve(track, "m")
    assert curve.value_at(0.05) == pytest.approx(track.metrics["m"][1])
    assert curve.value_at(0.12) is None


@pytest.mark.parametrize("line", [0.001, 0.02, 0.98, 0.9995])
def test_threshold_near_an_end_is_brought_away_from_it(line: float) -> None:
    bend = bend_for([line])
    (share,) = bend.shares(np.array([line])).tolist()
    assert 0.3 < share < 0.7
    assert bend.unbent(share) == pytest.approx(line)
    assert bend.shares(np.array([0.0, 1.0])).tolist() == [0.0, 1.0]


def test_threshold_in_the_middle_leaves_the_scale_straight() -> None:
    assert bend_for([0.5, 0.4]) == STRAIGHT
    assert bend_for([]) == STRAIGHT


def test_bent_scale_keeps_the_order_of_values() -> None:
    shares = bend_for([0.001]).shares(np.linspace(0, 1, 50))
    assert np.all(np.diff(shares) > 0)
