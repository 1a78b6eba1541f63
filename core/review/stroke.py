"""Values of drawing masks: strokes, frames as they are worked on, working time. Knows no store."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.annotation.run_length import from_coco_counts
from core.domain.mask import (
    AskedRegion,
    FrameMask,
    FrameState,
    LabelMap,
    MaskProject,
    MaskRound,
)
from core.domain.title import Title

PAUSE_S = 15.0
"""Who does nothing for longer than this has paused; no second of a pause counts."""


class ActiveTime:
    """How long a person was at work on each frame.

    What counts is the time between two things that a person does at the same frame, unless that is
    longer than `PAUSE_S`.

    Args:
        now: Monotonic time in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: tuple[int, float] | None = None
        self._spent: dict[int, float] = {}

    def touch(self, pts: int) -> None:
        """The person did something at this frame: moved the pointer, pressed a key, drew."""
        at = self._now()
        if self._last is not None and self._last[0] == pts and at - self._last[1] <= PAUSE_S:
            self._spent[pts] = self.spent(pts) + at - self._last[1]
        self._last = (pts, at)

    def spent(self, pts: int) -> float:
        """Seconds at this frame that no layer has taken yet."""
        return self._spent.get(pts, 0.0)

    def take(self, pts: int) -> float:
        """Seconds at this frame up to now; they are a layer's then, and count no further."""
        self.touch(pts)
        return self._spent.pop(pts, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """Something that a person said of a frame with one tool.

    Attributes:
        pts: Of the frame.
        labels: What was said; `UNSAID` elsewhere.
        clicks: What it cost; None has that counted by the rule, from what it changes.
        seconds: How long it took.
        complete: Nothing is left to be corrected in the frame.
        round: Of selection in which it was drawn.
        id: Of the layer that it becomes.
    """

    pts: int
    labels: LabelMap
    clicks: int | None = None
    seconds: float = 0.0
    complete: bool = False
    round: int = 0
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True, eq=False)
class FrameSheet:
    """One frame as it is worked on.

    Attributes:
        mask: What is known of it; without its layers.
        seconds: What people took over it.
        can_undo: This person has something here to take back.
        can_redo: This person took something back here last.
    """

    mask: FrameMask
    seconds: float = 0.0
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class MaskOverview:
    """How far a project is, without looking at any map.

    Attributes:
        project: With the classes that it has now.
        version: Grows with everything that is appended.
        states: Of the frames that have layers, by PTS.
        clicks: What people's layers cost.
        seconds: What they took.
        round: The last round of learning; None before the first.
        asked: How many regions of it nobody has answered yet, by PTS of their frames.
    """

    project: MaskProject
    version: int = 0
    states: Mapping[int, FrameState] = field(default_factory=dict)
    clicks: int = 0
    seconds: float = 0.0
    round: MaskRound | None = None
    asked: Mapping[int, int] = field(default_factory=dict)

    def frames(self, state: FrameState) -> tuple[int, ...]:
        """PTS of the frames in a state, ascending."""
        return tuple(sorted(pts for pts, one in self.states.items() if one is state))


def fits(project: MaskProject, title: Title) -> bool:
    """Whether masks belong to the pictures of a title that the desk shows."""
    stream = title.video[0] if title.video else None
    return stream is not None and (
        (project.fingerprint, project.stream, project.base, project.width, project.height)
        == (title.fingerprint, stream.index, stream.base, stream.width, stream.height)
    )


def asked_pixels(
    region: AskedRegion, height: int, width: int
) -> tuple[tuple[int, int], NDArray[np.bool_]]:
    """The pixels that a region of a frame asks about.

    Args:
        region: Which.
        height: Of the frame in pixels.
        width: Likewise.

    Returns:
        Column and row of its upper left corner, and its pixels from there on.
    """
    x, y, wide, high = region.box
    if not region.runs:
        return (x, y), np.ones((high, wide), np.bool_)
    whole = from_coco_counts(region.runs, height, width)
    return (x, y), np.ascontiguousarray(whole[y : y + high, x : x + wide])


def answered(region: AskedRegion, by_person: NDArray[np.bool_]) -> bool:
    """Whether people have said something of all of a region.

    Args:
        region: Which.
        by_person: Of its frame, shape (height, width).
    """
    (x, y), pixels = asked_pixels(region, *by_person.shape)
    window = by_person[y : y + pixels.shape[0], x : x + pixels.shape[1]]
    return bool(window[pixels].all())


def region_at(labels: NDArray[np.generic], x: int, y: int) -> NDArray[np.bool_]:
    """The connected region of equal values around a pixel; four neighbours connect.

    Args:
        labels: Shape (height, width).
        x: Column of the pixel.
        y: Its row.
    """
    import cv2

    same = np.ascontiguousarray(labels == labels[y, x], np.uint8)
    _, numbers = cv2.connectedComponents(same, connectivity=4)
    region: NDArray[np.bool_] = numbers == numbers[y, x]
    return region
