"""Follows faces through four seconds at a time and has the network look at them.

Chunks lie on the grid of media time and are made of what is within a second around them, whatever
came before; so pieces of a title give what the whole gives. What belongs together over the bounds
of chunks is told by the looks that both have used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.detectors.lipsync.crop import cuts
from core.detectors.lipsync.face import Face
from core.detectors.lipsync.fragment import LEAST_PLACES
from core.detectors.lipsync.track import FaceTrack, tracks_of

CHUNK = 100
"""Places of the grid in a chunk: four seconds."""

CONTEXT = 25
"""Places around a chunk that its tracks are made of."""

SEEN_AROUND = 6
"""Places around a chunk that the network is shown, because it looks a few pictures around."""

LEAST_PX = 20.0
"""Height of a face from which on its lips can be read, in lines of the picture that is cut from."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


class Eye(Protocol):
    """Whoever sees what lips say (`core.models.sync_runtime`)."""

    def see(self, crops: Bytes) -> Floats:
        """What cuts of shape (n, 112, 112) show, shape (n, d)."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """What is kept of a place of the grid.

    Attributes:
        after_s: By how much the picture is later than its place.
        grey: What faces are cut from, shape (height, width); None where nothing is looked for.
    """

    after_s: float
    grey: Bytes | None


@dataclass(slots=True, eq=False)
class Tracklet:
    """What of a track lies within a chunk.

    Attributes:
        track: Places and boxes, none outside the chunk.
        looks: By which it is known again in the chunks beside.
        seen: What the network says of each place; None for a face too small or there too shortly.
        after_s: By how much pictures are later than their places, one a place.
    """

    track: FaceTrack
    looks: frozenset[tuple[int, int]]
    seen: Floats | None
    after_s: NDArray[np.float64]


def tracklets_of(
    number: int,
    stills: Mapping[int, Still],
    looks: Mapping[int, Sequence[Face]],
    starts: Sequence[int],
    eye: Eye,
) -> list[Tracklet]:
    """Follow and look at the faces of one chunk.

    Args:
        number: The chunk is of the places from 100 x number on.
        stills: Pictures by place, those of the context around the chunk included.
        looks: Faces by place.
        starts: First places of shots.
        eye: Who looks at cuts.
    """
    begin, end = number * CHUNK, (number + 1) * CHUNK
    around = range(begin - CONTEXT, end + CONTEXT)
    there = [place for place in around if place in stills]
    near = {place: looks[place] for place in there if place in looks}
    if not any(near.values()):
        return []
    found = []
    for track in tracks_of(near, starts, there[0], there[-1] + 1):
        inside = track.part(begin, end)
        if inside is not None:
            late = np.array(
                [
                    stills[p].after_s if p in stills else 0.0
                    for p in range(inside.first, inside.last)
                ]
            )
            found.append(Tracklet(inside, track.looks, _seen(track, inside, stills, eye), late))
    return found


def _seen(
    track: FaceTrack, inside: FaceTrack, stills: Mapping[int, Still], eye: Eye
) -> Floats | None:
    """What the network says of the places inside; it is shown a few around them as well."""
    first = max(track.first, inside.first - SEEN_AROUND)
    last = min(track.last, inside.last + SEEN_AROUND)
    if last - first < LEAST_PLACES:
        return None
    greys = [stills[p].grey if p in stills else None for p in range(first, last)]
    pictures = _without_holes(greys)
    if pictures is None:
        return None
    boxes = track.boxes[first - track.first : last - track.first]
    sizes = np.array([picture.shape[::-1] for picture in pictures], np.float64)
    pixels = boxes * np.concatenate([sizes, sizes], axis=1)
    if np.median(pixels[:, 3]) < LEAST_PX:
        return None
    seen = eye.see(cuts(pictures, pixels))
    return seen[inside.first - first : inside.last - first]


def _without_holes(greys: Sequence[Bytes | None]) -> list[Bytes] | None:
    """Pictures, where one is missing that before it; None if all are."""
    known = next((grey for grey in greys if grey is not None), None)
    if known is None:
        return None
    pictures = []
    for grey in greys:
        known = known if grey is None else grey
        pictures.append(known)
    return pictures


@dataclass(slots=True, eq=False)
class Chain:
    """A track over several chunks.

    Attributes:
        first: Its first place.
        seen: Rows of what the network says, one a place from `first` on.
        after_s: By how much pictures are later than their places.
    """

    first: int
    seen: Floats
    after_s: NDArray[np.float64]

    @property
    def last(self) -> int:
        """The place after its last."""
        return self.first + len(self.seen)


def linked(before: Tracklet, after: Tracklet) -> bool:
    """Whether tracklets of neighbouring chunks are one track that goes on without a hole."""
    return before.track.last == after.track.first and not before.looks.isdisjoint(after.looks)
