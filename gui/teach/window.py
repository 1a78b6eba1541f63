"""The window of a teach session: one flag after another, looped, one key each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.catalog.table import DETECTORS
from core.domain.question import Question, QuestionSet
from core.domain.time import Span
from core.domain.title import Title
from core.review.teach import Answer
from gui import theme
from gui.language import mark, told, tr
from gui.panes.tick import TimeFormat
from gui.player.clip import ClipPane
from gui.player.engine import Player
from gui.player.region import Marked, RegionOverlay
from gui.queue.flag_text import defect_title, detector_title
from gui.teach.finish import FinishPage
from gui.widget import ElidedLabel

_SIZE = (1280, 720)
_SIDE_PX = 330
_LEAD_S = 1.0
_LONGEST_S = 12.0
_WHY = {
    "audit": mark("Drawn by chance, so that figures about the library stay honest."),
    "typical": mark("Typical of many: there are few verdicts yet."),
    "uncertain": mark("The detector is unsure here, and about others like it."),
}
KEYS = {
    Qt.Key.Key_C: Answer.CONFIRM,
    Qt.Key.Key_X: Answer.FALSE_POSITIVE,
    Qt.Key.Key_U: Answer.UNSURE,
    Qt.Key.Key_S: Answer.SKIP,
}
"""One key an answer; the first three are the desk's own."""


class TeachWindow(QWidget):
    """Plays each flag with some lead-in until it is answered.

    An answer counts as given only once it is stored; one that could not be stored brings its
    flag back.

    Args:
        asked: What to ask.
        player: Plays here alone; closed with the window by its owner.
        can_train: Whether training can be started from the desk.

    Signals:
        clip_wanted: Place of a question whose clip is to be opened.
        answered: Place and `Answer`, to be stored.
        undo_wanted: Place of the question whose answer is to be taken back.
        finished: Every question was answered or skipped.
        closed: The window is gone.
    """

    clip_wanted = Signal(int)
    answered = Signal(int, object)
    undo_wanted = Signal(int)
    finished = Signal()
    closed = Signal()

    def __init__(
        self,
        asked: QuestionSet,
        player: Player,
        can_train: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        name = detector_title(asked.detector)
        self.setWindowTitle(tr("Teach: {detector}", detector=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.asked, self.player = asked, player
        self.place = 0
        self.answers: dict[int, Answer] = {}
        self._steps: list[int] = []
        self.pane = ClipPane(player)
        self._regions = RegionOverlay()
        self.pane.view.add_overlay(self._regions)
        self.where, self.count = ElidedLabel(), QLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, len(asked.questions))
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("Flags answered"))
        self.claim, self.facts, self.why, self.said = (QLabel() for _ in range(4))
        self.claim.setProperty("heading", True)
        for label in (self.claim, self.facts, self.why, self.said):
            label.setWordWrap(True)
        for label in (self.why, self.said):
            label.setProperty("muted", True)
        self.buttons = {
            Answer.CONFIRM: QPushButton(tr("Confirm ({key})", key="C")),
            Answer.FALSE_POSITIVE: QPushButton(tr("False positive ({key})", key="X")),
            Answer.UNSURE: QPushButton(tr("Unsure ({key})", key="U")),
            Answer.SKIP: QPushButton(tr("Skip ({key})", key="S")),
        }
        self.undo = QPushButton(tr("Undo ({key})", key="Ctrl+Z"))
        self.finish = FinishPage(can_train)
        self.pages = QStackedWidget()
        self._lay_out()
        for answer, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, said=answer: self.answer(said))
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(self.take_back)
        self.resize(*_SIZE)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.progress, 1)
        head.addWidget(self.count)
        keys = QGridLayout()
        for at, answer in enumerate(self.buttons):
            keys.addWidget(self.buttons[answer], at // 2, at % 2)
        keys.addWidget(self.undo, 2, 0, 1, 2)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addLayout(head)
        for label in (self.claim, self.facts, self.why):
            side.addWidget(label)
        side.addStretch(1)
        side.addWidget(self.said)
        side.addLayout(keys)
        box = QWidget()
        box.setFixedWidth(_SIDE_PX)
        box.setLayout(side)
        left = QVBoxLayout()
        left.addWidget(self.where)
        left.addWidget(self.pane, 1)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(6, 6, 6, 6)
        columns.addLayout(left, 1)
        columns.addWidget(box)
        self.pages.addWidget(page)
        self.pages.addWidget(self.finish)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    @property
    def question(self) -> Question:
        """What is asked now."""
        return self.asked.questions[self.place]

    # Clips

    def go(self, place: int) -> None:
        """Ask for the clip of a question."""
        self.place = place
        self.player.pause()
        self.pages.setCurrentIndex(0)
        self._write()
        self.clip_wanted.emit(place)

    def show_clip(self, place: int, title: Title, form: TimeFormat) -> None:
        """Play a clip that was asked for; a later wish counts more.

        Args:
            place: Of the question.
            title: Where it lies.
            form: How times are written.
        """
        if place != self.place or self.done:
            return
        finding = self.question.finding
        self._regions.set_rotation(title.video[0].rotation if title.video else 0)
        region = finding.evidence.region
        color = theme.current().severity(finding.severity)
        marked = (
            [Marked("asked", finding.span, region, color, defect_title(finding.defect))]
            if region is not None
            else []
        )
        self._regions.set_marked(marked)
        self._regions.set_selected("asked")
        self.pane.show_clip(title, around(finding.span, finding.evidence.peak.seconds, title), form)
        self._say(tr("Space plays and stops, arrows step."))
        self._allow(True)

    def show_missing(self, place: int, sentence: str) -> None:
        """Say why a clip cannot be shown; it can only be skipped."""
        if place == self.place:
            self.pane.drop()
            self._say(sentence)
            self.buttons[Answer.SKIP].setEnabled(True)

    # Answers

    @property
    def done(self) -> bool:
        """Whether the last question is behind."""
        return self.pages.currentIndex() == 1

    def answer(self, said: Answer) -> None:
        """Give an answer and go on; what is not allowed now is not taken."""
        if self.done or not self.buttons[said].isEnabled():
            return
        place = self.place
        self.answers[place] = said
        self._steps.append(place)
        if said is not Answer.SKIP:
            self.answered.emit(place, said)
        if place + 1 < len(self.asked.questions):
            self.go(place + 1)
        else:
            self.player.pause()
            self._write()
            self.pages.setCurrentIndex(1)
            self.finished.emit()

    def take_back(self) -> None:
        """Go back to the question that was answered last; its answer is undone."""
        if not self._steps:
            return
        place = self._steps.pop()
        if self.answers.pop(place) is not Answer.SKIP:
            self.undo_wanted.emit(place)
        self.go(place)

    def show_failure(self, place: int, sentence: str) -> None:
        """Bring a flag back whose answer could not be stored."""
        if place in self.answers:
            del self.answers[place]
            self._steps.remove(place)
        self.go(place)
        self._say(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key an answer; Space plays, arrows step, Ctrl+Z takes back."""
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        back = key == Qt.Key.Key_Backspace and plain
        if back or event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif self.done or not plain:
            super().keyPressEvent(event)
        elif key in KEYS and not event.isAutoRepeat():
            self.answer(KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_Space:
            self.player.toggle()
        elif key == Qt.Key.Key_Left:
            self.player.step(-1)
        elif key == Qt.Key.Key_Right:
            self.player.step(1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop playing; answers are kept already."""
        self.player.pause()
        self.closed.emit()
        super().closeEvent(event)

    def _write(self) -> None:
        """Say what is asked, and how far it is."""
        one, count = self.question, len(self.asked.questions)
        self.count.setText(tr("{place} of {count}", place=self.place + 1, count=count))
        self.progress.setValue(len(self.answers))
        self.where.setText(one.title)
        self.claim.setText(defect_title(one.finding.defect))
        self.facts.setText("\n".join(_facts(one)))
        self.why.setText(tr(_WHY[one.why]) if one.why in _WHY else one.sentence)
        self._say(tr("Opening the clip …"))
        self._allow(False)
        self.undo.setEnabled(bool(self._steps))

    def _allow(self, wanted: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(wanted)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)


def around(span: Span, peak_s: float, title: Title) -> Span:
    """What is looped: a flag with some lead-in, of a long one the part around its peak."""
    start_s, end_s = span.start_s, span.end_s
    if end_s - start_s > _LONGEST_S:
        middle = min(max(peak_s, start_s + _LONGEST_S / 2), end_s - _LONGEST_S / 2)
        start_s, end_s = middle - _LONGEST_S / 2, middle + _LONGEST_S / 2
    first = title.start.seconds
    return Span.from_seconds(
        max(start_s - _LEAD_S, first),
        max(min(end_s + _LEAD_S, first + title.duration_s), start_s),
        span.base,
    )


def _facts(one: Question) -> list[str]:
    """What the detector says, in lines."""
    evidence, spec = one.finding.evidence, DETECTORS.get(one.finding.detector)
    lines = [told(evidence.note)] if evidence.note else []
    metrics = {m.name: m for m in spec.metrics} if spec is not None else {}
    metric = metrics.get(evidence.metric)
    if metric is not None:
        unit = f" {metric.unit}" if metric.unit else ""
        lines.append(
            tr(
                "{metric}: {value:.4g}{unit}, flagged from {line:.4g}{unit}",
                metric=tr(metric.title),
                value=evidence.peak_value,
                line=evidence.threshold,
                unit=unit,
            )
        )
    lines.append(tr("Score {score:.2f}", score=one.finding.score))
    return lines
