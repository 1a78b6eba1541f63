"""The one writer of a batch: turns what workers hand back into rows of the store.

Each call is one transaction that ends the task and holds all that came of it, so that no
interruption leaves half of a task, and nothing is written for a task that is no longer ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from core.analysis.piece import decided, heard_by
from core.domain.batch import Task
from core.domain.errors import BugError, KnownError
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.domain.track import Track, join_tracks
from core.jobs.request import LookResult, PieceResult
from core.scan.ledger import PIECES, Order
from core.store.store import Store
from core.store.track import unpack


class Writer:
    """Writes results of one batch.

    Args:
        store: Where to.
        order: How its titles are analysed.
    """

    def __init__(self, store: Store, order: Order) -> None:
        self._store = store
        self._order = order
        self._heard = heard_by(order.profile, frozenset(order.detectors))

    def settle(self, task: Task, seen: LookResult, run: Run) -> bool:
        """Decide anew over a run that holds the title's tracks already, and end the task.

        Returns:
            Whether the task was still ours; else nothing was written.

        Raises:
            KnownError: The store cannot be read or written.
        """
        tracks = self._store.tracks.load(run.id)
        found = decided(seen.title, tracks, self._order.profile, self._order.detectors, run.weights)
        return self._store.tasks.settle(task, seen.title, run, (self._heard, found))

    def keep_title(self, task: Task, seen: LookResult, run: Run, result: PieceResult) -> bool:
        """Keep a title that was measured in one piece.

        Returns:
            Whether the task was still ours; else nothing was written.

        Raises:
            KnownError: The store cannot be written.
        """
        if result.findings is None:
            raise BugError("a whole title came back without findings")
        ended = _ended(run, seen.title, " ".join(result.faults))
        found = (self._heard, result.findings)
        return self._store.tasks.keep(task, seen.title, ended, result.chunks, found)

    def keep_part(self, task: Task, title: Title, result: PieceResult) -> bool:
        """Keep a part of a title; the last one joins them all, and they are decided once.

        Returns:
            Whether the task was still ours; else nothing was written.

        Raises:
            KnownError: The store cannot be read or written.
        """
        faults = " ".join(result.faults)
        while (kept := self._store.tasks.keep_part(task, result.chunks, faults)) is None:
            if self._keep_last(task, title, result, faults):
                return True
        return kept

    def _keep_last(self, task: Task, title: Title, result: PieceResult, faults: str) -> bool:
        run = self._store.runs.get(task.run)
        if run is None:
            raise KnownError(f"The run of {title.name} is no longer in the store; scan it again.")
        # Joined all at once: parts come in any order, and a join knows no holes.
        tracks = _joined([*self._store.tracks.pieces(run.id), *unpack(result.chunks)])
        found = decided(title, tracks, self._order.profile, self._order.detectors, run.weights)
        told = [part.error for part in self._store.tasks.parts_of(run.id) if part.id != task.id]
        sentences = dict.fromkeys(filter(None, [*told, faults]))
        ended = _ended(run, title, " ".join(sentences))
        settings = {name: value for name, value in run.settings.items() if name != PIECES}
        ended = replace(ended, settings=settings)
        return self._store.tasks.keep_last(task, ended, result.chunks, (self._heard, found), faults)


def _ended(run: Run, title: Title, error: str) -> Run:
    return replace(
        run,
        state=RunState.DONE,
        finished=datetime.now(UTC),
        done_s=title.duration_s,
        error=error,
    )


def _joined(parts: Sequence[Track]) -> list[Track]:
    groups: dict[tuple[str, int], list[Track]] = {}
    for part in parts:
        groups.setdefault((part.detector, part.stream), []).append(part)
    return [join_tracks(groups[key]) for key in sorted(groups)]
