"""Thresholds of any detector fitted to verdicts, and what its scores mean.

Nothing is measured anew: the rule decides stored tracks again with other thresholds, which takes
milliseconds a title. What comes out is a proposal; a person accepts it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.catalog.decide import decide
from core.catalog.spec import DetectorSpec, ThresholdSpec
from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.lineage import RefitProposal, ThresholdChange
from core.domain.profile import Profile
from core.domain.run import RunState
from core.domain.sample import Sample, SampleKind
from core.domain.track import Track
from core.learning.snapshot.take import take
from core.store.store import Store

LEAST = 5
"""Verdicts below which nothing is proposed."""

_TRIED = 9
_ROUNDS = 2
_FINE = 3
_LEAST_CALIBRATED = 10


@dataclass(frozen=True, slots=True)
class _Title:
    """A judged title: what was measured, and what people said."""

    tracks: tuple[Track, ...]
    wanted: tuple[Sample, ...]
    unwanted: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    """What thresholds do: confirmed stretches found, rejected ones raised, findings in all."""

    found: int
    raised: int
    findings: int


def refit(
    store: Store,
    detector: str,
    profile: Profile,
    kept_recall: float = 0.98,
    check: Callable[[], None] = lambda: None,
) -> RefitProposal:
    """Choose thresholds within their ranges that drop what people rejected.

    Coordinate by coordinate, coarse then fine: of all settings that keep enough of what was
    confirmed, those that raise fewest of the rejected findings; of equal ones, those nearest to
    what the profile says now. Creative intent is neither.

    Args:
        store: Where verdicts and tracks are.
        detector: Any of the catalog.
        profile: Whose thresholds.
        kept_recall: Share of the confirmed stretches that the profile finds that must stay found.
        check: Called often; what it raises ends the work.

    Raises:
        KnownError: There is no such detector, or there are too few verdicts.
    """
    if detector not in DETECTORS:
        raise KnownError(f"There is no detector {detector}; `onglass detectors` lists them.")
    spec = DETECTORS[detector]
    titles = _titles(store, spec)
    wanted, unwanted = (
        sum(len(mine) for mine in column)
        for column in (
            [title.wanted for title in titles],
            [title.unwanted for title in titles],
        )
    )
    if wanted + unwanted < LEAST:
        raise KnownError(
            f"There are {wanted + unwanted} verdicts on analysed titles about {detector}; "
            f"{LEAST} are needed."
        )
    before = _tally(titles, profile, spec)
    least = int(np.ceil(kept_recall * before.found - 1e-9))
    chosen, after = profile, before
    for round_number in range(_ROUNDS):
        for threshold in spec.thresholds:
            check()
            if _is_switch(threshold):
                continue
            chosen, after = _best(titles, spec, threshold, chosen, after, least, round_number)
    chosen, after = _relaxed(titles, spec, profile, chosen, after)
    changes = tuple(
        ThresholdChange(t.name, t.title, t.unit, spec.value(profile, t.name), now)
        for t in spec.thresholds
        if (now := spec.value(chosen, t.name)) != spec.value(profile, t.name)
    )
    curve = _calibration(titles, chosen, spec)
    said = _sentences(spec, changes, wanted, unwanted, before, after, bool(curve))
    return RefitProposal(
        detector,
        profile.name,
        profile.hash,
        changes,
        wanted,
        before.found,
        after.found,
        unwanted,
        before.raised,
        after.raised,
        curve,
        said,
    )


def accepted(proposal: RefitProposal, profile: Profile) -> Profile:
    """The profile with the proposed thresholds.

    Raises:
        KnownError: The profile has changed since the proposal was made.
    """
    if profile.hash != proposal.profile_hash:
        raise KnownError(f"The profile {profile.name} has changed since; fit it again.")
    for change in proposal.changes:
        profile = profile.with_threshold(proposal.detector, change.name, change.after)
    return profile


def isotonic(scores: Sequence[float], true: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Never falling probabilities of scores, by pooling neighbours that would fall.

    The pool-adjacent-violators algorithm (Ayer et al. 1955).

    Args:
        scores: Any numbers.
        true: 1 where it was confirmed, 0 where it was rejected.

    Returns:
        Mean score and probability of each pool, by score.
    """
    pools: list[list[float]] = []  # count, sum of truth, sum of scores
    for place in np.argsort(scores, kind="stable"):
        pools.append([1.0, float(true[place]), float(scores[place])])
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] >= pools[-1][1] * pools[-2][0]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return tuple((total / count, hits / count) for count, hits, total in pools)


def _titles(store: Store, spec: DetectorSpec) -> list[_Title]:
    """Judged titles whose newest analysis has the detector's tracks."""
    by_title: dict[str, list[Sample]] = {}
    for sample in take(store, spec.id).samples:
        if sample.kind is not SampleKind.INTENT:
            by_title.setdefault(sample.fingerprint, []).append(sample)
    found = []
    for fingerprint, samples in by_title.items():
        runs = [
            run
            for run in store.runs.of(fingerprint)
            if run.state is RunState.DONE and spec.id in run.detectors
        ]
        if not runs:
            continue
        newest = max(runs, key=lambda run: run.started)
        tracks = store.tracks.load(newest.id, (spec.id, *spec.after))
        if any(track.detector == spec.id for track in tracks):
            wanted = tuple(s for s in samples if s.kind.is_defect)
            unwanted = tuple(s for s in samples if not s.kind.is_defect)
            found.append(_Title(tracks, wanted, unwanted))
    return found


def _findings(title: _Title, profile: Profile, spec: DetectorSpec) -> list[Finding]:
    # A detector that the profile leaves out is fitted all the same.
    asked = Profile(profile.name, profile.title, profile.thresholds, profile.severities)
    return [f for f in decide(title.tracks, asked) if f.detector == spec.id]


def _tally(titles: Sequence[_Title], profile: Profile, spec: DetectorSpec) -> _Tally:
    found = raised = count = 0
    for title in titles:
        findings = _findings(title, profile, spec)
        count += len(findings)
        found += sum(any(_hits(f, s) for f in findings) for s in title.wanted)
        raised += sum(any(_hits(f, s) for f in findings) for s in title.unwanted)
    return _Tally(found, raised, count)


def _hits(finding: Finding, sample: Sample) -> bool:
    same = (finding.stream, finding.defect) == (sample.stream, sample.defect)
    return same and finding.span.overlap(sample.span) > 0


def _best(
    titles: Sequence[_Title],
    spec: DetectorSpec,
    threshold: ThresholdSpec,
    profile: Profile,
    tally: _Tally,
    least: int,
    round_number: int,
) -> tuple[Profile, _Tally]:
    """The best value of one threshold, the others as they are."""
    now = spec.value(profile, threshold.name)
    best = (tally.raised, 0.0, profile, tally)
    for value in _tried(threshold, now, round_number):
        other = profile.with_threshold(spec.id, threshold.name, value)
        made = _tally(titles, other, spec)
        if made.found < least or made.findings > tally.findings:
            continue
        far = abs(value - now)
        if (made.raised, far) < best[:2]:
            best = (made.raised, far, other, made)
    return best[2], best[3]


def _tried(threshold: ThresholdSpec, now: float, round_number: int) -> list[float]:
    """Values to try: over the whole range first, then around what was chosen."""
    low, high = threshold.low, threshold.high
    if round_number:
        reach = (high - low) / _TRIED
        low, high = max(low, now - reach), min(high, now + reach)
    values = {_rounded(float(value)) for value in np.linspace(low, high, _TRIED)}
    return sorted(v for v in values - {now} if threshold.low <= v <= threshold.high)


def _is_switch(threshold: ThresholdSpec) -> bool:
    """Whether it chooses between two ways to decide; that is for people to choose."""
    two = (threshold.low, threshold.high) == (0.0, 1.0) and threshold.default in (0.0, 1.0)
    return two and not threshold.unit and not threshold.metric


def _relaxed(
    titles: Sequence[_Title],
    spec: DetectorSpec,
    profile: Profile,
    chosen: Profile,
    tally: _Tally,
) -> tuple[Profile, _Tally]:
    """Half the way back, where that costs nothing: no further from the profile than needed."""
    for threshold in spec.thresholds:
        was = spec.value(profile, threshold.name)
        for _ in range(_FINE):
            now = spec.value(chosen, threshold.name)
            if now == was:
                break
            nearer = chosen.with_threshold(spec.id, threshold.name, _rounded((now + was) / 2))
            made = _tally(titles, nearer, spec)
            if made.raised > tally.raised or made.found < tally.found:
                break
            chosen, tally = nearer, made
    return chosen, tally


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _calibration(
    titles: Sequence[_Title], profile: Profile, spec: DetectorSpec
) -> tuple[tuple[float, float], ...]:
    """Probability of being confirmed by score; empty where one kind or numbers are missing."""
    scores: list[float] = []
    true: list[float] = []
    for title in titles:
        for one in _findings(title, profile, spec):
            for samples, said in ((title.wanted, 1.0), (title.unwanted, 0.0)):
                if any(_hits(one, sample) for sample in samples):
                    scores.append(one.score)
                    true.append(said)
    if len(true) < _LEAST_CALIBRATED or len(set(true)) < 2:
        return ()
    return isotonic(scores, true)


def _sentences(
    spec: DetectorSpec,
    changes: Sequence[ThresholdChange],
    wanted: int,
    unwanted: int,
    before: _Tally,
    after: _Tally,
    calibrated: bool,
) -> tuple[str, ...]:
    if not changes:
        said = [f"No other thresholds of {spec.title} do better on {wanted + unwanted} verdicts."]
    else:
        said = [
            f"{before.raised - after.raised} of {before.raised} rejected flags would go, and "
            f"{after.found} of {before.found} confirmed ones stay."
        ]
        said += [f"{c.title}: {c.before:g} to {c.after:g} {c.unit}".rstrip() + "." for c in changes]
    said.append(
        "These are the verdicts that the thresholds were chosen by; on other titles they will do "
        "less well."
    )
    if not calibrated:
        said.append("There are too few verdicts of both kinds to say what a score means.")
    return tuple(said)
