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
        samples: float32, shape (channels, n), n at most 65,536 (all but the last have that many).
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
    """Put blocks end to end by their PTS, in pieces of one size, the last one shorter.

    A block that lies within two units of its time base of where it should is taken as it comes:
    coarse time bases round, and drift does not build up because every block is placed by its own
    PTS. Otherwise a gap is filled with zeros and an overlap is cut off.

    Args:
        blocks: Blocks of one stream in order of PTS, all of one base; rate and channels of the
            first hold.
        longest_s: Where to stop filling gaps, in seconds from the first sample, so that a broken
            time stamp cannot make hours of silence; 0 means after two days.

    Yields:
        Runs without gaps between them.
    """
    gather: _Gather | None = None
    for block in blocks:
        if gather is None:
            gather = _Gather(block, longest_s or _LONGEST_GAP_S)
        yield from gather.add(block)
    if gather is not None:
        yield from gather.rest()


class _Gather:
    """Collects blocks until there are enough samples for a run.

    Decoders give some thousand samples at a time; passing each on by itself would cost more than
    everything that is done with them.
    """

    def __init__(self, first: AudioBlock, limit_s: float) -> None:
        self._origin_pts = first.pts
        self._start_s = float(first.pts * first.base)
        self._rate = first.rate
        self._limit = limit_s * first.rate
        self._per_pts = first.base * first.rate
        self._tolerance = max(2 * self._per_pts, Fraction(1))
        self._room = np.empty((first.samples.shape[0], _PIECE), np.float32)
        self._filled = 0
        self._first = 0

    def add(self, block: AudioBlock) -> Iterator[SampleRun]:
        samples = _with_channels(block.samples, self._room.shape[0])
        position = self._first + self._filled
        exact = (block.pts - self._origin_pts) * self._per_pts
        if abs(exact - position) > self._tolerance:
            wanted = round(exact)
            if wanted < position:
                samples = samples[:, position - wanted :]
            elif wanted <= self._limit:
                yield from self._silence(wanted - position)
        yield from self._take(samples)

    def _silence(self, length: int) -> Iterator[SampleRun]:
        zeros = np.zeros((self._room.shape[0], min(length, _PIECE)), np.float32)
        while length > 0:
            yield from self._take(zeros[:, :length])
            length -= _PIECE

    def _take(self, samples: NDArray[np.float32]) -> Iterator[SampleRun]:
        while samples.shape[1]:
            room = _PIECE - self._filled
            some, samples = samples[:, :room], samples[:, room:]
            self._room[:, self._filled : self._filled + some.shape[1]] = some
            self._filled += some.shape[1]
            if self._filled == _PIECE:
                yield from self.rest()

    def rest(self) -> Iterator[SampleRun]:
        if self._filled:
            samples = _within_reason(self._room[:, : self._filled].copy())
            yield SampleRun(self._start_s, self._rate, self._first, samples)
            self._first += self._filled
            self._filled = 0


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
