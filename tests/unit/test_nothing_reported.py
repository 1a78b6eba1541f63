"""Libraries that would tell their makers about a session are kept from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import numpy as np
from core.models.corruption_runtime import open_runtime
answer = open_runtime().see(np.zeros((64, 96, 3), np.uint8))
"""

# By these ONNX Runtime keeps to itself on machines that only test.
_KEPT_QUIET_BY = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_RUNNING_UNIT_TESTS")


@pytest.mark.skipif(os.name == "nt", reason="there it leaves no files, so nothing can be seen")
def test_running_a_network_leaves_no_report(tmp_path: Path) -> None:
    home, scratch = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    scratch.mkdir()
    quiet = {k: v for k, v in os.environ.items() if k not in _KEPT_QUIET_BY}
    quiet = {k: v for k, v in quiet.items() if not k.startswith(("XDG_", "ORT_"))}
    wants = {"HOME": str(home), "TMPDIR": str(scratch), "ORT_DISABLE_TELEMETRY": "0"}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={**quiet, **wants},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = [p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()]
    assert left == []
