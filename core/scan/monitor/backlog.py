"""Packets between receiving and analysing: receiving never waits.

When analysis falls too far behind, all that waits is left out at once, up to the next key picture,
and who analyses is told what it missed.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from core.media.live.reader import LivePacket, LiveReader

MOST_BYTES = 96 << 20
MOST_S = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Begin:
    """A connection was opened; its packets follow.

    Attributes:
        reader: The connection, to be closed by who analyses once its `End` has come.
        session: Its number in the ring, 0 without one.
    """

    reader: LiveReader
    session: int


@dataclass(frozen=True, slots=True)
class End:
    """A connection is over.

    Attributes:
        sentence: Why.
    """

    sentence: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Packets that were left out.

    Attributes:
        first: When the first of them arrived, on the monotonic clock.
        last: When the last did.
    """

    first: float
    last: float


Item = LivePacket | Begin | End | Skip


class Backlog:
    """A queue that forgets rather than blocks.

    Args:
        most_s: Longest wait of a packet.
        most_bytes: Most that waits.
        now: The monotonic clock.
    """

    def __init__(
        self,
        most_s: float = MOST_S,
        most_bytes: int = MOST_BYTES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_s = most_s
        self._most_bytes = most_bytes
        self._now = now
        self._items: deque[Item] = deque()
        self._bytes = 0
        self._waiting_key = False
        self._has_pictures = False
        self._changed = threading.Condition()

    @property
    def lag_s(self) -> float:
        """How old the oldest packet is that waits."""
        with self._changed:
            return self._lag()

    def put(self, item: Begin | End | LivePacket) -> None:
        """Take what was received; returns at once."""
        with self._changed:
            if isinstance(item, LivePacket):
                self._put_packet(item)
            else:
                if isinstance(item, Begin):
                    self._has_pictures = item.reader.video is not None
                self._waiting_key = False
                self._items.append(item)
            self._changed.notify()

    def get(self, timeout_s: float) -> Item | None:
        """The next item; None when none came in time."""
        with self._changed:
            if not self._items:
                self._changed.wait(timeout_s)
            if not self._items:
                return None
            item = self._items.popleft()
            if isinstance(item, LivePacket):
                self._bytes -= item.packet.size
            return item

    def _put_packet(self, item: LivePacket) -> None:
        if self._lag() > self._most_s or self._bytes > self._most_bytes:
            self._leave_out()
        if self._waiting_key:
            if item.key and (item.is_picture or not self._has_pictures):
                self._waiting_key = False
            else:
                self._extend_skip(item.arrived)
                return
        self._items.append(item)
        self._bytes += item.packet.size

    def _leave_out(self) -> None:
        """Forget all packets that wait; beginnings and ends of connections stay."""
        kept: deque[Item] = deque()
        for item in self._items:
            if isinstance(item, LivePacket):
                first = last = item.arrived
            elif isinstance(item, Skip):
                first, last = item.first, item.last
            else:
                kept.append(item)
                continue
            if kept and isinstance(kept[-1], Skip):
                first = kept.pop().first  # type: ignore[union-attr]
            kept.append(Skip(first, last))
        self._items = kept
        self._bytes = 0
        self._waiting_key = True

    def _extend_skip(self, arrived: float) -> None:
        before = self._items[-1] if self._items else None
        if isinstance(before, Skip):
            self._items[-1] = Skip(before.first, arrived)
        else:
            self._items.append(Skip(arrived, arrived))

    def _lag(self) -> float:
        oldest = next((i.arrived for i in self._items if isinstance(i, LivePacket)), None)
        return 0.0 if oldest is None else max(self._now() - oldest, 0.0)
