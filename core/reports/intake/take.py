"""From a file to findings of a title."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from core.domain.defect import DEFECTS, Medium, Severity
from core.domain.errors import KnownError
from core.domain.finding import Evidence, Finding
from core.domain.run import IMPORTED
from core.domain.time import MediaTime, Span
from core.domain.title import Stream, Title
from core.reports.intake.claim import MOST_BYTES, Claim, Reading
from core.reports.intake.edl_list import read_edl
from core.reports.intake.json_list import read_json

UNNAMED = "other"
"""The defect of what names none."""

FORMATS: Mapping[str, str] = {".json": "json", ".edl": "edl", ".txt": "edl"}
"""Format by the end of a file's name."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file says about a title, ready to be kept.

    Attributes:
        name: What the file is called.
        digest: SHA-256 of its bytes.
        findings: By time; each claim once.
        notes: Sentences that a person should read before it is kept.
    """

    name: str
    digest: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def read_list(path: Path, title: Title, format_name: str = "", start_timecode: str = "") -> Intake:
    """Read a list of flags.

    Args:
        path: A file of `FORMATS`.
        title: What it is about.
        format_name: `json` or `edl`; empty goes by the file's name.
        start_timecode: What an edit list calls the title's first frame; empty finds it out.

    Raises:
        KnownError: The file cannot be read, is of another format, or nothing of it fits the title.
    """
    chosen = format_name or FORMATS.get(path.suffix.lower(), "")
    if chosen not in FORMATS.values():
        raise KnownError(f"{path.name} is neither JSON nor an edit list; give its format.")
    data = _bytes(path)
    readers: Mapping[str, Callable[[], Reading]] = {
        "json": lambda: read_json(data, title),
        "edl": lambda: read_edl(data, title, start_timecode),
    }
    reading = readers[chosen]()
    findings = _findings(reading.claims, title)
    if reading.claims and not findings:
        raise KnownError(f"All {len(reading.claims)} flags of {path.name} lie outside the title.")
    if not findings:
        raise KnownError(f"{path.name} lists no flags.")
    return Intake(
        path.name,
        hashlib.sha256(data).hexdigest(),
        findings,
        (*reading.notes, *_remarks(reading, findings, title)),
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise KnownError(f"{path.name} cannot be read.", str(error)) from error
    if len(data) > MOST_BYTES:
        raise KnownError(f"{path.name} is larger than {MOST_BYTES >> 20} MiB.")
    return data


def _findings(claims: tuple[Claim, ...], title: Title) -> tuple[Finding, ...]:
    found = [finding for claim in claims if (finding := _finding(claim, title)) is not None]
    once = {(f.id, f.evidence.note): f for f in found}
    return tuple(sorted(once.values(), key=lambda f: (f.span.start_time, f.span.end_time, f.id)))


def _finding(claim: Claim, title: Title) -> Finding | None:
    """The claim on a stream of the title; None where the title has nothing there."""
    defect = claim.defect or UNNAMED
    stream = _stream(claim, defect, title)
    if stream is None:
        return None
    first, last = title.start.exact, title.start.exact + Fraction(title.duration_s)
    if claim.start >= last or claim.end <= first:
        return None
    base = stream.base
    if claim.exact is not None and claim.exact.base == base:
        span = claim.exact
    else:
        start = floor(max(claim.start, first) / base + Fraction(1, 2))
        end = ceil(min(claim.end, last) / base - Fraction(1, 2))
        span = Span(start, max(end, start + 1), base)
    severity = claim.severity or Severity.ISSUE
    evidence = Evidence("", MediaTime(span.start, base), 0.0, 0.0, claim.note)
    return Finding(IMPORTED, defect, stream.index, span, claim.score, severity, evidence)


def _stream(claim: Claim, defect: str, title: Title) -> Stream | None:
    streams = (*title.video, *title.audio, *title.captions)
    named = next((s for s in streams if s.index == claim.stream), None)
    if named is not None:
        return named
    preferred: tuple[Stream, ...] = {
        Medium.AUDIO: title.audio,
        Medium.CAPTION: title.captions,
    }.get(DEFECTS[defect].medium, title.video)
    return next(iter((*preferred, *streams)), None)


def _remarks(reading: Reading, findings: tuple[Finding, ...], title: Title) -> tuple[str, ...]:
    notes = []
    if reading.fingerprint and reading.fingerprint != title.fingerprint:
        notes.append("It was written about another file; its times are taken as they are.")
    outside = len(reading.claims) - len(findings)
    if outside > 0:
        notes.append(f"{outside} of {len(reading.claims)} lie outside the title or are repeated.")
    unnamed = sum(finding.defect == UNNAMED for finding in findings)
    if unnamed:
        notes.append(
            f"Without a known defect: {unnamed}, taken as {DEFECTS[UNNAMED].title.lower()}."
        )
    return tuple(notes)
