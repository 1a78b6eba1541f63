"""Loudness after EBU R128: momentary, short-term and true peak in steps of 100 ms."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window, to_db
from core.domain.title import AudioStream
from core.media.loudness import Loudness, LoudnessMeter

_HOP_S = 0.1
_WINDOW_S = 1.0


class LoudnessDetector(Detector):
    """Measures with FFmpeg's ebur128; a row tells of the 100 ms that it covers.

    `momentary_lufs` and `short_lufs` are of the 400 ms and 3 s that end with the row, -120 until
    so much has been heard. `true_peak_db` and `sample_peak_db` are the highest within the row
    alone: of the curve through the samples, and of the samples.
    """

    id = "loudness"

    def reset(self) -> None:
        """Forget the samples that fill no window yet, and all that was metered."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)
        self._meter: LoudnessMeter | None = None
        self._window: Window | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the windows that this block completes."""
        return self._rows(self._hopper.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        rows = self._rows(self._hopper.flush())
        return rows + self._hopper.forward(self._ended())

    def _rows(self, windows: list[Window]) -> list[Row]:
        rows: list[Row] = []
        for window in windows:
            if window.start == 0:
                rows += self._ended()
            layout = self.stream.layout if isinstance(self.stream, AudioStream) else ""
            if self._meter is None:
                self._meter = LoudnessMeter(layout, len(window.samples), window.rate)
            self._window = window
            rows += [_row(window, step) for step in self._meter.feed(window.samples)]
        return self._hopper.forward(rows)

    def _ended(self) -> list[Row]:
        """The last rows of a meter: counting begins anew, or nothing more comes."""
        meter, self._meter = self._meter, None
        if meter is None or self._window is None:
            return []
        return [_row(self._window, step) for step in meter.finish()]


def _row(window: Window, step: Loudness) -> Row:
    peak_db, sample_db = to_db(np.array([step.true_peak, step.sample_peak])).tolist()
    pts = window.pts(step.first - window.start)
    return Row(pts, (step.momentary, step.short_term, peak_db, sample_db))
