"""One decode of one sound stream that feeds any number of cache writers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.media import AudioBlock
from core.domain.title import AudioStream
from core.jobs.progress import CancelToken, ProgressMeter, ProgressSink, ignore_progress
from core.media.audio import AudioReader
from core.media.sample_run import SampleRun, runs_of

_SLACK = 1.1
_SLACK_S = 60.0


class SoundSink(Protocol):
    """Takes the samples of a stream in order and keeps what it makes of them."""

    def push(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples, float32 of shape (channels, n)."""

    def finish(self) -> None:
        """There are no more samples."""

    def close(self) -> None:
        """Let go of everything, finished or not."""


def feed_sinks(
    path: Path,
    stream: AudioStream,
    sinks: Sequence[Callable[[SampleRun], SoundSink]],
    stage: str,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    open_blocks: Callable[[], Iterable[AudioBlock]] | None = None,
) -> None:
    """Decode a stream once, for all sinks; memory does not grow with its length.

    A stream without a single sample makes complete, empty caches.

    Args:
        path: The media file.
        stream: Which sound.
        sinks: Each makes a sink when the first samples say rate, channels and start.
        stage: What progress says is happening.
        progress: Told a few times a second.
        cancel: Looked at for every block.
        open_blocks: Where the blocks come from instead of the file.

    Raises:
        KnownError: The file cannot be read, or the disk is full.
        CancelledError: It was cancelled.
    """
    token = cancel or CancelToken()
    claimed_s = float(stream.duration_pts * stream.base)
    meter = ProgressMeter(progress, claimed_s, stage)
    position = 0
    with ExitStack() as stack:
        if open_blocks is None:
            blocks: Iterable[AudioBlock] = stack.enter_context(AudioReader(path, stream)).blocks()
        else:
            blocks = open_blocks()
        opened: list[SoundSink] = []
        token.check()
        for run in runs_of(blocks, claimed_s * _SLACK + _SLACK_S if claimed_s > 0 else 0.0):
            token.check()
            if not opened:
                for make in sinks:
                    opened.append(make(run))
                    stack.callback(opened[-1].close)
            for sink in opened:
                sink.push(run.samples)
            position = run.end
            meter.update(position / run.rate)
        if not opened:
            nothing = np.zeros((max(stream.channels, 1), 0), np.float32)
            start_s = float(stream.start_pts * stream.base)
            for make in sinks:
                opened.append(make(SampleRun(start_s, stream.sample_rate or 48000, 0, nothing)))
                stack.callback(opened[-1].close)
        for sink in opened:
            sink.finish()
    meter.update(max(claimed_s, 0.0), force=True)
