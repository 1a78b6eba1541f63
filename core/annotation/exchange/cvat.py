"""Masks as CVAT's XML for video, version 1.1: a track of one frame for each class in each frame.

A mask's `rle` counts unset and set pixels in turn, row after row within its box, unset ones first.
CVAT knows no unlabelled part of a frame: what is unsaid is written as the label `unsaid`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.exchange.sheet import Frame, Sheet, classes_of, color_of
from core.annotation.run_length import coco_counts, from_coco_counts
from core.domain.errors import KnownError
from core.domain.mask import BACKGROUND, UNSAID, LabelMap, MaskClass

ENDING = ".xml"
_UNSAID_LABEL = "unsaid"
_MOST_BYTES = 1 << 30


def write_cvat(sheet: Sheet, path: Path) -> None:
    """Write a sheet; frames are named by number, so each needs one.

    Raises:
        ValueError: A frame has no number.
        OSError: The file cannot be written.
    """
    root = ElementTree.Element("annotations")
    ElementTree.SubElement(root, "version").text = "1.1"
    task = ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "task")
    last = max((frame.number or 0 for frame in sheet.frames), default=0)
    for tag, text in (
        ("name", sheet.name),
        ("size", str(sheet.frame_count or last + 1)),
        ("mode", "interpolation"),
    ):
        ElementTree.SubElement(task, tag).text = text
    labels = ElementTree.SubElement(task, "labels")
    for one in sheet.classes:
        label = ElementTree.SubElement(labels, "label")
        for tag, text in (("name", one.name), ("color", one.color), ("type", "mask")):
            ElementTree.SubElement(label, tag).text = text
    size = ElementTree.SubElement(task, "original_size")
    ElementTree.SubElement(size, "width").text = str(sheet.width)
    ElementTree.SubElement(size, "height").text = str(sheet.height)
    names = {one.number: one.name for one in sheet.classes} | {UNSAID: _UNSAID_LABEL}
    tracks = (
        (frame, frame.labels == number, names[int(number)])
        for frame in sheet.frames
        for number in np.unique(frame.labels)
        if number != BACKGROUND
    )
    for place, (frame, mask, shown) in enumerate(tracks):
        _add_track(root, place, frame, mask, shown)
    ElementTree.indent(root)
    path.write_bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _add_track(
    root: ElementTree.Element, place: int, frame: Frame, mask: NDArray[np.bool_], label: str
) -> None:
    if frame.number is None:
        raise ValueError("CVAT names frames by number, and this one has none")
    track = ElementTree.SubElement(
        root, "track", {"id": str(place), "label": label, "source": "manual"}
    )
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    inside = mask[y : y + height, x : x + width]
    shape = {
        "rle": ", ".join(map(str, coco_counts(inside.T))),
        "left": str(x),
        "top": str(y),
        "width": str(width),
        "height": str(height),
        "occluded": "0",
        "z_order": "0",
        "keyframe": "1",
    }
    for number, outside in ((frame.number, "0"), (frame.number + 1, "1")):
        ElementTree.SubElement(track, "mask", {"frame": str(number), "outside": outside, **shape})


def read_cvat(path: Path) -> Sheet:
    """Read masks and polygons of a file of CVAT's for video; later tracks lie over earlier ones.

    Raises:
        KnownError: The file cannot be read, is none of CVAT's, or holds no frames.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise KnownError(f"{path.name} is too large to be masks.")
        text = path.read_text("utf-8")
        # Entities of its own are what such a file never has, and how a small one grows huge.
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ValueError("declares entities")
        return _sheet_of(ElementTree.fromstring(text), path.stem)
    except OSError as error:
        raise KnownError(f"{path.name} cannot be read.", str(error)) from error
    except (ValueError, KeyError, TypeError, ElementTree.ParseError, cv2.error) as error:
        raise KnownError(
            f"{path.name} is no file of CVAT's for video with masks that can be read.", repr(error)
        ) from error


def _sheet_of(root: ElementTree.Element, name: str) -> Sheet:
    task = root.find("meta/task")
    task = root.find("meta/job") if task is None else task
    if task is None:
        raise ValueError("no task")
    width, height = (int(task.findtext(f"original_size/{side}", "")) for side in _SIDES)
    if not 0 < width * height <= 1 << 28:
        raise ValueError("no size that a picture has")
    classes = _classes(task)
    numbers = {one.name: one.number for one in classes} | {_UNSAID_LABEL: UNSAID}
    maps: dict[int, LabelMap] = {}
    for track in root.findall("track"):
        number = numbers[track.attrib["label"]]
        for shape in track:
            if shape.tag in ("mask", "polygon") and shape.attrib.get("outside") != "1":
                frame = int(shape.attrib["frame"])
                labels = maps.setdefault(frame, np.full((height, width), BACKGROUND, np.uint8))
                _paint(labels, shape, number)
    if not maps:
        raise ValueError("no masks and no polygons")
    count = int(task.findtext("size", "0"))
    frames = tuple(Frame(place, None, maps[place]) for place in sorted(maps))
    return Sheet(task.findtext("name") or name, width, height, None, count, classes, frames)


_SIDES = ("width", "height")


def _classes(task: ElementTree.Element) -> tuple[MaskClass, ...]:
    labels = [
        (label.findtext("name", ""), label.findtext("color", "").lower())
        for label in task.findall("labels/label")
    ]
    labels = [(name, color) for name, color in labels if name != _UNSAID_LABEL]
    colors = dict(labels)
    return tuple(
        MaskClass(one.number, one.name, colors[one.name] or color_of(one.number))
        for one in classes_of(name for name, _ in labels)
    )


def _paint(labels: LabelMap, shape: ElementTree.Element, number: int) -> None:
    if shape.tag == "polygon":
        canvas = np.zeros(labels.shape, np.uint8)
        pairs = [pair.split(",") for pair in shape.attrib["points"].split(";")]
        points = np.rint(np.array(pairs, float)).astype(np.int32)
        cv2.fillPoly(canvas, [points], (1,))
        labels[canvas > 0] = number
        return
    left, top, width, height = (
        int(shape.attrib[name]) for name in ("left", "top", "width", "height")
    )
    runs: Sequence[int] = [int(run) for run in shape.attrib["rle"].split(",")]
    if min(left, top) < 0 or top + height > labels.shape[0] or left + width > labels.shape[1]:
        raise ValueError("a mask reaches over the picture")
    inside = from_coco_counts(runs, width, height).T
    labels[top : top + height, left : left + width][inside] = number
