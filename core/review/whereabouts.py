"""Where a desk stands, kept on the disk so that a crash costs nothing but a start.

Every open desk has one small file of its own in the folder of states, and holds a lock on it for
as long as it lives; the system lets go of the lock however the desk ends. A file whose lock is
free was left by a desk that did not end properly, and the next desk takes it over. The file is
replaced in one step and taken away at a proper end, so there is never more than one a desk.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from core.config.paths import state_dir
from core.domain.errors import KnownError

_VERSION = 1
_LARGEST_BYTES = 4 << 20
_MOST_LEFT = 8

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a desk stands.

    Attributes:
        store: URL of the store.
        path: The open title.
        fingerprint: Its fingerprint; empty until it was read.
        playhead_s: Where the picture stands.
        view: Start and end of what the panes show, in seconds.
        marked: The marked stretch in seconds, or None.
        flag: Key of the selected flag, or empty.
        filters: What is entered in the filters of the queue, by name.
        drafts: Severity (its value, or None) and comment of undecided flags, by key.
        tries: How often this title was opened again without going well.
    """

    store: str
    path: Path
    fingerprint: str = ""
    playhead_s: float = 0.0
    view: tuple[float, float] | None = None
    marked: tuple[float, float] | None = None
    flag: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    drafts: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)
    tries: int = 0


class WhereaboutsFile:
    """One desk's file, locked; made by `take_over` or `fresh`.

    Attributes:
        path: The file; it exists once `write` was called.
        found: What the desk before left in it, or None.
    """

    def __init__(self, path: Path, lock: BinaryIO, found: Whereabouts | None = None) -> None:
        self.path = path
        self.found = found
        self._held = lock

    @classmethod
    def fresh(cls) -> WhereaboutsFile:
        """A file of one's own.

        Raises:
            KnownError: The folder of states cannot be written.
        """
        path = _folder() / f"{secrets.token_hex(8)}.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = _locked(path)
        except OSError as error:
            raise _not_kept(error) from error
        if lock is None:
            raise _not_kept(f"{path} is locked")
        return cls(path, lock)

    @classmethod
    def take_over(cls, store: str, title: Path | None = None) -> WhereaboutsFile | None:
        """The newest file that a desk at this store left without ending properly.

        Damaged ones are taken away, and so are the oldest beyond a handful. Those that a newer
        version wrote stay for that one: drafts are in them.

        Args:
            store: URL of the store.
            title: Take only what was left at this title.
        """
        taken: WhereaboutsFile | None = None
        kept = 0
        for path in _newest_first():
            with suppress(OSError):
                lock = _locked(path)
                if lock is None:
                    continue
                if _is_newer(path):
                    lock.close()
                    continue
                found = read_whereabouts(path)
                here = found is not None and (found.store, title or found.path) == (
                    store,
                    found.path,
                )
                if taken is None and here:
                    taken = cls(path, lock, found)
                    continue
                kept += found is not None
                if found is None or kept > _MOST_LEFT:
                    path.unlink(missing_ok=True)
                    _unlock(path, lock)
                else:
                    lock.close()
        return taken

    def write(self, here: Whereabouts) -> None:
        """Keep where the desk stands: what was there before, or this, never a mixture.

        Raises:
            KnownError: The disk is full or cannot be written.
        """
        document = {
            "version": _VERSION,
            "store": here.store,
            "path": os.fsencode(here.path).decode("utf-8", "surrogateescape"),
            "fingerprint": here.fingerprint,
            "playhead_s": here.playhead_s,
            "view": here.view,
            "marked": here.marked,
            "flag": here.flag,
            "filters": dict(here.filters),
            "drafts": dict(here.drafts),
            "tries": here.tries,
        }
        fresh = self.path.with_suffix(".new")
        try:
            with fresh.open("wb") as file:
                file.write(json.dumps(document).encode())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise _not_kept(error) from error

    def clear(self) -> None:
        """Keep nothing any more, but stay the owner of the file."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def leave_behind(self) -> None:
        """Let go of the file as it is; a later desk may take it over."""
        self._held.close()

    def remove(self) -> None:
        """Let go of the file and take it away: the desk has ended properly."""
        self.clear()
        _unlock(self.path, self._held)


def read_whereabouts(path: Path) -> Whereabouts | None:
    """What a file says; None when it is damaged, gone, or of another version."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return None
        return _whereabouts_of(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _whereabouts_of(document: Any) -> Whereabouts | None:
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        return None
    return Whereabouts(
        store=str(document["store"]),
        path=Path(os.fsdecode(str(document["path"]).encode("utf-8", "surrogateescape"))),
        fingerprint=str(document.get("fingerprint", "")),
        playhead_s=_seconds(document.get("playhead_s", 0.0)),
        view=_stretch(document.get("view")),
        marked=_stretch(document.get("marked")),
        flag=str(document.get("flag", "")),
        filters={str(key): str(value) for key, value in dict(document.get("filters", {})).items()},
        drafts={
            str(key): (None if severity is None else str(severity), str(comment))
            for key, (severity, comment) in dict(document.get("drafts", {})).items()
        },
        tries=int(document.get("tries", 0)),
    )


def _is_newer(path: Path) -> bool:
    """Whether a newer version wrote a file, which therefore is no damaged one."""
    try:
        document = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST_BYTES else None
    except (OSError, ValueError, RecursionError):
        return False
    version = document.get("version") if isinstance(document, dict) else None
    return isinstance(version, int) and version > _VERSION


def _stretch(value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    start_s, end_s = value
    return (_seconds(start_s), _seconds(end_s))


def _seconds(value: Any) -> float:
    seconds = float(value)
    if not math.isfinite(seconds):
        raise ValueError("not a moment")
    return seconds


def _folder() -> Path:
    return state_dir() / "desks"


def _newest_first() -> list[Path]:
    try:
        dated = [(path.stat().st_mtime, path) for path in _folder().glob("*.json")]
    except OSError:
        return []
    return [path for _, path in sorted(dated, reverse=True)]


def _locked(path: Path) -> BinaryIO | None:
    """The open lock of a file; None while another desk holds it."""
    file = path.with_suffix(".lock").open("ab")
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


def _unlock(path: Path, lock: BinaryIO) -> None:
    """Let go of a lock and take it away."""
    lock.close()
    with suppress(OSError):
        path.with_suffix(".lock").unlink(missing_ok=True)


def _not_kept(error: object) -> KnownError:
    return KnownError(
        "Where you are cannot be kept on the disk, so a crash would lose your place and drafts; "
        "verdicts are not concerned.",
        str(error),
    )
