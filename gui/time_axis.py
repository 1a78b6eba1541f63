"""The time axis that waveform, spectrogram, timeline and metrics share."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

_SHORTEST_VIEW_S = 0.02


class TimeAxis(QObject):
    """What stretch of the title is in view, where the playhead stands, what is selected.

    All in seconds on the title's own time line (which may not start at zero). Panes draw from it
    and write to it, so they can never drift apart.
    """

    view_changed = Signal(float, float)
    playhead_moved = Signal(float)
    selection_changed = Signal(object)
    seek_requested = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._extent = (0.0, 1.0)
        self._view = (0.0, 1.0)
        self._playhead_s = 0.0
        self._selection: tuple[float, float] | None = None

    @property
    def extent(self) -> tuple[float, float]:
        """Start and end of the title."""
        return self._extent

    @property
    def view(self) -> tuple[float, float]:
        """Start and end of what the panes show."""
        return self._view

    @property
    def playhead_s(self) -> float:
        """Where the picture stands."""
        return self._playhead_s

    @property
    def selection(self) -> tuple[float, float] | None:
        """The marked stretch (in and out), or None."""
        return self._selection

    def set_extent(self, start_s: float, end_s: float) -> None:
        """Take a new title: show all of it, select nothing."""
        end_s = max(end_s, start_s + _SHORTEST_VIEW_S)
        self._extent = (start_s, end_s)
        self._view = (start_s, end_s)
        self._playhead_s = start_s
        self.view_changed.emit(start_s, end_s)
        self.set_selection(None)
        self.playhead_moved.emit(start_s)

    def set_view(self, start_s: float, end_s: float) -> None:
        """Show this stretch, kept inside the title."""
        low, high = self._extent
        length = min(max(end_s - start_s, _SHORTEST_VIEW_S), high - low)
        start_s = min(max(start_s, low), high - length)
        view = (start_s, start_s + length)
        if view != self._view:
            self._view = view
            self.view_changed.emit(*view)

    def zoom(self, factor: float, around_s: float | None = None) -> None:
        """Show `1 / factor` times as much, keeping `around_s` (or the playhead) in place."""
        start_s, end_s = self._view
        centre = self._playhead_s if around_s is None else around_s
        if not start_s <= centre <= end_s:
            centre = (start_s + end_s) / 2
        length = min(max((end_s - start_s) / factor, _SHORTEST_VIEW_S), self.length_s)
        share = (centre - start_s) / (end_s - start_s)
        self.set_view(centre - share * length, centre + (1 - share) * length)

    def pan(self, share: float) -> None:
        """Move the view by this share of its length; positive is later."""
        start_s, end_s = self._view
        move = share * (end_s - start_s)
        self.set_view(start_s + move, end_s + move)

    @property
    def length_s(self) -> float:
        """Length of the title."""
        return self._extent[1] - self._extent[0]

    def set_playhead(self, seconds: float, follow: bool = False) -> None:
        """Move the playhead; with `follow`, turn the page when it leaves the view."""
        if seconds == self._playhead_s:
            return
        self._playhead_s = seconds
        start_s, end_s = self._view
        if follow and not start_s <= seconds < end_s:
            self.set_view(seconds - 0.05 * (end_s - start_s), seconds + 0.95 * (end_s - start_s))
        self.playhead_moved.emit(seconds)

    def set_selection(self, selection: tuple[float, float] | None) -> None:
        """Mark a stretch, or nothing."""
        if selection is not None:
            selection = (min(selection), max(selection))
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)
