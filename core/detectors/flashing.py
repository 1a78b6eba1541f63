"""Flashing: how much of the picture turns brighter or darker, or to saturated red or from it."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import Picture, as_bytes, nominal_range
from core.domain.title import Stream, VideoStream

PEAK_CDM2 = 200.0
"""Brightest white that is assumed of a screen; BT.1702 names the change, not the screen."""

CHANGE_CDM2 = 20
DARKER_BELOW_CDM2 = 160
RED_CHANGE = 20
_RED_SCALE = 320.0 / 255.0
_MEMORY_S = 0.25
_SHORTEST_ROWS, _LONGEST_ROWS = 3, 15
_USUAL_RATE = 25.0
_REDDISH = 144
_LEAST_RED = 0.1
_HD_HEIGHT = 720
_MATRICES = {"bt709": (0.2126, 0.0722), "bt601": (0.299, 0.114), "bt2020": (0.2627, 0.0593)}
"""Shares of red and blue in luma."""

Cells = NDArray[np.uint8]
Mask = NDArray[np.bool_]


class FlashingDetector(Detector):
    """Follows each 16 x 16 cell of the picture.

    A cell turns when it differs by 20 cd/m² or more from the darkest (brightest) it was within the
    last quarter of a second and the darker of both is below 160 cd/m²; it counts in the frame in
    which this begins. Luminance is what a screen of 200 cd/m² shows (ITU-R BT.1886, gamma 2.4);
    PQ and HLG go by their own curves. For red the measure is WCAG's (R - G - B) x 320 of linear
    light where R / (R + G + B) is .8 or more.
    """

    id = "flashing"

    def reset(self) -> None:
        """Forget all cells."""
        rate = float(self.stream.rate) if isinstance(self.stream, VideoStream) else 0.0
        rows = ceil(_MEMORY_S * (rate or _USUAL_RATE))
        rows = min(max(rows, _SHORTEST_ROWS), _LONGEST_ROWS)
        self._light = _Turns(rows, CHANGE_CDM2, DARKER_BELOW_CDM2)
        self._red = _Turns(rows, RED_CHANGE, 256)
        self._luminance = luminance_table(self.stream)
        self._to_rgb: NDArray[np.float32] | None = None
        self._linear = np.rint(255.0 * (np.arange(256) / 255.0) ** 2.4).astype(np.uint8)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame; the first frame turns nothing."""
        sample = views["luma/16"]
        luma = as_bytes(sample)
        if luma.size == 0:
            return []
        light = np.asarray(cv2.LUT(luma, self._luminance), np.uint8)
        up, down = self._light.take(light)
        red_up, red_down = self._red.take(self._reds(luma, views["chroma/16"].data))
        return [Row(sample.pts, (up, down, red_up, red_down, float(cv2.mean(light)[0])))]

    def _reds(self, luma: Cells, chroma: Picture | None) -> Cells:
        """How red each cell is where it is saturated red, else 0."""
        none = np.zeros_like(luma)
        if chroma is None or chroma.shape[1:] != luma.shape:
            return none
        blue, red = np.asarray(chroma[0], np.uint8), np.asarray(chroma[1], np.uint8)
        # Colour that red in a few cells only cannot make up the area of a flash.
        reddish = np.count_nonzero(red >= _REDDISH)
        if reddish < _LEAST_RED * luma.size:
            return none
        if self._to_rgb is None:
            self._to_rgb = rgb_matrix(self.stream)
        coded = cv2.merge([luma, blue, red])
        r, g, b = cv2.split(cv2.LUT(cv2.transform(coded, self._to_rgb), self._linear))
        others = cv2.add(g, b)
        saturated = cv2.compare(np.right_shift(r, 2), others, cv2.CMP_GE)
        amount = cv2.convertScaleAbs(cv2.subtract(r, others), alpha=_RED_SCALE)
        return np.asarray(cv2.bitwise_and(amount, saturated), np.uint8)


class _Turns:
    """Which share of the cells turns up and down, by what each was within some frames before.

    Args:
        rows: How many frames are remembered.
        change: Smallest change that counts.
        darker_below: The smaller value must be below this.
    """

    def __init__(self, rows: int, change: int, darker_below: int) -> None:
        self._rows, self._change, self._below = rows, change, darker_below
        self._past: list[Cells] = []
        self._was: tuple[Mask, Mask] | None = None

    def take(self, cells: Cells) -> tuple[float, float]:
        """Percent of the cells that begin to be higher, and lower, than they were."""
        if self._past and self._past[0].shape != cells.shape:
            self._past, self._was = [], None
        if not self._past:
            self._past.append(cells)
            return 0.0, 0.0
        past = np.stack(self._past)
        low, high = past.min(axis=0), past.max(axis=0)
        up = (cv2.subtract(cells, low) >= self._change) & (low < self._below)
        down = (cv2.subtract(high, cells) >= self._change) & (cells < self._below)
        begun = (up, down) if self._was is None else (up & ~self._was[0], down & ~self._was[1])
        self._was = (up, down)
        self._past = [*self._past[1 - self._rows :], cells]
        shares = [100.0 * int(np.count_nonzero(part)) / cells.size for part in begun]
        return shares[0], shares[1]


def luminance_table(stream: Stream) -> Cells:
    """Luminance in cd/m² of each 8-bit luma code of neutral grey, at most 255.

    ITU-R BT.1886 with a black of 0 and a white of 200 cd/m²; SMPTE ST 2084 for PQ; ITU-R BT.2100
    at 1000 cd/m² for HLG.
    """
    black, white = nominal_range(stream)
    signal = np.clip((np.arange(256) - black) / (white - black), 0.0, 1.0)
    transfer = stream.color_transfer if isinstance(stream, VideoStream) else ""
    if transfer == "smpte2084":
        power = signal ** (32 / 2523)
        ratio = np.maximum(power - 0.8359375, 0.0) / (18.8515625 - 18.6875 * power)
        shown = 10_000.0 * ratio ** (8192 / 1305)
    elif transfer == "arib-std-b67":
        bright = (np.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12.0
        shown = 1000.0 * np.where(signal <= 0.5, signal**2 / 3.0, bright) ** 1.2
    else:
        shown = PEAK_CDM2 * signal**2.4
    return np.asarray(np.rint(np.minimum(shown, 255.0)), np.uint8)


def rgb_matrix(stream: Stream) -> NDArray[np.float32]:
    """From 8-bit codes of Y, Cb and Cr to those of full-range R', G' and B': shape (3, 4)."""
    black, white = nominal_range(stream)
    name = stream.color_space if isinstance(stream, VideoStream) else ""
    height = stream.height if isinstance(stream, VideoStream) else 0
    if name.startswith("bt2020"):
        red, blue = _MATRICES["bt2020"]
    elif name in ("smpte170m", "bt470bg", "fcc") or (name != "bt709" and 0 < height < _HD_HEIGHT):
        red, blue = _MATRICES["bt601"]
    else:
        red, blue = _MATRICES["bt709"]
    green = 1.0 - red - blue
    y = 255.0 / (white - black)
    c = 255.0 / (255.0 if black == 0.0 else 224.0)
    cr, cb = 2.0 * (1.0 - red) * c, 2.0 * (1.0 - blue) * c
    rows = np.array(
        [[y, 0.0, cr], [y, -cb * blue / green, -cr * red / green], [y, cb, 0.0]], np.float64
    )
    offset = rows @ np.array([black, 128.0, 128.0])
    return np.column_stack((rows, -offset)).astype(np.float32)
