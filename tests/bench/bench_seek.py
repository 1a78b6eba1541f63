"""How long an exact seek takes, against the bare cost of decoding from the key picture; JSON.

Clips of 1080p with closed and open GOP, variable rate and a start other than zero are made; each
picture carries its number, so a wrong one is counted. In the same run the pictures from the key
picture to the one wanted are decoded by hand, which no exact seek can beat by much.

    python tests/bench/bench_seek.py [--seeks 500]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.writer import VideoSettings, write_title

_WIDTH, _HEIGHT, _COUNT, _RATE, _GOP = 1920, 1080, 300, 25, 50
_CELL = 64
_BITS = 12
_BASE = Fraction(1, 1000)


def pictures() -> Iterator[NDArray[np.uint8]]:
    """Moving texture with grain; the top row of cells spells the picture's number."""
    rng = np.random.default_rng(4)
    small = rng.integers(0, 255, (200, 400, 3), dtype=np.uint8)
    field = cv2.resize(small, (2 * _WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC)
    grain = rng.integers(0, 12, (_HEIGHT, _WIDTH, 3), dtype=np.uint8)
    for n in range(_COUNT):
        picture = cv2.add(field[:, 4 * n : 4 * n + _WIDTH], np.roll(grain, 37 * n, axis=1))
        for bit in range(_BITS):
            level = 235 if n >> bit & 1 else 20
            picture[:_CELL, bit * _CELL : (bit + 1) * _CELL] = level
        yield np.asarray(picture, np.uint8)


def number_of(luma: NDArray[np.generic]) -> int:
    """The number that a picture carries."""
    cells = [luma[_CELL // 2, bit * _CELL + _CELL // 2] > 128 for bit in range(_BITS)]
    return sum(int(on) << bit for bit, on in enumerate(cells))


def stamps() -> list[int]:
    """Milliseconds of pictures at a rate that wanders between 15 and 50 a second."""
    steps = [20 + (n * 7919) % 47 for n in range(_COUNT)]
    return [sum(steps[:n]) for n in range(_COUNT)]


def make(folder: Path) -> dict[str, Path]:
    """Write the four clips."""
    kinds: dict[str, dict[str, object]] = {
        "closed GOP": {},
        "open GOP": {"settings": VideoSettings(gop=_GOP, open_gop=True, b_frames=3)},
        "variable rate": {"pts": stamps(), "time_base": _BASE},
        "non-zero start": {"start_s": Fraction(37, 5)},
    }
    made = {}
    for kind, options in kinds.items():
        path = folder / f"{kind.replace(' ', '-')}.mkv"
        settings = options.pop("settings", VideoSettings(gop=_GOP, b_frames=3))
        write_title(path, pictures(), _RATE, settings=settings, **options)  # type: ignore[arg-type]
        made[kind] = path
    return made


def bare_seek_s(path: Path, pts: int) -> float:
    """Seconds to jump to the key picture before `pts` and decode up to it, with nothing around."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        next(container.decode(stream))
        started = time.perf_counter()
        container.seek(pts, stream=stream)
        for frame in container.decode(stream):
            if frame.pts is not None and frame.pts >= pts:
                break
        return time.perf_counter() - started


def measure(path: Path, seeks: int, chance: random.Random) -> dict[str, float]:
    """Seek about in one clip."""
    exact: list[float] = []
    bare: list[float] = []
    steps: list[float] = []
    wrong = 0
    with VideoReader(path, probe(path).video[0], behind_bytes=64 << 20) as reader:
        times = [int(pts) for pts in reader.index.frame_pts]
        for turn in range(seeks):
            n = chance.randrange(len(times))
            started = time.perf_counter()
            frame = reader.frame_at(times[n])
            exact.append(time.perf_counter() - started)
            wrong += number_of(frame.luma()) != n
            if turn % 5 == 0:
                bare.append(bare_seek_s(path, times[n]))
                after = reader.next_frame()
                started = time.perf_counter()
                before = reader.previous_frame()
                steps.append(time.perf_counter() - started)
                wrong += after is not None and before is not None and before.pts != times[n]
    return {
        "seeks": seeks,
        "wrong_frames": wrong,
        "exact_p50_ms": _ms(exact, 50),
        "exact_p95_ms": _ms(exact, 95),
        "bare_p50_ms": _ms(bare, 50),
        "bare_p95_ms": _ms(bare, 95),
        "ratio_p50": round(_ms(exact, 50) / _ms(bare, 50), 2),
        "kept_step_p95_ms": _ms(steps, 95),
    }


def _ms(seconds: list[float], share: int) -> float:
    return round(float(np.percentile(seconds, share)) * 1000, 3)


def main() -> int:
    """Make the clips, seek, print JSON; wrong frames make it fail."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeks", type=int, default=500, help="over all clips")
    options = parser.parse_args()
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder))
        figures = {
            kind: measure(path, options.seeks // len(made), chance) for kind, path in made.items()
        }
    print(json.dumps(figures, indent=2))
    return int(any(row["wrong_frames"] for row in figures.values()))


if __name__ == "__main__":
    sys.exit(main())
