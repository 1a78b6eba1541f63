"""Clips of talking faces: the face in 25 pictures a second, and the sound beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.lipsync.crop import CROP_PX, cut, squares
from core.detectors.lipsync.face import EVERY, Face, FaceNetwork, faces_of
from core.detectors.lipsync.grid import RATE, Grid, Placed
from core.detectors.lipsync.track import tracks_of
from core.domain.errors import KnownError
from core.learning.lipsync.lesson import Lesson
from core.media.audio import AudioReader
from core.media.probe import probe
from core.media.reader import VideoReader
from core.models.mel_front import resampled
from core.models.sync_sound import SOUND_RATE

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SMALL_PX = 320
_GREY_PX = 540


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A face and the sound beside it.

    Attributes:
        name: Of the file, without its ending.
        pictures: Grey, 40 ms apart, of one face's track.
        squares: Where the face is cut from each, shape (n, 3).
        sound: One channel at 16 kHz from the first picture on, shape (640 n,).
    """

    name: str
    pictures: list[Bytes]
    squares: NDArray[np.float64]
    sound: Floats

    def crops(self) -> Bytes:
        """The face as it is, shape (n, 112, 112)."""
        pairs = zip(self.pictures, self.squares, strict=True)
        return np.stack([cut(picture, square) for picture, square in pairs])

    def variant(self, lesson: Lesson, number: int) -> Bytes:
        """The face turned, moved, mirrored and lit otherwise, the same way in all pictures.

        Args:
            lesson: How far.
            number: Which variant.
        """
        random = np.random.default_rng([lesson.seed, number, *self.name.encode()])
        turn = random.uniform(-lesson.turn_deg, lesson.turn_deg)
        zoom = 1 + random.uniform(-lesson.zoom, lesson.zoom)
        move = random.uniform(-lesson.move_px, lesson.move_px, 2) * 2 / CROP_PX
        mirrored, gain = random.random() < 0.5, random.uniform(*lesson.gain)
        lift, gamma = random.uniform(-lesson.lift, lesson.lift), random.uniform(*lesson.gamma)
        lit = np.clip(255 * gain * (np.arange(256) / 255) ** gamma + lift, 0, 255)
        found = []
        for picture, (x, y, half) in zip(self.pictures, self.squares, strict=True):
            place = cv2.getRotationMatrix2D((x, y), turn, 1.0)
            turned = cv2.warpAffine(picture, place, picture.shape[::-1], borderValue=(110,))
            square = np.array([x + move[0] * half, y + move[1] * half, half * zoom])
            found.append(cut(np.asarray(turned, np.uint8), square))
        crops = lit.astype(np.uint8)[np.stack(found)]
        return np.ascontiguousarray(crops[:, :, ::-1]) if mirrored else crops


def clips_in(folders: Sequence[Path], names: Sequence[str]) -> dict[str, Path]:
    """The files of clips.

    Args:
        folders: Where to look, subfolders included.
        names: Of the files, without their endings.

    Raises:
        KnownError: One is missing.
    """
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    found = {path.stem: path for path in reversed(files) if path.stem in names}
    if missing := [name for name in names if name not in found]:
        raise KnownError(f"The clip {missing[0]} is in none of the folders.")
    return {name: found[name] for name in names}


def read_clip(path: Path, faces: FaceNetwork) -> Clip:
    """Read a clip and follow the face that is there the longest.

    Args:
        path: A file with pictures and sound.
        faces: Who finds faces.

    Raises:
        KnownError: It cannot be read, or lacks pictures, sound or a face.
    """
    pictures: list[Bytes] = []
    looks: dict[int, list[Face]] = {}
    first = 0
    for placed in _placed(path):
        if not pictures:
            first = placed.place
        rgb = placed.picture
        place = first + len(pictures)
        pictures.append(_grey(rgb))
        if place % EVERY == 0:
            looks[place] = faces_of(faces, _small(rgb))
    tracks = tracks_of(looks, [], first, first + len(pictures)) if any(looks.values()) else []
    if not tracks:
        raise KnownError(f"No face is found in {path.name}.")
    track = max(tracks, key=lambda one: len(one.boxes))
    shown = pictures[track.first - first : track.last - first]
    height, width = shown[0].shape
    around = squares(track.boxes * [width, height, width, height])
    return Clip(path.stem, shown, around, _sound(path, track.first, len(shown)))


def _placed(path: Path) -> Iterator[Placed[Bytes]]:
    """Pictures 25 times a second, by their time stamps."""
    title = probe(path)
    if not title.video or not title.audio:
        raise KnownError(f"{path.name} lacks pictures or sound.")
    grid: Grid[Bytes] = Grid()
    with VideoReader(path, title.video[0]) as reader:
        for frame in reader.frames():
            yield from grid.take(frame.pts * reader.base, frame.rgb())
    yield from grid.flush()


def _sound(path: Path, first: int, places: int) -> Floats:
    stream = probe(path).audio[0]
    rate = stream.sample_rate
    with AudioReader(path, stream) as reader:
        samples = reader.read(float(Fraction(first, RATE)), -(-places * rate // RATE))
    mono = samples.mean(axis=0, keepdims=True).astype(np.float32)
    found: Floats = resampled(mono, rate, SOUND_RATE)[0][: places * SOUND_RATE // RATE]
    return found


def _grey(rgb: Bytes) -> Bytes:
    grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
    return _fitted(grey, _GREY_PX / min(grey.shape))


def _small(rgb: Bytes) -> Bytes:
    return _fitted(rgb, _SMALL_PX / max(rgb.shape[:2]))


def _fitted(picture: Bytes, scale: float) -> Bytes:
    if scale >= 1:
        return picture
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
