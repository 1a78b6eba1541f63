"""Findings from elsewhere: kept beside those of the detectors, whatever profile decides.

An import is a run that measured nothing: it is of no detector, so re-scoring and new analyses leave
it alone. Its findings are the store's from then on; the file is not needed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import IMPORTED, RunState
from core.domain.title import Title
from core.store.codec import plain_text

if TYPE_CHECKING:
    from core.store.store import Store

_NAME, _DIGEST, _BY = "imported_from", "imported_digest", "imported_by"


@dataclass(frozen=True, slots=True)
class Import:
    """One list that was imported.

    Attributes:
        id: Of its run.
        name: What the file was called.
        digest: Hash of the file's bytes.
        by: Who imported it.
        at: When, UTC.
        findings: What it holds.
    """

    id: str
    name: str
    digest: str
    by: str
    at: datetime
    findings: tuple[Finding, ...]


def imports_of(store: Store, fingerprint: str) -> tuple[Import, ...]:
    """What was imported to a title and not taken out again, oldest first.

    Raises:
        KnownError: The store cannot be read.
    """
    return tuple(
        Import(
            run.id,
            run.settings.get(_NAME, ""),
            run.settings.get(_DIGEST, ""),
            run.settings.get(_BY, ""),
            run.started,
            store.findings.of(run.id),
        )
        for run in store.runs.imports(fingerprint)
        if run.state is RunState.DONE
    )


def keep(
    store: Store, title: Title, name: str, digest: str, by: str, findings: Sequence[Finding]
) -> Import:
    """Keep what a file says about a title; killed half-way, nothing of it counts.

    Args:
        store: Where.
        title: The title; entered in the store when it is new to it.
        name: What the file is called.
        digest: Hash of its bytes, by which the same file is known again.
        by: Who imports it.
        findings: What it says.

    Raises:
        KnownError: It was imported before, or the store cannot be written.
    """
    known = next((i for i in imports_of(store, title.fingerprint) if i.digest == digest), None)
    if known is not None:
        when = f"{known.at:%Y-%m-%d %H:%M} UTC"
        raise KnownError(f"{name} was imported to this title before, at {when}.")
    if store.titles.get(title.fingerprint) is None:
        store.titles.put(title)
    settings = {_NAME: plain_text(name), _DIGEST: digest, _BY: plain_text(by)}
    run = store.runs.start(title.fingerprint, (IMPORTED,), settings=settings)
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)
    store.runs.finish(run.id, RunState.DONE)
    return Import(run.id, name, digest, by, run.started, tuple(findings))


def take_out(store: Store, run_id: str) -> None:
    """Have an import count no more; verdicts on its flags stay, without a finding behind them.

    Raises:
        KnownError: The store cannot be written, or there is no such import.
    """
    run = store.runs.get(run_id)
    if run is None or not run.imported or run.state is not RunState.DONE:
        raise KnownError("There is no such import in this store.", run_id)
    store.runs.finish(run_id, RunState.CANCELLED)
