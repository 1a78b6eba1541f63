"""Phase: channels that cancel, on sound whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.assets import asset
from helpers.measure import RATE, audio, measured, measured_sound, sound_samples
from helpers.scenery import Sound
from helpers.soundscape import ambience, stage, surround, talk

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track
from core.media.audio import AudioReader
from core.media.layout import speakers
from core.media.probe import probe
from core.simulate.inject import inject_sound

SPAN = (3 * RATE, 7 * RATE)


def claims(track: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return list(decide([track], profile))


def surround_track(sound: Sound) -> Track:
    stream = replace(audio(), channels=len(sound), layout="5.1")
    return measured("phase", sound_samples(sound), sound.shape[1] / RATE, stream)


def damaged(sound: Sound, variant: str, severity: float = 1.0) -> Sound:
    return inject_sound(sound, "phase", [SPAN], RATE, severity, variant=variant)


@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("variant", ["inverted", "shifted"])
def test_damaged_stretch_is_found_at_any_severity(variant: str, severity: float) -> None:
    (finding,) = claims(measured_sound("phase", damaged(stage(10), variant, severity)))
    assert finding.span.start_s == pytest.approx(3.0, abs=0.11)
    assert finding.span.end_s == pytest.approx(7.0, abs=0.11)
    assert finding.evidence.channels == (0, 1)


def test_narrow_stereo_that_is_turned_over_is_worse_than_wide() -> None:
    wide, narrow = (
        claims(measured_sound("phase", damaged(stage(10, width=width), "inverted")))[0]
        for width in (0.8, 0.0)
    )
    assert (wide.severity, narrow.severity) == (Severity.ISSUE, Severity.BLOCKER)
    assert narrow.score > wide.score
    assert "correlation -1.00" in narrow.evidence.note


def test_correlation_and_delay_are_measured() -> None:
    same = talk(4).repeat(2, axis=0)
    track = measured_sound("phase", same)
    np.testing.assert_allclose(track.metrics["correlation"], 1.0, atol=1e-5)
    np.testing.assert_allclose(track.metrics["polarity"], 1.0, atol=1e-4)
    late = same.copy()
    late[0, 48:] = same[0, :-48]
    loud = measured_sound("phase", late)
    np.testing.assert_allclose(np.median(loud.metrics["lag_ms"]), 1.0, atol=0.03)
    (finding,) = claims(loud)
    assert "The left channel" in finding.evidence.note
    assert "1.00 ms late" in finding.evidence.note


@pytest.mark.parametrize("seed", range(4))
def test_wide_ambience_is_left_alone(seed: int) -> None:
    assert claims(measured_sound("phase", ambience(10, seed))) == []


@pytest.mark.parametrize("sound", [talk(6), np.zeros((2, 6 * RATE), np.float32)])
def test_mono_and_silence_have_no_phase(sound: Sound) -> None:
    track = measured_sound("phase", sound)
    assert len(track) == 60
    assert claims(track) == []


def test_short_flip_is_no_finding() -> None:
    sound = inject_sound(stage(8), "phase", [(3 * RATE, 4 * RATE)], RATE)
    assert claims(measured_sound("phase", sound)) == []


def test_microphones_that_stand_apart_are_for_information_only() -> None:
    # Three voices, each at its own place between the microphones, most of it from the left.
    sound = np.zeros((2, 10 * RATE), np.float32)
    for seed, delay in ((0, 30), (1, 31), (2, 33)):
        voice = talk(10, seed)[0]
        sound[0] += voice
        sound[1, delay:] += voice[:-delay]
    sound += ambience(10, 5, 0.04)
    (finding,) = claims(measured_sound("phase", sound))
    assert finding.severity is Severity.FYI
    quiet = DEFAULT_PROFILE.with_threshold("phase", "report_context", 0)
    assert claims(measured_sound("phase", sound), quiet) == []


def test_surround_pairs_are_watched_and_told_as_information() -> None:
    clean = surround(10)
    assert claims(surround_track(clean)) == []
    back = clean.copy()
    back[5] = -back[4]
    (finding,) = claims(surround_track(back))
    assert finding.severity is Severity.FYI
    assert "the second pair" in finding.evidence.note
    (front,) = claims(surround_track(damaged(clean, "inverted")))
    assert front.severity is not Severity.FYI


def test_one_channel_cannot_be_damaged() -> None:
    with pytest.raises(KnownError, match="where there are two"):
        inject_sound(talk(1), "phase", [(0, 100)], RATE)


@pytest.mark.parametrize(
    ("layout", "channels", "expected"),
    [
        ("stereo", 2, "FL FR"),
        ("5.1(side)", 6, "FL FR FC LFE SL SR"),
        ("", 6, "FL FR FC LFE BL BR"),
        ("stereo", 6, "FL FR FC LFE BL BR"),
        ("3 channels", 3, "  "),
    ],
)
def test_speakers_follow_the_layout_or_the_number(
    layout: str, channels: int, expected: str
) -> None:
    assert speakers(layout, channels) == tuple(expected.split(" "))


@pytest.mark.parametrize(
    "name",
    [
        "music/visqol_moonlight48_stereo.wav",
        "music/visqol_castanets48_stereo.wav",
        "ambience/sonicpi_ambi_glass_rub.flac",
        "ambience/sonicpi_ambi_drone.flac",
        "ambience/librosa_pibble.hq.ogg",
    ],
)
def test_real_stereo_is_left_alone(name: str) -> None:
    title = probe(asset(f"audio/{name}"))
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        sound = reader.read(float(title.start.exact), 12 * stream.sample_rate)
    assert claims(measured_sound("phase", sound, rate=stream.sample_rate)) == []
