"""What listens in tests in place of the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]

_NEAR = 0.98
_SHARE = 0.05


@dataclass(frozen=True)
class Hearing:
    """An answer.

    Attributes:
        classes: Shape (n, 5).
        artifacts: Shape (n, 4).
        kept: Empty, as of ears that hear each second by itself.
    """

    classes: Reals
    artifacts: Reals
    kept: Mapping[str, Reals] = field(default_factory=dict)


def hearing_of(artifacts: NDArray[np.floating]) -> Hearing:
    """Artifacts by themselves, shape (n, 4), with classes that go with them."""
    own = np.asarray(artifacts, np.float32)
    surest = own.max(axis=1, keepdims=True)
    share = surest * own / np.maximum(own.sum(axis=1, keepdims=True), 1e-9)
    return Hearing(np.concatenate((1 - share.sum(axis=1, keepdims=True), share), axis=1), own)


class AloneEar:
    """Hears each second by itself."""

    def in_context(
        self, kept: Mapping[str, Reals], heard: NDArray[np.bool_], first: int, end: int
    ) -> Hearing:
        raise AssertionError("nothing was kept to hear in context")


class FlatTopEar(AloneEar):
    """Hears distortion where much of a second lies at its top, told nothing but the sound."""

    def hear(self, seconds: Reals, rate: int) -> Hearing:
        size = np.abs(seconds)
        share = (size >= _NEAR * size.max(axis=1, keepdims=True)).mean(axis=1)
        sure = np.where(share > _SHARE, 0.97, 0.01)
        rest = np.full_like(sure, 0.01)
        return hearing_of(np.stack((rest, rest, sure, rest), axis=1))


@dataclass
class ToldEar(AloneEar):
    """Answers what it is told to, and keeps what it was asked.

    Attributes:
        answer: Artifacts, shape (4,), of a second.
        asked: The shapes of what was heard, and the rate.
        opened: How often it was asked for.
    """

    answer: Callable[[Reals], tuple[float, float, float, float]]
    asked: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    opened: int = 0

    def open(self) -> ToldEar:
        self.opened += 1
        return self

    def hear(self, seconds: Reals, rate: int) -> Hearing:
        self.asked.append((seconds.shape, rate))
        return hearing_of(np.array([self.answer(second) for second in seconds]))


@dataclass
class MeanEar:
    """Says in context how loud the rows around are, in the mean; by itself that it is clean.

    Attributes:
        asked: How many rows it was given, how many of them were heard, and which it was asked for.
    """

    asked: list[tuple[int, int, int, int]] = field(default_factory=list)
    reach: int = 8

    def open(self) -> MeanEar:
        return self

    def hear(self, seconds: Reals, rate: int) -> Hearing:
        level = np.abs(seconds).mean(axis=1, keepdims=True).astype(np.float32)
        alone = hearing_of(np.full((len(seconds), 4), 0.01))
        return Hearing(alone.classes, alone.artifacts, {"level": level})

    def in_context(
        self, kept: Mapping[str, Reals], heard: NDArray[np.bool_], first: int, end: int
    ) -> Hearing:
        self.asked.append((len(heard), int(heard.sum()), first, end))
        found = np.zeros((end - first, 4), np.float32)
        for row in range(first, end):
            near = slice(max(row - self.reach, 0), row + self.reach + 1)
            if heard[row]:
                found[row - first] = kept["level"][near][heard[near]].mean()
        return hearing_of(found)
