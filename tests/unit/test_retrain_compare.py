"""What a candidate changes is told by what people said of the very thing, not of its neighbour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_verdict

from core.catalog.table import DETECTORS
from core.domain.lineage import Change
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.learning.retrain import compare
from core.learning.retrain.block import LINE
from core.learning.retrain.sound import levelled
from core.models.artifact_feature import ARTIFACTS
from core.store.run import new_run

BEFORE = make_finding(10, 12)
OTHER = replace(BEFORE, defect="freeze")


def judging(*verdicts: Verdict) -> compare._Judging:
    run: Run = replace(new_run(FINGERPRINT, ("black",), None, {}, {}), state=RunState.DONE)
    one = compare._Judging(make_title(), run, DEFAULT_PROFILE, (BEFORE,), verdicts)
    one.stretches = compare._stretches(one, 0)
    return one


def test_kept_lost_and_gained_are_told_apart() -> None:
    gained = make_finding(11, 30)
    elsewhere = replace(make_finding(40, 41), defect=BEFORE.defect)
    told = list(compare._changes(judging(), [gained, elsewhere]))
    assert [one.change for one in told] == [Change.KEPT, Change.GAINED]
    assert [one.change for one in compare._changes(judging(), [])] == [Change.LOST]


def test_a_verdict_about_another_defect_at_the_same_place_says_nothing() -> None:
    rejected = make_verdict(10, 12, Decision.REJECT, reason=RejectReason.FALSE_POSITIVE)
    (lost,) = compare._changes(judging(rejected), [])
    assert lost.decision is Decision.REJECT
    (lost,) = compare._changes(judging(replace(rejected, defect="freeze")), [])
    assert lost.decision is None


@pytest.mark.parametrize(("defect", "gained"), [(OTHER.defect, 0), (BEFORE.defect, 1)])
def test_only_what_was_meant_so_is_not_called_gained(defect: str, gained: int) -> None:
    intent = make_verdict(10, 12, Decision.CONFIRM)
    intent = replace(intent, disposition=Disposition.CREATIVE_INTENT, defect=defect)
    told = compare._changes(judging(intent), [BEFORE, OTHER])
    assert [one.change for one in told].count(Change.GAINED) == gained


def test_each_artifacts_own_threshold_becomes_the_common_line() -> None:
    spec = DETECTORS["audio_artifact"]
    lines = np.array([[spec.threshold(f"{name}_line").default for name in ARTIFACTS]], np.float32)
    assert levelled(lines) == pytest.approx(np.full((1, len(ARTIFACTS)), LINE), abs=1e-6)
    rising = np.linspace(0, 1, 101, dtype=np.float32)[:, None].repeat(len(ARTIFACTS), 1)
    bent = levelled(rising)
    assert (np.diff(bent, axis=0) > 0).all()
    assert (bent.min(), bent.max()) == (pytest.approx(0.0), pytest.approx(1.0, abs=1e-6))
    assert ((bent > LINE + 1e-4) <= (rising > lines)).all()
