"""Spot checks: what detectors miss, estimated from clips that a person saw without their opinion.

A library is cut into clips of one length. Some are drawn at random, from every stratum in
proportion to its size; a person looks at each and says what is wrong, not knowing what detectors
said. A clip is *missed* for a defect when the person saw it there and no finding says so. The share
of missed clips is estimated with weights by stratum. Its interval is Korn and Graubard's: that of
Clopper and Pearson at the number of clips that a plain random draw would need for the same
variance ("Confidence intervals for proportions with small expected number of positive counts
estimated from survey data", Survey Methodology 24, 1998). It errs on the wide side, also where
nothing was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt

import numpy as np
import scipy

from core.domain.spot import Clip

CONFIDENCE = 0.95
_LEAST_IN_STRATUM = 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a clip: what a person said, held against the findings.

    Attributes:
        stratum: The clip's.
        missed: Ids of defects that the person saw and no finding names there.
        found: Ids of defects that both name.
    """

    stratum: str
    missed: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of clips, of the whole library, that have what was asked for.

    Attributes:
        share: 0..1.
        low: Lower end of the interval.
        high: Upper end.
        looked: Clips that were looked at.
        with_it: How many of these have it.
    """

    share: float
    low: float
    high: float
    looked: int
    with_it: int


def draw(population: Sequence[Clip], count: int, seed: int) -> tuple[Clip, ...]:
    """Draw clips at random, from every stratum in proportion to its size.

    A stratum gives at least two where it has them, for one clip says nothing about variance. The
    order is random too, so that who stops early has looked at a random part.

    Args:
        population: All clips of the library.
        count: How many; all when there are no more.
        seed: The same seed draws the same clips from the same library.
    """
    generator = np.random.default_rng(seed)
    strata: dict[str, list[Clip]] = {}
    for clip in population:
        strata.setdefault(clip.stratum, []).append(clip)
    shares = _allocated({name: len(clips) for name, clips in strata.items()}, count)
    drawn = [
        clips[i]
        for name, clips in sorted(strata.items())
        for i in generator.choice(len(clips), shares[name], replace=False)
    ]
    return tuple(drawn[i] for i in generator.permutation(len(drawn)))


def _allocated(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many clips each stratum gives: in proportion, by largest remainder, at least two."""
    total = sum(sizes.values())
    count = min(count, total)
    least = _LEAST_IN_STRATUM if count >= _LEAST_IN_STRATUM * len(sizes) else 0
    given = {name: min(size, max(least, count * size // total)) for name, size in sizes.items()}
    by_want = sorted(sizes, key=lambda name: (given[name] - count * sizes[name] / total, name))
    while (missing := count - sum(given.values())) > 0:
        for name in [name for name in by_want if given[name] < sizes[name]][:missing]:
            given[name] += 1
    # Strata that give more than their share take it from those that give most above theirs.
    while (excess := sum(given.values()) - count) > 0:
        for name in [name for name in reversed(by_want) if given[name] > least][:excess]:
            given[name] -= 1
    return given


def missed_share(
    answers: Iterable[Outcome],
    sizes: Mapping[str, int],
    defect: str = "",
    confidence: float = CONFIDENCE,
) -> Estimate:
    """Estimate the share of clips of a library in which detectors miss a defect.

    Args:
        answers: one for each clip that was looked at.
        sizes: Clips of the library by stratum.
        defect: Its id; empty counts clips in which they miss any.
        confidence: Share of intervals that hold the truth, at least.
    """
    some = [
        (answer.stratum, bool(answer.missed) if not defect else defect in answer.missed)
        for answer in answers
    ]
    return _share(some, sizes, confidence)


def found_share(
    answers: Iterable[Outcome], defect: str, confidence: float = CONFIDENCE
) -> Estimate | None:
    """Estimate the detectors' recall by clips: of those with the defect, the share found.

    Clips with a defect are a part of the draw whose size nobody chose, so that the interval is
    that of their number, without weights for strata.

    Returns:
        None when no clip had the defect.
    """
    some = [("", defect in a.found) for a in answers if defect in a.found | a.missed]
    return _share(some, {"": len(some)}, confidence) if some else None


def _share(
    some: Sequence[tuple[str, bool]], sizes: Mapping[str, int], confidence: float
) -> Estimate:
    looked = Counter(stratum for stratum, _ in some)
    hits = Counter(stratum for stratum, hit in some if hit)
    total = sum(sizes[stratum] for stratum in looked)
    n, x = len(some), sum(hits.values())
    if not n:
        return Estimate(0.0, 0.0, 1.0, 0, 0)
    weight = {stratum: sizes[stratum] / total for stratum in looked}
    share = sum(weight[s] * hits[s] / looked[s] for s in looked)
    effective = _effective(weight, looked, hits, share, n, confidence)
    low, high = clopper_pearson(share * effective, effective, confidence)
    return Estimate(share, low, high, n, x)


def _effective(
    weight: Mapping[str, float],
    looked: Mapping[str, int],
    hits: Mapping[str, int],
    share: float,
    n: int,
    confidence: float,
) -> float:
    """Clips of a plain random draw that would say as much, never more than were looked at."""
    variance = sum(
        weight[s] ** 2 * (p := hits[s] / looked[s]) * (1 - p) / max(looked[s] - 1, 1)
        for s in looked
    )
    if variance > 0 and 0 < share < 1:
        effective = share * (1 - share) / variance
    else:
        # Kish: what unequal weights cost.
        squares = sum(weight[s] ** 2 / looked[s] for s in looked)
        effective = 1 / squares
    freedom = n - len(looked)
    if freedom > 0 and n > 1:
        side = 0.5 + confidence / 2
        quantile = scipy.special.stdtrit
        effective *= (float(quantile(n - 1, side)) / float(quantile(freedom, side))) ** 2
    return min(effective, float(n))


def clopper_pearson(hits: float, n: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Exact interval of a share; both numbers may be fractions, as for an effective size.

    Args:
        hits: How many have it.
        n: Of how many.
        confidence: Share of intervals that hold the truth, at least.
    """
    tail = (1 - confidence) / 2
    low = float(scipy.special.betaincinv(hits, n - hits + 1, tail)) if hits > 0 else 0.0
    high = float(scipy.special.betaincinv(hits + 1, n - hits, 1 - tail)) if hits < n else 1.0
    return low, high


def clips_needed(share: float, reach: float, confidence: float = CONFIDENCE) -> int:
    """Clips to look at so that the interval reaches about so far to each side.

    Args:
        share: What is expected; 0 asks how many clean clips show that the share is below `reach`.
        reach: Half of the interval, as a share.
        confidence: Share of intervals that hold the truth.
    """
    if not 0 <= share < 1 or not 0 < reach < 1:
        raise ValueError("share and reach must lie between 0 and 1")
    side = 0.5 + confidence / 2
    if share == 0:
        return ceil(log(1 - side) / log(1 - reach))
    return ceil(float(scipy.special.ndtri(side)) ** 2 * share * (1 - share) / reach**2)


def reach_of(clips: int, share: float, confidence: float = CONFIDENCE) -> float:
    """How far the interval will reach to each side; for a share of 0, its upper end."""
    side = 0.5 + confidence / 2
    if share == 0:
        return 1 - float((1 - side) ** (1 / clips))
    return float(scipy.special.ndtri(side)) * sqrt(share * (1 - share) / clips)
