"""The offset of the sound in a report: what was measured, and what reviewers heard."""

from __future__ import annotations

from typing import Any

from core.reports.report import Entry
from core.review.sync_offset import SYNC_DEFECTS, measured_offset, offset_in


def heard_offsets(entry: Entry) -> tuple[tuple[str, int], ...]:
    """Reviewer and offset in ms of those who kept one with their verdict, oldest first."""
    if entry.defect not in SYNC_DEFECTS:
        return ()
    said = ((verdict.reviewer, offset_in(verdict.comment)) for verdict in entry.verdicts)
    return tuple((reviewer, offset) for reviewer, offset in said if offset is not None)


def sync_line(entry: Entry) -> str:
    """Both in one line, empty for what is not about sync: `Offset: +118 ms measured`."""
    measured = measured_offset(entry.finding)
    parts = [] if measured is None else [f"{measured:+.0f} ms measured"]
    parts += [f"{offset:+d} ms heard by {name}" for name, offset in heard_offsets(entry)]
    return f"Offset of the sound (early above 0): {', '.join(parts)}" if parts else ""


def sync_document(entry: Entry) -> dict[str, Any] | None:
    """The same as plain JSON values; None for what is not about sync."""
    measured, heard = measured_offset(entry.finding), heard_offsets(entry)
    if measured is None and not heard:
        return None
    return {
        "measured_offset_ms": measured,
        "tolerance_ms": None if entry.finding is None else entry.finding.evidence.threshold,
        "heard": [{"reviewer": name, "offset_ms": offset} for name, offset in heard],
    }
