"""What the screen calls things of learning, in one place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.lineage import Change, GateLine, Outcome, Training, TrainingState
from core.domain.verdict import Decision
from core.review.drift import Drift, Shift
from gui.language import mark, tr

if TYPE_CHECKING:
    from core.review.training import Counts

STATES = {
    TrainingState.WAITING: mark("waiting"),
    TrainingState.TRAINING: mark("training"),
    TrainingState.PAUSED: mark("paused"),
    TrainingState.EXAMINED: mark("examined, waits for you"),
    TrainingState.ACCEPTED: mark("accepted"),
    TrainingState.REFUSED: mark("refused"),
    TrainingState.FAILED: mark("failed"),
}
CURVES = (
    mark("Loss"),
    mark("Recall"),
    mark("False alarms"),
    mark("Rejected flags left"),
    mark("Confirmed flags kept"),
)
"""What trainings call the curves that are drawn."""

FIGURES = {
    "recall": mark("recall"),
    "false alarms": mark("false alarms"),
    "ranking (ROC AUC)": mark("ranking (ROC AUC)"),
    "rejected flags still raised": mark("rejected flags still raised"),
    "confirmed flags still raised": mark("confirmed flags still raised"),
}
"""What gates call their figures."""

PLACES = {
    "simulated test": mark("simulated test"),
    "your gold titles": mark("your gold titles"),
    "the titles learned from": mark("the titles learned from"),
}
"""What gates measure on."""

OUTCOMES = {
    Outcome.BETTER: (mark("better"), "confirmed"),
    Outcome.NO_WORSE: (mark("no worse"), "text"),
    Outcome.WORSE: (mark("worse"), "blocker"),
}
CHANGES = {
    Change.GAINED: (mark("Gained"), "issue"),
    Change.LOST: (mark("Lost"), "curve"),
    Change.KEPT: (mark("Kept"), "outline"),
}
SAID = {
    Decision.CONFIRM: mark("was confirmed"),
    Decision.REJECT: mark("was rejected"),
    Decision.UNSURE: mark("was left unsure"),
    Decision.MISSED: mark("was marked as missed"),
}
CAVEATS = (
    mark(
        "A curve that rises on the verdicts it learned from proves nothing. The gate counts titles "
        "that were never trained on."
    ),
    mark("With few verdicts chance decides much: look at the intervals, not at the last digit."),
    mark(
        "What choosing samples gains over drawing them can vanish where training is strongly "
        "regularised, as it is here on purpose."
    ),
    mark(
        "Samples chosen for these weights serve these weights. A later network may learn less from "
        "them than from a plain draw."
    ),
    mark(
        "Chosen samples are no fair picture of your library. How often a defect occurs follows "
        "from spot checks and the random share alone."
    ),
)
"""What is known against trusting a learning curve; stands next to it."""

_SHIFTS = {
    Shift.UNKNOWN: mark(
        "Too few titles to say whether recent ones differ; {least} on each side are needed."
    ),
    Shift.NONE: mark("Recent titles look to this detector like those before them."),
    Shift.SOME: mark(
        "Recent titles differ somewhat from those before them. Watch what is rejected."
    ),
    Shift.MUCH: mark(
        "Recent titles differ much from those before them. Decide some of their flags: old figures "
        "say little about them."
    ),
}


def shift_text(found: Drift, least: int) -> str:
    """What drift comes to, in plain words."""
    return tr(_SHIFTS[found.shift], least=least)


def day(at: datetime | None) -> str:
    """A day and a minute, here."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at is not None else ""


def counts_text(counts: Counts) -> str:
    """What there is to learn from, in a line."""
    if not counts.total:
        return tr("nothing decided")
    return " · ".join(
        (
            f"{counts.confirmed} {tr('confirmed')}",
            f"{counts.rejected} {tr('rejected')}",
            f"{counts.missed} {tr('missed')}",
            f"{counts.intent} {tr('intent')}",
        )
    )


def span_text(seconds: float) -> str:
    """A length of work, roughly."""
    if seconds < 90:
        return tr("{count} s", count=max(round(seconds), 1))
    if seconds < 5400:
        return tr("{count} min", count=round(seconds / 60))
    return tr("{count} h", count=f"{seconds / 3600:.1f}")


def figure_text(value: float, unit: str) -> str:
    """A figure as the gate writes it."""
    return f"{value:.1f} %" if unit == "%" else f"{value:.3f}"


def interval_text(line: GateLine) -> str:
    """The interval of a difference."""
    low, high = line.interval
    places = 1 if line.unit == "%" else 3
    return f"{low:+.{places}f} … {high:+.{places}f}"


def state_text(training: Training | None) -> str:
    """How a training stands, in a few words; empty without one."""
    if training is None:
        return ""
    said = tr(STATES[training.state])
    if training.state in (TrainingState.TRAINING, TrainingState.PAUSED):
        return f"{said} {100 * training.progress:.0f} %"
    return said
