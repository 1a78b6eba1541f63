"""Between a decoder's frames and the planes that damage is done to, without loss where possible."""

from __future__ import annotations

import threading

import av
import numpy as np
from av.video.frame import PictureType
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from core.simulate.kind import Picture, Plane

_SCALING = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_STUDIO, _FULL = 1, 2
_NO_COLOR = 1
_HD_HEIGHT = 720
# Other layouts of the same samples: nothing is lost on the way to planes of their own.
_APART = {
    "nv12": "yuv420p",
    "nv21": "yuv420p",
    "nv16": "yuv422p",
    "nv24": "yuv444p",
    "yuyv422": "yuv422p",
    "uyvy422": "yuv422p",
    "yvyu422": "yuv422p",
    "yuvj420p": "yuv420p",
    "yuvj422p": "yuv422p",
    "yuvj444p": "yuv444p",
    "yuvj440p": "yuv440p",
    "p010le": "yuv420p10le",
    "p012le": "yuv420p12le",
    "p016le": "yuv420p16le",
    "p210le": "yuv422p10le",
    "y210le": "yuv422p10le",
    "gray": "gray",
}

_local = threading.local()


def planar_format(frame: av.VideoFrame) -> str:
    """FFmpeg's name of the planar Y'CbCr or grey format that holds a frame's samples.

    An alpha channel is left out. RGB becomes 4:4:4, which rounds; everything else is exact.
    """
    format_ = frame.format
    name = format_.name
    if name in _APART:
        return _APART[name]
    if format_.is_rgb or format_.has_palette:
        deep = not format_.has_palette and format_.components[0].bits > 8
        return "yuv444p16le" if deep else "yuv444p"
    if name.startswith("yuva"):
        return "yuv" + name[4:]
    if name in ("ya8", "ya16le"):
        return "gray" if name == "ya8" else "gray16le"
    return name


def picture_of(frame: av.VideoFrame) -> Picture:
    """The planes of a decoded frame.

    Returns:
        Arrays that look into the frame's buffers where its format is planar; treat them as
        read-only.
    """
    apart = _apart(frame)
    depth = min(apart.format.components[0].bits, 16)
    planes = [_plane(apart, i, depth) for i in range(len(apart.planes))]
    chroma = (planes[1], planes[2]) if len(planes) > _NO_COLOR else None
    return Picture(planes[0], chroma, depth, is_full_range(frame))


def frame_of(picture: Picture, like: av.VideoFrame) -> av.VideoFrame:
    """A frame with the samples of a picture and the rest as another frame has it.

    Args:
        picture: Of the planar format of `like`.
        like: Gives format, time stamp, colour description and field flags.
    """
    frame = bare_frame(picture, planar_format(like))
    frame.pts, frame.duration = like.pts, like.duration
    if like.time_base is not None:
        frame.time_base = like.time_base
    rgb = _is_rgb(like)
    frame.color_range = _FULL if picture.full_range else _STUDIO if rgb else int(like.color_range)
    frame.colorspace = _space(like) if rgb else int(like.colorspace)
    frame.color_primaries = int(like.color_primaries)
    frame.color_trc = int(like.color_trc)
    return frame


def bare_frame(picture: Picture, format_: str) -> av.VideoFrame:
    """A frame of a planar format with the samples of a picture, and nothing else."""
    frame = av.VideoFrame(picture.width, picture.height, format_)
    for plane, samples in zip(frame.planes, picture.planes, strict=True):
        lines_of(plane, samples.dtype.itemsize)[:, : plane.width] = samples
    # Told nothing, an encoder chooses; told what the source's was, it would copy its key pictures.
    frame.pict_type = PictureType.NONE
    return frame


def format_of(picture: Picture) -> str:
    """FFmpeg's name of the planar format of a picture."""
    suffix = "" if picture.depth == 8 else f"{picture.depth}le"
    if picture.chroma is None:
        return "gray" + suffix
    rows = -(-picture.height // picture.chroma[0].shape[0])
    columns = -(-picture.width // picture.chroma[0].shape[1])
    layout = {(1, 1): "444", (1, 2): "422", (2, 2): "420", (2, 1): "440", (1, 4): "411"}
    return f"yuv{layout.get((rows, columns), '410')}p{suffix}"


def is_full_range(frame: av.VideoFrame) -> bool:
    """Whether the planes of a frame use all codes, not only 16..235 of 8 bits."""
    if _is_rgb(frame):
        return False
    return int(frame.color_range) == _FULL or frame.format.name.startswith("yuvj")


def _is_rgb(frame: av.VideoFrame) -> bool:
    return frame.format.is_rgb or frame.format.has_palette


def _space(frame: av.VideoFrame) -> int:
    """FFmpeg's number of the matrix that turns this RGB into Y'CbCr and back."""
    return int(Colorspace.ITU709 if frame.height >= _HD_HEIGHT else Colorspace.ITU601)


def _apart(frame: av.VideoFrame) -> av.VideoFrame:
    name = planar_format(frame)
    if name == frame.format.name:
        return frame
    rgb = _is_rgb(frame)
    target = ColorRange.JPEG if is_full_range(frame) else ColorRange.MPEG
    return _scaler().reformat(
        frame,
        format=name,
        dst_colorspace=_space(frame) if rgb else None,
        src_color_range=ColorRange.JPEG if rgb else target,
        dst_color_range=target,
        interpolation=_SCALING,
        threads=1,
    )


def _scaler() -> VideoReformatter:
    scaler = getattr(_local, "scaler", None)
    if scaler is None:
        scaler = _local.scaler = VideoReformatter()
    return scaler


def _plane(frame: av.VideoFrame, index: int, depth: int) -> Plane:
    plane = frame.planes[index]
    lines = lines_of(plane, 1 if depth <= 8 else 2)[:, : plane.width]
    lines.flags.writeable = False
    # A negative line size stores the picture from its last line up.
    upright: Plane = lines[::-1] if plane.line_size < 0 else lines
    return upright


def lines_of(plane: VideoPlane, sample_bytes: int) -> Plane:
    """The memory of a plane as lines with their padding, uint8 or uint16."""
    memory: memoryview[int] = memoryview(plane)
    kind: type[np.uint8] | type[np.uint16] = np.uint8 if sample_bytes == 1 else np.uint16
    return np.frombuffer(memory, np.dtype(kind)).reshape(plane.height, -1)
