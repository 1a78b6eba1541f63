"""How what the network hears becomes findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest

from core.catalog.decide import decide
from core.catalog.table import spec_of
from core.domain.finding import Band, Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track

BASE = Fraction(1, 1000)
SPEC = spec_of("audio_artifact")
STRICT = DEFAULT_PROFILE.with_threshold(SPEC.id, "lasting_s", 0.5)


def track(count: int = 20, /, **metrics: Sequence[float] | Mapping[int, float]) -> Track:
    """Rows of half a second; what is not told of is .01, a mapping tells of some rows."""
    columns = {metric.name: np.zeros(count, np.float32) for metric in SPEC.metrics}
    for name in ("hum", "hiss", "distortion", "clicks"):
        columns[name] += 0.01
    for name, values in metrics.items():
        told = values.items() if isinstance(values, Mapping) else enumerate(values)
        for row, value in told:
            columns[name][row] = value
    pts = np.arange(count, dtype=np.int64) * 500
    return Track(SPEC.id, 1, BASE, pts, count * 500, columns)


def other(detector: str, count: int, step_ms: int, **values: float) -> Track:
    """A track of a signal-processing detector that is the same all along."""
    spec = spec_of(detector)
    columns = {
        metric.name: np.full(count, values.get(metric.name, max(metric.low, 0.0)), np.float32)
        for metric in spec.metrics
    }
    pts = np.arange(count, dtype=np.int64) * step_ms
    return Track(detector, 1, BASE, pts, count * step_ms, columns)


def of_network(*tracks: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return [f for f in decide(tracks, profile) if f.detector == SPEC.id]


def spans(*tracks: Track, profile: Profile = DEFAULT_PROFILE) -> list[tuple[str, float, float]]:
    return [(f.defect, f.span.start_s, f.span.end_s) for f in of_network(*tracks, profile=profile)]


def rows(first: int, last: int, value: float) -> dict[int, float]:
    return dict.fromkeys(range(first, last + 1), value)


@pytest.mark.parametrize("artifact", ["hum", "hiss", "distortion", "clicks"])
def test_each_artifact_names_its_own_defect_and_curve(artifact: str) -> None:
    (finding,) = of_network(track(**{artifact: rows(4, 13, 0.99)}))
    assert (finding.defect, finding.evidence.metric) == (artifact, artifact)
    assert finding.evidence.threshold == SPEC.threshold(f"{artifact}_line").default
    assert finding.evidence.peak_value == pytest.approx(0.99)


def test_ends_are_put_back_by_what_rows_look_beyond_their_half_second() -> None:
    assert spans(track(clicks=rows(4, 7, 0.97))) == [("clicks", 2.25, 3.75)]
    # A click lies in the seconds of two rows, and in what these share.
    assert spans(track(clicks=rows(4, 5, 0.97))) == [("clicks", 2.25, 2.75)]


def test_ends_of_the_track_are_not_cut() -> None:
    assert spans(track(clicks=rows(0, 19, 0.97))) == [("clicks", 0.0, 10.0)]
    assert spans(track(clicks=rows(0, 1, 0.97))) == [("clicks", 0.0, 0.75)]
    assert spans(track(clicks=rows(18, 19, 0.97))) == [("clicks", 9.25, 10.0)]


def test_one_row_in_the_middle_is_not_enough() -> None:
    assert spans(track(clicks={5: 0.99})) == []


def test_a_run_is_entered_at_the_line_and_left_at_half_of_it() -> None:
    values = {3: 0.5, 4: 0.91, 5: 0.46, 6: 0.44}
    assert spans(track(clicks=values)) == [("clicks", 1.75, 2.75)]
    assert spans(track(clicks=values | {4: 0.89})) == []
    assert spans(
        track(clicks=values | {4: 0.89}),
        profile=DEFAULT_PROFILE.with_threshold(SPEC.id, "clicks_line", 0.7),
    ) == [("clicks", 1.75, 3.25)]


def test_short_gaps_are_joined_and_longer_ones_are_not() -> None:
    near = {**rows(2, 3, 0.97), **rows(6, 7, 0.97)}
    assert spans(track(clicks=near)) == [("clicks", 1.25, 3.75)]
    far = {**rows(2, 3, 0.97), **rows(7, 8, 0.97)}
    assert len(spans(track(clicks=far))) == 2


def test_hum_and_hiss_are_judged_over_some_seconds() -> None:
    swaying = [0.99, 0.8, 0.97, 0.6, 0.99] * 4
    assert spans(track(hum=swaying)) == [("hum", 0.0, 10.0)]
    lone = rows(8, 9, 0.999)
    assert spans(track(hum=lone), profile=STRICT) == []
    assert spans(track(clicks=lone)) != []


def test_ends_of_what_lasts_lie_where_the_raw_curve_steps() -> None:
    assert spans(track(30, hiss=rows(8, 19, 0.93))) == [("hiss", 4.25, 9.75)]


def test_what_lasts_too_short_is_passed_over() -> None:
    short = track(30, hiss=rows(8, 12, 0.99))
    assert spans(short, profile=STRICT) == [("hiss", 4.25, 6.25)]
    longer = DEFAULT_PROFILE.with_threshold(SPEC.id, "lasting_s", 2.1)
    assert spans(short, profile=longer) == []


def test_silence_is_no_evidence_against_what_it_surrounds() -> None:
    own = track(20, hum=rows(8, 11, 0.97))
    assert spans(own, profile=STRICT) == []
    for name in ("hum", "hiss", "distortion", "clicks"):
        own.metrics[name][:8] = own.metrics[name][12:] = 0.0
    assert [defect for defect, _, _ in spans(own, profile=STRICT)] == ["hum"]


def test_artifacts_at_the_same_time_are_findings_of_their_own() -> None:
    both = track(hum=rows(4, 13, 0.97), clicks=rows(4, 13, 0.97))
    assert spans(both) == [("clicks", 2.25, 6.75), ("hum", 2.25, 6.75)]
    assert len({finding.id for finding in of_network(both)}) == 2


def test_channels_are_those_that_have_it_in_half_of_the_rows() -> None:
    own = track(clicks=rows(4, 7, 0.97), clicks_channels={4: 0b101, 5: 0b101, 6: 0b001, 7: 0b011})
    (finding,) = of_network(own)
    assert finding.evidence.channels == (0, 2)
    assert "in channels 1, 3 for 1.5 s; the network is 97 % sure." in finding.evidence.note


def test_the_peak_is_the_middle_of_the_surest_second() -> None:
    (finding,) = of_network(track(clicks=rows(4, 7, 0.97) | {6: 0.99}))
    assert finding.evidence.peak.seconds == 3.25
    (edge,) = of_network(track(clicks={4: 0.97, 5: 0.99}))
    assert edge.span.contains(edge.evidence.peak)


HUMMING = {"prominence_db": 14.0, "level_db": -50.0, "hz": 50.2, "lines": 4.0}
"""Lines of the mains that stand out less than the rule of hum asks for."""


def test_notes_say_what_the_signal_shows() -> None:
    own = track(40, **{name: rows(4, 13, 0.99) for name in ("hum", "hiss", "distortion", "clicks")})
    beside = (
        other("hum", 80, 250, **HUMMING),
        other("hiss", 80, 250, level_db=-71.0),
        other("clipping", 200, 100, clipped_pct=0.2),
        other("clicks", 40, 500, clicks=1.0),
    )
    found = {f.defect: f for f in of_network(own, *beside)}
    notes = {name: finding.evidence.note for name, finding in found.items()}
    assert notes["hum"].endswith(
        "A line at 50.2 Hz and 3 of its multiples, 14 dB above what is beside it."
    )
    band = found["hum"].evidence.band
    assert band is not None
    assert (band.low_hz, band.high_hz) == pytest.approx((50.2, 8 * 50.2))
    assert notes["hiss"].endswith("The noise floor above 4 kHz lies at -71 dBFS.")
    assert found["hiss"].evidence.band == Band(4000.0, 20_000.0)
    assert notes["distortion"].endswith("At worst 0.2 % of the samples lie in flat tops.")
    assert notes["clicks"].endswith("10 stand out by themselves, 2.2 a second.")
    assert found["clicks"].evidence.band is None


def test_notes_say_when_the_signal_shows_nothing() -> None:
    own = track(**{name: rows(4, 13, 0.99) for name in ("hum", "distortion", "clicks")})
    beside = (other("hum", 40, 250), other("clipping", 100, 100), other("clicks", 20, 500))
    notes = [finding.evidence.note for finding in of_network(own, *beside)]
    assert [note.split("sure. ")[1] for note in notes] == [
        "No single click stands out.",
        "No flat tops.",
        "No line of the mains stands out by itself.",
    ]


@pytest.mark.parametrize(
    ("artifact", "detector", "step_ms", "values"),
    [
        ("hum", "hum", 250, HUMMING | {"prominence_db": 30.0}),
        ("hiss", "hiss", 250, {"level_db": -50.0, "loudest_db": -10.0}),
        ("clicks", "clicks", 500, {"strength_db": 30.0, "clicks": 2.0}),
        ("distortion", "clipping", 100, {"clipped_pct": 5.0, "longest": 9.0}),
    ],
)
def test_one_fault_is_one_flag(
    artifact: str, detector: str, step_ms: int, values: Mapping[str, float]
) -> None:
    own = track(**{artifact: rows(4, 13, 0.99)})
    beside = other(detector, 10_000 // step_ms, step_ms, **values)
    assert {f.detector for f in decide([own, beside], DEFAULT_PROFILE)} == {detector}
    again = DEFAULT_PROFILE.with_threshold(SPEC.id, "repeat", 1)
    assert [f.defect for f in of_network(own, beside, profile=again)] == [artifact]
    alone = Profile("p", "P", disabled=frozenset({detector}))
    assert [f.defect for f in of_network(own, beside, profile=alone)] == [artifact]
    # A detector of something else, or of another stream, is no answer to it.
    elsewhere = Track(detector, 2, BASE, beside.pts, beside.end, beside.metrics)
    assert [f.defect for f in of_network(own, elsewhere)] == [artifact]


def test_a_flag_stays_where_another_covers_less_than_half_of_it() -> None:
    own = track(40, hum=rows(4, 27, 0.97))
    beside = other("hum", 28, 250, **(HUMMING | {"prominence_db": 30.0}))
    assert [f.span.end_s for f in decide([beside], DEFAULT_PROFILE)] == [7.0]
    assert [f.span.end_s for f in of_network(own, beside)] == [13.75]
    longer = other("hum", 36, 250, **(HUMMING | {"prominence_db": 30.0}))
    assert of_network(own, longer) == []


def test_the_edges_of_a_dropout_are_no_clicks() -> None:
    gap = other("dropout", 1000, 10, step_db=0.0)
    gap.metrics["depth_db"][260:270] = 60.0
    at_gap, elsewhere = track(clicks=rows(4, 5, 0.97)), track(clicks=rows(9, 10, 0.97))
    long = track(clicks=rows(2, 9, 0.97))
    assert {f.detector for f in decide([at_gap, gap], DEFAULT_PROFILE)} == {"dropout"}
    assert [f.defect for f in of_network(elsewhere, gap)] == ["clicks"]
    assert [f.defect for f in of_network(long, gap)] == ["clicks"]
    without = Profile("p", "P", disabled=frozenset({"dropout"}))
    assert [f.defect for f in of_network(at_gap, gap, profile=without)] == ["clicks"]


def test_the_score_grows_with_how_sure_and_how_long() -> None:
    scores = [
        of_network(track(clicks=rows(4, last, sure)))[0].score
        for last, sure in ((5, 0.91), (5, 0.97), (9, 0.97))
    ]
    assert 0.5 <= scores[0] < scores[1] < scores[2] <= 1.0
