"""Actions of the Mark menu: stretches of time."""

from __future__ import annotations

from gui.actions.spec import When, spec

ACTIONS = (
    spec("mark.in", "Mark in", "Mark", "I", "The stretch starts here.", When.TITLE),
    spec("mark.out", "Mark out", "Mark", "O", "The stretch ends after this frame.", When.TITLE),
    spec(
        "mark.flag", "Mark the flag's span", "Mark", "Shift+M", "Mark where the flag is.", When.FLAG
    ),
    spec("mark.clear", "Clear the marks", "Mark", "Esc", "Forget in and out.", When.MARKED),
    spec(
        "mark.missed",
        "Missed defect…",
        "Mark",
        "Insert Shift+D",
        "Report a defect that no detector flagged on the marked stretch.",
        When.TITLE | When.MARKED | When.WRITABLE,
        starts_group=True,
    ),
)
