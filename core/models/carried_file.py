"""Finds files of weights inside packages of others, without importing those packages.

`packaging/weights.txt` lists the packages that are installed for such a file alone.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from core.domain.errors import KnownError


def carried_file(package: str, name: str, purpose: str) -> Path:
    """Where a file inside an installed package is.

    Args:
        package: The name that it is imported by.
        name: The file's path inside.
        purpose: What needs it, to begin a sentence with.

    Raises:
        KnownError: The package is not installed, or has no such file.
    """
    found = find_spec(package)
    for place in (found.submodule_search_locations or ()) if found is not None else ():
        path = Path(place) / name
        if path.is_file():
            return path
    raise KnownError(
        f"{purpose} needs the package {package.replace('_', '-')}, which is not installed.",
        f"{name} was looked for in it; `packaging/bootstrap.py setup` installs it.",
    )


@lru_cache(maxsize=8)
def carried_hash(path: Path) -> str:
    """SHA-256 of such a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
