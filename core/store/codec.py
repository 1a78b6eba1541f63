"""Values to rows and back, exactly.

A chunk of a track is kept as differences of its PTS (the first counts from 0) followed by its
metrics, bytes grouped by significance before zlib, because steps repeat and neighbouring floats
share their upper bytes. Its maps are kept apart from them, all values of a cell in a row before
those of the next cell, which zlib packs tighter and faster than map after map. A digest over
everything that names the chunk tells damage, another that of its maps.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.domain.check import Check
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Band, Evidence, Finding, Region
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.time import MediaTime, Span
from core.domain.title import AudioStream, CaptionStream, Stream, Title, VideoStream
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict

if TYPE_CHECKING:
    from sqlalchemy import Row

S = TypeVar("S", bound=Stream)

_RATIONALS = ("base", "rate", "pixel_aspect")
_LEVEL = 3
_NO_EVIDENCE = Evidence("", MediaTime(0, Fraction(1)), 0.0, 0.0)


def plain_text(text: str) -> str:
    """Text that every database takes: without NUL and unpaired surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def fraction_text(value: Fraction) -> str:
    """`numerator/denominator`."""
    return f"{value.numerator}/{value.denominator}"


# Titles -------------------------------------------------------------------------------------


def title_document(title: Title) -> dict[str, Any]:
    """A title as plain JSON values."""
    return {
        "path": str(title.path),
        "fingerprint": title.fingerprint,
        "container": title.container,
        "size_bytes": title.size_bytes,
        "start": _time_document(title.start),
        "duration_s": title.duration_s,
        "video": [_stream_document(s) for s in title.video],
        "audio": [_stream_document(s) for s in title.audio],
        "captions": [_stream_document(s) for s in title.captions],
        "notes": list(title.notes),
    }


def title_of(document: Mapping[str, Any]) -> Title:
    """The title in a document."""
    return Title(
        path=Path(document["path"]),
        fingerprint=document["fingerprint"],
        container=document["container"],
        size_bytes=document["size_bytes"],
        start=_time_of(document["start"]),
        duration_s=document["duration_s"],
        video=tuple(_stream_of(VideoStream, d) for d in document["video"]),
        audio=tuple(_stream_of(AudioStream, d) for d in document["audio"]),
        captions=tuple(_stream_of(CaptionStream, d) for d in document["captions"]),
        notes=tuple(document["notes"]),
    )


def _time_document(time: MediaTime) -> dict[str, Any]:
    return {"pts": int(time.pts), "base": fraction_text(time.base)}


def _time_of(document: Mapping[str, Any]) -> MediaTime:
    return MediaTime(int(document["pts"]), Fraction(document["base"]))


def _stream_document(stream: Stream) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for field in fields(stream):
        value = getattr(stream, field.name)
        if isinstance(value, Fraction):
            value = fraction_text(value)
        elif isinstance(value, Path):
            value = str(value)
        document[field.name] = value
    return document


def _stream_of(kind: type[S], document: Mapping[str, Any]) -> S:
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in document:
            value = document[field.name]
            if field.name in _RATIONALS:
                value = Fraction(value)
            elif field.name == "file" and value is not None:
                value = Path(value)
            values[field.name] = value
    return kind(**values)


# Profiles and runs --------------------------------------------------------------------------


def profile_document(profile: Profile) -> dict[str, Any]:
    """A profile as plain JSON values."""
    return {
        "name": profile.name,
        "title": profile.title,
        "thresholds": {key: dict(value) for key, value in profile.thresholds.items()},
        "severities": {key: str(value) for key, value in profile.severities.items()},
        "disabled": sorted(profile.disabled),
        "checks": [
            {"id": c.id, "ask": c.ask, "defect": c.defect, "severity": str(c.severity)}
            for c in profile.checks
        ],
    }


def profile_of(document: Mapping[str, Any]) -> Profile:
    """The profile in a document."""
    return Profile(
        name=document["name"],
        title=document["title"],
        thresholds=document["thresholds"],
        severities={key: Severity(value) for key, value in document["severities"].items()},
        disabled=frozenset(document["disabled"]),
        checks=tuple(
            Check(c["id"], c["ask"], c["defect"], Severity(c["severity"]))
            for c in document.get("checks", ())
        ),
    )


def run_of(row: Row[Any]) -> Run:
    """The run in a row."""
    span = None
    if row.span_start is not None and row.span_end is not None and row.span_base is not None:
        span = Span(row.span_start, row.span_end, row.span_base)
    return Run(
        id=row.id,
        fingerprint=row.fingerprint,
        detectors=tuple(json.loads(row.detectors)),
        state=RunState(row.state),
        started=row.started,
        finished=row.finished,
        span=span,
        done_s=row.done_s,
        error=row.error,
        weights=json.loads(row.weights),
        settings=json.loads(row.settings),
    )


# Tracks -------------------------------------------------------------------------------------


def _grouped(values: NDArray[Any]) -> bytes:
    return values.view(np.uint8).reshape(len(values), -1).T.tobytes() if len(values) else b""


def _ungrouped(data: bytes, rows: int, kind: str) -> NDArray[Any]:
    if not rows:
        return np.zeros(0, kind)
    parts = np.frombuffer(data, np.uint8).reshape(-1, rows)
    return np.ascontiguousarray(parts.T).view(kind).reshape(rows)


def track_values(run_id: str, track: Track) -> dict[str, Any]:
    """The columns of one chunk."""
    steps = np.ascontiguousarray(np.diff(track.pts, prepend=np.int64(0)), dtype="<i8")
    parts = [_grouped(steps)]
    parts += [_grouped(np.ascontiguousarray(m, dtype="<f4")) for m in track.metrics.values()]
    values: dict[str, Any] = {
        "run": run_id,
        "detector": track.detector,
        "stream": track.stream,
        "base": track.base,
        "rows": len(track),
        "first_pts": int(track.pts[0]) if len(track) else 0,
        "end_pts": int(track.end),
        "metrics": json.dumps(list(track.metrics)),
        "data": zlib.compress(b"".join(parts), _LEVEL),
    }
    return {**values, "checksum": _checksum(values), **_map_values(values, track.maps)}


def _map_values(chunk: Mapping[str, Any], maps: NDArray[np.uint8] | None) -> dict[str, Any]:
    names = ("map_rows", "map_columns", "maps", "maps_checksum")
    if maps is None:
        return dict.fromkeys(names)
    _, rows, columns = maps.shape
    packed = zlib.compress(np.ascontiguousarray(maps.transpose(1, 2, 0)).tobytes(), _LEVEL)
    values = {"map_rows": rows, "map_columns": columns, "maps": packed}
    return {**values, "maps_checksum": _maps_checksum({**chunk, **values})}


def _checksum(values: Mapping[str, Any]) -> str:
    names = ("run", "detector", "stream", "base", "rows", "first_pts", "end_pts", "metrics")
    digest = hashlib.sha256("|".join(str(values[name]) for name in names).encode())
    digest.update(values["data"])
    return digest.hexdigest()


def _maps_checksum(values: Mapping[str, Any]) -> str:
    names = ("run", "detector", "stream", "rows", "first_pts", "map_rows", "map_columns")
    digest = hashlib.sha256("|".join(str(values[name]) for name in names).encode())
    digest.update(values["maps"] or b"")
    return digest.hexdigest()


def _damaged(row: Chunk, what: str) -> KnownError:
    return KnownError(
        "A stored measurement is damaged; analyse the title again.",
        f"{what} of chunk {row.number} of run {row.run}",
    )


def maps_of(row: Chunk) -> NDArray[np.uint8] | None:
    """The maps in one chunk, shape (n, rows, columns); None when it has none.

    Raises:
        KnownError: They are damaged.
    """
    if row.map_rows is None:
        return None
    if _maps_checksum(row._asdict()) != row.maps_checksum:
        raise _damaged(row, "checksum of the maps")
    cells = np.frombuffer(zlib.decompress(row.maps), np.uint8)
    shape = (row.map_rows, row.map_columns, row.rows)
    return np.ascontiguousarray(cells.reshape(shape).transpose(2, 0, 1))


class Chunk(Protocol):
    """The columns of a chunk by name: a row of the table, or one that will be."""

    def __getattr__(self, name: str) -> Any: ...

    def _asdict(self) -> Mapping[str, Any]: ...


def track_of(row: Chunk, *, maps: bool = False) -> Track:
    """The track in one chunk.

    Args:
        row: The chunk; its column `maps` is needed only for them.
        maps: Give its maps, too.

    Raises:
        KnownError: The chunk is damaged.
    """
    if _checksum(row._asdict()) != row.checksum:
        raise _damaged(row, "checksum")
    data = zlib.decompress(row.data)
    names: list[str] = json.loads(row.metrics)
    cut = 8 * row.rows
    size = 4 * row.rows
    metrics = {
        name: _ungrouped(data[cut + size * i : cut + size * (i + 1)], row.rows, "<f4")
        for i, name in enumerate(names)
    }
    pts = np.cumsum(_ungrouped(data[:cut], row.rows, "<i8"), dtype=np.int64)
    return Track(
        row.detector,
        row.stream,
        row.base,
        pts,
        row.end_pts,
        {name: values.astype(np.float32, copy=False) for name, values in metrics.items()},
        maps_of(row) if maps else None,
    )


# Findings -----------------------------------------------------------------------------------


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """Evidence as plain JSON values."""
    region, band = evidence.region, evidence.band
    return {
        "metric": evidence.metric,
        "peak": _time_document(evidence.peak),
        "peak_value": float(evidence.peak_value),
        "threshold": float(evidence.threshold),
        "note": evidence.note,
        "region": region and [float(getattr(region, f.name)) for f in fields(region)],
        "band": band and [float(band.low_hz), float(band.high_hz)],
        "channels": [int(channel) for channel in evidence.channels],
    }


def _evidence_of(document: Mapping[str, Any]) -> Evidence:
    region, band = document["region"], document["band"]
    return Evidence(
        metric=document["metric"],
        peak=_time_of(document["peak"]),
        peak_value=document["peak_value"],
        threshold=document["threshold"],
        note=document["note"],
        region=Region(*region) if region else None,
        band=Band(*band) if band else None,
        channels=tuple(document["channels"]),
    )


def finding_values(run_id: str, profile_hash: str, finding: Finding) -> dict[str, Any]:
    """The columns of one finding."""
    return {
        "run": run_id,
        "profile": profile_hash,
        "decided_by": finding.profile,
        "detector": finding.detector,
        "defect": finding.defect,
        "stream": finding.stream,
        "span_start": int(finding.span.start),
        "span_end": int(finding.span.end),
        "span_base": finding.span.base,
        "score": float(finding.score),
        "severity": str(finding.severity),
        "evidence": json.dumps(evidence_document(finding.evidence)),
        "weights": finding.weights,
    }


def finding_of(row: Row[Any]) -> Finding:
    """The finding in a row."""
    return Finding(
        detector=row.detector,
        defect=row.defect,
        stream=row.stream,
        span=Span(row.span_start, row.span_end, row.span_base),
        score=row.score,
        severity=Severity(row.severity),
        evidence=_evidence_of(json.loads(row.evidence)),
        weights=row.weights,
        profile=row.decided_by,
    )


def claim_of(row: Row[Any]) -> Finding:
    """The finding in a row that was read without its evidence."""
    return Finding(
        detector=row.detector,
        defect=row.defect,
        stream=row.stream,
        span=Span(row.span_start, row.span_end, row.span_base),
        score=row.score,
        severity=Severity(row.severity),
        evidence=_NO_EVIDENCE,
        weights=row.weights,
        profile=row.decided_by,
    )


# Verdicts -----------------------------------------------------------------------------------


def verdict_values(verdict: Verdict) -> dict[str, Any]:
    """The columns of one verdict."""
    return {
        "id": verdict.id,
        "subject": verdict.subject,
        "fingerprint": verdict.fingerprint,
        "stream": verdict.stream,
        "defect": verdict.defect,
        "detector": verdict.detector,
        "span_start": int(verdict.span.start),
        "span_end": int(verdict.span.end),
        "span_base": verdict.span.base,
        "decision": str(verdict.decision),
        "reviewer": plain_text(verdict.reviewer),
        "reason": verdict.reason and str(verdict.reason),
        "disposition": verdict.disposition and str(verdict.disposition),
        "severity": verdict.severity and str(verdict.severity),
        "comment": plain_text(verdict.comment),
        "undoes": verdict.undoes,
        "at": verdict.at,
        "settles": verdict.settles,
    }


def verdict_of(row: Row[Any]) -> Verdict:
    """The verdict in a row."""
    return Verdict(
        fingerprint=row.fingerprint,
        stream=row.stream,
        defect=row.defect,
        detector=row.detector,
        span=Span(row.span_start, row.span_end, row.span_base),
        decision=Decision(row.decision),
        reviewer=row.reviewer,
        reason=RejectReason(row.reason) if row.reason else None,
        disposition=Disposition(row.disposition) if row.disposition else None,
        severity=Severity(row.severity) if row.severity else None,
        comment=row.comment,
        subject=row.subject,
        undoes=row.undoes,
        id=row.id,
        at=row.at,
        settles=bool(row.settles),
    )
