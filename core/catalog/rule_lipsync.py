"""Lip sync: sound that leads or lags the lips, and sound that drifts away from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    Claim,
    Mask,
    Run,
    finding_of,
    in_words,
    runs_above,
    runs_below,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.catalog.sync_verdict import (
    FRAME_MS,
    HALF_FRAME_MS,
    SLOTS,
    TOLERANCES,
    Fragment,
    SyncState,
    judge,
    sure_rows,
)
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

STEP_MS = 1.5 * FRAME_MS
_FEWEST_TO_DRIFT = 4
_FARTHEST_MS = 800.0
_SHOWN_MS = 250.0
_QUANTUM_MS = FRAME_MS / np.sqrt(12)


@dataclass(frozen=True, slots=True)
class Slope:
    """How the offset moves along a stretch.

    Attributes:
        start_ms: Offset of the fitted line at the first fragment.
        end_ms: The same at the last.
        per_minute_ms: Its slope.
        within_ms: Half of the 95 % interval of the slope.
    """

    start_ms: float
    end_ms: float
    per_minute_ms: float
    within_ms: float

    @property
    def change_ms(self) -> float:
        """How far it moved."""
        return self.end_ms - self.start_ms


def lipsync_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches of judged fragments that agree on an offset beyond the tolerance, and drifts.

    Judged fragments are put together as long as the offset goes on without a step of more than a
    frame and a half; what could not be judged in between does not end a stretch unless it lasts
    longer than `bridge_s`. A lone fragment between two that agree with each other says nothing.
    Within a stretch, what lies beyond a line by half a frame is claimed once its sure rows last
    `sustain_s`, and held until it comes back by `hysteresis_ms`; it begins and ends with rows that
    say so themselves. A stretch whose offset moves
    steadily by `drift_ms` or more is claimed as drift, too.
    """
    track = tracks[spec.id]
    stretches = stretches_of(judge(track, spec, profile), spec.value(profile, "bridge_s"))
    claims: list[Claim] = []
    before: float | None = None
    for stretch in stretches:
        claims += _offset_claims(spec, track, stretch, before, profile)
        drift = _drift_claim(spec, track, stretch, profile)
        claims += [drift] if drift is not None else []
        before = stretch[-1].offset_ms
    found = [finding_of(spec, track, claim) for claim in claims]
    return sorted(found, key=lambda f: (f.span.start, f.span.end, f.defect))


def stretches_of(fragments: Sequence[Fragment], bridge_s: float) -> list[list[Fragment]]:
    """Judged fragments, put together where the offset goes on without a step.

    Args:
        fragments: In order of time.
        bridge_s: The longest time without a judged fragment that does not end a stretch.
    """
    judged = [f for f in fragments if f.state is not SyncState.INCONCLUSIVE]
    steady = [f for i, f in enumerate(judged) if not _stands_alone(judged, i)]
    stretches: list[list[Fragment]] = []
    for fragment in steady:
        last = stretches[-1][-1] if stretches else None
        if (
            last is not None
            and abs(fragment.offset_ms - last.offset_ms) <= STEP_MS
            and fragment.span.start_s - last.span.end_s <= bridge_s
        ):
            stretches[-1].append(fragment)
        else:
            stretches.append([fragment])
    return stretches


def _stands_alone(judged: Sequence[Fragment], index: int) -> bool:
    if not 0 < index < len(judged) - 1:
        return False
    before, own, after = (judged[index + step].offset_ms for step in (-1, 0, 1))
    return (
        abs(before - after) <= FRAME_MS
        and abs(own - before) > STEP_MS
        and abs(own - after) > STEP_MS
    )


def slope_of(stretch: Sequence[Fragment]) -> Slope | None:
    """A line through the offsets of a stretch, or None where there are too few.

    Least squares, weighted by confidence. Offsets are told to a frame at best, so the scatter is
    never taken as less than that of rounding to one.
    """
    if len(stretch) < _FEWEST_TO_DRIFT:
        return None
    at_s = np.array([(f.span.start_s + f.span.end_s) / 2 for f in stretch])
    offset = np.array([f.offset_ms for f in stretch])
    weight = np.array([f.confidence for f in stretch])
    middle = float(np.average(at_s, weights=weight))
    spread = float(np.average((at_s - middle) ** 2, weights=weight))
    level = float(np.average(offset, weights=weight))
    if spread <= 0:
        return None
    slope = float(np.average((at_s - middle) * (offset - level), weights=weight)) / spread
    rest: NDArray[np.float64] = offset - level - slope * (at_s - middle)
    count = len(stretch)
    scatter = max(float(np.sqrt((rest**2).sum() / (count - 2))), float(_QUANTUM_MS))
    # Student's factor for 95 % to about a hundredth from four fragments on.
    factor = 1.96 + 2.4 / (count - 2) + 3.6 / (count - 2) ** 2.5
    within = factor * scatter / float(np.sqrt(count * spread))
    ends = (level + slope * (at_s[0] - middle), level + slope * (at_s[-1] - middle))
    return Slope(float(ends[0]), float(ends[1]), 60 * slope, 60 * within)


def _offset_claims(
    spec: DetectorSpec,
    track: Track,
    stretch: Sequence[Fragment],
    before_ms: float | None,
    profile: Profile,
) -> list[Claim]:
    offset = np.array([fragment.offset_ms for fragment in stretch])
    early, late = spec.value(profile, "early_ms"), spec.value(profile, "late_ms")
    back = spec.value(profile, "hysteresis_ms")
    # Coming back never reaches the middle: early and late would run into each other.
    left = max(early + HALF_FRAME_MS - back, early / 2)
    right = min(late - HALF_FRAME_MS + back, late / 2)
    above = runs_above(offset, early + HALF_FRAME_MS, left)
    below = runs_below(offset, late - HALF_FRAME_MS, right)
    sure = sure_rows(track, spec.value(profile, "confidence"))
    told = track.metrics["offset_ms"]
    claims = []
    for run, line, counts in sorted(
        [
            *((run, early, sure & (told >= left)) for run in above),
            *((run, late, sure & (told <= right)) for run in below),
        ],
        key=lambda found: found[0].first,
    ):
        mine = stretch[run.first : run.last + 1]
        if sum(f.sure_s for f in mine) >= spec.value(profile, "sustain_s") - 5e-7:
            stepped = before_ms if run.first == 0 else None
            claims.append(_offset_claim(spec, track, mine, counts, line, stepped, profile))
    return claims


def _rows(part: Sequence[Fragment], counts: Mask) -> Run:
    """From the first row of some fragments that counts to their last."""
    sure = np.flatnonzero(counts)
    first = sure[np.searchsorted(sure, part[0].first)]
    last = sure[np.searchsorted(sure, part[-1].last, side="right") - 1]
    return Run(int(first), int(last))


def _offset_claim(
    spec: DetectorSpec,
    track: Track,
    part: Sequence[Fragment],
    counts: Mask,
    line: float,
    before_ms: float | None,
    profile: Profile,
) -> Claim:
    run = _rows(part, counts)
    offsets = np.array([fragment.offset_ms for fragment in part])
    middle = float(np.median(offsets))
    apart = np.abs(track.metrics["offset_ms"][run.first : run.last + 1] - middle)
    # The row that stands for the stretch is the one whose offset is to be corrected.
    peak = run.first + int(np.argmin(np.where(counts[run.first : run.last + 1], apart, np.inf)))
    lasting = sum(fragment.sure_s for fragment in part)
    confidence = float(np.mean([fragment.confidence for fragment in part]))
    side = "early" if middle > 0 else "late"
    note = (
        f"The sound is {abs(middle):.0f} ms {side} ({abs(middle) / FRAME_MS:.1f} frames at 25 a "
        f"second); {in_words(lasting)} of it agree, {100 * confidence:.0f} % sure"
    )
    if before_ms is not None and abs(middle - before_ms) > STEP_MS:
        note += f", after a step of {middle - before_ms:+.0f} ms"
    return Claim(
        run,
        "offset_ms",
        line,
        peak,
        score_of(
            (abs(middle) - abs(line)) / max(abs(line), FRAME_MS) * confidence,
            lasting,
            max(spec.value(profile, "sustain_s"), 1.0),
        ),
        spec.proposed_severity(profile),
        f"{note}.",
    )


def _drift_claim(
    spec: DetectorSpec, track: Track, stretch: Sequence[Fragment], profile: Profile
) -> Claim | None:
    slope = slope_of(stretch)
    limit = spec.value(profile, "drift_ms")
    if (
        slope is None
        or abs(slope.change_ms) < limit
        or abs(slope.per_minute_ms) <= slope.within_ms
        or _comes_in_one_step(stretch, slope)
    ):
        return None
    sure = sure_rows(track, spec.value(profile, "confidence"))
    run = _rows(stretch, sure)
    size = np.abs(track.metrics["offset_ms"][run.first : run.last + 1])
    minutes = stretch[-1].span.end_s - stretch[0].span.start_s
    return Claim(
        run,
        "offset_ms",
        limit,
        run.first + int(np.argmax(np.where(sure[run.first : run.last + 1], size, -1.0))),
        score_of(abs(slope.change_ms) / limit - 1.0, float(len(stretch)), _FEWEST_TO_DRIFT),
        spec.proposed_severity(profile),
        f"The sound drifts against the lips from {slope.start_ms:+.0f} to {slope.end_ms:+.0f} ms "
        f"within {in_words(minutes)} (above 0 it is early): {slope.per_minute_ms:+.1f} ± "
        f"{slope.within_ms:.1f} ms a minute.",
        defect="av_drift",
    )


def _comes_in_one_step(stretch: Sequence[Fragment], slope: Slope) -> bool:
    """Whether one pair of neighbours moves by most of what the whole stretch does."""
    largest = max(abs(b.offset_ms - a.offset_ms) for a, b in pairwise(stretch))
    return largest > 0.75 * abs(slope.change_ms)


def _slot(index: int) -> tuple[MetricSpec, ...]:
    """Columns of one face; the largest has the first slot and keeps it while it lasts."""
    name, title = f"face{index}", f"Face {index + 1}"
    return (
        MetricSpec(f"{name}_track", f"{title}: track (-1 none)", "", -1.0, 1e6, plotted=False),
        *(
            MetricSpec(f"{name}_{side}", f"{title}: {words}", "", 0.0, 1.0, plotted=False)
            for side, words in (("x", "left"), ("y", "top"), ("w", "width"), ("h", "height"))
        ),
        MetricSpec(
            f"{name}_offset_ms",
            f"{title}: offset",
            "ms",
            -_FARTHEST_MS,
            _FARTHEST_MS,
            plotted=False,
        ),
        MetricSpec(f"{name}_confidence", f"{title}: confidence", "", 0.0, 1.0, plotted=False),
    )


_DEFAULT = TOLERANCES[0]

LIPSYNC = DetectorSpec(
    id="lipsync",
    defect="av_sync",
    title="Lip sync",
    help=(
        "Sound that comes early (above 0 ms) or late against the lips of who speaks, read by a "
        "network. One frame at 25 a second is 40 ms and offsets are told no finer, so a line "
        "counts as passed half a frame (20 ms) beyond it. Where no face or no speech is found, "
        "nothing is said; dubbed speech and songs have no offset to be right about."
    ),
    views=(
        "luma",
        *(f"{plane}/{factor}" for plane in ("luma", "chroma") for factor in (1, 2, 4, 8)),
        "audio",
    ),
    metrics=(
        MetricSpec(
            "offset_ms",
            "Offset (early above 0)",
            "ms",
            -_SHOWN_MS,
            _SHOWN_MS,
            unless="reason",
        ),
        MetricSpec("confidence", "Confidence", "", 0.0, 1.0),
        MetricSpec("evidence_s", "Evidence", "s", 0.0, 4.0),
        MetricSpec("reason", "Not judged because (0 judged)", "", 0.0, 6.0, plotted=False),
        MetricSpec("shot", "Shot", "", 0.0, 1e6, plotted=False),
        MetricSpec("faces", "Faces", "", 0.0, 100.0),
        *(metric for index in range(SLOTS) for metric in _slot(index)),
    ),
    thresholds=(
        ThresholdSpec(
            "early_ms",
            "Early from",
            "ms",
            _DEFAULT.early_ms,
            5.0,
            400.0,
            "ITU-R BT.1359: detectable from 45 ms early",
            metric="offset_ms",
        ),
        ThresholdSpec(
            "late_ms",
            "Late from",
            "ms",
            _DEFAULT.late_ms,
            -400.0,
            -5.0,
            "ITU-R BT.1359: detectable from 125 ms late",
            metric="offset_ms",
            fires_below=True,
        ),
        ThresholdSpec(
            "confidence",
            "Counts when sure from",
            "",
            0.5,
            0.05,
            0.99,
            "more likely right than not",
            metric="confidence",
        ),
        ThresholdSpec(
            "sustain_s",
            "Agreed for at least",
            "s",
            2.4,
            0.0,
            60.0,
            "fragments around different moments have to agree",
        ),
        ThresholdSpec(
            "hysteresis_ms", "Held until back by", "ms", 20.0, 0.0, 100.0, "half a frame"
        ),
        ThresholdSpec(
            "bridge_s",
            "Held while none is judged for",
            "s",
            60.0,
            0.0,
            600.0,
            "a scene without faces",
        ),
        ThresholdSpec("drift_ms", "Drift from", "ms", 80.0, 40.0, 500.0, "two frames of 40 ms"),
    ),
    rule=lipsync_rule,
    severity=Severity.ISSUE,
    source="ITU-R BT.1359; SyncNet (Chung and Zisserman, 2016)",
    also=("av_drift",),
    warmup_s=16,
)
