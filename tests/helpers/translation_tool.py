"""The tool that keeps translations current, loaded from where it lies: packaging is no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    script = ROOT / "packaging" / "translation.py"
    spec = importlib.util.spec_from_file_location("onglass_translation", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Data classes look their module up while they are made.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


translation: Any = load()
