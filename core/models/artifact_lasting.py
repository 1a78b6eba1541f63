"""What lasts around a second of sound, while the programme comes and goes.

A bass note is a line like the mains, a cymbal is noise like hiss: for a second. But notes go and
the mains stay, and what stands in every pause is no part of the programme. So the lines of the
mains, the low end and the floor are asked for what they have in nearly all of the rows around; and
of all these rows together one spectrum is made, in which steady lines are ten times finer than in
one second's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.models.artifact_feature import FEATURES, SLOW, SLOW_RATE
from core.models.artifact_wide import LINE_HZ, WIDE

JOINT = 256
"""Width of what body and fine branch of the network come to, a second."""

REACH = 8
"""Rows that are looked at on either side of a row, half a second each."""

HEARD = ("lines", "hush", "floor", "figures", SLOW)
"""Names of the features of single seconds that it is made of."""

LASTING: dict[str, tuple[int, ...]] = {
    "lasting_lines": (4 * FEATURES["lines"][0], FEATURES["lines"][1]),
    "lasting_hush": (2, WIDE["hush"][1]),
    "lasting_floor": (4, FEATURES["floor"][1]),
}
"""Shape of what lasts around a row, by name."""

Floats = NDArray[np.float32]

_SHARE = 0.2
_WIDE = 2
_LEVEL = 0
_UNHEARD = -2.99
_LEVEL_OF_HUSH, _LEVEL_OF_FLOOR = np.float32(2 / 1.5), np.float32(1.0)
_FFT = 32_768
_NEAR_HZ, _STEP_HZ, _EVERY = 15.0, 6.0, 4
_SMALLEST = np.float32(1e-9)


class Rows:
    """Seconds one after the other, ready to be asked what lasts around each.

    Args:
        features: Of seconds, one every half second: what `HEARD` names, shape (n, *its own).
        heard: Which of them were heard; of the others features are not looked at. Shape (n,).
    """

    def __init__(
        self, features: Mapping[str, NDArray[np.floating]], heard: NDArray[np.bool_]
    ) -> None:
        lines, hush, floor = (np.asarray(features[name], np.float32) for name in HEARD[:3])
        level = np.asarray(features["figures"], np.float32)[:, _LEVEL]
        self._heard, self._level = heard, level
        self._lines = lines
        # Pitches that sway are met a little beside, too.
        self._near = _widened(lines)
        self._hush = hush[:, :2] + level[:, None, None] * _LEVEL_OF_HUSH
        self._known = floor[:, :2] > _UNHEARD
        self._floor = floor[:, :2] + level[:, None, None] * _LEVEL_OF_FLOOR
        self._slow = np.asarray(features[SLOW], np.float32)

    def around(self, row: int) -> dict[str, Floats]:
        """What lasts around a row, within `REACH` rows that were heard; itself is one of them.

        Returns:
            Each of `LASTING`: of the lines the lowest fifth of all rows, the lowest fifth of
            those before or of those after, whichever is higher, the mean, and those of one
            spectrum of all; of the low end and the floor the first two, over the row's own level.
            Lines in units of 10 dB, others of 15 and 20.
        """
        first, end = max(row - REACH, 0), min(row + REACH + 1, len(self._heard))
        before = first + np.flatnonzero(self._heard[first : row + 1])
        after = row + np.flatnonzero(self._heard[row:end])
        whole = np.concatenate((before, after[1:]))
        level = self._level[row]
        hush = [_low(self._hush[whole, 0]), _higher(self._hush[:, 1], before, after)]
        floor = [_low(self._floor[whole]), _higher(self._floor, before, after)]
        low = np.concatenate(floor) - level * _LEVEL_OF_FLOOR
        known = np.tile(self._known[row], (2, 1))
        return {
            "lasting_lines": np.concatenate(
                (
                    _low(self._near[whole]),
                    _higher(self._lines, before, after),
                    self._lines[whole].mean(axis=0),
                    self._fine(first, end, whole),
                )
            ),
            "lasting_hush": np.clip(np.stack(hush) - level * _LEVEL_OF_HUSH, -4, 4),
            "lasting_floor": np.where(known, np.clip(low, -3, 3), np.float32(-3)),
        }

    def _fine(self, first: int, end: int, heard: NDArray[np.intp]) -> Floats:
        """Log power at the harmonics of each pitch over the median around, of rows as one wave."""
        wave = np.zeros((end - first, self._slow.shape[1]), np.float32)
        # Each row at its own level, so that pauses count as much as what drowns the rest; but of
        # one scale in each place, so that levels do not jump.
        scale = 10.0 ** (self._level[heard] - self._level[heard].max())
        wave[heard - first] = self._slow[heard] * scale[:, None]
        middles = (heard - first + 0.5) * wave.shape[1]
        gains = np.interp(np.arange(wave.size), middles, -np.log(scale))
        steady = wave.ravel() * np.exp(gains).astype(np.float32)
        spectrum = scipy.fft.rfft(steady * _window(wave.size), _FFT)
        power = (spectrum.real**2 + spectrum.imag**2) / (wave.size * np.float32(0.375))
        logs = np.log10(power + _SMALLEST)
        at, near, near_at, share = _places()
        half = near.shape[1] // 2
        middle = np.partition(logs[near], half, axis=1)[:, half]
        around = middle[near_at] * (1 - share) + middle[near_at + 1] * share
        found: Floats = np.clip(logs[at].max(axis=2) - around, -2, 6).astype(np.float32)
        return found


@lru_cache(maxsize=32)
def _window(size: int) -> Floats:
    window: Floats = np.hanning(size + 2)[1:-1].astype(np.float32)
    return window


@lru_cache(maxsize=1)
def _places() -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], Floats]:
    """Bins of each harmonic, shape (16, 161, some), of neighbourhoods, and which are around."""
    bin_hz = SLOW_RATE / _FFT
    numbers = np.arange(1, FEATURES["lines"][0] + 1)[:, None]
    hz = numbers * LINE_HZ
    step = LINE_HZ[1] - LINE_HZ[0]
    # As many bins as the highest harmonic spreads over; low ones come more than once.
    beside = np.linspace(-0.5, 0.5, int(np.ceil(step * len(numbers) / bin_hz)) + 1)
    fine = (numbers * (LINE_HZ + step * beside[:, None, None])).transpose(1, 2, 0)
    middle = np.arange(LINE_HZ[0], hz.max() + 2 * _STEP_HZ, _STEP_HZ)[:, None]
    near = np.rint((middle + np.arange(-_NEAR_HZ, _NEAR_HZ, _EVERY * bin_hz)) / bin_hz)
    last = _FFT // 2
    place = (hz - LINE_HZ[0]) / _STEP_HZ
    near_at = place.astype(np.intp)
    share = (place - near_at).astype(np.float32)
    at = np.minimum(np.rint(fine / bin_hz).astype(np.intp), last)
    return at, np.minimum(near.astype(np.intp), last), near_at, share


def _widened(lines: Floats) -> Floats:
    """The highest of five pitches side by side."""
    padded = np.pad(lines, ((0, 0), (0, 0), (_WIDE, _WIDE)), mode="edge")
    pitches = lines.shape[2]
    found = padded[:, :, :pitches].copy()
    for by in range(1, 2 * _WIDE + 1):
        np.maximum(found, padded[:, :, by : by + pitches], out=found)
    return found


def _low(values: Floats) -> Floats:
    """What four in five are above."""
    at = int(_SHARE * (len(values) - 1))
    found: Floats = np.partition(values, at, axis=0)[at]
    return found


def _higher(values: Floats, before: NDArray[np.intp], after: NDArray[np.intp]) -> Floats:
    """The same of either side, whichever is higher: where something begins or ends."""
    found: Floats = np.maximum(_low(values[before]), _low(values[after]))
    return found
