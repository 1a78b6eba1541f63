"""What a watch writes beside a file: reports, a tag, or the sentence why it failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.reports.format import format_of
from core.reports.gather import Wish, gather_report
from core.reports.output import write_whole
from core.reports.picture import with_pictures
from core.scan.watch.journal import Entry, Outcome
from core.store.store import Store

TAG_SUFFIX = ".onglass.json"
"""How the tag of a file is called, after the whole name of the file."""

FORMATS = ("html", "pdf", "json")
"""Formats of reports that a watch writes."""


def report_path(file: Path, format_id: str) -> Path:
    """Where a report on a file goes: beside it, under its whole name."""
    # A tag is JSON as well, so the report says that it is one.
    return file.with_name(f"{file.name}.report{format_of(format_id).suffix}")


def sentence_path(file: Path) -> Path:
    """Where the sentence goes that says why a file failed."""
    return file.with_name(f"{file.name}.failed.txt")


def beside(file: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Everything that may be written beside a file."""
    return (*(report_path(file, name) for name in formats), sentence_path(file))


def write_reports(
    store: Store, entry: Entry, source: Path, target: Path, formats: Sequence[str]
) -> None:
    """Write the reports on a file beside the place where it will be; what is there stays.

    Args:
        store: Where the analysis is.
        entry: What came of the file.
        source: Where the file is now, for its pictures.
        target: Where it will be.
        formats: Which reports.

    Raises:
        KnownError: A report cannot be written.
    """
    if entry.outcome is Outcome.FAILED:
        _write_new(f"{entry.sentence}\n".encode(), sentence_path(target))
    wanted = [name for name in formats if not report_path(target, name).exists()]
    run = store.runs.get(entry.run) if entry.run else None
    title = store.titles.get(entry.fingerprint) if entry.fingerprint else None
    if run is None or title is None or not wanted:
        return
    # The same content may lie elsewhere too; this report is about this file.
    report = gather_report(store, replace(title, path=source), run, Wish())
    if any(format_of(name).pictures for name in wanted):
        report = with_pictures(report)
    report = replace(report, title=replace(title, path=target))
    for name in wanted:
        _write_new(format_of(name).make(report), report_path(target, name))


def _write_new(data: bytes, path: Path) -> None:
    """Write a file unless an earlier attempt did."""
    if not path.exists():
        write_whole(data, path)


def write_tag(entry: Entry, file: Path) -> None:
    """Write a file's tag beside it, in place of an older one.

    Raises:
        KnownError: It cannot be written, or what stands there is no tag of a watch.
    """
    path = file.with_name(file.name + TAG_SUFFIX)
    if path.exists() and read_tag(file) is None:
        raise KnownError(f"{path.name} is there already and is no tag, so it stays.", str(path))
    document: dict[str, Any] = {
        "onglass": "watch",
        "outcome": entry.outcome,
        "findings": entry.findings,
        "sentence": entry.sentence,
        "fingerprint": entry.fingerprint,
        "run": entry.run,
        "size": entry.size,
        "mtime_ns": entry.mtime_ns,
    }
    write_whole(json.dumps(document, indent=2).encode() + b"\n", path, overwrite=True)


def read_tag(file: Path) -> dict[str, Any] | None:
    """What the tag of a file says; None when there is none."""
    try:
        document = json.loads(file.with_name(file.name + TAG_SUFFIX).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(document, dict) or document.get("onglass") != "watch":
        return None
    return document
