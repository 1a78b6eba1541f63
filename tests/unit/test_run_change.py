"""What stands between two runs: gained, lost, moved; and the command that tells it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.desk_fake import make_title
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cli.app import main
from core.compare.run import (
    change_document,
    compare_libraries,
    find_run,
    totals,
)
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Evidence, Finding
from core.domain.finding_pair import Change, pair_findings
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.time import MediaTime, Span
from core.store.store import Store

BASE = Fraction(1, 1000)


def finding(start_s: float, end_s: float, detector: str = "black", stream: int = 0) -> Finding:
    span = Span(round(start_s * 1000), round(end_s * 1000), BASE)
    evidence = Evidence("m", MediaTime(span.start, BASE), 1.0, 0.5)
    return Finding(detector, detector, stream, span, 0.8, Severity.ISSUE, evidence)


def changes(before: Sequence[Finding], after: Sequence[Finding]) -> list[Change]:
    return [pairing.change for pairing in pair_findings(before, after)]


def test_the_same_findings_are_the_same() -> None:
    found = [finding(1, 2), finding(5, 5.04, "freeze"), finding(1, 2, "silence", 1)]
    assert changes(found, list(reversed(found))) == [Change.SAME] * 3


def test_a_finding_with_another_span_has_moved() -> None:
    (pairing,) = pair_findings([finding(1, 3)], [finding(1.2, 3.1)])
    assert pairing.change is Change.MOVED
    assert (pairing.before, pairing.after) == (finding(1, 3), finding(1.2, 3.1))


def test_short_findings_move_without_sharing_time() -> None:
    assert changes([finding(1, 1.04)], [finding(1.4, 1.44)]) == [Change.MOVED]
    assert changes([finding(1, 1.04)], [finding(1.8, 1.84)]) == [Change.LOST, Change.GAINED]


def test_another_detector_stream_or_place_is_another_finding() -> None:
    assert changes([finding(1, 2)], [finding(1, 2, "freeze")]) == [Change.LOST, Change.GAINED]
    assert changes([finding(1, 2)], [finding(1, 2, stream=1)]) == [Change.LOST, Change.GAINED]
    assert changes([finding(1, 2)], [finding(2.5, 9)]) == [Change.LOST, Change.GAINED]


def test_one_long_finding_that_falls_apart_is_moved_once_and_gained_once() -> None:
    found = changes([finding(0, 10)], [finding(0, 6), finding(6.5, 10)])
    assert sorted(found) == [Change.GAINED, Change.MOVED]


SPANS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 40), st.sampled_from(["black", "freeze"])),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(SPANS, SPANS)
def test_nothing_is_lost_or_doubled_and_the_way_back_mirrors_the_way_there(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]]
) -> None:
    before = [finding(a / 10, (a + n) / 10, kind) for a, n, kind in left]
    after = [finding(a / 10, (a + n) / 10, kind) for a, n, kind in right]
    there, back = pair_findings(before, after), pair_findings(after, before)
    key = repr
    assert sorted((p.before for p in there if p.before), key=key) == sorted(before, key=key)
    assert sorted((p.after for p in there if p.after), key=key) == sorted(after, key=key)
    count = [sum(p.change is c for p in there) for c in Change]
    mirrored = [sum(p.change is c for p in back) for c in (Change.LOST, Change.GAINED)]
    assert count[:2] == mirrored


Filled = Callable[[str, dict[str, list[list[Finding]]]], Path]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """Makes a store of titles with their runs."""

    def make(name: str, titles: dict[str, list[list[Finding]]]) -> Path:
        path = tmp_path / name
        with Store.open(path) as store:
            for number, (file, runs) in enumerate(titles.items()):
                stem, _, salt = file.partition("|")
                title = replace(
                    make_title(path=Path("/media") / stem), fingerprint=f"{salt or number:0>16}"
                )
                store.titles.put(title)
                for found in runs:
                    run = store.runs.start(title.fingerprint, ("black", "freeze"))
                    store.findings.replace(run.id, DEFAULT_PROFILE, found)
                    store.runs.finish(run.id, RunState.DONE)
        return path

    return make


def test_runs_are_named_by_id_or_by_title_and_number(filled: Filled) -> None:
    path = filled("a.db", {"one.mp4": [[finding(1, 2)], []]})
    with Store.open(path) as store:
        runs = store.runs.of(store.titles.all()[0].fingerprint)
        assert find_run(store, runs[0].id[:12])[1].id == runs[0].id
        assert find_run(store, "one.mp4#1")[1].id == runs[0].id
        assert find_run(store, "/media/one.mp4")[1].id == runs[1].id
        for wrong in ("one.mp4#3", "nothing", "one.mp4#x"):
            with pytest.raises(KnownError):
                find_run(store, wrong)


def test_a_library_is_compared_title_by_title_and_new_encodings_by_their_names(
    filled: Filled,
) -> None:
    old = filled("old.db", {"one.mp4|a1": [[finding(1, 2)]], "two.mov|b1": [[finding(3, 4)]]})
    new = filled(
        "new.db",
        {"one.mp4|a1": [[finding(1, 2)]], "two.mp4|b2": [[]], "three.mp4|c1": [[finding(1, 2)]]},
    )
    with Store.open(old) as first, Store.open(new) as second:
        found = {each.name: each for each in compare_libraries(first, second)}
    assert found["one.mp4"].count(Change.SAME) == 1
    assert found["two.mp4"].count(Change.LOST) == 1
    assert not found["three.mp4"].compared
    assert totals(list(found.values())) == {
        Change.SAME: 1,
        Change.LOST: 1,
        Change.GAINED: 0,
        Change.MOVED: 0,
    }


def test_detectors_that_only_one_run_asked_are_not_counted_as_lost(filled: Filled) -> None:
    path = filled("a.db", {"one.mp4": [[finding(1, 2), finding(5, 6, "freeze")]]})
    with Store.open(path) as store:
        title = store.titles.all()[0]
        run = store.runs.start(title.fingerprint, ("black",))
        store.findings.replace(run.id, DEFAULT_PROFILE, [finding(1, 2)])
        store.runs.finish(run.id, RunState.DONE)
        (each,) = compare_libraries(store, store, ("previous", "latest"))
    assert [p.change for p in each.pairings] == [Change.SAME]
    assert each.unlike == ("freeze",)
    assert change_document([each])["not_compared"] == 0


def test_the_command_tells_by_its_exit_status_whether_anything_changed(
    filled: Filled, capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled("a.db", {"one.mp4": [[finding(1, 2)], [finding(1, 2)], [finding(7, 8)]]})
    store = ["--store", str(path)]
    assert main(["compare", "one.mp4#1", "one.mp4#2", *store]) == 0
    assert main(["compare", "one.mp4#1", "one.mp4#3", *store, "--json", "-"]) == 3
    printed = capsys.readouterr().out
    document = json.loads(printed[printed.index("{") :])
    assert document["totals"] == {"gained": 1, "lost": 1, "moved": 0, "same": 0}
    (lost, gained) = document["titles"][0]["findings"]
    assert (lost["before"]["start_pts"], gained["after"]["end_s"]) == (1000, 8.0)
    assert main(["compare", "previous", "latest", *store]) == 3
    assert "1 gained, 1 lost" in capsys.readouterr().out
    assert main(["compare", *store]) == 1
    assert main(["compare", "one.mp4#9", "one.mp4", *store]) == 1
    assert "has no analysis number 9" in capsys.readouterr().err
