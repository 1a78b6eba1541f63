"""Figures from results: precision, recall and F1, edges, false alarms, with FFmpeg beside ours.

An *alarm* is a finding that a reviewer has to answer. Findings that their context explains, or
that are slight, are proposed as FYI by a detector that usually proposes more; they count neither
as answers to damage nor as false alarms, but are told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS, Medium
from core.domain.interval import wilson
from core.evaluation.decoy_clip import HARD_NEGATIVES
from core.evaluation.interval import rate_upper_bound
from core.evaluation.matching import Stretch, match
from core.evaluation.peer import Peer, Setting, settings_of, stretches
from core.evaluation.peer_table import PEERS
from core.evaluation.record import Claim, Result
from core.evaluation.source import Kind
from core.evaluation.trial import Group, twin_key

Claims = Callable[[Result], Sequence[Stretch]]

SCORE_LINES = (0.0, 0.52, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Score:
    """How findings answered damage.

    Attributes:
        truths: Damaged stretches.
        hits: Of these, answered.
        false: Findings that answer nothing.
        start_errors_s: How much later than the damage each answer starts.
        end_errors_s: How much later each ends.
        fyi: Damaged stretches that no alarm but an FYI answers.
    """

    truths: int = 0
    hits: int = 0
    false: int = 0
    start_errors_s: tuple[float, ...] = ()
    end_errors_s: tuple[float, ...] = ()
    fyi: int = 0

    @property
    def recall(self) -> float | None:
        """Share of the damage that was answered."""
        return self.hits / self.truths if self.truths else None

    @property
    def precision(self) -> float | None:
        """Share of the findings that answer damage; None when there are none."""
        found = self.hits + self.false
        return self.hits / found if found else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 when nothing was found."""
        if not self.truths:
            return None
        return 2 * self.hits / (2 * self.hits + self.false + self.truths - self.hits)

    @property
    def recall_interval(self) -> tuple[float, float]:
        """Wilson's, 95 %."""
        return wilson(self.hits, self.truths)

    @property
    def precision_interval(self) -> tuple[float, float]:
        """Wilson's, 95 %."""
        return wilson(self.hits, self.hits + self.false)


@dataclass(frozen=True, slots=True)
class Alarms:
    """False alarms on clean content of one kind.

    Attributes:
        count: Alarms.
        fyi: Findings told apart as FYI.
        seconds: How much was looked at.
        files: In how many files.
    """

    count: int = 0
    fyi: int = 0
    seconds: float = 0.0
    files: int = 0

    @property
    def hours(self) -> float:
        """How much was looked at."""
        return self.seconds / _SECONDS_AN_HOUR

    @property
    def rate(self) -> float | None:
        """Alarms an hour."""
        return self.count / self.hours if self.seconds else None

    @property
    def upper(self) -> float | None:
        """Upper bound of the alarms an hour, 95 %."""
        return rate_upper_bound(self.count, self.hours)


@dataclass(frozen=True, slots=True)
class PeerScore:
    """FFmpeg's filter under one setting.

    Attributes:
        setting: In words.
        score: On the damaged clips and their clean twins.
        alarms: On clean content by kind.
        decoys: On clean content that looks damaged, by what it shows.
    """

    setting: str
    score: Score
    alarms: Mapping[str, Alarms]
    decoys: Mapping[str, Alarms] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeerReport:
    """FFmpeg's filter for a defect.

    Attributes:
        filter: Its name.
        note: What must be known to read the figures.
        default: As it is when nobody sets anything; None when it has no threshold of its own.
        best: At the setting with the highest F1 on these data.
        points: (recall, precision) of all settings that no other beats in both.
    """

    filter: str
    note: str
    default: PeerScore | None = None
    best: PeerScore | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DetectorReport:
    """All figures of one detector.

    Attributes:
        spec: The detector.
        main: Clips of the main set and their clean twins.
        by_severity: The damaged clips of the main set by severity.
        by_variant: The same by form of the defect, where it has several.
        held_out: Told-apart clips by what is held out: `variant`, `codec`.
        held_out_names: What was held out.
        alarms: On clean content by kind.
        points: (recall, precision) as only findings from a score on are taken.
        elsewhere: Findings inside the damage of another defect that name it otherwise, by that
            defect.
        peer: FFmpeg's filter; None when it has none.
        decoys: On clean content that looks damaged, by what it shows; empty where not tried.
        also: As `main`, for each other defect that its findings may name.
    """

    spec: DetectorSpec
    main: Score
    by_severity: Mapping[float, Score] = field(default_factory=dict)
    by_variant: Mapping[str, Score] = field(default_factory=dict)
    held_out: Mapping[str, Score] = field(default_factory=dict)
    held_out_names: Mapping[str, str] = field(default_factory=dict)
    alarms: Mapping[str, Alarms] = field(default_factory=dict)
    points: tuple[tuple[float, float], ...] = ()
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    peer: PeerReport | None = None
    decoys: Mapping[str, Alarms] = field(default_factory=dict)
    also: Mapping[str, Score] = field(default_factory=dict)


def report_on(detector: str, results: Sequence[Result]) -> DetectorReport:
    """All figures of one detector from all results."""
    spec = DETECTORS[detector]
    mine = _trials(spec.defect, results)
    main, whole = _main(spec.defect, results)
    alarms, fyi = _flags(detector), _notes(detector)
    score = partial(_answered, detector, spec.defect)
    return DetectorReport(
        spec,
        score(whole),
        {severity: score(some) for severity, some in _by(main, "severity").items()},
        {str(name): score(some) for name, some in _by(main, "variant").items() if name},
        {
            str(group): score(some)
            for group in (Group.VARIANT, Group.CODEC)
            if (some := [r for r in mine if _group(r) is group])
        },
        _held_out_names(mine),
        clean_alarms(spec, results, alarms, fyi),
        tuple(_points(whole, spec.defect, detector)),
        _elsewhere(detector, results),
        _peer_report(detector, whole, results),
        decoy_alarms(spec, results, alarms, fyi),
        {
            name: _answered(detector, name, tried)
            for name in spec.also
            if (tried := _main(name, results)[1])
        },
    )


def _answered(
    detector: str, defect: str, results: Iterable[Result], from_score: float = 0.0
) -> Score:
    """How a detector answers a defect: with alarms that name it; others may be mistakes."""
    return score_of(
        results,
        defect,
        _flags(detector, from_score, defect),
        _notes(detector, defect),
        lambda result: _misnamed(result, detector, defect, from_score),
    )


def _misnamed(result: Result, detector: str, defect: str, from_score: float) -> int:
    """Alarms that name a defect besides `defect` which is not where they say."""
    return sum(
        claim.named != defect and not _touches(claim, result.truth.get(claim.named, ()))
        for claim in _claims(result, detector, fyi=False)
        if claim.score >= from_score
    )


def _touches(claim: Claim, truth: Iterable[Stretch]) -> bool:
    return any(claim.start_s < end and claim.end_s > start for start, end in truth)


def _trials(defect: str, results: Iterable[Result]) -> list[Result]:
    return [r for r in results if r.trial is not None and r.trial["defect"] == defect]


def _main(defect: str, results: Sequence[Result]) -> tuple[list[Result], list[Result]]:
    """The clips of the main set of a defect, and these with their clean twins."""
    main = [r for r in _trials(defect, results) if _group(r) is Group.MAIN]
    return main, main + _twins(main, results)


def score_of(
    results: Iterable[Result],
    defect: str,
    claims: Claims,
    notes: Claims = lambda _result: (),
    mistakes: Callable[[Result], int] = lambda _result: 0,
) -> Score:
    """Pair what is claimed of some files with their damage and add it up.

    Args:
        results: Files, damaged and clean.
        defect: Id in the taxonomy.
        claims: The alarms of a file that name the defect.
        notes: Its FYI findings that do.
        mistakes: How many others of a file are false.
    """
    truths = hits = false = fyi = 0
    starts: list[float] = []
    ends: list[float] = []
    for result in results:
        truth = result.truth.get(defect, ())
        matching = match(truth, claims(result))
        truths += len(truth)
        hits += len(matching.pairs)
        false += len(matching.extra) + mistakes(result)
        fyi += len(match([truth[i] for i in matching.missed], notes(result)).pairs)
        starts += [pair.start_error_s for pair in matching.pairs]
        ends += [pair.end_error_s for pair in matching.pairs]
    return Score(truths, hits, false, tuple(starts), tuple(ends), fyi)


def clean_alarms(
    spec: DetectorSpec,
    results: Iterable[Result],
    claims: Claims,
    notes: Claims = lambda _result: (),
) -> dict[str, Alarms]:
    """What is claimed of clean content, by its kind.

    For captions, where clean files have none, the clean twins with captions stand in.
    """
    some = [result for result in results if _is_clean(spec, result)]
    return _counted(spec, some, lambda result: result.kind, claims, notes)


def decoy_alarms(
    spec: DetectorSpec,
    results: Iterable[Result],
    claims: Claims,
    notes: Claims = lambda _result: (),
) -> dict[str, Alarms]:
    """What is claimed of clean content that looks damaged, by what it shows."""
    mine = HARD_NEGATIVES.get(spec.id, ())
    some = [result for result in results if _decoy(result) in mine]
    return dict(sorted(_counted(spec, some, _decoy, claims, notes).items()))


def _counted(
    spec: DetectorSpec,
    results: Iterable[Result],
    kind: Callable[[Result], str],
    claims: Claims,
    notes: Claims,
) -> dict[str, Alarms]:
    found: dict[str, Alarms] = {}
    for result in results:
        seconds = watched_s(spec, result)
        if seconds > 0:
            one = Alarms(len(claims(result)), len(notes(result)), seconds, 1)
            found[kind(result)] = pooled([found.get(kind(result), Alarms()), one])
    return found


def _decoy(result: Result) -> str:
    return "" if result.trial is None else str(result.trial.get("decoy", ""))


def watched_s(spec: DetectorSpec, result: Result) -> float:
    """How much of a file concerns a detector, in seconds."""
    video, audio = result.seconds.get("video", 0.0), result.seconds.get("audio", 0.0)
    match DEFECTS[spec.defect].medium:
        case Medium.VIDEO:
            return video
        case Medium.AUDIO:
            return audio
        case Medium.SYNC:
            return min(video, audio)
        case Medium.CAPTION:
            return result.seconds.get("caption", 0.0)
        case _:
            return max(video, audio)


def _is_clean(spec: DetectorSpec, result: Result) -> bool:
    if result.trial is not None:
        captions = DEFECTS[spec.defect].medium is Medium.CAPTION
        return captions and _group(result) is Group.TWIN
    return result.is_clean


def _group(result: Result) -> Group | None:
    return None if result.trial is None else Group(result.trial["group"])


def _twins(main: Sequence[Result], results: Iterable[Result]) -> list[Result]:
    """The clean twins of some damaged clips, each once."""
    wanted = {_twin_key(result) for result in main}
    return [r for r in results if _group(r) is Group.TWIN and _twin_key(r) in wanted]


def _twin_key(result: Result) -> tuple[object, ...]:
    assert result.trial is not None
    return twin_key(result.trial)


def _claims(result: Result, detector: str, *, fyi: bool) -> list[Claim]:
    return [c for c in result.claims if c.detector == detector and c.fyi == fyi]


def _flags(detector: str, from_score: float = 0.0, defect: str = "") -> Claims:
    def claims(result: Result) -> Sequence[Stretch]:
        flags = _claims(result, detector, fyi=False)
        return [c.stretch for c in flags if c.score >= from_score and _names(c, defect)]

    return claims


def _notes(detector: str, defect: str = "") -> Claims:
    return lambda result: [
        claim.stretch for claim in _claims(result, detector, fyi=True) if _names(claim, defect)
    ]


def _names(claim: Claim, defect: str) -> bool:
    """Whether a claim names a defect; every claim names the empty one."""
    return not defect or claim.named == defect


def _by(results: Iterable[Result], name: str) -> dict[Any, list[Result]]:
    groups: dict[Any, list[Result]] = {}
    for result in results:
        assert result.trial is not None
        groups.setdefault(result.trial[name], []).append(result)
    return dict(sorted(groups.items()))


def _held_out_names(results: Iterable[Result]) -> dict[str, str]:
    names: dict[str, set[str]] = {}
    for result in results:
        assert result.trial is not None
        if _group(result) is Group.VARIANT:
            names.setdefault("variant", set()).add(result.trial["variant"])
        if _group(result) is Group.CODEC:
            names.setdefault("codec", set()).add(result.trial["coding"])
    return {name: ", ".join(sorted(some)) for name, some in names.items()}


def _points(results: Sequence[Result], defect: str, detector: str) -> Iterable[tuple[float, float]]:
    for line in SCORE_LINES:
        score = _answered(detector, defect, results, line)
        if score.recall is not None and score.precision is not None:
            yield score.recall, score.precision


def _elsewhere(detector: str, results: Iterable[Result]) -> dict[str, int]:
    """Alarms within the damage of another defect: a second name for it, or a mistake."""
    counts: dict[str, int] = {}
    for result in results:
        if result.trial is None:
            continue
        flags = _claims(result, detector, fyi=False)
        for defect, truth in result.truth.items():
            touching = sum(claim.named != defect and _touches(claim, truth) for claim in flags)
            if touching:
                counts[defect] = counts.get(defect, 0) + touching
    return dict(sorted(counts.items()))


def _peer_report(
    detector: str, whole: Sequence[Result], results: Sequence[Result]
) -> PeerReport | None:
    peer = PEERS.get(detector)
    if peer is None:
        return None
    spec = DETECTORS[detector]
    heard = [result for result in whole if detector in result.traces]
    if not heard:
        return PeerReport(peer.filter, peer.note)
    settings = settings_of(peer, [result.traces[detector] for result in heard])
    scores = {s: score_of(heard, spec.defect, _of_peer(peer, s)) for s in settings}
    best = max(settings, key=lambda s: (scores[s].f1 or 0.0, -scores[s].false))

    def judged(setting: Setting) -> PeerScore:
        with_traces = [result for result in results if detector in result.traces]
        alarms = clean_alarms(spec, with_traces, _of_peer(peer, setting))
        decoys = decoy_alarms(spec, with_traces, _of_peer(peer, setting))
        return PeerScore(setting.in_words(), scores[setting], alarms, decoys)

    return PeerReport(
        peer.filter,
        peer.note,
        None if peer.default is None else judged(peer.default),
        judged(best),
        _frontier(scores.values()),
    )


def _of_peer(peer: Peer, setting: Setting) -> Claims:
    return lambda result: stretches(peer, result.traces.get(peer.detector, {}), setting)


def _frontier(scores: Iterable[Score]) -> tuple[tuple[float, float], ...]:
    """Recall and precision of the scores that none beats in both, by recall."""
    points = {
        (s.recall, s.precision) for s in scores if s.recall is not None and s.precision is not None
    }
    kept: list[tuple[float, float]] = []
    for recall, precision in sorted(points, reverse=True):
        if not kept or precision > kept[-1][1]:
            kept.append((recall, precision))
    return tuple(reversed(kept))


def edges_ms(errors_s: Sequence[float]) -> tuple[float, float] | None:
    """Median and 95th percentile of the size of some errors, in milliseconds."""
    if not errors_s:
        return None
    sizes = 1000 * np.abs(np.asarray(errors_s))
    return float(np.median(sizes)), float(np.quantile(sizes, 0.95))


def off_photographs(alarms: Mapping[str, Alarms]) -> Alarms:
    """Alarms on all clean content but camera moves over photographs, added up."""
    return pooled([one for kind, one in alarms.items() if kind != Kind.PHOTO])


def pooled(some: Collection[Alarms]) -> Alarms:
    """Alarms on several kinds of content, added up."""
    return Alarms(
        sum(one.count for one in some),
        sum(one.fyi for one in some),
        sum(one.seconds for one in some),
        sum(one.files for one in some),
    )
