"""Masks as COCO JSON: an image a frame, an annotation a class in it, run-length coded.

Images carry `pts`, `time_base` and `frame` besides COCO's own fields, and `unsaid` where part of a
frame was not labelled; readers that do not know these leave them alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.click import classes_in
from core.annotation.exchange.sheet import Frame, Sheet, classes_of, color_of
from core.annotation.run_length import (
    coco_counts,
    coco_text,
    from_coco_counts,
    from_coco_text,
)
from core.domain.errors import KnownError
from core.domain.mask import BACKGROUND, UNSAID, LabelMap, MaskClass

ENDING = ".json"


def write_coco(sheet: Sheet, path: Path) -> None:
    """Write a sheet.

    Raises:
        OSError: The file cannot be written.
    """
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for place, frame in enumerate(sheet.frames, 1):
        images.append(_image(sheet, frame, place))
        for number in classes_in(frame.labels):
            mask = frame.labels == number
            x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": place,
                    "category_id": number,
                    "segmentation": _runs(mask),
                    "area": int(mask.sum()),
                    "bbox": [x, y, width, height],
                    "iscrowd": 0,
                }
            )
    document = {
        "info": {"description": sheet.name, "frame_count": sheet.frame_count},
        "images": images,
        "annotations": annotations,
        "categories": [
            {"id": c.number, "name": c.name, "supercategory": "", "color": c.color}
            for c in sheet.classes
        ],
    }
    path.write_text(json.dumps(document), "utf-8")


def _image(sheet: Sheet, frame: Frame, place: int) -> dict[str, Any]:
    number = place - 1 if frame.number is None else frame.number
    image: dict[str, Any] = {
        "id": place,
        "file_name": f"frame_{number:06}.png",
        "width": sheet.width,
        "height": sheet.height,
        "frame": frame.number,
    }
    if frame.pts is not None and sheet.base is not None:
        image |= {
            "pts": frame.pts,
            "time_base": f"{sheet.base.numerator}/{sheet.base.denominator}",
        }
    unsaid = frame.labels == UNSAID
    return image | {"unsaid": _runs(unsaid)} if unsaid.any() else image


def _runs(mask: NDArray[np.bool_]) -> dict[str, Any]:
    return {"size": list(mask.shape), "counts": coco_text(coco_counts(mask))}


def read_coco(path: Path) -> Sheet:
    """Read a sheet; polygons are filled, later annotations lie over earlier ones.

    Raises:
        KnownError: The file cannot be read, is no COCO file, or holds no frames.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
        return _sheet_of(document, path.stem)
    except OSError as error:
        raise KnownError(f"{path.name} cannot be read.", str(error)) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, cv2.error) as error:
        raise KnownError(
            f"{path.name} is no COCO file with masks that can be read.", repr(error)
        ) from error


def _sheet_of(document: Mapping[str, Any], name: str) -> Sheet:
    images = {image["id"]: image for image in document["images"]}
    if not images:
        raise ValueError("no images")
    first = next(iter(images.values()))
    width, height = int(first["width"]), int(first["height"])
    classes, numbers = _classes(document["categories"])
    maps: dict[Any, LabelMap] = {}
    for key, image in images.items():
        if (image["width"], image["height"]) != (width, height):
            raise ValueError("images of different sizes")
        maps[key] = np.full((height, width), BACKGROUND, np.uint8)
        if "unsaid" in image:
            maps[key][_mask(image["unsaid"], height, width)] = UNSAID
    for one in document.get("annotations", []):
        mask = _mask(one["segmentation"], height, width)
        maps[one["image_id"]][mask] = numbers[one["category_id"]]
    bases = {image["time_base"] for image in images.values() if "time_base" in image}
    if len(bases) > 1:
        raise ValueError("images on different time bases")
    frames = tuple(_frame(image, maps[key]) for key, image in images.items())
    base = Fraction(bases.pop()) if bases else None
    count = int(document.get("info", {}).get("frame_count", 0))
    return Sheet(name, width, height, base, count, classes, frames)


def _classes(categories: list[dict[str, Any]]) -> tuple[tuple[MaskClass, ...], dict[Any, int]]:
    """Classes, with the file's own numbers where label maps can hold them."""
    ids = [category["id"] for category in categories]
    if all(isinstance(i, int) and 1 <= i <= 254 for i in ids) and len(set(ids)) == len(ids):
        classes = tuple(
            MaskClass(c["id"], str(c["name"]), str(c.get("color") or color_of(c["id"])).lower())
            for c in categories
        )
    else:
        classes = classes_of(str(category["name"]) for category in categories)
    by_name = {one.name: one.number for one in classes}
    return classes, {category["id"]: by_name[str(category["name"])] for category in categories}


def _frame(image: Mapping[str, Any], labels: LabelMap) -> Frame:
    number = image.get("frame")
    pts = image.get("pts") if "time_base" in image else None
    if number is None and pts is None:
        digits = "".join(c if c.isdigit() else " " for c in Path(image["file_name"]).stem).split()
        number = digits[-1]
    return Frame(None if number is None else int(number), None if pts is None else int(pts), labels)


def _mask(segmentation: Any, height: int, width: int) -> NDArray[np.bool_]:
    """Of runs, packed or not, or of polygons."""
    if isinstance(segmentation, Mapping):
        if list(segmentation["size"]) != [height, width]:
            raise ValueError("a mask of another size than its image")
        counts = segmentation["counts"]
        runs = from_coco_text(counts) if isinstance(counts, str) else [int(n) for n in counts]
        return from_coco_counts(runs, height, width)
    canvas = np.zeros((height, width), np.uint8)
    for outline in segmentation:
        points = np.rint(np.array(outline, float).reshape(-1, 2)).astype(np.int32)
        cv2.fillPoly(canvas, [points], (1,))
    return canvas.astype(bool)
