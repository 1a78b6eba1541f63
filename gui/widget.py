"""Small widgets that several rooms of the desk share."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget


def plain_tip(text: str) -> str:
    """A tooltip that shows a text as it is written; Qt takes some texts for markup."""
    return html.escape(text, quote=False) if Qt.mightBeRichText(text) else text


class EntryField(QLineEdit):
    """A line of text that Escape and Enter leave, so that shortcuts work again."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape and Enter; what was typed stays."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
            event.accept()


class ElidedLabel(QLabel):
    """One line of text that shortens itself to its width and shows the rest on hovering.

    Args:
        mode: Where to cut: at the end, or in the middle for file names.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; line breaks become spaces."""
        if text.replace("\n", " ") == self.text():
            return
        super().setText(text.replace("\n", " "))
        self.setToolTip(plain_tip(text) if self._is_cut() else "")

    def minimumSizeHint(self) -> QSize:
        """A few letters wide."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Find out again whether the text fits."""
        self.setToolTip(plain_tip(self.text()) if self._is_cut() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), self._mode, self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), text)

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
