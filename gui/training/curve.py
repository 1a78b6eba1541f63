"""Curves of a training over its steps; they fill while it trains."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.domain.lineage import Curve
from gui.language import tr
from gui.training.plot import Plot

_ROLES = ("curve", "issue", "confirmed", "mark")
_ROOM = 0.05


class CurvePlot(Plot):
    """Some curves on one scale.

    Args:
        name: Heading.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, tr("Training step"), parent)
        self._curves: tuple[Curve, ...] = ()
        self.show_curves(())

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Draw these; call it again when they have grown."""
        self._curves = tuple(curve for curve in curves if curve.points)
        if not self._curves:
            self.show_hint(tr("Nothing was trained yet"))
            return
        steps = [step for curve in self._curves for step, _ in curve.points]
        values = [value for curve in self._curves for _, value in curve.points]
        low, high = min(0.0, *values), max(values)
        named = [tr(_capital(curve.name)) for curve in self._curves]
        legend = [(name, _ROLES[i % len(_ROLES)]) for i, name in enumerate(named)]
        last = (
            f"{n} {c.points[-1][1]:.3g}{c.unit}" for n, c in zip(named, self._curves, strict=True)
        )
        said = "; ".join(last)
        room = _ROOM * (high - low)
        self.set_axes((min(steps), max(steps)), (low, high + room), legend, said, whole=True)

    def paint_data(self, painter: QPainter) -> None:
        """Draw the curves, with a dot where there is but one point."""
        for number, curve in enumerate(self._curves):
            painter.setPen(QPen(self.color(_ROLES[number % len(_ROLES)]), 1.6))
            points = [self.point(step, value) for step, value in curve.points]
            painter.drawPolyline(QPolygonF(points))
            painter.drawEllipse(points[-1], 2.0, 2.0)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
