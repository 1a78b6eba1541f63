"""Level jumps: steps of all frequencies at one instant, by the same amount, that stay."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window

_HOP_S = 0.01
_WINDOW_S = 1.0
# Unequal, so that channels that are turned against each other do not cancel.
_MIX = (1.0, 0.7, 0.85)
_BANDS = 10
_LOW_HZ, _HIGH_HZ = 100.0, 12_000.0
_FLOOR = 1e-10

_ROW = 10
_NEAR, _SKIPPED = 4, 1
_REACH = 150
_LEAST_REACH = 90
_SMALLEST_DB = 3.5
_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)

Powers = NDArray[np.float64]


class LevelJumpDetector(Detector):
    """Measures the strongest step of each 100 ms, in ten bands of 100 Hz to 12 kHz.

    * `step_db`: median over the bands of the change between the 50 ms before and after an instant.
    * `shift_db`: the same between the 1.5 s before and after, from five levels of each band's
      distribution (which pauses and syllables change little), and `spread_db` how far the bands
      differ from it, `range_db` how far the five levels do. Someone who moves the fader moves all
      bands and levels alike; music, applause or another scene do not.

    Rows without a step of 3.5 dB have zeros.
    """

    id = "level_jump"

    def reset(self) -> None:
        """Forget everything."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)
        self._begin()

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of which the next 1.5 s are known."""
        return self._rows(self._hopper.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        rows = self._rows(self._hopper.flush())
        return rows + self._hopper.forward(self._ready(last=True))

    def _begin(self) -> None:
        self._window: Window | None = None
        self._tail: NDArray[np.float32] | None = None
        self._powers: Powers = np.zeros((0, 0))
        self._dropped = 0
        self._next = 0
        self._hops = 0

    def _rows(self, windows: list[Window]) -> list[Row]:
        rows: list[Row] = []
        for window in windows:
            if window.start == 0:
                rows += self._ready(last=True)
                self._begin()
            self._add(window)
            rows += self._ready(last=False)
        return self._hopper.forward(rows)

    def _add(self, window: Window) -> None:
        """Band powers of frames of two hops, each of which begins a hop after the one before."""
        channels = window.samples[: len(_MIX)]
        samples = np.asarray(_MIX[: len(channels)], np.float32) @ channels
        if self._tail is not None:
            samples = np.concatenate((self._tail, samples))
        self._window, self._tail = window, samples[-window.hop :].copy()
        self._hops += len(window.hops)
        powers = _band_powers(samples, window.hop, window.rate)
        self._powers = np.concatenate((self._powers, powers)) if len(self._powers) else powers

    def _ready(self, last: bool) -> list[Row]:
        rows: list[Row] = []
        window = self._window
        if window is None:
            return rows
        while self._next * _ROW < self._hops:
            first = self._next * _ROW - self._dropped
            if not last and len(self._powers) < first + _ROW + _REACH + 1:
                break
            pts = window.pts(self._next * _ROW * window.hop - window.start)
            rows.append(Row(pts, _measured(self._powers, first)))
            self._next += 1
        spare = self._next * _ROW - _REACH - _ROW - self._dropped
        if spare > 0:
            self._powers, self._dropped = self._powers[spare:], self._dropped + spare
        return rows


def _band_powers(samples: NDArray[np.float32], hop: int, rate: int) -> Powers:
    """Mean power density of each band and frame, shape (frames, bands)."""
    size = 2 * hop
    hertz = np.fft.rfftfreq(size, 1 / rate)
    edges = np.geomspace(_LOW_HZ, min(_HIGH_HZ, 0.45 * rate), _BANDS + 1)
    # Narrow bands at low rates may hold no bin; then there are fewer.
    bins = np.unique(np.searchsorted(hertz, edges))
    count = len(samples) // hop - 1
    if count <= 0:
        return np.zeros((0, len(bins) - 1))
    taper = np.hanning(size).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop][:count]
    spectrum = np.fft.rfft(frames * taper, axis=1)[:, : bins[-1]]
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    sums = np.add.reduceat(power, bins[:-1], axis=1)
    return np.asarray(sums / np.diff(bins) / (hop / 2) ** 2, np.float64)


def _measured(powers: Powers, first: int) -> tuple[float, ...]:
    """Step, its spread, shift, its spread and range, of the strongest step among ten hops."""
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0)
    steps = [(abs(s[0]), -i, s) for i in range(_ROW) if (s := _step(powers, first + i)) is not None]
    if not steps:
        return nothing
    size, place, step = max(steps)
    if size < _SMALLEST_DB:
        return nothing
    return (*step, *_shift(powers, first - place))


def _step(powers: Powers, at: int) -> tuple[float, float] | None:
    """What changes within some 50 ms around the start of hop `at`."""
    before = powers[max(at - 1 - _SKIPPED - _NEAR, 0) : max(at - 1 - _SKIPPED, 0)]
    after = powers[at + _SKIPPED : at + _SKIPPED + _NEAR]
    if len(before) < _NEAR or len(after) < _NEAR:
        return None
    change = 10.0 * np.log10((after.mean(axis=0) + _FLOOR) / (before.mean(axis=0) + _FLOOR))
    middle = float(np.median(change))
    return middle, float(np.mean(np.abs(change - middle)))


def _shift(powers: Powers, at: int) -> tuple[float, float, float]:
    """What stays changed: shift, spread over the bands, range over the levels."""
    before = powers[max(at - _REACH, 0) : max(at - 2, 0)]
    after = powers[at + 2 : at + _REACH]
    if min(len(before), len(after)) < _LEAST_REACH:
        return 0.0, 0.0, 0.0
    change = _levels(after) - _levels(before)
    bands = change.mean(axis=0)
    middle = float(np.median(bands))
    return middle, float(np.mean(np.abs(bands - middle))), float(np.std(change.mean(axis=1)))


def _levels(powers: Powers) -> Powers:
    """Five quantiles of each band's level in dB, shape (5, bands)."""
    whole = len(powers) - len(powers) % 2
    pairs = powers[:whole].reshape(whole // 2, 2, -1).mean(axis=1)
    ordered = np.sort(10.0 * np.log10(pairs + _FLOOR), axis=0)
    places = [round(level * (len(ordered) - 1)) for level in _LEVELS]
    return np.asarray(ordered[places])
