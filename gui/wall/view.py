"""The page of the wall: filters, channels, and what happened on the selected one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.domain.channel import ChannelEvent
from core.review.channel import WallState
from gui import theme
from gui.actions import ActionSet
from gui.language import tr
from gui.wall import word
from gui.wall.filter import WallFilter
from gui.wall.grid import ChannelGrid, EventList
from gui.wall.model import ChannelModel, EventModel
from gui.widget import ElidedLabel

if TYPE_CHECKING:
    from core.review.channel import WallLook

_LOOK_MS = 80


class WallView(QFrame):
    """All watched channels of the store.

    Signals:
        query_changed: Something else is to be shown.
        selected: Id of the channel that is looked at, a moment after it was selected.
        opened: The `ChannelEvent` of a finding whose clip is to be opened.
        left: The person wants to go back.
    """

    query_changed = Signal()
    selected = Signal(str)
    opened = Signal(object)
    left = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Channels"))
        self._actions = actions
        self._command, self._listed = "onglass monitor URL", ""
        self.model, self.events = ChannelModel(self), EventModel(self)
        self.filters = WallFilter()
        self.grid = ChannelGrid(self.model)
        self.list = EventList(self.events)
        self._build_head()
        self._build_side()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(lambda: self.selected.emit(self.grid.key))
        self._connect()

    # Building

    def _build_head(self) -> None:
        self.head = QLabel(tr("Channels"))
        self.head.setProperty("heading", True)
        self.counts = ElidedLabel()
        self.counts.setProperty("muted", True)
        self.counts.setAccessibleName(tr("Number of channels"))
        self.back = QPushButton(tr("Back"))
        self.back.setToolTip(self._actions.hint("file.channels"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._actions["file.channels"].trigger)
        self._find = QAction(self)
        self._find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._find.triggered.connect(self.filters.search.setFocus)
        self.addAction(self._find)
        self._actions.shortcuts_changed.connect(self._take_shortcuts)
        self._take_shortcuts()
        self.trouble = ElidedLabel()
        self.trouble.setProperty("badge", True)
        self.trouble.setAccessibleName(tr("State of the wall"))
        self.trouble.hide()

    def _build_side(self) -> None:
        self.name = ElidedLabel()
        self.name.setProperty("heading", True)
        self.name.setAccessibleName(tr("Channel"))
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setWordWrap(True)
        self.detail.setProperty("muted", True)
        self.detail.setAccessibleName(tr("About the channel"))
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.only = QCheckBox(tr("Flags only"))
        self.only.setToolTip(tr("Leave out gaps, starts and the like"))
        self.open_clip = QPushButton(tr("Open the clip"))
        self.open_clip.setToolTip(tr("Open what was recorded of this flag, to decide about it"))
        self.open_clip.setAutoDefault(False)
        self.open_clip.setProperty("primary", True)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(6, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.detail)
        row = QHBoxLayout()
        row.addWidget(self.only)
        row.addStretch(1)
        row.addWidget(self.open_clip)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.head)
        head.addWidget(self.counts, 1)
        head.addWidget(self.back)
        self.empty = QLabel()
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self.empty.setTextInteractionFlags(flags.TextSelectableByMouse)
        self.empty.hide()
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setAccessibleName(tr("Channels and what happened"))
        self.columns.setHandleWidth(4)
        self.columns.addWidget(self.grid)
        self.columns.addWidget(self.side)
        self.columns.setSizes([860, 400])
        self.columns.setStretchFactor(0, 1)
        self.columns.setStretchFactor(1, 0)
        self.columns.setCollapsible(0, False)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 6)
        page.setSpacing(6)
        page.addLayout(head)
        page.addWidget(self.filters)
        page.addWidget(self.trouble)
        page.addWidget(self.columns, 1)
        page.addWidget(self.empty, 1)
        order = (self.filters, self.grid, self.only, self.open_clip, self.list, self.back)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        self.filters.changed.connect(self.query_changed)
        self.filters.search.passed.connect(self._pass_key)
        self.filters.search.left.connect(self.leave)
        self.grid.typed.connect(self._type)
        self.grid.left.connect(self.leave)
        self.grid.entered_key.connect(self._to_events)
        self.grid.doubleClicked.connect(lambda _index: self._to_events())
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._on_current())
        self.list.left.connect(self.grid.setFocus)
        self.list.opened.connect(self.opened)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._refresh_button())
        self.events.modelReset.connect(self._refresh_button)
        self.open_clip.clicked.connect(self._open_current)
        self.only.toggled.connect(lambda _on: self._look.start())
        theme.hub().changed.connect(self._restyle)

    # What it shows

    def set_command(self, command: str) -> None:
        """Say how a monitor is started on this store."""
        self._command = command

    def show_look(self, look: WallLook) -> None:
        """Show how it stands; the selected channel stays selected while it is listed."""
        key, place = self.grid.key, self.grid.verticalScrollBar().value()
        moved = self.model.show(look)
        self.trouble.hide()
        self.counts.setText(_counts_text(look))
        self.filters.count(look.counts)
        self._show_empty(look)
        if moved:
            row = self.model.row_of(key)
            self.grid.doItemsLayout()
            self.grid.select(max(row, 0), show=row < 0)
            if row >= 0:
                self.grid.verticalScrollBar().setValue(place)
        self._show_detail()

    def show_events(self, key: str, events: tuple[ChannelEvent, ...], limit: int) -> None:
        """Show what happened on the selected channel; the selected event stays so."""
        if key != self.grid.key:
            return
        current = self._current_event()
        if self.events.show(events, limit):
            row = self.events.row_of(current.number) if current is not None else 0
            if events:
                self.list.setCurrentIndex(self.events.index(max(row, 0)))
        self._refresh_button()

    def show_trouble(self, text: str, *, unheard: bool) -> None:
        """Say that what is shown is old; when it is too old, nobody knows anything any more."""
        self.trouble.setText(text)
        self.trouble.show()
        if unheard:
            self.model.set_unheard()
            self._show_detail()

    def take_focus(self) -> None:
        """Give the keyboard to the channels."""
        (self.filters.search if self.columns.isHidden() else self.grid).setFocus()

    def leave(self) -> None:
        """Show everything first, then go back."""
        if self.filters.query.restricts:
            self.filters.clear()
            self.grid.setFocus()
        else:
            self.left.emit()

    def _show_empty(self, look: WallLook) -> None:
        none = not look.keys
        if none and (self.grid.hasFocus() or self.list.hasFocus()):
            self.filters.search.setFocus()
        self.columns.setVisible(not none)
        self.empty.setVisible(none)
        if look.total:
            self.empty.setText(tr("No channel fits. Press Escape to show all channels again."))
        else:
            self.empty.setText(
                tr(
                    "No channel is watched yet. This starts one, in a terminal:\n\n{command}\n\n"
                    "Here it shows how each stands and what was found.",
                    command=self._command,
                )
            )

    def _show_detail(self) -> None:
        line = self.model.line(self.grid.key)
        if line is None:
            self.name.setText("")
            self.detail.setText("")
            return
        self.name.setText(line.channel.name)
        said = word.detail_lines(line, self.model.state_of(line), self.model.now)
        text = "\n".join(said)
        if text != self.detail.text():
            self.detail.setText(text)

    def _on_current(self) -> None:
        if self.grid.key != self._listed:
            # What happened elsewhere must not stand below this channel's name.
            self._listed = self.grid.key
            self.events.show((), 0)
        self._show_detail()
        self._look.start()

    def _current_event(self) -> ChannelEvent | None:
        row = self.list.currentIndex().row()
        return self.events.events[row] if 0 <= row < len(self.events.events) else None

    def _refresh_button(self) -> None:
        event = self._current_event()
        self.open_clip.setEnabled(event is not None and bool(event.clip))

    def _open_current(self) -> None:
        event = self._current_event()
        if event is not None:
            self.opened.emit(event)

    def _to_events(self) -> None:
        self.list.setFocus()
        if not self.list.currentIndex().isValid() and self.events.events:
            self.list.setCurrentIndex(self.events.index(0))

    def _type(self, text: str) -> None:
        self.filters.search.setFocus()
        self.filters.search.insert(text)

    def _pass_key(self, event: QKeyEvent) -> None:
        self.grid.keyPressEvent(event)

    def _take_shortcuts(self) -> None:
        self._find.setShortcuts(self._actions["view.search"].shortcuts())
        keys = self._find.shortcut().toString()
        self.filters.search.setToolTip(tr("Type to filter the channels ({keys})", keys=keys))

    def _restyle(self) -> None:
        self.grid.restyle()
        self.model.repaint()


def _counts_text(look: WallLook) -> str:
    parts = [tr("%n channels", sum(look.counts.values()))]
    parts += [
        f"{look.counts[state]} {tr(word.STATES[state])}"
        for state in WallState
        if look.counts.get(state)
    ]
    return " · ".join(parts)
