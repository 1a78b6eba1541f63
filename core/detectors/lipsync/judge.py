"""Makes rows of what chunks hold: who is to be seen, and what lips say about the sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.detectors.lipsync.chunk import CHUNK, Chain, Tracklet, linked
from core.detectors.lipsync.fragment import (
    LEAST_PLACES,
    FaceEstimate,
    SyncFragment,
    aggregate,
    window,
)
from core.detectors.lipsync.offset import FRAME_MS, LIMIT, scan
from core.detectors.lipsync.speech import VOICE_RATE, SoundLine, Voice
from core.models.sync_calibration import Calibration

SLOTS = 3
"""Faces that a row tells about."""

CELL = 5
"""Places of the grid that a row stands for: a fifth of a second."""

SPEAKS_FROM = 0.5
"""Probability from which somebody speaks."""

_CHUNK_S = 4
_VOICE_MEMORY_S = 2
_HEARD_AROUND_S = 1
_NOBODY = (-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

Floats = NDArray[np.float32]


class Ear(Protocol):
    """Whoever hears what lips should say (`core.models.sync_runtime`)."""

    calibration: Calibration

    def hear(self, samples: Floats, rate: int) -> Floats:
        """What a sound says, 25 rows a second."""


class Hearing:
    """What is heard in each chunk; every chunk is listened to once, with what is around it.

    Args:
        sound: All sound.
        voice: Who hears whether somebody speaks.
    """

    def __init__(self, sound: SoundLine, voice: Voice) -> None:
        self._sound = sound
        self._voice = voice
        self._speaks: dict[int, NDArray[np.bool_]] = {}
        self._heard: dict[int, Floats] = {}

    def speaks(self, chunk: int) -> NDArray[np.bool_]:
        """Whether somebody speaks, shape (100,)."""
        if chunk not in self._speaks:
            begin = chunk * _CHUNK_S
            sound = self._sound.at(begin - _VOICE_MEMORY_S, begin + _CHUNK_S)
            self._speaks[chunk] = self._voice.speaks(sound)[-CHUNK:] >= SPEAKS_FROM
        return self._speaks[chunk]

    def speech(self, first: int, last: int) -> int:
        """In how many places between two somebody speaks."""
        chunks = range(first // CHUNK, (last - 1) // CHUNK + 1)
        every = np.concatenate([self.speaks(chunk) for chunk in chunks])
        return int(every[first - chunks[0] * CHUNK :][: last - first].sum())

    def heard(self, first: int, last: int, ear: Ear) -> Floats:
        """What the network says of the sound between two places."""
        chunks = range(first // CHUNK, (last - 1) // CHUNK + 1)
        for chunk in chunks:
            if chunk not in self._heard:
                begin = chunk * _CHUNK_S
                sound = self._sound.at(begin - _HEARD_AROUND_S, begin + _CHUNK_S + _HEARD_AROUND_S)
                rows = ear.hear(sound, VOICE_RATE)
                self._heard[chunk] = rows[25 * _HEARD_AROUND_S :][:CHUNK]
        every = np.concatenate([self._heard[chunk] for chunk in chunks])
        return every[first - chunks[0] * CHUNK :][: last - first]

    def forget(self, before: int) -> None:
        """Chunks before this one are asked for no more."""
        for kept in (self._speaks, self._heard):
            for chunk in [chunk for chunk in kept if chunk < before]:
                del kept[chunk]
        self._sound.forget((before - 1) * _CHUNK_S)


@dataclass(slots=True, eq=False)
class Names:
    """Which number each track has, and which slot."""

    numbers: dict[int, int] = field(default_factory=dict)
    slots: list[int] = field(default_factory=lambda: [-1] * SLOTS)

    def name(self, before: Sequence[Tracklet], now: Sequence[Tracklet]) -> None:
        """Number the tracklets of a chunk: as the ones that they go on from, or anew.

        A new number is that of the row in which the track begins, or the next that is free.
        """
        numbers: dict[int, int] = {}
        for tracklet in now:
            old = next((one for one in before if linked(one, tracklet)), None)
            if old is not None and id(old) in self.numbers:
                numbers[id(tracklet)] = self.numbers[id(old)]
        for tracklet in now:
            number = tracklet.track.first // CELL
            while number in numbers.values() or number < 0:
                number += 1
            numbers.setdefault(id(tracklet), number)
        self.numbers = numbers

    def place(self, shown: Sequence[Tracklet]) -> list[Tracklet | None]:
        """Who is in each slot: whoever was there already, then the largest first."""
        by_number = {self.numbers[id(one)]: one for one in reversed(shown)}
        kept = [number if number in by_number else -1 for number in self.slots]
        waiting = [n for n in map(self._number, shown) if n not in kept]
        for slot, number in enumerate(kept):
            if number < 0 and waiting:
                kept[slot] = waiting.pop(0)
        self.slots = kept
        return [by_number.get(number) for number in kept]

    def _number(self, tracklet: Tracklet) -> int:
        return self.numbers[id(tracklet)]


class ChunkJudge:
    """The values of the rows of one chunk.

    Args:
        number: Which chunk.
        before: Tracklets of the chunk before.
        now: Tracklets of this one.
        after: Tracklets of the chunk after.
        names: Their numbers and slots.
        hearing: What is heard.
        ear: The network.
    """

    def __init__(
        self,
        number: int,
        before: Sequence[Tracklet],
        now: Sequence[Tracklet],
        after: Sequence[Tracklet],
        names: Names,
        hearing: Hearing,
        ear: Ear | None,
    ) -> None:
        self._first = number * CHUNK
        self._now = now
        self._names = names
        self._hearing = hearing
        self._ear = ear
        self._speaks = bool(hearing.speaks(number).any())
        self._chains = {id(one): _chain(before, one, after) for one in now}
        self._estimates: dict[tuple[int, int, int], FaceEstimate | None] = {}

    def values(self, place: int, shot: int, bounds: tuple[int, int]) -> tuple[float, ...]:
        """The values of one row.

        Args:
            place: The middle of the places that it stands for.
            shot: Number of the shot.
            bounds: First place of the title, and the place after its last as far as known.
        """
        shown = [one for one in self._now if one.track.first <= place < one.track.last]
        shown.sort(key=lambda one: -round(float(np.prod(_box(one, place)[2:])), 6))
        slots = self._names.place(shown)
        estimates = {id(one): self._estimate(one, place) for one in slots if one is not None}
        fragment = self._fragment(place, bounds, shown, estimates)
        values = [
            fragment.offset_ms,
            fragment.confidence,
            fragment.evidence_s,
            float(fragment.reason),
            float(shot),
            float(len(shown)),
        ]
        for one in slots:
            values += _NOBODY if one is None else self._told(one, place, estimates[id(one)])
        return tuple(values)

    def _fragment(
        self,
        place: int,
        bounds: tuple[int, int],
        shown: Sequence[Tracklet],
        estimates: Mapping[int, FaceEstimate | None],
    ) -> SyncFragment:
        speech = 0
        if self._speaks:
            first, last = window(min(max(place, bounds[0]), bounds[1] - 1), *bounds)
            speech = self._hearing.speech(first, last)
        usable = sum(self._chains[id(one)] is not None for one in shown)
        told = [estimate for estimate in estimates.values() if estimate is not None]
        return aggregate(len(shown), usable, speech / 25, told)

    def _estimate(self, one: Tracklet, place: int) -> FaceEstimate | None:
        chain = self._chains[id(one)]
        if chain is None or self._ear is None:
            return None
        first, last = window(place, chain.first, chain.last)
        key = (id(one), first, last)
        if key not in self._estimates:
            self._estimates[key] = _estimate(chain, first, last, self._hearing, self._ear)
        return self._estimates[key]

    def _told(self, one: Tracklet, place: int, estimate: FaceEstimate | None) -> tuple[float, ...]:
        x, y, width, height = (float(side) for side in _box(one, place))
        left, top = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
        size = (
            min(max(x + width, left), 1.0) - left,
            min(max(y + height, top), 1.0) - top,
        )
        said = (0.0, 0.0) if estimate is None else (estimate.offset_ms, estimate.confidence)
        return (float(self._names.numbers[id(one)]), left, top, *size, *said)


def _estimate(
    chain: Chain, first: int, last: int, hearing: Hearing, ear: Ear
) -> FaceEstimate | None:
    """What a stretch of a track says; None where hardly anybody speaks or it is too short."""
    speech = hearing.speech(first, last)
    if last - first < LEAST_PLACES or speech < LEAST_PLACES:
        return None
    low = first - chain.first
    seen = chain.seen[low : low + last - first]
    heard = hearing.heard(first - LIMIT, last + LIMIT, ear)
    found = scan(seen, heard, LIMIT, first=LIMIT, calibration=ear.calibration)
    late_ms = 1000 * float(chain.after_s[low : low + last - first].mean())
    return FaceEstimate(
        found.offset_frames * FRAME_MS + late_ms,
        found.confidence,
        speech / 25,
        found.at_limit,
    )


def _chain(before: Sequence[Tracklet], now: Tracklet, after: Sequence[Tracklet]) -> Chain | None:
    """A tracklet with what it goes on from and what goes on from it; None if unreadable."""
    if now.seen is None:
        return None
    earlier = next((one for one in before if linked(one, now)), None)
    later = next((one for one in after if linked(now, one)), None)
    parts = [one for one in (earlier, now, later) if one is not None and one.seen is not None]
    return Chain(
        parts[0].track.first,
        np.concatenate([one.seen for one in parts if one.seen is not None]),
        np.concatenate([one.after_s for one in parts]),
    )


def _box(one: Tracklet, place: int) -> NDArray[np.float64]:
    return np.asarray(one.track.boxes[place - one.track.first])
