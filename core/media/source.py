"""Opening media files: one place that turns FFmpeg's complaints into sentences."""

from __future__ import annotations

import functools
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream as AvStream

from core.domain.errors import KnownError

# Demuxers that accept almost anything, or single pictures: nothing that a reviewer would play.
_NOT_A_TITLE = frozenset({"tty", "image2", "bin", "idf", "xbin", "adf", "data", "rawvideo"})

# Demuxers that open what a file names, be it another file, a network address or a device.
_FOLLOWS_NAMES = {
    *("applehttp", "concat", "dash", "hls", "imf", "webm_dash_manifest"),
    *("rtp", "rtsp", "sap", "sdp", "vapoursynth", "vobsub"),
    *("alsa", "avfoundation", "dshow", "fbdev", "gdigrab", "kmsgrab", "lavfi", "openal", "oss"),
    *("sndio", "v4l2", "video4linux2", "x11grab"),
}
MOST_PIXELS = 80_216_064
"""No picture may be larger, also where a stream grows on its way: what HEVC's level 6.3 allows,
more than twice 8K. A file of some hundred bytes can claim as much, and some decoders then take more
than thirty bytes a pixel."""
_LIST_BYTES = 4096
_LIST = re.compile(
    rb"^(\xef\xbb\xbf|\s)*("
    rb"#EXTM3U|ffconcat\b|file\s+'|\[(playlist|reference)\]|v=0\s*[\r\n]+o=|"
    rb"<(\?xml[^>]*\?>\s*)?(<!--.*?-->\s*)*<?(MPD|SmoothStreamingMedia|CompositionPlaylist|asx|smil)\b"
    rb")",
    re.IGNORECASE | re.DOTALL,
)

S = TypeVar("S", bound=AvStream)


def open_container(path: Path, options: Mapping[str, str] | None = None) -> InputContainer:
    """Open a media file for reading; nothing else that it names is opened.

    FFmpeg may open local files only, and none of its readers that follow names in a file is asked:
    playlists, manifests, edit lists of other files, scripts and devices.

    Args:
        path: The file; never a URL, also when its name looks like one.
        options: FFmpeg demuxer options.

    Raises:
        KnownError: Missing, a folder, empty, not permitted, not media, or a list of other files.
    """
    _check_file(path)
    name = path.name
    limits = {"protocol_whitelist": "file", "format_whitelist": _readers()}
    try:
        # The prefix keeps names such as `concat:x` or `%03d.png` from being anything but names.
        container = av.open(
            f"file:{path.absolute()}",
            options={**(options or {}), **limits},
            metadata_errors="replace",
        )
    except FFmpegError as error:
        raise KnownError(
            f"{name} cannot be opened: it is damaged, incomplete or not a media file.", str(error)
        ) from error
    kind = container.format.name
    if kind in _NOT_A_TITLE or kind.endswith("_pipe"):
        container.close()
        raise KnownError(f"{name} is not a video or audio file.", f"FFmpeg reads it as {kind}.")
    for stream in container.streams.video:
        if stream.codec_context is not None:
            # A stream may grow on its way; what is larger is an error to its decoder.
            stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return container


@functools.cache
def _readers() -> str:
    """FFmpeg's demuxers that may be used, as its option wants them."""
    names = {name for entry in av.formats_available for name in entry.split(",")}
    return ",".join(sorted(names - _FOLLOWS_NAMES))


def _check_file(path: Path) -> None:
    name = path.name
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise KnownError(f"{name} is a folder, not a media file.")
        if not stat.S_ISREG(mode):
            raise KnownError(f"{name} is not a regular file.")
        with path.open("rb") as file:
            head = file.read(_LIST_BYTES)
        if not head:
            raise KnownError(f"{name} is empty.")
        if _LIST.match(head):
            raise KnownError(
                f"{name} only names other files or addresses, which are not followed; open the "
                "media files themselves."
            )
    except FileNotFoundError as error:
        raise KnownError(f"{name} does not exist.", str(path)) from error
    except PermissionError as error:
        raise KnownError(f"{name} may not be read: permission is missing.", str(error)) from error
    except (OSError, ValueError) as error:
        raise KnownError(f"{name} cannot be read.", str(error)) from error


def require_whole(path: Path, size_bytes: int) -> None:
    """Make sure that a file which seems to be at its end is still there, whole and readable.

    Where a drive or a network goes while a file is read, FFmpeg often just tells that it has ended.

    Args:
        path: The file.
        size_bytes: Its length when it was opened.

    Raises:
        KnownError: It is gone, shorter than it was, or its end cannot be read.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            now = os.fstat(file.fileno()).st_size
            file.seek(max(now - 1, 0))
            file.read(1)
    except FileNotFoundError as error:
        raise KnownError(
            f"{name} is gone, perhaps with its drive or network; bring it back and open the title "
            "again. What was measured and decided is kept.",
            str(error),
        ) from error
    except OSError as error:
        raise KnownError(
            f"{name} cannot be read any more: its drive or network reports an error. What was "
            "measured and decided is kept.",
            str(error),
        ) from error
    if now < size_bytes:
        raise KnownError(
            f"{name} has been cut short on the disk since it was opened; open it again. What was "
            "measured and decided is kept.",
            f"{size_bytes} bytes before, {now} now",
        )


def packets_of(container: InputContainer, *streams: S) -> Iterator[Packet[S]]:
    """The packets of some streams in the order of the file, then an empty one for each stream.

    Damage can make streams come up on the way. PyAV then gives some of their packets, asked for or
    not, and looks for them at the end among those that it knew at the beginning.

    Args:
        container: The open file.
        streams: Of it.

    Raises:
        FFmpegError: The file cannot be read on.
    """
    packets = cast("Iterator[Packet[S]]", container.demux(*streams))
    wanted = {stream.index for stream in streams}
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError):
            return
        if packet.stream_index in wanted:
            yield packet


def stream_of(container: InputContainer, index: int, kind: type[S], path: Path) -> S:
    """The stream with a container index.

    Raises:
        KnownError: The file holds no such stream of that kind.
    """
    streams = container.streams
    if 0 <= index < len(streams):
        stream = streams[index]
        if isinstance(stream, kind):
            return stream
    raise KnownError(f"{path.name} no longer holds stream {index}; it has changed on disk.")
