"""Opens the import dialog; files are read in a thread of their own, kept in the review lane."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from core.domain.errors import KnownError
from core.reports.intake.take import read_list
from gui.bridge import GuiLane, explain
from gui.dialogs.intake import ImportDialog
from gui.language import tr

if TYPE_CHECKING:
    from core.reports.intake.take import Intake
    from core.review.outside import Import
    from gui.desk.desk import Desk


def open_import(desk: Desk) -> None:
    """Ask what to import into the open title."""
    if desk.title is not None:
        (desk.findChild(IntakeDesk) or IntakeDesk(desk)).ask()


class IntakeDesk(QObject):
    """Reads lists of flags for the open title, one at a time.

    Args:
        desk: Knows the title and the store; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("import", self)
        self._dialog: ImportDialog | None = None
        self._intake: Intake | None = None
        desk.closed.connect(self._lane.close)

    def ask(self) -> None:
        """Show the dialog for the open title."""
        desk, title = self._desk, self._desk.title
        if title is None:
            return
        drop_frame = desk.settings.flag("player.drop_frame")
        self._dialog = dialog = ImportDialog(title, drop_frame, desk.parts.clock, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.file_chosen.connect(self._read)
        dialog.import_wanted.connect(self._keep)
        dialog.removal_wanted.connect(self._take_out)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        self._list()

    def _read(self, path: Path, start_timecode: str) -> None:
        title = self._desk.title
        if title is None or self._dialog is None:
            return
        self._intake = None
        self._dialog.show_nothing(tr("Reading {name} …", name=path.name))
        self._lane.submit(
            lambda _token: read_list(path, title, start_timecode=start_timecode),
            self._on_read,
            self._on_unreadable,
            newest=True,
        )

    def _on_read(self, intake: Intake) -> None:
        self._intake = intake
        if self._dialog is not None:
            self._dialog.show_intake(intake)

    def _on_unreadable(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self._dialog is not None:
            self._dialog.show_nothing(sentence)
            self._dialog.read_again()
        if not isinstance(error, KnownError):
            self._desk.complain(sentence, details)

    def _keep(self) -> None:
        intake, self._intake = self._intake, None
        title = self._desk.title
        if intake is None or title is None:
            return
        reviewer = self._desk.reviewer
        self._desk.review.change_imports(
            lambda archive: archive.keep_import(title, intake, reviewer),
            lambda imports: self._on_kept(intake, imports),
            self._on_unreadable,
        )

    def _take_out(self, run_id: str) -> None:
        title = self._desk.title
        if title is not None:
            self._desk.review.change_imports(
                lambda archive: archive.take_out_import(title, run_id),
                self._show,
                self._on_unreadable,
            )

    def _list(self) -> None:
        title = self._desk.title
        if title is not None:
            self._desk.review.change_imports(
                lambda archive: archive.imports(title), self._show, self._on_unreadable
            )

    def _on_kept(self, intake: Intake, imports: tuple[Import, ...]) -> None:
        self._show(imports)
        sentence = tr(
            "{name} was imported: {count} flags", name=intake.name, count=len(intake.findings)
        )
        self._desk.say(sentence)
        if self._dialog is not None:
            self._dialog.show_nothing(sentence)

    def _show(self, imports: tuple[Import, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_earlier(imports)

    def _on_finished(self) -> None:
        self._dialog = self._intake = None
