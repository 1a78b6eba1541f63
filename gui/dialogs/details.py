"""Everything that is known about an error, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.language import tr


class DetailsDialog(QDialog):
    """Shows a sentence and its details.

    Args:
        sentence: What happened.
        details: Technical text.
        parent: The window.
    """

    def __init__(self, sentence: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Details"))
        self._text = f"{sentence}\n\n{details}".strip()
        label = QLabel(sentence)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.field = QPlainTextEdit(details)
        self.field.setReadOnly(True)
        self.field.setFont(theme.mono_font(0.95))
        self.field.setAccessibleName(tr("Details"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.setToolTip(tr("Copy the sentence and the details"))
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.field, 1)
        layout.addWidget(buttons)
        self.resize(720, 420)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
