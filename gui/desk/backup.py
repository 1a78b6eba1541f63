"""Opens the dialog of backups, has it answered in a thread of its own, and goes back to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from core.jobs.progress import CancelToken
from gui.bridge import GuiLane, explain
from gui.language import tr

if TYPE_CHECKING:
    from core.review.backup import BackupInfo, BackupRoom, Comparison
    from gui.desk.desk import Desk
    from gui.dialogs.backup import BackupDialog

T = TypeVar("T")


class BackupDesk(QObject):
    """Makes, compares and restores backups of the desk's store.

    Args:
        desk: Knows the store; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane: GuiLane | None = None
        self._dialog: BackupDialog | None = None
        self._restoring = False

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, made or restored."""
        return not self._restoring and (self._lane is None or self._lane.pending == 0)

    def close(self) -> None:
        """End the thread."""
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def ask(self) -> None:
        """Show the backups of the store."""
        from gui.dialogs.backup import BackupDialog

        desk, archive = self._desk, self._desk.review.archive
        room = archive.backups if archive is not None else None
        if archive is None or room is None:
            desk.complain(
                tr("The store is not open.")
                if archive is None
                else tr("This store is on a database server, which has backups of its own.")
            )
            return
        self._lane = self._lane or GuiLane("backup", self)
        self._dialog = dialog = BackupDialog(str(room.path), archive.read_only, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.make_wanted.connect(lambda: self._make(room))
        dialog.compare_wanted.connect(lambda info: self._compare(room, info))
        dialog.restore_wanted.connect(lambda info: self._confirm(room, info))
        dialog.folder_wanted.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(room.folder)))
        )
        dialog.finished.connect(self._on_finished)
        dialog.open()
        self._list(room)

    def _list(self, room: BackupRoom) -> None:
        def listed(backups: tuple[BackupInfo, ...]) -> None:
            self._show(backups)
            self._check(room, backups, 0)

        self._submit(lambda _token: room.backups(), listed)

    def _check(self, room: BackupRoom, backups: tuple[BackupInfo, ...], number: int) -> None:
        """Read one after the other through, and show each at once."""
        if self._dialog is None or number >= len(backups):
            return

        def checked(info: BackupInfo) -> None:
            known = (*backups[:number], info, *backups[number + 1 :])
            self._show(known)
            self._check(room, known, number + 1)

        self._submit(lambda _token: room.check(backups[number]), checked)

    def _show(self, backups: tuple[BackupInfo, ...]) -> None:
        if self._dialog is not None and not self._restoring:
            self._dialog.show_backups(backups)

    def _make(self, room: BackupRoom) -> None:
        if self._dialog is not None:
            self._dialog.show_busy(tr("Copying the store…"))

        def made(path: Path) -> None:
            self._desk.say(tr("{name} is made", name=path.name))
            self._list(room)

        self._submit(lambda _token: room.make(), made)

    def _compare(self, room: BackupRoom, info: BackupInfo) -> None:
        def compared(difference: Comparison) -> None:
            if self._dialog is not None:
                self._dialog.show_comparison(info, difference)

        self._submit(lambda _token: room.compare(info), compared)

    def _submit(self, work: Callable[[CancelToken], T], done: Callable[[T], object]) -> None:
        if self._lane is not None:
            self._lane.submit(work, done, self._fail)

    def _confirm(self, room: BackupRoom, info: BackupInfo) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        when = f"{info.made.astimezone():%Y-%m-%d %H:%M:%S}"
        question = tr("Go back to the backup of {when}?", when=when)
        box = QMessageBox(QMessageBox.Icon.Warning, "Onglass", question, parent=dialog)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(dialog.message.text())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        yes = box.addButton(tr("Go back"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        yes.clicked.connect(lambda: self.restore(room, info))
        box.open()

    def restore(self, room: BackupRoom, info: BackupInfo) -> None:
        """Go back to a backup, and open the title again that was open."""
        desk = self._desk
        title = desk.title.path if desk.title is not None else None
        self._restoring = True
        if self._dialog is not None:
            self._dialog.show_busy(tr("Going back…"))
        desk.close_title()
        if desk.analysis.running:
            # The worker has the store open until its job is over.
            desk.analysis.running_changed.connect(
                lambda running: None if running else self._replace(room, info, title),
                Qt.ConnectionType.SingleShotConnection,
            )
        else:
            self._replace(room, info, title)

    def _replace(self, room: BackupRoom, info: BackupInfo, title: Path | None) -> None:
        def over() -> None:
            self._restoring = False
            if title is not None:
                self._desk.open_path(title)

        def done(aside: Path | None) -> None:
            if self._dialog is not None:
                self._dialog.accept()
            name = aside.name if aside is not None else "–"
            self._desk.say(tr("The store is as it was; what stood there is {name}", name=name))
            over()

        def failed(error: BaseException) -> None:
            self._fail(error)
            over()

        self._desk.review.swap(lambda: room.restore(info), done, failed)

    def _fail(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self._dialog is not None:
            self._dialog.show_failure(sentence)
        else:
            self._desk.complain(sentence, details)

    def _on_finished(self) -> None:
        self._dialog = None
