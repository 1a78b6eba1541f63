"""What the shipped network has to say of each picture, looked up once and kept.

The network stays as it is: a round of an experiment then learns a decision from a few numbers a
picture, within a second on one core, in place of minutes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.source import Source
from core.learning.experiment.library import Piece, piece_of, sources_of
from core.learning.experiment.protocol import Protocol, Role, Stage
from core.learning.work_folder import claim
from core.models.block_corruption import BlockCorruptionNet


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A set of pictures as the shipped network sees them, n of them.

    Attributes:
        logit: Of the shipped decision, calibrated, shape (n,).
        heard: What the shipped decision hears: kinds of features under strong cells, and the map's
            figures, shape (n, 36).
        seen: The last features, weighted by the map, in the mean, and the strongest, shape (n,
            3 x width).
        corrupted: What the reviewer would say: 1 or 0, shape (n,).
        title: Number of the source, shape (n,).
        piece: Number of the piece, shape (n,).
        made: How each was damaged.
        names: Of the sources, by number.
        unclear: Pictures that were left out, as nothing in them gives their damage away.
    """

    logit: NDArray[np.float64]
    heard: NDArray[np.float32]
    seen: NDArray[np.float32]
    corrupted: NDArray[np.float64]
    title: NDArray[np.int64]
    piece: NDArray[np.int64]
    made: tuple[str, ...]
    names: tuple[str, ...]
    unclear: int

    def __len__(self) -> int:
        return len(self.logit)


def look(
    protocol: Protocol,
    lesson: Lesson,
    net: BlockCorruptionNet,
    weights_hash: str,
    sources: Sequence[Source],
    stage: Stage,
    role: Role,
    work: Path,
    progress: Callable[[float, str], None] | None = None,
) -> Looked:
    """Make a set and have the network look at it; what is in the folder is not made again.

    Args:
        protocol: What is made.
        lesson: What counts as visible.
        net: In eval mode.
        weights_hash: Of the network; a folder is for one.
        sources: All that there are.
        stage: Of the experiment.
        role: Of the set.
        work: Folder of what was seen.
        progress: Told the share that is done and what is being made.

    Raises:
        KnownError: There are no sources for this set, or the folder cannot be used.
    """
    mine = sources_of(protocol, lesson, sources, stage, role)
    folder = work / ("replay" if role == "replay" else f"{stage}_{role}")
    claim(folder, _stamp(protocol, lesson, mine, weights_hash), "pictures")
    total = protocol.pieces(stage, role)
    cv2.setNumThreads(1)
    for number in range(total):
        path = folder / f"{number:05d}.npz"
        if not path.is_file():
            try:
                piece: Piece | None = piece_of(protocol, lesson, mine, stage, role, number)
            except KnownError:
                piece = None
            _keep(path, piece, net)
            if progress is not None:
                progress((number + 1) / total, f"{stage} {role}, piece {number}")
    found = gathered([folder / f"{number:05d}.npz" for number in range(total)])
    if not 0 < found.corrupted.sum() < len(found):
        raise KnownError(
            f"Nothing can be told from the set “{role.replace('_', ' ')}”: it needs pictures with "
            "damage and without. Ask for more pieces."
        )
    return found


def _stamp(protocol: Protocol, lesson: Lesson, mine: Sequence[Source], weights_hash: str) -> str:
    """All that a set follows from; how it is chosen from is no part of it."""
    table = asdict(protocol)
    made = {name: table[name] for name in ("frames", "kept", "window", "library_below", "domains")}
    made["shelves"] = {r: (s.damaged, s.decoys) for r, s in protocol.shelves.items()}
    taught = (lesson.severity, lesson.visible, lesson.touched, lesson.cell, asdict(lesson.sight))
    names = [source.name for source in mine]
    return json.dumps([made, taught, names, weights_hash], sort_keys=True)


def _keep(path: Path, piece: Piece | None, net: BlockCorruptionNet) -> None:
    """Write what the network sees of a piece's pictures; written at once, so it is whole."""
    asked = piece.asked if piece is not None else ()
    known = [one for one in asked if not one.unclear]
    seen = [_seen(net, one.rgb) for one in known]
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        np.savez(
            file,
            logit=np.array([s[0] for s in seen], np.float64),
            heard=np.array([s[1] for s in seen], np.float32),
            seen=np.array([s[2] for s in seen], np.float16),
            corrupted=np.array([one.corrupted for one in known], np.float64),
            source=np.array(piece.source if piece is not None else ""),
            made=np.array(piece.made if piece is not None else ""),
            unclear=np.array(len(asked) - len(known)),
        )
    half.replace(path)


def _seen(
    net: BlockCorruptionNet, rgb: NDArray[np.uint8]
) -> tuple[float, NDArray[np.float32], NDArray[np.float32]]:
    """Calibrated logit, what the decision hears, and pooled features of a picture."""
    heard: list[torch.Tensor] = []
    hook = net.decision.hidden.register_forward_pre_hook(lambda _m, given: heard.append(given[0]))
    try:
        with torch.inference_mode():
            given = torch.from_numpy(np.ascontiguousarray(rgb)).permute(2, 0, 1)[None].float()
            features = net.features((given / 255 - net.mean) / net.deviation)
            cells = net.cells(features)
            decided = net.decision(features, cells) * net.calibration[2] + net.calibration[3]
            flat = features.flatten(2)
            weight = torch.softmax(cells.flatten(2).clamp(-12, 12), dim=2)
            pooled = torch.cat([(flat * weight).sum(2), flat.mean(2), flat.amax(2)], dim=1)
    finally:
        hook.remove()
    return float(decided[0]), heard[0][0].numpy(), pooled[0].numpy()


def gathered(paths: Sequence[Path]) -> Looked:
    """What was seen of all pictures of some pieces, in order.

    Raises:
        KnownError: There is nothing.
    """
    tables = list(_tables(paths))
    known = [table for table in tables if len(table["logit"])]
    if not known:
        raise KnownError("No picture of these titles can be asked about.")
    names = sorted({str(table["source"]) for table in known})
    counts = [len(table["logit"]) for table in known]
    titles = [names.index(str(table["source"])) for table in known]
    return Looked(
        np.concatenate([table["logit"] for table in known]),
        np.concatenate([table["heard"] for table in known]),
        np.concatenate([table["seen"] for table in known]).astype(np.float32),
        np.concatenate([table["corrupted"] for table in known]),
        np.repeat(np.array(titles, np.int64), counts),
        np.repeat(np.arange(len(known)), counts),
        tuple(str(t["made"]) for t, n in zip(known, counts, strict=True) for _ in range(n)),
        tuple(names),
        sum(int(table["unclear"]) for table in tables),
    )


def _tables(paths: Sequence[Path]) -> Iterator[dict[str, NDArray[np.generic]]]:
    for path in paths:
        with np.load(path, allow_pickle=False) as kept:
            yield {name: kept[name] for name in kept.files}
