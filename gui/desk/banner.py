"""The error surface: a sentence above the desk that does not get in the way, details to copy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.bridge import UNEXPECTED
from gui.dialogs.details import DetailsDialog
from gui.language import tr

_KEPT = 200


class Banner(QFrame):
    """Shows the newest message; older ones wait behind it until dismissed.

    Signals:
        message_shown: The sentence.
    """

    message_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", True)
        self.setAccessibleName(tr("Message"))
        self._messages: deque[tuple[str, str]] = deque(maxlen=_KEPT)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.details = self._button(
            tr("Details"), tr("Show everything that is known"), self._on_details
        )
        self.copy = self._button(tr("Copy"), tr("Copy the sentence and its details"), self._on_copy)
        self.dismiss = self._button(tr("Dismiss"), tr("Close this message"), self.take_down)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addWidget(self.sentence, 1)
        for button in (self.details, self.copy, self.dismiss):
            layout.addWidget(button)
        self.hide()

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Sentences and details that were not dismissed, oldest first."""
        return tuple(self._messages)

    def put_up(self, sentence: str, details: str = "") -> None:
        """Show a message; the same sentence is not stacked twice, but for faults of our own."""
        ours = sentence == tr(UNEXPECTED)
        for known in tuple(self._messages):
            if known == (sentence, details) or (known[0] == sentence and not ours):
                self._messages.remove(known)
        self._messages.append((sentence, details))
        self._show()
        self.message_shown.emit(sentence)

    def take_down(self) -> None:
        """Dismiss the message that shows; the one before comes back."""
        if self._messages:
            self._messages.pop()
        self._show()

    def _show(self) -> None:
        if not self._messages:
            self.hide()
            return
        sentence, details = self._messages[-1]
        more = len(self._messages) - 1
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.details.setVisible(bool(details))
        self.dismiss.setText(tr("Dismiss (%n more)", more) if more else tr("Dismiss"))
        self.show()

    def _on_details(self) -> None:
        sentence, details = self._messages[-1]
        dialog = DetailsDialog(sentence, details, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_copy(self) -> None:
        sentence, details = self._messages[-1]
        QGuiApplication.clipboard().setText(f"{sentence}\n\n{details}".strip())

    def _button(self, text: str, hint: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(tr("{text}: message", text=text))
        button.setToolTip(hint)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        return button
