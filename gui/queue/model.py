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
from core.review.order import QueueOrder, arrange
from core.review.queue import EVERYTHING, Filter
from gui import theme
from gui.glyph import Sign, severity_icon, sign_icon
from gui.language import mark, tr
from gui.queue import flag_text
from gui.queue.row import (
    Cut,
    Row,
    grouped_rows,
    head_note,
    head_sign,
    head_title,
    plain_rows,
    worst_of,
)

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TOLD = 6


class Column(IntEnum):
    """The columns of the queue."""

    STATE = 0
    TIME = 1
    DEFECT = 2
    SEVERITY = 3
    SCORE = 4
    NOTE = 5
    DETECTOR = 6


TITLES = (
    "",
    mark("Time"),
    mark("Defect"),
    mark("Severity"),
    mark("Score"),
    mark("Note"),
    mark("Detector"),
)


class FlagModel(QAbstractTableModel):
    """Flags as rows, sorted, filtered and grouped here: a long title has thousands of them.

    Args:
        clock: Writes seconds as the desk shows them.
    """

    def __init__(self, clock: Callable[[float], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._font = theme.mono_font(0.94)
        self._entries: tuple[Flag, ...] = ()
        self._shown: list[Row] = []
        self._rows: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._filter = EVERYTHING
        self._order: QueueOrder | None = QueueOrder.TIME
        self._column, self._direction = Column.TIME, Qt.SortOrder.AscendingOrder
        self._grouped = False
        self._cut = Cut()
        self._opened: set[str] = set()

    # What there is and what is shown

    @property
    def entries(self) -> tuple[Flag, ...]:
        """All flags, unfiltered, in the session's order, which is by time."""
        return self._entries

    @property
    def filter(self) -> Filter:
        """What is shown now."""
        return self._filter

    @property
    def order(self) -> QueueOrder | None:
        """The order that was chosen; None after a click on the head of a column."""
        return self._order

    @property
    def grouped(self) -> bool:
        """Whether incidents stand for their flags."""
        return self._grouped

    def shown(self) -> tuple[Flag, ...]:
        """The flag of each row, in order."""
        return tuple(row.flag for row in self._shown)

    def kept(self) -> tuple[Flag, ...]:
        """All flags that the filter keeps, also those that an incident stands for."""
        heads = [row.flags for row in self._shown if row.incident is None or row.head]
        return tuple(flag for flags in heads for flag in flags)

    def flag_at(self, row: int) -> Flag:
        """The flag in a row."""
        return self._shown[row].flag

    def row_at(self, row: int) -> Row:
        """All that a row stands for."""
        return self._shown[row]

    def row_of(self, key: str) -> int:
        """The row that shows the flag with this key, or its closed incident; −1 for none."""
        return self._rows.get(key, -1)

    def head_of(self, key: str) -> int:
        """The row of the incident that the flag with this key is part of, or −1."""
        return self._heads.get(key, -1)

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
        if column >= 0:
            by_time = column == Column.TIME and order is Qt.SortOrder.AscendingOrder
            self._order = QueueOrder.TIME if by_time else None
            self._column, self._direction = Column(column), order
            self._arrange()

    def set_order(self, order: QueueOrder) -> None:
        """Sort in one of the orders of the queue."""
        if order is not self._order:
            self._order = order
            self._arrange()

    def set_grouped(self, grouped: bool) -> None:
        """Have incidents stand for their flags, or show each flag by itself."""
        if grouped != self._grouped:
            self._grouped = grouped
            self._arrange()

    def set_open(self, row: int, wanted: bool) -> None:
        """Show the flags of the incident in a row below it, or do not."""
        incident = self._shown[row].incident
        if incident is not None and wanted != (incident.key in self._opened):
            (self._opened.add if wanted else self._opened.discard)(incident.key)
            self._arrange()

    def repaint(self) -> None:
        """Ask for colours and fonts again after a change of theme or clock."""
        self._font = theme.mono_font(0.94)
        self._repaint(0, len(self._shown) - 1)

    def _arrange(self) -> None:
        kept = self._sorted([flag for flag in self._entries if self._filter.keeps(flag)])
        if self._grouped:
            rows = grouped_rows(kept, self._cut.home(self._entries), self._opened)
        else:
            rows = plain_rows(kept)
        old = self._shown
        if len(old) == len(rows) and all(
            a.place == b.place for a, b in zip(old, rows, strict=True)
        ):
            self._shown = rows
            changed = [i for i, pair in enumerate(zip(old, rows, strict=True)) if _differ(*pair)]
            if changed:
                self._repaint(changed[0], changed[-1])
            return
        self.beginResetModel()
        self._shown = rows
        self._index_rows()
        self.endResetModel()

    def _sorted(self, kept: list[Flag]) -> Sequence[Flag]:
        if self._order is not None:
            return arrange(kept, self._order)
        descending = self._direction is Qt.SortOrder.DescendingOrder
        if self._column is not Column.TIME:
            kept.sort(key=lambda flag: _sort_key(flag, self._column), reverse=descending)
        elif descending:
            kept.reverse()
        return kept

    def _index_rows(self) -> None:
        self._rows, self._heads = {}, {}
        for number, row in enumerate(self._shown):
            if not row.head:
                self._rows[row.flag.key] = number
                continue
            for flag in row.flags:
                self._heads[flag.key] = number
                if not row.open:
                    self._rows[flag.key] = number

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
            return tr(TITLES[section])
        if role == Qt.ItemDataRole.ToolTipRole and section == Column.STATE:
            return tr("Verdict")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon, sort key, tooltip or accessible text of one cell."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], Column(index.column())
        flag = row.flag
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_in(row, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return row_icon(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.text_in(row, column)
            return flag_text.state_sentence(flag) if column is Column.STATE else text
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.SCORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self.font_of(column)
        if role == Qt.ItemDataRole.ForegroundRole and flag_text.sign_of(flag) is Sign.REJECTED:
            return theme.current().text_muted
        return None

    def _tooltip(self, row: Row) -> str:
        told = [
            flag_text.tooltip(flag, self._clock(flag.span.start_s)) for flag in row.flags[:_TOLD]
        ]
        more = len(row.flags) - len(told)
        return "\n\n".join(told) + (f"\n\n{tr('… and {count} more', count=more)}" if more else "")

    def font_of(self, column: Column) -> QFont | None:
        """Digits of one width where figures stand in a column."""
        return self._font if column in (Column.TIME, Column.SCORE) else None

    def text_in(self, row: Row, column: Column) -> str:
        """What a cell says."""
        incident = row.incident
        if not row.head or incident is None:
            return self.text_of(row.flag, column)
        match column:
            case Column.TIME:
                return self._clock(incident.start_s)
            case Column.DEFECT:
                return head_title(incident)
            case Column.NOTE:
                return head_note(incident)
            case _:
                return self.text_of(worst_of(incident), column)

    def text_of(self, flag: Flag, column: Column) -> str:
        """What the cell of one flag says."""
        score = flag_text.score_of(flag)
        match column:
            case Column.STATE:
                return ""
            case Column.TIME:
                return self._clock(flag.span.start_s)
            case Column.DEFECT:
                return flag_text.defect_title(flag.defect)
            case Column.SEVERITY:
                return tr(flag_text.SEVERITY_TITLES[flag_text.severity_of(flag)])
            case Column.SCORE:
                return f"{score:.2f}" if score is not None else "–"
            case Column.DETECTOR:
                return flag_text.detector_title(flag.detector)
            case Column.NOTE:
                return flag_text.note_of(flag).replace("\n", " ")


def _differ(one: Row, other: Row) -> bool:
    """Whether two states of a row look different."""
    if len(one.flags) != len(other.flags):
        return True
    return any(_flags_differ(*pair) for pair in zip(one.flags, other.flags, strict=True))


def _flags_differ(one: Flag, other: Flag) -> bool:
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


def row_icon(row: Row, column: Column) -> QIcon | None:
    """The sign of the verdict or of the severity, in the columns that have one."""
    if row.head and row.incident is not None and column is Column.STATE:
        sign = head_sign(row.incident)
        return sign_icon(sign, theme.current().color(sign.role))
    head = row.incident if row.head else None
    return icon_of(worst_of(head) if head is not None else row.flag, column)


def icon_of(flag: Flag, column: Column) -> QIcon | None:
    """The sign of one flag's verdict or severity."""
    colors = theme.current()
    if column is Column.STATE:
        sign = flag_text.sign_of(flag)
        return sign_icon(sign, colors.color(sign.role), orphan=flag.orphan)
    if column is Column.SEVERITY:
        severity = flag_text.severity_of(flag)
        return severity_icon(severity, colors.severity(severity))
    return None
