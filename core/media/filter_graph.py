"""FFmpeg's filters in this process: frames run through chains of them, their metadata come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.filter
import numpy as np
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.error import FFmpegError
from av.filter.context import FilterContext
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.title import AudioStream, VideoStream
from core.media.source import open_container, packets_of, stream_of

_TICK = Fraction(1, 25)

Chain = tuple[tuple[str, str], ...]
"""Filters in order: name and options, as the `ffmpeg` command takes them."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one chain wrote onto one frame.

    Attributes:
        chain: Name of the chain.
        seconds: When the frame shows, on the title's time line.
        metadata: Keys such as `lavfi.blur`, values as text.
    """

    chain: str
    seconds: float
    metadata: Mapping[str, str]


def chain_of(text: str) -> Chain:
    """Read `name=options,name=options`; commas inside options are not understood."""
    steps = (step.partition("=") for step in text.split(","))
    return tuple((name.strip(), options) for name, _, options in steps)


def has_filters(chain: Chain) -> bool:
    """Whether this build of FFmpeg's library has all filters of a chain."""
    return all(name in av.filter.filters_available for name, _ in chain)


def run_filters(
    path: Path, stream: VideoStream | AudioStream, chains: Mapping[str, Chain]
) -> Iterator[Note]:
    """Decode a stream once and run every frame through each chain.

    Args:
        path: The file.
        stream: Which stream, as probed.
        chains: By name.

    Yields:
        One note a frame that leaves a chain, chain by chain; empty metadata included.

    Raises:
        KnownError: The file cannot be opened, or a filter refuses its options.
    """
    with open_container(path) as container:
        source: av.VideoStream | av.AudioStream
        if isinstance(stream, VideoStream):
            source = stream_of(container, stream.index, av.VideoStream, path)
            source.thread_type = "AUTO"
        else:
            source = stream_of(container, stream.index, av.AudioStream, path)
        lines = {name: _Line(name, chain, source) for name, chain in chains.items()}
        for packet in packets_of(container, source):
            # Damage costs its frames; the filters see the next.
            with suppress(FFmpegError):
                for frame in packet.decode():
                    assert isinstance(frame, av.VideoFrame | av.AudioFrame)
                    for line in lines.values():
                        yield from line.push(frame)
        for line in lines.values():
            yield from line.push(None)


def picture_numbers(pictures: Sequence[NDArray[np.uint8]], chain: Chain, key: str) -> list[float]:
    """What a chain says of pictures that are in memory.

    Args:
        pictures: RGB, all of one shape (height, width, 3).
        chain: Filters that keep every frame; they see the pictures as 4:2:0.
        key: Of the metadata.

    Returns:
        A number a picture; NaN where the chain wrote none.

    Raises:
        KnownError: A filter refuses its options, or does not keep every frame.
    """
    height, width = pictures[0].shape[:2]
    graph = av.filter.Graph()
    try:
        form = av.VideoFormat("yuv420p", width, height)
        head = graph.add_buffer(width=width, height=height, format=form, time_base=_TICK)
        last = head
        for step, options in (*chain, ("buffersink", "")):
            following = graph.add(step, options) if options else graph.add(step)
            last.link_to(following)
            last = following
        graph.configure()
        found = []
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number, _TICK
            head.push(frame)
            done = last.pull()
            assert isinstance(done, av.VideoFrame)
            found.append(float(done.metadata.get(key, "nan")))
    except (FFmpegError, ValueError) as error:
        name = chain[0][0]
        raise KnownError(f"FFmpeg's filter {name} cannot be run.", str(error)) from error
    return found


class _Line:
    """One chain at work."""

    def __init__(self, name: str, chain: Chain, source: av.VideoStream | av.AudioStream) -> None:
        self._name = name
        graph = av.filter.Graph()
        video = isinstance(source, av.VideoStream)
        try:
            if isinstance(source, av.VideoStream):
                self._head: FilterContext = graph.add_buffer(template=source)
            else:
                self._head = graph.add_abuffer(template=source)
            last = self._head
            for step, options in chain:
                following = graph.add(step, options)
                last.link_to(following)
                last = following
            self._tail = graph.add("buffersink" if video else "abuffersink")
            last.link_to(self._tail)
            graph.configure()
        except (FFmpegError, ValueError) as error:
            raise KnownError(
                f"FFmpeg's filter {chain[0][0]} cannot be set up.", str(error)
            ) from error
        # The graph owns the filters.
        self._graph = graph

    def push(self, frame: av.VideoFrame | av.AudioFrame | None) -> Iterator[Note]:
        """Give a frame, or None at the end; yield what has come through."""
        self._head.push(frame)
        while True:
            try:
                done = self._tail.pull()
            except (NothingYet, NothingMore):
                return
            assert isinstance(done, av.VideoFrame | av.AudioFrame)
            yield Note(self._name, float(done.time or 0.0), dict(done.metadata))
