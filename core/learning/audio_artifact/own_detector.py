"""What the product's own signal-processing detectors measure in a single second: a yardstick.

Their rules look at whole titles; one second is too short for those. So that the comparison is
rather too kind to them than too hard, their measurements are weighed by a regression that was
fitted on the validation side, in place of hand-set thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from core.detectors.base import Detector, Row, Sample
from core.detectors.clicks import ClicksDetector
from core.detectors.clipping import ClippingDetector
from core.detectors.hiss import HissDetector
from core.detectors.hum import HumDetector
from core.domain.errors import KnownError
from core.domain.title import AudioStream
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import UNTOLD, Pool
from core.learning.audio_artifact.second import second_of
from core.learning.audio_artifact.source import Recording
from core.learning.lesson_file import Side
from core.learning.work_folder import each_done
from core.models.artifact_feature import ARTIFACTS

_AT_A_TIME = 100
_DECAY = 1e-3
_ROUNDS = 200

Values = NDArray[np.float64]


def measured(sound: NDArray[np.float32], rate: int) -> Values:
    """What hum, hiss, clipping and clicks measure in a second, one row of twelve numbers.

    Args:
        sound: Shape (n,).
        rate: Samples a second.
    """
    base = Fraction(1, rate)
    stream = AudioStream(0, "", base, 0, len(sound), sample_rate=rate, channels=1)
    sample = Sample(0, base, sound[None], rate)
    hum, hiss, clipping, clicks = (
        np.array([row.values for row in _rows(kind(stream), sample)])
        for kind in (HumDetector, HissDetector, ClippingDetector, ClicksDetector)
    )
    strongest = hum[hum[:, 0].argmax()]
    floor, spread, flatness, loudest = np.median(hiss[:, :4], axis=0)
    return np.array(
        [
            *strongest[[0, 1, 3]],
            *(floor, spread, flatness, loudest),
            *(np.log10(clipping[:, 0].mean() + 1e-3), clipping[:, 1].max(), clipping[:, 2].max()),
            *(clicks[:, 0].max(), np.log1p(clicks[:, 1].sum())),
        ]
    )


def measured_of_pool(
    lesson: Lesson,
    recordings: Sequence[Recording],
    side: Side,
    folder: Path,
    seconds: int,
    processes: int = 1,
    progress: Callable[[float, str], None] | None = None,
) -> Values:
    """The same of the first seconds of a side, which are made again; kept in a folder.

    Returns:
        Shape (seconds, 12).

    Raises:
        KnownError: The folder cannot be written.
    """
    mine = [r for r in recordings if lesson.side_of(r.family) == side]
    parts = range(-(-seconds // _AT_A_TIME))
    missing = [part for part in parts if not _file(folder, side, part).is_file()]
    work = partial(_measure, lesson, mine, side, folder)
    for done, _part in enumerate(each_done(work, missing, processes), start=1):
        if progress is not None:
            progress(done / len(missing), f"own detectors, {side}")
    return np.concatenate([np.load(_file(folder, side, part)) for part in parts])[:seconds]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Logits from measurements.

    Attributes:
        mean: Of each measurement.
        spread: Of each measurement.
        weights: Shape (13, 9): of five exclusive classes and four artifacts; the last row is added.
    """

    mean: Values
    spread: Values
    weights: Values

    def logits(self, values: Values) -> tuple[Values, Values]:
        """Of classes, shape (n, 5), and of artifacts, shape (n, 4)."""
        scaled = _scaled(values, self.mean, self.spread)
        both = scaled @ self.weights
        return both[:, : len(CLASSES)], both[:, len(CLASSES) :]


def fitted(values: Values, pool: Pool) -> Regression:
    """The regression that makes what is true of a pool's first seconds most likely."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    given = torch.tensor(_scaled(values, mean, spread))
    count = len(values)
    classes = torch.tensor(pool.classes[:count])
    present = torch.tensor(pool.present[:count], dtype=torch.float64)
    counted = torch.tensor(pool.counted[:count], dtype=torch.float64)
    told = pool.classes[:count][pool.classes[:count] != UNTOLD]
    share = np.maximum(np.bincount(told, minlength=len(CLASSES)), 1) / max(len(told), 1)
    each = torch.tensor(1.0 / share / len(CLASSES))
    wide = len(CLASSES) + len(ARTIFACTS)
    weights = torch.zeros(given.shape[1], wide, dtype=torch.float64, requires_grad=True)
    solver = torch.optim.LBFGS([weights], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        solver.zero_grad()
        both = given @ weights
        lost = functional.cross_entropy(
            both[:, : len(CLASSES)], classes, each, ignore_index=UNTOLD
        ) + functional.binary_cross_entropy_with_logits(both[:, len(CLASSES) :], present, counted)
        lost = lost + _DECAY * weights.square().sum()
        lost.backward()
        return lost

    solver.step(closure)
    return Regression(mean, spread, weights.detach().numpy())


def _scaled(values: Values, mean: Values, spread: Values) -> Values:
    scaled = np.clip((values - mean) / spread, -5.0, 5.0)
    return np.concatenate((scaled, np.ones((len(values), 1))), axis=1)


def _rows(detector: Detector, sample: Sample) -> list[Row]:
    return [*detector.measure({"audio": sample}), *detector.flush()]


def _measure(
    lesson: Lesson, recordings: Sequence[Recording], side: Side, folder: Path, part: int
) -> int:
    numbers = range(part * _AT_A_TIME, (part + 1) * _AT_A_TIME)
    made = (second_of(lesson, recordings, side, number) for number in numbers)
    values = np.stack([measured(sound, origin.rate) for sound, origin in made])
    path = _file(folder, side, part)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part.npy")
        np.save(half, values)
        half.replace(path)
    except OSError as error:
        raise KnownError(f"{path} cannot be written.", str(error)) from error
    return part


def _file(folder: Path, side: Side, part: int) -> Path:
    return folder / f"{side}.{part:04d}.npy"
