"""A decoded picture that stays as its decoder gave it until somebody asks for pixels."""

from __future__ import annotations

import threading
from fractions import Fraction

import av
import numpy as np
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from numpy.typing import NDArray

from core.media.color import SPACES, TRANSFERS
from core.media.tone import tone_curve

Luma = NDArray[np.uint8] | NDArray[np.uint16]

_UNSPECIFIED_SPACE = 2
_RGB_SPACE = 0
_HD_HEIGHT = 720
_FULL_RANGE = 2
_LEAST_COLORS = 3
# Formats whose plane 0 is not luma alone, by family; all others with Y in front are planar.
_PACKED_LUMA = frozenset({"yuyv422", "uyvy422", "yvyu422", "y210le", "y212le", "xv30le", "xv36le"})

_local = threading.local()


def _scaler() -> VideoReformatter:
    """One swscale context a thread: it is not thread-safe, and dear to set up for each frame."""
    scaler = getattr(_local, "scaler", None)
    if scaler is None:
        scaler = _local.scaler = VideoReformatter()
    return scaler


class VideoFrame:
    """One picture with its place in time.

    Safe to read from any thread; conversions of one picture wait for each other.

    Attributes:
        stream: Container index.
        pts: When it shows, in units of `base`; made up where the container has none.
        end_pts: When the next picture shows, as well as is known.
        base: Seconds per PTS unit.
        key: A decoder may start here.
        corrupt: The decoder says that the picture is damaged.
        rotation: Degrees clockwise that `rgb` and `bgra` turn it: 0, 90, 180 or 270.
    """

    __slots__ = (
        "__weakref__",
        "_converting",
        "base",
        "corrupt",
        "end_pts",
        "frame",
        "key",
        "pts",
        "rotation",
        "stream",
    )

    def __init__(
        self,
        frame: av.VideoFrame,
        *,
        stream: int,
        pts: int,
        end_pts: int,
        base: Fraction,
        rotation: int = 0,
    ) -> None:
        self.frame = frame
        self.stream = stream
        self.pts = pts
        self.end_pts = end_pts
        self.base = base
        self.key = bool(frame.key_frame)
        self.corrupt = frame.is_corrupt
        self.rotation = rotation
        self._converting = threading.Lock()

    def __repr__(self) -> str:
        return f"VideoFrame(pts={self.pts}, {self.width}x{self.height} {self.frame.format.name})"

    @property
    def width(self) -> int:
        """Coded width in pixels, before rotation and pixel aspect."""
        return self.frame.width

    @property
    def height(self) -> int:
        """Coded height in pixels."""
        return self.frame.height

    @property
    def depth(self) -> int:
        """Bits per luma sample of `luma`."""
        return min(self.frame.format.components[0].bits, 16)

    @property
    def full_range(self) -> bool:
        """Luma uses all codes (`pc`), not only 16..235 of 8 bits (`tv`)."""
        return self.frame.color_range == _FULL_RANGE or self.frame.format.name.startswith("yuvj")

    @property
    def is_rgb(self) -> bool:
        """It is stored as R, G and B; `luma` and `chroma` are converted then."""
        return self.frame.format.is_rgb or self.frame.format.has_palette

    @property
    def matrix(self) -> str:
        """FFmpeg's name of the matrix between RGB and the stored planes; empty when not said."""
        return SPACES.get(int(self.frame.colorspace), "")

    @property
    def transfer(self) -> str:
        """FFmpeg's name of the transfer curve; empty when not said."""
        return TRANSFERS.get(int(self.frame.color_trc), "")

    @property
    def interlaced(self) -> bool:
        """The decoder says that its lines are those of two fields."""
        return bool(self.frame.interlaced_frame)

    @property
    def seconds(self) -> float:
        """When it shows, for display."""
        return float(self.pts * self.base)

    @property
    def nbytes(self) -> int:
        """Bytes that its planes take."""
        return sum(plane.buffer_size for plane in self.frame.planes)

    def luma(self) -> Luma:
        """Luma samples, unrotated.

        Returns:
            uint8 or uint16 (above 8 bits), shape (height, width), read-only. It looks straight
            into the decoder's buffer where that holds luma alone, and keeps it alive.
        """
        shift = np.uint16(16 - self.depth)
        if self.frame.format.name in ("p010le", "p012le", "p016le"):
            return np.asarray(_plane16(self.frame, 0) >> shift, np.uint16)
        wide = self.depth > 8
        if self._has_luma_plane():
            return _plane16(self.frame, 0) if wide else _plane8(self.frame, 0)
        if self.frame.format.name in _PACKED_LUMA:
            # Asked for grey, swscale would stretch studio range.
            planar = f"yuv444p{self.depth}le" if wide else "yuv422p"
            apart = self._convert(planar, self.width, self.height, full=False)
            return _plane16(apart, 0) if wide else _plane8(apart, 0)
        grey = self._convert("gray16le" if wide else "gray", self.width, self.height, full=False)
        return np.asarray(_plane16(grey, 0) >> shift, np.uint16) if wide else _plane8(grey, 0)

    def chroma(self) -> tuple[Luma, Luma] | None:
        """Colour samples, unrotated, as they are stored; RGB is converted.

        Returns:
            Cb and Cr, uint8 or uint16 (above 8 bits), smaller than the luma by the format's
            subsampling, read-only as `luma`; None for a picture without colour.
        """
        format_ = self.frame.format
        colored = format_.is_rgb or format_.has_palette
        if len(format_.components) < _LEAST_COLORS and not colored:
            return None
        wide = self.depth > 8
        if self._has_luma_plane() and len(self.frame.planes) >= _LEAST_COLORS:
            return _colors16(self.frame) if wide else _colors8(self.frame)
        target = "yuv444p16le" if wide else "yuv444p"
        apart = self._convert(target, self.width, self.height, full=False)
        if not wide:
            return _colors8(apart)
        shift = np.uint16(16 - self.depth)
        cb, cr = _colors16(apart)
        return np.asarray(cb >> shift, np.uint16), np.asarray(cr >> shift, np.uint16)

    def planes(self) -> tuple[Luma, ...]:
        """All planes of a planar format as read-only arrays (height, width) of their own size.

        Packed formats give one array (height, bytes a line).
        """
        format_ = self.frame.format
        if len(self.frame.planes) == len(format_.components):
            take = _plane8 if format_.components[0].bits <= 8 else _plane16
            return tuple(take(self.frame, i) for i in range(len(self.frame.planes)))
        return tuple(
            np.frombuffer(_memory(plane), np.uint8).reshape(plane.height, -1)
            for plane in self.frame.planes
        )

    def rgb(self, width: int | None = None, height: int | None = None) -> NDArray[np.uint8]:
        """The picture as it should look on a screen.

        Args:
            width: Width of the result in pixels, after rotation; None keeps the coded size.
            height: Height of the result.

        Returns:
            uint8, shape (height, width, 3), full range; HDR is tone-mapped.
        """
        return self._display("rgb24", 3, width, height)

    def bgra(self, width: int | None = None, height: int | None = None) -> NDArray[np.uint8]:
        """Like `rgb`, as uint8 (height, width, 4) in the byte order of `QImage.Format_RGB32`."""
        return self._display("bgra", 4, width, height)

    def rgb_stored(self) -> NDArray[np.uint8]:
        """The picture as it is coded, in the colours of `rgb`: for what learns from pixels.

        Returns:
            uint8, shape (height, width, 3), full range, coded size, not rotated; HDR is
            tone-mapped.
        """
        return self._colored("rgb24", 3, self.width, self.height)

    def _has_luma_plane(self) -> bool:
        format_ = self.frame.format
        if format_.is_rgb or format_.has_palette or format_.name in _PACKED_LUMA:
            return False
        first = format_.components[0]
        alone = all(c.plane != first.plane for c in format_.components[1:])
        return (alone and format_.is_planar) or len(format_.components) == 1

    def _display(
        self, format_: str, channels: int, width: int | None, height: int | None
    ) -> NDArray[np.uint8]:
        turned = self.rotation in (90, 270)
        own_w, own_h = (self.height, self.width) if turned else (self.width, self.height)
        width, height = max(width or own_w, 1), max(height or own_h, 1)
        scaled_w, scaled_h = (height, width) if turned else (width, height)
        picture = self._colored(format_, channels, scaled_w, scaled_h)
        if self.rotation:
            # rot90 turns counter-clockwise.
            picture = np.ascontiguousarray(np.rot90(picture, -self.rotation // 90))
        return picture

    def _colored(self, format_: str, channels: int, width: int, height: int) -> NDArray[np.uint8]:
        """The picture in full range and the colours of a screen, not rotated."""
        curve = tone_curve(int(self.frame.color_trc))
        if curve is None:
            return _pixels(self._convert(format_, width, height, full=True), channels)
        wide = self._convert("rgb48le", width, height, full=True)
        mapped: NDArray[np.uint8] = curve[_pixels(wide, 6).view(np.uint16)]
        return mapped if channels == 3 else _with_alpha(mapped)

    def _convert(self, format_: str, width: int, height: int, *, full: bool) -> av.VideoFrame:
        frame = self.frame
        rgb = frame.format.is_rgb or int(frame.colorspace) == _RGB_SPACE
        space = None
        if not rgb and int(frame.colorspace) == _UNSPECIFIED_SPACE:
            space = Colorspace.ITU709 if frame.height >= _HD_HEIGHT else Colorspace.ITU601
        source = ColorRange.JPEG if self.full_range or rgb else ColorRange.MPEG
        # The reformatter notes colours on the picture that it reads.
        with self._converting:
            return _scaler().reformat(
                frame,
                width,
                height,
                format_,
                src_colorspace=space,
                src_color_range=source,
                dst_color_range=ColorRange.JPEG if full else source,
                threads=1,
            )


def _memory(plane: VideoPlane) -> memoryview[int]:
    return memoryview(plane)


def _plane8(frame: av.VideoFrame, index: int) -> NDArray[np.uint8]:
    """A plane of bytes without its padding; no copy."""
    plane = frame.planes[index]
    lines = np.frombuffer(_memory(plane), np.uint8).reshape(plane.height, -1)[:, : plane.width]
    lines.flags.writeable = False
    # A negative line size stores the picture from its last line up.
    return lines[::-1] if plane.line_size < 0 else lines


def _plane16(frame: av.VideoFrame, index: int) -> NDArray[np.uint16]:
    """A plane of 16-bit words without its padding; no copy."""
    plane = frame.planes[index]
    lines = np.frombuffer(_memory(plane), np.uint16).reshape(plane.height, -1)[:, : plane.width]
    lines.flags.writeable = False
    return lines[::-1] if plane.line_size < 0 else lines


def _colors8(frame: av.VideoFrame) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    return _plane8(frame, 1), _plane8(frame, 2)


def _colors16(frame: av.VideoFrame) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    return _plane16(frame, 1), _plane16(frame, 2)


def _pixels(frame: av.VideoFrame, size: int) -> NDArray[np.uint8]:
    """Packed pixels as (height, width, bytes a pixel); copied only when lines are padded."""
    plane = frame.planes[0]
    lines = np.frombuffer(_memory(plane), np.uint8).reshape(frame.height, -1)
    lines = lines[:, : frame.width * size]
    return np.ascontiguousarray(lines).reshape(frame.height, frame.width, size)


def _with_alpha(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    out = np.empty((*rgb.shape[:2], 4), np.uint8)
    out[..., 0] = rgb[..., 2]
    out[..., 1] = rgb[..., 1]
    out[..., 2] = rgb[..., 0]
    out[..., 3] = 255
    return out
