"""What a flag of the sound is about: which stream, which seconds, which channels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.finding import Band
from core.domain.title import AudioStream, Title
from core.media.audio import AudioReader
from core.media.sound_evidence import LONGEST_S
from core.review.flag import Flag
from gui.desk.worst import peak_of

_SECOND_S = 1.0


@dataclass(frozen=True, slots=True)
class SoundTarget:
    """A flag of the sound, ready to be looked at and listened to.

    Attributes:
        title: The open title.
        stream: The sound that the flag is about.
        key: Of the flag.
        defect: Id of its defect.
        span_s: From when to when it lasts.
        second_s: The second around its peak.
        part_s: What is looked at: the flag, at most half a minute around its peak.
        channels: Channels concerned, counted from 0.
        band: Where in the spectrum, if the finding says so.
    """

    title: Title
    stream: AudioStream
    key: str
    defect: str
    span_s: tuple[float, float]
    second_s: tuple[float, float]
    part_s: tuple[float, float]
    channels: tuple[int, ...]
    band: Band | None


def target_of(title: Title | None, flag: Flag | None) -> SoundTarget | None:
    """What a flag is about, or None when it is not about the sound."""
    if title is None or flag is None:
        return None
    stream = next((s for s in title.audio if s.index == flag.stream), None)
    if stream is None:
        return None
    evidence = flag.finding.evidence if flag.finding is not None else None
    low, high = title.start.seconds, title.start.seconds + title.duration_s
    span = (max(flag.span.start_s, low), min(flag.span.end_s, high))
    peak_s = min(max(peak_of(flag).seconds, span[0]), span[1])
    # A second inside the flag where that is long enough, else around it.
    inside = span if span[1] - span[0] >= _SECOND_S else (low, high)
    first = max(min(peak_s - _SECOND_S / 2, inside[1] - _SECOND_S), inside[0])
    second = (first, min(first + _SECOND_S, high))
    part = (
        max(min(span[0], second[0]), peak_s - LONGEST_S / 2),
        min(max(span[1], second[1]), peak_s + LONGEST_S / 2),
    )
    named = evidence.channels if evidence is not None else ()
    channels = tuple(c for c in named if c < stream.channels) or tuple(range(stream.channels))
    band = evidence.band if evidence is not None else None
    return SoundTarget(title, stream, flag.key, flag.defect, span, second, part, channels, band)


class SoundFile:
    """Keeps the file of one sound stream open; used in one thread."""

    def __init__(self) -> None:
        self._reader: AudioReader | None = None
        self._of = ("", -1)

    def read(
        self, title: Title, stream: AudioStream, start_s: float, end_s: float
    ) -> NDArray[np.float32]:
        """Samples of a stretch, float32, shape (channels, n).

        Raises:
            KnownError: The file cannot be read.
        """
        if self._reader is None or self._of != (title.fingerprint, stream.index):
            self.close()
            self._reader = AudioReader(title.path, stream)
            self._of = (title.fingerprint, stream.index)
        first = round(start_s * stream.sample_rate)
        return self._reader.read_at(first, round(end_s * stream.sample_rate) - first)

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
