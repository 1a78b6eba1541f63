"""Waveform and spectrogram of a two-hour stereo title: building, redrawing, scrolling, memory.

Prints JSON. `--hours` makes it shorter. The sound is made in blocks, so building is measured
without a decoder; redraws are whole paint events at 1,600 pixels.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.domain.media import AudioBlock
from core.media.spectrogram import build_spectrogram, spectrogram_path
from core.media.waveform import build_waveform, waveform_path
from gui.panes.spectrogram import SpectrogramPane
from gui.panes.time_pane import GUTTER_PX, TimePane
from gui.panes.waveform import WaveformPane
from gui.time_axis import TimeAxis

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from helpers.sound import FINGERPRINT, NOWHERE, sound_stream, sound_title

RATE = 48_000
BLOCK = 1024
WIDTH = 1600
HEIGHT = 140


def blocks(seconds: float) -> Iterator[AudioBlock]:
    """Noise that swells, in blocks of the size that AAC has."""
    stock = np.random.default_rng(1).normal(0, 0.1, (2, RATE * 10)).astype(np.float32)
    for first in range(0, round(seconds * RATE), BLOCK):
        at = first % (stock.shape[1] - BLOCK)
        yield AudioBlock(1, first, Fraction(1, RATE), RATE, stock[:, at : at + BLOCK])


def cost(work: Callable[[], None]) -> dict[str, float]:
    """Wall and CPU seconds of one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
    }


def paint_ms(
    panes: list[TimePane], prepare: Callable[[int], None], rounds: int
) -> dict[str, float]:
    """Time of painting all panes once, after `prepare(n)`; median and 95th percentile, of the
    wall and of this thread's processor time (the latter holds on a busy machine)."""
    canvas = QImage(WIDTH + GUTTER_PX, HEIGHT, QImage.Format.Format_RGB32)
    spent = []
    for number in range(rounds):
        prepare(number)
        wall, cpu = time.perf_counter(), time.thread_time()
        for pane in panes:
            pane.render(canvas)
        spent.append((time.perf_counter() - wall, time.thread_time() - cpu))
    walls, cpus = (sorted(1000 * s[kind] for s in spent[2:]) for kind in (0, 1))
    return {
        "wall_ms": round(statistics.median(walls), 2),
        "wall_p95_ms": round(walls[int(len(walls) * 0.95)], 2),
        "cpu_ms": round(statistics.median(cpus), 2),
        "cpu_p95_ms": round(cpus[int(len(cpus) * 0.95)], 2),
    }


def measure(hours: float) -> dict[str, object]:
    """Everything, as one value."""
    seconds = hours * 3600
    stream = sound_stream(2, RATE, round(seconds * RATE))
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result: dict[str, object] = {"hours": hours, "channels": 2, "rate": RATE, "width_px": WIDTH}
    result["making_blocks"] = cost(lambda: [None for _ in blocks(seconds)].clear())
    result["build_waveform"] = cost(
        lambda: build_waveform(NOWHERE, stream, FINGERPRINT, open_blocks=lambda: blocks(seconds))
    )
    result["build_spectrogram"] = cost(
        lambda: build_spectrogram(NOWHERE, stream, FINGERPRINT, open_blocks=lambda: blocks(seconds))
    )
    after_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result["build_memory_growth_mb"] = round(after_mb - before_mb, 1)
    result["waveform_mb"] = round(waveform_path(FINGERPRINT, 1).stat().st_size / 1e6, 1)
    result["spectrogram_mb"] = round(spectrogram_path(FINGERPRINT, 1).stat().st_size / 1e6, 1)
    result |= measure_painting(seconds)
    return result


def measure_painting(seconds: float) -> dict[str, object]:
    """Redraws of both panes on one axis."""
    axis = TimeAxis()
    waveform, spectrogram = WaveformPane(axis), SpectrogramPane(axis)
    panes: list[TimePane] = [waveform, spectrogram]
    for pane in (waveform, spectrogram):
        pane.resize(WIDTH + GUTTER_PX, HEIGHT)
        pane.show()
        pane.show_stream(sound_title(sound_stream(2, RATE, round(seconds * RATE))))
    axis.set_extent(0, seconds)
    QApplication.processEvents()

    def redraw(_number: int) -> None:
        for pane in panes:
            pane.redraw()

    def scroll(number: int) -> None:
        axis.set_view(seconds / 4 + number * 3, seconds / 4 + 600 + number * 3)

    def zoom(number: int) -> None:
        axis.set_view(0, seconds / (1 + number * 0.6))

    def play(number: int) -> None:
        axis.set_playhead(number * 1.0)

    result: dict[str, object] = {
        "redraw_whole_title": paint_ms(panes, redraw, 60),
        "redraw_waveform": paint_ms([waveform], redraw, 60),
        "redraw_spectrogram": paint_ms([spectrogram], redraw, 60),
        "scroll_10_minutes": paint_ms(panes, scroll, 100),
        "zoom": paint_ms(panes, zoom, 60),
        "playhead_only": paint_ms(panes, play, 100),
    }
    for pane in (waveform, spectrogram):
        pane.close_stream()
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    hours: float = parser.parse_args().hours
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as home:
        os.environ["ONGLASS_HOME"] = home
        print(json.dumps(measure(hours), indent=2))
    del app


if __name__ == "__main__":
    main()
