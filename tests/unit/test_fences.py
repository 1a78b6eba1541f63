"""Who may import whom: the real tree keeps the fences, and a planted violation is caught."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.fence import (
    CORE_ROOMS,
    EVERYBODY_MAY,
    EXCEPTIONS,
    GUI_MAY,
    LIBRARIES,
    check_tree,
    imports_of,
    modules,
)

ROOT = Path(__file__).resolve().parents[2]
TORCH_ROOMS = {package.split(".")[1] for package in LIBRARIES["torch"]}


def plant(root: Path, relative: str, source: str) -> None:
    path = root / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


def test_real_tree_keeps_every_fence() -> None:
    assert [str(violation) for violation in check_tree(ROOT)] == []


def test_every_room_on_disk_is_in_the_table() -> None:
    rooms = {path.parent.name for path in (ROOT / "core").glob("*/__init__.py")}
    assert rooms <= set(CORE_ROOMS)


def test_exceptions_name_modules_that_exist() -> None:
    assert set(EXCEPTIONS) <= {name for name, _path in modules(ROOT)}


@pytest.mark.parametrize(
    ("relative", "source", "fence"),
    [
        ("core/catalog/rule.py", "from core.store.store import Store\n", "core/catalog"),
        ("core/catalog/rule.py", "from core import media\n", "core/catalog"),
        ("core/store/store.py", "import core.review.session as s\n", "core/store"),
        ("core/domain/time.py", "from core.media.probe import probe\n", "core/domain"),
        ("core/media/probe.py", "from ..store import store\n", "core/media"),
        ("core/review/a.py", "def f():\n    from core.analysis import view\n", "core/review"),
        ("core/cli/scan.py", "import gui.app\n", "gui"),
        ("core/review/a.py", "from gui.theme import current\n", "gui"),
        ("core/attic/a.py", "import core.media\n", "core/attic, which is no known room"),
        ("core/helper.py", "import core.media\n", "core/helper, which is no known room"),
        ("gui/queue/model.py", "from core.analysis.pipeline import analyse\n", "gui"),
        ("gui/queue/model.py", "from core.store.store import Store\n", "gui"),
        ("gui/queue/model.py", "from core.evaluation.matching import match\n", "gui"),
        ("core/evaluation/run.py", "from core.store.store import Store\n", "core/evaluation"),
        ("core/evaluation/peer.py", "import av\n", "library av"),
        ("core/analysis/plan.py", "import core.evaluation.score\n", "core/analysis"),
        ("gui/app.py", "from core.worker import main\n", "gui"),
        ("resources/pick.py", "import core.config.paths\n", "resources"),
        ("core/analysis/view.py", "import av\n", "library av"),
        ("gui/player/engine.py", "from av.filter import Graph\n", "library av"),
        ("core/analysis/view.py", "import torch\n", "library torch"),
        ("core/review/a.py", "def f():\n    import torch.nn as nn\n", "library torch"),
        (
            "core/cli/doctor.py",
            "import importlib\nimportlib.import_module('torch')\n",
            "library torch",
        ),
        ("core/cli/doctor.py", "__import__('torchvision.ops')\n", "library torchvision"),
        ("core/review/a.py", "from sqlalchemy.orm import Session\n", "library sqlalchemy"),
        ("core/cli/store.py", "import alembic.command\n", "library alembic"),
        ("core/detectors/a.py", "import onnxruntime\n", "library onnxruntime"),
        ("gui/app.py", "import onnxruntime as ort\n", "library onnxruntime"),
        ("core/models/card.py", "import onnx\n", "library onnx"),
        ("core/review/a.py", "from PySide6.QtCore import QObject\n", "library PySide6"),
        (
            "core/jobs/lane.py",
            "try:\n    import sounddevice\nfinally: ...\n",
            "library sounddevice",
        ),
        (
            "core/review/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n",
            "library torch",
        ),
        (
            "core/review/a.py",
            "from importlib import import_module\n\n"
            "def f(name):\n    return import_module(f'core.detectors.{name}')\n",
            "core/review",
        ),
    ],
)
def test_planted_violation_is_caught(
    tmp_path: Path, relative: str, source: str, fence: str
) -> None:
    plant(tmp_path, relative, source)
    found = check_tree(tmp_path)
    assert [(violation.path, violation.fence) for violation in found] == [(relative, fence)]


@pytest.mark.parametrize(
    ("relative", "source"),
    [
        ("core/media/probe.py", "import av\nfrom core.domain.title import Title\n"),
        ("core/models/export.py", "import onnx\nimport onnxruntime.quantization\n"),
        ("core/detectors/face.py", "import torch\nfrom core.models import net\n"),
        ("core/store/migrations/env.py", "import alembic\nimport sqlalchemy.orm\n"),
        ("core/cli/desk.py", "def start_desk():\n    from gui.app import main\n"),
        ("gui/store_archive.py", "from core.store.store import Store\nimport PySide6\n"),
        ("gui/panes/metrics.py", "import PySide6.QtGui\nfrom core.review.session import Flag\n"),
        ("core/catalog/table.py", "import avro, torchaudio_like\nfrom core.catalog import rule\n"),
        ("core/media/sub/a.py", "from .. import probe\nfrom . import b\n"),
    ],
)
def test_allowed_import_passes(tmp_path: Path, relative: str, source: str) -> None:
    plant(tmp_path, relative, source)
    assert check_tree(tmp_path) == []


def test_a_name_that_is_not_a_literal_cannot_be_judged() -> None:
    assert imports_of("import importlib\nimportlib.import_module(name)\n", "core") == [
        (1, "importlib")
    ]


def test_rooms_of_the_desk_never_lead_to_torch() -> None:
    extra = {target.split(".")[1] for target in EXCEPTIONS["gui.store_archive"]}
    reached, waiting = set(), set(GUI_MAY | extra)
    while waiting:
        room = waiting.pop()
        reached.add(room)
        waiting |= (CORE_ROOMS[room] | EVERYBODY_MAY) - reached
    assert reached & TORCH_ROOMS == set()
    assert "analysis" not in reached


def test_importing_the_desk_loads_no_network() -> None:
    code = (
        "import sys, gui.app\n"
        "heavy = {'torch', 'torchvision', 'onnx', 'onnxruntime'}\n"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.strip() == "[]", done.stderr
