"""Linear prediction: what a sound explains of itself, and samples filled in from around them."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

Reals = NDArray[np.float64]

_BLOCK = 1024
_FRAME = 2 * _BLOCK
_BATCH = 256
_WHITENING = 1e-9
_LEAST = 1e-12


def prediction_errors(samples: NDArray[np.float32], order: int) -> tuple[Reals, Reals]:
    """What prediction from the samples before, and from those after, leaves of each sample.

    Coefficients are taken anew each 1024 samples from the 2048 around them (Hann,
    autocorrelation, Levinson and Durbin). Before a disturbance the forward error is that of the
    undisturbed sound, after it the backward one: between them they bound it to the sample.

    Args:
        samples: Shape (n,).
        order: How many samples each is predicted from.

    Returns:
        Forward and backward error, both of shape (n,).
    """
    count = len(samples)
    blocks = max(-(-count // _BLOCK), 1)
    side = (_FRAME - _BLOCK) // 2
    padded = np.pad(
        samples.astype(np.float64), (side + order, blocks * _BLOCK - count + side + order)
    )
    windows = np.lib.stride_tricks.sliding_window_view(padded, _FRAME + 2 * order)[::_BLOCK]
    forward, backward = np.empty((blocks, _BLOCK)), np.empty((blocks, _BLOCK))
    for first in range(0, blocks, _BATCH):
        part = windows[first : first + _BATCH]
        taps = _coefficients(part[:, order : order + _FRAME], order)
        rows = slice(first, first + len(part))
        forward[rows] = backward[rows] = 0.0
        for lag in range(order + 1):
            tap, begin = taps[:, lag : lag + 1], side + order
            forward[rows] += tap * part[:, begin - lag : begin - lag + _BLOCK]
            backward[rows] += tap * part[:, begin + lag : begin + lag + _BLOCK]
    return forward.reshape(-1)[:count], backward.reshape(-1)[:count]


def _coefficients(frames: Reals, order: int) -> Reals:
    """Prediction filters, shape (frames, order + 1), the first tap 1."""
    window = np.hanning(frames.shape[1] + 2)[1:-1]
    spectrum = scipy.fft.rfft(frames * window, 2 * frames.shape[1])
    power = spectrum.real**2 + spectrum.imag**2
    lags = scipy.fft.irfft(power)[:, : order + 1]
    error = lags[:, 0] * (1.0 + _WHITENING) + _LEAST
    taps = np.zeros((len(frames), order + 1))
    taps[:, 0] = 1.0
    for step in range(1, order + 1):
        reach = np.einsum("fi,fi->f", taps[:, :step], lags[:, step:0:-1])
        mirror = (-reach / error)[:, None]
        taps[:, 1 : step + 1] += mirror * taps[:, step - 1 :: -1][:, :step]
        error = np.maximum(error * (1.0 - np.square(mirror[:, 0])), _LEAST)
    return taps


def filled(samples: Reals, first: int, end: int, order: int, context: int) -> Reals:
    """What the sound around a gap says about the samples in it.

    The filter is fitted by least squares to the samples on both sides, and the gap takes the
    values for which the error over it is smallest (Janssen, Veldhuis and Vries 1986, with a
    filter that never sees the gap).

    Args:
        samples: Shape (n,); those in the gap are not looked at.
        first: First sample of the gap.
        end: One past its last.
        order: Order of the filter.
        context: Samples to look at on either side.

    Returns:
        Shape (end - first,); a straight line where there is too little to learn from.
    """
    low, high = max(first - context, 0), min(end + context, len(samples))
    sides = [part for part in (samples[low:first], samples[end:high]) if len(part) > 2 * order]
    if not sides:
        return _bridged(samples, first, end)
    rows = np.concatenate(
        [np.lib.stride_tricks.sliding_window_view(part, order + 1)[:, ::-1] for part in sides]
    )
    taps = np.concatenate(([1.0], -_fit(rows[:, 1:], rows[:, 0])))
    near = np.array(samples[max(first - order, 0) : min(end + order, len(samples))])
    gap = slice(min(order, first), min(order, first) + end - first)
    near[gap] = 0.0
    count = len(near) - order
    if count < end - first:
        return _bridged(samples, first, end)
    # Row i holds the prediction of sample i + order of `near`: taps reversed, moved on by one.
    filters = np.zeros((count, len(near)))
    for lag, tap in enumerate(taps):
        filters[np.arange(count), np.arange(count) + order - lag] = tap
    unknown, known = filters[:, gap], filters @ near
    return np.asarray(_fit(unknown, -known))


def _fit(matrix: Reals, wanted: Reals) -> Reals:
    """Least squares by the normal equations, with a trace of damping for exact fits."""
    square = matrix.T @ matrix
    damping = _LEAST + 1e-11 * float(np.trace(square)) / len(square)
    square[np.diag_indices_from(square)] += damping
    return np.asarray(np.linalg.solve(square, matrix.T @ wanted))


def _bridged(samples: Reals, first: int, end: int) -> Reals:
    before = samples[first - 1] if first > 0 else 0.0
    after = samples[end] if end < len(samples) else before
    return np.linspace(before, after, end - first + 2)[1:-1]
