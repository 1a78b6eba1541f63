"""Sound beside pictures, for detectors that need both.

Files carry sound and pictures in an order of their own, apart by seconds at times. So this sound is
decoded by itself, from the same file, and always given as far ahead of the pictures: what a
detector knows at a picture does not depend on how the file was written, and nobody waits for the
other. Decoding sound a second time takes some seconds an hour.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from fractions import Fraction

import numpy as np

from core.detectors.base import Sample
from core.domain.media import AudioBlock

AHEAD_S = 10
"""How far behind a picture the sound reaches that is given with it, at least."""

_BATCH_S = 1
_BEFORE_S = 20
_JOINED_S = Fraction(1, 50)


class SoundFeed:
    """Gives the blocks of one sound stream, each once, in time for its pictures.

    Args:
        items: Blocks in order, and whatever else a decode pass yields, which is left out. Not
            touched before the first picture; closed with the feed.
    """

    def __init__(self, items: Iterable[object]) -> None:
        self._items = items
        self._iterator: Iterator[object] | None = None
        self._held: AudioBlock | None = None
        self._reached: Fraction | None = None

    def beside(self, at_s: Fraction) -> Sample | None:
        """The sound that is new with a picture.

        Args:
            at_s: When the picture shows, in seconds of media time.

        Returns:
            Samples without a hole; None when what was given still reaches far enough, there is no
            more, or what comes first does not follow what was given (then it comes next time).
        """
        if self._reached is not None and self._reached >= at_s + AHEAD_S:
            return None
        blocks: list[AudioBlock] = []
        while (block := self._next()) is not None:
            self._reached = _end_of(block)
            if self._reached < at_s - _BEFORE_S:
                continue
            if blocks and not _follows(blocks[-1], block):
                self._held = block
                break
            blocks.append(block)
            if self._reached >= at_s + AHEAD_S + _BATCH_S:
                break
        if not blocks:
            return None
        first = blocks[0]
        samples = np.concatenate([block.samples for block in blocks], axis=1)
        return Sample(first.pts, first.base, samples, rate=first.rate)

    def close(self) -> None:
        """Close the file."""
        if isinstance(self._iterator, Generator):
            self._iterator.close()
        self._iterator = iter(())

    def _next(self) -> AudioBlock | None:
        if self._iterator is None:
            self._iterator = iter(self._items)
        if self._held is not None:
            block, self._held = self._held, None
            return block
        return next((item for item in self._iterator if isinstance(item, AudioBlock)), None)


def _end_of(block: AudioBlock) -> Fraction:
    return block.pts * block.base + Fraction(block.samples.shape[1], block.rate)


def _follows(before: AudioBlock, block: AudioBlock) -> bool:
    alike = (before.rate, len(before.samples)) == (block.rate, len(block.samples))
    return alike and abs(block.pts * block.base - _end_of(before)) <= _JOINED_S
