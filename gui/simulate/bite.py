"""Plays a few seconds of sound once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from core.domain.errors import KnownError
from gui.player.audio_out import DeviceOpener, PortAudioDevice, SoundDevice

_LOOK_MS = 100


class Bite(QObject):
    """One piece of sound at a time.

    Args:
        open_device: Opens the sound device.

    Signals:
        failed: Sentence and details when there is no device.
        ended: All was played, or it was stopped.
    """

    failed = Signal(str, str)
    ended = Signal()

    def __init__(
        self, open_device: DeviceOpener = PortAudioDevice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._open = open_device
        self._device: SoundDevice | None = None
        self._samples: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        self._at = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def playing(self) -> bool:
        """Whether the device is open."""
        return self._device is not None

    def play(self, sound: NDArray[np.float32], rate: int, device: str = "") -> None:
        """Play from the beginning; what was playing ends.

        Args:
            sound: Shape (channels, n); the first two channels are heard.
            rate: Samples a second.
            device: Name of the device; empty is the usual one.
        """
        self.stop()
        self._samples = np.ascontiguousarray(sound[[0, -1 if len(sound) < 2 else 1]].T, np.float32)
        self._at = 0
        try:
            self._device = self._open(rate, self._fill, device)
        except KnownError as error:
            self.failed.emit(error.sentence, error.details)
            return
        self._timer.start()

    def stop(self) -> None:
        """Be silent."""
        self._timer.stop()
        if self._device is not None:
            self._device.close()
            self._device = None
            self.ended.emit()

    def _fill(self, block: NDArray[np.float32], _latency_s: float) -> None:
        part = self._samples[self._at : self._at + len(block)]
        block[: len(part)] = part
        block[len(part) :] = 0.0
        self._at += len(block)

    def _look(self) -> None:
        gone = self._device is not None and not self._device.active
        if self._at > len(self._samples) or gone:
            self.stop()
