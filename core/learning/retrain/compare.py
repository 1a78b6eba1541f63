"""What a candidate changes on the library, before anybody accepts it.

Only the one detector measures anew, around the findings that are there and on a stretch without any
in each title, each as an analysis of its own in a store that is thrown away; the library's own
tracks, findings and runs stay as they are.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.analysis.pipeline import analyse
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.finding_pair import changes_of, pair_measured
from core.domain.lineage import Change, FindingChange, Training, WeightsComparison
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import Run, RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.verdict import Decision, Disposition, Verdict, current_verdicts
from core.jobs.progress import ignore_progress
from core.jobs.request import AnalyseRequest
from core.learning.snapshot.media import finder
from core.models.weights import find, trying
from core.store.store import Store

AROUND_S = 1.5
"""Seconds before and after a finding that are measured, too."""

LONGEST_S = 12.0
"""Of one finding; a longer one is measured from its worst moment on."""

CLEAN_S = 4.0
"""Length of a stretch without findings; each title has one."""

_BASE = Fraction(1, 1000)


@dataclass(slots=True)
class _Judging:
    """A title under comparison."""

    title: Title
    run: Run
    profile: Profile
    before: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    stretches: list[Span] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return sum(span.duration_s for span in self.stretches)


def compare_weights(
    store: Store,
    training: Training,
    *,
    longest_s: float = 600.0,
    fingerprints: Sequence[str] = (),
    progress: Callable[[float, str], None] = lambda _share, _what: None,
    check: Callable[[], None] = lambda: None,
) -> WeightsComparison:
    """Findings that a candidate gains, loses and keeps; nothing is written.

    What people called creative intent is not raised again, so it does not count as gained.

    Args:
        store: The library.
        training: Whose candidate.
        longest_s: Seconds of content to measure at most; judged titles come first.
        fingerprints: Titles to look at; empty means all that the detector was run on.
        progress: Told the share that is done and the title.
        check: Called often; what it raises ends the work.

    Raises:
        KnownError: There is no candidate, or the store cannot be read.
    """
    if not training.candidate:
        raise KnownError(f"The training {training.id} has no candidate yet.")
    candidate = find(training.candidate)
    left_out: list[str] = []
    chosen = list(_chosen(store, training, fingerprints, longest_s, left_out))
    search = finder(store)
    changes: list[FindingChange] = []
    measured = 0.0
    looked = 0
    for number, one in enumerate(chosen):
        check()
        progress(number / len(chosen), one.title.path.name)
        path = search(one.title.fingerprint, one.title.path)
        if path is None:
            left_out.append(f"The file of {one.title.path.name} is not found.")
            continue
        try:
            with trying(candidate):
                after = list(_measured(one, path, training.detector, check))
        except KnownError as error:
            left_out.append(f"{one.title.path.name}: {error.sentence}")
            continue
        changes += _changes(one, after)
        measured += one.seconds
        looked += 1
    return WeightsComparison(
        training.id,
        training.parent,
        training.candidate,
        tuple(changes),
        looked,
        measured,
        tuple(left_out),
    )


def _chosen(
    store: Store,
    training: Training,
    fingerprints: Sequence[str],
    longest_s: float,
    left_out: list[str],
) -> Iterator[_Judging]:
    """Titles with the stretches to measure, judged ones first, until the seconds are used up."""
    found = [
        one
        for title in store.titles.all()
        if not fingerprints or title.fingerprint in fingerprints
        if (one := _judging(store, title, training.detector)) is not None
    ]
    found.sort(key=lambda one: (not one.verdicts, not one.before, one.title.fingerprint))
    left_s = longest_s
    for one in found:
        one.stretches = _stretches(one, training.seed)
        if one.seconds > left_s:
            name = one.title.path.name
            left_out.append(f"{name} was not looked at: {longest_s:g} s are used up.")
            continue
        left_s -= one.seconds
        yield one


def _judging(store: Store, title: Title, detector: str) -> _Judging | None:
    runs = [
        run
        for run in store.runs.of(title.fingerprint)
        if run.state is RunState.DONE and detector in run.detectors
    ]
    if not runs:
        return None
    run = max(runs, key=lambda one: one.started)
    before = tuple(f for f in store.findings.of(run.id) if f.detector == detector)
    verdicts = tuple(
        v for v in current_verdicts(store.verdicts.of(title.fingerprint)) if v.detector == detector
    )
    profile = store.findings.profile_of(run.id) or DEFAULT_PROFILE
    return _Judging(title, run, profile, before, verdicts)


def _stretches(one: _Judging, seed: int) -> list[Span]:
    """Around every finding, joined where they meet, and one without any."""
    first = one.title.start.seconds
    last = first + one.title.duration_s
    if one.run.span is not None:
        first, last = one.run.span.start_s, min(one.run.span.end_s, last)
    places = []
    for finding in one.before:
        start, end = finding.span.start_s, finding.span.end_s
        if end - start > LONGEST_S:
            start = max(start, min(float(finding.evidence.peak.seconds), end - LONGEST_S))
            end = start + LONGEST_S
        places.append((max(start - AROUND_S, first), min(end + AROUND_S, last)))
    rng = np.random.default_rng([seed, int(one.title.fingerprint[:8], 16)])
    clean = first + float(rng.random()) * max(last - first - CLEAN_S, 0.0)
    places.append((clean, min(clean + CLEAN_S, last)))
    joined: list[tuple[float, float]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return [Span.from_seconds(start, end, _BASE) for start, end in joined if end > start]


def _measured(
    one: _Judging, path: Path, detector: str, check: Callable[[], None]
) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "trial.db") as trial:
        for span in one.stretches:
            check()
            request = AnalyseRequest(path, "", one.profile, (detector,), span, resume=False)
            made = analyse(request, trial, ignore_progress)
            yield from (f for f in trial.findings.of(made.run_id) if f.detector == detector)


def _changes(one: _Judging, after: Sequence[Finding]) -> list[FindingChange]:
    """What became of the findings that were measured anew, without what was meant so."""
    measured = [f for f in one.before if any(f.span.overlap(s) > 0 for s in one.stretches)]
    told = changes_of(one.title, pair_measured(measured, after), one.verdicts, _about)
    return [c for c in told if c.change is not Change.GAINED or not _intended(one, c.finding)]


def _intended(one: _Judging, finding: Finding) -> bool:
    return any(
        v.decision is Decision.CONFIRM
        and v.disposition is Disposition.CREATIVE_INTENT
        and _about(v, finding)
        for v in one.verdicts
    )


def _about(verdict: Verdict, finding: Finding) -> bool:
    """Whether they speak of one thing; a stretch may show but a part of it."""
    same = (verdict.stream, verdict.defect) == (finding.stream, finding.defect)
    return same and verdict.span.overlap(finding.span) > 0
