"""Titles as a table model that knows the order of all rows, and what is said of those in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.domain.summary import TitleOrder, TitleSummary
from gui.language import told, tr
from gui.library import word
from gui.paging import Pages
from gui.queue.flag_text import SEVERITY_TITLES

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PAGE = 60


class Column(IntEnum):
    """The columns of the library."""

    NAME = 0
    STATE = 1
    FLAGS = 2
    WORST = 3
    LENGTH = 4
    FORMAT = 5
    REVIEWERS = 6
    OPENED = 7
    ANALYSED = 8
    FOLDER = 9


ORDERS = {
    Column.NAME: TitleOrder.NAME,
    Column.STATE: TitleOrder.STATE,
    Column.FLAGS: TitleOrder.UNDECIDED,
    Column.WORST: TitleOrder.WORST,
    Column.LENGTH: TitleOrder.DURATION,
    Column.FORMAT: TitleOrder.MEDIA,
    Column.REVIEWERS: TitleOrder.REVIEWERS,
    Column.OPENED: TitleOrder.OPENED,
    Column.ANALYSED: TitleOrder.ANALYSED,
    Column.FOLDER: TitleOrder.FOLDER,
}


class TitleModel(QAbstractTableModel):
    """Rows of titles; lines are asked for when their rows are painted.

    Signals:
        wanted: Fingerprints whose lines are needed.
        sorted: A person wants another order: `TitleOrder`, whether descending.
    """

    wanted = Signal(object)
    sorted = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self._rows: dict[str, int] = {}
        self._lines: dict[str, TitleSummary] = {}
        self._missing: frozenset[str] = frozenset()
        self._pages = Pages(_PAGE, self)
        self._pages.wanted.connect(self._ask)

    @property
    def keys(self) -> tuple[str, ...]:
        """Fingerprints of all rows, in order."""
        return self._keys

    @property
    def lines(self) -> Mapping[str, TitleSummary]:
        """The lines that are here."""
        return self._lines

    @property
    def missing(self) -> frozenset[str]:
        """Titles whose files are not where they were."""
        return self._missing

    def key_at(self, row: int) -> str:
        """The fingerprint of a row; empty beyond the last."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def row_of(self, key: str) -> int:
        """The row of a fingerprint, or −1."""
        return self._rows.get(key, -1)

    def line_at(self, row: int) -> TitleSummary | None:
        """The line of a row; one that is not here yet is asked for."""
        line = self._lines.get(self._keys[row])
        if line is None:
            self._pages.miss(row)
        return line

    def set_keys(self, keys: tuple[str, ...], lines: Mapping[str, TitleSummary]) -> bool:
        """Take what is listed now, with some of its lines.

        Returns:
            Whether rows came, went or moved.
        """
        self._pages.forget()
        self._lines = dict(lines)
        moved = keys != self._keys
        if moved:
            self.beginResetModel()
            self._keys = keys
            self._rows = {key: row for row, key in enumerate(keys)}
            self.endResetModel()
        else:
            self.repaint()
        return moved

    def take(self, lines: Mapping[str, TitleSummary]) -> None:
        """Take lines that were asked for."""
        self._lines.update(lines)
        self.repaint()

    def set_missing(self, missing: Collection[str]) -> None:
        """Say which files are not where they were."""
        if frozenset(missing) != self._missing:
            self._missing = frozenset(missing)
            self.repaint()

    def repaint(self) -> None:
        """Have everything in sight painted anew."""
        if self._keys:
            last = self.index(len(self._keys) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _ask(self, rows: slice) -> None:
        keys = list(self._keys[rows])
        if keys:
            self.wanted.emit(keys)

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of titles."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(word.ORDERS[ORDERS[Column(section)]])
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.FLAGS:
            return tr("Flags that nobody has decided, of all")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tooltip or accessible text of one cell."""
        if not index.isValid():
            return None
        line = self.line_at(index.row())
        if line is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            gone = column is Column.NAME and line.fingerprint in self._missing
            return f"{line.name}, {tr('file missing')}" if gone else self.text_of(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(line)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the store sorts."""
        down = order is Qt.SortOrder.DescendingOrder
        self.sorted.emit(ORDERS[Column(column)], down)

    def text_of(self, line: TitleSummary, column: Column) -> str:
        """What a cell says."""
        match column:
            case Column.NAME:
                return line.name
            case Column.STATE:
                return word.state_text(line)
            case Column.FLAGS:
                return word.flags_text(line)
            case Column.WORST:
                known = line.counted and line.worst is not None
                return tr(SEVERITY_TITLES[line.worst]) if known and line.worst else ""
            case Column.LENGTH:
                return word.length_text(line.duration_s) if line.duration_s > 0 else "–"
            case Column.FORMAT:
                return line.media
            case Column.REVIEWERS:
                return line.reviewers
            case Column.OPENED:
                return word.date_text(line.opened)
            case Column.ANALYSED:
                return word.date_text(line.analysed)
            case Column.FOLDER:
                return line.path.removesuffix(line.name).rstrip("/\\") or "/"

    def _tooltip(self, line: TitleSummary) -> str:
        lines = [line.path, f"{line.media} · {word.size_text(line.size_bytes)}"]
        if line.fingerprint in self._missing:
            lines.append(tr("The file is not there any more; open the title to look for it"))
        if line.error:
            lines.append(told(line.error))
        return "\n".join(lines)
