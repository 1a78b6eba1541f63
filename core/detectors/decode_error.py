"""Decode errors: what demuxer and decoder reported, counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from core.detectors.base import Detector, Row, Sample
from core.domain.media import DecodeEvent, DecodeFault

_COUNTED: tuple[tuple[DecodeFault, ...], ...] = (
    (DecodeFault.CORRUPT_PACKET,),
    (DecodeFault.DECODER_ERROR,),
    (DecodeFault.CORRUPT_FRAME, DecodeFault.CONCEALED),
    (DecodeFault.MISSING_PTS,),
    (DecodeFault.NON_MONOTONIC_PTS,),
    (DecodeFault.TRUNCATED,),
)


class DecodeErrorDetector(Detector):
    """Counts decoder events a frame or sound block.

    The newest row is kept back until the next frame, because events at the very end may come with
    the PTS of the last frame.
    """

    id = "decode_error"

    def reset(self) -> None:
        """Forget the row that is kept back."""
        self._pts: int | None = None
        self._events: list[DecodeEvent] = []

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame or block."""
        sample = views["events"]
        done: list[Row] = []
        if self._pts is None or sample.pts > self._pts:
            done = self.flush()
            self._pts = sample.pts
        self._events.extend(sample.events)
        return done

    def flush(self) -> list[Row]:
        """The row that was kept back."""
        if self._pts is None:
            return []
        counts = Counter(event.fault for event in self._events)
        values = [float(sum(counts[fault] for fault in kind)) for kind in _COUNTED]
        gaps = [e.extent_pts * e.base for e in self._events if e.fault is DecodeFault.GAP]
        row = Row(self._pts, (*values, float(max(gaps, default=0))))
        self.reset()
        return [row]
