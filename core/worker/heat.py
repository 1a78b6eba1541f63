"""The heat map of any frame, computed when somebody looks at it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.heat import HeatMap, as_heat
from core.jobs.progress import CancelToken
from core.jobs.request import HeatRequest, HeatResult
from core.media.probe import probe
from core.media.reader import VideoReader

_BEHIND_BYTES = 64 << 20

_Place = tuple[Path, int, int, int]
"""A file as it was when it was opened, and the stream."""


class Answer(Protocol):
    """What the network says of a picture."""

    @property
    def map(self) -> NDArray[np.float32]:
        """Probability of corruption, 0..1, of each cell, shape (rows, columns)."""


class Eye(Protocol):
    """Whoever looks at pictures: the network, or what stands for it in a test."""

    def see(self, rgb: NDArray[np.uint8]) -> Answer:
        """Look at a picture of shape (height, width, 3), as it is coded."""


def _network() -> Eye:
    runtime: Eye = import_module("core.models.shared_runtime").shared_runtime()
    return runtime


class HeatMaker:
    """Looks at frames, one request at a time.

    The title looked at last stays open and the network loaded, because who steps through frames
    asks for the next one soon.

    Args:
        open_eye: Gives what looks; asked once.
    """

    def __init__(self, open_eye: Callable[[], Eye] = _network) -> None:
        self._open_eye = open_eye
        self._eye: Eye | None = None
        self._place: _Place | None = None
        self._reader: VideoReader | None = None
        self._turn = threading.Lock()

    def make(self, request: HeatRequest, cancel: CancelToken) -> HeatResult:
        """The map of the frame that is on screen at the request's PTS.

        Raises:
            KnownError: The file cannot be read, or there are no weights.
            CancelledError: `cancel` was raised.
        """
        with self._turn:
            cancel.check()
            if self._eye is None:
                self._eye = self._open_eye()
            frame = self._reader_of(request).frame_at(request.pts)
            cancel.check()
            values = as_heat(self._eye.see(frame.rgb_stored()).map)
            return HeatResult(HeatMap(frame.pts, frame.base, values, frame.width, frame.height))

    def close(self) -> None:
        """Let go of the file; the next request opens it again."""
        if self._reader is not None:
            self._reader.close()
        self._reader = self._place = None

    def _reader_of(self, request: HeatRequest) -> VideoReader:
        place = _place_of(request)
        if self._reader is None or place != self._place:
            self.close()
            self._reader, self._place = _open(request), place
        return self._reader


def _place_of(request: HeatRequest) -> _Place:
    try:
        found = request.path.stat()
    except OSError as error:
        raise KnownError(f"{request.path.name} cannot be read.", str(error)) from error
    return request.path, found.st_mtime_ns, found.st_size, request.stream


def _open(request: HeatRequest) -> VideoReader:
    for stream in probe(request.path).video:
        if stream.index == request.stream:
            return VideoReader(request.path, stream, behind_bytes=_BEHIND_BYTES)
    raise KnownError(f"{request.path.name} has no picture stream {request.stream}.")
