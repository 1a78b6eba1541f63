"""Min/max pyramid of a sound stream: what a waveform at any zoom is drawn from.

Level 0 keeps the smallest and the largest sample of each bucket of 256, each further level of
four buckets of the one below, up to 2^20 samples, which make one record of the cache file. Values
are float16: rounding keeps order, so the extremes of rounded samples are the rounded extremes,
-120 dBFS and overs above full scale are both kept, and two hours of stereo take 15 MB.
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

BUCKET = 256
_KIND = "waveform"
_VERSION = 2
_FACTOR = 4
_RECORD_SAMPLES = 1 << 20
_LEVELS = tuple(_RECORD_SAMPLES // BUCKET // _FACTOR**level for level in range(7))
_BUCKETS = sum(_LEVELS)
_FINEST_PER_COLUMN = 2

Extremes = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]


def waveform_path(fingerprint: str, stream_index: int) -> Path:
    """Where the waveform of a stream lies."""
    return cache_path(fingerprint, f"{_KIND}-{stream_index}")


class WaveformWriter:
    """Turns samples into a pyramid, record by record.

    It holds one record of results and at most 255 samples, however long the stream is.

    Args:
        path: The cache file.
        stream_index: Container index, kept in the file.
        first: The first run, for rate, channels and start.
    """

    def __init__(self, path: Path, stream_index: int, first: SampleRun) -> None:
        self._channels = first.samples.shape[0]
        self._carry = np.zeros((self._channels, 0), np.float32)
        self._base = np.zeros((self._channels, _LEVELS[0], 2), np.float16)
        self._filled = 0
        self._samples = 0
        layout = CacheLayout(
            _KIND,
            _VERSION,
            self._channels * _BUCKETS * 4,
            {
                "stream": stream_index,
                "channels": self._channels,
                "rate": first.rate,
                "start_s": first.start_s,
            },
        )
        self._file = CacheWriter(path, layout)

    @property
    def held_bytes(self) -> int:
        """Memory held between calls, in bytes; it does not grow with the stream."""
        return self._carry.nbytes + self._base.nbytes

    def push(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples, float32 of shape (channels, n).

        Raises:
            KnownError: The disk is full or cannot be written.
        """
        self._samples += samples.shape[1]
        if self._carry.shape[1]:
            samples = np.concatenate((self._carry, samples), axis=1)
        whole = samples.shape[1] // BUCKET
        self._carry = samples[:, whole * BUCKET :].copy()
        self._add(samples[:, : whole * BUCKET].reshape(self._channels, whole, BUCKET))

    def _add(self, buckets: NDArray[np.float32]) -> None:
        while buckets.shape[1]:
            room = _LEVELS[0] - self._filled
            some, buckets = buckets[:, :room], buckets[:, room:]
            target = self._base[:, self._filled : self._filled + some.shape[1]]
            target[..., 0] = some.min(axis=2)
            target[..., 1] = some.max(axis=2)
            self._filled += some.shape[1]
            if self._filled == _LEVELS[0]:
                self._write(self._samples - self._carry.shape[1] - buckets.shape[1] * BUCKET)

    def _write(self, units: int) -> None:
        levels = [self._base]
        for count in _LEVELS[1:]:
            below = levels[-1].reshape(self._channels, count, _FACTOR, 2)
            # The empty end of the last record is zeros; buckets past the end are never shown.
            lows, highs = below[..., 0].min(axis=2), below[..., 1].max(axis=2)
            levels.append(np.stack((lows, highs), axis=2))
        self._file.append(np.concatenate(levels, axis=1), units)
        self._filled = 0
        self._base[:] = 0

    def finish(self) -> None:
        """Write what is left and mark the file complete."""
        if self._carry.shape[1]:
            self._add(self._carry[:, None, :])
        if self._filled:
            # Repeat the last bucket, so that the coarse buckets at the end hold no false zeros.
            self._base[:, self._filled :] = self._base[:, self._filled - 1 : self._filled]
            self._write(self._samples)
        self._file.finish(self._samples)

    def close(self) -> None:
        """Let go of the file; without `finish` it stays incomplete."""
        self._file.close()


class WaveformPyramid:
    """A waveform that can be drawn while it is being built. For one thread.

    Attributes:
        channels: Number of channels.
        rate: Samples a second.
        start_s: When the first sample sounds, in seconds on the title's time line.
    """

    def __init__(self, reader: CacheReader) -> None:
        meta = reader.layout.meta
        self._reader = reader
        self.channels = int(meta["channels"])
        self.rate = int(meta["rate"])
        self.start_s = float(meta["start_s"])

    @classmethod
    def open(cls, fingerprint: str, stream_index: int) -> WaveformPyramid | None:
        """Open the waveform of a stream; None when there is none that can be used (yet)."""
        reader = open_cache(waveform_path(fingerprint, stream_index), _KIND, _VERSION)
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
        """Whether a column covers less than two buckets: read samples for such a view."""
        return (end_s - start_s) * self.rate < columns * BUCKET * _FINEST_PER_COLUMN

    def min_max(self, start_s: float, end_s: float, columns: int) -> Extremes:
        """The extremes of each column of a view.

        A column takes in every bucket that it touches, so no peak is missed, and one is at most
        half a column early or late as long as the view is not coarse (`is_coarse`).

        Args:
            start_s: Left edge in seconds.
            end_s: Right edge.
            columns: Number of columns, positive.

        Returns:
            Smallest and largest samples, float32 of shape (channels, columns), and whether the
            column is computed, bool of shape (columns,); what is not computed is zero.
        """
        lows = np.zeros((self.channels, columns), np.float32)
        highs = np.zeros((self.channels, columns), np.float32)
        first, last, level = self._ranges(start_s, end_s, columns)
        valid = last > first
        if valid.any():
            span = slice(int(first[valid].min()), int(last[valid].max()))
            buckets = self._buckets(level, span)
            index = np.stack((first[valid], last[valid]), axis=1).ravel() - span.start
            lows[:, valid] = np.minimum.reduceat(buckets[..., 0], index, axis=1)[:, ::2]
            highs[:, valid] = np.maximum.reduceat(buckets[..., 1], index, axis=1)[:, ::2]
        return lows, highs, valid

    def _ranges(
        self, start_s: float, end_s: float, columns: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
        """First and last (exclusive) bucket of each column, and the level they are of."""
        # Rounded, so that an edge meant to lie between two samples does not miss by 1e-9.
        edges = np.round((np.linspace(start_s, end_s, columns + 1) - self.start_s) * self.rate, 4)
        per_column = max((end_s - start_s) * self.rate / columns / _FINEST_PER_COLUMN, 1.0)
        level = 0
        while level + 1 < len(_LEVELS) and BUCKET * _FACTOR ** (level + 1) <= per_column:
            level += 1
        size = BUCKET * _FACTOR**level
        filled = -(-self._reader.units // size)
        first = np.floor(edges[:-1] / size).astype(np.int64)
        last = np.maximum(np.ceil(edges[1:] / size).astype(np.int64), first + 1)
        # An instant is inside only when a sample sounds there, not merely a bucket's empty end.
        inside = (edges[:-1] < self._reader.units) & (edges[1:] > 0)
        first = np.maximum(first, 0)
        return first, np.where(inside, np.minimum(last, filled), first), level

    def _buckets(self, level: int, span: slice) -> NDArray[np.float32]:
        """Buckets of a level, float32 of shape (channels, n + 1, 2); the last is padding."""
        count = _LEVELS[level]
        records = slice(span.start // count, -(-span.stop // count))
        offset = sum(_LEVELS[:level]) * 4
        shape = (self.channels, -1, 2)
        stored = self._reader.data[records].reshape(-1, self.channels, _BUCKETS * 4)
        part = np.ascontiguousarray(stored[:, :, offset : offset + count * 4].transpose(1, 0, 2))
        values = part.view(np.float16).reshape(shape)
        skipped = records.start * count
        chosen = values[:, span.start - skipped : span.stop - skipped]
        padded = np.zeros((self.channels, chosen.shape[1] + 1, 2), np.float32)
        padded[:, :-1] = chosen
        return padded


def _fits(layout: CacheLayout) -> bool:
    meta = layout.meta
    if not {"channels", "rate", "start_s"} <= set(meta):
        return False
    channels, rate = int(meta["channels"]), int(meta["rate"])
    return channels > 0 and rate > 0 and layout.record_bytes == channels * _BUCKETS * 4


def sample_min_max(samples: NDArray[np.float32], columns: int) -> Extremes:
    """The extremes of each column straight from samples, for views that are deeper than buckets.

    Args:
        samples: float32, shape (channels, n), evenly spread over the view.
        columns: Number of columns, positive.

    Returns:
        As `WaveformPyramid.min_max`; with less than a sample a column, columns share samples.
    """
    channels, count = samples.shape
    if count == 0:
        nothing = np.zeros((channels, columns), np.float32)
        return nothing, nothing.copy(), np.zeros(columns, np.bool_)
    edges = np.arange(columns + 1) * (count / columns)
    first = np.minimum(np.floor(edges[:-1]).astype(np.int64), count - 1)
    last = np.clip(np.ceil(edges[1:]).astype(np.int64), first + 1, count)
    padded = np.concatenate((samples, np.zeros((channels, 1), np.float32)), axis=1)
    index = np.stack((first, last), axis=1).ravel()
    lows = np.minimum.reduceat(padded, index, axis=1)[:, ::2]
    highs = np.maximum.reduceat(padded, index, axis=1)[:, ::2]
    return lows, highs, np.ones(columns, np.bool_)


def build_waveform(
    path: Path,
    stream: AudioStream,
    fingerprint: str,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    open_blocks: Callable[[], Iterable[AudioBlock]] | None = None,
) -> None:
    """Build the waveform of one stream, unless a complete one stands.

    To build waveform and spectrogram together use `core.media.sound_cache.build_sound`, which
    decodes once for both.

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
    if has_waveform(fingerprint, stream.index):
        return
    target = waveform_path(fingerprint, stream.index)
    feed_sinks(
        path,
        stream,
        [lambda first: WaveformWriter(target, stream.index, first)],
        "Computing the waveform",
        progress,
        cancel,
        open_blocks=open_blocks,
    )


def has_waveform(fingerprint: str, stream_index: int) -> bool:
    """Whether a complete waveform stands that can be used."""
    pyramid = WaveformPyramid.open(fingerprint, stream_index)
    return pyramid is not None and pyramid.complete
