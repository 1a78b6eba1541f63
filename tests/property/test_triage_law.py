"""Orders keep every flag, incidents hold each once, batches spare what is decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from helpers.desk_fake import make_flag, make_missed, make_verdict
from hypothesis import given
from hypothesis import strategies as st

from core.domain.defect import Severity
from core.domain.verdict import Decision, RejectReason
from core.review.batch import Kept, of_detector, plan_batch
from core.review.flag import Flag
from core.review.incident import KINS, LONGEST_S, belong_together, group
from core.review.order import QueueOrder, arrange

_DETECTORS = ["black", "freeze", "stutter", "silence", "hum", "block_corruption"]
_DECISIONS = st.sampled_from([None, Decision.CONFIRM, Decision.REJECT, Decision.UNSURE])


@st.composite
def _flags(draw: st.DrawFn, most: int = 12) -> tuple[Flag, ...]:
    made: dict[str, Flag] = {}
    for _ in range(draw(st.integers(0, most))):
        start_s, length_s = draw(st.integers(0, 160)) / 2, draw(st.integers(0, 40)) / 4
        flag = make_flag(
            start_s,
            length_s,
            draw(st.sampled_from(_DETECTORS)),
            draw(_DECISIONS),
            severity=draw(st.sampled_from(list(Severity))),
            score=draw(st.integers(0, 4)) / 4,
        )
        made[flag.key] = flag
    if draw(st.booleans()):
        missed = make_missed(draw(st.integers(0, 80)))
        made[missed.key] = missed
    return tuple(made.values())


def _undecided(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    return tuple(flag if flag.missed else replace(flag, verdict=None) for flag in flags)


@given(_flags(), st.sampled_from(list(QueueOrder)), st.randoms(use_true_random=False))
def test_an_order_keeps_every_flag_whatever_order_they_came_in(
    flags: tuple[Flag, ...], order: QueueOrder, random: object
) -> None:
    mixed = list(flags)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    arranged = arrange(flags, order)
    assert Counter(f.key for f in arranged) == Counter(f.key for f in flags)
    assert arrange(mixed, order) == arranged


@given(_flags(), st.sampled_from(list(QueueOrder)))
def test_deciding_moves_no_flag_in_any_order(flags: tuple[Flag, ...], order: QueueOrder) -> None:
    before = [flag.key for flag in arrange(_undecided(flags), order)]
    assert [flag.key for flag in arrange(flags, order)] == before


@given(_flags(), st.sampled_from([o for o in QueueOrder if o is not QueueOrder.USEFUL]))
def test_flags_of_one_rank_stand_by_time(flags: tuple[Flag, ...], order: QueueOrder) -> None:
    alike = tuple(f for f in flags if f.finding is not None)
    alike = tuple(
        replace(
            f,
            defect="black",
            finding=replace(f.finding, score=0.5, severity=Severity.ISSUE),  # type: ignore[type-var]
        )
        for f in alike
    )
    starts = [flag.span.start_s for flag in arrange(alike, order)]
    assert starts == sorted(starts)


@given(_flags(), st.randoms(use_true_random=False))
def test_every_flag_is_in_exactly_one_incident_whatever_order_they_came_in(
    flags: tuple[Flag, ...], random: object
) -> None:
    mixed = list(flags)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    incidents = group(flags)
    assert Counter(f.key for i in incidents for f in i.flags) == Counter(f.key for f in flags)
    assert group(mixed) == incidents
    assert len({incident.key for incident in incidents}) == len(incidents)


@given(_flags())
def test_no_verdict_and_no_mark_of_a_person_changes_which_findings_come_together(
    flags: tuple[Flag, ...],
) -> None:
    def cut(some: tuple[Flag, ...]) -> set[frozenset[str]]:
        kept = [{f.key for f in i.flags if f.finding is not None} for i in group(some)]
        return {frozenset(keys) for keys in kept if keys}

    bare = tuple(replace(f, verdict=None) for f in flags if not f.missed)
    assert cut(flags) == cut(bare)


@given(_flags(20))
def test_incidents_hold_what_belongs_together_and_cut_only_long_chains(
    flags: tuple[Flag, ...],
) -> None:
    incidents = group(flags)
    for incident in incidents:
        claims = [f for f in incident.flags if f.finding is not None]
        if len(claims) > 1:
            # Nobody is in company without a partner there, unless the chain was cut just here.
            alone = [f for f in claims if not any(belong_together(f, o) for o in claims if o != f)]
            assert not alone or any(
                belong_together(alone[0], o)
                for other in incidents
                if other != incident
                for o in other.flags
            )
    for one in incidents:
        for other in incidents:
            if one is other:
                continue
            linked = any(
                belong_together(a, b)
                for a in one.flags
                for b in other.flags
                if a.finding is not None and b.finding is not None
            )
            if linked:
                earlier, later = sorted((one, other), key=lambda i: i.start_s)
                assert later.start_s - min(earlier.start_s, later.start_s) > 0
                assert later.end_s - earlier.start_s > LONGEST_S


@given(_flags(), st.sampled_from([Decision.CONFIRM, Decision.REJECT, Decision.UNSURE]))
def test_a_batch_names_every_flag_once_and_never_takes_a_decided_one_unasked(
    flags: tuple[Flag, ...], decision: Decision
) -> None:
    batch = plan_batch((*flags, *flags), decision)
    named = [f.key for f in batch.decided] + [f.key for f, _ in batch.kept]
    assert Counter(named) == Counter(f.key for f in flags)
    assert not any(flag.decided for flag in batch.decided)
    asked = plan_batch(flags, decision, overwrite=True)
    assert {f.key for f in batch.decided} <= {f.key for f in asked.decided}
    assert not any(f.missed for f in asked.decided)
    assert all(f.missed or f.verdict.decision is decision for f, _ in asked.kept if f.verdict)


@given(_flags(), st.integers(0, 4).map(lambda n: n / 4))
def test_a_batch_of_a_detector_takes_only_its_findings_up_to_the_score(
    flags: tuple[Flag, ...], below: float
) -> None:
    taken = of_detector(flags, "freeze", below)
    assert set(taken) == {f for f in flags if f.detector == "freeze" and f.score <= below}


def test_what_is_decided_so_already_is_left_alone_also_when_asked_to_overwrite() -> None:
    flag = make_flag(0, 1, decision=Decision.REJECT)
    assert flag.verdict is not None
    said = (flag.verdict.decision, flag.verdict.reason, flag.verdict.disposition)
    assert plan_batch([flag], *said, overwrite=True).kept == ((flag, Kept.SAME),)
    other = plan_batch([flag], Decision.REJECT, RejectReason.DUPLICATE, overwrite=True)
    assert other.decided == (flag,)


def test_no_defect_is_of_two_kins_and_each_kin_says_why() -> None:
    from core.domain.defect import DEFECTS

    defects = [defect for kin in KINS for defect in kin.defects]
    assert len(set(defects)) == len(defects)
    assert set(defects) <= set(DEFECTS)
    assert all(kin.why.endswith(".") for kin in KINS)


def test_a_mark_of_a_person_joins_an_incident_but_never_two() -> None:
    soft, later = make_flag(0, 2, "blur"), make_flag(5, 2, "blur")
    missed = make_missed(1.5, 4.0)
    assert [len(i.flags) for i in group((soft, later))] == [1, 1]
    assert [i.key for i in group((soft, later, missed))] == [soft.key, later.key]
    assert [len(i.flags) for i in group((soft, later, missed))] == [2, 1]


def test_flags_that_others_argue_about_come_first_among_the_uncertain() -> None:
    sure, weak = make_flag(0, 1, score=0.9), make_flag(5, 1, score=0.5)
    argued = make_flag(9, 1, score=1.0)
    said = tuple(
        make_verdict(argued.finding, decision)  # type: ignore[arg-type]
        for decision in (Decision.CONFIRM, Decision.REJECT)
    )
    argued = replace(argued, others=said)
    assert arrange((sure, weak, argued), QueueOrder.UNCERTAIN) == (argued, weak, sure)


def test_the_most_useful_flag_of_each_thing_stands_before_the_second_of_any() -> None:
    weak, weaker = make_flag(0, 1, score=0.3), make_flag(4, 1, score=0.2)
    elsewhere, other = make_flag(40, 1, score=0.8), make_flag(2, 1, "freeze", score=0.7)
    flags = (weak, weaker, elsewhere, other)
    assert arrange(flags, QueueOrder.USEFUL) == (weaker, other, elsewhere, weak)
    titles = {weak.key: "a", weaker.key: "b", elsewhere.key: "a", other.key: "a"}
    by_title = arrange(flags, QueueOrder.USEFUL, lambda flag: titles[flag.key])
    assert by_title == (weaker, weak, other, elsewhere)


def test_severity_score_and_defect_stand_worst_strongest_and_by_name() -> None:
    a = make_flag(0, 1, "freeze", score=0.2, severity=Severity.FYI)
    b = make_flag(1, 1, "black", score=0.9, severity=Severity.ISSUE)
    c = make_flag(2, 1, "silence", score=0.5, severity=Severity.BLOCKER)
    flags = (a, b, c)
    assert arrange(flags, QueueOrder.SEVERITY) == (c, b, a)
    assert arrange(flags, QueueOrder.SCORE) == (b, c, a)
    assert arrange(flags, QueueOrder.DEFECT) == (b, a, c)
    names = {a.key: "B", b.key: "a", c.key: "B"}
    assert arrange(flags, QueueOrder.TITLE, lambda f: names[f.key]) == (b, a, c)
    assert arrange(flags, QueueOrder.TIME, lambda f: names[f.key]) == (a, b, c)
