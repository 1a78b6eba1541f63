"""The queue as a table model, and the filter in front of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from core.review.flag import Flag
from core.review.queue import EVERYTHING, Filter
from gui import theme
from gui.glyph import Sign, severity_icon, sign_icon
from gui.queue import flag_text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
FLAG_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class Column(IntEnum):
    """The columns of the queue."""

    STATE = 0
    TIME = 1
    DEFECT = 2
    SEVERITY = 3
    SCORE = 4
    NOTE = 5
    DETECTOR = 6


TITLES = ("", "Time", "Defect", "Severity", "Score", "Note", "Detector")


class FlagModel(QAbstractTableModel):
    """Flags as rows; a refresh keeps rows that stay, so selection and scrolling survive.

    Args:
        clock: Writes seconds as the desk shows them.
    """

    def __init__(self, clock: Callable[[float], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._flags: tuple[Flag, ...] = ()

    @property
    def entries(self) -> tuple[Flag, ...]:
        """All flags, unfiltered, in the session's order."""
        return self._flags

    def set_flags(self, flags: Sequence[Flag]) -> None:
        """Take a new snapshot."""
        new = tuple(flags)
        if [f.key for f in new] == [f.key for f in self._flags]:
            old, self._flags = self._flags, new
            for row, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        self.beginResetModel()
        self._flags = new
        self.endResetModel()

    def repaint(self) -> None:
        """Ask for colours again after a change of theme or clock."""
        if self._flags:
            last = self.index(len(self._flags) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of flags."""
        return 0 if parent.isValid() else len(self._flags)

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
            return TITLES[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.STATE:
            return "Verdict"
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon, sort key, tooltip or accessible text of one cell."""
        if not index.isValid():
            return None
        flag, column = self._flags[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(flag, column)
        if role == SORT_ROLE:
            return _sort_key(flag, column)
        if role == FLAG_ROLE:
            return flag
        if role == Qt.ItemDataRole.DecorationRole:
            return _icon(flag, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return flag_text.tooltip(flag, self._clock(flag.span.start_s))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._text(flag, column)
            return flag_text.state_sentence(flag) if column is Column.STATE else text
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.SCORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column in (Column.TIME, Column.SCORE):
            return theme.mono_font(0.94)
        if role == Qt.ItemDataRole.ForegroundRole and flag_text.sign_of(flag) is Sign.REJECTED:
            return theme.current().text_muted
        return None

    def _text(self, flag: Flag, column: Column) -> str:
        score = flag_text.score_of(flag)
        match column:
            case Column.STATE:
                return ""
            case Column.TIME:
                return self._clock(flag.span.start_s)
            case Column.DEFECT:
                return flag_text.defect_title(flag.defect)
            case Column.SEVERITY:
                return flag_text.SEVERITY_TITLES[flag_text.severity_of(flag)]
            case Column.SCORE:
                return f"{score:.2f}" if score is not None else "–"
            case Column.DETECTOR:
                return flag_text.detector_title(flag.detector)
            case Column.NOTE:
                return flag_text.note_of(flag).replace("\n", " ")


def _sort_key(flag: Flag, column: Column) -> object:
    match column:
        case Column.STATE:
            return list(Sign).index(flag_text.sign_of(flag))
        case Column.TIME:
            return flag.span.start_s
        case Column.SEVERITY:
            return flag_text.severity_of(flag).rank
        case Column.SCORE:
            score = flag_text.score_of(flag)
            return -1.0 if score is None else score
        case Column.DEFECT:
            return flag_text.defect_title(flag.defect).casefold()
        case Column.DETECTOR:
            return flag_text.detector_title(flag.detector).casefold()
        case Column.NOTE:
            return flag_text.note_of(flag).casefold()


def _icon(flag: Flag, column: Column) -> object:
    colors = theme.current()
    if column is Column.STATE:
        sign = flag_text.sign_of(flag)
        return sign_icon(sign, colors.color(sign.role), orphan=flag.orphan)
    if column is Column.SEVERITY:
        severity = flag_text.severity_of(flag)
        return severity_icon(severity, colors.severity(severity))
    return None


class FlagProxy(QSortFilterProxyModel):
    """Sorts by the value behind a cell, filters by a `Filter` of the review room."""

    def __init__(self, source: FlagModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = EVERYTHING
        self._source = source
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)
        self.setSourceModel(source)
        self.sort(Column.TIME)

    @property
    def filter(self) -> Filter:
        """What is shown now."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """Show other rows."""
        if wanted != self._filter:
            self.beginFilterChange()
            self._filter = wanted
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        """Whether a flag passes the filter."""
        return self._filter.keeps(self._source.entries[row])

    def lessThan(self, left: _Index, right: _Index) -> bool:
        """Order by value, then by time, so equal values stay in programme order."""
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one != other:
            return bool(one < other)
        entries = self._source.entries
        return entries[left.row()].span.start_s < entries[right.row()].span.start_s

    def flag_at(self, row: int) -> Flag:
        """The flag in a row as shown."""
        return self._source.entries[self.mapToSource(self.index(row, 0)).row()]

    def shown(self) -> tuple[Flag, ...]:
        """All flags as shown, in order."""
        return tuple(self.flag_at(row) for row in range(self.rowCount()))

    def row_of(self, key: str) -> int:
        """The row that shows the flag with this key, or −1."""
        for row in range(self.rowCount()):
            if self.flag_at(row).key == key:
                return row
        return -1
