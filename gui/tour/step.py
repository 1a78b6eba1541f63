"""The steps of the tour, as data."""

from __future__ import annotations

from dataclasses import dataclass

from gui.language import mark

SELECTED = "selected"
DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try.

    Attributes:
        text: What to do and what it is good for; `{key}` is the shortcut of each of `keys`.
        keys: Actions whose shortcuts the text names, in order.
        done_by: Actions, or `SELECTED` and `DECIDED`, any of which completes the step.
    """

    text: str
    keys: tuple[str, ...]
    done_by: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step(
        mark(
            "Each row of the list on the right is a flag: something that a detector doubts. "
            "Press {0} to go to the next one."
        ),
        ("review.next",),
        (SELECTED,),
    ),
    Step(
        mark("See and hear it: {0} plays and stops, {1} and {2} go frame by frame."),
        ("play.toggle", "play.next_frame", "play.previous_frame"),
        ("play.toggle", "play.next_frame", "play.previous_frame"),
    ),
    Step(
        mark(
            "The curve below the picture is why it was flagged. Press {0} to go where it is worst."
        ),
        ("play.worst",),
        ("play.worst",),
    ),
    Step(
        mark(
            "Decide: {0} confirms, {1} rejects, {2} leaves it to somebody else. Your verdict is on "
            "the disk before the next flag shows."
        ),
        ("review.confirm", "review.reject", "review.unsure"),
        (DECIDED,),
    ),
    Step(
        mark("Changed your mind? {0} takes it back, tomorrow as well. Nothing is ever lost."),
        ("review.undo",),
        ("review.undo",),
    ),
    Step(
        mark("{0} skips to the next flag that nobody has decided."),
        ("review.next_undecided",),
        ("review.next_undecided",),
    ),
    Step(
        mark(
            "Did the detectors miss something? {0} and {1} mark where it begins and ends, {2} "
            "reports it. Mark a beginning."
        ),
        ("mark.in", "mark.out", "mark.missed"),
        ("mark.in",),
    ),
    Step(
        mark(
            "When all is decided, {0} writes the report. Look at what can be written, and close it "
            "again."
        ),
        ("file.export",),
        ("file.export",),
    ),
)
"""In order; two minutes in all."""

LAST = mark("That was all. {0} shows every key, {1} opens a title of your own.")
LAST_KEYS = ("help.shortcuts", "file.open")
