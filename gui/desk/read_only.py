"""What a desk looks like whose store can only be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk


def show_read_only(desk: Desk, read_only: bool) -> None:
    """Say so beside the store and above the verdicts, or take that back."""
    badge = desk.window.badge
    badge.setText(tr("Read only"))
    badge.setToolTip(tr("The store can only be read here, so decisions cannot be kept."))
    badge.setVisible(read_only)
    desk.parts.verdict.set_read_only(read_only)
