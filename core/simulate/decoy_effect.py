"""Decoys of editing: deliberate "glitches", transitions and pictures in pictures."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.decoy_paint import as_rgb, coded, laid, mixed_by, resized, shown
from core.simulate.kind import Picture, Plane
from core.simulate.texture import fractal_noise


def glitch(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Creative "errors" that leave no blocks.

    Red and blue moved apart, bands of lines pushed sideways with soft edges, the noise bars and
    bleeding colour of worn tape, or long trails that drag the picture along in swirls.
    """
    kind = int(rng.integers(0, 4))
    return (_split_colors, _bands, _tape, _trails)[kind](pictures, rng)


def _split_colors(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    reach = max(pictures[0].width * rng.uniform(0.008, 0.04), 2.0)
    angle, pace = rng.uniform(0, 6.3), rng.uniform(0.1, 0.9)
    found = []
    for number, picture in enumerate(pictures):
        rgb = as_rgb(picture)
        far = reach * (0.6 + 0.4 * np.sin(pace * number))
        right, down = round(far * np.cos(angle)), round(far * np.sin(angle) * 0.4)
        rgb[..., 0] = np.roll(rgb[..., 0], (down, right), (0, 1))
        rgb[..., 2] = np.roll(rgb[..., 2], (-down, -right), (0, 1))
        found.append(shown(rgb, picture))
    return found


def _pushed(plane: Plane, offsets: NDArray[np.floating]) -> Plane:
    """Each row moved to the right by its own share of the width."""
    height, width = plane.shape
    rows = np.interp(np.linspace(0, 1, height), np.linspace(0, 1, len(offsets)), offsets)
    across = (np.arange(width)[None, :] - rows[:, None] * width).astype(np.float32)
    down = np.repeat(np.arange(height, dtype=np.float32)[:, None], width, 1)
    moved = cv2.remap(plane, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(moved, plane.dtype)


def _bands(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    height = pictures[0].height
    rows = np.arange(height) / height
    hold, found = int(rng.integers(1, 5)), []
    offsets = np.zeros(height)
    for number, picture in enumerate(pictures):
        if number % hold == 0:
            offsets = np.zeros(height)
            for _ in range(int(rng.integers(2, 9))):
                middle, half = rng.uniform(0, 1), rng.uniform(0.01, 0.12)
                soft = rng.uniform(0.15, 0.5) * half
                bump = 1 / (1 + np.exp(np.clip((np.abs(rows - middle) - half) / soft, -40, 40)))
                offsets += bump * rng.normal(0, 0.06)
        found.append(coded(picture, [_pushed(plane, offsets) for plane in picture.planes]))
    return found


def _tape(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Worn tape: a bar of white dashes that climbs, lines that quiver, colour that bleeds."""
    height, width = pictures[0].luma.shape
    at, pace = rng.uniform(0, 1), rng.uniform(0.005, 0.05)
    half, bleed = rng.uniform(0.02, 0.08), rng.uniform(0.004, 0.02)
    rows = np.arange(height) / height
    found = []
    for number, picture in enumerate(pictures):
        near = np.exp(-((((rows - at - pace * number + 0.5) % 1 - 0.5) / half) ** 2))
        offsets = rng.normal(0, 0.0012, height) + near * rng.normal(0.02, 0.012, height)
        luma, *colors = (_pushed(plane, offsets) for plane in picture.planes)
        planes = [luma]
        for plane in colors:
            wide = max(int(bleed * plane.shape[1]), 1)
            planes.append(np.roll(cv2.blur(plane, (2 * wide + 1, 3)), wide, axis=1))
        dashes = (rng.random((height, -(-width // 12))) < near[:, None] * 0.5).astype(np.float32)
        noise = np.asarray(cv2.resize(dashes, (width, height), interpolation=cv2.INTER_LINEAR))
        white = np.full((height, width, 3), 235, np.uint8)
        found.append(laid(coded(picture, planes), white, noise * np.float32(0.85)))
    return found


def _trails(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Every frame is mostly the last one dragged along a smooth flow, never in blocks."""
    height, width = pictures[0].luma.shape
    cell = max(min(height, width) // 3, 8)
    flow = [fractal_noise(rng, height, width, cell, 2) - 0.5 for _ in range(2)]
    drag = height * rng.uniform(0.02, 0.06)
    keep = rng.uniform(0.75, 0.93)
    trail = [plane.astype(np.float32) for plane in pictures[0].planes]
    for _ in range(6):
        trail = [_dragged(plane, flow, drag, height) for plane in trail]
    found = []
    for picture in pictures:
        trail = [
            keep * _dragged(old, flow, drag, height) + (1 - keep) * new.astype(np.float32)
            for old, new in zip(trail, picture.planes, strict=True)
        ]
        found.append(coded(picture, trail))
    return found


def _dragged(
    plane: NDArray[np.float32], flow: Sequence[NDArray[np.float32]], drag: float, whole: int
) -> NDArray[np.float32]:
    height, width = plane.shape
    step = drag * height / whole
    down, right = (resized(part, (width, height), cv2.INTER_LINEAR) * step for part in flow)
    y = np.arange(height, dtype=np.float32)[:, None] + down
    x = np.arange(width, dtype=np.float32)[None, :] + right
    moved = cv2.remap(
        plane,
        x.astype(np.float32),
        y.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(moved, np.float32)


def wipe(
    pictures: Sequence[Picture], rng: np.random.Generator, other: Sequence[Picture] = ()
) -> list[Picture]:
    """Edit transitions with hard edges, and pictures in the picture.

    Blocks that turn over at random or in a sweep, a checkerboard that opens, one or several boxes
    with other content that may move, a split screen.

    Args:
        pictures: What is shown first.
        rng: Source of randomness.
        other: What is shown next; without it, the same scene upside down in other colours.
    """
    second = [
        _other(picture, other[n % len(other)] if other else None)
        for n, picture in enumerate(pictures)
    ]
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return _boxes(pictures, second, rng)
    if kind == 1:
        return _split(pictures, second, rng)
    height, width = pictures[0].luma.shape
    cell = rng.uniform(max(height / 20, 6), max(height / 4, 8))
    down, across = int(height / cell) + 1, int(width / cell) + 1
    if kind == 2:
        order = rng.random((down, across))
        if rng.random() < 0.5:
            order = 0.3 * order + 0.7 * np.linspace(0, 1, across)[None, :]
        order = order.ravel().argsort().argsort().reshape(order.shape) / order.size
    row, column = (np.arange(height) / cell).astype(int), (np.arange(width) / cell).astype(int)
    begin, found = rng.uniform(0.05, 0.35), []
    pace = rng.uniform(0.3, 0.6) / max(len(pictures), 12)
    for number, (picture, new) in enumerate(zip(pictures, second, strict=True)):
        share = begin + pace * number
        if kind == 2:
            mask = (order < share)[np.ix_(row, column)]
        else:
            odd = (row % 2)[:, None]
            within = (np.arange(width)[None, :] / cell + odd) % 2 / 2
            mask = within < share
        found.append(mixed_by(picture, new, mask))
    return found


def _other(picture: Picture, given: Picture | None) -> Picture:
    if given is None:
        turned = picture.each(lambda plane: plane[::-1, ::-1].copy())
        if turned.chroma is None:
            return turned
        return turned.replaced(None, (turned.chroma[1], turned.chroma[0]))
    fitted = [
        np.asarray(resized(theirs, (mine.shape[1], mine.shape[0])), mine.dtype)
        for mine, theirs in zip(picture.planes, given.planes, strict=True)
    ]
    return coded(picture, fitted)


def _boxes(
    pictures: Sequence[Picture], second: Sequence[Picture], rng: np.random.Generator
) -> list[Picture]:
    """Reduced pictures in boxes anywhere, with a rim or without, still or sliding."""
    boxes = int(rng.integers(1, 6))
    share = rng.uniform(0.12, 0.45, boxes)
    place, slide = rng.uniform(0, 0.7, (boxes, 2)), rng.normal(0, 0.008, (boxes, 2))
    rim = int(rng.integers(0, 5))
    found = []
    for number, (picture, new) in enumerate(zip(pictures, second, strict=True)):
        frame, inner = as_rgb(picture), as_rgb(new)
        height, width = frame.shape[:2]
        for size, at in zip(share, place + slide * number, strict=True):
            tall, wide = max(int(height * size), 4), max(int(width * size), 4)
            top = int(np.clip(at[0] * height, 0, height - tall))
            left = int(np.clip(at[1] * width, 0, width - wide))
            box = frame[top : top + tall, left : left + wide]
            box[:] = 240
            small = cv2.resize(inner, (wide, tall), interpolation=cv2.INTER_AREA)
            box[rim : tall - rim, rim : wide - rim] = small[rim : tall - rim, rim : wide - rim]
        found.append(shown(frame, picture))
    return found


def _split(
    pictures: Sequence[Picture], second: Sequence[Picture], rng: np.random.Generator
) -> list[Picture]:
    """Strips of both in turns, upright or level; the edges may move."""
    parts, upright = int(rng.integers(2, 7)), rng.random() < 0.5
    pace = float(rng.choice([0.0, 0.004, 0.012]))
    shift = rng.uniform(0, 1)
    found = []
    for number, (picture, new) in enumerate(zip(pictures, second, strict=True)):
        height, width = picture.luma.shape
        length = width if upright else height
        strip = ((np.arange(length) / length + shift + pace * number) * parts).astype(int) % 2 == 1
        mask = np.broadcast_to(strip[None, :] if upright else strip[:, None], (height, width))
        found.append(mixed_by(picture, new, mask))
    return found
