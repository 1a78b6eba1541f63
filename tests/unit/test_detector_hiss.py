"""Hiss on sound whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, measured_sound
from helpers.scenery import Sound, music
from helpers.soundscape import talk

from core.catalog.decide import decide
from core.domain.finding import Band, Finding
from core.domain.profile import DEFAULT_PROFILE
from core.media.audio import AudioReader
from core.media.probe import probe
from core.simulate.inject import inject_sound

QUIET_ROOM_DB = -85.0


def claims(sound: Sound, rate: int = RATE) -> list[Finding]:
    return list(decide([measured_sound("hiss", sound, rate=rate)], DEFAULT_PROFILE))


def hissed(sound: Sound, severity: float, variant: str = "") -> Sound:
    return inject_sound(sound, "hiss", [(0, sound.shape[1])], RATE, severity, variant=variant)


def speech(seconds: float = 6.0) -> Sound:
    return talk(seconds, room_db=QUIET_ROOM_DB)


@pytest.mark.parametrize("variant", ["white", "pink", "tape"])
def test_noise_behind_speech_is_found_all_along(variant: str) -> None:
    (finding,) = claims(hissed(speech(), 0.8, variant))
    assert finding.span.start_s == pytest.approx(0.0, abs=0.51)
    assert finding.span.end_s == pytest.approx(6.0, abs=0.51)
    assert finding.evidence.band == Band(4000.0, 16_000.0)


def test_level_of_white_noise_is_its_share_of_the_band() -> None:
    noise = np.random.default_rng(0).normal(0, 0.01, (2, 3 * RATE)).astype(np.float32)
    track = measured_sound("hiss", noise)
    expected = -40.0 + 10 * np.log10(12 / 24)
    np.testing.assert_allclose(track.metrics["level_db"], expected, atol=0.8)


def test_level_grows_with_severity() -> None:
    levels = [
        float(np.median(measured_sound("hiss", hissed(speech(3), s)).metrics["level_db"]))
        for s in (0.25, 0.5, 0.75, 1.0)
    ]
    assert np.diff(levels).min() > 5.0


def test_the_hissing_channel_is_named() -> None:
    sound = np.repeat(speech(), 2, axis=0)
    sound[1:] = hissed(sound[1:], 0.8)
    (finding,) = claims(sound)
    assert finding.evidence.channels == (1,)


def test_speech_in_a_quiet_room_and_music_have_no_hiss() -> None:
    assert claims(speech()) == []
    assert claims(music(6)) == []


def test_noise_that_is_all_there_is_is_wanted() -> None:
    rain = np.random.default_rng(0).normal(0, 0.05, (2, 6 * RATE)).astype(np.float32)
    assert claims(rain) == []


def test_bursts_of_noise_are_cymbals_and_sibilants() -> None:
    rng = np.random.default_rng(0)
    time = np.arange(6 * RATE) / RATE
    hits = np.exp(-(time % 0.3) * 12) * rng.normal(0, 0.1, time.shape)
    tone = 0.3 * np.sin(2 * np.pi * 220 * time)
    assert claims(np.asarray(hits + tone, np.float32)[None]) == []


def test_wind_that_comes_and_goes_is_no_hiss() -> None:
    rng = np.random.default_rng(0)
    time = np.arange(6 * RATE) / RATE
    gusts = 10 ** (np.sin(2 * np.pi * 0.8 * time) * 0.6 - 2.0)
    sound = rng.normal(0, 1, time.shape) * gusts + 0.4 * np.sin(2 * np.pi * 150 * time)
    assert claims(np.asarray(sound, np.float32)[None]) == []


@pytest.mark.parametrize("rate", [8000, 22_050])
def test_low_rates_use_the_band_they_have(rate: int) -> None:
    rng = np.random.default_rng(0)
    time = np.arange(6 * rate) / rate
    quiet = np.asarray(0.4 * np.sin(2 * np.pi * 220 * time), np.float32)[None]
    noisy = quiet + rng.normal(0, 0.005, quiet.shape).astype(np.float32)
    assert len(claims(noisy, rate)) == 1
    assert claims(quiet, rate) == []


@pytest.mark.parametrize("block", [480, 100_000])
def test_blocks_of_any_size_give_the_same_rows(block: int) -> None:
    sound = hissed(music(3), 0.5)
    usual = measured_sound("hiss", sound)
    for name, values in measured_sound("hiss", sound, block).metrics.items():
        np.testing.assert_array_equal(values, usual.metrics[name])


@pytest.mark.parametrize(
    "name",
    [
        "music/visqol_castanets48_stereo.wav",
        "music/sonicpi_loop_tabla.flac",
        "music/visqol_contrabassoon48_stereo.wav",
        "speech/sadtalker_chinese_news.wav",
    ],
)
def test_real_recordings_are_quiet_enough(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 20 * stream.sample_rate)
    assert claims(sound, stream.sample_rate) == []
