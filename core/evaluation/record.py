"""What came of one file: our findings and FFmpeg's traces, kept between runs.

Tracks are kept rather than findings, so that a rule can be changed and all figures follow without
decoding again. They are measured anew when the code that measures them changed; the traces of
FFmpeg's filters when the chains changed; clips when their injector changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from core.analysis.measure import measure_title
from core.analysis.plan import able, choose, plan
from core.analysis.provenance import measuring_digest, weights_of
from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Title
from core.domain.track import Track
from core.evaluation.matching import Stretch
from core.evaluation.peer import Peer, Trace
from core.evaluation.peer_run import can_run, run_peers

_KEY_LENGTH = 16

REAL = "real"
"""Kind of a file that is really damaged."""

REFERENCE = "reference"
"""Kind of the clean twin of such a file that is looked at for no other reason."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding as far as scoring needs it.

    Attributes:
        detector: Id.
        start_s: Where it begins.
        end_s: Where it ends.
        fyi: Its severity is FYI though its detector usually proposes more: the context explains
            it, or it is slight.
        score: Strength.
        note: Why.
        defect: What it names; empty for its detector's own defect.
    """

    detector: str
    start_s: float
    end_s: float
    fyi: bool
    score: float
    note: str
    defect: str = ""

    @property
    def named(self) -> str:
        """The defect that it names."""
        return self.defect or DETECTORS[self.detector].defect

    @property
    def stretch(self) -> Stretch:
        """When."""
        return (self.start_s, self.end_s)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file.

    Attributes:
        name: Of the file, or of the source that the clip is made of.
        kind: `filmed`, `sound`, `photo`, `real` or `reference`.
        trial: How the clip was made; None for a file as it is.
        truth: Damaged stretches by defect, in seconds.
        seconds: Length by medium: `video`, `audio`, `caption`; none where there is none.
        claims: Our findings.
        traces: FFmpeg's, by detector and reading.
        faults: What went wrong; a file that could not be measured at all has no seconds.
        twin: Name of the clean twin of a really damaged file; empty where none is known.
    """

    name: str
    kind: str
    trial: Mapping[str, Any] | None = None
    truth: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    traces: Mapping[str, Mapping[str, Trace]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    twin: str = ""

    @property
    def is_clean(self) -> bool:
        """A clean file as it is, whose figures count as such."""
        return self.trial is None and self.kind not in (REAL, REFERENCE)


def measured(
    title: Title, detectors: Sequence[str], folder: Path
) -> tuple[list[Track], tuple[str, ...]]:
    """The tracks of a file, from the folder as far as they lie there.

    Args:
        title: As probed.
        detectors: Ids; those whose tracks their rules read come along.
        folder: Where tracks of this very file are kept.

    Returns:
        Tracks, and sentences about detectors that stopped.
    """
    specs, _notes = able(choose(DEFAULT_PROFILE, detectors))
    wanted = {spec.id: detector_digest(spec.id) for spec in specs}
    kept = _load(folder / "tracks.npz")
    missing = [name for name, digest in wanted.items() if kept.get(name, ("",))[0] != digest]
    faults: tuple[str, ...] = ()
    if missing:
        found, faults = _measure(title, missing)
        for name in missing:
            kept[name] = (wanted[name], [t for t in found if t.detector == name])
        if not faults:
            _save(folder / "tracks.npz", kept)
    return [track for name in wanted for track in kept[name][1]], faults


def _measure(title: Title, detectors: Sequence[str]) -> tuple[Sequence[Track], tuple[str, ...]]:
    try:
        plan(title, choose(DEFAULT_PROFILE, detectors))
    except KnownError:
        return (), ()  # Nothing in this file is for them.
    done = measure_title(title, detectors)
    return done.tracks, done.faults


def claims_of(tracks: Sequence[Track], detectors: Sequence[str]) -> tuple[Claim, ...]:
    """What the rules say of some tracks under the default profile."""
    found = decide(tracks, DEFAULT_PROFILE)
    return tuple(_claim(finding) for finding in found if finding.detector in detectors)


def _claim(finding: Finding) -> Claim:
    usual = DETECTORS[finding.detector].proposed_severity(DEFAULT_PROFILE)
    return Claim(
        finding.detector,
        finding.span.start_s,
        finding.span.end_s,
        finding.severity is Severity.FYI and usual is not Severity.FYI,
        round(finding.score, 4),
        finding.evidence.note,
        finding.defect,
    )


def peer_traces(title: Title, peers: Sequence[Peer], folder: Path) -> dict[str, dict[str, Trace]]:
    """What FFmpeg's filters say of a file, from the folder as far as it lies there."""
    path = folder / "peers.json"
    stamp = _peer_digest()
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept = kept if kept.get("stamp") == stamp else {"stamp": stamp, "peers": {}}
    missing = [p for p in peers if p.detector not in kept["peers"] and can_run(p)]
    if missing:
        found = run_peers(title, missing)
        for peer in missing:
            traces = found.get(peer.detector, {})
            kept["peers"][peer.detector] = {name: t.as_json() for name, t in traces.items()}
        _replace(path, lambda partial: partial.write_text(json.dumps(kept), "utf-8"))
    return {
        peer.detector: {
            name: Trace.from_json(row) for name, row in kept["peers"][peer.detector].items()
        }
        for peer in peers
        if kept["peers"].get(peer.detector)
    }


def key_of(*parts: object) -> str:
    """A name for a folder that is the same whenever the parts are."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_KEY_LENGTH]


@cache
def detector_digest(detector: str) -> str:
    """Digest of what measures: the detector's code, what it shares, the views and its weights."""
    code = (measuring_digest(detector), module_digest("core.analysis.view"))
    return key_of(*code, weights_of([detector]))


@cache
def file_digest(*paths: Path) -> str:
    """Digest of some files; in a bundle, where source is missing, of the product's version."""
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes() if path.is_file() else version("onglass").encode())
    return content.hexdigest()[:_KEY_LENGTH]


@cache
def module_digest(*names: str) -> str:
    """Digest of some modules' source."""
    return file_digest(*map(_source, names))


def _peer_digest() -> str:
    return module_digest(
        *(f"core.evaluation.{name}" for name in ("peer", "peer_run", "peer_table")),
        "core.media.filter_graph",
    )


def _source(module: str) -> Path:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


_Kept = dict[str, tuple[str, list[Track]]]


def _load(path: Path) -> _Kept:
    if not path.exists():
        return {}
    with np.load(path) as arrays:
        index = json.loads(str(arrays["index"]))
        kept: _Kept = {name: (digest, []) for name, digest in index["digests"].items()}
        for place, row in enumerate(index["tracks"]):
            kept[row["detector"]][1].append(
                Track(
                    row["detector"],
                    row["stream"],
                    Fraction(row["base"]),
                    arrays[f"{place}.pts"],
                    row["end"],
                    {name: arrays[f"{place}.{name}"] for name in row["metrics"]},
                )
            )
    return kept


def _save(path: Path, kept: _Kept) -> None:
    tracks = [track for _digest, some in kept.values() for track in some]
    index = {
        "digests": {name: digest for name, (digest, _) in kept.items()},
        "tracks": [
            {
                "detector": track.detector,
                "stream": track.stream,
                "base": str(track.base),
                "end": track.end,
                "metrics": list(track.metrics),
            }
            for track in tracks
        ],
    }
    arrays: dict[str, Any] = {"index": np.array(json.dumps(index))}
    for place, track in enumerate(tracks):
        arrays[f"{place}.pts"] = track.pts
        arrays |= {f"{place}.{name}": values for name, values in track.metrics.items()}

    def write(partial: Path) -> None:
        with partial.open("wb") as file:
            np.savez(file, **arrays)

    _replace(path, write)


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file in one step, so that an interrupted run leaves none that is half there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    write(partial)
    partial.replace(path)
