"""Trainings, promotions and the pointer as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.domain.lineage import (
    Curve,
    GateLine,
    GateReport,
    Outcome,
    Promotion,
    Training,
    TrainingState,
    WeightsInUse,
)

FORMAT = 1
"""Version of the shapes."""


def training_document(training: Training) -> dict[str, Any]:
    """A training as plain JSON values."""
    return {"format": FORMAT, **asdict(training), "created": training.created.isoformat()}


def training_of(document: Mapping[str, Any]) -> Training:
    """A training from what `training_document` gave.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    values = _current(document)
    values["state"] = TrainingState(values["state"])
    values["created"] = datetime.fromisoformat(values["created"])
    values["curves"] = tuple(_curve_of(curve) for curve in values["curves"])
    values["gate"] = None if values["gate"] is None else _gate_of(values["gate"])
    values["data"] = tuple(map(str, values["data"]))
    return Training(**values)


def promotion_document(promotion: Promotion) -> dict[str, Any]:
    """A promotion as plain JSON values."""
    return {**asdict(promotion), "at": promotion.at.isoformat()}


def promotion_of(document: Mapping[str, Any]) -> Promotion:
    """A promotion from what `promotion_document` gave.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    return Promotion(**{**document, "at": datetime.fromisoformat(document["at"])})


def in_use_document(in_use: WeightsInUse) -> dict[str, Any]:
    """The pointer as plain JSON values."""
    return {
        "format": FORMAT,
        "number": in_use.number,
        "names": dict(sorted(in_use.names.items())),
        "hashes": dict(sorted(in_use.hashes.items())),
        "last": None if in_use.last is None else promotion_document(in_use.last),
    }


def in_use_of(document: Mapping[str, Any]) -> WeightsInUse:
    """The pointer from what `in_use_document` gave.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    values = _current(document)
    names, hashes = ({str(k): str(v) for k, v in values[key].items()} for key in _MAPS)
    last = None if values["last"] is None else promotion_of(values["last"])
    return WeightsInUse(int(values["number"]), names, hashes, last)


_MAPS = ("names", "hashes")


def is_newer(document: object) -> bool:
    """Whether a newer version wrote this, which therefore is not damaged."""
    number = document.get("format") if isinstance(document, Mapping) else None
    return isinstance(number, int) and number > FORMAT


def _current(document: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(document)
    if values.pop("format") != FORMAT:
        raise ValueError("a format that this version does not know")
    return values


def _curve_of(document: Mapping[str, Any]) -> Curve:
    points = tuple((int(step), float(value)) for step, value in document["points"])
    return Curve(str(document["name"]), str(document["unit"]), points)


def _gate_of(document: Mapping[str, Any]) -> GateReport:
    lines = tuple(
        GateLine(
            **{
                **line,
                "interval": tuple(map(float, line["interval"])),
                "outcome": Outcome(line["outcome"]),
            }
        )
        for line in document["lines"]
    )
    return GateReport(lines, bool(document["passes"]), tuple(map(str, document["sentences"])))
