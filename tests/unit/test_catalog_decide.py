"""Deciding over stored tracks, some of them measured by an earlier version."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track


def track_of(detector: str, metrics: dict[str, float], rows: int = 60) -> Track:
    return Track(
        detector,
        0,
        Fraction(1, 25),
        np.arange(rows, dtype=np.int64),
        rows,
        {name: np.full(rows, value, np.float32) for name, value in metrics.items()},
    )


def test_tracks_with_metrics_of_an_earlier_version_say_nothing() -> None:
    spec = DETECTORS["combing"]
    old = track_of("combing", {"share": 90.0})
    assert not {metric.name for metric in spec.metrics} <= set(old.metrics)
    assert decide([old], DEFAULT_PROFILE) == ()


def test_rules_are_not_given_tracks_of_an_earlier_version() -> None:
    black = DETECTORS["black"]
    assert "color_frame" in black.after
    now = track_of("black", {metric.name: metric.low for metric in black.metrics})
    old = track_of("color_frame", {"gone": 1.0})
    assert decide([now, old], DEFAULT_PROFILE) == decide([now], DEFAULT_PROFILE)


def test_tracks_of_unknown_detectors_say_nothing() -> None:
    assert decide([track_of("astrology", {"omen": 1.0})], DEFAULT_PROFILE) == ()
