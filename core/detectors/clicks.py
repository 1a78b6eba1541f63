"""Clicks: samples that linear prediction did not expect, with nothing like them around."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Row
from core.detectors.batch import Batch, BatchDetector

FAINTEST_DB = 8.0
"""What stands out by less is not counted."""

_HOP_S = 0.1
_BATCH_S = 2.0
_MARGIN_S = 0.025
_BLOCK_S = 0.002
_AROUND = 4
_STANDS_OUT = 5.0
_MOST_A_SECOND = 40
_ORDER = 12
_REACH_S = 0.012
_BEFORE_S, _AFTER_S = 0.0005, 0.0015
_QUIETEST = 1e-4
_WHITENING = 1e-6
_MOST_DB = 80.0
_MOST_CHANNELS = 24

Reals = NDArray[np.float64]


class ClicksDetector(BatchDetector):
    """Measures how far clicks stand out every 100 ms; a row begins at the sample of the strongest.

    A second difference, compared with its mean over the 8 ms on either side, picks the places that
    are worth a look. There, as in Essentia's ClickDetector, linear prediction of order 12 takes
    away what the sound itself explains. A click is a peak of the residual within half a
    millisecond; what counts is how far it stands over the highest peak of the 12 ms before and of
    those after: glottal pulses have equals there, and struck things ring.
    """

    id = "clicks"
    lengths_s = (_BATCH_S, _HOP_S, _MARGIN_S)

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""
        return _rows_of(batch)


class Click(NamedTuple):
    """A click: its sample, how far it stands out, and its channels as bits."""

    place: int
    strength_db: float
    channels: int


def _rows_of(batch: Batch) -> list[Row]:
    found: list[Click] = []
    for channel, samples in enumerate(batch.samples[:_MOST_CHANNELS]):
        found += _clicks(samples, batch.rate, 1 << channel)
    clicks = [c for c in _joined(found, batch.rate) if batch.begin <= c.place < batch.end]
    hops = [*batch.hops.tolist(), batch.end]
    rows: list[Row] = []
    for start, end in pairwise(hops):
        inside = [click for click in clicks if start <= click.place < end]
        best = max(inside, key=lambda click: click.strength_db, default=None)
        if best is None or best.place > start:
            rows.append(Row(batch.pts(start), (0.0, 0.0, 0.0)))
        if best is not None:
            values = (best.strength_db, float(len(inside)), float(best.channels))
            rows.append(Row(batch.pts(best.place), values))
    return rows


def _joined(clicks: list[Click], rate: int) -> list[Click]:
    """Clicks of several channels within a millisecond as one."""
    joined: list[Click] = []
    for click in sorted(clicks):
        if joined and click.place - joined[-1].place <= rate // 1000:
            stronger = max(joined[-1], click, key=lambda c: c.strength_db)
            joined[-1] = stronger._replace(channels=joined[-1].channels | click.channels)
        else:
            joined.append(click)
    return joined


def _clicks(samples: NDArray[np.float32], rate: int, bit: int) -> list[Click]:
    reach = round(_REACH_S * rate)
    places = _candidates(samples, rate)
    places = places[(places >= reach + _ORDER) & (places < len(samples) - reach)]
    if not len(places):
        return []
    frames = samples[places[:, None] + np.arange(-reach - _ORDER, reach)].astype(np.float64)
    residual = np.abs(_residual(frames))
    near = max(round(_BEFORE_S * rate), 2)
    middle = residual[:, reach - near : reach + near]
    peak = middle.max(axis=1)
    before = residual[:, : reach - near].max(axis=1)
    after = residual[:, reach + round(_AFTER_S * rate) :].max(axis=1)
    around = np.maximum(np.maximum(before, after), _QUIETEST / 10)
    strength = np.minimum(20.0 * np.log10(np.maximum(peak, 1e-9) / around), _MOST_DB)
    exact = places - near + middle.argmax(axis=1)
    keep = (strength >= FAINTEST_DB) & (peak >= _QUIETEST)
    return [
        Click(place, level, bit)
        for place, level in zip(exact[keep].tolist(), strength[keep].tolist(), strict=True)
    ]


def _candidates(samples: NDArray[np.float32], rate: int) -> NDArray[np.int64]:
    """Peaks of the second difference that stand out from those beside them."""
    size = max(round(_BLOCK_S * rate), 8)
    count = (len(samples) - 2) // size
    if count < 2 * _AROUND + 1:
        return np.zeros(0, np.int64)
    bend = np.abs(np.diff(samples, 2))[: count * size].reshape(count, size)
    peaks, means = bend.max(axis=1), bend.mean(axis=1)
    total = np.concatenate(([0.0], np.cumsum(means, dtype=np.float64)))
    first = np.clip(np.arange(count) - _AROUND, 0, count - 2 * _AROUND - 1)
    beside = (total[first + 2 * _AROUND + 1] - total[first] - means) / (2 * _AROUND)
    stands = peaks / np.maximum(beside, _QUIETEST / 10)
    picked = np.flatnonzero((stands >= _STANDS_OUT) & (peaks >= _QUIETEST))
    most = max(int(_MOST_A_SECOND * len(samples) / rate), 1)
    if len(picked) > most:
        picked = np.sort(picked[np.argsort(-stands[picked], kind="stable")[:most]])
    return np.asarray(picked * size + bend[picked].argmax(axis=1) + 1, np.int64)


def _residual(frames: Reals) -> Reals:
    """What linear prediction leaves of each frame but for its first samples.

    Autocorrelation, and Levinson and Durbin's recursion over all frames at once.
    """
    length = frames.shape[1]
    windowed = frames * np.hanning(length + 2)[1:-1]
    lags = [
        np.einsum("fn,fn->f", windowed[:, lag:], windowed[:, : length - lag])
        for lag in range(_ORDER + 1)
    ]
    error = lags[0] * (1.0 + _WHITENING) + 1e-12
    taps = np.zeros((len(frames), _ORDER + 1))
    taps[:, 0] = 1.0
    for order in range(1, _ORDER + 1):
        reach = sum(taps[:, i] * lags[order - i] for i in range(order))
        mirror = (-reach / error)[:, None]
        taps[:, 1 : order + 1] += mirror * taps[:, order - 1 :: -1][:, :order]
        error = error * (1.0 - np.square(mirror[:, 0]))
    rest = np.zeros((len(frames), length - _ORDER))
    for i in range(_ORDER + 1):
        rest += taps[:, i : i + 1] * frames[:, _ORDER - i : length - i]
    return rest
