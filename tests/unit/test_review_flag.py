"""How findings and verdicts come together, and how the queue orders them."""

from __future__ import annotations

import pytest
from helpers.review_value import make_finding, make_verdict

from core.domain.defect import Severity
from core.domain.verdict import Decision, RejectReason, Verdict
from core.review.flag import Flag, merge
from core.review.queue import Filter, next_undecided, previous_undecided


def reject(start_s: float, end_s: float, **values: object) -> Verdict:
    return make_verdict(
        start_s, end_s, Decision.REJECT, reason=RejectReason.FALSE_POSITIVE, **values
    )


def test_findings_without_verdicts_are_undecided_flags_by_time() -> None:
    late, early = make_finding(5, 6), make_finding(1, 2, "freeze")
    flags = merge([late, early], [], "Ada")
    assert [flag.finding for flag in flags] == [early, late]
    assert [flag.key for flag in flags] == [early.id, late.id]
    assert {flag.state for flag in flags} == {"undecided"}
    assert not any(flag.orphan or flag.missed for flag in flags)


def test_verdict_attaches_to_the_finding_it_overlaps_by_half() -> None:
    verdict = make_verdict(0, 10)
    (flag,) = merge([make_finding(0, 5)], [verdict], "Ada")
    assert flag.verdict == verdict
    assert flag.span == make_finding(0, 5).span


def test_verdict_that_overlaps_less_stays_in_sight_as_an_orphan() -> None:
    verdict = make_verdict(0, 10)
    flag, orphan = sorted(
        merge([make_finding(0, 4.99)], [verdict], "Ada"), key=lambda flag: flag.orphan
    )
    assert (flag.verdict, flag.orphan) == (None, False)
    assert (orphan.verdict, orphan.finding, orphan.orphan) == (verdict, None, True)
    assert orphan.span == verdict.span


@pytest.mark.parametrize("other", [{"detector": "freeze"}, {"stream": 1}])
def test_verdict_never_attaches_across_detectors_or_streams(other: dict[str, object]) -> None:
    flags = merge([make_finding(0, 1, **other)], [make_verdict(0, 1)], "Ada")
    assert sorted(flag.orphan for flag in flags) == [False, True]


def test_best_overlap_wins_whatever_the_order() -> None:
    near, nearer = make_verdict(0, 8), make_verdict(0, 9)
    for verdicts in ([near, nearer], [nearer, near]):
        flags = merge([make_finding(0, 10)], verdicts, "Ada")
        (attached,) = (flag for flag in flags if flag.finding)
        (orphan,) = (flag for flag in flags if flag.orphan)
        assert (attached.verdict, orphan.verdict) == (nearer, near)


def test_verdict_goes_to_the_better_of_two_findings() -> None:
    worse, better = make_finding(0, 6), make_finding(0, 9)
    flags = merge([worse, better], [make_verdict(0, 10)], "Ada")
    assert {flag.finding: flag.decided for flag in flags} == {worse: False, better: True}


def test_of_two_verdicts_that_overlap_alike_the_later_counts() -> None:
    first, second = make_verdict(0, 8), make_verdict(2, 10)
    flags = merge([make_finding(0, 10)], [first, second], "Ada")
    (attached,) = (flag for flag in flags if flag.finding)
    assert attached.verdict == second


def test_second_verdict_takes_the_second_finding() -> None:
    one, two = make_verdict(0, 10), make_verdict(1, 10)
    findings = [make_finding(0, 10), make_finding(0, 9)]
    flags = merge(findings, [one, two], "Ada")
    assert {flag.verdict for flag in flags} == {one, two}
    assert not any(flag.orphan for flag in flags)


def test_very_same_claims_of_two_channels_are_two_flags() -> None:
    flags = merge([make_finding(0, 1), make_finding(0, 1)], [make_verdict(0, 1)], "Ada")
    assert len({flag.key for flag in flags}) == 2
    assert sorted(flag.decided for flag in flags) == [False, True]


def test_verdict_is_never_about_another_defect_of_the_same_detector() -> None:
    hum, hiss = (make_finding(0, 10, "audio_artifact", defect=name) for name in ("hum", "hiss"))
    verdict = make_verdict(0, 10, detector="audio_artifact", defect="hum")
    flags = merge([hiss, hum], [verdict], "Ada")
    assert {flag.finding: flag.decided for flag in flags} == {hum: True, hiss: False}
    later = merge([hiss], [verdict], "Ada")
    assert {flag.finding: flag.orphan for flag in later} == {hiss: False, None: True}


def test_missed_defects_are_flags_of_their_own() -> None:
    verdict = make_verdict(0, 1, Decision.MISSED, detector="")
    flags = merge([make_finding(0, 1)], [verdict], "Ada")
    (missed,) = (flag for flag in flags if flag.missed)
    assert (missed.verdict, missed.orphan, missed.key) == (verdict, False, verdict.subject)


def test_instant_without_length_attaches_to_the_same_instant() -> None:
    flags = merge([make_finding(1, 1), make_finding(2, 2)], [make_verdict(2, 2)], "Ada")
    assert [flag.decided for flag in flags] == [False, True]


def test_each_reviewer_has_a_verdict_on_the_same_flag() -> None:
    mine, theirs = make_verdict(0, 1), reject(0, 0.9, reviewer="Béla")
    (flag,) = merge([make_finding(0, 1)], [theirs, mine], "Ada")
    assert (flag.verdict, flag.others) == (mine, (theirs,))
    (flag,) = merge([make_finding(0, 1)], [theirs, mine], "Cleo")
    assert (flag.verdict, flag.others, flag.decided) == (None, (theirs, mine), False)


def test_orphans_of_several_reviewers_about_one_stretch_are_one_flag() -> None:
    theirs, mine = make_verdict(0, 10, reviewer="Béla"), make_verdict(0, 9)
    far = make_verdict(50, 51, reviewer="Béla")
    flags = merge([], [theirs, mine, far], "Ada")
    assert [(flag.verdict, flag.others) for flag in flags] == [(mine, (theirs,)), (None, (far,))]
    assert all(flag.orphan for flag in flags)


def test_persons_severity_outweighs_the_proposed_one() -> None:
    (plain,) = merge([make_finding(0, 1)], [make_verdict(0, 1)], "Ada")
    (said,) = merge([make_finding(0, 1)], [make_verdict(0, 1, severity=Severity.FYI)], "Ada")
    assert (plain.severity, said.severity) == (Severity.ISSUE, Severity.FYI)


def queue() -> tuple[Flag, ...]:
    findings = [
        make_finding(0, 1, "freeze", score=0.2, severity=Severity.FYI),
        make_finding(1, 2, "black", score=0.9, severity=Severity.ISSUE),
        make_finding(2, 3, "silence", score=0.5, severity=Severity.BLOCKER),
        make_finding(3, 4, "black", score=0.5, severity=Severity.ISSUE),
    ]
    return merge(findings, [make_verdict(1, 2, comment="Fade to Black")], "Ada")


@pytest.mark.parametrize(
    ("keep", "starts"),
    [
        (Filter(), [0, 1, 2, 3]),
        (Filter(text="BLACK fade"), [1]),
        (Filter(text="darker"), [0, 1, 2, 3]),
        (Filter(text="nowhere"), []),
        (Filter(detectors=frozenset({"black"})), [1, 3]),
        (Filter(defects=frozenset({"silence", "freeze"})), [0, 2]),
        (Filter(states=frozenset({"undecided"})), [0, 2, 3]),
        (Filter(states=frozenset({"confirm"})), [1]),
        (Filter(severities=frozenset({Severity.BLOCKER})), [2]),
        (Filter(min_score=0.5), [1, 2, 3]),
        (Filter(min_score=0.5, detectors=frozenset({"black"}), text="confirm"), [1]),
    ],
)
def test_queue_keeps_what_the_filter_asks_for(keep: Filter, starts: list[int]) -> None:
    assert [flag.span.start_s for flag in queue() if keep.keeps(flag)] == starts


def test_next_undecided_skips_decided_flags_and_goes_round() -> None:
    flags = queue()
    keys = [flag.key for flag in flags]
    for here, after, before in ((0, 2, 3), (1, 2, 0), (2, 3, 0), (3, 0, 2)):
        assert next_undecided(flags, keys[here]) == flags[after]
        assert previous_undecided(flags, keys[here]) == flags[before]
    assert next_undecided(flags) == flags[0]
    assert previous_undecided(flags, "unknown") == flags[3]


def test_nothing_comes_next_when_nothing_else_is_undecided() -> None:
    (only,) = merge([make_finding(0, 1)], [], "Ada")
    assert next_undecided([only], only.key) is None
    assert next_undecided([only]) == only
    assert next_undecided([]) is None
    (decided,) = merge([make_finding(0, 1)], [make_verdict(0, 1)], "Ada")
    assert previous_undecided([decided]) is None
