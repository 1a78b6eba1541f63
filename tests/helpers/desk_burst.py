"""One desk of several: decides as fast as it can, and says what it has stored.

With `watch` instead of a number it decides nothing, but says how long after its own time each
verdict of the others was seen.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from helpers.review_value import decide_above, make_title, make_verdict

from core.review.session import ReviewSession
from core.store.store import Store

LOOK_S = 0.4
"""As often as a desk looks (`gui.desk.neighbour.LOOK_MS`)."""


def decide(session: ReviewSession, count: int) -> None:
    """Report defects, taking every tenth back and doing it again."""
    for number in range(count):
        span = make_verdict(number % 1000, number % 1000 + 1).span
        verdict = session.mark_missed("black", 0, span, comment=str(number))
        print(verdict.id, flush=True)
        if number % 10 == 9:
            for row in (session.undo(), session.redo()):
                if row is not None:
                    print(row.id, flush=True)


def watch(store: Store, session: ReviewSession, wanted: int) -> None:
    """Look until `wanted` rows are there, and print the delay of each in seconds."""
    last, known = 0, 0
    while known < wanted:
        time.sleep(LOOK_S)
        session.refresh()
        now = datetime.now(UTC)
        last, rows = store.verdicts.after(session.title.fingerprint, last)
        known += len(rows)
        for row in rows:
            print((now - row.at).total_seconds(), flush=True)


def main() -> None:
    """Take URL, reviewer, what to do, and how many."""
    url, reviewer, what, count = sys.argv[1:]
    with Store.open(url) as store:
        session = ReviewSession(store, make_title(), reviewer, decide=decide_above)
        print("ready", flush=True)
        if what == "watch":
            watch(store, session, int(count))
        else:
            decide(session, int(count))


if __name__ == "__main__":
    main()
