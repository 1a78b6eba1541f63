"""How each frame of a video becomes the next, in whole pixels; worked out once, then kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Motion, Picture, motion
from core.learning.mask.shelf import Shelf

_FARTHEST_PX = 127
_NOTED_EVERY = 8


class MotionBank(Sequence[Motion]):
    """Motion of each frame to its next; what moves farther than 127 pixels counts as hidden.

    Args:
        frames: RGB, all of one size.
        shelf: Keeps it.
        told: Called with each frame's number before its motion is worked out; may raise to stop.
    """

    def __init__(
        self, frames: Sequence[Picture], shelf: Shelf, told: Callable[[int], None]
    ) -> None:
        height, width = frames[0].shape[:2]
        count = max(len(frames) - 1, 0)
        self._steps: NDArray[np.int8] = shelf.array("flow", (count, 2, height, width, 2), np.int8)
        self._seen: NDArray[np.bool_] = shelf.array("seen", (count, 2, height, width), np.bool_)
        for number in range(min(shelf.done("flow"), shelf.done("seen")), count):
            told(number)
            how = motion(frames[number], frames[number + 1])
            ways = ((how.forward, how.seen), (how.backward, how.seen_before))
            for way, (flow, seen) in enumerate(ways):
                steps = np.rint(flow)
                near = (np.abs(steps) <= _FARTHEST_PX).all(axis=2)
                self._steps[number, way] = np.clip(steps, -_FARTHEST_PX, _FARTHEST_PX)
                self._seen[number, way] = seen & near
            if number % _NOTED_EVERY == _NOTED_EVERY - 1 or number == count - 1:
                for name in ("flow", "seen"):
                    shelf.note(name, number + 1)

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, number: int) -> Motion: ...

    @overload
    def __getitem__(self, number: slice) -> list[Motion]: ...

    def __getitem__(self, number: int | slice) -> Motion | list[Motion]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        forward, backward = self._steps[number].astype(np.float32)
        seen, before = np.asarray(self._seen[number])
        return Motion(forward, backward, seen, before)
