"""A streaming loudness meter after EBU R128, on FFmpeg's own filter and resampler."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from typing import NamedTuple

import av
import numpy as np
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NoMore
from av.filter import Graph
from av.filter.context import FilterContext
from numpy.typing import NDArray

from core.media.layout import layout_name

_STEPS_A_SECOND = 10
_TRUE_PEAK_HZ = 192_000
_LOWEST_LUFS = -120.0


class Loudness(NamedTuple):
    """What was measured over 100 ms.

    Attributes:
        first: First sample, counted from the first that the meter was given.
        momentary: Loudness of the 400 ms that end here, in LUFS.
        short_term: Loudness of the 3 s that end here, in LUFS.
        true_peak: Highest true peak within these 100 ms, linear, of any channel.
        sample_peak: Largest sample within them, linear, of any channel.
    """

    first: int
    momentary: float
    short_term: float
    true_peak: float
    sample_peak: float


class LoudnessMeter:
    """Feed sound in order, then `finish`.

    Momentary and short-term loudness (EBU Tech 3341) are those of FFmpeg's `ebur128`; before 400 ms
    and 3 s have passed they count what is missing as silence. True peaks (ITU-R BS.1770 annex 2)
    are taken after FFmpeg's resampler has made four times as many samples (fewer above 48 kHz).

    Args:
        layout: FFmpeg's name of the channel layout; may be empty.
        channels: How many there are.
        rate: Samples a second.
    """

    def __init__(self, layout: str, channels: int, rate: int) -> None:
        self.step = max(rate // _STEPS_A_SECOND, 1)
        self._rate = rate
        self._layout = av.AudioLayout(layout_name(layout, channels))
        self._graph, self._input, self._output = _graph(self._layout.name, rate)
        self._times = max(min(_TRUE_PEAK_HZ // rate, 4), 1)
        self._resampler = av.AudioResampler("flt", self._layout, rate * self._times)
        self._levels: list[tuple[float, float]] = []
        self._last = (_LOWEST_LUFS, _LOWEST_LUFS)
        self._peaks = _StepPeaks(self.step * self._times)
        self._samples = _StepPeaks(self.step)
        self._fed = self._given = 0

    def feed(self, samples: NDArray[np.float32]) -> list[Loudness]:
        """Take samples, shape (channels, n); the steps that are complete now."""
        if samples.shape[1] == 0:
            return []
        packed = np.ascontiguousarray(samples.T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=self._layout)
        frame.sample_rate = self._rate
        frame.pts = self._fed
        frame.time_base = Fraction(1, self._rate)
        self._fed += samples.shape[1]
        self._input.push(frame)
        self._levels += self._pull()
        self._samples.add(packed.reshape(-1, len(samples)))
        if self._times > 1:
            self._resample(frame)
        else:
            self._peaks.add(packed.reshape(-1, len(samples)))
        return self._take(min(len(self._levels), len(self._peaks.done), len(self._samples.done)))

    def finish(self) -> list[Loudness]:
        """The rest; a last step that is not full has the loudness of the one before."""
        if self._fed and self._times > 1:
            self._resample(None)
        self._peaks.close()
        self._samples.close()
        steps = -(-(self._fed - self._given * self.step) // self.step)
        last = self._levels[-1] if self._levels else self._last
        self._levels += [last] * (steps - len(self._levels))
        self._peaks.done += [0.0] * (steps - len(self._peaks.done))
        return self._take(steps)

    def _resample(self, frame: av.AudioFrame | None) -> None:
        for finer in self._resampler.resample(frame):
            samples = finer.to_ndarray().reshape(-1, self._layout.nb_channels)
            self._peaks.add(np.asarray(samples, np.float32))

    def _pull(self) -> Iterator[tuple[float, float]]:
        while True:
            try:
                frame = self._output.pull()
            except (NothingYet, NoMore):
                return
            said = frame.metadata
            if "lavfi.r128.M" in said:
                yield _lufs(said["lavfi.r128.M"]), _lufs(said["lavfi.r128.S"])

    def _take(self, steps: int) -> list[Loudness]:
        taken = [
            Loudness(
                (self._given + i) * self.step,
                *self._levels[i],
                self._peaks.done[i],
                self._samples.done[i],
            )
            for i in range(steps)
        ]
        self._last = self._levels[steps - 1] if steps else self._last
        del self._levels[:steps], self._peaks.done[:steps], self._samples.done[:steps]
        self._given += steps
        return taken


def _lufs(said: str) -> float:
    """What FFmpeg says; after sound ends, rounding may leave it a power below none."""
    value = float(said)
    return max(value, _LOWEST_LUFS) if isfinite(value) else _LOWEST_LUFS


class _StepPeaks:
    """Largest magnitude in each step of a stream of samples."""

    def __init__(self, step: int) -> None:
        self.done: list[float] = []
        self._step = step
        self._open = 0
        self._highest = 0.0

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take samples, shape (n, channels)."""
        at = 0
        while at < len(samples):
            part = samples[at : at + self._step - self._open]
            self._highest = max(self._highest, float(part.max()), -float(part.min()))
            self._open += len(part)
            at += len(part)
            if self._open == self._step:
                self.close()

    def close(self) -> None:
        """End the step that is open."""
        if self._open:
            self.done.append(self._highest)
        self._open, self._highest = 0, 0.0


def _graph(layout: str, rate: int) -> tuple[Graph, FilterContext, FilterContext]:
    graph = Graph()
    source = graph.add(
        "abuffer",
        f"sample_rate={rate}:sample_fmt=flt:channel_layout={layout}:time_base=1/{rate}",
    )
    meter = graph.add("ebur128", "metadata=1:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    return graph, source, sink
