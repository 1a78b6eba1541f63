"""What `onglass scan` says of each title, to people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from core.domain.finding import Finding
from core.domain.timecode import format_clock
from core.domain.title import Title
from core.jobs.progress import Progress


@dataclass(slots=True)
class Scanned:
    """What came of one title.

    Attributes:
        path: The file.
        title: What probing found; None when it failed.
        run_id: The run, when it came to an end.
        findings: What was found.
        notes: Sentences about what was left out.
        errors: Sentences; not empty means that the title failed, in whole or in part.
    """

    path: Path
    title: Title | None = None
    run_id: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)


def pace_text(progress: Progress) -> str:
    """How fast a title goes, and how long it will still take."""
    left_s = progress.left_s
    if left_s is None:
        return ""
    return f"{progress.speed:.1f} x, {format_clock(left_s).partition('.')[0]} left"


def as_json(scanned: Scanned) -> dict[str, Any]:
    """What came of one title, as the JSON report says it."""
    title = scanned.title
    return {
        "path": str(scanned.path),
        "fingerprint": title.fingerprint if title is not None else None,
        "duration_s": title.duration_s if title is not None else None,
        "run": scanned.run_id or None,
        "notes": [*(title.notes if title is not None else ()), *scanned.notes],
        "findings": [finding_as_json(finding) for finding in scanned.findings],
        "errors": scanned.errors,
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON report says it: times in PTS with their base, and in seconds."""
    evidence = finding.evidence
    region, band = evidence.region, evidence.band
    return {
        "detector": finding.detector,
        "defect": finding.defect,
        "stream": finding.stream,
        "start_s": finding.span.start_s,
        "end_s": finding.span.end_s,
        "start_pts": finding.span.start,
        "end_pts": finding.span.end,
        "time_base": str(finding.span.base),
        "score": finding.score,
        "severity": str(finding.severity),
        "evidence": {
            "metric": evidence.metric,
            "peak_s": evidence.peak.seconds,
            "peak_pts": evidence.peak.to(finding.span.base).pts,
            "peak_value": evidence.peak_value,
            "threshold": evidence.threshold,
            "note": evidence.note,
            "region": region and [region.left, region.top, region.right, region.bottom],
            "band": band and [band.low_hz, band.high_hz],
            "channels": list(evidence.channels),
        },
    }


def print_scanned(console: Console, done: Sequence[Scanned]) -> None:
    """What came of each title, for people."""
    for item in done:
        table = Table(
            "From", "To", "Detector", "Severity", "Score", "Why", title=escape(item.path.name)
        )
        for finding in item.findings:
            table.add_row(
                format_clock(finding.span.start_s),
                format_clock(finding.span.end_s),
                finding.detector,
                str(finding.severity),
                f"{finding.score:.2f}",
                escape(finding.evidence.note),
            )
        if item.findings:
            console.print(table)
        elif not item.errors:
            console.print(f"{escape(item.path.name)}: nothing found.")
        for note in (*(item.title.notes if item.title is not None else ()), *item.notes):
            console.print(f"  {escape(note)}")
