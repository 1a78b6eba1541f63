"""`onglass annotate`: masks of a damaged title go in, are counted, and go out to other programs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.mask_clip import write_disc

from core.annotation.exchange.coco import read_coco
from core.annotation.exchange.png import read_png
from core.cli.app import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["annotate", *words]) == 0
    return capsys.readouterr().out.strip()


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    make_clip(tmp_path / "clip.mkv", 1)
    return said(capsys, "new", str(tmp_path / "clip.mkv"), "--classes", "corrupt,logo=#123456")


def test_the_truth_of_a_simulated_defect_becomes_masks_and_goes_out(
    project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.mkv"
    arguments = ["--defect", "block_corruption", "--severity", "0.8", "--out", str(damaged)]
    assert main(["simulate", str(tmp_path / "clip.mkv"), *arguments]) == 0
    capsys.readouterr()
    text = said(capsys, "import", project, f"{damaged}.mask.mkv")
    # The file of masks holds the stretch that was damaged.
    count = int(text.split()[0])
    assert text == f"{count} frames of damaged.mkv.mask.mkv lie over clip.mkv now."
    (listed,) = json.loads(said(capsys, "list", "--json"))["projects"]
    assert listed["frames"] == {"done": count}
    counted = json.loads(said(capsys, "clicks", project, "--json"))
    assert (counted["clicks"], counted["frames"]) == (0, count)
    assert counted["clicks_from_nothing"] > 0
    for form, name in (("coco", "m.json"), ("cvat", "m.xml"), ("png", "pngs")):
        said(capsys, "export", project, "--format", form, "--out", str(tmp_path / name))
        assert f"{count} frames" in said(capsys, "import", project, str(tmp_path / name))
    first, second = read_coco(tmp_path / "m.json"), read_png(tmp_path / "pngs")
    for mine, theirs in zip(first.frames, second.frames, strict=True):
        np.testing.assert_array_equal(mine.labels, theirs.labels)
    assert any((frame.labels == 1).any() for frame in first.frames)


def test_a_round_says_what_to_look_at_next_and_lays_predictions_under_what_was_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_disc(tmp_path / "disc.mkv")
    project = said(capsys, "new", str(tmp_path / "disc.mkv"), "--classes", "corrupt")
    asking = ("--granularity", "32x32", "--rule", "uncertainty", "--budget", "3")
    document = json.loads(said(capsys, "round", project, *asking, "--range", "0-0.2", "--json"))
    assert [len(document["asked"]), len(document["uncertainty"])] == [3, 5]
    (listed,) = json.loads(said(capsys, "list", "--json"))["projects"]
    assert listed["frames"] == {"predicted": 5}
    text = said(capsys, "round", project, *asking)
    assert text.startswith("Round 2 of disc.mkv: 6 frames")
    assert "nobody has said anything yet" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export", "{p}", "--format", "coco", "--out", "{t}/m.json"), "no masks to export"),
        (("export", "{p}", "--format", "coco", "--out", "{t}/clip.mkv"), "is there already"),
        (("export", "{p}", "--format", "video", "--out", "{t}/m"), "cannot be written as a video"),
        (("import", "{p}", "{t}/none.json"), "cannot be read"),
        (("import", "nobody", "{t}/none.json"), "No mask project"),
        (("round", "{p}", "--granularity", "hexagons"), "names no pieces"),
        (("round", "{p}", "--range", "soon"), "no range of seconds"),
        (("new", "{t}/clip.mkv", "--classes", "a=red"), "names no class"),
        (("new", "{t}/clip.mkv", "--classes", "a,a"), "cannot be used"),
        (("new", "{t}/clip.mkv", "--classes", " , "), "at least one class"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    project: str,
    words: tuple[str, ...],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = [word.format(p=project, t=tmp_path) for word in words]
    assert main(["annotate", *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_masks_of_another_size_or_of_frames_that_are_not_there_change_nothing(
    project: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def coco(name: str, width: int, frame: int) -> str:
        image = {"id": 1, "file_name": f"{frame}.png", "width": width, "height": 96}
        runs = {"size": [96, width], "counts": [0, 96 * width]}
        one = {"image_id": 1, "category_id": 1, "segmentation": runs}
        categories = [{"id": 1, "name": "corrupt"}]
        document = {"images": [image], "annotations": [one], "categories": categories}
        (tmp_path / name).write_text(json.dumps(document))
        return str(tmp_path / name)

    for file, sentence in (
        (coco("wide.json", 161, 0), "161 x 96, the pictures 160 x 96"),
        (coco("late.json", 160, 25), "no frame number 25; it has 25"),
    ):
        assert main(["annotate", "import", project, file]) == 1
        assert sentence in capsys.readouterr().err
    assert said(capsys, "import", project, coco("good.json", 160, 24)).startswith("1 frames")
    (listed,) = json.loads(said(capsys, "list", "--json"))["projects"]
    assert listed["frames"] == {"done": 1}
