"""The window of a spot check: one clip after another, played without any detector's opinion."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.domain.spot import SpotPlan
from core.domain.title import Title
from gui.language import tr
from gui.panes.tick import TimeFormat
from gui.player.clip import ClipPane
from gui.player.engine import Player
from gui.spot.answer import AnswerPanel
from gui.widget import ElidedLabel

_SIZE = (1280, 720)
_SIDE_PX = 330


class SpotWindow(QWidget):
    """Plays the clips of a plan over and over until each is answered.

    Args:
        plan: The draw.
        player: Plays here alone; closed with the window by its owner.

    Signals:
        clip_wanted: Place of a clip to be opened.
        answered: Place, and ids of what was seen.
        closed: The window is gone.
    """

    clip_wanted = Signal(int)
    answered = Signal(int, frozenset)
    closed = Signal()

    def __init__(self, plan: SpotPlan, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Spot check {name}", name=plan.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.plan, self.player = plan, player
        self.place = 0
        self._kept: dict[int, frozenset[str]] = {}
        self.pane = ClipPane(player)
        self.panel = AnswerPanel()
        self.where = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, len(plan.clips))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Clips looked at"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.back = QPushButton(tr("Clip before (Page up)"))
        self.skip = QPushButton(tr("Skip (Page down)"))
        for button in (self.next, self.back, self.skip):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.next.clicked.connect(self.answer)
        self.back.clicked.connect(lambda: self.go(self.place - 1))
        self.skip.clicked.connect(lambda: self.go(self.place + 1))
        self.panel.changed.connect(lambda _seen: self._name_next())
        self.panel.done.connect(self.answer)
        self.resize(*_SIZE)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.addWidget(self.progress)
        side.addWidget(self.panel, 1)
        side.addWidget(self.said)
        side.addWidget(self.next)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.skip)
        side.addLayout(row)
        box = QWidget()
        box.setFixedWidth(_SIDE_PX)
        box.setLayout(side)
        left = QVBoxLayout()
        left.addWidget(self.where)
        left.addWidget(self.pane, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(6, 6, 6, 6)
        columns.addLayout(left, 1)
        columns.addWidget(box)

    # Clips

    def go(self, place: int) -> None:
        """Ask for a clip; before the first and behind the last there is none."""
        if 0 <= place < len(self.plan.clips):
            self.place = place
            self.player.pause()
            self.panel.set_seen(self._kept.get(place, frozenset()))
            self._write()
            self.clip_wanted.emit(place)

    def show_clip(self, place: int, title: Title, form: TimeFormat) -> None:
        """Play a clip that was asked for; a later wish counts more.

        Args:
            place: Of the clip.
            title: Where it lies.
            form: How times are written.
        """
        if place != self.place:
            return
        self._say(tr("Space plays and stops. Nothing here tells what detectors think."))
        self.pane.show_clip(title, self.plan.clips[place].span, form)

    def show_missing(self, place: int, sentence: str) -> None:
        """Say why a clip cannot be shown."""
        if place == self.place:
            self.pane.drop()
            self._say(sentence)

    def set_looked(self, count: int) -> None:
        """Show how many clips are answered."""
        self.progress.setValue(count)

    def answer(self) -> None:
        """Keep what is ticked, nothing being an answer too, and go on."""
        if self.pane.title is None:
            self.go(self.place + 1)
            return
        self._kept[self.place] = self.panel.seen
        self.answered.emit(self.place, self.panel.seen)
        if self.place + 1 < len(self.plan.clips):
            self.go(self.place + 1)
        else:
            self.player.pause()
            self._say(tr("That was the last clip. Close the window to see what detectors miss."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows step, Enter answers, Page keys leaf."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.player.toggle()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        elif key == Qt.Key.Key_PageUp:
            self.go(self.place - 1)
        elif key == Qt.Key.Key_PageDown:
            self.go(self.place + 1)
        elif key == Qt.Key.Key_Left:
            self.player.step(-1)
        elif key == Qt.Key.Key_Right:
            self.player.step(1)
        elif event.text().isalpha() and not self.panel.search.hasFocus():
            self.panel.search.setFocus()
            self.panel.search.setText(event.text())
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop playing; answers are kept already."""
        self.player.pause()
        self.closed.emit()
        super().closeEvent(event)

    def _write(self) -> None:
        # Neither title nor stratum are named: both may tell what to expect.
        count = len(self.plan.clips)
        self.where.setText(tr("Clip {place} of {count}", place=self.place + 1, count=count))
        self.back.setEnabled(self.place > 0)
        self.skip.setEnabled(self.place + 1 < count)
        self._say(tr("Opening the clip …"))
        self._name_next()

    def _name_next(self) -> None:
        seen = len(self.panel.seen)
        text = tr("%n defects seen: go on", seen) if seen else tr("All is well: go on")
        self.next.setText(f"{text} ({tr('Enter')})")

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
