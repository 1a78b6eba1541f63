"""Thresholds from verdicts: what was rejected goes, what was confirmed stays, within the ranges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import make_title

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.profile import Profile
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import Decision, RejectReason, Verdict
from core.learning.retrain.refit import accepted, isotonic, refit
from core.store.store import Store

SPEC = DETECTORS["block_corruption"]
PROFILE = Profile("default", "Default")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "lib.db") as opened:
        yield opened


def track(title: Title, looks: list[tuple[float, float]]) -> Track:
    """A probability at some seconds; nothing elsewhere."""
    stream = title.video[0]
    step = round(0.5 / float(stream.base))
    pts = np.arange(0, 100 * step, step, dtype=np.int64)
    metrics = {m.name: np.full(len(pts), m.low, np.float32) for m in SPEC.metrics}
    for at_s, probability in looks:
        metrics["probability"][round(at_s / 0.5)] = probability
    return Track("block_corruption", stream.index, stream.base, pts, int(pts[-1]) + step, metrics)


def judge(store: Store, looks: list[tuple[float, float]], confirmed: set[float]) -> None:
    """A title whose looks were all judged."""
    title = make_title()
    store.titles.put(title)
    run = store.runs.start(title.fingerprint, ["block_corruption"], None)
    store.tracks.append(run.id, track(title, looks))
    store.runs.finish(run.id, RunState.DONE)
    stream = title.video[0]
    for at_s, _ in looks:
        there = at_s in confirmed
        store.verdicts.append(
            Verdict(
                title.fingerprint,
                stream.index,
                "block_corruption",
                "block_corruption",
                Span.from_seconds(at_s, at_s + 0.5, stream.base),
                Decision.CONFIRM if there else Decision.REJECT,
                "Ann",
                None if there else RejectReason.FALSE_POSITIVE,
            )
        )


WEAK = [(float(at), 0.91 + 0.001 * at) for at in range(2, 20, 3)]
STRONG = [(float(at), 0.98) for at in range(20, 44, 3)]


def test_what_was_rejected_goes_and_what_was_confirmed_stays(store: Store) -> None:
    judge(store, WEAK + STRONG, {at for at, _ in STRONG})
    proposal = refit(store, "block_corruption", PROFILE)
    assert (proposal.found_before, proposal.found_after) == (8, 8)
    assert (proposal.raised_before, proposal.raised_after) == (6, 0)
    assert proposal.sentences[0] == (
        "6 of 6 rejected flags would go, and 8 of 8 confirmed ones stay."
    )
    for change in proposal.changes:
        limits = SPEC.threshold(change.name)
        assert limits.low <= change.after <= limits.high
    moved = accepted(proposal, PROFILE)
    assert moved.hash != PROFILE.hash
    assert refit(store, "block_corruption", moved).changes == ()
    with pytest.raises(KnownError, match="has changed since"):
        accepted(proposal, moved)


def test_nothing_moves_where_it_would_cost_what_was_confirmed(store: Store) -> None:
    judge(store, WEAK + STRONG, {at for at, _ in WEAK})
    proposal = refit(store, "block_corruption", PROFILE, kept_recall=1.0)
    assert proposal.found_after == proposal.found_before == 6
    assert proposal.raised_after <= proposal.raised_before


def test_with_few_verdicts_nothing_is_proposed(store: Store) -> None:
    judge(store, WEAK[:2], set())
    with pytest.raises(KnownError, match="2 verdicts on analysed titles"):
        refit(store, "block_corruption", PROFILE)
    with pytest.raises(KnownError, match="no detector nothing"):
        refit(store, "nothing", PROFILE)


def test_scores_become_probabilities_that_never_fall() -> None:
    curve = isotonic([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 1, 0, 0, 1, 1])
    values = [p for _, p in curve]
    assert values == sorted(values)
    assert values == pytest.approx([0.0, 1 / 3, 1.0])
    assert [s for s, _ in curve] == pytest.approx([0.1, 0.3, 0.55])
