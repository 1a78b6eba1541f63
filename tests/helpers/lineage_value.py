"""Trainings, weights and gate reports as tests need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import nn

from core.domain.lineage import (
    Curve,
    GateLine,
    GateReport,
    Outcome,
    Training,
    TrainingState,
)
from core.models.card import WeightsCard
from core.models.weights import Weights, own_folder, save

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)

CARD = WeightsCard(
    name="block_corruption.r1",
    architecture="BlockCorruptionNet",
    options={"backbone": "resnet18"},
    preprocessing="RGB",
    classes=("clean", "corrupted"),
    recipe="Two epochs, seed 1.",
    data=("photographs",),
    licence="Apache-2.0",
)


def gate(passes: bool = True) -> GateReport:
    line = GateLine(
        "recall", "simulated test", 0.8, 0.8, (-0.01, 0.01), Outcome.NO_WORSE, 0.02, 40, "%"
    )
    return GateReport((line,), passes, ("Better on your titles, and no worse elsewhere.",))


def training(number: str = "a1", **changes: object) -> Training:
    made = Training(
        id=number,
        detector="block_corruption",
        parent="block_corruption.r1",
        snapshot="5" * 64,
        seed=3,
        state=TrainingState.EXAMINED,
        created=NOW,
        recipe="Decision and last block, 300 steps.",
        candidate="block_corruption.r101",
        candidate_sha256="f" * 64,
        progress=1.0,
        curves=(Curve("loss", points=((10, 0.5), (20, 0.25))),),
        gate=gate(),
        data=("/films",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def weights(
    name: str, seed: int = 1, training_id: str = "", folder: Callable[[], Path] = own_folder
) -> Weights:
    """Small made-up weights on disk."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    return save(net, replace(CARD, name=name, training=training_id), folder())
