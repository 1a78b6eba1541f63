"""Draws `images/audio-artifacts-click.png`: a sound, and the same with clicks, side by side.

`packaging/manual.py shots audio-artifacts-click` calls it. Sound and
damage are made by the simulator; the panes are the desk's own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.media.probe import probe
from core.media.sound_cache import build_sound
from core.media.sound_evidence import evidence_of
from core.media.writer import write_title
from core.simulate.clicks import Clicks
from core.simulate.kind import Sound
from gui import theme
from gui.panes.evidence import ShownEvidence
from gui.panes.sound_pane import SoundPane
from gui.panes.spectrogram import SpectrogramPane
from gui.panes.waveform import WaveformPane
from gui.time_axis import TimeAxis

RATE = 48_000
SECONDS = 3.0
BROKEN = (1.0, 2.0)
EDGE_S = 0.05
WIDTH, WAVE_HEIGHT, SPECTRUM_HEIGHT, TITLE_HEIGHT, GAP = 620, 150, 250, 34, 12
SCALE = 2


def sounds() -> dict[str, Sound]:
    """A struck chord that dies away, and the same with clicks in its second second."""
    time = np.arange(round(SECONDS * RATE)) / RATE
    chord = np.zeros(len(time))
    for note, hertz in enumerate((220.0, 277.2, 329.6, 440.0, 659.3)):
        for overtone in range(1, 7):
            fading = np.exp(-time * (0.5 + 0.35 * overtone)) / (overtone * (note + 2))
            chord += fading * np.sin(2 * np.pi * hertz * overtone * time + note)
    swell = np.minimum(time / 0.02, 1.0)
    clean = (0.5 * chord * swell / np.abs(chord).max())[None].astype(np.float32)
    broken = clean.copy()
    part = slice(round(BROKEN[0] * RATE), round(BROKEN[1] * RATE))
    broken[:, part] = Clicks(0.85, seed=3, variant="click").apply(clean, RATE)[:, part]
    return {"Clean": clean, "With clicks": broken}


def panes_of(samples: NDArray[np.float32], folder: Path, pointed: bool) -> list[SoundPane]:
    """Waveform and spectrogram of a sound, with what the desk points at."""
    path = folder / f"{'clicks' if pointed else 'clean'}.mkv"
    write_title(path, None, 25, samples, RATE, audio_codec="pcm_s16le")
    title = probe(path)
    stream = title.audio[0]
    build_sound(path, stream, title.fingerprint)
    axis = TimeAxis()
    axis.set_extent(0.0, SECONDS)
    axis.set_playhead(-1.0)
    panes: list[SoundPane] = [WaveformPane(axis), SpectrogramPane(axis)]
    for pane, height in zip(panes, (WAVE_HEIGHT, SPECTRUM_HEIGHT), strict=True):
        pane.resize(WIDTH, height)
        pane.show_stream(title)
        if pointed:
            part = samples[
                0, round((BROKEN[0] - EDGE_S) * RATE) : round((BROKEN[1] + EDGE_S) * RATE)
            ]
            found = {0: evidence_of(part, RATE, BROKEN[0] - EDGE_S, "clicks")}
            pane.set_evidence(ShownEvidence(BROKEN, BROKEN, found))
    return panes


def main(out: Path) -> None:
    """Draw the picture into `out`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(SCALE)
    app = QApplication(sys.argv[:1])
    theme.apply(app, theme.ThemeMode.DARK)
    height = TITLE_HEIGHT + WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP
    image = QImage((2 * WIDTH + GAP) * SCALE, height * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(theme.current().window)
    painter = QPainter(image)
    font = QFont(theme.text_font())
    font.setBold(True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ONGLASS_HOME"] = folder
        for column, (name, samples) in enumerate(sounds().items()):
            left = column * (WIDTH + GAP)
            painter.setFont(font)
            painter.setPen(theme.current().text)
            painter.drawText(QRect(left + 12, 8, WIDTH, TITLE_HEIGHT - 8), name)
            top = TITLE_HEIGHT
            for pane in panes_of(samples, Path(folder), pointed=column == 1):
                painter.drawPixmap(left, top, pane.grab())
                top += pane.height() + GAP
                pane.close_stream()
    painter.end()
    image.save(str(out))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/images/audio-artifacts-click.png"))
