"""Channel faults: missing, the same, and in the wrong place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.measure import RATE, audio, measured, measured_sound, sound_samples
from helpers.scenery import Sound
from helpers.soundscape import ambience, stage, surround, talk

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track
from core.simulate.inject import inject_sound

SPAN = (3 * RATE, 7 * RATE)


def claims(track: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return list(decide([track], profile))


def stereo(sound: Sound) -> list[Finding]:
    return claims(measured_sound("channel", sound))


def in_surround(sound: Sound) -> list[Finding]:
    stream = replace(audio(), channels=len(sound), layout="5.1")
    return claims(measured("channel", sound_samples(sound), sound.shape[1] / RATE, stream))


def damaged(sound: Sound, variant: str, severity: float = 1.0, seed: int = 0) -> Sound:
    return inject_sound(sound, "channel", [SPAN], RATE, severity, seed, variant=variant)


@pytest.mark.parametrize("severity", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("variant", ["missing", "duplicate"])
def test_damaged_pair_is_found_where_it_is(variant: str, severity: float) -> None:
    (finding,) = stereo(damaged(stage(10, width=1.0), variant, severity))
    assert finding.span.start_s == pytest.approx(3.0, abs=0.11)
    assert finding.span.end_s == pytest.approx(7.0, abs=0.11)
    assert finding.severity is Severity.ISSUE


@pytest.mark.parametrize("seed", [0, 1])
def test_missing_channel_is_named(seed: int) -> None:
    (finding,) = stereo(damaged(stage(10), "missing", seed=seed))
    (channel,) = finding.evidence.channels
    assert finding.evidence.note.startswith(f"Channel {channel + 1} ({('left', 'right')[channel]})")
    assert not damaged(stage(10), "missing", seed=seed)[channel, SPAN[0] : SPAN[1]].any()


def test_channel_that_is_missing_all_along_is_said_so() -> None:
    sound = stage(10)
    sound[1] = 0
    (finding,) = stereo(sound)
    assert (finding.span.start_s, finding.span.end_s) == (0, 10)
    assert "the whole stream" in finding.evidence.note


def test_pauses_do_not_cut_a_missing_channel_in_two() -> None:
    sound = np.repeat(talk(10, room_db=-90), 2, axis=0)
    (finding,) = [f for f in stereo(damaged(sound, "missing")) if f.severity is Severity.ISSUE]
    assert finding.span.end_s - finding.span.start_s == pytest.approx(4.0, abs=0.8)


def test_instrument_on_one_side_only_is_no_missing_channel() -> None:
    sound = ambience(10, level=0.01)
    sound[0] += talk(10)[0]
    assert stereo(sound) == []


@pytest.mark.parametrize(("seconds", "expected"), [(6, 0), (12, 1)])
def test_mono_in_stereo_all_along_is_for_information_only(seconds: int, expected: int) -> None:
    sound = np.repeat(talk(seconds), 2, axis=0)
    found = stereo(sound)
    assert [f.severity for f in found] == [Severity.FYI] * expected
    quiet = DEFAULT_PROFILE.with_threshold("channel", "report_context", 0)
    assert claims(measured_sound("channel", sound), quiet) == []


def test_mono_voice_cut_into_stereo_is_left_alone() -> None:
    sound = stage(12, width=1.0)
    sound[:, 4 * RATE : 8 * RATE] = talk(4, peak=0.3)
    assert stereo(sound) == []


@pytest.mark.parametrize("severity", [0.25, 0.5, 1.0])
def test_voice_in_the_bass_channel_is_found(severity: float) -> None:
    assert in_surround(surround(10)) == []
    (finding,) = in_surround(damaged(surround(10), "swapped", severity))
    assert finding.span.start_s == pytest.approx(3.0, abs=0.5)
    assert finding.span.end_s == pytest.approx(7.0, abs=0.5)
    assert 3 in finding.evidence.channels
    assert finding.evidence.band is not None
    assert finding.evidence.band.low_hz >= 120


def test_channel_with_the_bass_is_named_and_makes_it_worse() -> None:
    order = surround(10)[[0, 1, 3, 2, 4, 5]]
    (finding,) = in_surround(order)
    assert finding.severity is Severity.BLOCKER
    assert finding.evidence.channels == (3, 2)
    assert "channel 3 only bass" in finding.evidence.note


def test_surround_that_rests_on_both_sides_is_left_alone() -> None:
    sound = surround(10)
    sound[4:, SPAN[0] : SPAN[1]] = 0
    sound[3] = 0
    assert in_surround(sound) == []
    sound[4, : SPAN[0]] = 0
    (finding,) = in_surround(sound)
    assert finding.evidence.channels == (4,)


def test_left_for_right_cannot_be_told() -> None:
    assert stereo(damaged(stage(10), "swapped")) == []


@pytest.mark.parametrize("sound", [talk(12), np.zeros((2, 12 * RATE), np.float32)])
def test_mono_and_silence_have_no_channel_faults(sound: Sound) -> None:
    assert stereo(sound) == []


def test_one_channel_cannot_be_damaged() -> None:
    with pytest.raises(KnownError, match="where there are two"):
        inject_sound(talk(1), "channel", [(0, 100)], RATE)
