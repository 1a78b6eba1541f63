"""Where weights come from, what was promoted when, and what older ones have measured."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.review.training import Lineage
from core.review.weights_line import WeightsLine
from gui.dialogs.sheet import Sheet
from gui.language import tr
from gui.training import word

_FIGURES = 3


class HistoryTab(QWidget):
    """A tree of weights, the promotions, and titles that older weights measured.

    Signals:
        back_wanted: Go back to the weights that were in use before.
        opened: Fingerprint of a title that is to be opened.
        again_wanted: Fingerprints of titles that are to be analysed again.
        stop_wanted: Analyse no more of them.
    """

    back_wanted = Signal()
    opened = Signal(str)
    again_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lineage = Lineage()
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Weights and where they come from"))
        self.tree.setHeaderLabels(
            [tr("Weights"), tr("Made"), tr("Verdicts"), tr("Figures of the card")]
        )
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setTabKeyNavigation(False)
        self.moves = Sheet(tr("Promotions"), tr("When"), tr("From"), tr("To"), tr("By"), tr("What"))
        self.old = Sheet(
            tr("Titles measured by older weights"), tr("Title"), tr("Analysed"), tr("By weights")
        )
        self.back = QPushButton(tr("Roll back…"))
        self.again = QPushButton(tr("Analyse these titles again"))
        self.again.setToolTip(tr("One after the other, in the background; verdicts stay"))
        self.stop = QPushButton(tr("Stop"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("muted", True)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.again.clicked.connect(self._on_again)
        self.stop.clicked.connect(self.stop_wanted)
        self.old.itemActivated.connect(lambda item: self._on_open(item.row()))
        self.show_lineage(Lineage())

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.addWidget(self.tree, 3)
        column.addWidget(self.moves, 2)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        other = QVBoxLayout(right)
        other.addWidget(self.told)
        other.addWidget(self.old, 1)
        other.addStretch(0)
        last = QHBoxLayout()
        last.addWidget(self.again)
        last.addWidget(self.stop)
        last.addStretch(1)
        other.addLayout(last)
        for layout in (column, other):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(6)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setAccessibleName(tr("Weights and titles"))
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setSizes([600, 380])
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.addWidget(halves)

    def show_lineage(self, lineage: Lineage, deciding: bool = False) -> None:
        """Show where weights come from.

        Args:
            lineage: All there is.
            deciding: A roll-back or promotion is on its way.
        """
        self._lineage = lineage
        self._grow(lineage)
        self.moves.fill(
            [
                (
                    word.day(row.at),
                    row.before,
                    row.after,
                    row.by,
                    tr("rolled back") if row.rolled_back else tr("accepted"),
                )
                for row in reversed(lineage.promotions)
            ]
        )
        self.back.setEnabled(bool(lineage.back_to) and not deciding)
        self.back.setToolTip(
            tr("Measure with {name} again, after a question", name=lineage.back_to)
            if lineage.back_to
            else tr("Nothing was accepted that could be taken back")
        )
        self.old.fill(
            [
                (old.title.name, word.day(old.run.started), old.weights or tr("unknown"))
                for old in lineage.old_runs
            ]
        )
        self.show_again(0, 0)

    def show_again(self, done: int, count: int) -> None:
        """Show how far the analysing of older titles is; a count of 0 says that none is."""
        old = self._lineage.old_runs
        self.again.setEnabled(bool(old) and not count)
        self.again.setVisible(bool(old))
        self.stop.setVisible(bool(count))
        self.old.setVisible(bool(old))
        if count:
            self.told.setText(tr("Analysing {done} of {count} …", done=done + 1, count=count))
        elif old:
            self.told.setText(
                tr(
                    "The newest analysis of these titles was made by other weights than those in "
                    "use. Their flags keep that stamp until you analyse them again."
                )
            )
        else:
            self.told.setText(tr("No analysis was made by other weights than those in use."))

    def _grow(self, lineage: Lineage) -> None:
        self.tree.clear()
        grown: dict[str, QTreeWidgetItem] = {}
        for line in lineage.weights:
            item = QTreeWidgetItem(_cells(line))
            item.setToolTip(0, line.recipe)
            item.setToolTip(3, _figures(line, len(line.figures)))
            font = QFont(self.font())
            font.setBold(line.in_use)
            item.setFont(0, font)
            parent = _parent(line, grown)
            if parent is None:
                self.tree.addTopLevelItem(item)
            else:
                parent.addChild(item)
            grown[line.name] = item
        self.tree.expandAll()
        for column in range(3):
            self.tree.resizeColumnToContents(column)

    def _on_open(self, row: int) -> None:
        if 0 <= row < len(self._lineage.old_runs):
            self.opened.emit(self._lineage.old_runs[row].title.fingerprint)

    def _on_again(self) -> None:
        self.again_wanted.emit([old.title for old in self._lineage.old_runs])


def _parent(line: WeightsLine, grown: Mapping[str, QTreeWidgetItem]) -> QTreeWidgetItem | None:
    return grown.get(line.parent)


def _cells(line: WeightsLine) -> list[str]:
    name = tr("{name} (in use)", name=line.name) if line.in_use else line.name
    made = word.day(line.at) if line.at is not None else tr("came with Onglass")
    if line.own and line.at is None:
        made = tr("added here")
    return [name, made, line.snapshot[:10], _figures(line, _FIGURES)]


def _figures(line: WeightsLine, most: int) -> str:
    return "; ".join(f"{f.name} {f.value:.3g}{f.unit}" for f in line.figures[:most])
