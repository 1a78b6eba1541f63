"""The table of detectors, and deciding over all of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from core.catalog.decide import decide
from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS, spec_of, table_of
from core.detectors.registry import detector_class
from core.domain.defect import DEFECTS, Severity
from core.domain.errors import BugError, KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track

TICK = Fraction(1, 25)


@pytest.fixture(params=list(DETECTORS))
def spec(request: pytest.FixtureRequest) -> DetectorSpec:
    return DETECTORS[request.param]


def black_track(stream: int = 0, detector: str = "black") -> Track:
    """A second of bright picture, ten black frames, and another second."""
    count = 60
    dark = np.zeros(count, np.float32)
    dark[25:35] = 100
    spread = np.where(dark > 0, 0, 60).astype(np.float32)
    mean = np.where(dark > 0, 0, 50).astype(np.float32)
    metrics = {"dark_pct": dark, "mean_pct": mean, "spread_pct": spread}
    return Track(detector, stream, TICK, np.arange(count, dtype=np.int64), count, metrics)


def test_names_are_unique_and_known(spec: DetectorSpec) -> None:
    assert spec.defect in DEFECTS
    for names in ([m.name for m in spec.metrics], [t.name for t in spec.thresholds]):
        assert len(names) == len(set(names))


def test_thresholds_lie_within_their_limits_and_name_real_metrics(spec: DetectorSpec) -> None:
    for threshold in spec.thresholds:
        assert threshold.low <= threshold.default <= threshold.high
        assert threshold.source
        if threshold.metric:
            metric = spec.metric(threshold.metric)
            assert metric.low <= threshold.default <= metric.high
            assert metric.unit == threshold.unit
    for metric in spec.metrics:
        assert metric.low < metric.high


def test_every_detector_shows_a_line_to_drag(spec: DetectorSpec) -> None:
    assert any(threshold.metric for threshold in spec.thresholds)


def test_measuring_half_is_registered(spec: DetectorSpec) -> None:
    assert detector_class(spec.id).id == spec.id


def test_unknown_detector_is_a_known_error() -> None:
    with pytest.raises(KnownError, match="no detector named nonsense"):
        detector_class("nonsense")


def test_second_detector_of_the_same_id_is_refused() -> None:
    black = spec_of("black")
    with pytest.raises(BugError, match="two detectors"):
        table_of(black, replace(black, title="Again"))


def test_detector_of_an_unknown_defect_is_refused() -> None:
    with pytest.raises(BugError, match="unknown defect"):
        table_of(replace(spec_of("black"), defect="nonsense"))


def test_detector_that_reads_an_unknown_track_is_refused() -> None:
    with pytest.raises(BugError, match="unknown detector"):
        table_of(spec_of("freeze"))


def test_findings_carry_both_hashes() -> None:
    (finding,) = decide([black_track()], DEFAULT_PROFILE, {"black": "abc"})
    assert (finding.profile, finding.weights) == (DEFAULT_PROFILE.hash, "abc")


def test_findings_come_in_order_of_time_over_all_tracks() -> None:
    found = decide([black_track(3), black_track(1)], DEFAULT_PROFILE)
    assert [f.stream for f in found] == [1, 3]


def test_disabled_and_unknown_detectors_say_nothing() -> None:
    profile = Profile("p", "P", disabled=frozenset({"black"}))
    assert decide([black_track()], profile) == ()
    assert decide([black_track(detector="of_the_future")], DEFAULT_PROFILE) == ()


def test_profile_sets_the_severity() -> None:
    profile = Profile("p", "P", severities={"black": Severity.FYI})
    assert [f.severity for f in decide([black_track()], profile)] == [Severity.FYI]


def test_moved_threshold_decides_anew() -> None:
    longer = DEFAULT_PROFILE.with_threshold("black", "min_frames", 11)
    assert decide([black_track()], longer) == ()
