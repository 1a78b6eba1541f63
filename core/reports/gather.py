"""Gathers a report from the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from core.catalog.decide import decide
from core.domain.check import checks_of
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import Run
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import Verdict, current_verdicts
from core.media.codec import library_versions
from core.media.probe import probe
from core.reports.clock import clock_of
from core.reports.report import Entry, Kind, Only, Report
from core.review.flag import Flag, merge
from core.review.outside import imports_of
from core.review.piece import gather, layers
from core.store.codec import plain_text

if TYPE_CHECKING:
    from core.store.store import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """What a report shall hold.

    Attributes:
        only: Which entries it lists.
        reviewer: Whose verdicts count; empty means everybody's.
        drop_frame: Count timecode in drop-frame where the rate has one.
        start_timecode: What the first frame is called; empty takes its time.
        curves: The format draws what was measured; else tracks are read only where they decide.
    """

    only: Only = Only.ALL
    reviewer: str = ""
    drop_frame: bool = False
    start_timecode: str = ""
    curves: bool = True


def find_subject(store: Store, name: str) -> tuple[Title, Run | None]:
    """The title and the run that a person names.

    Args:
        store: Where both are.
        name: A media file, the path of one that the store knows, or the id of a run.

    Returns:
        The title, and the run; for a file its newest finished run, else its newest, else None.

    Raises:
        KnownError: There is neither a file nor a run of that name, or the file was never opened.
    """
    run = store.runs.get(name)
    if run is not None:
        title = store.titles.get(run.fingerprint)
        if title is None:
            raise KnownError("The title of this analysis is not in the store.", name)
        return title, run
    path = Path(name)
    if path.exists():
        title = probe(path)
        if store.titles.get(title.fingerprint) is None:
            raise KnownError(f"{path.name} is not in this store; analyse or review it first.")
    else:
        title = title_at(store, path)
    runs = store.runs
    return title, runs.latest_done(title.fingerprint) or runs.latest(title.fingerprint)


def title_at(store: Store, path: Path) -> Title:
    """The title that the store found at a path where no file is now.

    Raises:
        KnownError: It knows none.
    """
    wanted = path.expanduser().absolute()
    for title in store.titles.all():
        if title.path.expanduser().absolute() == wanted:
            return title
    raise KnownError(f"There is no file and no analysis named {path}.")


def gather_report(
    store: Store,
    title: Title,
    run: Run | None,
    wish: Wish | None = None,
    profile: Profile | None = None,
) -> Report:
    """Put a report together from what the store holds now.

    Args:
        store: Where runs, findings and verdicts are.
        title: The title.
        run: The analysis; None reports on verdicts alone.
        wish: What the report shall hold; None is everything.
        profile: What decides; None takes the one whose findings were kept last.

    Raises:
        KnownError: The store cannot be read, nobody of the reviewer's name decided in it, or the
            timecode that was wished for does not exist.
    """
    wish = wish or Wish()
    reviewer = plain_text(wish.reviewer)
    if reviewer and reviewer not in store.reviewers.all():
        raise KnownError(f"No reviewer named {reviewer} is in this store.")
    tracks: tuple[Track, ...] = ()
    findings: tuple[Finding, ...] = ()
    decided_by = profile or DEFAULT_PROFILE
    if run is not None:
        run, *later = layers(store, run)
        kept = store.findings.profile_of(run.id)
        decided_by = profile or kept or DEFAULT_PROFILE
        answered = not later and kept is not None and kept.hash == decided_by.hash
        if wish.curves or not answered:
            _, tracks, _ = gather(store, run)
        if answered:
            findings = store.findings.of(run.id)
        else:
            asked = checks_of(title, decided_by.checks, decided_by.hash)
            findings = (*decide(tracks, decided_by, run.weights), *asked)
    imports = imports_of(store, title.fingerprint)
    findings = (*findings, *(finding for one in imports for finding in one.findings))
    rows = store.verdicts.of(title.fingerprint)
    current = [v for v in current_verdicts(rows) if not reviewer or v.reviewer == reviewer]
    return Report(
        title=title,
        run=run,
        profile=decided_by,
        entries=_entries(findings, current),
        clock=clock_of(title, wish.drop_frame, wish.start_timecode),
        made=datetime.now(UTC).replace(microsecond=0),
        only=wish.only,
        reviewer=reviewer,
        tracks=tracks,
        versions=_versions(run),
        notes=title.notes,
    )


def _entries(findings: tuple[Finding, ...], current: list[Verdict]) -> tuple[Entry, ...]:
    # Nobody is asked as the desk's reviewer, so that all verdicts come as those of others.
    flags = merge(findings, current, "")
    return tuple(_entry(number, flag) for number, flag in enumerate(flags, 1))


def _entry(number: int, flag: Flag) -> Entry:
    said = [*flag.others] if flag.verdict is None else [flag.verdict, *flag.others]
    kind = Kind.MISSED if flag.missed else Kind.ORPHAN if flag.orphan else Kind.FINDING
    return Entry(
        number,
        kind,
        flag.span,
        flag.defect,
        flag.detector,
        flag.stream,
        flag.finding,
        tuple(sorted(said, key=lambda verdict: verdict.at)),
    )


def _versions(run: Run | None) -> dict[str, str]:
    """What made the report, and what the tracks were measured with."""
    try:
        own = version("onglass")
    except PackageNotFoundError:
        own = "unknown"
    found = {"onglass": own, **library_versions()}
    if run is not None:
        found["av at the analysis"] = run.settings.get("av", "unknown")
    return found
