"""Writing what was made: whole or not at all."""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import suppress
from pathlib import Path

from core.domain.errors import KnownError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def check_target(target: Path, *, overwrite: bool) -> None:
    """Refuse a place before work is put into what should go there.

    Raises:
        KnownError: It is a folder, its folder is missing, or it exists and may not be replaced.
    """
    if target.is_dir():
        raise KnownError(f"{target} is a folder; name a file in it.")
    if not target.parent.is_dir():
        raise KnownError(f"There is no folder {target.parent}.")
    if target.exists() and not overwrite:
        raise KnownError(f"{target} exists already; name another file or remove it.")
    if target.exists() and not target.is_file():
        raise KnownError(f"{target} is not a file that an export could replace.")


def write_whole(data: bytes, target: Path, *, overwrite: bool = False) -> None:
    """Write a file that appears whole or not at all; what stood there stays until then.

    Args:
        data: What it holds.
        target: Where to.
        overwrite: It may replace a file.

    Raises:
        KnownError: It cannot be written; nothing was changed.
    """
    check_target(target, overwrite=overwrite)
    draft = target.with_name(f".onglass-{uuid.uuid4().hex}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise KnownError(_sentence(error, target), str(error)) from error
    finally:
        # Where the disk cannot be written, nothing was left over, and removing it fails.
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _sentence(error: OSError, target: Path) -> str:
    if error.errno in _NO_ROOM:
        return f"The disk that holds {target.parent} is full; nothing was written."
    if error.errno in _FORBIDDEN:
        return f"{target.parent} may not be written to; nothing was written."
    return f"The export cannot be written to {target}; nothing was changed."
