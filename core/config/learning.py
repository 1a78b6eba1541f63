"""Settings of learning: when a training is offered, and whether it may start by itself."""

from __future__ import annotations

from core.config.setting import Kind, Setting

LEARNING: tuple[Setting, ...] = (
    Setting(
        "learning.offer",
        "Offer a training",
        "When the desk says, quietly, that there is something to learn from.",
        Kind.CHOICE,
        "verdicts",
        {"never": "Never", "verdicts": "After so many verdicts", "weekly": "Weekly"},
    ),
    Setting(
        "learning.verdicts",
        "Verdicts before an offer",
        "How many verdicts about a detector since its last training make an offer.",
        Kind.INT,
        40,
        low=5,
        high=10_000,
    ),
    Setting(
        "learning.weekday",
        "Day of the weekly offer",
        "On which day of the week a training is offered.",
        Kind.CHOICE,
        "5",
        {
            "0": "Monday",
            "1": "Tuesday",
            "2": "Wednesday",
            "3": "Thursday",
            "4": "Friday",
            "5": "Saturday",
            "6": "Sunday",
        },
    ),
    Setting(
        "learning.hour",
        "Hour of the weekly offer",
        "From which hour of that day on.",
        Kind.INT,
        20,
        low=0,
        high=23,
    ),
    Setting(
        "learning.start",
        "Start trainings by itself",
        "Begin what is offered without being asked. What comes of it still waits for you.",
        Kind.BOOL,
        False,
    ),
)
