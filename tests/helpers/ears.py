"""A desk with a real sound file in it, and flags that a test makes up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from helpers.desk_house import House
from helpers.sound_title import RATE, write_sound
from numpy.typing import NDArray

from core.media.sound_cache import build_sound
from core.review.flag import Flag
from gui.desk.desk import Desk


class Ears:
    """A desk with a real sound file in it."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house, self.folder = house, folder
        self.desk: Desk

    def open(self, samples: NDArray[np.float32], rate: int = RATE, drawn: bool = False) -> None:
        """Open a file with these samples; `drawn` has its spectrogram made."""
        title = write_sound(self.folder / "sound.wav", samples.astype(np.float32), rate)
        if drawn:
            build_sound(title.path, title.audio[0], title.fingerprint)
        self.house.title = title
        self.desk = self.house.open()

    def flag(self, *flags: Flag) -> None:
        self.desk.review.changed.emit(replace(self.desk.snapshot, flags=flags))
        self.select(flags[0].key)

    def select(self, key: str) -> None:
        self.desk.parts.queue.select(key)
        self.house.settle(self.desk)
