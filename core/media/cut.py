"""Where to cut the pictures of a long title: at key frames, found without reading the file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice, pairwise
from math import floor

import av
from av.error import FFmpegError

from core.domain.time import Span
from core.domain.title import Title
from core.media.source import open_container, packets_of, stream_of

_PACKETS_TO_A_KEY = 2000
_FOREVER_S = 10**8
_MOST_RANGES = 1000
"""A damaged file may claim weeks; every range costs a seek."""


def ranges_of(title: Title, length_s: float) -> tuple[Span, ...]:
    """The first picture stream as ranges of about one length, which begin at key frames.

    Args:
        title: As probed.
        length_s: Seconds of a range; the last one may last up to half as long again.

    Returns:
        Ranges in the stream's time base that follow each other without gap from before its
        beginning until after its end; none where it is too short, or has no key frames to seek.
    """
    if not title.video or length_s <= 0:
        return ()
    stream = title.video[0]
    start, base = title.start.exact, stream.base
    length_s = max(length_s, title.duration_s / _MOST_RANGES)
    count = floor(title.duration_s / length_s + 0.5)
    places = [start + Fraction(i * length_s) for i in range(1, count)]
    cuts = _key_frames(title, places) if places else []
    if not cuts:
        return ()
    first, last = floor((start - _FOREVER_S) / base), floor((start + _FOREVER_S) / base)
    return tuple(Span(a, b, base) for a, b in pairwise([first, *cuts, last]))


def _key_frames(title: Title, places: Sequence[Fraction]) -> list[int]:
    """PTS of the key frame before each place, each once, in order."""
    stream = title.video[0]
    found: set[int] = set()
    with open_container(title.path) as container:
        pictures = stream_of(container, stream.index, av.VideoStream, title.path)
        for place in places:
            try:
                container.seek(floor(place / stream.base), stream=pictures)
                for packet in islice(packets_of(container, pictures), _PACKETS_TO_A_KEY):
                    if packet.size and packet.is_keyframe and packet.pts is not None:
                        found.add(packet.pts)
                        break
            except FFmpegError:
                continue  # Without this cut, the ranges beside it are one.
    begin = floor(title.start.exact / stream.base)
    return sorted(pts for pts in found if pts > begin)
