"""What the network says of stretches, row by row: what the head in context learns from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.learning.audio_artifact.lesson import Lesson
from core.learning.audio_artifact.pool import UNTOLD
from core.learning.audio_artifact.stretch import PRESENT, UNKNOWN, StretchOrigin
from core.learning.audio_artifact.stretch_pool import NAMES, shards_of
from core.learning.lesson_file import Side
from core.models.artifact_lasting import HEARD, LASTING, Rows
from core.models.audio_artifact import AudioArtifactNet

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RowsSaid:
    """Rows of all stretches of a side, one after the other.

    Attributes:
        said: Logits of classes and artifacts of each second by itself, shape (n, 9).
        joint: What body and fine branch come to, float16, shape (n, 256).
        lasts: What lasts around, float16, shape (n, *its own) each, as `LASTING` names it.
        state: As in `Stretch`, shape (n, 4).
        dose: As in `Stretch`, shape (n, 4).
        heard: As in `Stretch`, shape (n,).
        origins: Of each stretch.
    """

    said: Floats
    joint: NDArray[np.float16]
    lasts: Mapping[str, NDArray[np.float16]]
    state: NDArray[np.int8]
    dose: Floats
    heard: NDArray[np.bool_]
    origins: Sequence[StretchOrigin]

    def __len__(self) -> int:
        return len(self.heard)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """First row of each stretch, and the one after the last."""
        return np.cumsum([0, *(origin.rows for origin in self.origins)])

    @cached_property
    def classes(self) -> NDArray[np.int64]:
        """Index into the network's classes, shape (n,); `UNTOLD` for rows that were not heard, in
        which something is unknown, or with two artifacts."""
        present = self.state == PRESENT
        count = present.sum(axis=1)
        found = np.where(count == 0, 0, present.argmax(axis=1) + 1)
        told = self.heard & (self.state != UNKNOWN).all(axis=1) & (count <= 1)
        return np.where(told, found, UNTOLD).astype(np.int64)

    @property
    def counted(self) -> Floats:
        """0 or 1, shape (n, 4): whether it is known of the artifact that it is there, or not."""
        return np.asarray((self.state != UNKNOWN) & self.heard[:, None], np.float32)

    @property
    def present(self) -> Floats:
        """0 or 1, shape (n, 4)."""
        return np.asarray(self.state == PRESENT, np.float32)

    def of_rows(self, values: Callable[[StretchOrigin], object]) -> NDArray[np.generic]:
        """What is true of a row's stretch, for each row, shape (n,)."""
        each = np.array([values(origin) for origin in self.origins])
        return np.repeat(each, [origin.rows for origin in self.origins])


def rows_said(
    net: AudioArtifactNet,
    lesson: Lesson,
    side: Side,
    folder: Path,
    where: torch.device,
    progress: Callable[[float, str], None],
) -> RowsSaid:
    """Ask the network about every row of a side, by itself.

    Args:
        net: With its calibration.
        lesson: Says how many stretches there are.
        side: Which.
        folder: Of the pool of stretches.
        where: The network is.
        progress: Told the share that is done.

    Raises:
        KnownError: Stretches are missing.
    """
    net.eval()
    parts: dict[str, list[NDArray[np.generic]]] = {}
    origins: list[StretchOrigin] = []
    names = [name for name in NAMES if name in {*net.heard, *HEARD}]
    for shard in shards_of(lesson, side, folder, names):
        given = {
            name: torch.from_numpy(np.asarray(shard.features[name], np.float32)).to(where)
            for name in net.heard
        }
        with torch.no_grad():
            joint = net.joined(given)
            said = torch.cat(net.answers(joint), dim=1)
        found: dict[str, NDArray[np.generic]] = {
            "said": said.cpu().numpy(),
            "joint": joint.cpu().numpy().astype(np.float16),
            "state": shard.state,
            "dose": shard.dose,
            "heard": shard.heard,
            **_lasts(shard.features, shard.heard, [origin.rows for origin in shard.origins]),
        }
        for name, values in found.items():
            parts.setdefault(name, []).append(values)
        origins += shard.origins
        progress(len(origins) / lesson.stretch.count[side], f"{side}: what is said of stretches")
    whole = {name: np.concatenate(values) for name, values in parts.items()}
    lasts = {name: whole.pop(name) for name in LASTING}
    return RowsSaid(lasts=lasts, origins=origins, **whole)


def said_alone(
    net: AudioArtifactNet, lesson: Lesson, side: Side, folder: Path, where: torch.device
) -> Floats:
    """Logits of classes and artifacts of every row by itself, shape (n, 9)."""
    net.to(where).eval()
    found = []
    for shard in shards_of(lesson, side, folder, net.heard):
        given = {
            name: torch.from_numpy(np.asarray(values, np.float32)).to(where)
            for name, values in shard.features.items()
        }
        with torch.no_grad():
            found.append(torch.cat(net(given), dim=1).cpu().numpy())
    return np.concatenate(found)


def _lasts(
    features: Mapping[str, NDArray[np.float16]], heard: NDArray[np.bool_], lengths: Sequence[int]
) -> dict[str, NDArray[np.float16]]:
    """What lasts around every row that was heard, stretch by stretch; else zeros."""
    found = {name: np.zeros((len(heard), *shape), np.float16) for name, shape in LASTING.items()}
    first = 0
    for length in lengths:
        here = slice(first, first + length)
        rows = Rows({name: features[name][here] for name in HEARD}, heard[here])
        for row in np.flatnonzero(heard[here]).tolist():
            for name, values in rows.around(row).items():
                found[name][first + row] = values
        first += length
    return found
