"""What stands beside the picture in triage mode: progress, evidence, verdicts, keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from core.review.flag import Flag
from core.review.pace import Progress
from gui import theme
from gui.actions import ActionSet
from gui.glyph import severity_icon
from gui.language import told, tr
from gui.queue import flag_text
from gui.queue.worst import WorstFrame
from gui.triage.evidence import FlagCurve, WorstView
from gui.triage.keys import KeySheet
from gui.widget import ElidedLabel, NoteLabel

_LONG_MIN = 90.0
_ICON = 16
_NOTE_LINES = 4
NARROWEST_PX = 472
"""The verdict bar's words need this much."""


class TriagePanel(QFrame):
    """The right-hand side of triage mode.

    Args:
        actions: The table of actions.
        clock: Writes seconds as the desk shows them.
        worst: Where the worst frame's picture comes from.
    """

    def __init__(
        self,
        actions: ActionSet,
        clock: Callable[[float], str],
        worst: WorstFrame,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAccessibleName(tr("Triage"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._clock = clock
        self._shown: tuple[Flag | None, int] = (None, 1)
        self.worst = WorstView(worst)
        self.curve = FlagCurve()
        self.keys = KeySheet(actions)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(4)
        self._build_progress()
        self._build_head()
        self._column.addWidget(self.worst, 5)
        self._column.addWidget(self.curve, 3)
        self._column.addWidget(self.keys)
        theme.hub().changed.connect(self._show_again)
        self.show_flag(None)

    def _build_progress(self) -> None:
        self.done = QLabel()
        self.done.setAccessibleName(tr("Progress"))
        self.pace = QLabel()
        self.pace.setProperty("muted", True)
        self.pace.setAccessibleName(tr("Time left"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setStyleSheet("min-height: 4px;")
        self.bar.setAccessibleName(tr("Progress"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.done, 1)
        row.addWidget(self.pace)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 2)
        below.addWidget(self.bar)
        self._column.addLayout(row)
        self._column.addLayout(below)

    def _build_head(self) -> None:
        self._icon = QLabel()
        self._icon.setFixedWidth(_ICON + 2)
        self.title = ElidedLabel()
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        self.title.setAccessibleName(tr("Selected flag"))
        self.place = QLabel()
        self.place.setFont(theme.mono_font(0.94))
        self.place.setAccessibleName(tr("Where"))
        self.note = NoteLabel(_NOTE_LINES)
        self.note.setAccessibleName(tr("What the detector says"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._icon)
        row.addWidget(self.title, 1)
        row.addWidget(self.place)
        words = QHBoxLayout()
        words.setContentsMargins(8, 0, 8, 2)
        words.addWidget(self.note)
        self._column.addLayout(row)
        self._column.addLayout(words)

    def take(self, widget: QWidget) -> None:
        """Take in a widget of the desk, above the keys."""
        self._column.insertWidget(self._column.indexOf(self.keys), widget)

    def show_progress(self, progress: Progress) -> None:
        """Say how far the reviewer is, and how long the rest takes at this pace."""
        whole = progress.decided + progress.left
        self.bar.setRange(0, max(whole, 1))
        self.bar.setValue(progress.decided)
        if not whole:
            self.done.setText(tr("No flags"))
        elif not progress.left:
            self.done.setText(tr("All {count} decided", count=whole))
        else:
            self.done.setText(
                tr("{decided} decided, {left} left", decided=progress.decided, left=progress.left)
            )
        self.pace.setText(_pace(progress))

    def show_flag(self, flag: Flag | None, together: int = 1) -> None:
        """Show what is said of a flag.

        Args:
            flag: The selected one.
            together: How many flags are decided with it.
        """
        self._shown = (flag, together)
        if flag is None:
            self._icon.clear()
            self.title.setText(tr("No flag selected"))
            self.place.setText("")
            self.note.setText(tr("Press N for the next undecided flag."))
            return
        severity = flag_text.severity_of(flag)
        icon = severity_icon(severity, theme.current().severity(severity), _ICON)
        self._icon.setPixmap(icon.pixmap(_ICON, _ICON))
        title = flag_text.defect_title(flag.defect)
        if together > 1:
            title = tr("{defect}, and {count} more with it", defect=title, count=together - 1)
        self.title.setText(title)
        self.place.setText(self._clock(flag.span.start_s))
        self.note.setText(self._words(flag))

    def _show_again(self) -> None:
        self.show_flag(*self._shown)

    def _words(self, flag: Flag) -> str:
        parts = [flag_text.detector_title(flag.detector)]
        score = flag_text.score_of(flag)
        if score is not None:
            parts.append(tr("score {score}", score=f"{score:.2f}"))
        parts.append(f"{flag.span.duration_s:.2f} s")
        note = flag_text.note_of(flag)
        return " · ".join(parts) + (f"\n{told(note)}" if note else "")


def _pace(progress: Progress) -> str:
    minutes = progress.minutes
    if minutes is None or not progress.left:
        return ""
    if minutes < 1:
        return tr("less than a minute")
    if minutes >= _LONG_MIN:
        return tr("about {hours} h", hours=f"{minutes / 60:.1f}")
    return tr("about {minutes} min", minutes=round(minutes))
