"""What stands between two analyses: findings gained, lost and moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.finding_pair import Change, Pairing, pair_findings
from core.domain.run import Run, RunState
from core.domain.title import Title

if TYPE_CHECKING:
    from core.store.store import (
        Store,
    )

LATEST, PREVIOUS = "latest", "previous"


@dataclass(frozen=True, slots=True)
class TitleChange:
    """What became of the findings of one title.

    Attributes:
        before, after: The title as the stores know it; two files of one name where it was
            encoded anew; None where a store does not know it.
        runs: Ids of the two runs; empty where there is none.
        pairings: In order of time.
        unlike: Detectors that only one of the runs asked; what they found is not compared.
    """

    before: Title | None
    after: Title | None
    runs: tuple[str, str]
    pairings: tuple[Pairing, ...]
    unlike: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The newer file's name."""
        title = self.after or self.before
        return title.name if title is not None else ""

    @property
    def compared(self) -> bool:
        """Both runs are there."""
        return all(self.runs)

    def count(self, change: Change) -> int:
        """How many findings changed like this."""
        return sum(pairing.change is change for pairing in self.pairings)


# Which runs


def compare_runs(
    first: tuple[Store, Title | None, Run], second: tuple[Store, Title | None, Run]
) -> TitleChange:
    """Compare two runs, of one title or of two files that hold the same programme."""
    (store_a, title_a, run_a), (store_b, title_b, run_b) = first, second
    shared = set(run_a.detectors) & set(run_b.detectors)
    unlike = sorted(set(run_a.detectors) ^ set(run_b.detectors))
    # Imported lists name no detectors of ours, so all of them count.
    every = run_a.imported or run_b.imported

    def those(store: Store, run: Run) -> list[Finding]:
        return [f for f in store.findings.of(run.id) if every or f.detector in shared]

    pairings = pair_findings(those(store_a, run_a), those(store_b, run_b))
    return TitleChange(
        title_a, title_b, (run_a.id, run_b.id), pairings, () if every else tuple(unlike)
    )


def compare_libraries(
    first: Store, second: Store, pick: tuple[str, str] = (LATEST, LATEST)
) -> tuple[TitleChange, ...]:
    """Compare a run of every title with one of the same title.

    Titles are the same by their fingerprint, else by the name of their file without its ending,
    which a new encoding keeps.

    Args:
        first, second: The stores, which may be one and the same.
        pick: `latest` or `previous` finished run, for each store.
    """
    left = {title.fingerprint: title for title in first.titles.all()}
    right = {title.fingerprint: title for title in second.titles.all()}
    pairs: list[tuple[Title | None, Title | None]] = [
        (title, right.pop(key)) for key, title in list(left.items()) if key in right
    ]
    matched = {title.fingerprint for title, _ in pairs if title is not None}
    by_name = {title.path.stem: title for title in right.values()}
    for key, title in left.items():
        if key not in matched:
            partner = by_name.pop(title.path.stem, None)
            pairs.append((title, partner))
            if partner is not None:
                del right[partner.fingerprint]
    pairs += [(None, title) for title in right.values()]
    return tuple(_compare_titles((first, second), pair, pick) for pair in pairs)


def _compare_titles(
    stores: tuple[Store, Store],
    titles: tuple[Title | None, Title | None],
    pick: tuple[str, str],
) -> TitleChange:
    runs = [
        picked_run(store, title, which) if title is not None else None
        for store, title, which in zip(stores, titles, pick, strict=True)
    ]
    if runs[0] is None or runs[1] is None:
        ids = tuple(run.id if run is not None else "" for run in runs)
        return TitleChange(*titles, (ids[0], ids[1]), ())
    return compare_runs((stores[0], titles[0], runs[0]), (stores[1], titles[1], runs[1]))


def picked_run(store: Store, title: Title, which: str) -> Run | None:
    """The latest finished run of a title, or the one before it."""
    done = [run for run in store.runs.of(title.fingerprint) if run.state is RunState.DONE]
    back = 2 if which == PREVIOUS else 1
    return done[-back] if len(done) >= back else None


def find_run(store: Store, subject: str) -> tuple[Title | None, Run]:
    """The run that a person names.

    Args:
        store: Where to look.
        subject: An id or how one begins; or a title's path or file name, then `#` and the number
            of the run counted from 1 (without it, the latest finished run).

    Raises:
        KnownError: There is none, or there are several.
    """
    name, _, number = subject.partition("#")
    titles = store.titles.all()
    named = [t for t in titles if name in (str(t.path), t.name, t.fingerprint)]
    if named:
        return named[-1], _numbered(store, named[-1], number)
    runs = [(title, run) for title in titles for run in store.runs.of(title.fingerprint)]
    found = [(title, run) for title, run in runs if run.id.startswith(subject)]
    if len(found) > 1:
        raise KnownError(f"Several analyses begin with {subject}.", _listed(found))
    if not found:
        raise KnownError(f"There is no analysis {subject} in this store.", _listed(runs))
    return found[0]


def _numbered(store: Store, title: Title, number: str) -> Run:
    runs = store.runs.of(title.fingerprint)
    if not number:
        run = picked_run(store, title, LATEST)
        if run is None:
            raise KnownError(f"{title.name} has no finished analysis.")
        return run
    if not number.isdecimal() or not 1 <= int(number) <= len(runs):
        raise KnownError(f"{title.name} has no analysis number {number}; it has {len(runs)}.")
    return runs[int(number) - 1]


def _listed(runs: Sequence[tuple[Title, Run]]) -> str:
    return "\n".join(f"{run.id}  {title.name}  {run.started:%Y-%m-%d %H:%M}" for title, run in runs)


# The report


def totals(changes: Sequence[TitleChange]) -> Mapping[Change, int]:
    """How many findings changed in which way, over all titles."""
    return {change: sum(each.count(change) for each in changes) for change in Change}


def change_document(changes: Sequence[TitleChange], same: bool = False) -> dict[str, object]:
    """The comparison as JSON takes it; findings that stayed the same only on demand."""
    return {
        "totals": {str(change): count for change, count in totals(changes).items()},
        "not_compared": sum(not each.compared for each in changes),
        "titles": [_title_document(each, same) for each in changes],
    }


def _title_document(each: TitleChange, same: bool) -> dict[str, object]:
    def path(title: Title | None) -> str | None:
        return None if title is None else str(title.path)

    return {
        "name": each.name,
        "before": {"path": path(each.before), "run": each.runs[0] or None},
        "after": {"path": path(each.after), "run": each.runs[1] or None},
        "compared": each.compared,
        "totals": {str(change): each.count(change) for change in Change},
        "detectors_of_one_run": list(each.unlike),
        "findings": [
            {
                "change": str(pairing.change),
                "detector": pairing.finding.detector,
                "defect": pairing.finding.defect,
                "stream": pairing.finding.stream,
                "before": _span_document(pairing.before),
                "after": _span_document(pairing.after),
            }
            for pairing in each.pairings
            if same or pairing.change is not Change.SAME
        ],
    }


def _span_document(finding: Finding | None) -> dict[str, object] | None:
    if finding is None:
        return None
    span = finding.span
    return {
        "start_s": round(span.start_s, 6),
        "end_s": round(span.end_s, 6),
        "start_pts": span.start,
        "end_pts": span.end,
        "time_base": str(span.base),
        "score": round(finding.score, 4),
    }
