"""Sound as float32 blocks with their PTS, and sample-exact reads at any place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from math import floor
from pathlib import Path
from types import TracebackType
from typing import cast

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from core.domain.media import AudioBlock
from core.domain.time import Span
from core.domain.title import AudioStream
from core.media.sample_clock import Placed, SampleClock
from core.media.source import open_container, packets_of, require_whole, stream_of

# Overlapping transforms, bit reservoirs and filters settle within this stretch after a seek.
_PREROLL = Fraction(3, 10)
# Reading on is cheaper than seeking when what is wanted lies this close ahead.
_READ_ON_S = 2
# PyAV reads beyond the list of planes from eight on, which ends the process.
_MOST_PLANES = 7

_local = threading.local()

_SCALE = {"u8": 128.0, "s16": 32768.0, "s32": 2147483648.0}
# PyAV makes no arrays of these.
_UNREADABLE = frozenset({"s64", "s64p"})
_LOUDEST = 4096.0
"""72 dB above full scale; no sound has it, and all sums of squares stay finite."""


def to_float(frame: av.AudioFrame, channels: int) -> NDArray[np.float32]:
    """Samples of a decoded block.

    Args:
        frame: As it was decoded.
        channels: Channels of the result; missing ones are silent, further ones left out.

    Returns:
        float32, shape (channels, n); full scale is ±1.
    """
    if frame.format.name in _UNREADABLE:
        frame = _packed(frame, "dbl")
    elif frame.format.is_planar and frame.layout.nb_channels > _MOST_PLANES:
        frame = _packed(frame, frame.format.name.removesuffix("p"))
    raw = frame.to_ndarray()
    name = frame.format.name.removesuffix("p")
    if not frame.format.is_planar:
        raw = raw.reshape(-1, frame.layout.nb_channels).T
    if name == "u8":
        samples = (raw.astype(np.float32) - 128.0) / 128.0
    elif name in _SCALE:
        samples = raw.astype(np.float32) / np.float32(_SCALE[name])
    else:
        samples = raw.astype(np.float32)
    if samples.shape[0] != channels:
        fitted = np.zeros((channels, samples.shape[1]), np.float32)
        shared = min(channels, samples.shape[0])
        fitted[:shared] = samples[:shared]
        samples = fitted
    return np.ascontiguousarray(samples)


def tame(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """Samples that can be measured, and how many of them could not.

    Damaged or badly written floating-point sound holds what is no number, is infinite, or so large
    that its square is. The first becomes silence, the others the loudest that is let through.

    Args:
        samples: float32 of any shape.

    Returns:
        The same where all is well, else a copy; and the number of samples that were changed.
    """
    wild = ~(np.abs(samples) <= _LOUDEST)
    count = int(np.count_nonzero(wild))
    if not count:
        return samples, 0
    return np.clip(np.nan_to_num(samples, nan=0.0), -_LOUDEST, _LOUDEST), count


def _packed(frame: av.AudioFrame, name: str) -> av.AudioFrame:
    """The same samples, channel by channel in one plane, as another format."""
    layout = frame.layout
    key = (frame.format.name, name, layout.name, layout.nb_channels, frame.sample_rate)
    if getattr(_local, "key", None) != key:
        _local.packer = av.AudioResampler(name, frame.layout, frame.sample_rate)
        _local.key = key
    (packed,) = _local.packer.resample(frame)
    return cast("av.AudioFrame", packed)


class AudioReader:
    """Reads one sound stream. Not for use by two threads at once.

    Args:
        path: The file.
        stream: Which stream, as probed.

    Raises:
        KnownError: The file cannot be read or has changed.
    """

    def __init__(self, path: Path, stream: AudioStream) -> None:
        self.path = path
        self.stream = stream
        self._container: InputContainer | None = None
        self._clock = SampleClock(stream)
        self._open()
        self._size_bytes = path.stat().st_size
        self._chunk = np.zeros((stream.channels, 0), np.float32)
        self._chunk_at = 0
        self._blocks: Iterator[tuple[int, NDArray[np.float32]]] | None = None
        self._next_at = 0
        if self._clock.coarse:
            list(islice(self._decode_from(None), 3))

    def __enter__(self) -> AudioReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._blocks = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def blocks(self, span: Span | None = None) -> Iterator[AudioBlock]:
        """The sound within `span`, cut to it exactly; all of it by default.

        Blocks are as the decoder gives them; what is damaged is missing.
        """
        rate, base = self.stream.sample_rate, self.stream.base
        first, end = None, None
        if span is not None:
            first = floor(span.start * span.base * rate + Fraction(1, 2))
            end = floor(span.end * span.base * rate + Fraction(1, 2))
        for at, samples in self._decode_from(first):
            stop = at + samples.shape[1]
            if end is not None and at >= end:
                return
            if first is not None and stop <= first:
                continue
            low = max(first - at, 0) if first is not None else 0
            high = min(end - at, samples.shape[1]) if end is not None else samples.shape[1]
            if high > low:
                pts = floor(Fraction(at + low, rate) / base + Fraction(1, 2))
                yield AudioBlock(self.stream.index, pts, base, rate, samples[:, low:high])

    def read(self, start_s: float, n_samples: int) -> NDArray[np.float32]:
        """`n_samples` samples from `start_s` on.

        Args:
            start_s: Seconds on the title's time line; rounded to the nearest sample.
            n_samples: How many.

        Returns:
            float32, shape (channels, n_samples); zero where the stream has nothing.
        """
        return self.read_at(round(start_s * self.stream.sample_rate), n_samples)

    def read_at(self, first: int, n_samples: int) -> NDArray[np.float32]:
        """Like `read`, from sample number `first`, counted from time zero."""
        out = np.zeros((self.stream.channels, n_samples), np.float32)
        end = first + n_samples
        near = self._next_at + _READ_ON_S * self.stream.sample_rate
        if self._blocks is None or not self._chunk_at <= first <= near:
            self._blocks = self._decode_from(first)
            self._chunk = self._chunk[:, :0]
            self._chunk_at = self._next_at = first
        while True:
            at, chunk = self._chunk_at, self._chunk
            low, high = max(first, at), min(end, at + chunk.shape[1])
            if high > low:
                out[:, low - first : high - first] = chunk[:, low - at : high - at]
            if self._next_at >= end:
                return out
            following = next(self._blocks, None)
            if following is None:
                return out
            self._chunk_at, self._chunk = following
            self._next_at = self._chunk_at + self._chunk.shape[1]

    def _open(self) -> None:
        if self._container is not None:
            self._container.close()
        self._container = open_container(self.path)
        self._stream = stream_of(self._container, self.stream.index, av.AudioStream, self.path)
        self._fresh = True

    def _decode_from(self, first: int | None) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Decoded chunks and the number of their first sample, from before `first` on."""
        skip = self._go_to(first)
        assert self._container is not None
        self._fresh = False
        self._clock.restart()
        packets = packets_of(self._container, self._stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, FFmpegError):
                require_whole(self.path, self._size_bytes)
                break
            with suppress(FFmpegError):  # Damage costs its block; the next may be sound.
                for frame in packet.decode():
                    if isinstance(frame, av.AudioFrame):
                        yield from self._chunks(self._clock.take(frame), skip)
        yield from self._chunks(self._clock.rest(), skip)

    def _chunks(
        self, placed: list[Placed], skip: int | None
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        for each in placed:
            if skip is None or each.at + each.frame.samples > skip:
                yield each.at, tame(to_float(each.frame, self.stream.channels))[0]

    def _go_to(self, first: int | None) -> int | None:
        """Move to before sample `first`; returns from which sample on decoding is settled."""
        rate, base = self.stream.sample_rate, self.stream.base
        begin = self.stream.start_pts * base * rate
        preroll = _PREROLL * rate
        if first is None or first - 2 * preroll <= begin:
            if not self._fresh:
                self._open()
            return None
        assert self._container is not None
        target = floor((first - preroll) / rate / base)
        try:
            self._container.seek(target, stream=self._stream)
        except FFmpegError:
            self._open()
            return None
        return floor(first - preroll / 2)
