"""What the heat map costs a 1080p picture: per paint event, and off the GUI thread.

Prints JSON with milliseconds of processor time, median and 95th percentile, all in one run: a paint
without a map, with a map that was drawn beforehand, with one that is scaled while painting, and
what drawing it beforehand takes in its thread. `--warm` is the share of warm cells.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.domain.heat import CELL_PX, HeatMap, heat_shape
from gui import theme
from gui.player.geometry import PictureGeometry
from gui.player.heat import HeatOverlay
from gui.player.heat_color import heat_table
from gui.player.heat_image import HeatLook, HeatPlace, HeatStyle, draw_heat
from gui.player.picture import Overlay, PictureView
from gui.player.picture_queue import Picture

WIDTH, HEIGHT = 1920, 1080
BASE = Fraction(1, 25)


def heat_of(warm: float) -> HeatMap:
    """A map with one block of warm cells of this share of the picture."""
    rows, columns = heat_shape(WIDTH, HEIGHT)
    values = np.random.default_rng(1).integers(0, 20, (rows, columns)).astype(np.uint8)
    share = warm**0.5
    values[: max(round(rows * share), 1), : max(round(columns * share), 1)] = 220
    return HeatMap(0, BASE, values, WIDTH, HEIGHT)


def costs_ms(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, dict[str, float]]:
    """Processor time for one call of each, in turns, so that all share the drift.

    Of all threads: Qt scales in several at once.
    """
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begin = time.process_time()
            work()
            spent[name].append(1000 * (time.process_time() - begin))
    return {
        name: {
            "median_ms": round(statistics.median(values), 3),
            "p95_ms": round(sorted(values)[int(len(values) * 0.95)], 3),
        }
        for name, values in spent.items()
    }


def scaled_while_painting(heat: HeatMap, look: HeatLook) -> Callable[..., None]:
    """An overlay that does not draw beforehand, to compare with."""
    pixels = heat_table(look.level, look.opacity)[heat.values]
    rows, columns = pixels.shape
    small = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    ).copy()

    def overlay(painter: QPainter, _geometry: PictureGeometry, _pts: int | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, columns * CELL_PX, rows * CELL_PX), small)

    return overlay


def measure(warm: float, rounds: int) -> dict[str, object]:
    """Everything, as one value."""
    view = PictureView()
    view.resize(WIDTH, HEIGHT)
    view.set_picture_size(WIDTH, HEIGHT)
    view.show()
    QApplication.processEvents()
    pixels = np.random.default_rng(2).integers(0, 255, (HEIGHT, WIDTH, 4), np.uint8)
    view.set_picture(Picture(0, 1, BASE, pixels))
    canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    heat = heat_of(warm)
    place = HeatPlace(view.geometry_of_picture, (WIDTH, HEIGHT))

    def painting(overlay: Overlay | None) -> Callable[[], None]:
        def paint() -> None:
            if overlay is not None:
                view.add_overlay(overlay)
            view.render(canvas)
            if overlay is not None:
                view.remove_overlay(overlay)

        return paint

    works: dict[str, Callable[[], object]] = {"paint_bare": painting(None)}
    for style in HeatStyle:
        look = HeatLook(0.3, 0.7, style)
        overlay = HeatOverlay(view)
        overlay.set_stream((WIDTH, HEIGHT))
        overlay.set_picture(0, draw_heat(heat, place, look))
        works[f"paint_{style}_drawn_before"] = painting(overlay)
        works[f"draw_{style}_in_its_thread"] = partial(draw_heat, heat, place, look)
    slow = scaled_while_painting(heat, HeatLook(0.3, 0.7, HeatStyle.FILL))
    works["paint_fill_scaled_while_painting"] = painting(slow)
    return {"size": [WIDTH, HEIGHT], "warm_cells": warm, **costs_ms(works, rounds)}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm", type=float, nargs="*", default=[0.02, 0.2, 1.0])
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    app = QApplication.instance() or QApplication(["bench", "-platform", "offscreen"])
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    print(json.dumps([measure(warm, options.rounds) for warm in options.warm], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
