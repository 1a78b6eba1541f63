"""What is loaded before the window is there: whoever adds to it makes every start slower."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.clip import make_clip

# Databases, networks, numerics, captions and windows that few starts open.
FORBIDDEN = (
    *("sqlalchemy", "alembic", "psycopg", "core.store.store", "core.review.session"),
    *("torch", "onnxruntime", "ray", "skimage", "sklearn"),
    *("scipy.fft", "scipy.optimize", "scipy.signal", "scipy.special", "scipy.linalg"),
    *("ttconv", "opentimelineio", "fpdf", "rich", "asyncio", "numpy.testing"),
    *("core.simulate", "core.reports", "core.scan", "core.analysis", "core.learning"),
    *(
        "typer",
        "pydantic",
        "core.cli.program",
        "gui.compare.window",
        "gui.teach.window",
        "gui.training.window",
    ),
    *("gui.spot.window", "gui.simulate.dialog", "gui.dialogs.settings", "gui.dialogs.export"),
)

_WATCH = """
import importlib, json, sys
real = importlib.import_module

def watched(name, package=None):
    module = real(name, package)
    if name == "gui.app":
        compose = module.compose
        # On a busy machine the picture may take longer than the desk usually waits for it.
        module._LOOK_S = 60.0

        def composed(*arguments):
            desk = compose(*arguments)

            def done(_picture=None):
                print(json.dumps(sorted(before)), flush=True)
                desk.leave()

            def paint(event):
                before.update(sys.modules)
                shown(event)

            seen = desk.window if len(sys.argv) == 1 else desk.parts.picture
            shown, seen.paintEvent = seen.paintEvent, paint
            (seen.painted if seen is desk.window else seen.picture_painted).connect(done)
            return desk

        module.compose = composed
    return module

before = set()
importlib.import_module = watched
from core.cli.app import main
sys.exit(main(["review", *sys.argv[1:]]))
"""

DATABASES = ("sqlalchemy", "core.store.store", "core.review.session")


def modules_before(folder: Path, *files: Path) -> frozenset[str]:
    """What was loaded before the window was painted, or the first picture of a file."""
    env = {**os.environ, "ONGLASS_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, *map(str, files)],
        env=env,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return frozenset(json.loads(done.stdout))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    return modules_before(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize("name", FORBIDDEN)
def test_window_does_not_wait_for(name: str, loaded: frozenset[str]) -> None:
    assert name not in loaded


def test_what_was_loaded_is_really_seen(loaded: frozenset[str]) -> None:
    assert {"gui.app", "gui.desk.desk", "PySide6.QtWidgets", "numpy"} <= loaded


def test_first_picture_of_a_title_does_not_wait_for_databases(tmp_path: Path) -> None:
    before = modules_before(tmp_path, make_clip(tmp_path / "clip.mp4").path)
    assert "av" in before
    assert before.isdisjoint(DATABASES)
