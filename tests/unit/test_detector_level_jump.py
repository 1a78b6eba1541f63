"""Level jumps: gain steps, and what only sounds like one."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.measure import RATE, audio, measured_sound, rows_of, sound_samples
from helpers.scenery import Sound
from helpers.soundscape import ambience, colored, stage, talk

from core.catalog.decide import decide
from core.detectors.registry import detector_class
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track
from core.simulate.inject import inject_sound

SPAN = (4 * RATE, 8 * RATE)


def claims(track: Track) -> list[Finding]:
    return list(decide([track], DEFAULT_PROFILE))


def jumped(sound: Sound, variant: str, severity: float) -> list[Finding]:
    damaged = inject_sound(sound, "level_jump", [SPAN], RATE, severity, variant=variant)
    return claims(measured_sound("level_jump", damaged))


@pytest.mark.parametrize("severity", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("variant", ["down", "up"])
@pytest.mark.parametrize("kind", [stage, ambience])
def test_stretch_at_another_level_is_found(kind: object, variant: str, severity: float) -> None:
    sound = stage(12, peak=0.1) if kind is stage else ambience(12, level=0.02)
    (finding,) = jumped(sound, variant, severity)
    assert finding.span.start_s == pytest.approx(4.0, abs=0.11)
    assert finding.span.end_s == pytest.approx(8.0, abs=0.21)
    assert ("rises" if variant == "up" else "falls") in finding.evidence.note


def test_jump_that_stays_is_shown_where_it_is() -> None:
    sound = stage(12)
    sound[:, SPAN[0] :] *= 0.2
    (finding,) = claims(measured_sound("level_jump", sound))
    assert finding.span.start_s == pytest.approx(4.0, abs=0.11)
    assert finding.evidence.peak_value == pytest.approx(-14.0, abs=1.5)
    assert "stays there" in finding.evidence.note


def test_larger_jump_scores_higher() -> None:
    small, large = (jumped(stage(12), "down", severity)[0] for severity in (0.25, 1.0))
    assert small.score < large.score


def test_jump_below_the_line_is_left_alone() -> None:
    assert jumped(stage(12), "down", 0.0) == []


def test_level_itself_may_be_anything() -> None:
    quiet, loud = (claims(measured_sound("level_jump", stage(8, peak=p))) for p in (0.02, 0.9))
    assert quiet == loud == []


def loud_chorus() -> Sound:
    sound = stage(12, peak=0.1)
    time = np.arange(8 * RATE) / RATE
    cymbals = colored((2, 8 * RATE), np.random.default_rng(0), 0.0) * np.exp(-((time * 4) % 1) * 3)
    voice = talk(8, peak=0.5)
    sound[:, SPAN[0] :] += voice + 0.1 * cymbals
    return sound.astype(np.float32)


def applause() -> Sound:
    rng = np.random.default_rng(0)
    sound = stage(12, peak=0.1)
    sound[:, SPAN[0] : SPAN[1]] += 0.15 * colored((2, SPAN[1] - SPAN[0]), rng, 0.1)
    return sound.astype(np.float32)


def scene_cut() -> Sound:
    sound = ambience(12, level=0.02)
    sound[:, SPAN[0] :] = stage(12, peak=0.6)[:, SPAN[0] :]
    return sound


def slow_fade() -> Sound:
    gain = 10 ** (np.interp(np.arange(12 * RATE), [4 * RATE, 7 * RATE], [0, -20]) / 20)
    return (stage(12) * gain).astype(np.float32)


def quick_fade() -> Sound:
    gain = 10 ** (np.interp(np.arange(12 * RATE), [4 * RATE, 4.4 * RATE], [0, -14]) / 20)
    return (ambience(12) * gain).astype(np.float32)


def silence_sets_in() -> Sound:
    sound = stage(12)
    sound[:, SPAN[0] : SPAN[1]] = 0
    return sound


@pytest.mark.parametrize(
    "sound",
    [
        loud_chorus(),
        applause(),
        scene_cut(),
        slow_fade(),
        quick_fade(),
        silence_sets_in(),
        *map(talk, [9] * 3),
    ],
)
def test_what_changes_more_than_the_level_is_left_alone(sound: Sound) -> None:
    assert claims(measured_sound("level_jump", sound)) == []


@pytest.mark.parametrize("seed", range(4))
def test_talk_with_pauses_is_left_alone(seed: int) -> None:
    assert claims(measured_sound("level_jump", talk(20, seed))) == []


@pytest.mark.parametrize("seconds", [0.004, 0.25, 1.07])
def test_every_tenth_of_a_second_has_a_row(seconds: float) -> None:
    rows = rows_of(detector_class("level_jump")(audio()), sound_samples(stage(seconds)))
    assert len(rows) == int(np.ceil(seconds * 10))


def test_limiter_keeps_what_is_turned_up_below_full_scale() -> None:
    loud = inject_sound(stage(6, peak=0.9), "level_jump", [(RATE, 2 * RATE)], RATE, variant="up")
    assert 0.9 < np.abs(loud[:, RATE : 2 * RATE]).max() < 1.0
