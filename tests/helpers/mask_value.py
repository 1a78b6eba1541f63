"""Masks as values, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
from helpers.review_value import FINGERPRINT

from core.domain.mask import (
    AskedRegion,
    MaskClass,
    MaskLayer,
    MaskOrigin,
    MaskProject,
    MaskRound,
    RoundCurves,
)

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CLASSES = (MaskClass(1, "corrupt", "#e69f00"), MaskClass(2, "logo", "#56b4e9"))


def make_project(width: int, height: int, project_id: str = "project1") -> MaskProject:
    """A project of two classes."""
    return MaskProject(
        project_id, "Blocks", FINGERPRINT, 0, Fraction(1, 25), width, height, CLASSES, "Ada", WHEN
    )


def make_layer(
    layer_id: str,
    labels: Sequence[Sequence[int]],
    origin: MaskOrigin = MaskOrigin.PERSON,
    pts: int = 0,
    *,
    clicks: int = 0,
    complete: bool = False,
    undoes: str = "",
) -> MaskLayer:
    """A layer by Ada."""
    return MaskLayer(
        id=layer_id,
        project="project1",
        pts=pts,
        labels=np.array(labels, np.uint8) if labels else np.zeros((0, 0), np.uint8),
        origin=origin,
        by="Ada",
        at=WHEN,
        complete=complete,
        clicks=clicks,
        undoes=undoes,
    )


def make_round(number: int, round_id: str = "") -> MaskRound:
    """A round of `make_project` that asks about a rectangle and a superpixel."""
    return MaskRound(
        id=round_id or f"round{number}",
        project="project1",
        number=number,
        at=WHEN,
        by="block_corruption.r1",
        granularity="16x16",
        rule="hvsa",
        seed=7,
        budget=2,
        start=0,
        end=3,
        asked=(AskedRegion(0, (0, 0, 2, 2)), AskedRegion(3, (1, 0, 2, 1), (2, 1, 1, 1, 3))),
        uncertainty=((0, 0.5), (3, 0.25)),
        seconds=12.5,
        curves=RoundCurves((0, 20), (0.7, 0.1), (0.01, 0.02)),
    )
