"""4:4:4 of an old x264: a decoder that starts in the middle is told who made the stream."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext
from helpers.assets import asset

from core.media.decode_pass import DecodePass
from core.media.encoder_note import tell_encoder
from core.media.frame import Luma, VideoFrame
from core.media.probe import probe
from core.media.reader import VideoReader

_RATE = 25
_GOP = 20


def pictures() -> Iterator[av.VideoFrame]:
    rng = np.random.default_rng(4)
    ground = rng.integers(0, 255, (96, 160, 3)).astype(np.uint8)
    for number in range(2 * _GOP):
        yield av.VideoFrame.from_ndarray(np.roll(ground, number, axis=1), "rgb24")


def clip(path: Path, format_: str) -> Path:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", _RATE, options={"g": str(_GOP), "preset": "veryfast"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 96, format_
        for frame in pictures():
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def aged(path: Path) -> Path:
    """The same file, said to be made by an x264 of before 2017."""
    content = path.read_bytes()
    place = content.index(b"x264 - core ") + len(b"x264 - core ")
    old = path.with_name(f"old_{path.name}")
    old.write_bytes(content[:place] + b"120" + content[place + 3 :])
    return old


def second_key_picture(path: Path, told: bool) -> Luma:
    """From a decoder that is given nothing before it."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        context = stream.codec_context
        assert isinstance(context, VideoCodecContext)
        if told:
            tell_encoder(context, path, stream.index)
        packets = [p for p in container.demux(stream) if p.size]
        keys = [number for number, packet in enumerate(packets) if packet.is_keyframe]
        frames = [f for packet in packets[keys[1] :] for f in context.decode(packet)]
        return np.asarray(frames[0].to_ndarray(format="gray"), np.uint8)


@pytest.mark.parametrize(("format_", "matters"), [("yuv444p", True), ("yuv420p", False)])
def test_note_of_an_old_encoder_reaches_the_decoder(
    tmp_path: Path, format_: str, matters: bool
) -> None:
    new = clip(tmp_path / "new.mp4", format_)
    old = aged(new)
    np.testing.assert_array_equal(second_key_picture(new, True), second_key_picture(new, False))
    told, untold = second_key_picture(old, True), second_key_picture(old, False)
    assert np.array_equal(told, untold) is not matters


def test_nothing_of_the_first_picture_is_left(tmp_path: Path) -> None:
    path = clip(tmp_path / "new.mp4", "yuv444p")
    title = probe(path)
    shown = [
        item.pts for item in DecodePass(title, title.video[0], ()) if isinstance(item, VideoFrame)
    ]
    assert len(shown) == len(set(shown)) == 2 * _GOP


def test_real_film_of_an_old_x264_can_be_sought() -> None:
    path = asset("media/natural/cockatoo.mp4")
    title = probe(path)
    decoded = DecodePass(title, title.video[0], ())
    whole = {item.pts: item.luma() for item in decoded if isinstance(item, VideoFrame)}
    pts = sorted(whole)[200]
    with VideoReader(path, title.video[0]) as reader:
        np.testing.assert_array_equal(reader.frame_at(pts).luma(), whole[pts])
