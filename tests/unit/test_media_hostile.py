"""Files made to reach out, to grow, or to fool: each is refused with a sentence, or bounded."""

from __future__ import annotations

import re
import shutil
import socket
import struct
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from helpers.clip import make_clip

from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.caption import read_cues
from core.media.probe import probe
from core.media.source import open_container
from core.reports.wording import clean, one_line


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("media") / "clip.mp4", 1.0)


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and what knocked at it."""
    knocks: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        ended = threading.Event()

        def serve() -> None:
            while not ended.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    knocks.append("a connection")

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1], knocks
        finally:
            ended.set()
            thread.join()


LISTS = {
    "hls.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{there}\n#EXT-X-ENDLIST\n",
    "late.m3u8": "\n \n#EXTM3U\n#EXTINF:1,\n{there}\n#EXT-X-ENDLIST\n",
    "hls.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{there}\n#EXT-X-ENDLIST\n",
    "list.ffconcat": "ffconcat version 1.0\nfile '{there}'\n",
    "list.txt": "file '{there}'\n",
    "dash.mpd": '<?xml version="1.0"?>\n<!-- x -->\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" '
    'type="static"><Period><BaseURL>{there}</BaseURL></Period></MPD>',
    "rtp.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "list.asx": '<asx version="3.0"><entry><ref href="{there}"/></entry></asx>',
    "list.pls": "[playlist]\nFile1={there}\n",
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("where", ["network", "file"])
def test_file_that_names_others_is_refused_and_nothing_is_fetched(
    name: str, where: str, tmp_path: Path, clip: Title
) -> None:
    with listening() as (port, knocks):
        there = str(clip.path) if where == "file" else f"http://127.0.0.1:{port}/a.ts"
        path = tmp_path / name
        path.write_text(LISTS[name].format(there=there))
        with pytest.raises(KnownError, match="only names other files"):
            probe(path)
        assert knocks == []


@pytest.mark.parametrize("name", ["hls.m3u8", "list.ffconcat", "dash.mpd", "rtp.sdp"])
def test_readers_that_follow_names_are_never_asked_even_where_the_head_tells_nothing(
    name: str, tmp_path: Path, clip: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.media.source._LIST", re.compile(b"(?!)"))
    with listening() as (port, knocks):
        for there in (clip.path.name, f"http://127.0.0.1:{port}/a.ts"):
            shutil.copy(clip.path, tmp_path)
            path = tmp_path / name
            path.write_text(LISTS[name].format(there=there))
            with pytest.raises(KnownError, match=r"cannot be opened|not a video"):
                probe(path)
        assert knocks == []


@pytest.mark.parametrize(
    "name", ["-i.mp4", "|ls.mp4", "concat:a|b.mp4", "http:x.mp4", "%03d.mp4", "a\nb\u202egpj.mp4"]
)
def test_name_is_a_name_and_nothing_else(name: str, tmp_path: Path, clip: Title) -> None:
    path = tmp_path / name
    shutil.copy(clip.path, path)
    assert probe(path).fingerprint == clip.fingerprint


def test_names_are_harmless_lines_in_what_is_exported() -> None:
    assert one_line("a\nb\r\t\u202egpj.\u2066exe\x07") == "a b \ufffdgpj.\ufffdexe\ufffd"
    assert clean("مرحبا\u200f, ok") == "مرحبا\u200f, ok"


# Captions ---------------------------------------------------------------------------------------

TTML = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{}</div></body></tt>'
CUE = '<p begin="1s" end="2s">said</p>'


def captions(clip: Title, folder: Path, content: bytes, suffix: str = ".ttml") -> Title:
    shutil.copy(clip.path, folder / "clip.mp4")
    (folder / f"clip{suffix}").write_bytes(content)
    return probe(folder / "clip.mp4")


def cues_of(title: Title) -> list[str]:
    return [cue.text for cue in read_cues(title, title.captions[0])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!--" + "x" * 10_000 + "-->"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE tt [<!ENTITY x SYSTEM "{there}">]>',
        '<!DOCTYPE tt SYSTEM "{there}">',
        '<!DOCTYPE tt [<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_in_captions_are_refused_wherever_they_are_declared(
    clip: Title, tmp_path: Path, declared: str, before: str, encoding: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = f'<?xml version="1.0" encoding="{encoding}"?>' + before
    text = head + declared.format(there=secret.as_uri()) + TTML.format(CUE)
    title = captions(clip, tmp_path, text.encode(encoding))
    with pytest.raises(KnownError, match="entities"):
        cues_of(title)


def test_captions_never_include_nor_fetch_what_they_name(clip: Title, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<p>secret</p>")
    with listening() as (port, knocks):
        reaching = (
            f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
            f'<p begin="1s" end="2s" xmlns:smpte="http://www.smpte-ra.org/schemas/2052-1/2010/'
            f'smpte-tt" smpte:backgroundImage="http://127.0.0.1:{port}/a.png">said</p>'
        )
        title = captions(clip, tmp_path, TTML.format(reaching).encode())
        assert cues_of(title) == ["said"]
        assert knocks == []


def test_captions_that_are_too_deep_too_many_or_too_long_are_bounded(
    clip: Title, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = "<div>" * 5000 + CUE + "</div>" * 5000
    with pytest.raises(KnownError, match="nested too deeply"):
        cues_of(captions(clip, tmp_path, TTML.format(deep).encode()))
    (tmp_path / "clip.ttml").unlink()
    cues = "".join(f"{n}\n00:00:01,000 --> 00:00:02,000\n{n}\n\n" for n in range(101))
    with monkeypatch.context() as patch:
        for reader in ("caption", "caption_text"):
            patch.setattr(f"core.media.{reader}.MOST_CUES", 100)
        with pytest.raises(KnownError, match="more than 100 cues"):
            cues_of(captions(clip, tmp_path, cues.encode(), ".srt"))
    assert len(cues_of(probe(tmp_path / "clip.mp4"))) == 101
    long = b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * 1_000_000 + b"\n\n"
    (cue,) = cues_of(captions(clip, tmp_path, long, ".srt"))
    assert len(cue) <= 5001
    (tmp_path / "clip.srt").write_bytes(b"x" * (21 << 20))
    with pytest.raises(KnownError, match="too large"):
        cues_of(probe(tmp_path / "clip.mp4"))


# Absurd claims ----------------------------------------------------------------------------------


def test_picture_of_absurd_size_is_left_out_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "huge.avi"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("rawvideo", rate=25)
        stream.width, stream.height, stream.pix_fmt = 16, 16, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(16, 16, "yuv420p")))
    data = path.read_bytes()
    size = struct.pack("<ii", 16, 16)
    assert data.count(size) >= 1
    path.write_bytes(data.replace(size, struct.pack("<ii", 30_000, 30_000)))
    with pytest.raises(KnownError, match=r"no picture or sound|cannot be opened"):
        probe(path)


def test_picture_that_grows_on_its_way_is_an_error_to_its_decoder(
    clip: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.media.source.MOST_PIXELS", 1000)
    with open_container(clip.path) as container, pytest.raises(av.FFmpegError):
        assert [packet.decode() for packet in container.demux(video=0)]


def test_sound_of_absurd_rate_or_length_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "fast.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(np.zeros(4800, np.int16).tobytes())
    data = bytearray(path.read_bytes())
    for rate in (1, 100_000_000):
        data[24:28] = struct.pack("<I", rate)
        path.write_bytes(data)
        with pytest.raises(KnownError, match="no picture or sound"):
            probe(path)


def test_length_that_cannot_be_is_refused_with_a_sentence(clip: Title, tmp_path: Path) -> None:
    path = tmp_path / "eternal.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4800), np.int16), "s16", "mono")
        frame.sample_rate = 48000
        for at_s in (0, 90 * 24 * 3600):
            for packet in stream.encode(frame):
                packet.pts = packet.dts = at_s * 48000
                container.mux(packet)
    with pytest.raises(KnownError, match="which cannot be"):
        probe(path)


def test_crowd_of_streams_and_long_metadata_are_cut_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "crowd.mkv"
    with av.open(str(path), "w") as container:
        streams = [container.add_stream("pcm_s16le", rate=8000) for _ in range(80)]
        streams[0].metadata["title"] = "evil\n\u202e" + "x" * 100_000
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        for stream in streams:
            frame.pts = 0
            container.mux(stream.encode(frame))
    title = probe(path)
    assert len(title.audio) == 64
    assert any("80 streams" in note for note in title.notes)
    assert title.audio[0].title == "evil " + "x" * 195 + "…"
    assert title.audio[0].title.isprintable()


def test_drive_that_goes_while_a_file_is_looked_at_is_said(
    clip: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("core.media.probe.fingerprint", gone)
    with pytest.raises(KnownError, match="check its drive"):
        probe(clip.path)


def test_limits_do_not_touch_what_is_normal(clip: Title) -> None:
    again = probe(clip.path)
    assert replace(again, path=clip.path) == clip
    with open_container(clip.path) as container:
        assert sum(len(p.decode()) for p in container.demux(video=0)) == 25
