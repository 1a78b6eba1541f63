"""Real media, where there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parents[2]


def assets_dir() -> Path:
    """The folder of real media: `ONGLASS_ASSETS`, else `shared/assets` beside the repository."""
    named = os.environ.get("ONGLASS_ASSETS")
    return Path(named) if named else _REPOSITORY.parent / "shared" / "assets"


def asset(relative: str) -> Path:
    """A file of real media; the test is skipped, saying so, when it is not there."""
    path = assets_dir() / relative
    if not path.exists():
        pytest.skip(f"no real media: {path} is missing (set ONGLASS_ASSETS)")
    return path
