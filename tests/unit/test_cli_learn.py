"""`onglass learn`: from clean pictures to weights with a card, and to figures on the test side."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.cli.app import main
from core.learning.block_corruption import course, pool
from core.learning.block_corruption.lesson import read_lesson
from core.learning.block_corruption.piece import Asked
from core.models.card import read_card

_LESSON = """
title = "Small"
seed = 3
[held_out]
variants = ["smeared"]
sources = []
[validation]
below = 0x40
[severity]
low = 0.6
high = 1.0
[truth]
visible = 20
touched = 6
cell = 0.1
step = 6.0
chance = 2.5
color = 24.0
[pool]
pieces = 6
frames = 2
kept = 1
window = [256, 256]
photos = 1.0
drawn = 0.0
[pool.kinds]
stream = 0.0
pixel = 0.6
decoy = 0.0
clean = 0.4
[pool.chances]
coded_before = 0.0
coded_after = 0.0
damaged_decoy = 0.0
made_smaller = 0.0
[training]
backbone = "mobilenet_v2"
examples = 8
crop = 96
batch = 4
whole_every = 2
whole_batch = 2
rate = 0.001
decay = 0.02
"""


NAME = "block_corruption.r9"
"""A later revision than any that ships."""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.toml"
    path.write_text(_LESSON, "utf-8")
    return path


@pytest.fixture
def photos(tmp_path: Path, lesson: Path) -> Path:
    """One textured picture for each side."""
    folder = tmp_path / "photos"
    folder.mkdir()
    wanted = {"train", "validation", "test"}
    for number in range(200):
        side = read_lesson(lesson).side_of(f"photo{number}")
        if side in wanted:
            wanted.remove(side)
            noise = np.random.default_rng(number).integers(0, 255, (24, 32, 3)).astype(np.uint8)
            cv2.imwrite(str(folder / f"photo{number}.png"), cv2.resize(noise, (640, 480)))
    assert not wanted
    return folder


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    window = (256, 256)
    asked = (
        Asked("pixel", "smeared", 0.9, window),
        Asked("pixel", "grey", 0.9, window),
        Asked("decoy", "rain", None, window),
        Asked("clean", "", None, window),
    )
    monkeypatch.setattr(pool, "_EXAMINATION", asked)
    monkeypatch.setattr(course, "EXAMINATION_PIECES", len(asked))
    wrecks = (Asked("stream", "mpeg2", 1.0, window, wreck=True),)
    monkeypatch.setattr(pool, "_EXAMINED_WRECKS", wrecks)
    monkeypatch.setattr(course, "EXAMINATION_WRECKS", len(wrecks))
    monkeypatch.setattr(course, "ROUNDS", 1)
    monkeypatch.setattr(course, "_VALIDATION_PIECES", 4)
    monkeypatch.setattr(course, "_CALIBRATION_PICTURES", 4)


def learn(command: str, photos: Path, lesson: Path, *more: str) -> int:
    work = str(photos.parent / "work")
    given = ["--data", str(photos), "--lesson", str(lesson), "--work", work, "--processes", "1"]
    return main(["learn", command, "block_corruption", *given, *more])


def test_training_gives_weights_that_can_be_examined(
    photos: Path, lesson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "weights"
    assert learn("train", photos, lesson, "--out", str(out), "--device", "cpu", "--name", NAME) == 0
    assert f"{NAME} is in" in capsys.readouterr().out
    card = read_card(out / f"{NAME}.json")
    assert set(card.files) == {f"{NAME}.int8.onnx", f"{NAME}.safetensors"}
    assert "never seen: smeared" in card.recipe
    assert {line.partition(":")[0] for line in card.data} == {"train", "validation", "test"}

    assert main(["models", "add", str(out / f"{NAME}.safetensors")]) == 0
    page, figures = tmp_path / "page.md", tmp_path / "figures.json"
    capsys.readouterr()
    done = learn(
        *("evaluate", photos, lesson),
        *("--runtime", "torch", "--markdown", str(page), "--json", str(figures), "--card"),
    )
    assert done == 0
    assert "ROC AUC" in capsys.readouterr().out
    found = json.loads(figures.read_text("utf-8"))
    groups = found["groups"]
    damaged = [name for name, row in groups.items() if row["rankings"]["learned"]["corrupted"]]
    assert damaged == [
        "all",
        "generators that were learned from",
        "generator never learned from",
    ]
    assert found["alarms"]["rain"]["learned"]["of"] > 0
    wrecks = found["wrecks"]
    assert wrecks["mpeg2"]["found"]["of"] == wrecks["all"]["found"]["of"] > 0
    assert wrecks["mpeg2"]["alarms"]["of"] > 0 == wrecks["av1"]["alarms"]["of"]
    text = page.read_text("utf-8")
    assert "FFmpeg blockdetect" in text
    assert "generator never learned from" in text


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_folder_that_is_missing_is_told_in_a_sentence(
    command: str, lesson: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learn(command, tmp_path / "nowhere" / "photos", lesson) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1


def test_unknown_detector_is_wrong_usage() -> None:
    assert main(["learn", "train", "astrology", "--data", "."]) == 2
