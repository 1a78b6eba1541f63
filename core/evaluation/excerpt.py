"""A few seconds of a clean source, decoded once for all the clips that are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.evaluation.source import Kind, Source
from core.media.audio import AudioReader
from core.media.frame import VideoFrame
from core.media.reader import VideoReader
from core.simulate.camera_move import camera_move, read_photo
from core.simulate.kind import Picture

LARGEST_ROWS = 480
PHOTO_SIZE = (854, 480)
PHOTO_RATE = Fraction(25)
_MOST_CHANNELS = 2
_CEILING = 0.97
_FINE = Fraction(1, 1_000_000)
_SMALLEST_SIDE = 16
_NOMINAL = (16, 219, 224)


@dataclass(frozen=True, slots=True, eq=False)
class Excerpt:
    """Decoded pictures and sound of one stretch of a source.

    Attributes:
        pictures: 4:2:0 of 8 bits and nominal range; empty for sound alone.
        rate: Pictures a second.
        sound: float32 (channels, n), at most two channels; None without sound.
        sample_rate: Samples a second.
    """

    pictures: tuple[Picture, ...] = ()
    rate: Fraction = PHOTO_RATE
    sound: NDArray[np.float32] | None = field(default=None)
    sample_rate: int = 48000

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        if self.pictures:
            return float(len(self.pictures) / self.rate)
        return 0.0 if self.sound is None else self.sound.shape[1] / self.sample_rate


def excerpt_of(source: Source, seed: int, seconds: float) -> Excerpt:
    """Decode the excerpt of a source: always the same one for the same seed.

    Pictures of more than 480 rows are made smaller, sound of more than two channels keeps the
    first two.

    Raises:
        KnownError: The source cannot be decoded.
    """
    if source.title is None:
        photo = read_photo(source.path)
        count = round(seconds * PHOTO_RATE)
        return Excerpt(tuple(camera_move(photo, *PHOTO_SIZE, count, seed)))
    title = source.title
    length_s = min(title.duration_s, seconds)
    chance = np.random.default_rng([seed, len(source.name)])
    start_s = title.start.seconds + chance.random() * (title.duration_s - length_s)
    pictures, rate = _pictures(title, start_s, length_s) if title.video else ((), PHOTO_RATE)
    sound, sample_rate = _sound(title, start_s, length_s)
    if source.kind is Kind.FILMED and not pictures:
        raise KnownError(f"No picture of {source.name} can be decoded.")
    return Excerpt(pictures, rate, sound, sample_rate)


def _pictures(
    title: Title, start_s: float, length_s: float
) -> tuple[tuple[Picture, ...], Fraction]:
    stream = title.video[0]
    rate = stream.rate.limit_denominator(1001) if stream.rate > 0 else PHOTO_RATE
    span = Span.from_seconds(start_s, start_s + length_s, _FINE)
    with VideoReader(title.path, stream) as reader:
        return tuple(_planes(frame) for frame in reader.frames(span)), rate


def _planes(frame: VideoFrame) -> Picture:
    """A frame as 4:2:0 of 8 bits and nominal range, of even size and at most 480 rows."""
    scale = min(1.0, LARGEST_ROWS / frame.height)
    width, height = (max(int(side * scale) // 2 * 2, _SMALLEST_SIDE) for side in _size(frame))
    black, luma_reach, chroma_reach = _NOMINAL
    luma = _bytes(frame.luma(), frame.depth, frame.full_range, black, luma_reach)
    colors = frame.chroma()
    half = (width // 2, height // 2)
    if colors is None:
        cb = cr = np.full(half[::-1], 128, np.uint8)
    else:
        cb, cr = (
            _shrunk(_bytes(c, frame.depth, frame.full_range, 16, chroma_reach), half)
            for c in colors
        )
    return Picture(_shrunk(luma, (width, height)), (cb, cr))


def _size(frame: VideoFrame) -> tuple[int, int]:
    return frame.width, frame.height


def _bytes(
    plane: NDArray[np.generic], depth: int, full: bool, lowest: int, reach: int
) -> NDArray[np.uint8]:
    if depth == 8 and not full:
        return np.array(plane, np.uint8)
    codes = plane.astype(np.float32) / float(1 << (depth - 8))
    if full:
        codes = codes * (reach / 255.0) + lowest
    return np.asarray(np.clip(np.rint(codes), 0, 255), np.uint8)


def _shrunk(plane: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if plane.shape == size[::-1]:
        return plane
    if plane.shape[1] - size[0] in (0, 1) and plane.shape[0] - size[1] in (0, 1):
        return np.ascontiguousarray(plane[: size[1], : size[0]])
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.uint8)


def _sound(title: Title, start_s: float, length_s: float) -> tuple[NDArray[np.float32] | None, int]:
    if not title.audio or title.audio[0].sample_rate <= 0:
        return None, 48000
    stream = title.audio[0]
    with AudioReader(title.path, stream) as reader:
        samples = reader.read(start_s, int(length_s * stream.sample_rate))
    sound = np.ascontiguousarray(samples[:_MOST_CHANNELS])
    # Decoders of lossy codecs overshoot; coded anew without loss, that would be cut off.
    peak = float(np.abs(sound).max(initial=0.0))
    return sound * np.float32(min(1.0, _CEILING / max(peak, _CEILING))), stream.sample_rate
