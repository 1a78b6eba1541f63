"""Stretches analysed later lie over the analysis of the whole title."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from core.domain.track import Track
from core.review.piece import lay_over

BASE = Fraction(1, 1000)


def track(start: int, stop: int, value: float, detector: str = "black", metric: str = "m") -> Track:
    pts = np.arange(start, stop, 10, dtype=np.int64)
    return Track(detector, 0, BASE, pts, stop, {metric: np.full(len(pts), value, np.float32)})


@pytest.mark.parametrize(("start", "stop"), [(30, 60), (0, 40), (70, 120), (0, 100), (33, 57)])
def test_measured_anew_wins_and_the_rest_stays(start: int, stop: int) -> None:
    (joined,) = lay_over([track(0, 100, 1.0)], [track(start, stop, 2.0)])
    inside = (joined.pts >= start) & (joined.pts < stop)
    assert set(joined.metrics["m"][inside]) == {2.0}
    assert set(joined.metrics["m"][~inside]) <= {1.0}
    assert joined.end == max(stop, 100)
    assert joined.pts[0] == 0


def test_maps_lie_where_their_rows_do() -> None:
    def mapped(start: int, stop: int, value: int, rows: int = 2) -> Track:
        plain = track(start, stop, float(value))
        return replace(plain, maps=np.full((len(plain), rows, 3), value, np.uint8))

    (joined,) = lay_over([mapped(0, 100, 1)], [mapped(33, 57, 2)])
    assert joined.maps is not None
    np.testing.assert_array_equal(joined.maps[:, 0, 0], joined.metrics["m"])
    for piece in (mapped(33, 57, 2, rows=3), track(33, 57, 2.0)):
        (joined,) = lay_over([mapped(0, 100, 1)], [piece])
        assert joined.maps is None


def test_what_does_not_fit_is_left_out_and_what_is_new_is_added() -> None:
    whole = track(0, 100, 1.0)
    other = track(0, 50, 3.0, "freeze")
    assert lay_over([whole], [track(0, 50, 2.0, metric="other"), other]) == (whole, other)
    assert lay_over([whole], [track(0, 0, 2.0)]) == (whole,)
