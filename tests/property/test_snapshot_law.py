"""Snapshots over random histories of verdicts: nothing doubled, nothing lost, gold kept apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from helpers.review_value import make_verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.sample import SampleKind, Side, side_of
from core.domain.verdict import (
    Decision,
    Disposition,
    RejectReason,
    Verdict,
    current_verdicts,
    restoration,
    withdrawal,
)
from core.learning.snapshot.claim import Teaching, teach

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_PEOPLE = ("Ada", "Bob", "Cy")
# The second to fourth are a chain: each is like the next, the first is not like the last.
_SPANS = ((0, 4), (0, 4.5), (1, 5), (2, 6), (20, 21))

_said = st.one_of(
    st.sampled_from([Decision.UNSURE, Decision.CONFIRM, Decision.MISSED]).map(
        lambda decision: (decision, None, None)
    ),
    st.sampled_from(list(RejectReason)).map(lambda reason: (Decision.REJECT, reason, None)),
    st.sampled_from(list(Disposition)).map(lambda what: (Decision.CONFIRM, None, what)),
)

_deed = st.tuples(
    st.sampled_from(_PEOPLE),
    st.sampled_from(_SPANS),
    st.integers(0, 7),
    _said,
    st.sampled_from(["say", "say", "say", "undo", "again", "settle"]),
    st.sampled_from(["black", "black", "freeze"]),
)


def _rows(
    deeds: list[tuple[str, tuple[float, float], int, tuple[object, ...], str, str]],
) -> list[Verdict]:
    """What a store holds after people did all this; undo and redo as the desk writes them."""
    rows: list[Verdict] = []
    last: dict[tuple[object, ...], Verdict] = {}
    for place, (person, (start, end), title, said, how, detector) in enumerate(deeds):
        decision, reason, disposition = said
        key = (person, start, end, title, detector, decision is Decision.MISSED)
        at = _BEGIN + timedelta(seconds=place // 2)
        before = last.get(key)
        if how == "undo" and before is not None:
            row = withdrawal(before)
        elif how == "again" and before is not None and before.undoes:
            first = next(r for r in rows if r.subject == before.subject)
            row = restoration(first, before)
        else:
            row = make_verdict(
                start,
                end,
                decision,  # type: ignore[arg-type]
                person,
                "" if decision is Decision.MISSED else detector,
                defect=detector,
                fingerprint=f"title {title}",
                reason=reason,
                disposition=disposition,
                settles=how == "settle",
            )
            if before is not None:
                row = replace(row, subject=before.subject)
        row = replace(row, at=at, id=f"row {place:03d}")
        rows.append(row)
        last[key] = row
    return rows


def _taught(rows: list[Verdict]) -> Teaching:
    return teach(rows, "black", ("black",), lambda _fingerprint: "", lambda _verdict: None)


@settings(max_examples=150, deadline=None)
@given(st.lists(_deed, max_size=30), st.integers(0, 99))
def test_every_verdict_is_learned_from_once_or_named_once(
    deeds: list[tuple[str, tuple[float, float], int, tuple[object, ...], str, str]], shuffle: int
) -> None:
    rows = _rows(deeds)
    taught = _taught(rows)
    used = Counter(
        i for group in (taught.samples, taught.left_out) for it in group for i in it.verdicts
    )
    wanted = {v.id: v for v in current_verdicts(rows) if v.defect == "black"}
    assert set(used) == set(wanted)
    assert set(used.values()) <= {1}
    for sample in taught.samples:
        assert sample.side is side_of(sample.fingerprint)
        decisions = {wanted[i].decision for i in sample.verdicts}
        reasons = {wanted[i].reason for i in sample.verdicts}
        assert Decision.UNSURE not in decisions
        assert not reasons & {RejectReason.DUPLICATE, RejectReason.NOT_VISIBLE}
        assert (decisions == {Decision.REJECT}) is (sample.kind is SampleKind.NEGATIVE)
        intents = {wanted[i].disposition is Disposition.CREATIVE_INTENT for i in sample.verdicts}
        assert intents == {sample.kind is SampleKind.INTENT}
    train = {s.fingerprint for s in taught.samples if s.side is Side.TRAIN}
    gold = {s.fingerprint for s in taught.samples if s.side is Side.GOLD}
    assert not train & gold
    # Subjects may be read in any order, as long as each subject's own rows keep theirs.
    assert _taught(_shuffled(rows, shuffle)) == taught


def _shuffled(rows: list[Verdict], seed: int) -> list[Verdict]:
    draw = Random(seed)
    queues: dict[str, list[Verdict]] = {}
    for row in rows:
        queues.setdefault(row.subject, []).append(row)
    mixed = []
    while queues:
        subject = draw.choice(sorted(queues))
        mixed.append(queues[subject].pop(0))
        if not queues[subject]:
            del queues[subject]
    return mixed
