"""Who writes to the store for all channels of a process, in a thread of its own.

A store that is locked or gone holds nobody up: what is to be written waits, the oldest is forgotten
when too much waits, and that is counted.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import count

from core.domain.channel import ChannelEvent, ChannelFigures, ChannelState
from core.domain.errors import KnownError
from core.scan.monitor.excerpt import ClipOrder, Excerpt, keep_clip
from core.store.store import Store

_log = logging.getLogger(__name__)

BEAT_S = 2.0
_MOST_WAITING = 10_000
_MOST_KNOWN = 5_000
_MOST_ORDERS = 200

Report = Callable[[], tuple[ChannelState, ChannelFigures]]


@dataclass(slots=True)
class _Entry:
    key: int
    channel: str
    event: ChannelEvent


class Clerk:
    """Writes reports, events and clips.

    Args:
        store: Where to.
        told: Hears each event as it is written first, and each clip; in the clerk's thread.
        beat_s: Between two reports.
    """

    def __init__(
        self,
        store: Store,
        told: Callable[[str, ChannelEvent], None] = lambda channel, event: None,
        beat_s: float = BEAT_S,
    ) -> None:
        self._store = store
        self._told = told
        self._beat_s = beat_s
        self._reports: dict[str, Report] = {}
        self._waiting: deque[_Entry] = deque()
        self._amended: OrderedDict[int, _Entry] = OrderedDict()
        self._numbers: OrderedDict[int, int] = OrderedDict()
        self._orders: deque[ClipOrder] = deque()
        self._keys = count(1)
        self._changed = threading.Condition()
        self._closing = False
        self._urgent = False
        self.lost = 0
        self.trouble = ""
        self._thread = threading.Thread(target=self._run, name="monitor-clerk")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def close(self) -> None:
        """Write what waits and end; channels must have ended before."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def enroll(self, channel: str, report: Report) -> None:
        """A channel whose state is to be written from now on."""
        with self._changed:
            self._reports[channel] = report

    def post(self, channel: str, event: ChannelEvent) -> int:
        """Have an event written; the key to amend it with."""
        with self._changed:
            key = next(self._keys)
            self._waiting.append(_Entry(key, channel, event))
            if len(self._waiting) > _MOST_WAITING:
                self._waiting.popleft()
                self.lost += 1
            self._urgent = True
            self._changed.notify()
            return key

    def amend(self, key: int, channel: str, event: ChannelEvent) -> None:
        """Have an event replaced by what is known now; what it knows of a clip stays."""
        with self._changed:
            self._amended[key] = _Entry(key, channel, event)
            while len(self._amended) > _MOST_WAITING:
                self._amended.popitem(last=False)
                self.lost += 1

    def order(self, order: ClipOrder) -> bool:
        """Have a clip written; False when too many wait."""
        with self._changed:
            if len(self._orders) >= _MOST_ORDERS:
                self.lost += 1
                return False
            self._orders.append(order)
            return True

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._closing and not self._urgent:
                    self._changed.wait(self._beat_s)
                self._urgent = False
                closing = self._closing
            try:
                self._write_all()
                self._clips(closing)
                self._write_all()
                self.trouble = ""
            except KnownError as error:
                if not self.trouble:
                    _log.warning("the store takes nothing from the monitor: %s", error.sentence)
                self.trouble = error.sentence
                if not closing:
                    with self._changed:
                        self._changed.wait(self._beat_s)
            if closing:
                return

    def _write_all(self) -> None:
        with self._changed:
            entries = list(self._waiting)
            reports: Mapping[str, Report] = dict(self._reports)
        for channel, report in reports.items():
            mine = [entry for entry in entries if entry.channel == channel]
            state, figures = report()
            numbers = self._store.channels.update(
                channel, state, figures, [entry.event for entry in mine]
            )
            with self._changed:
                for entry, number in zip(mine, numbers, strict=True):
                    self._waiting.remove(entry)
                    self._numbers[entry.key] = number
                while len(self._numbers) > _MOST_KNOWN:
                    self._numbers.popitem(last=False)
            for entry in mine:
                self._told(channel, entry.event)
        self._amend_all()

    def _amend_all(self) -> None:
        with self._changed:
            due = [entry for key, entry in self._amended.items() if key in self._numbers]
        for entry in due:
            self._store.channels.complete(
                self._numbers[entry.key], replace(entry.event, channel=entry.channel)
            )
            with self._changed:
                if self._amended.get(entry.key) is entry:
                    del self._amended[entry.key]

    def _clips(self, closing: bool) -> None:
        with self._changed:
            orders = list(self._orders)
        for order in orders:
            if not closing and not order.is_ready():
                continue
            with self._changed:
                self._orders.remove(order)
            try:
                excerpt = keep_clip(order, self._store)
            except KnownError as error:
                _log.info("no clip of %s: %s %s", order.name, error.sentence, error.details)
            else:
                self._enter(order, excerpt)

    def _enter(self, order: ClipOrder, excerpt: Excerpt) -> None:
        for key, event in order.done(excerpt):
            self.amend(key, order.channel, event)
            self._told(order.channel, event)
