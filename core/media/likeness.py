"""PSNR and SSIM of two pictures, by FFmpeg's filters in this process."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import av
from av.error import FFmpegError
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.reformatter import VideoReformatter

from core.domain.errors import KnownError
from core.media.frame import VideoFrame

_TICK = Fraction(1, 25)
# What both filters take as it is; anything else is compared as 4:4:4.
_TAKEN = frozenset(
    f"{family}{depth}"
    for family in ("yuv420p", "yuv422p", "yuv444p")
    for depth in ("", "10le", "12le")
)


class Likeness(NamedTuple):
    """How like two pictures are.

    Attributes:
        psnr_y: Of luma, in dB, with the highest code of the depth as peak; infinite when alike.
        psnr: Of all planes together, each sample counting once.
        ssim_y: Of luma, 0..1 (Wang et al. 2004, over 8×8 blocks).
        ssim: Of all planes, weighted by their samples.
    """

    psnr_y: float
    psnr: float
    ssim_y: float
    ssim: float


class LikenessMeter:
    """Measures pairs of pictures. Pictures of another size or format are brought to the first's.

    Not for use by two threads at once.
    """

    def __init__(self) -> None:
        self._shape: tuple[int, int, str] | None = None
        self._lines: tuple[_Line, ...] = ()
        self._scaler = VideoReformatter()
        self._count = 0

    def measure(self, first: VideoFrame, second: VideoFrame) -> Likeness:
        """How like the second is to the first.

        Raises:
            KnownError: FFmpeg cannot compare them.
        """
        name = first.frame.format.name
        shape = (first.width, first.height, name if name in _TAKEN else "yuv444p")
        if shape != self._shape:
            self._shape = shape
            self._lines = (_Line("psnr", shape), _Line("ssim", shape))
        pair = [self._brought(frame, shape) for frame in (first, second)]
        self._count += 1
        psnr, ssim = (line.pull(pair) for line in self._lines)
        return Likeness(
            float(psnr["lavfi.psnr.psnr.y"]),
            float(psnr["lavfi.psnr.psnr_avg"]),
            float(ssim["lavfi.ssim.Y"]),
            float(ssim["lavfi.ssim.All"]),
        )

    def _brought(self, frame: VideoFrame, shape: tuple[int, int, str]) -> av.VideoFrame:
        width, height, format_ = shape
        # Not the decoder's own frame: its time stamps are set below.
        made = self._scaler.reformat(frame.frame, width, height, format_, threads=1)
        if made is frame.frame:
            made = _shallow(frame.frame)
        made.pts, made.time_base = self._count, _TICK
        return made


def _shallow(frame: av.VideoFrame) -> av.VideoFrame:
    copy = av.VideoFrame(frame.width, frame.height, frame.format.name)
    for mine, theirs in zip(copy.planes, frame.planes, strict=True):
        source = memoryview(theirs)
        if mine.buffer_size == theirs.buffer_size:
            mine.update(source.tobytes())
            continue
        lines = bytearray(mine.buffer_size)
        wide = min(abs(theirs.line_size), mine.line_size)
        for row in range(mine.height):
            at = row * theirs.line_size
            lines[row * mine.line_size : row * mine.line_size + wide] = source[at : at + wide]
        mine.update(bytes(lines))
    return copy


class _Line:
    """One filter with two inputs."""

    def __init__(self, name: str, shape: tuple[int, int, str]) -> None:
        width, height, format_ = shape
        self._graph = Graph()
        form = av.VideoFormat(format_, width, height)
        try:
            self._heads: list[FilterContext] = [
                self._graph.add_buffer(width=width, height=height, format=form, time_base=_TICK)
                for _ in range(2)
            ]
            meter = self._graph.add(name)
            self._tail = self._graph.add("buffersink")
            for number, head in enumerate(self._heads):
                head.link_to(meter, 0, number)
            meter.link_to(self._tail)
            self._graph.configure()
        except (FFmpegError, ValueError) as error:
            raise KnownError(f"FFmpeg's filter {name} cannot be set up.", str(error)) from error

    def pull(self, pair: list[av.VideoFrame]) -> dict[str, str]:
        for head, frame in zip(self._heads, pair, strict=True):
            head.push(frame)
        try:
            return dict(self._tail.pull().metadata)
        except FFmpegError as error:
            raise KnownError("FFmpeg cannot compare these pictures.", str(error)) from error
