"""Draws the two kinds of diagrams that the manual uses, from Mermaid's notation to SVG.

Forges draw Mermaid by themselves; the site must work without a network and without a program of
others in the page, so a small part of the notation is drawn when it is built: `flowchart LR` with
subgraphs, one lane each, and `sequenceDiagram` (`sequence.py`). What is beyond raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

__all__ = ["DiagramError", "Node", "flowchart_svg", "text_svg"]

_NODE = re.compile(
    r"(?P<id>\w+)(?:\(\[(?P<pill>.+?)\]\)|\(\((?P<round>.+?)\)\)|\[\((?P<drum>.+?)\)\]"
    r"|\[/(?P<slant>.+?)/\]|\[(?P<box>.+?)\])?"
)
_ARROW = re.compile(r"\s*-->\s*(?:\|(?P<label>[^|]*)\|)?\s*")
_SHAPES = ("pill", "round", "drum", "slant", "box")

_COLUMN, _ROW = 132, 96
_WIDTH, _HEIGHT = 100, 44
_EDGE = 12
_LINE_PX = 15


class DiagramError(ValueError):
    """A diagram says what is not drawn here."""


@dataclass(slots=True)
class Node:
    """A box of a flowchart: its text, shape, lane (0 is outside of all subgraphs) and column."""

    label: str
    shape: str = "box"
    lane: int = 0
    column: int = 0


@dataclass(slots=True)
class _Chart:
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    lanes: list[str] = field(default_factory=lambda: [""])


def flowchart_svg(source: str) -> str:
    """A `flowchart LR` as an SVG element.

    Raises:
        DiagramError: It holds a line that is not understood, or runs in a circle.
    """
    chart = _read(source)
    _place(chart)
    columns = 1 + max(node.column for node in chart.nodes.values())
    width, height = columns * _COLUMN, len(chart.lanes) * _ROW
    parts = [*_lanes(chart), *_edges(chart)]
    parts += [_shape(node) for node in chart.nodes.values()]
    return (
        f'<svg class="diagram" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(_spoken(chart))}">{ARROW_HEAD}{"".join(parts)}</svg>'
    )


ARROW_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
    'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" class="ink"/></marker></defs>'
)


def text_svg(x: float, y: float, label: str, kind: str = "") -> str:
    """A text of one or more lines, its middle at a point."""
    lines = re.split(r"<br\s*/?>", label)
    first = y - (len(lines) - 1) * _LINE_PX / 2
    spans = "".join(
        f'<tspan x="{x:g}" y="{first + row * _LINE_PX:g}">{escape(line)}</tspan>'
        for row, line in enumerate(lines)
    )
    return f'<text class="{kind}">{spans}</text>'


def _read(source: str) -> _Chart:
    chart = _Chart()
    lane = 0
    lines = [line.strip() for line in source.strip().splitlines()]
    if not lines or lines[0] != "flowchart LR":
        raise DiagramError(f"not a flowchart from left to right: {lines[:1]}")
    for line in lines[1:]:
        if found := re.fullmatch(r"subgraph \w+ \[(.+)\]", line):
            chart.lanes.append(found[1])
            lane = len(chart.lanes) - 1
        elif line == "end":
            lane = 0
        elif line:
            _read_line(chart, line, lane)
    return chart


def _read_line(chart: _Chart, line: str, lane: int) -> None:
    place, before, label = 0, "", ""
    while place < len(line):
        found = _NODE.match(line, place)
        if found is None:
            raise DiagramError(f"not understood: {line}")
        name = found["id"]
        node = chart.nodes.setdefault(name, Node(name))
        for shape in _SHAPES:
            if found[shape]:
                node.label, node.shape = found[shape], shape
        node.lane = lane or node.lane
        if before:
            chart.edges.append((before, name, label))
        place = found.end()
        if place == len(line):
            return
        arrow = _ARROW.match(line, place)
        if arrow is None:
            raise DiagramError(f"not understood: {line}")
        before, label, place = name, arrow["label"] or "", arrow.end()
    raise DiagramError(f"leads nowhere: {line}")


def _place(chart: _Chart) -> None:
    """Columns by the longest way; what nothing leads to stands just before what it leads to."""
    for turn in range(len(chart.nodes) + 1):
        moved = False
        for start, end, _ in chart.edges:
            least = chart.nodes[start].column + 1
            if chart.nodes[end].column < least:
                chart.nodes[end].column = least
                moved = True
        if not moved:
            break
        if turn == len(chart.nodes):
            raise DiagramError("runs in a circle")
    led_to = {end for _, end, _ in chart.edges}
    for name, node in chart.nodes.items():
        after = [chart.nodes[end].column for start, end, _ in chart.edges if start == name]
        if name not in led_to and after:
            node.column = min(after) - 1


def _middle(node: Node) -> tuple[float, float]:
    return (node.column + 0.5) * _COLUMN, (node.lane + 0.5) * _ROW + 6


def _lanes(chart: _Chart) -> list[str]:
    parts = []
    for lane, title in enumerate(chart.lanes):
        columns = [node.column for node in chart.nodes.values() if node.lane == lane]
        if not title or not columns:
            continue
        left = min(columns) * _COLUMN + 4
        width = (max(columns) - min(columns) + 1) * _COLUMN - 8
        parts.append(
            f'<rect class="lane" x="{left}" y="{lane * _ROW + 4}" width="{width}" '
            f'height="{_ROW - 8}" rx="6"/>'
            f'<text class="small start" x="{left + 8}" y="{lane * _ROW + 18}">'
            f"{escape(title)}</text>"
        )
    return parts


def _edges(chart: _Chart) -> list[str]:
    parts = []
    for start, end, label in chart.edges:
        (ax, ay), (bx, by) = _middle(chart.nodes[start]), _middle(chart.nodes[end])
        ax, bx = ax + _WIDTH / 2, bx - _WIDTH / 2 - 1
        bend = max((bx - ax) / 2, 18)
        parts.append(
            f'<path class="line" marker-end="url(#head)" '
            f'd="M{ax:g} {ay:g}C{ax + bend:g} {ay:g} {bx - bend:g} {by:g} {bx:g} {by:g}"/>'
        )
        if label:
            beside = 0 if ay != by else -_HEIGHT / 2 - 8
            parts.append(text_svg((ax + bx) / 2, (ay + by) / 2 + beside, label, "small halo"))
    return parts


def _shape(node: Node) -> str:
    x, y = _middle(node)
    left, top, right, bottom = x - _WIDTH / 2, y - _HEIGHT / 2, x + _WIDTH / 2, y + _HEIGHT / 2
    if node.shape == "drum":
        shape = (
            f'<path class="box" d="M{left} {top + 5}A{_WIDTH / 2} 5 0 0 1 {right} {top + 5}'
            f"V{bottom - 5}A{_WIDTH / 2} 5 0 0 1 {left} {bottom - 5}z"
            f'M{left} {top + 5}A{_WIDTH / 2} 5 0 0 0 {right} {top + 5}"/>'
        )
    elif node.shape == "slant":
        points = f"{left + _EDGE},{top} {right},{top} {right - _EDGE},{bottom} {left},{bottom}"
        shape = f'<polygon class="box" points="{points}"/>'
    else:
        radius = {"box": 4, "pill": _HEIGHT / 2, "round": _HEIGHT / 2}[node.shape]
        shape = (
            f'<rect class="box" x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" '
            f'rx="{radius:g}"/>'
        )
    return shape + text_svg(x, y + 5, node.label)


def _spoken(chart: _Chart) -> str:
    def plain(name: str) -> str:
        return re.sub(r"<br\s*/?>", " ", chart.nodes[name].label)

    return "; ".join(f"{plain(start)} to {plain(end)}" for start, end, _ in chart.edges)
