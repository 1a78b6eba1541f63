"""The metric around a flag as a drawing: inline SVG, or points for another canvas."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from core.catalog.table import DETECTORS
from core.domain.track import Track
from core.reports.report import Entry, Report

WIDTH, HEIGHT = 300, 84
_LEFT, _TOP, _BOTTOM = 4, 6, 14
_POINTS = 240
# For programs that do not read the page's style; it says the same.
_SHADE, _LINE, _METRIC = "#f2e2c4", "#b3261e", "#1f6fb2"
_LEAST_AROUND_S = 2.0
_AROUND = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A metric from somewhat before a flag to somewhat after.

    Attributes:
        title: What people call the metric.
        unit: Its unit, or empty.
        begin_s: Left end in seconds on the title's time line.
        end_s: Right end.
        low: Lower end of the axis.
        high: Upper end.
        seconds: When each point is, rising.
        values: What was measured, as many.
        threshold: What it was held against.
        flagged: Start and end of the flag in seconds.
    """

    title: str
    unit: str
    begin_s: float
    end_s: float
    low: float
    high: float
    seconds: NDArray[np.float64]
    values: NDArray[np.float64]
    threshold: float
    flagged: tuple[float, float]

    def x(self, seconds: float) -> float:
        """Where an instant lies, 0..1 from the left."""
        return min(max((seconds - self.begin_s) / (self.end_s - self.begin_s), 0.0), 1.0)

    def y(self, value: float) -> float:
        """Where a value lies, 0..1 from below."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def curve_of(entry: Entry, report: Report) -> Curve | None:
    """The curve that raised a finding; None where it was not kept, or there is no finding."""
    finding = entry.finding
    if finding is None:
        return None
    metric = finding.evidence.metric
    track = next(
        (
            track
            for track in report.tracks
            if track.detector == finding.detector and track.stream == finding.stream
        ),
        None,
    )
    if track is None or metric not in track.metrics or not len(track):
        return None
    around_s = max(entry.span.duration_s * _AROUND, _LEAST_AROUND_S)
    begin_s, end_s = entry.span.start_s - around_s, entry.span.end_s + around_s
    seconds, values = _thinned(track, metric, begin_s, end_s)
    if not len(seconds):
        return None
    threshold = finding.evidence.threshold
    low = min(float(values.min()), threshold)
    high = max(float(values.max()), threshold)
    if high - low <= abs(high) * 1e-6:
        low, high = low - 0.5, high + 0.5
    room = (high - low) * 0.08
    title, unit = _named(finding.detector, metric)
    return Curve(
        title,
        unit,
        begin_s,
        end_s,
        low - room,
        high + room,
        seconds,
        values,
        threshold,
        (entry.span.start_s, entry.span.end_s),
    )


def _named(detector: str, metric: str) -> tuple[str, str]:
    spec = DETECTORS.get(detector)
    for known in spec.metrics if spec is not None else ():
        if known.name == metric:
            return known.title, known.unit
    return metric, ""


def _thinned(
    track: Track, metric: str, begin_s: float, end_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points between two times; of many, the least and the greatest of each piece."""
    first = max(int(np.searchsorted(track.starts_s, begin_s, side="right")) - 1, 0)
    stop = int(np.searchsorted(track.starts_s, end_s))
    seconds = track.starts_s[first:stop]
    values = track.metrics[metric][first:stop].astype(np.float64)
    if len(values) <= _POINTS:
        return seconds, values
    kept: set[int] = set()
    for piece in np.array_split(np.arange(len(values)), _POINTS // 2):
        kept.add(int(piece[np.argmin(values[piece])]))
        kept.add(int(piece[np.argmax(values[piece])]))
    chosen = np.array(sorted(kept))
    return seconds[chosen], values[chosen]


def svg_of(curve: Curve) -> str:
    """The curve as an SVG element; its classes let a page change the colours."""

    def x(seconds: float) -> float:
        return _LEFT + curve.x(seconds) * (WIDTH - 2 * _LEFT)

    def y(value: float) -> float:
        return _TOP + (1 - curve.y(value)) * (HEIGHT - _TOP - _BOTTOM)

    floor_y = HEIGHT - _BOTTOM
    left, right = (x(seconds) for seconds in curve.flagged)
    pairs = zip(curve.seconds, curve.values, strict=True)
    points = " ".join(f"{x(float(s)):.1f},{y(float(v)):.1f}" for s, v in pairs)
    named = escape(f"{curve.title} {curve.unit}".strip())
    line_y = y(curve.threshold)
    return (
        f'<svg class="curve" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{named}">'
        f'<rect class="flagged" fill="{_SHADE}" x="{left:.1f}" y="{_TOP}" '
        f'width="{max(right - left, 1):.1f}" height="{floor_y - _TOP}"/>'
        f'<line class="threshold" stroke="{_LINE}" stroke-dasharray="4 3" x1="{_LEFT}" '
        f'x2="{WIDTH - _LEFT}" y1="{line_y:.1f}" y2="{line_y:.1f}"/>'
        f'<polyline fill="none" stroke="{_METRIC}" points="{points}"/>'
        f'<text font-size="9" x="{_LEFT}" y="{HEIGHT - 3}">{named} · threshold '
        f"{curve.threshold:.4g}</text></svg>"
    )
