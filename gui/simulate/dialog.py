"""The simulate panel: place a defect on the open title, look at it, save clip and truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.domain.finding import Region
from core.domain.title import Title
from core.simulate.plan import Planned
from gui.language import told, tr
from gui.simulate.bite import Bite
from gui.simulate.form import SimulateForm
from gui.simulate.picture_pair import PicturePair
from gui.simulate.sound_pair import SoundPair

_SETTLE_MS = 250
_STEPS = 100


class SimulateDialog(QDialog):
    """Stays open beside the desk, so that the stretch can be marked on the timeline.

    Signals:
        preview_wanted: The `Planned` defect, and how far into its stretch to look, 0..1.
        save_wanted: The `Planned` defect, and whether the whole title shall be written.
        open_wanted: Open the copy that was written last.
        closed: The panel was closed.
    """

    preview_wanted = Signal(object, float)
    save_wanted = Signal(object, bool)
    open_wanted = Signal()
    closed = Signal()

    def __init__(self, bite: Bite, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Simulate a defect"))
        self._stretch = (0.0, 0.0)
        self._region: Region | None = None
        self._rate = 0
        self.form = SimulateForm()
        self.pictures = PicturePair()
        self.sounds = SoundPair()
        self.bite = bite
        bite.setParent(self)
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setRange(0, _STEPS)
        self.place.setValue(_STEPS // 2)
        self.place.setAccessibleName(tr("Where in the stretch to look"))
        self.hear_clean, self.hear_damaged = _button(tr("Hear clean")), _button(tr("Hear damaged"))
        self.whole = QCheckBox(
            tr("Write the whole title, not only the stretch and its surroundings")
        )
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.save, self.shut = _button(tr("Save clip and truth…")), _button(tr("Close"))
        self.open_clip = _button(tr("Open the clip"))
        self.open_clip.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._lay_out()
        self._connect()
        self.resize(820, 620)

    def _lay_out(self) -> None:
        look = QWidget()
        looking = QVBoxLayout(look)
        looking.setContentsMargins(0, 0, 0, 0)
        looking.addWidget(self.pictures, 1)
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("Look at")))
        row.addWidget(self.place, 1)
        looking.addLayout(row)
        listen = QWidget()
        listening = QVBoxLayout(listen)
        listening.setContentsMargins(0, 0, 0, 0)
        listening.addWidget(self.sounds, 1)
        row = QHBoxLayout()
        row.addWidget(self.hear_clean)
        row.addWidget(self.hear_damaged)
        row.addStretch(1)
        listening.addLayout(row)
        self.preview = QStackedWidget()
        self.preview.addWidget(look)
        self.preview.addWidget(listen)
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        buttons.addWidget(self.open_clip)
        buttons.addWidget(self.save)
        buttons.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.whole)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.form.changed.connect(self.refresh)
        self.form.whole_requested.connect(lambda: self._take_region(None))
        self.pictures.region_dragged.connect(self._take_region)
        self.place.valueChanged.connect(self.refresh)
        self.hear_clean.clicked.connect(lambda: self._hear(0))
        self.hear_damaged.clicked.connect(lambda: self._hear(1))
        self.bite.failed.connect(lambda sentence, _details: self.say(sentence))
        self.save.clicked.connect(
            lambda: self.save_wanted.emit(self.planned, self.whole.isChecked())
        )
        self.open_clip.clicked.connect(self.open_wanted)
        self.shut.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        self._timer.timeout.connect(self._ask)

    # What is asked for

    @property
    def planned(self) -> Planned:
        """What is asked for now."""
        return self.form.planned(*self._stretch, self._region)

    def set_title(self, title: Title) -> None:
        """Take another title; the region of the last one is forgotten."""
        self._take_region(None)
        self.form.set_title(title)

    def set_stretch(self, start_s: float, end_s: float, text: str) -> None:
        """Take the stretch to damage, and how it is written."""
        self.form.set_where(text)
        if (start_s, end_s) != self._stretch:
            self._stretch = (start_s, end_s)
            self.refresh()

    def refresh(self) -> None:
        """Ask for a new preview once the person has settled."""
        self.form.set_region(self._region)
        self.save.setEnabled(bool(self.form.defect) and self._stretch[1] > self._stretch[0])
        self._timer.start()

    def _take_region(self, region: Region | None) -> None:
        self._region = region
        self.pictures.set_region(region)
        self.refresh()

    def _ask(self) -> None:
        if self.save.isEnabled():
            self.preview_wanted.emit(self.planned, self.place.value() / _STEPS)

    def _on_save(self) -> None:
        self.save_wanted.emit(self.planned, self.whole.isChecked())

    # What is shown

    def show_pictures(self, clean: NDArray[np.uint8], damaged: NDArray[np.uint8]) -> None:
        """Show RGB pictures of one shape."""
        self.preview.setCurrentIndex(0)
        self.place.setEnabled(True)
        self.pictures.set_pictures(clean, damaged)

    def show_sounds(
        self, clean: NDArray[np.float32], damaged: NDArray[np.float32], rate: int
    ) -> None:
        """Show stretches of sound (channels, n)."""
        self.preview.setCurrentIndex(1)
        self._rate = rate
        self.sounds.set_sounds(clean, damaged)

    def show_text(self, text: str) -> None:
        """Show words where there is no picture to show."""
        self.preview.setCurrentIndex(0)
        self.place.setEnabled(False)
        self.pictures.set_text(text)

    def say(self, sentence: str) -> None:
        """Say what came of something."""
        self.message.setText(told(sentence))

    def show_written(self, sentence: str) -> None:
        """Say that a copy was written, and offer to open it."""
        self.say(sentence)
        self.open_clip.show()

    def _hear(self, which: int) -> None:
        if self.sounds.sounds is not None:
            self.bite.play(self.sounds.sounds[which], self._rate)

    def _on_finished(self) -> None:
        self._timer.stop()
        self.bite.stop()
        self.closed.emit()


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    return button
