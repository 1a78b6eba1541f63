"""What can be seen in a clip: a list of defects to tick, narrowed by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.domain.defect import DEFECTS, Medium
from gui.language import tr
from gui.medium import MEDIUM_TITLES

_DEFECT = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Search(QLineEdit):
    """A field that keeps its Enter to itself; the window would take it for an answer."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use the key and hand it to nobody."""
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()


class AnswerPanel(QWidget):
    """Defects by medium; ticking one says that it was seen.

    Signals:
        changed: The ticked ids.
        done: Enter was pressed here.
    """

    changed = Signal(frozenset)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = _Search()
        self.search.setPlaceholderText(tr("Type to find a defect"))
        self.search.setAccessibleName(tr("Find a defect"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Defects in this clip"))
        self.list.setUniformItemSizes(True)
        for medium in Medium:
            for defect in DEFECTS.values():
                if defect.medium is medium:
                    self._add(tr(MEDIUM_TITLES[medium]), defect.id)
        head = QLabel(tr("What is wrong in this clip?"))
        head.setBuddy(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(head)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._on_return)
        self.list.itemChanged.connect(lambda _item: self.changed.emit(self.seen))

    @property
    def seen(self) -> frozenset[str]:
        """Ids of what is ticked."""
        return frozenset(
            str(item.data(_DEFECT))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_seen(self, seen: frozenset[str]) -> None:
        """Tick exactly these."""
        self.search.clear()
        self.list.blockSignals(True)
        for item in self._items():
            on = item.data(_DEFECT) in seen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.scrollToTop()
        self.changed.emit(self.seen)

    def toggle(self, defect: str) -> None:
        """Tick a defect, or take the tick away."""
        for item in self._items():
            if item.data(_DEFECT) == defect:
                on = item.checkState() is Qt.CheckState.Checked
                item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list ends the clip, as it does everywhere else in the window."""
        if event.key() in _ENTER:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def _add(self, medium: str, defect: str) -> None:
        item = QListWidgetItem(f"{tr(DEFECTS[defect].title)}  ·  {medium}")
        item.setToolTip(tr(DEFECTS[defect].description))
        item.setData(_DEFECT, defect)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            said = f"{item.text()} {item.toolTip()}".casefold()
            item.setHidden(not all(word in said for word in words))

    def _on_return(self) -> None:
        """Enter behind typed words ticks what they found; in the empty field it ends the clip."""
        shown = [item for item in self._items() if not item.isHidden()]
        if not self.search.text().strip():
            self.done.emit()
        elif shown:
            self.toggle(str(shown[0].data(_DEFECT)))
            self.search.clear()
