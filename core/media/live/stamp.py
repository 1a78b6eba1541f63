"""Time stamps of a stream that goes on for days: MPEG-2 counts to 2^33 and begins again.

At 90 kHz that is after 26.5 hours (ISO/IEC 13818-1, 2.4.3.6).
"""

from __future__ import annotations

from fractions import Fraction

CLOCK = Fraction(1, 90_000)
"""Base of the time stamps of a transport stream."""

_BITS = 33


class Unwrapper:
    """Makes stamps of one clock go on where they begin again.

    Streams of one programme share the clock, so they share this too: each stamp is taken as the
    one nearest to the last, whichever stream that was of.
    """

    def __init__(self, bits: int = _BITS) -> None:
        self._period = 1 << bits
        self._last: int | None = None

    def take(self, stamp: int) -> int:
        """The stamp on a line without an end."""
        if self._last is not None:
            turns, half = divmod(self._last - stamp, self._period)
            stamp += self._period * (turns + (half * 2 > self._period))
        self._last = stamp
        return stamp
