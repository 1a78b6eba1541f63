"""Which samples stand for many: clusters of the uncertain, typical ones, and no near duplicates.

Everything is decided by its seed. From `MANY` samples on clusters are found by mini-batches.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.neighbors import NearestNeighbors

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

MANY = 5000
"""So many samples are clustered by mini-batches: the centres differ little, the time much."""

NEIGHBOURS = 5
"""Of these nearest is a sample's density: few, because clusters are small while verdicts are few
(scikit-activeml's default, too; the article takes at most 20)."""


def uncertain_half_clusters(
    uncertainty: ArrayLike, embeddings: ArrayLike, budget: int, seed: int, share: float = 0.5
) -> Indices:
    """The most uncertain half, in `budget` clusters, of each the sample nearest its centre.

    The rule of the annotation article (HVSA, WACV 2023): uncertain, but not the same thing twice.

    Args:
        uncertainty: Shape (n,), more is less sure.
        embeddings: Shape (n, d).
        budget: How many to choose.
        seed: Decides the clusters.
        share: Of the samples, how many count as uncertain; where twice the budget is more, that
            counts, up to the half of the article. Where a defect is rare, nearly all of the half
            is sure to be clean.

    Returns:
        At most `budget` indices, those of the largest clusters first, none twice.
    """
    unsure, points = _pair(uncertainty, embeddings)
    if budget <= 0 or not len(points):
        return np.zeros(0, np.int64)
    # A stable order of ties, so that the same input gives the same half.
    most = math.ceil(len(points) / 2)
    count = max(math.ceil(len(points) * share), min(2 * budget, most), budget)
    half = np.argsort(-unsure, kind="stable")[:count]
    half = np.sort(half)
    if len(half) <= budget:
        return np.asarray(half[np.argsort(-unsure[half], kind="stable")], np.int64)
    labels, centres = clusters(points[half], budget, seed)
    distance = np.linalg.norm(points[half] - centres[labels], axis=1)
    chosen = [half[members[np.argmin(distance[members])]] for members in _by_size(labels)]
    return np.asarray(chosen, np.int64)


def typical(
    embeddings: ArrayLike,
    budget: int,
    seed: int,
    known: Sequence[int] = (),
    neighbours: int = NEIGHBOURS,
) -> Indices:
    """TypiClust: of the largest clusters without a verdict, the sample in the densest place.

    Hacohen, Dekel and Weinshall, "Active learning on a budget: opposite strategies suit high and
    low budgets" (ICML 2022): while verdicts are few, typical samples teach more than odd ones.

    Args:
        embeddings: Shape (n, d).
        budget: How many to choose.
        seed: Decides the clusters.
        known: Indices that have a verdict already; their clusters are covered.
        neighbours: How many nearest ones measure density.

    Returns:
        At most `budget` indices, none twice and none of `known`.
    """
    points = _points(embeddings)
    free = len(points) - len(set(known))
    budget = min(budget, free)
    if budget <= 0:
        return np.zeros(0, np.int64)
    labels, _ = clusters(points, min(len(set(known)) + budget, len(points)), seed)
    covered = set(labels[list(known)].tolist())
    chosen: list[int] = []
    for members in _by_size(labels):
        if len(chosen) == budget:
            break
        if int(labels[members[0]]) not in covered:
            chosen.append(int(members[np.argmax(typicality(points[members], neighbours))]))
    # Fewer clusters than asked for: identical samples share one.
    taken = np.isin(np.arange(len(points)), [*chosen, *known])
    rest = np.flatnonzero(~taken)
    return np.asarray([*chosen, *rest[: budget - len(chosen)]], np.int64)


def typicality(points: ArrayLike, neighbours: int = NEIGHBOURS) -> Floats:
    """How dense it is around each sample: the inverse of the mean distance to its nearest.

    Args:
        points: Shape (n, d).
        neighbours: How many nearest ones count.

    Returns:
        Shape (n,); 1 for a sample that is alone.
    """
    values = _points(points)
    if len(values) < 2:
        return np.ones(len(values))
    k = min(neighbours, len(values) - 1)
    distances, _ = NearestNeighbors(n_neighbors=k + 1).fit(values).kneighbors(values)
    return np.asarray(k / (distances.sum(axis=1) + 1e-7))


def cap_near_duplicates(
    indices: Sequence[int] | Indices,
    titles: Sequence[Hashable],
    embeddings: ArrayLike,
    most: int | None = None,
    closer: float = 0.0,
    kept: Sequence[int] = (),
) -> Indices:
    """Leave out what shows almost the same as another choice of its title.

    Args:
        indices: Choices, those that matter most first.
        titles: Title of each sample, length n.
        embeddings: Shape (n, d).
        most: At most so many a title; None for any number.
        closer: Samples of a title that lie at this distance or closer are near duplicates.
        kept: Choices made before; they count, but are not given again.

    Returns:
        Those that stay, in their order.
    """
    points = _points(embeddings)
    groups: dict[Hashable, list[int]] = {}
    for index in kept:
        groups.setdefault(titles[index], []).append(int(index))
    stay: list[int] = []
    for index in map(int, indices):
        group = groups.setdefault(titles[index], [])
        if most is not None and len(group) >= most:
            continue
        if group and np.linalg.norm(points[group] - points[index], axis=1).min() <= closer:
            continue
        group.append(index)
        stay.append(index)
    return np.asarray(stay, np.int64)


def clusters(points: Floats, count: int, seed: int) -> tuple[NDArray[np.int32], Floats]:
    """Cluster samples with k-means.

    Args:
        points: Shape (n, d), n ≥ `count`.
        count: How many clusters; fewer come out where samples are identical.
        seed: Decides the start.

    Returns:
        Cluster of each sample, shape (n,), and the centres, shape (count, d).
    """
    count = min(count, len(np.unique(points, axis=0)))
    # More centres than a batch would never be told apart.
    batch = max(4096, 3 * count)
    maker = (
        MiniBatchKMeans(count, random_state=seed, batch_size=batch, n_init=3)
        if len(points) > MANY
        else KMeans(count, random_state=seed, n_init=3)
    )
    with warnings.catch_warnings():
        # Containers often hide how many cores are real, which makes no difference to the clusters.
        warnings.filterwarnings("ignore", "Could not find the number of physical cores")
        found = maker.fit(points)
    return np.asarray(found.labels_), np.asarray(found.cluster_centers_, np.float64)


def _by_size(labels: NDArray[np.int32]) -> list[Indices]:
    """Members of each cluster, largest first, ties by their first member."""
    order = np.argsort(labels, kind="stable")
    _, starts = np.unique(labels[order], return_index=True)
    groups = np.split(order, starts[1:])
    return sorted(groups, key=lambda members: (-len(members), int(members[0])))


def _pair(uncertainty: ArrayLike, embeddings: ArrayLike) -> tuple[Floats, Floats]:
    unsure, points = np.asarray(uncertainty, np.float64), _points(embeddings)
    if unsure.shape != (len(points),):
        raise ValueError(f"uncertainty has {unsure.shape}, embeddings {points.shape}")
    return unsure, points


def _points(embeddings: ArrayLike) -> Floats:
    points = np.asarray(embeddings, np.float64)
    if points.ndim != 2:
        raise ValueError(f"embeddings have the shape {points.shape}")
    return points
