"""Triage mode: the picture large, the evidence and the keys beside it, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from core.review.flag import Flag
from gui.triage.panel import NARROWEST_PX, TriagePanel

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_PANEL_SHARE = 0.27
_LARGER = 4.0


class TriageMode(QObject):
    """Rearranges the one window, and puts everything back.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._switch = desk.actions["review.triage"]
        self._panel: TriagePanel | None = None
        self._places: list[tuple[QWidget, int]] = []
        self._sizes: list[int] = []
        desk.actions.connect_switch("review.triage", self._on_switched)
        desk.actions["view.full_screen"].toggled.connect(lambda _on: self._arrange())
        desk.actions["view.reset_layout"].triggered.connect(self._arrange)
        desk.window.escaped.connect(self._on_escaped)
        desk.selection.changed.connect(self._on_flag)
        desk.snapshot_changed.connect(lambda _snapshot: self.refresh())
        desk.review.pending_changed.connect(lambda _count: self._show_progress())
        desk.player.position_changed.connect(self._on_position)

    @property
    def panel(self) -> TriagePanel | None:
        """What stands beside the picture; None while the mode is off."""
        return self._panel

    def leave(self) -> None:
        """Put everything back."""
        self._switch.setChecked(False)

    def _on_escaped(self) -> None:
        # Escape first ends what is heard in place of the sound, then the mode.
        if self._panel is not None and not self._desk.listen.audition.hearing:
            self.leave()

    def _on_switched(self, on: bool) -> None:
        if on and self._panel is None:
            self._enter()
        elif not on and self._panel is not None:
            self._go()

    def _enter(self) -> None:
        desk, window = self._desk, self._desk.window
        parts = desk.parts
        self._sizes = window.columns.sizes()
        panel = TriagePanel(desk.actions, parts.clock, parts.queue.worst)
        self._panel = panel
        side = window.side.layout()
        assert isinstance(side, QBoxLayout)
        self._places = [(w, side.indexOf(w)) for w in (parts.verdict, parts.audition)]
        for widget, _ in self._places:
            panel.take(widget)
        panel.curve.profile_tried.connect(desk.review.preview)
        panel.curve.profile_chosen.connect(desk.adopt)
        panel.curve.axis.seek_requested.connect(desk.selection.seek)
        window.columns.addWidget(panel)
        self._arrange()
        desk.worst.enlarge(_LARGER)
        self.refresh()
        panel.setFocus()
        if desk.selection.flag is None:
            parts.queue.select_next_undecided(desk.review.deciding)

    def _go(self) -> None:
        desk, window, panel = self._desk, self._desk.window, self._panel
        assert panel is not None
        self._panel = None
        side = window.side.layout()
        assert isinstance(side, QBoxLayout)
        for widget, index in self._places:
            side.insertWidget(index, widget)
        panel.hide()
        panel.setParent(None)
        panel.deleteLater()
        full = window.isFullScreen()
        window.side.setVisible(not full)
        window.panes.setVisible(not full)
        window.columns.setSizes(self._sizes)
        desk.worst.enlarge(1.0)
        desk.parts.queue.table.setFocus()

    def _arrange(self) -> None:
        """Show the picture and the panel only; in full screen the picture alone."""
        window, panel = self._desk.window, self._panel
        if panel is None:
            return
        window.side.hide()
        window.panes.hide()
        panel.setVisible(not self._desk.actions["view.full_screen"].isChecked())
        width = window.columns.width()
        needed = max(panel.minimumSizeHint().width(), NARROWEST_PX)
        right = max(needed, round(width * _PANEL_SHARE))
        window.columns.setSizes([width - right, 0, right])

    # What it shows

    def refresh(self) -> None:
        """Show the present measurements, thresholds, flag and progress."""
        panel = self._panel
        if panel is None:
            return
        snapshot = self._desk.snapshot
        panel.curve.set_data(snapshot.tracks, snapshot.profile)
        panel.curve.set_time_format(self._desk.parts.clock.form)
        self._on_flag(self._desk.selection.flag)
        self._show_progress()

    def _on_flag(self, flag: Flag | None) -> None:
        if self._panel is not None:
            together = sum(not one.decided for one in self._desk.parts.queue.scope())
            self._panel.show_flag(flag, max(together, 1))
            self._panel.curve.show_close(flag, self._desk.parts.axis.extent)

    def _show_progress(self) -> None:
        if self._panel is not None:
            self._panel.show_progress(self._desk.triage.progress)

    def _on_position(self, _place: object) -> None:
        if self._panel is not None:
            player = self._desk.player
            self._panel.curve.close_axis.set_playhead(player.position.seconds)
