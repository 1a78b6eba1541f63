"""What must not be painted or said again: the GUI thread has 5 ms for everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.catalog.table import DETECTORS
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track
from core.jobs.progress import Progress
from gui.bridge import WorkerBridge
from gui.desk.analysis import AnalysisDesk
from gui.desk.job import JobsPanel
from gui.panes.metrics import MetricsPane
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis


class Pane(TimePane):
    """Counts what it is asked to paint."""

    def __init__(self, axis: TimeAxis) -> None:
        super().__init__(axis, "Test")
        self.asked: list[QRect] = []

    def update(self, *place: QRect) -> None:  # type: ignore[override]
        self.asked.extend(place)
        super().update(*place)

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        return


@pytest.fixture
def axis(qtbot: QtBot) -> Iterator[TimeAxis]:
    axis = TimeAxis()
    axis.set_extent(0.0, 1000.0)
    yield axis
    axis.deleteLater()


def test_playhead_repaints_only_when_it_reaches_another_pixel(axis: TimeAxis, qtbot: QtBot) -> None:
    pane = Pane(axis)
    qtbot.addWidget(pane)
    pane.resize(564, 60)
    pane.grab()
    pane.asked.clear()
    axis.set_playhead(0.5)
    assert pane.asked == []
    axis.set_playhead(3.0)
    assert len(pane.asked) == 2


def test_curve_is_not_drawn_again_while_its_threshold_is_dragged(
    axis: TimeAxis, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[QRect] = []
    draw: Callable[[MetricsPane, QPainter, QRect], None] = MetricsPane._draw_curve

    def counted(self: MetricsPane, painter: QPainter, plot: QRect) -> None:
        drawn.append(plot)
        draw(self, painter, plot)

    monkeypatch.setattr(MetricsPane, "_draw_curve", counted)
    pane = MetricsPane(axis)
    qtbot.addWidget(pane)
    pane.resize(600, 200)
    spec = DETECTORS["blockiness"]
    pane.show_metric(spec, spec.metrics[0].name, DEFAULT_PROFILE, _track(spec.id))
    pane.grab()
    line = pane.lines()[0]
    middle = round(pane._y_of(line.value, pane.plot_rect()))
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(300, middle))
    before = pane.grab().toImage()
    QTest.mouseMove(pane, QPoint(300, middle - 20))
    assert pane.grab().toImage() != before
    assert len(drawn) == 1
    axis.set_view(0.0, 500.0)
    pane.grab()
    assert len(drawn) == 2


def _track(detector: str) -> Track:
    spec = DETECTORS[detector]
    count = 100
    values = np.linspace(0.0, 1.0, count, dtype=np.float32)
    metrics = {metric.name: values for metric in spec.metrics}
    pts = np.arange(count, dtype=np.int64) * 10
    return Track(detector, 0, Fraction(1), pts, 1000, metrics)


class Worker(QObject):
    """The worker's signals alone."""

    progressed = Signal(int, object)
    finished = Signal(int, object)
    failed = Signal(int, object)


def test_progress_is_shown_at_once_and_then_only_the_newest(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, worker = JobsPanel(), Worker()
    qtbot.addWidget(panel)
    panel.add(1, "Analysis")
    told: list[float] = []
    monkeypatch.setattr(panel, "show_progress", lambda _job, p: told.append(p.done_s))
    desk = AnalysisDesk(_as_bridge(worker), panel, worker)
    for done_s in range(20):
        worker.progressed.emit(1, Progress(float(done_s), 20.0))
    assert told == [0.0]
    qtbot.waitUntil(lambda: told == [0.0, 19.0])
    assert not desk.running


def _as_bridge(worker: Worker) -> WorkerBridge:
    return worker  # type: ignore[return-value]
