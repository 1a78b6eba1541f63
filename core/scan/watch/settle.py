"""When a file that arrives is complete.

Nothing tells: shares over SMB and NFS send no events for what other machines write, and a copy
that goes on keeps no lock that Linux could see. So the folder is looked at again and again, and a
file counts as complete once its size and its time stamp have stood still for a while. How old the
time stamp is says nothing, because most tools that copy keep the original's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.media.folder import MEDIA_SUFFIXES

TEMPORARY_SUFFIXES = frozenset(
    {
        *(".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart"),
        *(".opdownload", ".aria2", ".!ut", ".bc!", ".upload", ".inprogress"),
    }
)
"""How names end that programs give to files which they are still writing."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a file without reading it.

    Attributes:
        size: In bytes.
        mtime_ns: When it was written last, by the clock of whoever keeps it.
    """

    size: int
    mtime_ns: int


def sight_of(path: Path) -> Sight | None:
    """What can be seen of a file now; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Sight(found.st_size, found.st_mtime_ns)


def is_temporary(path: Path) -> bool:
    """Whether a name says that the file is not meant for anybody yet."""
    return path.name.startswith((".", "~")) or path.suffix.lower() in TEMPORARY_SUFFIXES


def arrived(folder: Path, without: Iterable[Path] = ()) -> Iterator[Path]:
    """The media files in and below a folder that are not marked as unfinished, by name.

    Links are left alone, and so is a file beside which lies its own unfinished copy, as browsers
    leave them.

    Args:
        folder: Where to look.
        without: Folders whose content does not count.

    Raises:
        OSError: The folder cannot be read.
    """
    # rglob passes over a folder that is not there without a word.
    next(folder.iterdir(), None)
    left_out = tuple(without)
    names = {
        path for path in folder.rglob("*") if not any(path.is_relative_to(o) for o in left_out)
    }
    unfinished = {p.with_suffix("") for p in names if p.suffix.lower() in TEMPORARY_SUFFIXES}
    for path in sorted(names):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts[:-1])
        if path.suffix.lower() not in MEDIA_SUFFIXES or hidden or is_temporary(path):
            continue
        if path not in unfinished and not path.is_symlink() and path.is_file():
            yield path


class SettleWatch:
    """Remembers since when each file has looked the same."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[Sight, float]] = {}

    def still_s(self, path: Path, sight: Sight, now_s: float) -> float:
        """For how long a file has stood still, as far as anybody has looked.

        Args:
            path: The file.
            sight: What it looks like now.
            now_s: Now, on a clock that never goes back.
        """
        before = self._seen.get(path)
        if before is None or before[0] != sight:
            self._seen[path] = (sight, now_s)
            return 0.0
        return now_s - before[1]

    def keep(self, paths: Iterable[Path]) -> None:
        """Forget all files but these."""
        kept = frozenset(paths)
        self._seen = {path: seen for path, seen in self._seen.items() if path in kept}
