"""What a watch has done with each file, on the disk before it is acted upon.

One line of JSON a change, appended and synced; the last line about a file counts. A line that a
crash cut off is passed over. So whoever starts after a crash knows what was found about a file and
where it was going, and neither looks at it again nor leaves it lying.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from core.config import paths
from core.domain.errors import KnownError
from core.scan.watch.settle import Sight

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Outcome(StrEnum):
    """What came of a file."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    FAILED = "failed"


class Stage(StrEnum):
    """How far a file came."""

    BEGUN = "begun"
    JUDGED = "judged"
    DONE = "done"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file.

    Attributes:
        name: Its path below the watched folder, with slashes.
        size: Of the file that is meant, in bytes.
        mtime_ns: When that was written.
        stage: How far it came.
        attempts: How often it was opened without anybody hearing how that went.
        outcome: What came of it; None before it is judged.
        fingerprint: Of the title; empty when it cannot be read.
        run: The analysis; empty when there is none.
        findings: How many flags it has.
        sentence: Why it failed.
        target: Where the file goes, once that is settled; empty for nowhere.
    """

    name: str
    size: int
    mtime_ns: int
    stage: Stage = Stage.BEGUN
    attempts: int = 0
    outcome: Outcome | None = None
    fingerprint: str = ""
    run: str = ""
    findings: int = 0
    sentence: str = ""
    target: str = ""

    @property
    def sight(self) -> Sight:
        """What the file looked like."""
        return Sight(self.size, self.mtime_ns)


class Journal:
    """Entries of one watched folder by name; use as a context manager.

    Args:
        folder: The folder that is watched.
        store_url: The store that its analyses go to; another store starts anew.

    Raises:
        KnownError: Somebody else watches this folder, or the journal cannot be kept.
    """

    def __init__(self, folder: Path, store_url: str) -> None:
        home = paths.data_dir() / "watch"
        self.path = home / f"{_digest(str(folder), store_url)}.jsonl"
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._lock = (home / f"{_digest(str(folder))}.lock").open("a")
        except OSError as error:
            raise _cannot_keep(error) from error
        try:
            _lock(self._lock)
        except OSError as error:
            self._lock.close()
            raise KnownError(f"Another process watches {folder} already.", str(error)) from error
        self._entries = _read(self.path)
        self._file: IO[bytes] | None = None
        self._compact()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others watch the folder."""
        if self._file is not None:
            self._file.close()
        self._lock.close()

    def get(self, name: str) -> Entry | None:
        """What is known of a file."""
        return self._entries.get(name)

    def judged(self) -> tuple[Entry, ...]:
        """Files that are judged and not yet where they belong."""
        return tuple(e for e in self._entries.values() if e.stage is Stage.JUDGED)

    def put(self, entry: Entry) -> None:
        """Keep what is known of a file; it is on the disk when this returns.

        Raises:
            KnownError: It cannot be written; what was known before holds.
        """
        document = {key: value for key, value in asdict(entry).items() if value not in ("", None)}
        # A line that was cut off before ends here.
        line = b"\n" + json.dumps(document).encode() + b"\n"
        try:
            if self._file is None:
                # Unbuffered: what a full disk refuses must not be written again on closing.
                self._file = self.path.open("ab", buffering=0)
            if self._file.write(line) != len(line):
                raise OSError("The line was written in part.")
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _cannot_keep(error) from error
        self._take(entry)

    def forget(self, entry: Entry) -> None:
        """Know nothing more of a file.

        Raises:
            KnownError: It cannot be written.
        """
        self.put(Entry(entry.name, entry.size, entry.mtime_ns, Stage.FORGOTTEN))

    def _take(self, entry: Entry) -> None:
        if entry.stage is Stage.FORGOTTEN:
            self._entries.pop(entry.name, None)
        else:
            self._entries[entry.name] = entry

    def _compact(self) -> None:
        """Write the journal anew without what no longer counts; the old one stands until then."""
        lines = [
            json.dumps({k: v for k, v in asdict(entry).items() if v not in ("", None)})
            for entry in self._entries.values()
        ]
        draft = self.path.with_suffix(".draft")
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in lines)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            self.close()
            raise _cannot_keep(error) from error


def _read(path: Path) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return entries
    except OSError as error:
        raise _cannot_keep(error) from error
    for line in lines:
        entry = _entry(line)
        if entry is None:
            continue
        if entry.stage is Stage.FORGOTTEN:
            entries.pop(entry.name, None)
        else:
            entries[entry.name] = entry
    return entries


def _entry(line: bytes) -> Entry | None:
    """The entry of a line; None where a crash or a full disk left a part of one."""
    try:
        document = json.loads(line)
        document["stage"] = Stage(document["stage"])
        if "outcome" in document:
            document["outcome"] = Outcome(document["outcome"])
        return Entry(**document)
    except (ValueError, KeyError, TypeError):
        return None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _cannot_keep(error: OSError) -> KnownError:
    folder = paths.data_dir() / "watch"
    return KnownError(
        f"What the watch does cannot be written down in {folder}, so nothing is analysed; free "
        "some space there or allow writing to it.",
        str(error),
    )
