"""Actions of the Learn menu: verdicts make detectors better."""

from __future__ import annotations

from gui.actions.spec import spec

ACTIONS = (
    spec(
        "learning.train",
        "Training…",
        "Learn",
        "Ctrl+Shift+T",
        "Train detectors from verdicts, see what it changes, accept it or go back.",
    ),
)
