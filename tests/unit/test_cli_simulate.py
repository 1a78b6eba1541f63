"""`onglass simulate` from the outside: what it prints, writes and exits with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.clip import make_clip

from core.cli.app import main
from core.simulate.inject import INJECTORS, UNANSWERED
from core.simulate.truth import read_truth, truth_path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "clip.mp4"
    make_clip(path, seconds=3.0)
    return path


def test_damages_where_it_is_told(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.mkv"
    arguments = ["simulate", str(source), "--out", str(out)]
    told = ["--defect", "block_corruption", "--variant", "grey", "--severity", "0.5", "--seed", "9"]
    spans = ["--span", "2-2.4", "--span", "0:00:00.4-0.8", "--region", "0,0,0.5,1"]
    assert main([*arguments, *told, *spans, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    (made,) = read_truth(truth_path(out))
    assert document["path"] == str(out)
    assert document["truth"]["defects"] == [made.as_json()]
    assert made.spans == ((0.4, 0.8), (2.0, 2.4))
    assert (made.variant, made.severity, made.seed) == ("grey", 0.5, 9)
    assert made.region is not None
    assert made.region.right == 0.5


def test_chooses_a_place_when_told_none(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.mkv"
    assert main(["simulate", str(source), "--defect", "freeze", "--out", str(out)]) == 0
    (made,) = read_truth(truth_path(out))
    assert made.spans == ((1.0, 2.0),)
    assert "freeze, severity 1, 0:00:01.000 to 0:00:02.000" in capsys.readouterr().out


def test_writes_a_part_from_zero(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    arguments = ["simulate", str(source), "--defect", "silence", "--out", str(out)]
    part = ["--range", "1-2.6", "--from-zero", "--span", "1.5-2"]
    assert main([*arguments, *part]) == 0
    (made,) = read_truth(truth_path(out))
    assert made.spans == ((0.5, 1.0),)


def test_replaces_a_file_only_when_forced(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.mkv"
    out.write_bytes(b"precious")
    arguments = ["simulate", str(source), "--defect", "freeze", "--out", str(out)]
    assert main(arguments) == 1
    assert capsys.readouterr().err.strip().endswith("is there already.")
    assert out.read_bytes() == b"precious"
    assert main([*arguments, "--force"]) == 0
    assert out.read_bytes() != b"precious"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--defect", "nonsense"], 1, "cannot be simulated"),
        (["--defect", "freeze", "--variant", "odd"], 1, "no variant"),
        (["--defect", "freeze", "--span", "50-60"], 1, "lies outside clip.mp4"),
        (["--defect", "caption_encoding"], 1, "has no captions"),
        (["--defect", "silence", "--region", "0,0,1,1"], 1, "takes no region"),
        (["--defect", "freeze", "--codec", "nonsense"], 1, "cannot be written"),
        (["--defect", "freeze", "--span", "2-1"], 2, "ends before it begins"),
        (["--defect", "freeze", "--region", "0,0,1"], 2, "four fractions"),
        (["--defect", "freeze", "--region", "1,0,0,1"], 2, "left before right"),
        (["--defect", "freeze", "--severity", "3"], 2, "severity"),
        ([], 2, "name a title"),
        (["--defect", "freeze", "--recipe", "quick"], 2, "instead of a file"),
    ],
)
def test_mistakes_end_in_a_sentence(
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    out = tmp_path / "out.mkv"
    assert main(["simulate", str(source), "--out", str(out), *arguments]) == status
    error = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert words in error
    assert not out.exists()
    assert not truth_path(out).exists()


def test_missing_title_and_missing_out_are_told_apart(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = str(tmp_path / "gone.mp4")
    assert main(["simulate", gone, "--defect", "freeze", "--out", str(tmp_path / "o.mkv")]) == 1
    assert "does not exist" in capsys.readouterr().err
    assert main(["simulate", str(source), "--defect", "freeze"]) == 2


def test_list_names_every_injector_and_who_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--list", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    rows = {row["defect"]: row for row in document["defects"]}
    assert set(rows) == set(INJECTORS)
    for defect, row in rows.items():
        assert row["summary"]
        assert "|" not in row["summary"]
        assert bool(row["detectors"]) != bool(row["unanswered"])
        assert row["unanswered"] == UNANSWERED.get(defect, "")
    assert {"quick", "sound", "block_corruption"} <= set(document["recipes"])
    assert main(["simulate", "--list"]) == 0
    assert "displaced, repeated" in capsys.readouterr().out


def test_recipe_makes_a_data_set_and_says_what_it_skipped(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "own.toml"
    recipe.write_text(
        "[clip]\nseconds = 1.5\n[[make]]\ndefect = 'silence'\nseconds = [0.2, 0.4]\n",
        encoding="utf-8",
    )
    data = tmp_path / "clean"
    data.mkdir()
    (data / "clip.mp4").write_bytes(source.read_bytes())
    (data / "junk.mp4").write_bytes(b"no media")
    out = tmp_path / "set"
    arguments = ["simulate", "--recipe", str(recipe), "--data", str(data), "--out", str(out)]
    assert main([*arguments, "--json"]) == 0
    printed = capsys.readouterr()
    assert "junk.mp4" in printed.err
    document = json.loads(printed.out)
    assert len(document["clips"]) == 1
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8")) == document
    assert main(arguments) == 0
    assert "0 were made now" in capsys.readouterr().out


def test_recipe_without_titles_or_with_junk_only_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "set")
    assert main(["simulate", "--recipe", "quick", "--out", out]) == 2
    assert main(["simulate", "--recipe", "gone", "--data", str(tmp_path), "--out", out]) == 1
    assert "there are block_corruption" in capsys.readouterr().err
    (tmp_path / "junk.mp4").write_bytes(b"no media")
    assert main(["simulate", "--recipe", "quick", "--data", str(tmp_path), "--out", out]) == 1
    assert "No clip came out of it" in capsys.readouterr().err
