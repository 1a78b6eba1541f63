"""Clicks on sound whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, TICK, measured_sound
from helpers.scenery import Sound, music
from helpers.soundscape import talk

from core.catalog.decide import decide
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.media.audio import AudioReader
from core.media.probe import probe
from core.simulate.clicks import Clicks
from core.simulate.inject import inject_sound


def claims(sound: Sound, rate: int = RATE) -> list[Finding]:
    return list(decide([measured_sound("clicks", sound, rate=rate)], DEFAULT_PROFILE))


@pytest.mark.parametrize("variant", ["click", "crackle", "digital"])
def test_clicks_all_over_a_stretch_are_one_finding(variant: str) -> None:
    span = (round(1.5 * RATE), round(4.5 * RATE))
    sound = inject_sound(music(6), "clicks", [span], RATE, 0.8, 1, variant=variant)
    (finding,) = claims(sound)
    assert finding.span.start_s == pytest.approx(1.5, abs=0.31)
    assert finding.span.end_s == pytest.approx(4.5, abs=0.31)
    assert "a second" in finding.evidence.note


@pytest.mark.parametrize("place", [4801, 100_003, 95_999, 96_000])
def test_one_wrong_sample_is_told_to_the_sample(place: int) -> None:
    sound = talk(4) * np.float32(0.1)
    sound[:, place] += 0.9
    (finding,) = claims(sound)
    assert float(finding.evidence.peak.pts * TICK) * RATE == pytest.approx(place, abs=1.0)
    assert finding.evidence.channels == (0,)


def test_the_channel_that_clicks_is_named() -> None:
    sound = music(4)
    sound[1, ::12_000] = 0.9
    (finding,) = claims(sound)
    assert finding.evidence.channels == (1,)


def test_strength_grows_with_severity() -> None:
    levels = [
        float(
            measured_sound("clicks", Clicks(s, 3).apply(talk(3), RATE)).metrics["strength_db"].max()
        )
        for s in (0.1, 0.5, 1.0)
    ]
    assert levels == sorted(set(levels))


def test_step_where_samples_are_missing_is_seen() -> None:
    time = np.arange(3 * RATE) / RATE
    tone = np.asarray(0.4 * np.sin(2 * np.pi * 220 * time), np.float32)[None]
    spliced = np.delete(tone, np.s_[RATE : RATE + 1030], axis=1)
    (finding,) = claims(spliced)
    assert finding.span.start_s == pytest.approx(1.0, abs=0.001)


def test_speech_and_music_do_not_click() -> None:
    assert claims(talk(8)) == []
    assert claims(music(6)) == []


def test_struck_things_ring_on() -> None:
    rng = np.random.default_rng(0)
    time = np.arange(5 * RATE) / RATE
    beat = np.exp(-(time % 0.25) * 90) * rng.normal(0, 0.3, time.shape)
    attack = 1.0 - np.exp(-(time % 0.4) * 1500)
    wood = attack * np.exp(-(time % 0.4) * 120) * np.sin(2 * np.pi * 2600 * time)
    assert claims(np.asarray(beat + 0.3 * wood, np.float32)[None]) == []


def test_glottal_pulses_have_equals_beside_them() -> None:
    pulses = np.zeros(4 * RATE)
    pulses[:: RATE // 110] = 0.5
    voice = np.convolve(pulses, np.exp(-np.arange(200) / 30.0))[: len(pulses)]
    assert claims(np.asarray(voice, np.float32)[None]) == []


@pytest.mark.parametrize("block", [480, 100_000])
def test_blocks_of_any_size_give_the_same_rows(block: int) -> None:
    sound = inject_sound(music(3), "clicks", [(9600, 96_000)], RATE, 0.7)
    usual = measured_sound("clicks", sound)
    track = measured_sound("clicks", sound, block)
    np.testing.assert_array_equal(track.pts, usual.pts)
    for name, values in usual.metrics.items():
        np.testing.assert_array_equal(track.metrics[name], values)


@pytest.mark.parametrize(
    "name",
    [
        "music/visqol_castanets48_stereo.wav",
        "music/gradio_sax.wav",
        "music/sonicpi_loop_tabla.flac",
        "speech/sadtalker_chinese_news.wav",
    ],
)
def test_real_castanets_keys_and_plosives_are_no_clicks(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 20 * stream.sample_rate)
    assert claims(sound, stream.sample_rate) == []
