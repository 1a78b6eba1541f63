"""The support bundle: gathered in a thread of its own, shown, and saved where somebody says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from core.jobs.progress import CancelToken
from gui.bridge import GuiLane, explain
from gui.language import tr

if TYPE_CHECKING:
    from core.support.bundle import Part
    from gui.desk.desk import Desk
    from gui.dialogs.support import SupportDialog


class SupportDesk(QObject):
    """Holds the dialog while it is open.

    Args:
        desk: Knows the store; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane: GuiLane | None = None
        self.dialog: SupportDialog | None = None
        desk.actions.connect_to("help.bundle", self.open)

    @property
    def idle(self) -> bool:
        """Whether nothing is being gathered or saved."""
        return self._lane is None or self._lane.pending == 0

    def close(self) -> None:
        """End the thread."""
        if self._lane is not None:
            self._lane.close()
            self._lane = None

    def open(self) -> None:
        """Gather what support needs, and show it."""
        from gui.dialogs.support import SupportDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        self._lane = self._lane or GuiLane("support", self)
        self.dialog = dialog = SupportDialog(self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_wanted.connect(self._on_save_wanted)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        archive = self._desk.review.archive
        where = archive.url if archive is not None else ""

        def gathered(_token: CancelToken) -> tuple[Part, ...]:
            # Only who asks for a bundle waits for what makes it.
            from core.config import paths
            from core.support.bundle import gather

            return gather(where or paths.default_store())

        self._lane.submit(gathered, self._on_gathered, self._on_error, newest=True)

    def save(self, out: Path) -> None:
        """Write what is shown to a file."""
        dialog = self.dialog
        if dialog is None or self._lane is None:
            return
        parts = dialog.parts

        def write(_token: CancelToken) -> Path:
            from core.support.bundle import write_bundle

            write_bundle(out, parts)
            return out

        self._lane.submit(write, self._on_saved, self._on_error)

    def _on_gathered(self, parts: tuple[Part, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_parts(parts)

    def _on_save_wanted(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self.dialog, tr("Save support bundle"), "onglass-support.zip", tr("Archives (*.zip)")
        )
        if chosen:
            out = Path(chosen)
            self.save(out if out.suffix else out.with_suffix(".zip"))

    def _on_saved(self, out: Path) -> None:
        self._desk.say(tr("The support bundle is saved as {name}", name=out.name))
        if self.dialog is not None:
            self.dialog.accept()

    def _on_error(self, error: BaseException) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._desk.complain(*explain(error))

    def _on_finished(self) -> None:
        self.dialog = None
