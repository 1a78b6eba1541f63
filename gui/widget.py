"""Small widgets that several rooms of the desk share."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt, QTextLayout, QTextOption
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


class NoteLabel(QLabel):
    """Sentences that wrap into a few lines at most; the rest is cut, and shown on hovering.

    A label that may grow without end makes the window grow, beyond the screen where it is small.

    Args:
        lines: How many lines it takes at most.
    """

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(text)
        self._tell_rest()

    def heightForWidth(self, width: int) -> int:
        """What the text needs at a width, up to the most that it may have; in pixels."""
        return min(super().heightForWidth(width), self._lines * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """A few letters wide, one line high."""
        return QSize(24, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: object) -> None:
        """Find out again whether the text fits."""
        self._tell_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that there is room for; an ellipsis ends the last if there are more."""
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics, room = self.fontMetrics(), self.contentsRect()
        text = self.text().replace("\n", "\u2028")
        layout = QTextLayout(text, self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        for n in range(count := max(1, room.height() // metrics.lineSpacing())):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            top = QPointF(room.left(), room.top() + n * metrics.lineSpacing())
            if n + 1 < count:
                line.draw(painter, top)
                continue
            rest = text[line.textStart() :].replace("\u2028", " ")
            cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QPointF(top.x(), top.y() + metrics.ascent()), cut)
        layout.endLayout()

    def _tell_rest(self) -> None:
        self.setToolTip(plain_tip(self.text()) if self._is_cut() else "")

    def _is_cut(self) -> bool:
        return super().heightForWidth(self.width()) > self.height()
