"""Arrays that are dear to make, kept in a folder so that the next round, or the same one after it
was stopped, need not make them again."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from core.domain.errors import KnownError

KEPT = 3
"""Folders that stay when a new one is made, the one used last first."""

_STAMP = "stamp.txt"


class Shelf:
    """Arrays of one video.

    Args:
        folder: Where they lie; None keeps them in memory alone.
        stamp: All that they follow from, as text; what lies there for another is thrown away.

    Raises:
        KnownError: The folder cannot be written.
    """

    def __init__(self, folder: Path | None = None, stamp: str = "") -> None:
        self._folder = folder
        if folder is None:
            return
        try:
            if not _is_for(folder, stamp):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / _STAMP).write_text(stamp, "utf-8")
            os.utime(folder)
        except OSError as error:
            raise _refused(folder, error) from error
        _prune(folder)

    def array(self, name: str, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """An array to fill, or as far as it was filled before.

        Raises:
            KnownError: There is no room for it.
        """
        if self._folder is None:
            return np.zeros(shape, dtype)
        path = self._folder / f"{name}.npy"
        try:
            with suppress(FileNotFoundError, ValueError):
                kept = np.lib.format.open_memmap(path, mode="r+")
                if kept.shape == shape and kept.dtype == np.dtype(dtype):
                    return kept
            self.note(name, 0)
            _room_for(path, int(np.prod(shape)) * np.dtype(dtype).itemsize)
            return np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)
        except OSError as error:
            raise _refused(self._folder, error) from error

    def done(self, name: str) -> int:
        """How far an array is filled."""
        if self._folder is None:
            return 0
        with suppress(OSError, ValueError):
            return int((self._folder / f"{name}.done").read_text("utf-8"))
        return 0

    def note(self, name: str, count: int) -> None:
        """Write down how far an array is filled."""
        if self._folder is not None:
            half = self._folder / f"{name}.done.part"
            half.write_text(str(count), "utf-8")
            half.replace(self._folder / f"{name}.done")


def _is_for(folder: Path, stamp: str) -> bool:
    with suppress(OSError):
        return (folder / _STAMP).read_text("utf-8") == stamp
    return False


def _prune(folder: Path) -> None:
    """Throw away the folders beside this one that were not used for longest."""
    beside = [one for one in folder.parent.iterdir() if one.is_dir() and one != folder]
    with suppress(OSError):
        for old in sorted(beside, key=lambda one: -one.stat().st_mtime)[KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


def _room_for(path: Path, size: int) -> None:
    # A mapped file that the disk has no room for ends the process when it is written.
    if shutil.disk_usage(path.parent).free < size + (1 << 28):
        raise OSError(f"{size / 1e6:.0f} MB are needed")


def _refused(folder: Path, error: OSError) -> KnownError:
    return KnownError(
        "There is no room for what a round keeps of the frames.", f"{folder}: {error}"
    )
