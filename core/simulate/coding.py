"""Coding a few pictures with a real encoder and decoding packets again, the same every time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import Interpolation, VideoReformatter

from core.domain.errors import KnownError
from core.simulate.kind import Picture, Plane
from core.simulate.planar import format_of, lines_of, picture_of

_BASE = Fraction(1, 25)
_CONCEALING = frozenset({"h264", "hevc", "mpeg1", "mpeg2", "h263"})
_LEAST_SIDE = 64
_HEVC_SLICE_ROWS = 64
_MOST_SLICES = 8
_SCALING = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_STUDIO, _FULL = 1, 2


@dataclass(frozen=True, slots=True)
class Coder:
    """One codec, as it is used here.

    Attributes:
        encoder: FFmpeg's name.
        decoder: FFmpeg's name.
        formats: Planar formats that are coded as they are; others become the first, at a depth
            that it has.
        quality: Encoder option that takes the quality; empty for a fixed quantiser.
        qualities: The best and the worst quality that is used.
        options: Further encoder options. Threads are fixed, so that every machine gives the same
            bytes.
    """

    encoder: str
    decoder: str
    formats: tuple[str, ...]
    quality: str
    qualities: tuple[int, int]
    options: Mapping[str, str] = field(default_factory=dict)


_MANY = ("yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le")

CODERS: Mapping[str, Coder] = MappingProxyType(
    {
        "h264": Coder(
            "libx264",
            "h264",
            _MANY,
            "crf",
            (16, 26),
            {"preset": "veryfast", "x264-params": "slices=6:scenecut=0:mbtree=0:open-gop=0"},
        ),
        "hevc": Coder(
            "libx265",
            "hevc",
            _MANY,
            "crf",
            (16, 26),
            {
                "preset": "ultrafast",
                "x265-params": "scenecut=0:open-gop=0:log-level=none:pools=1:frame-threads=1:"
                "repeat-headers=1",
            },
        ),
        "mpeg2": Coder("mpeg2video", "mpeg2video", ("yuv420p", "yuv422p"), "", (2, 6)),
        "mpeg1": Coder("mpeg1video", "mpeg1video", ("yuv420p",), "", (2, 6)),
        "h263": Coder("h263p", "h263", ("yuv420p",), "", (2, 6)),
        "vp8": Coder(
            "libvpx",
            "vp8",
            ("yuv420p",),
            "crf",
            (10, 34),
            {"deadline": "good", "cpu-used": "5", "lag-in-frames": "0", "b": "4000000"},
        ),
        "vp9": Coder(
            "libvpx-vp9",
            "vp9",
            ("yuv420p",),
            "crf",
            (20, 34),
            {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "b": "0"},
        ),
        "av1": Coder(
            "libsvtav1",
            "libdav1d",
            ("yuv420p", "yuv420p10le"),
            "crf",
            (20, 34),
            {"preset": "11", "svtav1-params": "lp=1:scd=0:lookahead=0:pred-struct=1"},
        ),
    }
)
"""How each codec is used, by its short name."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A few pictures as the packets of a codec.

    Attributes:
        codec: Key of `CODERS`.
        packets: Bytes of each, in decoding order.
        stamps: PTS and DTS of each; a PTS is the number of the picture.
        count: How many pictures.
    """

    codec: str
    packets: tuple[bytes, ...]
    stamps: tuple[tuple[int, int], ...]
    count: int


def encode(
    pictures: Sequence[Picture],
    codec: str,
    quality: float = 0.5,
    b_frames: int = 0,
    level: int | None = None,
) -> Coded:
    """Code pictures as one closed group that begins with a key picture.

    Args:
        pictures: At least one, all of one shape.
        codec: Key of `CODERS`.
        quality: 0 is the worst that is used, 1 the best.
        b_frames: Pictures in a row that refer forward, for H.264, HEVC and MPEG-2.
        level: The encoder's own number in place of `quality`: CRF, or quantiser for the MPEGs.

    Raises:
        KnownError: The encoder refuses.
    """
    coder = CODERS[codec]
    quieten()
    try:
        best, worst = coder.qualities
        asked = round(worst + (best - worst) * quality) if level is None else level
        context = _encoder(coder, pictures[0], asked, b_frames, len(pictures))
        packets: list[Packet[Any]] = []
        with same_priority():
            for number, frame in enumerate(_frames(pictures, context.pix_fmt or "yuv420p")):
                frame.pts, frame.time_base = number, _BASE
                packets += context.encode(frame)
            packets += context.encode(None)
    except (FFmpegError, ValueError) as error:
        raise KnownError(f"The pictures cannot be coded as {codec}.", str(error)) from error
    stamps = tuple((p.pts or 0, p.dts if p.dts is not None else p.pts or 0) for p in packets)
    return Coded(codec, tuple(bytes(p) for p in packets), stamps, len(pictures))


def quieten() -> None:
    """Keep SVT-AV1, which has its own way of logging, from writing to standard error."""
    os.environ.setdefault("SVT_LOG", "1")


@contextmanager
def same_priority() -> Iterator[None]:
    """Leave the calling thread as urgent as it was.

    Where it may, as for root, SVT-AV1 makes the thread that opens it a real-time one for good. That
    takes the processor from everything else on the machine, a low priority notwithstanding.
    """
    if sys.platform != "linux":
        yield
        return
    policy, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        if os.sched_getscheduler(0) != policy:
            os.sched_setscheduler(0, policy, parameter)


def decode(
    coded: Coded, packets: Sequence[bytes], like: Picture, *, conceal: bool = True
) -> list[Picture | None]:
    """Decode packets on one thread: damage then looks the same on every run.

    Args:
        coded: As it was encoded, for the stamps.
        packets: As many; damaged ones, or empty where one was lost.
        like: A picture of the shape, depth and subsampling of the result.
        conceal: Let the decoder hide what is missing, where it knows how.

    Returns:
        For each picture what the decoder shows for it, or None where nothing came.
    """
    context = av.CodecContext.create(CODERS[coded.codec].decoder, "r")
    assert isinstance(context, VideoCodecContext)
    context.thread_count, context.thread_type = 1, "NONE"
    context.options = _decoder_options(coded.codec, conceal)
    shown: list[Picture | None] = [None] * coded.count
    back = _Back(like)
    for frame in _decoded(context, coded, packets):
        number = frame.pts
        if number is not None and 0 <= number < coded.count:
            shown[number] = back.picture(frame)
    return shown


def _decoded(
    context: VideoCodecContext, coded: Coded, packets: Sequence[bytes]
) -> Iterator[av.VideoFrame]:
    for content, (pts, dts) in zip(packets, coded.stamps, strict=True):
        if not content:
            continue
        packet: Packet[Any] = Packet(content)
        packet.pts, packet.dts, packet.time_base = pts, dts, _BASE
        with suppress(FFmpegError):
            yield from context.decode(packet)
    with suppress(FFmpegError):
        yield from context.decode(None)


def _decoder_options(codec: str, conceal: bool) -> dict[str, str]:
    if codec not in _CONCEALING:
        return {}
    options = {"flags": "+output_corrupt", "flags2": "+showall"}
    if codec != "hevc":
        options["ec"] = "guess_mvs+deblock" if conceal else "0"
    return options


def _encoder(
    coder: Coder, first: Picture, level: int, b_frames: int, count: int
) -> VideoCodecContext:
    context = av.CodecContext.create(coder.encoder, "w")
    assert isinstance(context, VideoCodecContext)
    height, width = _padded_size(first)
    context.width, context.height = width, height
    context.pix_fmt = _coded_format(coder, first)
    context.time_base, context.framerate = _BASE, 1 / _BASE
    context.gop_size = max(count, 2)
    context.color_range = _FULL if first.full_range else _STUDIO
    context.thread_count = 1
    options = dict(coder.options)
    if coder.quality:
        options[coder.quality] = str(level)
    else:
        options |= {"qmin": str(level), "qmax": str(level), "sc_threshold": "1000000000"}
    if coder.encoder in ("libx264", "libx265", "mpeg2video"):
        context.max_b_frames = b_frames
    if coder.encoder == "libx265":
        # More slices than rows of coding units end the process.
        slices = min(max(height // _HEVC_SLICE_ROWS, 1), _MOST_SLICES)
        options["x265-params"] += f":slices={slices}"
    context.options = options
    return context


def _coded_format(coder: Coder, picture: Picture) -> str:
    own = format_of(picture)
    if own in coder.formats:
        return own
    deep = coder.formats[0] + "10le"
    return deep if picture.depth > 8 and deep in coder.formats else coder.formats[0]


def _padded_size(picture: Picture) -> tuple[int, int]:
    """Rows and columns that every codec takes."""
    return (
        max(picture.height + picture.height % 2, _LEAST_SIDE),
        max(picture.width + picture.width % 2, _LEAST_SIDE),
    )


def _frames(pictures: Sequence[Picture], format_: str) -> Iterator[av.VideoFrame]:
    scaler = VideoReformatter()
    for picture in pictures:
        height, width = _padded_size(picture)
        own = format_of(picture)
        frame = av.VideoFrame(width, height, own)
        for plane, samples in zip(frame.planes, picture.planes, strict=True):
            rows, columns = plane.height - samples.shape[0], plane.width - samples.shape[1]
            lines = lines_of(plane, samples.dtype.itemsize)
            lines[:, : plane.width] = np.pad(samples, ((0, rows), (0, columns)), "edge")
        range_ = _FULL if picture.full_range else _STUDIO
        if own != format_:
            frame = _reformat(scaler, frame, format_, range_)
        frame.color_range = range_
        yield frame


def _reformat(
    scaler: VideoReformatter, frame: av.VideoFrame, format_: str, range_: int
) -> av.VideoFrame:
    return scaler.reformat(
        frame,
        format=format_,
        src_color_range=range_,
        dst_color_range=range_,
        interpolation=_SCALING,
        threads=1,
    )


class _Back:
    """From the decoder's frames to pictures of the shape and format that went in."""

    def __init__(self, like: Picture) -> None:
        self._like = like
        self._format = format_of(like)
        self._range = _FULL if like.full_range else _STUDIO
        self._scaler = VideoReformatter()
        self._height, self._width = _padded_size(like)

    def picture(self, frame: av.VideoFrame) -> Picture:
        """The picture; of another size (damaged headers may say anything) it is cut or padded."""
        if frame.format.name.replace("yuvj", "yuv") != self._format:
            frame = _reformat(self._scaler, frame, self._format, self._range)
        planes = [
            _fitted(mine, theirs)
            for mine, theirs in zip(picture_of(frame).planes, self._like.planes, strict=True)
        ]
        return self._like.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)


def _fitted(plane: Plane, like: Plane) -> Plane:
    height, width = like.shape
    cut = plane[:height, :width]
    rows, columns = height - cut.shape[0], width - cut.shape[1]
    # A copy either way: the decoder's buffers would otherwise all stay alive.
    return np.pad(cut, ((0, rows), (0, columns)), "edge") if rows or columns else cut.copy()
