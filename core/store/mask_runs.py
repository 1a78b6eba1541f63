"""Label maps as bytes: runs of equal numbers, row after row, packed by zlib.

The bytes begin with version, height, width and the number of runs; the numbers of all runs follow,
then their lengths. A 720p map of a few objects takes less than a kilobyte.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from core.domain.mask import LabelMap

_VERSION = 1
_HEAD = struct.Struct("<BIII")
_LEVEL = 6
_MAX_PIXELS = 1 << 28


def pack(labels: LabelMap) -> bytes:
    """A label map as bytes.

    Args:
        labels: uint8, shape (height, width); either may be 0.
    """
    numbers, lengths = _runs(labels)
    body = numbers.tobytes() + lengths.tobytes()
    return _HEAD.pack(_VERSION, *labels.shape, numbers.size) + zlib.compress(body, _LEVEL)


def runs(labels: LabelMap) -> list[list[int]]:
    """Runs of equal numbers, row after row, as pairs of a number and a length."""
    return [list(pair) for pair in zip(*(part.tolist() for part in _runs(labels)), strict=True)]


def _runs(labels: LabelMap) -> tuple[LabelMap, NDArray[np.uint32]]:
    flat = np.ascontiguousarray(labels).ravel()
    starts = np.flatnonzero(np.diff(flat, prepend=~flat[:1]))
    return flat[starts], np.diff(np.append(starts, flat.size)).astype("<u4")


def unpack(data: bytes) -> LabelMap:
    """The label map that `pack` made these bytes of.

    Raises:
        ValueError: They are no label map, or damaged.
    """
    try:
        version, height, width, count = _HEAD.unpack_from(data)
        if version != _VERSION or height * width > _MAX_PIXELS or count > max(height * width, 1):
            raise ValueError("no label map of a version that is known")
        body = _inflated(data[_HEAD.size :], 5 * count)
    except (struct.error, zlib.error) as error:
        raise ValueError("the runs of a label map are damaged") from error
    numbers = np.frombuffer(body, np.uint8, count)
    lengths = np.frombuffer(body, "<u4", count, offset=count)
    if int(lengths.sum(dtype=np.uint64)) != height * width:
        raise ValueError("the runs of a label map do not fill it")
    return np.repeat(numbers, lengths).reshape(height, width)


def _inflated(data: bytes, size: int) -> bytes:
    """Exactly `size` bytes; a few bytes must not become gigabytes."""
    reader = zlib.decompressobj()
    body = reader.decompress(data, max(size, 1))
    if len(body) != size or not reader.eof:
        raise ValueError("the runs of a label map have another length than was said")
    return body
