"""A watched folder: each file is analysed once and put in one place, whatever happens."""

from __future__ import annotations

import errno
import functools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from helpers.clip import make_clip

from core.domain.errors import BugError, KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.jobs.progress import Progress
from core.jobs.remote import WorkerLostError
from core.media.probe import fingerprint, probe
from core.scan.watch import examine, place, watcher
from core.scan.watch.examine import Judged
from core.scan.watch.journal import Entry, Journal, Outcome, Stage
from core.scan.watch.place import move
from core.scan.watch.settle import SettleWatch, Sight, arrived, is_temporary
from core.scan.watch.watcher import News, Round, Watcher, WatchPlan
from core.store.failure import StoreError
from core.store.store import Store

SETTLE_S = 10.0
Answer = Callable[[int, object], None]


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("watched-clips")
    made = folder / "one.mkv", folder / "two.mkv"
    for path, seconds in zip(made, (0.4, 0.8), strict=True):
        make_clip(path, seconds, sound=False)
    return made


class Examined:
    """Stands in for the worker: keeps a run in the store and judges by the file's name."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: list[str] = []
        self.during: Callable[[Path], None] = lambda _path: None
        self.trouble: Exception | None = None

    def examine(self, path: Path, told: Callable[[Progress], None]) -> Judged:
        told(Progress(0.5, 1.0))
        self.seen.append(path.name)
        self.during(path)
        if self.trouble is not None:
            raise self.trouble
        title = probe(path)
        self._store.titles.put(title, opened=False)
        run = self._store.runs.start(title.fingerprint, ("black",))
        self._store.runs.finish(run.id, RunState.DONE)
        flags = 2 if "two" in path.name else 0
        outcome = Outcome.FLAGGED if flags else Outcome.CLEAN
        return Judged(outcome, title.fingerprint, run.id, flags)


class House:
    """A watched folder with everything that belongs to it."""

    def __init__(self, root: Path, store: Store | None = None, **plan: Any) -> None:
        self.folder = root / "in"
        self.folder.mkdir(exist_ok=True)
        self.targets = {outcome: root / str(outcome) for outcome in Outcome}
        self.plan = WatchPlan(self.folder, SETTLE_S, **{"targets": self.targets, **plan})
        self.store = store or Store.open(root / "s.db")
        self.examiner = Examined(self.store)
        self.news: list[News] = []
        self.now_s = 0.0
        self._journal: Journal | None = None
        self.start()

    def start(self) -> None:
        """Start, or start again as after a crash."""
        if self._journal is not None:
            self._journal.close()
        self._journal = Journal(self.folder, self.store.url)
        self._watcher = Watcher(
            self.plan, self.store, self._journal, self.examiner, self.news.append
        )

    def leave(self) -> None:
        if self._journal is not None:
            self._journal.close()

    def close(self) -> None:
        self.leave()
        self.store.close()

    def arrive(self, name: str, content: Path | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
        return path

    def look(self, after_s: float = 0.0) -> Round:
        self.now_s += after_s
        return self._watcher.round(self.now_s)

    def settle(self) -> Round:
        self.look()
        return self.look(SETTLE_S)

    @property
    def said(self) -> list[str]:
        return [news.sentence for news in self.news if news.sentence]

    def files(self) -> dict[str, str]:
        """Every media file by where it is."""
        roots = (self.folder, *self.targets.values())
        found = [p for root in roots for p in root.rglob("*") if p.suffix in (".mkv", ".part")]
        return {str(p.relative_to(self.folder.parent)): fingerprint(p) for p in found}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


# What counts as arrived


def test_unfinished_hidden_and_linked_files_do_not_count(tmp_path: Path) -> None:
    for name in (
        *("a.mkv", "b.mkv.part", ".c.mkv", "~d.mkv", "notes.txt", "deep/e.MP4", ".cache/f.mkv"),
        *("g.mkv", "g.mkv.crdownload", "out/h.mkv"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.mkv").symlink_to(tmp_path / "a.mkv")
    found = [p.relative_to(tmp_path).as_posix() for p in arrived(tmp_path, [tmp_path / "out"])]
    assert found == ["a.mkv", "deep/e.MP4"]
    assert is_temporary(Path("film.TMP"))


def test_missing_folder_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        list(arrived(tmp_path / "gone"))


def test_file_stands_still_from_when_it_was_first_seen_so(tmp_path: Path) -> None:
    settle, path = SettleWatch(), tmp_path / "a.mkv"
    assert settle.still_s(path, Sight(5, 1), 100.0) == 0
    assert settle.still_s(path, Sight(5, 1), 104.0) == 4
    assert settle.still_s(path, Sight(6, 1), 106.0) == 0
    assert settle.still_s(path, Sight(6, 2), 108.0) == 0
    settle.keep([])
    assert settle.still_s(path, Sight(6, 2), 120.0) == 0


def test_growing_file_is_left_alone_until_it_stands_still(
    house: House, clips: tuple[Path, Path]
) -> None:
    whole = clips[0].read_bytes()
    house.arrive("one.mkv", whole[:2000])
    assert house.look().waiting == 1
    house.arrive("one.mkv", whole)
    assert house.look(SETTLE_S).waiting == 1
    assert house.look(SETTLE_S / 2).waiting == 1
    assert house.examiner.seen == []
    assert house.look(SETTLE_S / 2).done == 1
    assert house.examiner.seen == ["one.mkv"]


def test_file_that_does_not_open_yet_is_given_time_and_then_a_sentence(house: House) -> None:
    house.arrive("bad.mkv", b"no film" * 100)
    assert house.settle().waiting == 1
    assert house.look(SETTLE_S).waiting == 1
    assert house.look(watcher.PATIENCE * SETTLE_S).done == 1
    assert house.files().keys() == {"failed/bad.mkv"}
    sentence = (house.targets[Outcome.FAILED] / "bad.mkv.failed.txt").read_text()
    assert "cannot be opened" in sentence
    assert house.examiner.seen == []


def test_file_that_changes_while_it_is_analysed_is_analysed_again(
    house: House, clips: tuple[Path, Path]
) -> None:
    house.arrive("one.mkv", clips[0])
    house.examiner.during = lambda path: path.write_bytes(clips[1].read_bytes())
    assert house.settle().waiting == 1
    house.examiner.during = lambda _path: None
    house.settle()
    assert house.files() == {"clean/one.mkv": fingerprint(clips[1])}


# Where files go


def test_files_go_by_outcome_with_folder_captions_and_report(
    tmp_path: Path, clips: tuple[Path, Path]
) -> None:
    house = House(tmp_path, formats=("json",))
    house.arrive("season/one.mkv", clips[0])
    house.arrive("season/one.en.srt", b"1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    house.arrive("two.mkv", clips[1])
    assert house.settle().done == 2
    names = sorted(p.name for p in (house.targets[Outcome.CLEAN] / "season").iterdir())
    assert names == ["one.en.srt", "one.mkv", "one.mkv.report.json"]
    flagged = house.targets[Outcome.FLAGGED] / "two.mkv"
    assert flagged.exists()
    report = json.loads(flagged.with_name("two.mkv.report.json").read_bytes())
    assert str(flagged) in json.dumps(report)
    title = house.store.titles.get(fingerprint(flagged))
    assert title is not None
    assert title.path == flagged
    assert [news.outcome for news in house.news if news.outcome] == ["clean", "flagged"]
    assert [news.path for news in house.news if news.outcome][1] == flagged
    house.close()


def test_nothing_is_ever_replaced(house: House, clips: tuple[Path, Path]) -> None:
    mine = house.targets[Outcome.CLEAN] / "one.mkv"
    mine.write_bytes(b"mine")
    house.arrive("one.mkv", clips[0])
    house.settle()
    house.arrive("one.mkv", clips[0])
    house.settle()
    assert mine.read_bytes() == b"mine"
    assert house.files().keys() == {f"clean/one{n}.mkv" for n in ("", " (2)", " (3)")}


def test_place_that_is_taken_in_the_last_moment_is_left_to_whoever_took_it(
    house: House, clips: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, real = house.targets[Outcome.CLEAN] / "one.mkv", watcher.move

    def raced(source: Path, target: Path, mark: str) -> None:
        if target == first and not first.exists():
            first.write_bytes(b"theirs")
        real(source, target, mark)

    monkeypatch.setattr(watcher, "move", raced)
    house.arrive("one.mkv", clips[0])
    assert house.settle().done == 1
    assert first.read_bytes() == b"theirs"
    assert first.with_name("one (2).mkv").exists()


def test_tags_say_what_came_of_files_that_stay(tmp_path: Path, clips: tuple[Path, Path]) -> None:
    house = House(tmp_path, targets={}, tag=True)
    path = house.arrive("two.mkv", clips[1])
    house.arrive("bad.mkv", b"no film" * 100)
    house.settle()
    house.look(watcher.PATIENCE * SETTLE_S)
    tag = json.loads(path.with_name("two.mkv.onglass.json").read_bytes())
    assert (tag["outcome"], tag["findings"]) == ("flagged", 2)
    assert tag["fingerprint"] == fingerprint(path)
    bad = json.loads(path.with_name("bad.mkv.onglass.json").read_bytes())
    assert bad["outcome"] == "failed"
    assert "cannot be opened" in bad["sentence"]
    house.start()
    house.settle()
    assert house.examiner.seen == ["two.mkv"]
    path.write_bytes(clips[0].read_bytes())
    house.settle()
    assert house.examiner.seen == ["two.mkv", "two.mkv"]
    house.close()


def test_strangers_file_with_the_name_of_a_tag_stays(
    tmp_path: Path, clips: tuple[Path, Path]
) -> None:
    house = House(tmp_path, targets={}, tag=True)
    house.arrive("one.mkv", clips[0])
    stranger = house.arrive("one.mkv.onglass.json", b'{"mine": 1}')
    assert house.settle().stuck == 1
    assert stranger.read_bytes() == b'{"mine": 1}'
    assert "is no tag" in house.said[0]
    house.close()


# Trouble


def test_full_disk_is_told_once_and_the_file_waits_for_room(
    house: House, clips: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    house.arrive("one.mkv", clips[0])
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        assert house.settle().stuck == 1
        assert house.look(watcher.AGAIN_S).stuck == 1
    assert len(house.said) == 1
    assert "is full" in house.said[0]
    assert house.look(1.0).stuck == 1
    assert house.look(watcher.AGAIN_S).done == 1
    assert house.examiner.seen == ["one.mkv"]


def test_folder_that_may_not_be_written_to_is_refused_before_anything_is_analysed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", forbidden)
    with pytest.raises(KnownError, match="may not be written to"):
        place.make_folder(tmp_path / "done")


def test_trouble_of_the_store_is_not_blamed_on_the_file(
    house: House, clips: tuple[Path, Path]
) -> None:
    house.arrive("one.mkv", clips[0])
    house.examiner.trouble = KnownError("The disk that holds the store is full.")
    assert house.settle().stuck == 1
    house.examiner.trouble = None
    house.look(watcher.AGAIN_S)
    assert house.files().keys() == {"clean/one.mkv"}


def test_folder_that_goes_and_comes_back_starts_nothing_anew(
    tmp_path: Path, clips: tuple[Path, Path]
) -> None:
    house = House(tmp_path, targets={})
    house.arrive("one.mkv", clips[0])
    house.settle()
    house.folder.rename(tmp_path / "away")
    assert house.look(1.0).unreadable
    assert "cannot be read now" in house.said[0]
    (tmp_path / "away").rename(house.folder)
    house.settle()
    assert house.examiner.seen == ["one.mkv"]
    house.close()


def test_folder_is_watched_by_one_process_only(house: House) -> None:
    with pytest.raises(KnownError, match="watches"):
        Journal(house.folder, house.store.url)


def test_file_that_takes_the_watch_down_is_put_aside_after_three_times(
    house: House, clips: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.arrive("one.mkv", clips[0])
    for _ in range(watcher.MOST_ATTEMPTS):
        with monkeypatch.context() as patch:
            patch.setattr(watcher, "probe", crash)
            with pytest.raises(Crash):
                house.settle()
        house.start()
    house.settle()
    assert house.files().keys() == {"failed/one.mkv"}
    assert "took the watch down" in house.said[0]


def test_line_that_a_crash_cut_off_costs_no_other(tmp_path: Path) -> None:
    with Journal(tmp_path, "store") as journal:
        journal.put(Entry("a.mkv", 1, 2, Stage.DONE, outcome=Outcome.CLEAN))
        with journal.path.open("ab") as file:
            file.write(b'{"name": "b.mkv", "si')
        journal.put(Entry("c.mkv", 3, 4))
    with Journal(tmp_path, "store") as journal:
        assert journal.get("a.mkv") == Entry("a.mkv", 1, 2, Stage.DONE, outcome=Outcome.CLEAN)
        assert journal.get("b.mkv") is None
        assert journal.get("c.mkv") == Entry("c.mkv", 3, 4)


# Dying at every step


class Crash(BaseException):
    """The power is gone."""


def crash(*_: object, **__: object) -> Any:
    raise Crash


class Fuse:
    """Lets so many steps happen; from then on nothing happens any more.

    Args:
        steps: How many; half steps are those whose return the program never sees.
    """

    def __init__(self, steps: int) -> None:
        self._left = steps

    def around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def step(*args: Any, **kwargs: Any) -> Any:
            self._burn()
            answer = real(*args, **kwargs)
            self._burn()
            return answer

        return step

    def _burn(self) -> None:
        if self._left <= 0:
            raise Crash
        self._left -= 1


@contextmanager
def fused(steps: int, also: Mapping[str, Callable[..., Any]] | None = None) -> Iterator[None]:
    fuse = Fuse(steps)
    with pytest.MonkeyPatch.context() as patch:
        for name, stand_in in (also or {}).items():
            patch.setattr(os, name, stand_in)
        for owner, name in ((os, "link"), (os, "replace"), (os, "fsync"), (Path, "unlink")):
            patch.setattr(owner, name, fuse.around(getattr(owner, name)))
        yield


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def other_disk(source: Path, target: Path) -> None:
    if source.parent != target.parent:
        raise OSError(errno.EXDEV, "Invalid cross-device link")
    os.rename(source, target)


@pytest.mark.parametrize("disk", [None, no_links, other_disk])
def test_watch_that_dies_at_any_step_loses_and_doubles_nothing(
    disk: Callable[..., None] | None, tmp_path: Path, clips: tuple[Path, Path]
) -> None:
    also = {} if disk is None else {"link": disk}
    steps, died, store = 0, True, Store.open(tmp_path / "s.db")
    while died:
        root = tmp_path / str(steps)
        root.mkdir()
        house = House(root, store)
        house.arrive("one.mkv", clips[0])
        house.look()
        with fused(steps, also):
            try:
                house.look(SETTLE_S)
                died = False
            except Crash:
                died = True
        kept = set(house.files().values())
        assert kept >= {fingerprint(clips[0])}, steps
        before = len(house.examiner.seen)
        with fused(10_000, also):
            house.start()
            house.settle()
        assert house.files() == {"clean/one.mkv": fingerprint(clips[0])}, steps
        # Before it was judged it is analysed again, where the store knows it; never after.
        assert len(house.examiner.seen) <= max(before, 1) + 1
        assert any(news.outcome for news in house.news)
        house.leave()
        steps += 1
    store.close()
    assert steps > 15


def test_moved_files_are_compared_before_the_old_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a.mkv", tmp_path / "to" / "a.mkv"
    target.parent.mkdir()
    source.write_bytes(b"film" * 1000)
    monkeypatch.setattr(os, "link", other_disk)
    monkeypatch.setattr(place, "_CHUNK", 1024)

    class Worn:
        def digest(self) -> bytes:
            return b"worn"

    with monkeypatch.context() as patch:
        patch.setattr(place.hashlib, "file_digest", lambda *_: Worn())
        with pytest.raises(OSError, match="differs"):
            move(source, target, "a")
    assert source.read_bytes() == b"film" * 1000
    assert list(target.parent.iterdir()) == []
    move(source, target, "a")
    assert target.read_bytes() == b"film" * 1000
    assert not source.exists()


def test_place_of_another_move_is_not_taken(tmp_path: Path) -> None:
    source, target = tmp_path / "a.mkv", tmp_path / "b.mkv"
    source.write_bytes(b"film")
    for content in (b"", b"else", b"Onglass is moving a file here.\nother\n"):
        target.write_bytes(content)
        with pytest.raises(FileExistsError):
            move(source, target, "mine")
        assert target.read_bytes() == content
    target.write_bytes(b"Onglass is moving a file here.\nmine\n")
    move(source, target, "mine")
    assert target.read_bytes() == b"film"


# Hanging and dying workers


class LostWorker:
    """Answers a request as it is told to; `hang` answers nothing."""

    answers: ClassVar[list[object]] = []
    closed = 0

    def __init__(self, _progress: object, result: Answer, error: Answer) -> None:
        self._result, self._error = result, error

    def submit(self, _request: object) -> None:
        answer = LostWorker.answers.pop(0)
        if isinstance(answer, Exception):
            self._error(1, answer)

    def close(self) -> None:
        LostWorker.closed += 1


@pytest.fixture
def examiner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[examine.WorkerExaminer]:
    monkeypatch.setattr(examine, "RemoteWorker", LostWorker)
    monkeypatch.setattr(examine, "STUCK_S", 0.01)
    LostWorker.closed = 0
    with (
        Store.open(tmp_path / "s.db") as store,
        examine.WorkerExaminer(store, DEFAULT_PROFILE) as made,
    ):
        yield made


def judge(examiner: examine.WorkerExaminer, *answers: object) -> Judged:
    LostWorker.answers = list(answers)
    return examiner.examine(Path("film.mkv"), lambda _progress: None)


def test_analysis_that_hangs_is_ended_and_the_next_one_has_a_worker(
    examiner: examine.WorkerExaminer,
) -> None:
    judged = judge(examiner, "hang")
    assert judged.outcome is Outcome.FAILED
    assert "came no further" in judged.sentence
    assert LostWorker.closed == 1
    assert judge(examiner, KnownError("Bad.")).sentence == "Bad."


def test_worker_that_is_lost_gets_two_more_tries(examiner: examine.WorkerExaminer) -> None:
    lost = WorkerLostError("It was ended from outside.")
    assert judge(examiner, lost, lost, KnownError("Bad.")).sentence == "Bad."
    assert judge(examiner, lost, lost, lost, "hang").sentence == "It was ended from outside."


def test_full_store_is_not_blamed_on_the_file(examiner: examine.WorkerExaminer) -> None:
    with pytest.raises(StoreError):
        judge(examiner, StoreError("The disk that holds the store is full."))
    assert judge(examiner, BugError("no frame")).outcome is Outcome.FAILED
