"""What panes are coloured with: roles from the theme, and the spectrogram's colour map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gui.theme import Theme


@dataclass(frozen=True, slots=True)
class PaneColors:
    """Colours of a pane by role.

    Attributes:
        ground: Behind everything.
        gutter: Behind the labels at the left.
        text: Labels and read-outs.
        text_muted: Scale figures.
        grid: Fine lines.
        border: Lines between channels and around the gutter.
        waveform: The wave.
        clip: Samples at full scale.
        pending: Hatching over what is not computed yet.
        playhead: Where the picture stands.
        selection: The marked stretch.
        focus: Ring around the pane with the keyboard.
        bubble: Behind read-outs.
        evidence: What carries a defect of the sound.
    """

    ground: QColor
    gutter: QColor
    text: QColor
    text_muted: QColor
    grid: QColor
    border: QColor
    waveform: QColor
    clip: QColor
    pending: QColor
    playhead: QColor
    selection: QColor
    focus: QColor
    bubble: QColor
    evidence: QColor

    @classmethod
    def of(cls, theme: Theme) -> PaneColors:
        """The colours of a theme."""
        return cls(
            ground=theme.surface,
            gutter=theme.window,
            text=theme.text,
            text_muted=theme.text_muted,
            grid=theme.grid,
            border=theme.border,
            waveform=theme.waveform,
            clip=theme.blocker,
            pending=theme.pending,
            playhead=theme.playhead,
            selection=theme.mark,
            focus=theme.focus,
            bubble=theme.raised,
            evidence=theme.threshold,
        )


def argb(color: QColor) -> int:
    """A colour as one 32-bit number, as `QImage.Format_RGB32` keeps it."""
    return color.rgb() & 0xFFFFFFFF


def blend(low: QColor, high: QColor, steps: int) -> NDArray[np.uint32]:
    """Opaque colours from `low` to `high` in equal steps, both included."""
    share = np.linspace(0.0, 1.0, steps)[:, None]
    ends = [np.array([c.red(), c.green(), c.blue()], np.float64) for c in (low, high)]
    return _packed(ends[0] * (1 - share) + ends[1] * share)


# From near-black over violet and coral to pale yellow.
_ANCHORS = ("#08070f", "#2a1355", "#6a1f7c", "#b23578", "#ea5f62", "#fba06a", "#fcf3c4")


@lru_cache(maxsize=1)
def heat() -> NDArray[np.uint32]:
    """The colour map of the spectrogram, 256 opaque colours, dark is little.

    Our anchor colours are joined in the Oklab space (Ottosson 2020) and stepped so that its
    lightness rises evenly: equal steps in dB look equally large, also printed in grey.
    """
    anchors = np.array([[int(a[i : i + 2], 16) for i in (1, 3, 5)] for a in _ANCHORS], np.float64)
    lab = _to_oklab(anchors / 255)
    path = np.linspace(0, len(_ANCHORS) - 1, 2048)
    curve = np.stack([np.interp(path, np.arange(len(_ANCHORS)), lab[:, i]) for i in range(3)], 1)
    wanted = np.linspace(curve[0, 0], curve[-1, 0], 256)
    even = np.stack([np.interp(wanted, curve[:, 0], curve[:, i]) for i in range(3)], 1)
    return _packed(np.clip(_from_oklab(even), 0, 1) * 255)


def lightness(colors: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Oklab lightness 0..1 of packed colours."""
    parts = np.stack([(colors >> shift) & 255 for shift in (16, 8, 0)], 1).astype(np.float64)
    return _to_oklab(parts / 255)[:, 0]


def _packed(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    parts = np.round(rgb).astype(np.uint32)
    red, green, blue = parts.T
    return np.asarray(np.uint32(0xFF << 24) | (red << 16) | (green << 8) | blue, np.uint32)


_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _to_oklab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T, np.float64)


def _from_oklab(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = (lab @ np.linalg.inv(_TO_LAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    linear = np.maximum(linear, 0)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
