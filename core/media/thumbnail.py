"""Thumbnails of a picture stream: small pictures of key frames, a few seconds apart.

Only key frames are decoded, and only those that are kept are sought, so a two-hour title costs
some 1,500 seeks instead of 180,000 pictures. Clips of half a minute are decoded whole, because
they may hold no more than one key frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import MediaTime
from core.domain.title import VideoStream
from core.jobs.progress import CancelToken, ProgressMeter, ProgressSink, ignore_progress
from core.media.cache_file import CacheLayout, CacheReader, CacheWriter, cache_path, open_cache
from core.media.frame import VideoFrame
from core.media.reader import VideoReader
from core.media.source import open_container, stream_of

MOST = 1500
BOX = (128, 72)
_KIND = "thumbnail"
_VERSION = 1
_CLOSEST_S = 2.0
_CLOSEST_SHORT_S = 0.5
_SHORT_S = 30.0
_PTS_BYTES = 8


def thumbnail_path(fingerprint: str, stream_index: int) -> Path:
    """Where the thumbnails of a stream lie."""
    return cache_path(fingerprint, f"{_KIND}-{stream_index}")


def thumbnail_size(stream: VideoStream) -> tuple[int, int]:
    """Width and height of a stream's thumbnails: as it shows, inside 128 x 72."""
    width, height = stream.display_size
    scale = min(BOX[0] / max(width, 1), BOX[1] / max(height, 1))
    return max(round(width * scale), 1), max(round(height * scale), 1)


class ThumbnailStrip:
    """Thumbnails that can be shown while they are being made. For one thread.

    Attributes:
        width: Width of each in pixels.
        height: Height of each.
    """

    def __init__(self, reader: CacheReader) -> None:
        meta = reader.layout.meta
        self._reader = reader
        self.width = int(meta["width"])
        self.height = int(meta["height"])
        self._base = Fraction(int(meta["numerator"]), int(meta["denominator"]))
        self._seconds = self._read_seconds()

    @classmethod
    def open(cls, fingerprint: str, stream_index: int) -> ThumbnailStrip | None:
        """Open the thumbnails of a stream; None when there are none that can be used (yet)."""
        reader = open_cache(thumbnail_path(fingerprint, stream_index), _KIND, _VERSION)
        if reader is None or not _fits(reader.layout):
            return None
        return cls(reader)

    def refresh(self) -> bool:
        """Look what has been added; False when the file cannot be used any more: open again."""
        usable = self._reader.refresh()
        if len(self._seconds) != self._reader.records:
            self._seconds = self._read_seconds()
        return usable

    def _read_seconds(self) -> NDArray[np.float64]:
        stamps = np.ascontiguousarray(self._reader.data[:, :_PTS_BYTES]).view(np.int64).ravel()
        return np.asarray(stamps * float(self._base), np.float64)

    @property
    def seconds(self) -> NDArray[np.float64]:
        """When each thumbnail shows, in seconds on the title's time line, rising."""
        return self._seconds

    @property
    def filled_s(self) -> float:
        """How far they are made, in seconds on the title's time line."""
        return float(self._seconds[-1]) if len(self._seconds) else 0.0

    @property
    def complete(self) -> bool:
        """All are made."""
        return self._reader.complete

    def nearest(self, seconds: float) -> tuple[float, NDArray[np.uint8]] | None:
        """The thumbnail nearest to a time.

        Returns:
            When it shows, in seconds, and the picture, uint8 (height, width, 3) RGB, read-only;
            None when there is none.
        """
        if not len(self._seconds):
            return None
        right = int(np.searchsorted(self._seconds, seconds))
        around = [n for n in (right - 1, right) if 0 <= n < len(self._seconds)]
        number = min(around, key=lambda n: abs(float(self._seconds[n]) - seconds))
        picture = self._reader.data[number, _PTS_BYTES:].reshape(self.height, self.width, 3)
        return float(self._seconds[number]), picture


def _fits(layout: CacheLayout) -> bool:
    meta = layout.meta
    if not {"width", "height", "numerator", "denominator"} <= set(meta):
        return False
    size = int(meta["width"]) * int(meta["height"]) * 3
    positive = size > 0 and int(meta["numerator"]) > 0 and int(meta["denominator"]) > 0
    return positive and layout.record_bytes == _PTS_BYTES + size


def has_thumbnails(fingerprint: str, stream_index: int) -> bool:
    """Whether a complete set of thumbnails stands that can be used."""
    strip = ThumbnailStrip.open(fingerprint, stream_index)
    return strip is not None and strip.complete


def build_thumbnails(
    path: Path,
    stream: VideoStream,
    fingerprint: str,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Make the thumbnails of a picture stream, unless a complete set stands.

    Args:
        path: The media file.
        stream: Which picture.
        fingerprint: The title's.
        progress: Told a few times a second.
        cancel: Looked at for every picture.

    Raises:
        KnownError: The file cannot be opened, or the disk is full.
        CancelledError: It was cancelled.
    """
    if has_thumbnails(fingerprint, stream.index):
        return
    token = cancel or CancelToken()
    width, height = thumbnail_size(stream)
    layout = CacheLayout(
        _KIND,
        _VERSION,
        _PTS_BYTES + width * height * 3,
        {
            "width": width,
            "height": height,
            "numerator": stream.base.numerator,
            "denominator": stream.base.denominator,
        },
    )
    duration_s = max(float(stream.duration_pts * stream.base), 0.0)
    meter = ProgressMeter(progress, duration_s, "Making thumbnails")
    target = thumbnail_path(fingerprint, stream.index)
    token.check()
    with open_container(path) as container, CacheWriter(target, layout) as writer:
        made = 0
        for frame in _pictures(container, path, stream, duration_s, token):
            stamp = np.array([frame.pts], np.int64).tobytes()
            made += 1
            writer.append(stamp + frame.rgb(width, height).tobytes(), made)
            meter.update(float((frame.pts - stream.start_pts) * stream.base))
            if made == MOST:
                break
        writer.finish(made)
    meter.update(duration_s, force=True)


def _pictures(
    container: InputContainer,
    path: Path,
    stream: VideoStream,
    duration_s: float,
    token: CancelToken,
) -> Iterator[VideoFrame]:
    """The pictures to keep, in rising order of PTS; what cannot be decoded is left out."""
    av_stream = stream_of(container, stream.index, av.VideoStream, path)
    av_stream.thread_type = "SLICE"  # Frame threads would decode several pictures to give one.
    short = 0 < duration_s <= _SHORT_S
    closest_s = max(_CLOSEST_SHORT_S if short else _CLOSEST_S, duration_s / MOST)
    step = max(ceil(Fraction(closest_s) / stream.base), 1)
    last: int | None = None
    if not short:
        av_stream.codec_context.skip_frame = "NONKEY"
        for frame in _by_seeking(container, av_stream, stream, step, token):
            last = frame.pts
            yield frame
    end = stream.start_pts + stream.duration_pts
    if last is None or last + max(2 * step, int(30 / stream.base)) < end:
        # Short, or the container cannot be sought in, or not all the way: read what is left.
        for frame in _in_order(container, av_stream, stream, step, last, token):
            last = frame.pts
            yield frame
    if last is None:
        yield from _without_stamps(path, stream, step, token)


def _by_seeking(
    container: InputContainer,
    av_stream: av.VideoStream,
    stream: VideoStream,
    step: int,
    token: CancelToken,
) -> Iterator[VideoFrame]:
    target = stream.start_pts
    last: int | None = None
    while True:
        token.check()
        try:
            container.seek(target, stream=av_stream, backward=False)
            raw = next(container.decode(av_stream), None)
        except FFmpegError:
            return
        pts: int | None = None if raw is None else raw.pts
        if raw is None or pts is None or (last is not None and pts <= last):
            return
        last = pts
        yield _frame(raw, stream)
        target = pts + step


def _in_order(
    container: InputContainer,
    av_stream: av.VideoStream,
    stream: VideoStream,
    step: int,
    last: int | None,
    token: CancelToken,
) -> Iterator[VideoFrame]:
    try:
        container.seek(stream.start_pts if last is None else last, stream=av_stream)
        for raw in container.decode(av_stream):
            token.check()
            pts: int | None = raw.pts
            if pts is not None and (last is None or pts >= last + step):
                last = pts
                yield _frame(raw, stream)
    except FFmpegError:
        return


def _without_stamps(
    path: Path, stream: VideoStream, step: int, token: CancelToken
) -> Iterator[VideoFrame]:
    """Raw streams have no time stamps; the reader counts their pictures, so all are decoded."""
    last: int | None = None
    try:
        with VideoReader(path, stream) as reader:
            for frame in reader.frames():
                token.check()
                if last is None or frame.pts >= last + step:
                    last = frame.pts
                    yield frame
    except KnownError:
        return  # A stream without a picture has no thumbnails; the player says what is wrong.


def _frame(raw: av.VideoFrame, stream: VideoStream) -> VideoFrame:
    pts = raw.pts or 0
    if raw.time_base is not None and raw.time_base != stream.base:
        pts = MediaTime(pts, raw.time_base).to(stream.base).pts
    return VideoFrame(
        raw,
        stream=stream.index,
        pts=pts,
        end_pts=pts,
        base=stream.base,
        rotation=stream.rotation,
    )
