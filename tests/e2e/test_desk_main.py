"""The main job through the real `main()`: open, wait for flags, decide, close, find it there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.desk_walk import Steps, analysed, decided, press, selected, walk
from PySide6.QtCore import Qt

from core.store.store import Store
from gui.desk.desk import Desk
from gui.dialogs.missed import MissedDialog

REPOSITORY = Path(__file__).parents[2]
# A guard against hanging, for machines that have much else to do.
pytestmark = pytest.mark.timeout(900)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A few seconds with flags, for what does not depend on which."""
    return make_clip(tmp_path / "clip.mp4", 6.0).path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def test_verdicts_given_by_keys_are_there_after_closing_and_opening_again(
    clip: Path, store: Path, qapp: object
) -> None:
    given: dict[str, str] = {}

    def first_visit(desk: Desk) -> Steps:
        yield analysed(desk)
        keys = [flag.key for flag in desk.snapshot.flags]
        assert len(keys) >= 4
        assert all(not flag.decided for flag in desk.snapshot.flags)
        for key, state in (
            (Qt.Key.Key_C, "confirm"),
            (Qt.Key.Key_4, "reject"),
            (Qt.Key.Key_U, "unsure"),
        ):
            press(desk, Qt.Key.Key_N)
            yield lambda: desk.selection.flag is not None and not desk.selection.flag.decided
            flag = selected(desk)
            press(desk, key)
            yield decided(desk, flag.key, state)
            given[flag.key] = state
        assert len(given) == 3
        undone = next(k for k, state in given.items() if state == "unsure")
        press(desk, Qt.Key.Key_Z, CTRL)
        yield decided(desk, undone, "undecided")
        del given[undone]

    def second_visit(desk: Desk) -> Steps:
        yield analysed(desk)
        shown = {flag.key: flag.state for flag in desk.snapshot.flags}
        assert {k: s for k, s in shown.items() if s != "undecided"} == given

    assert walk([str(clip), "--store", str(store)], first_visit) == 0
    assert walk([str(clip), "--store", str(store)], second_visit) == 0

    with Store.open(store, read_only=True) as kept:
        (title,) = kept.titles.recent(5)
        rows = kept.verdicts.of(title.fingerprint)
        assert [str(row.decision) for row in rows] == ["confirm", "reject", "unsure", "withdrawn"]


def test_a_missed_defect_is_marked_on_a_span_and_kept(
    clip: Path, store: Path, qapp: object
) -> None:
    def visit(desk: Desk) -> Steps:
        yield analysed(desk)
        before = len(desk.snapshot.flags)
        desk.parts.axis.set_selection((4.4, 5.4))
        desk.actions["mark.missed"].trigger()
        dialog = desk.window.findChild(MissedDialog)
        assert dialog is not None
        dialog.accept()
        yield lambda: desk.idle and len(desk.snapshot.flags) == before + 1
        (missed,) = [flag for flag in desk.snapshot.flags if flag.missed]
        assert missed.span.start_s == pytest.approx(4.4, abs=0.05)
        assert missed.span.end_s == pytest.approx(5.4, abs=0.05)

    assert walk([str(clip), "--store", str(store)], visit) == 0


def test_a_broken_file_is_told_in_a_sentence_and_the_desk_goes_on(
    clip: Path, store: Path, tmp_path: Path, qapp: object
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\x00" * 4096)

    def visit(desk: Desk) -> Steps:
        yield lambda: desk.idle and bool(desk.window.banner.messages)
        assert desk.title is None
        desk.open_path(clip)
        yield analysed(desk)

    assert walk([str(broken), "--store", str(store)], visit) == 0


def test_the_desk_loads_no_torch_and_neither_it_nor_its_worker_opens_the_network(
    clip: Path, store: Path, tmp_path: Path
) -> None:
    script = REPOSITORY / "tests" / "helpers" / "desk_walk.py"
    watched = tmp_path / "addresses.txt"
    answer = subprocess.run(
        [sys.executable, str(script), str(clip), str(store)],
        cwd=REPOSITORY,
        env=_environment(watched),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip().splitlines()[-1] == "loaded:"
    lines = watched.read_text("utf-8").splitlines()
    ended = [line for line in lines if line.startswith("ended")]
    assert any("desk_walk.py" in line for line in ended)
    assert any("-P -m" in line for line in ended), "the worker was not watched"
    # The one that the two talk over; on Windows it is a pipe.
    assert any(line.startswith("local socket.connect") for line in lines) or os.name == "nt"
    assert [line for line in lines if line.startswith("NET")] == []


def _environment(watched: Path) -> dict[str, str]:
    tests = REPOSITORY / "tests"
    paths = os.pathsep.join(map(str, (tests / "helpers" / "watch", REPOSITORY, tests)))
    qt = {"QT_QPA_PLATFORM": "offscreen"}
    return {**os.environ, **qt, "PYTHONPATH": paths, "ONGLASS_WATCH": str(watched)}
