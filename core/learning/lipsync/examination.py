"""Asks about every person a network that never met this one, and counts what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.detectors.lipsync.offset import FRAME_MS
from core.domain.reliability import calibration_error
from core.learning.calibration import logistic
from core.learning.figure import bootstrap
from core.learning.lipsync.curve import Answer, Floats, answers
from core.learning.lipsync.head import Material, learn
from core.learning.lipsync.lesson import Lesson
from core.models.sync_calibration import Calibration

FRAGMENT = 100
"""Pictures of the fragments that verdicts are given of: four seconds."""

OUT, UNSURE = "out_of_sync", "inconclusive"
"""What a judge says of an offset besides that it is in sync."""

Rows = Mapping[str, tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Tolerated:
    """A tolerance, and who judges by it.

    Attributes:
        id: Stable identifier.
        title: What people call it.
        early_ms: How early sound may come, above 0.
        late_ms: How late, below 0.
        judge: Told an offset in milliseconds and a confidence; says `OUT`, `UNSURE` or another
            word.
    """

    id: str
    title: str
    early_ms: float
    late_ms: float
    judge: Callable[[float, float], str]


@dataclass(frozen=True, slots=True)
class Sure:
    """An answer, and how sure a calibration that never met its person is of it."""

    answer: Answer
    confidence: float


def held_out_rows(lesson: Lesson, material: Mapping[str, Material]) -> dict[str, Any]:
    """Rows of every clip, of heads that were learned without its person.

    What is asked about others comes from heads that were learned from all persons.
    """
    named = {clip: m for clip, m in material.items() if clip not in lesson.others}
    found: dict[str, tuple[Floats, Floats]] = {}
    for clips in lesson.persons.values():
        heads = learn({n: m for n, m in named.items() if n not in clips}, lesson.decay)
        found |= {clip: heads.rows(material[clip]) for clip in clips}
    heads = learn(named, lesson.decay)
    return found | {clip: heads.rows(material[clip]) for clip in lesson.others}


def ask(lesson: Lesson, rows: Rows) -> list[Answer]:
    """All answers: every clip, every amount of evidence, every simulated offset."""
    return [
        answer
        for clip, both in rows.items()
        for pictures in lesson.evidence
        for answer in answers(
            both,
            clip,
            lesson.person_of(clip),
            clip not in lesson.others,
            pictures,
            lesson.offsets,
            lesson.scan,
            lesson.least,
        )
    ]


def calibrate(found: Sequence[Answer], without: str = "") -> Calibration:
    """A calibration from answers; persons and amounts of evidence count alike.

    Args:
        found: Answers of rows that were held out.
        without: A person whose answers are left out.
    """
    # What is at the limit has no confidence anyway.
    used = [a for a in found if a.person != without and not a.at_limit]
    many = Counter((a.person, a.pictures) for a in used)
    return Calibration(
        logistic(
            np.array([a.shape for a in used]),
            np.array([float(a.right) for a in used]),
            np.array([1 / many[a.person, a.pictures] for a in used]),
        )
    )


def made_sure(found: Sequence[Answer]) -> list[Sure]:
    """Answers with the confidence that a calibration without their person gives them."""
    by_person = {who: calibrate(found, who) for who in sorted({a.person for a in found})}
    return [Sure(a, 0.0 if a.at_limit else by_person[a.person].probability(a.shape)) for a in found]


def figures(
    lesson: Lesson, found: Sequence[Sure], tolerances: Sequence[Tolerated], confidence: float
) -> dict[str, Any]:
    """What the tables are made of.

    Args:
        lesson: What was asked.
        found: Answers.
        tolerances: Who judges.
        confidence: What is less sure does not count as told.
    """
    own = [s for s in found if s.answer.own]
    others = [s for s in found if not s.answer.own]
    return {
        "persons": len({s.answer.person for s in own}),
        "clips": len({s.answer.clip for s in own}),
        "other_clips": len({s.answer.clip for s in others}),
        "confidence": confidence,
        "accuracy": {str(n): accuracy([s.answer for s in own], n) for n in lesson.evidence},
        "calibration": {str(n): _trust(found, n, confidence) for n in lesson.evidence},
        "verdicts": {
            tolerance.id: {"title": tolerance.title, **verdicts(own, others, tolerance)}
            for tolerance in tolerances
        },
        "clips_said": _clips(own),
    }


def accuracy(found: Sequence[Answer], pictures: int) -> dict[str, Any]:
    """Share of answers within a frame, for one amount of evidence; persons count alike."""
    used = [a for a in found if a.pictures == pictures]
    right = np.array([float(a.right) for a in used])
    return {
        **_interval(right, [a.person for a in used]),
        "clips": len({a.clip for a in used}),
        "answers": len(used),
    }


def verdicts(own: Sequence[Sure], others: Sequence[Sure], tolerance: Tolerated) -> dict[str, Any]:
    """Precision, recall, inconclusive ones and false alarms at one tolerance.

    Fragments of four seconds, and clips that have nearly as much. An offset is truly out of sync
    when it passes a line of the tolerance.
    """

    def state(sure: Sure) -> str:
        return tolerance.judge(sure.answer.said * FRAME_MS, sure.confidence)

    def out(sure: Sure) -> bool:
        offset_ms = sure.answer.offset * FRAME_MS
        return offset_ms > tolerance.early_ms or offset_ms < tolerance.late_ms

    used = [s for s in own if s.answer.pictures == FRAGMENT]
    flagged = [s for s in used if state(s) == OUT]
    truly = [s for s in used if out(s)]
    untouched = [s for s in used if s.answer.offset == 0]
    strange = [s for s in others if s.answer.pictures == FRAGMENT]
    return {
        "precision": _share(flagged, out),
        "recall": _share(truly, lambda s: state(s) == OUT),
        "inconclusive": _share(used, lambda s: state(s) == UNSURE),
        "false_untouched": _share(untouched, lambda s: state(s) == OUT),
        "false_others": _share(strange, lambda s: state(s) == OUT),
        "others_inconclusive": _share(strange, lambda s: state(s) == UNSURE),
    }


def untuned(found: Sequence[Answer]) -> list[Answer]:
    """Answers of encoders that nobody taught, less the shift that they share.

    Two encoders that were learned apart may lag each other; that is not held against them.
    """
    own = [a for a in found if a.own and a.pictures == 0]
    lag = round(float(np.median([a.said - a.offset for a in own]))) if own else 0
    return [replace(a, said=a.said - lag) for a in found]


def _share(found: Sequence[Sure], holds: Callable[[Sure], bool]) -> dict[str, Any]:
    values = np.array([float(holds(s)) for s in found])
    return {**_interval(values, [s.answer.person for s in found]), "answers": len(found)}


def _interval(values: NDArray[np.float64], persons: Sequence[str]) -> dict[str, float | None]:
    """Mean over persons, None of nobody; its 95 % interval by drawing persons anew."""
    if not len(values):
        return {"value": None, "low": None, "high": None, "persons": 0}
    each = {who: values[[p == who for p in persons]].mean() for who in sorted(set(persons))}
    means, names = np.array(list(each.values())), list(each)
    low, high = bootstrap(lambda scores, _: float(scores.mean()), means, means, names, rounds=500)
    return {"value": float(means.mean()), "low": low, "high": high, "persons": len(names)}


def _trust(found: Sequence[Sure], pictures: int, confidence: float) -> dict[str, Any]:
    used = [s for s in found if s.answer.pictures == pictures]
    own = [s for s in used if s.answer.own]
    others = [s for s in used if not s.answer.own]
    said = np.array([s.confidence for s in used])
    true = np.array([s.answer.right for s in used])
    return {
        "error": calibration_error(said, true) if used else None,
        "told": _share(own, lambda s: s.confidence >= confidence),
        "right_of_told": _share([s for s in own if s.confidence >= confidence], _right),
        "others_told": _share(others, lambda s: s.confidence >= confidence),
    }


def _right(sure: Sure) -> bool:
    return sure.answer.right


def _clips(own: Sequence[Sure]) -> list[dict[str, Any]]:
    """What is said of each whole clip as it is."""
    return [
        {
            "clip": s.answer.clip,
            "person": s.answer.person,
            "offset": s.answer.said,
            "confidence": s.confidence,
        }
        for s in own
        if s.answer.pictures == 0 and s.answer.offset == 0
    ]
