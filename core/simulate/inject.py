"""The table of injectors, and how to apply one to streams of frames and to sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from core.domain.errors import KnownError
from core.simulate.black import Black
from core.simulate.blockiness import Blockiness
from core.simulate.clipping import Clipping
from core.simulate.decode_error import damage_packets
from core.simulate.freeze import Freeze
from core.simulate.kind import Picture, PictureDamage, Sound, SoundDamage
from core.simulate.silence import Silence
from core.simulate.truth import Truth


class Domain(StrEnum):
    """What an injector damages."""

    PICTURE = "picture"
    SOUND = "sound"
    STREAM = "stream"


class Injector(NamedTuple):
    """One way of making a defect.

    Attributes:
        defect: Id in the defect taxonomy.
        domain: What it damages.
        make: Makes a `PictureDamage` or `SoundDamage` from severity and seed; for the packets of a
            stream it is `damage_packets`.
    """

    defect: str
    domain: Domain
    make: Callable[..., PictureDamage | SoundDamage | Truth]


INJECTORS: Mapping[str, Injector] = MappingProxyType(
    {
        entry.defect: entry
        for entry in (
            Injector("black", Domain.PICTURE, Black),
            Injector("freeze", Domain.PICTURE, Freeze),
            Injector("silence", Domain.SOUND, Silence),
            Injector("clipping", Domain.SOUND, Clipping),
            Injector("blockiness", Domain.PICTURE, Blockiness),
            Injector("decode_error", Domain.STREAM, damage_packets),
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


def inject_pictures(
    frames: Iterable[Picture],
    defect: str,
    spans: Sequence[tuple[int, int]],
    severity: float = 1.0,
    seed: int = 0,
    *,
    black: int = 0,
) -> Iterator[Picture]:
    """Damage some stretches of a stream of frames.

    Args:
        frames: In order.
        defect: Id of a defect of pictures.
        spans: First frame and first frame after, counted from 0; in order and apart.
        severity: 0..1.
        seed: Chooses what chance decides.
        black: Code value of black, see `PictureDamage`.

    Yields:
        As many frames.

    Raises:
        KnownError: The defect is none of pictures.
    """
    entry = injector(defect)
    if entry.domain is not Domain.PICTURE:
        raise KnownError(f"“{defect}” is no defect of pictures.")
    todo = list(spans)
    damage: PictureDamage | None = None
    previous: Picture | None = None
    for index, frame in enumerate(frames):
        if todo and index >= todo[0][1]:
            todo.pop(0)
            damage = None
        if todo and index >= todo[0][0]:
            if damage is None:
                made = entry.make(severity, seed + index, black=black)
                assert isinstance(made, PictureDamage)
                damage = made
                if isinstance(damage, Freeze) and previous is not None:
                    damage.hold(previous)
            yield damage.apply(frame)
        else:
            yield frame
        previous = frame


def inject_sound(
    sound: Sound,
    defect: str,
    spans: Sequence[tuple[int, int]],
    rate: int,
    severity: float = 1.0,
    seed: int = 0,
) -> Sound:
    """Damage some stretches of sound.

    Args:
        sound: Shape (channels, n).
        defect: Id of a defect of sound.
        spans: First sample and first sample after.
        rate: Samples a second.
        severity: 0..1.
        seed: Chooses what chance decides.

    Returns:
        A damaged copy.

    Raises:
        KnownError: The defect is none of sound.
    """
    entry = injector(defect)
    if entry.domain is not Domain.SOUND:
        raise KnownError(f"“{defect}” is no defect of sound.")
    damaged = np.array(sound, np.float32)
    for start, end in spans:
        made = entry.make(severity, seed + start)
        assert isinstance(made, SoundDamage)
        damaged[:, start:end] = made.apply(damaged[:, start:end], rate)
    return damaged
