"""How much of the way from the network that a training went on from is gone."""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch

from core.models.audio_artifact import NEW, AudioArtifactNet

_SHARES = tuple(number / 10 for number in range(1, 11))


def as_far_as_serves(
    first: AudioArtifactNet, best: AudioArtifactNet, score: Callable[[], float]
) -> float:
    """Go only as far from the network that was begun with as serves best.

    What was learned from fewer seconds than before fits them too well; between both networks lies
    one that forgets less (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). What is
    new in the best one stays whole.

    Args:
        first: What was begun with.
        best: Where training led; is set to the best place of the way.
        score: How good `best` is as it stands, on the validation side.

    Returns:
        The share of the way, above 0 and up to 1.
    """
    old, new = first.state_dict(), copy.deepcopy(best.state_dict())

    def go(share: float) -> None:
        best.load_state_dict(
            {
                name: value
                if name.startswith(NEW) or not value.dtype.is_floating_point
                else torch.lerp(old[name], value, share)
                for name, value in new.items()
            }
        )

    scores: list[tuple[float, float]] = []
    for share in _SHARES:
        go(share)
        scores.append((score(), share))
    share = max(scores)[1]
    go(share)
    return share
