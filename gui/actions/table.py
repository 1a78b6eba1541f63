"""The one table of actions, composed of one file a menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from PySide6.QtGui import QKeySequence

from core.domain.errors import BugError
from gui.actions import annotate, file, help, learning, mark, play, review, scope, sync, view
from gui.actions.spec import ActionSpec

MENUS = ("File", "Play", "Review", "Mark", "Annotate", "Draw", "Learn", "View", "Scopes", "Help")


def _table(*specs: ActionSpec) -> Mapping[str, ActionSpec]:
    table = {spec.id: spec for spec in specs}
    if len(table) != len(specs):
        raise BugError("two actions share an id")
    return table


ACTIONS: Mapping[str, ActionSpec] = _table(
    *file.ACTIONS,
    *play.ACTIONS,
    *sync.NUDGES,
    *review.ACTIONS,
    *mark.ACTIONS,
    *annotate.ACTIONS,
    *learning.ACTIONS,
    *view.ACTIONS,
    *sync.SHOWN,
    *scope.ACTIONS,
    *help.ACTIONS,
)


def conflicts(shortcuts: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Find shortcuts that more than one action claims at the same time.

    Args:
        shortcuts: Shortcuts by action id.

    Returns:
        Ids that share a shortcut, by its portable text; empty when all is well.
    """
    owners: dict[str, list[str]] = {}
    for action_id, keys in shortcuts.items():
        for key in {normal(k) for k in keys}:
            owners.setdefault(key, []).append(action_id)
    meeting = {key: _meeting(ids) for key, ids in owners.items() if key}
    return {key: ids for key, ids in meeting.items() if ids}


def _meeting(ids: list[str]) -> tuple[str, ...]:
    """Those of some actions that apply at the same time as another of them."""
    met = set()
    for one, other in combinations(ids, 2):
        first, second = ACTIONS.get(one), ACTIONS.get(other)
        if first is None or second is None or not first.apart_from(second):
            met |= {one, other}
    return tuple(action_id for action_id in ids if action_id in met)


def normal(shortcut: str) -> str:
    """A shortcut in the one portable spelling, or an empty text when Qt cannot read it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.PortableText)


def shown(shortcut: str) -> str:
    """A shortcut as this platform writes it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
