"""Drives the workspace for masks as a person would: the mouse on the picture, keys, dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from helpers.desk_walk import Steps, press
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.domain.mask import LabelMap
from core.domain.title import Title
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from gui.annotate.bench import Bench
from gui.annotate.class_dialog import ClassDialog
from gui.desk.desk import Desk

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

WIDTH, HEIGHT, RATE = 160, 96, 25

Place = tuple[float, float]
"""Column and row in the picture."""


def make_scene(path: Path, seconds: float = 1.0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Title:
    """Write a title in which discs of plain colours move over a shaded ground."""
    width, height = size
    scale = width / WIDTH

    def pictures() -> Iterator[NDArray[np.uint8]]:
        rows, columns = np.mgrid[:height, :width] / scale
        for number in range(round(seconds * RATE)):
            shades = [60 + rows, 90 + columns / 2, 120 - rows / 2]
            frame = np.stack(shades, -1).astype(np.uint8)
            for x, y, color in ((40, 30, (230, 40, 40)), (110, 60, (40, 60, 230))):
                inside = (columns - x - number / 2) ** 2 + (rows - y) ** 2 < 18**2
                frame[inside] = color
            yield frame

    write_title(path, pictures(), RATE, None, settings=VideoSettings(crf=12, preset="ultrafast"))
    return probe(path)


def bench_of(desk: Desk) -> Bench:
    """The workspace, which is open."""
    bench = desk.annotate.bench
    assert bench is not None
    return bench


def labels(desk: Desk) -> LabelMap:
    """What is shown over the frame."""
    return bench_of(desk).canvas.labels


def ready(desk: Desk) -> bool:
    """Whether the frame on screen can be drawn on, and everything is kept."""
    settled = desk.annotate.shown_pts == desk.player.position.pts
    return desk.idle and settled and desk.annotate.lane.pending == 0


def _point(desk: Desk, at: Place) -> QPoint:
    place = bench_of(desk).overlay.place
    assert place is not None
    view = desk.parts.picture
    # The middle of a pixel, so that rounding means the same one.
    there = place.to_widget(view.geometry_of_picture, QPointF(at[0] + 0.5, at[1] + 0.5))
    return QPoint(round(there.x()), round(there.y()))


def _send(
    desk: Desk, kind: QEvent.Type, at: Place, button: Qt.MouseButton, down: Qt.MouseButton
) -> None:
    view, point = desk.parts.picture, QPointF(_point(desk, at))
    event = QMouseEvent(
        kind,
        point,
        view.mapToGlobal(point),
        button,
        down,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


def move(desk: Desk, at: Place, down: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the pointer."""
    _send(desk, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, down)


def drag(desk: Desk, places: Sequence[Place], button: Qt.MouseButton = LEFT) -> None:
    """Press, go from place to place, release."""
    for step in stroke(desk, places, button):
        step()


def stroke(
    desk: Desk, places: Sequence[Place], button: Qt.MouseButton = LEFT
) -> Iterator[Callable[[], None]]:
    """The steps of a drag, each to be done when it is time for it."""
    kinds = QEvent.Type
    none = Qt.MouseButton.NoButton
    yield partial(_send, desk, kinds.MouseButtonPress, places[0], button, button)
    for at in places[1:]:
        yield partial(move, desk, at, button)
    yield partial(_send, desk, kinds.MouseButtonRelease, places[-1], button, none)


def click(desk: Desk, at: Place, button: Qt.MouseButton = LEFT) -> None:
    """Go somewhere and click."""
    move(desk, at)
    drag(desk, [at], button)


def open_masks(desk: Desk, *names: str) -> Steps:
    """Open the workspace by its key, and begin masks with these classes by keys."""
    yield lambda: desk.idle and desk.title is not None and desk.parts.picture.picture is not None
    press(desk, Qt.Key.Key_F4)
    yield lambda: desk.annotate.on and desk.idle
    if not names:
        yield lambda: ready(desk)
        return
    desk.actions["masks.new"].trigger()
    yield lambda: isinstance(QApplication.activeModalWidget(), ClassDialog)
    dialog = desk.annotate.files.dialog
    assert dialog is not None
    for number, name in enumerate(names):
        if number:
            QTest.mouseClick(dialog.add, LEFT)
        field = dialog.rows[number].name
        field.selectAll()
        QTest.keyClicks(field, name)
    QTest.keyClick(dialog.rows[-1].name, Qt.Key.Key_Return)
    yield lambda: desk.annotate.project is not None and ready(desk)
