"""What the decision rules share: runs of rows above a line, their lengths, scores and evidence.

Rules are pure and quick (numpy over stored tracks), because the desk runs them while a slider
moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.spec import DetectorSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Band, Evidence, Finding, Region
from core.domain.time import MediaTime
from core.domain.track import Track

Mask = NDArray[np.bool_]
Values = NDArray[np.floating]


MEASURED = "measured on real clips with simulated defects"


def context_switch(what: str) -> ThresholdSpec:
    """The threshold that keeps or drops findings which their context explains."""
    return ThresholdSpec(
        "report_context",
        f"Report {what} (1) or not (0)",
        "",
        1.0,
        0.0,
        1.0,
        "asset QC keeps such flags as FYI",
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Rows `first` to `last`, both inclusive."""

    first: int
    last: int


def runs_of(mask: Mask) -> list[Run]:
    """The runs of true values, in order."""
    padded = np.concatenate(([False], mask, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(padded))
    return [Run(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def runs_above(values: Values, enter: float, leave: float | None = None) -> list[Run]:
    """Runs with hysteresis: stretches of values >= `leave` in which one is >= `enter`.

    Args:
        values: Shape (n,).
        enter: What starts a run.
        leave: What keeps it going; not above `enter`, which it is when not given.
    """
    low = enter if leave is None else min(leave, enter)
    return [
        run for run in runs_of(values >= low) if values[run.first : run.last + 1].max() >= enter
    ]


def runs_below(values: Values, enter: float, leave: float | None = None) -> list[Run]:
    """The same for values that are bad below a line."""
    return runs_above(-values, -enter, None if leave is None else -leave)


def length_s(track: Track, run: Run) -> float:
    """How long a run lasts, in seconds."""
    end = track.ends_s[run.last]
    return float(end - track.starts_s[run.first])


def mask_at(track: Track, other: Track, mask: Mask) -> Mask:
    """For each row of a track, what a mask over the rows of another says of its start.

    Args:
        track: The rows asked about, shape (n,).
        other: Another track over the same time.
        mask: Over the rows of `other`.

    Returns:
        Shape (n,); false before the first row of `other`.
    """
    if not len(other):
        return np.zeros(len(track), bool)
    # A microsecond forgives binary fractions, never a frame.
    at = np.searchsorted(other.starts_s, track.starts_s + 1e-6, side="right") - 1
    return np.asarray(mask[np.maximum(at, 0)] & (at >= 0))


def merge_gaps(track: Track, runs: Sequence[Run], gap_s: float) -> list[Run]:
    """Join runs that no more than `gap_s` lies between."""
    if not runs:
        return []
    starts, ends = track.starts_s, track.ends_s
    joined = [runs[0]]
    for run in runs[1:]:
        # Half a microsecond forgives binary fractions, never a frame.
        if starts[run.first] - ends[joined[-1].last] <= gap_s + 5e-7:
            joined[-1] = Run(joined[-1].first, run.last)
        else:
            joined.append(run)
    return joined


def at_least(track: Track, runs: Sequence[Run], min_length_s: float) -> list[Run]:
    """The runs that last `min_length_s` or more."""
    starts, ends = track.starts_s, track.ends_s
    return [r for r in runs if ends[r.last] - starts[r.first] >= min_length_s - 5e-7]


def score_of(excess: float, length: float, shortest: float) -> float:
    """Strength of a finding in 0..1.

    Grows with how far the threshold was passed and with how long: .5 for what just qualifies,
    towards 1 for what is far beyond either.

    Args:
        excess: How far the threshold was passed, relative to it or to its range; 0 on the line.
        length: How long it lasts.
        shortest: The shortest that counts, in the unit of `length`.
    """
    far = max(excess, 0.0)
    long = max(length / shortest - 1.0, 0.0) if shortest > 0 else max(length, 0.0)
    return 1.0 - 0.5 / ((1.0 + far) * (1.0 + 0.25 * long))


def step_severity(severity: Severity, steps: int) -> Severity:
    """A severity some steps up or down, within FYI to blocker."""
    ladder = list(Severity)
    return ladder[min(max(severity.rank + steps, 0), len(ladder) - 1)]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule found out about a run, before it becomes a finding.

    Attributes:
        run: Rows.
        metric: Metric that shows it.
        threshold: Line it was held against.
        peak: Row of the worst instant.
        score: Strength in 0..1.
        severity: What is proposed.
        note: One sentence in words.
        channels: Sound channels concerned.
        region: Where in the picture.
        band: Where in the spectrum.
        defect: Id of the defect; empty for the spec's own.
    """

    run: Run
    metric: str
    threshold: float
    peak: int
    score: float
    severity: Severity
    note: str
    channels: tuple[int, ...] = ()
    region: Region | None = None
    band: Band | None = None
    defect: str = ""


def finding_of(spec: DetectorSpec, track: Track, claim: Claim) -> Finding:
    """A claim as a finding; `decide` stamps the hashes."""
    evidence = Evidence(
        metric=claim.metric,
        peak=MediaTime(int(track.pts[claim.peak]), track.base),
        peak_value=float(track.metrics[claim.metric][claim.peak]),
        threshold=claim.threshold,
        note=claim.note,
        region=claim.region,
        band=claim.band,
        channels=claim.channels,
    )
    return Finding(
        detector=spec.id,
        defect=claim.defect or spec.defect,
        stream=track.stream,
        span=track.span(claim.run.first, claim.run.last),
        score=claim.score,
        severity=claim.severity,
        evidence=evidence,
    )


def edge_of(track: Track, run: Run, within_s: float) -> str:
    """`start` or `end` when a run touches that end of the title, `all` for both, else empty.

    A track out of the middle of a stream has no such ends.
    """
    starts, ends = track.starts_s, track.ends_s
    at_start = track.begins and starts[run.first] - starts[0] <= within_s
    at_end = track.ends and ends[-1] - ends[run.last] <= within_s
    if at_start and at_end:
        return "all"
    return "start" if at_start else "end" if at_end else ""


def in_words(seconds: float) -> str:
    """A length for a note: `12 s`, `2.4 s`, `0.12 s`, never less than a millisecond."""
    seconds = max(seconds, 0.001)
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
