"""Decoys that are drawn over a picture: crowds, confetti, weather and lettering."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.decoy_paint import Paint, as_rgb, laid, painted
from core.simulate.kind import Picture

_WORDS = (
    "and then we went down to the river where nobody had been before",
    "It was not what she said, it was the way she looked at me.",
    "BREAKING NEWS: markets close higher after a day of heavy trading",
    "Dr. Anna Lindqvist, marine biologist",
    "LIVE  21:45  HARBOUR BRIDGE CAM 4",
    "- Where are you going? - Home. It is late.",
    "Next: the weather for the weekend, with wind from the north-west",
)
_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
)


def crowd(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Hundreds of small people that move: a grandstand in its seats, a march, or a wall of screens.

    The stand fills the picture or its lower part with people in rows that bob each for themselves;
    the march has people of all sizes walking; the wall shows small copies of the picture itself,
    each at another time and in another tint.
    """
    kind = rng.integers(0, 3)
    if kind == 0:
        return _grandstand(pictures, rng)
    return _march(pictures, rng) if kind == 1 else _tiles(pictures, rng)


def _person(rng: np.random.Generator, height: int) -> Paint:
    """Head, body, arms and legs, RGBA, half as wide as high."""
    scale = 4
    tall, wide = height * scale, max(height // 2, 2) * scale
    sprite: Paint = np.zeros((tall, wide, 4), np.uint8)
    shirt, legs = (tuple(int(v) for v in rng.integers(10, 250, 3)) for _ in range(2))
    skin = tuple(int(v * rng.uniform(0.35, 1.0)) for v in (255, 214, 180))
    middle = wide // 2
    lean = int(rng.uniform(-0.12, 0.12) * wide)
    stride = max(int(wide * rng.uniform(0.08, 0.3)), 1)
    hip, limb = int(tall * 0.58), max(wide // 6, 1)
    for side in (-1, 1):
        foot = (middle + side * stride, tall - 1)
        cv2.line(sprite, (middle, hip), foot, (*legs, 255), limb)
        hand = (middle + int(side * wide * 0.42), int(tall * rng.uniform(0.1, 0.6)))
        cv2.line(sprite, (middle, int(tall * 0.3)), hand, (*shirt, 255), limb)
    cv2.ellipse(
        sprite, (middle, int(tall * 0.42)), (wide // 4 + 1, tall // 5), 0, 0, 360, (*shirt, 255), -1
    )
    cv2.circle(sprite, (middle + lean, int(tall * 0.14)), max(tall // 9, 1), (*skin, 255), -1)
    small = cv2.resize(sprite, (wide // scale, height), interpolation=cv2.INTER_AREA)
    noise = rng.integers(-25, 26, (*small.shape[:2], 1))
    small[..., :3] = np.clip(small[..., :3] + noise, 0, 255)
    return np.asarray(small, np.uint8)


def _grandstand(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    first = pictures[0]
    tall = int(rng.integers(max(first.height // 40, 6), max(first.height // 14, 8)))
    wide = max(tall // 2, 3)
    pitch = int(tall * rng.uniform(0.45, 0.7)) + 1
    sprites = [_person(rng, tall) for _ in range(40)]
    top = 0 if rng.random() < 0.5 else int(first.height * rng.uniform(0.2, 0.6))
    rows = range(top, first.height + tall, pitch)
    across = first.width // wide + 3
    who = rng.integers(0, len(sprites), (len(rows), across))
    phase = rng.uniform(0, 6.3, (len(rows), across))
    shift = rng.integers(0, wide, len(rows))
    bounce = max(tall * rng.uniform(0.04, 0.16), 1.0)
    found = []
    for number, picture in enumerate(pictures):
        layer: Paint = np.zeros((first.height + 3 * tall, first.width + 4 * wide, 4), np.uint8)
        layer[top + tall : first.height + tall] = (25, 25, 32, 255)
        for row, y in enumerate(rows):
            strip = _strip(sprites, who[row], phase[row] + number * 0.7, bounce, tall)
            _stamp(layer, strip[:, shift[row] :], y, 0)
        found.append(painted(picture, _window(layer, picture, tall, wide)))
    return found


def _strip(
    sprites: Sequence[Paint],
    who: NDArray[np.int64],
    phase: NDArray[np.float64],
    bounce: float,
    tall: int,
) -> Paint:
    """People side by side, each as far up as their phase says."""
    up = np.rint((np.sin(phase) + 1) * 0.5 * bounce).astype(int)
    bank = np.stack(sprites)[who]
    rows = (np.arange(tall)[None, :] + up[:, None]).clip(0, tall - 1)
    moved = np.take_along_axis(bank, rows[:, :, None, None], axis=1)
    return np.asarray(np.hstack(list(moved)), np.uint8)


def _stamp(layer: Paint, sprite: Paint, y: int, x: int) -> None:
    """Lay a sprite over a layer, hiding what is below; what lies outside is left off."""
    place = layer[max(y, 0) : y + sprite.shape[0], max(x, 0) : x + sprite.shape[1]]
    if place.size == 0:
        return
    part = sprite[max(-y, 0) :, max(-x, 0) :][: place.shape[0], : place.shape[1]]
    place = place[: part.shape[0], : part.shape[1]]
    np.copyto(place, part, where=part[..., 3:] > 100)


def _window(layer: Paint, picture: Picture, top: int, left: int) -> Paint:
    return layer[top : top + picture.height, left : left + picture.width]


def _march(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    first = pictures[0]
    count = int(rng.integers(200, 500))
    smallest = max(first.height // 50, 5)
    feet = np.sort(first.height * rng.uniform(0.1, 1.15, count) ** 0.9)
    sizes = np.linspace(smallest, max(first.height // 7, smallest + 2), 12).astype(int)
    banks = [[_person(rng, int(size)) for _ in range(10)] for size in sizes]
    pick = np.clip(feet / first.height * 11, 0, 11).astype(int)
    who = rng.integers(0, 10, count)
    across = rng.uniform(-0.05, 1.05, count) * first.width
    pace = rng.choice([-1, 1], count) * rng.uniform(0.02, 0.12, count) * sizes[pick]
    found = []
    for number, picture in enumerate(pictures):
        layer: Paint = np.zeros((first.height, first.width, 4), np.uint8)
        x = (across + pace * number) % (first.width * 1.1) - first.width * 0.05
        for one in range(count):
            sprite = banks[pick[one]][(who[one] + number // 3) % 10]
            _stamp(layer, sprite, int(feet[one]) - sprite.shape[0], int(x[one]))
        found.append(painted(picture, layer))
    return found


def _tiles(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    first = pictures[0]
    down = int(rng.integers(3, 14))
    across = max(round(down * rng.uniform(0.8, 1.5)), 2)
    tall, wide = -(-first.height // down), -(-first.width // across)
    gap = int(rng.integers(0, 3))
    late = rng.integers(0, len(pictures), (down, across))
    tint = rng.uniform(0.5, 1.15, (down, across, 1, 1, 3)).astype(np.float32)
    small = np.stack(
        [cv2.resize(as_rgb(p), (wide, tall), interpolation=cv2.INTER_AREA) for p in pictures]
    )
    turned = rng.random((down, across, 1, 1, 1)) < 0.4
    found = []
    for number, picture in enumerate(pictures):
        each = small[(late + number) % len(pictures)]
        each = np.where(turned, each[:, :, :, ::-1], each) * tint
        if gap:
            each[:, :, -gap:], each[:, :, :, -gap:] = 8, 8
        whole = np.clip(each, 0, 255).astype(np.uint8).transpose(0, 2, 1, 3, 4)
        rgb = whole.reshape(down * tall, across * wide, 3)[: picture.height, : picture.width]
        found.append(laid(picture, rgb, np.ones(rgb.shape[:2], np.float32)))
    return found


def confetti(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Slips of coloured paper or foil that fall and turn, sharp edged, many at once."""
    first = pictures[0]
    count = int(rng.integers(120, 600))
    side = rng.uniform(0.006, 0.035, count) * first.height + 1.5
    place = rng.random((count, 2)) * (first.width * 1.1, first.height * 1.2)
    speed = np.stack([rng.normal(0, 0.4, count), rng.uniform(0.4, 1.3, count)], 1) * side[:, None]
    turn, spin = rng.uniform(0, 6.3, (2, count)), rng.normal(0, 0.35, (2, count))
    colors = _vivid(rng, count)
    corners = np.array([(-1, -0.6), (1, -0.6), (1, 0.6), (-1, 0.6)])
    found = []
    for number, picture in enumerate(pictures):
        layer: Paint = np.zeros((first.height, first.width, 4), np.uint8)
        angle, tilt = turn + spin * number
        at = (place + speed * number) % (first.width * 1.1, first.height * 1.2) - side.max()
        flat = corners[None] * np.stack([np.ones(count), np.cos(tilt)], 1)[:, None]
        cos, sin = np.cos(angle), np.sin(angle)
        matrix = np.stack([np.stack([cos, sin], 1), np.stack([-sin, cos], 1)], 1)
        shape = (flat @ matrix) * side[:, None, None] + at[:, None]
        light = 0.55 + 0.45 * np.abs(np.cos(tilt))
        for one in range(count):
            color = (*(int(v * light[one]) for v in colors[one]), 255)
            cv2.fillConvexPoly(layer, np.rint(shape[one] * 8).astype(np.int32), color, 16, 3)
        found.append(painted(picture, layer))
    return found


def _vivid(rng: np.random.Generator, count: int) -> NDArray[np.uint8]:
    """Saturated RGB colours of a few hues, shape (count, 3)."""
    hues = rng.integers(0, 180, int(rng.integers(2, 9)))
    hsv = np.stack(
        [rng.choice(hues, count), rng.integers(120, 256, count), rng.integers(170, 256, count)], 1
    )
    return np.asarray(cv2.cvtColor(hsv[None].astype(np.uint8), cv2.COLOR_HSV2RGB)[0])


def rain(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Streaks of rain, near ones long and blurred, new ones in every frame."""
    first = pictures[0]
    count = int(rng.integers(300, 1200))
    slant = rng.normal(0, 0.25)
    strength = rng.uniform(0.3, 0.7)
    found = []
    for picture in pictures:
        alpha = np.zeros((first.height, first.width), np.uint8)
        near = rng.beta(1, 4, count)
        start = rng.uniform(-0.1, 1.05, (count, 2)) * (first.width, first.height)
        length = first.height * (0.02 + 0.16 * near)
        end = start + np.stack([length * slant, length], 1)
        lines = np.rint(np.stack([start, end], 1) * 8).astype(np.int32)
        for line, close in zip(lines, near, strict=True):
            level = int(255 * strength * (0.4 + 0.6 * close))
            cv2.line(alpha, line[0].tolist(), line[1].tolist(), level, 1 + int(3 * close), 16, 3)
        soft = cv2.GaussianBlur(alpha, (0, 0), 0.7)
        found.append(laid(picture, _plain(picture, (205, 212, 222)), soft))
    return found


def snow(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """Flakes of all sizes that drift down, large ones out of focus."""
    first = pictures[0]
    count = int(rng.integers(200, 1200))
    near = rng.beta(1, 5, count)
    place = rng.random((count, 2)) * (first.width, first.height)
    speed = np.stack([rng.normal(0.3, 0.4, count), rng.uniform(0.7, 1.4, count)], 1)
    speed *= (first.height * (0.004 + 0.03 * near))[:, None]
    radius = first.height * (0.0015 + 0.016 * near) + 0.4
    found = []
    for number, picture in enumerate(pictures):
        sharp, soft = np.zeros((2, first.height, first.width), np.uint8)
        at = (place + speed * number + rng.normal(0, 0.4, place.shape)) % (
            first.width,
            first.height,
        )
        for center, size, close in zip(at, radius, near, strict=True):
            target, level = (soft, 150) if close > 0.3 else (sharp, 235)
            middle = np.rint(center * 8).astype(int).tolist()
            cv2.circle(target, middle, int(size * 8), level, -1, 16, 3)
        blurred = cv2.GaussianBlur(soft, (0, 0), max(first.height * 0.005, 0.5))
        found.append(laid(picture, _plain(picture, (240, 243, 248)), cv2.max(sharp, blurred)))
    return found


def _plain(picture: Picture, color: tuple[int, int, int]) -> Paint:
    return np.full((picture.height, picture.width, 3), color, np.uint8)


def subtitle(pictures: Sequence[Picture], rng: np.random.Generator) -> list[Picture]:
    """What stations lay over pictures: captions on opaque boxes, bugs, tickers, lower thirds."""
    makers = (_caption, _bug, _ticker, _lower_third)
    chosen = rng.choice(len(makers), int(rng.integers(1, len(makers) + 1)), replace=False)
    layer: Paint = np.zeros((pictures[0].height, pictures[0].width, 4), np.uint8)
    tickers = []
    for index in sorted(int(i) for i in chosen):
        if makers[index] is _ticker:
            tickers.append(_ticker(layer, rng))
        else:
            makers[index](layer, rng)
    found = []
    for number, picture in enumerate(pictures):
        for top, strip, pace in tickers:
            rolled = np.roll(strip, -pace * number, axis=1)
            layer[top : top + strip.shape[0]] = rolled[: layer.shape[0] - top, : layer.shape[1]]
        found.append(painted(picture, layer))
    return found


def _color(rng: np.random.Generator, low: int = 0, high: int = 256) -> tuple[int, int, int, int]:
    red, green, blue = (int(v) for v in rng.integers(low, high, 3))
    return red, green, blue, 255


def write(
    layer: Paint, text: str, at: tuple[int, int], tall: float, color: Sequence[int], font: int
) -> int:
    """Write a line of text on paint.

    Args:
        layer: RGB or RGBA; written on.
        text: ASCII.
        at: Column and row of the lower left corner.
        tall: Height of capitals in pixels.
        color: As many values as the paint has channels.
        font: OpenCV's number.

    Returns:
        How many columns the text takes.
    """
    size, stroke = tall / 22, max(round(tall / 9), 1)
    cv2.putText(layer, text, at, font, size, tuple(color), stroke, cv2.LINE_AA)
    return int(cv2.getTextSize(text, font, size, stroke)[0][0])


def _caption(layer: Paint, rng: np.random.Generator) -> None:
    height, width = layer.shape[:2]
    tall = max(height * rng.uniform(0.025, 0.045), 5.0)
    font = int(rng.choice(_FONTS))
    ground = (0, 0, 0, 255) if rng.random() < 0.7 else _color(rng, 0, 120)
    color = (255, 255, 255, 255) if rng.random() < 0.6 else _color(rng, 150)
    row = int(height * rng.uniform(0.78, 0.93))
    for line in range(int(rng.integers(1, 3))):
        words = _WORDS[int(rng.integers(len(_WORDS)))].split()
        text = " ".join(words[: int(rng.integers(3, 8))])
        probe = np.zeros((1, 1, 4), np.uint8)
        wide = write(probe, text, (0, 0), tall, color, font)
        left, bottom = max((width - wide) // 2, 0), row - int(line * tall * 1.9)
        box = (left - int(tall * 0.5), bottom - int(tall * 1.4))
        cv2.rectangle(
            layer, box, (left + wide + int(tall * 0.5), bottom + int(tall * 0.5)), ground, -1
        )
        write(layer, text, (left, bottom), tall, color, font)


def _bug(layer: Paint, rng: np.random.Generator) -> None:
    height, width = layer.shape[:2]
    side = max(int(height * rng.uniform(0.06, 0.14)), 8)
    left = side // 2 if rng.random() < 0.5 else width - 2 * side
    top, color = side // 2, _color(rng)
    if rng.random() < 0.5:
        cv2.rectangle(layer, (left, top), (left + side, top + side), color, -1)
    else:
        cv2.circle(layer, (left + side // 2, top + side // 2), side // 2, color, -1)
    light = (255, 255, 255, 255)
    write(
        layer,
        str(rng.integers(1, 10)),
        (left + side // 3, top + side * 3 // 4),
        side * 0.5,
        light,
        1,
    )


def _ticker(layer: Paint, rng: np.random.Generator) -> tuple[int, Paint, int]:
    """The row it begins in, a strip longer than the picture is wide, and columns a frame."""
    height, width = layer.shape[:2]
    tall = max(int(height * rng.uniform(0.05, 0.09)), 8)
    strip: Paint = np.full((tall, width * 2, 4), _color(rng), np.uint8)
    column = 0
    while column < width * 2:
        text = "  +++  " + _WORDS[int(rng.integers(len(_WORDS)))].upper()
        place = (column, int(tall * 0.72))
        column += write(
            strip, text, place, tall * 0.45, (255, 255, 255, 255), cv2.FONT_HERSHEY_DUPLEX
        )
    return height - tall - int(height * 0.02), strip, int(rng.integers(2, 9))


def _lower_third(layer: Paint, rng: np.random.Generator) -> None:
    height, width = layer.shape[:2]
    top, tall = int(height * rng.uniform(0.62, 0.72)), max(int(height * 0.075), 8)
    left, right = int(width * 0.06), int(width * rng.uniform(0.45, 0.9))
    cv2.rectangle(layer, (left, top), (right, top + tall), _color(rng), -1)
    cv2.rectangle(
        layer, (left, top + tall), (right - tall * 2, top + tall * 7 // 4), _color(rng), -1
    )
    cv2.rectangle(layer, (left, top), (left + tall // 3, top + tall * 7 // 4), _color(rng), -1)
    text = _WORDS[int(rng.integers(len(_WORDS)))][: int(rng.integers(10, 30))]
    write(layer, text, (left + tall // 2, top + tall * 3 // 4), tall * 0.5, (255, 255, 255, 255), 2)
