"""A/V length: where the sound of a stream begins and how far it goes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from core.detectors.base import Detector, Row, Sample
from core.detectors.stream_clock import Cells


class AvLengthDetector(Detector):
    """Writes four rows a second: where each lies in the stream, and how far sound goes on.

    The rule holds the end of the last row's sound against that of the pictures. The first row also
    says whether the beginning of the stream was seen at all, or a later part.
    """

    id = "av_length"

    def reset(self) -> None:
        """Forget how far the sound went."""
        self._cells = Cells(self.stream)
        self._cell = 0
        self._pts: int | None = None
        self._end = Fraction(0)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """The row of the cell before, when a new one begins."""
        sample = views["audio"]
        cell = self._cells.number(sample.pts)
        rows: list[Row] = []
        if self._pts is None:
            self._cell, self._pts = cell, sample.pts
        elif cell > self._cell:
            rows = self.flush()
            self._cell, self._pts = cell, self._cells.pts(cell)
        samples = 0 if sample.data is None else sample.data.shape[1]
        end = sample.pts * sample.base + Fraction(samples, max(sample.rate, 1))
        self._end = max(self._end, end)
        return rows

    def flush(self) -> list[Row]:
        """The row of the last cell."""
        if self._pts is None:
            return []
        pts, self._pts = self._pts, None
        left_ms = 1000 * float(self._end - pts * self.stream.base)
        return [Row(pts, (self._cells.since_start_s(pts), max(left_ms, 0.0)))]
