"""Markdown from values."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTS = re.compile(r"(`[^`]*`)")


def cell(text: object) -> str:
    """A text on one line that fits into a table: a bar in it is no border."""
    return " ".join(str(text).split()).replace("|", "\\|")


def plain(text: str) -> str:
    """A text whose characters mean nothing to Markdown; what stands in backticks is left alone."""
    parts = _PARTS.split(" ".join(text.split()))
    return "".join(
        part if part.startswith("`") else re.sub(r"([*_<>\[\]])", r"\\\1", part) for part in parts
    )


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; an empty text where there are no rows."""
    lines = ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    if not lines:
        return ""
    names = list(headings)
    return "\n".join(["| " + " | ".join(names) + " |", "|" + "---|" * len(names), *lines])
