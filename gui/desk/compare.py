"""Comparing from the desk: which file, its window, the search for the offset, the quality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from core.domain.run import Run
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.likeness import Likeness
from core.media.probe import probe
from gui.bridge import GuiLane, explain
from gui.language import tr

if TYPE_CHECKING:
    from core.compare.align import Offset
    from core.compare.run import TitleChange
    from core.domain.finding_pair import Pairing
    from gui.compare.run_dialog import RunChangeDialog
    from gui.compare.window import CompareWindow
    from gui.desk.desk import Desk
    from gui.desk.review import Archive

_TELL_EVERY = 10


class CompareDesk(QObject):
    """Holds the window of a comparison and the lane that searches and measures for it.

    Args:
        desk: The desk; its title is A.
    """

    _measured = Signal(int, object)

    def __init__(self, desk: Desk) -> None:
        from core.compare.quality import QualityCurve

        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("comparing", self)
        self.window: CompareWindow | None = None
        self.dialog: RunChangeDialog | None = None
        self._archive: Archive | None = None
        self._curve = QualityCurve()
        self._round = 0
        self._measured.connect(self._on_measured, Qt.ConnectionType.QueuedConnection)
        desk.actions.connect_to("file.compare", self.ask)
        desk.actions.connect_to("file.compare_runs", self.ask_runs)
        desk.review.ready.connect(self._on_archive)

    @property
    def idle(self) -> bool:
        """Whether nothing is being searched, measured or decoded."""
        return self._lane.pending == 0 and (self.window is None or self.window.idle)

    def close(self) -> None:
        """Close the window and end the thread."""
        self._round += 1
        if self.window is not None:
            self.window.close()
        self._lane.close()

    def ask(self) -> None:
        """Ask which file to compare the open title with."""
        title = self._desk.title
        if title is None:
            return
        dialog = QFileDialog(
            self._desk.window, tr("Compare {name} with", name=title.name), str(title.path.parent)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.open_path(Path(path)))
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Compare the open title with this file."""
        title = self._desk.title
        if title is not None:
            self._lane.submit(
                lambda _token: probe(path),
                lambda other: self.open_pair(title, other),
                self._on_failed,
                newest=True,
            )

    def open_pair(self, first: Title, second: Title) -> CompareWindow:
        """Open the window for two titles, and look for their offset."""
        from gui.compare.window import CompareWindow

        if self.window is not None:
            self.window.close()
        window = self.window = CompareWindow(first, second, self._desk.window)
        window.offset_search_wanted.connect(self._search)
        window.measuring_wanted.connect(self._on_measuring)
        window.closed.connect(lambda: self._on_closed(window))
        if first.start != second.start:
            # Without a search, equal distances from the start belong together.
            start_s = second.start.seconds - first.start.seconds
            window.offset.setValue(start_s * 1000)
        window.show()
        self._desk.player.pause()
        self._search()
        return window

    def _on_closed(self, window: CompareWindow) -> None:
        if window is self.window:
            self._round += 1
            self.window = None

    # Analyses

    def _on_archive(self, archive: Archive) -> None:
        self._archive = archive

    def ask_runs(self) -> None:
        """Show what two analyses do not share."""
        title, archive = self._desk.title, self._archive
        if title is not None and archive is not None:
            self._lane.submit(
                lambda _token: archive.analyses(title.fingerprint),
                lambda runs: self._show_runs(title, runs),
                self._on_failed,
            )

    def _show_runs(self, title: Title, runs: tuple[Run, ...]) -> None:
        from gui.compare.run_dialog import RunChangeDialog

        self.dialog = dialog = RunChangeDialog(title.name, runs, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._compare_runs)
        dialog.place_chosen.connect(self._on_place_chosen)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()
        dialog.ask()

    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def _compare_runs(self, before: str, after: str) -> None:
        archive = self._archive
        if archive is not None:
            self._lane.submit(
                lambda _token: archive.changes(before, after),
                self._on_compared,
                self._on_runs_failed,
                newest=True,
            )

    def _on_compared(self, changes: tuple[TitleChange, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_changes(changes)

    def _on_runs_failed(self, error: BaseException) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(explain(error)[0])

    def _on_place_chosen(self, change: TitleChange, pairing: Pairing) -> None:
        """Go where a finding is; that of another title opens it first."""
        desk, subject = self._desk, change.after or change.before
        if desk.title is None or subject is None:
            return
        if self.dialog is not None:
            self.dialog.accept()
        if subject.fingerprint == desk.title.fingerprint:
            desk.selection.seek(pairing.finding.span.start_s)
        else:
            desk.open_path(subject.path)

    # The offset

    def _search(self) -> None:
        from core.compare.align import find_offset

        window = self.window
        if window is None:
            return
        self._round += 1
        first, second = window.first, window.second
        window.search_button.setEnabled(False)
        window.message.setText(tr("Looking for the offset in the first minute …"))

        def work(token: CancelToken) -> Offset | None:
            return find_offset(first, second, token.check)

        self._lane.submit(work, self._on_found, self._on_failed, newest=True)

    def _on_found(self, offset: Offset | None) -> None:
        from core.compare.align import title_offset_s

        window = self.window
        if window is not None:
            found_s = 0.0 if offset is None else title_offset_s(offset, window.first, window.second)
            window.show_offset(offset, found_s)

    # The quality

    def _on_measuring(self, on: bool) -> None:
        from core.compare.quality import QualityCurve, measure_quality

        window = self.window
        self._round += 1
        if window is None:
            return
        if not on or not window.search_button.isEnabled():
            self._lane.submit(lambda _token: None, lambda _none: None, self._on_failed, newest=True)
            window.search_button.setEnabled(True)
            if not on:
                return
        self._curve = curve = QualityCurve()
        window.show_curve(curve, done=False)
        number, offset_s = self._round, window.offset_s
        one = (window.first.path, window.first.video[0])
        other = (window.second.path, window.second.video[0])

        def work(token: CancelToken) -> None:
            some: list[tuple[float, Likeness]] = []
            for found in measure_quality(one, other, offset_s, token.check):
                some.append(found)
                if len(some) >= _TELL_EVERY:
                    self._measured.emit(number, some)
                    some = []
            self._measured.emit(number, some)

        self._lane.submit(
            work, lambda _none: self._on_all_measured(number), self._on_failed, newest=True
        )

    def _on_measured(self, number: int, some: list[tuple[float, Likeness]]) -> None:
        if number == self._round and self.window is not None:
            for seconds, likeness in some:
                self._curve.seconds.append(seconds)
                self._curve.values.append(likeness)
            self.window.show_curve(self._curve, done=False)

    def _on_all_measured(self, number: int) -> None:
        if number == self._round and self.window is not None:
            self.window.show_curve(self._curve, done=True)

    def _on_failed(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self.window is None:
            self._desk.complain(sentence, details)
            return
        self.window.search_button.setEnabled(True)
        self.window.measure_button.setChecked(False)
        self.window.message.setText(sentence)
