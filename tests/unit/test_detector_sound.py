"""Silence and clipping on sound whose answer is known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, TICK, audio, measured_sound, rows_of, sound_samples
from helpers.scenery import Sound, music

from core.catalog.decide import decide
from core.detectors.base import Sample
from core.detectors.registry import detector_class
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track
from core.media.audio import AudioReader
from core.media.probe import probe
from core.simulate.inject import inject_sound


def claims(track: Track) -> list[Finding]:
    return list(decide([track], DEFAULT_PROFILE))


def tone(hertz: float, peak: float, seconds: float = 2.0) -> Sound:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.stack([peak * np.sin(2 * np.pi * hertz * time)] * 2).astype(np.float32)


def test_level_is_rms_of_the_loudest_channel_in_dbfs() -> None:
    sound = tone(1000, 1.0)
    sound[1] = 0
    track = measured_sound("silence", sound)
    np.testing.assert_allclose(track.metrics["rms_db"], -3.01, atol=0.02)
    np.testing.assert_allclose(track.metrics["peak_db"], 0.0, atol=0.02)


def test_digital_silence_is_the_floor_and_not_minus_infinity() -> None:
    track = measured_sound("silence", np.zeros((2, RATE), np.float32))
    np.testing.assert_allclose(track.metrics["rms_db"], -120)


def test_silence_is_found_to_the_hop() -> None:
    sound = inject_sound(music(6), "silence", [(2 * RATE, round(4.5 * RATE))], RATE)
    (finding,) = claims(measured_sound("silence", sound))
    assert finding.span.start_s == pytest.approx(2.0, abs=0.021)
    assert finding.span.end_s == pytest.approx(4.5, abs=0.021)


@pytest.mark.parametrize(("seconds", "expected"), [(0.9, 0), (1.1, 1)])
def test_dead_stretch_needs_only_a_second(seconds: float, expected: int) -> None:
    sound = inject_sound(music(6), "silence", [(96_000, 96_000 + round(seconds * RATE))], RATE)
    assert len(claims(measured_sound("silence", sound))) == expected


@pytest.mark.parametrize(("level_db", "expected"), [(-55.0, 0), (-66.0, 0), (-76.0, 1)])
def test_room_tone_is_no_silence(level_db: float, expected: int) -> None:
    sound = music(8)
    room = np.random.default_rng(0).normal(0, 10 ** (level_db / 20), (2, 3 * RATE))
    sound[:, 2 * RATE : 5 * RATE] = room
    assert len(claims(measured_sound("silence", sound))) == expected


@pytest.mark.parametrize(("fade_s", "expected"), [(0.0, 1), (0.3, 0)])
def test_programme_that_is_turned_down_at_once_is_silence(fade_s: float, expected: int) -> None:
    sound = music(8)
    time = np.arange(sound.shape[1]) / RATE
    # Peaks stay between the line of silence and that of muting.
    loudest = float(np.abs(sound).max())
    down_db = 54.0 + 20 * np.log10(loudest)
    ramp = np.clip((time - 2.0) / fade_s, 0.0, 1.0) if fade_s else (time >= 2.0) * 1.0
    gain = 10 ** (-down_db * np.where(time < 5.0, ramp, 0.0) / 20)
    found = claims(measured_sound("silence", np.asarray(sound * gain, np.float32)))
    assert len(found) == expected
    if found:
        assert found[0].span.start_s == pytest.approx(2.0, abs=0.021)
        assert "turned down" in found[0].evidence.note


def test_one_silent_channel_of_two_is_no_silence() -> None:
    sound = music(6)
    sound[0, RATE : 5 * RATE] = 0
    assert claims(measured_sound("silence", sound)) == []


@pytest.mark.parametrize("at_end", [False, True])
def test_silence_at_either_end_is_for_information_only(at_end: bool) -> None:
    sound = music(6)
    sound[:, -3 * RATE :] = 0
    track = measured_sound("silence", sound if at_end else sound[:, ::-1].copy())
    (finding,) = claims(track)
    assert finding.severity is Severity.FYI
    assert ("end" if at_end else "start") in finding.evidence.note


@pytest.mark.parametrize("peak", [0.98, 0.3])
def test_clipped_music_is_found_at_any_level(peak: float) -> None:
    sound = inject_sound(music(5), "clipping", [(2 * RATE, 3 * RATE)], RATE, 0.3) * (peak / 0.98)
    # Turned down after clipping; the rest is turned down more, as a limiter's makeup would.
    (finding,) = claims(measured_sound("clipping", sound.astype(np.float32)))
    assert finding.span.start_s == pytest.approx(2.0, abs=0.11)
    assert finding.span.end_s == pytest.approx(3.0, abs=0.11)
    assert finding.evidence.channels == (0, 1)


def test_the_clipped_channel_is_named() -> None:
    sound = music(5)
    sound[1:, 2 * RATE : 3 * RATE] = inject_sound(
        sound[1:, 2 * RATE : 3 * RATE], "clipping", [(0, RATE)], RATE, 0.3
    )
    (finding,) = claims(measured_sound("clipping", sound))
    assert finding.evidence.channels == (1,)


@pytest.mark.parametrize("hertz", [30.0, 50.0, 100.0, 440.0, 997.0, 12_000.0])
def test_loud_tone_has_round_tops(hertz: float) -> None:
    assert claims(measured_sound("clipping", tone(hertz, 0.999))) == []


def test_clipped_tone_counts_the_samples_in_its_tops() -> None:
    clipped = np.clip(tone(100, 1.0) * 2, -0.9, 0.9)
    track = measured_sound("clipping", clipped * 0.8)
    share = 100 * (1 - 2 / np.pi * np.arcsin(0.45))
    np.testing.assert_allclose(track.metrics["clipped_pct"][1:-1], share, atol=2.0)


def test_quiet_noise_of_the_last_bits_is_not_clipping() -> None:
    steps = np.random.default_rng(0).integers(-2, 3, (2, 2 * RATE)) / 32768
    assert claims(measured_sound("clipping", steps.astype(np.float32))) == []


@pytest.mark.parametrize(
    "name",
    [
        "music/librosa_admiralbob77_-_Choice_-_Drum-bass.hq.ogg",
        "music/sonicpi_loop_garzul.flac",
        "music/visqol_castanets48_stereo.wav",
        "ambience/sonicpi_ambi_soft_buzz.flac",
    ],
)
def test_real_music_is_not_clipped(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 12 * stream.sample_rate)
    assert claims(measured_sound("clipping", sound, rate=stream.sample_rate)) == []


@pytest.mark.parametrize("name", ["silence", "clipping"])
def test_time_follows_a_jump_of_the_time_stamps(name: str) -> None:
    samples = sound_samples(music(1.0))
    gap = round(5 / TICK)
    moved = [
        {"audio": Sample(s.pts + gap, s.base, s.data, rate=s.rate)}
        for s in (views["audio"] for views in sound_samples(music(1.0)))
    ]
    rows = rows_of(detector_class(name)(audio()), [*samples, *moved])
    starts = [float(row.pts * TICK) for row in rows]
    assert 5.0 in starts
    assert not [s for s in starts if 1.001 < s < 5.0]


@pytest.mark.parametrize("name", ["silence", "clipping"])
def test_time_stamps_that_run_back_leave_what_was_measured(name: str) -> None:
    again = [*sound_samples(music(1.0)), *sound_samples(music(1.0, seed=1))]
    rows = rows_of(detector_class(name)(audio()), again)
    assert [row.pts for row in rows] == sorted({row.pts for row in rows})
    assert rows == rows_of(detector_class(name)(audio()), again[: len(again) // 2])


@pytest.mark.parametrize("name", ["silence", "clipping"])
def test_not_a_number_in_floating_point_sound_is_survived(name: str) -> None:
    sound = music(2.0)
    sound[0, 1000:1100] = np.nan
    sound[1, 5000] = np.inf
    for values in measured_sound(name, sound).metrics.values():
        assert np.isfinite(values).all()


def test_rate_and_channels_may_change_in_mid_stream() -> None:
    detector = detector_class("silence")(audio())
    first = [Sample(0, TICK, music(0.5), rate=RATE)]
    second = [Sample(round(Fraction(1, 2) / TICK), TICK, music(0.5)[:1, ::2], rate=RATE // 2)]
    rows = rows_of(detector, [{"audio": s} for s in (*first, *second)])
    assert len(rows) == 50
