"""Clipping: flat tops at one ceiling, with corners where the wave runs into them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window, to_db

_HOP_S = 0.1
_WINDOW_S = 1.0
_QUIETEST = 0.05
_NEAR_CEILING = 0.98
_FLAT = 1e-4
_CORNER = 10.0
_SHORTEST = 3
_REACH = 16
_MOST_CHANNELS = 24

_FULL_SCALE = 0.85
_TOP = 0.8
_FOOT = 0.4
_SQUARE = 0.75
_FEWEST = 4


class ClippingDetector(Detector):
    """Measures flat tops a channel in steps of 100 ms; a row tells of the worst channel.

    Two kinds are looked for, because coding wipes out the first.

    * **Plateaus**: three or more samples that differ by less than .0001 of the ceiling, within
      2 % of the loudest sample of that second, which the wave enters and leaves at a slope ten
      times as steep. The last tells them from the round tops of low tones; being relative, it
      also finds what was clipped first and turned down later. Compare Essentia's
      SaturationDetector (energy above -1 dB, |difference| below .001).
    * **Square tops**: near full scale, waves that spend most of their time above 40 % of the
      ceiling above 80 % of it. A sine spends .56 there, speech and music less, a wave that was
      clipped to half its height .85, whatever ripple a lossy codec put on the tops.
    """

    id = "clipping"

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
        return self._hopper.forward([row for window in windows for row in _rows_of(window)])


def _rows_of(window: Window) -> list[Row]:
    count = window.samples.shape[1]
    starts = window.hops
    lengths = np.diff(np.append(starts, count))
    shares = np.zeros((len(window.samples), len(starts)))
    runs = np.zeros_like(shares)
    for channel, samples in enumerate(window.samples):
        for first, length in zip(*_flat_tops(samples), strict=True):
            # A top belongs to the hop where it begins, so that it is counted once.
            hop = int(np.searchsorted(starts, first, side="right")) - 1
            shares[channel, hop] += length
            runs[channel, hop] = max(runs[channel, hop], length)
    shares = np.minimum(100.0 * shares / lengths, 100.0)
    peaks = to_db(np.maximum.reduceat(np.abs(window.samples), starts, axis=1).max(axis=0))
    bits = 2.0 ** np.arange(min(len(shares), _MOST_CHANNELS))
    masks = bits @ (shares[: len(bits)] > 0)
    return [
        Row(window.pts(int(start)), (share, run, peak, mask))
        for start, share, run, peak, mask in zip(
            starts,
            shares.max(axis=0).tolist(),
            runs.max(axis=0).tolist(),
            peaks.tolist(),
            masks.tolist(),
            strict=True,
        )
    ]


def _flat_tops(samples: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First sample and length of each flat top of one channel."""
    size = np.abs(samples)
    ceiling = float(size.max(initial=0.0))
    if ceiling < _QUIETEST:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    plateaus = _plateaus(samples, size, ceiling)
    if ceiling < _FULL_SCALE:
        return plateaus
    # A codec may leave a plateau here and there; what it made of the others weighs more.
    return max(_square_tops(samples, size), plateaus, key=lambda tops: int(tops[1].sum()))


def _plateaus(
    samples: NDArray[np.float32], size: NDArray[np.float32], ceiling: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    near = np.abs(np.diff(samples)) <= _FLAT * ceiling
    near &= size[1:] >= _NEAR_CEILING * ceiling
    firsts, lasts = _runs(near)
    lasts = lasts + 1
    lengths = lasts - firsts + 1
    reach = np.minimum(lengths, _REACH)
    keep = (lengths >= _SHORTEST) & (firsts >= reach) & (lasts + reach < len(size))
    firsts, lasts, lengths, reach = firsts[keep], lasts[keep], lengths[keep], reach[keep]
    steep = _CORNER * _FLAT * ceiling * reach
    corners = (size[firsts] - size[firsts - reach] >= steep) & (
        size[lasts] - size[lasts + reach] >= steep
    )
    return firsts[corners], lengths[corners]


def _square_tops(
    samples: NDArray[np.float32], size: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ceiling = float(np.partition(size, -max(len(size) // 1000, 1))[-max(len(size) // 1000, 1)])
    none = np.zeros(0, np.int64)
    if ceiling < _FULL_SCALE:
        return none, none
    found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for side in (samples, -samples):
        firsts, lasts = _runs(side > _FOOT * ceiling)
        high = np.concatenate(([0], np.cumsum(side > _TOP * ceiling)))
        tops = high[lasts + 1] - high[firsts]
        square = (tops >= _SQUARE * (lasts - firsts + 1)) & (tops >= _FEWEST)
        found.append((firsts[square], tops[square]))
    starts = np.concatenate([f for f, _ in found])
    order = np.argsort(starts, kind="stable")
    return starts[order], np.concatenate([n for _, n in found])[order]


def _runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last index of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return edges[::2].astype(np.int64), edges[1::2].astype(np.int64) - 1
