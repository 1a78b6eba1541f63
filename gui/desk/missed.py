"""Reporting what no detector found: the dialog, and what becomes of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from core.review.sync_offset import with_offset

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.dialogs.missed import MissedDialog


def report_missed(desk: Desk) -> None:
    """Ask what the marked stretch shows, and store it."""
    from gui.dialogs.missed import MissedDialog

    marked = desk.parts.axis.selection
    if desk.title is None or marked is None:
        return
    where = f"{desk.parts.clock(marked[0])} – {desk.parts.clock(marked[1])}"
    dialog = MissedDialog(desk.title, where, desk.window)
    if desk.sync.held_ms:
        # Who moved the sound until it was right has found out by how much it is wrong.
        dialog.propose("av_sync", with_offset("", desk.sync.held_ms))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: _on_missed(desk, dialog))
    dialog.open()


def _on_missed(desk: Desk, dialog: MissedDialog) -> None:
    span = desk.selection.marked(dialog.stream)
    if span is not None:
        desk.review.mark_missed(
            dialog.defect,
            dialog.stream,
            span,
            dialog.disposition,
            dialog.severity,
            dialog.comment_text,
        )
