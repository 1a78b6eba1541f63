"""What every registered detector must keep to, whatever it measures."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.case import Case, Samples, case_of
from helpers.ear import FlatTopEar
from helpers.eye import best_eye
from helpers.measure import RATE, TICK, audio, measured, rows_of, sound_samples, track_of
from helpers.scenery import music
from helpers.talker import use_stand_ins

from core.catalog.decide import decide
from core.catalog.table import DETECTORS, spec_of
from core.detectors.audio_artifact import AudioArtifactDetector
from core.detectors.base import Detector
from core.detectors.block_corruption import BlockCorruptionDetector
from core.detectors.registry import detector_class
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import empty_track
from core.simulate.inject import INJECTORS, UNANSWERED, Domain, inject_sound


@pytest.fixture(autouse=True)
def _senses(monkeypatch: pytest.MonkeyPatch) -> None:
    eye = best_eye()
    monkeypatch.setattr(BlockCorruptionDetector, "open_eye", lambda: eye)
    monkeypatch.setattr(AudioArtifactDetector, "open_ear", FlatTopEar)
    use_stand_ins(monkeypatch)


@pytest.fixture(scope="module", params=list(DETECTORS))
def detector_id(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def case(detector_id: str) -> Case:
    return case_of(detector_id)


def made(detector_id: str, case: Case) -> Detector:
    return detector_class(detector_id)(case.stream)


def claimed(detector_id: str, samples: Samples, case: Case) -> tuple[Finding, ...]:
    own = measured(detector_id, samples, case.seconds, case.stream)
    return tuple(
        f for f in decide([own, *case.others], DEFAULT_PROFILE) if f.detector == own.detector
    )


def test_every_detector_has_an_injector() -> None:
    assert {defect for spec in DETECTORS.values() for defect in spec.defects} <= set(INJECTORS)


def test_every_injector_has_a_detector_or_a_reason_why_not() -> None:
    answered = {defect for spec in DETECTORS.values() for defect in spec.defects}
    assert set(UNANSWERED) == set(INJECTORS) - answered
    assert all(reason.endswith(".") for reason in UNANSWERED.values())


def test_silent_on_clean_media(detector_id: str, case: Case) -> None:
    assert claimed(detector_id, case.clean, case) == ()


def test_fires_once_on_its_simulated_defect_where_it_is(detector_id: str, case: Case) -> None:
    (finding,) = claimed(detector_id, case.damaged, case)
    assert finding.detector == detector_id
    assert finding.defect == spec_of(detector_id).defect
    assert finding.stream == case.stream.index
    assert finding.span.start_s == pytest.approx(case.start_s, abs=case.tolerance_s)
    assert finding.span.end_s == pytest.approx(case.end_s, abs=case.tolerance_s)
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
    whole = measured(detector_id, case.damaged, case.seconds, case.stream)
    # Sound windows are counted from the first block, so a piece may start on another grid, and
    # captions are always read from the beginning.
    if {"audio", "cues"} & set(spec.views):
        pytest.skip("rows of sound and captions lie on a grid of their own")
    begin = len(case.damaged) // 2
    begin_pts = next(iter(case.damaged[begin].values())).pts
    detector = made(detector_id, case)
    rows = rows_of(detector, case.damaged[begin - spec.warmup :])
    piece = track_of(detector, [row for row in rows if row.pts >= begin_pts], whole.end)
    same = np.flatnonzero(whole.pts >= begin_pts)
    np.testing.assert_array_equal(piece.pts, whole.pts[same])
    for name, values in piece.metrics.items():
        np.testing.assert_array_equal(values, whole.metrics[name][same])


@pytest.mark.parametrize("block", [1, 480, 1023, 4096, 100_000])
@pytest.mark.parametrize(
    "name",
    [
        s.id
        for s in DETECTORS.values()
        # Lip sync needs pictures as well; its own tests give the sound in pieces.
        if INJECTORS[s.defect].domain is Domain.SOUND and "luma" not in s.views
    ],
)
def test_sound_blocks_of_any_size_give_the_same_rows(name: str, block: int) -> None:
    seconds = 0.4 if block == 1 else 3.0
    sound = inject_sound(music(seconds), spec_of(name).defect, [(9600, 14_400)], RATE, 0.7)
    usual = rows_of(detector_class(name)(audio()), sound_samples(sound, 1024))
    assert rows_of(detector_class(name)(audio()), sound_samples(sound, block)) == usual
