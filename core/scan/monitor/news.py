"""Findings of a channel as events, alerts and clips."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from core.catalog.rule import in_words
from core.catalog.table import DETECTORS
from core.domain.channel import ChannelEvent, ChannelEventKind, masked
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.media.live.ring import Ring, Session
from core.scan.monitor.alert import Alert
from core.scan.monitor.claim import Change, LiveFinding
from core.scan.monitor.clerk import Clerk
from core.scan.monitor.excerpt import LEAD_IN_S, LEAD_OUT_S, LONGEST_S, ClipOrder, Excerpt
from core.scan.monitor.stretch import Stretch
from core.scan.monitor.tally import Tally

_EDGE_S = 2.0
_MOST_EDGES = 50


class Desk(Protocol):
    """What news need of the channel that they are of."""

    @property
    def channel(self) -> str:
        """Id in the store."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def url(self) -> str:
        """Where it comes from."""

    @property
    def profile(self) -> Profile:
        """What counts as a defect."""

    @property
    def alert_from(self) -> Severity:
        """What is told."""

    @property
    def clerk(self) -> Clerk:
        """Who writes."""

    @property
    def tally(self) -> Tally:
        """Who counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A stretch and where it lies.

    Attributes:
        stretch: The stretch.
        session: Of the ring.
        indices: Container indices of the connection's streams.
        offset_s: Seconds of UTC at time zero of the stream's clock.
    """

    stretch: Stretch
    session: Session
    indices: tuple[int, ...]
    offset_s: float


@dataclass(slots=True, eq=False)
class _News:
    key: int
    event: ChannelEvent
    finding: Finding
    alerted: bool = False
    clipped: bool = False


@dataclass(slots=True, eq=False)
class _Wish:
    """A clip that is wanted once it is decided what it shows."""

    start_s: float
    end_s: float
    news: list[_News] = field(default_factory=list)


class NewsDesk:
    """Turns what becomes of findings into events, alerts and orders for clips.

    Args:
        desk: The channel.
        ring: Where clips come from, None for none.
        folder: Where clips go.
        alert: Takes alerts.
    """

    def __init__(
        self, desk: Desk, ring: Ring | None, folder: Path | None, alert: Callable[[Alert], None]
    ) -> None:
        self._desk = desk
        self._ring = ring
        self._folder = folder
        self._alert = alert
        self._news: dict[int, _News] = {}
        self._edges: list[_News] = []
        self._wishes: list[_Wish] = []
        self._lock = threading.Lock()

    def take(
        self, changes: Sequence[tuple[Change, LiveFinding]], place: Place, closing: bool = False
    ) -> None:
        """Tell what changed, and order the clips that are due.

        Args:
            changes: Of the stretch's last decision.
            place: The stretch.
            closing: It ends here; what goes on at its edge may go on in the next.
        """
        for change, live in changes:
            if change is Change.OPENED:
                self._opened(live, place)
            elif change is Change.CLOSED:
                self._closed(live, place, closing)
            else:
                self._withdrawn(live, place)
        for live in place.stretch.claims.going_on:
            news = self._news.get(live.number)
            if news is not None and live.finding.span.duration_s >= LONGEST_S:
                self._wish(news, live.finding)
        self._order(place, closing)

    def outage(self, event: ChannelEvent, state: str) -> None:
        """Tell that a channel is not seen, or is seen again."""
        self._tell(event, "", Severity.BLOCKER, state)

    def _opened(self, live: LiveFinding, place: Place) -> None:
        event = self._event(live.finding, place, ended=False)
        before = self._continued(live.finding, event)
        if before is not None:
            self._news[live.number] = before
            with self._lock:
                before.event = replace(before.event, end_s=None)
                self._desk.clerk.amend(before.key, self._desk.channel, before.event)
            return
        news = _News(self._desk.clerk.post(self._desk.channel, event), event, live.finding)
        self._news[live.number] = news
        self._desk.tally.found(live.finding.detector, str(live.finding.severity))
        self._raise_alert(news, "opened")

    def _continued(self, finding: Finding, event: ChannelEvent) -> _News | None:
        """The finding that another stretch left at its edge and that goes on here."""
        for news in self._edges:
            other = news.finding
            alike = (other.detector, other.defect, other.evidence.channels) == (
                finding.detector,
                finding.defect,
                finding.evidence.channels,
            )
            end_s, start_s = news.event.end_s, event.start_s
            if (
                alike
                and end_s is not None
                and start_s is not None
                and abs(start_s - end_s) <= _EDGE_S
            ):
                self._edges.remove(news)
                return news
        return None

    def _closed(self, live: LiveFinding, place: Place, closing: bool) -> None:
        news = self._news.pop(live.number, None)
        if news is None:
            return
        now = self._event(live.finding, place, ended=True)
        with self._lock:
            start_s = min(filter(None, (news.event.start_s, now.start_s)), default=None)
            known = news.event
            news.event = replace(
                now,
                start_s=start_s,
                at=known.at,
                fingerprint=known.fingerprint,
                run=known.run,
                clip=known.clip,
            )
            news.finding = live.finding
            self._desk.clerk.amend(news.key, self._desk.channel, news.event)
        self._raise_alert(news, "closed")
        self._wish(news, live.finding)
        if closing:
            self._edges = [*self._edges[-_MOST_EDGES:], news]

    def _withdrawn(self, live: LiveFinding, place: Place) -> None:
        news = self._news.pop(live.number, None)
        if news is None:
            return
        now = self._event(live.finding, place, ended=True)
        with self._lock:
            sentence = f"Taken back when more was seen: {news.event.sentence}"
            news.event = replace(news.event, end_s=now.end_s, sentence=sentence, severity="fyi")
            self._desk.clerk.amend(news.key, self._desk.channel, news.event)
        for wish in self._wishes:
            wish.news = [other for other in wish.news if other is not news]

    def _event(self, finding: Finding, place: Place, ended: bool) -> ChannelEvent:
        note = finding.evidence.note or DETECTORS[finding.detector].title
        length_s = finding.span.duration_s
        if length_s > LONGEST_S:
            note = f"{DETECTORS[finding.detector].title} for {in_words(length_s)}. {note}"
        return ChannelEvent(
            ChannelEventKind.FINDING,
            datetime.now(UTC),
            note,
            finding.span.start_s + place.offset_s,
            finding.span.end_s + place.offset_s if ended else None,
            finding.defect,
            str(finding.severity),
        )

    # Alerts

    def _raise_alert(self, news: _News, state: str) -> None:
        severity = news.finding.severity
        worth = severity.rank >= self._desk.alert_from.rank
        if state == "closed" and worth and not news.alerted:
            state = "opened"  # It grew worse only at its end: told once.
        elif not worth and not news.alerted:
            return
        news.alerted = True
        self._tell(news.event, news.finding.detector, severity, state)

    def _tell(self, event: ChannelEvent, detector: str, severity: Severity, state: str) -> None:
        self._alert(
            Alert(
                self._desk.name,
                masked(self._desk.url),
                str(event.kind),
                state,
                str(severity),
                detector,
                event.defect,
                _clock(event.start_s),
                _clock(event.end_s),
                event.sentence,
            )
        )

    # Clips

    def _wish(self, news: _News, finding: Finding) -> None:
        if self._ring is None or news.clipped:
            return
        news.clipped = True
        news.finding = finding
        start = finding.span.start_s - LEAD_IN_S
        end = min(finding.span.end_s, finding.span.start_s + LONGEST_S) + LEAD_OUT_S
        for wish in self._wishes:
            low, high = min(wish.start_s, start), max(wish.end_s, end)
            if start < wish.end_s and end > wish.start_s and high - low <= LONGEST_S + 15.0:
                wish.start_s, wish.end_s = low, high
                wish.news.append(news)
                return
        self._wishes.append(_Wish(start, end, [news]))

    def _order(self, place: Place, closing: bool) -> None:
        reached_s = place.stretch.reached_s()
        for wish in list(self._wishes):
            if not closing and (reached_s is None or reached_s < wish.end_s):
                continue
            self._wishes.remove(wish)
            if wish.news and self._ring is not None and self._folder is not None:
                self._desk.clerk.order(self._ordered(wish, place, self._ring, self._folder))

    def _ordered(self, wish: _Wish, place: Place, ring: Ring, folder: Path) -> ClipOrder:
        first = wish.news[0]
        at = datetime.fromtimestamp(first.event.start_s or 0.0, UTC)
        name = f"clip-{at:%Y%m%d-%H%M%S}-{first.key:06d}-{first.finding.defect}.mkv"

        def done(excerpt: Excerpt) -> list[tuple[int, ChannelEvent]]:
            with self._lock:
                for news in wish.news:
                    news.event = replace(
                        news.event,
                        fingerprint=excerpt.fingerprint,
                        run=excerpt.run,
                        clip=str(excerpt.path),
                    )
                return [(news.key, news.event) for news in wish.news]

        return ClipOrder(
            self._desk.channel,
            self._desk.name,
            ring,
            place.session,
            place.indices,
            wish.start_s,
            wish.end_s,
            folder / name,
            [replace(news.finding) for news in wish.news],
            place.stretch.between(wish.start_s, wish.end_s),
            place.stretch.detectors,
            dict(place.stretch.weights),
            self._desk.profile,
            done,
        )


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
