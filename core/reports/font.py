"""The letters of a PDF: shipped, so that it looks the same everywhere and says most scripts."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from core.config.paths import resources_dir
from core.reports.wording import clean

FAMILY = "DejaVu"
_FOLDER = "fonts"
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_TURNED = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
MISSING = "\u25a1"
"""Stands for a character that the font lacks."""


def font_files() -> dict[str, Path]:
    """Font file by style: plain and bold."""
    return {style: resources_dir() / _FOLDER / name for style, name in _FILES.items()}


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
    """Text in which every character can be printed; what the font lacks is a box."""
    known = _known()
    return "".join(c if c == "\n" or ord(c) in known else MISSING for c in clean(text))


def needs_shaping(text: str) -> bool:
    """Whether text runs from the right, or its letters change with their neighbours."""
    return not text.isascii() and any(
        unicodedata.bidirectional(c) in _TURNED or unicodedata.combining(c) for c in text
    )
