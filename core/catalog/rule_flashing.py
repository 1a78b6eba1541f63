"""Flashing: more than three flashes of light or of red within a second. Never a certification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import Claim, Run, finding_of, in_words, merge_gaps, runs_of, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_BT1702 = "ITU-R BT.1702, Ofcom"
_TOGETHER_S = 0.08
_MERGE_S = 1.0
_KINDS = (
    ("up_pct", "down_pct", "between dark and bright"),
    ("red_up_pct", "red_down_pct", "to and from saturated red"),
)

Values = NDArray[np.float64]


def flashing_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches in which any second holds more than three flashes.

    A turn is where more than a quarter of the picture turns the same way within 80 ms; a flash is
    two opposing turns, so that three flashes are six. Light and red are counted apart;
    where both flash, the stronger is told.
    """
    track = tracks[spec.id]
    claims: list[Claim] = []
    for up, down, words in _KINDS:
        rows = _turns(track, up, down, spec.value(profile, "area_pct"))
        runs = _dense(track, rows, spec.value(profile, "flashes"))
        claims += [_claim(spec, track, run, rows, (up, down, words), profile) for run in runs]
    claims.sort(key=lambda claim: (claim.run.first, claim.run.last))
    return [finding_of(spec, track, claim) for claim in _together(claims)]


def _together(claims: list[Claim]) -> list[Claim]:
    """Flashes of light and of red at the same time as one claim, told by the stronger."""
    joined: list[Claim] = []
    for claim in claims:
        if joined and claim.run.first <= joined[-1].run.last:
            last = joined[-1]
            run = Run(last.run.first, max(last.run.last, claim.run.last))
            joined[-1] = replace(max(last, claim, key=lambda one: one.score), run=run)
        else:
            joined.append(claim)
    return joined


def _turns(track: Track, up: str, down: str, area_pct: float) -> NDArray[np.int64]:
    """Rows at which the picture turns, each opposing the one before."""
    found = []
    for name in (up, down):
        share = _summed(track, track.metrics[name].astype(np.float64))
        found.append(np.where(share > area_pct, share, 0.0))
    greater = found[0] >= found[1]
    starts = [
        (run.first, goes_up)
        for goes_up, mask in ((True, greater & (found[0] > 0)), (False, ~greater & (found[1] > 0)))
        for run in runs_of(mask)
    ]
    starts.sort()
    kept = [s for i, s in enumerate(starts) if i == 0 or s[1] != starts[i - 1][1]]
    return np.array([row for row, _ in kept], np.int64)


def _summed(track: Track, share: Values) -> Values:
    """Each row's share with those of the 80 ms before, for not all cells turn in one frame."""
    total = np.concatenate(([0.0], np.cumsum(share)))
    first = np.searchsorted(track.starts_s, track.starts_s - (_TOGETHER_S - 5e-7))
    return np.asarray(total[1:] - total[np.minimum(first, np.arange(len(share)))])


def _dense(track: Track, rows: NDArray[np.int64], flashes: float) -> list[Run]:
    """From the first to the last turn of stretches with more turns a second than allowed."""
    least = int(2 * flashes) + 1
    if len(rows) < least:
        return []
    at = track.starts_s[rows]
    runs = [
        Run(int(rows[i]), int(rows[i + least - 1]))
        for i in np.flatnonzero(at[least - 1 :] - at[: 1 - least or None] < 1.0)
    ]
    joined: list[Run] = []
    for run in runs:
        if joined and run.first <= joined[-1].last:
            joined[-1] = Run(joined[-1].first, run.last)
        else:
            joined.append(run)
    return merge_gaps(track, joined, _MERGE_S)


def _claim(
    spec: DetectorSpec,
    track: Track,
    run: Run,
    rows: NDArray[np.int64],
    kind: tuple[str, str, str],
    profile: Profile,
) -> Claim:
    up, down, words = kind
    limit = spec.value(profile, "flashes")
    inside = rows[(rows >= run.first) & (rows <= run.last)]
    at = track.starts_s[inside]
    most = int((np.searchsorted(at, at + 1.0 - 5e-7) - np.arange(len(at))).max()) / 2
    part = slice(run.first, run.last + 1)
    metric = max((up, down), key=lambda name: float(track.metrics[name][part].max()))
    peak = run.first + int(np.argmax(track.metrics[metric][part]))
    area = float(track.metrics[metric][peak])
    length = float(track.ends_s[run.last] - track.starts_s[run.first])
    return Claim(
        run,
        metric,
        spec.value(profile, "area_pct"),
        peak,
        score_of(most / max(limit, 0.5) - 1.0, length, 1.0),
        spec.proposed_severity(profile),
        f"Up to {most:.3g} flashes within a second {words}, over up to {area:.0f} % of the "
        f"picture, for {in_words(length)}; the limit is {limit:.3g}. This is no certification.",
    )


FLASHING = DetectorSpec(
    id="flashing",
    defect="flashing",
    title="Flashing",
    help=(
        "More than three flashes a second of light or of saturated red over a quarter of the "
        "picture, as a screen of 200 cd/m² would show them. Strobes on a stage flash indeed and "
        "are told. It warns; it is no certification and does not replace a certified tester."
    ),
    views=("luma/16", "chroma/16"),
    metrics=(
        MetricSpec("up_pct", "Area that turns bright", "%", 0.0, 100.0),
        MetricSpec("down_pct", "Area that turns dark", "%", 0.0, 100.0),
        MetricSpec("red_up_pct", "Area that turns saturated red", "%", 0.0, 100.0),
        MetricSpec("red_down_pct", "Area that loses saturated red", "%", 0.0, 100.0),
        MetricSpec("mean_cdm2", "Mean luminance", "cd/m²", 0.0, 255.0),
    ),
    thresholds=(
        ThresholdSpec("flashes", "Flashes allowed in a second", "1/s", 3.0, 1.0, 30.0, _BT1702),
        ThresholdSpec(
            "area_pct", "Area that makes it a flash", "%", 25.0, 1.0, 100.0, _BT1702, "up_pct"
        ),
    ),
    rule=flashing_rule,
    severity=Severity.ISSUE,
    source="ITU-R BT.1702 and Ofcom as summarised by QC vendors; red after WCAG 2",
    warmup=17,
)
