"""Actions of the Help menu: help."""

from __future__ import annotations

from gui.actions.spec import spec

ACTIONS = (
    spec("help.shortcuts", "Shortcuts", "Help", "? F1", "Show and change all shortcuts."),
    spec("help.manual", "Manual", "Help", "", "Read the manual; it needs no network."),
    spec("help.tour", "Tour", "Help", "", "Be led through the desk, in two minutes."),
    spec(
        "help.bundle",
        "Save support bundle…",
        "Help",
        "",
        "Show and save what support needs to know, without media and without names.",
        starts_group=True,
    ),
    spec("help.about", "About Onglass", "Help", "", "Versions and licences."),
)
