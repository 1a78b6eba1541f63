"""Whose work is inside: a list that can be searched, and each part's licence beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.config.licence import Part, third_party
from gui import theme
from gui.bridge import GuiLane, explain
from gui.language import tr

_INDEX = int(Qt.ItemDataRole.UserRole)
_NAME_WIDTH, _VERSION_WIDTH = 190, 80


class LicenceView(QWidget):
    """Lists the parts once they were gathered, in a thread of its own.

    Attributes:
        lane: The thread, which ends with its one job; who closes before that calls `close_lane`.
        parts: What is listed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Part, ...] = ()
        self._rows: list[QTreeWidgetItem] = []
        self.lane = GuiLane("licences", self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a part, a licence or words of it"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._refresh)
        self.state = QLabel(tr("Gathering the licences …"))
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.tree = self._tree()
        self.field = QPlainTextEdit()
        self.field.setReadOnly(True)
        self.field.setFont(theme.mono_font(0.9))
        self.field.setAccessibleName(tr("The licence"))
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.tree)
        both.addWidget(self.field)
        both.setSizes([220, 260])
        layout = QVBoxLayout(self)
        for widget in (self.search, self.state):
            layout.addWidget(widget)
        layout.addWidget(both, 1)
        self.lane.submit(lambda token: third_party(token.check), self._show, self._fail)

    def close_lane(self) -> None:
        """End the thread; what it gathers is given up."""
        self.lane.close()

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(tr("Parts"))
        tree.setHeaderLabels([tr("Part"), tr("Version"), tr("Licence"), tr("Comes with")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        head = tree.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.resizeSection(0, _NAME_WIDTH)
        head.resizeSection(1, _VERSION_WIDTH)
        head.resizeSection(2, _NAME_WIDTH)
        tree.currentItemChanged.connect(self._on_current)
        return tree

    def _show(self, parts: tuple[Part, ...]) -> None:
        self.close_lane()
        self.parts = parts
        for index, part in enumerate(parts):
            row = QTreeWidgetItem(self.tree, [part.name, part.version, part.licence, part.inside])
            self._rows.append(row)
            row.setData(0, _INDEX, index)
            for column in range(row.columnCount()):
                row.setToolTip(column, row.text(column))
        self._refresh()

    def _fail(self, error: BaseException) -> None:
        self.close_lane()
        self.state.setText(explain(error)[0])

    def _refresh(self) -> None:
        """Show the rows that fit what is looked for, and select the first of them."""
        if not self.parts:
            return
        words = self.search.text().casefold().split()
        first: QTreeWidgetItem | None = None
        count = 0
        for row, part in zip(self._rows, self.parts, strict=True):
            told = " ".join((part.name, part.licence, part.inside, part.text)).casefold()
            fits = all(word in told for word in words)
            row.setHidden(not fits)
            count += fits
            first = first or (row if fits else None)
        self.state.setText(tr("%n parts", count) if count else tr("No part has these words."))
        current = self.tree.currentItem()
        if first is not None and (current is None or current.isHidden()):
            self.tree.setCurrentItem(first)
        self._on_current(self.tree.currentItem())

    def _on_current(self, row: QTreeWidgetItem | None) -> None:
        if row is None or row.isHidden():
            self.field.clear()
            return
        part = self.parts[row.data(0, _INDEX)]
        text = part.text or tr("Its text is among those of {name}.", name=part.inside or part.name)
        head = "\n".join(filter(None, (part.licence, part.home)))
        self.field.setPlainText(f"{head}\n\n{text}")
        words = self.search.text().split()
        if words:
            self.field.find(words[0])
