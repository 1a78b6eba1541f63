"""Dropouts on sound whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, measured_sound
from helpers.scenery import Sound, music
from helpers.soundscape import talk

from core.catalog.decide import decide
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.media.audio import AudioReader
from core.media.probe import probe
from core.simulate.inject import inject_sound

VARIANTS = ("zero", "fade", "noise-floor")


def claims(sound: Sound, rate: int = RATE) -> list[Finding]:
    return list(decide([measured_sound("dropout", sound, rate=rate)], DEFAULT_PROFILE))


def cut(sound: Sound, start_s: float, length_s: float, severity: float, variant: str = "") -> Sound:
    span = (round(start_s * RATE), round((start_s + length_s) * RATE))
    return inject_sound(sound, "dropout", [span], RATE, severity, variant=variant)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("length_s", [0.02, 0.2, 3.3])
def test_gap_is_found_to_a_few_milliseconds(variant: str, length_s: float) -> None:
    (finding,) = claims(cut(music(6), 1.5, length_s, 0.8, variant))
    assert finding.span.start_s == pytest.approx(1.5, abs=0.004)
    assert finding.span.end_s == pytest.approx(1.5 + length_s, abs=0.004)
    assert finding.evidence.channels == (0, 1)


def test_gap_across_the_border_of_a_batch_is_one() -> None:
    (finding,) = claims(cut(music(18), 7.4, 2.2, 1.0))
    assert finding.span.start_s == pytest.approx(7.4, abs=0.002)
    assert finding.span.end_s == pytest.approx(9.6, abs=0.002)
    assert "digital silence" in finding.evidence.note


def test_gap_that_a_softer_sound_ends_is_found() -> None:
    sound = cut(music(6), 2.0, 0.2, 1.0)
    # The first 6 ms behind it are too soft to count as back at its old level.
    sound[:, round(2.2 * RATE) : round(2.206 * RATE)] *= 0.15
    (finding,) = claims(sound)
    assert finding.span.start_s == pytest.approx(2.0, abs=0.004)
    assert finding.span.end_s == pytest.approx(2.2, abs=0.02)


def test_noise_of_a_coder_inside_a_gap_does_not_hide_it() -> None:
    sound = cut(music(6), 2.0, 0.2, 1.0)
    rng = np.random.default_rng(0)
    # Ahead of the return, and dying away behind the cut.
    ahead = slice(round(2.18 * RATE), round(2.2 * RATE))
    behind = slice(round(2.0 * RATE), round(2.02 * RATE))
    rise = np.geomspace(1e-5, 0.008, ahead.stop - ahead.start)
    fall = np.geomspace(0.001, 1e-5, behind.stop - behind.start)
    sound[:, ahead] += (rng.normal(0, 1, (2, len(rise))) * rise).astype(np.float32)
    sound[:, behind] += (rng.normal(0, 1, (2, len(fall))) * fall).astype(np.float32)
    (finding,) = claims(sound)
    assert finding.span.start_s == pytest.approx(2.0, abs=0.004)
    assert finding.span.end_s == pytest.approx(2.2, abs=0.02)


def test_the_channel_that_drops_is_named() -> None:
    sound = music(4)
    sound[1:] = cut(sound[1:], 2.0, 0.3, 1.0)
    (finding,) = claims(sound)
    assert finding.evidence.channels == (1,)
    assert "Channel 2:" in finding.evidence.note


def test_score_grows_with_severity() -> None:
    scores = [claims(cut(music(4), 2.0, 0.2, s))[0].score for s in (0.1, 0.5, 1.0)]
    assert scores == sorted(set(scores))


def test_what_is_longer_is_left_to_silence() -> None:
    assert claims(cut(music(8), 1.5, 4.0, 1.0)) == []


def test_silence_at_either_end_is_no_dropout() -> None:
    sound = music(6)
    sound[:, :RATE] = 0
    sound[:, -RATE:] = 0
    assert claims(sound) == []


def test_note_that_dies_away_before_the_next_is_no_dropout() -> None:
    time = np.arange(4 * RATE) / RATE
    notes = np.exp(-(time % 0.25) * 60) * np.sin(2 * np.pi * 440 * time)
    assert claims(np.asarray(0.5 * notes, np.float32)[None]) == []


def test_pause_that_a_louder_word_ends_is_no_dropout() -> None:
    sound = cut(music(4), 2.0, 0.2, 1.0)
    sound[:, round(2.2 * RATE) :] *= 0.15
    assert claims(np.ascontiguousarray(sound[:, ::-1])) == []


def test_speech_with_pauses_is_no_dropout() -> None:
    assert claims(talk(10)) == []


@pytest.mark.parametrize("block", [480, 4096, 100_000])
def test_blocks_of_any_size_give_the_same_rows(block: int) -> None:
    sound = cut(music(4), 1.8, 0.5, 0.7)
    usual = measured_sound("dropout", sound)
    track = measured_sound("dropout", sound, block)
    np.testing.assert_array_equal(track.pts, usual.pts)
    for name, values in usual.metrics.items():
        np.testing.assert_array_equal(track.metrics[name], values)


@pytest.mark.parametrize(
    "name",
    [
        "music/visqol_castanets48_stereo.wav",
        "music/sonicpi_loop_tabla.flac",
        "speech/asterisk_demo-instruct.wav",
        "speech/sadtalker_chinese_news.wav",
    ],
)
def test_real_rests_and_pauses_are_no_dropouts(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 20 * stream.sample_rate)
    assert claims(sound, stream.sample_rate) == []
