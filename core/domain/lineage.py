"""Where weights come from: trainings, what they were held against, and which weights are in use.

A training makes a *candidate* from its parent weights and a snapshot of verdicts. A gate report
holds candidate and parent against each other, a person promotes the candidate or refuses it, and a
promotion says from when on which weights measure. All are values; `core/store/lineage.py` keeps
them as files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.finding import Finding
from core.domain.verdict import Decision


class TrainingState(StrEnum):
    """How far a training is."""

    WAITING = "waiting"
    TRAINING = "training"
    PAUSED = "paused"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"


class Outcome(StrEnum):
    """What the candidate's figure is beside its parent's."""

    BETTER = "better"
    NO_WORSE = "no worse"
    WORSE = "worse"


class Change(StrEnum):
    """What becomes of a finding with other weights or thresholds."""

    GAINED = "gained"
    LOST = "lost"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve of a training.

    Attributes:
        name: What is drawn: `loss`, `recall`, `false alarms`.
        unit: Of the values; empty for a plain number, `%` for shares.
        points: Step and value, by step.
    """

    name: str
    unit: str = ""
    points: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class GateLine:
    """One figure of candidate and parent, on the same data.

    Attributes:
        name: What was measured, for example `recall`.
        on: The data, in words: `simulated test`, `your gold titles`, `damaged files`.
        parent: The parent's figure.
        candidate: The candidate's.
        interval: 95 % of candidate minus parent, drawn by title where there are several.
        outcome: What follows from it and the margin.
        margin: By how much the candidate may fall short, in the unit of the figure.
        count: How many things it was measured on.
        unit: `%` for shares, else empty.
        higher_is_better: Whether more is better.
        must_improve: The line is there to become better; else it is to be no worse.
    """

    name: str
    on: str
    parent: float
    candidate: float
    interval: tuple[float, float]
    outcome: Outcome
    margin: float
    count: int
    unit: str = ""
    higher_is_better: bool = True
    must_improve: bool = False


@dataclass(frozen=True, slots=True)
class GateReport:
    """What the gate says of a candidate.

    Attributes:
        lines: The figures.
        passes: Better where it should be, and nowhere worse.
        sentences: The same in words, the conclusion first.
    """

    lines: tuple[GateLine, ...]
    passes: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """One training.

    Attributes:
        id: Unique.
        detector: Whose weights.
        parent: Name of the weights that it starts from.
        snapshot: Id of the snapshot of verdicts.
        seed: Chooses all that chance decides.
        state: How far it is.
        created: When it was asked for, UTC.
        recipe: All that it does, in words.
        candidate: Name of the weights that it made; empty before.
        candidate_sha256: Hash of their tensors; empty before.
        progress: Share that is done, 0..1.
        stage: What is happening, in a few words.
        seconds: Wall seconds of work so far.
        curves: So far.
        gate: What the gate says; None before.
        error: One sentence, when it failed.
        data: Folders of clean content that the replay is made from besides the product's own.
    """

    id: str
    detector: str
    parent: str
    snapshot: str
    seed: int
    state: TrainingState
    created: datetime
    recipe: str = ""
    candidate: str = ""
    candidate_sha256: str = ""
    progress: float = 0.0
    stage: str = ""
    seconds: float = 0.0
    curves: tuple[Curve, ...] = ()
    gate: GateReport | None = None
    error: str = ""
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promotion:
    """From this moment on other weights measure.

    Attributes:
        number: Counts from 1, over all detectors.
        detector: Whose weights.
        before: Name of the weights that were in use.
        after: Name of those that are.
        after_sha256: Hash of their tensors.
        at: When, UTC.
        by: Who.
        training: Id of the training that made them; empty for a roll-back or weights from
            elsewhere.
        rolled_back: It takes an earlier promotion back.
    """

    number: int
    detector: str
    before: str
    after: str
    after_sha256: str
    at: datetime
    by: str
    training: str = ""
    rolled_back: bool = False


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What becomes of one finding on the library.

    Attributes:
        change: Gained, lost or kept.
        fingerprint: Of the title.
        name: Of the title's file.
        finding: As the candidate says (gained, kept) or the parent said (lost).
        picture_pts: Of the frame to show, in the finding's time base.
        decision: The verdict that stands on it; None without one.
    """

    change: Change
    fingerprint: str
    name: str
    finding: Finding
    picture_pts: int
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class WeightsComparison:
    """What changes on the library with other weights.

    Attributes:
        training: Id of the training whose candidate it is.
        parent: Name of the weights in use.
        candidate: Name of the others.
        changes: By title, then time.
        titles: How many titles were looked at.
        measured_s: Seconds of content that were measured anew.
        left_out: A sentence for each title or stretch that was not looked at.
    """

    training: str
    parent: str
    candidate: str
    changes: tuple[FindingChange, ...]
    titles: int
    measured_s: float
    left_out: tuple[str, ...] = ()

    def count(self, change: Change) -> int:
        """How many findings are gained, lost or kept."""
        return sum(one.change is change for one in self.changes)


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """One threshold that a re-fit would move.

    Attributes:
        name: Of the threshold.
        title: What people call it.
        unit: Of the values.
        before: Value in the profile.
        after: Value proposed.
    """

    name: str
    title: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class RefitProposal:
    """Thresholds and calibration of one detector, fitted to verdicts; a person accepts it.

    Attributes:
        detector: Whose thresholds.
        profile: Name of the profile that would change.
        profile_hash: Of that profile as it was when the proposal was made.
        changes: Thresholds that move; empty when none should.
        confirmed: Confirmed and missed stretches that the fit went by.
        found_before: How many of them the profile finds.
        found_after: How many the proposal finds.
        rejected: Rejected findings that it went by.
        raised_before: How many of them the profile raises.
        raised_after: How many the proposal raises.
        calibration: Score and the probability that a finding of that score is confirmed, by
            score; never falling. Empty when there are too few verdicts.
        sentences: The same in words, the conclusion first.
    """

    detector: str
    profile: str
    profile_hash: str
    changes: tuple[ThresholdChange, ...]
    confirmed: int
    found_before: int
    found_after: int
    rejected: int
    raised_before: int
    raised_after: int
    calibration: tuple[tuple[float, float], ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightsInUse:
    """Which weights measure for each detector, as the pointer says.

    Attributes:
        number: Of the last promotion; 0 before the first.
        names: Name of the weights by detector id.
        hashes: Hash of their tensors by detector id.
        last: The promotion that made it so; None before the first.
    """

    number: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    last: Promotion | None = None
