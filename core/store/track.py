"""Tracks in the store: appended in chunks while an analysis runs, joined when they are read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, func, insert, select, update

from core.domain.errors import KnownError
from core.domain.track import Track, join_tracks
from core.store.codec import track_of, track_values
from core.store.database import Database
from core.store.run import set_progress
from core.store.table import TrackRow


class TrackRepository:
    """Tracks by run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, run_id: str, *tracks: Track, done_s: float | None = None) -> None:
        """Add chunks, and note in the same transaction how far the run came.

        Args:
            run_id: A run that was started.
            tracks: Rows since the last call; a chunk without rows is kept only when nothing else
                says that its detector measured, or measured so far.
            done_s: Seconds from the stretch's start up to which all tracks are stored now.

        Raises:
            KnownError: The store cannot be written.
            BugError: There is no such run.
        """
        rows = [track_values(run_id, track) for track in tracks]

        def work(connection: Connection) -> None:
            wanted = [row for row in rows if row["rows"] or _is_news(connection, row)]
            if wanted:
                connection.execute(insert(TrackRow), wanted)
            if done_s is not None:
                set_progress(connection, run_id, done_s)

        self._database.write(work)

    def load(self, run_id: str, detectors: Sequence[str] = ()) -> tuple[Track, ...]:
        """The tracks of a run, one a detector and stream, by detector and stream.

        Args:
            run_id: The run; an unknown one has no tracks.
            detectors: Only these; empty means all.

        Raises:
            KnownError: A chunk is damaged.
        """
        query = select(TrackRow.__table__).where(TrackRow.run == run_id)
        if detectors:
            query = query.where(TrackRow.detector.in_(list(detectors)))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(TrackRow.number)).all()
        parts: dict[tuple[str, int], list[Track]] = {}
        for row in rows:
            parts.setdefault((row.detector, row.stream), []).append(track_of(row))
        try:
            return tuple(join_tracks(parts[key]) for key in sorted(parts))
        except ValueError as error:
            raise KnownError(
                "The stored measurements do not fit together; analyse the title again.", str(error)
            ) from error

    def truncate_after(self, run_id: str, time_s: Fraction | float) -> None:
        """Drop the rows that start at or after a time, to measure from there again.

        Args:
            run_id: The run.
            time_s: Seconds on the title's own time line (not from the stretch's start).

        Raises:
            KnownError: The store cannot be written, or a chunk is damaged.
        """
        cut = Fraction(time_s)

        def work(connection: Connection) -> None:
            query = select(TrackRow.__table__).where(TrackRow.run == run_id)
            for row in connection.execute(query).all():
                limit = ceil(cut / row.base)
                if row.end_pts <= limit:
                    continue
                mine = TrackRow.number == row.number
                shorter = _before(track_of(row), limit)
                if len(shorter):
                    values = track_values(run_id, shorter)
                    connection.execute(update(TrackRow).where(mine).values(values))
                elif row.rows:
                    connection.execute(delete(TrackRow).where(mine))

        self._database.write(work)


def _is_news(connection: Connection, row: dict[str, Any]) -> bool:
    """Whether a chunk without rows says more than those that are stored."""
    query = select(func.max(TrackRow.end_pts)).where(
        TrackRow.run == row["run"],
        TrackRow.detector == row["detector"],
        TrackRow.stream == row["stream"],
    )
    reached = connection.execute(query).scalar()
    return reached is None or bool(row["end_pts"] > reached)


def _before(track: Track, limit: int) -> Track:
    """The rows that start before `limit`."""
    keep = int(np.searchsorted(track.pts, limit, side="left"))
    return Track(
        track.detector,
        track.stream,
        track.base,
        track.pts[:keep],
        min(track.end, limit) if keep else 0,
        {name: values[:keep] for name, values in track.metrics.items()},
    )
