"""Where faces are at any frame: the rows of a track, with what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.sync_verdict import SLOTS
from core.domain.track import Track

_FRAME_S = 0.04
_LONGEST_ROW_S = 0.45
_SMALL_S = 1e-6
_SIDES = ("x", "y", "w", "h")


@dataclass(frozen=True, slots=True)
class Face:
    """A face in one frame.

    Attributes:
        track: Number of its track.
        left: Left edge as a share of the picture as displayed.
        top: Top edge.
        width: Width.
        height: Height.
        offset_ms: By how much the sound is early against its lips; below 0 late.
        confidence: How sure that is within a frame, 0..1.
    """

    track: int
    left: float
    top: float
    width: float
    height: float
    offset_ms: float
    confidence: float


class Faces:
    """The faces of a title.

    Between two rows a face moves in a straight line, as long as its track goes on in the same shot.
    Where it ends, only the frame that was looked at shows it: on the next one there may be a cut.

    Args:
        track: Of the detector `lipsync`.
    """

    def __init__(self, track: Track) -> None:
        self._starts_s, self._ends_s = track.starts_s, track.ends_s
        self._shot = track.metrics["shot"]
        self._number = [track.metrics[f"face{k}_track"] for k in range(SLOTS)]
        self._box: list[NDArray[np.float64]] = [
            np.stack([track.metrics[f"face{k}_{side}"] for side in _SIDES], 1).astype(np.float64)
            for k in range(SLOTS)
        ]
        self._offset = [track.metrics[f"face{k}_offset_ms"] for k in range(SLOTS)]
        self._sure = [track.metrics[f"face{k}_confidence"] for k in range(SLOTS)]

    def at(self, seconds: float) -> tuple[Face, ...]:
        """The faces in the frame that starts at this media time."""
        row = int(np.searchsorted(self._starts_s, seconds + _SMALL_S, side="right")) - 1
        if row < 0 or seconds >= self._ends_s[row] - _SMALL_S:
            return ()
        found = (self._face(slot, row, seconds) for slot in range(SLOTS))
        return tuple(face for face in found if face is not None)

    def _face(self, slot: int, row: int, seconds: float) -> Face | None:
        number = self._number[slot][row]
        if number < 0:
            return None
        box = self._box[slot][row]
        since_s = seconds - float(self._starts_s[row])
        if self._goes_on(slot, row):
            share = since_s / float(self._starts_s[row + 1] - self._starts_s[row])
            box = box + max(share, 0.0) * (self._box[slot][row + 1] - box)
        elif since_s >= _FRAME_S - _SMALL_S:
            return None
        left, top, width, height = box.tolist()
        return Face(
            int(number),
            left,
            top,
            width,
            height,
            float(self._offset[slot][row]),
            float(self._sure[slot][row]),
        )

    def _goes_on(self, slot: int, row: int) -> bool:
        """Whether a face is still there at the next row, in the same shot."""
        if row + 1 >= len(self._starts_s):
            return False
        return bool(
            self._number[slot][row + 1] == self._number[slot][row]
            and self._shot[row + 1] == self._shot[row]
            and self._starts_s[row + 1] - self._starts_s[row] <= _LONGEST_ROW_S
        )
