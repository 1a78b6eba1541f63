"""Channels as a list model that knows the order of all, and what is said of those in sight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.domain.channel import ChannelEvent
from core.review.channel import WallState
from gui.language import tr
from gui.paging import Pages
from gui.wall import word
from gui.widget import plain_tip

if TYPE_CHECKING:
    from core.review.channel import ChannelLine, WallLook

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PAGE = 60


class ChannelModel(QAbstractListModel):
    """Tiles of channels; lines are asked for when their tiles are painted.

    Signals:
        wanted: Ids whose lines are needed.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self._rows: dict[str, int] = {}
        self._lines: dict[str, ChannelLine] = {}
        self._unheard = False
        self.now = datetime.now(UTC)
        self._pages = Pages(_PAGE, self)
        self._pages.wanted.connect(self._ask)

    @property
    def keys(self) -> tuple[str, ...]:
        """Ids of all tiles, in order."""
        return self._keys

    def key_at(self, row: int) -> str:
        """The id of a tile; empty beyond the last."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def row_of(self, key: str) -> int:
        """The place of an id, or −1."""
        return self._rows.get(key, -1)

    def line(self, key: str) -> ChannelLine | None:
        """What is known of a channel, as far as it is here."""
        return self._lines.get(key)

    def line_at(self, row: int) -> ChannelLine | None:
        """The line of a tile; one that is not here yet is asked for."""
        line = self._lines.get(self._keys[row])
        if line is None:
            self._pages.miss(row)
        return line

    def state_of(self, line: ChannelLine) -> WallState:
        """How it stands with a channel; nothing is known while the store cannot be read."""
        if self._unheard and line.channel.state.is_watched:
            return WallState.SILENT
        return line.state

    def show(self, look: WallLook) -> bool:
        """Take what there is now.

        Returns:
            Whether tiles came, went or moved.
        """
        self._pages.forget()
        self._lines = dict(look.lines)
        self._unheard, self.now = False, look.at
        moved = look.keys != self._keys
        if moved:
            self.beginResetModel()
            self._keys = look.keys
            self._rows = {key: row for row, key in enumerate(look.keys)}
            self.endResetModel()
        else:
            self.repaint()
        return moved

    def take(self, lines: Mapping[str, ChannelLine]) -> None:
        """Take lines that were asked for."""
        self._lines.update(lines)
        self.repaint()

    def set_unheard(self) -> None:
        """The store was not read for so long that nothing is known of any channel."""
        self._unheard, self.now = True, datetime.now(UTC)
        self.repaint()

    def repaint(self) -> None:
        """Have everything in sight painted anew."""
        if self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))

    def _ask(self, rows: slice) -> None:
        keys = list(self._keys[rows])
        if keys:
            self.wanted.emit(keys)

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of channels."""
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tooltip or all of a tile in words."""
        if not index.isValid():
            return None
        # Qt asks for the size of every tile; only who wants words has a line read.
        if role == Qt.ItemDataRole.DisplayRole:
            line = self._lines.get(self._keys[index.row()])
            return "" if line is None else line.channel.name
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.line_at(index.row())
        if line is None:
            return tr("Being read")
        state = self.state_of(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return word.spoken(line, state, self.now)
        return plain_tip("\n".join(word.detail_lines(line, state, self.now)))


class EventModel(QAbstractListModel):
    """What happened on one channel, newest first.

    Signals:
        more_wanted: The end was reached, and there may be more.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[ChannelEvent, ...] = ()
        self._asked = 0
        self._limit = 0

    @property
    def events(self) -> tuple[ChannelEvent, ...]:
        """All rows."""
        return self._events

    def show(self, events: tuple[ChannelEvent, ...], limit: int) -> bool:
        """Take what happened.

        Args:
            events: Newest first.
            limit: How many were asked for at most.

        Returns:
            Whether rows came, went or moved.
        """
        self._limit = limit
        if events == self._events:
            return False
        same = [e.number for e in events] == [e.number for e in self._events]
        if same:
            self._events = events
            self.dataChanged.emit(self.index(0), self.index(len(events) - 1))
            return False
        self.beginResetModel()
        self._events = events
        self.endResetModel()
        return True

    def row_of(self, number: int) -> int:
        """The row of an event, or −1."""
        return next((i for i, e in enumerate(self._events) if e.number == number), -1)

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there may be older events."""
        return not parent.isValid() and 0 < self._limit == len(self._events) > self._asked

    def fetchMore(self, parent: _Index) -> None:
        """Ask for older events."""
        self._asked = len(self._events)
        self.more_wanted.emit()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of events."""
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An event in words."""
        if not index.isValid():
            return None
        event = self._events[index.row()]
        now = datetime.now(UTC)
        words = (word.clock_text(event.at, now), word.event_title(event), word.event_note(event))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, words))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, words)))
        return None
