"""The clean twin of a file that is really damaged, found by its name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

CLEAN_WORDS = frozenset({"clean", "original", "pristine", "reference", "valid"})
_LEAST_WORDS = 2


def twin_of(damaged: Path, files: Iterable[Path]) -> Path | None:
    """The file that a damaged one was made of, as far as names tell.

    It has the same suffix, and its name is that of the damaged file without its last words, or that
    and a word like `pristine`: `town_lost.264` has no twin, because one word is too little, while
    `town_D_lost.264` has `town_D.264` and `town_distorted.mp4` has `town_pristine.mp4`.

    Args:
        damaged: The damaged file.
        files: Any others.

    Returns:
        The one that shares most words; None where there is none.
    """
    words = damaged.stem.split("_")
    found = [(shared, path) for path in files if (shared := _shared(words, path, damaged))]
    return max(found, key=lambda item: (item[0], str(item[1])))[1] if found else None


def _shared(words: list[str], path: Path, damaged: Path) -> int:
    """How many words the names have in common; 0 where the file is no twin."""
    mine = path.stem.split("_")
    if path.suffix.lower() != damaged.suffix.lower():
        return 0
    named = len(mine) > 1 and mine[-1].lower() in CLEAN_WORDS
    root = mine[:-1] if named else mine
    if len(root) >= len(words) or words[: len(root)] != root:
        return 0
    return len(root) if named or len(root) >= _LEAST_WORDS else 0
