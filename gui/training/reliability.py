"""What a detector said against what people confirmed, and scores then and now."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, Qt
from PySide6.QtWidgets import QWidget

from core.review.calibration import Reliability
from core.review.drift import Drift
from gui import theme
from gui.language import tr
from gui.training.plot import Plot

_TICK_PX = 4.0


class ReliabilityPlot(Plot):
    """Confirmed share over what was said, with Wilson intervals and the line of honesty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reliability"), tr("Probability said"), parent)
        self._found = Reliability()
        self.show_reliability(self._found)

    def show_reliability(self, found: Reliability) -> None:
        """Draw this."""
        self._found = found
        if not found.bins:
            self.show_hint(tr("No flag of this detector was decided yet"))
            return
        said = "; ".join(
            tr(
                "said {said} %, confirmed {share} % of {count}",
                said=f"{100 * one.said:.0f}",
                share=f"{100 * one.share:.0f}",
                count=one.count,
            )
            for one in found.bins
        )
        legend = ((tr("Confirmed share"), "curve"), (tr("As said"), "outline"))
        self.set_axes((0.0, 1.0), (0.0, 1.0), legend, said)

    def paint_data(self, painter: QPainter) -> None:
        """Draw the diagonal, and each bin with its interval and count."""
        pen = QPen(self.color("outline"), 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(self.point(0, 0), self.point(1, 1))
        most = max(one.count for one in self._found.bins)
        painter.setFont(theme.mono_font(0.78))
        for one in self._found.bins:
            role = "issue" if one.misleads else "curve"
            middle = self.point(one.said, one.share)
            low, high = (self.point(one.said, v).y() for v in (one.share_low, one.share_high))
            painter.setPen(QPen(self.color(role), 1.4))
            painter.drawLine(QPointF(middle.x(), low), QPointF(middle.x(), high))
            for y in (low, high):
                painter.drawLine(
                    QPointF(middle.x() - _TICK_PX, y), QPointF(middle.x() + _TICK_PX, y)
                )
            painter.setBrush(self.color(role))
            size = 2.5 + 3.0 * (one.count / most) ** 0.5
            painter.drawEllipse(middle, size, size)
            painter.setPen(self.color("text"))
            self._paint_count(painter, middle, size, str(one.count))

    def _paint_count(self, painter: QPainter, middle: QPointF, size: float, text: str) -> None:
        wide = painter.fontMetrics().horizontalAdvance(text)
        # Beside the mark, on the side where there is room.
        right = middle.x() + size + 3 + wide < self.plot_rect().right()
        x = middle.x() + size + 3 if right else middle.x() - size - 3 - wide
        painter.drawText(QPointF(x, middle.y() - 3), text)


class DriftPlot(Plot):
    """Shares of values of earlier and of recent titles, bar by bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Scores then and now"), "", parent)
        self._found = Drift()
        self.show_drift(self._found)

    def show_drift(self, found: Drift, what: str = "") -> None:
        """Draw this.

        Args:
            found: What was compared.
            what: The curve that was compared, with its unit.
        """
        self._found, self._across = found, what
        if not found.edges:
            self.show_hint(tr("Too few analysed titles to compare"))
            return
        highest = max(*found.before, *found.after)
        legend = (
            (tr("Earlier ({count})", count=found.titles[0]), "analysed"),
            (tr("Recent ({count})", count=found.titles[1]), "issue"),
        )
        self.set_axes((found.edges[0], found.edges[-1]), (0.0, highest * 1.05), legend, what)

    def paint_data(self, painter: QPainter) -> None:
        """Draw the earlier titles as bars and the recent ones as a line of steps above them."""
        found = self._found
        fill = self.color("analysed")
        fill.setAlpha(150)
        for one, left, right in zip(found.before, found.edges, found.edges[1:], strict=False):
            painter.fillRect(QRectF(self.point(left, one), self.point(right, 0.0)), fill)
        painter.setPen(QPen(self.color("issue"), 1.6))
        last = self.point(found.edges[0], 0.0)
        for one, left, right in zip(found.after, found.edges, found.edges[1:], strict=False):
            begin, end = self.point(left, one), self.point(right, one)
            painter.drawLine(last, begin)
            painter.drawLine(begin, end)
            last = end
        painter.drawLine(last, self.point(found.edges[-1], 0.0))
