"""The desk: opens titles and carries what people do to the use cases, and back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.catalog.table import DETECTORS
from core.config.settings import Settings
from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.profile import Profile
from core.domain.run import Run
from core.domain.time import Span
from core.domain.title import Title
from core.domain.verdict import Verdict
from core.jobs.progress import CancelToken
from gui import theme
from gui.bridge import GuiLane, WorkerBridge, explain
from gui.desk.agreement import AgreementDesk
from gui.desk.analysis import AnalysisDesk
from gui.desk.annotate import AnnotateDesk
from gui.desk.backup import BackupDesk
from gui.desk.command import connect_commands, state_of
from gui.desk.compare import CompareDesk
from gui.desk.heat import HeatDesk
from gui.desk.lane import show_lanes
from gui.desk.leave import ask, leaving_question
from gui.desk.library import LibraryDesk
from gui.desk.listen import ListenDesk
from gui.desk.neighbour import NeighbourDesk
from gui.desk.parts import DeskParts
from gui.desk.recovery import RecoveryDesk
from gui.desk.review import Archive, ReviewDesk, Snapshot
from gui.desk.sample import SampleDesk
from gui.desk.scope import ScopeDesk
from gui.desk.selection import Selection
from gui.desk.setting import apply_settings, time_format
from gui.desk.spot import SpotDesk
from gui.desk.support import SupportDesk
from gui.desk.sync import SyncDesk
from gui.desk.teach import TeachDesk
from gui.desk.tour import TourDesk
from gui.desk.training import TrainingDesk
from gui.desk.triage import TriageDesk
from gui.desk.wall import WallDesk
from gui.desk.wing import Wing
from gui.desk.worst import WorstDesk
from gui.language import told, tr
from gui.main_window import MainWindow
from gui.player.engine import Player


@dataclass(frozen=True, slots=True)
class Doors:
    """How the desk reaches what lies outside; tests replace them.

    Attributes:
        probe: Looks into a file; raises KnownError.
        read_cues: Reads a title's first caption track.
        make_sample: Makes the sample title, or finds it made; told who takes the share done.
        load_profile: Reads a profile by name or path; raises KnownError.
        make_learner: Makes the worker that trains, besides the one that analyses.
    """

    probe: Callable[[Path], Title]
    read_cues: Callable[[Title], tuple[Cue, ...]]
    make_sample: Callable[[Callable[[float], None]], Path]
    load_profile: Callable[[str], Profile]
    make_learner: Callable[[], WorkerBridge]


class Desk(QObject):
    """One window, one title at a time.

    Signals:
        title_ready: A title is open, its session too.
        unreadable: Sentence and details of a file that could not be opened.
        snapshot_changed: A new `Snapshot`.
        closed: Everything is stored and let go.
    """

    title_ready = Signal(object)
    unreadable = Signal(str, str)
    snapshot_changed = Signal(object)
    closed = Signal()

    def __init__(
        self,
        settings: Settings,
        window: MainWindow,
        parts: DeskParts,
        player: Player,
        worker: WorkerBridge,
        review: ReviewDesk,
        doors: Doors,
        profile: Profile,
        user: str,
    ) -> None:
        super().__init__()
        self.settings, self.window, self.parts = settings, window, parts
        self.player, self.review = player, review
        self.actions = window.actions_table
        self.analysis = AnalysisDesk(worker, parts.jobs, self)
        self.selection = Selection(parts, player, self)
        self.base_profile = profile
        self.snapshot = Snapshot(profile=profile)
        self._worker, self.doors, self.reviewer = worker, doors, user
        self._archive: Archive | None = None
        self._title: Title | None = None
        self.opening: Path | None = None
        self._leaving = False
        self._looked_at: float | None = None
        self._following = False
        self._warned_run = ""
        self.user = user
        self._others = 0
        self._partial = ""
        self._files = GuiLane("files", self)
        self._connect()
        self.heat = HeatDesk(self, worker)
        self.worst = WorstDesk(self)
        # Escape reaches triage mode before it ends what is heard.
        self.triage = TriageDesk(self)
        self.listen = ListenDesk(self)
        self.recovery, self.backups = RecoveryDesk(self), BackupDesk(self)
        self.library, self.wall = LibraryDesk(self), WallDesk(self)
        self.tour = TourDesk(self)
        self.sample = SampleDesk(self, doors.make_sample)
        self.sync = SyncDesk(self)
        self.scope, self.compare = ScopeDesk(self), CompareDesk(self)
        shown = (self.heat, self.worst, self.listen, self.sync, self.scope, self.triage)
        self.spot, self.agreement = SpotDesk(self), AgreementDesk(self)
        kept = (self.compare, self.recovery, self.backups, self.library, self.wall, self.spot)
        self.training = TrainingDesk(self, worker, doors.make_learner)
        self.teach = TeachDesk(self, worker)
        self.annotate, self.support = AnnotateDesk(self), SupportDesk(self)
        others = (self.agreement, self.training, self.teach, self.annotate, self.support)
        self._wings: tuple[Wing, ...] = (*shown, *kept, *others, NeighbourDesk(self))
        connect_commands(self)
        self.apply_settings()
        self.refresh_state()

    # What there is

    @property
    def title(self) -> Title | None:
        """The open title."""
        return self._title

    @property
    def idle(self) -> bool:
        """Whether nothing is being opened, analysed, prepared or stored."""
        if self._files.pending or self.opening is not None or self.analysis.running:
            return False
        return self.review.idle and all(wing.idle for wing in self._wings)

    def say(self, text: str) -> None:
        """Put a sentence into the status bar."""
        self.window.message.setText(told(text))

    def complain(self, sentence: str, details: str = "") -> None:
        """Show an error; it stays until dismissed."""
        self.window.banner.put_up(told(sentence), details)

    # Titles

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open the first of several files; the others wait among the recent titles."""
        for path in reversed(paths[1:]):
            self.settings.add_recent(path.expanduser().absolute())
        self.open_path(paths[0])
        self._others = len(paths) - 1

    def open_path(self, path: Path) -> None:
        """Open a file; looking into it happens off the GUI thread, the newest wins."""
        path = path.expanduser().absolute()
        self.close_title()
        self.opening, self._others = path, 0
        self.window.set_title(path.name)
        self.parts.picture.show_loading(path.name)
        self._files.submit(
            lambda _token: self.doors.probe(path),
            lambda title: self._on_probed(path, title),
            self._on_unreadable,
            newest=True,
        )

    def open_made(self, name: str, make: Callable[[CancelToken], Path]) -> None:
        """Open a title that has to be made first, off the GUI thread; the newest wins."""
        self.close_title()
        self.window.set_title(name)
        self._files.submit(make, self.open_path, self._on_unreadable, newest=True)

    def close_title(self) -> None:
        """Let the title go; verdicts on their way are still stored."""
        if self._title is None and self.opening is None:
            return
        self.analysis.cancel_all()
        self.parts.verdict.set_flag(None)
        if self._title is not None:
            self.review.leave()
        self._title = self.opening = None
        self.snapshot = Snapshot(profile=self.base_profile)
        self.selection.set_title(None)
        self.parts.verdict.forget_drafts()
        self.parts.show_nothing()
        self.window.set_title("")
        self.say("")
        self.refresh_state()

    def analyse(self, span: Span | None = None, resume: bool = False) -> None:
        """Have the title measured."""
        archive = self._archive
        if self._title is not None and archive and not archive.read_only:
            profile = self.snapshot.profile
            every_frame = self.settings.flag("analysis.every_frame")
            self.analysis.analyse(self._title, archive.url, profile, span, resume, every_frame)
            show_lanes(self)

    def _on_probed(self, path: Path, title: Title) -> None:
        if path != self.opening:
            return
        self.opening, self._title = None, title
        self.settings.add_recent(path)
        self.save_settings()
        self.show_recent()
        self.parts.show_title(title, time_format(self.settings, title))
        self.selection.set_title(title)
        self.review.open(title, self.reviewer, self.base_profile)
        self.review.find_run(title.fingerprint, self._wanted_detectors())
        self.analysis.prepare(title)
        self._files.submit(
            lambda _token: self.doors.read_cues(title), self.parts.player.set_cues, self._on_error
        )
        self.say("; ".join((*self._told_others(), *map(told, title.notes))))
        self.window.set_title(title.name)
        show_lanes(self)
        self.refresh_state()
        self.parts.queue.table.setFocus()
        self.title_ready.emit(title)

    def _told_others(self) -> tuple[str, ...]:
        if not self._others:
            return ()
        return (tr("%n more files wait in File › Recent titles", self._others),)

    def _on_unreadable(self, error: BaseException) -> None:
        self.opening = None
        self.parts.show_nothing()
        self.window.set_title("")
        self._on_error(error)
        self.unreadable.emit(*explain(error))

    def _on_run_found(self, found: tuple[Run, Profile | None] | None) -> None:
        if self.library.takes_run():
            return
        if found is not None:
            run, kept = found
            self.review.load_run(run.id)
            # Thresholds that were moved at this title hold until they are reset.
            base = self.base_profile
            if kept is not None and kept.name == base.name and kept.hash != base.hash:
                self.review.preview(kept)
            return
        if self._title is not None:
            self.review.load_latest(self._title.fingerprint)
        if self.settings.flag("general.analyse_on_open"):
            self.analyse(resume=True)

    def _wanted_detectors(self) -> tuple[str, ...]:
        return tuple(d for d in DETECTORS if d not in self.base_profile.disabled)

    # Snapshots

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if self._title is None:
            return
        if self._looked_at is not None:
            self.analysis.look_later(time.monotonic() - self._looked_at)
            self._looked_at = None
        run = snapshot.run
        if run is not None and run.error and run.id != self._warned_run:
            self._warned_run = run.id
            self.complain(run.error)
        self._tell_partial(run)
        self.snapshot = snapshot
        self.selection.set_flags(snapshot.flags)
        self.parts.metrics.set_data(snapshot.tracks, snapshot.profile)
        self.parts.metrics.set_changed(snapshot.profile.hash != self.base_profile.hash)
        undecided = sum(not flag.decided for flag in snapshot.flags)
        self.window.set_title(self._title.name, undecided)
        show_lanes(self)
        self.refresh_state()
        self.snapshot_changed.emit(snapshot)

    def _tell_partial(self, run: Run | None) -> None:
        """Say once that only a stretch was ever analysed: elsewhere nobody has looked."""
        if run is None or run.span is None or run.id == self._partial:
            return
        self._partial = run.id
        clock, key = self.parts.clock, self.actions["file.analyse"].shortcut().toString()
        where = f"{clock(run.span.start_s)} – {clock(run.span.end_s)}"
        self.say(
            tr("Only {where} is analysed; {key} analyses the whole title", where=where, key=key)
        )

    def _on_covered(self, stretch: tuple[float, float] | None) -> None:
        if stretch is not None:
            self.parts.ranges.set_analysed((stretch,))
        else:
            show_lanes(self)

    def _on_look(self, fingerprint: str) -> None:
        if self._title is not None and self._title.fingerprint == fingerprint:
            self._looked_at = time.monotonic()
            self.review.load_latest(fingerprint)

    def _on_prepared(self, fingerprint: str, sentence: str = "") -> None:
        if self._title is not None and self._title.fingerprint == fingerprint:
            self.parts.thumbnails.refresh()
            for pane in (self.parts.waveform, self.parts.spectrogram):
                pane.set_failure(sentence)
                pane.refresh()

    # Decisions

    def undo(self, again: bool = False) -> None:
        """Take the last decision back, or do it again."""
        self._following = True
        (self.review.redo if again else self.review.undo)()

    def _on_recorded(self, verdict: Verdict | None) -> None:
        if self._following and verdict is not None:
            self.selection.show_subject(verdict)
        self._following = False

    # Profile

    def set_profile(self, profile: Profile) -> None:
        """Decide by another profile from now on."""
        self.base_profile = profile
        self.window.profile.setText(tr("Profile: {title}", title=tr(profile.title)))
        if self._title is None:
            self.snapshot = replace(self.snapshot, profile=profile)
            return
        self.adopt(profile)
        missing = set(self._wanted_detectors()) - {t.detector for t in self.snapshot.tracks}
        if missing and self.snapshot.run is not None:
            self.analyse(resume=True)

    def adopt(self, profile: Profile) -> None:
        """Keep what a profile finds."""
        if self.snapshot.run is not None:
            self.review.adopt(profile)
        else:
            self.review.preview(profile)

    # Settings

    def apply_settings(self) -> None:
        """Take over what the person set."""
        apply_settings(self)

    def save_settings(self) -> None:
        """Write the settings; trouble is shown, work goes on."""
        try:
            self.settings.save()
        except KnownError as error:
            self.complain(error.sentence, error.details)

    def show_recent(self) -> None:
        """List recent titles."""
        self.window.set_recent(self.settings.recent, lambda path: self.open_path(Path(path)))

    # Leaving

    def ask_to_leave(self) -> None:
        """Leave, after asking where something would be lost or stopped."""
        question = leaving_question(self)
        if question:
            ask(self.window, question, self.leave)
        else:
            self.leave()

    def leave(self) -> None:
        """Finish what is on its way to the store, let everything go, close the window."""
        if self._leaving:
            return
        self._leaving = True
        self.triage.mode.leave()
        self.annotate.leave()
        self.parts.verdict.set_flag(None)
        self.review.drain()
        self.settings.layout = {**self.settings.layout, **self.window.save_layout()}
        self.save_settings()
        self.player.close()
        for wing in self._wings:
            wing.close()
        self.parts.close_streams()
        self.analysis.close()
        self._worker.close()
        self._files.close()
        self.review.close()
        self.window.allow_close()
        self.closed.emit()

    # Wiring

    def _connect(self) -> None:
        parts, player, review, analysis = self.parts, self.player, self.review, self.analysis
        player.position_changed.connect(self._on_position)
        player.clock_changed.connect(self._on_clock)
        parts.player.sound_chosen.connect(parts.show_sound)
        player.notice.connect(self.say)
        player.failed.connect(self.complain)
        player.cached_changed.connect(self._on_cached)
        parts.axis.selection_changed.connect(lambda _marked: self.refresh_state())
        parts.metrics.profile_tried.connect(review.preview)
        parts.metrics.profile_chosen.connect(self.adopt)
        parts.metrics.reset_requested.connect(lambda: self.adopt(self.base_profile))
        self.selection.changed.connect(lambda _flag: self.refresh_state())
        self.selection.lost.connect(
            lambda: self.say(
                tr("The selected flag is gone: what is measured now does not bear it out")
            )
        )
        review.ready.connect(self._on_archive)
        review.changed.connect(self._on_snapshot)
        review.settled.connect(parts.verdict.settle)
        review.recorded.connect(self._on_recorded)
        review.pending_changed.connect(self._on_pending)
        review.run_found.connect(self._on_run_found)
        review.failed.connect(self.complain)
        analysis.run_ready.connect(review.load_run)
        analysis.look_again.connect(self._on_look)
        analysis.covered.connect(self._on_covered)
        analysis.prepared.connect(self._on_prepared)
        analysis.preparing_failed.connect(self._on_prepared)
        analysis.left_out.connect(self.say)
        analysis.running_changed.connect(lambda _running: self.refresh_state())
        analysis.failed.connect(self.complain)
        parts.jobs.ended.connect(lambda said: self.say("; ".join((said, *self._told_others()))))
        self.window.close_requested.connect(self.ask_to_leave)
        self.window.files_dropped.connect(self.open_paths)
        self.window.empty.recent_chosen.connect(lambda path: self.open_path(Path(path)))
        self.window.banner.message_shown.connect(lambda _text: self.refresh_state())
        theme.hub().changed.connect(self._on_theme_changed)

    def _on_archive(self, archive: Archive) -> None:
        self._archive = archive
        self.window.store.setText(
            tr("Store: {place}", place=archive.url.removeprefix("sqlite:///"))
        )
        if archive.notice:
            self.complain(archive.notice)

    def _on_theme_changed(self) -> None:
        self.parts.restyle()

    def _on_position(self, place: object) -> None:
        self.parts.axis.set_playhead(self.player.position.seconds, follow=self.player.playing)

    def _on_clock(self, source: str) -> None:
        self.window.clock.setText(tr("Audio clock") if source == "audio" else tr("System clock"))

    def _on_cached(self, spans: tuple[Span, ...]) -> None:
        self.parts.ranges.set_cached([(span.start_s, span.end_s) for span in spans])

    def _on_pending(self, count: int) -> None:
        self.parts.verdict.set_pending(count)
        self.parts.verdict.refresh()
        self.refresh_state()

    def _on_error(self, error: BaseException) -> None:
        self.complain(*explain(error))

    def refresh_state(self) -> None:
        """Enable the actions that apply now."""
        self.actions.set_state(state_of(self))
        self.parts.verdict.refresh_enabled()
