"""Writes the database that a released schema leaves in `tests/old_databases/`.

Run it once when a schema is released, with the version that releases it:
`PYTHONPATH=tests python -m helpers.old_store`. The file is never written again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.mask_value import make_layer, make_project, make_round
from helpers.review_value import (
    FINGERPRINT,
    make_finding,
    make_title,
    make_track,
    make_verdict,
    with_maps,
)
from sqlalchemy import Connection, insert, update

from core.domain.assignment import Assignment, Role
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.spot import Clip, SpotAnswer, SpotPlan
from core.domain.verdict import Decision, RejectReason
from core.review.library import Library
from core.store.database import connect_sqlite
from core.store.migration import HEAD
from core.store.store import Store
from core.store.table import BatchRow, ChannelEventRow, ChannelRow, RunRow, TaskRow

MAPPED = "block_corruption"
"""The detector whose track has maps, since schema 0002."""

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

FOLDER = Path(__file__).resolve().parents[1] / "old_databases"


def fill(store: Store) -> None:
    """Put one of everything into an empty store."""
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, ("black",), settings={"version": "1"})
    store.tracks.append(run.id, make_track(0, 100), done_s=4.0)
    store.tracks.append(run.id, with_maps(make_track(0, 20, MAPPED)))
    store.findings.replace(run.id, DEFAULT_PROFILE, [make_finding(1, 2)])
    store.runs.finish(run.id, RunState.DONE)
    store.verdicts.append(make_verdict(1, 2))
    store.verdicts.append(
        make_verdict(3, 4, Decision.REJECT, "Béla", reason=RejectReason.DUPLICATE)
    )
    Library(store).refresh()
    store.assignments.append(Assignment(FINGERPRINT, "Cleo", Role.SECOND, "Ada", WHEN))
    clip = Clip(FINGERPRINT, make_verdict(1, 2).span, "h264, silent")
    store.spots.put(SpotPlan("spot1", "March", "Ada", WHEN, 20.0, 7, {"h264, silent": 3}, (clip,)))
    store.spots.answer(SpotAnswer("spot1", 0, "Cleo", WHEN, frozenset({"hum"})))
    store.database.write(_add_fleet)
    store.masks.put(make_project(4, 2))
    store.masks.append(make_layer("layer1", [[0, 1, 1, 255], [0, 0, 2, 255]], clicks=4))
    store.mask_rounds.finish(make_round(1), ())


def _add_fleet(connection: Connection) -> None:
    """A batch with a task, and a channel with an event."""
    batch = {"id": "batch1", "name": "March", "document": "{}", "at": WHEN}
    task = {
        "id": "task1",
        "batch": "batch1",
        "path": "/titles/a.mp4",
        "fingerprint": FINGERPRINT,
        "detectors": '["black"]',
        "weights": "{}",
        "priority": 0,
        "state": "waiting",
        "attempts": 0,
        "worker": "",
        "run": "",
        "error": "",
        "added": WHEN,
    }
    channel = {
        "id": "channel1",
        "name": "One",
        "url": "https://example.org/one.m3u8",
        "state": "stopped",
        "document": "{}",
        "started": WHEN,
        "heartbeat": WHEN,
        "worker": "desk:1",
    }
    happened = {
        "channel": "channel1",
        "at": WHEN,
        "kind": "gap",
        "start_s": 1772366400.25,
        "end_s": 1772366401.5,
        "sentence": "Nothing came for 1.2 seconds.",
        "defect": "",
        "severity": "",
        "fingerprint": "",
        "run": "",
        "clip": "",
    }
    rows = {BatchRow: batch, TaskRow: task, ChannelRow: channel, ChannelEventRow: happened}
    for table, values in rows.items():
        connection.execute(insert(table).values(values))


def load_old(dump: Path, path: Path) -> None:
    """Make the database again that a released schema left."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text("utf-8"))


def write_old_database() -> Path:
    """Dump a filled store of the present schema as SQL."""
    target = FOLDER / f"v{HEAD}.sql"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with Store.open(path) as store:
            fill(store)
            # The dump must not name the machine that made it.
            store.database.write(lambda c: c.execute(update(RunRow).values(worker="desk:1")))
        with contextlib.closing(connect_sqlite(path, mode="ro")) as connection:
            target.write_text("\n".join(connection.iterdump()) + "\n", "utf-8")
    return target


if __name__ == "__main__":
    print(write_old_database())
