"""The one table of actions, composed of one file a menu."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from core.domain.errors import BugError
from gui.actions import file, help, learning, mark, play, review, scope, sync, view
from gui.actions.spec import ActionSpec

MENUS = ("File", "Play", "Review", "Mark", "Learn", "View", "Scopes", "Help")


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
    *learning.ACTIONS,
    *view.ACTIONS,
    *sync.SHOWN,
    *scope.ACTIONS,
    *help.ACTIONS,
)


def conflicts(shortcuts: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Find shortcuts that more than one action claims.

    Args:
        shortcuts: Shortcuts by action id.

    Returns:
        Ids that share a shortcut, by its portable text; empty when all is well.
    """
    owners: dict[str, list[str]] = {}
    for action_id, keys in shortcuts.items():
        for key in {normal(k) for k in keys}:
            owners.setdefault(key, []).append(action_id)
    return {key: tuple(ids) for key, ids in owners.items() if key and len(ids) > 1}


def normal(shortcut: str) -> str:
    """A shortcut in the one portable spelling, or an empty text when Qt cannot read it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.PortableText)


def shown(shortcut: str) -> str:
    """A shortcut as this platform writes it."""
    return QKeySequence.fromString(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
