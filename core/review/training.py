"""What the desk asks about learning: what there is to learn from, what was trained, what changes.

Read from the store and from learning's files as domain values; whatever needs a network is asked of
the worker. Any thread may use it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.finding import Finding
from core.domain.finding_pair import changes_of, pair_findings
from core.domain.lineage import (
    FindingChange,
    Promotion,
    RefitProposal,
    Training,
    TrainingState,
    WeightsComparison,
)
from core.domain.profile import Profile
from core.domain.reliability import probability_by
from core.domain.run import Run
from core.domain.sample import Side, side_of
from core.domain.title import Title
from core.domain.verdict import ATTACH_IOU, Decision, Verdict, current_verdicts
from core.review.calibration import LEAST, Reliability, Told, reliability
from core.review.drift import Drift, drift
from core.review.flag import merge
from core.review.judged import (
    TRAINED,
    Answer,
    Judged,
    answer_of,
    answers_in,
    probability_of,
    whole_run,
)
from core.review.weights_line import WeightsLine, weights_of
from core.store.question import drawn_by_chance

if TYPE_CHECKING:
    from core.store.lineage import LineageBook
    from core.store.question import Drawn
    from core.store.store import Store

RECENT_TITLES = 12
"""The drift view calls so many titles recent, those that were analysed last."""

_MOST_TITLES = 60
_MOST_ROWS = 2000
_AT_WORK = (TrainingState.WAITING, TrainingState.TRAINING)

Check = Callable[[], None]
"""Called now and then in long work; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to learn from.

    Attributes:
        confirmed: Flags that people confirmed.
        intent: Confirmed ones that are creative intent: true, but not to be raised.
        rejected: False alarms.
        missed: Defects that people marked and no detector found.
        gold: How many of all these lie in gold titles, which are never trained on.
        titles: In how many titles they lie.
    """

    confirmed: int = 0
    intent: int = 0
    rejected: int = 0
    missed: int = 0
    gold: int = 0
    titles: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.confirmed + self.intent + self.rejected + self.missed


@dataclass(frozen=True, slots=True)
class DetectorLine:
    """One detector in the list.

    Attributes:
        detector: Its id.
        learns: It has a network that is trained further; else thresholds are fitted.
        every: What there is to learn from.
        fresh: What was decided since the last training.
        since: When that training was asked for, UTC; None before the first.
        training: The newest training; None before the first.
    """

    detector: str
    learns: bool
    every: Counts = Counts()
    fresh: Counts = Counts()
    since: datetime | None = None
    training: Training | None = None


@dataclass(frozen=True, slots=True)
class OldRun:
    """An analysis that other weights made than those in use."""

    title: Title
    run: Run
    weights: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the weights of a detector come from.

    Attributes:
        weights: All there are, the oldest first.
        trainings: All there were, the oldest first.
        promotions: All there were, the oldest first.
        back_to: Name of the weights that a roll-back goes to; empty when there is none.
        old_runs: Titles whose newest analysis was made by other weights.
    """

    weights: tuple[WeightsLine, ...] = ()
    trainings: tuple[Training, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    back_to: str = ""
    old_runs: tuple[OldRun, ...] = ()

    @property
    def in_use(self) -> WeightsLine | None:
        """The weights that measure now."""
        return next((line for line in self.weights if line.in_use), None)

    @property
    def newest(self) -> Training | None:
        """The newest training."""
        return self.trainings[-1] if self.trainings else None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a detector's scores can be believed.

    Attributes:
        reliability: Its probabilities against what people confirmed.
        drift: Scores of recent titles against those that it learned from.
        metric: Name of the curve that `drift` compares.
        fitted: The same answers against what scores mean by the curve that was fitted last; empty
            without one.
    """

    reliability: Reliability = field(default_factory=Reliability)
    drift: Drift = field(default_factory=Drift)
    metric: str = ""
    fitted: Reliability = field(default_factory=Reliability)


class TrainingRoom:
    """Learning, as the desk sees it.

    Args:
        store: Where titles, runs and verdicts are.
        book: Trainings and promotions; None takes the product's.
    """

    def __init__(self, store: Store, book: LineageBook | None = None) -> None:
        self._store = store
        # Only who opens the room waits for what reads databases.
        from core.store.lineage import LineageBook

        self._book = book or LineageBook()
        self.url = store.url

    # What there is -------------------------------------------------------------------------

    def overview(self, check: Check = lambda: None) -> tuple[DetectorLine, ...]:
        """Detectors that learn, then those of which people decided anything.

        Raises:
            KnownError: The store cannot be read.
        """
        newest: dict[str, Training] = {}
        last: dict[str, datetime] = {}
        for training in self._book.trainings():
            newest[training.detector] = training
            if training.state is not TrainingState.FAILED:
                last[training.detector] = training.created
        answers = self._answers(check)
        lines = []
        for detector in (*TRAINED, *(d for d in DETECTORS if d not in TRAINED)):
            told, since = answers.get(detector, []), last.get(detector)
            if told or detector in TRAINED:
                fresh = [one for one in told if since is None or (one.at and one.at > since)]
                lines.append(
                    DetectorLine(
                        detector,
                        detector in TRAINED,
                        counts_of(told),
                        counts_of(fresh),
                        since,
                        newest.get(detector),
                    )
                )
        return tuple(lines)

    def _answers(self, check: Check) -> Mapping[str, list[Judged]]:
        by_title: dict[str, list[Verdict]] = {}
        for row in self._store.verdicts.all():
            by_title.setdefault(row.fingerprint, []).append(row)
        found: dict[str, list[Judged]] = {}
        for fingerprint, rows in by_title.items():
            check()
            for flag in merge((), current_verdicts(rows), ""):
                answer, at = answer_of(flag.others)
                for detector in _learners(flag.others):
                    found.setdefault(detector, []).append(Judged(fingerprint, flag, answer, at))
        return found

    def lineage(self, detector: str) -> Lineage:
        """Where the weights of a detector come from, and what older ones have measured.

        Raises:
            KnownError: The store or the files of learning cannot be read.
        """
        trainings = self._book.trainings(detector)
        weights = weights_of(detector, trainings, self._book.in_use())
        used = next((line for line in weights if line.in_use), None)
        old = self._old_runs(detector, used, weights) if used is not None else ()
        promotions = self._book.promotions(detector)
        return Lineage(weights, trainings, promotions, self._book.previous(detector), old)

    def _old_runs(
        self, detector: str, used: WeightsLine, weights: Sequence[WeightsLine]
    ) -> tuple[OldRun, ...]:
        from core.store.lineage import runs_by_other_weights

        names = {line.sha256: line.name for line in weights if line.sha256}
        found = []
        for run in runs_by_other_weights(self._store, detector, used.sha256):
            title = self._store.titles.get(run.fingerprint)
            made_by = run.weights.get(detector, "")
            if title is not None:
                found.append(OldRun(title, run, names.get(made_by, made_by[:12])))
        return tuple(found)

    def training(self, wanted: str) -> Training:
        """A training as its file says now.

        Raises:
            KnownError: There is none, or it cannot be read.
        """
        return self._book.training(wanted)

    def newest(self, detector: str) -> Training | None:
        """The newest training of a detector, as its file says now."""
        found = self._book.trainings(detector)
        return found[-1] if found else None

    def refuse(self, wanted: str) -> Training:
        """Say that a candidate is not wanted.

        Raises:
            KnownError: It is not examined, or is in use.
        """
        return self._book.refuse(wanted)

    def give_up(self, detector: str) -> None:
        """End the detector's newest training for good, where it was not examined yet.

        Raises:
            KnownError: Its file cannot be written.
        """
        training = self.newest(detector)
        if training is not None and training.state in (*_AT_WORK, TrainingState.PAUSED):
            self._book.save(replace(training, state=TrainingState.REFUSED))

    def title(self, fingerprint: str) -> Title | None:
        """A title as it was found last."""
        return self._store.titles.get(fingerprint)

    # How far scores can be believed --------------------------------------------------------

    def calibration(self, detector: str, check: Check = lambda: None) -> Calibration:
        """Reliability and drift of a detector.

        Raises:
            KnownError: The store cannot be read.
        """
        curve = self._book.calibration(detector)
        told: list[Told] = []
        meant: list[Told] = []
        drawn = _Draws(detector)
        by_chance: list[Told] = []
        runs: list[tuple[str, Run]] = []
        for title in answers_in(self._store, detector, check):
            told += [
                Told(probability_of(one.finding), one.answer.true)
                for one in title.judged
                if one.finding is not None and one.answer.true is not None
            ]
            meant += [
                Told(probability_by(curve, one.finding.score), one.answer.true)
                for one in title.judged
                if curve and one.finding is not None and one.answer.true is not None
            ]
            by_chance += [
                Told(probability_of(one.finding), one.answer.true, 1 / chance)
                for one in title.judged
                if one.finding is not None and one.answer.true is not None
                if (chance := drawn.chance_of(title.title.fingerprint, one.finding)) > 0
            ]
            if title.run is not None and detector in title.run.detectors:
                runs.append((title.title.fingerprint, title.run))
        metric = deciding_metric(detector)
        # Answers about what chance drew stand for all flags; others were chosen for a reason.
        fair = by_chance if len(by_chance) >= LEAST else told
        found = self._drift(detector, metric, runs, check)
        return Calibration(reliability(fair), found, metric, reliability(meant))

    def keep_calibration(self, proposal: RefitProposal) -> None:
        """Keep what scores mean by a proposal that is applied.

        Raises:
            KnownError: It cannot be written.
        """
        if proposal.calibration:
            self._book.keep_calibration(proposal.detector, proposal.calibration)

    def _drift(
        self, detector: str, metric: str, runs: Sequence[tuple[str, Run]], check: Check
    ) -> Drift:
        """The titles that were analysed last against those before them."""
        if not metric:
            return Drift()
        ordered = sorted(runs, key=lambda entry: entry[1].started)
        count = min(RECENT_TITLES, len(ordered) // 2)
        recent, before = ordered[len(ordered) - count :], ordered[: len(ordered) - count]
        groups = []
        for some in (before[-_MOST_TITLES:], recent):
            values = []
            for _, run in some:
                check()
                values.append(self._values(run, detector, metric))
            groups.append(values)
        return drift(*groups)

    def _values(self, run: Run, detector: str, metric: str) -> NDArray[np.floating]:
        tracks = [t for t in self._store.tracks.load(run.id, (detector,)) if metric in t.metrics]
        if not tracks:
            return np.zeros(0, np.float32)
        values = np.concatenate([track.metrics[metric] for track in tracks])
        return values[:: max(len(values) // _MOST_ROWS, 1)]

    # Thresholds ----------------------------------------------------------------------------

    def rescored(
        self, detector: str, before: Profile, after: Profile, check: Check = lambda: None
    ) -> WeightsComparison:
        """What other thresholds change on the library; decided from stored tracks, at once.

        Raises:
            KnownError: The store cannot be read.
        """
        changes: list[FindingChange] = []
        left_out = []
        looked = 0
        for title in self._store.titles.all():
            check()
            run = whole_run(self._store.runs.of(title.fingerprint))
            if run is None or detector not in run.detectors:
                left_out.append(f"{title.name} has no whole analysis by this detector.")
                continue
            looked += 1
            wanted = (detector, *DETECTORS[detector].after)
            tracks = self._store.tracks.load(run.id, wanted)
            old, new = (
                [f for f in decide(tracks, profile, run.weights) if f.detector == detector]
                for profile in (before, after)
            )
            verdicts = current_verdicts(self._store.verdicts.of(title.fingerprint))
            changes += changes_of(title, pair_findings(old, new), verdicts)
        return WeightsComparison(
            "", before.name, after.name, tuple(changes), looked, 0.0, tuple(left_out)
        )


class _Draws:
    """With which chance flags of a detector were drawn to be asked about.

    Args:
        detector: Its id.
    """

    def __init__(self, detector: str) -> None:
        self._drawn: dict[tuple[str, int, str], list[Drawn]] = {}
        for one in drawn_by_chance(detector):
            place = (one.fingerprint, one.stream, one.defect)
            self._drawn.setdefault(place, []).append(one)

    def chance_of(self, fingerprint: str, finding: Finding) -> float:
        """Its probability to be drawn; 0 where it was not."""
        place = (fingerprint, finding.stream, finding.defect)
        same = (d for d in self._drawn.get(place, ()) if d.span.iou(finding.span) >= ATTACH_IOU)
        return next((one.chance for one in same), 0.0)


def _learners(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """Detectors that learn from verdicts about one flag: its own, or all that name a missed one."""
    one = next(iter(verdicts))
    if one.decision is not Decision.MISSED:
        return (one.detector,) if one.detector in DETECTORS else ()
    return tuple(spec.id for spec in DETECTORS.values() if one.defect in spec.defects)


def counts_of(judged: Iterable[Judged]) -> Counts:
    """Count what people said, where they are of one mind."""
    told = [one for one in judged if one.answer is not Answer.OPEN]
    kinds = Counter(one.answer for one in told)
    return Counts(
        kinds[Answer.CONFIRMED],
        kinds[Answer.INTENT],
        kinds[Answer.REJECTED],
        kinds[Answer.MISSED],
        sum(side_of(one.fingerprint) is Side.GOLD for one in told),
        len({one.fingerprint for one in told}),
    )


def deciding_metric(detector: str) -> str:
    """The curve that decides: the first that a threshold is a line on; empty without one."""
    spec = DETECTORS.get(detector)
    lines = (line.metric for line in spec.thresholds if line.metric) if spec is not None else ()
    return next(iter(lines), "")


def is_at_work(training: Training | None) -> bool:
    """Whether a training says that it runs; one whose worker died says so, too."""
    return training is not None and training.state in _AT_WORK
