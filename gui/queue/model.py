"""The queue as a table model that sorts and filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QIcon

from core.review.flag import Flag
from core.review.queue import EVERYTHING, Filter
from gui import theme
from gui.glyph import Sign, severity_icon, sign_icon
from gui.queue import flag_text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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
    """Flags as rows, sorted and filtered here: a long title has thousands of them.

    Args:
        clock: Writes seconds as the desk shows them.
    """

    def __init__(self, clock: Callable[[float], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._font = theme.mono_font(0.94)
        self._entries: tuple[Flag, ...] = ()
        self._shown: list[Flag] = []
        self._rows: dict[str, int] = {}
        self._filter = EVERYTHING
        self._column, self._order = Column.TIME, Qt.SortOrder.AscendingOrder

    # What there is and what is shown

    @property
    def entries(self) -> tuple[Flag, ...]:
        """All flags, unfiltered, in the session's order, which is by time."""
        return self._entries

    @property
    def filter(self) -> Filter:
        """What is shown now."""
        return self._filter

    def shown(self) -> tuple[Flag, ...]:
        """The flags as shown, in order."""
        return tuple(self._shown)

    def flag_at(self, row: int) -> Flag:
        """The flag in a row."""
        return self._shown[row]

    def row_of(self, key: str) -> int:
        """The row that shows the flag with this key, or −1."""
        return self._rows.get(key, -1)

    def set_flags(self, flags: Sequence[Flag]) -> None:
        """Take a new snapshot; rows that stay are only repainted."""
        self._entries = tuple(flags)
        self._arrange()

    def set_filter(self, wanted: Filter) -> None:
        """Show other rows."""
        if wanted != self._filter:
            self._filter = wanted
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the value behind a column; equal values stay in programme order."""
        self._column, self._order = Column(column), order
        self._arrange()

    def repaint(self) -> None:
        """Ask for colours and fonts again after a change of theme or clock."""
        self._font = theme.mono_font(0.94)
        self._repaint(0, len(self._shown) - 1)

    def _arrange(self) -> None:
        kept = [flag for flag in self._entries if self._filter.keeps(flag)]
        descending = self._order is Qt.SortOrder.DescendingOrder
        if self._column is not Column.TIME:
            kept.sort(key=lambda flag: _sort_key(flag, self._column), reverse=descending)
        elif descending:
            kept.reverse()
        old = self._shown
        if len(old) == len(kept) and all(a.key == b.key for a, b in zip(old, kept, strict=True)):
            self._shown = kept
            changed = [i for i, pair in enumerate(zip(old, kept, strict=True)) if _differ(*pair)]
            if changed:
                self._repaint(changed[0], changed[-1])
            return
        self.beginResetModel()
        self._shown = kept
        self._rows = {flag.key: row for row, flag in enumerate(kept)}
        self.endResetModel()

    def _repaint(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    # What Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of flags that are shown."""
        return 0 if parent.isValid() else len(self._shown)

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
        flag, column = self._shown[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(flag, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon_of(flag, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return flag_text.tooltip(flag, self._clock(flag.span.start_s))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.text_of(flag, column)
            return flag_text.state_sentence(flag) if column is Column.STATE else text
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.SCORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self.font_of(column)
        if role == Qt.ItemDataRole.ForegroundRole and flag_text.sign_of(flag) is Sign.REJECTED:
            return theme.current().text_muted
        return None

    def font_of(self, column: Column) -> QFont | None:
        """Digits of one width where figures stand in a column."""
        return self._font if column in (Column.TIME, Column.SCORE) else None

    def text_of(self, flag: Flag, column: Column) -> str:
        """What a cell says."""
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


def _differ(one: Flag, other: Flag) -> bool:
    """Whether two states of a flag look different; cheaper than comparing all they hold."""
    return one is not other and (
        one.verdict is not other.verdict
        or (one.score, one.severity, one.orphan) != (other.score, other.severity, other.orphan)
        or flag_text.note_of(one) != flag_text.note_of(other)
    )


def _sort_key(flag: Flag, column: Column) -> float | str:
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


def icon_of(flag: Flag, column: Column) -> QIcon | None:
    """The sign of the verdict or of the severity, in the columns that have one."""
    colors = theme.current()
    if column is Column.STATE:
        sign = flag_text.sign_of(flag)
        return sign_icon(sign, colors.color(sign.role), orphan=flag.orphan)
    if column is Column.SEVERITY:
        severity = flag_text.severity_of(flag)
        return severity_icon(severity, colors.severity(severity))
    return None
