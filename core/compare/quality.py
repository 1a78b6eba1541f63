"""PSNR and SSIM of one file against another, frame by frame."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.title import VideoStream
from core.media.likeness import Likeness, LikenessMeter
from core.media.reader import VideoReader

# The offset is set in thousandths of a millisecond.
_SAME_S = 1e-5

SHOWN_DB = 60.0
"""PSNR is drawn up to here; equal pictures are infinitely alike."""


@dataclass(slots=True)
class QualityCurve:
    """Grows while it is measured.

    Attributes:
        seconds: When each frame of the first file shows, on its own time line.
        values: How like the frame of the second file is.
    """

    seconds: list[float] = field(default_factory=list)
    values: list[Likeness] = field(default_factory=list)

    def mean(self) -> Likeness | None:
        """Means over all frames; that of PSNR counts equal frames as `SHOWN_DB`."""
        if not self.values:
            return None
        count = len(self.values)
        psnr = [[min(v.psnr_y, SHOWN_DB), min(v.psnr, SHOWN_DB)] for v in self.values]
        return Likeness(
            sum(p[0] for p in psnr) / count,
            sum(p[1] for p in psnr) / count,
            sum(v.ssim_y for v in self.values) / count,
            sum(v.ssim for v in self.values) / count,
        )

    def worst(self) -> float | None:
        """When luma's SSIM is lowest."""
        if not self.values:
            return None
        lowest = min(range(len(self.values)), key=lambda i: self.values[i].ssim_y)
        return self.seconds[lowest]


@dataclass(frozen=True, slots=True)
class Lock:
    """Which frame of the second file belongs to one of the first: by time stamp and offset.

    Attributes:
        times: When each frame of the second file shows, increasing, in seconds.
        end_s: When its last frame goes.
        offset_s: Added to a time of the first file.
    """

    times: Sequence[float]
    end_s: float
    offset_s: float

    def number(self, seconds: float) -> int | None:
        """Number of the second file's frame on screen; None before its start and after its end."""
        there = seconds + self.offset_s + _SAME_S
        if not self.times or there < self.times[0] or there >= self.end_s + _SAME_S:
            return None
        return bisect_right(self.times, there) - 1


def lock_of(reader: VideoReader, offset_s: float) -> Lock:
    """The lock onto an open file."""
    index = reader.index
    times = (index.frame_pts * float(index.base)).tolist()
    return Lock(times, float(index.end * index.base), offset_s)


def measure_quality(
    first: tuple[Path, VideoStream],
    second: tuple[Path, VideoStream],
    offset_s: float,
    check: Callable[[], None] = lambda: None,
) -> Iterator[tuple[float, Likeness]]:
    """Compare frame by frame what both files show at the same time.

    Args:
        first, second: Path and picture stream; the first is the reference.
        offset_s: Added to a time of the first file.
        check: Called between frames.

    Yields:
        When a frame of the first file shows, and how like the other one is.

    Raises:
        KnownError: A file cannot be read.
    """
    meter = LikenessMeter()
    with (
        VideoReader(first[0], first[1], behind_bytes=1 << 24) as one,
        VideoReader(second[0], second[1], behind_bytes=1 << 24) as other,
    ):
        lock, stamps = lock_of(other, offset_s), other.index.frame_pts
        for frame in one.frames():
            check()
            number = lock.number(frame.seconds)
            if number is not None:
                partner = other.frame_at(int(stamps[number]))
                yield frame.seconds, meter.measure(frame, partner)
