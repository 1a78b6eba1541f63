"""Which files shape what a detector measures."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import pytest

from core.analysis.provenance import (
    digest_of,
    measuring_digest,
    settings_of,
    sources_behind,
    weights_of,
)
from core.catalog.table import DETECTORS
from core.domain.time import MediaTime
from core.domain.title import Title

ROOMS = ("core.detectors", "core.models")
FILES = {
    "core/__init__.py": "",
    "core/detectors/__init__.py": "",
    "core/detectors/own.py": (
        "from core.detectors.near import thing\n"
        "from core.models import net\n"
        "from . import beside\n"
        "from .. import models\n"
        "import numpy, core.media.frame\n"
        "def late():\n    import core.models.late as late\n"
    ),
    "core/detectors/near.py": "from core.detectors.far import deep\nthing = deep\n",
    "core/detectors/far.py": "from core.detectors.own import late\ndeep = 1\n",
    "core/detectors/beside.py": "",
    "core/detectors/stranger.py": "",
    "core/models/__init__.py": "",
    "core/models/net.py": "from typing import Any\n",
    "core/models/late.py": "",
    "core/media/frame.py": "from core.models import stranger\n",
    "core/models/stranger.py": "",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, source in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return tmp_path


def test_imports_are_followed_through_both_rooms_and_into_functions(tree: Path) -> None:
    found = [
        path.relative_to(tree).as_posix()
        for path in sources_behind("core.detectors.own", ROOMS, tree)
    ]
    assert found == [
        "core/detectors/__init__.py",
        "core/detectors/beside.py",
        "core/detectors/far.py",
        "core/detectors/near.py",
        "core/detectors/own.py",
        "core/models/__init__.py",
        "core/models/late.py",
        "core/models/net.py",
    ]


def test_digest_changes_with_a_file_far_behind_and_with_no_other(tree: Path) -> None:
    def digest() -> str:
        return digest_of(*sources_behind("core.detectors.own", ROOMS, tree))

    first = digest()
    (tree / "core/detectors/stranger.py").write_text("changed = 1\n")
    assert digest() == first
    (tree / "core/detectors/far.py").write_text("deep = 2\n")
    assert digest() != first


def test_what_stands_in_two_files_is_not_what_stands_in_one(tree: Path) -> None:
    one, two = tree / "one", tree / "two"
    one.write_text("ab")
    two.write_text("c")
    before = digest_of(one, two)
    one.write_text("a")
    two.write_text("bc")
    assert digest_of(one, two) != before


def test_without_sources_the_version_stands_for_them(tree: Path) -> None:
    assert sources_behind("core.detectors.nowhere", ROOMS, tree) == ()
    assert digest_of() == digest_of(tree / "nowhere.py") == version("onglass")


@pytest.mark.parametrize(
    ("detector", "shared"),
    [
        ("clicks", "batch"),
        ("hum", "hop"),
        ("blur", "pace"),
        ("black", "picture"),
        ("caption_missing", "voice_activity"),
    ],
)
def test_shared_modules_count_as_the_detectors_own(detector: str, shared: str) -> None:
    names = {path.stem for path in sources_behind(f"core.detectors.{detector}", ROOMS)}
    assert {detector, shared, "base"} <= names
    assert not names & (set(DETECTORS) - {detector})


def test_what_decodes_and_feeds_the_detectors_counts_and_what_draws_does_not() -> None:
    behind = sources_behind("core.analysis.measure", ("core.analysis", "core.media"))
    names = {path.stem for path in behind}
    assert {"measure", "view", "crew", "decode_pass", "picture_decoder", "caption"} <= names
    assert not names & {"waveform", "spectrogram", "pipeline", "writer"}


def test_each_detector_has_its_own_digest() -> None:
    assert len({measuring_digest(name) for name in DETECTORS}) == len(DETECTORS)


def test_settings_name_every_detector() -> None:
    title = Title(Path("a.mp4"), "f", "mp4", 1, MediaTime(0, Fraction(1, 1000)), 1.0)
    settings = settings_of(title, ["black", "hum"])
    assert {"av", "pass", "measure.black", "measure.hum"} == set(settings)


def test_asking_for_weights_loads_torch_for_nobody_who_does_without() -> None:
    code = (
        "from core.analysis.provenance import weights_of\n"
        "import sys\n"
        "assert weights_of(['black', 'hum', 'freeze']) == {}\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_detectors_without_weights_are_left_out() -> None:
    assert "black" not in weights_of(["black"])
