"""Data sets of a recipe, as the evaluation takes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.scenery import music

from core.domain.errors import KnownError
from core.evaluation.data_set import is_data_set, read_data_set
from core.evaluation.run import Order, evaluate
from core.evaluation.score import report_on
from core.media.writer import write_title
from core.simulate.inject import inject_sound

RATE = 48000


def row(file: str, defects: list[dict[str, Any]], side: str = "test") -> dict[str, Any]:
    return {
        "file": file,
        "source": "/somewhere/tune.wav",
        "side": side,
        "start_s": 2.5,
        "seconds": 6.0,
        "pictures": False,
        "codec": "flac",
        "crf": None,
        "bitrate": None,
        "held_out": [],
        "defects": defects,
    }


def silence(start: float, end: float) -> dict[str, Any]:
    return {"defect": "silence", "spans": [[start, end]], "severity": 1.0, "seed": 3, "variant": ""}


@pytest.fixture(scope="module")
def data_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("set")
    sound = 0.5 * music(6)
    damaged = inject_sound(sound, "silence", [(2 * RATE, 5 * RATE)], RATE)
    for name, samples in (("clean.flac", sound), ("bad.flac", damaged)):
        write_title(root / name, None, 25, samples.astype(np.float32), RATE, audio_codec="flac")
    manifest = {
        "clips": [row("bad.flac", [silence(2.0, 5.0)]), row("bad.flac", [], "dev")],
        "clean": [row("clean.flac", [])],
    }
    (root / "manifest.json").write_text(json.dumps(manifest))
    return root


def test_findings_are_held_against_the_truth_of_the_manifest(
    data_set: Path, tmp_path: Path
) -> None:
    assert is_data_set(data_set)
    done = evaluate(Order((data_set,), (), ("silence",), tmp_path, processes=1))
    report = report_on("silence", done.results)
    assert (report.main.truths, report.main.hits, report.main.false) == (1, 1, 0)
    assert report.peer is not None
    assert report.peer.default is not None
    assert report.peer.default.score.hits == 1
    assert {r.trial["group"] for r in done.results if r.trial} == {"main", "twin"}


def test_only_the_side_that_was_asked_for_is_read(data_set: Path) -> None:
    assert len(read_data_set(data_set, "test")) == 2
    assert len(read_data_set(data_set, "all")) == 3


def test_what_the_recipe_holds_out_is_told_apart(data_set: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.flac").write_bytes((data_set / "bad.flac").read_bytes())
    made = {**silence(2.0, 5.0), "variant": "faded"}
    held = {**row("bad.flac", [made]), "held_out": ["silence:faded"]}
    coded = {**row("bad.flac", [silence(2.0, 5.0)]), "held_out": ["flac"]}
    (tmp_path / "manifest.json").write_text(json.dumps({"clips": [held, coded], "clean": []}))
    groups = [entry.trials[0]["group"] for entry in read_data_set(tmp_path, "test")]
    assert groups == ["variant", "codec"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "no manifest"), ('{"clips": 3}', "no manifest"), ("[]", "no manifest")],
)
def test_what_is_no_manifest_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(KnownError, match=said):
        read_data_set(tmp_path, "test")


def test_a_missing_clip_is_named(tmp_path: Path) -> None:
    rows = {"clips": [row("gone.flac", [silence(1.0, 2.0)])], "clean": []}
    (tmp_path / "manifest.json").write_text(json.dumps(rows))
    with pytest.raises(KnownError, match=r"lacks gone\.flac"):
        read_data_set(tmp_path, "test")
