"""Choosing how far sound may be off: the published tolerances, and what a frame tells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.catalog.sync_verdict import FRAME_MS, HALF_FRAME_MS, TOLERANCES, Lines
from gui.language import tr
from gui.sync.word import tolerance_help, tolerance_text, tolerance_title


class ToleranceButton(QToolButton):
    """Shows the tolerance that holds, and offers the others.

    Signals:
        chosen: A `Tolerance`.

    Args:
        parent: Qt parent.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.note = tr(
            "One frame at 25 a second is {frame} ms and offsets are told no finer: a line counts "
            "as passed {half} ms beyond it.",
            frame=round(FRAME_MS),
            half=round(HALF_FRAME_MS),
        )
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._group = QActionGroup(self)
        self.entries: dict[str, QAction] = {}
        for tolerance in TOLERANCES:
            action = menu.addAction(tolerance_text(tolerance))
            action.setCheckable(True)
            action.setToolTip(tolerance_help(tolerance))
            action.triggered.connect(lambda _on=False, one=tolerance: self.chosen.emit(one))
            self._group.addAction(action)
            self.entries[tolerance.id] = action
        menu.addSeparator()
        for line in _wrapped(self.note):
            menu.addAction(line).setEnabled(False)
        self.setMenu(menu)
        self.set_lines(Lines(TOLERANCES[0].early_ms, TOLERANCES[0].late_ms, 0.0))

    def set_lines(self, lines: Lines) -> None:
        """Show which tolerance the lines make, or that they are one's own."""
        found = next(
            (t for t in TOLERANCES if (t.early_ms, t.late_ms) == (lines.early_ms, lines.late_ms)),
            None,
        )
        self._group.setExclusive(found is not None)
        for key, action in self.entries.items():
            action.setChecked(found is not None and key == found.id)
        own = tr("Own tolerance")
        name = tolerance_title(found) if found is not None else own
        self.setText(name)
        self.setAccessibleName(tr("Tolerance: {name}", name=name))
        whole = (
            tolerance_text(found)
            if found is not None
            else f"{own}: +{lines.early_ms:g} / −{abs(lines.late_ms):g} ms"
        )
        self.setToolTip(f"{whole}. {self.note}")


def _wrapped(text: str, width: int = 56) -> list[str]:
    """A sentence in lines, because a menu shows none longer than the screen."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
