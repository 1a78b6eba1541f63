"""Other time stamps, or fewer packets, without decoding anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

from core.domain.errors import KnownError
from core.media.source import open_container

Retime = Callable[[int, Fraction], Fraction | None]
"""Given the container index of a stream and when a packet shows in seconds: when it shall show."""

_MOST_REORDERED = 16
_TEMPLATES = frozenset({"video", "audio", "subtitle"})


def retime_packets(path: Path, out: Path, retime: Retime) -> None:
    """Copy a file packet by packet, with other time stamps.

    Decoding time stamps move along and stay in order; a packet that would show before it is
    decoded shows a tick later than asked for.

    Args:
        path: Encoded file.
        out: The copy, of the same kind; may be `path` itself.
        retime: Called for every packet in the order of the file; None drops the packet.

    Raises:
        KnownError: The file cannot be read, or not be written so.
    """
    partial = out.with_name(f".{os.getpid()}.retimed.{out.name}")
    try:
        with open_container(path) as source, _made(partial, path) as target:
            _copy(source, target, retime)
        partial.replace(out)
    except (FFmpegError, OSError, ValueError) as error:
        raise KnownError(f"{out.name} cannot be written with other times.", str(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _made(partial: Path, path: Path) -> OutputContainer:
    options = {"fflags": "+bitexact", "avoid_negative_ts": "disabled"}
    if path.suffix.lower() in (".mp4", ".mov", ".m4v"):
        # Edit lists, which say where the time line begins, count in this clock.
        options["movie_timescale"] = "90000"
    return av.open(f"file:{partial.absolute()}", "w", container_options=options)


def _copy(source: InputContainer, target: OutputContainer, retime: Retime) -> None:
    streams: dict[int, Stream] = {}
    for stream in source.streams:
        if stream.type in _TEMPLATES:
            made: Any = target.add_stream_from_template(stream)
            made.time_base = stream.time_base
            streams[stream.index] = made
    last: dict[int, int] = {}
    for packet in source.demux():
        index = packet.stream.index
        if packet.pts is None or index not in streams:
            continue
        if _moved(packet, retime, last):
            packet.stream = streams[index]
            target.mux(packet)


def _moved(packet: Packet[Any], retime: Retime, last: dict[int, int]) -> bool:
    """Give a packet its new times; False when it is dropped."""
    index, base = packet.stream.index, Fraction(packet.time_base or 1)
    assert packet.pts is not None
    wanted = retime(index, packet.pts * base)
    if wanted is None:
        return False
    pts = round(wanted / base)
    # Matroska keeps no decoding times; the first few pictures come without.
    given = packet.dts
    if given is None:
        given = packet.pts - _MOST_REORDERED * max(packet.duration or 0, 1)
    dts = min(given + pts - packet.pts, pts)
    if index in last:
        dts = max(dts, last[index] + 1)
    last[index] = dts
    packet.pts, packet.dts = max(pts, dts), dts
    return True
