"""The letters of a PDF: always the same ones, so that it looks alike everywhere.

FiraGO has Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Georgian and Devanagari letters. Its files
come with `pymupdf-fonts`, packed; the PDF's writer wants them unpacked on disk.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache
from pathlib import Path

from core.config.paths import cache_dir
from core.domain.errors import KnownError
from core.reports.wording import clean

FAMILY = "FiraGO"
_FOLDER = "fonts"
_CODES = {"": "figo", "B": "figbo"}
_TURNED = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
MISSING = "\u25ca"
"""Stands for a character that the font lacks."""


def font_files() -> dict[str, Path]:
    """Font file by style, plain and bold; unpacked into the cache folder where they are missing.

    Raises:
        KnownError: The cache folder cannot be written.
    """
    return {style: _unpacked(code) for style, code in _CODES.items()}


def _unpacked(code: str) -> Path:
    import pymupdf_fonts

    content = bytes(pymupdf_fonts.myfont(code))
    path = cache_dir() / _FOLDER / f"{code}.ttf"
    if path.is_file() and path.stat().st_size == len(content):
        return path
    draft = path.with_name(f".{code}.{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        os.replace(draft, path)
    except OSError as error:
        raise KnownError("The cache folder cannot be written.", str(error)) from error
    return path


@cache
def _known() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: frozenset[int] | None = None
    for path in font_files().values():
        with TTFont(path, lazy=True) as font:
            mine = frozenset(font.getBestCmap())
        known = mine if known is None else known & mine
    return known or frozenset()


def printable(text: str) -> str:
    """Text in which every character can be printed; what the font lacks is a lozenge."""
    known = _known()
    return "".join(c if c == "\n" or ord(c) in known else MISSING for c in clean(text))


def needs_shaping(text: str) -> bool:
    """Whether text runs from the right, or its letters change with their neighbours."""
    return not text.isascii() and any(
        unicodedata.bidirectional(c) in _TURNED or unicodedata.combining(c) for c in text
    )
