"""Shows where the picture stands, and takes a timecode to go to."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from core.domain.time import MediaTime
from core.domain.timecode import parse_timecode
from gui import theme
from gui.language import tr
from gui.panes.tick import TimeFormat

_WIDEST = "-00:00:00:000"


def parse_place(text: str, rate: Fraction, drop_frame: bool = False) -> Fraction:
    """Read what a person types to go somewhere.

    Takes a timecode (`01:02:03:04`, `2:03:04`), bare digits filled from the right as editors
    type them (`10203` is 00:01:02:03), or seconds with a point or an `s` (`62.5`, `62s`).

    Args:
        text: What was typed.
        rate: Frames a second; 0 for a title without picture, where bare digits are seconds.
        drop_frame: Timecode counts in drop-frame, with or without a semicolon.

    Returns:
        Seconds.

    Raises:
        ValueError: It is none of these.
    """
    text = text.strip()
    plain = text.removesuffix("s")
    if plain.replace(".", "", 1).isdigit() and (plain != text or "." in text or rate <= 0):
        return Fraction(plain)
    if text.isdigit() and len(text) <= 8:
        digits = text.zfill(8)
        text = ":".join(digits[at : at + 2] for at in range(0, 8, 2))
    if rate <= 0:
        return _clock_seconds(text)
    return parse_timecode(text, rate, drop_frame)


def _clock_seconds(text: str) -> Fraction:
    parts = text.split(":")
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"not a time: {text!r}")
    seconds = Fraction(0)
    for part in parts:
        seconds = seconds * 60 + Fraction(part)
    return seconds


class TimecodeField(QLineEdit):
    """A timecode that follows the picture until somebody types into it.

    Signals:
        entered: Seconds to go to, a Fraction.
        refused: What was typed is no place, with a sentence.
    """

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Timecode"))
        hint = tr("Where the picture stands. Click, type a timecode, press Enter to go there")
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._form = TimeFormat()
        self._place: MediaTime | None = None
        self._editing = False
        self.returnPressed.connect(self._on_return)
        self.textEdited.connect(self._on_edited)
        self._restyle()

    def set_time_format(self, form: TimeFormat) -> None:
        """Say how places are written and read."""
        self._form = form
        self._show()

    def set_place(self, place: MediaTime | None) -> None:
        """Follow the picture; what is being typed is left alone."""
        self._place = place
        self._show()

    def begin_entry(self) -> None:
        """Take the keyboard, with all of the text selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _show(self) -> None:
        if self._editing:
            return
        text = "--:--:--:--" if self._place is None else self._form.text(self._place.exact)
        if text != self.text():
            selected = self.hasSelectedText()
            self.setText(text)
            if selected and self.hasFocus():
                self.selectAll()

    def _on_edited(self, _text: str) -> None:
        self._editing = True

    def _on_return(self) -> None:
        try:
            seconds = self._form.seconds(self.text())
            if seconds is None:
                rate = self._form.rate if self._form.on_frames else Fraction(0)
                seconds = parse_place(self.text(), rate, self._form.drop_frame)
        except (ValueError, ZeroDivisionError):
            self.refused.emit(tr("“{strip}” is no place in this title.", strip=self.text().strip()))
            self.selectAll()
            return
        self._leave()
        self.entered.emit(seconds)

    def _leave(self) -> None:
        self._editing = False
        self._show()
        self.clearFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces it."""
        super().focusInEvent(event)
        # After the mouse press, which would place its cursor and select nothing.
        QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes elsewhere has given up."""
        self._editing = False
        super().focusOutEvent(event)
        self.deselect()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the digits in one width, whatever the theme sets."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _restyle(self) -> None:
        self.setFont(theme.mono_font(1.15))
        self._fit()
        self._show()

    def _fit(self) -> None:
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance(_WIDEST) + 16)
