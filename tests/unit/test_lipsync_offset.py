"""The offset of lips and sound is found with its sign, and an optimum at the limit is none."""

from __future__ import annotations

import numpy as np
import pytest

from core.detectors.lipsync.offset import LIMIT, agreement, scan
from core.domain.errors import BugError, KnownError
from core.models.sync_calibration import FEATURES, Calibration, shape_of


def speech(frames: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(frames, 8)).astype(np.float32)


def noisy(rows: np.ndarray, amount: float) -> np.ndarray:
    return (rows + amount * speech(len(rows), 9)).astype(np.float32)


@pytest.mark.parametrize("early", [-15, -3, 0, 1, 12])
def test_an_early_sound_has_a_positive_offset(early: int) -> None:
    title = speech(200)
    seen, heard = title[50:150], title[50 + early : 150 + early]
    found = scan(seen, heard)
    assert found.offset_frames == pytest.approx(early, abs=0.2)
    assert found.offset_ms == found.offset_frames * 40
    assert not found.at_limit
    assert found.curve.shape == (2 * LIMIT + 1,)


def test_five_frames_with_sound_around_them_are_enough() -> None:
    title = speech(200)
    found = scan(title[100:105], noisy(title[100 + 4 - 20 : 105 + 4 + 20], 0.3), first=20)
    assert found.offset_frames == pytest.approx(4, abs=0.5)


def test_four_seconds_are_usable_without_sound_around_them() -> None:
    title = speech(140)
    found = scan(title[20:120], noisy(title[26:126], 1.0))
    assert found.offset_frames == pytest.approx(6, abs=0.5)
    assert found.confidence > 0.5


def test_a_best_shift_at_the_limit_is_no_evidence() -> None:
    title = speech(300)
    found = scan(title[100:200], title[100 + LIMIT : 200 + LIMIT])
    assert found.at_limit
    assert found.confidence == 0


def test_unrelated_sound_is_not_trusted() -> None:
    assert scan(speech(100), speech(100, 5)).confidence < 0.3


def test_a_flat_curve_says_nothing() -> None:
    still = np.ones((100, 8), np.float32)
    found = scan(still, still)
    assert (found.offset_frames, found.confidence) == (0, 0)


def test_shifts_without_overlap_are_not_looked_at() -> None:
    curve = agreement(speech(10), speech(10), 20)
    assert np.isneginf(curve[:12]).all()
    assert np.isfinite(curve[14:27]).all()


def test_who_speaks_does_not_decide_when() -> None:
    title = speech(200)
    voice = np.full(8, 5, np.float32)
    found = scan(title[50:150] + voice, title[55:155] - voice)
    assert found.offset_frames == pytest.approx(5, abs=0.3)


def test_a_second_peak_and_a_low_one_lower_the_confidence() -> None:
    sure = Calibration((0.0, 1.0, 1.0, 10.0, 0.0, 0.0, 0.0))
    lonely = np.zeros(41)
    lonely[25] = 0.6
    two = lonely.copy()
    two[5] = 0.55

    def said(curve: np.ndarray) -> float:
        return sure.probability(shape_of(curve, 100, 1.0, 1.0))

    assert said(lonely) > said(two)
    assert said(lonely) > said(lonely / 3)


def test_a_still_face_can_lower_the_confidence() -> None:
    lively = Calibration((0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0))
    title = speech(100)
    moving = scan(title, title, calibration=lively)
    still = scan((title / 50).astype(np.float32), title, calibration=lively)
    assert moving.curve == pytest.approx(still.curve, abs=1e-4)
    assert moving.confidence > still.confidence


def test_rows_of_different_width_are_refused() -> None:
    with pytest.raises(BugError):
        scan(speech(10), np.ones((10, 4), np.float32))


def test_a_calibration_needs_a_number_for_each_feature() -> None:
    with pytest.raises(KnownError):
        Calibration((1.0,) * (len(FEATURES) - 1))
    with pytest.raises(KnownError):
        Calibration((float("nan"),) * len(FEATURES))
