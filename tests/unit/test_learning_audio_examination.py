"""Examining the network that hears: figures that are right, and the commands as a whole."""

from __future__ import annotations

import json
import re
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.soundscape import talk
from safetensors.torch import load_file

from core.cli.app import main
from core.config.paths import resources_dir
from core.domain.reliability import calibration_error
from core.learning.audio_artifact.answer import Listened, Told
from core.learning.audio_artifact.figures import figures_of, groups_of, truth_of
from core.learning.audio_artifact.lesson import CLASSES, Lesson, read_lesson
from core.learning.audio_artifact.own_detector import fitted, measured
from core.learning.audio_artifact.pool import Pool, pool_of
from core.learning.audio_artifact.report import as_sentence, markdown
from core.learning.audio_artifact.second import Artifact, Origin
from core.learning.figure import balanced_accuracy
from core.learning.lesson_file import SIDES
from core.models.artifact_feature import ARTIFACTS
from core.models.card import read_card
from core.models.weights import own_folder

NAME = "audio_artifact.r9"
"""A later revision than any that ships."""


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read_lesson()


def origin(family: str, *artifacts: Artifact, coder: str = "") -> Origin:
    return Origin(family, family, "speech", 0.0, 48_000, artifacts, coder, 0)


HUM = Artifact("hum", "mains", 20.0, 0, 10.0, False)


@pytest.fixture
def pool(lesson: Lesson) -> Pool:
    """Every kind of second once, and hum twice."""
    clicks = Artifact("clicks", "swing", 12.0, 4, 20.0, False)
    return pool_of(
        lesson,
        {},
        [
            origin("a"),
            origin("b", HUM),
            origin("c", replace(HUM, amount=32.0)),
            origin("a", replace(HUM, shown_db=-30.0)),
            origin("b", replace(HUM, generator="dimmer")),
            origin("c", replace(HUM, amount=55.0, beyond=True)),
            origin("a", HUM, clicks),
            origin("b", clicks, coder="opus"),
        ],
    )


def told(classes: list[str], pool: Pool) -> Told:
    exclusive = np.full((len(classes), len(CLASSES)), 0.05)
    for row, name in enumerate(classes):
        exclusive[row, CLASSES.index(name)] = 0.8
    return Told("this network", exclusive, np.where(pool.present > 0, 0.9, 0.1))


def test_balanced_accuracy_weighs_classes_alike() -> None:
    said, true = np.array([0, 0, 0, 1]), np.array([0, 0, 0, 2])
    assert balanced_accuracy(said, true) == 0.5
    assert np.isnan(balanced_accuracy(said[:0], true[:0]))


def test_calibration_error_is_the_distance_from_what_comes_true() -> None:
    said = np.full(100, 0.85)
    assert calibration_error(said, np.arange(100) < 85) == pytest.approx(0.0, abs=1e-9)
    assert calibration_error(said, np.arange(100) < 35) == pytest.approx(0.5)


def test_groups_keep_apart_what_was_held_out_hidden_or_beyond(lesson: Lesson, pool: Pool) -> None:
    groups = groups_of(truth_of(lesson, pool))
    rows = {name: np.flatnonzero(group).tolist() for name, group in groups.items()}
    assert rows == {
        "learned generators": [0, 1, 2],
        "learned generators, hidden ones too": [0, 1, 2, 3],
        "unseen generators": [0, 4],
        "unseen coder": [7],
    }


def test_figures_count_what_was_said(lesson: Lesson, pool: Pool) -> None:
    said = told(["none", "hum", "none", "none", "hum", "none", "hum", "clicks"], pool)
    loud = np.zeros((40, 4))
    loud[10:20, ARTIFACTS.index("clicks")] = 0.95
    heard = [Listened("song", "song", "music", loud, np.zeros((40, 5)))]
    figures = figures_of(lesson, pool, [said], heard, ["broken.wav", heard[0]], 0.5)
    learned = figures["compared"][0]["groups"]["learned generators"]
    assert learned["accuracy"] == pytest.approx(0.75)
    assert figures["confusion"][0][0] == 1
    assert figures["confusion"][1][:2] == [1, 1]
    curve = {row["low"]: row for row in figures["curves"]["hum"] if row["of"]}
    assert {low: (row["called"], row["told"], row["of"]) for low, row in curve.items()} == {
        20: (1, 2, 2),
        30: (0, 1, 1),
        55: (0, 1, 1),
    }
    held = [row for row in figures["generators"]["hum"] if row["held"]]
    assert held == [
        {"generator": "dimmer", "held": True, "of": 1, "called": 1, "told": 1, "hidden": 0}
    ]
    assert figures["several"] == {"of": 1, "right": 1, "told": 2}
    alarms = {(row["line"], row["artifact"]): row for row in figures["alarms"]["music"]["rows"]}
    assert alarms[0.9, "clicks"]["runs"] == 1
    assert alarms[0.9, "clicks"]["an_hour"] == pytest.approx(180.0)
    assert alarms[0.99, "clicks"]["runs"] == 0
    assert alarms[0.5, "hum"]["runs"] == 0
    json.dumps(figures, allow_nan=False)
    page = markdown(figures, NAME)
    assert "broken.wav" in page
    assert "cannot be decoded" in page
    assert "**dimmer**" in page
    assert "0.7500" in as_sentence(figures, NAME)


def test_what_lasts_is_asked_of_three_seconds(lesson: Lesson, pool: Pool) -> None:
    said = told(["none"] * len(pool), pool)
    blip = np.full((60, 4), 0.01)
    blip[30] = 0.97
    heard = [Listened("song", "song", "music", blip, np.zeros((60, 5)))]
    rows = figures_of(lesson, pool, [said], heard, [], 0.5)["alarms"]["music"]["rows"]
    runs = {row["artifact"]: row["runs"] for row in rows if row["line"] == 0.9}
    assert runs == {"hum": 0, "hiss": 0, "distortion": 1, "clicks": 1}


def test_own_detectors_measure_a_second_and_a_regression_weighs_them(lesson: Lesson) -> None:
    rng = np.random.default_rng(1)
    time = np.arange(16_000) / 16_000
    rows, origins = [], []
    for number in range(14):
        sound = 0.1 * talk(1 / 3, number)[0]
        if number % 2:
            sound = sound + 0.1 * np.sin(2 * np.pi * 50 * time) + 0.05 * np.sin(300 * np.pi * time)
        sound = np.asarray(sound + 1e-4 * rng.standard_normal(16_000), np.float32)
        rows.append(measured(sound, 16_000))
        origins.append(origin(str(number), *((HUM,) if number % 2 else ())))
    values = np.stack(rows)
    assert values.shape == (14, 12)
    assert np.isfinite(values).all()
    classes, artifacts = fitted(values, pool_of(lesson, {}, origins)).logits(values)
    assert (classes.argmax(axis=1) == np.arange(14) % 2).mean() > 0.9
    assert artifacts[1::2, 0].min() > artifacts[::2, 0].max()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, lesson: Lesson) -> Path:
    folder = tmp_path_factory.mktemp("data") / "speech"
    folder.mkdir()
    for number, side in enumerate(SIDES):
        name = next(n for n in (f"voice{i}" for i in range(300)) if lesson.side_of(n) == side)
        samples = np.asarray(talk(0.8, number)[0] * 30_000, np.int16)
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(samples.tobytes())
    return folder.parent


def test_one_command_trains_and_another_examines(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (resources_dir() / "lessons" / "audio_artifact.toml").read_text("utf-8")
    small = {"train": 40, "validation": 40, "test": 40, "shard": 40, "examples": 16, "batch": 8}
    for key, value in {**small, "rounds": 2}.items():
        text, count = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
        # Of seconds and of stretches.
        assert count == (1 if key in ("examples", "rounds") else 2)
    (tmp_path / "small.toml").write_text(text, "utf-8")
    given = ["audio_artifact", "--data", str(data), "--lesson", str(tmp_path / "small.toml")]
    given += ["--work", str(tmp_path / "work"), "--processes", "1"]
    out = tmp_path / "weights"
    more = ["--out", str(out), "--name", NAME, "--body", "none", "--device", "cpu"]
    assert main(["learn", "train", *given, *more]) == 0
    assert f"{NAME} is in" in capsys.readouterr().out
    card = read_card(out / f"{NAME}.json")
    assert card.options == {"body": "none", "fine": "yes", "wide": "yes", "context": "yes"}
    assert "one_sided" in card.recipe
    assert "2 rounds of 40 stretches" in card.recipe
    assert {line.partition(":")[0] for line in card.data} == set(SIDES)

    assert main(["models", "add", str(out / f"{NAME}.safetensors")]) == 0
    page, figures = tmp_path / "page.md", tmp_path / "figures.json"
    told = ["--markdown", str(page), "--json", str(figures), "--card"]
    told += ["--real", str(data), "--against", str(out)]
    assert main(["learn", "evaluate", *given, *told]) == 0
    found = json.loads(figures.read_text("utf-8"))
    assert [row["name"] for row in found["compared"]] == [
        "this network",
        "fine branch alone",
        "own signal-processing detectors",
    ]
    assert len(found["real"]) == 3
    rows = found["in_context"]
    assert [row["name"] for row in rows["compared"]] == ["in context", "each second by itself"]
    assert rows["stretches"] == 40
    assert "balanced accuracy" in capsys.readouterr().out
    assert "## Confusion" in page.read_text("utf-8")
    assert "## In context" in page.read_text("utf-8")
    assert "rows in context" in (own_folder() / f"{NAME}.json").read_text("utf-8")

    again = ["--out", str(tmp_path / "again"), "--body", "none", "--device", "cpu"]
    again += ["--only-context", "--start", str(out / f"{NAME}.safetensors"), "--name", NAME]
    assert main(["learn", "train", *given, *again]) == 0
    one, other = (load_file(f / f"{NAME}.safetensors") for f in (out, tmp_path / "again"))
    assert all(one[name].equal(other[name]) for name in one if not name.startswith("context."))
    assert "as in its parent" in read_card(tmp_path / "again" / f"{NAME}.json").recipe
    capsys.readouterr()
    assert main(["learn", "train", *given, "--only-context", "--out", str(tmp_path / "none")]) == 1
    assert "whole network" in capsys.readouterr().err


def test_option_of_another_detector_is_wrong_usage(tmp_path: Path) -> None:
    given = ["block_corruption", "--data", str(tmp_path)]
    assert main(["learn", "train", *given, "--keep-body"]) == 2
    assert main(["learn", "evaluate", *given, "--real", str(tmp_path)]) == 2
