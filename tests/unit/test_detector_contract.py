"""What every registered detector must keep to, whatever it measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from helpers.measure import (
    FRAME,
    RATE,
    TICK,
    audio,
    event_samples,
    measured,
    picture_samples,
    rows_of,
    sound_samples,
    track_of,
    video,
)
from helpers.scenery import moving_planes, music

from core.catalog.decide import decide
from core.catalog.table import DETECTORS, spec_of
from core.detectors.base import Detector, Sample
from core.detectors.registry import detector_class
from core.domain.finding import Finding
from core.domain.media import DecodeEvent, DecodeFault
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Stream
from core.domain.track import empty_track
from core.simulate.inject import INJECTORS, Domain, inject_pictures, inject_sound

SECONDS = 6
START_S, END_S = 2.0, 4.4
Samples = Sequence[Mapping[str, Sample]]


@dataclass(frozen=True)
class Case:
    clean: Samples
    damaged: Samples
    stream: Stream
    tolerance_s: float


def picture_case(detector_id: str) -> Case:
    planes = moving_planes(SECONDS * 25)
    span = (round(START_S * 25), round(END_S * 25))
    damaged = list(inject_pictures(planes, spec_of(detector_id).defect, [span], black=16))
    return Case(
        picture_samples(detector_id, planes),
        picture_samples(detector_id, damaged),
        video(),
        2 / 25,
    )


def sound_case(detector_id: str) -> Case:
    sound = music(SECONDS)
    span = (round(START_S * RATE), round(END_S * RATE))
    damaged = inject_sound(sound, spec_of(detector_id).defect, [span], RATE, 0.6)
    return Case(sound_samples(sound), sound_samples(damaged), audio(), 0.11)


def event_case(_detector_id: str) -> Case:
    count = SECONDS * 25
    events = {
        i: [DecodeEvent(0, i * FRAME, TICK, DecodeFault.CORRUPT_FRAME)]
        for i in range(round(START_S * 25), round(END_S * 25))
    }
    return Case(event_samples(count, {}), event_samples(count, events), video(), 2 / 25)


MAKERS = {Domain.PICTURE: picture_case, Domain.SOUND: sound_case, Domain.STREAM: event_case}


@pytest.fixture(scope="module", params=list(DETECTORS))
def detector_id(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def case(detector_id: str) -> Case:
    return MAKERS[INJECTORS[spec_of(detector_id).defect].domain](detector_id)


def made(detector_id: str, case: Case) -> Detector:
    return detector_class(detector_id)(case.stream)


def claimed(detector_id: str, samples: Samples, case: Case) -> tuple[Finding, ...]:
    return decide([measured(detector_id, samples, SECONDS, case.stream)], DEFAULT_PROFILE)


def test_every_detector_has_an_injector() -> None:
    assert {spec.defect for spec in DETECTORS.values()} <= set(INJECTORS)


def test_silent_on_clean_media(detector_id: str, case: Case) -> None:
    assert claimed(detector_id, case.clean, case) == ()


def test_fires_once_on_its_simulated_defect_where_it_is(detector_id: str, case: Case) -> None:
    (finding,) = claimed(detector_id, case.damaged, case)
    assert finding.detector == detector_id
    assert finding.defect == spec_of(detector_id).defect
    assert finding.stream == case.stream.index
    assert finding.span.start_s == pytest.approx(START_S, abs=case.tolerance_s)
    assert finding.span.end_s == pytest.approx(END_S, abs=case.tolerance_s)
    assert finding.span.contains(finding.evidence.peak)
    assert 0.5 <= finding.score <= 1.0
    assert finding.evidence.note.endswith(".")


def test_rows_carry_the_metrics_of_the_spec_and_no_nan(detector_id: str, case: Case) -> None:
    rows = rows_of(made(detector_id, case), case.damaged)
    pts = [row.pts for row in rows]
    assert pts == sorted(set(pts))
    assert pts[0] == 0
    table = np.array([row.values for row in rows])
    assert table.shape[1] == len(spec_of(detector_id).metrics)
    assert np.isfinite(table).all()


def test_reset_forgets_everything(detector_id: str, case: Case) -> None:
    detector = made(detector_id, case)
    first = rows_of(detector, case.damaged)
    for views in case.damaged[len(case.damaged) // 2 :]:
        detector.measure(views)
    detector.reset()
    assert rows_of(detector, case.damaged) == first


def test_flush_gives_what_was_kept_back_only_once(detector_id: str, case: Case) -> None:
    detector = made(detector_id, case)
    for views in case.damaged:
        detector.measure(views)
    detector.flush()
    assert detector.flush() == []


def test_nothing_measured_gives_no_rows_and_no_findings(detector_id: str, case: Case) -> None:
    assert made(detector_id, case).flush() == []
    names = [metric.name for metric in spec_of(detector_id).metrics]
    nothing = empty_track(detector_id, 0, TICK, names)
    assert decide([nothing], DEFAULT_PROFILE) == ()
    spec = spec_of(detector_id)
    assert spec.rule(spec, {detector_id: nothing}, DEFAULT_PROFILE) == []


def test_measuring_leaves_the_views_as_they_are(detector_id: str, case: Case) -> None:
    before = [
        {n: None if s.data is None else s.data.copy() for n, s in v.items()} for v in case.clean
    ]
    rows_of(made(detector_id, case), case.clean)
    for old, views in zip(before, case.clean, strict=True):
        for name, sample in views.items():
            np.testing.assert_equal(sample.data, old[name])


def test_a_piece_joins_the_whole_after_the_warmup(detector_id: str, case: Case) -> None:
    spec = spec_of(detector_id)
    whole = measured(detector_id, case.damaged, SECONDS, case.stream)
    # Sound windows are counted from the first block, so a piece may start on another grid.
    if spec.views == ("audio",):
        pytest.skip("rows of sound lie on a grid of their own")
    begin = len(case.damaged) // 2
    detector = made(detector_id, case)
    rows = rows_of(detector, case.damaged[begin - spec.warmup :])
    piece = track_of(detector, rows[spec.warmup :], whole.end)
    for name, values in piece.metrics.items():
        np.testing.assert_array_equal(values, whole.metrics[name][begin:])


@pytest.mark.parametrize("block", [1, 480, 1023, 4096, 100_000])
@pytest.mark.parametrize("name", ["silence", "clipping"])
def test_sound_blocks_of_any_size_give_the_same_rows(name: str, block: int) -> None:
    seconds = 0.4 if block == 1 else 3.0
    sound = inject_sound(music(seconds), name, [(9600, 14_400)], RATE, 0.7)
    usual = rows_of(detector_class(name)(audio()), sound_samples(sound, 1024))
    assert rows_of(detector_class(name)(audio()), sound_samples(sound, block)) == usual
