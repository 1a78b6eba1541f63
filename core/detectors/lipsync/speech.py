"""The sound that is judged against lips: as one channel at 16 kHz, and where somebody speaks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor, gcd
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from core.detectors.base import Sample

VOICE_RATE = 16_000
"""Samples a second of what is given."""

_MARGIN_S = 1
_SMALLEST_SURROUND = 5
_CENTER = 2
_QUIETEST = 1e-4
_BREAK_S = 0.02

Mono = NDArray[np.float32]


class SoundLine:
    """Collects sound and gives stretches of it by media time, as one channel at 16 kHz.

    A stretch is made of the same samples whatever was asked for before, so pieces of a title get
    what the whole gets.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[Fraction, int, Mono]] = []

    def take(self, sample: Sample) -> None:
        """Add what comes next; gaps are silence, and what is there twice counts once.

        Args:
            sample: With samples of shape (channels, n); without samples, nothing is added.
        """
        if sample.data is None or not sample.data.size or sample.rate <= 0:
            return
        mono = _mono(np.asarray(sample.data, np.float32))
        start = sample.pts * sample.base
        if self._parts:
            begin, rate, before = self._parts[-1]
            off = float(start - begin - Fraction(len(before), rate))
            if rate == sample.rate and abs(off) <= _BREAK_S:
                self._parts[-1] = (begin, rate, np.concatenate([before, mono]))
                return
        self._parts.append((start, sample.rate, mono))

    def at(self, start_s: int, end_s: int) -> Mono:
        """The sound between two whole seconds; silence where there is none.

        Returns:
            16 kHz, shape ((end_s - start_s) x 16000,).
        """
        whole = np.zeros((end_s - start_s) * VOICE_RATE, np.float32)
        for begin, rate, mono in self._parts:
            place, made = _resampled(begin, rate, mono, start_s, end_s)
            low, high = max(place, 0), min(place + len(made), len(whole))
            if low < high:
                whole[low:high] = made[low - place : high - place]
        return whole

    def forget(self, before_s: int) -> None:
        """Sound before this is asked for no more."""
        kept: list[tuple[Fraction, int, Mono]] = []
        for begin, rate, mono in self._parts:
            # Whole seconds go, so that what is left begins on the same grid of samples.
            seconds = max(before_s - _MARGIN_S - ceil(begin), 0)
            rest = mono[seconds * rate :]
            if len(rest):
                kept.append((begin + seconds, rate, rest))
        self._parts = kept


def _resampled(
    begin: Fraction, rate: int, mono: Mono, start_s: int, end_s: int
) -> tuple[int, Mono]:
    """What of a part is needed at 16 kHz, and the index in the stretch that it begins at."""
    first_s = Fraction(start_s - _MARGIN_S)
    first = max(round((first_s - begin) * rate), 0)
    last = min(round((end_s + _MARGIN_S - begin) * rate), len(mono))
    if first >= last:
        return 0, np.empty(0, np.float32)
    common = gcd(rate, VOICE_RATE)
    made = resample_poly(mono[first:last], VOICE_RATE // common, rate // common)
    at_s = begin + Fraction(first, rate)
    return floor((at_s - start_s) * VOICE_RATE + Fraction(1, 2)), np.asarray(made, np.float32)


def _mono(samples: NDArray[np.float32]) -> Mono:
    """All channels as one; speech in surround sound is mostly in the centre."""
    if not np.isfinite(samples.sum(dtype=np.float64)):
        samples = np.clip(np.nan_to_num(samples, nan=0.0), -1.0, 1.0)
    if len(samples) < _SMALLEST_SURROUND:
        return np.asarray(samples.mean(axis=0))
    return np.asarray(samples[_CENTER] + 0.5 * (samples[0] + samples[1]))


class Voice(Protocol):
    """Whoever hears whether somebody speaks."""

    def speaks(self, sound: Mono) -> NDArray[np.float32]:
        """Probability of speech, 0..1, 25 a second; of 16 kHz, shape (n,) with whole seconds."""


class SileroVoice:
    """Silero VAD, which remembers from the start of what it is given."""

    def __init__(self) -> None:
        from core.models.voice_activity import voice_activity

        self._net = voice_activity()

    def speaks(self, sound: Mono) -> NDArray[np.float32]:
        """As `Voice` has it."""
        import torch

        from core.models.one_thread import one_thread
        from core.models.voice_activity import CONTEXT_SAMPLES, FRAME_SAMPLES

        seconds = len(sound) // VOICE_RATE
        seen, step = CONTEXT_SAMPLES + FRAME_SAMPLES, VOICE_RATE // 32
        if not seconds or np.abs(sound).max() < _QUIETEST:
            return np.zeros(seconds * 25, np.float32)
        heard = np.concatenate([np.zeros(seen - step, np.float32), sound])
        frames = np.lib.stride_tricks.sliding_window_view(heard, seen)[::step]
        with one_thread(), torch.inference_mode():
            said = self._net(torch.from_numpy(frames.copy())).numpy()
        # From 32 a second to 25, by the middle of each 40 ms.
        places = ((np.arange(seconds * 25) + 0.5) / 25 * 32).astype(np.int64)
        return np.asarray(said[np.minimum(places, len(said) - 1)], np.float32)


def open_voice() -> Voice:
    """The network that hears speech."""
    return SileroVoice()


OpenVoice = Callable[[], Voice]
