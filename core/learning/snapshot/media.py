"""From a snapshot to its media: found where they were, else by content, else skipped and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.domain.errors import KnownError
from core.domain.sample import LeftOut, Sample, Side, Snapshot
from core.jobs.progress import CancelToken
from core.media.folder import media_files
from core.media.probe import fingerprint
from core.store.store import Store

FindMedia = Callable[[str, Path | None], Path | None]
"""(fingerprint, where it was last) -> where a title's file is now, or None."""


@dataclass(frozen=True, slots=True)
class OpenSample:
    """A sample whose file is there.

    Attributes:
        sample: What is learned.
        path: The file, whose content is the title's.
    """

    sample: Sample
    path: Path


@dataclass(frozen=True, slots=True)
class Opened:
    """Samples that can be learned from, and those that cannot.

    Attributes:
        samples: In the snapshot's order.
        skipped: With a sentence each; a title's together.
    """

    samples: tuple[OpenSample, ...]
    skipped: tuple[LeftOut, ...]


def open_samples(
    snapshot: Snapshot, find_media: FindMedia, side: Side | None = Side.TRAIN
) -> Opened:
    """Find the files of a snapshot's samples.

    Args:
        snapshot: What was taken.
        find_media: Looks for a title's file; `finder` makes one.
        side: Only samples of this side; None for both. Training never asks for the gold side.

    Raises:
        KnownError: A folder cannot be read.
    """
    by_title: dict[str, list[Sample]] = {}
    for sample in snapshot.samples:
        if side in (None, sample.side):
            by_title.setdefault(sample.fingerprint, []).append(sample)
    opened: list[OpenSample] = []
    skipped: list[LeftOut] = []
    for digest, samples in by_title.items():
        hint = Path(samples[0].path) if samples[0].path else None
        path = find_media(digest, hint)
        if path is None:
            ids = tuple(sorted(id_ for sample in samples for id_ in sample.verdicts))
            name = hint.name if hint else digest[:12]
            skipped.append(LeftOut(ids, digest, f"The file of {name} is not found."))
        else:
            opened += [OpenSample(sample, path) for sample in samples]
    return Opened(tuple(opened), tuple(skipped))


def finder(
    store: Store | None = None, folders: Sequence[Path] = (), cancel: CancelToken | None = None
) -> FindMedia:
    """Looks for files where they were, where the store has them now, and in folders by content.

    A file counts only when its fingerprint is the title's: what lies in an old place may be
    another cut. Folders are read once, and only files of the size of a title are read.

    Args:
        store: Knows where titles are now and how long their files are.
        folders: Where else to look, folders below them too.
        cancel: Stops the search between two files.
    """
    search = _Search(store, tuple(folders), cancel or CancelToken())
    return search.find


class _Search:
    def __init__(self, store: Store | None, folders: tuple[Path, ...], cancel: CancelToken) -> None:
        self._store, self._folders, self._cancel = store, folders, cancel
        self._found: dict[str, Path | None] = {}
        self._by_size: dict[int, list[Path]] | None = None

    def find(self, digest: str, hint: Path | None) -> Path | None:
        if digest not in self._found:
            self._cancel.check()
            self._found[digest] = self._look(digest, hint)
        return self._found[digest]

    def _look(self, digest: str, hint: Path | None) -> Path | None:
        title = self._store.titles.get(digest) if self._store is not None else None
        places = [*([hint] if hint else []), *([title.path] if title else [])]
        for place in dict.fromkeys(places):
            if _is(place, digest):
                return place
        if title is None:
            return None
        renamed = [path for place in dict.fromkeys(places) for path in _beside(place)]
        likely = [*renamed, *self._in_folders(title.size_bytes)]
        return next((path for path in likely if _is(path, digest, title.size_bytes)), None)

    def _in_folders(self, size: int) -> list[Path]:
        if self._by_size is None:
            self._by_size = {}
            for folder in self._folders:
                try:
                    for path in media_files(folder):
                        self._cancel.check()
                        self._by_size.setdefault(path.stat().st_size, []).append(path)
                except OSError as error:
                    sentence = f"The folder {folder.name} cannot be read."
                    raise KnownError(sentence, str(error)) from error
        return self._by_size.get(size, [])


def _beside(place: Path) -> list[Path]:
    """Files in the folder of a file; not below it, which may be all of a disk."""
    try:
        return sorted(path for path in place.parent.iterdir() if path.is_file())
    except OSError:
        return []


def _is(path: Path, digest: str, size: int | None = None) -> bool:
    try:
        fits = path.is_file() and size in (None, path.stat().st_size)
        return fits and fingerprint(path) == digest
    except OSError:
        return False
