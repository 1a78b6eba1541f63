"""Whether a store is sound: the file, its references, its tracks and its schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text

from core.domain.errors import KnownError
from core.store.codec import track_of
from core.store.failure import translated
from core.store.mask import layer_of
from core.store.mask_round import round_of
from core.store.migration import HEAD
from core.store.store import Store
from core.store.table import Base, MaskLayerRow, MaskRoundRow, TrackRow

_MOST = 20
_TRIGGERS = {
    f"{table}_refuse_{what}"
    for table in ("verdicts", "mask_layers")
    for what in ("update", "delete", "replace")
}
_COUNTING = {
    f"summaries_{what}"
    for what in (
        *("title_added", "title_changed", "run_added", "run_changed", "run_removed"),
        *("finding_added", "finding_changed", "finding_removed", "verdict_added"),
    )
}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        schema: Revision of the schema; empty when it could not be read.
        problems: Sentences, worst first; empty when the store is sound.
        counts: Rows by table.
    """

    schema: str = ""
    problems: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def check_store(where: str | Path) -> CheckReport:
    """Check a store without changing it; it may be in use.

    Args:
        where: As `Store.open` takes it.

    Raises:
        KnownError: There is no store.
    """
    try:
        with Store.open(where, read_only=True, create=False) as store:
            return check(store)
    except KnownError as error:
        if error.sentence.startswith("There is no store"):
            raise
        return CheckReport(problems=(error.sentence,))


def check(store: Store) -> CheckReport:
    """Check an open store."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    try:
        with store.database.reading() as connection:
            if store.database.is_sqlite:
                problems += _file_problems(connection)
            counts = _counts(connection)
            problems += _track_problems(connection)
            problems += _mask_problems(connection)
            problems += _round_problems(connection)
    except KnownError as error:
        problems.append(error.sentence)
    return CheckReport(HEAD, tuple(problems), counts)


def _file_problems(connection: Connection) -> Iterator[str]:
    with translated():
        for (line,) in connection.execute(text(f"PRAGMA integrity_check({_MOST})")):
            if line != "ok":
                yield f"The file is damaged: {line}."
        for row in connection.execute(text("PRAGMA foreign_key_check")).fetchmany(_MOST):
            yield f"Row {row[1]} of {row[0]} points at a missing row of {row[2]}."
        query = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present: set[str] = set(connection.execute(query).scalars())
        if _TRIGGERS - present:
            yield "Verdicts or masks are not protected against changes any more."
        if _COUNTING - present:
            yield "What the library counts is not kept up to date any more."


def _counts(connection: Connection) -> dict[str, int]:
    present = set(inspect(connection).get_table_names())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in Base.metadata.sorted_tables
        if table.name in present
    }


def _track_problems(connection: Connection) -> Iterator[str]:
    numbers = connection.execute(select(TrackRow.number).order_by(TrackRow.number)).scalars().all()
    for number in numbers:
        query = select(TrackRow.__table__).where(TrackRow.number == number)
        row = connection.execute(query).one()
        try:
            track_of(row, maps=True)
        except (KnownError, ValueError) as error:
            yield f"Measurement {number} of {row.detector} in run {row.run} is damaged ({error})."


def _mask_problems(connection: Connection) -> Iterator[str]:
    numbers = connection.execute(select(MaskLayerRow.number).order_by(MaskLayerRow.number))
    for number in numbers.scalars().all():
        query = select(MaskLayerRow.__table__).where(MaskLayerRow.number == number)
        row = connection.execute(query).one()
        try:
            layer_of(row)
        except (KnownError, ValueError) as error:
            yield f"Mask {number} of frame {row.pts} in project {row.project} is damaged ({error})."


def _round_problems(connection: Connection) -> Iterator[str]:
    rows = connection.execute(select(MaskRoundRow.__table__).order_by(MaskRoundRow.number))
    for row in rows.all():
        try:
            round_of(row)
        except KnownError as error:
            yield f"Round {row.round} of the masks {row.project} is damaged ({error})."
