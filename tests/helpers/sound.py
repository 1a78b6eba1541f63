"""Sound streams and blocks made of arrays, for tests that need no file."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.media import AudioBlock
from core.domain.time import MediaTime
from core.domain.title import AudioStream, Title

FINGERPRINT = "feedface"
NOWHERE = Path("/nowhere/title.mp4")


def sound_stream(
    channels: int = 2, rate: int = 48000, samples: int = 0, start: int = 0
) -> AudioStream:
    """A stream with a base of one sample."""
    return AudioStream(
        index=1,
        codec="pcm_s16le",
        base=Fraction(1, rate),
        start_pts=start,
        duration_pts=samples,
        sample_rate=rate,
        channels=channels,
        layout="stereo" if channels == 2 else "",
    )


def sound_title(stream: AudioStream | None) -> Title:
    """A title whose file does not exist."""
    duration_s = float(stream.duration_pts * stream.base) if stream else 1.0
    return Title(
        path=NOWHERE,
        fingerprint=FINGERPRINT,
        container="test",
        size_bytes=1,
        start=MediaTime(0, Fraction(1, 1000)),
        duration_s=duration_s,
        audio=(stream,) if stream else (),
    )


def blocks_of(
    samples: NDArray[np.float32], rate: int, start: int = 0, size: int = 1024
) -> Iterator[AudioBlock]:
    """Cut samples (channels, n) into blocks."""
    for first in range(0, samples.shape[1], size):
        yield AudioBlock(
            1, start + first, Fraction(1, rate), rate, samples[:, first : first + size]
        )


def noise(channels: int, samples: int, seed: int = 1) -> NDArray[np.float32]:
    """White noise of ±0.5."""
    return np.random.default_rng(seed).uniform(-0.5, 0.5, (channels, samples)).astype(np.float32)
