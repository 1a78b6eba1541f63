"""Waveform, parade, vectorscope, histogram and probe of a stored picture: numbers, no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.compare.signal import Curve, Matrix, Signal, StoredPicture

Counts = NDArray[np.float32]

COLUMNS = 256
"""Columns of a waveform, whatever the picture's width."""

VECTOR_CELLS = 256
"""Cells of a vectorscope along each side."""

SKIN_DEG = 123.0
"""Direction of the skin tone line, counter-clockwise from +Cb: the I axis of NTSC."""

REFERENCE_WHITE = {Curve.PQ: 0.58, Curve.HLG: 0.75}
"""Share of nominal white at which HDR Reference White stands (ITU-R BT.2408, 203 cd/m²)."""

_MOST_BINS = 1024
_BARS = {
    "R": (1, 0, 0),
    "Yl": (1, 1, 0),
    "G": (0, 1, 0),
    "Cy": (0, 1, 1),
    "B": (0, 0, 1),
    "Mg": (1, 0, 1),
}
# SMPTE ST 2084, the constants of its EOTF.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_PQ_PEAK = 10_000.0


def waveform(picture: StoredPicture) -> Counts:
    """How often each luma code stands in each part of the picture's width.

    Returns:
        float32, shape (bins, COLUMNS): row 0 is code 0; a bin is one code up to 10 bits.
    """
    return _against_x(np.ascontiguousarray(picture.y), picture.signal.levels)


def parade(rgb: NDArray[Any], signal: Signal) -> Counts:
    """How often each level of R, G and B stands in each part of the picture's width.

    Args:
        rgb: What `limited_rgb` gave.
        signal: Of the picture.

    Returns:
        float32, shape (3, bins, COLUMNS), levels as codes of limited range.
    """
    return np.stack([_against_x(part, signal.levels) for part in cv2.split(rgb)])


def vectorscope(picture: StoredPicture) -> Counts:
    """How often each pair of chroma codes occurs.

    Returns:
        float32, shape (VECTOR_CELLS, VECTOR_CELLS): rows are Cr, columns Cb, both upwards from
        code 0; above 8 bits a cell holds neighbouring codes. All in the middle without colour.
    """
    if picture.cb is None or picture.cr is None:
        empty = np.zeros((VECTOR_CELLS, VECTOR_CELLS), np.float32)
        empty[VECTOR_CELLS // 2, VECTOR_CELLS // 2] = picture.y.size
        return empty
    limits = [0, picture.signal.levels] * 2
    planes = [np.ascontiguousarray(p) for p in (picture.cr, picture.cb)]
    return _counts(planes, [VECTOR_CELLS, VECTOR_CELLS], limits)


def histogram(picture: StoredPicture) -> Counts:
    """How often each luma code occurs; float32, shape (bins,), a bin is one code up to 10 bits."""
    levels = picture.signal.levels
    return _counts([np.ascontiguousarray(picture.y)], [_bins(levels)], [0, levels]).reshape(-1)


def rgb_histogram(rgb: NDArray[Any], signal: Signal) -> Counts:
    """How often each level of R, G and B occurs; float32, shape (3, bins), as in `parade`."""
    levels = signal.levels
    found = [_counts([p], [_bins(levels)], [0, levels]).reshape(-1) for p in cv2.split(rgb)]
    return np.stack(found)


def limited_rgb(picture: StoredPicture, full_size: bool = False) -> NDArray[Any]:
    """R, G and B as codes of limited range, so that what lies outside 0..100 % can be seen.

    Code 16 of 8 bits is 0 %, 235 is 100 %; −7.3 % and 109.1 % are the ends, where what lies
    beyond gathers. The same holds for a picture of full range.

    Args:
        picture: The picture.
        full_size: One value a luma sample; else one a chroma sample, with the luma beside it.

    Returns:
        uint8 or uint16, shape (height, width, 3), of the picture's depth.
    """
    signal, (across, down) = picture.signal, picture.steps
    if picture.cb is None or picture.cr is None:
        neutral = np.full(picture.y.shape, signal.neutral, picture.y.dtype)
        planes = [np.ascontiguousarray(picture.y), neutral, neutral]
    elif full_size:
        size = picture.size
        planes = [np.ascontiguousarray(picture.y)] + [
            cv2.resize(np.ascontiguousarray(p), size, interpolation=cv2.INTER_NEAREST)
            for p in (picture.cb, picture.cr)
        ]
    else:
        tall, wide = picture.cb.shape
        beside = picture.y[::down, ::across][:tall, :wide]
        planes = [np.ascontiguousarray(p) for p in (beside, picture.cb, picture.cr)]
    made = cv2.transform(cv2.merge(planes), _to_limited(signal))
    if signal.depth in (8, 16):
        return made
    return np.minimum(made, made.dtype.type(signal.levels - 1))


@dataclass(frozen=True, slots=True)
class Probe:
    """One pixel.

    Attributes:
        x, y: Stored pixel, from the top left.
        codes: Y, Cb, Cr as stored; chroma is that of the sample which covers the pixel.
        shares: R, G, B, 0 for black and 1 for white; what is out of gamut lies beyond.
    """

    x: int
    y: int
    codes: tuple[int, int, int]
    shares: tuple[float, float, float]


def probe(picture: StoredPicture, x: int, y: int) -> Probe:
    """Read the pixel at a place.

    Raises:
        IndexError: It lies outside.
    """
    width, height = picture.size
    if not (0 <= x < width and 0 <= y < height):
        raise IndexError((x, y))
    signal, (across, down) = picture.signal, picture.steps
    codes = [int(picture.y[y, x]), signal.neutral, signal.neutral]
    if picture.cb is not None and picture.cr is not None:
        tall, wide = picture.cb.shape
        row, column = min(y // down, tall - 1), min(x // across, wide - 1)
        codes[1:] = [int(picture.cb[row, column]), int(picture.cr[row, column])]
    parts = np.array(
        [
            signal.share_of(codes[0]),
            (codes[1] - signal.neutral) / signal.chroma_span,
            (codes[2] - signal.neutral) / signal.chroma_span,
        ]
    )
    red, green, blue = (signal.matrix.to_rgb() @ parts).tolist()
    return Probe(x, y, (codes[0], codes[1], codes[2]), (red, green, blue))


def vector_targets(matrix: Matrix, level: float = 0.75) -> dict[str, tuple[float, float]]:
    """Where bars of this level stand: Cb and Cr of −0.5..0.5 by the bar's name.

    The targets of 75 % colour bars (ITU-R BT.471, EBU bars 100/0/75/0) by the given matrix.
    """
    to_ycc = matrix.to_ycc()
    found = {}
    for name, bar in _BARS.items():
        _, cb, cr = (to_ycc @ (level * np.array(bar, np.float64))).tolist()
        found[name] = (cb, cr)
    return found


def skin_direction() -> tuple[float, float]:
    """The direction of the skin tone line: Cb and Cr of length 1."""
    return cos(radians(SKIN_DEG)), sin(radians(SKIN_DEG))


def vector_cell(cb: float, cr: float, signal: Signal) -> tuple[float, float]:
    """Where a chroma of −0.5..0.5 stands in `vectorscope`: column and row, fractional."""
    scale = VECTOR_CELLS / signal.levels
    code = [signal.neutral + value * signal.chroma_span for value in (cb, cr)]
    return (code[0] + 0.5) * scale, (code[1] + 0.5) * scale


def pq_share(nits: float) -> float:
    """Share of nominal white of a brightness in cd/m² (SMPTE ST 2084, inverse EOTF)."""
    power = (max(nits, 0.0) / _PQ_PEAK) ** _M1
    return float(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)


def _bins(levels: int) -> int:
    return min(levels, _MOST_BINS)


def _against_x(plane: NDArray[Any], levels: int) -> Counts:
    x = _columns(plane.shape[1], plane.shape[0], plane.dtype.str)
    return _counts([plane, x], [_bins(levels), COLUMNS], [0, levels, 0, COLUMNS])


@lru_cache(maxsize=4)
def _columns(width: int, height: int, kind: str) -> NDArray[Any]:
    """The waveform's column of each pixel."""
    line = (np.arange(width) * COLUMNS // width).astype(kind)
    return np.ascontiguousarray(np.broadcast_to(line, (height, width)))


def _counts(planes: list[NDArray[Any]], bins: list[int], limits: list[int]) -> Counts:
    """OpenCV counts without holding Python's lock, so that the desk goes on meanwhile."""
    channels = list(range(len(planes)))
    return np.asarray(cv2.calcHist(planes, channels, None, bins, limits), np.float32)


def _to_limited(signal: Signal) -> NDArray[np.float64]:
    """From stored codes to codes of limited range; shape (3, 4), the last column is added."""
    limited = Signal(signal.depth)
    luma = 1 / (signal.white - signal.black)
    chroma = 1 / signal.chroma_span
    scale = np.diag([luma, chroma, chroma])
    zero = np.array([signal.black, signal.neutral, signal.neutral], np.float64)
    turn = signal.matrix.to_rgb() @ scale * (limited.white - limited.black)
    return np.column_stack([turn, limited.black - turn @ zero])
