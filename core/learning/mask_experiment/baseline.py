"""Other ways of labelling a video, counted by the same rule and finished in the same way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Motion, landing
from core.domain.mask import BACKGROUND
from core.learning.mask_experiment.rounds import Ground, Labels, Point


def from_nothing(ground: Ground) -> Point:
    """Nothing is predicted; all is drawn, what gains most first."""
    return ground.point(np.full_like(ground.footage.truth, BACKGROUND), 0, 0)


def key_frames(ground: Ground, distance: int) -> Point:
    """Draw every so many frames; the others take the labels of the nearest along the flow.

    A key frame begins with what the flow brings from the one before, and is corrected or drawn
    anew, whichever is cheaper.

    Args:
        ground: The video.
        distance: From key to key in frames.
    """
    count = len(ground.footage.truth)
    shown = np.zeros_like(ground.footage.truth)
    clicks, keys = 0, list(range(0, count, distance))
    if count - 1 - keys[-1] > distance // 2:
        keys.append(count - 1)
    brought = np.full_like(shown[0], BACKGROUND)
    for place, key in enumerate(keys):
        answer = ground.reviewer.frame(key, brought)
        shown[key] = answer.labels
        clicks += answer.clicks
        if place + 1 < len(keys):
            for number in range(key + 1, keys[place + 1] + 1):
                brought = shown[number - 1] if number == key + 1 else brought
                brought = _carried(brought, ground.motions[number - 1])
    _spread(shown, keys, ground.motions)
    return ground.point(shown, clicks, len(keys))


def _spread(shown: Labels, keys: Sequence[int], motions: Sequence[Motion]) -> None:
    """Fill the frames between keys, each from the nearest."""
    for place, key in enumerate(keys):
        before = keys[place - 1] if place else -1
        after = keys[place + 1] if place + 1 < len(keys) else 2 * len(shown)
        for number in range(key + 1, min((key + after) // 2 + 1, len(shown))):
            shown[number] = _carried(shown[number - 1], motions[number - 1])
        for number in range(key - 1, (before + key) // 2 if place else -1, -1):
            shown[number] = _carried(shown[number + 1], motions[number], back=True)


def _carried(labels: NDArray[np.uint8], motion: Motion, back: bool = False) -> NDArray[np.uint8]:
    row, column, _ = landing(motion.forward if back else motion.backward)
    return np.asarray(labels[row, column], np.uint8)
