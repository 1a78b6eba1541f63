"""Plans of spot checks: draw one, go on with one, see what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.review.spot import Estimate, reach_of
from core.review.spot_book import SpotOrder
from core.review.spot_check import CLIP_S, SILENCE, STRATA
from gui.dialogs.sheet import Sheet
from gui.language import mark, tr
from gui.queue.flag_text import defect_title

if TYPE_CHECKING:
    from core.review.spot_book import SpotProgress
    from core.review.spot_check import Miss

_SIZE = (760, 620)
_USUAL_COUNT = 80
_STRATUM_TITLES = {
    SILENCE: mark("whether detectors flagged it"),
    "codec": mark("codec"),
    "folder": mark("folder"),
    "size": mark("picture size"),
    "language": mark("language"),
}


class SpotDialog(QDialog):
    """Lists spot checks.

    Signals:
        plan_wanted: A `SpotOrder`.
        start_wanted: Number of a spot check in the list.
        chosen: Number of a spot check whose estimate is wanted.
    """

    plan_wanted = Signal(object)
    start_wanted = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Spot checks"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.plans = Sheet(tr("Spot checks"), tr("Name"), tr("By"), tr("Day"), tr("Looked at"))
        self.misses = Sheet(
            tr("What detectors miss"),
            tr("Defect"),
            tr("Clips with a miss"),
            tr("95 %"),
            tr("Found of those with it"),
            tr("95 %"),
        )
        self.start = QPushButton(tr("Look at clips"))
        self.start.setProperty("primary", True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        self.name = QLineEdit()
        self.count = QSpinBox()
        self.count.setRange(1, 10_000)
        self.count.setValue(_USUAL_COUNT)
        self.clip = QDoubleSpinBox()
        self.clip.setRange(1, 600)
        self.clip.setDecimals(1)
        self.clip.setValue(CLIP_S)
        self.clip.setSuffix(" s")
        self.strata = {name: QCheckBox(tr(_STRATUM_TITLES[name])) for name in (SILENCE, *STRATA)}
        self.strata[SILENCE].setChecked(True)
        self.precision = QLabel()
        self.precision.setProperty("muted", True)
        self.precision.setWordWrap(True)
        self.draw = QPushButton(tr("Draw clips"))
        self._lay_out()
        self.plans.itemSelectionChanged.connect(self._on_selected)
        self.plans.itemActivated.connect(lambda item: self.start_wanted.emit(item.row()))
        self.start.clicked.connect(lambda: self.start_wanted.emit(self.plans.currentRow()))
        self.draw.clicked.connect(lambda: self.plan_wanted.emit(self.order))
        self.count.valueChanged.connect(self._tell_precision)
        self._tell_precision()
        self.show_progress(())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(self.start)
        boxes = QHBoxLayout()
        for box in self.strata.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        form = QFormLayout()
        for title, field in (
            (tr("Name"), self.name),
            (tr("Clips"), self.count),
            (tr("Length of a clip"), self.clip),
        ):
            field.setAccessibleName(title)
            form.addRow(title, field)
        form.addRow(tr("Told apart by"), boxes)
        form.addRow(self.precision)
        form.addRow(self.draw)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.plans, 2)
        layout.addLayout(head)
        layout.addWidget(self.misses, 2)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.resize(*_SIZE)

    @property
    def order(self) -> SpotOrder:
        """What is asked for."""
        strata = tuple(name for name, box in self.strata.items() if box.isChecked())
        return SpotOrder(self.count.value(), self.clip.value(), strata, self.name.text().strip())

    def show_progress(self, plans: Sequence[SpotProgress]) -> None:
        """List what there is; the newest is selected."""
        self.plans.fill([_line(one) for one in plans])
        if plans:
            self.plans.selectRow(0)
        else:
            self.show_misses(())
            self.say(
                tr(
                    "Detectors' misses are found only by looking where they saw nothing. Draw "
                    "clips at random, look at them without the detectors' opinion, and read here "
                    "what is missed."
                )
            )
        self.start.setEnabled(bool(plans))

    def show_misses(self, misses: Sequence[Miss]) -> None:
        """Show an estimate."""
        self.misses.fill(
            [
                (
                    defect_title(miss.defect) if miss.defect else tr("Any"),
                    *_told(miss.missed),
                    *_told(miss.recall),
                )
                for miss in misses
            ]
        )

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.said.setText(sentence)

    def _on_selected(self) -> None:
        if self.plans.currentRow() >= 0:
            self.chosen.emit(self.plans.currentRow())

    def _tell_precision(self) -> None:
        count = self.count.value()
        self.precision.setText(
            tr(
                "If nothing is missed in {count} clips, detectors miss something in at most "
                "{none:.1%} of all; if in one of ten, the interval reaches {tenth:.1%} to each "
                "side.",
                count=count,
                none=reach_of(count, 0.0),
                tenth=reach_of(count, 0.1),
            )
        )


def _line(one: SpotProgress) -> tuple[str, ...]:
    looked = tr(
        "{own} by you, {all} by anybody, of {count}",
        own=len(one.looked),
        all=one.by_all,
        count=len(one.plan.clips),
    )
    return one.plan.name, one.plan.by, f"{one.plan.at:%Y-%m-%d}", looked


def _told(found: Estimate | None) -> tuple[str, str]:
    if found is None:
        return "–", ""
    share = tr(
        "{share:.1%} ({hits} of {count})",
        share=found.share,
        hits=found.with_it,
        count=found.looked,
    )
    return share, f"{found.low:.1%} … {found.high:.1%}"
