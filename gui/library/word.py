"""What the screen says about titles and analyses."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.domain.run import Run, RunState
from core.domain.summary import Dated, TitleOrder, TitleState, TitleSummary
from core.domain.timecode import format_clock
from gui.language import mark, tr

STATES = {
    TitleState.NOT_ANALYSED: mark("Not analysed"),
    TitleState.FAILED: mark("Analysis failed"),
    TitleState.ANALYSING: mark("Analysing"),
    TitleState.PARTLY: mark("Partly analysed"),
    TitleState.TO_REVIEW: mark("To review"),
    TitleState.IN_REVIEW: mark("In review"),
    TitleState.REVIEWED: mark("Reviewed"),
    TitleState.NO_FLAGS: mark("No flags"),
}
STATE_ROLES = {
    TitleState.NOT_ANALYSED: "text_muted",
    TitleState.FAILED: "blocker",
    TitleState.ANALYSING: "accent",
    TitleState.PARTLY: "text_muted",
    TitleState.TO_REVIEW: "issue",
    TitleState.IN_REVIEW: "accent",
    TitleState.REVIEWED: "confirmed",
    TitleState.NO_FLAGS: "confirmed",
}
ORDERS = {
    TitleOrder.NAME: mark("Name"),
    TitleOrder.FOLDER: mark("Folder"),
    TitleOrder.DURATION: mark("Length"),
    TitleOrder.MEDIA: mark("Format"),
    TitleOrder.STATE: mark("State"),
    TitleOrder.UNDECIDED: mark("Undecided"),
    TitleOrder.WORST: mark("Worst"),
    TitleOrder.REVIEWERS: mark("Reviewers"),
    TitleOrder.OPENED: mark("Opened"),
    TitleOrder.ANALYSED: mark("Analysed"),
}
RUN_STATES = {
    RunState.RUNNING: mark("running or interrupted"),
    RunState.DONE: mark("done"),
    RunState.CANCELLED: mark("stopped"),
    RunState.FAILED: mark("failed"),
}
PERIODS: tuple[tuple[str, Dated, int], ...] = (
    (mark("Opened today"), Dated.OPENED, 0),
    (mark("Opened in 7 days"), Dated.OPENED, 7),
    (mark("Opened in 30 days"), Dated.OPENED, 30),
    (mark("Analysed today"), Dated.ANALYSED, 0),
    (mark("Analysed in 7 days"), Dated.ANALYSED, 7),
    (mark("Analysed in 30 days"), Dated.ANALYSED, 30),
)


def since(days: int) -> datetime:
    """The midnight that began today, or so many days before it."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days)


def state_text(line: TitleSummary) -> str:
    """How far a title came, with the share that is analysed where that says something."""
    if not line.counted:
        return tr("Being counted")
    text = tr(STATES[line.state])
    underway = line.state in (TitleState.ANALYSING, TitleState.PARTLY)
    if underway and line.duration_s > 0 and line.done_s > 0:
        text += f" {min(line.done_s / line.duration_s, 1.0):.0%}"
    return text


def flags_text(line: TitleSummary) -> str:
    """Undecided and all flags; nothing where nobody has looked."""
    unknown = line.state in (TitleState.NOT_ANALYSED, TitleState.FAILED) and not line.flags
    if not line.counted or unknown:
        return ""
    return tr("{undecided} of {flags}", undecided=line.undecided, flags=line.flags)


def length_text(seconds: float) -> str:
    """A length without its milliseconds."""
    return format_clock(seconds).rpartition(".")[0]


def size_text(size_bytes: int) -> str:
    """A file's size at a glance."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size_bytes >= scale:
            return f"{size_bytes / scale:.3g} {unit}"
    return f"{size_bytes} B"


def date_text(at: datetime | None) -> str:
    """A date with its minute, in this machine's time zone; a dash for never."""
    return "–" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M}"


def run_text(run: Run) -> str:
    """How an analysis ended, and of which stretch it is."""
    text = tr(RUN_STATES[run.state])
    if run.span is not None:
        start, end = length_text(run.span.start_s), length_text(run.span.end_s)
        text += f", {tr('only {start} – {end}', start=start, end=end)}"
    elif run.state is not RunState.DONE:
        text += f", {tr('{time} measured', time=length_text(run.done_s))}"
    return text
