"""Masks as a folder of PNGs, a picture a frame, with an index.

A pixel's value is the number of its class, shown in the class's colour: 0 background, 255 unsaid.
`index.json` says what the numbers mean and which time each picture belongs to. Where a folder of
others has no index, the number at the end of a file's name is the number of the frame.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from core.annotation.click import classes_in
from core.annotation.exchange.sheet import Frame, Sheet, classes_of
from core.domain.errors import KnownError
from core.domain.mask import UNSAID, LabelMap, MaskClass

INDEX = "index.json"
_NUMBER = re.compile(r"(\d+)$")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 6


def write_png(sheet: Sheet, folder: Path) -> None:
    """Write a sheet into a folder, which is made.

    Raises:
        OSError: It cannot be written.
    """
    folder.mkdir(parents=True)
    palette = np.zeros((256, 3), np.uint8)
    palette[UNSAID] = 128
    for one in sheet.classes:
        palette[one.number] = list(bytes.fromhex(one.color[1:]))
    frames = []
    for place, frame in enumerate(sheet.frames):
        name = f"frame_{place if frame.number is None else frame.number:06}.png"
        (folder / name).write_bytes(_png(frame.labels, palette))
        frames.append({"file": name, "frame": frame.number, "pts": frame.pts})
    base = None if sheet.base is None else f"{sheet.base.numerator}/{sheet.base.denominator}"
    document = {
        "name": sheet.name,
        "width": sheet.width,
        "height": sheet.height,
        "time_base": base,
        "frame_count": sheet.frame_count,
        "classes": [{"number": c.number, "name": c.name, "color": c.color} for c in sheet.classes],
        "unsaid": UNSAID,
        "frames": frames,
    }
    (folder / INDEX).write_text(json.dumps(document, indent=2), "utf-8")


def _png(labels: LabelMap, palette: np.ndarray[Any, np.dtype[np.uint8]]) -> bytes:
    """A PNG of palette colours (ISO/IEC 15948); OpenCV writes none."""
    height, width = labels.shape
    rows = np.pad(labels, ((0, 0), (1, 0)))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def read_png(folder: Path) -> Sheet:
    """Read a folder of masks, with or without an index.

    Raises:
        KnownError: It cannot be read, or holds no masks.
    """
    try:
        if (folder / INDEX).exists():
            return _indexed(folder, json.loads((folder / INDEX).read_text("utf-8")))
        return _bare(folder)
    except OSError as error:
        raise KnownError(f"{folder.name} cannot be read.", str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownError(
            f"{folder.name} is no folder of masks that can be read.", repr(error)
        ) from error


def _indexed(folder: Path, document: Mapping[str, Any]) -> Sheet:
    width, height = int(document["width"]), int(document["height"])
    frames = []
    for entry in document["frames"]:
        name = str(entry["file"])
        if Path(name).name != name:
            raise ValueError("a picture outside the folder")
        labels = _labels(folder / name)
        if labels.shape != (height, width):
            raise ValueError(f"{name} has another size")
        frames.append(Frame(_whole(entry.get("frame")), _whole(entry.get("pts")), labels))
    classes = tuple(MaskClass(c["number"], c["name"], c["color"]) for c in document["classes"])
    base = document.get("time_base")
    return Sheet(
        str(document["name"]),
        width,
        height,
        Fraction(base) if base else None,
        int(document.get("frame_count", 0)),
        classes,
        tuple(frames),
    )


def _bare(folder: Path) -> Sheet:
    numbered = {}
    for path in sorted(folder.glob("*.png")):
        match = _NUMBER.search(path.stem)
        if match:
            numbered[int(match[1])] = path
    if not numbered:
        raise ValueError("no PNG whose name ends in a number")
    maps = {number: _labels(path) for number, path in sorted(numbered.items())}
    shapes = {labels.shape for labels in maps.values()}
    if len(shapes) > 1:
        raise ValueError("pictures of different sizes")
    ((height, width),) = shapes
    most = max(max(classes_in(labels), default=0) for labels in maps.values())
    frames = tuple(Frame(number, None, labels) for number, labels in maps.items())
    classes = classes_of(f"class {number}" for number in range(1, most + 1))
    return Sheet(folder.name, width, height, None, 0, classes, frames)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _labels(path: Path) -> LabelMap:
    """The values of a PNG of one channel; those of a palette, not its colours."""
    data = path.read_bytes()
    head = struct.unpack_from(">IIBB", data, 16) if data[:8] == _SIGNATURE else None
    if head is None or head[0] * head[1] > 1 << 28:
        raise ValueError(f"{path.name} is no PNG")
    if head[3] == 3:
        return _palette_values(data, head)
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.ndim != 2 or picture.dtype != np.uint8:
        raise ValueError(f"{path.name} is not of one channel of 8 bits")
    return np.asarray(picture, np.uint8)


def _palette_values(data: bytes, head: tuple[int, ...]) -> LabelMap:
    """Values of a PNG with a palette, which OpenCV would turn into colours."""
    width, height, depth, _ = head
    grey = bytearray(data)
    # The same picture called grey: its values come out as they are, once the palette is away.
    grey[25] = 0
    grey[29:33] = struct.pack(">I", zlib.crc32(bytes(grey[12:29])))
    kept, place = bytes(grey[:33]), 33
    while place + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        chunk = data[place : place + length + 12]
        if chunk[4:8] in (b"IDAT", b"IEND"):
            kept += chunk
        place += length + 12
    picture = cv2.imdecode(np.frombuffer(kept, np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None or picture.shape != (height, width):
        raise ValueError("a PNG that cannot be read")
    # Fewer bits are spread over 0..255 where they are grey.
    step = 255 // (2**depth - 1)
    values: LabelMap = np.asarray(picture, np.uint8) // np.uint8(step)
    return values
