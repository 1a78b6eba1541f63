"""Hum on sound whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, TICK, measured_sound, rows_of, sound_samples
from helpers.scenery import Sound, music
from helpers.soundscape import talk

from core.catalog.decide import decide
from core.detectors.base import Sample
from core.detectors.hum import HumDetector
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import AudioStream
from core.media.audio import AudioReader
from core.media.probe import probe
from core.simulate.hum import Hum
from core.simulate.inject import inject_sound


def claims(sound: Sound, rate: int = RATE) -> list[Finding]:
    return list(decide([measured_sound("hum", sound, rate=rate)], DEFAULT_PROFILE))


def hummed(sound: Sound, severity: float, variant: str = "", rate: int = RATE) -> Sound:
    whole = [(0, sound.shape[1])]
    return inject_sound(sound, "hum", whole, rate, severity, variant=variant)


def tone(hertz: float, peak: float, seconds: float = 6.0) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.stack([peak * np.sin(2 * np.pi * hertz * time)] * 2).astype(np.float32)


@pytest.mark.parametrize(("variant", "hertz"), [("50", 50.0), ("60", 60.0), ("drifting", 50.0)])
def test_mains_are_named_with_their_frequency_and_band(variant: str, hertz: float) -> None:
    (finding,) = claims(hummed(talk(8), 0.6, variant))
    assert f"{hertz:.0f}." in finding.evidence.note or f"{hertz - 0.1:.1f}" in finding.evidence.note
    assert finding.evidence.band is not None
    assert finding.evidence.band.low_hz == pytest.approx(hertz, abs=0.35)
    assert finding.span.start_s == 0.0
    assert finding.span.end_s == pytest.approx(8.0, abs=0.01)


def test_level_of_a_pure_tone_is_its_rms() -> None:
    track = measured_sound("hum", tone(50.0, 0.1))
    np.testing.assert_allclose(track.metrics["level_db"], -23.0, atol=0.2)
    np.testing.assert_allclose(track.metrics["hz"], 50.0, atol=0.02)


def test_level_grows_with_severity() -> None:
    levels = [
        float(np.median(measured_sound("hum", hummed(talk(4), s)).metrics["level_db"]))
        for s in (0.25, 0.5, 0.75, 1.0)
    ]
    assert np.diff(levels).min() > 5.0


def test_loud_hum_is_a_blocker() -> None:
    assert [f.severity for f in claims(hummed(talk(6), 1.0))] == [Severity.BLOCKER]
    assert [f.severity for f in claims(hummed(talk(6), 0.3))] == [Severity.ISSUE]


def test_the_humming_channel_is_named() -> None:
    sound = music(6)
    sound[1:] = hummed(sound[1:], 0.8)
    (finding,) = claims(sound)
    assert finding.evidence.channels == (1,)


@pytest.mark.parametrize("hertz", [46.25, 49.0, 51.91, 55.0, 58.27, 61.74, 65.41, 98.0, 123.47])
def test_held_bass_notes_are_no_hum(hertz: float) -> None:
    assert claims(tone(hertz, 0.2)) == []


def test_engine_that_changes_speed_is_no_hum() -> None:
    time = np.arange(8 * RATE) / RATE
    turns = np.cumsum(50.0 + 2.5 * np.sin(2 * np.pi * 0.4 * time)) / RATE
    assert claims(np.asarray(0.2 * np.sin(2 * np.pi * turns), np.float32)[None]) == []


def test_bass_note_of_just_that_pitch_that_fades_is_no_hum() -> None:
    sound = tone(50.0, 0.3, 6.0)
    sound *= np.exp(-np.arange(sound.shape[1]) / RATE * 1.5).astype(np.float32)
    assert claims(sound) == []


@pytest.mark.parametrize("rate", [8000, 11_025, 44_100])
def test_other_rates_hear_it_too(rate: int) -> None:
    rng = np.random.default_rng(0)
    sound = rng.normal(0, 0.05, (1, 6 * rate)).astype(np.float32)
    (finding,) = claims(hummed(sound, 1.0, "60", rate), rate)
    assert finding.span.end_s == pytest.approx(6.0, abs=0.01)
    assert claims(sound, rate) == []


def test_damage_is_the_same_power_whatever_the_seed() -> None:
    silent = np.zeros((1, 5 * RATE), np.float32)
    for seed in range(3):
        hum = Hum(1.0, seed).apply(silent, RATE)
        level = 20 * np.log10(np.sqrt(np.mean(np.square(hum))))
        assert level == pytest.approx(-70.0, abs=0.2)


def test_time_follows_a_jump_of_the_time_stamps() -> None:
    gap = round(5 / TICK)
    first = sound_samples(hummed(music(2), 0.8))
    moved = [
        {"audio": Sample(s.pts + gap, s.base, s.data, rate=s.rate)}
        for s in (views["audio"] for views in first)
    ]
    detector = HumDetector(AudioStream(1, "aac", TICK, sample_rate=RATE, channels=2))
    starts = [float(row.pts * TICK) for row in rows_of(detector, [*first, *moved])]
    assert starts == [*np.arange(8) / 4, *(5 + np.arange(8) / 4)]


@pytest.mark.parametrize(
    "name",
    [
        "music/visqol_contrabassoon48_stereo.wav",
        "music/sonicpi_loop_mika.flac",
        "ambience/sonicpi_ambi_drone.flac",
        "speech/asterisk_demo-instruct.wav",
    ],
)
def test_real_basses_and_drones_are_no_hum(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 20 * stream.sample_rate)
    assert claims(sound, stream.sample_rate) == []
