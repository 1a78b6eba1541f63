"""A claim: says to other processes that a run is being worked on; it dies with its holder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType


class Claim:
    """An operating system lock on a small file, freed when the process ends, however it ends.

    Args:
        path: The lock file; made when absent. It stays behind, empty.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self.held = _lock(self._file)

    def __enter__(self) -> Claim:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the claim up; harmless when repeated."""
        if self._file >= 0:
            os.close(self._file)
        self._file, self.held = -1, False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
