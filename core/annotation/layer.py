"""What the layers of a frame come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from core.domain.mask import (
    UNSAID,
    FrameMask,
    FrameState,
    LabelMap,
    MaskLayer,
    MaskOrigin,
    MaskProject,
)


def counted(layers: Iterable[MaskLayer]) -> list[MaskLayer]:
    """The layers that stand, oldest first: without those taken back and those that take back.

    A layer that takes back one that itself took something back puts that right again.
    """
    ordered = list(layers)
    gone: set[str] = set()
    for layer in reversed(ordered):
        if layer.undoes and layer.id not in gone:
            gone.add(layer.undoes)
    return [layer for layer in ordered if layer.id not in gone and not layer.undoes]


def flatten(project: MaskProject, pts: int, layers: Sequence[MaskLayer]) -> FrameMask:
    """What is known of one frame.

    The newest prediction lies at the bottom; over it come the layers of people and files in the
    order in which they were appended, so that no prediction ever hides what a person said.

    Args:
        project: Gives the size.
        pts: Of the frame.
        layers: All layers of this frame, oldest first.

    Raises:
        ValueError: A layer has another size than the project.
    """
    predictions, said = _parted(layers)
    labels: LabelMap = np.full((project.height, project.width), UNSAID, np.uint8)
    by_person = np.zeros(labels.shape, bool)
    for layer in (*predictions[-1:], *said):
        if layer.labels.shape != labels.shape:
            raise ValueError(f"a layer of {layer.labels.shape} lies over one of {labels.shape}")
        here = layer.labels != UNSAID
        labels[here] = layer.labels[here]
        if layer.origin is not MaskOrigin.PREDICTION:
            by_person |= here
    return FrameMask(
        pts=pts,
        labels=labels,
        by_person=by_person,
        state=_state(predictions, said),
        clicks=sum(one.clicks for one in said),
        layers=(*predictions[-1:], *said),
    )


def state_of(layers: Sequence[MaskLayer]) -> FrameState:
    """How far a frame is, by all its layers, oldest first; their maps are not looked at."""
    return _state(*_parted(layers))


def _parted(layers: Sequence[MaskLayer]) -> tuple[list[MaskLayer], list[MaskLayer]]:
    """The predictions that stand, and what people and files say."""
    standing = counted(layers)
    predictions = [one for one in standing if one.origin is MaskOrigin.PREDICTION]
    return predictions, [one for one in standing if one.origin is not MaskOrigin.PREDICTION]


def _state(predictions: list[MaskLayer], said: list[MaskLayer]) -> FrameState:
    if any(one.complete for one in said):
        return FrameState.DONE
    if said:
        return FrameState.PARTLY
    return FrameState.PREDICTED if predictions else FrameState.UNSEEN
