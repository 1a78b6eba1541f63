"""Undo and redo: what a reviewer did at a title, step by step, also in sessions before this one.

Nothing is ever taken out of the store: taking a step back appends rows that say again what held
before. Because another desk may have decided about the same flag meanwhile, each step first makes
sure that what it would take back is what still counts. For that every row that a step appends is
traced to the row whose decision it repeats, its *origin*.

The rows alone carry the history (`History.replay`). Rows of one step share their time and follow
one another. A decision takes nothing back by name; a row that undoes a step names the row that did
it last, and one that does it again names the row that undid it. Rows of versions that did not
write them so are read as steps of their own, which can be undone as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

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


@dataclass(eq=False, slots=True)
class _Entry:
    """A step and the rows, by subject, that did or undid it last."""

    step: Step
    rows: dict[str, str] = field(default_factory=dict)


class History:
    """The steps of one reviewer at one title."""

    def __init__(self) -> None:
        self._done: list[_Entry] = []
        self._undone: list[_Entry] = []
        self._origins: dict[str, str] = {}

    @property
    def can_undo(self) -> bool:
        """Whether a step is left to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be done again."""
        return bool(self._undone)

    @classmethod
    def replay(cls, rows: Iterable[Verdict]) -> History:
        """The history that a reviewer's rows at a title tell of.

        Args:
            rows: All of them, in the order in which they were appended.
        """
        history = cls()
        owners: dict[str, _Entry] = {}
        heads: dict[str, Verdict] = {}
        for group in _groups(rows):
            entry = history._taken_up(group, owners.get(group[0].undoes))
            if entry is None:
                step = tuple(Change(heads.get(row.subject), row) for row in group)
                entry = history.record(step)
            owners.update((row.id, entry) for row in group)
            heads.update((row.subject, row) for row in group)
        return history

    def record(self, step: Step) -> _Entry:
        """Note a new step; what was undone before cannot be redone any more."""
        entry = _Entry(step, {change.after.subject: change.after.id for change in step})
        self._done.append(entry)
        self._undone.clear()
        return entry

    def undo_rows(self, heads: Mapping[str, Verdict]) -> tuple[Verdict, ...]:
        """Rows that take the last step back.

        Args:
            heads: The last row of each subject in the store.

        Raises:
            KnownError: Another desk has decided since; the step is forgotten.
        """
        entry = self._done[-1]
        self._require([(c, c.after) for c in entry.step], heads, self._done)
        return tuple(_repeat(c.before, c.after.subject, heads, entry) for c in reversed(entry.step))

    def redo_rows(self, heads: Mapping[str, Verdict]) -> tuple[Verdict, ...]:
        """Rows that do the step again that was undone last.

        Raises:
            KnownError: Another desk has decided since; the step is forgotten.
        """
        entry = self._undone[-1]
        self._require([(c, c.before) for c in entry.step], heads, self._undone)
        return tuple(_repeat(c.after, c.after.subject, heads, entry) for c in entry.step)

    def undone(self, rows: Sequence[Verdict]) -> None:
        """The rows of `undo_rows` are in the store."""
        self._take_up(self._done[-1], rows, undo=True)

    def redone(self, rows: Sequence[Verdict]) -> None:
        """The rows of `redo_rows` are in the store."""
        self._take_up(self._undone[-1], rows, undo=False)

    def _taken_up(self, group: Sequence[Verdict], entry: _Entry | None) -> _Entry | None:
        """The step that these rows undo or do again, with note taken of it; None for a new one."""
        if entry is None or {row.subject: row.undoes for row in group} != entry.rows:
            return None
        undo = entry in self._done
        wanted = {c.after.subject: c.before if undo else c.after for c in entry.step}
        if any(_said(wanted[row.subject]) != _said(row) for row in group):
            return None
        self._take_up(entry, group, undo)
        return entry

    def _take_up(self, entry: _Entry, rows: Sequence[Verdict], undo: bool) -> None:
        # Another desk of the same reviewer may have gone on: then it is not the last step.
        for steps in (self._done, self._undone):
            if entry in steps:
                steps.remove(entry)
        (self._undone if undo else self._done).append(entry)
        said = {c.after.subject: c.before if undo else c.after for c in entry.step}
        for row in rows:
            self._origins[row.id] = self._origin(said[row.subject])
        entry.rows = {row.subject: row.id for row in rows}

    def _origin(self, row: Verdict | None) -> str:
        return "" if row is None else self._origins.get(row.id, row.id)

    def _require(
        self,
        expected: Sequence[tuple[Change, Verdict | None]],
        heads: Mapping[str, Verdict],
        steps: list[_Entry],
    ) -> None:
        for change, row in expected:
            if self._origin(heads.get(change.after.subject)) != self._origin(row):
                # It would stand in the way of the steps before it for ever.
                steps.pop()
                raise KnownError(_SUPERSEDED)


def _groups(rows: Iterable[Verdict]) -> Iterator[list[Verdict]]:
    """Rows that were appended at once."""
    group: list[Verdict] = []
    for row in rows:
        same = (
            group
            and row.at == group[0].at
            and bool(row.undoes) == bool(group[0].undoes)
            and all(row.subject != other.subject for other in group)
        )
        if group and not same:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _said(row: Verdict | None) -> tuple[object, ...]:
    """What a row says about its flag; nothing for one that takes a decision back."""
    if row is None or row.decision is Decision.WITHDRAWN:
        return ()
    return (row.decision, row.reason, row.disposition, row.severity, row.comment, row.span)


def _repeat(
    wanted: Verdict | None, subject: str, heads: Mapping[str, Verdict], entry: _Entry
) -> Verdict:
    """A row after the subject's last one that says what `wanted` said."""
    head = heads[subject]
    if wanted is None or wanted.decision is Decision.WITHDRAWN:
        row = withdrawal(head)
    else:
        row = restoration(wanted, head)
    return replace(row, undoes=entry.rows[subject])
