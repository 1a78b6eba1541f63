"""A process that is killed while it writes loses no verdict that it was told is kept."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT

from core.store.check import check
from core.store.store import Store

_REPOSITORY = Path(__file__).resolve().parents[2]
_BURST = 1000


def killed_after(path: Path, acknowledged: int) -> list[str]:
    """Run a burst, kill it after so many acknowledgements; gives all that came."""
    home = os.pathsep.join([str(_REPOSITORY), str(_REPOSITORY / "tests")])
    burst = subprocess.Popen(
        [sys.executable, "-m", "helpers.verdict_burst", str(path), str(_BURST)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": home},
        text=True,
    )
    assert burst.stdout is not None
    with burst, burst.stdout as lines:
        ids = [line.strip() for _, line in zip(range(acknowledged), lines, strict=False)]
        burst.kill()
        # A line may be cut by the kill; only whole ones were acknowledged.
        ids += [line.strip() for line in lines if line.endswith("\n")]
    assert burst.returncode != 0 or len(ids) == _BURST
    return ids


def campaign(folder: Path, rounds: int) -> None:
    """Kill bursts at random moments, all on one store."""
    moments = random.Random(7)
    kept: list[str] = []
    for _ in range(rounds):
        before = len(kept)
        acknowledged = killed_after(folder / "s.db", moments.randrange(1, _BURST - 1))
        with Store.open(folder / "s.db") as store:
            assert check(store).problems == ()
            kept = [verdict.id for verdict in store.verdicts.of(FINGERPRINT)]
        assert len(set(kept)) == len(kept)
        written = kept[before:]
        assert written[: len(acknowledged)] == acknowledged
        # The one that was under way may or may not have been kept.
        assert len(written) <= len(acknowledged) + 1


def test_killed_burst_keeps_every_acknowledged_verdict(tmp_path: Path) -> None:
    campaign(tmp_path, rounds=2)


@pytest.mark.slow
def test_twenty_killed_bursts_keep_every_acknowledged_verdict(tmp_path: Path) -> None:
    campaign(tmp_path, rounds=20)
