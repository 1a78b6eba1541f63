"""The jobs panel: what the worker does, how fast, how long still, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.jobs.progress import Progress
from gui.language import told, tr

_STEPS = 1000


def describe(progress: Progress) -> str:
    """Progress in words: stage, share, rate and time left."""
    parts = [told(progress.stage)] if progress.stage else []
    if progress.total_s > 0:
        parts.append(f"{progress.fraction:.0%}")
    if progress.speed > 0:
        parts.append(f"{progress.speed:.1f}×")
    left = progress.left_s
    if left is not None and progress.total_s > 0:
        parts.append(tr("{time} left", time=format_left(left)))
    return " · ".join(parts) if parts else tr("waiting")


def format_left(seconds: float) -> str:
    """A duration people read at a glance: `8 s`, `2 min 05 s`, `1 h 20 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


class JobRow(QFrame):
    """One job."""

    cancelled = Signal(int)

    def __init__(self, job: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.name = title
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress: {title}", title=title))
        self.stop = QPushButton(tr("Stop"))
        self.stop.setAccessibleName(tr("Stop: {title}", title=title))
        self.stop.setToolTip(tr("Cancel this job; what it measured so far is kept"))
        self.stop.setAutoDefault(False)
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(lambda: self.cancelled.emit(self.job))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.stop)
        self.show_progress(Progress(0.0, 0.0))

    def show_progress(self, progress: Progress) -> None:
        """Say how far it is."""
        # A bar paints itself within `setValue`, the whole window's dirt along with it.
        self.bar.setUpdatesEnabled(False)
        self._say(describe(progress))
        self.bar.setRange(0, _STEPS)
        self.bar.setValue(round(progress.fraction * _STEPS))
        self.bar.setUpdatesEnabled(True)

    def show_stopping(self) -> None:
        """Say that it was asked to stop."""
        self.stop.setEnabled(False)
        self._say(tr("stopping"))

    @property
    def text(self) -> str:
        """What is said about it."""
        return self.bar.format()

    def _say(self, text: str) -> None:
        self.bar.setFormat(f"{self.name}: {text}")
        self.bar.setToolTip(f"{self.name}: {text}")


class JobsPanel(QFrame):
    """All jobs that are not over; takes no room while there are none.

    Signals:
        cancel_requested: Number of the job to stop.
        ended: One sentence about a job that is over.
    """

    cancel_requested = Signal(int)
    ended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAccessibleName(tr("Jobs"))
        self._rows: dict[int, JobRow] = {}
        self._wanted = True
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 3, 6, 3)
        self._layout.setSpacing(3)
        self._show()

    @property
    def jobs(self) -> tuple[int, ...]:
        """Numbers of the jobs that are not over."""
        return tuple(self._rows)

    def set_wanted(self, wanted: bool) -> None:
        """Show jobs at all, or never."""
        self._wanted = wanted
        self._show()

    def add(self, job: int, title: str) -> None:
        """Show a new job."""
        row = JobRow(job, title)
        row.cancelled.connect(self.cancel_requested)
        self._rows[job] = row
        self._layout.addWidget(row)
        self._show()

    def show_progress(self, job: int, progress: Progress) -> None:
        """Say how far a job is; unknown jobs are left out."""
        if job in self._rows:
            self._rows[job].show_progress(progress)

    def show_stopping(self, job: int) -> None:
        """Say that a job was asked to stop."""
        if job in self._rows:
            self._rows[job].show_stopping()

    def remove(self, job: int, said: str) -> None:
        """Take a job that is over away and say one sentence about it."""
        row = self._rows.pop(job, None)
        if row is not None:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
            self.ended.emit(said)
        self._show()

    def text_of(self, job: int) -> str:
        """What is said about a job."""
        return self._rows[job].text if job in self._rows else ""

    def _show(self) -> None:
        self.setVisible(self._wanted and bool(self._rows))
