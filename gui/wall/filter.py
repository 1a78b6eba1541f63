"""Which channels are shown: words, state, order."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from core.review.channel import WallOrder, WallQuery, WallState
from gui.language import tr
from gui.library.filter import SearchField
from gui.wall import word

_PAUSE_MS = 40


class WallFilter(QWidget):
    """Search, state and order in a row.

    Signals:
        changed: Another query is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.search.setPlaceholderText(tr("Find channels by name or address"))
        self.search.setAccessibleName(tr("Find channels"))
        self.search.setClearButtonEnabled(True)
        self.state_box = QComboBox()
        self.state_box.setAccessibleName(tr("State"))
        self.state_box.addItem(tr("All states"), None)
        for state in WallState:
            self.state_box.addItem(tr(word.STATES[state]), state.value)
        self.order_box = QComboBox()
        self.order_box.setAccessibleName(tr("Sort by"))
        self.order_box.setToolTip(tr("Sort by"))
        for order in WallOrder:
            said = tr("By: {column}", column=tr(word.ORDERS[order]))
            self.order_box.addItem(said, order.value)
        self.clear_button = QToolButton()
        self.clear_button.setText(tr("Clear"))
        self.clear_button.setAccessibleName(tr("Clear all filters"))
        self.clear_button.setToolTip(tr("Show all channels"))
        self.clear_button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.clear_button.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.search, 4)
        for box in (self.state_box, self.order_box):
            row.addWidget(box, 1)
            box.currentIndexChanged.connect(lambda _i: self.changed.emit())
        row.addWidget(self.clear_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._pause.start())

    @property
    def query(self) -> WallQuery:
        """What is asked for."""
        chosen = self.state_box.currentData()
        states = frozenset() if chosen is None else frozenset({WallState(chosen)})
        return WallQuery(self.search.text(), states, WallOrder(self.order_box.currentData()))

    def count(self, counts: Mapping[WallState, int]) -> None:
        """Say beside each state how many channels are in it."""
        for place, state in enumerate(WallState, 1):
            number = counts.get(state, 0)
            title = tr(word.STATES[state])
            self.state_box.setItemText(place, f"{title} ({number})" if number else title)

    def clear(self) -> None:
        """Leave nothing out."""
        self.blockSignals(True)
        self.search.clear()
        self._pause.stop()
        self.state_box.setCurrentIndex(0)
        self.blockSignals(False)
        self.changed.emit()
