"""Draws Mermaid's `sequenceDiagram`: participants, messages, messages to oneself, notes."""

from __future__ import annotations

import re
from html import escape

from handbook.flowchart import ARROW_HEAD, DiagramError, text_svg

_COLUMN, _STEP, _HEAD = 330, 46, 40
_BOX = 150
_LOOP = 40


def sequence_svg(source: str) -> str:
    """A `sequenceDiagram` as an SVG element.

    Raises:
        DiagramError: It holds a line that is not understood.
    """
    lines = [line.strip() for line in source.strip().splitlines()]
    if not lines or lines[0] != "sequenceDiagram":
        raise DiagramError(f"not a sequence: {lines[:1]}")
    places: dict[str, float] = {}
    heads: list[str] = []
    steps: list[str] = []
    said: list[str] = []
    for line in lines[1:]:
        y = _HEAD + 34 + len(steps) * _STEP
        if found := re.fullmatch(r"participant (\w+)(?: as (.+))?", line):
            places[found[1]] = (len(places) + 0.5) * _COLUMN
            heads.append(_head(places[found[1]], found[2] or found[1]))
        elif found := re.fullmatch(r"(\w+)(--?>>)(\w+): (.+)", line):
            steps.append(_message(places[found[1]], places[found[3]], y, found[4], found[2]))
            said.append(f"{found[1]} to {found[3]}: {found[4]}")
        elif found := re.fullmatch(r"Note over (\w+): (.+)", line):
            steps.append(text_svg(places[found[1]], y, found[2].replace(": ", ":<br>"), "note"))
            said.append(found[2])
        elif line:
            raise DiagramError(f"not understood: {line}")
    width, height = len(places) * _COLUMN, _HEAD + 34 + len(steps) * _STEP
    lifelines = [
        f'<line class="faint" x1="{x}" x2="{x}" y1="{_HEAD}" y2="{height - 20}"/>'
        for x in places.values()
    ]
    return (
        f'<svg class="diagram" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape("; ".join(said))}">{ARROW_HEAD}'
        f"{''.join(lifelines)}{''.join(heads)}{''.join(steps)}</svg>"
    )


def _head(x: float, label: str) -> str:
    return (
        f'<rect class="box" x="{x - _BOX / 2}" y="4" width="{_BOX}" height="{_HEAD - 6}" rx="4"/>'
        + text_svg(x, _HEAD / 2 + 6, label)
    )


def _message(start: float, end: float, y: float, label: str, arrow: str) -> str:
    kind = "line dashed" if arrow == "-->>" else "line"
    if start == end:
        path = f"M{start} {y - 8}h{_LOOP}v16h-{_LOOP}"
        text = (
            f'<text class="small start" x="{start + _LOOP + 8}" y="{y + 4}">{escape(label)}</text>'
        )
    else:
        path = f"M{start} {y}H{end}"
        words = _in_two(label)
        lift = 16 if "<br>" in words else 8
        text = text_svg((start + end) / 2, y - lift, words, "small halo")
    return f'<path class="{kind}" marker-end="url(#head)" d="{path}"/>{text}'


def _in_two(label: str) -> str:
    """A long list of words in two lines."""
    words = label.split(" ")
    if len(label) <= 44 or len(words) < 2:
        return label
    half = next(n for n in range(1, len(words) + 1) if len(" ".join(words[:n])) >= len(label) / 2)
    return " ".join(words[:half]) + "<br>" + " ".join(words[half:])
