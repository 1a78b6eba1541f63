"""How many verdicts a target takes, and how many fewer a strategy needs than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 10_000


def mean_recall(scores: Floats, truth: Floats, most: float = 0.05) -> float:
    """Mean recall over all shares of false alarms from 0 to `most`.

    The area under the ROC curve up to `most`, divided by it; ties are taken together.

    Args:
        scores: Shape (n,); higher says corrupted.
        truth: 1 corrupted, 0 not, shape (n,).
        most: Share of false alarms, 0..1.

    Returns:
        0..1, or NaN when all are alike.
    """
    yes, no = float((truth > 0).sum()), float((truth <= 0).sum())
    if not yes or not no:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)
    recall = np.concatenate(([0.0], np.cumsum(truth[order] > 0)[last] / yes))
    alarms = np.concatenate(([0.0], np.cumsum(truth[order] <= 0)[last] / no))
    inside = alarms <= most
    x = np.append(alarms[inside], most)
    y = np.append(recall[inside], np.interp(most, alarms, recall))
    return float(np.trapezoid(y, x) / most)


def verdicts_to(target: float, counts: Sequence[int], values: Sequence[float]) -> float:
    """Verdicts after which a learning curve is at a target to stay there for another round.

    Between two rounds the curve is taken as straight.

    Args:
        target: Of the figure.
        counts: Verdicts after each round, rising.
        values: The figure after each.

    Returns:
        NaN where it is never reached.
    """
    for place, value in enumerate(values):
        stays = place + 1 == len(values) or values[place + 1] >= target
        if value < target or not stays:
            continue
        if place == 0:
            return float(counts[0])
        before = values[place - 1]
        # The round before may have touched the target without staying there.
        part = 1.0 if before >= target else (target - before) / (value - before)
        return counts[place - 1] + part * (counts[place] - counts[place - 1])
    return float("nan")


@dataclass(frozen=True, slots=True)
class Saving:
    """How many fewer verdicts.

    Attributes:
        share: 1 - verdicts / verdicts by chance, of the means over seeds.
        low: Lower end of the 95 % interval.
        high: Upper end.
        missed: Seeds in which the target was not reached; they count as having asked for all.
    """

    share: float
    low: float
    high: float
    missed: int


def saving(mine: Floats, chance: Floats, all_of_it: float, seed: int = 0) -> Saving:
    """What a strategy saves against chance.

    The interval is by bootstrap over seeds, both strategies of a seed drawn together, for they
    began with the same verdicts.

    Args:
        mine: Verdicts to the target by seed; NaN where it was not reached.
        chance: The same by chance.
        all_of_it: Size of the library, which stands for NaN.
        seed: Of the bootstrap.
    """
    asked, drawn = (np.where(np.isnan(v), all_of_it, v) for v in (mine, chance))
    rng = np.random.default_rng(seed)
    picks = rng.integers(len(asked), size=(_ROUNDS, len(asked)))
    found = 1 - asked[picks].mean(axis=1) / drawn[picks].mean(axis=1)
    low, high = np.quantile(found, (0.025, 0.975))
    share = 1 - float(asked.mean() / drawn.mean())
    return Saving(share, float(low), float(high), int(np.isnan(mine).sum()))
