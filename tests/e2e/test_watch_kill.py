"""`onglass watch` on real files, with the worker process, and killed at random moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from helpers.clip import make_clip

from core.domain.run import RunState
from core.media.probe import fingerprint
from core.store.store import Store

_KILLS = 12
_DETECTORS = "black,freeze"
_MAIN = "from core.cli.app import main; raise SystemExit(main())"


def command(root: Path, folders: bool = True) -> list[str]:
    """How to watch, with all folders below one."""
    targets = [f"--{name}={root / name}" for name in ("done", "flagged", "failed")]
    return [
        *(sys.executable, "-c", _MAIN, "watch", str(root / "in"), "--once", "--settle=0.2"),
        *(f"--detectors={_DETECTORS}", f"--store={root / 's.db'}", "--report=json"),
        *(targets if folders else ["--tag"]),
    ]


def watch(root: Path, kill_after_s: float | None = None) -> int:
    """Watch until everything is dealt with, or until killed with all that it started."""
    process = subprocess.Popen(
        command(root), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    if kill_after_s is not None:
        timer = threading.Timer(kill_after_s, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        process.communicate()
        timer.cancel()
        timer.join()
    else:
        process.communicate()
    return process.returncode


def arrive(root: Path, titles: int) -> dict[str, str]:
    """Titles of which each third is flagged, and a bad file; names by fingerprint."""
    folder = root / "in"
    folder.mkdir()
    for n in range(titles):
        make_clip(folder / f"{n:02}.mkv", (0.6 if n % 3 else 2.0) + n / 25, sound=False)
    made = {fingerprint(path): path.name for path in folder.iterdir()}
    (folder / "bad.mkv").write_bytes(b"no film" * 100)
    return made


def everything(root: Path) -> dict[str, list[str]]:
    """Names of files by folder, without what is written beside them."""
    return {
        name: sorted(p.name for p in (root / name).iterdir() if p.suffix == ".mkv")
        for name in ("in", "done", "flagged", "failed")
    }


def test_folder_of_real_files_is_sorted_by_what_is_found(tmp_path: Path) -> None:
    made = arrive(tmp_path, titles=2)
    assert watch(tmp_path) == 1
    assert everything(tmp_path) == {
        "in": [],
        "done": ["01.mkv"],
        "flagged": ["00.mkv"],
        "failed": ["bad.mkv"],
    }
    with Store.open(tmp_path / "s.db") as store:
        for key in made:
            (run,) = store.runs.of(key)
            assert run.state is RunState.DONE
    assert "cannot be opened" in (tmp_path / "failed" / "bad.mkv.failed.txt").read_text()
    assert (tmp_path / "flagged" / "00.mkv.report.json").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills a group of processes")
def test_watch_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    made = arrive(tmp_path, titles=12)
    moments = random.Random(11)
    kills = sum(watch(tmp_path, moments.uniform(1.0, 6.0)) < 0 for _ in range(_KILLS))
    assert watch(tmp_path) in (0, 1)
    found = everything(tmp_path)
    assert found["in"] == []
    assert found["failed"] == ["bad.mkv"]
    assert sorted(found["done"] + found["flagged"]) == sorted(made.values())
    assert found["flagged"] == sorted(name for name in made.values() if int(name[:2]) % 3 == 0)
    assert not [p for p in tmp_path.rglob("*") if p.suffix in (".part", ".probe")]
    with Store.open(tmp_path / "s.db") as store:
        for key in made:
            runs = store.runs.of(key)
            assert [run.state for run in runs] == [RunState.DONE], made[key]
            title = store.titles.get(key)
            assert title is not None
            assert title.path.exists()
    print(f"killed {kills} times")
    assert kills > _KILLS / 2
