"""A driver that is killed while it works: in the midst of a write, or between two.

`python -m helpers.doomed_scan STORE BATCH WORKERS WRITES INSIDE` goes on with a batch, and dies at
its WRITES-th write to the store: with INSIDE, when all rows of the transaction are written and it
is about to be committed, else right after it was.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

from sqlalchemy import Connection

from core.scan.drive import drive
from core.scan.engine.local import LocalEngine
from core.store.database import Database
from core.store.store import Store


def main(where: str, batch: str, workers: int, writes: int, inside: bool) -> None:
    """Drive until the writes are used up."""
    left = [writes]
    honest = Database.write

    def write(self: Database, work: Callable[[Connection], Any]) -> Any:
        left[0] -= 1
        if left[0]:
            return honest(self, work)

        def doomed(connection: Connection) -> Any:
            answer = work(connection)
            if inside:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        honest(self, doomed)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    with Store.open(where) as store, closing(LocalEngine(workers)) as engine:
        Database.write = write  # type: ignore[method-assign]
        drive(store, store.tasks.batch(batch), engine)


if __name__ == "__main__":
    place, name, hands, count, inside = sys.argv[1:]
    main(place, name, int(hands), int(count), bool(int(inside)))
