"""Runs two deciding processes and one that watches, on one store."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from helpers.desk_burst import titles

from core.store.store import Store

_REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Campaign:
    """What came of it.

    Attributes:
        expected: Rows that two desks write.
        acknowledged: Ids that they were told are kept.
        delays_s: From deciding to being seen by the third desk, for each row.
    """

    expected: int
    acknowledged: list[str]
    delays_s: list[float]


def run_campaign(url: str, each: int) -> Campaign:
    """Have two desks decide `each` times while a third looks on."""
    expected = 2 * (each + 2 * (each // 10))
    with Store.open(url) as store:
        for title in titles(each):
            store.titles.put(title)
    watcher = _started(url, "cleo", "watch", each, expected)
    desks = [_started(url, name, "decide", each, expected) for name in ("ann", "bob")]
    outputs: list[list[str]] = [[], [], []]
    readers = []
    for process, lines in zip((watcher, *desks), outputs, strict=True):
        assert process.stdout is not None
        reader = Thread(target=_read, args=(process.stdout, lines))
        reader.start()
        readers.append(reader)
    for reader in readers:
        reader.join()
    codes = [process.wait() for process in (watcher, *desks)]
    assert codes == [0, 0, 0]
    delays, *ids = outputs
    return Campaign(expected, [*ids[0], *ids[1]], [float(delay) for delay in delays])


def _started(url: str, reviewer: str, what: str, *numbers: int) -> subprocess.Popen[str]:
    home = os.pathsep.join([str(_REPOSITORY), str(_REPOSITORY / "tests")])
    return subprocess.Popen(
        [sys.executable, "-m", "helpers.desk_burst", url, reviewer, what, *map(str, numbers)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": home},
        text=True,
    )


def _read(stream: IO[str], lines: list[str]) -> None:
    with stream:
        lines.extend(line.strip() for line in stream)
