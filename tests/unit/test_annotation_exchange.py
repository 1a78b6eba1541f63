"""Masks go out to other programs and come back as they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from helpers.mask_value import CLASSES

from core.annotation.exchange.coco import read_coco, write_coco
from core.annotation.exchange.cvat import read_cvat, write_cvat
from core.annotation.exchange.png import read_png, write_png
from core.annotation.exchange.sheet import Frame, Sheet, classes_of, renumbered
from core.domain.errors import KnownError
from core.domain.mask import UNSAID


def make_sheet() -> Sheet:
    rng = np.random.default_rng(5)
    frames = []
    for number in (0, 3, 4):
        labels = np.zeros((36, 52), np.uint8)
        labels[5:20, 4:30] = 1
        labels[12:30, 20 : 25 + number] = 2
        labels[rng.random(labels.shape) < 0.05] = UNSAID
        frames.append(Frame(number, 1000 + 40 * number, labels))
    return Sheet("Blocks & <logo>", 52, 36, Fraction(1, 1000), 9, CLASSES, tuple(frames))


def assert_maps_equal(found: Sheet, sheet: Sheet) -> None:
    assert (found.width, found.height) == (sheet.width, sheet.height)
    assert found.classes == sheet.classes
    assert [frame.number for frame in found.frames] == [frame.number for frame in sheet.frames]
    for mine, theirs in zip(found.frames, sheet.frames, strict=True):
        np.testing.assert_array_equal(mine.labels, theirs.labels)


@pytest.mark.parametrize(
    ("write", "read", "name"),
    [
        (write_coco, read_coco, "masks.json"),
        (write_cvat, read_cvat, "masks.xml"),
        (write_png, read_png, "masks"),
    ],
)
def test_masks_come_back_as_they_went(
    write: Callable[[Sheet, Path], None],
    read: Callable[[Path], Sheet],
    name: str,
    tmp_path: Path,
) -> None:
    sheet = make_sheet()
    write(sheet, tmp_path / name)
    found = read(tmp_path / name)
    assert_maps_equal(found, sheet)
    assert found.frame_count == 9
    if write is not write_cvat:
        assert found.base == sheet.base
        assert [frame.pts for frame in found.frames] == [frame.pts for frame in sheet.frames]


def test_coco_says_area_and_box_of_each_class(tmp_path: Path) -> None:
    labels = np.zeros((10, 20), np.uint8)
    labels[2:5, 3:9] = 1
    sheet = Sheet("s", 20, 10, None, 1, CLASSES, (Frame(0, None, labels),))
    write_coco(sheet, tmp_path / "m.json")
    (one,) = json.loads((tmp_path / "m.json").read_text())["annotations"]
    assert (one["area"], one["bbox"]) == (18, [3, 2, 6, 3])


def test_coco_polygons_and_plain_runs_of_others_are_read(tmp_path: Path) -> None:
    document = {
        "images": [{"id": "a", "file_name": "shot_0007.jpg", "width": 8, "height": 4}],
        "categories": [{"id": 300, "name": "dirt"}, {"id": 7, "name": "hair"}],
        "annotations": [
            {"image_id": "a", "category_id": 300, "segmentation": [[1, 1, 4, 1, 4, 2, 1, 2]]},
            {
                "image_id": "a",
                "category_id": 7,
                "segmentation": {"size": [4, 8], "counts": [28, 2, 2]},
            },
        ],
    }
    (tmp_path / "m.json").write_text(json.dumps(document))
    sheet = read_coco(tmp_path / "m.json")
    assert [one.name for one in sheet.classes] == ["dirt", "hair"]
    (frame,) = sheet.frames
    assert frame.number == 7
    assert frame.labels[1:3, 1:5].tolist() == [[1] * 4] * 2
    assert frame.labels[:, 7].tolist() == [2, 2, 0, 0]


def test_cvat_ends_each_track_after_its_frame(tmp_path: Path) -> None:
    write_cvat(make_sheet(), tmp_path / "m.xml")
    root = ElementTree.parse(tmp_path / "m.xml").getroot()
    for track in root.findall("track"):
        first, last = track.findall("mask")
        assert int(last.attrib["frame"]) == int(first.attrib["frame"]) + 1
        assert (first.attrib["outside"], last.attrib["outside"]) == ("0", "1")


def test_cvat_polygons_are_filled(tmp_path: Path) -> None:
    (tmp_path / "m.xml").write_text(
        "<annotations><meta><task><size>3</size><labels><label><name>dirt</name></label></labels>"
        "<original_size><width>10</width><height>6</height></original_size></task></meta>"
        '<track id="0" label="dirt"><polygon frame="2" outside="0" '
        'points="1.0,1.0;4.0,1.0;4.0,3.0;1.0,3.0"/></track></annotations>'
    )
    (frame,) = read_cvat(tmp_path / "m.xml").frames
    assert frame.number == 2
    assert frame.labels.sum() == 12


@pytest.mark.parametrize("depth", ["grey", "palette"])
def test_a_folder_of_numbered_pngs_without_an_index_is_read(depth: str, tmp_path: Path) -> None:
    labels = make_sheet().frames[0].labels.copy()
    if depth == "grey":
        cv2.imwrite(str(tmp_path / "mask_0012.png"), labels)
    else:
        sheet = make_sheet()
        write_png(sheet, tmp_path / "out")
        data = (tmp_path / "out" / "frame_000000.png").read_bytes()
        (tmp_path / "mask_0012.png").write_bytes(data)
    found = read_png(tmp_path)
    assert found.frames[0].number == 12
    np.testing.assert_array_equal(found.frames[0].labels, labels)
    assert [one.name for one in found.classes] == ["class 1", "class 2"]


def test_pngs_show_the_colours_of_the_classes(tmp_path: Path) -> None:
    write_png(make_sheet(), tmp_path / "out")
    picture = cv2.imread(str(tmp_path / "out" / "frame_000000.png"), cv2.IMREAD_COLOR)
    assert picture is not None
    shown = {tuple(int(c) for c in color) for color in picture.reshape(-1, 3)}
    assert (0x00, 0x9F, 0xE6) in shown


@pytest.mark.parametrize(
    ("read", "name", "content"),
    [
        (read_coco, "m.json", "{"),
        (read_coco, "m.json", '{"images": [], "annotations": [], "categories": []}'),
        (read_coco, "m.json", "[1, 2]"),
        (read_cvat, "m.xml", "<annotations>"),
        (read_cvat, "m.xml", "<annotations/>"),
        (read_cvat, "m.xml", '<!DOCTYPE a [<!ENTITY b "c">]><annotations>&b;</annotations>'),
        (read_png, "index.json", '{"frames": [{"file": "../x.png"}], "width": 1, "height": 1}'),
    ],
)
def test_what_holds_no_masks_is_refused_in_a_sentence(
    read: Callable[[Path], Sheet], name: str, content: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(KnownError, match="can be read"):
        read(tmp_path if read is read_png else tmp_path / name)


def test_a_missing_file_and_a_picture_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        read_coco(tmp_path / "none.json")
    with pytest.raises(KnownError, match="cannot be read"):
        read_cvat(tmp_path / "none.xml")
    (tmp_path / "m1.png").write_bytes(b"nothing")
    with pytest.raises(KnownError, match="can be read"):
        read_png(tmp_path)


def test_classes_are_matched_by_name_and_a_missing_one_is_said() -> None:
    sheet = make_sheet()
    turned = tuple(reversed(classes_of(["logo", "corrupt"])))
    found = renumbered(sheet, turned)
    assert (found.frames[0].labels == 2).sum() == (sheet.frames[0].labels == 1).sum()
    with pytest.raises(KnownError, match="no class for logo"):
        renumbered(sheet, classes_of(["corrupt"]))
