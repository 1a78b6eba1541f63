"""A pane that plays one clip after another, each over and over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.domain.time import Span
from core.domain.title import Title
from gui.language import tr
from gui.panes.tick import TimeFormat
from gui.player.engine import Player
from gui.player.pane import PlayerPane


class ClipPane(PlayerPane):
    """Plays clips of any titles; a title that stays is not opened anew.

    Args:
        player: Plays here alone; closed by its owner.
    """

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(player, parent)
        self._clip_player = player
        self._span: Span | None = None
        self.title: Title | None = None
        self.heat.hide()
        self.loop_requested.connect(self._set_loop)

    def show_clip(self, title: Title, span: Span, form: TimeFormat) -> None:
        """Play a stretch of a title again and again.

        Args:
            title: Where it lies.
            span: The stretch.
            form: How times are written.
        """
        if self.title is None or self.title.fingerprint != title.fingerprint:
            self.set_time_format(form)
            self.load(title)
            if title.video:
                self.view.show_loading(tr("the clip"))
            self.title = title
        self._span = span
        self._clip_player.set_loop(span)
        self._clip_player.seek(span.start_s)
        self._clip_player.play()
        self.view.setFocus()

    def drop(self) -> None:
        """Show nothing, for a clip that cannot be shown."""
        self.unload()
        self.title = None

    def _set_loop(self, wanted: bool) -> None:
        self._clip_player.set_loop(self._span if wanted else None)
