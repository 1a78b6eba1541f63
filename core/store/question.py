"""Questions as files: what people were asked, and with which chance it was drawn.

Only with the chances can answers tell how many flags are real, so they are kept beside the
snapshots.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.config import paths
from core.domain.question import QuestionSet
from core.store.whole_file import write_whole

_VERSION = 1


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
