"""How much of a channel is analysed, and which detectors can watch a stream at all.

The stream itself is always received and kept. When the machine does not keep up, analysis goes
down a level, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from core.analysis.plan import able, choose
from core.analysis.view import AUDIO, EVENTS, is_picture
from core.catalog.spec import DetectorSpec
from core.domain.errors import KnownError
from core.domain.profile import Profile

UNFIT = {
    "lipsync": "it needs a minute of speech and reads the sound ahead of the pictures",
    "av_length": "a stream that goes on has no length",
    "av_drift": "it compares the whole of a title's sound with its pictures",
    "caption_readability": "captions are not read from live streams",
    "caption_encoding": "captions are not read from live streams",
    "caption_missing": "captions are not read from live streams",
    "caption_sync": "captions are not read from live streams",
}
"""Why a detector cannot watch a stream, as the end of a sentence, by id."""

DEAR = frozenset(
    {
        *("block_corruption", "audio_artifact", "combing", "banding", "blockiness", "blur"),
        *("hot_pixel", "line_dropout", "tearing"),
    }
)
"""What costs most for what it finds in a stream; `docs/monitor.md` says how much."""

SPARSE = frozenset({"black", "color_frame", "levels", "letterbox", "freeze", "decode_error"})
"""Detectors of pictures that make sense of key pictures alone."""


class Level(IntEnum):
    """How much is analysed."""

    SPARSE = 0
    LIGHT = 1
    FULL = 2

    @property
    def title(self) -> str:
        """As figures and events call it."""
        return self.name.lower()

    @property
    def explained(self) -> str:
        """What it means, as the end of a sentence."""
        return (
            "only key pictures and sound are analysed",
            "the dearest detectors rest",
            "everything is analysed",
        )[self]


def watching(
    profile: Profile, wanted: Sequence[str] = ()
) -> tuple[tuple[DetectorSpec, ...], dict[str, str]]:
    """The detectors that watch a channel, and a sentence about each other that was asked for.

    Args:
        profile: Leaves some out.
        wanted: Ids; empty means all that can.

    Raises:
        KnownError: An id is unknown, or none is left.
    """
    chosen = choose(profile, wanted)
    fit = [spec for spec in chosen if spec.id not in UNFIT]
    if not fit:
        name = chosen[0]
        raise KnownError(f"{name.title} does not watch streams: {UNFIT[name.id]}.")
    specs, left_out = able(fit)
    names = {spec.id for spec in specs}
    for spec in chosen:
        if spec.id in UNFIT:
            left_out[spec.id] = f"{spec.title} does not watch streams: {UNFIT[spec.id]}."
        elif not names.issuperset(spec.after):
            left_out[spec.id] = f"{spec.title} does not watch streams: it reads one that does not."
    return tuple(spec for spec in specs if spec.id not in left_out), left_out


def at_level(specs: Sequence[DetectorSpec], level: Level) -> tuple[DetectorSpec, ...]:
    """The detectors that work at a level; where one reads another's track, both or none."""
    kept = [spec for spec in specs if _works(spec, level)]
    names = {spec.id for spec in kept}
    return tuple(spec for spec in kept if names.issuperset(spec.after))


def _works(spec: DetectorSpec, level: Level) -> bool:
    if level is Level.FULL:
        return True
    if spec.id in DEAR:
        return False
    hears = AUDIO in spec.views or (EVENTS in spec.views and not any(map(is_picture, spec.views)))
    return level is Level.LIGHT or hears or spec.id in SPARSE
