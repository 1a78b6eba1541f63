"""The library: what it lists, in which order, and where it goes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from helpers.review_value import make_finding, make_title, make_verdict
from sqlalchemy import text, update

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.summary import Dated, TitleOrder, TitleQuery, TitleState
from core.domain.verdict import Decision, RejectReason
from core.review import library as library_module
from core.review.library import Library
from core.store.check import check
from core.store.store import Store
from core.store.table import RunRow

REEL, FILM, CLIP, NEWS = (letter * 64 for letter in "abcd")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        yield opened


@pytest.fixture
def library(store: Store) -> Library:
    return filled(store)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The same for tests that only look."""
    with Store.open(tmp_path_factory.mktemp("shelf") / "s.db") as opened:
        yield filled(opened)


def filled(store: Store) -> Library:
    """Four titles: two to review, one analysed clean, one never analysed."""
    titles = {
        REEL: "/media/a/Reel 10.mov",
        FILM: "/media/a/deep/film_2.mkv",
        CLIP: "/media/ab/Clip.mp4",
        NEWS: "/elsewhere/ÄRGER 100%.mxf",
    }
    for key, path in titles.items():
        store.titles.put(make_title(key, path), opened=key in (REEL, CLIP))
    analyse(store, REEL, "black", "black", "freeze")
    analyse(store, FILM, "black", severity=Severity.BLOCKER)
    analyse(store, CLIP)
    made = Library(store)
    made.refresh()
    return made


def analyse(store: Store, key: str, *detectors: str, severity: Severity = Severity.ISSUE) -> Run:
    run = store.runs.start(key, ("black", "freeze"))
    findings = [
        make_finding(2 * i, 2 * i + 1, detector, severity=severity)
        for i, detector in enumerate(detectors)
    ]
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)
    store.runs.finish(run.id, RunState.DONE)
    return run


def names(library: Library, query: TitleQuery) -> list[str]:
    library.refresh()
    keys = library.keys(query)
    lines = library.lines(keys)
    return [lines[key].name for key in keys]


def test_every_title_says_how_far_it_came(shelf: Library) -> None:
    lines = shelf.lines([REEL, FILM, CLIP, NEWS])
    told = {lines[key].name: (str(lines[key].state), lines[key].flags) for key in lines}
    assert told == {
        "Reel 10.mov": ("to_review", 3),
        "film_2.mkv": ("to_review", 1),
        "Clip.mp4": ("no_flags", 0),
        "ÄRGER 100%.mxf": ("not_analysed", 0),
    }
    assert lines[FILM].worst is Severity.BLOCKER
    assert lines[NEWS].worst is None
    assert (lines[REEL].media, lines[REEL].width) == ("h264 1920×1080 29.97 fps · aac", 1920)
    assert shelf.counts(TitleQuery()) == {
        TitleState.TO_REVIEW: 2,
        TitleState.NO_FLAGS: 1,
        TitleState.NOT_ANALYSED: 1,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TitleQuery(), ["Clip.mp4", "film_2.mkv", "Reel 10.mov", "ÄRGER 100%.mxf"]),
        (TitleQuery(text="reel"), ["Reel 10.mov"]),
        (TitleQuery(text="MEDIA eel"), ["Reel 10.mov"]),
        (TitleQuery(text="ärger"), ["ÄRGER 100%.mxf"]),
        (TitleQuery(text="%"), ["ÄRGER 100%.mxf"]),
        (TitleQuery(text="m_2"), ["film_2.mkv"]),
        (TitleQuery(text="reel film"), []),
        (TitleQuery(states=frozenset({TitleState.NOT_ANALYSED})), ["ÄRGER 100%.mxf"]),
        (TitleQuery(defects=frozenset({"freeze"})), ["Reel 10.mov"]),
        (TitleQuery(defects=frozenset({"black"})), ["film_2.mkv", "Reel 10.mov"]),
        (TitleQuery(folder="/media/a"), ["film_2.mkv", "Reel 10.mov"]),
        (TitleQuery(folder="/media/a/deep"), ["film_2.mkv"]),
        (TitleQuery(reviewers=frozenset({"Ada"})), []),
        (TitleQuery(order=TitleOrder.UNDECIDED, descending=True, folder="/media"),
         ["Reel 10.mov", "film_2.mkv", "Clip.mp4"]),
        (TitleQuery(order=TitleOrder.WORST, descending=True, folder="/media"),
         ["film_2.mkv", "Reel 10.mov", "Clip.mp4"]),
        (TitleQuery(order=TitleOrder.STATE),
         ["ÄRGER 100%.mxf", "film_2.mkv", "Reel 10.mov", "Clip.mp4"]),
        (TitleQuery(descending=True), ["ÄRGER 100%.mxf", "Reel 10.mov", "film_2.mkv", "Clip.mp4"]),
    ],
)  # fmt: skip
def test_query_keeps_and_sorts(shelf: Library, query: TitleQuery, expected: list[str]) -> None:
    assert names(shelf, query) == expected


@pytest.mark.parametrize("order", list(TitleOrder))
def test_every_order_lists_every_title_both_ways(shelf: Library, order: TitleOrder) -> None:
    up, down = (shelf.keys(TitleQuery(order=order, descending=way)) for way in (False, True))
    assert sorted(up) == sorted(down) == [REEL, FILM, CLIP, NEWS]
    assert (
        up[0] != down[0]
        or order is TitleOrder.REVIEWERS
        or order is TitleOrder.MEDIA
        or (order is TitleOrder.DURATION)
    )


def test_dates_restrict_what_was_opened_or_analysed(shelf: Library) -> None:
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    assert set(names(shelf, TitleQuery(since=now - hour))) == {"Reel 10.mov", "Clip.mp4"}
    assert names(shelf, TitleQuery(since=now + hour)) == []
    assert len(names(shelf, TitleQuery(dated=Dated.ANALYSED, since=now - hour))) == 3
    assert names(shelf, TitleQuery(dated=Dated.ANALYSED, before=now - hour)) == []


def test_next_title_goes_round_those_with_something_to_decide(
    library: Library, store: Store
) -> None:
    def following(key: str, words: str = "") -> str:
        library.refresh()
        line = library.next_to_review(TitleQuery(text=words), key)
        return line.name if line is not None else ""

    assert following("") == "film_2.mkv"
    assert following(FILM) == "Reel 10.mov"
    assert following(REEL) == "film_2.mkv"
    assert following(NEWS) == "film_2.mkv"
    store.verdicts.append(make_verdict(0, 1, fingerprint=FILM))
    assert following(CLIP) == "Reel 10.mov"
    assert following(REEL) == ""
    assert following("", "nowhere") == ""


def test_rejected_flags_are_decided_and_not_the_worst(library: Library, store: Store) -> None:
    reason = RejectReason.FALSE_POSITIVE
    row = make_verdict(0, 1, Decision.REJECT, fingerprint=FILM, reason=reason)
    store.verdicts.append(row)
    library.refresh()
    line = library.lines([FILM])[FILM]
    assert (line.state, line.worst, line.reviewers) == (TitleState.REVIEWED, None, "Ada")


def test_analysis_at_work_is_told_from_one_that_was_interrupted(
    library: Library, store: Store
) -> None:
    run = store.runs.start(NEWS, ("black",))

    def state(worker: str) -> TitleState:
        values = {"worker": worker, "heartbeat": datetime.now(UTC)}
        store.database.write(
            lambda c: c.execute(update(RunRow).where(RunRow.id == run.id).values(values))
        )
        library.refresh()
        return library.lines([NEWS])[NEWS].state

    assert state("another-machine:1") is TitleState.ANALYSING
    assert names(library, TitleQuery(states=frozenset({TitleState.ANALYSING}))) == [
        "ÄRGER 100%.mxf"
    ]
    store.runs.advance(run.id, 21.0)
    assert library.lines([NEWS])[NEWS].done_s == 21.0
    assert state("another-machine:0") is TitleState.ANALYSING
    silent = datetime.now(UTC) - timedelta(hours=1)
    store.database.write(lambda c: c.execute(update(RunRow).values(heartbeat=silent)))
    assert library.lines([NEWS])[NEWS].state is TitleState.PARTLY
    assert names(library, TitleQuery(states=frozenset({TitleState.ANALYSING}))) == []


def test_failed_analysis_says_why(library: Library, store: Store) -> None:
    run = store.runs.start(NEWS, ("black",))
    store.runs.finish(run.id, RunState.FAILED, "The file ends early.")
    library.refresh()
    line = library.lines([NEWS])[NEWS]
    assert (line.state, line.error) == (TitleState.FAILED, "The file ends early.")


def test_detail_lists_runs_newest_first_and_says_which_one_counts(
    library: Library, store: Store
) -> None:
    later = analyse(store, REEL, "freeze")
    store.runs.finish(store.runs.start(REEL, ("black",)).id, RunState.FAILED, "No.")
    library.refresh()
    detail = library.detail(REEL)
    assert detail is not None
    assert [(line.findings, line.shown) for line in detail.runs] == [
        (0, False),
        (1, True),
        (3, False),
    ]
    assert detail.runs[1].run.id == later.id
    assert detail.runs[1].profile == DEFAULT_PROFILE
    assert detail.defects == {"freeze": (1, 1)}
    assert library.detail("0" * 64) is None


def test_what_changes_while_it_is_counted_is_counted_again(
    library: Library, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.verdicts.append(make_verdict(0, 1, fingerprint=REEL))
    count = library_module.count_titles

    def overtaken(*arguments: object) -> object:
        result = count(*arguments)  # type: ignore[arg-type]
        monkeypatch.setattr(library_module, "count_titles", count)
        store.verdicts.append(make_verdict(2, 3, fingerprint=REEL, reviewer="Béla"))
        return result

    monkeypatch.setattr(library_module, "count_titles", overtaken)
    assert library.refresh(0.0) == 1
    assert not library.lines([REEL])[REEL].counted
    assert library.refresh() == 0
    line = library.lines([REEL])[REEL]
    assert (line.undecided, line.reviewers, line.counted) == (1, "Ada, Béla", True)


def test_pulse_beats_for_changes_and_progress_only(library: Library, store: Store) -> None:
    still = library.pulse()
    assert library.pulse() == still
    store.verdicts.append(make_verdict(0, 1, fingerprint=REEL))
    moved = library.pulse()
    assert moved != still
    run = store.runs.start(NEWS, ("black",))
    begun = library.pulse()
    store.runs.advance(run.id, 3.0)
    assert len({moved, begun, library.pulse()}) == 3  # type: ignore[arg-type]


def test_added_titles_are_known_but_were_never_opened(library: Library, store: Store) -> None:
    fresh = make_title("e" * 64, "/media/new.mov")
    assert library.add([fresh, make_title(REEL, "/moved/Reel 10.mov")]) == 1
    library.refresh()
    lines = library.lines([REEL, "e" * 64])
    assert lines["e" * 64].opened is None
    assert (lines[REEL].path, lines[REEL].opened is None) == ("/moved/Reel 10.mov", False)
    assert store.titles.recent(9)[-1].fingerprint == REEL


def test_missing_title_is_found_by_its_content_only(library: Library) -> None:
    library.relocate(NEWS, make_title(NEWS, "/found/news.mxf"))
    library.refresh()
    assert library.places()[NEWS][0] == "/found/news.mxf"
    with pytest.raises(KnownError, match="is another file"):
        library.relocate(NEWS, make_title(FILM, "/found/film.mkv"))


def test_library_of_a_store_that_can_only_be_read_shows_what_was_counted(
    library: Library, store: Store, tmp_path: Path
) -> None:
    store.verdicts.append(make_verdict(0, 1, fingerprint=REEL))
    with Store.open(tmp_path / "s.db", read_only=True) as reader:
        reading = Library(reader)
        assert reading.refresh() == 1
        line = reading.lines([REEL])[REEL]
        assert (line.undecided, line.counted) == (3, False)
        assert reading.lines([FILM])[FILM].counted


def test_store_without_its_counting_triggers_is_not_sound(store: Store) -> None:
    store.database.write(lambda c: c.execute(text("DROP TRIGGER summaries_verdict_added")))
    assert any("library" in problem for problem in check(store).problems)


def test_summary_goes_with_its_title(library: Library, store: Store) -> None:
    for statement in ("DELETE FROM runs", "DELETE FROM titles"):
        store.database.write(lambda c, s=statement: c.execute(text(s)))
    assert library.keys(TitleQuery()) == ()
    assert library.choices().defects == ()
