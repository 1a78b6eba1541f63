"""The rows of the queue: flags, and incidents that stand for several of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.review.flag import Flag
from core.review.incident import Incident, group
from core.review.order import proposed_rank
from gui.glyph import Sign
from gui.language import tr
from gui.queue import flag_text


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        flag: What it shows; of an incident the flag to look at.
        incident: The incident that it stands for or is part of, where that shows several flags.
        head: It stands for the whole incident.
        open: Of a head: its flags stand below it.
    """

    flag: Flag
    incident: Incident | None = None
    head: bool = False
    open: bool = False

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What is decided by deciding this row."""
        return self.incident.flags if self.head and self.incident is not None else (self.flag,)

    @property
    def place(self) -> tuple[str, bool, bool]:
        """What must stay for the row to stay."""
        key = self.incident.key if self.head and self.incident is not None else self.flag.key
        return key, self.head, self.open

    def is_open_for(self, deciding: Collection[str]) -> bool:
        """Whether somebody must still decide it; an open head leaves that to its flags."""
        return not self.open and any(
            not flag.decided and flag.key not in deciding for flag in self.flags
        )


class Cut:
    """Which flags make an incident; looked for again only when other flags come."""

    def __init__(self) -> None:
        self._keys: tuple[str, ...] = ()
        self._home: dict[str, str] = {}

    def home(self, flags: Sequence[Flag]) -> Mapping[str, str]:
        """Key of the incident of each flag, by the flag's key."""
        keys = tuple(flag.key for flag in flags)
        # A key names detector, defect, stream and span, which are all that the cut looks at.
        if keys != self._keys:
            incidents = group(flags)
            self._home = {flag.key: one.key for one in incidents for flag in one.flags}
            self._keys = keys
        return self._home


def plain_rows(flags: Sequence[Flag]) -> list[Row]:
    """A row a flag."""
    return [Row(flag) for flag in flags]


def grouped_rows(
    flags: Sequence[Flag], home: Mapping[str, str], opened: Collection[str]
) -> list[Row]:
    """A row an incident, followed by its flags where it is open.

    Args:
        flags: What is shown, in order; an incident stands where its first flag would.
        home: Key of the incident of each flag.
        opened: Keys of the incidents that are open.
    """
    members: dict[str, list[Flag]] = {}
    for flag in flags:
        members.setdefault(home[flag.key], []).append(flag)
    rows: list[Row] = []
    for key, some in members.items():
        if len(some) == 1:
            rows.append(Row(some[0]))
            continue
        by_time = sorted(some, key=lambda flag: (flag.span.start_s, flag.span.end_s, flag.key))
        incident = Incident(key, tuple(by_time))
        rows.append(Row(incident.worst, incident, head=True, open=key in opened))
        if key in opened:
            rows += [Row(flag, incident) for flag in some]
    return rows


def head_sign(incident: Incident) -> Sign:
    """How an incident stands: undecided until all of it is decided."""
    if incident.undecided:
        return Sign.UNDECIDED
    signs = [flag_text.sign_of(flag) for flag in incident.flags]
    return signs[0] if len(set(signs)) == 1 else flag_text.sign_of(worst_of(incident))


def worst_of(incident: Incident) -> Flag:
    """The most severe flag of an incident, decided or not."""
    return max(incident.flags, key=lambda flag: (proposed_rank(flag), flag.score))


def head_title(incident: Incident) -> str:
    """What an incident is called: how many flags, and its worst defect."""
    title = flag_text.defect_title(worst_of(incident).defect)
    return tr("{count} × {defect}", defect=title, count=len(incident.flags))


def head_note(incident: Incident) -> str:
    """What an incident holds, in one line."""
    titles = dict.fromkeys(flag_text.defect_title(flag.defect) for flag in incident.flags)
    left = len(incident.undecided)
    if left in (0, len(incident.flags)):
        return ", ".join(titles)
    return tr("{count} undecided: {defects}", count=left, defects=", ".join(titles))
