"""Checkpoints of training, as safetensors, like all weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, device, nn, optim

from core.domain.errors import KnownError

_SOLVER = "solver."


def save_checkpoint(
    path: Path,
    nets: Mapping[str, nn.Module],
    solver: optim.Optimizer,
    table: Mapping[str, Any],
) -> None:
    """Write a checkpoint; the one before stays until this one is whole.

    Args:
        path: The file.
        nets: By name; a name has no full stop.
        solver: Its state of every parameter is kept.
        table: What else is to be known, as JSON takes it.

    Raises:
        KnownError: It cannot be written.
    """
    tensors = {f"{n}.{k}": v for n, net in nets.items() for k, v in net.state_dict().items()}
    for number, state in solver.state_dict()["state"].items():
        tensors |= {f"{_SOLVER}{number}.{k}": v for k, v in state.items()}
    half = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Of one storage each: networks may share what they hold.
        whole = {k: v.detach().cpu().contiguous().clone() for k, v in tensors.items()}
        save_file(whole, half, {"state": json.dumps(table)})
        half.replace(path)
    except (OSError, SafetensorError) as error:
        raise KnownError("The checkpoint cannot be written.", str(error)) from error


def load_checkpoint(
    path: Path,
    nets: Mapping[str, nn.Module],
    solver: optim.Optimizer,
    where: device,
    key: str,
) -> dict[str, Any] | None:
    """Give networks and solver what a checkpoint holds.

    Args:
        path: The file; may be missing.
        nets: As they were saved.
        solver: As it was saved.
        where: Tensors go.
        key: What the table's `key` has to be; other training is not gone on with.

    Returns:
        The table, or None where there is nothing to go on from.

    Raises:
        KnownError: The file cannot be read.
    """
    if not path.is_file():
        return None
    try:
        with safe_open(path, "pt") as opened:
            table: dict[str, Any] = json.loads((opened.metadata() or {})["state"])
        if table.get("key") != key:
            return None
        tensors = load_file(path, device=str(where))
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise KnownError("The checkpoint cannot be read; delete it.", str(error)) from error
    for name, net in nets.items():
        net.load_state_dict(_below(tensors, f"{name}."))
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in _below(tensors, _SOLVER).items():
        number, entry = name.split(".", 1)
        state.setdefault(int(number), {})[entry] = value
    solver.load_state_dict({**solver.state_dict(), "state": state})
    return table


def _below(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
