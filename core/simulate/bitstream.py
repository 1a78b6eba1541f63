"""Block corruption as it really happens: coded, damaged on the way, decoded all the same.

Clean pictures are coded with a real encoder; packets are dropped, cut short, flipped or lose
slices; one decoder on one thread shows what is left. The truth is the difference from the decode
of the undamaged packets, so that what coding itself costs is no part of it. Pictures that vanish
leave the one before on screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.simulate.coding import Coded, decode, encode
from core.simulate.difference import damaged_share
from core.simulate.kind import Picture

LEAST_SHARE = 0.005
MOST_SHARE = 0.45
"""Share of the stretch's pixels that is damaged at severity 0 and at 1; geometric in between."""

_TRIES = 7
_CLOSE = 1.25
_READING_ON = ("mpeg1", "mpeg2")
_START_CODE = re.compile(b"\x00\x00\x01")
_SPARED_BYTES = {"h264": 12, "hevc": 16, "mpeg1": 8, "mpeg2": 8, "h263": 12} | {
    "vp8": 16,
    "vp9": 24,
    "av1": 32,
}
_MPEG2_SLICES = range(0x01, 0xB0)
_H264_SLICES = (1, 5)
_HEVC_SLICES = range(32)


@dataclass(frozen=True, slots=True, eq=False)
class Corruption:
    """What became of a few pictures.

    Attributes:
        clean: Decoded from the undamaged packets.
        damaged: Decoded from the damaged ones; as many.
        share: Share of pixels that differ, over all pictures.
        parameters: How it was done, in words and numbers.
    """

    clean: tuple[Picture, ...]
    damaged: tuple[Picture, ...]
    share: float
    parameters: dict[str, float | int | str]


def target_share(severity: float) -> float:
    """The share of damaged pixels that a severity asks for."""
    return min(float(LEAST_SHARE * (MOST_SHARE / LEAST_SHARE) ** severity), 1.0)


def corrupt(
    pictures: Sequence[Picture],
    codec: str,
    severity: float,
    seed: int,
    before: Picture | None = None,
    *,
    key: bool = False,
) -> Corruption:
    """Code, damage and decode pictures; the damage is chosen by how much of it shows.

    Kinds, places and extents of damage are drawn and tried, at most seven times, until the share of
    damaged pixels is within a quarter of what the severity asks for; the nearest try is taken.

    Args:
        pictures: In order, of one shape; at least one.
        codec: Key of `CODERS`.
        severity: 0..1; somewhat more asks for wrecks, by the same law.
        seed: The same seed gives the same damage.
        before: The picture that is on screen before; stands where the first ones vanish.
        key: The key picture may be lost or wrecked as well.

    Raises:
        KnownError: The encoder refuses.
    """
    rng = np.random.default_rng([seed, 29])
    b_frames = int(rng.integers(0, 3))
    conceal = bool(rng.random() < 0.5)
    coded = encode(pictures, codec, float(rng.random()), b_frames)
    clean = _held(decode(coded, coded.packets, pictures[0]), pictures, pictures[0])
    wanted = target_share(severity)
    best: tuple[float, list[Picture], float, _Plan] | None = None
    events = max(round(len(coded.packets) * wanted), 1)
    tries = 0
    while tries < _TRIES:
        tries += 1
        plan = _draw(rng, coded, events, wanted, key)
        packets = plan.applied(coded)
        damaged = _held(decode(coded, packets, clean[0], conceal=conceal), clean, before)
        share = damaged_share(clean, damaged)
        distance = abs(np.log(max(share, 1e-6) / wanted))
        if best is None or distance < best[0]:
            best = (distance, damaged, share, plan)
        if best[0] <= np.log(_CLOSE) and best[2] > 0:
            break
        events = _next_events(events, share, wanted, len(coded.packets))
    assert best is not None
    return Corruption(
        tuple(clean),
        tuple(best[1]),
        best[2],
        {
            "codec": codec,
            "concealed": int(conceal),
            "b_frames": b_frames,
            "kind": best[3].kind,
            "events": len(best[3].hits),
            "tries": tries,
            "target_share": round(wanted, 5),
            "share": round(best[2], 5),
        },
    )


def _held(
    shown: Sequence[Picture | None], clean: Sequence[Picture], before: Picture | None
) -> list[Picture]:
    """What a screen shows: where nothing came, the picture before stays."""
    held: list[Picture] = []
    last = before
    for picture, own in zip(shown, clean, strict=True):
        last = picture if picture is not None else last
        held.append(own if last is None else last)
    return held


def _next_events(events: int, share: float, wanted: float, most: int) -> int:
    """How many places to damage next time, given what this time came to."""
    if share <= 0:
        return min(2 * events + 1, 4 * most)
    return int(np.clip(round(events * (wanted / share) ** 0.7), 1, 4 * most))


# What is damaged


@dataclass(frozen=True, slots=True)
class _Hit:
    """One damaged place: packet, unit within it, and where and how much as shares of the unit."""

    packet: int
    unit: int
    place: float
    extent: float
    seed: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done to a coded stretch."""

    kind: str
    hits: tuple[_Hit, ...]

    def applied(self, coded: Coded) -> list[bytes]:
        """The packets, damaged; empty where one is lost."""
        packets = list(coded.packets)
        for hit in self.hits:
            packets[hit.packet] = _KINDS[self.kind](coded.codec, packets[hit.packet], hit)
        return packets


def _draw(
    rng: np.random.Generator, coded: Coded, events: int, wanted: float, key: bool = False
) -> _Plan:
    """Draw a kind of damage and its places.

    Little damage comes late in the group, where little refers to it; much comes early.
    """
    kinds = _KINDS_OF[coded.codec]
    kind = kinds[int(rng.integers(len(kinds)))]
    spared = kind == "drop" or coded.codec in ("vp8", "vp9", "av1")
    first = 1 if spared and not key else 0
    count = len(coded.packets)
    if count <= first:
        first, kind = 0, "flip"
    # Damage in place p lasts for 1 - p of the stretch, so p is drawn around 1 - share.
    latest = float(np.clip(1.0 - 0.5 * wanted, 0.1, 1.0))
    earliest = float(np.clip(1.0 - 6.0 * wanted, 0.0, 0.95))
    hits = [
        _Hit(
            int(np.clip(count * rng.uniform(earliest, latest), first, count - 1)),
            int(rng.integers(1 << 16)),
            float(rng.random()),
            float(rng.uniform(0.02, 0.6)),
            int(rng.integers(1 << 31)),
        )
        for _ in range(events)
    ]
    return _Plan(kind, tuple(hits))


def _flip(codec: str, packet: bytes, hit: _Hit) -> bytes:
    """Overwrite some bytes behind the headers of one unit with others."""
    start, end = _unit(codec, packet, hit)
    if end - start < 2:
        return packet
    rng = np.random.default_rng(hit.seed)
    content = np.frombuffer(packet, np.uint8).copy()
    count = max(round((end - start) * hit.extent * 0.1), 1)
    places = rng.integers(start, end, count)
    content[places] ^= rng.integers(1, 256, count, dtype=np.uint8)
    return content.tobytes()


def _cut(codec: str, packet: bytes, hit: _Hit) -> bytes:
    """Lose the rest of one unit from some place on."""
    start, end = _unit(codec, packet, hit)
    place = start + round((end - start) * hit.place)
    # These decoders read on behind a unit that ends early, into memory that nobody filled.
    rest = b"\xff" * (end - place) if codec in _READING_ON else b""
    return packet[:place] + rest + packet[end:]


def _slice(codec: str, packet: bytes, hit: _Hit) -> bytes:
    """Lose one slice with its header."""
    units = list(_slices(codec, packet))
    if not units:
        return packet
    start, end = units[hit.unit % len(units)]
    return packet[:start] + packet[end:]


def _drop(codec: str, packet: bytes, _hit: _Hit) -> bytes:
    """Lose all pictures of a packet; headers of the sequence stay."""
    units = list(_slices(codec, packet))
    return packet[: units[0][0]] if units else b""


_KINDS: dict[str, Callable[[str, bytes, _Hit], bytes]] = {
    "flip": _flip,
    "cut": _cut,
    "slice": _slice,
    "drop": _drop,
}

# A slice of HEVC with wrong content comes out differently from run to run, also on one thread:
# the decoder takes what it did not decode from memory that nobody filled.
_KINDS_OF = {
    "h264": ("flip", "cut", "slice", "drop"),
    "hevc": ("slice", "drop"),
    "mpeg1": ("flip", "cut", "slice", "drop"),
    "mpeg2": ("flip", "cut", "slice", "drop"),
    "h263": ("flip", "cut", "drop"),
    "vp8": ("flip", "cut", "drop"),
    "vp9": ("flip", "cut", "drop"),
    "av1": ("flip", "cut", "drop"),
}


def _unit(codec: str, packet: bytes, hit: _Hit) -> tuple[int, int]:
    """Where the content of one slice, or of a whole packet, begins behind its header, and ends."""
    units = list(_slices(codec, packet))
    start, end = units[hit.unit % len(units)] if units else (0, len(packet))
    return min(start + _SPARED_BYTES[codec], end), end


def _slices(codec: str, packet: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each slice with its start code, for codecs that have start codes."""
    if codec not in ("h264", "hevc", "mpeg1", "mpeg2"):
        return
    codes = [m.start() for m in _START_CODE.finditer(packet) if m.end() < len(packet)]
    for start, end in pairwise([*codes, len(packet)]):
        if _is_slice(codec, packet[start + 3]):
            yield start, end


def _is_slice(codec: str, head: int) -> bool:
    if codec == "h264":
        return head & 0x1F in _H264_SLICES
    if codec == "hevc":
        return (head >> 1) & 0x3F in _HEVC_SLICES
    return head in _MPEG2_SLICES


CODECS = ("h264", "hevc", "mpeg2", "vp9", "av1")
"""Codecs whose streams are damaged to measure; each is a variant of the defect."""

ALL_CODECS = (*CODECS, "mpeg1", "h263")
"""Codecs whose streams may be damaged to teach: the more ways of concealing have been seen, the
less strange is that of a codec which was not.

MPEG-4 is not among them: what its decoder conceals with comes from memory that nobody filled, and
differs from run to run. VP8 can be damaged as well and is in no lesson: choices that have to be
made on a domain which nothing was learned from, and which nothing is reported on, are made on it.
"""
