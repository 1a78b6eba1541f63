"""Combing: interlace left in the picture, and fields shown in the wrong order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.track import Track

_MERGE_S = 0.65
_FEWEST_LOOKS = 2
_TOGETHER = 4.0
_LEAST_CHANGE_PCT = 0.3
_LEAST_MOVING_PCT = 0.02
_FARTHEST_PAIR_ROWS = 8
_FEWEST_JERKS = 5
_JERK_TO_PAIR = 1.2


def combing_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches in which what moves is combed, and in which motion goes back and forth.

    A comb must be seen in two looks at least, always with the same field first, and in all of them
    together beyond what chance brings about: a few pixels that move say little by themselves.
    Where every second frame is farther from the one before than from the one before that, fields
    come in the wrong order; the track of `stutter` shows it. In a stream that declares interlace
    a comb is as it should be, and told as FYI, unless `report_declared` is 0.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    claims = [*_comb_claims(spec, track, profile)]
    stutter = tracks.get("stutter")
    if stutter is not None and len(stutter):
        claims += _order_claims(spec, track, stutter, profile)
    claims.sort(key=lambda claim: (claim.run.first, claim.run.last))
    return [finding_of(spec, track, claim) for claim in claims]


def _comb_claims(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    line = spec.value(profile, "combed_pct")
    share, sure, lead = (
        track.metrics[name].astype(np.float64) for name in ("combed_pct", "sure", "lead")
    )
    seen = (share >= line) & (sure >= spec.value(profile, "sure"))
    seen &= track.metrics["moving_pct"] >= _LEAST_MOVING_PCT
    declared = bool(track.metrics["declared"].max(initial=0.0) >= 1.0)
    if declared and spec.value(profile, "report_declared") < 1:
        return []
    claims = []
    first, second = seen & (lead > 0), seen & (lead < 0)
    for combed, other in ((first, second), (second, first)):
        for run in _joined(track, combed, other):
            rows = slice(run.first, run.last + 1)
            looks = int(combed[rows].sum())
            together = float(sure[rows][combed[rows]].sum()) / np.sqrt(looks)
            if looks < _FEWEST_LOOKS or together < _TOGETHER:
                continue
            claims.append(_comb_claim(spec, track, run, profile, combed, declared))
    return claims


def _joined(track: Track, combed: Mask, other: Mask) -> list[Run]:
    """Runs joined over gaps in which the other field is nowhere seen first."""
    joined: list[Run] = []
    for run in runs_of(combed):
        if joined and not other[joined[-1].last + 1 : run.first].any():
            joined[-1:] = merge_gaps(track, [joined[-1], run], _MERGE_S)
        else:
            joined.append(run)
    return joined


def _comb_claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, combed: Mask, declared: bool
) -> Claim:
    line = spec.value(profile, "combed_pct")
    rows = slice(run.first, run.last + 1)
    share = np.where(combed, track.metrics["combed_pct"].astype(np.float64), 0.0)[rows]
    length = length_s(track, run)
    ending = ", as the stream declares" if declared else ", though the stream is progressive"
    return Claim(
        run,
        "combed_pct",
        line,
        run.first + int(np.argmax(share)),
        score_of(float(np.median(share[combed[rows]])) / line - 1.0, length, 0.4),
        Severity.FYI if declared else spec.proposed_severity(profile),
        f"Fields of different times are woven together for {in_words(length)}: where something "
        f"moves, every other row lies nearer to the picture before or after, by up to "
        f"{share.max():.0f} %{ending}.",
        region=_region(track, rows, combed[rows]),
    )


def _region(track: Track, rows: slice, combed: Mask) -> Region:
    """What holds the combed region of all looks."""
    left, top, right, bottom = (
        track.metrics[name][rows][combed].astype(np.float64)
        for name in ("left", "top", "right", "bottom")
    )
    return Region(float(left.min()), float(top.min()), float(right.max()), float(bottom.max()))


def _order_claims(
    spec: DetectorSpec, track: Track, stutter: Track, profile: Profile
) -> list[Claim]:
    """Stretches in which motion goes back and forth, on the rows of the own track."""
    one, two = (stutter.metrics[name].astype(np.float64) for name in ("change_pct", "two_pct"))
    back = (one >= spec.value(profile, "back") * two) & (one >= _LEAST_CHANGE_PCT)
    # Within a pair the step is one field long, from pair to pair two or three.
    back[1:] &= one[1:] >= _JERK_TO_PAIR * one[:-1]
    back[:2] = False
    at = np.flatnonzero(back)
    gaps = np.diff(at)
    # Fields come in pairs: jerks lie an even number of frames apart. Flicker has one every frame.
    linked = (gaps % 2 == 0) & (gaps <= _FARTHEST_PAIR_ROWS)
    claims = []
    chains = [Run(int(at[link.first]), int(at[link.last + 1])) for link in runs_of(linked)]
    for chain in merge_gaps(stutter, chains, _MERGE_S):
        jerks = int(back[chain.first : chain.last + 1].sum())
        if jerks < _FEWEST_JERKS:
            continue
        # A pair begins with the frame that comes too early.
        start_s = stutter.starts_s[max(chain.first - 1, 0)]
        end_s = stutter.ends_s[min(chain.last + 1, len(stutter) - 1)]
        first = max(int(np.searchsorted(track.starts_s, start_s + 1e-6, side="right")) - 1, 0)
        last = max(int(np.searchsorted(track.starts_s, end_s - 1e-6)) - 1, first)
        peak = first + int(np.argmax(track.metrics["moving_pct"][first : last + 1]))
        claims.append(
            Claim(
                Run(first, last),
                "moving_pct",
                _LEAST_MOVING_PCT,
                peak,
                score_of(0.0, jerks, _FEWEST_JERKS),
                spec.proposed_severity(profile),
                f"Motion jerks back and forth {jerks} times within {in_words(end_s - start_s)}, "
                "as when fields are shown in the wrong order.",
            )
        )
    return claims


COMBING = DetectorSpec(
    id="combing",
    defect="combing",
    title="Combing",
    help=(
        "Interlace left in a progressive picture: moving edges look like combs; and fields in the "
        "wrong order, so that motion jerks back and forth. Seen in motion only."
    ),
    views=("luma", "events"),
    metrics=(
        MetricSpec("combed_pct", "Rows of one field nearer to another picture", "%", 0.0, 100.0),
        MetricSpec("sure", "The same in standard errors", "", 0.0, 100.0),
        MetricSpec("lead", "Which field is older", "", -1.0, 1.0),
        MetricSpec("moving_pct", "Moving share of the picture", "%", 0.0, 100.0),
        MetricSpec("left", "Left edge of the combed region", "", 0.0, 1.0),
        MetricSpec("top", "Top edge of the combed region", "", 0.0, 1.0),
        MetricSpec("right", "Right edge of the combed region", "", 0.0, 1.0),
        MetricSpec("bottom", "Bottom edge of the combed region", "", 0.0, 1.0),
        MetricSpec("declared", "The stream declares interlace", "", 0.0, 1.0),
    ),
    thresholds=(
        ThresholdSpec(
            "combed_pct",
            "Rows of one field nearer to another picture",
            "%",
            8.0,
            1.0,
            100.0,
            "FFmpeg idet: intl_thres 1.04 is 2 %, over all pixels; these are those that move",
            metric="combed_pct",
        ),
        ThresholdSpec("sure", "The same in standard errors", "", 1.8, 0.0, 20.0, MEASURED),
        ThresholdSpec("back", "Change against that over two frames", "", 1.08, 1.0, 3.0, MEASURED),
        ThresholdSpec(
            "report_declared",
            "Report streams that declare interlace (1) or not (0)",
            "",
            1.0,
            0.0,
            1.0,
            "asset QC keeps such flags as FYI",
        ),
    ),
    rule=combing_rule,
    severity=Severity.ISSUE,
    source="FFmpeg idet, on what moves",
    after=("stutter",),
    warmup=2,
)
