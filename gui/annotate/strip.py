"""The strip under the picture: how far each frame is, what is asked, how sure the network is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.mask import FrameState, MaskRound
from gui import theme
from gui.language import mark, tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis
from gui.timeline.paint import paint_hatch

_HEIGHT, _BAR_PX, _ASKED_PX = 58, 18, 7
_LEAST_PX = 2.0
_GAP_AT_PX = 5.0


class Step(IntEnum):
    """How far a frame is, in the order in which one hides another where there is no room."""

    UNSEEN = 0
    PREDICTED = 1
    PARTLY = 2
    DONE = 3


_NAMES = {
    Step.UNSEEN: mark("not seen"),
    Step.PREDICTED: mark("predicted"),
    Step.PARTLY: mark("begun"),
    Step.DONE: mark("done"),
}
_STEPS = {
    FrameState.UNSEEN: Step.UNSEEN,
    FrameState.PREDICTED: Step.PREDICTED,
    FrameState.PARTLY: Step.PARTLY,
    FrameState.DONE: Step.DONE,
}
_SHARES = {Step.PREDICTED: 0.34, Step.PARTLY: 0.67, Step.DONE: 1.0}
_ROLES = {Step.PREDICTED: "fyi", Step.PARTLY: "issue", Step.DONE: "confirmed"}


def step_name(step: Step) -> str:
    """What the screen calls it."""
    return tr(_NAMES[step])


class MaskStrip(TimePane):
    """Frames along the title: low bars are predicted, middle ones begun, full ones done.

    A triangle above a frame says that it is asked about. The curve is how unsure the network is.
    """

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, tr("Masks of frames"), PaneColors.of(theme.current()), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr(
                "Low bar: predicted. Middle bar: begun. Full bar: done. Hatched: nobody looked. "
                "Triangle: asked about. Curve: how unsure the network is."
            )
        )
        self._edges: NDArray[np.float64] = np.zeros(0)
        self._steps: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._asked: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._curve: tuple[NDArray[np.float64], NDArray[np.float64]] = (np.zeros(0), np.zeros(0))

    @property
    def steps(self) -> NDArray[np.uint8]:
        """Of each frame."""
        return self._steps

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Whether each frame is asked about."""
        return self._asked

    @property
    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Seconds, and how unsure the network is there, 0..1."""
        return self._curve

    def set_frames(
        self,
        edges_s: NDArray[np.float64],
        steps: NDArray[np.uint8],
        asked: NDArray[np.bool_],
    ) -> None:
        """Take how far the frames are.

        Args:
            edges_s: When each frame begins, and last when the last one ends; shape (frames + 1,).
            steps: Values of `Step`, shape (frames,).
            asked: Whether a frame is asked about, shape (frames,).
        """
        self._edges, self._steps, self._asked = edges_s, steps, asked
        self.redraw()

    def show_states(
        self,
        times: NDArray[np.int64],
        end: int,
        base: Fraction,
        states: Mapping[int, FrameState],
        asked: Collection[int] = (),
    ) -> None:
        """Show how far frames are.

        Args:
            times: PTS of all frames, ascending.
            end: PTS at which the last one ends.
            base: Seconds per PTS unit.
            states: By PTS; frames that are not named were not seen.
            asked: PTS of the frames that are asked about.
        """
        found, wanted = np.zeros(len(times), np.uint8), np.zeros(len(times), np.bool_)
        if states:
            known = np.fromiter(states, np.int64, len(states))
            steps = np.array([_STEPS[state] for state in states.values()], np.uint8)
            place = np.searchsorted(times, known)
            there = (place < len(times)) & (times[np.minimum(place, len(times) - 1)] == known)
            found[place[there]] = steps[there]
        wanted[np.isin(times, list(asked))] = True
        self.set_frames(np.append(times, end) * float(base), found, wanted)

    def show_unsure(self, last: MaskRound | None, base: Fraction) -> None:
        """Show how unsure the network was of each frame after a round; None for no curve."""
        known = last.uncertainty if last is not None else ()
        seconds = np.array([pts for pts, _ in known], np.float64) * float(base)
        values = np.array([value for _, value in known], np.float64)
        # What matters is which frames are less sure than others.
        most = float(values.max()) if values.size else 0.0
        self.set_curve(seconds, values / most if most > 0 else values)

    def set_curve(self, seconds: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        """Take how unsure the network is, 0..1, by time; empty for no curve."""
        self._curve = (seconds, values)
        self.redraw()

    def sizeHint(self) -> QSize:
        """Low."""
        return QSize(800, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Low."""
        return QSize(200, _HEIGHT)

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        painter.setPen(self.colors.text_muted)
        metrics = QFontMetricsF(painter.font())
        bars = QRectF(plot.left(), plot.bottom() + 1 - _BAR_PX, plot.width(), _BAR_PX)
        above = QRectF(plot.left(), 0, plot.width(), bars.top() - _ASKED_PX)
        for text, area in ((tr("Unsure"), above), (tr("Frames"), bars)):
            name = QRectF(4, area.top(), plot.left() - 10, area.height())
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, name.width())
            painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), elided)
        painter.setClipRect(plot)
        self._draw_grid(painter, plot, 0.7)
        paint_hatch(painter, bars, self.colors.pending)
        self._draw_curve(painter, above)
        for step in (Step.PREDICTED, Step.PARTLY, Step.DONE):
            self._draw_bars(painter, bars, step)
        self._draw_asked(painter, bars)
        painter.setClipping(False)

    def _draw_bars(self, painter: QPainter, bars: QRectF, step: Step) -> None:
        color, share = theme.current().color(_ROLES[step]), _SHARES[step]
        height = bars.height() * share
        for left, right in self._columns(self._steps == step):
            area = QRectF(left, bars.top(), right - left, bars.height())
            painter.fillRect(area, self.colors.ground)
            painter.fillRect(area.adjusted(0, bars.height() - height, 0, 0), color)

    def _draw_asked(self, painter: QPainter, bars: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colors.ground, 1))
        painter.setBrush(theme.current().threshold)
        for left, right in self._columns(self._asked):
            x, y = (left + right) / 2, bars.top()
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x - 5, y - _ASKED_PX), QPointF(x + 5, y - _ASKED_PX), QPointF(x, y)]
                )
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_curve(self, painter: QPainter, area: QRectF) -> None:
        seconds, values = self._curve
        if not len(seconds):
            painter.setPen(self.colors.text_muted)
            text = tr("No round yet: nothing is predicted")
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().curve, 1.5))
        low = area.bottom() - 2
        tall = max(area.height() - 5, 1.0)
        points = [
            QPointF(self.x_of(at), low - tall * float(min(max(value, 0.0), 1.0)))
            for at, value in zip(seconds.tolist(), values.tolist(), strict=True)
        ]
        painter.drawPolyline(points)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _columns(self, wanted: NDArray[np.bool_]) -> list[tuple[float, float]]:
        """Left and right edge of the bars of these frames; those within a pixel are one."""
        numbers = np.flatnonzero(wanted)
        if not len(numbers):
            return []
        start_s, end_s = self.axis.view
        plot = self.plot_rect()
        scale = plot.width() / (end_s - start_s)
        left = plot.left() + (self._edges[numbers] - start_s) * scale
        right = plot.left() + (self._edges[numbers + 1] - start_s) * scale
        seen = (right >= plot.left()) & (left <= plot.right() + 1)
        left, right = left[seen], right[seen]
        if not len(left):
            return []
        _, first = np.unique(np.floor(left / _LEAST_PX), return_index=True)
        gap = 1.0 if float(np.median(right - left)) >= _GAP_AT_PX else 0.0
        wide = np.maximum(right[first] - gap, left[first] + _LEAST_PX)
        return list(zip(left[first].tolist(), wide.tolist(), strict=True))

    def _read_out(self, seconds: float, _y: float) -> str:
        number = int(np.searchsorted(self._edges, seconds, side="right")) - 1
        if not 0 <= number < len(self._steps):
            return self.form.text(seconds)
        words = [step_name(Step(int(self._steps[number])))]
        if self._asked[number]:
            words.append(tr("asked about"))
        return f"{self.form.text(seconds)}   {' · '.join(words)}"
