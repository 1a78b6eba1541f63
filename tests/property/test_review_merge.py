"""Whatever findings and verdicts there are, each is shown exactly once, and always alike."""

from __future__ import annotations

from collections import Counter

from helpers.review_value import make_finding, make_verdict
from hypothesis import given
from hypothesis import strategies as st

from core.domain.verdict import current_verdicts
from core.review.flag import Board, merge

_SPANS = st.tuples(st.integers(0, 12), st.integers(0, 6)).map(lambda s: (s[0], s[0] + s[1]))
_DETECTORS = st.sampled_from(["black", "freeze"])
_FINDINGS = st.lists(
    st.tuples(_SPANS, _DETECTORS).map(lambda v: make_finding(*v[0], v[1])), max_size=8
)
_VERDICTS = st.lists(
    st.tuples(_SPANS, st.sampled_from(["black", "freeze", ""]), st.sampled_from(["Ada", "Bo"])).map(
        lambda v: make_verdict(*v[0], detector=v[1], reviewer=v[2])
    ),
    max_size=8,
)


@given(_FINDINGS, _VERDICTS)
def test_every_finding_and_every_verdict_is_in_exactly_one_flag(
    findings: list, verdicts: list
) -> None:
    flags = merge(findings, current_verdicts(verdicts), "Ada")
    held = [v.id for f in flags for v in (f.verdict, *f.others) if v is not None]
    assert Counter(held) == Counter(v.id for v in verdicts)
    assert Counter(f.finding.id for f in flags if f.finding) == Counter(f.id for f in findings)
    for flag in flags:
        people = [v.reviewer for v in (flag.verdict, *flag.others) if v is not None]
        assert len(set(people)) == len(people)
        assert flag.orphan + flag.missed + (flag.finding is not None) == 1


@given(_FINDINGS, _VERDICTS)
def test_no_verdict_is_an_orphan_beside_a_free_finding_that_it_matches(
    findings: list, verdicts: list
) -> None:
    flags = merge(findings, verdicts, "Ada")
    for person in ("Ada", "Bo"):
        held = {f.key: [v for v in (f.verdict, *f.others) if v is not None] for f in flags}
        free = [
            f.finding
            for f in flags
            if f.finding is not None and all(v.reviewer != person for v in held[f.key])
        ]
        alone = [v for f in flags if f.finding is None for v in held[f.key] if v.reviewer == person]
        assert not any(verdict.matches(finding) for verdict in alone for finding in free)


@given(_FINDINGS, _VERDICTS, st.randoms(use_true_random=False))
def test_order_of_the_findings_makes_no_difference(
    findings: list, verdicts: list, random: st.DataObject
) -> None:
    distinct = list({f.id: f for f in findings}.values())
    shuffled = list(distinct)
    random.shuffle(shuffled)

    def shape(some: list) -> list:
        return [(f.key, f.verdict and f.verdict.id) for f in merge(some, verdicts, "Ada")]

    assert sorted(shape(distinct), key=str) == sorted(shape(shuffled), key=str)


@given(_FINDINGS, st.lists(_VERDICTS, max_size=3))
def test_board_used_again_gives_what_a_new_one_gives(findings: list, rounds: list) -> None:
    board = Board(findings)
    for verdicts in rounds:
        assert board.merge(verdicts, "Bo") == merge(findings, verdicts, "Bo")
