"""Agreement between reviewers, held against reference implementations."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import FINGERPRINT, make_title, make_verdict

from core.cli.app import main
from core.domain.verdict import Decision, RejectReason, Verdict, current_verdicts
from core.review.agreement import agreements, claims_of, cohen_kappa, fleiss_kappa
from core.store.store import Store

# statsmodels 0.15.0, cohens_kappa: kappa, kappa_low, kappa_upp.
COHEN = [
    ([[25, 10], [15, 20]], 0.2857142857142858, 0.0635215446876555, 0.5079070267409161),
    (
        [[106, 10, 4], [22, 28, 10], [2, 12, 6]],
        0.4285714285714285,
        0.32329979345440496,
        0.533843063688452,
    ),
    ([[40, 0, 0], [0, 30, 1], [2, 0, 9]], 0.9385614385614385, 0.8711524719989483, 1.0),
]

# The example of Fleiss (1971) as Wikipedia tells it; irrCAC 0.4, CAC.fleiss.
EVERYBODY = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(("table", "value", "low", "high"), COHEN)
def test_cohens_kappa_and_its_interval_are_those_of_statsmodels(
    table: list[list[int]], value: float, low: float, high: float
) -> None:
    kappa = cohen_kappa(np.array(table))
    assert (kappa.value, kappa.low, kappa.high) == pytest.approx((value, low, high), abs=1e-9)
    assert kappa.claims == np.sum(table)


def test_fleiss_kappa_and_its_interval_are_those_of_irrcac() -> None:
    kappa = fleiss_kappa(np.array(EVERYBODY))
    assert kappa.value == pytest.approx(0.209930704422, abs=1e-9)
    assert (kappa.low, kappa.high) == pytest.approx((0.000972732672, 0.418888676172), abs=1e-9)
    assert (kappa.observed, kappa.expected) == pytest.approx((0.378021978022, 0.212755102041))


def test_people_who_always_say_the_same_one_thing_have_no_kappa() -> None:
    assert cohen_kappa(np.array([[9, 0], [0, 0]])).value is None
    assert fleiss_kappa(np.array([[3, 0], [3, 0]])).value is None


def test_one_claim_has_no_interval() -> None:
    assert fleiss_kappa(np.array([[1, 1]])).low is None


def said(at_s: float, reviewer: str, decision: Decision, **more: object) -> Verdict:
    reason = RejectReason.FALSE_POSITIVE if decision is Decision.REJECT else None
    return make_verdict(at_s, at_s + 1, reviewer=reviewer, decision=decision, reason=reason, **more)


def test_only_what_two_people_decided_is_rated() -> None:
    rows = [
        said(1, "ann", Decision.CONFIRM),
        said(1, "bob", Decision.CONFIRM),
        said(5, "ann", Decision.REJECT),
        said(5, "bob", Decision.CONFIRM),
        said(9, "ann", Decision.CONFIRM),
        said(20, "ann", Decision.MISSED),
        said(20, "bob", Decision.MISSED),
    ]
    claims = claims_of(FINGERPRINT, current_verdicts(rows))
    assert [claim.flag.span.start_s for claim in claims] == [1.0, 5.0]
    assert [claim.disputed for claim in claims] == [False, True]
    assert dict(claims[1].ratings) == {"ann": Decision.REJECT, "bob": Decision.CONFIRM}


def test_agreement_is_told_for_all_and_by_defect() -> None:
    rows = []
    for at in range(0, 40, 4):
        defect = "black" if at < 24 else "freeze"
        rows.append(said(at, "ann", Decision.CONFIRM, defect=defect))
        other = Decision.REJECT if at in (4, 28) else Decision.CONFIRM
        rows.append(said(at, "bob", other, defect=defect))
    together, black, freeze = agreements(claims_of(FINGERPRINT, current_verdicts(rows)))
    assert (together.defect, black.defect, freeze.defect) == ("", "black", "freeze")
    assert (together.fleiss.claims, black.fleiss.claims, freeze.fleiss.claims) == (10, 6, 4)
    assert (together.disputed, black.disputed) == (2, 1)
    assert together.cohen["ann", "bob"].observed == pytest.approx(0.8)
    assert agreements(()) == ()


def test_the_command_tells_agreement_and_what_is_disputed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "s.db")
    with Store.open(place) as store:
        store.titles.put(make_title())
    assert main(["agreement", "--store", place]) == 1
    assert "No two people" in capsys.readouterr().err
    with Store.open(place) as store:
        for at in range(0, 20, 4):
            store.verdicts.append(said(at, "ann", Decision.CONFIRM))
            other = Decision.REJECT if at == 8 else Decision.CONFIRM
            store.verdicts.append(said(at, "bob", other), said(at, "cy", Decision.CONFIRM))
    assert main(["agreement", "--store", place, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["agreement"][0]["disputed"] == 1
    assert {tuple(pair["reviewers"]) for pair in told["agreement"][0]["cohen"]} == {
        ("ann", "bob"),
        ("ann", "cy"),
        ("bob", "cy"),
    }
    assert told["disputed"][0]["start_s"] == 8.0
    assert told["disputed"][0]["ratings"]["bob"] == "reject"
    assert main(["agreement", "--store", place, "--reviewer", "ann", "--reviewer", "cy"]) == 0
    assert "Disputed" not in capsys.readouterr().out
    assert main(["agreement", "--store", place, "--defect", "nope"]) == 1
