"""Findings gained, lost and moved between two analyses, as a table that leads to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.compare.run import (
    totals,
)
from core.domain.finding import Finding
from core.domain.finding_pair import Change, Pairing
from core.domain.run import Run
from gui import theme
from gui.language import tr
from gui.queue.flag_text import defect_title

if TYPE_CHECKING:
    from core.compare.run import (
        TitleChange,
    )

_SIGNS = {Change.GAINED: "+", Change.LOST: "−", Change.MOVED: "~", Change.SAME: "="}
_ROLES = {
    Change.GAINED: "issue",
    Change.LOST: "blocker",
    Change.MOVED: "fyi",
    Change.SAME: "text_muted",
}


class RunChangeDialog(QDialog):
    """Which two analyses, and what became of their findings.

    Args:
        name: Of the open title.
        runs: Its analyses, oldest first.

    Signals:
        wanted: Ids of two analyses; both empty for the previous and the latest of every title.
        place_chosen: A `TitleChange` and the `Pairing` in it that a person wants to see.
    """

    wanted = Signal(str, str)
    place_chosen = Signal(object, object)

    def __init__(self, name: str, runs: Sequence[Run], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare analyses"))
        self._changes: tuple[TitleChange, ...] = ()
        self._rows: list[tuple[TitleChange, Pairing]] = []
        self.before, self.after = (self._choice(runs, text) for text in (tr("First"), tr("Second")))
        if len(runs) > 1:
            self.before.setCurrentIndex(len(runs) - 2)
            self.after.setCurrentIndex(len(runs) - 1)
        self.library = QCheckBox(tr("Every title: previous against latest"))
        self.same = QCheckBox(tr("Unchanged ones too"))
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.table = self._table()
        self._lay_out(name)
        if len(runs) < 2:
            with QSignalBlocker(self.library):
                self.library.setChecked(True)
        self.before.currentIndexChanged.connect(self._ask)
        self.after.currentIndexChanged.connect(self._ask)
        self.library.toggled.connect(self._ask)
        self.same.toggled.connect(lambda _on: self._fill())
        self.table.cellActivated.connect(lambda row, _column: self._choose(row))
        self.resize(900, 520)

    def _choice(self, runs: Sequence[Run], name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for number, run in enumerate(runs, 1):
            started = run.started.astimezone()
            box.addItem(f"#{number}  {started:%Y-%m-%d %H:%M}", run.id)
            box.setItemData(box.count() - 1, run.id, Qt.ItemDataRole.ToolTipRole)
        return box

    def _table(self) -> QTableWidget:
        names = [tr("Change"), tr("Title"), tr("Defect"), tr("Before"), tr("After")]
        table = QTableWidget(0, len(names))
        table.setHorizontalHeaderLabels(names)
        table.setAccessibleName(tr("Findings that changed"))
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = table.horizontalHeader()
        for column in range(len(names)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        self.name = QLabel(name)
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.addWidget(self.before, 1)
        row.addWidget(QLabel(tr("against")))
        row.addWidget(self.after, 1)
        column.addLayout(row)
        switches = QHBoxLayout()
        switches.addWidget(self.library)
        switches.addWidget(self.same)
        switches.addStretch(1)
        column.addLayout(switches)
        column.addWidget(self.counts)
        column.addWidget(self.table, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def ask(self) -> None:
        """Ask for what is chosen now."""
        self._ask()

    def _ask(self) -> None:
        whole = self.library.isChecked()
        for widget in (self.before, self.after):
            widget.setEnabled(not whole)
        self.name.setEnabled(not whole)
        self.counts.setText(tr("Comparing …"))
        if whole:
            self.wanted.emit("", "")
        elif self.before.count():
            self.wanted.emit(str(self.before.currentData()), str(self.after.currentData()))

    def show_changes(self, changes: Sequence[TitleChange]) -> None:
        """Show what was found."""
        self._changes = tuple(changes)
        self._fill()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self._changes = ()
        self._fill()
        self.counts.setText(sentence)

    def _fill(self) -> None:
        self._rows = [
            (each, pairing)
            for each in self._changes
            for pairing in each.pairings
            if self.same.isChecked() or pairing.change is not Change.SAME
        ]
        self.table.setRowCount(len(self._rows))
        for row, (each, pairing) in enumerate(self._rows):
            texts = (
                f"{_SIGNS[pairing.change]}  {_names()[pairing.change]}",
                each.name,
                defect_title(pairing.finding.defect),
                _span(pairing.before),
                _span(pairing.after),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == 0:
                    item.setForeground(QBrush(theme.current().color(_ROLES[pairing.change])))
                self.table.setItem(row, column, item)
        self.counts.setText(self._counted())

    def _counted(self) -> str:
        compared = [each for each in self._changes if each.compared]
        if not compared:
            return tr("No title has two finished analyses to compare")
        found = totals(compared)
        names = _names()
        words = [", ".join(f"{found[change]} {names[change]}" for change in Change)]
        if len(self._changes) > 1:
            words.insert(0, tr("%n titles", len(compared)))
        unlike = sorted({name for each in compared for name in each.unlike})
        if unlike:
            words.append(tr("asked in one analysis only: {names}", names=", ".join(unlike)))
        return "  ·  ".join(words)

    def _choose(self, row: int) -> None:
        if row < len(self._rows):
            self.place_chosen.emit(*self._rows[row])


def _names() -> dict[Change, str]:
    return {
        Change.GAINED: tr("gained"),
        Change.LOST: tr("lost"),
        Change.MOVED: tr("moved"),
        Change.SAME: tr("unchanged"),
    }


def _span(finding: Finding | None) -> str:
    if finding is None:
        return "–"
    return f"{finding.span.start_s:.3f} – {finding.span.end_s:.3f} s"
