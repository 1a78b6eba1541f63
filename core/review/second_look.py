"""What several people decided in one store."""

from __future__ import annotations

from collections.abc import Collection

from core.domain.verdict import Verdict, current_verdicts
from core.review.agreement import Claim, claims_of
from core.store.store import Store


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
