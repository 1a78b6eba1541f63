"""Silence: the level of the loudest channel in short steps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window, to_db

_HOP_S = 0.02
_WINDOW_S = 2.0


class SilenceDetector(Detector):
    """Measures RMS and peak in dBFS (0 dBFS is full scale) of the loudest channel every 20 ms."""

    id = "silence"

    def reset(self) -> None:
        """Forget the samples that fill no window yet."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the windows that this block completes."""
        return self._rows(self._hopper.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return self._rows(self._hopper.flush())

    def _rows(self, windows: list[Window]) -> list[Row]:
        return self._hopper.forward([row for window in windows for row in _levels(window)])


def _levels(window: Window) -> list[Row]:
    samples, starts = window.samples, window.hops
    lengths = np.diff(np.append(starts, samples.shape[1]))
    power = np.add.reduceat(np.square(samples), starts, axis=1).max(axis=0) / lengths
    peak = np.maximum.reduceat(np.abs(samples), starts, axis=1).max(axis=0)
    rms_db, peak_db = to_db(np.sqrt(power)), to_db(peak)
    return [
        Row(window.pts(int(s)), (float(r), float(p)))
        for s, r, p in zip(starts, rms_db, peak_db, strict=True)
    ]
