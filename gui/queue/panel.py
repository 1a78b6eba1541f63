"""The queue of flags beside the picture: filters, counts and the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.defect import Severity
from core.review.flag import Flag
from core.review.order import QueueOrder
from core.review.queue import EVERYTHING, Filter
from gui import theme
from gui.glyph import Sign
from gui.language import tr
from gui.queue import flag_text
from gui.queue.delegate import FOLD_PX, FlagDelegate
from gui.queue.model import Column, FlagModel
from gui.queue.order_box import OrderBox
from gui.queue.worst import WorstFrame
from gui.widget import EntryField
from gui.wording import capital

_NOTE_LETTERS = 22
_REVIEWER = ""


class QueuePanel(QFrame):
    """Flags in a table that can be sorted and filtered.

    Signals:
        flag_selected: The selected flag's key, or an empty text; only for changes that a person
            or `select_*` made, not for refreshes.
        flag_activated: Key of a flag that was double-clicked.
        order_chosen: The `QueueOrder` that a person chose.
    """

    flag_selected = Signal(str)
    flag_activated = Signal(str)
    order_chosen = Signal(object)

    def __init__(self, clock: Callable[[float], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._clock = clock
        self._selected = ""
        self._on_head = False
        self._refreshing = self._waiting = False
        self.model = FlagModel(clock, self)
        self.orders = OrderBox()
        self.orders.show_order(self.model.order)
        self._build_filters()
        self._build_table()
        self._counts = QLabel(tr("No title"))
        self._counts.setProperty("muted", True)
        self._counts.setAccessibleName(tr("Number of flags"))
        self.orders.chosen.connect(self._on_order_chosen)
        self.incidents = QToolButton()
        self.incidents.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.setSpacing(3)
        foot.addWidget(self._counts, 1)
        foot.addWidget(self.incidents)
        foot.addWidget(self.orders)
        self.worst = WorstFrame()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 2)
        layout.setSpacing(3)
        layout.addLayout(self._filter_row)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        layout.addWidget(self.worst)
        theme.hub().changed.connect(self.model.repaint)

    def _build_filters(self) -> None:
        self.search = EntryField()
        self.search.setPlaceholderText(tr("Find in flags"))
        self.search.setAccessibleName(tr("Find in flags"))
        self.search.setToolTip(tr("Show flags with these words in defect, detector, time or note"))
        self.search.setClearButtonEnabled(True)
        self.detector_box = _box(tr("Filter by detector"))
        self.sign_box = _box(tr("Filter by verdict"))
        self.severity_box = _box(tr("Filter by severity"))
        self.sign_box.addItem(tr("Verdict"), None)
        for sign in Sign:
            self.sign_box.addItem(capital(sign.label), flag_text.state_of(sign))
        self.severity_box.addItem(tr("Severity"), None)
        for severity in reversed(Severity):
            self.severity_box.addItem(tr(flag_text.SEVERITY_TITLES[severity]), severity.value)
        self.detector_box.addItem(tr("Detector"), None)
        self.clear_button = QToolButton()
        self.clear_button.setText(tr("Clear"))
        self.clear_button.setAccessibleName(tr("Clear all filters"))
        self.clear_button.setToolTip(tr("Show all flags"))
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear_button.clicked.connect(self.clear_filters)
        self.search.textChanged.connect(self._on_filter_changed)
        for box in (self.detector_box, self.sign_box, self.severity_box):
            box.currentIndexChanged.connect(self._on_filter_changed)
        self._filter_row = QHBoxLayout()
        self._filter_row.setSpacing(3)
        self._filter_row.addWidget(self.search, 3)
        self._filter_row.addWidget(self.sign_box, 2)
        self._filter_row.addWidget(self.detector_box, 2)
        self._filter_row.addWidget(self.severity_box, 2)
        self._filter_row.addWidget(self.clear_button)

    def _build_table(self) -> None:
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setItemDelegate(FlagDelegate(self.model, self.table))
        self.table.setAccessibleName(tr("Flags"))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(Column.TIME, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setIconSize(QSize(14, 14))
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self._size_rows()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._size_columns()
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.fold_pressed.connect(self.toggle_fold)
        header.sortIndicatorChanged.connect(lambda _column, _order: self._on_sorted())

    def _size_rows(self) -> None:
        height = round(QFontMetricsF(self.font()).height()) + 5
        self.table.verticalHeader().setMinimumSectionSize(height)
        self.table.verticalHeader().setDefaultSectionSize(height)

    def _size_columns(self) -> None:
        text, mono = QFontMetricsF(self.font()), QFontMetricsF(theme.mono_font(0.94))
        usual = (tr("Block corruption"), tr("Black frames"), tr("Combing"))
        widths = {
            Column.STATE: 26.0,
            Column.TIME: mono.horizontalAdvance("00:00:00:00") + 14,
            Column.DEFECT: max(text.horizontalAdvance(said) for said in usual) + 12,
            Column.SEVERITY: max(
                text.horizontalAdvance(tr("Blocker")) + 34,
                text.horizontalAdvance(tr("Severity")) + 26,
            ),
            Column.SCORE: text.horizontalAdvance(tr("Score")) + 26,
            Column.NOTE: text.horizontalAdvance("n" * _NOTE_LETTERS) + 12,
            Column.DETECTOR: text.horizontalAdvance(tr("Decode errors")) + 12,
        }
        for column, width in widths.items():
            self.table.setColumnWidth(column, round(width))

    @property
    def selected(self) -> str:
        """Key of the selected flag, or an empty text."""
        return self._selected

    def set_waiting(self, waiting: bool) -> None:
        """Whether the title is still to be measured: no flags says nothing then."""
        if waiting != self._waiting:
            self._waiting = waiting
            self._count()

    def set_flags(self, flags: Sequence[Flag]) -> None:
        """Take a new snapshot; the selection stays with its flag while that exists."""
        self._refreshing = True
        self.model.set_flags(flags)
        self._fill_detectors()
        self._refreshing = False
        self._show_selection(self._selected)
        self._count()

    def select(self, key: str) -> None:
        """Select a flag by its key, as if a person had; an empty key selects none.

        A closed incident that would stand for it is opened, unless it is the flag that the
        incident shows: one flag was meant, not all of them.
        """
        row = self.model.row_of(key) if key else -1
        if row >= 0 and self.model.row_at(row).head and self.model.flag_at(row).key != key:
            self._refreshing = True
            self.model.set_open(row, wanted=True)
            self._refreshing = False
        self._choose(key, on_head=False)

    def select_next(self, step: int = 1) -> None:
        """Select the next row as shown, or the one before with `step=-1`; stops at the ends."""
        count = self.model.rowCount()
        if count:
            self._select_row(min(max(self._anchor_row(step) + step, 0), count - 1))

    def select_next_undecided(self, deciding: frozenset[str] = frozenset(), step: int = 1) -> bool:
        """Select the next undecided row as shown, going round at the end.

        Args:
            deciding: Keys of flags whose decision is on its way to the store.
            step: −1 for the one before.

        Returns:
            Whether there was one.
        """
        row = next(iter(self._undecided_rows(deciding, step)), None)
        if row is not None:
            self._select_row(row)
        return row is not None

    def upcoming(self, deciding: frozenset[str] = frozenset(), most: int = 8) -> tuple[Flag, ...]:
        """The flags that `select_next_undecided` would select one after the other."""
        rows = islice(self._undecided_rows(deciding, 1), most)
        return tuple(self.model.flag_at(row) for row in rows)

    def row_of_selected(self) -> int:
        """The row that is selected, or −1 when it is filtered out."""
        head = self.model.head_of(self._selected) if self._on_head else -1
        return head if head >= 0 else self.model.row_of(self._selected)

    def scope(self) -> tuple[Flag, ...]:
        """The flags that a decision is about: the selected one, or all of its incident.

        None that the filter hides is among them.
        """
        row = self.row_of_selected()
        if row >= 0:
            return self.model.row_at(row).flags
        return tuple(flag for flag in self.model.entries if flag.key == self._selected)

    def toggle_fold(self) -> None:
        """Show the flags of the selected incident below it, or close it again."""
        row = self.row_of_selected()
        if row < 0 or self.model.row_at(row).incident is None:
            return
        here = self.model.row_at(row)
        head = self.model.head_of(here.flag.key)
        self._refreshing = True
        self.model.set_open(head, wanted=not self.model.row_at(head).open)
        self._refreshing = False
        self._on_head = True
        self._show_selection(self._selected)

    def set_order(self, order: QueueOrder) -> None:
        """Sort in one of the orders of the queue."""
        column = Column.TIME if order is QueueOrder.TIME else -1
        self._refreshing = True
        self.table.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        self.model.set_order(order)
        self._refreshing = False
        self._on_sorted()

    def set_grouped(self, grouped: bool) -> None:
        """Have incidents stand for their flags, or show each flag by itself."""
        self._refreshing = True
        self.model.set_grouped(grouped)
        self._refreshing = False
        self._on_head = False
        self._show_selection(self._selected)

    def _undecided_rows(self, deciding: frozenset[str], step: int) -> Iterator[int]:
        """Rows that somebody must decide, from the selected one on and round."""
        count, here = self.model.rowCount(), self.row_of_selected()
        start = self._anchor_row(step)
        for offset in range(1, count + 1):
            row = (start + step * offset) % count
            if row != here and self.model.row_at(row).is_open_for(deciding):
                yield row

    def _select_row(self, number: int) -> None:
        row = self.model.row_at(number)
        self._choose(row.flag.key, on_head=row.head)

    def _choose(self, key: str, on_head: bool) -> None:
        changed = key != self._selected
        self._selected, self._on_head = key, on_head
        self._show_selection(key)
        if changed:
            self.flag_selected.emit(key)

    def _on_sorted(self) -> None:
        self.orders.show_order(self.model.order)
        self._show_selection(self._selected)

    def _on_order_chosen(self, order: QueueOrder) -> None:
        self.set_order(order)
        self.order_chosen.emit(order)

    def clear_filters(self) -> None:
        """Show everything."""
        self.search.clear()
        for box in (self.detector_box, self.sign_box, self.severity_box):
            box.setCurrentIndex(0)

    def _anchor_row(self, step: int) -> int:
        """The selected row, or a row just outside from which a step enters the table."""
        row = self.row_of_selected()
        if row >= 0:
            return row
        return -1 if step > 0 else self.model.rowCount()

    def _show_selection(self, key: str) -> None:
        row = self.row_of_selected() if key else -1
        self._refreshing = True
        selection = self.table.selectionModel()
        if row < 0:
            selection.clear()
        else:
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(
                self.model.index(row, self._visible_column()),
                flags.ClearAndSelect | flags.Rows,
            )
            self.table.scrollTo(self.model.index(row, Column.STATE))
        self._refreshing = False

    def _visible_column(self) -> int:
        current = self.table.currentIndex()
        return current.column() if current.isValid() else int(Column.TIME)

    def _fill_detectors(self) -> None:
        box, wanted = self.detector_box, self.detector_box.currentData()
        present = sorted({f.detector for f in self.model.entries} - {_REVIEWER})
        if any(f.detector == _REVIEWER for f in self.model.entries):
            present.append(_REVIEWER)
        if [box.itemData(i) for i in range(1, box.count())] == present:
            return
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for detector in present:
            box.addItem(flag_text.detector_title(detector), detector)
        box.setCurrentIndex(max(box.findData(wanted), 0) if wanted is not None else 0)
        box.blockSignals(False)
        self._on_filter_changed()

    def _on_filter_changed(self) -> None:
        self._refreshing = True
        self.model.set_filter(
            Filter(
                text=self.search.text(),
                also=flag_text.words,
                detectors=_only(self.detector_box.currentData()),
                states=_only(self.sign_box.currentData()),
                severities=frozenset(map(Severity, _only(self.severity_box.currentData()))),
            )
        )
        self._refreshing = False
        self._show_selection(self._selected)
        self._count()

    def _count(self) -> None:
        flags, shown = self.model.entries, len(self.model.kept())
        undecided = sum(f.verdict is None for f in flags)
        if not flags:
            text = tr("No flags yet") if self._waiting else tr("No flags")
        elif shown == len(flags):
            text = f"{tr('%n flags', shown)}, {tr('%n undecided', undecided)}"
        else:
            part = tr("{shown} of {count} flags shown", shown=shown, count=len(flags))
            text = f"{part}, {tr('%n undecided', undecided)}"
        if text != self._counts.text():
            self._counts.setText(text)
        self.clear_button.setEnabled(self.model.filter != EVERYTHING)

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._refreshing:
            return
        if current.isValid():
            self._select_row(current.row())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.flag_activated.emit(self.model.flag_at(index.row()).key)


class _Table(QTableView):
    """A table that leaves letters to the shortcuts rather than search rows by them.

    Signals:
        fold_pressed: The triangle of the incident in the current row.
    """

    fold_pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and open or close the incident whose triangle is pressed."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        index, model = self.indexAt(place), self.model()
        if not index.isValid() or index.column() != Column.DEFECT:
            return
        left = self.visualRect(index).left()
        at_triangle = place.x() - left < 2 * FOLD_PX
        if at_triangle and isinstance(model, FlagModel) and model.row_at(index.row()).head:
            self.fold_pressed.emit()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are verdicts here."""


def _only(value: str | None) -> frozenset[str]:
    return frozenset() if value is None else frozenset({value})


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(f"{name}: {tr('the first entry shows all')}")
    box.setMinimumContentsLength(5)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box
