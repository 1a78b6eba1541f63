"""Channels in the store: who watches them, what happened, and nothing secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.domain.channel import (
    ChannelEvent,
    ChannelEventKind,
    ChannelFigures,
    ChannelState,
    masked,
    without_credentials,
)
from core.domain.errors import BugError
from core.store.store import Store
from core.store.table import ChannelRow

SECRET = "https://me:secret@host.example/live.m3u8?token=abc&x=1"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def event(kind: ChannelEventKind = ChannelEventKind.GAP, sentence: str = "Gone.") -> ChannelEvent:
    return ChannelEvent(kind, NOON, sentence, 10.5, 12.0)


def test_channel_comes_back_with_its_figures_and_without_its_password(store: Store) -> None:
    channel, before = store.channels.begin("News", SECRET)
    assert before is None
    assert channel.url == "https://***@host.example/live.m3u8?token=***&x=***"
    figures = ChannelFigures(coverage=0.5, level="light", detectors=("black",), left_out={"a": "b"})
    store.channels.update(channel.id, ChannelState.BEHIND, figures)
    (kept,) = store.channels.all()
    assert (kept.state, kept.figures, kept.name) == (ChannelState.BEHIND, figures, "News")
    assert store.channels.get(channel.id) == kept
    assert store.channels.get("other") is None


def test_channel_that_is_watched_again_keeps_its_id_and_tells_how_it_was_left(store: Store) -> None:
    first, _ = store.channels.begin("News", SECRET)
    store.channels.update(first.id, ChannelState.LIVE, ChannelFigures(gaps=3), [event()])
    again, before = store.channels.begin("News", SECRET)
    assert again.id == first.id
    assert before is not None
    assert (before.state, before.figures.gaps) == (ChannelState.LIVE, 3)
    assert again.state is ChannelState.STARTING
    assert len(store.channels.events(again.id)) == 1


def test_events_come_newest_first_by_channel_kind_and_number(store: Store) -> None:
    one, _ = store.channels.begin("One", "udp://127.0.0.1:1")
    two, _ = store.channels.begin("Two", "udp://127.0.0.1:2")
    numbers = store.channels.update(
        one.id,
        ChannelState.LIVE,
        ChannelFigures(),
        [event(ChannelEventKind.STARTED), event(), event(sentence="Again.")],
    )
    store.channels.update(two.id, ChannelState.LIVE, ChannelFigures(), [event()])
    assert [e.sentence for e in store.channels.events(one.id, 2)] == ["Again.", "Gone."]
    assert len(store.channels.events()) == 4
    (begun,) = store.channels.events(kinds=[ChannelEventKind.STARTED])
    assert (begun.channel, begun.number) == (one.id, numbers[0])
    assert {e.number for e in store.channels.events(one.id, after=numbers[0])} == set(numbers[1:])


def test_finding_is_completed_with_its_clip(store: Store) -> None:
    channel, _ = store.channels.begin("One", "udp://127.0.0.1:1")
    found = replace(event(ChannelEventKind.FINDING), end_s=None, defect="black", severity="issue")
    (number,) = store.channels.update(channel.id, ChannelState.LIVE, ChannelFigures(), [found])
    ended = replace(
        found, end_s=20.0, clip="/ring/a.mkv", fingerprint="f", run="r", at=datetime.now(UTC)
    )
    store.channels.complete(number, ended)
    (kept,) = store.channels.events(channel.id)
    assert (kept.end_s, kept.clip, kept.at) == (20.0, "/ring/a.mkv", NOON)
    with pytest.raises(BugError):
        store.channels.complete(number + 1, ended)


def test_unknown_channel_is_a_mistake_and_keeps_no_event(store: Store) -> None:
    with pytest.raises(BugError):
        store.channels.update("nobody", ChannelState.LIVE, ChannelFigures(), [event()])
    assert store.channels.events() == ()


def test_figures_of_another_version_are_read_as_far_as_they_are_known(store: Store) -> None:
    channel, _ = store.channels.begin("One", "udp://127.0.0.1:1")
    document = '{"gaps": 2, "novelty": [1]}'
    store.database.write(lambda c: c.execute(update(ChannelRow).values(document=document)))
    found = store.channels.get(channel.id)
    assert found is not None
    assert found.figures == ChannelFigures(gaps=2)


def test_monitor_that_gives_no_sign_is_silent_unless_it_has_ended(store: Store) -> None:
    channel, _ = store.channels.begin("One", "udp://127.0.0.1:1")
    late = channel.heartbeat + timedelta(minutes=1)
    assert channel.is_silent(late)
    assert not channel.is_silent(channel.heartbeat)
    assert not replace(channel, state=ChannelState.STOPPED).is_silent(late)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("udp://239.0.0.1:1234", "udp://239.0.0.1:1234"),
        ("rtsp://a:b@cam/stream1", "rtsp://***@cam/stream1"),
        ("rtsp://a:p/w@cam/x", "rtsp://***@cam/x"),
        ("http://host:8080/live@2x.m3u8", "http://host:8080/live@2x.m3u8"),
        ("srt://h:9?passphrase=x&mode=caller", "srt://h:9?passphrase=***&mode=***"),
        ("https://h/a?justatoken", "https://h/a?***"),
        ("https://h/a#frag", "https://h/a#***"),
        ("/dev/video0", "/dev/video0"),
        ("http://[bad/?k=v", "http://[bad/"),
    ],
)
def test_urls_are_shown_without_what_is_secret(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_messages_that_repeat_a_url_are_masked() -> None:
    said = f"Connection refused: '{SECRET}' and http://u:p@other/"
    shown = without_credentials(said, SECRET)
    assert "secret" not in shown
    assert "abc" not in shown
    assert "u:p" not in shown
