"""Going from flag to flag: show it, seek to it, loop around it; and marking stretches."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.domain.time import MediaTime, Span
from core.domain.title import Title
from core.domain.verdict import Verdict
from core.review.flag import Flag, is_same_claim
from gui.desk.parts import DeskParts
from gui.desk.place import Places
from gui.player.engine import Player

_LEAST_SHARE = 0.004
_FLAG_SHARE = 0.25


class Selection(QObject):
    """Keeps queue, lanes, curve, verdict bar and player on one flag.

    Signals:
        changed: The selected `Flag`, or None.
        lost: The selected flag is no more, with more measured or other thresholds.

    Args:
        parts: The widgets.
        player: Plays the title.
    """

    changed = Signal(object)
    lost = Signal()

    def __init__(self, parts: DeskParts, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._player = player
        self._places = Places(parts.picture, parts.spectrogram)
        self._flags: dict[str, Flag] = {}
        self._title: Title | None = None
        self.looping = True
        self.pre_roll_s = 1.0
        self.autoplay = True
        parts.queue.flag_selected.connect(self._on_selected)
        parts.queue.flag_activated.connect(lambda _key: self.zoom())
        parts.lanes.flag_clicked.connect(parts.queue.select)
        parts.lanes.flag_activated.connect(lambda _key: self.zoom())
        parts.axis.seek_requested.connect(self.seek)
        parts.player.loop_requested.connect(self.set_loop)

    @property
    def flag(self) -> Flag | None:
        """The selected flag."""
        return self._flags.get(self._parts.queue.selected)

    def set_title(self, title: Title | None) -> None:
        """Take a title; nothing is selected in it."""
        self._title = title
        self._flags = {}
        self._places.set_title(title)
        self._parts.queue.select("")
        self._show(None)

    def set_flags(self, flags: tuple[Flag, ...]) -> None:
        """Take a new snapshot; the selection stays while its flag exists."""
        self._flags = {flag.key: flag for flag in flags}
        self._parts.queue.set_flags(flags)
        self._places.set_flags(flags)
        if self._parts.queue.selected and self.flag is None:
            self._parts.queue.select("")
            self.lost.emit()
        flag = self.flag
        # The curve that a person chose stays while only the verdict changes.
        self._parts.verdict.set_flag(flag)
        self._parts.metrics.set_flag(flag)
        self._places.show(flag)
        self.changed.emit(flag)

    def show_subject(self, verdict: Verdict) -> None:
        """Select the flag that an undo or redo was about."""
        for flag in self._flags.values():
            if is_same_claim(verdict, flag):
                self._parts.queue.select(flag.key)
                return

    # Moving

    def seek(self, seconds: float) -> None:
        """Go somewhere; leaving the loop ends it."""
        loop = self._player.loop
        if loop is not None and not loop.start_s <= seconds < loop.end_s:
            self._player.set_loop(None)
        self._player.seek(seconds)

    def zoom(self) -> None:
        """Show the selected flag closely."""
        flag = self.flag
        if flag is not None:
            length = max(flag.span.duration_s / _FLAG_SHARE, 1.0)
            middle = (flag.span.start_s + flag.span.end_s) / 2
            self._parts.axis.set_view(middle - length / 2, middle + length / 2)

    def set_loop(self, wanted: bool) -> None:
        """Loop the marked stretch, else the selected flag; or stop looping."""
        marked, flag = self._parts.axis.selection, self.flag
        if not wanted:
            self._player.set_loop(None)
        elif marked is not None:
            self._player.set_loop(self._stretch(*marked))
        elif flag is not None:
            self._player.set_loop(self._around(flag))
        else:
            self._parts.player.bar.set_loop(False)

    def _on_selected(self, _key: str) -> None:
        flag = self.flag
        self._show(flag)
        if flag is None or self._title is None:
            return
        self._bring_into_view(flag)
        if self.looping:
            loop = self._around(flag)
            if self.autoplay:
                self._player.repeat(loop)
            else:
                self._player.set_loop(loop)
                self._player.seek(loop.start_s)
        else:
            self._player.set_loop(None)
            self._player.seek(flag.span.start_s)

    def starts_at(self, flag: Flag) -> MediaTime:
        """Where the player goes when a flag is selected."""
        return (self._around(flag) if self.looping else flag.span).start_time

    def _show(self, flag: Flag | None) -> None:
        parts = self._parts
        parts.verdict.set_flag(flag)
        parts.lanes.set_selected(flag.key if flag is not None else "")
        parts.metrics.show_flag(flag)
        self._places.show(flag)
        self.changed.emit(flag)

    def _bring_into_view(self, flag: Flag) -> None:
        start_s, end_s = self._parts.axis.view
        length, middle = end_s - start_s, (flag.span.start_s + flag.span.end_s) / 2
        if flag.span.start_s < start_s or flag.span.end_s > end_s:
            length = max(length, flag.span.duration_s * 1.5)
            self._parts.axis.set_view(middle - length / 2, middle + length / 2)
        elif flag.span.duration_s < length * _LEAST_SHARE and length > 600:
            self._parts.axis.set_view(middle - 60, middle + 60)

    def _around(self, flag: Flag) -> Span:
        """The flag's span with some lead-in and lead-out, on its own time base."""
        return self._stretch(flag.span.start_s - self.pre_roll_s, flag.span.end_s + self.pre_roll_s)

    def _stretch(self, start_s: float, end_s: float) -> Span:
        assert self._title is not None
        low, high = self._parts.axis.extent
        streams = (*self._title.video, *self._title.audio)
        start_s, end_s = max(start_s, low), min(end_s, high)
        return Span.from_seconds(start_s, max(end_s, start_s), streams[0].base)

    # Marks

    def mark_in(self) -> None:
        """The stretch starts at the frame on screen."""
        axis, here_s = self._parts.axis, self._player.position.seconds
        end_s = axis.selection[1] if axis.selection is not None else axis.extent[1]
        axis.set_selection((here_s, end_s if end_s > here_s else axis.extent[1]))

    def mark_out(self) -> None:
        """The stretch ends after the frame on screen."""
        axis, here_s = self._parts.axis, self._player.position.seconds
        end_s = min(here_s + self._frame_s(), axis.extent[1])
        start_s = axis.selection[0] if axis.selection is not None else axis.extent[0]
        axis.set_selection((start_s if start_s < end_s else axis.extent[0], end_s))

    def mark_flag(self) -> None:
        """Mark the selected flag's span."""
        if self.flag is not None:
            self._parts.axis.set_selection((self.flag.span.start_s, self.flag.span.end_s))

    def marked(self, stream: int) -> Span | None:
        """The marked stretch on the base of a stream."""
        if self._parts.axis.selection is None or self._title is None:
            return None
        return Span.from_seconds(*self._parts.axis.selection, self._title.stream(stream).base)

    def _frame_s(self) -> float:
        video = self._title.video if self._title is not None else ()
        return float(1 / video[0].rate) if video and video[0].rate > 0 else 0.04
