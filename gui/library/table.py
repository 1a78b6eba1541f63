"""The table of titles: typing goes to the search, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui import theme
from gui.language import tr
from gui.library.delegate import TitleDelegate
from gui.library.model import Column, TitleModel

_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_SAMPLES = {
    Column.NAME: "The Long Survey S01E001 master v12.mov",
    Column.STATE: "Partly analysed 100%",
    Column.WORST: "Blocker",
    Column.FORMAT: "mpeg2video 1920×1080 29.97 fps",
    Column.REVIEWERS: "Ada, Béla",
    Column.FOLDER: "/media/The Long Survey/Season 1",
}
_FIGURES = {
    Column.FLAGS: "1234 of 1234",
    Column.LENGTH: "10:00:00",
    Column.OPENED: "2026-01-01 00:00",
    Column.ANALYSED: "2026-01-01 00:00",
}


class TitleTable(QTableView):
    """Titles in rows.

    Signals:
        opened: Fingerprint of the title that is to be opened.
        typed: Text for the search.
        left: Escape was pressed.
    """

    opened = Signal(str)
    typed = Signal(str)
    left = Signal()

    def __init__(self, model: TitleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.painter = TitleDelegate(model, self)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(tr("Titles"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # The indicator first: sorting asks the store, and once is enough.
        header.setSortIndicator(Column.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.key_at(index.row())))
        self.restyle()

    @property
    def key(self) -> str:
        """Fingerprint of the selected title, or an empty text."""
        return self._model.key_at(self.currentIndex().row())

    def select(self, row: int) -> None:
        """Select a row and bring it into sight."""
        if 0 <= row < self._model.rowCount():
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))

    def keys_in_sight(self) -> tuple[str, ...]:
        """Fingerprints of the rows that can be seen, and of some around them."""
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        last = self._model.rowCount() - 1 if last < 0 else last
        return self._model.keys[max(first - 20, 0) : last + 21]

    def restyle(self) -> None:
        """Take fonts and sizes of the theme again."""
        self.painter.restyle()
        text, mono = QFontMetricsF(self.font()), QFontMetricsF(theme.mono_font(0.94))
        height = round(text.height()) + 8
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        icons = {Column.NAME: 16, Column.STATE: 16, Column.WORST: 20}
        for column in Column:
            metrics, sample = (
                (mono, _FIGURES[column]) if column in _FIGURES else (text, _SAMPLES[column])
            )
            width = metrics.horizontalAdvance(sample) + 14 + icons.get(column, 0)
            self.setColumnWidth(column, round(width))

    def showEvent(self, event: QShowEvent) -> None:
        """The font is known only now."""
        super().showEvent(event)
        self.restyle()

    def event(self, event: QEvent) -> bool:
        """Claim what is typed before shortcuts do."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if event.key() in keys or _text(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape leaves, letters search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.key:
                self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _text(event):
            self.typed.emit(_text(event))
        else:
            super().keyPressEvent(event)


def _text(event: QKeyEvent) -> str:
    """What a key writes; empty for keys that command."""
    text = event.text()
    return text if text.isprintable() and not event.modifiers() & _COMMAND else ""
