"""Evidence in a sound is found to the sample, and where there is none, none is found."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.soundscape import talk
from numpy.typing import NDArray

from core.domain.finding import Band
from core.media.linear_predictor import filled
from core.media.sound_evidence import (
    clicks_of,
    evidence_of,
    floor_of,
    lines_of,
    plateaus_of,
)
from core.simulate.hiss import Hiss
from core.simulate.hum import Hum

RATE = 48000
PLACES = (9_000, 24_001, 30_500, 47_999, 60_007, 61_207, 80_000)


@pytest.fixture(scope="module")
def speech() -> NDArray[np.float32]:
    return np.asarray(talk(2.0, seed=3)[0], np.float32)


def tone(hertz: float, seconds: float = 1.0, height: float = 0.5) -> NDArray[np.float32]:
    return (height * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(
        np.float32
    )


def test_single_wrong_samples_are_found_to_the_sample(speech: NDArray[np.float32]) -> None:
    broken = speech.copy()
    broken[list(PLACES)] += 0.2
    found = clicks_of(broken, RATE)
    assert found[:, 0].tolist() == list(PLACES)
    assert (found[:, 1] - found[:, 0] <= 2).all()


def test_the_extent_of_a_longer_click_covers_it(speech: NDArray[np.float32]) -> None:
    broken = speech.copy()
    broken[40_000:40_020] += 0.3 * np.cos(np.arange(20) / 2).astype(np.float32)
    ((first, end),) = clicks_of(broken, RATE).tolist()
    assert (first, end) == (40_000, pytest.approx(40_020, abs=2))


def test_speech_tones_and_silence_have_no_clicks(speech: NDArray[np.float32]) -> None:
    for clean in (speech, tone(440.0), np.zeros(RATE, np.float32), np.zeros(3, np.float32)):
        assert len(clicks_of(clean, RATE)) == 0


@pytest.mark.parametrize("gain", [1.0, 0.2])
def test_flat_tops_are_found_to_the_sample_at_any_ceiling(
    speech: NDArray[np.float32], gain: float
) -> None:
    ceiling = float(np.quantile(np.abs(speech), 0.97))
    clipped = np.clip(speech, -ceiling, ceiling) * np.float32(gain / ceiling * 0.9)
    flat = np.abs(clipped) >= 0.9 * gain - 1e-6
    nearly = np.abs(clipped) >= 0.899 * gain
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flat, [False])).astype(np.int8)))
    long = [tuple(run) for run in edges.reshape(-1, 2) if run[1] - run[0] >= 4]
    found = {tuple(run) for run in plateaus_of(clipped, RATE).tolist()}
    assert len(long) > 30
    assert len(found.intersection(long)) >= 0.8 * len(long)
    assert all(nearly[first:end].all() for first, end in found)


def test_round_tops_are_not_flat(speech: NDArray[np.float32]) -> None:
    for clean in (speech, tone(50.0), tone(1000.0, height=1.0), np.zeros(RATE, np.float32)):
        assert len(plateaus_of(clean, RATE)) == 0


@pytest.mark.parametrize("mains", ["50", "60"])
def test_multiples_of_the_mains_are_found_where_they_are(
    speech: NDArray[np.float32], mains: str
) -> None:
    damage = Hum(1.0, 2, mains)
    hertz = float(damage.parameters()["hz"])
    found = lines_of(damage.apply(speech[None], RATE)[0], RATE)
    assert len(found) >= 4
    for line in found:
        multiple = round(line.hz / hertz)
        assert line.hz == pytest.approx(multiple * hertz, abs=0.25)
        assert line.above_db >= 9.0
    assert lines_of(speech[:1000], RATE) == ()


def test_the_named_mains_frequency_is_the_one_looked_at() -> None:
    both = tone(50.0, 2.0) + tone(60.0, 2.0)
    (fifty,), (sixty,) = lines_of(both, RATE, 50.0), lines_of(both, RATE, 60.0)
    assert (fifty.hz, sixty.hz) == pytest.approx((50.0, 60.0), abs=0.05)
    assert fifty.level_db == pytest.approx(20 * np.log10(0.5), abs=0.3)


def test_a_noise_floor_stands_where_it_stands(speech: NDArray[np.float32]) -> None:
    damage = Hiss(1.0, 1, "tape")
    found = floor_of(damage.apply(speech[None], RATE)[0], RATE)
    assert found is not None
    assert found.band.high_hz > 20_000
    assert found.band.low_hz < 8000
    assert floor_of(np.zeros(RATE, np.float32), RATE) is None
    assert floor_of(tone(1000.0), RATE) is None


def test_evidence_is_looked_for_as_the_defect_asks(speech: NDArray[np.float32]) -> None:
    broken = speech.copy()
    broken[30_000] += 0.3
    found = evidence_of(broken, RATE, 10.0, "clicks")
    assert found.clicks_s.tolist() == [10.0 + 30_000 / RATE]
    assert found.end_s == 12.0
    assert evidence_of(broken, RATE, 10.0, "silence").empty
    humming = evidence_of(tone(60.0, 2.0), RATE, 0.0, "hum", Band(60.0, 480.0))
    assert [round(line.hz) for line in humming.lines] == [60]
    flat = evidence_of(np.clip(tone(440.0), -0.3, 0.3), RATE, 5.0, "distortion")
    assert 876 <= len(flat.plateaus_s) <= 880
    assert 5.0 < flat.plateaus_s[0, 0] < flat.plateaus_s[0, 1] < 5.0025


def test_a_gap_in_a_sine_is_filled_with_the_sine() -> None:
    clean = tone(997.0).astype(np.float64)
    holed = clean.copy()
    holed[20_000:20_030] = 0.0
    made = filled(holed, 20_000, 20_030, 32, 1024)
    assert np.abs(made - clean[20_000:20_030]).max() < 1e-3


def test_a_gap_with_too_little_around_it_is_bridged() -> None:
    line = filled(np.array([1.0, 9.0, 9.0, 4.0]), 1, 3, 32, 1024)
    assert line.tolist() == pytest.approx([2.0, 3.0])


def test_tops_that_coding_rippled_are_found_near_full_scale(speech: NDArray[np.float32]) -> None:
    hot = np.clip(speech * 20, -0.97, 0.97)
    ripple = 0.02 * np.random.default_rng(1).standard_normal(len(hot)).astype(np.float32)
    found = plateaus_of(np.clip(hot + ripple, -1, 1), RATE)
    covered = int((found[:, 1] - found[:, 0]).sum())
    assert covered > 0.3 * int((np.abs(hot) >= 0.969).sum())
    assert all(np.abs(hot[first:end]).min() > 0.7 for first, end in found.tolist())
