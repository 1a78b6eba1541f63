"""The colours of heat maps: from pale yellow over orange to purple, darker the surer.

Lightness falls evenly from one end to the other, so the order holds without any sense of hue, and
the hues lie on the yellow–purple line that people with red–green blindness tell apart. Opacity
rises with lightness falling: what is unsure veils the picture, what is sure covers it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

# sRGB at even steps of probability; CIE lightness falls from 93 to 32 in steps of 11 to 14.
_STOPS = (
    (255, 236, 140),
    (255, 196, 69),
    (250, 149, 68),
    (231, 97, 106),
    (198, 40, 134),
    (133, 13, 135),
)
_LEAST_ALPHA = 0.5


def heat_rgb(level: int) -> QColor:
    """The opaque colour of a value 0..255."""
    red, green, blue = (int(v) for v in np.rint(_rgb()[level]))
    return QColor(red, green, blue)


@lru_cache(maxsize=64)
def heat_table(threshold: int, opacity: float) -> NDArray[np.uint32]:
    """Colours of all values, as `QImage.Format_ARGB32_Premultiplied` has them.

    Args:
        threshold: Lowest value that is shown, 0..255; what lies below is fully transparent.
        opacity: 0..1, of the highest value.

    Returns:
        uint32, shape (256,), not to be written to.
    """
    level = np.linspace(0.0, 1.0, 256)
    alpha = (_LEAST_ALPHA + (1.0 - _LEAST_ALPHA) * level) * opacity
    # Nothing at all is never painted, whatever the threshold.
    alpha[: max(threshold, 1)] = 0.0
    rgb = np.rint(_rgb() * alpha[:, None]).astype(np.uint32)
    alpha_8 = np.rint(alpha * 255.0).astype(np.uint32)
    table = np.uint32(1 << 24) * alpha_8 + np.uint32(1 << 16) * rgb[:, 0]
    table += np.uint32(1 << 8) * rgb[:, 1] + rgb[:, 2]
    table.flags.writeable = False
    return table


@lru_cache(maxsize=1)
def _rgb() -> NDArray[np.float64]:
    """float64, shape (256, 3), 0..255."""
    at = np.linspace(0.0, 1.0, len(_STOPS))
    level = np.linspace(0.0, 1.0, 256)
    stops = np.array(_STOPS, np.float64)
    return np.stack([np.interp(level, at, stops[:, channel]) for channel in range(3)], axis=1)
