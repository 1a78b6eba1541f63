"""The workspace in the window: the picture large, the strip below it, the tools beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gui import theme
from gui.annotate.panel import NARROWEST_PX, MaskPanel
from gui.annotate.strip import MaskStrip
from gui.desk.parts import DeskParts
from gui.main_window import MainWindow
from gui.panes.color import PaneColors
from gui.panes.ruler import TimeRuler

_PANEL_SHARE = 0.24
_GUTTER_PX = 72


class MaskMode(QObject):
    """Rearranges the one window, and puts everything back.

    Args:
        window: The desk's.
        parts: Its widgets.
        panel: What stands beside the picture.
    """

    def __init__(self, window: MainWindow, parts: DeskParts, panel: MaskPanel) -> None:
        super().__init__(window)
        self._window, self._parts, self.panel = window, parts, panel
        self._sizes: list[int] = []
        self._on = False
        self.ruler, self.strip = TimeRuler(parts.axis), MaskStrip(parts.axis)
        self.below = QFrame()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ruler)
        column.addWidget(self.strip)
        self.below.setMaximumHeight(self.ruler.sizeHint().height() + self.strip.sizeHint().height())
        self.restyle()

    @property
    def on(self) -> bool:
        """Whether the window shows the workspace."""
        return self._on

    def enter(self) -> None:
        """Show the workspace."""
        if not self._on:
            self._on = True
            window = self._window
            self._sizes = window.columns.sizes()
            window.columns.addWidget(self.panel)
            window.rows.addWidget(self.below)
            window.rows.setCollapsible(window.rows.indexOf(self.below), False)
            self.arrange()
            self.panel.setFocus()

    def leave(self) -> None:
        """Put everything back."""
        if not self._on:
            return
        self._on = False
        window = self._window
        for widget in (self.panel, self.below):
            widget.hide()
            # A splitter would keep room for it, and its state would no longer fit the settings.
            widget.setParent(None)
        full = window.isFullScreen()
        window.side.setVisible(not full)
        window.panes.setVisible(not full)
        window.columns.setSizes(self._sizes)
        self._parts.queue.table.setFocus()

    def arrange(self) -> None:
        """Show picture, strip and panel only; in full screen the picture alone."""
        if not self._on:
            return
        window = self._window
        full = window.actions_table["view.full_screen"].isChecked()
        for widget in (window.side, window.panes):
            widget.hide()
        for own in (self.panel, self.below):
            own.setVisible(not full)
        width = window.columns.width()
        needed = max(self.panel.minimumSizeHint().width(), NARROWEST_PX)
        right = max(needed, round(width * _PANEL_SHARE))
        window.columns.setSizes([width - right, 0, right])

    def close(self) -> None:
        """Let the widgets go."""
        self.leave()
        for widget in (self.panel, self.below):
            widget.deleteLater()

    def restyle(self) -> None:
        """Follow the theme and the way times are written."""
        for pane in (self.ruler, self.strip):
            pane.set_colors(PaneColors.of(theme.current()))
            pane.set_gutter(_GUTTER_PX)
            pane.set_time_format(self._parts.clock.form)
