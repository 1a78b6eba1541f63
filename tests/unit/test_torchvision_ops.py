"""torchvision can be imported beside CPU torch, and the real operators are left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    """Runs in a process of its own: what is defined in torch cannot be taken back."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_torchvision_imports_and_a_network_runs_after_ensuring_it() -> None:
    done = run_python(
        "from core.models.torchvision_ops import ensure_importable, operators_present\n"
        "import gc\n"
        "first = ensure_importable(); gc.collect()\n"
        "assert ensure_importable() is first and operators_present()\n"
        "import torch, torchvision\n"
        "from torchvision.transforms import v2\n"
        "net = torchvision.models.resnet18(weights=None).eval()\n"
        "with torch.inference_mode():\n"
        "    assert net(torch.zeros(1, 3, 64, 64)).shape == (1, 1000)\n"
        "assert first is not torchvision.extension._has_ops()\n"
        "print('imported')\n"
    )
    assert done.stdout.strip() == "imported", done.stderr


def test_operators_that_are_already_there_are_not_defined_again() -> None:
    done = run_python(
        "import torch\n"
        "real = torch.library.Library('torchvision', 'DEF')\n"
        "real.define('nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor')\n"
        "real.define('qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor')\n"
        "from core.models import torchvision_ops\n"
        "assert torchvision_ops.ensure_importable() is False\n"
        "assert torchvision_ops._library is None\n"
        "print('left alone')\n"
    )
    assert done.stdout.strip() == "left alone", done.stderr


def test_without_torchvision_nothing_is_defined() -> None:
    done = run_python(
        "import importlib.util\n"
        "whole = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda n, p=None: None if n == 'torchvision' else whole(n, p)\n"
        "from core.models.torchvision_ops import ensure_importable, operators_present\n"
        "assert ensure_importable() is False and not operators_present()\n"
        "print('nothing')\n"
    )
    assert done.stdout.strip() == "nothing", done.stderr
