"""A catalogue of many short titles, some with a defect, some damaged, made in seconds."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.media.writer import VideoSettings, write_title

WIDTH, HEIGHT, RATE, SAMPLE_RATE = 64, 48, 25, 16000
DETECTORS = ("black", "freeze", "silence", "decode_error")
_SUFFIXES = (".mp4", ".mkv", ".mov", ".ts")
_SETTINGS = VideoSettings(crf=24, gop=12, b_frames=1, preset="ultrafast")


def make_catalogue(folder: Path, count: int, seed: int = 11) -> list[Path]:
    """Write titles of one to two seconds; the same ones for the same seed.

    Of ten, about three hold a defect, one has bytes changed, one is cut off and one is no media.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    return [_make(folder / f"t{i:04}", i, chance) for i in range(count)]


def _make(stem: Path, number: int, chance: random.Random) -> Path:
    kind = number % 10
    path = stem.with_suffix(_SUFFIXES[number % len(_SUFFIXES)])
    if kind == 9:
        path.write_bytes(chance.randbytes(2000))
        return path
    seconds = chance.uniform(1.0, 2.0)
    write_title(
        path,
        _pictures(seconds, number, black=kind == 1, still=kind == 2),
        RATE,
        _sound(seconds, number, silent=kind == 3),
        SAMPLE_RATE,
        settings=_SETTINGS,
    )
    if kind == 7:
        _change_bytes(path, chance)
    elif kind == 8:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) * 2 // 3])
    return path


def _pictures(seconds: float, number: int, *, black: bool, still: bool) -> list[NDArray[np.uint8]]:
    noise = np.random.default_rng(number)
    scene = noise.integers(20, 230, (HEIGHT * 2, WIDTH * 2, 3)).astype(np.uint8)
    frames = []
    for i in range(round(seconds * RATE)):
        step = 0 if still and i > 3 else i % HEIGHT
        picture = scene[step:, step:][:HEIGHT, :WIDTH]
        dark = black and 5 <= i < 15
        frames.append(np.zeros_like(picture) if dark else np.ascontiguousarray(picture))
    return frames


def _sound(seconds: float, number: int, *, silent: bool) -> NDArray[np.float32]:
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = 0.0 if silent else 0.3
    mono = tone * np.sin(2 * np.pi * (300 + number) * at)
    return np.stack([mono, mono]).astype(np.float32)


def _change_bytes(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(6):
        content[chance.randrange(len(content) // 4, len(content))] ^= 0xFF
    path.write_bytes(bytes(content))
