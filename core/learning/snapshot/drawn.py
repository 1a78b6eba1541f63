"""What people drew of the damage that they confirmed, as cells that the network tells apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.annotation.layer import flatten
from core.domain.mask import FrameMask, MaskProject
from core.domain.sample import CELL_PX, DrawnFrame, Sample
from core.domain.time import rescale
from core.store.store import Store

CORRUPT = "corrupt"
"""Masks of this class are the truth of block corruption."""

MOST_FRAMES = 6
"""Of a sample; spread evenly over what people drew."""

_UNSAID = 255


def with_drawn(store: Store, sample: Sample) -> Sample:
    """A sample with the frames in which people drew the damage, where they did.

    Frames that nobody finished count where somebody spoke; predictions never do.

    Raises:
        KnownError: A mask in the store is damaged.
    """
    if not sample.kind.is_defect:
        return sample
    drawn: dict[int, DrawnFrame] = {}
    for project in store.masks.all(sample.fingerprint):
        if project.stream == sample.stream and project.class_named(CORRUPT) is not None:
            for frame in _frames(store, project, sample):
                drawn[frame.pts] = frame
    return replace(sample, drawn=tuple(drawn[pts] for pts in sorted(drawn)))


def drawn_cells(drawn: DrawnFrame) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Share of each cell that is damaged, and where people said what is there.

    Returns:
        Both of shape (rows, columns); a share is 0 where nobody said anything.
    """
    values = np.frombuffer(bytes.fromhex(drawn.shares), np.uint8).reshape(-1, drawn.columns)
    said = np.asarray(values != _UNSAID)
    return (values * said).astype(np.float32) / np.float32(254), said


def _frames(store: Store, project: MaskProject, sample: Sample) -> list[DrawnFrame]:
    span = sample.span
    inside = [
        pts
        for pts in store.masks.frames(project.id)
        if span.start <= rescale(pts, project.base, span.base) < span.end
    ]
    masks = [flatten(project, pts, store.masks.layers(project.id, pts)) for pts in inside]
    wanted = project.class_named(CORRUPT)
    assert wanted is not None
    shown = [m for m in masks if (m.by_person & (m.labels == wanted.number)).any()]
    places = np.unique(np.linspace(0, len(shown) - 1, min(len(shown), MOST_FRAMES)).astype(int))
    return [
        _drawn(shown[place], wanted.number, rescale(shown[place].pts, project.base, span.base))
        for place in places
    ]


def _drawn(mask: FrameMask, number: int, pts: int) -> DrawnFrame:
    damaged = _means(mask.by_person & (mask.labels == number))
    said = _means(mask.by_person) > 0.5
    values = np.where(said, np.rint(254 * damaged), _UNSAID).astype(np.uint8)
    return DrawnFrame(pts, values.shape[1], values.tobytes().hex())


def _means(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean of each cell; those at the far edges may be cut off."""
    height, width = mask.shape
    whole = np.pad(mask, ((0, -height % CELL_PX), (0, -width % CELL_PX)), mode="edge")
    rows, columns = (side // CELL_PX for side in whole.shape)
    means: NDArray[np.float64] = whole.reshape(rows, CELL_PX, columns, CELL_PX).mean(axis=(1, 3))
    return means
