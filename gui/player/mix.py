"""From the channels of a sound stream to the two of the desk's loudspeakers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_HALF = 1.0 / sqrt(2.0)
_LEFT = (1.0, 0.0)
_RIGHT = (0.0, 1.0)
_BOTH = (_HALF, _HALF)

# Coefficients of ITU-R BS.775-3, table 2: centre and surrounds at −3 dB, no LFE.
_PLACES: dict[str, tuple[float, float]] = {
    "FL": _LEFT,
    "FR": _RIGHT,
    "FC": _BOTH,
    "LFE": (0.0, 0.0),
    "BL": (_HALF, 0.0),
    "BR": (0.0, _HALF),
    "SL": (_HALF, 0.0),
    "SR": (0.0, _HALF),
    "BC": (0.5, 0.5),
    "FLC": (1.0, 0.0),
    "FRC": (0.0, 1.0),
}

_LAYOUTS: dict[str, tuple[str, ...]] = {
    "mono": ("FC",),
    "stereo": ("FL", "FR"),
    "2.1": ("FL", "FR", "LFE"),
    "3.0": ("FL", "FR", "FC"),
    "3.1": ("FL", "FR", "FC", "LFE"),
    "4.0": ("FL", "FR", "FC", "BC"),
    "quad": ("FL", "FR", "BL", "BR"),
    "quad(side)": ("FL", "FR", "SL", "SR"),
    "5.0": ("FL", "FR", "FC", "BL", "BR"),
    "5.0(side)": ("FL", "FR", "FC", "SL", "SR"),
    "5.1": ("FL", "FR", "FC", "LFE", "BL", "BR"),
    "5.1(side)": ("FL", "FR", "FC", "LFE", "SL", "SR"),
    "6.1": ("FL", "FR", "FC", "LFE", "BC", "SL", "SR"),
    "7.1": ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}


def channel_names(layout: str, channels: int) -> tuple[str, ...]:
    """Names of the channels, in stream order.

    Args:
        layout: FFmpeg's name of the layout.
        channels: How many there are; a layout that does not fit gives plain numbers.
    """
    names = _LAYOUTS.get(layout)
    if names is not None and len(names) == channels:
        return ("M",) if names == ("FC",) else names
    return tuple(str(number + 1) for number in range(channels))


def downmix_matrix(layout: str, channels: int) -> NDArray[np.float32]:
    """Gains from each channel to left and right, after ITU-R BS.775-3.

    An unknown layout sends odd channels left and even ones right.

    Returns:
        float32, shape (channels, 2).
    """
    names = _LAYOUTS.get(layout)
    if channels == 1:
        return np.ones((1, 2), np.float32)
    if names is None or len(names) != channels:
        places = [_LEFT if number % 2 == 0 else _RIGHT for number in range(channels)]
    else:
        places = [_PLACES[name] for name in names]
    return np.asarray(places, np.float32)


class Mixer:
    """Volume, mute and solo of each channel, and of all together.

    The matrix that results is replaced as a whole, so the sound callback may read it any time.

    Args:
        layout: FFmpeg's name of the layout.
        channels: Number of channels of the stream.
    """

    def __init__(self, layout: str = "stereo", channels: int = 2) -> None:
        self._base = downmix_matrix(layout, channels)
        self._gains = [1.0] * channels
        self._muted = [False] * channels
        self._solo = [False] * channels
        self._master = 1.0
        self._master_muted = False
        self.matrix = self._base

    @property
    def channels(self) -> int:
        """Number of channels."""
        return len(self._gains)

    @property
    def gains(self) -> Sequence[float]:
        """Gain of each channel, before mute and solo."""
        return tuple(self._gains)

    @property
    def master(self) -> float:
        """Gain of all together."""
        return self._master

    @property
    def muted(self) -> bool:
        """Whether all is muted."""
        return self._master_muted

    def set_gain(self, channel: int | None, gain: float) -> None:
        """Set the gain of one channel, or of all together with None; 1 is unchanged.

        Raises:
            IndexError: The stream has no such channel.
        """
        gain = max(gain, 0.0)
        if channel is None:
            self._master = gain
        else:
            self._gains[channel] = gain
        self._update()

    def set_muted(self, channel: int | None, muted: bool) -> None:
        """Mute one channel, or all with None."""
        if channel is None:
            self._master_muted = muted
        else:
            self._muted[channel] = muted
        self._update()

    def set_solo(self, channel: int, solo: bool) -> None:
        """Hear only the channels that have solo; a solo LFE or surround is heard as it is."""
        self._solo[channel] = solo
        self._update()

    def _update(self) -> None:
        any_solo = any(self._solo)
        matrix = self._base.copy()
        for channel in range(self.channels):
            if any_solo and not self._solo[channel]:
                matrix[channel] = 0.0
                continue
            # The LFE has no place in the downmix, but who listens to it alone wants to hear it.
            if any_solo and not matrix[channel].any():
                matrix[channel] = _HALF
            matrix[channel] *= 0.0 if self._muted[channel] else self._gains[channel]
        master = 0.0 if self._master_muted else self._master
        self.matrix = (matrix * master).astype(np.float32)
