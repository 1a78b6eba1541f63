"""How fast this machine is: one core decoding a clip that is the same everywhere."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.writer import VideoSettings, write_title

_WIDTH, _HEIGHT, _RATE, _PICTURES = 960, 540, 25, 50
_TURNS = 3


def reference_speed() -> float:
    """Megapixels of the reference clip that one core decodes in a second of its time.

    The clip is two seconds of moving texture at 960×540, H.264; the quickest of three turns counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reference.mp4"
        settings = VideoSettings(crf=23, gop=25, preset="veryfast", options={"threads": "1"})
        write_title(path, _pictures(), _RATE, settings=settings)
        title = probe(path)
        taken = []
        for _ in range(_TURNS):
            began = time.process_time()
            with VideoReader(path, title.video[0]) as reader:
                for _frame in reader.frames(None):
                    continue
            taken.append(time.process_time() - began)
    return _WIDTH * _HEIGHT * _PICTURES / 1e6 / min(taken)


def _pictures() -> Iterator[NDArray[np.uint8]]:
    chance = np.random.default_rng(1)
    coarse = chance.integers(20, 230, (80, 120, 3)).astype(np.uint8)
    scene = coarse.repeat(9, 0).repeat(12, 1)
    for number in range(_PICTURES):
        view = scene[number * 2 :, number * 6 :][:_HEIGHT, :_WIDTH]
        grain = chance.integers(-3, 4, (_HEIGHT, _WIDTH, 1), np.int16)
        yield np.clip(view + grain, 0, 255).astype(np.uint8)
