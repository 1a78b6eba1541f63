"""Tables of a page, and figures in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.domain.interval import wilson


def number(value: float | None, digits: int) -> str:
    """A figure; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def in_share(hits: int, of: int) -> str:
    """So many of so many, with the 95 % interval."""
    if not of:
        return "–"
    low, high = wilson(hits, of)
    return f"{hits}/{of} = {hits / of:.3f} ({low:.2f}–{high:.2f})"


def table(head: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def confusion(names: Sequence[str], rows: Sequence[Sequence[int]]) -> str:
    """What was said of what is true, and the share of each that was right."""
    return table(
        ("", *names, "right"),
        (
            (name, *(f"{n:,}" for n in row), number(row[at] / sum(row) if sum(row) else None, 4))
            for at, (name, row) in enumerate(zip(names, rows, strict=True))
        ),
    )
