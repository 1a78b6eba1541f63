"""Undo and redo: what a session did, step by step, to its beginning.

Nothing is ever taken out of the store: taking a step back appends rows that say again what held
before. Because another desk may have decided about the same flag meanwhile, each step first makes
sure that what it would take back is what still counts. For that every row that a step appends is
traced to the row whose decision it repeats, its *origin*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.errors import KnownError
from core.domain.verdict import Decision, Verdict, restoration, withdrawal

_SUPERSEDED = "This flag was decided again at another desk meanwhile; nothing was taken back."


@dataclass(frozen=True, slots=True)
class Change:
    """One flag's part in a step.

    Attributes:
        before: The subject's last row until then; None when there was none.
        after: The row that the step appended.
    """

    before: Verdict | None
    after: Verdict


Step = tuple[Change, ...]
"""What is undone at once: one decision, or all of a batch."""


class History:
    """The steps of one session."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._origins: dict[str, str] = {}

    @property
    def can_undo(self) -> bool:
        """Whether a step is left to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be done again."""
        return bool(self._undone)

    def record(self, step: Step) -> None:
        """Note a new step; what was undone before cannot be redone any more."""
        self._done.append(step)
        self._undone.clear()

    def undo_rows(self, heads: Mapping[str, Verdict]) -> tuple[Verdict, ...]:
        """Rows that take the last step back.

        Args:
            heads: The last row of each subject in the store.

        Raises:
            KnownError: Another desk has decided since; the step is forgotten.
        """
        step = self._done[-1]
        self._require(step, [change.after for change in step], heads, self._done)
        return tuple(_repeat(c.before, heads[c.after.subject]) for c in reversed(step))

    def redo_rows(self, heads: Mapping[str, Verdict]) -> tuple[Verdict, ...]:
        """Rows that do the step again that was undone last.

        Raises:
            KnownError: Another desk has decided since; the step is forgotten.
        """
        step = self._undone[-1]
        self._require(step, [change.before for change in step], heads, self._undone)
        return tuple(_repeat(c.after, heads[c.after.subject]) for c in step)

    def undone(self, rows: Sequence[Verdict]) -> None:
        """The rows of `undo_rows` are in the store."""
        step = self._done.pop()
        self._undone.append(step)
        for change, row in zip(reversed(step), rows, strict=True):
            self._origins[row.id] = self._origin(change.before)

    def redone(self, rows: Sequence[Verdict]) -> None:
        """The rows of `redo_rows` are in the store."""
        step = self._undone.pop()
        self._done.append(step)
        for change, row in zip(step, rows, strict=True):
            self._origins[row.id] = self._origin(change.after)

    def _origin(self, row: Verdict | None) -> str:
        return "" if row is None else self._origins.get(row.id, row.id)

    def _require(
        self,
        step: Step,
        expected: Sequence[Verdict | None],
        heads: Mapping[str, Verdict],
        steps: list[Step],
    ) -> None:
        for change, row in zip(step, expected, strict=True):
            if self._origin(heads.get(change.after.subject)) != self._origin(row):
                # It would stand in the way of the steps before it for ever.
                steps.pop()
                raise KnownError(_SUPERSEDED)


def _repeat(wanted: Verdict | None, head: Verdict) -> Verdict:
    """A row after `head` that says what `wanted` said."""
    if wanted is None or wanted.decision is Decision.WITHDRAWN:
        return withdrawal(head)
    return restoration(wanted, head)
