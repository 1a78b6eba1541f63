"""Thresholds fitted to verdicts: what is proposed, what it changes, and into which profile."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.domain.lineage import RefitProposal, ThresholdChange, WeightsComparison
from gui.dialogs.sheet import Sheet
from gui.language import told, tr
from gui.training.change import ChangesView

_TABLE_PX = 132


class ThresholdTab(QWidget):
    """A proposal and its effect on the library, re-decided from what is stored.

    Signals:
        fit_wanted: Fit to the verdicts there are now.
        tried: Show the proposal on the open title, without keeping it.
        applied: Keep the proposal in the profile.
    """

    fit_wanted = Signal()
    tried = Signal()
    applied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fit = QPushButton(tr("Fit to verdicts"))
        self.fit.setToolTip(tr("Find thresholds that keep what was confirmed and raise less else"))
        self.try_out = QPushButton(tr("Try on the open title"))
        self.try_out.setToolTip(tr("The queue shows what they find; nothing is kept"))
        self.apply = QPushButton(tr("Apply to the profile"))
        self.apply.setProperty("primary", True)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName(tr("What the fit says"))
        self.table = Sheet(
            tr("Proposed thresholds"), tr("Threshold"), tr("Now"), tr("Proposed"), tr("Unit")
        )
        self.table.setMaximumHeight(_TABLE_PX)
        self.changes = ChangesView()
        row = QHBoxLayout()
        for button in (self.fit, self.try_out, self.apply):
            row.addWidget(button)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.setSpacing(6)
        page.addLayout(row)
        page.addWidget(self.told)
        page.addWidget(self.table)
        page.addWidget(self.changes, 1)
        self.fit.clicked.connect(self.fit_wanted)
        self.try_out.clicked.connect(self.tried)
        self.apply.clicked.connect(self.applied)
        self.show_proposal(None)

    def show_proposal(self, found: RefitProposal | None, running: bool = False) -> None:
        """Show what is proposed.

        Args:
            found: The proposal; None without one.
            running: One is being made.
        """
        moves = found is not None and bool(found.changes)
        self.fit.setEnabled(not running)
        self.try_out.setEnabled(moves)
        self.apply.setEnabled(moves)
        self.table.setVisible(moves)
        self.table.fill([_row(change) for change in found.changes] if found is not None else [])
        self.changes.setVisible(found is not None)
        self.changes.show_comparison(None, tr("Deciding anew from stored measurements …"))
        if running:
            self.told.setText(tr("Fitting thresholds to the verdicts …"))
        elif found is None:
            self.told.setText(
                tr(
                    "Thresholds can be fitted to what you confirmed and rejected. Nothing changes "
                    "before you apply it, and the profile can be put back at any time."
                )
            )
        else:
            self.told.setText(_told(found))

    def show_effect(self, found: WeightsComparison) -> None:
        """Show what the proposal changes on the library."""
        self.changes.show_comparison(found, "")


def _row(change: ThresholdChange) -> tuple[str, ...]:
    return (tr(change.title), f"{change.before:g}", f"{change.after:g}", change.unit)


def _told(found: RefitProposal) -> str:
    said = [told(sentence) for sentence in found.sentences]
    said.append(
        tr(
            "Of {confirmed} confirmed and missed stretches {found_before} are found now and "
            "{found_after} then; of {rejected} rejected ones {raised_before} are raised now and "
            "{raised_after} then.",
            confirmed=found.confirmed,
            found_before=found.found_before,
            found_after=found.found_after,
            rejected=found.rejected,
            raised_before=found.raised_before,
            raised_after=found.raised_after,
        )
    )
    return " ".join(said)
