"""Folders of media: which files count, what each is, and where a title has gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.errors import KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.probe import fingerprint

MEDIA_SUFFIXES = frozenset(
    """
    .264 .265 .3gp .aac .ac3 .aif .aiff .avi .flac .flv .h264 .h265 .hevc .ivf .m2ts .m2v .m4a
    .m4v .mka .mkv .mov .mp3 .mp4 .mpeg .mpg .mts .mxf .oga .ogg .ogv .opus .ts .vob .wav .webm
    .wma .wmv .y4m
    """.split()  # noqa: SIM905 - a list of fifty quoted strings is harder to read
)
"""What counts as media when a folder is scanned; files named outright are always tried."""

Probe = Callable[[Path], Title]


def media_files(folder: Path) -> Iterator[Path]:
    """The media files in and below a folder, by name."""
    inside = (p for p in folder.rglob("*") if p.suffix.lower() in MEDIA_SUFFIXES)
    yield from sorted(p for p in inside if p.is_file())


@dataclass(slots=True)
class FolderSurvey:
    """What was found in a folder.

    Attributes:
        looked_at: How many files were looked at.
        known: How many of them were known already.
        titles: The others, as far as they can be read.
        troubles: A sentence for each file that cannot be read.
    """

    looked_at: int = 0
    known: int = 0
    titles: list[Title] = field(default_factory=list)
    troubles: dict[Path, str] = field(default_factory=dict)


def survey(
    folder: Path,
    known: Collection[Path],
    probe: Probe,
    cancel: CancelToken,
    told: Callable[[FolderSurvey, int], None],
) -> FolderSurvey:
    """Look into every media file of a folder.

    Args:
        folder: Where to look, in folders below it too.
        known: Files that need not be looked into.
        probe: Looks into one; raises `KnownError`.
        cancel: Stops between two files.
        told: Told after each file what was found so far, and how many files there are.

    Raises:
        KnownError: The folder cannot be read.
        CancelledError: `cancel` was raised.
    """
    found = FolderSurvey()
    try:
        files = list(media_files(folder))
    except OSError as error:
        raise KnownError(f"The folder {folder.name} cannot be read.", str(error)) from error
    for path in files:
        cancel.check()
        found.looked_at += 1
        if path in known:
            found.known += 1
        else:
            try:
                found.titles.append(probe(path))
            except KnownError as error:
                found.troubles[path] = error.sentence
        told(found, len(files))
    return found


def find_moved(folder: Path, missing: Mapping[str, int], cancel: CancelToken) -> dict[str, Path]:
    """Find files by their content, whatever they are called now.

    Args:
        folder: Where to look, in folders below it too.
        missing: Sizes in bytes by fingerprint; only files of such a size are read.
        cancel: Stops between two files.

    Returns:
        Where each was found, by fingerprint; the others are left out.

    Raises:
        KnownError: The folder cannot be read.
        CancelledError: `cancel` was raised.
    """
    sizes = set(missing.values())
    found: dict[str, Path] = {}
    try:
        for path in media_files(folder):
            cancel.check()
            if path.stat().st_size in sizes:
                digest = fingerprint(path)
                if digest in missing:
                    found.setdefault(digest, path)
    except OSError as error:
        raise KnownError(f"The folder {folder.name} cannot be read.", str(error)) from error
    return found
