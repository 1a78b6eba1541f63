"""Everything that the workspace is made of, put together when it is opened for the first time."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.actions import ActionSet
from gui.annotate.canvas import Canvas
from gui.annotate.hand import Hand
from gui.annotate.mode import MaskMode
from gui.annotate.overlay import Aim, MaskOverlay
from gui.annotate.panel import MaskPanel
from gui.annotate.piece import PieceLane
from gui.annotate.round_box import RoundBox
from gui.desk.parts import DeskParts
from gui.main_window import MainWindow


class Bench:
    """Canvas, tools and widgets of the workspace.

    Args:
        window: The desk's.
        parts: Its widgets.
        actions: The table of actions.
        parent: Owns the thread that cuts frames into pieces.
    """

    def __init__(
        self,
        window: MainWindow,
        parts: DeskParts,
        actions: ActionSet,
        parent: QObject,
    ) -> None:
        self._view = parts.picture
        self.canvas, self.aim = Canvas(), Aim()
        self.overlay = MaskOverlay(self.canvas, self.aim)
        self.hand = Hand(parts.picture, self.canvas, self.overlay, self.aim)
        self.rounds = RoundBox(actions)
        self.panel = MaskPanel(actions, self.rounds)
        self.mode = MaskMode(window, parts, self.panel)
        self.pieces = PieceLane(parent)

    @property
    def idle(self) -> bool:
        """Whether nothing is being cut into pieces."""
        return self.pieces.idle

    def enter(self) -> None:
        """Lay the mask over the picture and take the mouse."""
        self._view.add_overlay(self.overlay)
        self._view.installEventFilter(self.hand)
        self.mode.enter()

    def leave(self) -> None:
        """Give picture and mouse back."""
        self.hand.drop()
        self._view.removeEventFilter(self.hand)
        self._view.remove_overlay(self.overlay)
        self.canvas.clear()
        self.mode.leave()

    def close(self) -> None:
        """End the thread and let the widgets go."""
        self.leave()
        self.pieces.close()
        self.mode.close()
