"""The one table of actions: menus, shortcuts, the shortcut sheet and the docs derive from it.

One file a menu; `table.py` composes them, `action_set.py` brings them to life.
"""

from gui.actions.action_set import ActionSet
from gui.actions.spec import ActionSpec, When
from gui.actions.table import ACTIONS, MENUS, conflicts, normal, shown

__all__ = ["ACTIONS", "MENUS", "ActionSet", "ActionSpec", "When", "conflicts", "normal", "shown"]
