"""Levels: how much of the picture lies outside the codes that a programme may use."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.detectors.picture import nominal_range
from core.domain.title import Stream, VideoStream

PERIOD_S = Fraction(1, 5)
_LUMA_LOW, _LUMA_HIGH = 5, 246
_CHROMA_LOW, _CHROMA_HIGH = 5, 251
_BLACK, _WHITE = 16, 235
_LINES = 96
_GAMUT_LINES = 32
_GAMUT_COLUMNS = 480
_GAMUT_OVER = 0.05
_HD_HEIGHT = 720
_KR_KB = {
    "bt709": (0.2126, 0.0722),
    "smpte170m": (0.299, 0.114),
    "bt470bg": (0.299, 0.114),
    "bt2020nc": (0.2627, 0.0593),
    "bt2020c": (0.2627, 0.0593),
}
_LEGAL = (0.0, 0.0, 0.0, 0.0, 0.0, 100.0)
_COARSE = (32, 24)
Plane = NDArray[Any]


class LevelsDetector(Detector):
    """Counts pixels by code, on some lines of the picture, five times a second.

    Luma outside 5..246 at 8 bits (EBU R103; 20..984 at 10 bits) and outside 16..235, chroma
    outside 5..251 (the same 5 % beyond its nominal 16..240), and pixels of which R, G or B lies
    more than 5 % outside its range, by the matrix that the stream declares, else by its height.
    A stream that declares full range may use every code and is not measured.

    `alike_pct` is the correlation of the lines with those of the look before, made coarse: a cut
    lowers it, another gain does not.
    """

    id = "levels"

    def reset(self) -> None:
        """Begin anew."""
        self._pace = Pace(PERIOD_S)
        self._before: NDArray[np.float32] | None = None
        self._full = nominal_range(self.stream) == (0.0, 255.0)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a fifth of a second: shares in percent."""
        now = views["events"]
        if not self._pace.due(now):
            return []
        if self._full:
            return [Row(now.pts, _LEGAL)]
        depth = views["luma"].depth
        luma, chroma = _plane(views["luma"]), _plane(views["chroma"])
        if luma.size == 0:
            return []
        lines = luma[:: max(luma.shape[0] // _LINES, 1)]
        up = max(depth - 8, 0)
        below = _share(lines < (_LUMA_LOW << up))
        above = _share(lines > (_LUMA_HIGH << up))
        nominal = _share(lines < (_BLACK << up)) + _share(lines > (_WHITE << up))
        colour, gamut = 0.0, 0.0
        if chroma.size:
            some = chroma[:, :: max(chroma.shape[1] // _LINES, 1)]
            colour = _share(some < (_CHROMA_LOW << up)) + _share(some > (_CHROMA_HIGH << up))
            gamut = _out_of_gamut(luma, chroma, up, _weights(self.stream, luma.shape[0]))
        alike = self._alike(lines)
        return [Row(now.pts, (below + above, below, nominal, colour, gamut, alike))]

    def _alike(self, lines: Plane) -> float:
        """Correlation with the look before, in percent; 100 for the first and for flat pictures."""
        coarse = cv2.resize(lines, _COARSE, interpolation=cv2.INTER_AREA).astype(np.float32)
        away = coarse - coarse.mean()
        before, self._before = self._before, away
        if before is None:
            return 100.0
        energy = float(np.square(before).sum()) * float(np.square(away).sum())
        if energy <= 0.0:
            return 100.0
        return 100.0 * max(float((before * away).sum() / np.sqrt(energy)), 0.0)


def _plane(sample: Sample) -> Plane:
    assert sample.data is not None
    return sample.data


def _share(mask: Plane) -> float:
    return 100.0 * float(np.count_nonzero(mask)) / mask.size


def _weights(stream: Stream, height: int) -> tuple[float, float]:
    """Luma weights of red and blue."""
    named = _KR_KB.get(stream.color_space) if isinstance(stream, VideoStream) else None
    return named or _KR_KB["bt709" if height >= _HD_HEIGHT else "smpte170m"]


def _out_of_gamut(luma: Plane, chroma: Plane, up: int, weights: tuple[float, float]) -> float:
    """Percent of some pixels, at places of chroma samples, whose R, G or B is out of range.

    R, G and B of 0..1 by ITU-R BT.709-6 and BT.2020, 3.5.
    """
    down, across = (
        max(whole // part, 1) for whole, part in zip(luma.shape, chroma.shape[1:], strict=True)
    )
    lines = max(chroma.shape[1] // _GAMUT_LINES, 1)
    columns = max(chroma.shape[2] // _GAMUT_COLUMNS, 1)
    colors = chroma[:, lines // 2 :: lines, ::columns]
    bright = luma[lines // 2 * down :: lines * down, :: columns * across]
    height, width = (min(a, b) for a, b in zip(bright.shape, colors.shape[1:], strict=True))
    y, cb, cr = (
        (np.asarray(plane[:height, :width], np.float32) - (zero << up)) / (span << up)
        for plane, zero, span in zip(
            (bright, *colors), (16, 128, 128), (219, 224, 224), strict=True
        )
    )
    red, blue = weights
    r, b = y + 2 * (1 - red) * cr, y + 2 * (1 - blue) * cb
    g = (y - red * r - blue * b) / (1 - red - blue)
    highest, lowest = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    return _share((highest > 1 + _GAMUT_OVER) | (lowest < -_GAMUT_OVER))
