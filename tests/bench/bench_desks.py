"""How soon a third desk sees what two desks decide at once, on SQLite and on PostgreSQL.

PYTHONPATH=.:tests python tests/bench/bench_desks.py [verdicts of each desk]
"""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from helpers.desk_burst import LOOK_S
from helpers.desk_campaign import run_campaign
from helpers.postgres import programs, server


def measured(name: str, url: str, each: int) -> float:
    """Print delays of one store; gives rows a second."""
    began = time.monotonic()
    campaign = run_campaign(url, each)
    pace = campaign.expected / (time.monotonic() - began)
    median, late, last = np.percentile(campaign.delays_s, (50, 99, 100))
    print(
        f"{name:<11} {campaign.expected} rows, {pace:.0f} a second; seen after {median:.2f} s "
        f"(p50), {late:.2f} s (p99), {last:.2f} s (latest); looking every {LOOK_S} s"
    )
    return pace


def main() -> None:
    """Run both, in turn."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with TemporaryDirectory() as folder:
        local = measured("SQLite", str(Path(folder) / "s.db"), each)
    found = programs()
    with server(found) if found is not None else nullcontext("") as url:
        if url:
            print(f"PostgreSQL / SQLite: {measured('PostgreSQL', url, each) / local:.2f}")


if __name__ == "__main__":
    main()
