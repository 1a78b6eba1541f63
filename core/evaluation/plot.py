"""Small plots as inline SVG, without any library: bars of recall, points of precision, bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import log10

Point = tuple[float, float]

_WIDTH, _HEIGHT = 230, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 20, 26
_OURS, _THEIRS = "var(--ours)", "var(--theirs)"


def severity_plot(bars: Sequence[tuple[str, float, Point]]) -> str:
    """Recall by severity with its interval.

    Args:
        bars: Label, recall and interval, from slight to severe.
    """
    room = _WIDTH - _LEFT - _RIGHT
    step = room / max(len(bars), 1)
    parts = [_axes(("0", ".5", "1"))]
    for place, (label, recall, (low, high)) in enumerate(bars):
        x = _LEFT + step * (place + 0.5)
        top = _y(recall)
        parts.append(
            f'<rect x="{x - step * 0.3:.1f}" y="{top:.1f}" width="{step * 0.6:.1f}" '
            f'height="{_y(0) - top:.1f}" fill="{_OURS}"><title>{recall:.2f} '
            f"({low:.2f}–{high:.2f})</title></rect>"
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_y(low):.1f}" y2="{_y(high):.1f}" '
            'stroke="currentColor"/>'
            f'<text x="{x:.1f}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(label)}</text>'
        )
    return _svg("Recall by severity", "severity", parts)


def point_plot(ours: Sequence[Point], theirs: Sequence[Point], marked: Mapping[str, Point]) -> str:
    """Precision over recall.

    Args:
        ours: (recall, precision) as only findings from a score on are taken.
        theirs: The same of FFmpeg's settings that no other beats.
        marked: Named points: ours, FFmpeg's default, FFmpeg's best.
    """
    parts = [_axes(("0", ".5", "1")), _x_labels((0.0, 0.5, 1.0))]
    for points, color in ((theirs, _THEIRS), (ours, _OURS)):
        if len(points) > 1:
            path = " ".join(f"{_x(r):.1f},{_y(p):.1f}" for r, p in sorted(set(points)))
            parts.append(f'<polyline points="{path}" fill="none" stroke="{color}"/>')
    for name, (recall, precision) in marked.items():
        color = _OURS if name.startswith("Onglass") else _THEIRS
        hollow = "none" if name.endswith("default") else color
        parts.append(
            f'<circle cx="{_x(recall):.1f}" cy="{_y(precision):.1f}" r="4.5" fill="{hollow}" '
            f'stroke="{color}" stroke-width="1.5"><title>{escape(name)}: recall {recall:.2f}, '
            f"precision {precision:.2f}</title></circle>"
        )
    return _svg("Precision over recall", "recall", parts)


def alarm_plot(
    rows: Sequence[tuple[str, float, float]], title: str = "False alarms an hour"
) -> str:
    """False alarms an hour, and up to where they may be, on a logarithmic scale.

    Args:
        rows: Name, alarms an hour, upper bound.
        title: Above the plot.
    """
    highest = max([10.0, *(upper for _name, _rate, upper in rows)])
    decades = max(1, -(-int(log10(highest) * 100) // 100))

    def place(value: float) -> float:
        share = log10(1.0 + max(value, 0.0)) / log10(1.0 + 10.0**decades)
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * min(share, 1.0)

    step = (_HEIGHT - _TOP - _BOTTOM) / max(len(rows), 1)
    parts = []
    for number, (name, rate, upper) in enumerate(rows):
        y = _TOP + step * (number + 0.5)
        color = _OURS if name.startswith("Onglass") else _THEIRS
        parts.append(
            f'<line x1="{place(rate):.1f}" x2="{place(upper):.1f}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{color}" stroke-width="2"/>'
            f'<circle cx="{place(rate):.1f}" cy="{y:.1f}" r="4" fill="{color}">'
            f"<title>{escape(name)}: {rate:.1f} an hour, at most {upper:.1f}</title></circle>"
            f'<text x="{_LEFT}" y="{y - 6:.1f}">{escape(name)}</text>'
        )
    ticks = [0.0, *(10.0**n for n in range(decades + 1))]
    parts += [
        f'<text x="{place(tick):.1f}" y="{_HEIGHT - 12}" text-anchor="middle">{tick:g}</text>'
        for tick in ticks
    ]
    return _svg(title, "an hour, with the upper bound", parts)


def _svg(title: str, below: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'<text x="{_LEFT}" y="9" font-weight="bold">{escape(title)}</text>'
        + "".join(parts)
        + f'<text x="{_LEFT + (_WIDTH - _LEFT) / 2:.0f}" y="{_HEIGHT - 1}" text-anchor="middle">'
        f"{escape(below)}</text></svg>"
    )


def _axes(labels: Sequence[str]) -> str:
    lines = [
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(v):.1f}" y2="{_y(v):.1f}" '
        'stroke="currentColor" opacity=".15"/>'
        f'<text x="{_LEFT - 4}" y="{_y(v) + 3:.1f}" text-anchor="end">{label}</text>'
        for v, label in zip((0.0, 0.5, 1.0), labels, strict=True)
    ]
    return "".join(lines)


def _x_labels(values: Sequence[float]) -> str:
    return "".join(
        f'<text x="{_x(v):.1f}" y="{_HEIGHT - 12}" text-anchor="middle">{v:g}</text>'
        for v in values
    )


def _x(value: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value


def _y(value: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * value
