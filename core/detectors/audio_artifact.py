"""Audio artifacts: what the network says of every second of every channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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

# As far as context reaches: a batch waits for one more, no longer.
_BATCH_S = 4.0
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

    @property
    def kept(self) -> Mapping[str, Reals]:
        """What the same seconds are asked about in context with, shape (n, ...); empty for an ear
        that hears each second by itself."""


class Ear(Protocol):
    """Whoever listens: the network, or what stands for it in a test."""

    def hear(self, seconds: Reals, rate: int) -> Heard:
        """Listen to some stretches of a second of one channel each, shape (n, samples)."""

    def in_context(
        self, kept: Mapping[str, Reals], heard: NDArray[np.bool_], first: int, end: int
    ) -> Heard:
        """Rows from `first` to `end` among those around them; `heard` says which were heard."""


def _network() -> Ear:
    from core.models.artifact_runtime import shared_artifact_runtime

    return shared_artifact_runtime()


@dataclass(frozen=True, slots=True, eq=False)
class _Listened:
    """A batch that was listened to, second by second.

    Attributes:
        pts: Of each row.
        same_as: For each channel the place of its like among those that differ.
        loud: Which seconds were asked about, shape (different channels, rows).
        classes: Shape (different channels, rows, 5).
        artifacts: Shape (different channels, rows, 4).
        kept: What context is asked with, shape (different channels, rows, ...) each; empty where
            nobody hears in context.
    """

    pts: tuple[int, ...]
    same_as: NDArray[np.int64]
    loud: NDArray[np.bool_]
    classes: Reals
    artifacts: Reals
    kept: Mapping[str, Reals]

    def of(self, name: str, place: int, like: Reals) -> Reals:
        """What is kept of a channel, shape (rows, ...); of silence zeros as wide as `like`."""
        if name in self.kept:
            return np.asarray(self.kept[name][place])
        return np.zeros((len(self.pts), *like.shape[2:]), np.float32)


class AudioArtifactDetector(BatchDetector):
    """Has the network listen to every channel; one row every half second.

    A row speaks for the second around its half second, at the ends of the sound for the first or
    last second, and of each artifact for the channel where it is likeliest. Which channels have
    it is told in bits. A second below -70 dBFS (RMS) is not asked about and has nothing; of
    channels that are the same one is. Where the network hears in context, rows of a batch wait
    for the batch after.

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
        self._before: _Listened | None = None
        self._waiting: _Listened | None = None

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return [*super().flush(), *self._batcher.forward(self._rest())]

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of the batch before this one, with those before it where sound began anew."""
        rows: list[Row] = []
        if batch.begin == 0:
            # Nothing before a jump of the time stamps is context for what comes after it.
            rows = self._rest()
        listened = self._listened(batch)
        if self._waiting is not None:
            rows += self._told(listened)
        self._waiting = listened
        return rows

    def _rest(self) -> list[Row]:
        """Rows of the batch that waits, after which nothing comes."""
        rows = [] if self._waiting is None else self._told(None)
        self._before = self._waiting = None
        return rows

    def _told(self, after: _Listened | None) -> list[Row]:
        """Rows of the batch that waits; it is the one before from now on."""
        waiting = self._waiting
        assert waiting is not None
        classes, artifacts = waiting.classes[waiting.same_as], waiting.artifacts[waiting.same_as]
        if waiting.kept:
            classes, artifacts = self._in_context(waiting, after)
        self._before = waiting
        values = _values(classes, artifacts)
        return [Row(pts, tuple(row)) for pts, row in zip(waiting.pts, values.tolist(), strict=True)]

    def _in_context(self, waiting: _Listened, after: _Listened | None) -> tuple[Reals, Reals]:
        """Classes and artifacts of all channels, those that are alike all along asked once."""
        parts = [part for part in (self._before, waiting, after) if part is not None]
        first = 0 if self._before is None else len(self._before.pts)
        end = first + len(waiting.pts)
        alike: dict[tuple[int, ...], Heard] = {}
        found = []
        for channel in range(len(waiting.same_as)):
            places = tuple(int(part.same_as[channel]) for part in parts)
            if places not in alike:
                pairs = list(zip(parts, places, strict=True))
                kept = {
                    name: np.concatenate([part.of(name, place, like) for part, place in pairs])
                    for name, like in waiting.kept.items()
                }
                heard = np.concatenate([part.loud[place] for part, place in pairs])
                alike[places] = self._open().in_context(kept, heard, first, end)
            found.append(alike[places])
        return np.stack([h.classes for h in found]), np.stack([h.artifacts for h in found])

    def _listened(self, batch: Batch) -> _Listened:
        size = min(round(SECOND_S * batch.rate), batch.samples.shape[1])
        firsts = _firsts(batch, size)
        which, same_as = _different(batch.samples)
        seconds = np.lib.stride_tricks.sliding_window_view(batch.samples[which], size, axis=1)
        loud = _loudness(batch.samples[which], firsts, size) >= _QUIETEST
        classes = np.zeros((*loud.shape, _ARTIFACTS + 1), np.float32)
        classes[..., 0] = 1.0
        artifacts = np.zeros((*loud.shape, _ARTIFACTS), np.float32)
        kept: dict[str, Reals] = {}
        asked = np.argwhere(loud)
        for begin in range(0, len(asked), _MOST_AT_A_TIME):
            channels, hops = asked[begin : begin + _MOST_AT_A_TIME].T
            heard = self._open().hear(*_audible(seconds[channels, firsts[hops]], batch.rate))
            classes[channels, hops], artifacts[channels, hops] = heard.classes, heard.artifacts
            for name, values in heard.kept.items():
                whole = kept.setdefault(
                    name, np.zeros((*loud.shape, *values.shape[1:]), np.float32)
                )
                whole[channels, hops] = values
        pts = tuple(batch.pts(int(start)) for start in batch.hops)
        return _Listened(pts, same_as, loud, classes, artifacts, kept)

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
