"""Opens the export dialog and has what it asks for written in a thread of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from core.domain.errors import KnownError
from core.jobs.progress import CancelToken
from core.reports.output import check_target, write_whole
from core.reports.picture import with_pictures
from gui.bridge import GuiLane, explain
from gui.dialogs.export import ExportDialog, ExportOrder
from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk


def open_export(desk: Desk) -> None:
    """Ask what to export of the open title."""
    if desk.title is not None:
        exporter = desk.findChild(ExportDesk) or ExportDesk(desk)
        exporter.ask()


class ExportDesk(QObject):
    """Writes exports of the open title, one at a time.

    Args:
        desk: Knows the title, its analysis and the store; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("export", self)
        self._dialog: ExportDialog | None = None
        self._written: Path | None = None
        desk.closed.connect(self._lane.close)

    def ask(self) -> None:
        """Show the dialog for the open title."""
        desk = self._desk
        if desk.title is None:
            return
        said = {
            v.reviewer for flag in desk.snapshot.flags for v in (flag.verdict, *flag.others) if v
        }
        drop_frame = desk.settings.flag("player.drop_frame")
        self._dialog = dialog = ExportDialog(desk.title, sorted(said), drop_frame, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ordered.connect(self._on_ordered)
        dialog.stopped.connect(self._stop)
        dialog.open_wanted.connect(self._open)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_ordered(self, order: ExportOrder) -> None:
        try:
            check_target(order.target, overwrite=True)
        except KnownError as error:
            self._fail(error)
            return
        if order.target.exists():
            self._ask_to_replace(order)
        else:
            self.write(order, replace=False)

    def _ask_to_replace(self, order: ExportOrder) -> None:
        question = tr("{name} exists already. Replace it?", name=order.target.name)
        kind = QMessageBox.Icon.Question
        box = QMessageBox(kind, "Onglass", question, parent=self._dialog)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        yes.clicked.connect(lambda: self.write(order, replace=True))
        box.open()

    def write(self, order: ExportOrder, replace: bool) -> None:
        """Have an order written.

        Args:
            order: What, and where to.
            replace: A file that stands there may go.
        """
        desk, dialog = self._desk, self._dialog
        title, archive, snapshot = desk.title, desk.review.archive, desk.snapshot
        if dialog is None or title is None or archive is None:
            self._fail(KnownError(tr("The store is not open, so there is nothing to export.")))
            return
        dialog.show_running(order.target.name)

        def work(token: CancelToken) -> tuple[str, ...]:
            report = archive.report(title, snapshot.run, order.wish, snapshot.profile)
            if order.pictures and order.format.pictures:
                report = with_pictures(report, token)
            token.check()
            data = order.format.make(report)
            token.check()
            write_whole(data, order.target, overwrite=replace)
            return report.notes[len(title.notes) :]

        self._lane.submit(work, lambda notes: self._on_written(order.target, notes), self._fail)

    def _on_written(self, target: Path, notes: tuple[str, ...]) -> None:
        self._written = target
        self._desk.say(tr("{name} is written", name=target.name))
        if self._dialog is not None:
            self._dialog.show_written(target.name, notes)

    def _fail(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self._dialog is None or not isinstance(error, KnownError):
            self._desk.complain(sentence, details)
        if self._dialog is not None:
            self._dialog.show_failure(sentence)

    def _stop(self) -> None:
        # The newest wish wins, and this one wishes for nothing.
        self._lane.submit(lambda _token: None, lambda _none: None, self._fail, newest=True)
        if self._dialog is not None:
            self._dialog.show_failure(tr("The export was stopped; nothing was written."))

    def _open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _on_finished(self) -> None:
        self._dialog = None
