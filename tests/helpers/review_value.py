"""Small values for tests of the store and of reviewing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.domain.defect import Severity
from core.domain.finding import Band, Evidence, Finding, Region
from core.domain.profile import Profile
from core.domain.time import MediaTime, Span
from core.domain.title import AudioStream, CaptionStream, Title, VideoStream
from core.domain.track import Track
from core.domain.verdict import Decision, Verdict

BASE = Fraction(1, 1000)
FINGERPRINT = "f" * 64


def make_title(fingerprint: str = FINGERPRINT, path: str = "/media/Reel ä 1.mov") -> Title:
    """A title with one stream of each kind."""
    return Title(
        path=Path(path),
        fingerprint=fingerprint,
        container="mov,mp4",
        size_bytes=12345,
        start=MediaTime(-3, Fraction(1, 90000)),
        duration_s=60.04,
        video=(
            VideoStream(
                0,
                "h264",
                Fraction(1, 90000),
                duration_pts=5_403_600,
                width=1920,
                height=1080,
                rate=Fraction(30000, 1001),
                pixel_aspect=Fraction(4, 3),
                rotation=90,
            ),
        ),
        audio=(AudioStream(1, "aac", Fraction(1, 48000), language="de", sample_rate=48000),),
        captions=(CaptionStream(1000, "srt", BASE, file=Path("/media/Reel ä 1.srt")),),
        notes=("The audio starts late.",),
    )


def span(start_s: float, end_s: float) -> Span:
    """A span on a base of one millisecond."""
    return Span.from_seconds(start_s, end_s, BASE)


def make_finding(
    start_s: float, end_s: float, detector: str = "black", stream: int = 0, **values: object
) -> Finding:
    """A finding; the defect is named like the detector."""
    evidence = Evidence(
        "level",
        MediaTime.from_seconds(start_s, BASE),
        0.1 + 0.2,
        0.25,
        note="Darker than it should be.",
        region=Region(0.0, 0.1, 0.5, 1.0),
        band=Band(50.0, 60.0),
        channels=(0, 1),
    )
    plain: dict[str, object] = {
        "detector": detector,
        "defect": detector,
        "stream": stream,
        "span": span(start_s, end_s),
        "score": 0.5,
        "severity": Severity.ISSUE,
        "evidence": evidence,
    }
    return Finding(**{**plain, **values})  # type: ignore[arg-type]


def make_verdict(
    start_s: float = 0.0,
    end_s: float = 1.0,
    decision: Decision = Decision.CONFIRM,
    reviewer: str = "Ada",
    detector: str = "black",
    **values: object,
) -> Verdict:
    """A verdict about the finding that `make_finding` makes there."""
    plain: dict[str, object] = {
        "fingerprint": FINGERPRINT,
        "stream": 0,
        "defect": detector or "black",
        "detector": detector,
        "span": span(start_s, end_s),
        "decision": decision,
        "reviewer": reviewer,
    }
    return Verdict(**{**plain, **values})  # type: ignore[arg-type]


def make_track(
    first: int, count: int, detector: str = "black", stream: int = 0, step: int = 40
) -> Track:
    """A track with two metrics, whose values depend on the PTS alone."""
    pts = np.arange(first, first + count * step, step, dtype=np.int64)
    level = np.sin(pts / 997.0).astype(np.float32)
    metrics = {"level": level, "share": (pts % 7).astype(np.float32)}
    return Track(detector, stream, BASE, pts, first + count * step, metrics)


def with_maps(track: Track, rows: int = 3, columns: int = 5) -> Track:
    """A track with maps whose values depend on PTS and cell alone."""
    cells = np.arange(rows * columns).reshape(1, rows, columns)
    maps = ((track.pts[:, None, None] // 7 + cells) % 251).astype(np.uint8)
    return replace(track, maps=maps)


def decide_above(
    tracks: Sequence[Track], profile: Profile, _weights: Mapping[str, str]
) -> list[Finding]:
    """A rule: stretches where `level` is above the detector's threshold `level`."""
    found = []
    for track in tracks:
        line = profile.thresholds.get(track.detector, {}).get("level", 0.5)
        bad = np.concatenate(([0], (track.metrics["level"] > line).astype(np.int8), [0]))
        edges = np.flatnonzero(np.diff(bad))
        for first, last in zip(edges[::2], edges[1::2] - 1, strict=True):
            stretch = track.span(int(first), int(last))
            peak = Evidence("level", stretch.start_time, float(line), float(line))
            found.append(
                Finding(
                    detector=track.detector,
                    defect=track.detector,
                    stream=track.stream,
                    span=stretch,
                    score=0.5,
                    severity=Severity.ISSUE,
                    evidence=peak,
                    profile=profile.hash,
                )
            )
    return found
