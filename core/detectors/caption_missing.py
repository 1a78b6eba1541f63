"""Missing captions: how probable it is that somebody speaks."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, gcd

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.signal import firwin, upfirdn

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window
from core.models.one_thread import one_thread
from core.models.voice_activity import (
    CONTEXT_SAMPLES,
    FRAME_SAMPLES,
    VOICE_RATE,
    VoiceActivity,
    voice_activity,
)

_HOP_S = 0.125
_WINDOW_S = 4.0
_FRAMES_S = 32
_FRAMES_A_ROW = 4
_HISTORY = 2 * _FRAMES_S
_STEP = VOICE_RATE // _FRAMES_S
_SEEN = FRAME_SAMPLES + CONTEXT_SAMPLES
_TAPS = 10
_HIGHEST = 0.99
_SMALLEST_SURROUND = 5
_CENTER = 2

Mono = NDArray[np.float32]


class CaptionMissingDetector(Detector):
    """Measures the probability of speech eight times a second with Silero VAD.

    The sound is mixed to mono and brought to 16 kHz. A frame starts every 500 samples instead of
    every 512, so that frames lie on whole seconds; the network remembers two seconds and no more,
    so that a title that is measured in pieces gives the same rows. A row is the mean of its four
    frames.
    """

    id = "caption_missing"

    def reset(self) -> None:
        """Forget all sound."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)
        self._listener = _Listener(voice_activity())
        self._resampler: _Resampler | None = None
        self._next_pts: int | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the windows that this block completes."""
        return self._rows(self._hopper.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return self._rows(self._hopper.flush())

    def _rows(self, windows: list[Window]) -> list[Row]:
        return self._hopper.forward([row for window in windows for row in self._of(window)])

    def _of(self, window: Window) -> list[Row]:
        count = window.samples.shape[1]
        resampler = self._resampler
        if resampler is None or resampler.rate != window.rate or window.pts(0) != self._next_pts:
            self._resampler = resampler = _Resampler(window.rate)
            self._listener.forget()
        self._next_pts = window.pts(count)
        voice = resampler.take(_mono(window.samples), ceil(count / window.rate))
        frames = self._listener.probabilities(voice).reshape(-1, _FRAMES_A_ROW)
        return [
            Row(window.pts(int(start)), (float(mean),))
            for start, mean in zip(window.hops, 100 * frames.mean(axis=1), strict=False)
        ]


class _Resampler:
    """Brings mono sound to 16 kHz, such that pieces give what the whole gives.

    Each piece is filtered with what came just before it, so that the result comes late by half
    the filter: .6 ms at 48 kHz.

    Args:
        rate: Samples a second that come in.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        common = gcd(rate, VOICE_RATE)
        self._up, self._down = VOICE_RATE // common, rate // common
        widest = max(self._up, self._down)
        length = 2 * _TAPS * widest + 1
        # At 16 kHz already, nothing is to be cut off.
        cutoff = 1.0 / widest if widest > 1 else _HIGHEST
        self._taps = self._up * firwin(length, cutoff, window=("kaiser", 5.0))
        # A whole number of periods of the filter bank, so that every piece starts in phase.
        periods = ceil(length / self._up / self._down)
        self._before = np.zeros(self._down * periods, np.float32)

    def take(self, sound: Mono, seconds: int) -> Mono:
        """So many seconds at 16 kHz; silence fills what the sound does not."""
        heard = np.concatenate([self._before, sound])
        first = len(self._before) * self._up // self._down
        self._before = heard[len(heard) - len(self._before) :]
        made = upfirdn(self._taps, heard, self._up, self._down)[first:]
        out = np.zeros(seconds * VOICE_RATE, np.float32)
        length = min(len(out), len(sound) * self._up // self._down)
        out[:length] = made[:length]
        return out


class _Listener:
    """Runs the network over whole seconds, each behind the two before it."""

    def __init__(self, net: VoiceActivity) -> None:
        self._net = net
        self.forget()

    def forget(self) -> None:
        """What comes next follows silence."""
        self._sound = np.zeros(_SEEN - _STEP, np.float32)
        with one_thread(), torch.inference_mode():
            silence = self._net.encoder(torch.zeros(1, _SEEN))
        self._seen = silence.repeat(_HISTORY, 1)

    def probabilities(self, sound: Mono) -> NDArray[np.float32]:
        """Probability of speech in each frame.

        Args:
            sound: A whole number of seconds at 16 kHz.

        Returns:
            Shape (32 x seconds,).
        """
        heard = np.concatenate([self._sound, sound])
        self._sound = heard[_STEP - _SEEN :].copy()
        frames = np.lib.stride_tricks.sliding_window_view(heard, _SEEN)[::_STEP]
        with one_thread(), torch.inference_mode():
            line = torch.cat([self._seen, self._net.encoder(torch.from_numpy(frames.copy()))])
            self._seen = line[-_HISTORY:].clone()
            # (seconds, 128, steps) -> (steps, seconds, 128)
            runs = line.unfold(0, _HISTORY + _FRAMES_S, _FRAMES_S).permute(2, 0, 1)
            spoken = self._net.decoder(runs.contiguous())[_HISTORY:]
        return np.asarray(spoken.T.reshape(-1).numpy())


def _mono(samples: NDArray[np.float32]) -> Mono:
    """All channels as one; speech in surround sound is mostly in the centre."""
    if len(samples) < _SMALLEST_SURROUND:
        return np.asarray(samples.mean(axis=0))
    return np.asarray(samples[_CENTER] + 0.5 * (samples[0] + samples[1]))
