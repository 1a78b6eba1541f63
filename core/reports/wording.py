"""The words of reports; one place, so that all formats agree."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from core.catalog.table import DETECTORS
from core.domain.check import is_check
from core.domain.defect import DEFECTS, Medium, Severity
from core.domain.run import IMPORTED
from core.domain.title import AudioStream, CaptionStream, Stream, VideoStream
from core.reports.report import DISPUTED, UNDECIDED, Entry, Kind, Only

STATE_TITLES = {
    "confirm": "confirmed",
    "missed": "missed by detectors",
    "reject": "rejected",
    "unsure": "unsure",
    DISPUTED: "disputed",
    UNDECIDED: "undecided",
}
SEVERITY_TITLES = {Severity.FYI: "FYI", Severity.ISSUE: "issue", Severity.BLOCKER: "blocker"}
ONLY_TITLES = {
    Only.ALL: "all flags",
    Only.CONFIRMED: "confirmed and missed defects only",
    Only.UNDECIDED: "flags still to be decided only",
}
MEDIUM_TITLES = {
    Medium.VIDEO: "picture",
    Medium.AUDIO: "sound",
    Medium.SYNC: "sync",
    Medium.CAPTION: "captions",
    Medium.STRUCTURE: "stream",
}

# All that XML 1.0 cannot hold, and what turns the order of letters around, so that a name reads as
# another one; nothing of it belongs into a line of text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")


def defect_title(defect: str) -> str:
    """What people call a defect."""
    return DEFECTS[defect].title if defect in DEFECTS else defect


def detector_title(detector: str) -> str:
    """What people call a detector; a missed defect has none."""
    if not detector:
        return "Reviewer"
    if is_check(detector):
        return "Manual check"
    if detector == IMPORTED:
        return "Imported"
    return DETECTORS[detector].title if detector in DETECTORS else detector


def severity_title(entry: Entry) -> str:
    """How bad it is; empty when nobody said."""
    return "" if entry.severity is None else SEVERITY_TITLES[entry.severity]


def state_title(entry: Entry) -> str:
    """How it stands, with reason or disposition: `confirmed, creative intent`."""
    parts = [STATE_TITLES[entry.state]]
    reasons = {v.reason.value for v in entry.verdicts if v.reason is not None}
    if entry.state == "reject":
        parts += sorted(reason.replace("_", " ") for reason in reasons)
    if entry.broken and entry.disposition is not None:
        parts.append(entry.disposition.value.replace("_", " "))
    if entry.kind is Kind.ORPHAN:
        parts.append("no finding stands behind it now")
    return ", ".join(parts)


def comments(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Reviewer and comment of those who wrote one, oldest first."""
    return tuple((v.reviewer, v.comment) for v in entry.verdicts if v.comment)


def comment_line(entry: Entry) -> str:
    """All comments in one line; several carry their reviewers' names."""
    said = comments(entry)
    if len(said) == 1:
        return one_line(said[0][1])
    return one_line(" / ".join(f"{reviewer}: {text}" for reviewer, text in said))


def note_of(entry: Entry) -> str:
    """Why the detector raised it, in its own words."""
    return "" if entry.finding is None else entry.finding.evidence.note


def label(entry: Entry) -> str:
    """One line for a marker: number, defect, severity, how it stands."""
    parts = [f"#{entry.number} {defect_title(entry.defect)}", severity_title(entry)]
    return one_line(" | ".join(filter(None, (*parts, state_title(entry)))))


def told(entry: Entry) -> str:
    """One line of what people wrote, else of the detector's sentence."""
    return comment_line(entry) or one_line(note_of(entry))


def marker_color(entry: Entry) -> str:
    """A colour by a name that editing systems share: how bad it is, green once rejected."""
    if entry.state == "reject":
        return "GREEN"
    colors = {Severity.BLOCKER: "RED", Severity.ISSUE: "YELLOW", Severity.FYI: "CYAN"}
    return "WHITE" if entry.severity is None else colors[entry.severity]


def stream_kind(stream: Stream) -> str:
    """`video`, `audio` or `captions`."""
    if isinstance(stream, VideoStream):
        return "video"
    return "captions" if isinstance(stream, CaptionStream) else "audio"


def stream_line(stream: Stream) -> str:
    """A stream in one line: number, kind, codec, what matters of it."""
    parts = [f"{stream.index}", stream_kind(stream), stream.codec]
    if isinstance(stream, VideoStream):
        parts.append(f"{stream.width} × {stream.height}")
        parts.append(rate_text(stream.rate) + (", varying" if stream.variable_rate else ""))
    elif isinstance(stream, AudioStream):
        parts += [f"{stream.sample_rate} Hz", stream.layout]
    return one_line(" · ".join(filter(None, (*parts, stream.language, stream.title))))


def rate_text(rate: Fraction) -> str:
    """Frames a second, as people write them."""
    return f"{float(rate):.5g} fps"


def clean(text: str) -> str:
    """Text without control characters and halves of characters; lines stay."""
    return _CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Text in one line: any run of white space is one blank."""
    return _SPACE.sub(" ", clean(text)).strip()


def file_url(path: Path) -> str:
    """Where a file lies, for editing systems that link it again."""
    whole = path.absolute()
    try:
        return whole.as_uri()
    except UnicodeEncodeError:
        # A name with half a character, which no other program could ask for either.
        return Path(clean(str(whole))).as_uri()


def capital(text: str) -> str:
    """Text with a capital in front; abbreviations stay as they are."""
    return text[:1].upper() + text[1:]
