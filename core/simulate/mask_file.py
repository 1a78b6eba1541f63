"""The file of damaged pixels beside a damaged title."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer

from core.simulate.picture_lane import Shown

_NO_FFV1 = (".mp4", ".mov", ".m4v")


class MaskFile:
    """Writes masks without loss; makes no file when there is none.

    Args:
        path: Where.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._container: OutputContainer | None = None
        self._stream: av.VideoStream | None = None

    @property
    def used(self) -> bool:
        """Whether anything was written."""
        return self._stream is not None

    def __enter__(self) -> MaskFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._container is None or self._stream is None:
            return
        try:
            if kind is None:
                for packet in self._stream.encode(None):
                    self._container.mux(packet)
        finally:
            self._container.close()

    def take(self, shown: Shown, frame: av.VideoFrame) -> None:
        """Write the mask of one picture at its time."""
        mask = shown.mask
        if mask is None:
            mask = np.zeros((frame.height, frame.width), np.uint8)
        if self._stream is None:
            self._stream = self._open(frame)
        assert self._container is not None
        grey = av.VideoFrame.from_ndarray(np.ascontiguousarray(mask), "gray")
        grey.pts, grey.time_base, grey.duration = frame.pts, frame.time_base, frame.duration
        for packet in self._stream.encode(grey):
            self._container.mux(packet)

    def _open(self, frame: av.VideoFrame) -> av.VideoStream:
        plain = self._path.suffix.lower() not in _NO_FFV1
        base = Fraction(frame.time_base or 1)
        options = {"fflags": "+bitexact"}
        if not plain:
            options |= {
                "movie_timescale": str(base.denominator),
                "video_track_timescale": str(base.denominator),
            }
        self._container = av.open(f"file:{self._path.absolute()}", "w", container_options=options)
        settings = {"level": "3", "g": "1"} if plain else {"qp": "0"}
        stream = self._container.add_stream(
            "ffv1" if plain else "libx264", rate=25, options=settings
        )
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = frame.width, frame.height
        stream.pix_fmt = "gray"
        stream.time_base = stream.codec_context.time_base = base
        stream.thread_count = 1
        stream.codec_context.flags |= Flags.bitexact
        return stream
