"""What is known of the selected title: where it lies, flags by defect, its analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.language import told, tr
from gui.library import word
from gui.queue.flag_text import defect_title
from gui.widget import ElidedLabel

if TYPE_CHECKING:
    from core.review.library import RunLine, TitleDetail

_RUN = Qt.ItemDataRole.UserRole
_MOST_DETECTORS = 3
_MOST_DEFECTS = 8


class _Runs(QTreeWidget):
    """Analyses in rows; Enter shows one."""

    asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the analysis."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class DetailPanel(QFrame):
    """One title's particulars.

    Signals:
        run_asked: Fingerprint and id of an analysis that is to be shown.
    """

    run_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.fingerprint = ""
        self.path = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.path.setAccessibleName(tr("Where the title lies"))
        self.defects = QLabel()
        self.defects.setProperty("muted", True)
        self.defects.setAccessibleName(tr("Flags by defect"))
        self.defects.setWordWrap(True)
        self.runs = _Runs()
        self.runs.setAccessibleName(tr("Analyses of this title"))
        self.runs.setRootIsDecorated(False)
        self.runs.setUniformRowHeights(True)
        self.runs.setHeaderLabels(
            [
                tr("Analysed"),
                tr("State"),
                tr("Flags"),
                tr("Profile"),
                tr("Detectors"),
                tr("Weights"),
            ]
        )
        header = self.runs.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.show_run = QPushButton(tr("Show this analysis"))
        self.show_run.setToolTip(tr("Open the title with the flags of the selected analysis"))
        self.show_run.setAutoDefault(False)
        self.show_run.clicked.connect(self._ask)
        self.runs.asked.connect(self._ask)
        self.runs.itemDoubleClicked.connect(lambda _item: self._ask())
        self.runs.currentItemChanged.connect(lambda item: self.show_run.setEnabled(bool(item)))
        foot = QHBoxLayout()
        foot.addWidget(self.defects, 1)
        foot.addWidget(self.show_run, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.path)
        layout.addLayout(foot)
        layout.addWidget(self.runs, 1)
        self.show_detail(None)

    def show_detail(self, detail: TitleDetail | None) -> None:
        """Show a title, or that none is selected."""
        same = detail is not None and detail.fingerprint == self.fingerprint
        kept = self._selected() if same else ""
        self.fingerprint = "" if detail is None else detail.fingerprint
        self.runs.clear()
        self.show_run.setEnabled(False)
        if detail is None:
            self.path.setText(tr("Select a title to see its analyses"))
            self.defects.setText("")
            return
        self.path.setText(str(detail.path))
        self.defects.setText(_defects_text(detail.defects))
        for line in detail.runs:
            item = _item(line)
            self.runs.addTopLevelItem(item)
            if line.run.id == kept or (not kept and line.shown):
                self.runs.setCurrentItem(item)

    def _selected(self) -> str:
        item = self.runs.currentItem()
        return "" if item is None else str(item.data(0, _RUN))

    def _ask(self) -> None:
        if self._selected():
            self.run_asked.emit(self.fingerprint, self._selected())


def _defects_text(defects: dict[str, tuple[int, int]]) -> str:
    if not defects:
        return tr("No flags")
    parts = [
        tr("{defect}: {undecided} of {flags}", defect=defect_title(d), undecided=open_, flags=n)
        for d, (n, open_) in list(defects.items())[:_MOST_DEFECTS]
    ]
    if len(defects) > _MOST_DEFECTS:
        parts.append(tr("%n more kinds", len(defects) - _MOST_DEFECTS))
    return tr("Undecided") + " — " + " · ".join(parts)


def _item(line: RunLine) -> QTreeWidgetItem:
    run = line.run
    shown = f" · {tr('counts')}" if line.shown else ""
    names = ", ".join(run.detectors[:_MOST_DETECTORS])
    more = len(run.detectors) - _MOST_DETECTORS
    if more > 0:
        names = tr("%n detectors", len(run.detectors))
    profile = "–" if line.profile is None else tr(line.profile.title)
    weights = ", ".join(f"{name} {digest[:8]}" for name, digest in sorted(run.weights.items()))
    texts = [
        word.date_text(run.started),
        word.run_text(run) + shown,
        str(line.findings),
        profile,
        names,
        weights or "–",
    ]
    item = QTreeWidgetItem(texts)
    item.setData(0, _RUN, run.id)
    item.setToolTip(4, "\n".join(run.detectors))
    item.setToolTip(5, "\n".join(f"{name}: {digest}" for name, digest in run.weights.items()))
    if run.error:
        item.setToolTip(1, told(run.error))
    return item
