"""The pieces of an experiment: a library to ask about, sets to measure on, and replay.

A piece's role, domain and number decide everything about it, so that pieces can be made in any
order and an interrupted experiment goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.block_corruption.cell import cell_truth
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.piece import truth_of
from core.learning.block_corruption.source import Source, stretch
from core.learning.experiment.damage import coefficients
from core.learning.experiment.protocol import ROLES, Domain, Protocol, Role, Shelf, Stage
from core.simulate.bitstream import corrupt
from core.simulate.block_corruption import BlockCorruption
from core.simulate.coding import decode, encode
from core.simulate.conversion import to_rgb
from core.simulate.decoy import DECOYS, decoy
from core.simulate.kind import Picture

_TRIES = 4
_STREAMS = 0.5
_PHOTOS = 0.6
_DRAWN = 0.1
_CODED_AFTER = 0.35
_MADE_SMALLER = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One picture and what the reviewer would say of it.

    Attributes:
        rgb: Shape (height, width, 3).
        corrupted: Damage is visible in it.
        unclear: There is damage, and nothing in the picture gives it away.
    """

    rgb: NDArray[np.uint8]
    corrupted: bool
    unclear: bool


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A few pictures of one place of a title.

    Attributes:
        source: Name of the title.
        made: How the pictures were damaged; empty for not at all.
        decoy: Clean content that looks damaged; empty for none.
        asked: The pictures.
    """

    source: str
    made: str
    decoy: str
    asked: tuple[Asked, ...]


def domain_of(protocol: Protocol, stage: Stage, role: Role) -> Domain:
    """Where the damage of a set comes from."""
    shifted = role in ("library", "shifted_test")
    return protocol.domains[stage if shifted else "original"]


def sources_of(
    protocol: Protocol, lesson: Lesson, sources: Sequence[Source], stage: Stage, role: Role
) -> list[Source]:
    """The titles of a set; no title is in two sets of which one is measured on.

    Args:
        protocol: How titles are split.
        lesson: What the shipped weights never saw.
        sources: All.
        stage: Where choices are made, or what is measured on.
        role: Of the set.

    Raises:
        KnownError: None is left for it.
    """
    found = []
    for source in sources:
        seen = lesson.side_of(source.name) != "test"
        if role == "replay":
            fits = lesson.side_of(source.name) == "train" and protocol.in_library(source.name)
        else:
            fits = seen == (stage == "tuning")
            fits &= protocol.in_library(source.name) == (role == "library")
        if fits:
            found.append(source)
    if not found:
        raise KnownError(
            f"None of the titles can stand for “{role.replace('_', ' ')}”: add folders with more."
        )
    return found


def piece_of(
    protocol: Protocol,
    lesson: Lesson,
    sources: Sequence[Source],
    stage: Stage,
    role: Role,
    number: int,
) -> Piece:
    """The piece of a number.

    Args:
        protocol: What is made.
        lesson: What counts as visible.
        sources: Of this set.
        stage: Of the experiment.
        role: Of the set.
        number: From 0.

    Raises:
        KnownError: Several sources in a row cannot be used.
    """
    domain = domain_of(protocol, stage, role)
    later = int(stage == "held_out" and role != "replay")
    rng = np.random.default_rng([domain.seed, ROLES.index(role), later, number])
    for _ in range(_TRIES):
        among = _among(sources, rng)
        source = among[int(rng.integers(len(among)))]
        try:
            return _made(protocol, lesson, domain, protocol.shelves[role], source, rng)
        except KnownError as error:
            last = error
    raise last


def _among(sources: Sequence[Source], rng: np.random.Generator) -> Sequence[Source]:
    scenes = [source for source in sources if source.scene is not None]
    photos = [source for source in sources if source.is_photo]
    films = [source for source in sources if source.title is not None]
    if scenes and (rng.random() < _DRAWN or not (films or photos)):
        return scenes
    return photos if photos and (not films or rng.random() < _PHOTOS) else films


def _made(
    protocol: Protocol,
    lesson: Lesson,
    domain: Domain,
    shelf: Shelf,
    source: Source,
    rng: np.random.Generator,
) -> Piece:
    smaller = bool(rng.random() < _MADE_SMALLER) and not source.is_photo
    clean = stretch(source, protocol.frames, protocol.window, smaller, rng)
    looks = ""
    if rng.random() < shelf.decoys:
        looks = str(rng.choice(DECOYS))
        clean = decoy(looks, clean, int(rng.integers(1 << 30)))
    made = ""
    codec = str(rng.choice(domain.codecs))
    seed = int(rng.integers(1 << 20))
    damaged = rng.random() < shelf.damaged
    streams = rng.random() < _STREAMS
    low, high = lesson.severity if streams else domain.painted
    severity = float(rng.uniform(low, high))
    if damaged and streams:
        done = corrupt(clean, codec, severity, seed)
        clean, shown, made = list(done.clean), list(done.damaged), codec
    else:
        clean = shown = _coded(clean, codec, rng)
        if damaged:
            made = str(rng.choice(domain.generators))
            shown = _painted(clean, made, severity, seed)
    shown_first = damaged and streams and domain.shown_first
    asked = _asked(protocol, lesson, clean, shown, shown_first, rng)
    if made and not streams and rng.random() < _CODED_AFTER:
        shown = _coded(shown, codec, rng)
    pictures = [Asked(to_rgb(shown[place]), *said) for place, said in asked]
    return Piece(source.name, made, looks, tuple(pictures))


def _asked(
    protocol: Protocol,
    lesson: Lesson,
    clean: Sequence[Picture],
    shown: Sequence[Picture],
    shown_first: bool,
    rng: np.random.Generator,
) -> list[tuple[int, tuple[bool, bool]]]:
    """Which pictures are kept, and of each: corrupted, unclear."""
    order = [int(place) for place in rng.permutation(len(shown))]
    found: list[tuple[int, tuple[bool, bool]]] = []
    for place in order if shown_first else order[: protocol.kept]:
        truth = cell_truth(truth_of(clean[place], shown[place], lesson), lesson.cell)
        found.append((place, (truth.decided > 0, truth.decided_counted == 0)))
    if shown_first:
        found.sort(key=lambda one: not one[1][0])
    return sorted(found[: protocol.kept])


def _painted(clean: Sequence[Picture], made: str, severity: float, seed: int) -> list[Picture]:
    if made == "coefficients":
        return coefficients(clean, severity, seed)
    damage = BlockCorruption(severity, seed, made)
    return [damage.apply(picture) for picture in clean]


def _coded(pictures: Sequence[Picture], codec: str, rng: np.random.Generator) -> list[Picture]:
    """The pictures through an encoder and a decoder, without damage."""
    coded = encode(pictures, codec, float(rng.random()), int(rng.integers(0, 3)))
    back = decode(coded, coded.packets, pictures[0])
    return [b if b is not None else p for b, p in zip(back, pictures, strict=True)]
