"""How long a decision takes until it is on the disk, beside a bare insert on the same disk.

Prints JSON: milliseconds (p50 and p99) of a bare `sqlite3` insert into a WAL database with
`synchronous=FULL`, of `verdicts.append`, of `ReviewSession.decide` and of `undo`, of the same
while another process writes tracks, and their ratios to the bare insert, all in one run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_track, make_verdict

from core.domain.profile import DEFAULT_PROFILE
from core.domain.verdict import Decision
from core.review.session import ReviewSession
from core.store.database import connect_sqlite
from core.store.store import Store

_FLAGS = 300


def timed(work: Callable[[int], object], count: int) -> list[float]:
    """Milliseconds of each of `count` calls."""
    took = []
    for i in range(count):
        begin = time.perf_counter()
        work(i)
        took.append(1000 * (time.perf_counter() - begin))
    return took


def bare(folder: Path, count: int) -> list[float]:
    """The least that a durable insert costs here."""
    with closing(connect_sqlite(folder / "bare.db", mode="rwc")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)")
        insert = "INSERT INTO t (text) VALUES (?)"
        return timed(lambda i: connection.execute(insert, ("x" * 300,)), count)


def write_tracks(url: str) -> None:
    """What a worker does, without pause: forever append chunks."""
    with Store.open(url) as store:
        run = store.runs.start(FINGERPRINT, ("black",))
        number = 0
        while True:
            store.tracks.append(run.id, make_track(40 * 250 * number, 250), done_s=10.0 * number)
            number += 1
            time.sleep(0.05)


def measure(folder: Path, count: int) -> dict[str, list[float]]:
    """All series of one run."""
    took = {"bare_insert": bare(folder, count)}
    with Store.open(folder / "s.db") as store:
        store.titles.put(make_title())
        run = store.runs.start(FINGERPRINT, ("black",))
        findings = [make_finding(2 * i, 2 * i + 1) for i in range(_FLAGS)]
        store.findings.replace(run.id, DEFAULT_PROFILE, findings)
        stretches = [(2 * (i % _FLAGS), 2 * (i % _FLAGS) + 1) for i in range(count)]
        append = lambda i: store.verdicts.append(make_verdict(*stretches[i]))  # noqa: E731
        took["append"] = timed(append, count)
        session = ReviewSession(store, make_title(), "Bo")
        session.load_run(run.id)
        decide = lambda i: session.decide(session.flags[i % _FLAGS], Decision.CONFIRM)  # noqa: E731
        took["decide"] = timed(decide, count)
        took["undo"] = timed(lambda _: session.undo(), count)
        worker = subprocess.Popen([sys.executable, __file__, "--write-tracks", store.url])
        try:
            while worker.poll() is None and not store.runs.of(FINGERPRINT)[-1].done_s:
                time.sleep(0.05)
            took["decide_while_analysing"] = timed(decide, count)
        finally:
            worker.kill()
            worker.wait()
    return took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    parser.add_argument("--write-tracks", metavar="URL", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.write_tracks:
        write_tracks(chosen.write_tracks)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        took = measure(Path(folder), chosen.count)
    base = {p: float(np.percentile(took["bare_insert"], p)) for p in (50, 99)}
    figures = {
        name: {
            f"p{p}{suffix}": round(float(np.percentile(series, p)) / scale, 3)
            for p in (50, 99)
            for suffix, scale in (("_ms", 1.0), ("_ratio", base[p]))
        }
        for name, series in took.items()
    }
    print(json.dumps({"count": chosen.count, **figures}, indent=2))


if __name__ == "__main__":
    main()
