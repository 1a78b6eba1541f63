"""Maps of tracks in the store: read one at a time, cut, checked, backed up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import FINGERPRINT, make_title, make_track, with_maps
from sqlalchemy import event, select, text, update

from core.domain.errors import KnownError
from core.domain.track import empty_track
from core.store import track as track_module
from core.store.backup import backup, restore
from core.store.check import check
from core.store.store import Store
from core.store.table import TrackRow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def run_id(store: Store) -> str:
    """A run with two chunks, of frames at 0..9 and 10..15 times 40 ms."""
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, ("black",)).id
    store.tracks.append(run, with_maps(make_track(0, 10)))
    store.tracks.append(run, with_maps(make_track(400, 6)), make_track(0, 16, "freeze"))
    store.tracks.append(run, empty_track("black", 0, make_track(0, 1).base, ("level", "share"), 90))
    return run


def map_near(store: Store, run_id: str, pts: int) -> tuple[int, bytes] | None:
    found = store.tracks.map_near(run_id, "black", 0, pts)
    return None if found is None else (found[0], found[1].tobytes())


def expected(pts: int) -> tuple[int, bytes]:
    maps = with_maps(make_track(pts, 1)).maps
    assert maps is not None
    return pts, maps.tobytes()


@pytest.mark.parametrize(
    ("pts", "row"),
    [(0, 0), (39, 0), (40, 40), (399, 360), (400, 400), (417, 400), (600, 600), (10**9, 600)],
)
def test_the_map_is_that_of_the_last_row_at_or_before(
    store: Store, run_id: str, pts: int, row: int
) -> None:
    assert map_near(store, run_id, pts) == expected(row)


def test_there_is_no_map_where_nothing_made_one(store: Store, run_id: str) -> None:
    assert map_near(store, run_id, -1) is None
    assert map_near(store, "unknown", 0) is None
    assert store.tracks.map_near(run_id, "freeze", 0, 80) is None
    assert store.tracks.map_near(run_id, "black", 1, 80) is None


def test_tracks_come_without_maps_unless_they_are_asked_for(store: Store, run_id: str) -> None:
    assert [track.maps for track in store.tracks.load(run_id)] == [None, None]
    black, freeze = store.tracks.load(run_id, maps=True)
    assert black.maps is not None
    np.testing.assert_array_equal(black.maps, with_maps(make_track(0, 16)).maps)
    assert freeze.maps is None


def test_only_the_chunk_that_holds_a_map_is_read_and_only_once(store: Store, run_id: str) -> None:
    read: list[int] = []

    def note(
        _c: object, _cursor: object, statement: str, parameters: tuple[int], *_: object
    ) -> None:
        if "tracks.maps," in statement.replace("\n", " "):
            read.append(parameters[0])

    event.listen(store.database.engine, "before_cursor_execute", note)
    for pts in (410, 420, 600, 40, 410):
        assert map_near(store, run_id, pts) is not None
    assert len(read) == len(set(read)) == 2


def test_a_map_cannot_be_changed_for_the_next_who_asks(store: Store, run_id: str) -> None:
    found = store.tracks.map_near(run_id, "black", 0, 40)
    assert found is not None
    with pytest.raises(ValueError, match="read-only"):
        found[1][0, 0] = 1


def test_a_chunk_that_was_cut_and_measured_anew_gives_its_new_maps(
    store: Store, run_id: str
) -> None:
    assert map_near(store, run_id, 520) == expected(520)
    store.tracks.truncate_after(run_id, 0.5)
    assert map_near(store, run_id, 600) == expected(480)
    other = with_maps(make_track(520, 1))
    assert other.maps is not None
    other.maps[:] = 9
    store.tracks.append(run_id, other)
    found = store.tracks.map_near(run_id, "black", 0, 520)
    assert found is not None
    assert set(found[1].ravel().tolist()) == {9}


def test_a_long_track_is_cut_into_chunks_that_read_fast(
    store: Store, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_module, "_MAPS_A_CHUNK", 7)
    run = store.runs.start(FINGERPRINT, ("black",)).id
    long = with_maps(make_track(0, 40))
    store.tracks.append(run, long)
    with store.database.reading() as connection:
        query = select(TrackRow.rows).where(TrackRow.run == run)
        assert connection.execute(query).scalars().all() == [7, 7, 7, 7, 7, 5]
    (track,) = store.tracks.load(run, maps=True)
    assert (track.pts.tolist(), track.end) == (long.pts.tolist(), long.end)
    assert map_near(store, run, 39 * 40) == expected(39 * 40)


@pytest.mark.parametrize(
    "damage",
    [
        "maps = x'00'",
        "maps = NULL",
        "map_rows = 5, map_columns = 3",
        "map_columns = 7",
        "maps_checksum = ''",
    ],
)
def test_damaged_maps_are_told_and_leave_the_curves_readable(
    store: Store, run_id: str, damage: str
) -> None:
    assert check(store).ok
    store.database.write(
        lambda c: c.execute(text(f"UPDATE tracks SET {damage} WHERE first_pts = 400"))
    )
    (problem,) = check(store).problems
    assert "black" in problem
    with pytest.raises(KnownError, match="damaged"):
        store.tracks.map_near(run_id, "black", 0, 500)
    with pytest.raises(KnownError, match="damaged"):
        store.tracks.load(run_id, maps=True)
    assert map_near(store, run_id, 80) == expected(80)
    assert [len(track) for track in store.tracks.load(run_id)] == [16, 16]


def test_maps_in_another_chunk_than_theirs_are_told(store: Store, run_id: str) -> None:
    names = ("maps", "maps_checksum")
    with store.database.reading() as connection:
        query = select(TrackRow.maps, TrackRow.maps_checksum).where(TrackRow.first_pts == 400)
        stolen = dict(zip(names, connection.execute(query).one(), strict=True))
    store.database.write(
        lambda c: c.execute(update(TrackRow).where(TrackRow.first_pts == 0).values(stolen))
    )
    with pytest.raises(KnownError, match="damaged"):
        store.tracks.map_near(run_id, "black", 0, 0)


def test_a_backup_brings_the_maps_back(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.titles.put(make_title())
        run = store.runs.start(FINGERPRINT, ("black",)).id
        store.tracks.append(run, with_maps(make_track(0, 10)))
        backup(path, tmp_path / "copy.db")
        store.tracks.truncate_after(run, 0.2)
    restore(tmp_path / "copy.db", path)
    with Store.open(path) as store:
        assert check(store).ok
        assert map_near(store, run, 360) == expected(360)
