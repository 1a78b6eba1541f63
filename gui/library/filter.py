"""What of the library is shown: words, state, defect, reviewer, date, order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from core.domain.summary import Dated, TitleOrder, TitleQuery, TitleState
from gui.language import tr
from gui.library import word
from gui.queue.flag_text import defect_title

_PAUSE_MS = 40
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVING = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class SearchField(QLineEdit):
    """Words to look for; arrows and Enter work on the table meanwhile.

    Signals:
        passed: A key event that the table should have.
        left: Escape in an empty field.
    """

    passed = Signal(object)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim Enter and Escape before shortcuts do."""
        wanted = (*_OPENING, Qt.Key.Key_Escape, *_LEAVING)
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in wanted:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what moves and opens."""
        if event.key() in (*_OPENING, *_LEAVING):
            self.passed.emit(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit() if not self.text() else self.clear()
        else:
            super().keyPressEvent(event)


class FilterRow(QWidget):
    """Search and filters in a row.

    Signals:
        changed: Another query is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.search.setPlaceholderText(tr("Find titles by name, folder, format, reviewer"))
        self.search.setAccessibleName(tr("Find titles"))
        self.search.setClearButtonEnabled(True)
        self.state_box = _box(tr("State"))
        for state in TitleState:
            self.state_box.addItem(tr(word.STATES[state]), state)
        self.defect_box = _box(tr("Defect"))
        self.reviewer_box = _box(tr("Reviewer"))
        self.date_box = _box(tr("Date"))
        for label, dated, days in word.PERIODS:
            self.date_box.addItem(tr(label), (dated.value, days))
        self.order_box = QComboBox()
        self.order_box.setAccessibleName(tr("Sort by"))
        self.order_box.setToolTip(tr("Sort by"))
        for order in TitleOrder:
            self.order_box.addItem(tr("By: {column}", column=tr(word.ORDERS[order])), order)
        self.down = QToolButton()
        self.down.setCheckable(True)
        self.down.setText("↓")
        self.down.setAccessibleName(tr("Descending"))
        self.down.setToolTip(tr("Descending: the last, latest or worst first"))
        self.clear_button = QToolButton()
        self.clear_button.setText(tr("Clear"))
        self.clear_button.setAccessibleName(tr("Clear all filters"))
        self.clear_button.setToolTip(tr("Show all titles"))
        self.clear_button.clicked.connect(self.clear)
        for button in (self.down, self.clear_button):
            # As high as the boxes beside them.
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.search, 4)
        for box in self._boxes():
            box.setMinimumContentsLength(7)
            adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            box.setSizeAdjustPolicy(adjust)
            row.addWidget(box, 1)
        row.addWidget(self.order_box, 1)
        row.addWidget(self.down)
        row.addWidget(self.clear_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        for box in (*self._boxes(), self.order_box):
            box.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.down.toggled.connect(lambda _on: self.changed.emit())

    def query(self, folder: str) -> TitleQuery:
        """What is asked for, in a folder."""
        period = self.date_box.currentData()
        return TitleQuery(
            text=self.search.text(),
            states=frozenset(TitleState(state) for state in _chosen(self.state_box)),
            defects=frozenset(_chosen(self.defect_box)),
            reviewers=frozenset(_chosen(self.reviewer_box)),
            folder=folder,
            dated=Dated(period[0]) if period else Dated.OPENED,
            since=word.since(period[1]) if period else None,
            order=TitleOrder(self.order_box.currentData()),
            descending=self.down.isChecked(),
        )

    def set_order(self, order: TitleOrder, descending: bool) -> None:
        """Sort by another column."""
        place = self.order_box.findData(order)
        if (place, descending) == (self.order_box.currentIndex(), self.down.isChecked()):
            return
        self.blockSignals(True)
        self.order_box.setCurrentIndex(place)
        self.down.setChecked(descending)
        self.blockSignals(False)
        self.changed.emit()

    def offer(self, defects: Sequence[str], reviewers: Sequence[str]) -> None:
        """Say what there is to choose from."""
        titles = sorted((defect_title(defect), defect) for defect in defects)
        self._refill(self.defect_box, titles)
        self._refill(self.reviewer_box, [(name, name) for name in reviewers])

    def clear(self) -> None:
        """Leave nothing out."""
        self.blockSignals(True)
        self.search.clear()
        self._pause.stop()
        for box in self._boxes():
            box.setCurrentIndex(0)
        self.blockSignals(False)
        self.changed.emit()

    def _boxes(self) -> tuple[QComboBox, ...]:
        return (self.state_box, self.defect_box, self.reviewer_box, self.date_box)

    def _refill(self, box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
        present = [(box.itemText(i), box.itemData(i)) for i in range(1, box.count())]
        if present == list(entries):
            return
        kept = box.currentData()
        box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for label, value in entries:
            box.addItem(label, value)
        box.setCurrentIndex(max(box.findData(kept), 0) if kept is not None else 0)
        box.blockSignals(False)
        if box.currentData() != kept:
            self.changed.emit()


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.addItem(name, None)
    return box


def _chosen(box: QComboBox) -> tuple[str, ...]:
    value = box.currentData()
    return () if value is None else (value,)
