"""An offset of the sound in a comment: the agreed words in which a reviewer's value is kept."""

from __future__ import annotations

import re

from core.domain.finding import Finding

SYNC_DEFECTS = ("av_sync", "av_drift")
"""Defects whose verdicts may carry an offset."""

_WORDS = re.compile(r"\boffset ([+\-−]?)(\d{1,5}) ms\b")


def offset_in(comment: str) -> int | None:
    """The offset in ms that a comment tells (above 0 the sound is early); None when it tells none.

    The last one counts: `offset +120 ms`, `offset -80 ms`.
    """
    found = _WORDS.findall(comment)
    if not found:
        return None
    sign, size = found[-1]
    return int(size) if sign in ("", "+") else -int(size)


def with_offset(comment: str, offset_ms: float) -> str:
    """A comment that tells an offset, in the place of the one that it told before."""
    words = f"offset {round(offset_ms):+d} ms"
    rest = re.sub(r"\s*;\s*(;\s*)*", "; ", _WORDS.sub("", comment)).strip("; ").strip()
    return f"{rest}; {words}" if rest else words


def measured_offset(finding: Finding | None) -> float | None:
    """The offset in ms that a finding of lip sync claims; None of any other finding."""
    if finding is None or finding.defect not in SYNC_DEFECTS:
        return None
    return finding.evidence.peak_value if finding.evidence.metric == "offset_ms" else None
