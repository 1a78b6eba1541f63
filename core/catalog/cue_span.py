"""What the rules about captions share: a finding covers a caption while it shows."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import Claim, finding_of
from core.catalog.spec import DetectorSpec
from core.domain.finding import Finding
from core.domain.time import Span
from core.domain.track import Track

DURATION = "duration_s"
"""Metric that says how long the captions of a row show."""


def shown_until_s(track: Track) -> NDArray[np.float64]:
    """When the captions of each row go off, in seconds; that may be after others came on."""
    return np.asarray(track.starts_s + track.metrics[DURATION])


def cue_finding(
    spec: DetectorSpec, track: Track, claim: Claim, before: int | None = None
) -> Finding:
    """A claim about captions as a finding.

    It lasts until its last caption goes off, not over the pause behind.

    Args:
        spec: The detector.
        track: Its track, with a metric `duration_s`.
        claim: What was found out.
        before: Row of the next claim, before which it ends; None when there is none.
    """
    finding = finding_of(spec, track, claim)
    last = claim.run.last
    shown = ceil(float(track.metrics[DURATION][last]) / float(track.base) - 1e-3)
    limit = track.end if before is None else int(track.pts[before])
    end = min(int(track.pts[last]) + max(shown, 1), limit)
    return replace(finding, span=Span(finding.span.start, end, track.base))
