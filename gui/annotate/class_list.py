"""The classes of masks as a list: colour, name and key; the one in hand is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from core.domain.mask import MaskClass
from gui import theme
from gui.actions.annotate import KEYED_CLASSES
from gui.language import tr
from gui.widget import plain_tip

_ICON_PX = 14
_MOST_ROWS = 5


def swatch(color: str, size_px: int = _ICON_PX) -> QIcon:
    """A square of a colour with an edge that shows on any ground."""
    pixmap = QPixmap(size_px * 2, size_px * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setPen(QPen(theme.current().outline, 1))
    painter.setBrush(QColor(color))
    painter.drawRect(0, 0, size_px - 1, size_px - 1)
    painter.end()
    return QIcon(pixmap)


class ClassList(QListWidget):
    """Classes to draw with.

    Signals:
        chosen: Number of a class.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Classes"))
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._classes: tuple[MaskClass, ...] = ()
        self.currentRowChanged.connect(self._on_row)

    @property
    def classes(self) -> tuple[MaskClass, ...]:
        """What is listed."""
        return self._classes

    @property
    def number(self) -> int:
        """Of the class that is selected; 0 when there is none."""
        row = self.currentRow()
        return self._classes[row].number if 0 <= row < len(self._classes) else 0

    def set_classes(self, classes: tuple[MaskClass, ...]) -> None:
        """List these; the selected one stays selected."""
        number = self.number
        self._classes = classes
        self.blockSignals(True)
        self.clear()
        for place, one in enumerate(classes, 1):
            key = f"{place}   " if place <= KEYED_CLASSES else "    "
            item = QListWidgetItem(swatch(one.color), f"{key}{one.name}")
            item.setToolTip(plain_tip(one.name))
            self.addItem(item)
        rows = [place for place, one in enumerate(classes) if one.number == number]
        self.blockSignals(False)
        self.setCurrentRow(rows[0] if rows else 0 if classes else -1)
        self._fit()

    def step(self, rows: int) -> None:
        """Select the class so many rows further down."""
        if self._classes:
            self.setCurrentRow(min(max(self.currentRow() + rows, 0), len(self._classes) - 1))

    def repaint_icons(self) -> None:
        """Follow the theme."""
        for row, one in enumerate(self._classes):
            self.item(row).setIcon(swatch(one.color))

    def _fit(self) -> None:
        rows = min(max(len(self._classes), 1), _MOST_ROWS)
        height = max(self.sizeHintForRow(0), self.fontMetrics().height() + 4)
        self.setFixedHeight(rows * height + 2 * self.frameWidth())

    def _on_row(self, _row: int) -> None:
        if self.number:
            self.chosen.emit(self.number)
