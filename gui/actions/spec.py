"""What an action is, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class When(Flag):
    """What must be so for an action to apply.

    `REVIEW` holds while flags are decided, `MASKS` while the workspace for masks is open, never
    both; `DRAW` holds while there are masks in it that can be drawn.
    """

    ALWAYS = 0
    TITLE = auto()
    FLAG = auto()
    MARKED = auto()
    UNDO = auto()
    REDO = auto()
    RUN = auto()
    JOB = auto()
    VERDICT = auto()
    SOUND = auto()
    SOLO = auto()
    WITHOUT = auto()
    BOTH = auto()
    WRITABLE = auto()
    REVIEW = auto()
    MASKS = auto()
    DRAW = auto()


_OF_FLAGS = (
    *(When.REVIEW, When.FLAG, When.VERDICT, When.UNDO, When.REDO),
    *(When.SOUND, When.SOLO, When.WITHOUT, When.BOTH),
)
"""What never holds while the workspace for masks is open."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that a person can ask for.

    Attributes:
        id: Stable identifier; settings name it.
        title: What menus and sheets call it.
        menu: Menu that lists it.
        shortcuts: Default shortcuts in Qt's portable text; the first one is shown.
        help: One sentence.
        when: What must be so.
        checkable: It is a switch.
        repeats: Holding the key repeats it.
        starts_group: A line in the menu stands above it.
    """

    id: str
    title: str
    menu: str
    shortcuts: tuple[str, ...]
    help: str
    when: When = When.ALWAYS
    checkable: bool = False
    repeats: bool = False
    starts_group: bool = False

    def apart_from(self, other: ActionSpec) -> bool:
        """Whether both never apply at the same time, so that they may share a shortcut."""
        return (self._draws and other._decides) or (self._decides and other._draws)

    @property
    def _draws(self) -> bool:
        return bool(self.when & (When.MASKS | When.DRAW))

    @property
    def _decides(self) -> bool:
        return any(part in self.when for part in _OF_FLAGS)


def spec(
    action_id: str,
    title: str,
    menu: str,
    keys: str,
    help_text: str,
    when: When = When.ALWAYS,
    *,
    checkable: bool = False,
    repeats: bool = False,
    starts_group: bool = False,
) -> ActionSpec:
    """One line of the table; several shortcuts stand apart by spaces."""
    shortcuts = tuple(keys.split(" ")) if keys else ()
    return ActionSpec(
        action_id, title, menu, shortcuts, help_text, when, checkable, repeats, starts_group
    )
