"""Decoys that treat the picture itself: hiding, few colours, grain, few bits, light, fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.coding import decode, encode
from core.simulate.decoy_paint import (
    as_rgb,
    coded,
    mixed_by,
    pixelated,
    resized,
    scaled,
    shown,
    turning,
)
from core.simulate.kind import Picture, Plane

Mask = NDArray[np.bool_]
"""One value a pixel."""

_SMALLEST_CELL, _LARGEST_CELL = 6.0, 64.0
_FARTHEST = 0.2
_WORST_LEVELS = {"h264": (38, 46), "hevc": (38, 46), "mpeg2": (18, 31)}


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A thing that must not be recognised; middle and half size as shares of the picture."""

    round: bool
    middle: NDArray[np.float64]
    half: NDArray[np.float64]

    def mask(self, picture: Picture, moved: NDArray[np.float64]) -> Mask:
        """Where it lies, moved by (down, right) as shares of the picture."""
        size = np.array(picture.luma.shape)
        down, right = (
            (np.arange(n) + 0.5 - m) / max(h, 1.0)
            for n, m, h in zip(size, (self.middle + moved) * size, self.half * size, strict=True)
        )
        if self.round:
            return np.asarray(down[:, None] ** 2 + right[None, :] ** 2 < 1)
        return np.asarray((np.abs(down) < 1)[:, None] & (np.abs(right) < 1)[None, :])


def _hidden(picture: Picture, rng: np.random.Generator) -> list[_Hidden]:
    """Faces, licence plates, or one box; sizes hold on a wide and on a square picture."""
    tall = picture.width / picture.height
    found = []
    for _ in range(int(rng.integers(1, 5))):
        kind, size = rng.integers(0, 3), rng.uniform(0.06, 0.22)
        half = np.array([(size * 1.3, size / tall), (size * 0.3, size), (size, size)][kind])
        found.append(_Hidden(bool(kind == 0), rng.uniform(0.2, 0.8, 2), half))
    return found


def _path(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """How far something has wandered at each frame, as shares of the picture; shape (n, 2).

    It turns round before it has left the picture.
    """
    speed = rng.normal(0, 0.006, 2)
    sway = 0.01 * np.sin(np.arange(count)[:, None] * rng.uniform(0.1, 0.4, 2))
    return turning(np.arange(count)[:, None] * speed, _FARTHEST) + sway


def mosaic(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Pixelation of faces, licence plates or everything, in cells of 6 to 64 pixels.

    The grid begins anywhere and a cell has any size, so that it is tied to no block of a codec; it
    stands still while what it hides moves, or goes with it.
    """
    first = pictures[0]
    most = max(min(_LARGEST_CELL, first.height / 5), _SMALLEST_CELL)
    cell = float(np.exp(rng.uniform(np.log(_SMALLEST_CELL), np.log(most))))
    start, carried = rng.uniform(0, cell, 2), rng.random() < 0.5
    hidden = [] if rng.random() < 0.3 else _hidden(first, rng)
    size = np.array(first.luma.shape)
    found = []
    for picture, moved in zip(pictures, _path(len(pictures), rng), strict=True):
        down, right = (start - moved * size * carried) % cell
        cells = pixelated(picture, cell, (float(down), float(right)))
        found.append(_covered(picture, cells, hidden, moved))
    return found


def _covered(
    picture: Picture, cover: Picture, hidden: Sequence[_Hidden], moved: NDArray[np.float64]
) -> Picture:
    """The cover where something is to be hidden, or everywhere where nothing is named."""
    if not hidden:
        return cover
    mask = np.zeros(picture.luma.shape, bool)
    for one in hidden:
        mask |= one.mask(picture, moved)
    return mixed_by(picture, cover, mask)


def blur_box(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """A blur with a hard edge: over faces or boxes, or at both sides of an upright picture."""
    first = pictures[0]
    sigma = first.height * rng.uniform(0.015, 0.06)
    sides = rng.random() < 0.35
    hidden = _hidden(first, rng)
    share = rng.uniform(0.3, 0.6)
    found = []
    for picture, moved in zip(pictures, _path(len(pictures), rng), strict=True):
        soft = picture.each(lambda plane: _blurred(plane, sigma * plane.shape[0] / first.height))
        if not sides:
            found.append(_covered(picture, soft, hidden, moved))
            continue
        upright = _Hidden(False, np.array([0.5, 0.5]), np.array([0.6, share / 2]))
        mask = upright.mask(picture, np.zeros(2))
        found.append(mixed_by(_grown(soft, 1 / share), picture, mask))
    return found


def _blurred(plane: Plane, sigma: float) -> Plane:
    """Blurred on a smaller plane where the blur is strong: as good, and much cheaper."""
    step = max(int(sigma / 2), 1)
    small = cv2.resize(
        plane,
        (-(-plane.shape[1] // step), -(-plane.shape[0] // step)),
        interpolation=cv2.INTER_AREA,
    )
    soft = cv2.GaussianBlur(small, (0, 0), max(sigma / step, 0.5))
    size = (plane.shape[1], plane.shape[0])
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR))


def _grown(picture: Picture, factor: float) -> Picture:
    """The middle of a picture, enlarged."""

    def grown(plane: Plane) -> Plane:
        height, width = plane.shape
        matrix = np.array(
            [
                [factor, 0, width * (1 - factor) / 2],
                [0, factor, height * (1 - factor) / 2],
            ]
        )
        return np.asarray(cv2.warpAffine(plane, matrix, (width, height)), plane.dtype)

    return picture.each(grown)


def pixel_art(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """The picture in few large dots and few colours, as games of the eighties showed pictures."""
    first = pictures[0]
    dot = rng.uniform(3, max(first.height / 40, 5))
    if rng.random() < 0.5:
        dot = float(int(dot))
    size = (max(round(first.width / dot), 4), max(round(first.height / dot), 4))
    palette = _palette(resized(as_rgb(first), size), rng)
    dither = rng.normal(0, 14 if rng.random() < 0.5 else 0.01, (size[1], size[0], 1))
    found = []
    for picture in pictures:
        small = cv2.resize(as_rgb(picture), size, interpolation=cv2.INTER_AREA) + dither
        distance = ((small[:, :, None] - palette) ** 2).sum(3)
        flat = palette[distance.argmin(2)].astype(np.uint8)
        whole = (first.width, first.height)
        big = cv2.resize(flat, whole, interpolation=cv2.INTER_NEAREST_EXACT)
        found.append(shown(np.asarray(big, np.uint8), picture))
    return found


def _palette(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float32]:
    """Colours that stand for a picture, by a few rounds of k-means; shape (n, 3)."""
    points = rgb.reshape(-1, 3).astype(np.float32)
    colors = rng.choice(points, int(rng.integers(4, 17)))
    for _ in range(4):
        near = ((points[:, None] - colors) ** 2).sum(2).argmin(1)
        sums = np.stack([np.bincount(near, points[:, c], len(colors)) for c in range(3)], 1)
        counts = np.bincount(near, minlength=len(colors))[:, None]
        colors = np.where(counts > 0, sums / np.maximum(counts, 1), colors).astype(np.float32)
    return np.asarray((colors - 128) * rng.uniform(1.0, 1.5) + 128, np.float32).clip(0, 255)


def film_grain(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Strong grain of film or of a sensor in the dark, fine or clumped, in colour too at times."""
    first = pictures[0]
    strength = rng.uniform(7, 32) * (1 << (first.depth - 8))
    sigma, in_color = rng.uniform(0.4, 1.8), rng.random() < 0.5
    room = 64
    tall, wide = (n + room for n in first.luma.shape)
    noise: NDArray[Any] = cv2.GaussianBlur(
        rng.standard_normal((tall, wide), np.float32), (0, 0), sigma
    )
    noise = noise * (strength / max(float(noise.std()), 1e-6))
    found = []
    for picture in pictures:
        planes = []
        for index, plane in enumerate(picture.planes):
            share = 1.0 if index == 0 else 0.5 * in_color
            top, left = rng.integers(0, room, 2)
            part = noise[top : top + plane.shape[0], left : left + plane.shape[1]]
            flip = (1 if rng.random() < 0.5 else -1) * share
            planes.append(plane.astype(np.float32) + part * flip)
        found.append(coded(picture, planes))
    return found


def strobe(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Flashes of a stage or a siren: whole frames in turns bright, dark, or of another colour."""
    first = pictures[0]
    period = int(rng.integers(1, 4))
    gains = rng.permutation([rng.uniform(0.15, 0.5), rng.uniform(1.3, 2.4)])
    tints = rng.normal(0, 0.13 if rng.random() < 0.6 else 0.0, (2, 2)) * first.top
    found = []
    for number, picture in enumerate(pictures):
        turn = number // period % 2
        luma = (picture.luma.astype(np.float32) - first.black) * gains[turn] + first.black
        colors = zip(picture.planes[1:], tints[turn], strict=False)
        found.append(coded(picture, [luma, *(plane + np.float32(tint) for plane, tint in colors)]))
    return found


def interlaced(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Fields of two moments in one picture, so that edges in motion are combs.

    The other field comes from the next frame; a pan is added to it, so that a still picture combs
    as well.
    """
    pan = int(rng.integers(2, 9)) * (1 if rng.random() < 0.5 else -1)
    odd = int(rng.integers(0, 2))
    followers = [*(later for _now, later in pairwise(pictures)), pictures[-1]]
    found = []
    for picture, later in zip(pictures, followers, strict=True):
        planes = []
        for now, then in zip(picture.planes, later.planes, strict=True):
            step = round(pan * now.shape[1] / picture.width)
            woven = now.copy()
            woven[odd::2] = np.roll(then[odd::2], step, axis=1)
            planes.append(woven)
        found.append(coded(picture, planes))
    return found


def low_bitrate(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """What an encoder leaves of the pictures when it has hardly any bits; nothing was lost.

    H.264, HEVC or MPEG-2 at its coarsest, at times at a reduced size as on the early web, so that
    the codec's blocks are enlarged.
    """
    codec = str(rng.choice(["h264", "h264", "mpeg2", "hevc"]))
    best, worst = _WORST_LEVELS[codec]
    level = int(rng.integers(best, worst + 1))
    source = list(pictures)
    if rng.random() < 0.35 and min(pictures[0].luma.shape) > 200:
        source = [_reduced(picture, rng.choice([2, 3])) for picture in pictures]
    held = encode(source, codec, b_frames=int(rng.integers(0, 3)), level=level)
    back = decode(held, held.packets, source[0])
    found = []
    for picture, coarse in zip(pictures, back, strict=True):
        found.append(picture if coarse is None else scaled(coarse, picture))
    return found


def _reduced(picture: Picture, factor: int) -> Picture:
    def reduced(plane: Plane) -> Plane:
        # Both kinds of planes stay in step only where luma keeps sizes that colour divides.
        height, width = (int(n / factor) // 4 * 4 for n in picture.luma.shape)
        down = -(-picture.height // plane.shape[0])
        across = -(-picture.width // plane.shape[1])
        size = (width // across, height // down)
        return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA))

    return picture.each(reduced)
