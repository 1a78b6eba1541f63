"""Gives a network the weights that somebody else published for it."""

from __future__ import annotations

from pathlib import Path

from torch import nn

from core.domain.errors import KnownError


def take_published(net: nn.Module, path: Path, whose: str, left_out: tuple[str, ...]) -> None:
    """Load published weights into a network.

    Args:
        net: Whose state has the published names.
        path: Safetensors; anything that would have to be unpickled is refused.
        whose: The network's name, for the sentence of an error.
        left_out: How names of what the network has no place for begin.

    Raises:
        KnownError: The file cannot be read or holds other weights.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        state = load_file(path)
        net.load_state_dict({n: value for n, value in state.items() if not n.startswith(left_out)})
    except (OSError, SafetensorError, RuntimeError, ValueError) as error:
        raise KnownError(f"{whose}'s weights cannot be read.", str(error)) from error
