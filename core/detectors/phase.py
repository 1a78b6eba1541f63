"""Phase: how left and right go together, their polarity and the time between them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window, to_db
from core.detectors.pair import pairs_of

_HOP_S = 0.1
_WINDOW_S = 1.0
_FURTHEST_S = 0.01
_LOW_HZ, _HIGH_HZ = 60.0, 8000.0
_WHITENING = 0.8
_QUIET_DB = -60.0
_TINY = 1e-12

_ALIKE = (1.0, 1.0, 0.0)


class PhaseDetector(Detector):
    """Measures each pair of channels every 100 ms; a row tells of the worst pair.

    * `correlation`: of the waveforms, as a goniometer shows it; -1 cancels in mono.
    * `polarity` and `lag_ms`: the largest peak, of either sign, of the cross-correlation within
      ± 10 ms after the spectrum was flattened (generalised cross-correlation, Knapp and Carter
      1976, here with the power .8). Flat, it tells the polarity of all frequencies together,
      where the waveform's correlation follows the loudest tone: in stereo recordings it is
      positive and close to 0 ms even where the correlation is small or negative.
    """

    id = "phase"

    def reset(self) -> None:
        """Forget the samples that fill no window yet."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the windows that this block completes."""
        sample = views["audio"]
        return self._rows(self._hopper.take(sample))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return self._rows(self._hopper.flush())

    def _rows(self, windows: list[Window]) -> list[Row]:
        rows = [row for window in windows for row in self._rows_of(window)]
        return self._hopper.forward(rows)

    def _rows_of(self, window: Window) -> list[Row]:
        pairs = pairs_of(self.stream, len(window.samples))
        measured = [_pair(window, *pair) for pair in pairs]
        rows: list[Row] = []
        for hop, start in enumerate(window.hops):
            values = [(_badness(table[hop]), -i, table[hop]) for i, table in enumerate(measured)]
            worst = max(values, key=lambda v: v[:2], default=(0.0, 0, np.array((*_ALIKE, -120.0))))
            rows.append(Row(window.pts(int(start)), (*map(float, worst[2]), float(-worst[1]))))
        return rows


def _badness(values: NDArray[np.float64]) -> float:
    correlation, polarity, lag_ms, level_db = values
    if level_db < _QUIET_DB:
        return -2.0
    late = abs(polarity) if abs(lag_ms) > 0.15 else -1.0
    return float(max(-correlation, -polarity, late))


def _pair(window: Window, left: int, right: int) -> NDArray[np.float64]:
    """Correlation, polarity, lag in ms and level in dBFS of each hop, shape (hops, 4)."""
    hop = window.hop
    count = len(window.hops)
    whole = np.zeros((2, count * hop), np.float32)
    whole[:, : window.samples.shape[1]] = window.samples[[left, right]]
    both = whole.reshape(2, count, hop)
    furthest = round(_FURTHEST_S / _HOP_S * hop)
    size = 1 << (hop + furthest - 1).bit_length()
    # Without a taper both channels share the steps at the ends of a hop, at lag 0.
    spectra = np.fft.rfft(both * np.hanning(hop).astype(np.float32), size)
    power = np.einsum("cnh,cnh->cn", both, both).astype(np.float64)
    product = np.einsum("nh,nh->n", both[0], both[1]).astype(np.float64)
    level = np.sqrt(power.max(axis=0) / np.maximum(window.lengths, 1))
    correlation = np.where(
        power.min(axis=0) > _TINY, product / np.sqrt(power[0] * power[1] + _TINY), 1.0
    )
    peak, lag = _whitened_peak(spectra, size, hop, furthest)
    peak = np.where(power.min(axis=0) > _TINY, peak, 1.0)
    lag = np.where(power.min(axis=0) > _TINY, lag, 0)
    lag_ms = lag * (1000.0 * _HOP_S / hop)
    return np.stack((np.clip(correlation, -1.0, 1.0), peak, lag_ms, to_db(level)), axis=1)


def _whitened_peak(
    spectra: NDArray[np.complexfloating], size: int, hop: int, furthest: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Signed height (-1..1) and place of the largest peak; positive where left comes later."""
    hertz = np.arange(spectra.shape[-1]) * (hop / _HOP_S / size)
    first, end = np.searchsorted(hertz, (_LOW_HZ, _HIGH_HZ))
    cross = spectra[0, :, first:end] * np.conj(spectra[1, :, first:end])
    strength = np.abs(cross) + np.float32(_TINY)
    weight = strength ** np.float32(-_WHITENING)
    flat = np.zeros(spectra.shape[1:], cross.dtype)
    flat[:, first:end] = cross * weight
    whole = (strength * weight).sum(axis=1, dtype=np.float64)
    curve = np.fft.irfft(flat, size) * (size / 2) / whole[:, None]
    near = np.concatenate((curve[:, -furthest:], curve[:, : furthest + 1]), axis=1)
    at = np.abs(near).argmax(axis=1)
    return np.clip(near[np.arange(len(near)), at], -1.0, 1.0), at - furthest
