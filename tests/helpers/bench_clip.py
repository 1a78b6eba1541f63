"""The clip that speed is measured on: natural content at 1080p25 with grain, H.264 at 8 Mb/s."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import cv2
import numpy as np
from helpers.assets import assets_dir
from numpy.typing import NDArray

from core.domain.title import Title
from core.media.audio import AudioReader
from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.writer import write_title

RATE = 25
SIZE = (1920, 1080)


def source_file() -> Path:
    """What the clip is made of, when it is there."""
    return assets_dir() / "media" / "natural" / "opossum_snow.mp4"


def bench_clip(seconds: int) -> Path:
    """The clip of some length, made when it is not among the temporary files yet."""
    name = "natural" if source_file().exists() else "noise"
    clip = Path(tempfile.gettempdir()) / "onglass-bench" / f"{name}_1080p25_{seconds}s.mp4"
    if not clip.exists():
        clip.parent.mkdir(parents=True, exist_ok=True)
        partial = clip.with_name(f"making_{clip.name}")
        _make(partial, seconds)
        partial.replace(clip)
    return clip


def _make(path: Path, seconds: int) -> None:
    source = probe(source_file()) if source_file().exists() else None
    rate = source.audio[0].sample_rate if source is not None else 48000
    write_title(
        path, _pictures(source, seconds), RATE, _sound(source, seconds), rate, bitrate=8_000_000
    )


def _grainy(picture: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    big = cv2.resize(picture, SIZE, interpolation=cv2.INTER_CUBIC)
    grain = random.integers(-5, 6, (SIZE[1], SIZE[0], 1), np.int16)
    return np.asarray(np.clip(big + grain, 0, 255), np.uint8)


def _pictures(source: Title | None, seconds: int) -> Iterator[NDArray[np.uint8]]:
    random = np.random.default_rng(1)
    if source is None:
        scene = cv2.GaussianBlur(
            random.integers(0, 256, (2000, 3000, 3)).astype(np.uint8), (0, 0), 3
        )
        for i in range(seconds * RATE):
            view = scene[(i // 4) % 900 :, (i // 2) % 1000 :]
            yield _grainy(np.ascontiguousarray(view[: SIZE[1], : SIZE[0]]), random)
        return
    made = 0
    for _ in count():
        with VideoReader(source.path, source.video[0]) as reader:
            for frame in reader.frames(None):
                if made >= seconds * RATE:
                    return
                made += 1
                yield _grainy(frame.rgb(), random)


def _sound(source: Title | None, seconds: int) -> NDArray[np.float32]:
    if source is None:
        random = np.random.default_rng(2)
        return random.normal(0, 0.1, (2, seconds * 48000)).astype(np.float32)
    rate = source.audio[0].sample_rate
    with AudioReader(source.path, source.audio[0]) as reader:
        samples = reader.read(0.0, int(min(source.duration_s, seconds) * rate))
    whole = np.tile(samples[:1], -(-seconds * rate // samples.shape[1]))[:, : seconds * rate]
    return np.ascontiguousarray(np.repeat(whole, 2, axis=0))
