"""What several people decided in one store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.domain.title import Title
from core.domain.verdict import Verdict, current_verdicts
from core.review.agreement import Claim, claims_of

if TYPE_CHECKING:
    from core.store.store import Store


@dataclass(frozen=True, slots=True)
class Shared:
    """What at least two people decided about.

    Attributes:
        claims: Title by title.
        titles: Their titles, by fingerprint; those that the store knows.
    """

    claims: tuple[Claim, ...] = ()
    titles: Mapping[str, Title] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Names of the titles, by fingerprint."""
        return {fingerprint: title.name for fingerprint, title in self.titles.items()}


def claims_in(store: Store, reviewers: Collection[str] = ()) -> tuple[Claim, ...]:
    """Everything that at least two people decided about, title by title.

    Args:
        store: Where verdicts are.
        reviewers: Whose verdicts count; empty means everybody's.

    Raises:
        KnownError: The store cannot be read.
    """
    by_title: dict[str, list[Verdict]] = {}
    for row in store.verdicts.all():
        if not reviewers or row.reviewer in reviewers:
            by_title.setdefault(row.fingerprint, []).append(row)
    return tuple(
        claim
        for fingerprint, rows in by_title.items()
        for claim in claims_of(fingerprint, current_verdicts(rows))
    )


def shared_in(store: Store, reviewers: Collection[str] = ()) -> Shared:
    """The same with the titles that it is about.

    Raises:
        KnownError: The store cannot be read.
    """
    claims = claims_in(store, reviewers)
    found = {c.fingerprint: store.titles.get(c.fingerprint) for c in claims}
    return Shared(claims, {f: title for f, title in found.items() if title is not None})
