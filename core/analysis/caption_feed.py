"""Handing captions to their meter: those that start together come together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import floor

from core.analysis.meter import Meter
from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.domain.title import CaptionStream, Title
from core.jobs.progress import CancelToken
from core.media.caption import read_cues


def feed_captions(title: Title, meter: Meter, cancel: CancelToken) -> None:
    """Read a caption stream and measure all of it.

    Captions that cannot be read cost their own detectors, not the analysis.

    Args:
        title: The title.
        meter: Of one of its caption streams.
        cancel: Looked at before every cue.

    Raises:
        CancelledError: `cancel` was raised.
    """
    assert isinstance(meter.stream, CaptionStream)
    try:
        for cues in _together(title, meter.stream):
            cancel.check()
            meter.take_cues(cues)
    except KnownError as error:
        meter.give_up(error.sentence)
    meter.finish()


def _together(title: Title, stream: CaptionStream) -> Iterator[list[Cue]]:
    cues = [_in_base(cue, stream) for cue in read_cues(title, stream)]
    for _, group in groupby(cues, key=lambda cue: cue.span.start):
        yield list(group)


def _in_base(cue: Cue, stream: CaptionStream) -> Cue:
    """A cue whose time stamps are in the base of its stream; it keeps at least one unit."""
    if cue.span.base == stream.base:
        return cue
    start = floor(cue.span.start * cue.span.base / stream.base)
    end = floor(cue.span.end * cue.span.base / stream.base)
    return Cue(Span(start, max(end, start + 1), stream.base), cue.text, cue.region)
