"""Channels that belong together, and how they go together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.domain.title import AudioStream, Stream
from core.media.layout import speakers

_PAIRS = (("FL", "FR"), ("SL", "SR"), ("BL", "BR"), ("FLC", "FRC"), ("DL", "DR"))


def speakers_of(stream: Stream, channels: int) -> tuple[str, ...]:
    """Loudspeaker of each of `channels` channels, as far as the stream says."""
    return speakers(stream.layout if isinstance(stream, AudioStream) else "", channels)


def pairs_of(stream: Stream, channels: int) -> tuple[tuple[int, int], ...]:
    """Left and right channel of each pair, the front one first; none for mono."""
    names = speakers_of(stream, channels)
    return tuple(
        (names.index(left), names.index(right))
        for left, right in _PAIRS
        if left in names and right in names
    )


def hop_sums(values: NDArray[np.float32], hops: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum of the squares in each hop, shape (..., n) to (..., hops)."""
    return np.add.reduceat(np.square(values), hops, axis=-1).astype(np.float64)
