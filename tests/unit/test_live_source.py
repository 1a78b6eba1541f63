"""What can be watched, what the network may make FFmpeg open, and clocks that go on for days."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from helpers.clip import make_clip
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import KnownError
from core.media.live.decoder import LiveDecoder
from core.media.live.reader import LiveReader, LostError
from core.media.live.source import LiveSource, UnsupportedSourceError, live_source, readable
from core.media.live.stamp import Unwrapper


@given(
    st.integers(0, 2**33 - 1),
    st.lists(st.integers(-90_000, 10_000_000), max_size=60),
    st.sampled_from([0, 1 << 33, -(1 << 33)]),
)
def test_time_stamps_go_on_where_the_counter_begins_again(
    first: int, steps: list[int], offset: int
) -> None:
    unwrapper = Unwrapper()
    line = first
    assert unwrapper.take(first) == first
    for step in steps:
        line += step
        # FFmpeg takes some turns off by itself, or adds one.
        assert unwrapper.take(line % (1 << 33) + offset) == line


def test_playlists_of_the_network_cannot_name_local_files() -> None:
    allowed = live_source("https://host/live.m3u8").options["protocol_whitelist"].split(",")
    assert "https" in allowed
    assert "file" not in allowed
    assert live_source("udp://127.0.0.1:9").options["protocol_whitelist"] == "udp"


@pytest.mark.parametrize(
    "url", ["", "live.m3u8", "/etc/passwd", "file:///etc/passwd", "concat:a|b"]
)
def test_what_is_no_stream_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedSourceError, match="no stream that can be watched"):
        live_source(url)


def test_dash_is_refused_with_a_sentence_where_ffmpeg_cannot_read_it() -> None:
    if "dash" in readable():
        assert live_source("https://host/live.mpd").format is None
    else:
        with pytest.raises(UnsupportedSourceError, match="DASH"):
            live_source("https://host/live.mpd")


def test_protocol_that_ffmpeg_lacks_is_named() -> None:
    with pytest.raises(UnsupportedSourceError, match="does not speak NOSUCH"):
        LiveReader.open(LiveSource("nosuch://127.0.0.1:9", shown="nosuch"), 0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="names of readers differ")
def test_devices_and_screens_are_read_by_the_readers_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert live_source("device:/dev/video0").format == "v4l2"
    monkeypatch.setenv("DISPLAY", ":7")
    assert (live_source("screen:").format, live_source("screen:").url) == ("x11grab", ":7")
    assert live_source("screen::1.0").url == ":1.0"
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(UnsupportedSourceError, match="no screen"):
        live_source("screen:")


def test_peer_that_is_not_there_is_a_sentence_without_the_password() -> None:
    source = live_source("http://me:secret@127.0.0.1:1/live.m3u8?token=abc", 1.0)
    with pytest.raises(LostError) as caught:
        LiveReader.open(source, 1.0)
    said = caught.value.sentence + caught.value.details
    assert "cannot be opened" in said
    assert "secret" not in said
    assert "abc" not in said


def test_peer_that_says_nothing_is_given_up() -> None:
    with pytest.raises(LostError):
        LiveReader.open(live_source("udp://127.0.0.1:0", 0.2), 0.2)


def test_pictures_and_sound_go_on_across_the_wrap_of_the_clock(tmp_path: Path) -> None:
    wrap_s = Fraction(1 << 33, 90_000)
    path = tmp_path / "late.ts"
    plain = make_clip(tmp_path / "plain.ts", 4.0)
    with av.open(str(plain.path)) as source, av.open(str(path), "w") as target:
        streams = {s.index: target.add_stream_from_template(s) for s in source.streams}
        shift = int((wrap_s - 2) * 90_000)
        for packet in source.demux():
            if packet.size and packet.pts is not None and packet.dts is not None:
                packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                packet.stream = streams[packet.stream_index]
                target.mux(packet)
    reader = LiveReader.open(LiveSource(str(path)), 2.0)
    items = list(reader.packets())
    decoder = LiveDecoder(reader)
    decoded = [d for item in items for d in decoder.take(item)]
    reader.close()
    assert {item.clock for item in items} == {0}
    steps = [b.at - a.at for a, b in pairwise(items) if a.at and b.at]
    assert max(map(abs, steps)) < 1
    assert not [d for d in decoded if hasattr(d, "fault")]


def test_stream_without_picture_and_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    with pytest.raises(KnownError, match="no picture or sound"):
        LiveReader.open(LiveSource(str(path), shown="a.srt"), 1.0)
