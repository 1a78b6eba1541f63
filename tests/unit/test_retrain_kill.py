"""Processes that are killed in the midst of a promotion; a campaign, so marked slow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.flag_subject import ship, sure
from helpers.lineage_value import CARD, gate, training

from core.models import weights as room
from core.models.weights import find, in_use, own_folder, write_card
from core.store.lineage import LineageBook

ROUNDS = 8

_PROMOTING = """
from pathlib import Path
from core.models import weights as room
room.shipped_folder = lambda: Path({shipped!r})
from core.learning.retrain.promotion import promote, roll_back
from core.store.lineage import LineageBook
book = LineageBook()
print("ready", flush=True)
while True:
    if book.previous("block_corruption"):
        roll_back(book, "block_corruption", "Ann")
    else:
        promote(book, "a1", "Ann")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_in_mid_promotion_the_weights_of_before_or_of_after_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("ONGLASS_HOME", str(home))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")
    ship(tmp_path / "shipped")
    ship(own_folder())
    for file in own_folder().glob("block_corruption.r1*"):
        file.rename(file.with_name(file.name.replace(".r1", ".r101")))
    made = write_card(replace(CARD, name="block_corruption.r101", training="a1"), own_folder())
    LineageBook().save(training("a1", candidate_sha256=made.tensors_sha256, gate=gate()))
    code = _PROMOTING.format(shipped=str(tmp_path / "shipped"))
    for round_number in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            env=os.environ | {"HOME": str(home)},
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(0.1 + 0.07 * round_number)
            child.send_signal(signal.SIGKILL)
        found = in_use("block_corruption")
        assert found.sentence == ""
        assert len(sure(find("block_corruption"), [0, 1, 2, 3])) == 4
        rows = LineageBook().promotions()
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert found.weights.card.name == (rows[-1].after if rows else "block_corruption.r1")
    assert rows
