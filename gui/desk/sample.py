"""Opens the sample title, which is made the first time, and has newcomers led through it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.jobs.progress import CancelToken, Progress, ProgressMeter
from gui.desk.job import format_left
from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk


class SampleDesk(QObject):
    """Has the sample made and opened.

    Args:
        desk: The desk; owns this object.
        make: Makes the sample, or finds it made; told who takes the share done.
    """

    _grown = Signal(object)

    def __init__(self, desk: Desk, make: Callable[[Callable[[float], None]], Path]) -> None:
        super().__init__(desk)
        self._desk, self._make = desk, make
        self._grown.connect(self._on_grown)
        desk.actions.connect_to("file.open_sample", self.open)

    def open(self, tour: bool = True) -> None:
        """Open the sample title; making it takes a while the first time.

        Args:
            tour: Lead whoever has not seen it through the desk.
        """

        def make(token: CancelToken) -> Path:
            meter = ProgressMeter(self._grown.emit, 1.0, "")

            def grown(share: float) -> None:
                token.check()
                meter.update(share)

            path = self._make(grown)
            self._desk.tour.expect(path if tour else None)
            return path

        self._desk.open_made(tr("Sample title"), make)
        self._on_grown(Progress(0.0, 1.0))

    def _on_grown(self, progress: Progress) -> None:
        said = f"{progress.fraction:.0%}"
        if progress.left_s is not None:
            said += f" · {tr('{time} left', time=format_left(progress.left_s))}"
        self._desk.parts.picture.show_loading(
            tr("the sample title, which is made once: {progress}", progress=said)
        )
