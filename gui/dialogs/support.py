"""What a support bundle holds, to be read before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.language import tr

if TYPE_CHECKING:
    from core.support.bundle import Part


class SupportDialog(QDialog):
    """Lists the files of a bundle and shows the one that is chosen, whole.

    Signals:
        save_wanted: Somebody wants it saved.
    """

    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save support bundle"))
        self.parts: tuple[Part, ...] = ()
        words = QLabel(
            tr(
                "This is all that the bundle holds: no media, and no names of titles, people or "
                "folders. Nothing is sent; you save a file and decide who gets it."
            )
        )
        words.setWordWrap(True)
        self.files = QListWidget()
        self.files.setAccessibleName(tr("Files in the bundle"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.mono_font(0.95))
        self.text.setAccessibleName(tr("What the chosen file holds"))
        self.text.setPlaceholderText(tr("Asking this machine what it offers…"))
        self.files.currentRowChanged.connect(self._on_chosen)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.files)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 560])
        split.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = QPushButton(tr("Save…"))
        self.save_button.setEnabled(False)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button.clicked.connect(self.save_wanted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        self.resize(860, 520)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Fill in what was gathered."""
        self.parts = tuple(parts)
        self.files.clear()
        for part in self.parts:
            item = QListWidgetItem(part.name)
            item.setToolTip(part.told)
            self.files.addItem(item)
        self.files.setCurrentRow(0)
        self.save_button.setEnabled(True)
        self.save_button.setDefault(True)

    def _on_chosen(self, row: int) -> None:
        self.text.setPlainText(self.parts[row].text if 0 <= row < len(self.parts) else "")
