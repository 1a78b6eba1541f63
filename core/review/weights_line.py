"""Weights as the desk lists them: read from their cards, never from the weights themselves.

What weights can do is said by who made them, in a card beside them; what measures with them is the
worker's. So the desk needs nothing but the cards, which are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.config import paths
from core.domain.lineage import Training, WeightsInUse

_TENSORS = ".safetensors"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a card: what was measured, how much, on what."""

    name: str
    value: float
    on: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WeightsLine:
    """Weights of a detector, as their card tells of them.

    Attributes:
        name: As `block_corruption.r2`.
        parent: What training started from: the name of other weights, or of a published network.
        own: Made or added here; else they came with the product.
        in_use: They measure now.
        sha256: Hash of the tensors; empty where the card names none.
        training: Id of the training that made them here; empty for others.
        snapshot: Id of the verdicts that it learned from; empty for others.
        at: When that training was asked for, UTC; None for others.
        recipe: How they were trained.
        figures: What was measured.
    """

    name: str
    parent: str
    own: bool
    in_use: bool
    sha256: str = ""
    training: str = ""
    snapshot: str = ""
    at: datetime | None = None
    recipe: str = ""
    figures: tuple[Figure, ...] = ()

    @property
    def revision(self) -> int:
        """Counts from 1."""
        return int(self.name.rpartition(".r")[2])


def weights_of(
    detector: str, trainings: Iterable[Training], in_use: WeightsInUse
) -> tuple[WeightsLine, ...]:
    """All weights of a detector, the oldest first; a card that cannot be read is left out.

    Args:
        detector: Its id.
        trainings: Of the detector, which say where weights came from.
        in_use: Which were promoted last.
    """
    made = {training.candidate: training for training in trainings if training.candidate}
    found: dict[str, WeightsLine] = {}
    for folder, own in ((paths.resources_dir() / "weights", False), (_own_folder(), True)):
        for path in sorted(folder.glob(f"{detector}.r*.json")):
            line = _read(path, own, made)
            if line is not None:
                found[line.name] = line
    lines = sorted(found.values(), key=lambda line: line.revision)
    name = in_use_name(detector, lines, in_use)
    return tuple(replace(line, in_use=line.name == name) for line in lines)


def in_use_name(detector: str, lines: Sequence[WeightsLine], in_use: WeightsInUse) -> str:
    """Name of the weights that measure: the promoted ones, else the newest not trained here."""
    promoted = in_use.names.get(detector, "")
    if any(line.name == promoted for line in lines):
        return promoted
    others = [line for line in lines if not line.training]
    return others[-1].name if others else ""


def _own_folder() -> Path:
    return paths.data_dir() / "weights"


def _read(path: Path, own: bool, made: dict[str, Training]) -> WeightsLine | None:
    try:
        card: dict[str, Any] = json.loads(path.read_text("utf-8"))
        name = str(card["name"])
        training = made.get(name)
        return WeightsLine(
            name=name,
            parent=str(card.get("parent", "")),
            own=own,
            in_use=False,
            sha256=str(card.get("files", {}).get(name + _TENSORS, "")),
            training=str(card.get("training", "")),
            snapshot=training.snapshot if training is not None else "",
            at=training.created if training is not None else None,
            recipe=str(card.get("recipe", "")),
            figures=tuple(_figure(entry) for entry in card.get("metrics", ())),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _figure(entry: dict[str, Any]) -> Figure:
    unit = str(entry.get("unit", ""))
    return Figure(str(entry["name"]), float(entry["value"]), str(entry["on"]), unit)
