"""What decoys are painted with: RGB layers for pictures of any layout, cells of any size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.simulate.kind import Picture, Plane

Paint = NDArray[np.uint8]
"""RGB or RGBA, shape (h, w, 3 or 4)."""

Field = NDArray[np.float32]
"""One value a pixel, shape (h, w)."""

_TO_YCC = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.1146, -0.3854, 0.5], [0.5, -0.4542, -0.0458]], np.float32
)
_TO_RGB = np.array([[1, 0, 1.5748], [1, -0.1873, -0.4681], [1, 1.8556, 0]], np.float32)
_EIGHT_BIT_TOP = 255.0


def as_rgb(picture: Picture) -> Paint:
    """The colours of a picture, by BT.709, whose matrix does for what is only to look odd."""
    size = (picture.width, picture.height)
    span = picture.white - picture.black
    reach = picture.top if picture.full_range else 224 << (picture.depth - 8)
    planes = [(picture.luma.astype(np.float32) - picture.black) * (_EIGHT_BIT_TOP / span)]
    for plane in picture.chroma or ():
        part = (plane.astype(np.float32) - picture.neutral) * (_EIGHT_BIT_TOP / reach)
        planes.append(resized(part, size, cv2.INTER_LINEAR))
    if len(planes) == 1:
        planes += [np.zeros_like(planes[0])] * 2
    rgb = cv2.transform(cv2.merge(planes), _TO_RGB)
    return np.asarray(np.clip(rgb, 0, 255), np.uint8)


def shown(rgb: Paint, like: Picture) -> Picture:
    """A picture of the layout of another that shows RGB colours.

    Args:
        rgb: As large as `like`.
        like: Gives shape, type, depth and range.
    """
    return coded(like, _parts(rgb, like))


def laid(picture: Picture, rgb: Paint, alpha: NDArray[Any]) -> Picture:
    """A picture with paint over it.

    Args:
        picture: What lies below.
        rgb: As large as the picture.
        alpha: 0 to 255 (uint8) or 0 to 1 (float32): how much the paint hides.
    """
    scale = 1 / _EIGHT_BIT_TOP if alpha.dtype == np.uint8 else 1.0
    weight = np.multiply(alpha, scale, dtype=np.float32)
    planes = []
    for part, plane in zip(_parts(rgb, picture), picture.planes, strict=True):
        mine = plane.astype(np.float32)
        size = (plane.shape[1], plane.shape[0])
        mixed = mine + (part - mine) * resized(weight, size)
        planes.append(mixed)
    return coded(picture, planes)


def painted(picture: Picture, layer: Paint) -> Picture:
    """A picture with an RGBA layer over it."""
    return laid(picture, np.ascontiguousarray(layer[..., :3]), layer[..., 3])


def mixed_by(first: Picture, second: Picture, mask: NDArray[np.bool_]) -> Picture:
    """`second` where the mask (of luma's shape) is set, `first` elsewhere; edges stay hard."""
    planes = []
    for mine, theirs in zip(first.planes, second.planes, strict=True):
        rows = np.arange(mine.shape[0]) * mask.shape[0] // mine.shape[0]
        columns = np.arange(mine.shape[1]) * mask.shape[1] // mine.shape[1]
        planes.append(np.where(mask[np.ix_(rows, columns)], theirs, mine))
    return _rebuilt(first, planes)


def scaled(picture: Picture, like: Picture, interpolation: int = cv2.INTER_CUBIC) -> Picture:
    """A picture enlarged or reduced to the shape of another."""
    planes = [
        resized(mine, (theirs.shape[1], theirs.shape[0]), interpolation)
        for mine, theirs in zip(picture.planes, like.planes, strict=True)
    ]
    return coded(like, planes)


def resized(plane: NDArray[Any], size: tuple[int, int], how: int = cv2.INTER_AREA) -> NDArray[Any]:
    """A plane at (width, height); as it is where it has that size."""
    if (plane.shape[1], plane.shape[0]) == size:
        return plane
    return np.asarray(cv2.resize(plane, size, interpolation=how))


def pixelated(picture: Picture, cell: float, start: tuple[float, float]) -> Picture:
    """A picture of flat cells, each of the mean colour of what it hides.

    Args:
        picture: What is hidden.
        cell: Side of a cell in luma pixels; luma and colour change at the same places.
        start: Rows and columns by which the grid begins before the picture.
    """
    planes = []
    for plane in picture.planes:
        picks = [
            np.floor((np.arange(n) * (whole / n) + phase) / cell).astype(np.int64)
            for n, whole, phase in zip(
                plane.shape, (picture.height, picture.width), start, strict=True
            )
        ]
        planes.append(_cell_means(plane, picks))
    return _rebuilt(picture, planes)


def turning(way: NDArray[np.floating], farthest: ArrayLike) -> NDArray[np.float64]:
    """A way from the middle that turns round at both ends, so that it never leads farther."""
    end = np.asarray(farthest, np.float64)
    back = np.abs((way - end) % (4 * end) - 2 * end) - end
    return np.where(np.abs(way) <= end, way, back)


def _cell_means(plane: Plane, picks: Sequence[NDArray[np.int64]]) -> Plane:
    means: NDArray[Any] = plane.astype(np.float32)
    places = []
    for axis, pick in enumerate(picks):
        _values, starts, place, counts = np.unique(
            pick, return_index=True, return_inverse=True, return_counts=True
        )
        shape = (-1, 1) if axis == 0 else (1, -1)
        means = np.add.reduceat(means, starts, axis=axis) / counts.reshape(shape)
        places.append(place)
    codes = np.rint(means).astype(plane.dtype)
    return np.asarray(codes[places[0]][:, places[1]])


def _parts(rgb: Paint, like: Picture) -> list[Field]:
    """Luma, Cb and Cr of paint in the codes and shapes of a picture, not yet rounded."""
    ycc = cv2.transform(np.asarray(rgb, np.float32), _TO_YCC)
    span = like.white - like.black
    reach = like.top if like.full_range else 224 << (like.depth - 8)
    parts = [ycc[..., 0] * (span / _EIGHT_BIT_TOP) + like.black]
    for index, plane in enumerate(like.planes[1:], start=1):
        small = resized(np.ascontiguousarray(ycc[..., index]), (plane.shape[1], plane.shape[0]))
        parts.append(small * (reach / _EIGHT_BIT_TOP) + like.neutral)
    return parts


def coded(like: Picture, parts: Sequence[NDArray[Any]]) -> Picture:
    """A picture of the type and depth of another from planes of numbers, rounded and clipped."""
    planes = [
        np.asarray(np.clip(np.rint(part), 0, like.top), plane.dtype)
        for part, plane in zip(parts, like.planes, strict=True)
    ]
    return _rebuilt(like, planes)


def _rebuilt(like: Picture, planes: Sequence[Plane]) -> Picture:
    return like.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)
