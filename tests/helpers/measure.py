"""Feeding detectors with arrays, without files or pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

import cv2
import numpy as np
from numpy.typing import NDArray

from core.analysis.sample import PictureSamples
from core.analysis.view import PictureViews
from core.catalog.table import spec_of
from core.detectors.base import Detector, Row, Sample
from core.detectors.registry import detector_class
from core.domain.media import Cue, DecodeEvent
from core.domain.title import AudioStream, CaptionStream, Stream, VideoStream
from core.domain.track import Track
from core.simulate.kind import Picture

TICK = Fraction(1, 90_000)
RATE = 48_000
FRAME = 3600
"""Ticks a frame at 25 frames a second."""


class _Planes:
    def __init__(self, picture: Picture) -> None:
        self._picture, self.depth = picture, picture.depth

    def luma(self) -> NDArray[np.generic]:
        return self._picture.luma

    def chroma(self) -> tuple[NDArray[np.generic], NDArray[np.generic]] | None:
        return self._picture.chroma

    def rgb_stored(self) -> NDArray[np.uint8]:
        return as_rgb(self._picture)


def as_rgb(picture: Picture) -> NDArray[np.uint8]:
    """A picture of 8 bits and nominal range in colours, after ITU-R BT.601."""
    luma = (picture.luma.astype(np.float32) - 16) / 219
    size = (picture.width, picture.height)
    codes = picture.chroma or (np.full((1, 1), 128, np.uint8),) * 2
    cb, cr = (
        (cv2.resize(c, size, interpolation=cv2.INTER_NEAREST).astype(np.float32) - 128) / 224
        for c in codes
    )
    colors = (luma + 1.402 * cr, luma - 0.344 * cb - 0.714 * cr, luma + 1.772 * cb)
    return np.asarray(np.clip(np.rint(255 * np.stack(colors, axis=-1)), 0, 255), np.uint8)


def video(color_range: str = "") -> VideoStream:
    return VideoStream(0, "h264", TICK, color_range=color_range)


def audio(rate: int = RATE) -> AudioStream:
    return AudioStream(1, "aac", TICK, sample_rate=rate, channels=2)


def captions() -> CaptionStream:
    return CaptionStream(2, "subrip", Fraction(1, 1000))


def track_of(detector: Detector, rows: Sequence[Row], end: int) -> Track:
    names = [metric.name for metric in spec_of(detector.id).metrics]
    table = np.array([row.values for row in rows], np.float32).reshape(len(rows), len(names))
    return Track(
        detector.id,
        detector.stream.index,
        detector.stream.base,
        np.array([row.pts for row in rows], np.int64),
        end if rows else 0,
        {name: table[:, i] for i, name in enumerate(names)},
    )


def as_pictures(
    planes: Iterable[NDArray[np.generic]], depth: int = 8, full_range: bool = False
) -> list[Picture]:
    """Luma planes as pictures without colour."""
    return [Picture(plane, depth=depth, full_range=full_range) for plane in planes]


def picture_samples(
    detector_id: str, pictures: Iterable[Picture | NDArray[np.generic]], depth: int = 8
) -> list[Mapping[str, Sample]]:
    """Samples of pictures, or of luma planes, at 25 a second, as the pipeline makes them."""
    views = PictureViews(spec_of(detector_id).views)
    whole = (p if isinstance(p, Picture) else Picture(p, depth=depth) for p in pictures)
    return [
        PictureSamples(i * FRAME, TICK, (), views.of(_Planes(picture)))
        for i, picture in enumerate(whole)
    ]


def sound_samples(
    sound: NDArray[np.float32], block: int = 1024, rate: int = RATE
) -> list[dict[str, Sample]]:
    """Blocks of a fixed size, the last one shorter."""
    per = Fraction(1, rate) / TICK
    return [
        {"audio": Sample(round(i * per), TICK, sound[:, i : i + block], rate=rate)}
        for i in range(0, sound.shape[1], block)
    ]


def event_samples(
    count: int, events: Mapping[int, Sequence[DecodeEvent]]
) -> list[dict[str, Sample]]:
    """Frames of which some bring events."""
    return [
        {"events": Sample(i * FRAME, TICK, None, events=tuple(events.get(i, ())))}
        for i in range(count)
    ]


def cue_samples(cues: Sequence[Cue]) -> list[Mapping[str, Sample]]:
    """Captions in milliseconds; those that start together come together."""
    return [
        {"cues": Sample(start, Fraction(1, 1000), None, cues=tuple(group))}
        for start, group in groupby(cues, key=lambda cue: cue.span.start)
    ]


def rows_of(detector: Detector, samples: Iterable[Mapping[str, Sample]]) -> list[Row]:
    rows = [row for views in samples for row in detector.measure(views)]
    return rows + detector.flush()


def measured(
    detector_id: str, samples: Sequence[Mapping[str, Sample]], end_s: float, stream: Stream
) -> Track:
    """The track of one detector over all samples."""
    detector = detector_class(detector_id)(stream)
    return track_of(detector, rows_of(detector, samples), round(end_s / stream.base))


def measured_pictures(
    detector_id: str,
    planes: Sequence[Picture | NDArray[np.generic]],
    depth: int = 8,
    color_range: str = "",
) -> Track:
    """The track of a detector of pictures over luma planes at 25 frames a second."""
    samples = picture_samples(detector_id, planes, depth)
    return measured(detector_id, samples, len(planes) / 25, video(color_range))


def measured_sound(
    detector_id: str, sound: NDArray[np.float32], block: int = 1024, rate: int = RATE
) -> Track:
    """The track of a detector of sound."""
    samples = sound_samples(sound, block, rate)
    return measured(detector_id, samples, sound.shape[1] / rate, audio(rate))
