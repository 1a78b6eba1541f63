"""Masks in the store: appended, never changed, on the disk when `append` returns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from core.domain.errors import KnownError
from core.domain.mask import LabelMap, MaskClass, MaskLayer, MaskOrigin, MaskProject
from core.store.codec import plain_text
from core.store.database import Database
from core.store.mask_runs import pack, unpack
from core.store.reviewer import ensure_reviewers
from core.store.table import MaskLayerRow, MaskProjectRow

_NO_MAP: LabelMap = np.zeros((0, 0), np.uint8)


class MaskRepository:
    """Projects by id, and the layers of their frames in the order in which they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, project: MaskProject) -> None:
        """Keep a new project.

        Raises:
            KnownError: The store cannot be written.
        """
        row = {
            "id": project.id,
            "name": plain_text(project.name),
            "fingerprint": project.fingerprint,
            "stream": project.stream,
            "base": project.base,
            "width": project.width,
            "height": project.height,
            "classes": _classes_text(project.classes),
            "by": plain_text(project.by),
            "at": project.at,
        }

        def work(connection: Connection) -> None:
            ensure_reviewers(connection, [str(row["by"])])
            connection.execute(insert(MaskProjectRow).values(row))

        self._database.write(work)

    def get(self, project_id: str) -> MaskProject:
        """The project of this id, or whose id begins so.

        Raises:
            KnownError: There is none, or several begin so.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                select(MaskProjectRow.__table__).where(
                    MaskProjectRow.id.startswith(project_id, autoescape=True)
                )
            ).all()
        if len(rows) != 1:
            which = "No" if not rows else "More than one"
            raise KnownError(f"{which} mask project of this store has the id {project_id}.")
        return _project_of(rows[0])

    def all(self, fingerprint: str = "") -> tuple[MaskProject, ...]:
        """Every project, or those of one title, oldest first."""
        query = select(MaskProjectRow.__table__).order_by(MaskProjectRow.number)
        if fingerprint:
            query = query.where(MaskProjectRow.fingerprint == fingerprint)
        with self._database.reading() as connection:
            return tuple(map(_project_of, connection.execute(query).all()))

    def reclass(self, project: MaskProject) -> None:
        """Keep other classes of a project; everything else of it stays as it was.

        Raises:
            KnownError: The store cannot be written.
        """
        query = (
            update(MaskProjectRow)
            .where(MaskProjectRow.id == project.id)
            .values(classes=_classes_text(project.classes))
        )
        self._database.write(lambda connection: connection.execute(query))

    def append(self, *layers: MaskLayer) -> None:
        """Append layers in one transaction; they are on the disk when this returns.

        Raises:
            KnownError: The store cannot be written; nothing was.
        """
        rows = [_layer_values(layer) for layer in layers]
        if rows:
            self._database.write(lambda connection: connection.execute(insert(MaskLayerRow), rows))

    def predict(self, *layers: MaskLayer) -> None:
        """Append predictions in place of the older ones of their frames, in one transaction.

        Raises:
            ValueError: A layer is no prediction.
            KnownError: The store cannot be written; nothing was.
        """
        put = predicting(layers)
        if layers:
            self._database.write(put)

    def layers(self, project_id: str, pts: int | None = None) -> tuple[MaskLayer, ...]:
        """Layers of a project, or of one of its frames, oldest first.

        Raises:
            KnownError: One is damaged.
        """
        query = select(MaskLayerRow.__table__).where(MaskLayerRow.project == project_id)
        if pts is not None:
            query = query.where(MaskLayerRow.pts == pts)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(MaskLayerRow.number)).all()
        return tuple(map(layer_of, rows))

    def notes(self, project_id: str) -> tuple[MaskLayer, ...]:
        """All layers of a project without their maps, oldest first: who said something where."""
        columns = [c for c in MaskLayerRow.__table__.c if c.name not in ("data", "checksum")]
        query = select(*columns).where(MaskLayerRow.project == project_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(MaskLayerRow.number)).all()
        return tuple(_with_map(row, _NO_MAP) for row in rows)

    def newest(self, project_id: str) -> int:
        """Number of the layer that was appended last; 0 before the first. Numbers only grow."""
        query = select(func.max(MaskLayerRow.number)).where(MaskLayerRow.project == project_id)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar() or 0)

    def frames(self, project_id: str) -> tuple[int, ...]:
        """PTS of the frames that have layers, ascending."""
        query = (
            select(MaskLayerRow.pts)
            .where(MaskLayerRow.project == project_id)
            .distinct()
            .order_by(MaskLayerRow.pts)
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def bytes_of(self, project_id: str) -> int:
        """How much the layers of a project take in the store."""
        query = select(func.sum(func.length(MaskLayerRow.data))).where(
            MaskLayerRow.project == project_id
        )
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar() or 0)


def predicting(layers: Sequence[MaskLayer]) -> Callable[[Connection], None]:
    """Puts predictions in place of the older ones of their frames, in a transaction of others.

    Raises:
        ValueError: A layer is no prediction.
    """
    if any(layer.origin is not MaskOrigin.PREDICTION for layer in layers):
        raise ValueError("only predictions take the place of others")
    rows = [_layer_values(layer) for layer in layers]

    def work(connection: Connection) -> None:
        for layer in layers:
            connection.execute(
                delete(MaskLayerRow).where(
                    MaskLayerRow.project == layer.project,
                    MaskLayerRow.pts == layer.pts,
                    MaskLayerRow.origin == str(MaskOrigin.PREDICTION),
                )
            )
        if rows:
            connection.execute(insert(MaskLayerRow), rows)

    return work


def _classes_text(classes: Sequence[MaskClass]) -> str:
    return json.dumps(
        [{"number": c.number, "name": plain_text(c.name), "color": c.color} for c in classes]
    )


def _project_of(row: Row[Any]) -> MaskProject:
    classes = tuple(MaskClass(**document) for document in json.loads(row.classes))
    return MaskProject(
        row.id,
        row.name,
        row.fingerprint,
        row.stream,
        row.base,
        row.width,
        row.height,
        classes,
        row.by,
        row.at,
    )


def _layer_values(layer: MaskLayer) -> dict[str, Any]:
    values = {
        "id": layer.id,
        "project": layer.project,
        "pts": layer.pts,
        "origin": str(layer.origin),
        "by": plain_text(layer.by),
        "at": layer.at,
        "round": layer.round,
        "complete": layer.complete,
        "clicks": layer.clicks,
        "seconds": layer.seconds,
        "undoes": layer.undoes,
        "data": pack(layer.labels),
    }
    return {**values, "checksum": _checksum(values)}


def _checksum(values: Mapping[str, Any]) -> str:
    """Over the map and the place that it belongs to."""
    place = f"{values['project']} {values['pts']} {values['origin']}".encode()
    return hashlib.sha256(place + b"\0" + bytes(values["data"])).hexdigest()


def layer_of(row: Row[Any]) -> MaskLayer:
    """The layer that a row holds.

    Raises:
        KnownError: It is damaged.
    """
    sentence = "A mask in the store is damaged; `onglass store check` tells how far this goes."
    if _checksum(row._asdict()) != row.checksum:
        raise KnownError(sentence, f"layer {row.id}: checksum")
    try:
        labels = unpack(row.data)
    except ValueError as error:
        raise KnownError(sentence, f"layer {row.id}: {error}") from error
    return _with_map(row, labels)


def _with_map(row: Row[Any], labels: LabelMap) -> MaskLayer:
    return MaskLayer(
        id=row.id,
        project=row.project,
        pts=row.pts,
        labels=labels,
        origin=MaskOrigin(row.origin),
        by=row.by,
        at=row.at,
        round=row.round,
        complete=row.complete,
        clicks=row.clicks,
        seconds=row.seconds,
        undoes=row.undoes,
    )
