"""The wall of channels in the desk: looks every second, opens the clips of findings."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from core.config import paths
from core.domain.channel import SILENT_AFTER_S, ChannelEvent, masked
from core.domain.errors import KnownError
from core.jobs.progress import CancelToken
from gui.bridge import GuiLane, explain
from gui.desk.review import Archive
from gui.language import tr

if TYPE_CHECKING:
    from core.review.channel import ChannelLine, Wall, WallLook
    from gui.desk.desk import Desk

T = TypeVar("T")

_LOOK_MS = 1000
_LATE_S = 5.0
_EVENTS = 200


class WallDesk(QObject):
    """Carries the wall from the store to the screen, and a click to the desk.

    Args:
        desk: Opens clips; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        from gui.wall.view import WallView

        super().__init__(desk)
        self._desk = desk
        self.view = view = WallView(desk.actions)
        desk.window.stack.addWidget(view)
        self._wall: Wall | None = None
        self._lane, self._places = GuiLane("wall", self), GuiLane("clips", self)
        self._looked_s, self._sentence = 0.0, ""
        self._looked: datetime | None = None
        self._limit, self._key = _EVENTS, ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._tick)
        desk.review.ready.connect(self._on_ready)
        desk.window.stack.currentChanged.connect(lambda _page: self._on_page())
        view.query_changed.connect(self._look)
        view.model.wanted.connect(self._on_wanted)
        view.selected.connect(self._on_selected)
        view.events.more_wanted.connect(self._on_more)
        view.opened.connect(self.open_clip)
        view.left.connect(lambda: desk.window.show_before(None))
        desk.actions.connect_to("file.channels", self.toggle)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read."""
        return not (self._lane.pending or self._places.pending)

    @property
    def shown(self) -> bool:
        """Whether the wall stands before all else."""
        return self._desk.window.stack.currentWidget() is self.view

    def close(self) -> None:
        """End threads and let go of the store."""
        self._timer.stop()
        self._lane.close()
        self._places.close()
        self._wall = None

    def toggle(self) -> None:
        """Show the wall, or go back."""
        self._desk.window.show_before(None if self.shown else self.view)
        if self.shown:
            self.view.take_focus()

    # Looking

    def _on_ready(self, archive: Archive) -> None:
        self._wall = archive.wall()
        command = "onglass monitor URL"
        place = archive.url.removeprefix("sqlite:///")
        if place != str(paths.default_store()):
            # The password of a database server does not belong on a screen.
            command += f' --store "{masked(place) if "://" in place else place}"'
        self.view.set_command(command)
        if self.shown:
            self._look()

    def _on_page(self) -> None:
        self._desk.refresh_state()
        if self.shown:
            self._looked_s = time.monotonic()
            self._look()
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        """Look again; where the last look is not over, say so rather than pile up."""
        if not self._lane.pending:
            self._look()
        old_s = time.monotonic() - self._looked_s
        if old_s > _LATE_S:
            since = "" if self._looked is None else f"{self._looked.astimezone():%H:%M:%S}"
            said = self._sentence or tr("The store does not answer.")
            text = tr("Not read since {time}: {reason}", time=since or "–", reason=said)
            self.view.show_trouble(text, unheard=old_s > SILENT_AFTER_S)

    def _look(self) -> None:
        view, key, limit = self.view, self.view.grid.key, self._limit
        query, only = view.filters.query, view.only.isChecked()
        seen = (*view.grid.keys_in_sight(), *((key,) if key else ()))

        def work(wall: Wall) -> tuple[WallLook, tuple[ChannelEvent, ...]]:
            look = wall.look(query, seen)
            return look, wall.events(key, limit, findings_only=only) if key else ()

        def done(answer: tuple[WallLook, tuple[ChannelEvent, ...]]) -> None:
            self._looked_s, self._looked, self._sentence = time.monotonic(), answer[0].at, ""
            view.show_look(answer[0])
            if key:
                view.show_events(key, answer[1], limit)

        self._ask(work, done, newest=True)

    def _on_selected(self, key: str) -> None:
        if key != self._key:
            self._key, self._limit = key, _EVENTS
        limit, only = self._limit, self.view.only.isChecked()
        if key:
            self._ask(
                lambda wall: wall.events(key, limit, findings_only=only),
                lambda events: self.view.show_events(key, events, limit),
            )

    def _on_more(self) -> None:
        self._limit += _EVENTS
        self._on_selected(self._key)

    def _on_wanted(self, keys: Sequence[str]) -> None:
        def done(lines: dict[str, ChannelLine]) -> None:
            self.view.model.take(lines)

        self._ask(lambda wall: wall.lines(keys), done)

    def _ask(
        self, work: Callable[[Wall], T], done: Callable[[T], object], newest: bool = False
    ) -> None:
        wall = self._wall
        if wall is not None:

            def run(_token: CancelToken) -> T:
                return work(wall)

            self._lane.submit(run, done, self._on_error, newest)

    def _on_error(self, error: BaseException) -> None:
        # The same sentence every second would bury the desk; the wall says since when.
        self._sentence = explain(error)[0]
        if not isinstance(error, KnownError):
            self._desk.complain(*explain(error))

    # Clips

    def open_clip(self, event: ChannelEvent) -> None:
        """Open the clip of a finding as any title, with the analysis that found it."""
        desk, path = self._desk, Path(event.clip)
        if not event.clip:
            desk.say(tr("The clip of this flag is still being written"))
            return

        def done(there: bool) -> None:
            if there:
                desk.library.open_run(event.fingerprint, event.run, path)
            else:
                desk.complain(
                    tr(
                        "The clip {name} is not there any more; the monitor keeps clips only for "
                        "a while.",
                        name=path.name,
                    ),
                    str(path),
                )

        self._places.submit(lambda _token: path.exists(), done, self._on_clip_error)

    def _on_clip_error(self, error: BaseException) -> None:
        self._desk.complain(*explain(error))
