"""What is loaded before the window is there: whoever adds to it makes every start slower."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Databases, networks, numerics, captions and windows that few starts open.
FORBIDDEN = (
    *("sqlalchemy", "alembic", "psycopg", "core.store.store", "core.review.session"),
    *("torch", "onnxruntime", "ray", "skimage", "sklearn"),
    *("scipy.fft", "scipy.optimize", "scipy.signal", "scipy.special", "scipy.linalg"),
    *("ttconv", "opentimelineio", "fpdf", "rich", "asyncio", "numpy.testing"),
    *("core.simulate", "core.reports", "core.scan", "core.analysis", "core.learning"),
    *("core.cli.program", "gui.compare.window", "gui.teach.window", "gui.training.window"),
    *("gui.spot.window", "gui.simulate.dialog", "gui.dialogs.settings", "gui.dialogs.export"),
)

_START = """
import importlib, json, sys
real = importlib.import_module

def watched(name, package=None):
    module = real(name, package)
    if name == "gui.app":
        compose = module.compose

        def composed(*arguments):
            desk = compose(*arguments)

            def painted():
                print(json.dumps(sorted(before)), flush=True)
                desk.leave()

            def showing(window=desk.window):
                before.update(sys.modules)

            desk.window.painted.connect(painted)
            shown = desk.window.paintEvent

            def paint(event):
                showing()
                shown(event)

            desk.window.paintEvent = paint
            return desk

        module.compose = composed
    return module

before = set()
importlib.import_module = watched
from core.cli.app import main
sys.exit(main(["review"]))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    env = {**os.environ, "ONGLASS_HOME": str(tmp_path_factory.mktemp("home"))}
    env["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run(
        [sys.executable, "-c", _START],
        env=env,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return frozenset(json.loads(done.stdout))


@pytest.mark.parametrize("name", FORBIDDEN)
def test_window_does_not_wait_for(name: str, loaded: frozenset[str]) -> None:
    assert name not in loaded


def test_what_was_loaded_is_really_seen(loaded: frozenset[str]) -> None:
    assert {"gui.app", "gui.desk.desk", "PySide6.QtWidgets", "numpy"} <= loaded
