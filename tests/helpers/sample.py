"""The sample title, made once for all tests and runs: it takes a minute."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from core.simulate import sample_title
from core.simulate.truth import TruthSet

_ROOM = Path(sample_title.__file__).parent


def shared_sample() -> tuple[Path, TruthSet]:
    """The sample title and its truth, below the system's temporary folder.

    The folder is named after the code that makes it, so that a change makes a new one.
    """
    digest = hashlib.sha256()
    for source in (*sorted(_ROOM.glob("*.py")), _ROOM.parent / "media" / "writer.py"):
        digest.update(source.read_bytes())
    home = Path(tempfile.gettempdir()) / "onglass-tests" / digest.hexdigest()[:12]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONGLASS_HOME", str(home))
        return sample_title.make_sample()
