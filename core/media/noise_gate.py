"""Taking a steady noise floor away: a Wiener filter over short spectra."""

from __future__ import annotations

from collections.abc import Callable
from math import log, log2

import numpy as np
import scipy
from numpy.typing import NDArray

from core.jobs.progress import CancelToken
from core.media.linear_predictor import Reals

_WINDOW_S = 0.043
_QUANTILE = 0.15
_OVER = 1.6
_MEMORY = 0.96
_LEAST_GAIN = 0.06
_SMOOTHED = 9
_FADE = 0.5


def without_floor(
    samples: NDArray[np.float32],
    rate: int,
    low_hz: float,
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Reals:
    """The sound without the noise that stands behind it.

    The noise of each frequency is told from its quietest moments (after Martin 2001: the level
    below which 15 % lie, put up to the mean that exponentially distributed power has there). The
    gain follows the ratio of sound to noise that is expected, decision-directed (Ephraim and
    Malah 1984), and falls no deeper than 24 dB. Below half of `low_hz` nothing is touched.

    Args:
        samples: Shape (n,).
        rate: Samples a second.
        low_hz: Where the noise begins to stand out.
        cancel: Looked at often.
        progress: Told the share that is done.
    """
    token = cancel or CancelToken()
    length = int(2 ** round(log2(_WINDOW_S * rate)))
    hop = length // 2
    count = max(-(-len(samples) // hop), 1)
    padded = np.pad(samples, (hop, (count + 1) * hop - len(samples)))
    window = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length))
    frames = np.lib.stride_tricks.sliding_window_view(padded, length)[::hop]
    spectra = scipy.fft.rfft(frames * window, axis=1)
    power = spectra.real**2 + spectra.imag**2
    noise = np.quantile(power, _QUANTILE, axis=0) / -log(1.0 - _QUANTILE) * _OVER
    noise = np.maximum(_smoothed(noise), 1e-12)
    hertz = scipy.fft.rfftfreq(length, 1.0 / rate)
    applied = np.clip((hertz - _FADE * low_hz) / max((1 - _FADE) * low_hz, 1e-9), 0.0, 1.0)
    before = np.zeros_like(noise)
    for number in range(len(spectra)):
        token.check()
        posterior = power[number] / noise
        prior = _MEMORY * before + (1 - _MEMORY) * np.maximum(posterior - 1.0, 0.0)
        gain = np.maximum(prior / (1.0 + prior), _LEAST_GAIN)
        before = np.square(gain) * posterior
        spectra[number] *= 1.0 - applied * (1.0 - gain)
        progress(number / len(spectra))
    made = np.zeros(len(padded) + length)
    for number, frame in enumerate(scipy.fft.irfft(spectra, length, axis=1) * window):
        made[number * hop : number * hop + length] += frame
    return made[hop : hop + len(samples)]


def _smoothed(power: Reals) -> Reals:
    """The median over neighbouring frequencies, so that no single one warbles."""
    padded = np.pad(power, _SMOOTHED // 2, mode="edge")
    return np.asarray(
        np.median(np.lib.stride_tricks.sliding_window_view(padded, _SMOOTHED), axis=1)
    )
