"""Places decoded sound on the sample grid by its time stamps, as far as those can be believed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import av

from core.domain.title import AudioStream

_DRIFT = Fraction(3, 1000)
# How much of what follows a jump is looked at before it is believed.
_HOLD = Fraction(1, 2)
_HOLD_BLOCKS = 4
# Stamps that keep to a jump: so many of them, and at least so large a share.
_KEEPING_BLOCKS = 3
_KEEPING_SHARE = Fraction(2, 3)
# Half of the longest block a Vorbis stream may have: by less than that its stamps may be off.
_ROUGH = {"vorbis": 4096}


@dataclass(frozen=True, slots=True)
class Placed:
    """A decoded block and where it lies.

    Attributes:
        frame: The block.
        at: Number of its first sample, counted from time zero.
        step: By how many samples it lies after the end of the one before; negative where it lies
            before.
    """

    frame: av.AudioFrame
    at: int
    step: int


@dataclass(frozen=True, slots=True)
class _Held:
    frame: av.AudioFrame
    exact: Fraction


class SampleClock:
    """Turns a stream's time stamps into sample numbers that do not jitter.

    Containers with a coarse base (Matroska: 1 ms) round each stamp. While stamps stay within 3 ms
    of where the samples before end, samples are taken to follow each other; after a jump the
    block size, which most codecs keep, tells the exact sample.

    Some stamps are off for a few blocks and right again: Ogg's reader counts the overlap of a
    Vorbis block with one of another size for the wrong one of the two, and some writers put the
    stamps of AAC on the grid of another block size. No sound is missing or doubled there. So
    where a stamp jumps, half a second of what follows is held back: if the stamps keep to the
    jump, it is one; if they come back to where the samples are, the block follows the one
    before; if they do neither, the stamp is believed.

    Args:
        stream: Whose stamps.

    Attributes:
        coarse: Whether the stream's stamps are coarser than its samples.
    """

    def __init__(self, stream: AudioStream) -> None:
        self._rate = stream.sample_rate
        self._base = stream.base
        self.coarse = stream.base * stream.sample_rate > 1
        self._tolerance = max(_DRIFT, stream.base) * stream.sample_rate
        self._same = max(stream.base * stream.sample_rate, Fraction(1))
        self._rough = Fraction(_ROUGH.get(stream.codec, 0))
        self._anchor: int | None = None
        self._next: int | None = None
        self._held: deque[_Held] = deque()

    def restart(self) -> None:
        """Forget what came before, after a seek."""
        self._next = None
        self._held.clear()

    def take(self, frame: av.AudioFrame) -> list[Placed]:
        """Give the next block.

        Returns:
            The blocks whose place is known by now, in order: mostly this one, none while a jump
            is in doubt, several when the doubt ends.
        """
        held = _Held(frame, self._exact(frame))
        if not self._held and self._follows(held):
            return [self._follow(held)]
        if self._next is None:
            return [self._put(frame, self._start(held))]
        self._held.append(held)
        return self._settle(final=False)

    def rest(self) -> list[Placed]:
        """The blocks held back, when there are no more."""
        return self._settle(final=True)

    def _exact(self, frame: av.AudioFrame) -> Fraction:
        if frame.pts is not None:
            return frame.pts * self._base * self._rate
        if not self._held:
            return Fraction(self._next or 0)
        last = self._held[-1]
        return last.exact + last.frame.samples

    def _start(self, first: _Held) -> int:
        """Where the first block after a seek lies."""
        at = floor(first.exact + Fraction(1, 2))
        if self._anchor is None or not self.coarse:
            return at
        steps = round((at - self._anchor) / first.frame.samples)
        snapped = self._anchor + steps * first.frame.samples
        return snapped if abs(first.exact - snapped) <= self._tolerance else at

    def _follows(self, held: _Held) -> bool:
        return self._next is not None and abs(held.exact - self._next) <= self._tolerance

    def _follow(self, held: _Held) -> Placed:
        assert self._next is not None
        if self._anchor is None and held.frame.pts is not None:
            # The first block may be cut short by the encoder's delay; later ones are not.
            self._anchor = self._next
        return self._put(held.frame, self._next)

    def _put(self, frame: av.AudioFrame, at: int) -> Placed:
        step = 0 if self._next is None else at - self._next
        self._next = at + frame.samples
        return Placed(frame, at, step)

    def _settle(self, *, final: bool) -> list[Placed]:
        placed: list[Placed] = []
        while self._held and (final or self._is_enough()):
            jumps = self._is_jump()
            first = self._held.popleft()
            at = floor(first.exact + Fraction(1, 2)) if jumps else self._next
            assert at is not None
            placed.append(self._put(first.frame, at))
            while self._held and self._follows(self._held[0]):
                placed.append(self._follow(self._held.popleft()))
        return placed

    def _is_enough(self) -> bool:
        total = sum(held.frame.samples for held in self._held)
        return len(self._held) > _HOLD_BLOCKS and total > _HOLD * self._rate

    def _is_jump(self) -> bool:
        """Whether the first of the blocks held does not follow what came before."""
        off = self._offsets()
        first = off[0]
        keeping = sum(abs(each - first) <= self._same for each in off)
        if keeping >= _KEEPING_BLOCKS and keeping >= _KEEPING_SHARE * len(off):
            return True
        near = min(off) if first > 0 else -max(off)
        if near <= self._tolerance:
            self._rough = max(self._rough, abs(first))
            return False
        # At the end of the stream there may be nothing to tell by.
        return self._is_enough() or abs(first) > self._rough

    def _offsets(self) -> list[Fraction]:
        """How far the stamp of each block held lies after where it would follow."""
        assert self._next is not None
        follows, off = self._next, []
        for held in self._held:
            off.append(held.exact - follows)
            follows += held.frame.samples
        return off
