"""Decode errors: bytes of a coded stream are overwritten, as bad storage or transport does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from av.error import FFmpegError
from av.packet import Packet

from core.domain.errors import KnownError
from core.media.source import open_container
from core.simulate.truth import Truth

_HEADER_BYTES = 24
_LEAST_PART = 0.05
_MOST_PART = 0.9
_PREFIX = 16
_SEARCHED = 64


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a packet lies in the file, and when its frame shows."""

    start: int
    size: int
    start_s: float
    end_s: float


def damage_packets(
    path: Path,
    out: Path,
    spans: Sequence[tuple[float, float]],
    severity: float = 1.0,
    seed: int = 0,
    *,
    stream_index: int | None = None,
) -> Truth:
    """Overwrite parts of the packets that show within some spans.

    The container stays valid: nothing moves, and the head of each packet is spared. Which part of
    a packet is overwritten grows with severity from 5 % to 90 %.

    Args:
        path: Encoded file whose packets lie in one piece (MP4, MOV, Matroska, AVI).
        out: The damaged copy; may be `path` itself.
        spans: Start and end in seconds on the title's time line.
        severity: 0..1.
        seed: Chooses bytes.
        stream_index: Which stream; None takes the first picture stream, else the first of sound.

    Returns:
        Spans of the damaged packets themselves; what refers to them may look wrong until the next
        key picture.

    Raises:
        KnownError: The file cannot be read, no packet lies in the spans, or packets are scattered.
    """
    severity = min(max(severity, 0.0), 1.0)
    part = _LEAST_PART + (_MOST_PART - _LEAST_PART) * severity
    places = _places(path, spans, stream_index)
    if not any(places):
        raise KnownError(f"{path.name} has no packets in the stretch that is to be damaged.")
    rng = np.random.default_rng([seed, 13])
    partial = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        shutil.copyfile(path, partial)
        with partial.open("r+b") as file:
            for place in (p for group in places for p in group):
                room = place.size - _HEADER_BYTES
                if room < 1:
                    continue
                length = max(round(room * part), 1)
                offset = int(rng.integers(0, room - length + 1))
                file.seek(place.start + _HEADER_BYTES + offset)
                file.write(rng.integers(1, 256, length, dtype=np.uint8).tobytes())
        partial.replace(out)
    except OSError as error:
        raise KnownError(f"{out} cannot be written.", str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
    return Truth(
        "decode_error",
        tuple((min(p.start_s for p in g), max(p.end_s for p in g)) for g in places if g),
        severity,
        seed,
        {"part": round(part, 3), "packets": sum(map(len, places))},
    )


def _places(
    path: Path, spans: Sequence[tuple[float, float]], stream_index: int | None
) -> list[list[_Place]]:
    """The packets of each span."""
    found: list[list[_Place]] = [[] for _ in spans]
    try:
        with open_container(path) as container, path.open("rb") as file:
            stream = (
                container.streams[stream_index]
                if stream_index is not None
                else (*container.streams.video, *container.streams.audio)[0]
            )
            for packet in container.demux(stream):
                if packet.pts is None or packet.time_base is None or not packet.size:
                    continue
                start_s = float(packet.pts * packet.time_base)
                end_s = start_s + float((packet.duration or 0) * packet.time_base)
                for group, (first, last) in zip(found, spans, strict=True):
                    if first - 1e-6 <= start_s < last - 1e-6:
                        place = _offset_of(file, packet)
                        if place is None:
                            raise KnownError(
                                f"The packets of {path.name} do not lie in one piece; "
                                "damage an MP4 or Matroska file instead."
                            )
                        group.append(_Place(place, packet.size, start_s, end_s))
    except (FFmpegError, OSError, IndexError) as error:
        raise KnownError(f"{path.name} cannot be read as media.", str(error)) from error
    return found


def _offset_of(file: BinaryIO, packet: Packet[Any]) -> int | None:
    """Where the packet's bytes begin in the file; Matroska puts a short head before them."""
    if packet.pos is None:
        return None
    file.seek(packet.pos)
    found = file.read(_SEARCHED).find(bytes(packet)[:_PREFIX])
    return None if found < 0 else packet.pos + found
