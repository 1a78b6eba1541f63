"""Files that are whole or not there, also after a crash or a loss of power."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.domain.errors import KnownError

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


def write_whole(path: Path, content: bytes) -> None:
    """Put content in a file's place at once, and onto the disk.

    Raises:
        KnownError: It cannot be written; the file is as it was.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        _settle(path.parent)
    except OSError as error:
        raise KnownError(f"{path.name} cannot be written.", str(error)) from error


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, onto the disk; a line that a crash cut off is left by itself.

    Raises:
        KnownError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            if file.tell() and not _ends_whole(file):
                file.write(b"\n")
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _settle(path.parent)
    except OSError as error:
        raise KnownError(f"{path.name} cannot be written.", str(error)) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process is inside, then keep others out; ends with the process.

    Args:
        path: A file that stands for what is guarded; made when it is missing.

    Raises:
        KnownError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise KnownError(f"{path.name} cannot be written.", str(error)) from error
    with file:
        _lock(file)
        yield


def _ends_whole(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _settle(folder: Path) -> None:
    """Put a folder's entries onto the disk, where folders can be opened at all."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
