"""What to ask before the desk is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk


def leaving_question(desk: Desk) -> str:
    """What would be lost or stopped, as a question; empty when nothing would."""
    drafts = len(desk.parts.verdict.drafts)
    if drafts:
        return tr(
            "%n undecided flags have a comment or severity that is stored only with a decision. "
            "Leave without them?",
            drafts,
        )
    if desk.analysis.analysing and desk.settings.flag("general.confirm_quit"):
        return tr("The analysis is still running. Leave now? It goes on from there next time.")
    return ""


def ask(window: QWidget, question: str, leave: Callable[[], None]) -> None:
    """Ask without stopping anything; `leave` is called for a yes."""
    box = QMessageBox(QMessageBox.Icon.Question, "Onglass", question, parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    yes = box.addButton(tr("Leave"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    yes.clicked.connect(leave)
    box.open()
