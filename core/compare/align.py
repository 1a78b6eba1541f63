"""How much later one file shows or sounds what another one does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.time import Span
from core.domain.title import AudioStream, Title, VideoStream
from core.media.audio import AudioReader
from core.media.reader import VideoReader

LOOK_S = 60.0
"""So much of the beginning of both files is looked at."""

MOST_S = 30.0
"""The largest offset that is looked for."""

SURE = 0.5
"""From this correlation on an offset is taken as found."""

_THUMB = (16, 9)
_PICTURE_HZ = 100
_SOUND_HZ = 1000
_LEAST_OVERLAP_S = 2.0
_LEAST_SHARE = 0.2
_SMOOTH_S = 0.5
_SILENT = 1e-6

Series = NDArray[np.float32]


class Source(StrEnum):
    """What an offset was found by."""

    PICTURE = "picture"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Offset:
    """How much later the second file is.

    Attributes:
        seconds: Add this to a time of the first file to get that of the second.
        correlation: Of what was compared, at that offset, at most 1.
        source: Picture or sound.
    """

    seconds: float
    correlation: float
    source: Source

    @property
    def sure(self) -> bool:
        """The two are alike enough there."""
        return self.correlation >= SURE


def find_offset(
    first: Title, second: Title, check: Callable[[], None] = lambda: None
) -> Offset | None:
    """Find how much later the second file is, by its pictures and by its sound.

    Args:
        first, second: The files.
        check: Called between frames; what it raises ends the search.

    Returns:
        What correlates best; None where both lack picture and sound, or nothing moves.

    Raises:
        KnownError: A file cannot be read.
    """
    found = []
    if first.video and second.video:
        one, other = (picture_series(t, t.video[0], check) for t in (first, second))
        found.append(best_lag(one, other, _PICTURE_HZ, Source.PICTURE))
        if found[-1] is not None and found[-1].sure:
            return _snapped(found[-1], first, second)
    if first.audio and second.audio:
        one, other = (sound_series(t, t.audio[0], check) for t in (first, second))
        found.append(best_lag(one, other, _SOUND_HZ, Source.SOUND))
    real = [offset for offset in found if offset is not None]
    return max(real, key=lambda offset: offset.correlation, default=None)


def picture_series(
    title: Title, stream: VideoStream, check: Callable[[], None] = lambda: None
) -> Series:
    """Coarse luma at 100 Hz from time zero of the title on: each frame as long as it shows.

    Returns:
        float32, shape (n, 144).
    """
    start_s = title.start.seconds
    times, thumbs = [], []
    span = Span.from_seconds(start_s, start_s + LOOK_S, stream.base)
    with VideoReader(title.path, stream, behind_bytes=1 << 24) as reader:
        for frame in reader.frames(span):
            check()
            luma: NDArray[Any] = np.ascontiguousarray(frame.luma())
            small = cv2.resize(luma, _THUMB, interpolation=cv2.INTER_AREA)
            thumbs.append(small.astype(np.float32).ravel() / (1 << max(frame.depth - 8, 0)))
            times.append(float(frame.pts * frame.base) - start_s)
            end_s = float(frame.end_pts * frame.base) - start_s
    if not times:
        return np.zeros((0, _THUMB[0] * _THUMB[1]), np.float32)
    grid = np.arange(round(min(end_s, LOOK_S) * _PICTURE_HZ)) / _PICTURE_HZ
    at = np.searchsorted(np.array(times), grid + 1e-6, side="right") - 1
    return np.asarray(np.stack(thumbs)[np.maximum(at, 0)], np.float32)


def sound_series(
    title: Title, stream: AudioStream, check: Callable[[], None] = lambda: None
) -> Series:
    """How loud each millisecond is, in powers of ten; float32, shape (n, 1)."""
    seconds = min(title.duration_s, LOOK_S)
    block = round(stream.sample_rate / _SOUND_HZ)
    rate = stream.sample_rate
    first = round(title.start.seconds * rate)
    parts = []
    with AudioReader(title.path, stream) as reader:
        for at in range(0, round(seconds * rate), rate):
            check()
            mono = reader.read_at(first + at, rate).mean(axis=0)
            usable = len(mono) // block * block
            loud = np.square(mono[:usable].reshape(-1, block)).mean(axis=1)
            parts.append(np.log10(loud + _SILENT))
    if not parts:
        return np.zeros((0, 1), np.float32)
    whole = np.concatenate(parts)
    # At 44.1 kHz a millisecond is not a whole number of samples: put the steps back in time.
    times = np.arange(len(whole)) * block / rate
    grid = np.arange(int(times[-1] * _SOUND_HZ)) / _SOUND_HZ
    return np.asarray(np.interp(grid, times, whole)[:, None], np.float32)


def best_lag(one: Series, other: Series, rate: int, source: Source) -> Offset | None:
    """The lag at which two series correlate best.

    Slow changes are taken out first, so that what moves decides, not what a scene looks like.

    Args:
        one, other: float32, shape (n, dimensions).
        rate: Rows a second.
        source: What they are made of.
    """
    least = min(
        round(_LEAST_OVERLAP_S * rate),
        max(round(_LEAST_SHARE * min(len(one), len(other))), 1),
    )
    if min(len(one), len(other)) < max(least, 3):
        return None
    first, second = _lively(one, rate), _lively(other, rate)
    if not first.any() or not second.any():
        return None
    size = 1 << (len(first) + len(second)).bit_length()
    spectra = [np.fft.rfft(part, size, axis=0) for part in (first, second)]
    raw = np.fft.irfft((np.conj(spectra[0]) * spectra[1]).sum(axis=1), size)
    most = min(round(MOST_S * rate), len(first) - least, len(second) - least)
    lags = np.arange(-max(most, 0), max(most, 0) + 1)
    powers = [np.concatenate([[0.0], np.cumsum(np.square(p).sum(axis=1))]) for p in (first, second)]
    # Row i of the first lies over row i + lag of the second.
    low = np.maximum(0, -lags)
    high = np.minimum(len(first), len(second) - lags)
    shared = (powers[0][high] - powers[0][low]) * (powers[1][high + lags] - powers[1][low + lags])
    floor = powers[0][-1] * powers[1][-1] * 1e-4
    score = raw[lags % size] / np.sqrt(np.maximum(shared, floor))
    best = int(score.argmax())
    return Offset(float(lags[best]) / rate, float(min(score[best], 1.0)), source)


def _lively(series: Series, rate: int) -> NDArray[np.float64]:
    """What differs from the mean of a second around it, without the mean of all."""
    length = 2 * max(round(_SMOOTH_S * rate), 1) + 1
    padded = np.pad(series.astype(np.float64), ((length // 2, length // 2), (0, 0)), "edge")
    sums = np.cumsum(np.concatenate([np.zeros((1, series.shape[1])), padded]), axis=0)
    return np.asarray(series - (sums[length:] - sums[:-length]) / length, np.float64)


def _snapped(offset: Offset, first: Title, second: Title) -> Offset:
    """To whole frames, where both files have the same constant rate."""
    one, other = first.video[0], second.video[0]
    if one.rate != other.rate or one.rate <= 0 or one.variable_rate or other.variable_rate:
        return offset
    phase = _lead_s(second, other) - _lead_s(first, one)
    frame_s = float(1 / one.rate)
    seconds = round((offset.seconds - phase) / frame_s) * frame_s + phase
    return Offset(seconds, offset.correlation, offset.source)


def _lead_s(title: Title, stream: VideoStream) -> float:
    """How long after the start of the title its first picture shows."""
    return float(stream.start_pts * stream.base) - title.start.seconds


def title_offset_s(offset: Offset, first: Title, second: Title) -> float:
    """The offset between the time lines of the files, whose starts may differ."""
    return offset.seconds + second.start.seconds - first.start.seconds
