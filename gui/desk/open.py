"""Asking which file to open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk


def choose_file(desk: Desk) -> None:
    """Ask for a file, beginning where the last one was, and open it."""
    recent = desk.settings.recent
    start = str(Path(recent[0]).parent) if recent else str(Path.home())
    dialog = QFileDialog(desk.window, tr("Open a title"), start)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: desk.open_path(Path(path)))
    dialog.open()
