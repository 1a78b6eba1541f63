"""A chip over the picture that says what is heard instead of the original."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.language import tr

_PLACE_PX = 12


class Chip(QLabel):
    """Words in the upper left corner of a widget, there as long as there are words.

    Args:
        parent: What it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("What is heard"))
        self.move(_PLACE_PX, _PLACE_PX)
        self.hide()

    def say(self, text: str) -> None:
        """Show words, or go away without any."""
        if text != self.text():
            self.setText(text)
            self.adjustSize()
        self.setVisible(bool(text))
        self.raise_()
