"""Small titles whose pictures carry their own number, so that a test can tell which one it got.

The number is painted as twelve big blocks, black or white: eight bits of the number and four that
check it, so that a mixture of two pictures does not pass for a third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, cycle, islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain.title import Title
from core.media.codec import can_encode
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title

WIDTH, HEIGHT, BLOCK = 128, 96, 32
RATE = 25
COUNT = 60
SAMPLE_RATE = 48000
_BITS = 8
_BLACK, _WHITE = 40, 210


def check_of(number: int) -> int:
    """Four bits that change with any small change of the number."""
    return (number * 7 + (number >> 4) * 3 + 5) % 16


def picture(number: int) -> NDArray[np.uint8]:
    """The picture with a number, grey, shape (HEIGHT, WIDTH)."""
    code = number << 4 | check_of(number)
    bits = [code >> place & 1 for place in range(12)]
    blocks = np.where(np.array(bits).reshape(HEIGHT // BLOCK, WIDTH // BLOCK), _WHITE, _BLACK)
    return np.kron(blocks, np.ones((BLOCK, BLOCK))).astype(np.uint8)


def number_of(frame: VideoFrame) -> int:
    """The number that a picture carries.

    Raises:
        AssertionError: It is none of ours, or a mixture.
    """
    luma = frame.luma().astype(np.float64) / (1 << (frame.depth - 8))
    blocks = luma.reshape(HEIGHT // BLOCK, BLOCK, WIDTH // BLOCK, BLOCK)
    means = blocks[:, 8:-8, :, 8:-8].mean((1, 3)).ravel()
    code = sum(int(mean > (_BLACK + _WHITE) / 2) << place for place, mean in enumerate(means))
    number = code >> 4
    assert code & 15 == check_of(number), f"{frame!r} shows no number: {means.round()}"
    return number


def sound(samples: int) -> NDArray[np.float32]:
    """Stereo: a rising tone on the left, a slow ramp that repeats on the right."""
    at = np.arange(samples)
    left = 0.4 * np.sin(2 * np.pi * (200 + at / 400) * at / SAMPLE_RATE)
    right = (at * 13 % 65536 - 32768) / 65536
    return np.stack([left, right]).astype(np.float32)


@dataclass(frozen=True)
class Kind:
    """How to write a clip.

    Attributes:
        suffix: Names the container.
        coding: Encoder and settings.
        audio: Encoder of the sound; None for none.
        start_s: Shift of everything.
        steps_ms: Distances of pictures, repeating; empty for a constant rate.
        pictures: With pictures.
        container: Muxer options.
    """

    suffix: str
    coding: VideoSettings = field(default_factory=VideoSettings)
    audio: str | None = None
    start_s: Fraction | int = 0
    steps_ms: tuple[int, ...] = ()
    pictures: bool = True
    container: Mapping[str, str] = field(default_factory=dict)


def _coding(codec: str = "libx264", **others: object) -> VideoSettings:
    values: dict[str, object] = {"gop": 12, "preset": "ultrafast", "crf": 20}
    if codec not in ("libx264", "libx265"):
        del values["crf"]
    return VideoSettings(codec=codec, **(values | others))  # type: ignore[arg-type]


_X264_OPEN = {"x264-params": "keyint=12:min-keyint=12:scenecut=0:bframes=3:b-adapt=0"}
_X265_OPEN = {"x265-params": "keyint=12:min-keyint=12:scenecut=0:bframes=3:b-adapt=0"}
_OPEN = _coding(open_gop=True, b_frames=3, options=_X264_OPEN)
_CLOSED = _coding(b_frames=2)

KINDS: dict[str, Kind] = {
    "closed": Kind(".mp4", _CLOSED, "flac"),
    "closed_mkv": Kind(".mkv", _CLOSED, "flac"),
    "closed_ts": Kind(".ts", _CLOSED, "mp2"),
    "open": Kind(".mp4", _OPEN, "aac"),
    "open_mkv": Kind(".mkv", _OPEN, "aac"),
    "open_ts": Kind(".ts", _OPEN, "aac"),
    "open_hevc": Kind(
        ".mkv", _coding("libx265", open_gop=True, b_frames=3, options=_X265_OPEN), "flac"
    ),
    "variable": Kind(".mkv", _CLOSED, "flac", steps_ms=(40, 20, 100, 33, 67)),
    "variable_mp4": Kind(".mp4", _CLOSED, steps_ms=(40, 20, 100, 33, 67)),
    "late": Kind(".mp4", _CLOSED, "aac", start_s=7),
    "late_mkv": Kind(".mkv", _CLOSED, "aac", start_s=7),
    "late_ts": Kind(".ts", _OPEN, "mp2", start_s=7),
    "interlaced": Kind(
        ".ts",
        _coding("mpeg2video", b_frames=2, options={"flags": "+ilme+ildct"}),
        "mp2",
    ),
    "program": Kind(".mpg", _coding("mpeg2video", b_frames=2), "mp2"),
    "open_mpeg2": Kind(".ts", _coding("mpeg2video", open_gop=True, b_frames=2), "mp2", start_s=3),
    "ten_bit": Kind(".mkv", _coding(pixel_format="yuv420p10le", b_frames=2)),
    "raw": Kind(".264", _CLOSED),
    "avi": Kind(".avi", _coding("mpeg4", b_frames=2), "pcm_s16le"),
    "lossless": Kind(".mkv", _coding("ffv1", gop=1), "pcm_s24le"),
    "rotated": Kind(".mp4", _coding(b_frames=0, rotation=90)),
    "sound_only": Kind(".wav", audio="pcm_s16le", pictures=False),
}
"""All clips, by name."""

WITH_PICTURES = tuple(name for name, kind in KINDS.items() if kind.pictures)
"""Names of the clips that have pictures."""


def times_ms(kind: Kind, count: int = COUNT) -> list[int]:
    """When each picture shows, from the first on."""
    steps = islice(cycle(kind.steps_ms or (1000 // RATE,)), count - 1)
    return list(accumulate(steps, initial=0))


def write_numbered(path: Path, kind: Kind, count: int = COUNT) -> Title:
    """Write a clip of numbered pictures, with sound of the same length where the kind has any."""
    if kind.pictures and not can_encode(kind.coding.codec):
        pytest.skip(f"this FFmpeg has no encoder {kind.coding.codec}")
    samples = count * SAMPLE_RATE // RATE
    write_title(
        path,
        map(picture, range(count)) if kind.pictures else None,
        RATE,
        sound(samples) if kind.audio else None,
        SAMPLE_RATE,
        settings=kind.coding,
        audio_codec=kind.audio or "aac",
        pts=times_ms(kind, count) if kind.steps_ms else None,
        time_base=Fraction(1, 1000) if kind.steps_ms else None,
        start_s=kind.start_s,
        container_options=kind.container,
    )
    return probe(path)


class Clips:
    """Clips by the name of their kind, each written when it is first asked for.

    Args:
        folder: Where they go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._titles: dict[str, Title] = {}

    def __call__(self, name: str) -> Title:
        if name not in self._titles:
            kind = KINDS[name]
            self._titles[name] = write_numbered(self._folder / f"{name}{kind.suffix}", kind)
        return self._titles[name]


GetClip = Callable[[str], Title]


def numbers(frames: Iterator[VideoFrame]) -> list[int]:
    """The numbers of pictures, in the order in which they come."""
    return [number_of(frame) for frame in frames]
