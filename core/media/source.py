"""Opening media files: one place that turns FFmpeg's complaints into sentences."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream as AvStream

from core.domain.errors import KnownError

# Demuxers that accept almost anything, or single pictures: nothing that a reviewer would play.
_NOT_A_TITLE = frozenset({"tty", "image2", "bin", "idf", "xbin", "adf", "data", "rawvideo"})

S = TypeVar("S", bound=AvStream)


def open_container(path: Path, options: Mapping[str, str] | None = None) -> InputContainer:
    """Open a media file for reading.

    Args:
        path: The file; never a URL, also when its name looks like one.
        options: FFmpeg demuxer options.

    Raises:
        KnownError: Missing, a folder, empty, not permitted, or not media.
    """
    _check_file(path)
    name = path.name
    try:
        # The prefix keeps names such as `concat:x` or `%03d.png` from being anything but names.
        container = av.open(
            f"file:{path.absolute()}", options=dict(options or {}), metadata_errors="replace"
        )
    except FFmpegError as error:
        raise KnownError(
            f"{name} cannot be opened: it is damaged, incomplete or not a media file.", str(error)
        ) from error
    kind = container.format.name
    if kind in _NOT_A_TITLE or kind.endswith("_pipe"):
        container.close()
        raise KnownError(f"{name} is not a video or audio file.", f"FFmpeg reads it as {kind}.")
    return container


def _check_file(path: Path) -> None:
    name = path.name
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise KnownError(f"{name} is a folder, not a media file.")
        if not stat.S_ISREG(mode):
            raise KnownError(f"{name} is not a regular file.")
        with path.open("rb") as file:
            if not file.read(1):
                raise KnownError(f"{name} is empty.")
    except FileNotFoundError as error:
        raise KnownError(f"{name} does not exist.", str(path)) from error
    except PermissionError as error:
        raise KnownError(f"{name} may not be read: permission is missing.", str(error)) from error
    except (OSError, ValueError) as error:
        raise KnownError(f"{name} cannot be read.", str(error)) from error


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
