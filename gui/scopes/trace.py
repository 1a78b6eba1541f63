"""Turns the counts of scopes into pictures for the screen; runs off the GUI thread."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from core.compare.scope import VECTOR_CELLS, Counts
from core.compare.signal import BT709

Size = tuple[int, int]
"""Width and height in physical pixels."""

GROUND = (0x0B, 0x0D, 0x10)
"""Scopes are dark in both themes: faint traces are not seen on white."""

_TRACE = (0xB8, 0xF0, 0xC8)
_PARTS = ((0xFF, 0x6A, 0x5E), (0x6C, 0xE8, 0x7A), (0x6F, 0xA8, 0xFF))
_LINE = (235, 238, 240)
_GAP_PX = 4
_GAIN = 22.0
_VECTOR_GAIN = 2000.0
_POWER = 0.5
_LEAST = 0.22
_MOST_PHASE_GAIN = 64


def to_image(pixels: NDArray[np.uint32]) -> QImage:
    """An image of its own of opaque pixels, shape (height, width), 0xffRRGGBB."""
    height, width = pixels.shape
    packed = np.ascontiguousarray(pixels)
    return QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def draw_waveform(counts: Counts, size: Size) -> QImage:
    """Luma against the width of the picture; code 0 at the bottom."""
    return to_image(_ramp(_TRACE)[_glow(counts, size)])


def draw_parade(counts: Counts, size: Size) -> QImage:
    """R, G and B side by side."""
    width, height = size
    third = max((width - 2 * _GAP_PX) // 3, 1)
    pixels = np.full((max(height, 1), max(width, 1)), packed(GROUND), np.uint32)
    for number, part in enumerate(counts):
        left = number * (third + _GAP_PX)
        shown = _ramp(_PARTS[number])[_glow(part, (third, height))]
        pixels[:, left : left + third] = shown[:, : pixels.shape[1] - left]
    return to_image(pixels)


def draw_vectorscope(counts: Counts, size: Size) -> QImage:
    """Cb to the right, Cr upwards, each cell in its own colour; as a square."""
    side = max(min(size), 1)
    share = counts / max(float(counts.sum()), 1.0) * _VECTOR_GAIN
    light = np.where(counts > 0, np.clip(share, 0, 1) ** _POWER * (1 - _LEAST) + _LEAST, 0)
    colored = light[..., None].astype(np.float32) * _hues() + _color(GROUND)
    shown = cv2.resize(
        np.ascontiguousarray(colored[::-1]),
        (side, side),
        interpolation=cv2.INTER_AREA if side < VECTOR_CELLS else cv2.INTER_NEAREST,
    )
    return to_image(_pack(np.clip(shown, 0, 255)))


def draw_histogram(luma: Counts, rgb: Counts, size: Size) -> QImage:
    """R, G and B as areas that add up to white, luma as a line; heights are square roots."""
    width, height = max(size[0], 1), max(size[1], 1)
    rows = np.arange(height)[::-1, None]
    pixels = np.zeros((height, width, 3), np.float32) + _color(GROUND)
    for number, part in enumerate(rgb):
        tall = _heights(part, width) * height
        strength = np.clip(tall[None, :] - rows, 0, 1)[..., None]
        pixels += strength * _color(_PARTS[number]) * 0.42
    tall = _heights(luma, width) * height
    before = np.concatenate([tall[:1], tall[:-1]])
    low, high = np.minimum(tall, before) - 1.5, np.maximum(tall, before)
    line = ((rows >= low) & (rows <= high))[..., None]
    pixels = np.where(line, _color(_LINE), pixels)
    return to_image(_pack(np.clip(pixels, 0, 255)))


def phase_gain(pair: NDArray[np.float32]) -> int:
    """Times 1, 2, 4 … 64 by which quiet sound is enlarged so that its shape is seen."""
    peak = float(np.abs(pair).max(initial=0.0))
    gain = 1
    while gain < _MOST_PHASE_GAIN and peak * gain * 2 <= 1.0:
        gain *= 2
    return gain


def draw_phase(pair: NDArray[np.float32], size: Size) -> QImage:
    """Goniometer: left and right as diagonals, so that equal channels are a vertical line.

    Enlarged by `phase_gain`.
    """
    pair = pair * np.float32(phase_gain(pair))
    side = max(min(size), 1)
    cells = min(side, 192)
    middle, across = (pair[1] + pair[0]) / 2, (pair[1] - pair[0]) / 2
    grown = [np.clip(part, -1, 1).astype(np.float32) for part in (middle, across)]
    counts = np.zeros((cells, cells), np.float32)
    if pair.shape[1]:
        counts = cv2.calcHist(grown, [0, 1], None, [cells, cells], [-1.01, 1.01] * 2)
    light = np.where(counts > 0, np.clip(counts / 6, 0, 1) ** _POWER, 0)
    shown = cv2.resize(
        np.ascontiguousarray(light[::-1] * 255).astype(np.uint8),
        (side, side),
        interpolation=cv2.INTER_LINEAR,
    )
    return to_image(_ramp(_TRACE)[shown])


def _glow(counts: Counts, size: Size) -> NDArray[np.uint8]:
    """Brightness 0..255 of a waveform of this size, brighter where more of a column stands."""
    width, height = max(size[0], 1), max(size[1], 1)
    column = np.maximum(counts.sum(axis=0), 1.0)
    share = counts[::-1] / column * np.float32(_GAIN * max(counts.shape[0] / height, 1.0))
    if height < share.shape[0]:
        share = cv2.resize(share, (share.shape[1], height), interpolation=cv2.INTER_AREA)
    light = np.clip(share, 0, 1) ** np.float32(_POWER) * 255
    whole = cv2.resize(light.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(whole, np.uint8)


def _heights(counts: Counts, width: int) -> NDArray[np.float32]:
    """Heights 0..1 a pixel of width; the ends, where codes gather, do not flatten the rest."""
    inner = counts[1:-1] if len(counts) > 2 else counts
    highest = max(float(inner.max(initial=0.0)), float(counts.max(initial=0.0)) * 0.05, 1.0)
    at = np.arange(width) * len(counts) // width
    return np.asarray(np.sqrt(np.minimum(counts / highest, 1.0))[at] * 0.96, np.float32)


def _color(color: tuple[int, int, int]) -> NDArray[np.float32]:
    return np.array(color, np.float32)


@lru_cache(maxsize=8)
def _ramp(color: tuple[int, int, int]) -> NDArray[np.uint32]:
    """From the ground to a colour in 256 steps."""
    share = np.linspace(0, 1, 256)[:, None]
    return _pack(_color(GROUND) * (1 - share) + _color(color) * share)


@lru_cache(maxsize=1)
def _hues() -> NDArray[np.float32]:
    """The colour of each vectorscope cell, light enough to be seen; shape (cells, cells, 3)."""
    axis = (np.arange(VECTOR_CELLS) + 0.5) / VECTOR_CELLS - 0.5
    cr, cb = np.meshgrid(axis, axis, indexing="ij")
    planes = np.stack([np.full_like(cb, 0.6), cb * 1.6, cr * 1.6], axis=-1)
    return np.asarray(np.clip(planes @ BT709.to_rgb().T, 0.12, 1.0) * 255, np.float32)


def packed(color: tuple[int, int, int]) -> int:
    """A colour as one opaque 32-bit number."""
    red, green, blue = color
    return 0xFF000000 | red << 16 | green << 8 | blue


def _pack(rgb: NDArray[Any]) -> NDArray[np.uint32]:
    parts = rgb.astype(np.uint32)
    packed = (parts[..., 0] << 16) | (parts[..., 1] << 8) | parts[..., 2] | np.uint32(0xFF << 24)
    return np.asarray(packed, np.uint32)
