"""What meters show of sound as it plays: peaks, true peaks, RMS, loudness, phase."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.media.loudness import LoudnessMeter

WINDOW_S = 0.4
"""RMS and correlation are those of the last 400 ms, as long as momentary loudness."""

LOWEST_DB = -120.0

_MOST_POINTS = 4096
# The four phases of the interpolating filter of ITU-R BS.1770-5, annex 2, table 1.
_PHASE_0 = (
    0.0017089843750,
    0.0109863281250,
    -0.0196533203125,
    0.0332031250000,
    -0.0594482421875,
    0.1373291015625,
    0.9721679687500,
    -0.1022949218750,
    0.0476074218750,
    -0.0266113281250,
    0.0148925781250,
    -0.0083007812500,
)
_PHASE_1 = (
    -0.0291748046875,
    0.0292968750000,
    -0.0517578125000,
    0.0891113281250,
    -0.1665039062500,
    0.4650878906250,
    0.7797851562500,
    -0.2003173828125,
    0.1015625000000,
    -0.0582275390625,
    0.0330810546875,
    -0.0189208984375,
)
_TAPS = len(_PHASE_0)
_FILTER = np.array([_PHASE_0, _PHASE_1, _PHASE_1[::-1], _PHASE_0[::-1]], np.float32).T[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class SoundReading:
    """What the meters show after some more sound.

    Attributes:
        peak_db: Largest sample of each channel in the sound that was fed last, dBFS.
        true_peak_db: Largest true peak of each channel in it, dBTP.
        rms_db: Of each channel over `WINDOW_S`, dBFS; a full-scale sine reads −3.01.
        momentary: Loudness of the last 400 ms in LUFS; None before there was enough.
        short_term: Loudness of the last 3 s in LUFS.
        correlation: Of the first two channels over `WINDOW_S`, −1..1; None for silence or mono.
        pair: The first two channels of the sound fed last, shape (2, n); empty for mono.
        length_s: How long the sound was that was fed last.
    """

    peak_db: tuple[float, ...]
    true_peak_db: tuple[float, ...]
    rms_db: tuple[float, ...]
    momentary: float | None
    short_term: float | None
    correlation: float | None
    pair: NDArray[np.float32]
    length_s: float


class SoundMeter:
    """Feed sound in order; start a new one after a jump.

    Args:
        layout: FFmpeg's name of the channel layout; may be empty.
        channels: How many there are.
        rate: Samples a second.
    """

    def __init__(self, layout: str, channels: int, rate: int) -> None:
        self._rate = rate
        self._loudness = LoudnessMeter(layout, channels, rate)
        self._window = np.zeros((channels, 0), np.float32)
        self._tail = np.zeros((channels, _TAPS - 1), np.float32)
        self._levels: tuple[float | None, float | None] = (None, None)

    def feed(self, samples: NDArray[np.float32], shown: int | None = None) -> SoundReading:
        """Take samples.

        Args:
            samples: float32, shape (channels, n), full scale is ±1.
            shown: Peaks are those of so many samples at the end; None takes all.
        """
        for step in self._loudness.feed(samples):
            self._levels = (step.momentary, step.short_term)
        length = round(WINDOW_S * self._rate)
        self._window = np.concatenate([self._window, samples], axis=1)[:, -length:]
        last = samples if shown is None else samples[:, -shown:]
        true_peaks = self._true_peaks(samples, last.shape[1])
        peaks = np.abs(last).max(axis=1, initial=0.0)
        rms = np.sqrt(np.mean(np.square(self._window, dtype=np.float64), axis=1))
        return SoundReading(
            _decibels(peaks),
            _decibels(np.maximum(true_peaks, peaks)),
            _decibels(rms),
            *self._levels,
            _correlation(self._window),
            last[:2, -_MOST_POINTS:].copy() if len(last) > 1 else np.zeros((2, 0), np.float32),
            last.shape[1] / self._rate,
        )

    def _true_peaks(self, samples: NDArray[np.float32], shown: int) -> NDArray[np.float32]:
        """Largest magnitude of each channel between the samples, four times as many."""
        whole = np.concatenate([self._tail, samples], axis=1)
        self._tail = whole[:, -(_TAPS - 1) :]
        whole = whole[:, -(shown + _TAPS - 1) :]
        if whole.shape[1] < _TAPS:
            return np.zeros(len(samples), np.float32)
        views = np.lib.stride_tricks.sliding_window_view(whole, _TAPS, axis=1)
        return np.asarray(np.abs(views @ _FILTER).max(axis=(1, 2)), np.float32)


def _decibels(values: NDArray[np.floating]) -> tuple[float, ...]:
    floor = 10 ** (LOWEST_DB / 20)
    loud = np.maximum(values.astype(np.float64), floor)
    return tuple(np.round(20 * np.log10(loud), 4).tolist())


def _correlation(window: NDArray[np.float32]) -> float | None:
    """Σlr / √(Σl²·Σr²) of the first two channels."""
    if len(window) < 2:
        return None
    left, right = window[:2].astype(np.float64)
    power = float(left @ left) * float(right @ right)
    # Quieter than 16 bits can say, the sign of noise would be shown as phase.
    if power <= (window.shape[1] * 1e-9) ** 2:
        return None
    return float(left @ right) / float(power**0.5)
