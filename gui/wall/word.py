"""What the screen says about channels."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.domain.channel import ChannelEvent, ChannelEventKind
from core.domain.defect import Severity
from core.review.channel import WallOrder, WallState
from gui.language import mark, told, tr
from gui.queue.flag_text import SEVERITY_TITLES, defect_title

if TYPE_CHECKING:
    from core.review.channel import ChannelLine

STATES = {
    WallState.FAILED: mark("Failed"),
    WallState.SILENT: mark("Silent"),
    WallState.RECONNECTING: mark("Reconnecting"),
    WallState.BEHIND: mark("Behind"),
    WallState.STARTING: mark("Starting"),
    WallState.LIVE: mark("Live"),
    WallState.STOPPED: mark("Stopped"),
}
STATE_HELP = {
    WallState.FAILED: mark("Watching it ended with an error."),
    WallState.SILENT: mark("Its monitor gives no sign of life; nobody knows how it is."),
    WallState.RECONNECTING: mark("The stream is away and is opened again."),
    WallState.BEHIND: mark("It arrives faster than it is analysed."),
    WallState.STARTING: mark("It is being opened."),
    WallState.LIVE: mark("It arrives and is analysed."),
    WallState.STOPPED: mark("Somebody ended the watching."),
}
STATE_ROLES = {
    WallState.FAILED: "blocker",
    WallState.SILENT: "issue",
    WallState.RECONNECTING: "issue",
    WallState.BEHIND: "unsure",
    WallState.STARTING: "accent",
    WallState.LIVE: "confirmed",
    WallState.STOPPED: "text_muted",
}
ORDERS = {
    WallOrder.STATE: mark("State"),
    WallOrder.NAME: mark("Name"),
    WallOrder.FINDING: mark("Last flag"),
}
KINDS = {
    ChannelEventKind.STARTED: mark("Started"),
    ChannelEventKind.RECONNECTED: mark("Reconnected"),
    ChannelEventKind.GAP: mark("Gap"),
    ChannelEventKind.BEHIND: mark("Behind"),
    ChannelEventKind.CAUGHT_UP: mark("Caught up"),
    ChannelEventKind.FINDING: mark("Flag"),
    ChannelEventKind.ALERT_FAILED: mark("Alert failed"),
    ChannelEventKind.RING_FAILED: mark("Recording failed"),
    ChannelEventKind.STOPPED: mark("Stopped"),
    ChannelEventKind.FAILED: mark("Failed"),
}
_UNITS = ((86400, mark("{n} d")), (3600, mark("{n} h")), (60, mark("{n} min")), (1, mark("{n} s")))


def span_text(seconds: float) -> str:
    """A length of time in one unit."""
    for size, text in _UNITS:
        if seconds >= size:
            return tr(text, n=int(seconds // size))
    return tr("{n} s", n=0)


def ago_text(at: datetime, now: datetime) -> str:
    """How long ago something was."""
    return tr("{time} ago", time=span_text(max((now - at).total_seconds(), 0.0)))


def clock_text(at: datetime, now: datetime) -> str:
    """When something was, in this machine's time zone; with its day unless that is today."""
    local, today = at.astimezone(), now.astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M:%S}"


def state_text(line: ChannelLine, state: WallState, now: datetime) -> str:
    """How it stands with a channel, and since when."""
    if state is WallState.SILENT:
        heard = ago_text(line.channel.heartbeat, now)
        return tr("{state} · last heard {ago}", state=tr(STATES[state]), ago=heard)
    length = span_text(max((now - line.since).total_seconds(), 0.0))
    return tr("{state} · for {length}", state=tr(STATES[state]), length=length)


def coverage_text(line: ChannelLine, state: WallState) -> str:
    """Which share is analysed, as far as that is known now."""
    figures = line.channel.figures
    if state is WallState.SILENT:
        return tr("Not known what is analysed")
    if figures.received_s <= 0:
        return tr("Nothing received yet")
    return tr("{share} analysed", share=f"{_floor(figures.coverage)} %")


def _floor(share: float) -> int:
    """Per cent, rounded down: 99.9 % is not all."""
    return int(min(max(share, 0.0), 1.0) * 100 + 1e-9)


def latency_text(line: ChannelLine, state: WallState) -> str:
    """How long it takes from arrival to decision; empty when not known."""
    latency_s = line.channel.figures.latency_p99_s
    if state is WallState.SILENT or latency_s <= 0:
        return ""
    return tr("{seconds} s late", seconds=f"{latency_s:.1f}")


def gaps_text(line: ChannelLine) -> str:
    """What was not seen since the monitor began."""
    figures = line.channel.figures
    if not figures.gaps:
        return tr("No gaps")
    return tr("%n gaps, {length} in all", figures.gaps, length=span_text(figures.gap_s))


def finding_text(event: ChannelEvent, now: datetime) -> str:
    """A finding and its age."""
    return f"{defect_title(event.defect)} · {ago_text(event.at, now)}"


def no_finding_text(line: ChannelLine) -> str:
    """What stands where no finding is: nothing found is not nothing looked at."""
    looked = line.channel.figures.analysed_s > 0
    return tr("Nothing found yet") if looked else tr("Nothing looked at yet")


def severity_of(event: ChannelEvent) -> Severity | None:
    """How bad a finding is; None for what is none."""
    try:
        return Severity(event.severity)
    except ValueError:
        return None


def event_title(event: ChannelEvent) -> str:
    """What happened, in a few words."""
    if event.kind is not ChannelEventKind.FINDING:
        return tr(KINDS.get(event.kind, str(event.kind)))
    severity = severity_of(event)
    title = defect_title(event.defect)
    return title if severity is None else f"{title} · {tr(SEVERITY_TITLES[severity])}"


def event_note(event: ChannelEvent) -> str:
    """The rest of what is known of an event."""
    parts = [told(event.sentence)] if event.sentence else []
    if event.start_s is not None and event.end_s is not None and event.end_s > event.start_s:
        length = tr("{seconds} s", seconds=f"{event.end_s - event.start_s:.1f}")
        parts.append(tr("lasted {length}", length=length))
    if event.kind is ChannelEventKind.FINDING and not event.clip:
        parts.append(tr("its clip is still being written"))
    return " · ".join(parts)


def spoken(line: ChannelLine, state: WallState, now: datetime) -> str:
    """All of a tile in one sentence, for screen readers."""
    parts = [
        line.channel.name,
        state_text(line, state, now),
        coverage_text(line, state),
        latency_text(line, state),
        *(finding_text(event, now) for event in line.findings),
        gaps_text(line),
    ]
    if not line.findings:
        parts.insert(4, no_finding_text(line))
    return ", ".join(part for part in parts if part)


def detail_lines(line: ChannelLine, state: WallState, now: datetime) -> tuple[str, ...]:
    """What is known of a channel beyond its tile, a line each."""
    channel, figures = line.channel, line.channel.figures
    lines = [channel.url, f"{state_text(line, state, now)}. {tr(STATE_HELP[state])}"]
    known = [coverage_text(line, state), latency_text(line, state), gaps_text(line)]
    lines.append(" · ".join(part for part in known if part))
    if figures.note:
        lines.append(told(figures.note))
    if figures.left_out:
        left = ", ".join(sorted(figures.left_out))
        lines.append(tr("Not at work: {detectors}", detectors=left))
    return tuple(lines)
