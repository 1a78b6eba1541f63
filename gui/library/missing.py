"""Asking where a title's file has gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.summary import TitleSummary
from gui.language import tr


class MissingDialog(QDialog):
    """Says that a file is not where it was, and asks where to look.

    Signals:
        file_chosen: This file may be it.
        folder_chosen: It may be in or below this folder; other missing titles too.

    Args:
        line: The title; None asks about all that are missing.
        parent: The window.
    """

    file_chosen = Signal(str)
    folder_chosen = Signal(str)

    def __init__(self, line: TitleSummary | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Find missing titles"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._start = str(Path.home())
        head = QLabel()
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        hint = QLabel(
            tr(
                "Verdicts and analyses are kept. A file is known by its content, whatever it is "
                "called now and wherever it lies."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("muted", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.file_button = QPushButton(tr("Choose the file…"))
        self.folder_button = QPushButton(tr("Look in a folder…"))
        self.folder_button.setDefault(True)
        if line is None:
            head.setText(tr("Look for the files of all titles that are not where they were."))
            self.file_button.hide()
        else:
            where = Path(line.path).parent
            said = tr("{name} is not in {folder} any more.", name=line.name, folder=where)
            head.setText(said)
            buttons.addButton(self.file_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.folder_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.file_button.clicked.connect(lambda: self._ask(QFileDialog.FileMode.ExistingFile))
        self.folder_button.clicked.connect(lambda: self._ask(QFileDialog.FileMode.Directory))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for widget in (head, hint, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(480)

    def _ask(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, self.windowTitle(), self._start)
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        folder = mode is QFileDialog.FileMode.Directory
        chosen = self.folder_chosen if folder else self.file_chosen
        dialog.fileSelected.connect(lambda path: self._take(chosen, path))
        dialog.open()

    def _take(self, chosen: object, path: str) -> None:
        chosen.emit(path)  # type: ignore[attr-defined]
        self.accept()
