"""Damage between container and codec: a sound container around packets that are not.

The packets of a clean file are written anew into a container of the same kind, lost, doubled, out
of order, with lying time stamps, with damage inside, or followed by those of another file. What
the container refuses to write is passed over, as a real writer would.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import av
from av.error import FFmpegError
from av.packet import Packet

_JUMPS_S = (-5, 60, 3600, 30 * 3600, 13 * 24 * 3600, 20 * 24 * 3600, 400 * 24 * 3600)

Change = Callable[["list[Packet[Any]]", Random], "list[Packet[Any]]"]


def lost(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """Some are missing, perhaps the key pictures."""
    if chance.random() < 0.4:
        return [p for p in packets if not p.is_keyframe or chance.random() < 0.4]
    return [p for p in packets if chance.random() < 0.7]


def doubled(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """Some come twice."""
    return [_like(p, bytes(p)) for p in packets for _ in range(chance.choice((1, 1, 2, 3)))]


def mixed(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """They come in another order, with the time stamps of the places where they come."""
    stamps = [(p.pts, p.dts) for p in packets]
    kinds = [p.stream_index for p in packets]
    order = list(range(len(packets)))
    chance.shuffle(order)
    moved = [packets[i] for i in order if kinds[i] == kinds[0]]
    for packet, (pts, dts) in zip(moved, stamps, strict=False):
        packet.pts, packet.dts = pts, dts
    return moved + [p for p in packets if p.stream_index != kinds[0]]


def leap(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """From some packet on, all is much later, or earlier."""
    at = chance.randrange(len(packets))
    jump_s = chance.choice(_JUMPS_S)
    for packet in packets[at:]:
        _move(packet, jump_s)
    return packets


def stray(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """Single packets have time stamps of another day, or none."""
    for packet in chance.sample(packets, max(len(packets) // 6, 1)):
        if chance.random() < 0.3:
            packet.pts = packet.dts = None
        else:
            _move(packet, chance.choice(_JUMPS_S))
    return packets


def endless(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """Packets claim to last for days."""
    for packet in chance.sample(packets, max(len(packets) // 3, 1)):
        packet.duration = int(chance.choice(_JUMPS_S[1:]) / (packet.time_base or Fraction(1)))
    return packets


def rotten(packets: list[Packet[Any]], chance: Random) -> list[Packet[Any]]:
    """What the codec is given is damaged; the container knows nothing of it."""
    return [_changed(p, chance) if chance.random() < 0.5 else p for p in packets]


CHANGES: dict[str, Change] = {
    each.__name__: each for each in (lost, doubled, mixed, leap, stray, endless, rotten)
}
"""Changes of packets by name."""


def remux(path: Path, out: Path, muxer: str, change: Change, chance: Random) -> bool:
    """Write a file anew with changed packets; whether that gave one."""
    with (
        suppress(FFmpegError, ValueError, NotImplementedError, OverflowError),
        av.open(str(path)) as source,
    ):
        packets = [p for p in source.demux() if p.size]
        if not packets:
            return False
        with av.open(str(out), "w", format=muxer, options={"fflags": "+bitexact"}) as target:
            streams = {
                s.index: target.add_stream_from_template(s)
                for s in source.streams
                if isinstance(s, av.VideoStream | av.AudioStream)
            }
            for packet in change([p for p in packets if p.stream_index in streams], chance):
                packet.stream = streams[packet.stream_index]
                with suppress(FFmpegError, ValueError, OverflowError):
                    target.mux_one(packet)
    return out.exists() and out.stat().st_size > 0


def _move(packet: Packet[Any], by_s: float) -> None:
    ticks = int(by_s / (packet.time_base or Fraction(1)))
    packet.pts = None if packet.pts is None else packet.pts + ticks
    packet.dts = None if packet.dts is None else packet.dts + ticks


def _changed(packet: Packet[Any], chance: Random) -> Packet[Any]:
    data = bytearray(bytes(packet))
    kind = chance.randrange(4)
    if kind == 0:
        data = data[: chance.randrange(len(data)) + 1]
    elif kind == 1:
        data += chance.randbytes(chance.choice((1, 50, 1000)))
    else:
        for _ in range(chance.choice((1, 3, 30))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return _like(packet, bytes(data))


def _like(packet: Packet[Any], data: bytes) -> Packet[Any]:
    fresh = Packet(data)
    fresh.pts, fresh.dts, fresh.time_base = packet.pts, packet.dts, packet.time_base
    fresh.duration = packet.duration or 0
    fresh.stream = packet.stream
    fresh.is_keyframe = packet.is_keyframe
    return fresh
