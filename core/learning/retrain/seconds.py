"""Seconds of judged stretches of sound, as the detector heard them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.sample import Sample
from core.domain.time import Span
from core.domain.title import AudioStream
from core.learning.snapshot.media import OpenSample
from core.media.audio import AudioReader
from core.media.probe import probe

SECOND_S = 1.0
_MOST_CHANNELS = 2
_QUIETEST = 10.0 ** (-70.0 / 20.0)


@dataclass(frozen=True, slots=True, eq=False)
class JudgedSecond:
    """One second of one channel of a judged stretch.

    Attributes:
        number: Of the stretch among those that were asked for.
        sample: The stretch.
        sound: Shape (n,), full scale ±1.
        rate: Samples a second.
    """

    number: int
    sample: Sample
    sound: NDArray[np.float32]
    rate: int


def seconds_over(path: Path, count: int) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Seconds spread evenly over a file's first sound; fewer where it cannot be read.

    Args:
        path: A media file, maybe a damaged one.
        count: How many seconds at most; each gives up to two channels.

    Yields:
        A channel's second, shape (n,), and its samples a second.
    """
    with suppress(KnownError):
        title = probe(path)
        for stream in title.audio[:1]:
            first = float(title.start.seconds)
            whole = Span.from_seconds(first, first + title.duration_s, stream.base)
            for start in _starts(whole, count, first, first + title.duration_s):
                for sound in _channels(path, stream, start):
                    yield sound, stream.sample_rate


def _channels(path: Path, stream: AudioStream, start_s: float) -> Iterator[NDArray[np.float32]]:
    """The second that begins there, a channel each; none where it is too short or too quiet."""
    with AudioReader(path, stream) as reader:
        span = Span.from_seconds(start_s, start_s + SECOND_S, stream.base)
        blocks = [block.samples[:_MOST_CHANNELS] for block in reader.blocks(span)]
    whole = np.concatenate(blocks, axis=1) if blocks else np.zeros((0, 0))
    size = round(SECOND_S * stream.sample_rate)
    if whole.shape[1] < size // 2:
        return
    for channel in np.nan_to_num(whole).astype(np.float32):
        sound = np.resize(channel, size)
        if float(np.sqrt(np.mean(sound**2))) >= _QUIETEST:
            yield sound


def judged_seconds(
    samples: Sequence[OpenSample], count: int, check: Callable[[], None]
) -> Iterator[JudgedSecond]:
    """Some seconds of each stretch, of up to two channels; what cannot be read is passed over.

    Args:
        samples: Whose files are there.
        count: Seconds of each at most, evenly over it.
        check: Called at every stretch.
    """
    for number, opened in enumerate(samples):
        check()
        try:
            title = probe(opened.path)
            stream = next(s for s in title.audio if s.index == opened.sample.stream)
            ends = title.start.seconds, title.start.seconds + title.duration_s
            for start in _starts(opened.sample.span, count, float(ends[0]), float(ends[1])):
                for sound in _channels(opened.path, stream, start):
                    yield JudgedSecond(number, opened.sample, sound, stream.sample_rate)
        except (KnownError, StopIteration):
            continue


def _starts(span: Span, count: int, first_s: float, last_s: float) -> list[float]:
    """Where seconds begin, so that their middles lie evenly over the stretch."""
    places = max(min(count, int(span.duration_s / SECOND_S)), 1)
    found = []
    for place in range(places):
        middle = span.start_s + (place + 0.5) * span.duration_s / places
        start = min(max(middle - SECOND_S / 2, first_s), max(last_s - SECOND_S, first_s))
        found.append(start)
    return found
