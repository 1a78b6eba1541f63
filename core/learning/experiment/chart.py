"""Learning curves as a drawing (SVG), without any library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 40, 52
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 2")
_INK, _FAINT = "#222222", "#dddddd"
_ROOM = 14
_NAMES = 130
_DIVISIONS = 5
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line with a band.

    Attributes:
        name: What it is called.
        x: Rising.
        middle: Shape as `x`.
        low: Lower edge of the band.
        high: Upper edge.
    """

    name: str
    x: Sequence[float]
    middle: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def drawing(
    title: str,
    across: str,
    upright: str,
    curves: Sequence[Curve],
    levels: Mapping[str, float],
) -> str:
    """Draw curves over one pair of axes.

    Args:
        title: Above all.
        across: What the horizontal axis counts.
        upright: What the vertical axis says.
        curves: At least one.
        levels: Horizontal lines, by name.

    Returns:
        An SVG document.
    """
    most = max(max(curve.x) for curve in curves)
    values = [v for c in curves for v in (*c.low, *c.high)] + list(levels.values())
    x = _Axis(0.0, float(most), _LEFT, WIDTH - _RIGHT)
    room = max((max(values) - min(values)) * 0.05, 1e-3)
    y = _Axis(min(values) - room, max(values) + room, HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 22, title, size=14),
        *_grid(x, y),
        *_levels(levels, x, y),
    ]
    for number, curve in enumerate(curves):
        parts += _line(curve, number, x, y)
    parts += [
        _text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 12, across, anchor="middle"),
        f'<text transform="translate(16 {(HEIGHT - _BOTTOM + _TOP) / 2:.0f}) rotate(-90)" '
        f'text-anchor="middle" fill="{_INK}">{escape(upright)}</text>',
        *_names([curve.name for curve in curves]),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Axis:
    """From numbers to places."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        part = (value - self.low) / max(self.high - self.low, 1e-12)
        return self.first + part * (self.last - self.first)

    def marks(self) -> list[float]:
        """Round numbers, about five."""
        rough = (self.high - self.low) / _DIVISIONS
        unit = 10.0 ** math.floor(math.log10(max(rough, 1e-12)))
        step = unit * next(s for s in _STEPS if s * unit >= rough * 0.999)
        first = math.ceil(self.low / step - 1e-9)
        return [k * step for k in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _grid(x: _Axis, y: _Axis) -> list[str]:
    found = []
    for value in y.marks():
        found.append(_stroke(_LEFT, y(value), WIDTH - _RIGHT, y(value), _FAINT))
        found.append(_text(_LEFT - 8, y(value) + 4, _number(value, y.marks()), anchor="end"))
    for value in x.marks():
        found.append(_stroke(x(value), _TOP, x(value), HEIGHT - _BOTTOM, _FAINT))
        found.append(_text(x(value), HEIGHT - _BOTTOM + 18, f"{value:.0f}", anchor="middle"))
    return found


def _number(value: float, marks: Sequence[float]) -> str:
    """With as many places as tell the marks of an axis apart."""
    places = next((n for n in range(6) if len({f"{m:.{n}f}" for m in marks}) == len(marks)), 6)
    exact = all(abs(round(m, places) - m) < 1e-9 for m in marks)
    return f"{value:.{places if exact else places + 1}f}"


def _levels(levels: Mapping[str, float], x: _Axis, y: _Axis) -> list[str]:
    """Horizontal lines; names that would lie on each other move apart."""
    found: list[str] = []
    below = -math.inf
    for name, value in sorted(levels.items(), key=lambda level: -level[1]):
        place = max(y(value) + 4, below + _ROOM)
        below = place
        found.append(_stroke(x.first, y(value), x.last, y(value), _INK, "5 4"))
        found.append(_text(x.last + 6, place, name))
    return found


def _line(curve: Curve, number: int, x: _Axis, y: _Axis) -> list[str]:
    color = _COLORS[number % len(_COLORS)]
    upper = [f"{x(a):.1f},{y(b):.1f}" for a, b in zip(curve.x, curve.high, strict=True)]
    lower = [f"{x(a):.1f},{y(b):.1f}" for a, b in zip(curve.x, curve.low, strict=True)]
    middle = [f"{x(a):.1f},{y(b):.1f}" for a, b in zip(curve.x, curve.middle, strict=True)]
    band = " ".join([*upper, *reversed(lower)])
    return [
        f'<polygon points="{band}" fill="{color}" fill-opacity="0.12"/>',
        f'<polyline points="{" ".join(middle)}" fill="none" stroke="{color}" stroke-width="2" '
        f'stroke-dasharray="{_DASHES[number % len(_DASHES)]}"/>',
    ]


def _names(names: Sequence[str]) -> list[str]:
    found = []
    top = HEIGHT - _BOTTOM - _ROOM * 1.3 * len(names)
    left = WIDTH - _RIGHT - _NAMES
    wide, tall = _NAMES - 6, _ROOM * 1.3 * len(names)
    found.append(
        f'<rect x="{left - 8}" y="{top - _ROOM:.1f}" width="{wide}" height="{tall:.1f}" '
        f'fill="#ffffff" fill-opacity="0.85"/>'
    )
    for number, name in enumerate(names):
        place = top + number * _ROOM * 1.3
        color = _COLORS[number % len(_COLORS)]
        dash = _DASHES[number % len(_DASHES)]
        found.append(_stroke(left, place, left + 26, place, color, dash, 2))
        found.append(_text(left + 32, place + 4, name))
    return found


def _stroke(
    x1: float, y1: float, x2: float, y2: float, color: str, dash: str = "", width: float = 1
) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" '
        f'stroke-width="{width}" stroke-dasharray="{dash}"/>'
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{_INK}">{escape(words)}</text>'
    )
