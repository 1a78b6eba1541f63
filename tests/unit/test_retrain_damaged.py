"""Really damaged files stand at the gate: none that was found may be lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from numpy.typing import NDArray

from core.domain.lineage import Outcome
from core.learning.retrain.block import BlockSubject
from core.learning.retrain.course import damaged_files
from core.learning.retrain.damaged import damaged_line
from core.learning.retrain.frames import pictures_over
from core.learning.retrain.gate import reported
from core.learning.retrain.seconds import seconds_over
from core.learning.retrain.subject import Budget, Material
from core.models.weights import find


def test_a_file_that_is_lost_makes_the_candidate_worse() -> None:
    (line,) = damaged_line({"a": (0.95, 0.97), "b": (0.92, 0.4), "c": (0.1, 0.2)}, 0.9)
    assert (round(line.parent), round(line.candidate), line.count) == (67, 33, 3)
    assert line.outcome is Outcome.WORSE
    assert not reported([line], "block_corruption.r101").passes


def test_finding_as_many_is_no_worse_and_without_files_nothing_is_said() -> None:
    (line,) = damaged_line({"a": (0.95, 0.91), "b": (0.3, 0.1)}, 0.9)
    assert line.outcome is Outcome.NO_WORSE
    assert damaged_line({}, 0.9) == []


def test_files_are_those_named_and_those_in_folders_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "damaged" / "deep"
    folder.mkdir(parents=True)
    for name in ("a.mp4", "b.wav", "notes.txt"):
        (folder / name).touch()
    found = damaged_files((folder / "a.mp4", tmp_path / "damaged", tmp_path / "none"))
    assert [path.name for path in found] == ["a.mp4", "b.wav"]


def test_what_cannot_be_read_gives_nothing_and_a_short_file_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    make_clip(tmp_path / "clip.mp4", 1)
    assert list(pictures_over(tmp_path / "broken.mp4", 4)) == []
    assert list(seconds_over(tmp_path / "broken.mp4", 4)) == []
    assert len(list(pictures_over(tmp_path / "clip.mp4", 4))) == 4
    assert len(list(pictures_over(tmp_path / "clip.mp4", 400))) == 25
    sound, rate = next(seconds_over(tmp_path / "clip.mp4", 4))
    assert sound.shape == (rate,)


def test_each_file_is_judged_by_its_surest_picture_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_clip(tmp_path / "clip.mp4", 1)
    (tmp_path / "broken.mp4").write_bytes(b"nothing")
    files = damaged_files((tmp_path,))
    material = Material((), (), (), tmp_path, 0, Budget(), damaged=files)
    subject = BlockSubject(find("block_corruption.r1"), material)
    answers = iter([(0.2, 0.1), (0.95, 0.3), (0.4, 0.93)])

    def both(_picture: NDArray[np.uint8]) -> tuple[float, ...]:
        return next(answers, (0.0, 0.0))

    (line,) = subject._damaged(both, lambda _share, _what: None)
    assert (line.parent, line.candidate, line.count) == (100.0, 100.0, 1)
    assert subject.remarks == ["clip.mp4: sure by 0.95 before, by 0.93 now; flagged from 0.90."]
