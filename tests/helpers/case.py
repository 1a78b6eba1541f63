"""What the contract of detectors is tried on: clean media, the same damaged, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import cv2
import numpy as np
from helpers.eye import has_network
from helpers.measure import (
    FRAME,
    RATE,
    TICK,
    audio,
    captions,
    cue_samples,
    event_samples,
    picture_samples,
    sound_samples,
    video,
)
from helpers.scenery import moving_planes, moving_shapes, music, sky_planes
from helpers.soundscape import stage
from helpers.talker import babble, joined_samples, talking
from helpers.voice import captioned, cue, cue_track, dialogue, speech_track, spoken

from core.catalog.table import spec_of
from core.detectors.base import Sample
from core.domain.media import Cue, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import Stream
from core.domain.track import Track
from core.simulate.conversion import from_rgb
from core.simulate.inject import INJECTORS, Domain, inject_cues, inject_pictures, inject_sound
from core.simulate.kind import Picture
from core.simulate.scene import City

SECONDS = 6
TICK_MS = 90
START_S, END_S = 2.0, 4.4
Samples = Sequence[Mapping[str, Sample]]


@dataclass(frozen=True)
class Case:
    """Clean and damaged samples of one stream.

    Attributes:
        clean: What no detector may say anything about.
        damaged: The same with the defect.
        stream: What is measured.
        tolerance_s: How far off the ends of the finding may be.
        start_s: Where the defect begins.
        end_s: Where it ends.
        seconds: Length of the media.
        others: Tracks of other detectors that the rule reads.
    """

    clean: Samples
    damaged: Samples
    stream: Stream
    tolerance_s: float
    start_s: float = START_S
    end_s: float = END_S
    seconds: float = SECONDS
    others: tuple[Track, ...] = field(default=())


def colored_pictures(count: int) -> list[Picture]:
    """A camera that moves over coloured texture, 4:2:0."""
    luma = moving_planes(count)
    tints = moving_planes(count, seed=1)
    return [
        Picture(y, (np.uint8(104) + c[::2, ::2] // 5, np.uint8(152) - c[::2, ::2] // 5))
        for y, c in zip(luma, tints, strict=True)
    ]


def drawn_pictures(count: int) -> list[Picture]:
    """A town that a camera goes past, 4:2:0, 640 x 360."""
    scene, size = City(1), (640, 360)
    drawn = (cv2.resize(scene.draw(i), size, interpolation=cv2.INTER_AREA) for i in range(count))
    return list(from_rgb(np.asarray(rgb, np.uint8) for rgb in drawn))


def picture_case(detector_id: str) -> Case:
    pictures = colored_pictures(SECONDS * 25)
    span = (round(START_S * 25), round(END_S * 25))
    damaged = list(inject_pictures(pictures, spec_of(detector_id).defect, [span]))
    return Case(
        picture_samples(detector_id, pictures),
        picture_samples(detector_id, damaged),
        video(),
        2 / 25,
    )


def sound_case(detector_id: str) -> Case:
    sound = music(SECONDS)
    span = (round(START_S * RATE), round(END_S * RATE))
    damaged = inject_sound(sound, spec_of(detector_id).defect, [span], RATE, 0.6)
    return Case(sound_samples(sound), sound_samples(damaged), audio(), 0.11)


def stage_case(detector_id: str) -> Case:
    """Sound with a middle, as what pairs of channels carry."""
    sound = stage(SECONDS)
    span = (round(START_S * RATE), round(END_S * RATE))
    damaged = inject_sound(sound, spec_of(detector_id).defect, [span], RATE, 0.6)
    return Case(sound_samples(sound), sound_samples(damaged), audio(), 0.21)


def event_case(_detector_id: str) -> Case:
    count = SECONDS * 25
    events = {
        i: [DecodeEvent(0, i * FRAME, TICK, DecodeFault.CORRUPT_FRAME)]
        for i in range(round(START_S * 25), round(END_S * 25))
    }
    return Case(event_samples(count, {}), event_samples(count, events), video(), 2 / 25)


def cue_case(detector_id: str) -> Case:
    cues = [
        Cue(Span.from_seconds(Fraction(start), Fraction(start) + 2, Fraction(1, 1000)), text)
        for start, text in ((0, "Good morning, everybody."), (2.4, "Is it?"), (5, "I think so."))
    ]
    damaged, ((start_s, end_s),) = inject_cues(cues, spec_of(detector_id).defect, [(2.0, 4.4)])
    return Case(
        cue_samples(cues), cue_samples(damaged), captions(), 0.01, start_s, end_s, seconds=8
    )


_BY_DOMAIN = {
    Domain.PICTURE: picture_case,
    Domain.SOUND: sound_case,
    Domain.CUES: cue_case,
    Domain.STREAM: event_case,
}


def stutter_case(detector_id: str) -> Case:
    """Holds come every few frames, so that the last may lie some before the end."""
    return replace(picture_case(detector_id), tolerance_s=6 / 25)


def programme_case(detector_id: str) -> Case:
    """All of a programme of 12 s is damaged."""
    seconds = 12
    sound = stage(seconds, peak=0.3)
    whole = [(0, sound.shape[1])]
    damaged = inject_sound(sound, spec_of(detector_id).defect, whole, RATE, 0.6)
    return Case(sound_samples(sound), sound_samples(damaged), audio(), 0.11, 0.0, seconds, seconds)


def looking_case(detector_id: str) -> Case:
    """The usual one, for those that look at two frames a second only."""
    return replace(picture_case(detector_id), tolerance_s=0.51)


def lasting_case(detector_id: str) -> Case:
    """What must last to be told from music."""
    sound = music(9)
    start_s, end_s = 2.0, 7.0
    span = (round(start_s * RATE), round(end_s * RATE))
    damaged = inject_sound(sound, spec_of(detector_id).defect, [span], RATE, 0.8)
    clean, broken = sound_samples(sound), sound_samples(damaged)
    return Case(clean, broken, audio(), 0.31, start_s, end_s, 9)


def caption_missing_case(_detector_id: str) -> Case:
    """One stretch of speech has its caption, the other has none."""
    others = (cue_track([cue(0.5, 2.1)], 10.0),)
    clean, damaged = (spoken(10, [(0.5, 2.0), *more]) for more in ((), [(5.0, 8.0)]))
    return Case(sound_samples(clean), sound_samples(damaged), audio(), 0.26, 5.0, 8.0, 10, others)


def caption_sync_case(_detector_id: str) -> Case:
    """Some captions in the middle of a dialogue come late together."""
    spans = dialogue(24)
    seconds = spans[-1][1] + 10
    cues = captioned(spans)
    stretch = (spans[8][0] - 0.3, spans[16][0] - 0.3)
    damaged, ((start_s, end_s),) = inject_cues(cues, "caption_sync", [stretch], 0.3)
    return Case(
        cue_samples(cues),
        cue_samples(damaged),
        captions(),
        0.05,
        start_s,
        end_s,
        seconds,
        (speech_track(spans, seconds),),
    )


def sharp_case(detector_id: str) -> Case:
    """A camera that moves over sharp shapes, for a detector that looks four times a second."""
    pictures = [Picture(plane) for plane in moving_shapes(SECONDS * 25)]
    span = (round(START_S * 25), round(END_S * 25))
    damaged = list(inject_pictures(pictures, spec_of(detector_id).defect, [span]))
    return Case(
        picture_samples(detector_id, pictures), picture_samples(detector_id, damaged), video(), 0.26
    )


def av_length_case(_detector_id: str) -> Case:
    """The sound ends with the picture, or one and a half seconds before it."""
    sound = music(SECONDS)
    count = SECONDS * 25
    picture = Track(
        "freeze",
        video().index,
        TICK,
        np.arange(count, dtype=np.int64) * FRAME,
        count * FRAME,
        {name: np.full(count, 9, np.float32) for name in ("difference_pct", "local_pct")},
    )
    clean, damaged = sound_samples(sound), sound_samples(sound[:, : round(4.5 * RATE)])
    return Case(clean, damaged, audio(), 0.01, 4.5, SECONDS, others=(picture,))


def av_drift_case(_detector_id: str) -> Case:
    """From 2 to 4.5 s every block comes a little later than the samples before it end."""
    clean = sound_samples(music(SECONDS), 4800)
    late = [min(max(i - 19, 0), 25) * 4 * TICK_MS for i in range(len(clean))]
    damaged = [
        {"audio": replace(views["audio"], pts=views["audio"].pts + ticks)}
        for views, ticks in zip(clean, late, strict=True)
    ]
    return Case(clean, damaged, audio(), 0.26, 2.0, 4.5, SECONDS + 0.1)


def gradient_case(detector_id: str) -> Case:
    """A sky with a little grain, for a detector that looks at two frames a second."""
    pictures = [Picture(plane) for plane in sky_planes(SECONDS * 25)]
    span = (round(START_S * 25), round(END_S * 25))
    damaged = list(inject_pictures(pictures, spec_of(detector_id).defect, [span], 0.4))
    return Case(
        picture_samples(detector_id, pictures), picture_samples(detector_id, damaged), video(), 0.51
    )


def blocks_case(detector_id: str) -> Case:
    """Grey blocks in a camera move; for the network itself flat ones in a scene full of detail."""
    if has_network():
        pictures, variant = drawn_pictures(SECONDS * 25), "flat"
    else:
        pictures, variant = colored_pictures(SECONDS * 25), "grey"
    span = (round(START_S * 25), round(END_S * 25))
    defect = spec_of(detector_id).defect
    damaged = list(inject_pictures(pictures, defect, [span], 0.7, variant=variant))
    return Case(
        picture_samples(detector_id, pictures),
        picture_samples(detector_id, damaged),
        video(),
        2 / 25,
    )


def lipsync_case(detector_id: str) -> Case:
    """Somebody speaks, and from some moment on the sound is late."""
    seconds, start_s = 14, 5.0
    sound = babble(seconds)
    pictures = talking(sound)
    rest = [(round(start_s * RATE), sound.shape[1])]
    damaged = inject_sound(sound, spec_of(detector_id).defect, rest, RATE, 0.4)
    return Case(
        joined_samples(pictures, sound),
        joined_samples(pictures, damaged),
        video(),
        2.5,
        start_s,
        seconds,
        seconds,
    )


CASES: Mapping[str, Callable[[str], Case]] = {
    "phase": stage_case,
    "channel": stage_case,
    "stutter": stutter_case,
    "loudness": programme_case,
    "hot_pixel": looking_case,
    "clicks": lasting_case,
    "hum": lasting_case,
    "hiss": lasting_case,
    "audio_artifact": lasting_case,
    "caption_missing": caption_missing_case,
    "caption_sync": caption_sync_case,
    "blur": sharp_case,
    "level_jump": stage_case,
    "av_length": av_length_case,
    "av_drift": av_drift_case,
    "lipsync": lipsync_case,
    "banding": gradient_case,
    "block_corruption": blocks_case,
}
"""Detectors that need a scene of their own."""


def case_of(detector_id: str) -> Case:
    """What a detector is tried on."""
    usual = _BY_DOMAIN[INJECTORS[spec_of(detector_id).defect].domain]
    return CASES.get(detector_id, usual)(detector_id)
