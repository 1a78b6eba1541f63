"""Names in the file of settings that earlier versions wrote otherwise, and what they are now.

Whoever renames a setting, an action or a part of the layout enters it here, and nowhere else: what
stood under the former name is taken over, and what is saved stands under both names, so that going
back to the earlier version loses nothing.
"""

from __future__ import annotations

SETTING_KEYS: dict[str, str] = {}
"""Present key of a setting by its former key, both `group.name`."""

ACTION_IDS: dict[str, str] = {}
"""Present id of an action by its former id."""

LAYOUT_NAMES: dict[str, str] = {}
"""Present name of a part of the layout by its former name."""
