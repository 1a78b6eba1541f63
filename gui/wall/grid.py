"""The grid of channels and the list of what happened on one: keys and clicks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from core.domain.channel import ChannelEventKind
from gui.language import tr
from gui.wall.model import ChannelModel, EventModel
from gui.wall.paint import EventDelegate, TileDelegate

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_AROUND = 30
_INSIDE = QPoint(8, 8)


class KeyList(QListView):
    """A list that claims Enter, Escape and letters before shortcuts do.

    Signals:
        entered_key: Enter was pressed.
        typed: Text for the search.
        left: Escape was pressed.
    """

    entered_key = Signal()
    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)

    def event(self, event: QEvent) -> bool:
        """Claim what is typed before shortcuts do."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent):
            wanted = event.key() in (*_OPENING, Qt.Key.Key_Escape)
            if wanted or _text(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts, Escape leaves, letters search."""
        if event.key() in _OPENING:
            self.entered_key.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _text(event):
            self.typed.emit(_text(event))
        else:
            super().keyPressEvent(event)


class ChannelGrid(KeyList):
    """Tiles beside and below each other."""

    def __init__(self, model: ChannelModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.painter = TileDelegate(model, self)
        self.setItemDelegate(self.painter)
        self.setAccessibleName(tr("Channels"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionRectVisible(False)
        self.setSpacing(0)
        self.verticalScrollBar().setSingleStep(24)

    @property
    def key(self) -> str:
        """Id of the selected channel, or an empty text."""
        return self._model.key_at(self.currentIndex().row())

    def select(self, row: int, *, show: bool = True) -> None:
        """Select a tile and bring it into sight."""
        if 0 <= row < self._model.rowCount():
            # Making it current scrolls; who only wants it kept looks elsewhere.
            self.setAutoScroll(show)
            self.setCurrentIndex(self._model.index(row))
            self.setAutoScroll(True)

    def keys_in_sight(self) -> tuple[str, ...]:
        """Ids of the tiles that can be seen, and of some around them."""
        view = self.viewport().rect()
        first = self.indexAt(view.topLeft() + _INSIDE).row()
        size = self.painter.size
        across = max(view.width() // max(size.width(), 1), 1)
        down = view.height() // max(size.height(), 1) + 2
        first = max(first, 0)
        return self._model.keys[max(first - _AROUND, 0) : first + across * down + _AROUND]

    def restyle(self) -> None:
        """Take fonts and sizes of the theme again."""
        self.painter.set_font(self.font())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the width."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        # Room for a scroll bar is kept, or showing it would change what is shown.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.painter.fit(self.width() - bar - 2 * self.frameWidth() - 2)
        self.setGridSize(self.painter.size)

    def showEvent(self, event: QShowEvent) -> None:
        """The font is known only now."""
        super().showEvent(event)
        self.restyle()


class EventList(KeyList):
    """What happened, newest first; a click or Enter on a finding opens its clip.

    Signals:
        opened: The `ChannelEvent` of a finding.
    """

    opened = Signal(object)

    def __init__(self, model: EventModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(EventDelegate(model, self))
        self.setAccessibleName(tr("What happened on the channel"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self._open(index.row()))
        self.entered_key.connect(lambda: self._open(self.currentIndex().row()))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._model.events):
            event = self._model.events[row]
            if event.kind is ChannelEventKind.FINDING:
                self.opened.emit(event)


def _text(event: QKeyEvent) -> str:
    """What a key writes; empty for keys that command, and for Space, which selects."""
    text = event.text()
    plain = text.isprintable() and bool(text.strip()) and not event.modifiers() & _COMMAND
    return text if plain else ""
