"""Time stretching that keeps the pitch (FFmpeg's `atempo`, a WSOLA), with resampling if needed."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from core.domain.errors import KnownError

SLOWEST = 0.5
FASTEST = 2.0


class TimeStretch:
    """Turns a stream of samples into one that lasts `1 / speed` times as long.

    Args:
        channels: Channels of input and output.
        rate: Samples a second of the input.
        speed: 0.5 to 2; 1 leaves the tempo alone.
        rate_out: Samples a second of the output; None means `rate`.

    Raises:
        ValueError: The speed is outside 0.5 to 2.
        KnownError: There is no filter for this number of channels.
    """

    def __init__(self, channels: int, rate: int, speed: float, rate_out: int | None = None) -> None:
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError(f"speed must lie in {SLOWEST}..{FASTEST}, got {speed}")
        self._channels = channels
        self._rate = rate
        self._pts = 0
        self._layout = f"{channels}c" if channels > 2 else ("mono", "stereo")[channels - 1]
        self._graph = self._build(speed, rate_out or rate)

    def _build(self, speed: float, rate_out: int) -> Graph:
        graph = Graph()
        try:
            source = graph.add_abuffer(
                sample_rate=self._rate,
                format="flt",
                layout=self._layout,
                time_base=Fraction(1, self._rate),
            )
            chain = [source]
            if speed != 1.0:
                chain.append(graph.add("atempo", f"{speed:.6f}"))
            if rate_out != self._rate:
                chain.append(graph.add("aresample", str(rate_out)))
            chain.append(graph.add("aformat", "sample_fmts=flt"))
            chain.append(graph.add("abuffersink"))
            graph.link_nodes(*chain).configure()
        except (av.error.FFmpegError, ValueError) as error:
            raise KnownError(
                f"Sound with {self._channels} channels cannot be stretched.", str(error)
            ) from error
        return graph

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Put samples in, take out what is ready.

        Args:
            samples: float32, shape (channels, n).

        Returns:
            float32, shape (channels, m); m may be 0, because the filter looks ahead.
        """
        if samples.shape[1]:
            # Packed, because planar frames of more than seven channels cannot be made from arrays.
            packed = np.ascontiguousarray(samples.T).reshape(1, -1)
            frame = AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
            frame.sample_rate = self._rate
            frame.pts = self._pts
            frame.time_base = Fraction(1, self._rate)
            self._pts += samples.shape[1]
            self._graph.push(frame)
        return self._drain()

    def flush(self) -> NDArray[np.float32]:
        """Say that no more comes, take out the rest; nothing may be pushed after it."""
        self._graph.push(None)
        return self._drain()

    def _drain(self) -> NDArray[np.float32]:
        parts: list[NDArray[np.float32]] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            if isinstance(frame, AudioFrame):
                packed = np.asarray(frame.to_ndarray(), np.float32)
                parts.append(packed.reshape(-1, self._channels).T)
        if not parts:
            return np.zeros((self._channels, 0), np.float32)
        return np.ascontiguousarray(np.concatenate(parts, axis=1), dtype=np.float32)
