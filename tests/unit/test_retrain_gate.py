"""The gate: better where it should be, nowhere worse, and said in words."""

from __future__ import annotations

import numpy as np
import pytest

from core.domain.lineage import Outcome
from core.learning.retrain.block import simulated_lines, verdict_lines
from core.learning.retrain.gate import Pair, judged, line_of, ranked, reported, share_above


def pair(parent: list[float], candidate: list[float], truth: list[int], titles: str) -> Pair:
    return Pair(np.array(parent), np.array(candidate), np.array(truth, float), list(titles))


EMPTY = pair([], [], [], "")
REJECTED = pair([0.99] * 6, [0.1] * 6, [0] * 6, "aabbcc")
SAME = pair([0.99, 0.99, 0.1, 0.2] * 5, [0.98, 0.99, 0.1, 0.2] * 5, [1, 1, 0, 0] * 5, "abcde" * 4)


def test_a_candidate_that_drops_what_was_rejected_and_keeps_the_rest_passes() -> None:
    report = reported([*simulated_lines(SAME), *verdict_lines(REJECTED, SAME, 0.9)], "x.r101")
    assert report.passes
    assert report.sentences[0] == "x.r101 is better where it should be and no worse elsewhere."
    assert "Rejected flags still raised on your gold titles: 100.0 before, 0.0 % now" in (
        " ".join(report.sentences)
    )


def test_a_candidate_that_forgets_does_not_pass() -> None:
    forgot = pair([0.99] * 10, [0.1] + [0.99] * 9, [1] * 9 + [0], "abcdefghij")
    report = reported([*simulated_lines(forgot), *verdict_lines(REJECTED, EMPTY, 0.9)], "x.r101")
    assert not report.passes
    assert "worse at" in report.sentences[0]
    assert "recall (simulated test)" in report.sentences[0]


def test_a_candidate_that_changes_nothing_does_not_pass() -> None:
    still = pair([0.99] * 4, [0.97] * 4, [0] * 4, "aabb")
    report = reported([*simulated_lines(SAME), *verdict_lines(still, EMPTY, 0.9)], "x.r101")
    assert not report.passes
    assert "not better at rejected flags still raised" in report.sentences[0]


def test_without_gold_verdicts_the_titles_learned_from_decide_and_say_so() -> None:
    lines = verdict_lines(EMPTY, REJECTED, 0.9)
    assert [(li.on, li.must_improve) for li in lines] == [("the titles learned from", True)]
    assert reported(lines, "x.r101").passes


def test_without_any_verdict_nothing_passes() -> None:
    report = reported(simulated_lines(SAME), "x.r101")
    assert not report.passes
    assert "no verdict" in report.sentences[0]


@pytest.mark.parametrize(
    ("parent", "candidate", "interval", "higher", "outcome"),
    [
        (80.0, 78.5, (-3.0, 0.0), True, Outcome.NO_WORSE),
        (80.0, 77.5, (-4.0, 1.0), True, Outcome.WORSE),
        (80.0, 85.0, (1.0, 9.0), True, Outcome.BETTER),
        (80.0, 85.0, (-1.0, 9.0), True, Outcome.NO_WORSE),
        (30.0, 10.0, (-25.0, -5.0), False, Outcome.BETTER),
        (10.0, 13.0, (1.0, 5.0), False, Outcome.WORSE),
    ],
)
def test_what_a_figure_is_beside_its_parents(
    parent: float,
    candidate: float,
    interval: tuple[float, float],
    higher: bool,
    outcome: Outcome,
) -> None:
    assert judged(parent, candidate, interval, 2.0, higher) is outcome


def test_intervals_are_drawn_by_title() -> None:
    """One title of which everything changed, nine of which nothing did: that may be chance."""
    parent = [0.95] * 100
    candidate = [0.1] * 10 + [0.95] * 90
    titles = "".join(letter * 10 for letter in "abcdefghij")
    made = line_of(
        "rejected",
        "x",
        pair(parent, candidate, [0] * 100, titles),
        share_above(0.9, 0.0),
        0.0,
        higher_is_better=False,
    )
    assert made is not None
    assert made.interval[0] <= -20.0
    assert made.interval[1] == 0.0
    assert line_of("ranking", "x", pair([0.5], [0.5], [1], "a"), ranked, 1.0) is None
