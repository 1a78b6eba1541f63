"""The report as JSON, for programs; docs/export.md describes it field by field."""

from __future__ import annotations

import json
from typing import Any

from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS
from core.domain.finding import Finding
from core.domain.time import MediaTime
from core.domain.title import AudioStream, CaptionStream, Stream, Title, VideoStream
from core.reports.clock import EditClock
from core.reports.report import Entry, Report
from core.reports.sync import sync_document
from core.reports.wording import stream_kind
from core.store.codec import evidence_document, fraction_text, profile_document
from core.store.export import run_document, span_document, verdict_document

VERSION = 1
"""Grows when a field changes its meaning or goes; new fields leave it as it is."""


def json_document(report: Report) -> bytes:
    """The report as UTF-8 JSON."""
    text = json.dumps(document_of(report), indent=1, ensure_ascii=False, allow_nan=False)
    # Half a character cannot be said in UTF-8; JSON's own escape can say it.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def document_of(report: Report) -> dict[str, Any]:
    """The report as plain JSON values."""
    outcome = report.outcome
    return {
        "format": "onglass.report",
        "version": VERSION,
        "made": report.made.isoformat(),
        "versions": dict(report.versions),
        "title": _title(report.title),
        "run": None if report.run is None else run_document(report.run),
        "profile": {"hash": report.profile.hash, **profile_document(report.profile)},
        "only": str(report.only),
        "reviewer": report.reviewer or None,
        "timecode": _clock(report.clock),
        "outcome": {"word": str(outcome.word), "sentence": outcome.sentence},
        "counts": report.counts,
        "notes": list(report.notes),
        "method": _method(report),
        "entries": [entry_document(entry, report.clock) for entry in report.listed],
    }


def _title(title: Title) -> dict[str, Any]:
    streams = (*title.video, *title.audio, *title.captions)
    return {
        "name": title.name,
        "path": str(title.path),
        "fingerprint": title.fingerprint,
        "container": title.container,
        "size_bytes": title.size_bytes,
        **_time("start", title.start),
        "duration_s": title.duration_s,
        "streams": [_stream(stream) for stream in streams],
    }


def _stream(stream: Stream) -> dict[str, Any]:
    document: dict[str, Any] = {
        "index": stream.index,
        "kind": stream_kind(stream),
        "codec": stream.codec,
        "time_base": fraction_text(stream.base),
        "start_pts": stream.start_pts,
        "duration_pts": stream.duration_pts,
        "language": stream.language,
        "name": stream.title,
    }
    if isinstance(stream, VideoStream):
        document |= {
            "width": stream.width,
            "height": stream.height,
            "rate": fraction_text(stream.rate),
            "variable_rate": stream.variable_rate,
        }
    elif isinstance(stream, AudioStream):
        document |= {"sample_rate": stream.sample_rate, "layout": stream.layout}
    elif isinstance(stream, CaptionStream):
        document["file"] = None if stream.file is None else stream.file.name
    return document


def _clock(clock: EditClock) -> dict[str, Any]:
    return {
        "rate": fraction_text(clock.rate),
        "drop_frame": clock.drop_frame,
        "first_frame": clock.timecode(0),
        "first_frame_s": float(clock.origin),
    }


def _method(report: Report) -> list[dict[str, Any]]:
    """What was measured, and the thresholds that decided."""
    run, profile = report.run, report.profile
    measured = () if run is None else run.detectors
    weights = {} if run is None else run.weights
    return [
        {
            "detector": name,
            "defect": spec.defect,
            "title": spec.title,
            "decides": name not in profile.disabled,
            "thresholds": {t.name: spec.value(profile, t.name) for t in spec.thresholds},
            "severity": str(spec.proposed_severity(profile)),
            "weights": weights.get(name, ""),
            "source": spec.source,
        }
        for name, spec in DETECTORS.items()
        if name in measured
    ]


def entry_document(entry: Entry, clock: EditClock) -> dict[str, Any]:
    """One entry as plain JSON values."""
    first, stop = clock.frames(entry.span)
    known = DEFECTS.get(entry.defect)
    severity, disposition = entry.severity, entry.disposition
    return {
        "number": entry.number,
        "kind": str(entry.kind),
        "detector": entry.detector,
        "defect": entry.defect,
        "defect_title": known.title if known else entry.defect,
        "medium": str(known.medium) if known else None,
        "stream": entry.stream,
        **span_document(entry.span),
        "timecode_in": clock.timecode(first),
        "timecode_out": clock.timecode(stop),
        "state": entry.state,
        "severity": None if severity is None else str(severity),
        "disposition": None if disposition is None else str(disposition),
        "finding": None if entry.finding is None else _finding(entry.finding),
        "sync": sync_document(entry),
        "verdicts": [verdict_document(verdict) for verdict in entry.verdicts],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    evidence = evidence_document(finding.evidence)
    del evidence["peak"]
    return {
        "id": finding.id,
        "score": finding.score,
        "severity": str(finding.severity),
        "weights": finding.weights,
        "profile": finding.profile,
        "evidence": {**_time("peak", finding.evidence.peak), **evidence},
    }


def _time(name: str, time: MediaTime) -> dict[str, Any]:
    return {
        f"{name}_pts": time.pts,
        f"{name}_time_base": fraction_text(time.base),
        f"{name}_s": time.seconds,
    }
