"""A/V drift: whether the samples of a sound stream keep up with its time stamps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from core.detectors.base import Detector, Row, Sample
from core.detectors.stream_clock import Cells
from core.domain.media import DecodeFault

_ROUNDING_S = Fraction(2, 1000)
_LARGEST_DRIFT_S = Fraction(1, 100)


class AvDriftDetector(Detector):
    """Counts samples against time stamps, in quarters of a second.

    The decoder lets samples follow each other while stamps stay within 3 ms, then takes the stamp.
    So a clock that runs at another pace shows as many small steps: forward as blocks that begin
    later than the samples before them end, backward as overlaps that the decoder reports. Steps
    of up to 10 ms are drift and add up; a larger step back is a jump; a larger one forward is
    sound that is missing, which is not a matter of clocks.
    """

    id = "av_drift"

    def reset(self) -> None:
        """Forget all that was counted."""
        self._cells = Cells(self.stream)
        self._row: tuple[int, int] | None = None
        self._expected: Fraction | None = None
        self._drift = Fraction(0)
        self._jump = Fraction(0)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """The row of the cell before, when a new one begins."""
        sample = views["audio"]
        cell = self._cells.number(sample.pts)
        rows: list[Row] = []
        if self._row is None:
            self._row = (cell, sample.pts)
        elif cell > self._row[0]:
            rows = self._close()
            self._row = (cell, self._cells.pts(cell))
        self._count(sample)
        return rows

    def flush(self) -> list[Row]:
        """The row of the last cell."""
        rows = self._close() if self._row is not None else []
        self._row = None
        return rows

    def _close(self) -> list[Row]:
        assert self._row is not None
        row = Row(self._row[1], (1000 * float(self._drift), 1000 * float(self._jump)))
        self._jump = Fraction(0)
        return [row]

    def _count(self, sample: Sample) -> None:
        begins = sample.pts * sample.base
        for event in sample.events:
            if event.fault is DecodeFault.OVERLAP:
                self._step(-event.extent_pts * event.base)
        # Rounded stamps swing about where the samples end; only what leaves that is a step.
        if self._expected is None:
            self._expected = begins
        elif abs(begins - self._expected) >= _ROUNDING_S:
            self._step(begins - self._expected)
            self._expected = begins
        samples = 0 if sample.data is None else sample.data.shape[1]
        self._expected += Fraction(samples, max(sample.rate, 1))

    def _step(self, by: Fraction) -> None:
        if abs(by) <= _LARGEST_DRIFT_S:
            self._drift += by
        elif by < 0:
            self._jump += by
