"""The report as JSON; `docs/evaluation.md` says what every key means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.catalog.table import DETECTORS
from core.domain.interval import LEVEL
from core.domain.profile import DEFAULT_PROFILE
from core.evaluation.decoy_clip import HARD_NEGATIVES
from core.evaluation.matching import LEAST_IOU, MARGIN_S
from core.evaluation.peer_table import PEERS
from core.evaluation.record import REAL, Claim, Result
from core.evaluation.run import Evaluated
from core.evaluation.score import (
    Alarms,
    DetectorReport,
    PeerReport,
    PeerScore,
    Score,
    edges_ms,
    pooled,
    report_on,
)
from core.evaluation.trial import SEVERITIES, usable
from core.simulate.inject import INJECTORS, UNANSWERED

SCHEMA = 1
_HOUR_S = 3600.0


def reports_of(evaluated: Evaluated) -> list[DetectorReport]:
    """The figures of every detector that was asked for."""
    return [report_on(detector, evaluated.results) for detector in evaluated.order.detectors]


def as_json(evaluated: Evaluated, reports: Sequence[DetectorReport]) -> dict[str, Any]:
    """The whole report."""
    order = evaluated.order
    return {
        "schema": SCHEMA,
        "made": {
            "side": order.side,
            "seed": order.seed,
            "each": order.each,
            "severities": list(SEVERITIES),
            "profile": DEFAULT_PROFILE.hash,
            "level": LEVEL,
            "matching": {"margin_s": MARGIN_S, "least_iou": LEAST_IOU},
        },
        "clean": [_clean_row(r) for r in evaluated.results if r.is_clean],
        "decoys": [
            {**_clean_row(r), "decoy": r.trial["decoy"], "seed": r.trial["seed"]}
            for r in evaluated.results
            if r.trial is not None and "decoy" in r.trial
        ],
        "detectors": {report.spec.id: _detector(report, evaluated) for report in reports},
        "real": [
            _real_row(result, answers_of(result, evaluated))
            for result in evaluated.results
            if result.kind == REAL
        ],
        "unread": list(evaluated.unread),
        "faults": [
            {"file": r.name, "trial": r.trial, "faults": list(r.faults)}
            for r in evaluated.results
            if r.faults and r.kind != REAL
        ],
    }


def why_not_tried(detector: str, evaluated: Evaluated) -> str:
    """Why no damaged clip was made for a detector; empty when some were."""
    defect = DETECTORS[detector].defect
    if any(defect in result.truth for result in evaluated.results):
        return ""
    if defect not in INJECTORS:
        return UNANSWERED.get(defect, "no injector")
    if not usable(evaluated.sources, defect):
        return "no source that it can be made in"
    return ""


def score_json(score: Score) -> dict[str, Any]:
    """One score with its intervals."""
    return {
        "truths": score.truths,
        "hits": score.hits,
        "false": score.false,
        "only_fyi": score.fyi,
        "recall": _rounded(score.recall),
        "recall_interval": [round(x, 4) for x in score.recall_interval],
        "precision": _rounded(score.precision),
        "precision_interval": [round(x, 4) for x in score.precision_interval],
        "f1": _rounded(score.f1),
        "start_error_ms": _edges(score.start_errors_s),
        "end_error_ms": _edges(score.end_errors_s),
    }


def _edges(errors_s: Sequence[float]) -> dict[str, float] | None:
    edges = edges_ms(errors_s)
    return None if edges is None else {"median": round(edges[0], 1), "p95": round(edges[1], 1)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _alarms(alarms: Mapping[str, Alarms]) -> dict[str, Any]:
    return {kind: _counted(one) for kind, one in sorted(alarms.items())}


def _counted(alarms: Alarms) -> dict[str, Any]:
    return {
        "count": alarms.count,
        "fyi": alarms.fyi,
        "files": alarms.files,
        "hours": round(alarms.hours, 5),
        "per_hour": _rounded(alarms.rate),
        "per_hour_upper": _rounded(alarms.upper),
    }


def _decoys(alarms: Mapping[str, Alarms]) -> dict[str, Any] | None:
    if not alarms:
        return None
    return {"total": _counted(pooled(alarms.values())), "by_decoy": _alarms(alarms)}


def _detector(report: DetectorReport, evaluated: Evaluated) -> dict[str, Any]:
    return {
        "defect": report.spec.defect,
        "title": report.spec.title,
        "not_tried": why_not_tried(report.spec.id, evaluated),
        "main": score_json(report.main),
        "by_severity": {f"{s:g}": score_json(one) for s, one in report.by_severity.items()},
        "by_variant": {name: score_json(one) for name, one in report.by_variant.items()},
        "held_out": {
            name: {"what": report.held_out_names.get(name, ""), **score_json(one)}
            for name, one in report.held_out.items()
        },
        "clean": _alarms(report.alarms),
        "decoys": _decoys(report.decoys),
        "points": [[round(r, 4), round(p, 4)] for r, p in report.points],
        "elsewhere": dict(report.elsewhere),
        "also": {name: score_json(one) for name, one in report.also.items()},
        "ffmpeg": None if report.peer is None else _peer(report.spec.id, report.peer),
    }


def _peer(detector: str, peer: PeerReport) -> dict[str, Any]:
    return {
        "filter": peer.filter,
        "note": peer.note,
        "run": peer.best is not None,
        "readings": [reading.name for reading in PEERS[detector].readings],
        "default": _peer_score(peer.default),
        "best": _peer_score(peer.best),
        "points": [[round(r, 4), round(p, 4)] for r, p in peer.points],
    }


def _peer_score(peer: PeerScore | None) -> dict[str, Any] | None:
    if peer is None:
        return None
    return {
        "setting": peer.setting,
        **score_json(peer.score),
        "clean": _alarms(peer.alarms),
        "decoys": _decoys(peer.decoys),
    }


def _clean_row(result: Result) -> dict[str, Any]:
    alarms = [claim for claim in result.claims if not claim.fyi]
    return {
        "file": result.name,
        "kind": result.kind,
        "seconds": {medium: round(s, 3) for medium, s in result.seconds.items()},
        "alarms": [
            {
                "detector": claim.detector,
                "start_s": round(claim.start_s, 3),
                "end_s": round(claim.end_s, 3),
                "note": claim.note,
            }
            for claim in alarms
        ],
        "faults": list(result.faults),
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector says of a really damaged file, with its clean twin beside it.

    Attributes:
        flags: Alarms.
        seconds: How long they last together.
        strongest: Highest score among them; 0 without any.
        twin_flags: Alarms on the clean twin; None where none is known or it could not be measured.
    """

    flags: int
    seconds: float
    strongest: float
    twin_flags: int | None


def answers_of(result: Result, evaluated: Evaluated) -> dict[str, Answer]:
    """What each detector that is tried on decoys says of a really damaged file with pictures."""
    if "video" not in result.seconds:
        return {}
    by_name = {r.name: r for r in evaluated.results if r.trial is None and r.seconds}
    twin = by_name.get(result.twin)
    answers = {}
    for detector in evaluated.order.detectors:
        if detector in HARD_NEGATIVES:
            mine = _flags(result, detector)
            answers[detector] = Answer(
                len(mine),
                sum(claim.end_s - claim.start_s for claim in mine),
                max((claim.score for claim in mine), default=0.0),
                None if twin is None else len(_flags(twin, detector)),
            )
    return answers


def _flags(result: Result, detector: str) -> list[Claim]:
    return [claim for claim in result.claims if claim.detector == detector and not claim.fyi]


def _real_row(result: Result, answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {
        "file": result.name,
        "seconds": {medium: round(s, 3) for medium, s in result.seconds.items()},
        "findings": [
            {
                "detector": claim.detector,
                "start_s": round(claim.start_s, 3),
                "end_s": round(claim.end_s, 3),
                "fyi": claim.fyi,
                "note": claim.note,
            }
            for claim in result.claims
        ],
        "twin": result.twin or None,
        "answers": {
            detector: {
                "flags": answer.flags,
                "seconds": round(answer.seconds, 3),
                "strongest": answer.strongest,
                "twin_flags": answer.twin_flags,
            }
            for detector, answer in answers.items()
        },
        "faults": list(result.faults),
    }


def hours_of(evaluated: Evaluated, kind: str, medium: str) -> float:
    """Hours of clean content of one kind."""
    return (
        sum(
            result.seconds.get(medium, 0.0)
            for result in evaluated.results
            if result.is_clean and result.kind == kind
        )
        / _HOUR_S
    )
