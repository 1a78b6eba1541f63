"""Freeze: how much each frame differs from the one before it."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import Picture, as_bytes, nominal_range

_HALVINGS = 3


class FreezeDetector(Detector):
    """Measures change on luma averaged over 4 x 4 pixels.

    `difference_pct` is FFmpeg freezedetect's mean absolute difference. `local_pct` is the same in
    that block of 32 x 32 pixels that changes most: someone who blinks in a still room changes
    little of the picture, but that little a lot; a repeated frame changes nowhere.
    """

    id = "freeze"

    def reset(self) -> None:
        """Forget the previous frame."""
        black, white = nominal_range(self.stream)
        self._scale = 100.0 / (white - black)
        self._previous: NDArray[np.uint8] | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame; the first frame counts as new all over."""
        sample = views["luma/4"]
        picture = as_bytes(sample)
        if picture.size == 0:
            return []
        before, self._previous = self._previous, picture
        if before is None or before.shape != picture.shape:
            return [Row(sample.pts, (100.0, 100.0))]
        changed = cv2.absdiff(picture, before)
        mean = cv2.mean(changed)[0]
        worst = _largest_block_mean(changed) if mean > 0 else 0.0
        return [Row(sample.pts, (mean * self._scale, max(worst, mean) * self._scale))]


def _largest_block_mean(changed: Picture) -> float:
    """Largest mean over blocks of 8 x 8; halving thrice is quicker than averaging once."""
    small: Picture = changed.astype(np.float32)
    for _ in range(_HALVINGS):
        height, width = (side - side % 2 for side in small.shape)
        if min(height, width) < 2:
            break
        half = (width // 2, height // 2)
        small = cv2.resize(small[:height, :width], half, interpolation=cv2.INTER_AREA)
    return float(small.max())
