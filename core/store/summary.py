"""Summaries of titles: one narrow row each, so that a library of thousands opens at once.

Triggers of the database count every change that concerns a title (`changes`); a summary carries
the number it was counted at (`counted`). Whoever writes, in whatever process, need not know of
summaries: where the two numbers differ, `core.review.library` counts again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    UnaryExpression,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from core.domain.defect import Severity
from core.domain.run import IMPORTED
from core.domain.summary import (
    TO_DO,
    Dated,
    TitleCount,
    TitleOrder,
    TitleQuery,
    TitleState,
    TitleSummary,
)
from core.domain.title import Title
from core.store.codec import plain_text, title_of
from core.store.database import Database
from core.store.run import is_gone
from core.store.table import (
    RunRow,
    SummaryDefectRow,
    SummaryReviewerRow,
    SummaryRow,
    TitleRow,
    VerdictRow,
)
from core.store.title import NEVER

_MANY = 500
"""Fingerprints in one statement; SQLite takes no more than 32,766 values."""

_COLUMNS = select(SummaryRow.__table__)
_STALE = SummaryRow.counted != SummaryRow.changes
_SEVERITIES = tuple(Severity)
_IMPORTS = json.dumps([IMPORTED])


@dataclass(frozen=True, slots=True)
class Stale:
    """A title whose summary is out of date.

    Attributes:
        changes: Its change number when this was read.
        title: The title.
        opened: When it was opened last; None when never.
    """

    changes: int
    title: Title
    opened: datetime | None


class SummaryRepository:
    """Summaries by fingerprint."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Keeping them up to date

    def stale_count(self) -> int:
        """How many summaries are out of date."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).where(_STALE)).scalar_one()

    def stale(self, limit: int, only: Sequence[str] | None = None) -> tuple[Stale, ...]:
        """Titles whose summaries are out of date.

        Args:
            limit: At most so many.
            only: Among these fingerprints; None means among all.
        """
        query = (
            select(SummaryRow.changes, TitleRow.document, TitleRow.opened)
            .join(TitleRow, TitleRow.fingerprint == SummaryRow.fingerprint)
            .where(_STALE)
            .limit(limit)
        )
        if only is not None:
            query = query.where(SummaryRow.fingerprint.in_(only))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Stale(row.changes, title_of(json.loads(row.document)), _opened(row.opened))
            for row in rows
        )

    def verdict_counts(self, fingerprints: Sequence[str]) -> dict[str, int]:
        """How many rows of verdicts there are, by title; titles without any are left out."""
        query = (
            select(VerdictRow.fingerprint, func.count())
            .where(VerdictRow.fingerprint.in_(fingerprints))
            .group_by(VerdictRow.fingerprint)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def put(self, counted: Iterable[tuple[Stale, TitleCount]]) -> int:
        """Keep what was counted, but where something has changed since `Stale` was read.

        Returns:
            How many were kept.

        Raises:
            KnownError: The store cannot be written.
        """
        found = list(counted)

        def work(connection: Connection) -> int:
            return sum(_keep(connection, stale, count) for stale, count in found)

        return self._database.write(work) if found else 0

    # Asking

    def keys(self, query: TitleQuery) -> tuple[str, ...]:
        """Fingerprints of the titles that a query keeps, in its order."""
        with self._database.reading() as connection:
            gone = _interrupted(connection)
            rows = connection.execute(_keys(query, gone))
            return tuple(rows.scalars())

    def following(self, query: TitleQuery, fingerprint: str = "") -> str | None:
        """The next title of a query that has something to review.

        Args:
            query: Which titles, in which order.
            fingerprint: Where to go on from; the beginning follows the end. An unknown one starts
                at the top.

        Returns:
            None when there is no other.
        """
        with self._database.reading() as connection:
            gone = _interrupted(connection)
            to_do = and_(SummaryRow.undecided > 0, _state(gone).in_([str(s) for s in TO_DO]))
            here = SummaryRow.fingerprint == fingerprint
            statement = select(SummaryRow.fingerprint).where(
                or_(and_(to_do, *_conditions(query, gone)), here)
            )
            found = list(connection.execute(statement.order_by(*_sorting(query, gone))).scalars())
        if fingerprint in found:
            place = found.index(fingerprint)
            found = found[place + 1 :] + found[:place]
        return found[0] if found else None

    def lines(self, fingerprints: Sequence[str]) -> dict[str, TitleSummary]:
        """Summaries by fingerprint; unknown titles are left out."""
        lines: dict[str, TitleSummary] = {}
        with self._database.reading() as connection:
            gone = _interrupted(connection)
            for first in range(0, len(fingerprints), _MANY):
                some = fingerprints[first : first + _MANY]
                rows = connection.execute(_COLUMNS.where(SummaryRow.fingerprint.in_(some))).all()
                done = _done(connection, [r.fingerprint for r in rows if _is_underway(r)])
                for row in rows:
                    lines[row.fingerprint] = _line(row, gone, done.get(row.fingerprint, 0.0))
        return lines

    def defects_of(self, fingerprint: str) -> dict[str, tuple[int, int]]:
        """Flags and undecided flags of a title by defect, most flags first."""
        mine = SummaryDefectRow.fingerprint == fingerprint
        query = select(SummaryDefectRow.__table__).where(mine)
        with self._database.reading() as connection:
            rows = connection.execute(
                query.order_by(SummaryDefectRow.flags.desc(), SummaryDefectRow.defect)
            ).all()
        return {row.defect: (row.flags, row.undecided) for row in rows}

    def undecided(self) -> dict[str, int]:
        """Flags that nobody has decided, by defect, over all titles, as they were counted."""
        query = select(SummaryDefectRow.defect, func.sum(SummaryDefectRow.undecided)).group_by(
            SummaryDefectRow.defect
        )
        with self._database.reading() as connection:
            return {defect: int(count) for defect, count in connection.execute(query) if count}

    def state_counts(self, query: TitleQuery) -> dict[TitleState, int]:
        """How many titles of a query are in each state."""
        with self._database.reading() as connection:
            gone = _interrupted(connection)
            state = _state(gone)
            rows = connection.execute(
                select(state, func.count()).where(*_conditions(query, gone)).group_by(state)
            )
            return {TitleState(name): count for name, count in rows}

    def folders(self) -> tuple[tuple[str, int], ...]:
        """Folders that hold titles, by name, and how many titles each holds itself."""
        query = select(SummaryRow.folder, func.count()).group_by(SummaryRow.folder)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(SummaryRow.folder)).all()
        return tuple((folder, count) for folder, count in rows if folder)

    def defects(self) -> tuple[str, ...]:
        """Defects that any title has a flag of."""
        with self._database.reading() as connection:
            return tuple(connection.execute(select(SummaryDefectRow.defect).distinct()).scalars())

    def reviewers(self) -> tuple[str, ...]:
        """Who decided about any title, by name."""
        query = select(SummaryReviewerRow.reviewer).distinct()
        with self._database.reading() as connection:
            return tuple(sorted(connection.execute(query).scalars()))

    def places(self) -> dict[str, tuple[str, int]]:
        """Where every title was found last, and how many bytes it has, by fingerprint."""
        query = select(SummaryRow.fingerprint, SummaryRow.path, SummaryRow.size_bytes)
        with self._database.reading() as connection:
            return {key: (path, size) for key, path, size in connection.execute(query) if path}

    def pulse(self) -> tuple[int, int, float]:
        """Changes when anything does that a library shows: titles, their changes, progress."""
        running = RunRow.state == "running"
        with self._database.reading() as connection:
            titles, changes = connection.execute(
                select(func.count(), func.coalesce(func.sum(SummaryRow.changes), 0))
            ).one()
            done = connection.execute(select(func.sum(RunRow.done_s)).where(running)).scalar()
        return int(titles), int(changes), float(done or 0.0)


# Writing ------------------------------------------------------------------------------------


def _keep(connection: Connection, stale: Stale, count: TitleCount) -> bool:
    mine = SummaryRow.fingerprint == stale.title.fingerprint
    kept = connection.execute(
        update(SummaryRow)
        .where(mine, SummaryRow.changes == stale.changes)
        .values(_values(stale, count))
    )
    if not kept.rowcount:
        return False
    fingerprint = stale.title.fingerprint
    for table in (SummaryDefectRow, SummaryReviewerRow):
        connection.execute(delete(table).where(table.fingerprint == fingerprint))
    if count.defects:
        rows = [
            {"defect": d, "fingerprint": fingerprint, "flags": n.flags, "undecided": n.undecided}
            for d, n in count.defects.items()
        ]
        connection.execute(insert(SummaryDefectRow), rows)
    if count.reviewers:
        names = [{"reviewer": name, "fingerprint": fingerprint} for name in count.reviewers]
        connection.execute(insert(SummaryReviewerRow), names)
    return True


def _values(stale: Stale, count: TitleCount) -> dict[str, Any]:
    title = stale.title
    picture = title.video[0] if title.video else None
    name, folder = plain_text(title.name), plain_text(title.path.parent.as_posix())
    media = media_of(title)
    reviewers = ", ".join(count.reviewers)
    return {
        "counted": stale.changes,
        "name": name,
        "path": plain_text(str(title.path)),
        "folder": folder,
        "sort_name": name.casefold(),
        "search": " ".join((name, folder, media, title.container, reviewers)).casefold(),
        "media": media,
        "duration_s": float(title.duration_s),
        "width": picture.width if picture else 0,
        "height": picture.height if picture else 0,
        "size_bytes": int(title.size_bytes),
        "state": str(count.state),
        "running": int(count.running),
        "run": count.run,
        "flags": count.flags,
        "undecided": count.undecided,
        "worst": -1 if count.worst is None else count.worst.rank,
        "reviewers": reviewers,
        "error": count.error,
        "opened": stale.opened,
        "analysed": count.analysed,
    }


def media_of(title: Title) -> str:
    """What a title is made of in a few words, for example `h264 1920×1080 25 fps · aac`."""
    parts = []
    for stream in title.video[:1]:
        rate = f" {float(stream.rate):.5g} fps" if stream.rate else ""
        parts.append(f"{stream.codec} {stream.width}×{stream.height}{rate}")
    parts += dict.fromkeys(stream.codec for stream in title.audio)
    return " · ".join(parts)


def _opened(at: datetime | None) -> datetime | None:
    return None if at is None or at <= NEVER else at


# Asking -------------------------------------------------------------------------------------


def _interrupted(connection: Connection) -> frozenset[str]:
    """Titles whose newest analysis has no end, though nobody works on it any more."""
    query = select(RunRow.fingerprint, RunRow.worker, RunRow.heartbeat, RunRow.number)
    ours = (RunRow.state == "running", RunRow.detectors != _IMPORTS)
    rows = connection.execute(query.where(*ours).order_by(RunRow.number))
    last = {row.fingerprint: row for row in rows}
    return frozenset(key for key, row in last.items() if is_gone(row.worker, row.heartbeat))


def _state(gone: frozenset[str]) -> ColumnElement[str]:
    """How far a title came: what was counted, unless somebody is at work on it now."""
    alive: ColumnElement[bool] = SummaryRow.running != 0
    if gone:
        alive = and_(alive, SummaryRow.fingerprint.not_in(gone))
    return case((alive, literal(str(TitleState.ANALYSING))), else_=SummaryRow.state)


def _keys(query: TitleQuery, gone: frozenset[str]) -> Any:
    keys = select(SummaryRow.fingerprint).where(*_conditions(query, gone))
    return keys.order_by(*_sorting(query, gone))


def _conditions(query: TitleQuery, gone: frozenset[str]) -> list[ColumnElement[bool]]:
    words = plain_text(query.text).casefold().split()
    found: list[ColumnElement[bool]] = [
        SummaryRow.search.contains(word, autoescape=True) for word in words
    ]
    if query.states:
        found.append(_state(gone).in_(sorted(str(state) for state in query.states)))
    if query.defects:
        some = SummaryDefectRow.defect.in_(sorted(query.defects))
        found.append(SummaryRow.fingerprint.in_(select(SummaryDefectRow.fingerprint).where(some)))
    if query.reviewers:
        names = SummaryReviewerRow.reviewer.in_(sorted(query.reviewers))
        found.append(
            SummaryRow.fingerprint.in_(select(SummaryReviewerRow.fingerprint).where(names))
        )
    if query.folder:
        below = plain_text(query.folder).rstrip("/") + "/"
        inside = func.substr(SummaryRow.folder, 1, len(below)) == below
        found.append(or_(SummaryRow.folder == (below.rstrip("/") or "/"), inside))
    at = SummaryRow.opened if query.dated is Dated.OPENED else SummaryRow.analysed
    if query.since is not None:
        found.append(at >= query.since)
    if query.before is not None:
        found.append(at < query.before)
    return found


_ORDERS: Mapping[TitleOrder, Sequence[Any]] = {
    TitleOrder.NAME: (),
    TitleOrder.FOLDER: (SummaryRow.folder,),
    TitleOrder.DURATION: (SummaryRow.duration_s,),
    TitleOrder.MEDIA: (SummaryRow.media,),
    TitleOrder.UNDECIDED: (SummaryRow.undecided, SummaryRow.flags),
    TitleOrder.WORST: (SummaryRow.worst, SummaryRow.undecided),
    TitleOrder.REVIEWERS: (SummaryRow.reviewers,),
    TitleOrder.OPENED: (SummaryRow.opened,),
    TitleOrder.ANALYSED: (SummaryRow.analysed,),
}


def _sorting(query: TitleQuery, gone: frozenset[str]) -> list[UnaryExpression[Any]]:
    if query.order is TitleOrder.STATE:
        ranks = {str(state): rank for rank, state in enumerate(TitleState)}
        columns: Sequence[Any] = (case(ranks, value=_state(gone)),)
    else:
        columns = _ORDERS[query.order]
    down = query.descending
    first = [c.desc().nulls_last() if down else c.asc().nulls_first() for c in columns]
    by_name = down and query.order is TitleOrder.NAME
    last = (SummaryRow.sort_name, SummaryRow.fingerprint)
    return [*first, *(c.desc() if by_name else c.asc() for c in last)]


def _is_underway(row: Row[Any]) -> bool:
    return bool(row.running) or row.state == TitleState.PARTLY


def _done(connection: Connection, fingerprints: Sequence[str]) -> dict[str, float]:
    """Seconds that the newest analysis of each of some titles has measured."""
    if not fingerprints:
        return {}
    ours = (RunRow.fingerprint.in_(fingerprints), RunRow.detectors != _IMPORTS)
    query = select(RunRow.fingerprint, RunRow.done_s).where(*ours)
    rows = connection.execute(query.order_by(RunRow.number))
    return {row.fingerprint: row.done_s for row in rows}


def _line(row: Row[Any], gone: frozenset[str], done_s: float) -> TitleSummary:
    alive = bool(row.running) and row.fingerprint not in gone
    return TitleSummary(
        fingerprint=row.fingerprint,
        name=row.name,
        path=row.path,
        duration_s=row.duration_s,
        media=row.media,
        width=row.width,
        height=row.height,
        size_bytes=row.size_bytes,
        state=TitleState.ANALYSING if alive else TitleState(row.state),
        done_s=done_s,
        flags=row.flags,
        undecided=row.undecided,
        worst=None if row.worst < 0 else _SEVERITIES[row.worst],
        reviewers=row.reviewers,
        opened=row.opened,
        analysed=row.analysed,
        error=row.error,
        counted=row.counted == row.changes,
    )
