"""Learns the heads of both towers from what the body sees and the bands that are heard.

Ridge regression: from what is seen, the log mel bands of the five pictures around each are
foretold. The rows of both towers are then the directions in which that succeeds best. There is a
minute to learn from; nothing that learns more freely did better on persons that it never met
(docs/adr/0024-lip-sync-from-a-minute.md, docs/adr/0037-lip-sync-other-ways-of-learning.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.models.lip_sync import SEEN_WIDTH, LipSyncNet
from core.models.sync_sound import BANDS, FRAMES_A_PICTURE

WIDTH = 32
"""Numbers in a row; more foretell nothing."""

HEARD_PICTURES = 2
"""Pictures to either side whose sound is foretold."""

_STEADY = 1e-3

Floats = NDArray[np.float32]
Exact = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What is learned from a clip.

    Attributes:
        seen: What the body sees of the clip and of each of its variants, shape (n, 256) each.
        bands: What is heard, shape (4 n, 24).
    """

    seen: Sequence[Floats]
    bands: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """What makes rows.

    Attributes:
        seen_mean: Of what the body sees, shape (256,).
        seen_deviation: The same.
        heard_mean: Of the bands, shape (24,).
        heard_deviation: The same.
        seeing: Shape (256, 32).
        hearing: Shape (5 * 24, 32): the bands of each of the five pictures, the earliest first.
    """

    seen_mean: Exact
    seen_deviation: Exact
    heard_mean: Exact
    heard_deviation: Exact
    seeing: Exact
    hearing: Exact

    def rows(self, material: Material) -> tuple[Floats, Floats]:
        """Rows of both towers for a clip itself."""
        seen = (material.seen[0] - self.seen_mean) / self.seen_deviation @ self.seeing
        heard = _around(self._normal(material.bands)) @ self.hearing
        return seen.astype(np.float32), heard.astype(np.float32)

    def _normal(self, bands: Floats) -> Exact:
        return (bands - self.heard_mean) / self.heard_deviation

    def into(self, net: LipSyncNet) -> None:
        """Give a network these heads; it must have been made with `WIDTH`."""
        values = {
            "seen_mean": self.seen_mean,
            "seen_deviation": self.seen_deviation,
            "heard_mean": self.heard_mean,
            "heard_deviation": self.heard_deviation,
            "seeing.weight": self.seeing.T[:, :, None],
            "seeing.bias": np.zeros(WIDTH),
            "hearing.weight": self._kernel(),
            "hearing.bias": np.zeros(WIDTH),
        }
        state = net.state_dict()
        net.load_state_dict({**state, **{k: torch.from_numpy(v) for k, v in values.items()}})

    def _kernel(self) -> Exact:
        """Each picture's bands are the mean of its four frames."""
        pictures = 2 * HEARD_PICTURES + 1
        weights = self.hearing.reshape(pictures, BANDS, WIDTH).transpose(2, 1, 0)
        return np.repeat(weights / FRAMES_A_PICTURE, FRAMES_A_PICTURE, axis=2)


def learn(materials: Mapping[str, Material], decay: float) -> Heads:
    """Learn the heads.

    Args:
        materials: By clip.
        decay: How much large weights cost.
    """
    every = list(materials.values())
    bands = np.concatenate([m.bands for m in every]).astype(np.float64)
    heard_mean, heard_deviation = bands.mean(0), bands.std(0) + _STEADY
    seen_mean = np.concatenate([m.seen[0] for m in every]).astype(np.float64).mean(0)
    given, wanted = [], []
    for material in every:
        sound = _around((material.bands - heard_mean) / heard_deviation)
        for seen in material.seen:
            # Who it is and how the clip is lit says nothing about when.
            given.append(seen - seen.mean(0, dtype=np.float64))
            wanted.append(sound - sound.mean(0))
    face, sound = np.concatenate(given), np.concatenate(wanted)
    seen_deviation = face.std(0) + _STEADY
    face /= seen_deviation
    weigh = face.T @ face + decay * len(face) * np.eye(SEEN_WIDTH)
    solved = np.linalg.solve(weigh, face.T @ sound)
    foretold = face @ solved
    # In order of strength, the weakest first.
    _, directions = np.linalg.eigh(foretold.T @ foretold)
    hearing = np.ascontiguousarray(directions[:, : -WIDTH - 1 : -1])
    return Heads(seen_mean, seen_deviation, heard_mean, heard_deviation, solved @ hearing, hearing)


def _around(bands: Exact) -> Exact:
    """The bands of each picture and of those around it, shape (n, 5 * 24)."""
    pictures = bands.reshape(-1, FRAMES_A_PICTURE, BANDS).mean(1)
    longer = np.pad(pictures, ((HEARD_PICTURES, HEARD_PICTURES), (0, 0)), mode="edge")
    return np.concatenate(
        [longer[i : i + len(pictures)] for i in range(2 * HEARD_PICTURES + 1)], axis=1
    )
