"""The fields of the simulate panel: which defect, in which form, how strong, by which chance."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from core.domain.defect import DEFECTS
from core.domain.finding import Region
from core.domain.title import Title
from core.simulate.inject import INJECTORS, UNANSWERED, Domain, injector
from core.simulate.plan import Planned
from gui.language import plain, tr
from gui.medium import MEDIUM_TITLES
from gui.wording import variant_title

_STEPS = 100
_HIGHEST_SEED = 99_999


class SimulateForm(QWidget):
    """Asks for everything but the stretch and the region, which are marked elsewhere.

    Signals:
        changed: Something was chosen anew.
        whole_requested: Damage the whole picture again.
    """

    changed = Signal()
    whole_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.defect_box = QComboBox()
        self.defect_box.setMaxVisibleItems(24)
        self.variant_box = QComboBox()
        self.severity = QSlider(Qt.Orientation.Horizontal)
        self.severity.setRange(0, _STEPS)
        self.severity.setPageStep(25)
        self.severity.setValue(_STEPS * 3 // 4)
        self.strength = QLabel()
        self.strength.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00 "))
        self.seed = QSpinBox()
        self.seed.setRange(0, _HIGHEST_SEED)
        self.where = QLabel()
        self.region = QLabel()
        self.whole = QPushButton(tr("Whole picture"))
        self.whole.setAutoDefault(False)
        self.whole.clicked.connect(self.whole_requested)
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setProperty("muted", True)
        self._lay_out()
        self.defect_box.currentIndexChanged.connect(self._on_defect)
        self.variant_box.currentIndexChanged.connect(self.changed)
        self.severity.valueChanged.connect(self._on_severity)
        self.seed.valueChanged.connect(self.changed)
        self._on_severity()

    @property
    def defect(self) -> str:
        """Id of the chosen defect; empty while there is none."""
        return str(self.defect_box.currentData() or "")

    def set_title(self, title: Title) -> None:
        """Offer what can be damaged in a title."""
        before = self.defect
        self.defect_box.blockSignals(True)
        self.defect_box.clear()
        for name, defect in sorted(_offered(title)):
            self.defect_box.addItem(name, defect)
        self.defect_box.setCurrentIndex(max(self.defect_box.findData(before), 0))
        self.defect_box.blockSignals(False)
        self._on_defect()

    def set_where(self, text: str) -> None:
        """Say which stretch will be damaged."""
        self.where.setText(text)

    def set_region(self, region: Region | None) -> None:
        """Say which part of the picture will be damaged."""
        able = bool(self.defect) and injector(self.defect).domain is Domain.PICTURE
        if not able:
            text = "–"
        elif region is None:
            text = tr("Whole picture; drag on the preview for a part")
        else:
            size = (region.right - region.left, region.bottom - region.top)
            text = tr(
                "{size} at {place}",
                size=f"{size[0]:.0%} × {size[1]:.0%}",
                place=f"{region.left:.0%}, {region.top:.0%}",
            )
        self.region.setText(text)
        self.whole.setEnabled(able and region is not None)

    def planned(self, start_s: float, end_s: float, region: Region | None) -> Planned:
        """What is asked for; only pictures have regions."""
        pictures = injector(self.defect).domain is Domain.PICTURE
        return Planned(
            self.defect,
            ((start_s, end_s),),
            self.severity.value() / _STEPS,
            self.seed.value(),
            str(self.variant_box.currentData() or ""),
            region if pictures else None,
        )

    def _lay_out(self) -> None:
        strength, place = QHBoxLayout(), QHBoxLayout()
        strength.addWidget(self.severity, 1)
        strength.addWidget(self.strength)
        place.addWidget(self.region, 1)
        place.addWidget(self.whole)
        self.seed.setMaximumWidth(self.fontMetrics().horizontalAdvance("000000") + 60)
        self._rows = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for name, field in (
            (tr("&Defect"), self.defect_box),
            (tr("&Form"), self.variant_box),
            (tr("&Severity"), self.severity),
            (tr("S&eed"), self.seed),
        ):
            field.setAccessibleName(plain(name))
            label = QLabel(name)
            label.setBuddy(field)
            form.addRow(label, strength if field is self.severity else field)
        form.addRow(tr("Stretch"), self.where)
        form.addRow(tr("Region"), place)
        form.addRow("", self.answer)

    def _on_defect(self) -> None:
        variants = injector(self.defect).variants if self.defect else ()
        self.variant_box.blockSignals(True)
        self.variant_box.clear()
        for variant in variants:
            self.variant_box.addItem(variant_title(variant), variant)
        self.variant_box.blockSignals(False)
        self._rows.setRowVisible(self.variant_box, bool(variants))
        reason = UNANSWERED.get(self.defect, "")
        meaning = tr(DEFECTS[self.defect].description) if self.defect else ""
        if reason:
            meaning = f"{meaning} {tr('No detector answers it: {reason}', reason=tr(reason))}"
        self.answer.setText(meaning)
        self.changed.emit()

    def _on_severity(self) -> None:
        self.strength.setText(f"{self.severity.value() / _STEPS:.2f}")
        self.changed.emit()


def _offered(title: Title) -> Iterable[tuple[str, str]]:
    able = {
        Domain.PICTURE: bool(title.video),
        Domain.SOUND: bool(title.audio),
        Domain.CUES: bool(title.captions),
        Domain.STREAM: True,
    }
    for name, entry in INJECTORS.items():
        if able[entry.domain]:
            defect = DEFECTS[name]
            yield f"{tr(MEDIUM_TITLES[defect.medium])}: {tr(defect.title)}", name
