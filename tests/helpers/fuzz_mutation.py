"""Ways to damage a file, from blind flips to lies in the fields of a container.

A mutation takes the bytes of a clean file and a source of chance, and gives other bytes. Those that
know a form of container find their way by its own lengths; where there is none of it in the file
they fall back to blind damage. The same seed gives the same bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_MAGIC = (0, 1, 2, 3, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000)
_MAGIC_MORE = (
    0xFFFFFFFE,
    0xFFFFFFFF,
    16384,
    16385,
    32767,
    65000,
    1_000_000,
    0x40000000,
    0x0FFFFFFF,
)
_NUMBERS = (*_MAGIC, *_MAGIC_MORE)
_HEAD = 2048
_PARENTS = frozenset(
    b"moov trak mdia minf stbl edts dinf udta mvex moof traf mfra stsd avc1 hev1 mp4a wave".split()
)
_TABLES = re.compile(
    rb"(stts|ctts|stsz|stsc|stco|co64|stss|elst|mdhd|mvhd|tkhd|mehd|trex|tfhd|tfdt|trun|sidx|"
    rb"avcC|hvcC|av1C|esds|dac3|alac|wave|colr|pasp|hdlr|avc1|hev1|mp4a|avih|strh|strf|fmt |COMM)"
)
_EBML_FIELDS = (
    b"\x2a\xd7\xb1 \x44\x89 \xb0 \xba \xb5 \x9f \x62\x64 \x23\xe3\x83 \xe7 \x56\xaa \x56\xbb \xd7 "
    b"\x83 \x54\xb0 \x54\xba \x78\xb5 \x53\xb8 \x55\xb0 \xa3 \xa1 \x9b \x63\xa2"
).split(b" ")


def flip_bits(data: bytes, chance: Random) -> bytes:
    """A few bits anywhere."""
    return _flipped(data, chance, 0, len(data), chance.choice((1, 4, 16, 64, 256)))


def flip_head(data: bytes, chance: Random) -> bytes:
    """A few bits where most containers keep their headers."""
    return _flipped(data, chance, 0, min(len(data), _HEAD), chance.choice((1, 3, 9, 27)))


def flip_end(data: bytes, chance: Random) -> bytes:
    """A few bits at the end, where indices lie."""
    return _flipped(data, chance, max(len(data) - _HEAD, 0), len(data), chance.choice((1, 3, 9)))


def overwrite(data: bytes, chance: Random) -> bytes:
    """A run of one byte, or of noise, over what was there."""
    at = chance.randrange(len(data))
    size = min(chance.choice((4, 64, 512, 4096, 20000)), len(data) - at)
    kind = chance.randrange(3)
    run = chance.randbytes(size) if kind == 2 else bytes([255 * kind]) * size
    return data[:at] + run + data[at + size :]


def remove(data: bytes, chance: Random) -> bytes:
    """A stretch less."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice((1, 3, 16, 188, 1000, 9000)) :]


def insert(data: bytes, chance: Random) -> bytes:
    """A stretch of noise in between."""
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 3, 16, 188, 1000))) + data[at:]


def truncate(data: bytes, chance: Random) -> bytes:
    """Cut short somewhere, also to nothing."""
    return data[
        : chance.choice((0, 1, 7, 40, chance.randrange(_HEAD), chance.randrange(len(data))))
    ]


def lose_head(data: bytes, chance: Random) -> bytes:
    """The beginning is missing."""
    return data[chance.choice((1, 4, 12, 40, 188, 1000, len(data) // 3)) :]


def tail(data: bytes, chance: Random) -> bytes:
    """Noise, or the file itself, after the end."""
    more = chance.choice((chance.randbytes(3000), bytes(5000), data, data[len(data) // 2 :]))
    return data + more


def swap(data: bytes, chance: Random) -> bytes:
    """Two stretches change places."""
    size = max(min(chance.choice((16, 188, 700, 4000)), len(data) // 4), 1)
    first = chance.randrange(max(len(data) // 2 - size, 1))
    second = chance.randrange(len(data) // 2, max(len(data) - size, len(data) // 2 + 1))
    a, b = data[first : first + size], data[second : second + size]
    return data[:first] + b + data[first + size : second] + a + data[second + size :]


def repeat(data: bytes, chance: Random) -> bytes:
    """A stretch comes again, some times over."""
    at = chance.randrange(len(data))
    stretch = data[at : at + chance.choice((8, 188, 1000, 6000))]
    return data[:at] + stretch * chance.choice((2, 3, 20)) + data[at + len(stretch) :]


def number(data: bytes, chance: Random) -> bytes:
    """A few numbers of the head say something extreme."""
    for _ in range(chance.choice((1, 2, 5))):
        data = _set_number(data, chance.randrange(max(min(len(data), _HEAD) - 8, 1)), chance)
    return data


def digit(data: bytes, chance: Random) -> bytes:
    """A number that is written in digits says something extreme."""
    found = list(re.finditer(rb"\d{1,12}", data[:_HEAD]))
    if not found:
        return number(data, chance)
    for _ in range(chance.choice((1, 1, 3))):
        each = chance.choice(found)
        value = str(chance.choice((0, 1, 99, -1, 65536, 99999, 10**9, 10**18))).encode()
        data = data[: each.start()] + value + data[each.end() :]
    return data


# By their own lengths ---------------------------------------------------------------------------


def field(data: bytes, chance: Random) -> bytes:
    """A number in a known table or header of MP4, MOV, AVI, WAV or AIFF lies."""
    found = list(_TABLES.finditer(data))
    if not found:
        return ebml_field(data, chance)
    for _ in range(chance.choice((1, 1, 2, 6))):
        at = chance.choice(found).end() + chance.choice((0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 76))
        data = _set_number(data, at, chance)
    return data


def ebml_field(data: bytes, chance: Random) -> bytes:
    """A value of Matroska lies: sizes, rates, scales, time stamps, lengths."""
    if not data.startswith(b"\x1a\x45\xdf\xa3"):
        return number(data, chance)
    found = [m.end() for key in _EBML_FIELDS for m in re.finditer(re.escape(key), data)]
    for _ in range(chance.choice((1, 1, 2, 6))):
        at = chance.choice(found or [40])
        data = data[:at] + _ebml_lie(data[at : at + 10], chance) + data[at + 10 :]
    return data


def _ebml_lie(piece: bytes, chance: Random) -> bytes:
    if chance.random() < 0.3:  # Its length; else its value.
        return (
            chance.choice((b"\x80", b"\xff", b"\x08", b"\x01\xff\xff\xff\xff\xff\xff\xfe"))
            + (piece[1:])
        )
    size = piece[0] & 0x7F if piece and piece[0] & 0x80 else 4
    value = chance.choice((b"\x00" * 8, b"\xff" * 8, b"\x7f" + b"\xff" * 7, chance.randbytes(8)))
    return piece[:1] + value[: min(size, 8)] + piece[1 + min(size, 8) :]


def box(data: bytes, chance: Random) -> bytes:
    """A box of MP4 or a chunk of RIFF has another length, comes twice, or not, or elsewhere."""
    riff = data[:4] in (b"RIFF", b"FORM")
    found = list(_chunks(data, 12, len(data), data[:4] == b"FORM") if riff else _boxes(data))
    if len(found) < 2:
        return remove(data, chance)
    at, size = chance.choice(found)
    other, _ = chance.choice(found)
    whole = data[at : at + size]
    kind = chance.randrange(5)
    if kind == 0:
        place = at + 4 if riff else at
        return _set_number(data, place, chance, 4)
    if kind == 1:
        return data[:at] + whole + data[at:]
    if kind == 2:
        return data[:at] + data[at + size :]
    if kind == 3:
        return data[:other] + whole + data[other:]
    form = "<I" if data[:4] == b"RIFF" else ">I"
    told = max(size + chance.choice((-8, -1, 1, 8, 100, -100)), 0)
    place = at + 4 if riff else at
    return data[:place] + struct.pack(form, told) + data[place + 4 :]


def _boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    end = len(data) if end is None else end
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if not 8 <= size <= end - start:
            return
        yield start, size
        if kind in _PARENTS:
            skip = {b"stsd": 16, b"avc1": 86, b"hev1": 86, b"mp4a": 36}.get(kind, 8)
            yield from _boxes(data, start + skip, start + size)
        start += size


def _chunks(data: bytes, start: int, end: int, big: bool) -> Iterator[tuple[int, int]]:
    while start + 8 <= end:
        size = struct.unpack_from(">I" if big else "<I", data, start + 4)[0] + 8
        if size > end - start:
            return
        yield start, size
        if data[start : start + 4] == b"LIST":
            yield from _chunks(data, start + 12, start + size, big)
        start += size + size % 2


def ts_packet(data: bytes, chance: Random) -> bytes:
    """Packets of a transport stream are lost, doubled, mixed up, or lie about clock and content."""
    if data[:1] != b"G" or len(data) < 188 * 3:
        return ogg_page(data, chance)
    step = 192 if data[4:5] == b"G" or data[192:193] == b"\x47" else 188
    packets = [data[at : at + step] for at in range(0, len(data), step)]
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(packets))
        kind = chance.randrange(6)
        if kind == 0 and len(packets) > 2:
            del packets[at]
        elif kind == 1:
            packets.insert(at, packets[at])
        elif kind == 2:
            other = chance.randrange(len(packets))
            packets[at], packets[other] = packets[other], packets[at]
        else:
            packets[at] = _flipped(packets[at], chance, 1, (40, 12, step)[kind - 3], 6)
    return b"".join(packets)


def ogg_page(data: bytes, chance: Random) -> bytes:
    """Pages of Ogg, or tags of FLV, are lost, doubled or mixed up, or their time stamps lie."""
    mark = b"OggS" if data.startswith(b"OggS") else None
    if mark is None:
        return flip_head(data, chance)
    cuts = [m.start() for m in re.finditer(mark, data)]
    pages = [data[a:b] for a, b in zip(cuts, [*cuts[1:], len(data)], strict=True)]
    at = chance.randrange(len(pages))
    kind = chance.randrange(4)
    if kind == 0:
        pages.insert(at, pages[at])
    elif kind == 1:
        del pages[at]
    elif kind == 2:
        chance.shuffle(pages)
    else:
        granule = struct.pack("<q", chance.choice((0, -1, 2**62, 2**40, 48000 * 3600 * 400)))
        page = bytearray(pages[at])
        page[6:14] = granule[: len(page[6:14])]
        page[22:26] = b"\0\0\0\0"
        page[22:26] = struct.pack("<I", _ogg_sum(bytes(page)))
        pages[at] = bytes(page)
    return b"".join(pages)


def _ogg_sum(page: bytes) -> int:
    total = 0
    for byte in page:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
        total &= 0xFFFFFFFF
    return total


# Help -------------------------------------------------------------------------------------------


def _flipped(data: bytes, chance: Random, start: int, end: int, count: int) -> bytes:
    changed = bytearray(data)
    end = min(end, len(data))
    for _ in range(count if end > start else 0):
        changed[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _set_number(data: bytes, at: int, chance: Random, size: int = 0) -> bytes:
    size = size or chance.choice((1, 2, 4, 4, 4, 8))
    value = chance.choice(_NUMBERS) & ((1 << 8 * size) - 1)
    return data[:at] + value.to_bytes(size, chance.choice(("big", "little"))) + data[at + size :]


MUTATIONS: dict[str, Mutation] = {
    each.__name__: each
    for each in (
        *(flip_bits, flip_head, flip_end, overwrite, remove, insert, truncate, lose_head, tail),
        *(swap, repeat, number, digit, field, ebml_field, box, ts_packet, ogg_page),
    )
}
"""Mutations of bytes by name."""
