"""Tracks in the store: appended in chunks while an analysis runs, joined when they are read.

Maps are most of what a track with maps takes, so they are read only when they are asked for, and
one at a time from the chunk that it lies in.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select, update

from core.domain.errors import KnownError
from core.domain.track import Track, join_tracks
from core.store.codec import maps_of, track_of, track_values
from core.store.database import Database
from core.store.run import set_progress
from core.store.table import TrackRow

_MAPS_A_CHUNK = 256
"""Most maps in one chunk: half a megabyte of a 1080p title's, which unpack in a millisecond."""

_CHUNKS_KEPT = 8

_ALL = select(TrackRow.__table__)
_PLAIN = select(*(column for column in TrackRow.__table__.columns if column.name != "maps"))

_Chunk = tuple[NDArray[np.int64], NDArray[np.uint8]]
"""PTS and maps of the same rows."""


def pack(run_id: str, *tracks: Track) -> list[dict[str, Any]]:
    """Tracks as the store keeps them, so that another process than the writer's compresses them.

    Returns:
        Chunks for `insert_chunks`; their checksums hold for this run alone.
    """
    return [track_values(run_id, part) for track in tracks for part in _chunked(track)]


def unpack(chunks: Sequence[Mapping[str, Any]]) -> list[Track]:
    """The tracks in packed chunks, without their maps, one a chunk.

    Raises:
        KnownError: A chunk was damaged on its way.
    """
    return [track_of(_Packed(chunk)) for chunk in chunks]


class _Packed:
    """A packed chunk, read as a row of the table would be."""

    def __init__(self, chunk: Mapping[str, Any]) -> None:
        self._chunk = chunk
        self.number = 0

    def __getattr__(self, name: str) -> Any:
        return self._chunk[name]

    def _asdict(self) -> Mapping[str, Any]:
        return self._chunk


def insert_chunks(connection: Connection, chunks: Sequence[Mapping[str, Any]]) -> None:
    """Add packed chunks, within a transaction; those that say nothing new are left out."""
    wanted = [chunk for chunk in chunks if chunk["rows"] or _is_news(connection, chunk)]
    if wanted:
        connection.execute(insert(TrackRow), wanted)


class TrackRepository:
    """Tracks by run."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chunks: OrderedDict[tuple[int, str], _Chunk] = OrderedDict()
        self._guard = threading.Lock()

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
        rows = pack(run_id, *tracks)

        def work(connection: Connection) -> None:
            insert_chunks(connection, rows)
            if done_s is not None:
                set_progress(connection, run_id, done_s)

        self._database.write(work)

    def load(
        self, run_id: str, detectors: Sequence[str] = (), *, maps: bool = False
    ) -> tuple[Track, ...]:
        """The tracks of a run, one a detector and stream, by detector and stream.

        Args:
            run_id: The run; an unknown one has no tracks.
            detectors: Only these; empty means all.
            maps: Read their maps, too: 2 KB a row of a 1080p title.

        Raises:
            KnownError: A chunk is damaged.
        """
        parts: dict[tuple[str, int], list[Track]] = {}
        for track in self.pieces(run_id, detectors, maps=maps):
            parts.setdefault((track.detector, track.stream), []).append(track)
        try:
            return tuple(join_tracks(parts[key]) for key in sorted(parts))
        except ValueError as error:
            raise KnownError(
                "The stored measurements do not fit together; analyse the title again.", str(error)
            ) from error

    def pieces(
        self, run_id: str, detectors: Sequence[str] = (), *, maps: bool = False
    ) -> tuple[Track, ...]:
        """The tracks of a run as they were appended, one a chunk, not joined.

        Args:
            run_id: The run; an unknown one has no tracks.
            detectors: Only these; empty means all.
            maps: Read their maps, too.

        Raises:
            KnownError: A chunk is damaged.
        """
        query = (_ALL if maps else _PLAIN).where(TrackRow.run == run_id)
        if detectors:
            query = query.where(TrackRow.detector.in_(list(detectors)))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(TrackRow.number)).all()
        return tuple(track_of(row, maps=maps) for row in rows)

    def map_near(
        self, run_id: str, detector: str, stream: int, pts: int, *, within: bool = False
    ) -> tuple[int, NDArray[np.uint8]] | None:
        """The map of the last row that begins at or before a PTS.

        Args:
            run_id: The run.
            detector: Id of a detector that makes maps.
            stream: Container index of the stream.
            pts: In the stream's time base.
            within: Only while that row lasts: none after the end of what was measured.

        Returns:
            The row's PTS and its map, uint8 (rows, columns), read-only; None before the first
            row, or when there are no maps.

        Raises:
            KnownError: The chunk is damaged, or the store cannot be read.
        """
        place = (
            select(TrackRow.number, TrackRow.end_pts, TrackRow.maps_checksum)
            .where(
                TrackRow.run == run_id,
                TrackRow.detector == detector,
                TrackRow.stream == stream,
                TrackRow.first_pts <= pts,
                TrackRow.rows > 0,
            )
            .order_by(TrackRow.first_pts.desc(), TrackRow.number)
            .limit(1)
        )
        with self._database.reading() as connection:
            found = connection.execute(place).first()
            if found is None or found.maps_checksum is None:
                return None
            if within and pts >= found.end_pts:
                return None
            all_pts, maps = self._chunk(connection, found.number, found.maps_checksum)
        index = int(np.searchsorted(all_pts, pts, side="right")) - 1
        return int(all_pts[index]), maps[index]

    def _chunk(self, connection: Connection, number: int, checksum: str) -> _Chunk:
        """A chunk's maps; the checksum in the key tells one that was measured anew."""
        key = (number, checksum)
        with self._guard:
            if key in self._chunks:
                self._chunks.move_to_end(key)
                return self._chunks[key]
        row = connection.execute(_ALL.where(TrackRow.number == number)).one()
        maps = maps_of(row)
        assert maps is not None
        maps.flags.writeable = False
        chunk = (track_of(row).pts, maps)
        with self._guard:
            self._chunks[key] = chunk
            while len(self._chunks) > _CHUNKS_KEPT:
                self._chunks.popitem(last=False)
        return chunk

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
            for place in connection.execute(_PLAIN.where(TrackRow.run == run_id)).all():
                limit = ceil(cut / place.base)
                if place.end_pts <= limit:
                    continue
                mine = TrackRow.number == place.number
                row = connection.execute(_ALL.where(mine)).one()
                shorter = _before(track_of(row, maps=True), limit)
                if len(shorter):
                    values = track_values(run_id, shorter)
                    connection.execute(update(TrackRow).where(mine).values(values))
                elif row.rows:
                    connection.execute(delete(TrackRow).where(mine))

        self._database.write(work)


def _is_news(connection: Connection, row: Mapping[str, Any]) -> bool:
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
    return track.piece(0, keep, min(track.end, limit) if keep else 0)


def _chunked(track: Track) -> Iterator[Track]:
    """A track as chunks of which one can be read without much ado."""
    if track.maps is None or len(track) <= _MAPS_A_CHUNK:
        yield track
        return
    for first in range(0, len(track), _MAPS_A_CHUNK):
        yield track.piece(first, min(first + _MAPS_A_CHUNK, len(track)))
