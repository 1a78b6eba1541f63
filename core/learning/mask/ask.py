"""Which pieces of a video to ask about next.

A piece is as unsure as its pixels are on average, by the entropy of what the network says of them;
pixels that a person has spoken of are left out, and so are pieces that are mostly spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.selection.diversity import uncertain_half_clusters

Rule = Literal["hvsa", "uncertainty", "diversity", "random"]
"""`hvsa`: the most uncertain half in as many clusters as are asked, of each the nearest its centre.
`uncertainty`: the most uncertain. `diversity`: clusters of all, whatever their uncertainty.
`random`: by chance."""

RULES: tuple[Rule, ...] = get_args(Rule)

Probabilities = NDArray[np.float16]
"""Of each class, shape (n, height, width, classes)."""

_ANSWERED_SHARE = 0.5
_MOST_CLUSTERED = 50_000
"""Drawn by chance from more pieces than that; clusters of half a million take minutes."""
_LEAST = 1e-7


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A piece of a video.

    Attributes:
        frame: Its number.
        id: Of the piece, as `core.annotation.granularity.regions` numbers it.
    """

    frame: int
    id: int


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """All pieces of a video, frame by frame, in each in the order of their numbers.

    Attributes:
        frames: Frame of each piece, shape (m,).
        ids: Number of each within its frame, shape (m,).
        places: For each frame, which piece each pixel is of; made when it is asked for.
    """

    frames: NDArray[np.int64]
    ids: NDArray[np.int64]
    _regions: NDArray[np.int32]

    def places(self) -> Iterator[tuple[slice, NDArray[np.intp]]]:
        """For each frame: where its pieces are in `frames`, and which of them each pixel is of."""
        start = 0
        for numbers in self._regions:
            known, place = np.unique(numbers, return_inverse=True)
            yield slice(start, start + len(known)), place.reshape(-1)
            start += len(known)

    def __len__(self) -> int:
        return len(self.frames)


def pieces_of(regions: NDArray[np.int32]) -> Pieces:
    """List the pieces of a video; embeddings come in this order.

    Args:
        regions: Shape (n, height, width).
    """
    known = [np.unique(numbers).astype(np.int64) for numbers in regions]
    frames = [np.full(len(ids), frame) for frame, ids in enumerate(known)]
    none = np.zeros(0, np.int64)
    return Pieces(np.concatenate([none, *frames]), np.concatenate([none, *known]), regions)


def uncertainty_map(probabilities: Probabilities) -> NDArray[np.float32]:
    """Entropy of what is said of each pixel, as a share of the largest possible.

    Args:
        probabilities: Shape (..., classes).

    Returns:
        Shape (...), 0..1.
    """
    p = np.clip(probabilities.astype(np.float32), _LEAST, 1)
    found: NDArray[np.float32] = -(p * np.log(p)).sum(axis=-1) / np.log(max(p.shape[-1], 2))
    return np.clip(found, 0, 1)


def uncertainty_of(
    probabilities: Probabilities, pieces: Pieces, answered: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How unsure each piece is, and which are still to be asked about.

    Args:
        probabilities: Shape (n, height, width, classes).
        pieces: Of the same video.
        answered: Where a person has said what is there, shape (n, height, width).

    Returns:
        Mean uncertainty of the pixels that nobody spoke of, and whether these are more than half.
    """
    unsure, open_ = np.zeros(len(pieces)), np.zeros(len(pieces), bool)
    for frame, (where, place) in enumerate(pieces.places()):
        doubt = uncertainty_map(probabilities[frame])
        unsure[where], open_[where] = uncertainty_in(doubt, place, answered[frame])
    return unsure, open_


def uncertainty_in(
    doubt: NDArray[np.float32], place: NDArray[np.intp], answered: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """`uncertainty_of` for the pieces of one frame.

    Args:
        doubt: As `uncertainty_map` gives it, shape (height, width).
        place: Which piece each pixel is of, shape (height * width,).
        answered: Shape (height, width).
    """
    free = ~answered.reshape(-1)
    sizes = np.bincount(place)
    left = np.bincount(place, free)
    mean = np.bincount(place, doubt.reshape(-1) * free) / np.maximum(left, 1)
    return mean, left > _ANSWERED_SHARE * sizes


def ask(
    probabilities: Probabilities,
    embeddings: NDArray[np.float32],
    regions: NDArray[np.int32],
    answered: NDArray[np.bool_],
    budget: int,
    rule: Rule,
    seed: int,
) -> list[Region]:
    """Choose the pieces that a person is asked about.

    Args:
        probabilities: What the network says, shape (n, height, width, classes).
        embeddings: Of each piece, in the order of `pieces_of(regions)`, shape (m, d).
        regions: The pieces, shape (n, height, width).
        answered: Where a person has said what is there, shape (n, height, width).
        budget: At most so many.
        rule: How to choose.
        seed: Decides all that chance decides.

    Returns:
        None twice, and none that is mostly answered; what matters most comes first.
    """
    pieces = pieces_of(regions)
    unsure, open_ = uncertainty_of(probabilities, pieces, answered)
    return choose(pieces, unsure, open_, embeddings, budget, rule, seed)


def choose(
    pieces: Pieces,
    unsure: NDArray[np.float64],
    open_: NDArray[np.bool_],
    embeddings: NDArray[np.float32],
    budget: int,
    rule: Rule,
    seed: int,
) -> list[Region]:
    """`ask` where the uncertainty of the pieces is known already.

    Args:
        pieces: Of the video.
        unsure: Of each, shape (m,).
        open_: Which may be asked about, shape (m,).
        embeddings: Of each, shape (m, d).
        budget: At most so many.
        rule: How to choose.
        seed: Decides all that chance decides.
    """
    free = np.flatnonzero(open_)
    budget = min(budget, len(free))
    if budget <= 0:
        return []
    chosen = free[_chosen(unsure[free], embeddings[free], budget, rule, seed)]
    return [Region(int(pieces.frames[i]), int(pieces.ids[i])) for i in chosen]


def _chosen(
    unsure: NDArray[np.float64],
    embeddings: NDArray[np.float32],
    budget: int,
    rule: Rule,
    seed: int,
) -> NDArray[np.int64]:
    draw = np.random.default_rng(seed)
    if rule == "random":
        return draw.permutation(len(unsure))[:budget]
    # Ties, as before anything was learned, are broken by chance rather than by place.
    order = draw.permutation(len(unsure))
    most = order[np.argsort(-unsure[order], kind="stable")]
    if rule == "uncertainty":
        return most[:budget]
    # The article's half; of all pieces alike where only diversity counts.
    count = len(most) if rule == "diversity" else max(-(-len(most) // 2), budget)
    few = np.sort(most[:count][draw.permutation(count)[: max(_MOST_CLUSTERED, budget)]])
    level = np.zeros(len(few)) if rule == "diversity" else unsure[few]
    found = uncertain_half_clusters(level, embeddings[few], budget, seed, share=1.0)
    return few[found]
