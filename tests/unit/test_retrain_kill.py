"""Processes killed in the midst of a training or a promotion; campaigns, so marked slow."""

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
from helpers.teach_library import analysed, judge, make_clips

from core.domain.lineage import TrainingState
from core.models import weights as room
from core.models.weights import find, in_use, own_folder, write_card
from core.store.lineage import LineageBook
from core.store.store import Store

ROUNDS = 8
KILLED_AT = (9, 21)

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

_TRAINING = """
import sys
from core.learning.retrain.course import Order, retrain
from core.learning.retrain.subject import Budget
from core.learning.retrain.tune import Pace
from core.store.store import Store
pace = Pace(steps=32, replay=4, verdicts=2, look_every=4, save_every=4)
budget = Budget(replay=2, watched=1, examined=2, frames=1, exported=4, processes=1, pace=pace)
with Store.open(sys.argv[1]) as store:
    order = Order("block_corruption", budget=budget, device="cpu")
    made = retrain(store, order, progress=lambda training: print(training.stage, flush=True))
print("sha256", made.candidate_sha256, flush=True)
"""


def trained(home: Path, store: Path, until: int = 0) -> tuple[list[int], str]:
    """Steps that a trainer tells of, and the hash of what it made; killed where one is `until`."""
    steps: list[int] = []
    made = ""
    with subprocess.Popen(
        [sys.executable, "-c", _TRAINING, str(store)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"ONGLASS_HOME": str(home), "OMP_NUM_THREADS": "1"},
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            words = line.split()
            if words[:1] == ["sha256"]:
                made = words[1]
            if words[:1] == ["step"]:
                steps.append(int(words[1]))
                if until and steps[-1] >= until:
                    child.send_signal(signal.SIGKILL)
                    break
    return steps, made


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_in_mid_training_a_network_goes_on_to_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        for clip in make_clips(tmp_path / "clips", 4, 1):
            judge(store, clip, analysed(store, clip), clip.name.startswith("damaged"))
    home = tmp_path / "killed"
    monkeypatch.setenv("ONGLASS_HOME", str(home))
    looked: list[int] = []
    for at in KILLED_AT:
        steps, made = trained(home, path, at)
        assert made == ""
        assert steps[0] > max(looked, default=0) - 8, "it began anew"
        looked = steps
        (kept,) = LineageBook().trainings()
        assert (kept.state, kept.candidate) == (TrainingState.TRAINING, "")
        assert in_use("block_corruption").weights.card.name == "block_corruption.r1"
    steps, made = trained(home, path)
    assert steps[0] > KILLED_AT[0]
    whole, wanted = trained(tmp_path / "whole", path)
    assert whole == list(range(4, 33, 4))
    assert made == wanted != ""
    (kept,) = LineageBook().trainings()
    assert kept.state is TrainingState.EXAMINED


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
