"""Reports for tests of exports: titles at many rates, flags at exact frames, hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.domain.defect import Severity
from core.domain.finding import Band, Evidence, Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.time import MediaTime, Span
from core.domain.title import AudioStream, Title, VideoStream
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.reports.clock import clock_of
from core.reports.report import Entry, Kind, Report

FINGERPRINT = "ab" * 32
WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

HOSTILE = (
    'a "quoted", comma; and\nnew\r\nlines',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></table>&amp; --> *",
    '=HYPERLINK("http://x","y")',
    "+1+2",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "שלום עולם",
    "x" * 300,
    "tab\there, nul\x00, bell\x07, half \ud800, last \uffff",
    "combining e\u0301, emoji \U0001f3ac, \u202eturned",
    "${7*7} {{7*7}} %s \\N{dash}",
)


@dataclass(frozen=True)
class Timing:
    """How a title counts.

    Attributes:
        rate: Frames a second.
        base: Time base of the pictures.
        start_s: Time of the first frame.
        drop: Drop-frame counting.
        variable: The rate varies.
    """

    rate: Fraction
    base: Fraction
    start_s: Fraction = Fraction(0)
    drop: bool = False
    variable: bool = False


_MILLI = Fraction(1, 1000)
TIMINGS = {
    "23.976": Timing(Fraction(24000, 1001), Fraction(1, 24000)),
    "23.976 in Matroska": Timing(Fraction(24000, 1001), _MILLI),
    "25": Timing(Fraction(25), Fraction(1, 12800)),
    "25, starts late": Timing(Fraction(25), Fraction(1, 90000), Fraction(3600)),
    "29.97 drop": Timing(Fraction(30000, 1001), Fraction(1, 30000), drop=True),
    "29.97 drop, starts late": Timing(
        Fraction(30000, 1001), Fraction(1, 90000), Fraction(107892 * 1001, 30000), True
    ),
    "29.97": Timing(Fraction(30000, 1001), _MILLI),
    "59.94 drop in Matroska": Timing(Fraction(60000, 1001), _MILLI, drop=True),
    "59.94": Timing(Fraction(60000, 1001), Fraction(1, 60000), Fraction(7)),
    "120": Timing(Fraction(120), Fraction(1, 90000)),
    "variable": Timing(Fraction(23_810, 1000), _MILLI, variable=True),
}


def timed_title(timing: Timing, duration_s: float = 1200.0, name: str = "title.mp4") -> Title:
    """A title with pictures and sound."""
    start = MediaTime.from_seconds(timing.start_s, timing.base)
    return Title(
        path=Path("/media") / name,
        fingerprint=FINGERPRINT,
        container="mov,mp4",
        size_bytes=123456,
        start=start,
        duration_s=duration_s,
        video=(
            VideoStream(
                0,
                "h264",
                timing.base,
                start.pts,
                int(duration_s / timing.base),
                width=1920,
                height=1080,
                rate=timing.rate,
                variable_rate=timing.variable,
            ),
        ),
        audio=(
            AudioStream(
                1,
                "aac",
                Fraction(1, 48000),
                start.to(Fraction(1, 48000)).pts,
                int(duration_s * 48000),
                sample_rate=48000,
                channels=2,
                layout="stereo",
            ),
        ),
    )


def frame_span(timing: Timing, first: int, stop: int) -> Span:
    """The span of frames, as PTS rounded to the time base would have them."""
    start, end = (timing.start_s + n / timing.rate for n in (first, stop))
    return Span.from_seconds(start, end, timing.base)


def make_entry(
    number: int,
    span: Span,
    decision: Decision | None = None,
    *,
    defect: str = "black",
    stream: int = 0,
    severity: Severity = Severity.ISSUE,
    comment: str = "",
    reviewer: str = "Ada",
    note: str = "Darker than it should be.",
    band: Band | None = None,
    disposition: Disposition | None = None,
) -> Entry:
    """A finding, and one verdict on it unless nothing was decided."""
    peak = MediaTime((span.start + span.end) // 2, span.base)
    evidence = Evidence("level", peak, 0.75, 0.5, note, band=band)
    missed = decision is Decision.MISSED
    finding = Finding(defect, defect, stream, span, 0.5, severity, evidence)
    verdicts: tuple[Verdict, ...] = ()
    if decision is not None:
        said = Verdict(
            FINGERPRINT,
            stream,
            defect,
            "" if missed else defect,
            span,
            decision,
            reviewer,
            reason=RejectReason.NOT_VISIBLE if decision is Decision.REJECT else None,
            disposition=disposition,
            comment=comment,
            at=WHEN,
        )
        verdicts = (said,)
    kind = Kind.MISSED if missed else Kind.FINDING
    detector = "" if missed else defect
    kept = None if missed else finding
    return Entry(number, kind, span, defect, detector, stream, kept, verdicts)


def make_run(**values: object) -> Run:
    """A finished run."""
    plain: dict[str, object] = {
        "id": "r1",
        "fingerprint": FINGERPRINT,
        "detectors": ("black", "hum"),
        "state": RunState.DONE,
        "started": WHEN,
        "finished": WHEN,
        "weights": {"black": "c0ffee" * 10},
        "settings": {"av": "18.1"},
    }
    return Run(**{**plain, **values})  # type: ignore[arg-type]


def level_track(base: Fraction = Fraction(1, 25), seconds: int = 60) -> Track:
    """What `make_entry` names as evidence."""
    pts = np.arange(0, int(seconds / base), dtype=np.int64)
    level = (0.5 + 0.5 * np.sin(pts / 17)).astype(np.float32)
    return Track("black", 0, base, pts, int(pts[-1]) + 1, {"level": level})


def make_report(
    timing: Timing = TIMINGS["25"],
    entries: Sequence[Entry] = (),
    *,
    start: str = "",
    **values: object,
) -> Report:
    """A report on `timed_title`."""
    title = timed_title(timing)
    plain: dict[str, object] = {
        "title": title,
        "run": make_run(),
        "profile": DEFAULT_PROFILE,
        "entries": tuple(entries),
        "clock": clock_of(title, timing.drop, start),
        "made": WHEN,
        "versions": {"onglass": "0.1.0"},
    }
    return Report(**{**plain, **values})  # type: ignore[arg-type]


def hostile_report() -> Report:
    """One confirmed flag for each hostile text."""
    entries = [
        make_entry(
            n, frame_span(TIMINGS["25"], 50 * n, 50 * n + 10), Decision.CONFIRM, comment=text
        )
        for n, text in enumerate(HOSTILE, 1)
    ]
    return make_report(entries=entries, tracks=(level_track(),))
