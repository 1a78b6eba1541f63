"""Clips out of a ring: the packets of a stretch, from the key picture before it on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream as AvStream

from core.domain.errors import KnownError
from core.media.live.ring import Segment, in_order, shifted_copy
from core.media.source import open_container

_UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A clip that was written.

    Attributes:
        path: The file.
        shift: Seconds to add to a time of the stream's clock, to have that of the clip.
        start: Where it begins, in seconds of the stream's clock.
        streams: Container index in the clip by container index in the stream.
    """

    path: Path
    shift: Fraction
    start: Fraction
    streams: Mapping[int, int]


def write_clip(
    segments: Sequence[Segment],
    indices: Sequence[int],
    start: Fraction,
    end: Fraction,
    out: Path,
) -> ClipFile:
    """Copy a stretch of a ring into one file, packet for packet.

    Args:
        segments: Of one connection, in order.
        indices: Container indices of the stream in the order in which the ring keeps them.
        start: Wanted start in seconds of the stream's clock; the clip begins at the last key
            picture before it, or where the segments begin.
        end: Wanted end.
        out: The file; it is there whole or not at all.

    Raises:
        KnownError: The segments are gone or damaged, or the disk is full.
    """
    part = out.with_name(out.name + _UNFINISHED)
    try:
        with ExitStack() as stack:
            stack.callback(lambda: part.unlink(missing_ok=True))
            clip = _copy(segments, indices, start, end, part)
            os.replace(part, out)
    except (FFmpegError, OSError) as error:
        raise KnownError("The clip of a finding could not be written.", str(error)) from error
    return ClipFile(out, *clip, {index: place for place, index in enumerate(indices)})


def _copy(
    segments: Sequence[Segment],
    indices: Sequence[int],
    start: Fraction,
    end: Fraction,
    part: Path,
) -> tuple[Fraction, Fraction]:
    """Write the packets; the shift of the clip's clock, and where it begins."""
    first = _first_key(segments, start)
    if first is None:
        raise KnownError("The ring no longer holds what a finding shows.")
    began, least = first
    with ExitStack() as stack:
        writer = stack.enter_context(av.open(str(part), "w", format="matroska"))
        streams: dict[int, AvStream] = {}
        last: dict[int, int] = {}
        for segment in segments:
            with open_container(segment.path) as source:
                for place in range(len(indices)):
                    if place not in streams:
                        streams[place] = writer.add_stream_from_template(
                            source.streams[place], opaque=True
                        )
                for packet in _packets(source):
                    at = _time(packet) - segment.shift
                    if at < began or at >= end or packet.stream_index not in streams:
                        continue
                    shift = -segment.shift - least
                    copy = shifted_copy(packet, streams[packet.stream_index], shift)
                    if in_order(copy, packet.stream_index, last):
                        writer.mux_one(copy)
    return -least, began


def _first_key(segments: Sequence[Segment], start: Fraction) -> tuple[Fraction, Fraction] | None:
    """The last key packet up to a time, else the first: when it is shown, and when decoded."""
    found: tuple[Fraction, Fraction] | None = None
    for segment in segments:
        with open_container(segment.path) as source:
            lead = 0 if not source.streams.video else source.streams.video[0].index
            for packet in _packets(source):
                if packet.stream_index != lead or not packet.is_keyframe:
                    continue
                at = _time(packet) - segment.shift
                if found is not None and at > start:
                    return found
                found = (at, at)
    return found


def _time(packet: Packet[Any]) -> Fraction:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return Fraction(stamp or 0) * Fraction(packet.time_base or 1)


def _packets(source: Any) -> Iterator[Packet[Any]]:
    with suppress(FFmpegError):  # What was written before a crash is taken.
        for packet in source.demux():
            if packet.size and (packet.dts is not None or packet.pts is not None):
                yield packet
