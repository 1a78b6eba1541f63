"""Moving files so that none is replaced, lost or there twice, whenever the power goes.

On one file system a second name is linked and the first removed: a link fails where something
stands already, unlike a rename, which replaces it. Where there are no links, the place is taken by
a note first. To another file system the file is copied under a temporary name, read back and
compared, given its name, and only then removed at its old place. Each step can be done again.
"""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.domain.errors import KnownError

_CHUNK = 4 << 20
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def free_names(folder: Path, name: str) -> Iterator[Path]:
    """Places in a folder for a name: itself, then with numbers before the suffix."""
    first = Path(name)
    yield folder / name
    for number in range(2, 1_000_000):
        yield folder / f"{first.stem} ({number}){first.suffix}"


def move(source: Path, target: Path, mark: str) -> None:
    """Move a file to a place where nothing stands; harmless when repeated after a crash.

    Args:
        source: The file; when it is gone and the target is there, an earlier call moved it.
        target: Its new place; its folder is there.
        mark: A text of one's own, the same for each attempt at this move, by which a place that
            an earlier attempt took is known again.

    Raises:
        FileExistsError: Something else stands there; nothing was changed.
        OSError: It cannot be moved; the source is where it was.
    """
    note = f"Onglass is moving a file here.\n{mark}\n".encode()
    if os.path.lexists(target):
        if not os.path.lexists(source):
            return
        if os.path.samefile(source, target):
            _remove(source, target)
            return
        if not _holds(target, note):
            if filecmp.cmp(source, target, shallow=False):
                _remove(source, target)
                return
            raise FileExistsError(errno.EEXIST, "something stands there already", str(target))
    draft = target.with_name(f".onglass-{hashlib.sha256(note).hexdigest()[:24]}.part")
    try:
        _give_name(source, target, note)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        try:
            _copy(source, draft)
            _give_name(draft, target, note)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    _remove(source, target)


def _give_name(source: Path, target: Path, note: bytes) -> None:
    """Let a file be found at another place of its file system, where nothing else stands."""
    taken = os.path.lexists(target)
    if not taken:
        try:
            os.link(source, target)
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        if os.stat(source).st_dev != os.stat(target.parent).st_dev:
            raise OSError(errno.EXDEV, "another file system", str(target))
        with target.open("xb") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
    os.replace(source, target)


def _remove(source: Path, target: Path) -> None:
    """Take the old name away, once the new one is on the disk."""
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            # Some network file systems cannot do this.
            with suppress(OSError):
                os.fsync(folder)
        finally:
            os.close(folder)
    source.unlink(missing_ok=True)


def _copy(source: Path, draft: Path) -> None:
    """Copy a file and read the copy back."""
    size = source.stat().st_size
    if shutil.disk_usage(draft.parent).free < size:
        raise OSError(errno.ENOSPC, "no room for the file", str(draft.parent))
    digest = hashlib.blake2b()
    with source.open("rb") as reading, draft.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    with draft.open("rb") as file:
        if hashlib.file_digest(file, hashlib.blake2b).digest() != digest.digest():
            raise OSError(errno.EIO, "the copy differs from the file", str(draft))
    # Who may read it and when it was made are not worth failing for.
    with suppress(OSError):
        shutil.copystat(source, draft)


def _holds(path: Path, note: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(note) and path.read_bytes() == note


def make_folder(folder: Path) -> None:
    """Make a folder that files are moved to and try whether it can be written to.

    Raises:
        KnownError: It cannot.
    """
    probe = folder / f".onglass-{os.getpid()}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise moving_error(error, folder) from error


def moving_error(error: OSError, folder: Path) -> KnownError:
    """What to tell a person when nothing can be put into a folder."""
    if error.errno in _NO_ROOM:
        return KnownError(f"The disk that holds {folder} is full.", str(error))
    if error.errno in _FORBIDDEN:
        return KnownError(f"{folder} may not be written to.", str(error))
    if isinstance(error, FileExistsError | NotADirectoryError):
        return KnownError(f"{folder} cannot be a folder: a file is in the way.", str(error))
    return KnownError(f"Files cannot be moved to {folder}.", str(error))
