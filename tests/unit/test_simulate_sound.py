"""Distortion and wow: the injectors that no detector of their own answers."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.measure import RATE, measured_sound
from helpers.scenery import Sound
from helpers.soundscape import ambience, stage

from core.catalog.decide import decide
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.distortion import Distortion
from core.simulate.inject import INJECTORS, inject_sound
from core.simulate.wow import Wow


def tone(hertz: float, seconds: float = 4.0) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.stack([0.5 * np.sin(2 * np.pi * hertz * time)] * 2).astype(np.float32)


def distance_db(clean: Sound, damaged: Sound) -> float:
    """What the damage added, against what it kept, whatever the level."""
    gain = float((clean * damaged).sum() / np.square(clean).sum())
    added = damaged - gain * clean
    return float(10 * np.log10(np.square(added).sum() / np.square(gain * clean).sum()))


@pytest.mark.parametrize("variant", INJECTORS["distortion"].variants)
def test_distortion_grows_with_severity_and_spares_the_rest(variant: str) -> None:
    clean = stage(2)
    before = clean.copy()
    span = (RATE // 2, RATE * 3 // 2)
    added = []
    for severity in (0.0, 0.5, 1.0):
        damaged = inject_sound(clean, "distortion", [span], RATE, severity, variant=variant)
        np.testing.assert_array_equal(damaged[:, : span[0]], clean[:, : span[0]])
        np.testing.assert_array_equal(damaged[:, span[1] :], clean[:, span[1] :])
        assert np.abs(damaged).max() <= 1.0
        added.append(distance_db(clean[:, slice(*span)], damaged[:, slice(*span)]))
    assert added == sorted(added)
    assert added[-1] > -12.0
    np.testing.assert_array_equal(clean, before)


@pytest.mark.parametrize("rate", [8000, 44_100])
def test_coded_sound_stays_in_step(rate: int) -> None:
    clean = ambience(2)[:, : 2 * rate]
    coded = Distortion(0.0, 0, "codec").apply(clean, rate)
    assert coded.shape == clean.shape
    cross = np.fft.irfft(np.fft.rfft(coded[0]) * np.conj(np.fft.rfft(clean[0])))
    assert int(np.argmax(cross)) == 0


def test_same_seed_gives_the_same_sound() -> None:
    for defect, variant in (("distortion", "codec"), ("wow", "flutter")):
        first, second = (
            inject_sound(stage(1), defect, [(0, RATE)], RATE, 0.5, 3, variant=variant)
            for _ in range(2)
        )
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("variant", INJECTORS["distortion"].variants)
@pytest.mark.parametrize("count", [0, 1, 37])
def test_hardly_any_sound_and_silence_are_survived(variant: str, count: int) -> None:
    for clean in (stage(0.1)[:, :count], np.zeros((2, count), np.float32)):
        damaged = Distortion(1.0, 0, variant).apply(clean, RATE)
        assert damaged.shape == clean.shape
        assert damaged.dtype == np.float32
    assert Wow().apply(stage(0.1)[:, :count], RATE).shape == (2, count)


def test_hard_distortion_is_answered_by_clipping() -> None:
    damaged = inject_sound(stage(6), "distortion", [(2 * RATE, 4 * RATE)], RATE, 0.5)
    (finding,) = decide([measured_sound("clipping", damaged)], DEFAULT_PROFILE)
    assert finding.span.start_s == pytest.approx(2.0, abs=0.21)
    assert finding.span.end_s == pytest.approx(4.0, abs=0.21)


@pytest.mark.parametrize(("variant", "low_hz", "high_hz"), [("wow", 0.4, 2.1), ("flutter", 5, 13)])
@pytest.mark.parametrize("severity", [0.0, 1.0])
def test_speed_wobbles_as_far_and_as_fast_as_it_says(
    variant: str, low_hz: float, high_hz: float, severity: float
) -> None:
    damage = Wow(severity, 5, variant)
    damaged = damage.apply(tone(1000), RATE)[0].astype(np.float64)
    analytic = np.fft.fft(damaged)
    analytic[len(analytic) // 2 :] = 0
    phase = np.unwrap(np.angle(np.fft.ifft(analytic)))
    speed = np.diff(phase)[RATE // 4 : -RATE // 4] * RATE / (2 * np.pi) / 1000 - 1
    assert np.abs(speed).max() == pytest.approx(float(damage.parameters()["speed"]), rel=0.1)
    spectrum = np.abs(np.fft.rfft(speed * np.hanning(len(speed)), 1 << 20))
    assert low_hz < np.argmax(spectrum) * RATE / (1 << 20) < high_hz


def test_what_comes_after_a_wobble_is_in_time() -> None:
    clean = stage(2)
    damaged = Wow(1.0, 0).apply(clean, RATE)
    np.testing.assert_allclose(damaged[:, [0, -1]], clean[:, [0, -1]], atol=1e-6)
