"""Flags, titles and tracks for tests of the desk, without files or a store."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.time import MediaTime, Span
from core.domain.title import AudioStream, Title, VideoStream
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.review.flag import Flag

BASE = Fraction(1, 1000)


def clock(seconds: float) -> str:
    return f"{seconds:.3f}"


def make_title(duration_s: float = 60.0, path: Path = Path("/nowhere/title.mp4")) -> Title:
    pts = round(duration_s * 1000)
    return Title(
        path=path,
        fingerprint="f" * 16,
        container="mp4",
        size_bytes=1000,
        start=MediaTime(0, BASE),
        duration_s=duration_s,
        video=(
            VideoStream(
                0, "h264", BASE, 0, pts, width=1280, height=720, rate=Fraction(25), pixel_format="p"
            ),
        ),
        audio=(
            AudioStream(1, "aac", BASE, 0, pts, sample_rate=48000, channels=2, layout="stereo"),
        ),
    )


def make_finding(
    start_s: float,
    length_s: float = 1.0,
    detector: str = "black",
    severity: Severity = Severity.ISSUE,
    score: float = 0.5,
    note: str = "",
) -> Finding:
    span = Span.from_seconds(start_s, start_s + length_s, BASE)
    evidence = Evidence("m", MediaTime(span.start, BASE), 90.0, 50.0, note)
    return Finding(detector, detector, 0, span, score, severity, evidence)


def make_verdict(finding: Finding, decision: Decision, **more: object) -> Verdict:
    if decision is Decision.REJECT:
        more.setdefault("reason", RejectReason.FALSE_POSITIVE)
    if decision is Decision.CONFIRM:
        more.setdefault("disposition", Disposition.FIX)
    return Verdict(
        "f" * 16,
        finding.stream,
        finding.defect,
        finding.detector,
        finding.span,
        decision,
        "ann",
        **more,  # type: ignore[arg-type]
    )


def make_flag(
    start_s: float,
    length_s: float = 1.0,
    detector: str = "black",
    decision: Decision | None = None,
    *,
    severity: Severity = Severity.ISSUE,
    score: float = 0.5,
    note: str = "",
    orphan: bool = False,
    **more: object,
) -> Flag:
    finding = make_finding(start_s, length_s, detector, severity, score, note)
    verdict = make_verdict(finding, decision, **more) if decision is not None else None
    return Flag(
        key=finding.id,
        span=finding.span,
        defect=finding.defect,
        detector=detector,
        stream=0,
        finding=None if orphan else finding,
        verdict=verdict,
        orphan=orphan,
    )


def make_missed(start_s: float, length_s: float = 1.0) -> Flag:
    flag = make_flag(start_s, length_s, "blur")
    assert flag.finding is not None
    verdict = Verdict("f" * 16, 0, "blur", "", flag.span, Decision.MISSED, "ann")
    return Flag(verdict.subject, flag.span, "blur", "", 0, verdict=verdict, missed=True)


def make_track(
    duration_s: float, detector: str = "black", metric: str = "m", start_s: float = 0.0
) -> Track:
    pts = np.arange(round(start_s * 1000), round((start_s + duration_s) * 1000), 40, dtype=np.int64)
    values = (50 + 50 * np.sin(pts / 3000)).astype(np.float32)
    return Track(detector, 0, BASE, pts, int(pts[-1]) + 40, {metric: values})
