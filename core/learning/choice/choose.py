"""What to ask about next, over a title or the library."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.question import Question, QuestionSet
from core.domain.run import Run, RunState
from core.domain.sample import Sample
from core.domain.title import Title
from core.domain.verdict import ATTACH_IOU, Verdict, current_verdicts
from core.jobs.progress import CancelToken, ProgressMeter, ProgressSink
from core.learning.choice.embedding import MOST_MAPS, embeddings_of
from core.learning.snapshot.claim import teach
from core.selection.opinion import opinions
from core.selection.plan import FEW_VERDICTS, Rule, plan, scaled
from core.selection.uncertainty import entropy
from core.store.store import Store

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Flags:
    """A title's findings of the detector, of its newest analysis that has it."""

    title: Title
    run: Run
    findings: tuple[Finding, ...]
    answers: tuple[bool | None, ...]
    """Whether people confirmed it; None where they said nothing that teaches."""
    decided: tuple[bool, ...]


def choose(
    store: Store,
    detector: str,
    budget: int,
    seed: int = 0,
    fingerprints: Collection[str] = (),
    rule: Rule | None = None,
    progress: ProgressSink = lambda _progress: None,
    cancel: CancelToken | None = None,
) -> QuestionSet:
    """Choose flags to ask about, among those that nobody has decided.

    How unsure the detector is follows from its score while verdicts are few. From `FEW_VERDICTS`
    on, with both answers among them, a committee learns from the verdicts which flags people
    confirm, and what it is unsure about is asked first.

    Args:
        store: Holds findings, tracks and verdicts.
        detector: Whose findings.
        budget: At most so many.
        seed: Decides what chance decides.
        fingerprints: Only these titles; empty means the library.
        rule: How to choose; None as usual.
        progress: Told how far it is.
        cancel: Stops between two titles.

    Raises:
        KnownError: There is no such detector, nothing is open, or a track is damaged.
        CancelledError: `cancel` was raised.
    """
    if detector not in DETECTORS:
        raise KnownError(f"There is no detector named {detector}.")
    spec = DETECTORS[detector]
    rows = store.verdicts.all()
    taught = teach(rows, detector, spec.defects, lambda _f: "", lambda _v: None)
    flags = _flags(store, spec, current_verdicts(rows), taught.samples, fingerprints)
    is_open = np.array([not done for one in flags for done in one.decided], bool)
    if not is_open.any():
        raise KnownError("No flag of this detector is undecided; analyse more titles first.")
    answers = [answer for one in flags for answer in one.answers]
    features = _features(store, spec, flags, progress, cancel or CancelToken())
    unsure = _uncertainty(flags, features, answers, is_open, seed)
    places = np.flatnonzero(is_open)
    owners = [(one, finding) for one in flags for finding in one.findings]
    choices = plan(
        unsure[places],
        features[places],
        [owners[place][0].title.fingerprint for place in places],
        budget,
        seed,
        len(taught.samples),
        rule,
    )
    questions = []
    for choice in choices:
        one, finding = owners[places[choice.index]]
        questions.append(
            Question(
                fingerprint=one.title.fingerprint,
                title=one.title.name,
                run=one.run.id,
                finding=finding,
                uncertainty=float(unsure[places[choice.index]]),
                why=str(choice.why),
                sentence=choice.sentence,
                chance=choice.chance,
            )
        )
    return QuestionSet(
        id=uuid.uuid4().hex,
        detector=detector,
        at=datetime.now(UTC),
        seed=seed,
        open=int(is_open.sum()),
        verdicts=len(taught.samples),
        questions=tuple(questions),
    )


def _flags(
    store: Store,
    spec: DetectorSpec,
    current: Sequence[Verdict],
    samples: Sequence[Sample],
    fingerprints: Collection[str],
) -> list[_Flags]:
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in current:
        if verdict.defect in spec.defects and verdict.detector == spec.id:
            verdicts.setdefault(verdict.fingerprint, []).append(verdict)
    learned: dict[str, list[Sample]] = {}
    for sample in samples:
        learned.setdefault(sample.fingerprint, []).append(sample)
    found = []
    for title in store.titles.all():
        digest = title.fingerprint
        run = None if fingerprints and digest not in fingerprints else _run(store, spec.id, digest)
        if run is None:
            continue
        findings = tuple(f for f in store.findings.of(run.id) if f.detector == spec.id)
        if findings:
            said = tuple(_answer(f, learned.get(digest, ())) for f in findings)
            done = tuple(any(v.matches(f) for v in verdicts.get(digest, ())) for f in findings)
            found.append(_Flags(title, run, findings, said, done))
    return found


def _run(store: Store, detector: str, fingerprint: str) -> Run | None:
    """The newest finished analysis with the detector; one of the whole title before a piece."""
    runs = [
        run
        for run in store.runs.of(fingerprint)
        if run.state is RunState.DONE and detector in run.detectors
    ]
    whole = [run for run in runs if run.span is None]
    return next(reversed(whole or runs), None)


def _answer(finding: Finding, samples: Sequence[Sample]) -> bool | None:
    for sample in samples:
        same = (sample.defect, sample.stream) == (finding.defect, finding.stream)
        if same and sample.span.iou(finding.span) >= ATTACH_IOU:
            return sample.kind.is_defect
    return None


def _features(
    store: Store,
    spec: DetectorSpec,
    flags: Sequence[_Flags],
    progress: ProgressSink,
    cancel: CancelToken,
) -> Floats:
    """Embeddings of all findings, title by title, on one scale."""
    maps = sum(len(one.findings) for one in flags) <= MOST_MAPS
    meter = ProgressMeter(progress, float(len(flags)), "Choosing")
    parts = []
    for done, one in enumerate(flags):
        cancel.check()
        meter.update(float(done))
        parts.append(embeddings_of(store, spec, one.run.id, one.findings, maps))
    return scaled(np.concatenate(parts))


def _uncertainty(
    flags: Sequence[_Flags],
    features: Floats,
    answers: Sequence[bool | None],
    is_open: NDArray[np.bool_],
    seed: int,
) -> Floats:
    """Of every finding, 0..1.

    A score says how far beyond its threshold a finding lies: at 0 it might as well not be there.
    A committee's entropy is that of its mean opinion, which is how unsure each member is plus how
    much they disagree.
    """
    known = np.array([answer is not None for answer in answers], bool)
    said = np.array([bool(answer) for answer in answers], bool)
    both = said[known].any() and not said[known].all()
    if known.sum() < FEW_VERDICTS or not both:
        scores = np.array([finding.score for one in flags for finding in one.findings])
        return np.asarray(1 - np.clip(scores, 0, 1))
    unsure = np.zeros(len(features))
    told = opinions(features[known], said[known], features[is_open], seed)
    unsure[is_open] = entropy(np.clip(told.mean(axis=0), 0, 1)) / np.log(2)
    return unsure
