"""Hiss: the noise floor above 4 kHz, where the programme leaves it to be heard."""

from __future__ import annotations

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.detectors.base import Row
from core.detectors.batch import Batch, BatchDetector
from core.detectors.hop import FLOOR_DB

LOW_HZ = 4000.0
HIGH_HZ = 16_000.0

_HOP_S = 0.25
_BATCH_S = 4.0
_MARGIN_S = 1.0
_REACH_S = 0.75
_FRAME_S = 0.02
_LOW_SHARE, _HIGH_SHARE = 0.25, 0.45
_QUIET_SHARE = 0.2
_EDGE = (0.04, 0.25)
_MOST_CHANNELS = 24

Powers = NDArray[np.float32]


class HissDetector(BatchDetector):
    """Measures the noise floor every 250 ms; a row tells of the channel where it is loudest.

    Spectra of about 20 ms (Hann, one beside the other) are taken up to .75 s before and after.
    The floor is the level from 4 to 16 kHz (at low rates, from a quarter to .45 of the rate) below
    which a tenth of them lie, after the minimum statistics of Martin (2001). Steady noise shows
    in two ways: the quietest fourth of the spectra are all about as loud (spread, between the
    quantiles .04 and .25), and their mean is even over frequency (flatness, after a line was
    fitted to it in dB, since tape and pink noise are tilted).
    """

    id = "hiss"
    lengths_s = (_BATCH_S, _HOP_S, _MARGIN_S)

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""
        return _rows_of(batch)


def _rows_of(batch: Batch) -> list[Row]:
    size = max(scipy.fft.next_fast_len(round(_FRAME_S * batch.rate), real=True), 16)
    count = max(batch.samples.shape[1] // size, 1)
    padded = batch.samples[:, : count * size]
    if padded.shape[1] < size:
        padded = np.pad(padded, ((0, 0), (0, size - padded.shape[1])))
    frames = padded.reshape(len(padded), count, size)
    overall = np.square(frames).mean(axis=2)
    power = _powers(frames, batch.rate)
    band = power.sum(axis=2)
    reach = round(_REACH_S * batch.rate / size)
    middle = (batch.hops + _HOP_S * batch.rate / 2) / size
    firsts = np.clip(np.rint(middle).astype(np.int64) - reach, 0, count - 1)
    lasts = np.clip(np.rint(middle).astype(np.int64) + reach, 1, count)
    rows = []
    for hop, first, last in zip(batch.hops.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        around = slice(min(first, last - 1), last)
        rows.append(
            Row(batch.pts(hop), _values(power[:, around], band[:, around], overall[:, around]))
        )
    return rows


def _powers(frames: NDArray[np.float32], rate: int) -> Powers:
    """Power by channel, frame and bin of the band; a bin's share of the mean square."""
    size = frames.shape[2]
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    low = min(LOW_HZ, _LOW_SHARE * rate)
    high = min(HIGH_HZ, _HIGH_SHARE * rate)
    bins = slice(round(low * size / rate), round(high * size / rate) + 1)
    spectrum = scipy.fft.rfft(frames * window)[..., bins]
    scale = np.float32(2.0 / (size * float(np.square(window).sum())))
    return np.asarray((np.square(spectrum.real) + np.square(spectrum.imag)) * scale)


def _values(power: Powers, band: Powers, overall: Powers) -> tuple[float, ...]:
    levels = np.sort(_to_db(band), axis=1)
    count = levels.shape[1]
    floors = levels[:, count // 10]
    channel = int(floors.argmax())
    least, most = (levels[channel, int(share * count)] for share in _EDGE)
    quiet = np.argsort(band[channel], kind="stable")[: max(int(_QUIET_SHARE * count), 1)]
    flatness = _flatness(power[channel, quiet].mean(axis=0))
    loudest = float(_to_db(overall[channel]).max())
    near = floors >= floors[channel] - 6.0
    bits = 2.0 ** np.arange(min(len(floors), _MOST_CHANNELS))
    mask = float(bits @ near[: len(bits)])
    return float(floors[channel]), float(most - least), flatness, loudest, mask


def _flatness(power: Powers) -> float:
    """Standard deviation in dB around a straight line over frequency, of groups of bins."""
    groups = np.array_split(_to_db(power), 16)
    means = np.array([group.mean() for group in groups if len(group)])
    place = np.arange(len(means))
    line = np.polynomial.polynomial.polyfit(place, means, 1)
    return float(np.std(means - np.polynomial.polynomial.polyval(place, line)))


def _to_db(power: Powers) -> NDArray[np.float64]:
    return np.asarray(10.0 * np.log10(np.maximum(power.astype(np.float64), 10 ** (FLOOR_DB / 10))))
