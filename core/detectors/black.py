"""Black frames: how much of the picture is dark, how bright it is, and how much it varies."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes, nominal_range

_DARK = 0.10
_TAIL = 0.002


class BlackDetector(Detector):
    """Measures darkness on luma averaged over 4 x 4 pixels, from one histogram a frame.

    `dark_pct` is FFmpeg blackdetect's picture black ratio with `pix_th` .10 of the nominal range.
    It alone calls a night scene black, so `spread_pct` says how far apart the darkest and the
    brightest .2 % of the picture lie: next to nothing in a black frame, even a noisy one, because
    averaging takes the noise away.
    """

    id = "black"

    def reset(self) -> None:
        """Forget everything; nothing is kept between frames."""
        black, white = nominal_range(self.stream)
        self._black, self._scale = black, 100.0 / (white - black)
        self._dark_below = int(np.floor(black + _DARK * (white - black))) + 1
        self._levels = np.arange(256, dtype=np.float64)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame."""
        sample = views["luma/4"]
        picture = as_bytes(sample)
        if picture.size == 0:
            return []
        counts = cv2.calcHist([picture], [0], None, [256], [0, 256]).ravel().astype(np.float64)
        below = np.cumsum(counts) / picture.size
        low = float(np.searchsorted(below, _TAIL, side="right"))
        high = float(np.searchsorted(below, 1.0 - _TAIL))
        mean = float(counts @ self._levels) / picture.size
        return [
            Row(
                sample.pts,
                (
                    100.0 * float(below[self._dark_below - 1]),
                    (mean - self._black) * self._scale,
                    max(high - low, 0.0) * self._scale,
                ),
            )
        ]
