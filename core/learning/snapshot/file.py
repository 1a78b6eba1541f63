"""Snapshots as files: one each, named by its id, sealed, written at once and never changed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from core.config import paths
from core.domain.errors import KnownError
from core.domain.sample import (
    LeftOut,
    Snapshot,
    digest_of,
    left_out_document,
    sample_document,
    sample_of,
)
from core.store.whole_file import write_whole

_VERSION = 1


def folder() -> Path:
    """Where snapshots are kept."""
    return paths.learning_dir() / "snapshots"


def keep(snapshot: Snapshot) -> Path:
    """Write a snapshot; one that is there already stays as it is.

    Raises:
        KnownError: It cannot be written.
    """
    path = folder() / f"{snapshot.id}.json"
    if not path.is_file():
        write_whole(path, json.dumps(document_of(snapshot), indent=1).encode("ascii"))
    return path


def load(wanted: str) -> Snapshot:
    """Read a snapshot.

    Args:
        wanted: Its id, or how that begins.

    Raises:
        KnownError: There is none, several begin so, or the file is not what was written.
    """
    found = [path for path in sorted(folder().glob("*.json")) if path.stem.startswith(wanted)]
    if not found or not wanted:
        raise KnownError(f"There is no snapshot {wanted}.")
    if len(found) > 1:
        raise KnownError(f"Several snapshots begin with {wanted}.")
    return read(found[0])


def read(path: Path) -> Snapshot:
    """Read a snapshot's file and make sure that it says what was written.

    Raises:
        KnownError: It cannot be read, or was changed.
    """
    try:
        document = json.loads(path.read_text("ascii"))
    except OSError as error:
        raise KnownError(f"The snapshot {path.name} cannot be read.", str(error)) from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"The snapshot {path.name} is damaged.", str(error)) from error
    try:
        snapshot = _snapshot_of(document)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise KnownError(f"The snapshot {path.name} is damaged.", str(error)) from error
    if (document["seal"], document["id"]) != (_seal(document), snapshot.id):
        raise KnownError(f"The snapshot {path.name} was changed after it was taken.")
    return snapshot


def kept(detector: str = "") -> tuple[Snapshot, ...]:
    """All snapshots, oldest first.

    Args:
        detector: Only of this one; empty means of all.

    Raises:
        KnownError: One of them is damaged.
    """
    found = [read(path) for path in sorted(folder().glob("*.json"))]
    mine = [snapshot for snapshot in found if detector in ("", snapshot.detector)]
    return tuple(sorted(mine, key=lambda snapshot: (snapshot.at, snapshot.id)))


def document_of(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as plain JSON values, with its id and the seal over everything."""
    document: dict[str, Any] = {
        "version": _VERSION,
        "id": snapshot.id,
        "detector": snapshot.detector,
        "store": snapshot.store,
        "at": snapshot.at.isoformat(),
        "samples": [sample_document(sample) for sample in snapshot.samples],
        "left_out": [left_out_document(left) for left in snapshot.left_out],
    }
    return {**document, "seal": _seal(document)}


def _seal(document: dict[str, Any]) -> str:
    return digest_of({key: value for key, value in document.items() if key != "seal"})


def _snapshot_of(document: dict[str, Any]) -> Snapshot:
    if document["version"] != _VERSION or not isinstance(document["seal"], str):
        raise ValueError("it is of another version")
    return Snapshot(
        detector=str(document["detector"]),
        store=str(document["store"]),
        at=datetime.fromisoformat(document["at"]),
        samples=tuple(map(sample_of, document["samples"])),
        left_out=tuple(
            LeftOut(tuple(map(str, it["verdicts"])), str(it["fingerprint"]), str(it["sentence"]))
            for it in document["left_out"]
        ),
    )
