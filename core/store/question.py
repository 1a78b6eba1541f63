"""Questions as files: what people were asked, and with which chance it was drawn.

Only with the chances can answers tell how many flags are real, so they are kept beside the
snapshots.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from core.config import paths
from core.domain.errors import KnownError
from core.domain.question import QuestionSet
from core.domain.time import Span
from core.store.whole_file import write_whole

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flag that was asked about because chance drew it.

    Attributes:
        fingerprint: Of the title.
        stream: Container index.
        defect: Defect id.
        span: When.
        chance: Its probability to be drawn.
    """

    fingerprint: str
    stream: int
    defect: str
    span: Span
    chance: float


def folder() -> Path:
    """Where they are kept."""
    return paths.learning_dir() / "questions"


def keep(asked: QuestionSet) -> Path:
    """Write what is asked, at once.

    Raises:
        KnownError: It cannot be written.
    """
    path = folder() / f"{asked.id}.json"
    write_whole(path, json.dumps(document_of(asked), indent=1).encode("ascii"))
    return path


def document_of(asked: QuestionSet) -> dict[str, Any]:
    """What is asked as plain JSON values."""
    return {
        "version": _VERSION,
        "id": asked.id,
        "detector": asked.detector,
        "at": asked.at.isoformat(),
        "seed": asked.seed,
        "open": asked.open,
        "verdicts": asked.verdicts,
        "questions": [
            {
                "fingerprint": one.fingerprint,
                "title": one.title,
                "run": one.run,
                "finding": one.finding.id,
                "defect": one.finding.defect,
                "stream": one.finding.stream,
                "span": [one.finding.span.start, one.finding.span.end, str(one.finding.span.base)],
                "start_s": one.finding.span.start_s,
                "end_s": one.finding.span.end_s,
                "score": one.finding.score,
                "uncertainty": one.uncertainty,
                "why": one.why,
                "sentence": one.sentence,
                "chance": one.chance,
            }
            for one in asked.questions
        ],
    }


def drawn_by_chance(detector: str) -> tuple[Drawn, ...]:
    """All flags of a detector that chance ever drew, each once, whichever session drew it.

    Raises:
        KnownError: A file is damaged.
    """
    found: dict[tuple[object, ...], Drawn] = {}
    for path in sorted(folder().glob("*.json")):
        try:
            document = json.loads(path.read_text("ascii"))
            if document["detector"] == detector:
                for one in document["questions"]:
                    if one["chance"] > 0:
                        drawn = _drawn_of(one)
                        place = (drawn.fingerprint, drawn.stream, drawn.defect, drawn.span)
                        found.setdefault(place, drawn)
        except OSError as error:
            raise KnownError(f"{path.name} cannot be read.", str(error)) from error
        except (ValueError, KeyError, TypeError) as error:
            raise KnownError(f"What was asked in {path.name} is damaged.", str(error)) from error
    return tuple(found.values())


def _drawn_of(one: dict[str, Any]) -> Drawn:
    start, end, base = one["span"]
    span = Span(int(start), int(end), Fraction(base))
    place = (str(one["fingerprint"]), int(one["stream"]), str(one["defect"]))
    return Drawn(*place, span, float(one["chance"]))
