"""Actions of lip sync: moving the sound against the picture, and showing what was judged."""

from __future__ import annotations

from gui.actions.spec import When, spec

NUDGES = (
    spec(
        "sync.frame_earlier",
        "Sound a frame earlier",
        "Play",
        "R",
        "Hold the sound earlier by a frame while it plays.",
        When.BOTH,
        repeats=True,
        starts_group=True,
    ),
    spec(
        "sync.frame_later",
        "Sound a frame later",
        "Play",
        "T",
        "Hold the sound later by a frame while it plays.",
        When.BOTH,
        repeats=True,
    ),
    spec(
        "sync.earlier",
        "Sound 10 ms earlier",
        "Play",
        "Shift+R",
        "Hold the sound earlier by 10 ms while it plays.",
        When.BOTH,
        repeats=True,
    ),
    spec(
        "sync.later",
        "Sound 10 ms later",
        "Play",
        "Shift+T",
        "Hold the sound later by 10 ms while it plays.",
        When.BOTH,
        repeats=True,
    ),
    spec(
        "sync.proposed",
        "Hold the sound as proposed",
        "Play",
        "P",
        "Move the sound by the offset that was found here.",
        When.BOTH,
    ),
    spec(
        "sync.reset",
        "Sound where it was",
        "Play",
        "Shift+P",
        "Hear sound and picture as they are in the title again.",
        When.BOTH,
    ),
)

SHOWN = (
    spec(
        "view.sync",
        "Lip sync",
        "View",
        "V",
        "Show faces with their verdicts over the picture.",
        When.BOTH,
        checkable=True,
        starts_group=True,
    ),
)
