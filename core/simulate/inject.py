"""The table of injectors, and how to apply one to streams of frames, to sound and to captions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from core.domain.errors import KnownError
from core.domain.finding import Region
from core.domain.media import Cue
from core.simulate.av_drift import SoundDrift
from core.simulate.av_length import StreamCut
from core.simulate.av_sync import SoundShift
from core.simulate.banding import Banding
from core.simulate.black import Black
from core.simulate.block_corruption import block_corruption
from core.simulate.blockiness import Blockiness
from core.simulate.blur import Blur
from core.simulate.channel import Channel
from core.simulate.clicks import Clicks
from core.simulate.clipping import Clipping
from core.simulate.color_frame import ColorFrame
from core.simulate.combing import Combing
from core.simulate.cue import CueLoss, CueShift
from core.simulate.cue_layout import CuePosition, CueReading
from core.simulate.cue_text import CueGarble, CueLanguage
from core.simulate.decode_error import damage_packets
from core.simulate.distortion import Distortion
from core.simulate.dropout import Dropout
from core.simulate.flashing import Flashing
from core.simulate.freeze import Freeze
from core.simulate.hiss import Hiss
from core.simulate.hot_pixel import HotPixel
from core.simulate.hum import Hum
from core.simulate.kind import CueDamage, Damage, Picture, PictureDamage, Sound, SoundDamage
from core.simulate.letterbox import Letterbox
from core.simulate.level_jump import LevelJump
from core.simulate.levels import Levels
from core.simulate.line_dropout import LineDropout
from core.simulate.loudness import Loudness
from core.simulate.phase import Phase
from core.simulate.piece import PictureRun, Step
from core.simulate.silence import Silence
from core.simulate.stutter import Stutter
from core.simulate.tearing import Tearing
from core.simulate.truth import Truth
from core.simulate.wow import Wow


class Domain(StrEnum):
    """What an injector damages."""

    PICTURE = "picture"
    SOUND = "sound"
    CUES = "cues"
    STREAM = "stream"


class Injector(NamedTuple):
    """One way of making a defect.

    Attributes:
        defect: Id in the defect taxonomy.
        domain: What it damages.
        make: The class of the damage; for the packets of a stream a function like
            `damage_packets`.
    """

    defect: str
    domain: Domain
    make: Callable[..., Damage | Truth]

    @property
    def variants(self) -> tuple[str, ...]:
        """The forms in which the defect is made; the first is the usual one."""
        return tuple(getattr(self.make, "VARIANTS", ()))

    @property
    def whole(self) -> bool:
        """Whether it belongs into all of a title, not into a stretch: captions, and loudness."""
        return self.domain is Domain.CUES or bool(getattr(self.make, "WHOLE", False))


INJECTORS: Mapping[str, Injector] = MappingProxyType(
    {
        entry.defect: entry
        for entry in (
            Injector("black", Domain.PICTURE, Black),
            Injector("freeze", Domain.PICTURE, Freeze),
            Injector("silence", Domain.SOUND, Silence),
            Injector("clipping", Domain.SOUND, Clipping),
            Injector("blockiness", Domain.PICTURE, Blockiness),
            Injector("phase", Domain.SOUND, Phase),
            Injector("channel", Domain.SOUND, Channel),
            Injector("banding", Domain.PICTURE, Banding),
            Injector("blur", Domain.PICTURE, Blur),
            Injector("hot_pixel", Domain.PICTURE, HotPixel),
            Injector("line_dropout", Domain.PICTURE, LineDropout),
            Injector("stutter", Domain.PICTURE, Stutter),
            Injector("block_corruption", Domain.PICTURE, block_corruption),
            Injector("loudness", Domain.SOUND, Loudness),
            Injector("hum", Domain.SOUND, Hum),
            Injector("flashing", Domain.PICTURE, Flashing),
            Injector("combing", Domain.PICTURE, Combing),
            Injector("dropout", Domain.SOUND, Dropout),
            Injector("level_jump", Domain.SOUND, LevelJump),
            Injector("distortion", Domain.SOUND, Distortion),
            Injector("wow", Domain.SOUND, Wow),
            Injector("hiss", Domain.SOUND, Hiss),
            Injector("clicks", Domain.SOUND, Clicks),
            Injector("tearing", Domain.PICTURE, Tearing),
            Injector("decode_error", Domain.STREAM, damage_packets),
            Injector("caption_readability", Domain.CUES, CueReading),
            Injector("caption_encoding", Domain.CUES, CueGarble),
            Injector("caption_language", Domain.CUES, CueLanguage),
            Injector("caption_position", Domain.CUES, CuePosition),
            Injector("levels", Domain.PICTURE, Levels),
            Injector("letterbox", Domain.PICTURE, Letterbox),
            Injector("color_frame", Domain.PICTURE, ColorFrame),
            Injector("caption_missing", Domain.CUES, CueLoss),
            Injector("caption_sync", Domain.CUES, CueShift),
            Injector("av_length", Domain.STREAM, StreamCut()),
            Injector("av_drift", Domain.STREAM, SoundDrift()),
            Injector("av_sync", Domain.SOUND, SoundShift),
        )
    }
)


def injector(defect: str) -> Injector:
    """The injector of a defect.

    Raises:
        KnownError: There is none.
    """
    if defect not in INJECTORS:
        raise KnownError(f"“{defect}” cannot be simulated; there are {', '.join(INJECTORS)}.")
    return INJECTORS[defect]


UNANSWERED: Mapping[str, str] = MappingProxyType(
    {
        "caption_language": (
            "Which language a text is in takes a classifier, which is a detector of its own."
        ),
        "caption_position": (
            "Captions carry the name of their region, not where it lies in the picture."
        ),
        "wow": (
            "Singers and strings bend their pitch, too: without the original, or a tone that is "
            "known to be steady, a wobble of the speed cannot be told from music."
        ),
    }
)
"""Why no detector answers an injector, by defect."""


def inject_pictures(
    frames: Iterable[Picture],
    defect: str,
    spans: Sequence[tuple[int, int]],
    severity: float = 1.0,
    seed: int = 0,
    *,
    variant: str = "",
    region: Region | None = None,
) -> Iterator[Picture]:
    """Damage some stretches of a stream of frames.

    Args:
        frames: In order.
        defect: Id of a defect of pictures.
        spans: First frame and first frame after, counted from 0; in order and apart.
        severity: 0..1.
        seed: Chooses what chance decides.
        variant: In which form; empty takes the usual one.
        region: Where in the picture; None is everywhere.

    Yields:
        As many frames.

    Raises:
        KnownError: The defect is none of pictures, or has no such variant.
    """
    for step in inject_steps(frames, defect, spans, severity, seed, variant=variant, region=region):
        yield step.picture


def inject_steps(
    frames: Iterable[Picture],
    defect: str,
    spans: Sequence[tuple[int, int]],
    severity: float = 1.0,
    seed: int = 0,
    *,
    variant: str = "",
    region: Region | None = None,
) -> Iterator[Step[None]]:
    """Like `inject_pictures`, with what each frame would be without the damage.

    Raises:
        KnownError: The defect is none of pictures, or has no such variant.
    """
    entry = _of_domain(defect, Domain.PICTURE, "pictures")

    def make(start: int) -> PictureDamage:
        made = entry.make(severity, seed + start, variant)
        assert isinstance(made, PictureDamage)
        return made

    run = PictureRun[None](make, region)
    todo = list(spans)
    for index, frame in enumerate(frames):
        if todo and index >= todo[0][1]:
            todo.pop(0)
        inside = bool(todo) and index >= todo[0][0]
        yield from run.take(None, frame, todo[0][0] if inside else None)
    yield from run.finish()


def inject_sound(
    sound: Sound,
    defect: str,
    spans: Sequence[tuple[int, int]],
    rate: int,
    severity: float = 1.0,
    seed: int = 0,
    *,
    variant: str = "",
) -> Sound:
    """Damage some stretches of sound.

    Args:
        sound: Shape (channels, n).
        defect: Id of a defect of sound.
        spans: First sample and first sample after.
        rate: Samples a second.
        severity: 0..1.
        seed: Chooses what chance decides.
        variant: In which form; empty takes the usual one.

    Returns:
        A damaged copy.

    Raises:
        KnownError: The defect is none of sound, or has no such variant.
    """
    entry = _of_domain(defect, Domain.SOUND, "sound")
    damaged = np.array(sound, np.float32)
    for start, end in spans:
        damage = entry.make(severity, seed + start, variant)
        assert isinstance(damage, SoundDamage)
        damaged[:, start:end] = damage.apply(damaged[:, start:end], rate)
    return damaged


def inject_cues(
    cues: Sequence[Cue],
    defect: str,
    spans_s: Sequence[tuple[float, float]],
    severity: float = 1.0,
    seed: int = 0,
    *,
    variant: str = "",
) -> tuple[list[Cue], list[tuple[float, float]]]:
    """Damage the captions that start in some stretches.

    Args:
        cues: In order.
        defect: Id of a defect of captions.
        spans_s: Start and end of each stretch in seconds.
        severity: 0..1.
        seed: Chooses what chance decides.
        variant: In which form; empty takes the usual one.

    Returns:
        All cues by start, and where the damage shows, in seconds.

    Raises:
        KnownError: The defect is none of captions, or has no such variant.
    """
    entry = _of_domain(defect, Domain.CUES, "captions")
    left, shown = list(cues), list[tuple[float, float]]()
    for number, (start_s, end_s) in enumerate(spans_s):
        damage = entry.make(severity, seed + number, variant)
        assert isinstance(damage, CueDamage)
        inside = [cue for cue in left if start_s <= cue.span.start_s < end_s]
        after = damage.apply(inside)
        shown += damage.spans(inside, after)
        left = [cue for cue in left if cue not in inside] + after
    return sorted(left, key=lambda cue: (cue.span.start_s, cue.span.end_s)), shown


def _of_domain(defect: str, domain: Domain, what: str) -> Injector:
    entry = injector(defect)
    if entry.domain is not domain:
        raise KnownError(f"“{defect}” is no defect of {what}.")
    return entry
