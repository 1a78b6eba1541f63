"""The whole store as JSON lines, readable without Onglass.

Each line is an object with a `kind`: `store` first, then `profile`, `title`, `run`, `finding` and
`verdict`, verdicts in the order in which they were appended, then `assignment`, `spot_plan`,
`spot_answer`, `mask_project`, `mask_layer` and `mask_round`. Times of day are ISO 8601 in UTC,
spans have PTS, time base and seconds, masks are pairs of a class's number and how many pixels in a
row have it.
Tracks are left out: they can be measured again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from core.domain.assignment import Assignment
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.mask import MaskClass, MaskLayer, MaskProject
from core.domain.run import Run
from core.domain.spot import Clip, SpotAnswer, SpotPlan
from core.domain.time import Span
from core.domain.verdict import Verdict
from core.store.codec import evidence_document, fraction_text, profile_document, title_document
from core.store.mask_round import round_document
from core.store.mask_runs import runs
from core.store.migration import HEAD
from core.store.store import Store


def export_lines(store: Store) -> Iterator[dict[str, Any]]:
    """Everything in the store, one JSON object a line.

    Raises:
        KnownError: The store cannot be read.
    """
    yield {"kind": "store", "schema": HEAD, "reviewers": list(store.reviewers.all())}
    for profile in store.findings.profiles():
        yield {"kind": "profile", "hash": profile.hash, **profile_document(profile)}
    for title in store.titles.all():
        yield {"kind": "title", **title_document(title)}
        for run in (*store.runs.of(title.fingerprint), *store.runs.imports(title.fingerprint)):
            profile_kept = store.findings.profile_of(run.id)
            yield {
                "kind": "run",
                **run_document(run),
                "profile": profile_kept.hash if profile_kept else None,
            }
            for finding in store.findings.of(run.id):
                yield {"kind": "finding", "run": run.id, **finding_document(finding)}
    for verdict in store.verdicts.all():
        yield {"kind": "verdict", **verdict_document(verdict)}
    for assignment in store.assignments.current():
        yield {"kind": "assignment", **_plain(assignment)}
    for plan in store.spots.all():
        clips = [{**_plain(c), "span": span_document(c.span)} for c in plan.clips]
        yield {"kind": "spot_plan", **_plain(plan), "clips": clips}
        for answer in store.spots.answers(plan.id):
            yield {"kind": "spot_answer", **_plain(answer), "seen": sorted(answer.seen)}
    for project in store.masks.all():
        classes = [_plain(one) for one in project.classes]
        base = fraction_text(project.base)
        yield {"kind": "mask_project", **_plain(project), "base": base, "classes": classes}
        for pts in store.masks.frames(project.id):
            for layer in store.masks.layers(project.id, pts):
                yield {"kind": "mask_layer", **_plain(layer), "labels": runs(layer.labels)}
        for done in store.mask_rounds.all(project.id):
            yield {"kind": "mask_round", **round_document(done)}


def _plain(
    value: Assignment | SpotPlan | SpotAnswer | Clip | MaskProject | MaskClass | MaskLayer,
) -> dict[str, Any]:
    """The fields of a value, times as ISO 8601."""
    named = {field.name: getattr(value, field.name) for field in fields(value)}
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in named.items()}


def export_store(store: Store, target: Path) -> dict[str, int]:
    """Write everything to a file, which appears whole or not at all.

    Returns:
        How many lines of each kind were written.

    Raises:
        KnownError: The store cannot be read or the file not be written.
    """
    if target.exists() and not target.is_file():
        raise KnownError(f"{target} is not a file that an export could replace.")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    counts: Counter[str] = Counter()
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for line in export_lines(store):
                file.write(json.dumps(line) + "\n")
                counts[line["kind"]] += 1
        part.replace(target)
    except OSError as error:
        raise KnownError("The export cannot be written there.", str(error)) from error
    finally:
        # Where the disk is read-only, nothing was left over, and trying to remove it fails.
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return dict(counts)


def span_document(span: Span) -> dict[str, Any]:
    """A span as plain JSON values."""
    return {
        "start_pts": span.start,
        "end_pts": span.end,
        "time_base": fraction_text(span.base),
        "start_s": span.start_s,
        "end_s": span.end_s,
    }


def run_document(run: Run) -> dict[str, Any]:
    """A run as plain JSON values."""
    return {
        "id": run.id,
        "fingerprint": run.fingerprint,
        "detectors": list(run.detectors),
        "state": str(run.state),
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
        "span": span_document(run.span) if run.span else None,
        "done_s": run.done_s,
        "error": run.error,
        "weights": dict(run.weights),
        "settings": dict(run.settings),
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as plain JSON values."""
    return {
        "id": finding.id,
        "detector": finding.detector,
        "defect": finding.defect,
        "stream": finding.stream,
        **span_document(finding.span),
        "score": finding.score,
        "severity": str(finding.severity),
        "evidence": evidence_document(finding.evidence),
        "weights": finding.weights,
        "profile": finding.profile,
    }


def verdict_document(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain JSON values."""
    return {
        "id": verdict.id,
        "subject": verdict.subject,
        "undoes": verdict.undoes,
        "fingerprint": verdict.fingerprint,
        "stream": verdict.stream,
        "defect": verdict.defect,
        "detector": verdict.detector,
        **span_document(verdict.span),
        "decision": str(verdict.decision),
        "reason": verdict.reason and str(verdict.reason),
        "disposition": verdict.disposition and str(verdict.disposition),
        "severity": verdict.severity and str(verdict.severity),
        "comment": verdict.comment,
        "reviewer": verdict.reviewer,
        "settles": verdict.settles,
        "at": verdict.at.isoformat(),
    }
