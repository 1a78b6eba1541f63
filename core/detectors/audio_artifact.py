"""Audio artifacts: what the network says of every second of every channel."""

from __future__ import annotations

from collections.abc import Callable
from math import gcd
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from core.detectors.base import Row
from core.detectors.batch import Batch, BatchDetector
from core.models.artifact_feature import HIGHEST_RATE, LOWEST_RATE

HOP_S = 0.5
SECOND_S = 1.0

_BATCH_S = 8.0
_MOST_AT_A_TIME = 32
_QUIETEST = 10.0 ** (-70.0 / 20.0)
_LIKELY = 0.5
_MOST_CHANNELS = 24
_ARTIFACTS = 4

Reals = NDArray[np.float32]


class Heard(Protocol):
    """What the network says of some seconds."""

    @property
    def classes(self) -> Reals:
        """Shares of no artifact, hum, hiss, distortion and clicks; shape (n, 5), sums of 1."""

    @property
    def artifacts(self) -> Reals:
        """Probability of each artifact by itself, 0..1, in the same order; shape (n, 4)."""


class Ear(Protocol):
    """Whoever listens: the network, or what stands for it in a test."""

    def hear(self, seconds: Reals, rate: int) -> Heard:
        """Listen to some stretches of a second of one channel each, shape (n, samples)."""


def _network() -> Ear:
    from core.models.artifact_runtime import shared_artifact_runtime

    return shared_artifact_runtime()


class AudioArtifactDetector(BatchDetector):
    """Has the network listen to every channel; one row every half second.

    A row speaks for the second around its half second, at the ends of the sound for the first or
    last second, and of each artifact for the channel where it is likeliest. Which channels have
    it is told in bits. A second below -70 dBFS (RMS) is not asked about and has nothing; of
    channels that are the same one is.

    Class attributes:
        open_ear: Gives what listens; asked once, at the first second.
    """

    id = "audio_artifact"
    lengths_s = (_BATCH_S, HOP_S, SECOND_S)
    open_ear: ClassVar[Callable[[], Ear]] = staticmethod(_network)

    @classmethod
    def missing(cls) -> str:
        """Weights, where there are none."""
        from core.models.shared_runtime import missing_weights

        return missing_weights(cls.id)

    @classmethod
    def weights_hash(cls) -> str:
        """Hash of the file of tensors."""
        from core.models.shared_runtime import weights_hash

        return weights_hash(cls.id)

    def reset(self) -> None:
        """Forget the samples that fill no batch yet; what listens is asked for anew."""
        super().reset()
        self._ear: Ear | None = None

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""
        size = min(round(SECOND_S * batch.rate), batch.samples.shape[1])
        firsts = _firsts(batch, size)
        which, same_as = _different(batch.samples)
        seconds = np.lib.stride_tricks.sliding_window_view(batch.samples[which], size, axis=1)
        loud = _loudness(batch.samples[which], firsts, size) >= _QUIETEST
        classes = np.zeros((*loud.shape, _ARTIFACTS + 1), np.float32)
        classes[..., 0] = 1.0
        artifacts = np.zeros((*loud.shape, _ARTIFACTS), np.float32)
        asked = np.argwhere(loud)
        for begin in range(0, len(asked), _MOST_AT_A_TIME):
            channels, hops = asked[begin : begin + _MOST_AT_A_TIME].T
            heard = self._open().hear(*_audible(seconds[channels, firsts[hops]], batch.rate))
            classes[channels, hops], artifacts[channels, hops] = heard.classes, heard.artifacts
        values = _values(classes[same_as], artifacts[same_as])
        return [
            Row(batch.pts(int(start)), tuple(row))
            for start, row in zip(batch.hops, values.tolist(), strict=True)
        ]

    def _open(self) -> Ear:
        if self._ear is None:
            self._ear = type(self).open_ear()
        return self._ear


def _audible(seconds: Reals, rate: int) -> tuple[Reals, int]:
    """Seconds at their own rate, or at the nearest that the network knows."""
    known = min(max(rate, LOWEST_RATE), HIGHEST_RATE)
    if known == rate:
        return np.ascontiguousarray(seconds), rate
    common = gcd(known, rate)
    made = resample_poly(seconds, known // common, rate // common, axis=1)
    return np.asarray(made[:, :known], np.float32), known


def _firsts(batch: Batch, size: int) -> NDArray[np.int64]:
    """Where the second of each hop begins: around it, but never beyond the sound."""
    around = round((SECOND_S - HOP_S) / 2 * batch.rate)
    return np.asarray(np.clip(batch.hops - around, 0, batch.samples.shape[1] - size), np.int64)


def _different(samples: Reals) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Channels that differ from all before them, and for each channel the place of its like."""
    which: list[int] = []
    same_as: list[int] = []
    for channel, own in enumerate(samples):
        like = (place for place, other in enumerate(which) if np.array_equal(samples[other], own))
        place = next(like, len(which))
        if place == len(which):
            which.append(channel)
        same_as.append(place)
    return np.array(which, np.int64), np.array(same_as, np.int64)


def _loudness(samples: Reals, firsts: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """RMS of each second, shape (channels, hops)."""
    energy = np.cumsum(np.square(samples, dtype=np.float64), axis=1)
    energy = np.concatenate((np.zeros((len(energy), 1)), energy), axis=1)
    mean = (energy[:, firsts + size] - energy[:, firsts]) / size
    return np.asarray(np.sqrt(np.maximum(mean, 0.0)))


def _values(classes: Reals, artifacts: Reals) -> NDArray[np.float64]:
    """Columns of the track from what was heard, both of shape (channels, hops, ...)."""
    bits = 2.0 ** np.arange(min(len(artifacts), _MOST_CHANNELS))
    likely = artifacts[: len(bits)] >= _LIKELY
    masks = np.einsum("c,cha->ha", bits, likely)
    worst = classes[..., 0].argmin(axis=0)
    exclusive = classes[worst, np.arange(classes.shape[1])]
    return np.concatenate(
        (
            artifacts.max(axis=0),
            masks,
            1.0 - exclusive[:, :1],
            exclusive.argmax(axis=1)[:, None],
        ),
        axis=1,
    ).astype(np.float64)
