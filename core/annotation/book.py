"""The masks of a store: projects, what their frames come to, and exchange with files."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.annotation.exchange.sheet import Frame, Sheet, renumbered
from core.annotation.layer import flatten
from core.domain.errors import KnownError
from core.domain.mask import (
    FrameMask,
    FrameState,
    MaskClass,
    MaskLayer,
    MaskOrigin,
    MaskProject,
)
from core.domain.time import rescale
from core.domain.title import Title
from core.store.store import Store

FrameTimes = NDArray[np.int64]
"""PTS of all frames of a stream on its base, ascending; the number of a frame is its place here."""


@dataclass(frozen=True, slots=True)
class MaskCount:
    """How far a project is.

    Attributes:
        frames: Frames by state, of those that have layers.
        clicks: What people's layers cost.
        bytes: What the layers take in the store.
    """

    frames: dict[FrameState, int]
    clicks: int
    bytes: int


class MaskBook:
    """Masks of one store.

    Args:
        store: Where they are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def make(
        self,
        title: Title,
        classes: Sequence[MaskClass],
        by: str,
        *,
        name: str = "",
        stream: int | None = None,
    ) -> MaskProject:
        """Begin the masks of a picture stream of a title.

        Args:
            title: Kept in the store when it is not there yet.
            classes: At least one.
            by: Who begins.
            name: What people call it; empty takes the title's.
            stream: Container index; None takes the first picture stream.

        Raises:
            KnownError: The title has no such pictures, there are no classes, two share a name or
                number, or the store cannot be written.
        """
        found = [v for v in title.video if stream is None or v.index == stream]
        if not found:
            raise KnownError(f"{title.name} has no pictures that could be labelled.")
        if not classes:
            raise KnownError("Name at least one class.")
        video = found[0]
        try:
            project = MaskProject(
                uuid.uuid4().hex,
                name.strip() or title.name,
                title.fingerprint,
                video.index,
                video.base,
                video.width,
                video.height,
                tuple(classes),
                by,
                datetime.now(UTC),
            )
        except ValueError as error:
            raise KnownError("These classes cannot be used.", str(error)) from error
        if self._store.titles.get(title.fingerprint) is None:
            self._store.titles.put(title)
        self._store.masks.put(project)
        return project

    def frame(self, project: MaskProject, pts: int) -> FrameMask:
        """What is known of one frame.

        Raises:
            KnownError: A mask in the store is damaged.
        """
        return flatten(project, pts, self._store.masks.layers(project.id, pts))

    def frames(self, project: MaskProject) -> Iterable[FrameMask]:
        """What is known of each frame that has layers, in order of time.

        Raises:
            KnownError: A mask in the store is damaged.
        """
        for pts in self._store.masks.frames(project.id):
            yield self.frame(project, pts)

    def count(self, project: MaskProject) -> MaskCount:
        """How far a project is."""
        states: Counter[FrameState] = Counter()
        clicks = 0
        for frame in self.frames(project):
            states[frame.state] += 1
            clicks += frame.clicks
        return MaskCount(dict(states), clicks, self._store.masks.bytes_of(project.id))

    def sheet(self, project: MaskProject, times: FrameTimes, only_done: bool = False) -> Sheet:
        """The masks of a project for a file.

        Args:
            project: Whose.
            times: Numbers the frames; empty leaves them without numbers.
            only_done: Leave out the frames that nobody finished.

        Raises:
            KnownError: There are none, or one in the store is damaged.
        """
        frames = [
            Frame(_number_of(times, mask.pts), mask.pts, mask.labels)
            for mask in self.frames(project)
            if mask.state is not FrameState.UNSEEN
            and not (only_done and mask.state is not FrameState.DONE)
        ]
        if not frames:
            raise KnownError(f"{project.name} has no masks to export.")
        return Sheet(
            project.name,
            project.width,
            project.height,
            project.base,
            len(times),
            project.classes,
            tuple(frames),
        )

    def take_in(
        self, project: MaskProject, sheet: Sheet, times: FrameTimes, by: str, source: str
    ) -> int:
        """Lay the masks of a file over those of a project, all in one transaction.

        Frames are found by PTS where the file gives times, else by number.

        Args:
            project: Into which.
            sheet: What was read.
            times: Of the title's frames.
            by: Who takes them in.
            source: Name of the file.

        Returns:
            How many frames were taken in.

        Raises:
            KnownError: Sizes or classes differ, or a frame is none of the title's; nothing was
                taken in then.
        """
        if (sheet.width, sheet.height) != (project.width, project.height):
            raise KnownError(
                f"The masks are {sheet.width} x {sheet.height}, the pictures "
                f"{project.width} x {project.height}."
            )
        mapped = renumbered(sheet, project.classes)
        now = datetime.now(UTC)
        layers = [
            MaskLayer(
                id=uuid.uuid4().hex,
                project=project.id,
                pts=_pts_of(project, frame, sheet.base, times),
                labels=frame.labels,
                origin=MaskOrigin.IMPORTED,
                by=f"{by}: {source}",
                at=now,
                complete=True,
            )
            for frame in mapped.frames
        ]
        self._store.masks.append(*layers)
        return len(layers)


def _number_of(times: FrameTimes, pts: int) -> int | None:
    place = int(np.searchsorted(times, pts))
    return place if place < len(times) and times[place] == pts else None


def _pts_of(project: MaskProject, frame: Frame, base: Fraction | None, times: FrameTimes) -> int:
    if frame.pts is not None and base is not None:
        pts = rescale(frame.pts, base, project.base)
        if _number_of(times, pts) is not None:
            return pts
        raise KnownError(f"The title has no frame at {float(frame.pts * base):.3f} s.")
    if frame.number is None or not 0 <= frame.number < len(times):
        raise KnownError(f"The title has no frame number {frame.number}; it has {len(times)}.")
    return int(times[frame.number])
