"""Watches a folder: what has arrived whole is analysed once and put where it belongs.

Every step is written down before it is taken and can be taken again, so that the watch may be
ended at any moment, also by a power cut: see `core.scan.watch.journal` and `place`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.domain.errors import KnownError
from core.jobs.progress import Progress
from core.media.folder import MEDIA_SUFFIXES
from core.media.probe import probe, sidecar_captions
from core.scan.watch.examine import Examiner, Judged
from core.scan.watch.journal import Entry, Journal, Outcome, Stage
from core.scan.watch.place import free_names, make_folder, move, moving_error
from core.scan.watch.report import beside, write_reports, write_tag
from core.scan.watch.settle import SettleWatch, Sight, arrived, sight_of
from core.store.store import Store

PATIENCE = 4
"""A file that cannot be opened may still be arriving, so it stands still for as many settle times
before it is called bad."""

MOST_ATTEMPTS = 3
"""How often opening a file may have taken the whole watch down before it is put aside."""

AGAIN_S = 30.0
"""Pause before a step is tried again that the disk refused."""


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """What is to be done with a folder.

    Attributes:
        folder: The folder, absolute.
        settle_s: For how long a file stands still before it counts as complete.
        targets: Where files go by outcome; others stay where they are.
        tag: Write a tag beside each file.
        formats: Reports to write beside each file.
    """

    folder: Path
    settle_s: float = 10.0
    targets: Mapping[Outcome, Path] = field(default_factory=dict)
    tag: bool = False
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something that a person may want to know.

    Attributes:
        path: The file, or the folder; where it is now.
        outcome: What came of the file; None for trouble and for what only begins.
        findings: How many flags it has.
        sentence: What is the matter, or why it failed; empty when nothing is.
        progress: How far its analysis is.
    """

    path: Path
    outcome: Outcome | None = None
    findings: int = 0
    sentence: str = ""
    progress: Progress | None = None


@dataclass(slots=True)
class Round:
    """What one look at the folder came to.

    Attributes:
        waiting: Files that are not complete yet.
        stuck: Files that are judged and cannot be put where they belong yet.
        done: Files that were dealt with.
        unreadable: The folder cannot be read now.
    """

    waiting: int = 0
    stuck: int = 0
    done: int = 0
    unreadable: bool = False


class Watcher:
    """Looks at a folder, round by round.

    Args:
        plan: What is to be done.
        store: Where analyses go.
        journal: What was done before.
        examiner: Analyses a file.
        told: Told what happens.

    Raises:
        KnownError: A folder is missing or may not be written to.
    """

    def __init__(
        self,
        plan: WatchPlan,
        store: Store,
        journal: Journal,
        examiner: Examiner,
        told: Callable[[News], None],
    ) -> None:
        self._plan, self._store, self._journal = plan, store, journal
        self._examiner, self._told = examiner, told
        self._settle = SettleWatch()
        self._tried: dict[str, tuple[Sight, float]] = {}
        self._again_s: dict[str, float] = {}
        self._said: dict[Path, str] = {}
        check_plan(plan)

    def round(self, now_s: float) -> Round:
        """Look at the folder and deal with what is complete.

        Args:
            now_s: Now, on a clock that never goes back.
        """
        found = Round()
        for entry in self._journal.judged():
            self._settle_down(entry, now_s, found)
        here = self._plan.folder
        inside = [target for target in self._plan.targets.values() if target.is_relative_to(here)]
        try:
            files = list(arrived(here, inside))
        except OSError:
            self._complain(here, f"{here} cannot be read now; is its drive connected?")
            found.unreadable = True
            return found
        self._said.pop(self._plan.folder, None)
        self._settle.keep(files)
        for path in files:
            self._look(path, now_s, found)
        return found

    def _look(self, path: Path, now_s: float, found: Round) -> None:
        sight, name = sight_of(path), self._name(path)
        if sight is None:
            return
        entry = self._journal.get(name)
        if entry is not None and entry.stage is not Stage.BEGUN and entry.sight == sight:
            return
        if entry is not None and entry.stage is Stage.JUDGED:
            found.stuck += 1
            return
        still_s = self._settle.still_s(path, sight, now_s)
        if still_s < self._plan.settle_s or self._again_s.get(name, now_s) > now_s:
            found.waiting += 1
            return
        try:
            entry = self._judged(path, sight, still_s)
        except KnownError as error:
            # The store or the journal, not the file: it stays and is tried again.
            self._complain(path, error.sentence)
            self._again_s[name] = now_s + AGAIN_S
            found.stuck += 1
            return
        if entry is None:
            found.waiting += 1
        else:
            self._settle_down(entry, now_s, found)

    def _judged(self, path: Path, sight: Sight, still_s: float) -> Entry | None:
        """Have a file analysed; None when it is not complete after all."""
        name, known = self._name(path), self._journal.get(self._name(path))
        patient = still_s < PATIENCE * self._plan.settle_s
        if patient and self._tried.get(name, (None, 0.0))[0] == sight:
            return None
        attempts = known.attempts if known is not None and known.sight == sight else 0
        begun = Entry(name, sight.size, sight.mtime_ns, attempts=attempts + 1)
        if attempts >= MOST_ATTEMPTS:
            given_up = Judged(Outcome.FAILED, sentence=_GIVEN_UP.format(name=path.name))
            return self._conclude(begun, given_up)
        self._journal.put(begun)
        try:
            title = probe(path)
        except KnownError as error:
            if patient:
                self._tried[name] = (sight, still_s)
                self._journal.forget(begun)
                return None
            judged = Judged(Outcome.FAILED, sentence=error.sentence)
        else:
            # It opens, and from here on a crash is the worker's.
            self._journal.put(replace(begun, attempts=0))
            self._told(News(path, progress=Progress(0.0, title.duration_s)))
            judged = self._examiner.examine(path, lambda p: self._told(News(path, progress=p)))
            if not judged.fingerprint:
                judged = replace(judged, fingerprint=title.fingerprint)
        if sight_of(path) != sight:
            self._journal.forget(begun)
            return None
        return self._conclude(begun, judged)

    def _conclude(self, begun: Entry, judged: Judged) -> Entry:
        entry = replace(
            begun,
            stage=Stage.JUDGED,
            outcome=judged.outcome,
            fingerprint=judged.fingerprint,
            run=judged.run,
            findings=judged.findings,
            sentence=judged.sentence,
        )
        self._journal.put(entry)
        self._tried.pop(entry.name, None)
        return entry

    # Putting files where they belong

    def _settle_down(self, entry: Entry, now_s: float, found: Round) -> None:
        """Write what is to be written about a file and move it; later, when that fails."""
        if self._again_s.get(entry.name, now_s) > now_s:
            found.stuck += 1
            return
        path = self._plan.folder / entry.name
        try:
            self._place(entry, path)
        except KnownError as error:
            self._complain(path, error.sentence)
            self._again_s[entry.name] = now_s + AGAIN_S
            found.stuck += 1
            return
        self._again_s.pop(entry.name, None)
        self._said.pop(path, None)
        found.done += 1

    def _place(self, entry: Entry, path: Path) -> None:
        assert entry.outcome is not None
        folder = self._plan.targets.get(entry.outcome)
        while True:
            if not entry.target:
                if folder is None:
                    self._finish_here(entry, path)
                    return
                entry = self._aimed(entry, folder)
            try:
                self._go(entry, path, Path(entry.target))
            except FileExistsError:
                # Somebody put something there since the place was chosen.
                entry = replace(entry, target="")
            else:
                return

    def _aimed(self, entry: Entry, folder: Path) -> Entry:
        """Choose a place where neither the file nor what goes beside it is in the way."""
        place = folder / Path(entry.name).parent
        make_folder(place)
        for target in free_names(place, Path(entry.name).name):
            if not any(p.exists() for p in (target, *beside(target, self._plan.formats))):
                aimed = replace(entry, target=str(target))
                self._journal.put(aimed)
                return aimed
        raise KnownError(f"{place} holds too many files named {entry.name}.")

    def _go(self, entry: Entry, path: Path, target: Path) -> None:
        """Take a file to its place; captions and reports first, so that it comes complete."""
        sight = sight_of(path)
        if sight == entry.sight:
            make_folder(target.parent)
            write_reports(self._store, entry, path, target, self._plan.formats)
            try:
                self._take_captions(path, target)
                move(path, target, f"{entry.name} {entry.size} {entry.mtime_ns}")
            except FileExistsError:
                raise
            except OSError as error:
                raise moving_error(error, target.parent) from error
        elif not target.exists():
            # It was replaced or taken away before it could be moved, so it is a new file.
            self._journal.forget(entry)
            return
        self._relocate(entry, target)
        self._tell(entry, target)
        self._journal.forget(entry)

    def _take_captions(self, path: Path, target: Path) -> None:
        """Move the caption files of a title, unless another title beside it has them too."""
        stem = path.stem
        shared = any(
            p != path and p.stem == stem and p.suffix.lower() in MEDIA_SUFFIXES
            for p in path.parent.iterdir()
        )
        for stream in () if shared else sidecar_captions(path):
            if stream.file is None:
                continue
            rest = stream.file.name[len(stem) :]
            to = target.with_name(target.stem + rest)
            try:
                move(stream.file, to, rest)
            except FileExistsError:
                self._complain(stream.file, f"{to} is there already, so the captions stay here.")

    def _relocate(self, entry: Entry, target: Path) -> None:
        """Have the store find the title where it is now."""
        if self._store.titles.get(entry.fingerprint) is None:
            return
        try:
            title = probe(target)
        except KnownError:
            return
        if title.fingerprint == entry.fingerprint:
            self._store.titles.put(title, opened=False)

    def _finish_here(self, entry: Entry, path: Path) -> None:
        if sight_of(path) != entry.sight:
            self._journal.forget(entry)
            return
        tagged = self._plan.tag
        try:
            if tagged:
                write_tag(entry, path)
            # The tag says why it failed.
            plain = replace(entry, outcome=None) if tagged else entry
            write_reports(self._store, plain, path, path, self._plan.formats)
        except OSError as error:
            raise moving_error(error, path.parent) from error
        self._tell(entry, path)
        self._journal.put(replace(entry, stage=Stage.DONE))

    # Saying it

    def _tell(self, entry: Entry, path: Path) -> None:
        self._told(News(path, entry.outcome, entry.findings, entry.sentence))

    def _complain(self, path: Path, sentence: str) -> None:
        """Say what is the matter, once."""
        if self._said.get(path) != sentence:
            self._said[path] = sentence
            self._told(News(path, sentence=sentence))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._plan.folder).as_posix()


_GIVEN_UP = "{name} took the watch down three times when it was opened, so it is left alone."


def check_plan(plan: WatchPlan) -> None:
    """Refuse what cannot go well before anything is analysed.

    Raises:
        KnownError: The folder is missing, cannot be read, or a folder may not be written to.
    """
    if not plan.folder.is_dir():
        raise KnownError(f"There is no folder {plan.folder}.")
    try:
        next(plan.folder.iterdir(), None)
    except OSError as error:
        raise KnownError(f"{plan.folder} may not be read.", str(error)) from error
    for target in plan.targets.values():
        if target == plan.folder:
            raise KnownError(f"{target} is the watched folder itself; name another one.")
        make_folder(target)
    if plan.targets or plan.tag or plan.formats:
        make_folder(plan.folder)
