"""PySide6 6.12.0 aborts on Python 3.10 and 3.11 after some 70,000 void calls (docs/adr/0002)."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]

_VOID_CALLS = """
from PySide6.QtCore import QCoreApplication, QObject
app = QCoreApplication([])
thing = QObject()
for number in range(200_000):
    app.processEvents()
    thing.setObjectName("a")
print("survived")
"""


def pinned_qt() -> Requirement:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(text) for text in table["project"]["dependencies"]]
    return next(requirement for requirement in wanted if requirement.name.startswith("PySide6"))


def test_qt_survives_two_hundred_thousand_void_calls() -> None:
    # In a process of its own: the fault is an abort, which would take the whole suite along.
    done = subprocess.run(
        [sys.executable, "-c", _VOID_CALLS],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.stdout.strip() == "survived", f"exit {done.returncode}\n{done.stderr[-2000:]}"


def test_pinned_range_leaves_out_the_release_that_aborts() -> None:
    specifier = pinned_qt().specifier
    assert specifier.contains("6.11.3")
    assert not specifier.contains("6.12.0")
    assert not specifier.contains("6.12.1")


def test_only_the_essentials_of_qt_are_asked_for_and_installed_in_range() -> None:
    requirement = pinned_qt()
    assert requirement.name == "PySide6-Essentials"
    assert requirement.specifier.contains(importlib.metadata.version("PySide6-Essentials"))
