"""Spectrogram of a sound stream as a tile pyramid over time.

Hann window of about 21 ms (1,024 samples at 48 kHz), half overlapped; 0 dB is a sine at full
scale; −120..0 dB are stored as 0..255. Level 0 pools a few frames (their maximum, so nothing
that lasted one frame disappears), each further level four columns of the one below. Long titles
pool more, which keeps a file near 256 MB; closer views are computed from samples
(`core.media.spectrum`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.media import AudioBlock
from core.domain.title import AudioStream
from core.jobs.progress import CancelToken, ProgressSink, ignore_progress
from core.media.cache_file import CacheLayout, CacheReader, CacheWriter, cache_path, open_cache
from core.media.sample_run import SampleRun
from core.media.sound_pass import feed_sinks
from core.media.spectrum import (
    RowScale,
    pooled,
    scale_rows,
    spectra_of,
    strongest,
    window_length,
)

_KIND = "spectrogram"
_VERSION = 2
_FACTOR = 4
_LEVELS = tuple(1024 // _FACTOR**level for level in range(6))
_COLUMNS = sum(_LEVELS)
_SMALLEST_POOL = 4
_LARGEST_POOL = 64
_FILE_BYTES = 256 << 20

Image = tuple[NDArray[np.uint8], NDArray[np.bool_]]


def spectrogram_path(fingerprint: str, stream_index: int) -> Path:
    """Where the spectrogram of a stream lies."""
    return cache_path(fingerprint, f"{_KIND}-{stream_index}")


def pool_for(frames: int, channels: int, rows: int) -> int:
    """Frames to a stored column, so that a file stays near 256 MB."""
    pool = _SMALLEST_POOL
    while pool < _LARGEST_POOL and frames * channels * rows * 4 // 3 // pool > _FILE_BYTES:
        pool *= 2
    return pool


class SpectrogramWriter:
    """Turns samples into tiles, record by record.

    It holds one record of results and less than two windows of samples, however long the stream.

    Args:
        path: The cache file.
        stream_index: Container index, kept in the file.
        first: The first run, for rate, channels and start.
        claimed_s: Expected length in seconds, which sets the pooling; 0 when unknown.
    """

    def __init__(
        self, path: Path, stream_index: int, first: SampleRun, claimed_s: float = 0.0
    ) -> None:
        self._channels = first.samples.shape[0]
        self._length = window_length(first.rate)
        self._hop, self._rows = self._length // 2, self._length // 2
        frames = round(claimed_s * first.rate / self._hop)
        self._pool = pool_for(frames, self._channels, self._rows)
        # Half a hop of silence in front: frame k is then centred on samples k·hop … (k+1)·hop.
        self._carry = np.zeros((self._channels, self._hop // 2), np.float32)
        self._frames = np.zeros((self._channels, 0, self._rows), np.uint8)
        self._base = np.zeros((self._channels, _LEVELS[0], self._rows), np.uint8)
        self._filled = 0
        self._columns = 0
        self._samples = 0
        layout = CacheLayout(
            _KIND,
            _VERSION,
            self._channels * _COLUMNS * self._rows,
            {
                "stream": stream_index,
                "channels": self._channels,
                "rate": first.rate,
                "start_s": first.start_s,
                "rows": self._rows,
                "column_samples": self._pool * self._hop,
            },
        )
        self._file = CacheWriter(path, layout)

    @property
    def held_bytes(self) -> int:
        """Memory held between calls, in bytes; it does not grow with the stream."""
        return self._carry.nbytes + self._frames.nbytes + self._base.nbytes

    def push(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples, float32 of shape (channels, n).

        Raises:
            KnownError: The disk is full or cannot be written.
        """
        self._samples += samples.shape[1]
        self._transform(samples)

    def _transform(self, samples: NDArray[np.float32]) -> None:
        joined = np.concatenate((self._carry, samples), axis=1)
        count = max((joined.shape[1] - self._length) // self._hop + 1, 0)
        self._carry = joined[:, count * self._hop :].copy()
        self._add(spectra_of(joined, self._length, self._hop))

    def _add(self, frames: NDArray[np.uint8]) -> None:
        frames = np.concatenate((self._frames, frames), axis=1)
        whole = frames.shape[1] // self._pool
        self._frames = frames[:, whole * self._pool :].copy()
        grouped = frames[:, : whole * self._pool]
        self._store(pooled(grouped, self._pool))

    def _store(self, columns: NDArray[np.uint8]) -> None:
        while columns.shape[1]:
            room = _LEVELS[0] - self._filled
            some, columns = columns[:, :room], columns[:, room:]
            self._base[:, self._filled : self._filled + some.shape[1]] = some
            self._filled += some.shape[1]
            self._columns += some.shape[1]
            if self._filled == _LEVELS[0]:
                self._write()

    def _write(self, samples: int | None = None) -> None:
        levels = [self._base]
        levels += [np.zeros(0, np.uint8)] * (len(_LEVELS) - 1)
        for level in range(1, len(_LEVELS)):
            levels[level] = pooled(levels[level - 1], _FACTOR)
        record = np.concatenate(levels, axis=1)
        reached = self._columns * self._pool * self._hop
        self._file.append(record, reached if samples is None else samples)
        self._filled = 0
        self._base[:] = 0

    def finish(self) -> None:
        """Write what is left and mark the file complete."""
        # Silence behind the end lets the last samples come into the middle of a window.
        self._transform(np.zeros((self._channels, self._length), np.float32))
        left = self._frames.shape[1]
        if left:
            padded = np.zeros((self._channels, self._pool, self._rows), np.uint8)
            padded[:, :left] = self._frames
            self._store(pooled(padded, self._pool))
        if self._filled:
            self._write(self._samples)
        self._file.finish(self._samples)

    def close(self) -> None:
        """Let go of the file; without `finish` it stays incomplete."""
        self._file.close()


class SpectrogramTiles:
    """A spectrogram that can be drawn while it is being built. For one thread.

    Attributes:
        channels: Number of channels.
        rate: Samples a second.
        start_s: When the first sample sounds, in seconds on the title's time line.
        bins: Frequencies stored, from 0 to half the sample rate.
        column_s: Seconds of a stored column of the finest level.
    """

    def __init__(self, reader: CacheReader) -> None:
        meta = reader.layout.meta
        self._reader = reader
        self._column_samples = int(meta["column_samples"])
        self.channels = int(meta["channels"])
        self.rate = int(meta["rate"])
        self.start_s = float(meta["start_s"])
        self.bins = int(meta["rows"])
        self.column_s = self._column_samples / self.rate

    @classmethod
    def open(cls, fingerprint: str, stream_index: int) -> SpectrogramTiles | None:
        """Open the spectrogram of a stream; None when there is none that can be used (yet)."""
        reader = open_cache(spectrogram_path(fingerprint, stream_index), _KIND, _VERSION)
        if reader is None or not _fits(reader.layout):
            return None
        return cls(reader)

    def refresh(self) -> bool:
        """Look what has been added; False when the file cannot be used any more: open again."""
        return self._reader.refresh()

    @property
    def filled_s(self) -> float:
        """How far it is computed, in seconds on the title's time line."""
        return self.start_s + self._reader.units / self.rate

    @property
    def complete(self) -> bool:
        """The whole stream is in it."""
        return self._reader.complete

    def is_coarse(self, start_s: float, end_s: float, columns: int) -> bool:
        """Whether a column is narrower than what is stored: read samples for such a view."""
        return (end_s - start_s) < columns * self.column_s

    def image(
        self,
        start_s: float,
        end_s: float,
        columns: int,
        rows: int,
        channel: int,
        logarithmic: bool = False,
    ) -> Image:
        """The picture of a view.

        Args:
            start_s: Left edge in seconds.
            end_s: Right edge.
            columns: Width, positive.
            rows: Height, positive.
            channel: Which channel, counted from 0.
            logarithmic: Rows at equal steps of pitch from 40 Hz, else of Hz from 0.

        Returns:
            uint8 of shape (rows, columns), highest frequency first, −120..0 dB as 0..255; and
            whether the column is computed, bool of shape (columns,); what is not is zero.
        """
        picture = np.zeros((rows, columns), np.uint8)
        first, last, level = self._ranges(start_s, end_s, columns)
        valid = last > first
        if valid.any():
            span = slice(int(first[valid].min()), int(last[valid].max()))
            stored = self._stored(level, span, channel)
            spectra = strongest(stored, first[valid] - span.start, last[valid] - span.start)
            scaled = scale_rows(spectra, RowScale(rows, self.rate, logarithmic))
            if valid.all():
                picture = scaled
            else:
                picture[:, valid] = scaled
        return picture, valid

    def _ranges(
        self, start_s: float, end_s: float, columns: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
        """First and last (exclusive) stored column of each picture column, and their level."""
        # Rounded, so that an edge meant to lie between two samples does not miss by 1e-9.
        edges = np.round((np.linspace(start_s, end_s, columns + 1) - self.start_s) * self.rate, 4)
        per_column = (end_s - start_s) * self.rate / columns
        level = 0
        while (
            level + 1 < len(_LEVELS) and self._column_samples * _FACTOR ** (level + 1) <= per_column
        ):
            level += 1
        size = self._column_samples * _FACTOR**level
        filled = -(-self._reader.units // size)
        first = np.floor(edges[:-1] / size).astype(np.int64)
        last = np.maximum(np.ceil(edges[1:] / size).astype(np.int64), first + 1)
        inside = (edges[:-1] < self._reader.units) & (edges[1:] > 0)
        first = np.maximum(first, 0)
        return first, np.where(inside, np.minimum(last, filled), first), level

    def _stored(self, level: int, span: slice, channel: int) -> NDArray[np.uint8]:
        """Columns of a level, uint8 of shape (n, bins)."""
        count = _LEVELS[level]
        records = slice(span.start // count, -(-span.stop // count))
        data = self._reader.data[records].reshape(-1, self.channels, _COLUMNS, self.bins)
        offset = sum(_LEVELS[:level])
        skipped = records.start * count
        chosen = np.empty((span.stop - span.start, self.bins), np.uint8)
        for number, record in enumerate(data):
            begin = skipped + number * count
            low, high = max(span.start, begin), min(span.stop, begin + count)
            part = record[channel, offset + low - begin : offset + high - begin]
            chosen[low - span.start : high - span.start] = part
        return chosen


def _fits(layout: CacheLayout) -> bool:
    meta = layout.meta
    if not {"channels", "rate", "start_s", "rows", "column_samples"} <= set(meta):
        return False
    channels, rows = int(meta["channels"]), int(meta["rows"])
    whole = layout.record_bytes == channels * _COLUMNS * rows
    return whole and channels > 0 and rows > 0 and int(meta["column_samples"]) > 0


def build_spectrogram(
    path: Path,
    stream: AudioStream,
    fingerprint: str,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    open_blocks: Callable[[], Iterable[AudioBlock]] | None = None,
) -> None:
    """Build the spectrogram of one stream, unless a complete one stands.

    Args:
        path: The media file.
        stream: Which sound.
        fingerprint: The title's.
        progress: Told a few times a second.
        cancel: Looked at for every block.
        open_blocks: Where the blocks come from instead of the file.

    Raises:
        KnownError: The file cannot be read, or the disk is full.
        CancelledError: It was cancelled.
    """
    if has_spectrogram(fingerprint, stream.index):
        return
    target = spectrogram_path(fingerprint, stream.index)
    claimed_s = float(stream.duration_pts * stream.base)
    feed_sinks(
        path,
        stream,
        [lambda first: SpectrogramWriter(target, stream.index, first, claimed_s)],
        "Computing the spectrogram",
        progress,
        cancel,
        open_blocks=open_blocks,
    )


def has_spectrogram(fingerprint: str, stream_index: int) -> bool:
    """Whether a complete spectrogram stands that can be used."""
    tiles = SpectrogramTiles.open(fingerprint, stream_index)
    return tiles is not None and tiles.complete
