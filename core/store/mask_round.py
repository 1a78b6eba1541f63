"""Rounds of learning masks in the store; each comes with its predictions or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from core.domain.errors import KnownError
from core.domain.mask import AskedRegion, MaskLayer, MaskRound, RoundCurves
from core.store.codec import plain_text
from core.store.database import Database
from core.store.mask import predicting
from core.store.table import MaskRoundRow


class MaskRoundRepository:
    """Rounds of a project, by number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def finish(self, done: MaskRound, predictions: Sequence[MaskLayer]) -> None:
        """Keep a round and put its predictions in place of older ones, in one transaction.

        Args:
            done: Its number is the next of its project.
            predictions: Layers of it.

        Raises:
            ValueError: A layer is no prediction.
            KnownError: The store cannot be written, or another round came first; nothing was.
        """
        put = predicting(predictions)
        document = round_document(done)
        row = {
            "id": done.id,
            "project": done.project,
            "round": done.number,
            "document": plain_text(json.dumps(document)),
            "at": done.at,
        }

        def work(connection: Connection) -> None:
            if _next(connection, done.project) != done.number:
                raise KnownError("Another round of these masks was finished in the meantime.")
            connection.execute(insert(MaskRoundRow).values(row))
            put(connection)

        self._database.write(work)

    def next_number(self, project_id: str) -> int:
        """The number that the next round of a project has."""
        with self._database.reading() as connection:
            return _next(connection, project_id)

    def all(self, project_id: str) -> tuple[MaskRound, ...]:
        """Rounds of a project, oldest first.

        Raises:
            KnownError: One is damaged.
        """
        query = select(MaskRoundRow.__table__).where(MaskRoundRow.project == project_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(MaskRoundRow.round)).all()
        return tuple(map(round_of, rows))

    def latest(self, project_id: str) -> MaskRound | None:
        """The last round of a project; None before the first.

        Raises:
            KnownError: It is damaged.
        """
        query = (
            select(MaskRoundRow.__table__)
            .where(MaskRoundRow.project == project_id)
            .order_by(MaskRoundRow.round.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else round_of(row)


def round_document(done: MaskRound) -> dict[str, Any]:
    """A round as plain JSON values."""
    return {**asdict(done), "at": done.at.isoformat()}


def round_of(row: Row[Any]) -> MaskRound:
    """The round that a row holds.

    Raises:
        KnownError: It is damaged.
    """
    try:
        document = json.loads(row.document)
        document["at"] = datetime.fromisoformat(document["at"])
        document["asked"] = tuple(
            AskedRegion(one["pts"], _box(one["box"]), tuple(one["runs"]))
            for one in document["asked"]
        )
        document["uncertainty"] = tuple((int(p), float(v)) for p, v in document["uncertainty"])
        curves = document["curves"]
        document["curves"] = RoundCurves(**{name: tuple(v) for name, v in curves.items()})
        found = MaskRound(**document)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KnownError("A round of masks in the store is damaged.", str(error)) from error
    if (found.id, found.project, found.number) != (row.id, row.project, row.round):
        raise KnownError("A round of masks in the store is damaged.", f"round {row.id}")
    return found


def _box(said: Sequence[int]) -> tuple[int, int, int, int]:
    x, y, width, height = map(int, said)
    return x, y, width, height


def _next(connection: Connection, project_id: str) -> int:
    query = select(func.max(MaskRoundRow.round)).where(MaskRoundRow.project == project_id)
    return int(connection.execute(query).scalar() or 0) + 1
