"""Small files that claim large pictures, where the codec itself says how large they are.

A claim in a container alone is mostly overruled by the codec; these are believed, and cost what the
picture would: a file of some hundred bytes asks for gigabytes.
"""

from __future__ import annotations

import re
import struct
from random import Random

_SIDES = (2000, 4000, 8191, 9000, 12000, 16383, 16384, 23000, 32767, 65535)


def huge_picture(data: bytes, chance: Random) -> bytes:
    """Every size of a picture that is found in the codec's own headers is large."""
    width, height = chance.choice(_SIDES), chance.choice(_SIDES)
    if chance.random() < 0.6:
        height = width
    big, little = struct.pack(">HH", height, width), struct.pack("<HH", width, height)
    for pattern, start, size in (
        (rb"\xff[\xc0-\xc3]\x00[\x11\x0b].", 5, big),  # JPEG: start of frame
        (rb"\x9d\x01\x2a", 3, struct.pack("<HH", min(width, 16383), min(height, 16383))),  # VP8
        (rb"GIF8[79]a", 6, little),
        (rb"DKIF....VP80|DKIF....AV01|DKIF....VP90", 12, little),
        (rb"IHDR", 4, struct.pack(">II", width, height)),  # PNG
        (rb"\xff\x4f\xff\x51....", 8, struct.pack(">II", width, height)),  # JPEG 2000
        (rb"\x00\x00\x01\xb3", 4, _mpeg2(width, height)),
        (
            rb"(avc1|hev1|mp4v|apcn|apch|av01|FFV1|png |jpeg|raw |AVdh|rle |v210)\0{6}..\0{16}",
            28,
            big,
        ),
        (rb"\x28\x00\x00\x00(?=.{4}.{4}\x01\x00)", 4, struct.pack("<ii", width, height)),  # AVI
        (rb"\xb0[\x81\x82]", 0, b""),
        (rb"icpf.{12}", 12, struct.pack(">HH", width, height)),  # ProRes
        (rb"W64 H48", 0, b""),
    ):
        data = _patched(data, pattern, start, size)
    data = data.replace(b"W64 H48", b"W%d H%d" % (width, height))
    data = re.sub(rb"\xb0\x81\x40\xba\x81\x30", b"\xb0\x82" + big[2:] + b"\xba\x82" + big[:2], data)
    return _larger_parameters(data, width, height)


def _patched(data: bytes, pattern: bytes, start: int, value: bytes) -> bytes:
    for found in re.finditer(pattern, data, re.DOTALL):
        at = found.start() + start
        data = data[:at] + value + data[at + len(value) :]
    return data


def _mpeg2(width: int, height: int) -> bytes:
    both = (min(width, 4095) << 12) | min(height, 4095)
    return both.to_bytes(3, "big")


# H.264 ------------------------------------------------------------------------------------------


def _larger_parameters(data: bytes, width: int, height: int) -> bytes:
    """Sequence parameter sets of H.264 say another size, in the bits that they have if they fit.

    They do not: numbers of other sizes have other lengths, so the set takes what follows with it.
    In MP4 and Matroska, where its length stands before it, that length is written anew.
    """
    for found in reversed(list(re.finditer(rb"\x67[\x42\x4d\x58\x64\xf4]..", data, re.DOTALL))):
        at = found.start()
        told = struct.unpack(">H", data[at - 2 : at])[0] if at >= 2 else 0
        size = told if 8 < told < 64 else 0
        if not size:
            stop = data.find(b"\x00\x00\x01", at)
            size = (stop if stop > 0 else at + 24) - at
        try:
            fresh = _resized(data[at : at + size], width, height)
        except IndexError:
            continue
        head = struct.pack(">H", len(fresh)) if size == told else data[max(at - 2, 0) : at]
        data = data[: max(at - 2, 0)] + head + fresh + data[at + size :]
    return data


class _Bits:
    def __init__(self, data: bytes) -> None:
        self.bits = "".join(f"{byte:08b}" for byte in data)
        self.at = 0

    def skip(self) -> int:
        """Pass over an exponential Golomb code and give it."""
        zeros = 0
        while self.bits[self.at + zeros] == "0":
            zeros += 1
        value = int(self.bits[self.at + zeros : self.at + 2 * zeros + 1] or "1", 2) - 1
        self.at += 2 * zeros + 1
        return value


def _golomb(value: int) -> str:
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def _resized(unit: bytes, width: int, height: int) -> bytes:
    bits = _Bits(unit)
    bits.at = 32
    bits.skip()  # Number of the set.
    if unit[1] in (100, 110, 122, 244):
        chroma = bits.skip()
        bits.at += chroma == 3
        bits.skip()
        bits.skip()
        bits.at += 2
    bits.skip()
    if bits.skip() == 0:
        bits.skip()
    bits.skip()
    bits.at += 1
    before = bits.bits[: bits.at]
    bits.skip()
    bits.skip()
    fresh = before + _golomb(width // 16 - 1) + _golomb(height // 16 - 1) + bits.bits[bits.at :]
    fresh += "0" * (-len(fresh) % 8)
    return bytes(int(fresh[i : i + 8], 2) for i in range(0, len(fresh), 8))
