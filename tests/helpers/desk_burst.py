"""One desk of several: decides as fast as it can, and says what it has stored.

With `watch` it decides nothing, but says how long after its own time each verdict of the others was
seen.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from math import ceil

from helpers.review_value import decide_above, make_title, make_verdict

from core.domain.title import Title
from core.review.session import ReviewSession
from core.store.store import Store

LOOK_S = 0.4
"""As often as a desk looks (`gui.desk.neighbour.LOOK_MS`)."""


A_TITLE = 200
"""Decisions of one desk about one title, before it goes on to the next."""


def titles(count: int) -> list[Title]:
    """The titles that so many decisions of each desk are about."""
    return [make_title(f"{number:064x}") for number in range(ceil(count / A_TITLE))]


def decide(store: Store, reviewer: str, count: int) -> None:
    """Report defects, title after title, taking every tenth back and doing it again."""
    number = 0
    for title in titles(count):
        session = ReviewSession(store, title, reviewer, decide=decide_above)
        for at in range(min(A_TITLE, count - number)):
            span = make_verdict(at, at + 1).span
            print(session.mark_missed("black", 0, span, comment=str(number)).id, flush=True)
            if number % 10 == 9:
                for row in (session.undo(), session.redo()):
                    assert row is not None
                    print(row.id, flush=True)
            number += 1


def watch(store: Store, count: int, wanted: int) -> None:
    """Look until `wanted` rows are there, and print the delay of each in seconds."""
    last = {title.fingerprint: 0 for title in titles(count)}
    known = 0
    while known < wanted:
        time.sleep(LOOK_S)
        for fingerprint, seen in last.items():
            last[fingerprint], rows = store.verdicts.after(fingerprint, seen)
            now = datetime.now(UTC)
            known += len(rows)
            for row in rows:
                print((now - row.at).total_seconds(), flush=True)


def main() -> None:
    """Take URL, reviewer, what to do, how many decisions of each desk, and how many rows."""
    url, reviewer, what, count, wanted = sys.argv[1:]
    with Store.open(url) as store:
        if what == "watch":
            watch(store, int(count), int(wanted))
        else:
            decide(store, reviewer, int(count))


if __name__ == "__main__":
    main()
