"""Actions of the Review menu: deciding."""

from __future__ import annotations

from gui.actions.spec import When, spec

ACTIONS = (
    spec(
        "review.next",
        "Next flag",
        "Review",
        "Down",
        "Select the next flag.",
        When.TITLE,
        repeats=True,
    ),
    spec(
        "review.previous",
        "Previous flag",
        "Review",
        "Up",
        "Select the flag before.",
        When.TITLE,
        repeats=True,
    ),
    spec(
        "review.next_undecided",
        "Next undecided flag",
        "Review",
        "N",
        "Skip what is decided.",
        When.TITLE,
    ),
    spec(
        "review.confirm",
        "Confirm",
        "Review",
        "C Return Enter",
        "The defect is there: fix it.",
        When.FLAG,
        starts_group=True,
    ),
    spec("review.reject", "Reject", "Review", "X", "The flag is wrong.", When.FLAG),
    spec("review.unsure", "Unsure", "Review", "U", "Somebody else should look.", When.FLAG),
    spec(
        "review.fix",
        "Confirm: fix",
        "Review",
        "1",
        "A defect to fix.",
        When.FLAG,
        starts_group=True,
    ),
    spec(
        "review.creative_intent",
        "Confirm: creative intent",
        "Review",
        "2",
        "It is meant so.",
        When.FLAG,
    ),
    spec(
        "review.best_possible",
        "Confirm: best possible",
        "Review",
        "3",
        "It cannot be better.",
        When.FLAG,
    ),
    spec(
        "review.false_positive",
        "Reject: false positive",
        "Review",
        "4",
        "Nothing is wrong.",
        When.FLAG,
        starts_group=True,
    ),
    spec(
        "review.not_visible",
        "Reject: not visible",
        "Review",
        "5",
        "Nobody would notice.",
        When.FLAG,
    ),
    spec(
        "review.duplicate", "Reject: duplicate", "Review", "6", "Another flag says it.", When.FLAG
    ),
    spec(
        "review.fyi", "Severity: FYI", "Review", "7", "Good to know.", When.FLAG, starts_group=True
    ),
    spec("review.issue", "Severity: issue", "Review", "8", "Should be fixed.", When.FLAG),
    spec("review.blocker", "Severity: blocker", "Review", "9", "Must be fixed.", When.FLAG),
    spec(
        "review.withdraw",
        "Take the verdict back",
        "Review",
        "Backspace",
        "Make the flag undecided again.",
        When.FLAG | When.VERDICT,
        starts_group=True,
    ),
    spec("review.comment", "Comment", "Review", "M", "Write a comment on the flag.", When.FLAG),
    spec(
        "review.undo",
        "Undo",
        "Review",
        "Ctrl+Z",
        "Take the last decision back.",
        When.UNDO,
        starts_group=True,
    ),
    spec("review.redo", "Redo", "Review", "Ctrl+Shift+Z Ctrl+Y", "Decide it again.", When.REDO),
    spec(
        "review.advance",
        "Advance after a verdict",
        "Review",
        "Ctrl+D",
        "Select the next undecided flag after each verdict.",
        checkable=True,
        starts_group=True,
    ),
)
