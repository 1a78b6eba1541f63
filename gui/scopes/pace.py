"""Playing goes first: where frames are dropped, scopes look at fewer of them."""

from __future__ import annotations

MOST = 8
"""At least every eighth frame is looked at."""

_GOOD_FRAMES = 50


class Pace:
    """Says of which frames scopes are made while playing.

    Attributes:
        every: Scopes are made of each so many frames; 1 is all of them.
    """

    def __init__(self) -> None:
        self.every = 1
        self._dropped = 0
        self._good = 0
        self._count = 0

    def begin(self, dropped: int) -> None:
        """Playing begins anew, with so many frames dropped before."""
        self.every, self._dropped, self._good, self._count = 1, dropped, 0, 0

    def take(self, dropped: int) -> bool:
        """Whether to look at this frame.

        Args:
            dropped: How many frames the player has dropped until now.
        """
        if dropped > self._dropped:
            self._dropped, self._good = dropped, 0
            self.every = min(self.every * 2, MOST)
        else:
            self._good += 1
            if self._good >= _GOOD_FRAMES and self.every > 1:
                self.every, self._good = self.every // 2, 0
        self._count += 1
        return self._count % self.every == 0
