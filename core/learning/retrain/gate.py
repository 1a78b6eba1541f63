"""The gate: candidate and parent on the same things, never learned from, and what follows.

A line compares one figure. Its interval is of the difference, candidate minus parent, by drawing
whole titles with replacement, because things of one title are alike. A candidate is *worse* where
its figure falls short by more than the margin, *better* where it is ahead and the interval does not
reach below zero, else *no worse*. It passes when no line is worse and every line that is there to
become better is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.interval import wilson
from core.domain.lineage import GateLine, GateReport, Outcome
from core.learning.figure import roc_auc

_ROUNDS = 400
_LEVEL = (0.025, 0.975)

Floats = NDArray[np.floating]
Figure = Callable[[Floats, Floats], float]
"""(scores, truth) -> a figure, NaN where there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What parent and candidate say of the same things.

    Attributes:
        parent: Probabilities, shape (n,).
        candidate: Likewise.
        truth: 1 where there is something, shape (n,).
        titles: Which title each is of.
    """

    parent: Floats
    candidate: Floats
    truth: Floats
    titles: Sequence[str]

    def __len__(self) -> int:
        return len(self.parent)


def share_above(line: float, wanted: float) -> Figure:
    """Of the things that are (`wanted` 1) or are not (0) there, the share said to be, in %."""

    def figure(scores: Floats, truth: Floats) -> float:
        mine = truth == wanted
        return 100.0 * float((scores[mine] >= line).mean()) if mine.any() else float("nan")

    return figure


def ranked(scores: Floats, truth: Floats) -> float:
    """ROC AUC in %."""
    return 100.0 * roc_auc(scores, truth)


def line_of(
    name: str,
    on: str,
    pair: Pair,
    figure: Figure,
    margin: float,
    *,
    higher_is_better: bool = True,
    must_improve: bool = False,
    kind: float | None = None,
    seed: int = 0,
) -> GateLine | None:
    """One figure of both on the same things, in %; None where there is nothing to measure it on.

    With `kind` the figure is a share of the things with this truth, and only those are counted.
    """
    values = [figure(scores, pair.truth) for scores in (pair.parent, pair.candidate)]
    if not np.isfinite(values).all():
        return None
    interval = _difference(pair, figure, seed)
    return GateLine(
        name,
        on,
        values[0],
        values[1],
        interval,
        judged(values[0], values[1], interval, margin, higher_is_better),
        margin,
        len(pair) if kind is None else int((pair.truth == kind).sum()),
        "%",
        higher_is_better,
        must_improve,
    )


def judged(
    parent: float,
    candidate: float,
    interval: tuple[float, float],
    margin: float,
    higher_is_better: bool = True,
) -> Outcome:
    """What a candidate's figure is beside its parent's."""
    ahead = candidate - parent if higher_is_better else parent - candidate
    lowest = interval[0] if higher_is_better else -interval[1]
    if ahead < -margin - 1e-9:
        return Outcome.WORSE
    return Outcome.BETTER if ahead > 0 and lowest >= 0 else Outcome.NO_WORSE


def reported(lines: Sequence[GateLine], candidate: str, notes: Sequence[str] = ()) -> GateReport:
    """What the gate says, in words too.

    Args:
        lines: The figures.
        candidate: Name of its weights.
        notes: Sentences to add, for example what could not be measured.
    """
    worse = [line for line in lines if line.outcome is Outcome.WORSE]
    behind = [one for one in lines if one.must_improve and one.outcome is not Outcome.BETTER]
    asked = any(line.must_improve for line in lines)
    passes = bool(lines) and asked and not worse and not behind
    said = [_conclusion(candidate, passes, worse, behind, asked)]
    return GateReport(tuple(lines), passes, (*said, *map(_sentence, lines), *notes))


def _conclusion(
    candidate: str,
    passes: bool,
    worse: Sequence[GateLine],
    behind: Sequence[GateLine],
    asked: bool,
) -> str:
    if passes:
        return f"{candidate} is better where it should be and no worse elsewhere."
    if worse:
        places = ", ".join(f"{line.name} ({line.on})" for line in worse)
        return f"{candidate} does not pass: it is worse at {places}."
    if behind:
        places = ", ".join(f"{line.name} ({line.on})" for line in behind)
        return f"{candidate} does not pass: it is not better at {places}."
    if not asked:
        return f"{candidate} does not pass: there is no verdict that it could be better at."
    return f"{candidate} does not pass: nothing could be measured."


def _sentence(line: GateLine) -> str:
    low, high = line.interval
    text = (
        f"{line.name[:1].upper()}{line.name[1:]} on {line.on}: {line.parent:.1f} before, "
        f"{line.candidate:.1f} {line.unit} now (difference {low:+.1f} to {high:+.1f}, "
        f"{line.count} looked at): {line.outcome}."
    )
    if line.unit == "%" and line.name != RANKING:
        low, high = wilson(round(line.candidate * line.count / 100), line.count)
        text = f"{text[:-1]}; with so many, the share may be {100 * low:.0f} to {100 * high:.0f} %."
    return text


RANKING = "ranking (ROC AUC)"
"""A figure that is no share of things."""


def _difference(pair: Pair, figure: Figure, seed: int) -> tuple[float, float]:
    names = sorted(set(pair.titles))
    of = np.array(pair.titles)
    # Things of a single title are drawn one by one: there is nothing else to draw.
    groups = (
        [np.flatnonzero(of == n) for n in names]
        if len(names) > 1
        else list(np.arange(len(pair))[:, None])
    )
    rng = np.random.default_rng([seed, 31])
    found = []
    for _ in range(_ROUNDS):
        rows = np.concatenate([groups[i] for i in rng.integers(len(groups), size=len(groups))])
        values = [figure(s[rows], pair.truth[rows]) for s in (pair.candidate, pair.parent)]
        if np.isfinite(values).all():
            found.append(values[0] - values[1])
    if not found:
        return float("-inf"), float("inf")
    low, high = np.quantile(found, _LEVEL)
    return float(low), float(high)
