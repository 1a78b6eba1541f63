"""Setting temperature, scales and offsets of answers about sound by maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.learning.audio_artifact.pool import UNTOLD
from core.learning.calibration import platt, temperature

Floats = NDArray[np.float32]


class Calibrated(Protocol):
    """What answers about sound.

    Attributes:
        temperature: What the exclusive logits are divided by, shape (1,).
        calibration: Scale and offset of each artifact's logit, shape (4, 2).
    """

    temperature: Tensor
    calibration: Tensor


class Truth(Protocol):
    """What is true of n seconds or rows."""

    @property
    def classes(self) -> NDArray[np.int64]:
        """The exclusive answer, or `UNTOLD`, shape (n,)."""

    @property
    def present(self) -> Floats:
        """1 for each artifact that is there, shape (n, 4)."""

    @property
    def counted(self) -> Floats:
        """1 where that is known, shape (n, 4)."""


def calibrate(part: Calibrated, answers: Callable[[], tuple[Floats, Floats]], truth: Truth) -> None:
    """Set them, from what they are when nothing is set.

    Args:
        part: Is changed.
        answers: Asks it: logits of classes (n, 5) and of artifacts (n, 4).
        truth: Of the same.
    """
    part.temperature.fill_(1.0)
    part.calibration.copy_(torch.tensor([[1.0, 0.0]] * len(part.calibration)))
    classes, artifacts = answers()
    told = truth.classes != UNTOLD
    part.temperature.fill_(temperature(classes[told], truth.classes[told]))
    fitted = []
    for column in range(len(part.calibration)):
        counts = truth.counted[:, column] > 0
        fitted.append(platt(artifacts[counts, column], truth.present[counts, column]))
    part.calibration.copy_(torch.tensor(fitted))
