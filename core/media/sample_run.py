"""Sound blocks, put end to end: gaps become silence, overlaps are cut, jitter is ignored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.domain.media import AudioBlock

_PIECE = 1 << 16
_LONGEST_GAP_S = 48 * 3600
_LOUDEST = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class SampleRun:
    """Consecutive samples of one stream.

    Attributes:
        start_s: When the very first sample of the stream sounds, in seconds.
        rate: Samples a second.
        first: Number of the first sample of this run, counted from the stream's first.
        samples: float32, shape (channels, n), n at most 65,536.
    """

    start_s: float
    rate: int
    first: int
    samples: NDArray[np.float32]

    @property
    def end(self) -> int:
        """Number of the first sample after."""
        return self.first + int(self.samples.shape[1])


def runs_of(blocks: Iterable[AudioBlock], longest_s: float = 0.0) -> Iterator[SampleRun]:
    """Put blocks end to end by their PTS, in pieces of bounded size.

    A block that lies within two units of its time base of where it should is taken as it comes:
    coarse time bases round, and drift does not build up because every block is placed by its own
    PTS. Otherwise a gap is filled with zeros and an overlap is cut off.

    Args:
        blocks: Blocks of one stream in order of PTS; the rate and the channels of the first hold.
        longest_s: Where to stop filling gaps, in seconds from the first sample, so that a broken
            time stamp cannot make hours of silence; 0 means after two days.

    Yields:
        Runs without gaps between them.
    """
    origin: Fraction | None = None
    position = 0
    limit_s = longest_s or _LONGEST_GAP_S
    channels = 0
    for block in blocks:
        if origin is None:
            origin, channels = block.pts * block.base, block.samples.shape[0]
        samples = _within_reason(_with_channels(block.samples, channels))
        wanted = round((block.pts * block.base - origin) * block.rate)
        tolerance = max(float(2 * block.base * block.rate), 1.0)
        start_s = float(origin)
        if abs(wanted - position) > tolerance:
            if wanted < position:
                samples = samples[:, position - wanted :]
            elif wanted <= limit_s * block.rate:
                for piece in _silence(channels, wanted - position):
                    yield SampleRun(start_s, block.rate, position, piece)
                    position += piece.shape[1]
        for offset in range(0, samples.shape[1], _PIECE):
            piece = samples[:, offset : offset + _PIECE]
            yield SampleRun(start_s, block.rate, position, piece)
            position += piece.shape[1]


def _silence(channels: int, length: int) -> Iterator[NDArray[np.float32]]:
    zeros = np.zeros((channels, min(length, _PIECE)), np.float32)
    while length > 0:
        yield zeros[:, :length]
        length -= _PIECE


def _with_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """A stream may change its layout on the way; what is missing is silent."""
    if samples.shape[0] == channels:
        return samples
    padded = np.zeros((channels, samples.shape[1]), np.float32)
    shared = min(channels, samples.shape[0])
    padded[:shared] = samples[:shared]
    return padded


def _within_reason(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Broken floating-point sound may hold anything; no picture shows more than 40 dB over."""
    if samples.size == 0 or np.abs(samples).max() <= _LOUDEST:
        return samples
    finite = np.nan_to_num(samples, nan=0.0, posinf=_LOUDEST, neginf=-_LOUDEST)
    return np.clip(finite, -_LOUDEST, _LOUDEST)
