"""Agreement between reviewers: Cohen's and Fleiss' κ by defect, and what they disagree about.

What is rated is a claim that at least two people have decided; the ratings are confirm, reject and
unsure. A defect that one person marked as missed is no rating of the others, who were not asked;
nor is a verdict that settles a dispute, for who gives it knows what the others said.
The intervals take claims as independent. Claims of one title are not quite, so that they are a
little too narrow where few titles hold many claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np
import scipy
from numpy.typing import NDArray

from core.domain.verdict import Decision, Verdict
from core.review.flag import Flag, merge

RATINGS = (Decision.CONFIRM, Decision.REJECT, Decision.UNSURE)
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that several people decided about.

    Attributes:
        fingerprint: Of the title.
        flag: Where and what; nobody's verdict is set apart as one's own.
        ratings: Decision by reviewer.
    """

    fingerprint: str
    flag: Flag
    ratings: Mapping[str, Decision]

    @property
    def disputed(self) -> bool:
        """Whether they do not all say the same."""
        return len(set(self.ratings.values())) > 1


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance, with its interval.

    Attributes:
        value: 1 is perfect, 0 what chance would give; None where chance alone explains all, since
            everybody always says the same one thing.
        low: Lower end of the interval; None without one.
        high: Upper end.
        observed: Share of pairs of ratings that agree, 0..1.
        expected: The share that chance would give.
        claims: How many claims it is of.
    """

    value: float | None
    low: float | None
    high: float | None
    observed: float
    expected: float
    claims: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree about one defect, or about all.

    Attributes:
        defect: Its id; empty for all together.
        fleiss: Of everybody.
        cohen: Of each pair that shares at least two claims, by their names.
        disputed: How many claims are disputed.
    """

    defect: str
    fleiss: Kappa
    cohen: Mapping[tuple[str, str], Kappa]
    disputed: int


def claims_of(fingerprint: str, current: Iterable[Verdict]) -> tuple[Claim, ...]:
    """What at least two people decided about in one title.

    Args:
        fingerprint: Of the title.
        current: The verdicts that count (`core.domain.verdict.current_verdicts`), of everybody.
    """
    rated = [v for v in current if v.decision in RATINGS and not v.settles]
    claims = []
    for flag in merge((), rated, ""):
        ratings = {verdict.reviewer: verdict.decision for verdict in flag.others}
        if len(ratings) > 1:
            claims.append(Claim(fingerprint, flag, ratings))
    return tuple(claims)


def agreements(claims: Sequence[Claim]) -> tuple[Agreement, ...]:
    """Agreement about everything first, then by defect, most claims first."""
    by_defect: dict[str, list[Claim]] = {}
    for claim in claims:
        by_defect.setdefault(claim.flag.defect, []).append(claim)
    ordered = sorted(by_defect.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_agreement(name, some) for name, some in (("", claims), *ordered) if some)


def _agreement(defect: str, claims: Sequence[Claim]) -> Agreement:
    counts = [[Counter(c.ratings.values())[rating] for rating in RATINGS] for c in claims]
    people = sorted({name for claim in claims for name in claim.ratings})
    pairs = {}
    for one, other in combinations(people, 2):
        table = np.zeros((len(RATINGS), len(RATINGS)), np.int64)
        for claim in claims:
            if one in claim.ratings and other in claim.ratings:
                row, column = (RATINGS.index(claim.ratings[name]) for name in (one, other))
                table[row, column] += 1
        if table.sum() > 1:
            pairs[one, other] = cohen_kappa(table)
    disputed = sum(claim.disputed for claim in claims)
    return Agreement(defect, fleiss_kappa(np.array(counts)), pairs, disputed)


def cohen_kappa(table: NDArray[np.integer], confidence: float = CONFIDENCE) -> Kappa:
    """Cohen's κ of two people.

    The interval is that of a large sample: Fleiss, Cohen and Everitt, "Large sample standard
    errors of kappa and weighted kappa", Psychological Bulletin 72 (1969).

    Args:
        table: How often the first said the row and the second the column, shape (k, k).
        confidence: Share of intervals that hold the truth.
    """
    count = int(table.sum())
    share = table / count
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    observed, expected = float(np.trace(share)), float(rows @ columns)
    if expected > 1 - 1e-12:
        return Kappa(None, None, None, observed, expected, count)
    kappa = (observed - expected) / (1 - expected)
    kept, lost = 1 - expected, 1 - observed
    diagonal = np.diag(share) * (kept - (rows + columns) * lost) ** 2
    crossed = share * (columns[:, None] + rows[None, :]) ** 2
    apart = lost**2 * float(crossed.sum() - np.trace(crossed))
    least = (observed * expected - 2 * expected + observed) ** 2
    variance = (float(diagonal.sum()) + apart - least) / (count * kept**4)
    reach = float(scipy.special.ndtri(0.5 + confidence / 2)) * sqrt(max(variance, 0.0))
    return Kappa(
        kappa, max(kappa - reach, -1.0), min(kappa + reach, 1.0), observed, expected, count
    )


def fleiss_kappa(counts: NDArray[np.integer], confidence: float = CONFIDENCE) -> Kappa:
    """Fleiss' κ of any number of people, who need not all have rated everything.

    The interval is Gwet's: "Handbook of Inter-Rater Reliability", 4th ed. (2014), ch. 5.

    Args:
        counts: How many people gave each rating, shape (claims, ratings); at least two a claim.
        confidence: Share of intervals that hold the truth.
    """
    n = len(counts)
    people = counts.sum(axis=1)
    agree = (counts * (counts - 1)).sum(axis=1) / (people * (people - 1))
    shares = counts / people[:, None]
    usual = shares.mean(axis=0)
    observed, expected = float(agree.mean()), float(usual @ usual)
    if expected > 1 - 1e-12:
        return Kappa(None, None, None, observed, expected, n)
    kappa = (observed - expected) / (1 - expected)
    if n < 2:
        return Kappa(kappa, None, None, observed, expected, n)
    each = (agree - expected) / (1 - expected)
    each = each - 2 * (1 - kappa) * (shares @ usual - expected) / (1 - expected)
    error = sqrt(float(((each - kappa) ** 2).sum()) / (n * (n - 1)))
    reach = float(scipy.special.stdtrit(n - 1, 0.5 + confidence / 2)) * error
    return Kappa(kappa, max(kappa - reach, -1.0), min(kappa + reach, 1.0), observed, expected, n)
