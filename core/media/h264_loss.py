"""Notices pictures that were lost from an H.264 stream before it reached us.

A decoder conceals such a loss without a word. The stream itself counts: `frame_num` grows by one
with each reference picture (ITU-T H.264, 7.4.3), so a leap means that reference pictures between
are gone. Only headers are read; nothing is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_START = b"\x00\x00\x01"
_IDR, _PARTITION_A, _SLICE, _SPS = 5, 2, 1, 7
_CHROMA_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})
_HEADER_BYTES = 64


class BitReader:
    """Reads bits and Exp-Golomb codes (ITU-T H.264, 9.1) from a NAL unit's payload.

    Args:
        payload: Bytes behind the NAL header, emulation prevention still inside.
    """

    def __init__(self, payload: bytes) -> None:
        clean = payload.replace(b"\x00\x00\x03", b"\x00\x00")
        self._bits = int.from_bytes(clean, "big")
        self._left = 8 * len(clean)

    def read(self, count: int) -> int:
        """The next `count` bits.

        Raises:
            EOFError: There are not as many.
        """
        if count > self._left:
            raise EOFError("the header is cut off")
        self._left -= count
        return (self._bits >> self._left) & ((1 << count) - 1)

    def unsigned(self) -> int:
        """The next `ue(v)`."""
        zeros = 0
        while not self.read(1):
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)

    def signed(self) -> int:
        """The next `se(v)`."""
        code = self.unsigned()
        return (code + 1) // 2 if code % 2 else -(code // 2)


@dataclass(frozen=True, slots=True)
class Sequence:
    """What of a sequence parameter set is needed here.

    Attributes:
        frame_num_bits: Length of `frame_num`.
        gaps_allowed: Leaps are part of the plan (temporal layers).
        separate_planes: Slices name a colour plane before `frame_num`.
    """

    frame_num_bits: int
    gaps_allowed: bool
    separate_planes: bool


class LossWatch:
    """Follows `frame_num` through the packets of one stream.

    Args:
        extradata: The decoder's configuration: `avcC`, Annex B, or None.
    """

    def __init__(self, extradata: bytes | None) -> None:
        self._length_bytes = 0
        self._sequence: Sequence | None = None
        self._previous: int | None = None
        data = extradata or b""
        if data[:1] == b"\x01" and len(data) > 7:
            self._length_bytes = (data[4] & 3) + 1
            size = int.from_bytes(data[6:8], "big")
            self._learn(data[8 : 8 + size])
        else:
            for unit in _annex_b(data):
                self._learn(unit)

    def take(self, packet: bytes) -> int:
        """How many reference pictures are missing before this packet; 0 when none or unknown."""
        units = _prefixed(packet, self._length_bytes) if self._length_bytes else _annex_b(packet)
        for unit in units:
            kind = unit[0] & 31
            if kind == _SPS:
                self._learn(unit)
            elif kind in (_SLICE, _PARTITION_A, _IDR):
                return self._follow(unit, kind)
        return 0

    def restart(self) -> None:
        """Forget what came before, after a jump."""
        self._previous = None

    def _learn(self, unit: bytes) -> None:
        if unit and unit[0] & 31 == _SPS:
            try:
                self._sequence = _sequence(unit)
            except EOFError:
                self._sequence = None

    def _follow(self, unit: bytes, kind: int) -> int:
        if self._sequence is None or self._sequence.gaps_allowed:
            return 0
        try:
            number = _frame_num(unit, self._sequence)
        except EOFError:
            return 0
        before, is_reference = self._previous, bool(unit[0] & 0x60)
        if is_reference or before is None:
            self._previous = number
        # A picture may also reset the count (memory management 5), so small numbers say nothing.
        if before is None or kind == _IDR or number <= 1:
            return 0
        ahead = (number - before) % (1 << self._sequence.frame_num_bits)
        return max(ahead - 1, 0)


def _annex_b(data: bytes) -> Iterator[bytes]:
    """Heads of the NAL units between start codes."""
    at = data.find(_START)
    while at >= 0:
        begin = at + len(_START)
        at = data.find(_START, begin)
        unit = data[begin : min(at if at >= 0 else len(data), begin + 4 * _HEADER_BYTES)]
        if unit:
            yield unit


def _prefixed(data: bytes, length_bytes: int) -> Iterator[bytes]:
    """Heads of the NAL units that follow their lengths."""
    at = 0
    while at + length_bytes < len(data):
        size = int.from_bytes(data[at : at + length_bytes], "big")
        at += length_bytes
        if size:
            yield data[at : at + min(size, 4 * _HEADER_BYTES)]
        at += size


def _sequence(unit: bytes) -> Sequence:
    bits = BitReader(unit[1:])
    profile = bits.read(8)
    bits.read(16)
    bits.unsigned()
    separate = False
    if profile in _CHROMA_PROFILES:
        chroma = bits.unsigned()
        separate = chroma == 3 and bool(bits.read(1))
        bits.unsigned()
        bits.unsigned()
        bits.read(1)
        if bits.read(1):
            _skip_scaling(bits, 12 if chroma == 3 else 8)
    frame_num_bits = bits.unsigned() + 4
    order = bits.unsigned()
    if order == 0:
        bits.unsigned()
    elif order == 1:
        bits.read(1)
        bits.signed()
        bits.signed()
        for _ in range(bits.unsigned()):
            bits.signed()
    bits.unsigned()
    return Sequence(frame_num_bits, bool(bits.read(1)), separate)


def _skip_scaling(bits: BitReader, lists: int) -> None:
    for number in range(lists):
        if not bits.read(1):
            continue
        last = following = 8
        for _ in range(16 if number < 6 else 64):
            if following:
                following = (last + bits.signed()) % 256
            last = following or last


def _frame_num(unit: bytes, sequence: Sequence) -> int:
    bits = BitReader(unit[1:_HEADER_BYTES])
    for _ in range(3):
        bits.unsigned()
    if sequence.separate_planes:
        bits.read(2)
    return bits.read(sequence.frame_num_bits)
