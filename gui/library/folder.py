"""The tree of folders that hold titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gui.language import tr

_NUMBER = re.compile(r"([0-9]+)")
_PATH = Qt.ItemDataRole.UserRole


class FolderTree(QTreeWidget):
    """Folders with how many titles lie in and below them; the first entry means all.

    Signals:
        chosen: The folder that is selected, empty for all.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Folders"))
        self.setHeaderLabels([tr("Folder"), tr("Titles")])
        self.setUniformRowHeights(True)
        self.setColumnCount(2)
        self.setIndentation(14)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._shown: tuple[tuple[str, int], ...] | None = None
        self.currentItemChanged.connect(self._on_current)
        self.set_folders(())

    @property
    def folder(self) -> str:
        """The folder that is selected, empty for all."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _PATH))

    def set_folders(self, folders: Sequence[tuple[str, int]]) -> None:
        """Show folders; what is selected stays so while it is there."""
        if tuple(folders) == self._shown:
            return
        self._shown, kept = tuple(folders), self.folder
        self.blockSignals(True)
        self.clear()
        total = sum(count for _, count in folders)
        every = QTreeWidgetItem([tr("All folders"), str(total)])
        every.setData(0, _PATH, "")
        every.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
        self.addTopLevelItem(every)
        items = {"": every}
        tree = _tree(dict(folders))
        for path in sorted(tree, key=_natural):
            parent, label, count = tree[path]
            item = QTreeWidgetItem([label, str(count)])
            item.setData(0, _PATH, path)
            item.setToolTip(0, path)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            items[parent].addChild(item) if parent else self.addTopLevelItem(item)
            items[path] = item
            item.setExpanded(True)
        self.setCurrentItem(items.get(kept, every))
        self.blockSignals(False)
        if kept not in items:
            self.chosen.emit("")

    def choose(self, folder: str) -> None:
        """Select a folder, or all."""
        for item in self.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive):
            if item.data(0, _PATH) == folder:
                self.setCurrentItem(item)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, _PATH)))


def _natural(path: str) -> list[list[tuple[int, str]]]:
    """Sorts `Season 2` before `Season 10`, and what lies in a folder after the folder."""
    return [
        [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in parts]
        for parts in (_NUMBER.split(step) for step in path.split("/"))
    ]


def _tree(folders: dict[str, int]) -> dict[str, tuple[str, str, int]]:
    """Nested folders: parent, label and titles in and below, by path.

    Folders that hold nothing but one other folder are left out; their names lead its label.
    """
    below: dict[str, int] = {}
    children: dict[str, set[str]] = {}
    for path, count in folders.items():
        child = path
        below[child] = below.get(child, 0) + count
        while child.rpartition("/")[0]:
            parent = child.rpartition("/")[0]
            children.setdefault(parent, set()).add(child)
            below[parent] = below.get(parent, 0) + count
            child = parent
    kept = {p for p in below if p in folders or len(children.get(p, ())) > 1}
    found = {}
    for path in kept:
        parent = path.rpartition("/")[0]
        while parent and parent not in kept:
            parent = parent.rpartition("/")[0]
        label = path[len(parent) :].lstrip("/") if parent else path
        found[path] = (parent, label or "/", below[path])
    return found
