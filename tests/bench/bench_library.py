"""How long the library of a large store takes to open, filter, search and go on.

Builds a store of 2,000 titles with a million findings, and one of 20 titles beside it, and prints
JSON: milliseconds (p50, p95; of the processor too, which others may share) of each question and
its ratio to the small store, all in one run.
With `--window` it also types into the search of the window and prints how late the GUI was.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from helpers.review_value import make_finding, make_title, make_verdict

from core.domain.defect import DEFECTS, Severity
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.summary import Dated, TitleOrder, TitleQuery, TitleState
from core.review.library import Library
from core.review.session import ReviewSession
from core.store.codec import finding_values
from core.store.database import connect_sqlite
from core.store.store import Store

_PAGE = 100
_SHOWS = ("Harbour Lights", "The Long Survey", "Northern Line", "Market Street", "Field Notes")


def build(path: Path, titles: int, flags: int) -> None:
    """Fill a store: nine in ten titles are analysed, a third of those has verdicts."""
    rng = random.Random(7)
    defects = list(DEFECTS)[:24]
    severities = list(Severity)
    with Store.open(path) as store:
        keys = [f"{number:064x}" for number in range(titles)]
        store.titles.put(*(_title(number, key) for number, key in enumerate(keys)), opened=False)
        runs = {
            key: store.runs.start(key, ("black",)).id
            for number, key in enumerate(keys)
            if number % 10
        }
        # One analysis brings the profile in; the rest goes past the repositories.
        store.findings.replace(next(iter(runs.values())), DEFAULT_PROFILE, [])
    rows = [
        finding_values("", DEFAULT_PROFILE.hash, make_finding(2 * i, 2 * i + 1, defects[i % 24]))
        for i in range(flags)
    ]
    now = datetime.now(UTC)
    with closing(connect_sqlite(path, mode="rw")) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for row in rows:
            row["severity"] = str(severities[rng.randrange(3)])
            row["span_base"] = f"{row['span_base'].numerator}/{row['span_base'].denominator}"
        names = list(rows[0])
        insert = f"INSERT INTO findings ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        for number, run in enumerate(runs.values()):
            values = [[run if name == "run" else row[name] for name in names] for row in rows]
            connection.executemany(insert, values)
            done = (now - timedelta(hours=number)).isoformat(timespec="microseconds")
            connection.execute(
                "UPDATE runs SET state = ?, profile = ?, finished = ? WHERE id = ?",
                (str(RunState.DONE), DEFAULT_PROFILE.hash, done, run),
            )
        connection.execute("COMMIT")
    with Store.open(path) as store:
        for number, key in enumerate(runs):
            if number % 3 == 0:
                reviewer = rng.choice(["Ada", "Béla", "Chen"])
                store.verdicts.append(
                    *(
                        make_verdict(
                            2 * i, 2 * i + 1, reviewer=reviewer, detector=defects[i % 24],
                            fingerprint=key,
                        )
                        for i in range(flags if number % 9 == 0 else 40)
                    )
                )  # fmt: skip


def _title(number: int, key: str) -> object:
    show = _SHOWS[number % len(_SHOWS)]
    season, episode = 1 + number // 200, number % 200
    name = f"{show} S{season:02d}E{episode:03d} master.mov"
    title = make_title(key, f"/media/{show}/Season {season}/{name}")
    return replace(title, duration_s=1200.0 + number)


Series = list[tuple[float, float]]


def timed(work: Callable[[int], object], count: int) -> Series:
    """Milliseconds of each of `count` calls: by the wall's clock, and of the processor."""
    took = []
    for i in range(count):
        begin, busy = time.perf_counter(), time.process_time()
        work(i)
        took.append((1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - busy)))
    return took


def measure(path: Path, count: int) -> dict[str, Series]:
    """All series of one store."""
    took: dict[str, Series] = {}

    def opened(_i: int) -> None:
        with Store.open(path) as store:
            library = Library(store)
            library.refresh()
            shown(library, TitleQuery())
            library.choices()
            library.counts(TitleQuery())

    def shown(library: Library, query: TitleQuery) -> None:
        library.refresh()
        library.lines(library.keys(query)[:_PAGE])

    took["open_store_and_list"] = timed(opened, max(count // 4, 5))
    with Store.open(path) as store:
        library = Library(store)
        filters = (
            TitleQuery(states=frozenset({TitleState.TO_REVIEW})),
            TitleQuery(defects=frozenset({"black"}), order=TitleOrder.WORST, descending=True),
            TitleQuery(reviewers=frozenset({"Béla"})),
            TitleQuery(folder="/media/Harbour Lights", order=TitleOrder.UNDECIDED),
            TitleQuery(dated=Dated.ANALYSED, since=datetime.now(UTC) - timedelta(days=7)),
        )
        words = "northern line s03"
        keys = library.keys(TitleQuery())
        took["filter"] = timed(lambda i: shown(library, filters[i % len(filters)]), count)
        typed = [TitleQuery(text=words[: 1 + i % len(words)]) for i in range(len(words))]
        took["search"] = timed(lambda i: shown(library, typed[i % len(typed)]), count)
        took["next_title"] = timed(
            lambda i: library.next_to_review(TitleQuery(), keys[i * 7 % len(keys)]), count
        )
        took["detail"] = timed(lambda i: library.detail(keys[i * 7 % len(keys)]), count)
        took["pulse"] = timed(lambda _i: library.pulse(), count)
        analysed = [key for number, key in enumerate(keys) if int(key, 16) % 10]

        def open_title(i: int) -> None:
            title = store.titles.get(analysed[i * 3 % len(analysed)])
            assert title is not None
            session = ReviewSession(store, title, "Ada", DEFAULT_PROFILE)
            run = store.runs.latest(title.fingerprint)
            assert run is not None
            session.load_run(run.id)
            assert session.flags

        took["open_title_of_500_flags"] = timed(open_title, max(count // 4, 5))
        took["decide_and_count_again"] = timed(
            lambda i: recount(store, library, analysed[i % len(analysed)]), count
        )
    return took


def recount(store: Store, library: Library, key: str) -> None:
    """One decision, and the library that knows of it."""
    title = store.titles.get(key)
    assert title is not None
    store.verdicts.append(make_verdict(0, 1, fingerprint=key))
    assert library.refresh() == 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, default=2000)
    parser.add_argument("--flags", type=int, default=556)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--window", action="store_true", help="measure the window as well")
    parser.add_argument("--folder", type=Path, help="where to build; kept and used again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        large, small = folder / "large.db", folder / "small.db"
        figures: dict[str, object] = {"titles": chosen.titles, "findings": 0}
        for path, titles in ((large, chosen.titles), (small, 20)):
            if path.exists():
                continue
            build(path, titles, chosen.flags)
            with Store.open(path) as store:
                begin = time.perf_counter()
                left = Library(store).refresh(0.0)
                while left:
                    left = Library(store).refresh(1.0)
                figures[f"count_all_{path.stem}_s"] = round(time.perf_counter() - begin, 2)
        with closing(connect_sqlite(large, mode="ro")) as connection:
            (figures["findings"],) = connection.execute("SELECT count(*) FROM findings").fetchone()
        base = measure(small, chosen.count)
        took = measure(large, chosen.count)
        for name, series in took.items():
            wall, busy = np.array(series).T
            beside = np.array(base[name])[:, 0]
            figures[name] = {
                "p50_ms": round(float(np.percentile(wall, 50)), 2),
                "p95_ms": round(float(np.percentile(wall, 95)), 2),
                "p50_processor_ms": round(float(np.percentile(busy, 50)), 2),
                "p50_ratio_to_20_titles": round(
                    float(np.percentile(wall, 50) / np.percentile(beside, 50)), 2
                ),
            }
        if chosen.window:
            # Only who measures the window waits for Qt.
            from helpers.library_window import lateness

            figures["window"] = lateness(large)
            figures["window_of_20_titles"] = lateness(small)
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
