"""How far reviewers agree, and what they dispute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.timecode import format_clock
from core.domain.verdict import Decision
from core.review.agreement import Agreement, Claim, Kappa, agreements
from gui.dialogs.sheet import Sheet
from gui.language import mark, tr
from gui.queue.flag_text import defect_title

_SIZE = (780, 560)
_SAID = {
    Decision.CONFIRM: mark("confirmed"),
    Decision.REJECT: mark("rejected"),
    Decision.UNSURE: mark("unsure"),
}


class AgreementDialog(QDialog):
    """Shows κ by defect, and every flag that people dispute.

    Signals:
        claim_wanted: A `Claim` to be looked at.
    """

    claim_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Agreement between reviewers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._disputed: tuple[Claim, ...] = ()
        self.figures = Sheet(
            tr("Agreement"),
            tr("Defect"),
            tr("Between"),
            tr("Flags"),
            tr("Agree"),
            tr("κ"),
            tr("95 %"),
        )
        self.disputes = Sheet(
            tr("Disputed flags"), tr("Title"), tr("At"), tr("Defect"), tr("Who says what")
        )
        self.said = QLabel(tr("Reading the verdicts …"))
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.figures, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.disputes, 1)
        layout.addWidget(buttons)
        self.disputes.itemActivated.connect(self._on_activated)
        self.resize(*_SIZE)

    def show_claims(self, claims: Sequence[Claim], names: Mapping[str, str]) -> None:
        """Show what people decided about the same flags.

        Args:
            claims: What at least two people decided.
            names: Of titles, by fingerprint.
        """
        rows = [row for one in agreements(claims) for row in _rows(one)]
        self.figures.fill(rows)
        self._disputed = tuple(claim for claim in claims if claim.disputed)
        self.disputes.fill(
            [
                (
                    names.get(claim.fingerprint, claim.fingerprint[:12]),
                    format_clock(claim.flag.span.start_s),
                    defect_title(claim.flag.defect),
                    ", ".join(f"{n}: {tr(_SAID[d])}" for n, d in sorted(claim.ratings.items())),
                )
                for claim in self._disputed
            ],
        )
        if not claims:
            self.say(tr("No two people have decided about the same flag yet."))
        elif self._disputed:
            self.say(tr("Enter, or a double click, opens a disputed flag."))
        else:
            self.say(tr("Nothing is disputed."))

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.said.setText(sentence)

    def _on_activated(self, item: QTableWidgetItem) -> None:
        self.claim_wanted.emit(self._disputed[item.row()])


def _rows(one: Agreement) -> list[tuple[str, ...]]:
    title = defect_title(one.defect) if one.defect else tr("All")
    everybody = (title, tr("everybody (Fleiss)"), *_cells(one.fleiss))
    pairs = [
        ("", tr("{one}, {other} (Cohen)", one=pair[0], other=pair[1]), *_cells(kappa))
        for pair, kappa in one.cohen.items()
    ]
    return [everybody, *pairs]


def _cells(kappa: Kappa) -> tuple[str, ...]:
    value = "–" if kappa.value is None else f"{kappa.value:.2f}"
    interval = "–" if kappa.low is None else f"{kappa.low:.2f} … {kappa.high:.2f}"
    return f"{kappa.claims}", f"{kappa.observed:.0%}", value, interval
