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
_LEAST_CHANGE_PCT = 0.3
_FARTHEST_PAIR_ROWS = 8
_FEWEST_JERKS = 4


def combing_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches in which what moves is combed, and in which motion goes back and forth.

    A comb must be seen in two looks at least, for a single one may be a flash or a fine texture.
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
    share = track.metrics["combed_pct"].astype(np.float64)
    area = share * track.metrics["moving_pct"] / 100.0
    combed = (share >= line) & (area >= spec.value(profile, "area_pct"))
    declared = bool(track.metrics["declared"].max(initial=0.0) >= 1.0)
    if declared and spec.value(profile, "report_declared") < 1:
        return []
    claims = []
    for run in merge_gaps(track, runs_of(combed), _MERGE_S):
        rows = slice(run.first, run.last + 1)
        if int(combed[rows].sum()) < _FEWEST_LOOKS:
            continue
        peak = run.first + int(np.argmax(share[rows]))
        length = length_s(track, run)
        ending = ", as the stream declares" if declared else ", though the stream is progressive"
        claims.append(
            Claim(
                run,
                "combed_pct",
                line,
                peak,
                score_of(float(np.median(share[rows][combed[rows]])) / line - 1.0, length, 0.4),
                Severity.FYI if declared else spec.proposed_severity(profile),
                f"Fields of different times are woven together for {in_words(length)}: in "
                f"{share[peak]:.0f} % of what moves, rows differ more from their neighbours than "
                f"from the next but one{ending}.",
                region=_region(track, rows, combed[rows]),
            )
        )
    return claims


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
                spec.value(profile, "area_pct"),
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
        "wrong order, so that motion jerks back and forth. Seen in motion only. Texture of exactly "
        "two rows, such as fine blinds, can fool it."
    ),
    views=("luma", "events"),
    metrics=(
        MetricSpec("ratio", "Difference to the next row against the next but one", "", 0.0, 4.0),
        MetricSpec("combed_pct", "Combed share of what moves", "%", 0.0, 100.0),
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
            "Combed share of what moves",
            "%",
            15.0,
            1.0,
            100.0,
            MEASURED,
            metric="combed_pct",
        ),
        ThresholdSpec("area_pct", "Combed share of the picture", "%", 0.3, 0.0, 100.0, MEASURED),
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
    source="FFmpeg idet and comb detection, as a ratio of differences of rows",
    after=("stutter",),
    warmup=2,
)
