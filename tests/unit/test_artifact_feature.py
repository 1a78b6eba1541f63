"""Each feature shows the artifact that it is there for, and nothing comes out that is no number."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain.errors import BugError
from core.models.artifact_feature import FEATURES, LINE_HZ, PANNS_MEL, features_of
from core.models.mel_front import slaney_mel

RATE = 48_000
Floats = NDArray[np.float32]


def tone(hz: float, level: float = 0.5, rate: int = RATE, samples: int | None = None) -> Floats:
    at = np.arange(rate if samples is None else samples) / rate
    return (level * np.sin(2 * np.pi * hz * at + 0.3)).astype(np.float32)


def noise(level: float = 0.1, rate: int = RATE, seed: int = 1) -> Floats:
    random = np.random.default_rng(seed)
    return (level * random.standard_normal(rate)).astype(np.float32)


def heard(second: Floats, rate: int = RATE) -> dict[str, Floats]:
    return {name: f[0].astype(np.float32) for name, f in features_of(second[None], rate).items()}


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 48_000, 192_000])
def test_shapes_do_not_depend_on_the_rate(rate: int) -> None:
    found = features_of(np.stack([noise(rate=rate), tone(440, rate=rate)]), rate)
    assert {name: values.shape for name, values in found.items()} == {
        name: (2, *shape) for name, shape in FEATURES.items()
    }
    assert all(values.dtype == np.float16 for values in found.values())


def test_a_second_sounds_the_same_in_any_company() -> None:
    seconds = np.stack([noise(seed=seed) for seed in range(11)])
    together = features_of(seconds, RATE)
    for place in (0, 7, 8, 10):
        alone = features_of(seconds[place : place + 1], RATE)
        for name in FEATURES:
            assert np.abs(together[name][place] - alone[name][0]).max() < 0.01, name


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_hum_is_an_upright_line(rate: int) -> None:
    hum = sum((tone(50.25 * k, 0.01 / k, rate) for k in range(1, 9)), noise(0.02, rate))
    lines = heard(hum, rate)["lines"]
    assert abs(LINE_HZ[lines[:8].sum(axis=0).argmax()] - 50.25) <= 0.125
    assert lines[:4, LINE_HZ == 50.25].min() > 1 > np.quantile(lines, 0.95)


def test_the_floor_shows_how_high_noise_reaches() -> None:
    spectrum = np.fft.rfft(noise())
    spectrum[10_000:] = 0
    floor = heard(np.fft.irfft(spectrum).astype(np.float32))["floor"]
    assert (floor[:, :38] > 1).all()
    assert (floor[:, 44:] < -2.5).all()


def test_bands_above_half_the_rate_are_low_and_those_below_are_even() -> None:
    floor = heard(noise(rate=44_100), 44_100)["floor"]
    assert (floor[:, 88:] == -3).all()
    assert np.ptp(floor[2, 4:88]) < 0.2


def test_a_click_stands_out_at_its_own_instant() -> None:
    second = tone(220, 0.3) + noise(0.001)
    second[30_000] += 0.1
    errors = heard(second)["instants"][4]
    assert errors.argmax() == 30_000 * 500 // RATE
    assert errors.max() > np.sort(errors)[-2] + 1


def test_a_plateau_is_counted_where_it_is_and_after_a_gain() -> None:
    second = tone(100) + noise(0.01)
    clipped = np.clip(second, -0.4, 0.45)
    for gain in (1, 0.3):
        counted = heard((gain * clipped).astype(np.float32))["instants"][5]
        on_top = (clipped >= 0.45) | (clipped <= -0.4)
        there = np.logical_or.reduceat(on_top, np.arange(500) * RATE // 500)
        assert ((counted > 0.5) == there).all()
    assert heard(second)["instants"][5].max() <= 1.5


def test_clipping_piles_up_at_the_top_of_the_heights() -> None:
    clean, clipped = heard(noise()), heard(np.clip(noise(), -0.15, 0.15))
    for row in (0, 1):
        assert clipped["heights"][row, -1] > clean["heights"][row, -1] + 1.5
    assert clipped["figures"][2] > clean["figures"][2] + 1.5


@pytest.mark.parametrize("name", list(FEATURES))
def test_only_the_level_hears_a_gain(name: str) -> None:
    loud, low = heard(noise(0.2))[name], heard(noise(0.02))[name]
    if name == "figures":
        assert loud[0] - low[0] == pytest.approx(1, abs=0.01)
        loud, low = loud[1:], low[1:]
    assert np.abs(loud - low).max() < 0.02


def test_dither_is_not_raised_to_the_level_of_hiss() -> None:
    random = np.random.default_rng(0)
    dither = (random.integers(-1, 2, RATE) / 2**15).astype(np.float32)
    assert heard(dither)["heights"][0, -1] == heard(np.zeros(RATE, np.float32))["heights"][0, -1]
    for level, louder in ((3e-4, 0), (3e-6, np.log(10))):
        difference = heard(noise())["mel"] - heard(noise(level))["mel"]
        assert difference.mean() == pytest.approx(louder, abs=0.05)


def test_a_constant_is_as_good_as_silence() -> None:
    silent = heard(np.zeros(RATE, np.float32))
    constant = heard(np.full(RATE, 0.4, np.float32))
    for name in FEATURES:
        assert np.abs(silent[name] - constant[name]).max() < 0.05, name


def test_a_short_second_goes_on_with_zeros() -> None:
    second = tone(300, samples=12_000)
    second -= second.mean()
    padded = np.pad(second, (0, RATE - len(second)))
    for name, values in heard(second).items():
        assert np.abs(values - heard(padded)[name]).max() < 0.02, name
    assert features_of(np.empty((2, 0), np.float32), RATE)["mel"].shape == (2, *FEATURES["mel"])
    assert features_of(np.empty((0, RATE), np.float32), RATE)["mel"].shape == (0, *FEATURES["mel"])


def test_what_is_no_second_is_refused() -> None:
    for shape, rate in (
        ((RATE,), RATE),
        ((1, RATE + 1), RATE),
        ((1, 10), 7_999),
        ((1, 1), 200_000),
    ):
        with pytest.raises(BugError):
            features_of(np.zeros(shape, np.float32), rate)


def test_mel_of_slaney_is_as_librosa_states_it() -> None:
    stated = {60.0: 0.9, 110.0: 1.65, 440.0: 6.6, 1000.0: 15.0, 6400.0: 42.0}
    assert slaney_mel(np.array(list(stated))) == pytest.approx(list(stated.values()))


@pytest.mark.parametrize("rate", [8_000, 44_100, 32_000])
def test_panns_hear_a_tone_in_its_band(rate: int) -> None:
    given = tone(1000, rate=rate)[None]
    mel = features_of(given, rate, (PANNS_MEL,))[PANNS_MEL][0].astype(np.float32)
    assert mel.shape == (100, 64)
    bands = slaney_mel(np.array([50.0, 1000.0, 14_000.0]))
    wanted = (bands[1] - bands[0]) / (bands[2] - bands[0]) * 65 - 1
    assert abs(mel[50].argmax() - wanted) <= 0.5 + 1e-6
    # It sounds all the while, so no frame differs from another but at the ends.
    assert np.ptp(mel[10:90, mel[50].argmax()]) < 0.05


def test_hum_is_heard_in_the_pauses_that_loud_sound_leaves() -> None:
    at = np.arange(RATE) / RATE
    speech = noise(0.3) * (at % 0.5 < 0.25)
    hush, clean = (heard(s.astype(np.float32))["hush"] for s in (speech + tone(100, 1e-3), speech))
    own = round(100 * 1024 / 4000)
    assert hush[0, own] > clean[0, own] + 1
    assert abs(hush[3, own] - clean[3, own]) < 0.5
    assert hush[0, own] > hush[0, own + 10] + 1


@pytest.mark.parametrize("rate", [11_025, 48_000])
def test_high_harmonics_stand_out_at_their_own_pitch_and_parity(rate: int) -> None:
    low, high = (16, 48), (48, 80)
    for parity in (0, 1):
        at = np.arange(rate) / rate
        numbers = np.arange(17 + parity, 81, 2)
        turns = 2 * np.pi * np.outer(numbers * 60.1, at) + (numbers**2)[:, None]
        buzz = 0.003 * np.cos(turns).sum(axis=0) + noise(0.02, rate)
        combs = heard(buzz.astype(np.float32), rate)["combs"]
        for band, (first, last) in enumerate((low, low, high, high)):
            if last * 60.1 > 0.4 * rate and first:
                continue
            row = combs[2 * band + parity]
            assert abs(LINE_HZ[row.argmax()] - 60.1) <= 0.125
            assert row.max() > combs[2 * band + 1 - parity].max() + 0.5


def test_what_is_cut_off_on_one_side_piles_up_on_that_side_alone() -> None:
    second = noise()
    clean = heard(second)["sides"]
    for side, cut in enumerate((np.minimum(second, 0.15), np.maximum(second, -0.15))):
        sides = heard(cut.astype(np.float32))["sides"]
        for row in (0, 1, 2):
            assert sides[side, row, -1] > clean[side, row, -1] + 1.5
            assert sides[1 - side, row, -1] < clean[1 - side, row, -1] + 0.3
