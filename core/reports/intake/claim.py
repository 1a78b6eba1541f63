"""One line of a list of flags from elsewhere, and how its words are understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS, Severity
from core.domain.errors import KnownError
from core.domain.time import Span

MOST_BYTES = 64 << 20
MOST_CLAIMS = 100_000
_LONGEST_NOTE = 2_000
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody else says about a stretch of a title.

    Attributes:
        start: On the title's time line, in seconds.
        end: First instant after it; not before `start`.
        defect: Id in the taxonomy, or empty where the words name none.
        severity: How bad, where it says so.
        note: Its own words.
        score: Strength 0..1.
        stream: Container index, where it says so.
        exact: The same time in the units in which it was written, where those are known.
    """

    start: Fraction
    end: Fraction
    defect: str = ""
    severity: Severity | None = None
    note: str = ""
    score: float = 1.0
    stream: int | None = None
    exact: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    Attributes:
        claims: In the file's order.
        notes: Sentences about what could not be read, or what to know about it.
        fingerprint: Of the title that it was written about; empty when it does not say.
    """

    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


def note_of(text: str) -> str:
    """Words from a file, in one line of bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NOTE else line[: _LONGEST_NOTE - 1] + "…"


def defect_of(text: str) -> str:
    """The defect that words name: its id, its title or a detector's; the longest name wins.

    Args:
        text: For example `block_corruption`, or `#3 Black frames | issue | undecided`.

    Returns:
        An id of the taxonomy, or an empty text.
    """
    words = _words(text)
    named = [
        (len(_words(name)), -place, defect)
        for place, (name, defect) in enumerate(_NAMES)
        if _words(name) in words
    ]
    return max(named)[2] if named else ""


def severity_of(text: str) -> Severity | None:
    """The severity that words name."""
    words = set(_words(text).split())
    return next((s for s in reversed(Severity) if s.value in words), None)


def refuse_many(count: int) -> None:
    """Refuse lists that nobody could review.

    Raises:
        KnownError: There are more than `MOST_CLAIMS`.
    """
    if count > MOST_CLAIMS:
        raise KnownError(f"The file lists {count:,} flags; {MOST_CLAIMS:,} at most are read.")


def _words(text: str) -> str:
    """Lower-case words with a blank on both sides, so that only whole words are found."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


_NAMES: tuple[tuple[str, str], ...] = (
    *((defect.id.replace("_", " "), defect.id) for defect in DEFECTS.values()),
    *((defect.title, defect.id) for defect in DEFECTS.values()),
    *((spec.title, spec.defect) for spec in DETECTORS.values()),
)
