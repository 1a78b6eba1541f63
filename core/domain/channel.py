"""A channel: a stream without an end that is watched, and what happened on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

SILENT_AFTER_S = 30.0
"""A channel whose monitor gave no sign for so long is not watched any more, whatever it says."""

_MASK = "***"
_USER = re.compile(r"(?<=://)[^/?#\s@]*@")
# A password may hold a slash that nobody escaped; what is only digits there is a port.
_LOOSE_USER = re.compile(r"(?<=://)[^/?#\s@:]*:(?!\d+/)[^?#\s]*@")
_VALUE = re.compile(r"=[^&;]*")


class ChannelState(StrEnum):
    """How it stands with a channel."""

    STARTING = "starting"
    LIVE = "live"
    BEHIND = "behind"
    RECONNECTING = "reconnecting"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def is_watched(self) -> bool:
        """Somebody watches it, or tries to."""
        return self not in (ChannelState.STOPPED, ChannelState.FAILED)


class ChannelEventKind(StrEnum):
    """What may happen on a channel."""

    STARTED = "started"
    RECONNECTED = "reconnected"
    GAP = "gap"
    BEHIND = "behind"
    CAUGHT_UP = "caught_up"
    FINDING = "finding"
    ALERT_FAILED = "alert_failed"
    RING_FAILED = "ring_failed"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """What was measured of a channel; 0 where nothing is known yet.

    Attributes:
        coverage: Share of the last hour's stream time that all its detectors looked at, 0..1;
            what was not received counts as not looked at.
        level: How much is analysed: `full`, `light` or `sparse`.
        detectors: Ids of the detectors that are at work now.
        left_out: A sentence for each detector that is not, by id.
        lag_s: How old the oldest packet is that was not looked at yet.
        latency_p50_s: Median of packet arrival to decision over the last minutes.
        latency_p99_s: The 99th percentile of the same.
        frames_per_s: Pictures received a second.
        kilobits_per_s: Received.
        received_s: Seconds of stream time received since the monitor began.
        analysed_s: Seconds of it that all detectors of the level `full` looked at.
        gaps: How often something was not seen.
        gap_s: How long that was together.
        reconnects: How often the stream was opened again.
        findings: How many were found since the monitor began.
        ring_bytes: Size of the ring on the disk.
        note: One sentence about the channel's trouble, or empty.
    """

    coverage: float = 0.0
    level: str = ""
    detectors: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    lag_s: float = 0.0
    latency_p50_s: float = 0.0
    latency_p99_s: float = 0.0
    frames_per_s: float = 0.0
    kilobits_per_s: float = 0.0
    received_s: float = 0.0
    analysed_s: float = 0.0
    gaps: int = 0
    gap_s: float = 0.0
    reconnects: int = 0
    findings: int = 0
    ring_bytes: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A watched channel as the store last heard of it.

    Attributes:
        id: Unique id; a channel keeps it from one start of its monitor to the next.
        name: What people call it; names are unique within a store.
        url: Where it comes from, credentials masked.
        state: As its monitor last said.
        started: When its monitor began, UTC.
        heartbeat: Its last sign of life, UTC.
        worker: Which process watches it.
        figures: What was measured.
    """

    id: str
    name: str
    url: str
    state: ChannelState
    started: datetime
    heartbeat: datetime
    worker: str = ""
    figures: ChannelFigures = ChannelFigures()

    def is_silent(self, now: datetime) -> bool:
        """Its monitor should give signs and does not: it is not watched, and nothing is known."""
        late = now - self.heartbeat > timedelta(seconds=SILENT_AFTER_S)
        return self.state.is_watched and late


@dataclass(frozen=True, slots=True)
class ChannelEvent:
    """Something that happened on a channel.

    Attributes:
        kind: What.
        at: When it was noticed, UTC.
        sentence: The same in words.
        start_s: Where it begins, seconds of UTC of the content; None where that has no meaning.
        end_s: Where it ends; None while it lasts.
        defect: Of a finding, else empty.
        severity: Of a finding, else empty.
        fingerprint: Of the clip as a title, once there is one.
        run: The clip's run, which holds the finding.
        clip: Path of the clip.
        channel: Id of the channel; given by the store.
        number: Counts up over all channels; given by the store, 0 before.
    """

    kind: ChannelEventKind
    at: datetime
    sentence: str
    start_s: float | None = None
    end_s: float | None = None
    defect: str = ""
    severity: str = ""
    fingerprint: str = ""
    run: str = ""
    clip: str = ""
    channel: str = ""
    number: int = 0


def masked(url: str) -> str:
    """A URL that may be shown and kept: without user, password and values of its query.

    `https://me:secret@host/live.m3u8?token=abc` becomes `https://***@host/live.m3u8?token=***`.
    """
    hidden = _hide_user(url)
    try:
        parts = urlsplit(hidden)
    except ValueError:
        return hidden.partition("?")[0].partition("#")[0]
    query = _VALUE.sub(f"={_MASK}", parts.query)
    if parts.query and "=" not in parts.query:
        query = _MASK
    fragment = _MASK if parts.fragment else ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


def without_credentials(text: str, url: str) -> str:
    """A message with every mention of a URL, and of what is secret in it, masked.

    Args:
        text: For example the words of a library that failed.
        url: What the library was given.
    """
    text = text.replace(url, masked(url))
    return _hide_user(text)


def _hide_user(text: str) -> str:
    return _LOOSE_USER.sub(f"{_MASK}@", _USER.sub(f"{_MASK}@", text))
