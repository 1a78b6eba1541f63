"""Clean titles, sounds and photographs to measure on, and which side of the split each is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.probe import probe
from core.simulate.camera_move import PHOTO_SUFFIXES
from core.simulate.split import split_of

SPEECH_FOLDERS = frozenset({"speech", "talk"})
"""Names of folders whose sound is taken to be speech: only there can captions be laid on it."""


class Kind(StrEnum):
    """What a source is; figures on each kind are told apart."""

    FILMED = "filmed"
    SOUND = "sound"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Source:
    """One clean file.

    Attributes:
        path: Where it lies.
        kind: What it is.
        side: `dev` (thresholds may have been tuned on it) or `test`.
        title: As probed; None for a photograph.
    """

    path: Path
    kind: Kind
    side: str
    title: Title | None = None

    @property
    def name(self) -> str:
        """Name of the file, for reports: nobody else's folders belong there."""
        return self.path.name

    @property
    def seconds(self) -> float:
        """Length; 0 for a photograph."""
        return 0.0 if self.title is None else self.title.duration_s

    @property
    def speaks(self) -> bool:
        """Its folder says that somebody speaks."""
        return not SPEECH_FOLDERS.isdisjoint(part.lower() for part in self.path.parts[:-1])


def find_sources(folders: Sequence[Path], side: str) -> tuple[list[Source], list[str]]:
    """The media files and photographs below some folders.

    Args:
        folders: Where to look; hidden files and truth files are passed over.
        side: `dev`, `test` or `all`.

    Returns:
        Sources by path, and names of files that are no media.

    Raises:
        KnownError: A folder is not there, or there is nothing to measure on.
    """
    found: list[Source] = []
    unread: list[str] = []
    for path in files_below(folders):
        if side not in ("all", split_of(path.stem)):
            continue
        if path.suffix.lower() in PHOTO_SUFFIXES:
            found.append(Source(path, Kind.PHOTO, split_of(path.stem)))
            continue
        try:
            title = probe(path)
        except KnownError:
            unread.append(path.name)
            continue
        if title.video or title.audio:
            kind = Kind.FILMED if title.video else Kind.SOUND
            found.append(Source(path, kind, split_of(path.stem), title))
    if not found:
        raise KnownError(
            f"There is nothing to measure on in {', '.join(map(str, folders))}"
            + ("." if side == "all" else f" on the {side} side.")
        )
    return found, unread


def files_below(folders: Sequence[Path]) -> Iterator[Path]:
    """Files below some folders, by path; hidden files and truth files are passed over.

    Raises:
        KnownError: A folder is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise KnownError(f"{folder} is no folder.")
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.is_file() and not hidden and path.suffix.lower() not in (".json", ".txt"):
                yield path
