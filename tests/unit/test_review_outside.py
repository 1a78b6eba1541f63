"""Imported findings: beside those of the detectors, whatever is analysed or decided anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT, decide_above, make_title, make_track, span

from core.cli.app import main
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Evidence, Finding
from core.domain.profile import Profile
from core.domain.run import IMPORTED, RunState
from core.domain.time import MediaTime
from core.domain.verdict import Decision
from core.review.outside import imports_of, keep, take_out
from core.review.session import ReviewSession
from core.store.store import Store


def outside(start_s: float, end_s: float) -> Finding:
    when = span(start_s, end_s)
    evidence = Evidence("", MediaTime(when.start, when.base), 0.0, 0.0, "seen by hand")
    return Finding(IMPORTED, "freeze", 0, when, 1.0, Severity.ISSUE, evidence)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


@pytest.fixture
def session(store: Store) -> ReviewSession:
    store.titles.put(make_title())
    keep(store, make_title(), "qc.edl", "d1", "ann", [outside(3, 4)])
    store.reviewers.ensure("ann")
    return ReviewSession(store, make_title(), "ann", decide=decide_above)


def shown(session: ReviewSession) -> list[float]:
    return [flag.span.start_s for flag in session.flags if flag.detector == IMPORTED]


def test_an_import_shows_without_any_analysis(session: ReviewSession) -> None:
    assert shown(session) == [3.0]
    assert session.flags[0].finding is not None
    assert session.flags[0].finding.evidence.note == "seen by hand"


def test_neither_a_new_analysis_nor_other_thresholds_take_it_away(
    store: Store, session: ReviewSession
) -> None:
    run = store.runs.start(FINGERPRINT, ["black"])
    store.tracks.append(run.id, make_track(0, 50))
    store.runs.finish(run.id, RunState.DONE)
    session.load_run(run.id)
    assert shown(session) == [3.0]
    session.rescore(Profile("other", "Other"))
    assert shown(session) == [3.0]
    session.adopt(Profile("third", "Third"))
    assert shown(session) == [3.0]


def test_an_import_is_no_analysis(store: Store, session: ReviewSession) -> None:
    assert store.runs.of(FINGERPRINT) == ()
    assert store.runs.latest(FINGERPRINT) is None
    assert store.runs.latest_done(FINGERPRINT) is None


def test_a_verdict_on_it_outlives_its_removal(store: Store, session: ReviewSession) -> None:
    session.decide(session.flags[0], Decision.CONFIRM)
    (one,) = imports_of(store, FINGERPRINT)
    take_out(store, one.id)
    session.refresh_imports()
    (flag,) = session.flags
    assert flag.orphan
    assert flag.state == "confirm"
    keep(store, make_title(), "qc.edl", "d1", "ann", [outside(3, 4)])
    session.refresh_imports()
    (flag,) = session.flags
    assert not flag.orphan
    assert flag.state == "confirm"


def test_the_same_file_is_not_imported_twice(store: Store, session: ReviewSession) -> None:
    with pytest.raises(KnownError, match="imported to this title before"):
        keep(store, make_title(), "again.edl", "d1", "ann", [outside(3, 4)])


def test_an_import_that_was_broken_off_does_not_count(store: Store) -> None:
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, [IMPORTED])
    assert imports_of(store, FINGERPRINT) == ()
    with pytest.raises(KnownError, match="no such import"):
        take_out(store, run.id)


def test_the_command_imports_lists_and_takes_out(
    tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    title = make_title()
    store.titles.put(title)
    listed = tmp_path / "list.json"
    listed.write_text('[{"start_s": 1, "end_s": 2, "defect": "freeze"}]')
    place = ["--store", str(store.path)]
    assert main(["import", str(title.path), str(listed), "--dry-run", *place]) == 0
    assert imports_of(store, FINGERPRINT) == ()
    assert main(["import", str(title.path), str(listed), *place]) == 0
    assert "Freeze" in capsys.readouterr().out
    (one,) = imports_of(store, FINGERPRINT)
    assert main(["import", str(title.path), str(listed), *place]) == 1
    assert "before" in capsys.readouterr().err
    assert main(["import", str(title.path), *place]) == 0
    assert one.id[:12] in capsys.readouterr().out
    assert main(["import", str(title.path), "--remove", one.id[:12], *place]) == 0
    assert imports_of(store, FINGERPRINT) == ()
    assert main(["import", str(title.path), "--remove", "x", *place]) == 1
