"""Dropout: gaps of which both edges are abrupt and between which nothing is heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Row
from core.detectors.batch import Batch, BatchDetector
from core.detectors.hop import to_db

LONGEST_S = 3.5

_HOP_S = 0.5
_BATCH_S = 8.0
_MARGIN_S = 4.0
_BLOCK_S = 0.002
_LOUD = 5
_EDGE = 3
_QUIET = 2
_FEWEST = 2
_AHEAD = 12
_LEAST_DB = 24.0
_CUT_DB = 40.0
_QUIETEST_DB = -50.0
_MOST_CHANNELS = 24


class DropoutDetector(BatchDetector):
    """Measures how deep the gaps are, a channel; a row begins where a gap does and where it ends.

    Of blocks of 2 ms the peaks are taken. A gap opens where they fall by 24 dB or more within 6 ms
    from a level above -50 dBFS, and closes where they are back, after 10 to 3,500 ms. Its depth is
    how far its loudest block lies under the quieter side, but for the end, which the noise of lossy
    coding may fill. Its slope is how far the level still sinks after the edge, down to 40 dB below
    what was heard before: a note or a syllable that ends rings on, what was cut is down at once.
    """

    id = "dropout"
    lengths_s = (_BATCH_S, _HOP_S, _MARGIN_S)

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""
        return _rows_of(batch)


class Gap(NamedTuple):
    """A gap: samples `start` to before `end`, its measures and its channels as bits."""

    start: int
    end: int
    depth_db: float
    slope_db: float
    step_db: float
    inside_db: float
    channels: int


_NONE = (0.0, 0.0, 0.0, 0.0, 0.0)


def _rows_of(batch: Batch) -> list[Row]:
    found: list[Gap] = []
    for channel, samples in enumerate(batch.samples[:_MOST_CHANNELS]):
        found += _gaps(samples, batch.rate, 1 << channel)
    gaps = _joined(sorted(found))
    cuts = {int(hop) for hop in batch.hops}
    for gap in gaps:
        cuts |= {at for at in (gap.start, gap.end) if batch.begin <= at < batch.end}
    rows = []
    for cut in sorted(cuts):
        over = [gap for gap in gaps if gap.start <= cut < gap.end]
        values = _values(over[0]) if over else _NONE
        rows.append(Row(batch.pts(cut), values))
    return rows


def _values(gap: Gap) -> tuple[float, ...]:
    return gap.depth_db, gap.slope_db, gap.step_db, gap.inside_db, float(gap.channels)


def _joined(gaps: Sequence[Gap]) -> list[Gap]:
    """Gaps of several channels at once as one, with the measures of the deepest."""
    joined: list[Gap] = []
    for gap in gaps:
        if joined and gap.start < joined[-1].end:
            last = joined[-1]
            deepest = max(last, gap, key=lambda g: g.depth_db)
            joined[-1] = deepest._replace(
                start=last.start,
                end=max(last.end, gap.end),
                channels=last.channels | gap.channels,
            )
        else:
            joined.append(gap)
    return joined


def _gaps(samples: NDArray[np.float32], rate: int, bit: int) -> list[Gap]:
    size = max(round(_BLOCK_S * rate), 1)
    count = len(samples) // size
    if count < _LOUD + _EDGE + _QUIET:
        return []
    peaks = to_db(np.abs(samples[: count * size]).reshape(count, size).max(axis=1))
    found: list[Gap] = []
    taken = 0
    for fall in _falls(peaks).tolist():
        if fall >= taken:
            gap = _gap(samples, peaks, fall, size)
            if gap is not None:
                found.append(gap._replace(channels=bit))
                taken = gap.end // size
    return found


def _falls(peaks: NDArray[np.float64]) -> NDArray[np.int64]:
    """Last loud block of each fall."""
    windows = np.lib.stride_tricks.sliding_window_view
    loud = windows(peaks, _LOUD).max(axis=1)
    quiet = windows(peaks, _QUIET).max(axis=1)
    # Block i is the last loud one: i - 4 … i against what comes after an edge of three blocks.
    last = np.arange(_LOUD - 1, len(peaks) - _EDGE - _QUIET)
    before, after = loud[last - _LOUD + 1], quiet[last + _EDGE]
    falls = (before - after >= _LEAST_DB) & (before >= _QUIETEST_DB)
    line = before - _LEAST_DB / 2
    falls &= (peaks[last] >= line) & (peaks[last + 1] < line)
    return np.asarray(last[falls], np.int64)


def _gap(
    samples: NDArray[np.float32], peaks: NDArray[np.float64], fall: int, size: int
) -> Gap | None:
    before = float(peaks[fall - _LOUD + 1 : fall + 1].max())
    first = fall + _EDGE
    rest = peaks[first : first + round(LONGEST_S / _BLOCK_S)]
    loud = np.flatnonzero(rest >= before - _LEAST_DB)
    if not len(loud) or loud[0] < _FEWEST:
        return None
    back = first + int(loud[0])
    inner = peaks[first:back]
    # A lossy coder lets its noise run ahead of what comes back, by less than one of its frames.
    inside = float(inner[: max(2 * len(inner) // 3, len(inner) - _AHEAD)].max())
    after = float(peaks[back : back + _LOUD].max())
    depth = min(before, after) - inside
    if depth < _LEAST_DB:
        return None
    # What lies that far below what was heard before cannot ring on.
    deep = before - _CUT_DB
    slope = max(float(inner[:_QUIET].max()), deep) - max(float(np.median(inner)), deep)
    head = np.abs(samples[fall * size : (fall + 2) * size]) >= _amplitude(before - _LEAST_DB / 2)
    tail = np.abs(samples[back * size : (back + 1) * size]) >= _amplitude(before - _LEAST_DB)
    start = fall * size + int(np.flatnonzero(head)[-1]) + 1
    end = back * size + int(np.argmax(tail))
    return Gap(start, end, depth, slope, after - before, inside, 0)


def _amplitude(level_db: float) -> float:
    return float(10.0 ** (level_db / 20))
