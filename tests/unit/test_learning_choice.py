"""Choosing what to ask from a store: only what is open, seeds, committees, both commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import BASE, make_finding, make_title, make_verdict
from typer.testing import CliRunner

from core.cli.learn import app
from core.domain.errors import CancelledError, KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.track import Track
from core.domain.verdict import Decision, RejectReason, Verdict
from core.jobs.progress import CancelToken
from core.jobs.request import SelectRequest
from core.learning.choice.choose import choose
from core.selection.opinion import opinions
from core.selection.plan import Rule
from core.store.question import folder
from core.store.store import Store
from core.worker.runner import run_request

_NEVER_CHANCE = Rule(audit_share=0, near=0)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def _fill(store: Store, titles: int = 6, each: int = 8) -> list[str]:
    """Titles whose flags lie every ten seconds; the darker, the surer."""
    names = []
    for number in range(titles):
        name = f"title {number}"
        names.append(name)
        store.titles.put(make_title(name, f"/media/{name}.mov"))
        run = store.runs.start(name, ["black"])
        findings = [
            make_finding(10.0 * i, 10.0 * i + 2, score=((i + number) % each + 1) / each)
            for i in range(each)
        ]
        pts = np.arange(0, each * 10_000, 500, dtype=np.int64)
        level = (np.sin(pts / 997.0 + number)).astype(np.float32)
        metrics = {"level": level, "dark_share": np.abs(level)}
        store.tracks.append(run.id, Track("black", 0, BASE, pts, each * 10_000, metrics))
        store.findings.replace(run.id, DEFAULT_PROFILE, findings)
        store.runs.finish(run.id, RunState.DONE)
    return names


def _about(start_s: float, title: str, right: bool) -> Verdict:
    decision = Decision.CONFIRM if right else Decision.REJECT
    reason = None if right else RejectReason.FALSE_POSITIVE
    return make_verdict(start_s, start_s + 2, decision, fingerprint=title, reason=reason)


def test_flags_are_chosen_across_titles_and_none_that_anybody_decided(store: Store) -> None:
    names = _fill(store)
    store.verdicts.append(*(_about(10.0 * i, names[0], True) for i in range(8)))
    asked = choose(store, "black", 12)
    assert asked.open == 5 * 8
    assert asked.verdicts == 8
    assert len({(q.fingerprint, q.finding.id) for q in asked.questions}) == 12
    titles = [q.fingerprint for q in asked.questions]
    assert names[0] not in titles
    assert len(set(titles)) >= 4
    assert all(q.sentence for q in asked.questions)


def test_the_same_seed_chooses_the_same(store: Store) -> None:
    _fill(store)

    def chosen(seed: int) -> tuple[tuple[str, str], ...]:
        asked = choose(store, "black", 9, seed)
        return tuple((q.fingerprint, q.finding.id) for q in asked.questions)

    assert chosen(1) == chosen(1)
    assert len({chosen(seed) for seed in range(4)}) > 1


def test_only_the_titles_that_are_wanted_are_asked_about(store: Store) -> None:
    names = _fill(store)
    asked = choose(store, "black", 5, fingerprints=[names[2]])
    assert {q.fingerprint for q in asked.questions} == {names[2]}


def test_a_committee_learns_from_verdicts_what_to_be_unsure_about(store: Store) -> None:
    names = _fill(store)
    # Strong flags are right and weak ones are not: where they meet, nobody can tell.
    for number, name in enumerate(names[:4]):
        store.verdicts.append(*(_about(10.0 * i, name, (i + number) % 8 >= 4) for i in range(8)))
    asked = choose(store, "black", 6, rule=_NEVER_CHANCE)
    unsure = {q.finding.score: q.uncertainty for q in choose(store, "black", 16).questions}
    assert {q.why for q in asked.questions} == {"uncertain"}
    middle = np.mean([u for s, u in unsure.items() if 0.4 < s < 0.7])
    ends = np.mean([u for s, u in unsure.items() if s < 0.2 or s > 0.9])
    assert middle > ends + 0.2


def test_a_committee_disagrees_where_verdicts_say_little() -> None:
    draw = np.random.default_rng(0)
    known = np.r_[draw.normal(-2, 0.3, (20, 2)), draw.normal(2, 0.3, (20, 2))]
    told = opinions(known, np.arange(40) >= 20, [[-2, -2], [2, 2], [2, -2]], 3)
    assert told.shape == (8, 3)
    assert told[:, 0].max() < 0.2 < 0.8 < told[:, 1].min()
    assert told[:, 2].std() > 5 * told[:, :2].std(axis=0).max()
    with pytest.raises(ValueError, match="both answers"):
        opinions(known, np.ones(40, bool), known, 0)


def test_an_analysis_of_the_whole_title_counts_before_one_of_a_piece(store: Store) -> None:
    names = _fill(store, 1)
    piece = store.runs.start(names[0], ["black"], Span(0, 5000, BASE))
    store.findings.replace(piece.id, DEFAULT_PROFILE, [make_finding(1, 2)])
    store.runs.finish(piece.id, RunState.DONE)
    assert choose(store, "black", 99, rule=Rule(near=0)).open == 8


def test_flags_without_stored_measurements_can_still_be_asked_about(store: Store) -> None:
    store.titles.put(make_title("bare"))
    run = store.runs.start("bare", ["black"])
    plain = make_finding(1, 2)
    bare = replace(plain, evidence=replace(plain.evidence, region=None, band=None))
    store.findings.replace(run.id, DEFAULT_PROFILE, [bare, make_finding(5, 9)])
    store.runs.finish(run.id, RunState.DONE)
    assert len(choose(store, "black", 5).questions) == 2


def test_nothing_to_ask_is_a_sentence(store: Store) -> None:
    with pytest.raises(KnownError, match="No flag of this detector is undecided"):
        choose(store, "black", 5)
    with pytest.raises(KnownError, match="no detector named nonsense"):
        choose(store, "nonsense", 5)


def test_a_choice_can_be_stopped(store: Store) -> None:
    _fill(store)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        choose(store, "black", 5, cancel=cancel)


def test_the_worker_chooses_and_writes_down_with_which_chance(store: Store) -> None:
    _fill(store)
    request = SelectRequest(store.url, "black", 10)
    result = run_request(request, lambda _progress: None, CancelToken())
    (path,) = folder().glob("*.json")
    written = json.loads(path.read_text())
    assert written["id"] == result.asked.id  # type: ignore[union-attr]
    assert [q["chance"] for q in written["questions"] if q["why"] == "audit"] == [1 / 48]


def test_the_command_chooses_for_people_and_for_programs(store: Store) -> None:
    _fill(store)
    arguments = ["select", "--detector", "black", "--budget", "4", "--store", store.url]
    plain = CliRunner().invoke(app, arguments)
    assert plain.exit_code == 0, plain.output
    assert "4 of 48 undecided flags" in plain.output
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).output)
    assert len(told["questions"]) == 4
    assert {"title", "start_s", "end_s", "sentence", "chance"} <= set(told["questions"][0])


def test_the_command_freezes_what_verdicts_teach(store: Store) -> None:
    _fill(store)
    arguments = ["snapshot", "--store", store.url]
    none = CliRunner().invoke(app, arguments)
    assert isinstance(none.exception, KnownError)
    unsure = make_verdict(20, 22, Decision.UNSURE, fingerprint="title 1")
    store.verdicts.append(_about(0, "title 1", True), unsure)
    plain = CliRunner().invoke(app, [*arguments, "--detector", "black"])
    assert plain.exit_code == 0, plain.output
    assert "1 left out: The reviewer was unsure." in plain.output
    told = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).output)
    (snapshot,) = told["snapshots"]
    assert snapshot["detector"] == "black"
    assert [sample["kind"] for sample in snapshot["samples"]] == ["positive"]
