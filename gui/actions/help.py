"""Actions of the Help menu: help."""

from __future__ import annotations

from gui.actions.spec import spec

ACTIONS = (
    spec("help.shortcuts", "Shortcuts", "Help", "? F1", "Show and change all shortcuts."),
    spec("help.tour", "Tour", "Help", "", "Be led through the desk, in two minutes."),
    spec("help.about", "About Onglass", "Help", "", "Versions and licences.", starts_group=True),
)
