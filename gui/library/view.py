"""The page of the library: search and filters, folders, titles, and the selected title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.domain.summary import TitleQuery, TitleState, TitleSummary
from gui import theme
from gui.actions import ActionSet
from gui.language import tr
from gui.library import word
from gui.library.detail import DetailPanel
from gui.library.filter import FilterRow
from gui.library.folder import FolderTree
from gui.library.model import ORDERS, TitleModel
from gui.library.table import TitleTable
from gui.widget import ElidedLabel

if TYPE_CHECKING:
    from core.review.library import Choices

_LOOK_MS = 120


@dataclass(frozen=True, slots=True)
class Listing:
    """What the library holds at one moment, as far as a query and the eye reach.

    Attributes:
        query: What was asked.
        keys: Fingerprints of all titles of the query, in order.
        lines: Lines of those in sight.
        counts: Titles of the query by state.
        choices: What the filters offer.
        uncounted: How many titles are still to be counted.
        pulse: Changes when anything does.
    """

    query: TitleQuery
    keys: tuple[str, ...]
    lines: Mapping[str, TitleSummary]
    counts: Mapping[TitleState, int]
    choices: Choices
    uncounted: int
    pulse: object


class LibraryView(QFrame):
    """All titles of the store.

    Signals:
        query_changed: Something else is to be listed.
        selected: Fingerprint of the title that is looked at, a moment after it was selected.
        opened: Fingerprint of the title that is to be opened.
        left: The person wants to go back.
        stopped: What runs in the background is to end.
        details_asked: The sentences about files are to be shown.
    """

    query_changed = Signal()
    selected = Signal(str)
    opened = Signal(str)
    left = Signal()
    stopped = Signal()
    details_asked = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Library"))
        self._actions = actions
        self.model = TitleModel(self)
        self.filters = FilterRow()
        self.folders = FolderTree()
        self.table = TitleTable(self.model)
        self.detail = DetailPanel()
        self._build_head()
        self._build_strip()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(lambda: self.selected.emit(self.table.key))
        self._wanted = ""
        self._connect()

    # Building

    def _build_head(self) -> None:
        self.head = QLabel(tr("Titles"))
        self.head.setProperty("heading", True)
        self.counts = ElidedLabel()
        self.counts.setProperty("muted", True)
        self.counts.setAccessibleName(tr("Number of titles"))
        self.back = self._button("file.library", tr("Back to the title"))
        self.sample = self._button("file.open_sample", tr("Open the sample title"))
        self.buttons = (
            self.back,
            self._button("file.open", tr("Open a file…")),
            self.sample,
            self._button("file.add_folder", tr("Add a folder…")),
            self._button("file.next_to_review", tr("Next to review")),
        )
        self.buttons[-1].setProperty("primary", True)
        self._find = QAction(self)
        self._find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._find.triggered.connect(self.filters.search.setFocus)
        self.addAction(self._find)
        self._actions.shortcuts_changed.connect(self._take_shortcuts)
        self._take_shortcuts()

    def _build_strip(self) -> None:
        self.strip = QFrame()
        self.strip.setProperty("panel", True)
        self.told = ElidedLabel()
        self.told.setAccessibleName(tr("Folder"))
        self.stop = QPushButton(tr("Stop"))
        self.stop.setToolTip(tr("Look into no more files; what was added stays"))
        self.stop.clicked.connect(self.stopped)
        self.more = QPushButton(tr("Show these files"))
        self.more.setToolTip(tr("Which files could not be read, and why"))
        self.more.clicked.connect(self.details_asked)
        self.dismiss = QPushButton(tr("Dismiss"))
        self.dismiss.clicked.connect(self.strip.hide)
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(8, 3, 8, 3)
        row.addWidget(self.told, 1)
        for button in (self.stop, self.more, self.dismiss):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.strip.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.head)
        head.addWidget(self.counts, 1)
        for button in self.buttons:
            head.addWidget(button)
        self.empty = QLabel()
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        rows = QSplitter(Qt.Orientation.Vertical)
        rows.setAccessibleName(tr("Titles and analyses"))
        rows.addWidget(middle)
        rows.addWidget(self.detail)
        rows.setSizes([420, 160])
        rows.setStretchFactor(0, 1)
        rows.setStretchFactor(1, 0)
        rows.setCollapsible(0, False)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setAccessibleName(tr("Folders and titles"))
        columns.addWidget(self.folders)
        columns.addWidget(rows)
        columns.setSizes([220, 1060])
        columns.setStretchFactor(0, 0)
        columns.setStretchFactor(1, 1)
        columns.setCollapsible(1, False)
        for splitter in (rows, columns):
            splitter.setHandleWidth(4)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 6)
        page.setSpacing(6)
        page.addLayout(head)
        page.addWidget(self.filters)
        page.addWidget(self.strip)
        page.addWidget(columns, 1)
        order = (self.filters, self.table, self.detail.runs, self.detail.show_run, self.folders)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters)
        self.folders.chosen.connect(lambda _folder: self.query_changed.emit())
        self.model.sorted.connect(self.filters.set_order)
        self.table.typed.connect(self._type)
        self.table.left.connect(self.leave)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._look.start())
        self.filters.search.passed.connect(self._pass_key)
        self.filters.search.left.connect(self.leave)
        theme.hub().changed.connect(self._restyle)

    def _button(self, action_id: str, text: str) -> QPushButton:
        action = self._actions[action_id]
        button = QPushButton(text)
        button.setToolTip(self._actions.hint(action_id))
        button.setAutoDefault(False)
        button.clicked.connect(action.trigger)
        return button

    # What it shows

    @property
    def query(self) -> TitleQuery:
        """What the person asks for."""
        return self.filters.query(self.folders.folder)

    def show_listing(self, listing: Listing) -> None:
        """Show what the library holds; the selected title stays selected while it is listed."""
        key = self._wanted or self.table.key
        place = self.table.verticalScrollBar().value()
        moved = self.model.set_keys(listing.keys, listing.lines)
        self.folders.set_folders(listing.choices.folders)
        self.filters.offer(listing.choices.defects, listing.choices.reviewers)
        self.counts.setText(_counts_text(listing))
        self._show_empty(listing)
        if moved or self._wanted:
            self._wanted = ""
            row = self.model.row_of(key)
            if row >= 0:
                self.table.verticalScrollBar().setValue(place)
            self.table.select(max(row, 0))
        self._look.start()

    def take_focus(self) -> None:
        """Give the keyboard to the titles, or to the search where none are shown."""
        (self.filters.search if self.table.isHidden() else self.table).setFocus()

    def want(self, fingerprint: str) -> None:
        """Select a title as soon as it is listed."""
        self._wanted = fingerprint

    def tell(self, text: str, running: bool = False, troubles: bool = False) -> None:
        """Say what becomes of a folder."""
        self.told.setText(text)
        self.stop.setVisible(running)
        self.more.setVisible(troubles)
        self.dismiss.setVisible(not running)
        self.strip.setVisible(bool(text))

    def leave(self) -> None:
        """Show everything first, then go back."""
        if self.query.restricts:
            self.folders.choose("")
            self.filters.clear()
        else:
            self.left.emit()

    def _show_empty(self, listing: Listing) -> None:
        none = not listing.keys
        restricts = listing.query.restricts
        if none and self.table.hasFocus():
            self.filters.search.setFocus()
        self.table.setVisible(not none)
        self.detail.setVisible(not none)
        self.sample.setVisible(none and not listing.query.restricts)
        self.empty.setVisible(none)
        self.empty.setText(
            tr("No title fits. Press Escape to show all titles again.")
            if restricts
            else tr("There are no titles yet. Add a folder, or open a file.")
        )

    def _on_filters(self) -> None:
        column = next(c for c, order in ORDERS.items() if order is self.query.order)
        way = Qt.SortOrder.DescendingOrder if self.query.descending else Qt.SortOrder.AscendingOrder
        header = self.table.horizontalHeader()
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (column, way):
            header.setSortIndicator(column, way)
        self.query_changed.emit()

    def _type(self, text: str) -> None:
        self.filters.search.setFocus()
        self.filters.search.insert(text)

    def _pass_key(self, event: QKeyEvent) -> None:
        self.table.keyPressEvent(event)

    def _take_shortcuts(self) -> None:
        self._find.setShortcuts(self._actions["view.search"].shortcuts())
        keys = self._find.shortcut().toString()
        self.filters.search.setToolTip(tr("Type to filter the titles ({keys})", keys=keys))

    def _restyle(self) -> None:
        self.table.restyle()
        self.model.repaint()


def _counts_text(listing: Listing) -> str:
    parts = [tr("%n titles", len(listing.keys))]
    parts += [
        f"{listing.counts[state]} {tr(word.STATES[state])}"
        for state in TitleState
        if listing.counts.get(state)
    ]
    if listing.uncounted:
        parts.append(tr("%n still being counted", listing.uncounted))
    return " · ".join(parts)
