"""Opens a desk where the one before it broke off: title, place, filters, drafts.

Once a second the desk looks at itself; what changed is written in a thread of its own. A playhead
that merely moves is written less often.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.title import Title
from core.review.whereabouts import Whereabouts, WhereaboutsFile
from gui.bridge import GuiLane, explain
from gui.desk.review import Archive, Snapshot
from gui.language import tr
from gui.verdict.choice import Draft

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_LOOK_MS = 1000
_PLACE_S = 5.0
_WELL_S = 10.0
_MOST_TRIES = 2


class RecoveryDesk(QObject):
    """Keeps where the desk stands, and takes up where another one broke off.

    Does nothing until `start` is called.

    Args:
        desk: What is watched; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane: GuiLane | None = None
        self._file: WhereaboutsFile | None = None
        self._given: Path | None = None
        self._closing = False
        self._store = ""
        self._tries = 0
        self._since = 0.0
        self._wanted: Whereabouts | None = None
        self._drafts: dict[str, tuple[str | None, str]] = {}
        self._kept: Whereabouts | None = None
        self._kept_at = 0.0
        self._told = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def idle(self) -> bool:
        """Always: nothing waits for what is kept here."""
        return True

    def start(self, given: Path | None) -> None:
        """Keep where the desk stands from now on, and take up where another desk broke off.

        Args:
            given: The file that is being opened; then only what was left at that one is taken up.
        """
        self._given = given.expanduser().absolute() if given is not None else None
        self._lane = GuiLane("whereabouts", self)
        self._desk.review.ready.connect(self._on_ready)
        self._desk.title_ready.connect(self._on_title)
        self._desk.unreadable.connect(self._on_unreadable)
        self._desk.snapshot_changed.connect(self._on_snapshot)

    def close(self) -> None:
        """The desk ends properly: nothing is left to take up."""
        self._closing = True
        self._timer.stop()
        if self._lane is not None:
            self._lane.drain()
            self._lane.close()
            self._lane = None
        file, self._file = self._file, None
        if file is not None and self._wanted is not None and self._drafts:
            # Nobody has opened the title again, and what was written about it shall not be lost.
            file.leave_behind()
        elif file is not None:
            file.remove()

    # Taking up

    def _on_ready(self, archive: Archive) -> None:
        lane, store = self._lane, archive.url
        if lane is None or self._store:
            return
        self._store = store
        given = self._given

        def claim(_token: object) -> WhereaboutsFile:
            taken = WhereaboutsFile.take_over(store, given)
            if taken is None:
                return WhereaboutsFile.fresh()
            if taken.found is not None:
                # Written before anything is opened: a title that brings down the desk is counted.
                taken.write(replace(taken.found, tries=taken.found.tries + 1))
            return taken

        lane.submit(claim, self._on_file, self._on_failed)

    def _on_file(self, file: WhereaboutsFile) -> None:
        self._file, self._wanted = file, file.found
        found = file.found
        if found is not None:
            self._drafts, self._tries = dict(found.drafts), found.tries + 1
        if self._closing:
            return
        self._timer.start()
        if found is None:
            return
        if self._desk.title is not None:
            self._on_title(self._desk.title)
        elif self._desk.opening is not None:
            return
        elif found.tries < _MOST_TRIES:
            self._desk.open_path(found.path)
        else:
            self._desk.complain(
                tr(
                    "Onglass ended unexpectedly more than once while {name} was open, so it is "
                    "not opened by itself; once you open it, you are where you were.",
                    name=found.path.name,
                )
            )

    def _on_title(self, title: Title) -> None:
        self._since = time.monotonic()
        wanted = self._wanted
        if wanted is None:
            return
        if title.fingerprint != wanted.fingerprint and title.path != wanted.path:
            self._let_go()
            return
        desk, axis = self._desk, self._desk.parts.axis
        if wanted.view is not None:
            axis.set_view(*wanted.view)
        if wanted.marked is not None:
            axis.set_selection(wanted.marked)
        desk.selection.seek(wanted.playhead_s)
        desk.parts.queue.search.setText(wanted.filters.get("search", ""))
        desk.complain(
            tr(
                "Onglass ended unexpectedly the last time; {name} is open where you were, and "
                "every verdict that was shown as stored is there.",
                name=title.name,
            )
        )

    def _on_unreadable(self, _sentence: str, _details: str) -> None:
        """The file is gone, with its drive perhaps: what is known of it waits for another day."""
        if self._wanted is not None:
            self._let_go()

    def _let_go(self) -> None:
        self._wanted, self._drafts, self._tries = None, {}, 0
        file, self._file = self._file, None
        if file is None or self._lane is None:
            return

        def change(_token: object) -> WhereaboutsFile:
            file.leave_behind()
            return WhereaboutsFile.fresh()

        def taken(fresh: WhereaboutsFile) -> None:
            self._file, self._kept = fresh, None

        self._lane.submit(change, taken, self._on_failed)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        """Flags come bit by bit; each draft waits for its own."""
        if self._drafts:
            present = {flag.key: flag for flag in snapshot.flags}
            here = {key: self._drafts.pop(key) for key in present if key in self._drafts}
            drafts = {
                key: Draft(Severity(severity) if severity in set(Severity) else None, comment)
                for key, (severity, comment) in here.items()
                if not present[key].decided
            }
            self._desk.parts.verdict.take_drafts(drafts)
        wanted, flag = self._wanted, self._desk.selection.flag
        if wanted is None or not snapshot.flags:
            return
        self._set_filters(wanted)
        if flag is not None or not wanted.flag:
            self._wanted = None
        elif snapshot.flag(wanted.flag) is not None:
            self._wanted = None
            self._select(wanted)

    def _select(self, wanted: Whereabouts) -> None:
        selection, axis = self._desk.selection, self._desk.parts.axis
        plays, view = selection.autoplay, axis.view
        # The picture stays where it was left, rather than run around the flag.
        selection.autoplay = False
        self._desk.parts.queue.select(wanted.flag)
        selection.autoplay = plays
        axis.set_view(*view)
        selection.seek(wanted.playhead_s)

    def _set_filters(self, wanted: Whereabouts) -> None:
        for name, box in self._boxes().items():
            index = box.findData(wanted.filters.get(name, ""))
            if index > 0:
                box.setCurrentIndex(index)

    # Keeping

    def look(self) -> None:
        """Keep where the desk stands if that has changed."""
        file, lane = self._file, self._lane
        if file is None or lane is None or lane.pending:
            return
        here, now = self._here(), time.monotonic()
        if here == self._kept:
            return
        last = self._kept
        if here is None:
            self._kept = None
            lane.submit(lambda _token: file.clear(), lambda _none: None, self._on_failed)
            return
        if last is not None and now - self._kept_at < _PLACE_S:
            moved = replace(last, playhead_s=here.playhead_s, view=here.view)
            if moved == here:
                return
        self._kept, self._kept_at = here, now
        lane.submit(lambda _token: file.write(here), self._on_written, self._on_failed)

    def _here(self) -> Whereabouts | None:
        desk = self._desk
        title, parts = desk.title, desk.parts
        if title is None:
            return self._wanted and replace(self._wanted, tries=self._tries)
        if time.monotonic() - self._since > _WELL_S:
            self._tries = 0
        drafts = {
            key: (draft.severity.value if draft.severity else None, draft.comment)
            for key, draft in parts.verdict.unstored.items()
        }
        wanted, flag = self._wanted, desk.selection.flag
        filters = {name: str(box.currentData() or "") for name, box in self._boxes().items()}
        return Whereabouts(
            store=self._store,
            path=title.path,
            fingerprint=title.fingerprint,
            playhead_s=desk.player.position.seconds,
            view=parts.axis.view,
            marked=parts.axis.selection,
            flag=flag.key if flag is not None else wanted.flag if wanted is not None else "",
            filters={**filters, "search": parts.queue.search.text()},
            drafts={**self._drafts, **drafts},
            tries=self._tries,
        )

    def _boxes(self) -> dict[str, QComboBox]:
        queue = self._desk.parts.queue
        return {
            "detector": queue.detector_box,
            "verdict": queue.sign_box,
            "severity": queue.severity_box,
        }

    def _on_written(self, _none: None) -> None:
        self._told = False

    def _on_failed(self, error: BaseException) -> None:
        self._kept = None
        # Said once; it is tried again and again, because disks get room again.
        if not self._told or not isinstance(error, KnownError):
            self._told = True
            self._desk.complain(*explain(error))
