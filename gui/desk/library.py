"""The library beside the desk: lists titles, opens them, adds folders, finds what was moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from core.domain.errors import KnownError
from core.domain.summary import TitleSummary
from core.jobs.progress import CancelToken
from core.media.folder import FolderSurvey, find_moved, survey
from gui.bridge import GuiLane, explain
from gui.desk.review import Archive
from gui.language import told, tr
from gui.library.view import Listing

if TYPE_CHECKING:
    from core.review.library import Library, TitleDetail
    from gui.desk.desk import Desk

T = TypeVar("T")

_POLL_MS = 1500
_AGAIN_MS = 150
_FIRST = 60
_CHUNK = 25


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An analysis that is to be shown once its title is open."""

    fingerprint: str
    run: str


class LibraryDesk(QObject):
    """Carries what people do in the library to the store and to the desk, and back.

    Args:
        desk: Opens titles; owns this object.
    """

    _surveyed = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._view = desk, desk.window.library
        self._library: Library | None = None
        self._queries = GuiLane("library", self)
        self._folders = GuiLane("folders", self)
        self._places = GuiLane("places", self)
        self._listing: Listing | None = None
        self._wanted: _Wanted | None = None
        self._missing: dict[str, bool] = {}
        self._troubles: dict[Path, str] = {}
        self._poll, self._again = QTimer(self), QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._again.setInterval(_AGAIN_MS)
        self._again.setSingleShot(True)
        self._poll.timeout.connect(self._feel)
        self._again.timeout.connect(self._ask)
        self._connect()

    @property
    def idle(self) -> bool:
        """Whether nothing is listed, looked into or looked for."""
        return not (self._queries.pending or self._folders.pending or self._places.pending)

    @property
    def shown(self) -> bool:
        """Whether the library stands before all else."""
        return self._desk.window.stack.currentWidget() is self._view

    def close(self) -> None:
        """End threads and let go of the store."""
        self._poll.stop()
        self._again.stop()
        for lane in (self._queries, self._folders, self._places):
            lane.close()
        self._library = None

    # The page

    def toggle(self) -> None:
        """Show the library, or go back to the title."""
        self._desk.window.show_library(not self.shown)
        if self.shown:
            self._view.take_focus()

    def takes_run(self) -> bool:
        """Load the analysis that was asked for when the open title was, if one was."""
        wanted, self._wanted = self._wanted, None
        title = self._desk.title
        if wanted is None or title is None or wanted.fingerprint != title.fingerprint:
            return False
        self._desk.review.load_run(wanted.run)
        return True

    def _on_page(self) -> None:
        desk = self._desk
        desk.refresh_state()
        if not self.shown:
            self._poll.stop()
            self._again.stop()
            return
        if desk.title is not None:
            self._view.want(desk.title.fingerprint)
        self._view.back.setVisible(desk.title is not None)
        # A drive may have come or gone since.
        self._missing.clear()
        self._ask()
        self._poll.start()
        self._view.take_focus()

    def _on_ready(self, archive: Archive) -> None:
        library = archive.library()
        self._library, self._listing = library, None
        self._queries.submit(lambda _token: library.pulse(), self._on_first, self._on_error)

    def _on_first(self, pulse: tuple[int, int, float]) -> None:
        self._desk.window.set_home(library=pulse[0] > 0)
        if self.shown:
            self._ask()

    # Listing

    def _ask(self) -> None:
        library, query = self._library, self._view.query
        if library is None or not self.shown:
            return
        seen = {*self._view.table.keys_in_sight(), self._view.table.key}

        def work(_token: CancelToken) -> Listing:
            pulse, left = library.pulse(), library.refresh()
            keys = library.keys(query)
            wanted = [*keys[:_FIRST], *(key for key in keys[_FIRST:] if key in seen)]
            counts, choices = library.counts(query), library.choices()
            lines = library.lines(wanted)
            return Listing(query, keys, lines, counts, choices, left, pulse)

        self._queries.submit(work, self._on_listing, self._on_error, newest=True)

    def _on_listing(self, listing: Listing) -> None:
        before, self._listing = self._listing, listing
        self._desk.window.set_home(library=bool(listing.keys) or listing.query.restricts)
        self._view.show_listing(listing)
        self._seek()
        # A store that can only be read never counts what has changed.
        if listing.uncounted and (before is None or listing.uncounted != before.uncounted):
            self._again.start()

    def _on_wanted(self, keys: list[str]) -> None:
        self._query(lambda library: library.lines(keys), self._on_lines)

    def _on_lines(self, lines: dict[str, TitleSummary]) -> None:
        self._view.model.take(lines)
        self._seek()

    def _feel(self) -> None:
        """List again when something has changed."""
        if self._listing is not None and not self._queries.pending:
            self._query(lambda library: library.pulse(), self._on_pulse)

    def _on_pulse(self, pulse: object) -> None:
        if self._listing is not None and pulse != self._listing.pulse:
            self._ask()

    def _on_selected(self, fingerprint: str) -> None:
        def show(detail: TitleDetail | None) -> None:
            if self._view.table.key == fingerprint:
                self._view.detail.show_detail(detail)

        if fingerprint:
            self._query(lambda library: library.detail(fingerprint), show)
        else:
            self._view.detail.show_detail(None)

    def _query(self, work: Callable[[Library], T], done: Callable[[T], object]) -> None:
        library = self._library
        if library is not None:
            self._queries.submit(lambda _token: work(library), done, self._on_error)

    def _seek(self) -> None:
        """Find out, off the GUI thread, which files are not where they were."""
        paths = {key: line.path for key, line in self._view.model.lines.items() if line.path}
        new = {key: path for key, path in paths.items() if key not in self._missing}
        if new:
            self._places.submit(
                lambda _token: {key: not Path(path).exists() for key, path in new.items()},
                self._on_sought,
                self._on_error,
            )

    def _on_sought(self, missing: dict[str, bool]) -> None:
        self._missing |= missing
        self._view.model.set_missing({key for key, gone in self._missing.items() if gone})

    # Opening

    def _on_opened(self, fingerprint: str, run: str = "") -> None:
        title = self._desk.title
        if title is not None and title.fingerprint == fingerprint:
            self._desk.window.show_library(False)
            if run:
                self._desk.review.load_run(run)
            return
        self._wanted = _Wanted(fingerprint, run) if run else None
        line = self._view.model.lines.get(fingerprint)
        if line is not None and line.path:
            self._open(line)

    def open_run(self, fingerprint: str, run: str, path: Path) -> None:
        """Open a title that lies where somebody says, with one of its analyses."""
        title = self._desk.title
        if title is not None and title.fingerprint == fingerprint:
            self._desk.window.show_library(False)
            self._desk.review.load_run(run)
            return
        self._wanted = _Wanted(fingerprint, run)
        self._desk.open_path(path)

    def _open(self, line: TitleSummary) -> None:
        path = Path(line.path)

        def done(there: bool) -> None:
            if there:
                self._on_sought({line.fingerprint: False})
                self._desk.open_path(path)
            else:
                self._on_sought({line.fingerprint: True})
                self.ask_for_missing(line)

        self._places.submit(lambda _token: path.exists(), done, self._on_error)

    def open_next(self) -> None:
        """Open the next title, as they are listed, with flags that nobody decided."""
        title, query = self._desk.title, self._view.query
        here = title.fingerprint if title is not None and not self.shown else self._view.table.key

        def work(library: Library) -> TitleSummary | None:
            library.refresh()
            return library.next_to_review(query, here)

        def done(line: TitleSummary | None) -> None:
            if line is None:
                self._desk.say(tr("No other title waits for review"))
            else:
                self._open(line)

        self._query(work, done)

    # Folders

    def ask_for_folder(self) -> None:
        """Ask for a folder whose titles are to be listed."""
        recent = self._desk.settings.recent
        start = str(Path(recent[0]).parent) if recent else str(Path.home())
        dialog = QFileDialog(self._desk.window, tr("Add a folder"), start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.add_folder(Path(path)))
        dialog.open()

    def add_folder(self, folder: Path) -> None:
        """Look into all media files of a folder and list those that can be read."""
        library, probe = self._library, self._desk.doors.probe
        if library is None:
            return
        self._desk.window.show_library(True)
        self._view.tell(tr("Looking into {folder}…", folder=folder), running=True)

        def work(token: CancelToken) -> tuple[FolderSurvey, int]:
            known = {Path(path) for path, _size in library.places().values()}
            added = [0, 0]

            def note(found: FolderSurvey, total: int) -> None:
                fresh = found.titles[added[0] :]
                if len(fresh) >= _CHUNK or found.looked_at == total:
                    added[1] += library.add(fresh)
                    added[0] += len(fresh)
                self._surveyed.emit(found.looked_at, total)

            return survey(folder, known, probe, token, note), added[1]

        self._folders.submit(
            work, lambda result: self._on_added(folder, *result), self._on_folder_error, newest=True
        )

    def _on_surveyed(self, looked_at: int, total: int) -> None:
        self._view.tell(
            tr("Looked into {done} of {total} files", done=looked_at, total=total), running=True
        )

    def _on_added(self, folder: Path, found: FolderSurvey, added: int) -> None:
        self._troubles = dict(found.troubles)
        parts = [tr("%n titles added", added)]
        known = found.looked_at - added - len(found.troubles)
        if known:
            parts.append(tr("%n known already", known))
        if found.troubles:
            parts.append(tr("%n files could not be read", len(found.troubles)))
        said = ", ".join(parts) if found.looked_at else tr("There is no media file in it")
        self._view.tell(f"{folder}: {said}", troubles=bool(found.troubles))
        self._ask()

    def _on_folder_error(self, error: BaseException) -> None:
        self._view.tell("")
        self._on_error(error)

    def _stop(self) -> None:
        self._folders.submit(lambda _token: None, lambda _none: self._ask(), self._on_error, True)
        self._view.tell(tr("Stopped; what was found so far is listed"))

    def _show_troubles(self) -> None:
        from gui.dialogs.details import DetailsDialog

        details = "\n".join(f"{path}: {told(said)}" for path, said in self._troubles.items())
        sentence = tr("%n files could not be read", len(self._troubles))
        dialog = DetailsDialog(sentence, details, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # Files that were moved

    def ask_for_missing(self, line: TitleSummary | None = None) -> None:
        """Ask where a title's file has gone, or those of all that are missing."""
        from gui.library.missing import MissingDialog

        dialog = MissingDialog(line, self._desk.window)
        if line is not None:
            dialog.file_chosen.connect(lambda path: self._take_file(line.fingerprint, Path(path)))
        key = "" if line is None else line.fingerprint
        dialog.folder_chosen.connect(lambda path: self._search(key, Path(path)))
        dialog.open()

    def _take_file(self, fingerprint: str, path: Path) -> None:
        library, probe = self._library, self._desk.doors.probe
        if library is None:
            return

        def work(_token: CancelToken) -> Path:
            library.relocate(fingerprint, probe(path))
            return path

        self._folders.submit(work, lambda found: self._on_found(fingerprint, {fingerprint: found}),
                             self._on_error)  # fmt: skip

    def _search(self, fingerprint: str, folder: Path) -> None:
        library, probe = self._library, self._desk.doors.probe
        if library is None:
            return
        self._view.tell(tr("Looking into {folder}…", folder=folder), running=True)

        def work(token: CancelToken) -> dict[str, Path]:
            places = library.places().items()
            missing = {key: size for key, (path, size) in places if not Path(path).exists()}
            found = find_moved(folder, missing, token)
            for key, path in tuple(found.items()):
                try:
                    library.relocate(key, probe(path))
                except KnownError:
                    # It cannot be read any more; the title stays among the missing.
                    del found[key]
            return found

        self._folders.submit(
            work, lambda found: self._on_found(fingerprint, found), self._on_folder_error
        )

    def _on_found(self, fingerprint: str, found: dict[str, Path]) -> None:
        self._view.tell(tr("%n missing titles found", len(found)))
        for key in found:
            self._missing.pop(key, None)
        self._view.model.set_missing({key for key, gone in self._missing.items() if gone})
        self._ask()
        if fingerprint in found:
            self._desk.open_path(found[fingerprint])

    # Wiring

    def _connect(self) -> None:
        desk, view = self._desk, self._view
        desk.review.ready.connect(self._on_ready)
        desk.window.stack.currentChanged.connect(lambda _page: self._on_page())
        self._surveyed.connect(self._on_surveyed)
        view.query_changed.connect(self._ask)
        view.model.wanted.connect(self._on_wanted)
        view.selected.connect(self._on_selected)
        view.opened.connect(self._on_opened)
        view.detail.run_asked.connect(self._on_opened)
        view.left.connect(lambda: desk.window.show_library(False))
        view.stopped.connect(self._stop)
        view.details_asked.connect(self._show_troubles)
        desk.actions.connect_to("file.library", self.toggle)
        desk.actions.connect_to("file.add_folder", self.ask_for_folder)
        desk.actions.connect_to("file.find_missing", self.ask_for_missing)
        desk.actions.connect_to("file.next_to_review", self.open_next)

    def _on_error(self, error: BaseException) -> None:
        self._desk.complain(*explain(error))
