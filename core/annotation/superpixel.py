"""Superpixels of a video that stay the same from frame to frame.

The first picture of a shot is cut up by scikit-image's SLIC (Achanta and others, "SLIC superpixels
compared to state-of-the-art superpixel methods", TPAMI 2012). Each further picture takes the
superpixels of the one before along the optical flow; what was hidden there goes to the nearest;
then pixels at borders move to the neighbour that they are more like, by SLIC's own distance. What
became too small is given up, what fell apart or became too large is divided, under a new number.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Motion, Picture, landing, motion

Numbers = NDArray[np.int32]
"""Number of the region of each pixel, shape (height, width)."""

COMPACTNESS = 10.0
"""SLIC's balance of place against colour."""

_PASSES = 2
_SMALL, _LARGE = 0.2, 2.5
_NOBODY = -1


def superpixels(
    pictures: Sequence[Picture], size_px: int, moved: Sequence[Motion] = ()
) -> NDArray[np.int32]:
    """Cut a video up.

    Args:
        pictures: In order, all of one size.
        size_px: Edge of a square as large as a superpixel is on average.
        moved: Of each picture to its next, where that is known already.

    Returns:
        Shape (n, height, width); the same number is the same thing.
    """
    if not len(pictures):
        return np.zeros((0, 0, 0), np.int32)
    found = [_anew(pictures[0], size_px)]
    free = int(found[0].max()) + 1
    for place in range(1, len(pictures)):
        before, now = pictures[place - 1], pictures[place]
        how = moved[place - 1] if len(moved) else motion(before, now)
        if how.seen_before.any():
            numbers = _carried(found[-1], how)
            numbers = _refined(now, numbers, size_px)
            numbers, free = _mended(numbers, size_px, free)
        else:
            numbers = _anew(now, size_px) + np.int32(free)
            free = int(numbers.max()) + 1
        found.append(numbers)
    return np.stack(found)


def kept_share(numbers: NDArray[np.int32], moved: Sequence[Motion]) -> float:
    """How stable regions are: of the pixels seen in two pictures running, the share that keeps its
    number along the flow.

    Args:
        numbers: Shape (n, height, width).
        moved: Of each picture to its next.
    """
    kept = seen = 0
    for place, how in enumerate(moved):
        row, column, _ = landing(how.forward)
        same = numbers[place + 1][row, column] == numbers[place]
        kept += int((same & how.seen).sum())
        seen += int(how.seen.sum())
    return kept / seen if seen else 1.0


def _anew(picture: Picture, size_px: int) -> Numbers:
    height, width = picture.shape[:2]
    count = max(round(height * width / size_px**2), 1)
    if count == 1:
        return np.zeros((height, width), np.int32)
    # Half a second to import, which a desk that asks for no superpixels does not wait for.
    from skimage.segmentation import slic

    cut: NDArray[np.int64] = slic(
        picture, count, compactness=COMPACTNESS, start_label=0, channel_axis=-1
    )
    return cut.astype(np.int32)


def _carried(before: Numbers, how: Motion) -> Numbers:
    row, column, _ = landing(how.backward)
    return _filled(np.where(how.seen_before, before[row, column], np.int32(_NOBODY)))


def _filled(numbers: Numbers) -> Numbers:
    """Give what is nobody's to the nearest region."""
    nobodys = numbers == _NOBODY
    if not nobodys.any():
        return numbers
    if nobodys.all():
        return np.zeros_like(numbers)
    from scipy import ndimage

    nearest = ndimage.distance_transform_edt(nobodys, return_distances=False, return_indices=True)
    filled: Numbers = numbers[tuple(nearest)]
    return filled


def _refined(picture: Picture, numbers: Numbers, size_px: int) -> Numbers:
    """Move pixels at borders to the neighbour that they are more like."""
    height, width = numbers.shape
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    y, x = np.mgrid[:height, :width].astype(np.float32) * (COMPACTNESS / size_px)
    points = np.concatenate([lab, y[..., None], x[..., None]], axis=2).reshape(-1, 5)
    known, flat = np.unique(numbers, return_inverse=True)
    flat = flat.reshape(-1)
    for _ in range(_PASSES):
        sizes = np.maximum(np.bincount(flat, minlength=len(known)), 1)
        centres = np.stack(
            [np.bincount(flat, points[:, c], len(known)) / sizes for c in range(5)], axis=1
        ).astype(np.float32)
        padded = np.pad(flat.reshape(height, width), 1, mode="edge")
        around = np.stack(
            [
                padded[1:-1, 1:-1],
                padded[:-2, 1:-1],
                padded[2:, 1:-1],
                padded[1:-1, :-2],
                padded[1:-1, 2:],
            ],
            axis=2,
        ).reshape(-1, 5)
        edge = np.flatnonzero((around != around[:, :1]).any(axis=1))
        choices = around[edge]
        gap = ((centres[choices] - points[edge][:, None]) ** 2).sum(axis=2)
        flat = flat.copy()
        flat[edge] = choices[np.arange(len(edge)), gap.argmin(axis=1)]
    return known[flat].reshape(height, width).astype(np.int32)


def _mended(numbers: Numbers, size_px: int, free: int) -> tuple[Numbers, int]:
    """Give up crumbs, and number what fell apart or grew too large anew.

    Returns:
        The regions, and the first number that is free then.
    """
    from skimage.measure import label as components_of

    parts = np.asarray(components_of(numbers, background=_NOBODY, connectivity=1)) - 1
    sizes = np.bincount(parts.ravel())
    owner = np.zeros(len(sizes), np.int32)
    owner[parts.ravel()] = numbers.ravel()
    order = np.lexsort((-sizes, owner))
    first = np.ones(len(order), bool)
    first[1:] = owner[order][1:] != owner[order][:-1]
    main = np.zeros(len(sizes), bool)
    main[order[first]] = True
    crumb = sizes < _SMALL * size_px**2
    # Of a video with nothing but crumbs, for example a small one, the largest stays.
    crumb[sizes.argmax()] = False
    split = np.flatnonzero(~main & ~crumb)
    named = owner.copy()
    named[split] = free + np.arange(len(split))
    free += len(split)
    named[crumb] = _NOBODY
    mended = _filled(named[parts].astype(np.int32))
    return _divided(mended, size_px, free)


def _divided(numbers: Numbers, size_px: int, free: int) -> tuple[Numbers, int]:
    """Cut what grew too large in two across its length; the further half gets a new number."""
    known, sizes = np.unique(numbers, return_counts=True)
    large = known[sizes > _LARGE * size_px**2]
    divided = numbers.copy()
    for number in large:
        rows, columns = np.nonzero(numbers == number)
        along = rows if np.ptp(rows) > np.ptp(columns) else columns
        far = along > np.median(along)
        if far.any() and not far.all():
            divided[rows[far], columns[far]] = free
            free += 1
    return divided, free
