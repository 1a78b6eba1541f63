"""Samples for views that are closer than the caches, read off the GUI thread; newest wins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.domain.errors import CancelledError, KnownError
from core.domain.title import AudioStream
from core.jobs.lane import Job, Lane
from core.jobs.progress import CancelToken
from core.media.audio import AudioReader

ReadSamples = Callable[[float, int], NDArray[np.float32]]
Work = Callable[[ReadSamples, CancelToken], object]


class DetailLoader(QObject):
    """Reads one sound stream in a thread of its own.

    `arrived` brings what the work returned to the GUI thread; work that was overtaken by newer
    work never arrives. `failed` brings a sentence when the file cannot be read.

    Args:
        path: The media file.
        stream: Which sound.
        parent: Qt parent.
    """

    arrived = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path, stream: AudioStream, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._stream = stream
        self._reader: AudioReader | None = None
        self._lane = Lane("sound-detail")

    def request(self, work: Work) -> None:
        """Do this next, instead of anything asked for before.

        Args:
            work: Called in the thread with a function that reads samples (start in s, count) →
                float32 (channels, count); its result arrives.
        """

        def run(token: CancelToken) -> object:
            if self._reader is None:
                self._reader = AudioReader(self._path, self._stream)
            return work(self._reader.read, token)

        self._lane.submit_newest(run, self._on_done)

    def _on_done(self, job: Job[object]) -> None:
        if job.token.cancelled or isinstance(job.error, CancelledError):
            return
        if isinstance(job.error, KnownError):
            self.failed.emit(job.error.sentence)
        elif job.error is None:
            self.arrived.emit(job.result())
        else:
            raise job.error

    def close(self) -> None:
        """Stop, close the file and join the thread; harmless when repeated."""
        self._lane.close()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
