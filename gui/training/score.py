"""How far a detector's scores can be believed: reliability, and drift of recent titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.catalog.table import DETECTORS
from core.review.calibration import LEAST, Reliability
from core.review.drift import LEAST_TITLES, Shift
from core.review.judged import LEARNED
from gui.language import tr
from gui.training import word
from gui.training.reliability import DriftPlot, ReliabilityPlot

if TYPE_CHECKING:
    from core.review.training import Calibration


class ScoreTab(QWidget):
    """Two diagrams with their figures and what they come to, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reliability, self.drift = ReliabilityPlot(), DriftPlot()
        self.figures, self.shift = QLabel(), QLabel()
        self.figures.setAccessibleName(tr("Reliability in words"))
        self.shift.setAccessibleName(tr("Drift in words"))
        note = QLabel(
            tr(
                "Flags that were decided are mostly those that were raised: what a detector keeps "
                "silent about is not in this diagram, and chosen samples are no fair picture of "
                "the library. Spot checks tell what is missed."
            )
        )
        note.setProperty("muted", True)
        for label in (self.figures, self.shift, note):
            label.setWordWrap(True)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.reliability, 0, 0)
        grid.addWidget(self.drift, 0, 1)
        grid.addWidget(self.figures, 1, 0)
        grid.addWidget(self.shift, 1, 1)
        grid.setRowStretch(0, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.addLayout(grid, 1)
        page.addWidget(note)

    def show_waiting(self) -> None:
        """Say that it is being counted."""
        for plot in (self.reliability, self.drift):
            plot.show_hint(tr("Counting …"))
        self.figures.clear()
        self.shift.clear()

    def show_calibration(self, detector: str, found: Calibration) -> None:
        """Show what was counted."""
        self.reliability.show_reliability(found.reliability)
        self.figures.setText(_figures(detector, found.reliability, found.fitted))
        metric = next((m for m in DETECTORS[detector].metrics if m.name == found.metric), None)
        if metric is None:
            self.drift.show_hint(tr("This detector has no curve that decides"))
            self.shift.clear()
            return
        unit = f" ({metric.unit})" if metric.unit else ""
        self.drift.show_drift(found.drift, f"{tr(metric.title)}{unit}")
        said = word.shift_text(found.drift, LEAST_TITLES)
        if found.drift.shift is not Shift.UNKNOWN:
            said += " " + tr(
                "PSI {psi}; largest distance {distance}, by chance up to {chance}.",
                psi=f"{found.drift.psi:.2f}",
                distance=f"{found.drift.distance:.2f}",
                chance=f"{found.drift.chance:.2f}",
            )
        self.shift.setText(said)


def _figures(detector: str, found: Reliability, fitted: Reliability) -> str:
    if not found.count:
        return ""
    said = tr(
        "{confirmed} of {count} flags confirmed. Calibration error (ECE) {error}, Brier score "
        "{brier}.",
        confirmed=found.confirmed,
        count=found.count,
        error=f"{found.error:.3f}",
        brier=f"{found.brier:.3f}",
    )
    if not found.enough:
        said += " " + tr("Fewer than {least} of both kinds say little.", least=LEAST)
    elif any(one.misleads for one in found.bins):
        over = sum(one.off * one.count for one in found.bins) < 0
        said += " " + (
            tr("Where marked, it is surer than it is right.")
            if over
            else tr("Where marked, it is right more often than it says.")
        )
    else:
        said += " " + tr("What it says comes true as often as it says, as far as can be told.")
    if found.weighted:
        said += " " + tr("Weighted by the chance with which each was drawn.")
    if fitted.count:
        said += " " + tr(
            "By the curve that was fitted to verdicts the error is {error}; some of them are among "
            "these.",
            error=f"{fitted.error:.3f}",
        )
    elif detector not in LEARNED:
        said += " " + tr("This detector measures; its strength claims to be no probability.")
    return said
