"""Drawn scenes: clean moving pictures of many kinds, made by code, the same every time.

A scene is built once (its textures cost a second) and then draws any of its frames. Together
they hold what detectors must keep quiet about: dark detail, crowds, fast motion, rain, glitter.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import pi, sin
from typing import ClassVar

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.texture import (
    Grain,
    Picture,
    fractal_noise,
    gradient,
    over,
    shifted,
    tint,
)

WIDTH, HEIGHT, RATE = 1280, 720, 25


class Scene(ABC):
    """One kind of picture.

    Args:
        seed: The same seed gives the same pixels.
    """

    name: ClassVar[str]
    grain: ClassVar[float] = 2.5

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, len(self.name), ord(self.name[0])])
        self._grain = Grain(seed, HEIGHT, WIDTH, self.grain)
        self.build()

    @abstractmethod
    def build(self) -> None:
        """Make the textures, once."""

    @abstractmethod
    def paint(self, frame: int) -> Picture:
        """The clean picture `frame` frames after the cut."""

    def draw(self, frame: int) -> Picture:
        """The picture with grain: uint8 RGB, shape (720, 1280, 3)."""
        return self._grain.add(self.paint(frame), frame)


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """A wide strip that moves past at `speed` pixels a frame, its first row at `top`."""

    body: Picture
    alpha: NDArray[np.uint8]
    top: int
    speed: float

    def lay_over(self, picture: Picture, frame: int) -> None:
        x, height = frame * self.speed, self.body.shape[0]
        picture[self.top :] = over(
            picture[self.top :],
            shifted(self.body, x, 0, WIDTH, height),
            shifted(self.alpha, x, 0, WIDTH, height),
        )


class Hills(Scene):
    """Five ridges under a drifting sky, in parallax."""

    name = "hills"

    def build(self) -> None:
        """Paint the sky, the clouds and each ridge."""
        rng = self.rng
        self._sky = gradient(
            HEIGHT, WIDTH, ((0, (74, 118, 178)), (0.55, (244, 190, 150)), (1, (250, 226, 190)))
        ).astype(np.uint8)
        cv2.circle(self._sky, (930, 300), 54, (255, 244, 214), -1, cv2.LINE_AA)
        self._sky = np.asarray(cv2.GaussianBlur(self._sky, (0, 0), 2), np.uint8)
        cloud = fractal_noise(rng, 420, WIDTH + 500, 200, 6)
        fade = np.linspace(1, 0, 420, dtype=np.float32)[:, None]
        self._cloud = (np.clip((cloud - 0.5) * 3.2, 0, 0.9) * fade * 255).astype(np.uint8)
        self._white = np.full((420, WIDTH, 3), (255, 246, 236), np.uint8)
        self._ridges = [self._ridge(k) for k in range(5)]

    def _ridge(self, k: int) -> _Layer:
        rng, width = self.rng, WIDTH + 900
        depth = k / 4
        x = np.arange(width)
        line = np.full(width, 330 + 82.0 * k)
        for octave in range(6):
            length = 700 / 2**octave * (0.7 + 0.3 * rng.random())
            line += (74 - 6 * k) * 0.52**octave * np.sin(x / length * 2 * pi + rng.random() * 9)
        rows = np.arange(HEIGHT)[:, None]
        alpha = (np.clip(rows - line[None, :], 0, 1) * 255).astype(np.uint8)
        texture = fractal_noise(rng, HEIGHT, width, 24 + 12 * k, 5)
        far, near = np.array((150, 150, 178)), np.array((26, 58, 34))
        base = far + (near - far) * depth
        body = tint(texture, base * 0.72, np.minimum(base + 46 * (0.35 + depth), 255))
        top = max(int(line.min()) - 2, 0)
        return _Layer(body[top:], alpha[top:], top, 0.35 + 2.6 * depth**1.7)

    def paint(self, frame: int) -> Picture:
        """Drift the sky slowly, the near ridge fast."""
        picture = self._sky.copy()
        drift = shifted(self._cloud, frame * 0.45, 0, WIDTH, 420)
        picture[:420] = over(picture[:420], self._white, drift)
        for ridge in self._ridges:
            ridge.lay_over(picture, frame)
        return picture


class City(Scene):
    """A street at night: dark, full of small lights."""

    name = "city"
    grain = 2.0

    def build(self) -> None:
        """Stack rows of houses with lit windows before a dim sky."""
        rng, width = self.rng, WIDTH + 400
        self._sky = gradient(HEIGHT, WIDTH, ((0, (10, 12, 26)), (1, (44, 34, 52)))).astype(np.uint8)
        self._layers: list[_Layer] = []
        for k in range(3):
            body = np.zeros((HEIGHT, width, 3), np.uint8)
            alpha = np.zeros((HEIGHT, width), np.uint8)
            x = -20
            while x < width:
                wide, top = (
                    int(rng.integers(70, 170)),
                    int(rng.integers(150 + 90 * k, 360 + 70 * k)),
                )
                shade = int(rng.integers(14, 26)) + 6 * (2 - k)
                body[top:, max(x, 0) : x + wide] = (shade, shade, shade + 8)
                alpha[top:, max(x, 0) : x + wide] = 255
                self._windows(body, x, top, wide, k)
                x += wide + int(rng.integers(0, 18))
            wall = fractal_noise(rng, HEIGHT, width, 32, 4)[..., None]
            body = np.asarray(np.clip(body * (0.75 + 0.5 * wall), 0, 255), np.uint8)
            top = 150 + 70 * k
            self._layers.append(_Layer(body[top:], alpha[top:], top, 0.3 + 0.55 * k))
        self._cars = rng.random((26, 3))

    def _windows(self, body: Picture, x: int, top: int, wide: int, k: int) -> None:
        rng, size = self.rng, 6 + 3 * k
        for row in range(top + 10, HEIGHT - 90, size * 2 + 2):
            for column in range(max(x, 0) + 8, x + wide - size, size * 2):
                if rng.random() < 0.36:
                    warm = rng.random()
                    glow = 0.45 + 0.55 * rng.random()
                    color = np.array((250, 196 + 40 * warm, 110 + 120 * warm)) * glow
                    body[row : row + size + 3, column : column + size] = color.astype(np.uint8)

    def paint(self, frame: int) -> Picture:
        """Pan along the street while cars pass."""
        picture = self._sky.copy()
        for layer in self._layers:
            layer.lay_over(picture, frame)
        picture[650:] = picture[650:] // 3
        for lane, speed, start in self._cars:
            away = lane < 0.5
            step = (5 + 7 * speed) * (1 if away else -1)
            x = int((start * 1500 + frame * step) % 1500) - 110
            y = int(664 + 44 * lane)
            color = (214, 36, 30) if away else (255, 240, 206)
            cv2.ellipse(picture, (x, y), (16, 3), 0, 0, 360, color, -1, cv2.LINE_AA)
            cv2.circle(picture, (x + (14 if away else -14), y), 4, color, -1, cv2.LINE_AA)
        return picture


class Train(Scene):
    """The view from a train: everything rushes by."""

    name = "train"

    def build(self) -> None:
        """Weave fields, hedges and poles into long strips."""
        rng = self.rng
        self._sky = gradient(HEIGHT, WIDTH, ((0, (96, 146, 206)), (1, (214, 228, 240)))).astype(
            np.uint8
        )
        self._strips: list[tuple[Picture, int, float]] = []
        greens = (
            ((96, 132, 92), (150, 176, 122)),
            ((74, 110, 52), (172, 178, 84)),
            ((30, 64, 30), (104, 142, 66)),
            ((58, 48, 38), (150, 136, 116)),
        )
        for k, (dark, light) in enumerate(greens):
            height = (90, 110, 150, 120)[k]
            noise = fractal_noise(rng, height, 4096, 12 + 10 * k, 5)
            self._strips.append((tint(noise, dark, light), 300 + (0, 70, 160, 300)[k], 4 + 9 * k))

    def paint(self, frame: int) -> Picture:
        """Move each strip at its own speed; a pole flashes past every second and a half."""
        picture = self._sky.copy()
        for strip, top, speed in self._strips:
            offset = int(frame * speed) % (4096 - WIDTH)
            height = min(strip.shape[0], HEIGHT - top)
            picture[top : top + height] = strip[:height, offset : offset + WIDTH]
        sway = round(3 * sin(frame / 7))
        for k in range(2):
            x = WIDTH + 90 - (frame * 46 + k * 860) % 1720
            cv2.rectangle(picture, (x, 60 + sway), (x + 17, HEIGHT), (52, 46, 44), -1)
            cv2.line(
                picture, (x - 60, 120 + sway), (x + 77, 120 + sway), (52, 46, 44), 7, cv2.LINE_AA
            )
        return picture


class Water(Scene):
    """Evening light on water."""

    name = "water"

    def build(self) -> None:
        """Prepare two wave textures and the colours of the water."""
        rng = self.rng
        self._waves = [
            (fractal_noise(rng, HEIGHT + 400, WIDTH + 600, 70 + 40 * k, 6) * 255).astype(np.uint8)
            for k in range(2)
        ]
        lookup = gradient(256, 1, ((0, (10, 38, 66)), (0.6, (40, 98, 128)), (1, (196, 200, 190))))
        self._colors = lookup.astype(np.uint8).reshape(1, 256, 3)
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        path = np.exp(-(((x - 700) / (60 + 0.35 * y)) ** 2))
        self._path = (path * 255).astype(np.uint8)
        self._gold = np.full((HEIGHT, WIDTH, 3), (255, 214, 140), np.uint8)

    def paint(self, frame: int) -> Picture:
        """Let the textures cross; where they meet high, the sun glitters."""
        first = shifted(self._waves[0], 40 + frame * 0.9, 200 - frame * 0.5, WIDTH, HEIGHT)
        second = shifted(self._waves[1], 400 - frame * 0.8, 30 + frame * 0.35, WIDTH, HEIGHT)
        swell = cv2.addWeighted(first, 0.55, second, 0.55, -14)
        colored = cv2.LUT(cv2.merge([swell, swell, swell]), self._colors)
        ridge = cv2.subtract(np.full_like(first, 255), cv2.absdiff(first, second))
        spark = cv2.threshold(ridge, 246, 255, cv2.THRESH_TOZERO)[1]
        glitter = cv2.multiply(cv2.GaussianBlur(spark, (3, 3), 0), self._path, scale=1 / 255)
        return over(np.asarray(colored, np.uint8), self._gold, np.asarray(glitter, np.uint8))


class Crowd(Scene):
    """Confetti over a crowd: what simple signal processing takes for corruption."""

    name = "crowd"

    def build(self) -> None:
        """Scatter people and paper."""
        rng = self.rng
        self._hall = gradient(
            HEIGHT, WIDTH, ((0, (40, 22, 58)), (0.5, (120, 46, 84)), (1, (26, 18, 34)))
        ).astype(np.uint8)
        self._people = rng.random((260, 5))
        self._people[:, 1].sort()
        self._paper = rng.random((420, 6))

    def paint(self, frame: int) -> Picture:
        """Bounce the heads, let the paper fall and turn."""
        picture = self._hall.copy()
        sweep = int(640 + 520 * sin(frame / 23))
        beam = np.array(
            [
                [sweep - 40, 0],
                [sweep + 40, 0],
                [WIDTH - sweep + 240, HEIGHT],
                [WIDTH - sweep - 240, HEIGHT],
            ]
        )
        glow = np.zeros_like(picture)
        cv2.fillConvexPoly(glow, beam, (70, 64, 44), cv2.LINE_AA)
        picture = np.asarray(cv2.add(picture, glow), np.uint8)
        for x, y, size, tone, phase in self._people:
            top = 380 + 330 * y + 9 * sin(frame / 3.2 + phase * 6.28)
            radius = int(9 + 26 * y + 5 * size)
            centre = (int(x * (WIDTH + 60)) - 30, int(top))
            skin = tuple(int(v * (0.25 + 0.6 * tone)) for v in (236, 190, 160))
            coat = tuple(int(40 + 130 * v) for v in (tone, size, phase))
            body = (centre[0], centre[1] + int(radius * 2.3))
            cv2.ellipse(picture, body, (int(radius * 1.5), radius * 2), 0, 0, 360, coat, -1)
            cv2.circle(picture, centre, radius, skin, -1, cv2.LINE_AA)
        for x, y, speed, hue, phase, size in self._paper:
            fall = int((y * 900 + frame * (3 + 5 * speed)) % 900) - 90
            side = int(x * WIDTH + 26 * sin(frame / 9 + phase * 6.28))
            color = tuple(int(150 + 105 * sin(6.28 * (hue + k / 3))) for k in range(3))
            box = cv2.boxPoints(
                (
                    (side, fall),
                    (5 + 7 * size, 2 + 6 * abs(sin(frame / 5 + phase * 9))),
                    (phase * 360 + frame * 9) % 360,
                )
            )
            cv2.fillConvexPoly(picture, box.astype(np.int32), color, cv2.LINE_AA)
        return picture


class Rain(Scene):
    """Rain before a dark wood."""

    name = "rain"

    def build(self) -> None:
        """Grow trunks and foliage, and a sheet of drops."""
        rng = self.rng
        wood = tint(fractal_noise(rng, HEIGHT, WIDTH + 300, 120, 7), (12, 24, 22), (92, 122, 88))
        for _ in range(34):
            x, wide = int(rng.integers(0, WIDTH + 300)), int(rng.integers(8, 34))
            bark = tint(fractal_noise(rng, HEIGHT, wide, 8, 3), (24, 20, 18), (74, 62, 52))
            right = min(x + wide, WIDTH + 300)
            wood[:, x:right] = bark[:, : right - x]
        leaves = fractal_noise(rng, HEIGHT, WIDTH + 300, 46, 5)
        alpha = (np.clip((leaves - 0.52) * 5, 0, 1) * 255).astype(np.uint8)
        green = tint(fractal_noise(rng, HEIGHT, WIDTH + 300, 10, 3), (30, 62, 34), (124, 156, 88))
        self._wood = over(wood, green, alpha)
        drops = np.zeros((HEIGHT * 2, WIDTH + 200), np.uint8)
        for x, y, length in zip(
            rng.integers(0, WIDTH + 200, 900),
            rng.integers(0, HEIGHT * 2, 900),
            rng.integers(14, 40, 900),
            strict=True,
        ):
            cv2.line(drops, (int(x), int(y)), (int(x) - 4, int(y + length)), 120, 1, cv2.LINE_AA)
        self._drops = drops
        self._pale = np.full((HEIGHT, WIDTH, 3), (206, 220, 228), np.uint8)

    def paint(self, frame: int) -> Picture:
        """Sway the wood, let the drops fall fast."""
        back = shifted(self._wood, 100 + 40 * sin(frame / 60), 3 * sin(frame / 31), WIDTH, HEIGHT)
        fall = HEIGHT - (frame * 43) % HEIGHT
        return over(
            back,
            self._pale,
            np.ascontiguousarray(self._drops[fall : fall + HEIGHT, 60 : 60 + WIDTH]),
        )


class Slate(Scene):
    """Words over slowly moving light: the opening and the end.

    Args:
        seed: The same seed gives the same pixels.
        lines: What to write, the first line large.
    """

    name = "slate"

    def __init__(self, seed: int, lines: tuple[str, ...]) -> None:
        self._lines = lines
        super().__init__(seed)

    def build(self) -> None:
        """Blur light spots into a backdrop and set the words."""
        rng = self.rng
        back = gradient(HEIGHT + 240, WIDTH + 400, ((0, (16, 26, 48)), (1, (38, 64, 96))))
        spots = np.zeros_like(back)
        for _ in range(70):
            centre = (int(rng.integers(0, WIDTH + 400)), int(rng.integers(0, HEIGHT + 240)))
            color = tuple(float(v) for v in rng.integers(30, 120, 3))
            cv2.circle(spots, centre, int(rng.integers(18, 74)), color, -1, cv2.LINE_AA)
        soft = np.asarray(cv2.GaussianBlur(spots, (0, 0), 5), np.float32)
        self._back = np.clip(back + soft * 0.55, 0, 255).astype(np.uint8)
        ink = np.zeros((HEIGHT, WIDTH), np.uint8)
        y = HEIGHT // 2 - 20 * (len(self._lines) - 1)
        for k, line in enumerate(self._lines):
            scale, weight = (2.3, 4) if k == 0 else (0.95, 2)
            (wide, _), _ = cv2.getTextSize(line, cv2.FONT_HERSHEY_DUPLEX, scale, weight)
            place = ((WIDTH - wide) // 2, y)
            cv2.putText(ink, line, place, cv2.FONT_HERSHEY_DUPLEX, scale, 255, weight, cv2.LINE_AA)
            y += 78 if k == 0 else 48
        self._ink = ink
        self._paper = np.full((HEIGHT, WIDTH, 3), (240, 244, 248), np.uint8)

    def paint(self, frame: int) -> Picture:
        """Drift the lights behind the words."""
        x, y = 200 + 180 * sin(frame / 70), 120 + 100 * sin(frame / 53)
        return over(shifted(self._back, x, y, WIDTH, HEIGHT), self._paper, self._ink)
