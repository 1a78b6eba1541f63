"""Spot checks of a store: drawn once, answered by people, held against the findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers.review_value import make_finding, make_title

from core.cli.app import main
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.spot import SpotAnswer
from core.review.spot_check import estimate, outcomes, plan_spots
from core.store.store import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two analysed titles and one that is not."""
    with Store.open(tmp_path / "s.db") as store:
        for number in range(3):
            title = replace(make_title(f"{number}" * 64), path=Path(f"/media/{number}.mov"))
            store.titles.put(title)
            if number < 2:
                analysed(store, title.fingerprint, make_finding(1, 2))
        yield store


def analysed(store: Store, fingerprint: str, *findings: Finding) -> None:
    run = store.runs.start(fingerprint, ["black"])
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)
    store.runs.finish(run.id, RunState.DONE)


def test_clips_lie_in_their_titles_and_know_what_detectors_said(store: Store) -> None:
    plan = plan_spots(store, count=1000, by="ann", clip_s=2.0, strata=("silence", "codec"))
    title = make_title()
    each = int(title.duration_s / 2)
    assert len(plan.clips) == sum(plan.sizes.values()) == 3 * each
    strata = {clip.stratum.rsplit(", ", 1)[1] for clip in plan.clips}
    assert strata == {"flagged", "silent", "not analysed"}
    flagged = [clip for clip in plan.clips if clip.stratum.endswith("flagged")]
    assert all(c.span.start_s < 2 + title.start.seconds + 2 for c in flagged)
    assert all(clip.span.duration_s == pytest.approx(2.0, abs=0.05) for clip in plan.clips)


def test_the_store_keeps_a_plan_and_each_persons_last_answer(store: Store) -> None:
    plan = plan_spots(store, count=5, by="ann", clip_s=2.0, name="March")
    assert store.spots.get(plan.id[:8]) == plan
    assert store.spots.all() == (plan,)
    store.spots.answer(SpotAnswer(plan.id, 0, "ann", NOW, frozenset({"hum"})))
    store.spots.answer(SpotAnswer(plan.id, 0, "ann", NOW), SpotAnswer(plan.id, 0, "bob", NOW))
    assert [(a.reviewer, a.seen) for a in store.spots.answers(plan.id)] == [
        ("ann", frozenset()),
        ("bob", frozenset()),
    ]
    with pytest.raises(KnownError, match="No spot check"):
        store.spots.get("nope")


def test_what_a_person_saw_is_missed_unless_a_finding_tells_of_the_same(store: Store) -> None:
    analysed(
        store, "0" * 64, make_finding(1, 2), replace(make_finding(5, 6), defect="decode_error")
    )
    plan = plan_spots(store, count=1000, by="ann", clip_s=2.0, seed=3)
    wanted = {
        "found": (("0" * 64, 1.0), {"black"}),
        "kin": (("0" * 64, 5.0), {"block_corruption"}),
        "missed": (("0" * 64, 9.0), {"black", "hum"}),
        "unknown": (("2" * 64, 1.0), {"black"}),
    }
    for (fingerprint, at_s), seen in wanted.values():
        (place,) = [
            i
            for i, c in enumerate(plan.clips)
            if c.fingerprint == fingerprint and c.span.start_s <= at_s < c.span.end_s
        ]
        store.spots.answer(SpotAnswer(plan.id, place, "ann", NOW, frozenset(seen)))
    came = outcomes(store, plan)
    assert sorted((sorted(o.missed), sorted(o.found)) for o in came) == [
        ([], ["black"]),
        ([], ["block_corruption"]),
        (["black", "hum"], []),
    ]
    total, black, blocks, hum = estimate(plan, came)
    assert (total.defect, total.missed.with_it, total.missed.looked) == ("", 1, 3)
    assert black.recall is not None
    assert (black.recall.share, black.recall.looked) == (0.5, 2)
    assert blocks.missed.with_it == 0
    assert hum.recall is not None
    assert hum.recall.share == 0.0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"strata": ("mood",)}, "told apart by mood"),
        ({"clip_s": 0.1}, "1 to 600 s"),
        ({"clip_s": 599.0}, "no title that is long enough"),
        ({"count": 0}, "At least one"),
    ],
)
def test_plans_that_make_no_sense_are_refused(
    store: Store, more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(KnownError, match=sentence):
        plan_spots(store, **{"count": 5, "by": "ann", **more})  # type: ignore[arg-type]


def test_the_commands_plan_answer_and_estimate(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--store", str(store.path)]
    assert main(["spot", "list", *place]) == 0
    assert main(["spot", "plan", "--clips", "8", "--clip-s", "2", "--json", *place]) == 0
    plan = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert main(["spot", "estimate", plan["id"], *place]) == 1
    looked = [c["clip"] for c in plan["clips"] if c["fingerprint"] != "2" * 64]
    assert main(["spot", "answer", plan["id"], str(looked[0]), "--seen", "hum", *place]) == 0
    assert main(["spot", "answer", plan["id"], str(looked[1]), "--clean", *place]) == 0
    for wrong in (
        ["99", "--clean"],
        ["1"],
        ["1", "--seen", "nope"],
        ["1", "--seen", "hum", "--clean"],
    ):
        assert main(["spot", "answer", plan["id"], *wrong, *place]) == 1
    capsys.readouterr()
    assert main(["spot", "estimate", plan["id"][:10], "--json", *place]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [e["defect"] for e in told["estimates"]] == [None, "hum"]
    assert told["estimates"][1]["missed"]["with_it"] == 1
    assert main(["spot", "estimate", plan["id"], *place]) == 0
    assert main(["spot", "list", *place]) == 0
    assert "2 of" in capsys.readouterr().out
    assert main(["spot", "precision", "--reach", "0.05", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["clips"] == 72
    assert main(["spot", "precision", "--reach", "0"]) == 1
