"""A drawn face whose mouth opens with a voice, and what stands for networks that look at it.

The stand-ins are honest: they are told nothing but pictures and sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import cv2
import numpy as np
import pytest
from helpers.measure import FRAME, RATE, TICK, picture_samples
from numpy.typing import NDArray

from core.analysis.sound_feed import AHEAD_S
from core.detectors.base import Sample
from core.detectors.lipsync import LipSyncDetector
from core.detectors.lipsync.face import Face
from core.models.sync_calibration import FEATURES, Calibration
from core.simulate.kind import Picture

WIDTH, HEIGHT = 320, 180
_SKIN, _WALL, _LIPS = 200, 60, 30
_SKIN_FROM = 150
_QUIET = 0.02
# What of the views is of use for pictures of this size.
_LOOKED_UP = ("luma", "luma/1", "luma/2", "chroma/1", "chroma/2")

Floats = NDArray[np.float32]


def babble(seconds: float, seed: int = 3) -> Floats:
    """Stereo noise in syllables of uneven length and strength, shape (2, n)."""
    random = np.random.default_rng(seed)
    knots = np.cumsum(random.uniform(0.08, 0.3, int(seconds / 0.08) + 2))
    strong = random.uniform(0.0, 1.0, len(knots)) ** 2
    time = np.arange(round(seconds * RATE)) / RATE
    swell = 0.05 + 0.4 * np.interp(time, knots, strong)
    return np.asarray(swell * random.uniform(-1, 1, (2, len(time))), np.float32)


def loudness(sound: Floats, rate: int = RATE) -> Floats:
    """RMS of every 40 ms, shape (n,)."""
    mono = sound if sound.ndim == 1 else sound.mean(axis=0)
    per = rate // 25
    whole = mono[: len(mono) // per * per].reshape(-1, per)
    return np.asarray(np.sqrt((whole**2).mean(axis=1)), np.float32)


def face_picture(
    opened: Sequence[float], width: int = WIDTH, height: int = HEIGHT, size: float = 1.0
) -> Picture:
    """Faces side by side on a wall, one for each mouth, 4:2:0.

    Args:
        opened: How far each mouth is open, 0..1.
        width: In pixels.
        height: In pixels.
        size: Of the faces; 1 fills nearly half of the height.
    """
    luma = np.full((height, width), _WALL, np.uint8)
    luma[::7] += 10
    for number, wide in enumerate(opened):
        x = round(width * (number + 1) / (len(opened) + 1))
        y, half = height // 2, size * height * 0.22
        cv2.ellipse(luma, (x, y), (round(half * 0.8), round(half)), 0, 0, 360, _SKIN, -1)
        mouth = (round(half * 0.35), max(round(half * 0.45 * wide), 1))
        cv2.ellipse(luma, (x, round(y + half * 0.5)), mouth, 0, 0, 360, _LIPS, -1)
    color = np.full((height // 2, width // 2), 128, np.uint8)
    return Picture(luma, (color, color.copy()))


def mouths(sound: Floats) -> Floats:
    """How far a mouth is open that says a sound, 25 a second."""
    return np.asarray(np.clip(loudness(sound) / 0.25, 0, 1), np.float32)


def talking(sound: Floats, others: int = 0) -> list[Picture]:
    """Somebody who says a sound, and others beside who keep still, at 25 a second."""
    return [face_picture([float(wide), *[0.1] * others]) for wide in mouths(sound)]


def joined_samples(
    pictures: Sequence[Picture],
    sound: Floats | None,
    times_s: Sequence[Fraction] | None = None,
    batch_s: float = 1.0,
) -> list[Mapping[str, Sample]]:
    """Pictures with the sound beside them, as the pipeline gives it: in batches, well ahead.

    Args:
        pictures: The pictures.
        sound: Shape (channels, n), from 0 on; None for none.
        times_s: When each shows; at 25 a second by default.
        batch_s: How much of the sound comes at once.
    """
    if times_s is None:
        times_s = [i * FRAME * TICK for i in range(len(pictures))]
    given = 0
    samples: list[Mapping[str, Sample]] = []
    for views, at_s in zip(picture_samples("lipsync", pictures), times_s, strict=True):
        pts = round(at_s / TICK)
        made = {name: _at(views, name, pts) for name in _LOOKED_UP}
        if sound is not None and given < sound.shape[1] and given < (at_s + AHEAD_S) * RATE:
            until = max(given + round(batch_s * RATE), round((at_s + AHEAD_S) * RATE))
            made["audio"] = Sample(
                round(Fraction(given, RATE) / TICK), TICK, sound[:, given:until], rate=RATE
            )
            given = until
        samples.append(made)
    return samples


def as_planes(picture: Picture) -> Mapping[str, Sample]:
    """The views of one picture."""
    return picture_samples("lipsync", [picture])[0]


def _at(views: Mapping[str, Sample], name: str, pts: int) -> Sample:
    sample = views[name]
    return Sample(pts, TICK, sample.data, depth=sample.depth)


class BrightFaces:
    """Finds what is as bright as drawn skin."""

    def find(self, rgb: NDArray[np.uint8]) -> list[Face]:
        bright = np.asarray(rgb[..., 1] > _SKIN_FROM, np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(bright)
        return [Face(*map(float, stats[i, :4])) for i in range(1, count) if stats[i, 4] > 40]


class JumpShots:
    """Says that a shot ends where the next picture is another altogether."""

    def __init__(self) -> None:
        self.asked = 0

    def ends(self, pictures: NDArray[np.uint8]) -> Floats:
        self.asked += 1
        apart = np.abs(np.diff(pictures.astype(np.float32), axis=0)).mean(axis=(1, 2, 3))
        return np.append(apart > 30, False).astype(np.float32)


class LoudVoice:
    """Takes all that is not silent for speech."""

    def speaks(self, sound: Floats) -> Floats:
        return np.asarray(loudness(sound, 16_000) > _QUIET, np.float32)


class OpenMouths:
    """Sees how much of a cut is dark, hears how loud it is."""

    # Loudness alone fits many a mouth: only what agrees nearly throughout is believed.
    calibration = Calibration(
        tuple({"bias": -33.0, "peak": 40.0}.get(name, 0.0) for name in FEATURES)
    )

    def see(self, crops: NDArray[np.uint8]) -> Floats:
        dark = (crops[:, 30:90, 30:82] < 100).mean(axis=(1, 2))
        return np.asarray(dark[:, None], np.float32)

    def hear(self, samples: Floats, rate: int) -> Floats:
        return loudness(samples, rate)[:, None]


def use_stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the detector ask stand-ins instead of networks."""
    monkeypatch.setattr(LipSyncDetector, "open_shots", JumpShots)
    monkeypatch.setattr(LipSyncDetector, "open_faces", BrightFaces)
    monkeypatch.setattr(LipSyncDetector, "open_network", OpenMouths)
    monkeypatch.setattr(LipSyncDetector, "open_voice", LoudVoice)
    monkeypatch.setattr(LipSyncDetector, "missing", classmethod(lambda _cls: ""))
