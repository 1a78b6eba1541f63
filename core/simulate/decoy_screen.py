"""Decoys that fill the picture with patterns: slates, user interfaces, checks, sprites, moiré."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.decoy_drawn import write
from core.simulate.decoy_paint import Paint, as_rgb, laid, shown, turning
from core.simulate.kind import Picture

_BARS = (
    (191, 191, 191),
    (191, 191, 0),
    (0, 191, 191),
    (0, 191, 0),
    (191, 0, 191),
    (191, 0, 0),
    (0, 0, 191),
)
_LABELS = (
    "Name",
    "Status",
    "Owner",
    "Total",
    "12.4 %",
    "OK",
    "Running",
    "Export",
    "2026-03-14",
    "File",
)
_PLAIN_FONT = cv2.FONT_HERSHEY_SIMPLEX
_FARTHEST = 0.2


def slate(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Flat colours with hard edges: colour bars, panels, a weather chart, a program's window.

    A counter, a cursor or a scrolled list moves; on some of them the picture runs in a panel.
    """
    makers = (_bars, _panels, _interface)
    return makers[int(rng.choice(len(makers), p=[0.15, 0.25, 0.6]))](pictures, rng)


def _bars(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    height, width = pictures[0].luma.shape
    colors = np.array(_BARS, np.uint8)
    pick = np.arange(width) * len(colors) // width
    rgb: Paint = np.repeat(colors[pick][None], height, 0)
    low, last = int(height * 0.67), int(height * 0.75)
    rgb[low:last] = colors[::-1][pick] * (np.arange(width) * 7 // width % 2 == 0)[:, None]
    steps = np.arange(width) * int(rng.integers(5, 12)) // width
    rgb[last:] = (steps * (255 // max(int(steps.max()), 1)))[None, :, None]
    return _counted(pictures, rgb, rng)


def _counted(pictures: Sequence[Picture], rgb: Paint, rng: np.random.Generator) -> list[Picture]:
    """The same ground with a running time code in a black box."""
    height, width = pictures[0].luma.shape
    tall = max(height * 0.05, 6.0)
    left, bottom = int(width * rng.uniform(0.05, 0.4)), int(height * rng.uniform(0.3, 0.6))
    found = []
    for number, picture in enumerate(pictures):
        frame = rgb.copy()
        box = (left - int(tall * 0.4), bottom - int(tall * 1.4))
        cv2.rectangle(frame, box, (left + int(tall * 8.5), bottom + int(tall * 0.4)), (0, 0, 0), -1)
        text = f"10:00:{number // 25:02d}:{number % 25:02d}"
        write(frame, text, (left, bottom), tall, (255, 255, 255), _PLAIN_FONT)
        found.append(shown(frame, picture))
    return found


def _panels(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Rectangles of flat colours split again and again, and some of them change now and then."""
    height, width = pictures[0].luma.shape
    boxes = [(0, 0, height, width)]
    for _ in range(int(rng.integers(6, 40))):
        top, left, bottom, right = boxes.pop(
            int(np.argmax([(b - t) * (r - x) * rng.random() for t, x, b, r in boxes]))
        )
        share = rng.uniform(0.3, 0.7)
        if bottom - top > (right - left) * rng.uniform(0.4, 1.2):
            middle = int(top + (bottom - top) * share)
            boxes += [(top, left, middle, right), (middle, left, bottom, right)]
        else:
            middle = int(left + (right - left) * share)
            boxes += [(top, left, bottom, middle), (top, middle, bottom, right)]
    rgb: Paint = np.zeros((height, width, 3), np.uint8)
    for top, left, bottom, right in boxes:
        rgb[top:bottom, left:right] = rng.integers(0, 256, 3)
        if rng.random() < 0.3:
            place = (left + 3, (top + bottom) // 2)
            write(rgb, str(rng.choice(_LABELS)), place, height / 32, (255, 255, 255), _PLAIN_FONT)
    found = []
    for number, picture in enumerate(pictures):
        if number % 6 == 0:
            top, left, bottom, right = boxes[int(rng.integers(len(boxes)))]
            rgb[top:bottom, left:right] = rng.integers(0, 256, 3)
        found.append(shown(rgb, picture))
    return found


def _interface(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """A program's window: title, sidebar, cards, and a table that is scrolled; a cursor moves."""
    height, width = pictures[0].luma.shape
    dark = rng.random() < 0.5
    ground, ink = ((30, 32, 38), (220, 220, 220)) if dark else ((245, 246, 248), (40, 40, 44))
    accent = tuple(int(v) for v in rng.integers(30, 230, 3))
    line = max(int(height * rng.uniform(0.028, 0.05)), 7)
    rgb: Paint = np.full((height, width, 3), ground, np.uint8)
    bar, side = line * 2, int(width * rng.uniform(0.12, 0.25))
    rgb[:bar], rgb[bar:, :side] = accent, np.array(ground) * (0.8 if dark else 0.93)
    for row in range(bar + line, height, line * 2):
        text = str(rng.choice(_LABELS))
        write(rgb, text, (line // 2, row + line), line * 0.5, ink, _PLAIN_FONT)
    cards = int(rng.integers(2, 6))
    pitch, card = (width - side) // cards, int(height * 0.22)
    for index in range(cards):
        left = side + index * pitch + line // 2
        color = rng.integers(0, 256, 3).tolist()
        cv2.rectangle(rgb, (left, bar + line // 2), (left + pitch - line, bar + card), color, -1)
        write(
            rgb,
            str(rng.integers(10, 999)),
            (left + line, bar + card - line),
            line,
            ink,
            _PLAIN_FONT,
        )
    table = _table(rng, height * 2, max(width - side, 1), line, ground, ink)
    preview = rng.random() < 0.5
    top, pace = bar + card + line, int(rng.integers(1, 7))
    found = []
    for number, picture in enumerate(pictures):
        frame = rgb.copy()
        rolled = np.roll(table, -pace * number, axis=0)
        frame[top:, side:] = rolled[: max(height - top, 0)]
        if preview:
            _inset(frame, picture)
        at = np.array([width * (0.3 + 0.02 * number), height * (0.5 + 0.01 * number)])
        arrow = at + np.array([(0, 0), (0, 1.2), (0.8, 0.8)]) * line
        cv2.fillPoly(frame, [np.rint(arrow).astype(np.int32)], (255, 255, 255))
        found.append(shown(frame, picture))
    return found


def _table(
    rng: np.random.Generator,
    height: int,
    width: int,
    line: int,
    ground: Sequence[int],
    ink: Sequence[int],
) -> Paint:
    table: Paint = np.full((height, width, 3), ground, np.uint8)
    columns = int(rng.integers(3, 8))
    for row, top in enumerate(range(0, height, line)):
        if row % 2:
            table[top : top + line] = np.clip(np.array(ground) + 14, 0, 255)
        for column in range(columns):
            place = (column * width // columns + 4, top + line * 3 // 4)
            write(table, str(rng.choice(_LABELS)), place, line * 0.45, tuple(ink), _PLAIN_FONT)
            if rng.random() < 0.15:
                left, color = place[0] + line * 3, rng.integers(0, 256, 3).tolist()
                cv2.rectangle(table, (left, top + 2), (left + line, top + line - 2), color, -1)
    return table


def _inset(frame: Paint, picture: Picture) -> None:
    height, width = frame.shape[:2]
    tall, wide = int(height * 0.4), int(width * 0.4)
    small = cv2.resize(as_rgb(picture), (wide, tall), interpolation=cv2.INTER_AREA)
    top, left = int(height * 0.5), int(width * 0.5)
    frame[top : top + tall, left : left + wide] = small


def checker(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Patterns of small repeated parts: checks, a brick wall, a tower's windows, a wall of lamps.

    Seen straight or aslant, over all of the picture or one part, and the camera drifts. The wall of
    lamps shows the picture.
    """
    kind = int(rng.integers(0, 4))
    height, width = pictures[0].luma.shape
    cell = float(rng.uniform(3, max(height / 12, 8)))
    size = (height + height // 2, width + width // 2)
    texture = None if kind == 3 else (_checks, _bricks, _windows)[kind](rng, size, cell)
    lamp = int(rng.integers(3, 9))
    slope = rng.uniform(-0.18, 0.18, 8) if rng.random() < 0.6 else np.zeros(8)
    whole = rng.random() < 0.5
    drift = rng.normal(0, 1.5, 2)
    found = []
    for number, picture in enumerate(pictures):
        rgb = _lamps(as_rgb(picture), lamp) if texture is None else texture
        corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * (rgb.shape[1], rgb.shape[0])
        target = corners - (np.array([rgb.shape[1] - width, rgb.shape[0] - height]) / 2)
        target = target + slope.reshape(4, 2) * (width, height)
        target = target + turning(drift * number, (width * _FARTHEST, height * _FARTHEST))
        if not whole:
            target = target * 0.55 + (width * 0.22, height * 0.18)
        matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
        cover = np.full(rgb.shape[:2], 255, np.uint8)
        size_out = (width, height)
        warped = cv2.warpPerspective(rgb, matrix, size_out, flags=cv2.INTER_LINEAR)
        alpha = cv2.warpPerspective(cover, matrix, size_out, flags=cv2.INTER_LINEAR)
        found.append(laid(picture, np.asarray(warped, np.uint8), np.asarray(alpha, np.uint8)))
    return found


def _checks(rng: np.random.Generator, size: tuple[int, int], cell: float) -> Paint:
    rows, columns = (np.floor(np.arange(n) / cell).astype(int) for n in size)
    odd = (rows[:, None] + columns[None, :]) % 2
    return np.asarray(rng.integers(0, 256, (2, 3))[odd], np.uint8)


def _bricks(rng: np.random.Generator, size: tuple[int, int], cell: float) -> Paint:
    tall, wide, joint = max(cell, 5.0), max(cell, 5.0) * 2.4, max(cell / 7, 1.0)
    row = (np.arange(size[0]) / tall).astype(int)
    across = np.arange(size[1])[None, :] + (row % 2 * wide / 2)[:, None]
    column = (across / wide).astype(int)
    shade = rng.uniform(0.6, 1.15, (int(row.max()) + 1, int(column.max()) + 1))
    color = np.array(rng.choice([(150, 70, 50), (170, 150, 130), (120, 120, 125)]))
    rgb = color * shade[row[:, None], column][..., None]
    mortar = (np.arange(size[0])[:, None] % tall < joint) | (across % wide < joint)
    rgb[mortar] = (200, 195, 185)
    return np.asarray(np.clip(rgb + rng.normal(0, 7, (*size, 1)), 0, 255), np.uint8)


def _windows(rng: np.random.Generator, size: tuple[int, int], cell: float) -> Paint:
    tall, wide = max(cell * 1.5, 6.0), max(cell, 5.0)
    row, column = (np.arange(size[0]) / tall).astype(int), (np.arange(size[1]) / wide).astype(int)
    lit = rng.random((int(row.max()) + 1, int(column.max()) + 1, 1)) < rng.uniform(0.1, 0.8)
    glow = rng.uniform(0.4, 1.0, lit.shape) * np.array((255, 225, 160))
    panes = np.where(lit, glow, rng.integers(15, 70, 3))
    rgb = panes[row][:, column]
    frame = (np.arange(size[0]) % tall < tall * 0.35)[:, None] | (
        np.arange(size[1]) % wide < wide * 0.3
    )
    rgb[frame] = rng.integers(20, 190, 3)
    return np.asarray(rgb, np.uint8)


def _lamps(rgb: Paint, pitch: int) -> Paint:
    """A picture as a wall of round lamps shows it."""
    height, width = rgb.shape[:2]
    small = cv2.resize(rgb, (-(-width // pitch), -(-height // pitch)), interpolation=cv2.INTER_AREA)
    flat = np.repeat(np.repeat(small, pitch, 0), pitch, 1)[:height, :width]
    y, x = ((np.arange(n) % pitch + 0.5) / pitch - 0.5 for n in (height, width))
    spot = np.clip(1.6 - 3.2 * np.hypot(y[:, None], x[None, :]), 0.05, 1)
    return np.asarray(flat * spot[..., None], np.uint8)


def moire(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Interference of fine patterns: rings, gratings at two angles, a screen that was filmed."""
    height, width = pictures[0].luma.shape
    y, x = np.mgrid[:height, :width].astype(np.float32)
    kind = int(rng.integers(0, 3))
    middle = rng.uniform(0.2, 0.8, 2) * (height, width)
    rate = rng.uniform(0.3, 1.0) * np.pi / max(height, width)
    freq, angle = rng.uniform(0.8, 2.6, 2), rng.uniform(0, 3.1, 2)
    angle[1] = angle[0] + rng.uniform(0.02, 0.15)
    strength = rng.uniform(0.25, 0.9)
    colors = rng.integers(0, 256, (2, 3)).astype(np.float32)
    found = []
    for number, picture in enumerate(pictures):
        if kind == 0:
            wave = np.cos(rate * ((y - middle[0]) ** 2 + (x - middle[1] - number * 2) ** 2))
        else:
            at = [x * np.cos(a) + y * np.sin(a) for a in angle + number * 0.002]
            wave = np.cos(at[0] * freq[0]) * np.cos(at[1] * (freq[0] * 1.03) + number * 0.4)
        if kind == 2:
            wave = np.sign(wave)
        share = ((wave + 1) * 0.5)[..., None].astype(np.float32)
        rgb = np.asarray(colors[0] + share * (colors[1] - colors[0]), np.uint8)
        found.append(laid(picture, rgb, np.full((height, width), strength, np.float32)))
    return found


def sprites(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """An old video game: a scrolled map of tiles in few colours, and figures that walk on it."""
    height, width = pictures[0].luma.shape
    dot = int(rng.integers(2, max(height // 90, 3) + 2))
    side = int(rng.choice([8, 12, 16]))
    palette = rng.integers(0, 256, (12, 3)).astype(np.uint8)
    tiles = np.stack([_bitmap(rng, side, palette, mirrored=False) for _ in range(9)])
    down, across = -(-height // (side * dot)) + 1, -(-width // (side * dot)) * 2 + 1
    level = rng.choice(9, (down, across), p=[0.45, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05])
    ground = tiles[level].transpose(0, 2, 1, 3, 4).reshape(down * side, across * side, 3)
    figures = [_bitmap(rng, side, palette, mirrored=True) for _ in range(int(rng.integers(4, 25)))]
    place = rng.random((len(figures), 2)) * (height / dot, width / dot)
    speed = rng.normal(0, 1.2, place.shape)
    pace = int(rng.integers(0, 4))
    found = []
    for number, picture in enumerate(pictures):
        screen = np.roll(ground, -pace * number, axis=1)[
            : -(-height // dot), : -(-width // dot)
        ].copy()
        for figure, at in zip(figures, place + speed * number, strict=True):
            top, left = (int(v) % n for v, n in zip(at, screen.shape[:2], strict=True))
            part = screen[top : top + side, left : left + side]
            shape = figure[: part.shape[0], : part.shape[1]]
            np.copyto(part, shape, where=shape.any(axis=2, keepdims=True))
        big = np.repeat(np.repeat(screen, dot, 0), dot, 1)[:height, :width]
        found.append(shown(np.ascontiguousarray(big), picture))
    return found


def _bitmap(
    rng: np.random.Generator, side: int, palette: NDArray[np.uint8], *, mirrored: bool
) -> Paint:
    """A tile (all covered, half of them flat with a rim) or a figure (mirrored, on nothing)."""
    colors = palette[rng.integers(0, len(palette), 4)]
    if mirrored:
        half = rng.random((side, side // 2)) < 0.6
        pick = rng.integers(0, 3, half.shape)
        left = colors[pick] * half[..., None]
        return np.asarray(np.hstack([left, left[:, ::-1]]), np.uint8)
    pick = np.zeros((side, side), np.int64)
    if rng.random() < 0.6:
        pick = (rng.random((side, side)) < 0.25).astype(np.int64)
    pick[0], pick[:, 0] = 2, 2
    return np.asarray(colors[pick], np.uint8)
