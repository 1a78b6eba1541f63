"""Stutter: how far each frame is from the last one and from the one before, in picture and time."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes, nominal_range


class StutterDetector(Detector):
    """Measures change on luma averaged over 4 x 4 pixels, and the steps of time stamps.

    In steady motion the change over two frames says how large that over one would be if a frame
    were missing. What changes most locally is `freeze`'s to measure.
    """

    id = "stutter"

    def reset(self) -> None:
        """Forget the frames before."""
        black, white = nominal_range(self.stream)
        self._scale = 100.0 / (white - black)
        self._past: list[NDArray[np.uint8]] = []
        self._pts: int | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame; the first has no step, and where none was before nothing changed."""
        sample = views["luma/4"]
        picture = as_bytes(sample)
        if picture.size == 0:
            return []
        step = 0 if self._pts is None else sample.pts - self._pts
        self._pts = sample.pts
        if self._past and self._past[-1].shape != picture.shape:
            self._past = []
        one, two = (self._change(picture, back) for back in (1, 2))
        self._past = [*self._past[-1:], picture]
        return [Row(sample.pts, (one, two, 1000.0 * float(step * sample.base)))]

    def _change(self, picture: NDArray[np.uint8], back: int) -> float:
        if len(self._past) < back:
            return 0.0
        return float(cv2.mean(cv2.absdiff(picture, self._past[-back]))[0]) * self._scale
