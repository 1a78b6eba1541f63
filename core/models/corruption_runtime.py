"""Asks the network that sees block corruption about pictures, by whichever means is best here.

`onnx_int8` and `onnx_fp32` run a graph in ONNX Runtime, `torch` and `torch_cuda` the network
itself. torch is imported only for the last two, and once to make the graph of `onnx_fp32`.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models.graphics_card import cuda_is_likely
from core.models.picture_size import at_least_a_cell
from core.models.weights import Weights, find, kept_graph, load_into

if TYPE_CHECKING:
    from torch import Tensor

    from core.models.block_corruption import BlockCorruptionNet

Choice = Literal["auto", "onnx_int8", "onnx_fp32", "torch", "torch_cuda"]
"""Means to ask the network; `auto` leaves it to this module."""

DETECTOR = "block_corruption"
INT8 = ".int8.onnx"
"""How the name of the file ends that holds the graph with eight bits."""

ARCHITECTURE = "BlockCorruptionNet"

LARGE_PX = 1920 * 1200
"""Pixels from which on memory is given back after each picture: 4K would hold gigabytes."""

_ERRORS_ONLY = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network says of a picture.

    Attributes:
        probability: That the picture is corrupted, 0..1.
        map: The same of every cell of 32 x 32 pixels, 0..1, shape (rows, columns).
    """

    probability: float
    map: NDArray[np.float32]


class Runtime(ABC):
    """One means to ask the network. Not to be shared between threads.

    Attributes:
        choice: Which means it is.
        weights: Whose answers these are.
    """

    choice: Choice
    weights: Weights

    def see(self, rgb: NDArray[np.uint8]) -> Seen:
        """Ask about a picture.

        Args:
            rgb: Shape (height, width, 3), of any size.
        """
        if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
            raise BugError(f"this is no picture: {rgb.dtype} of shape {rgb.shape}")
        cells, decided = self._ask(np.ascontiguousarray(at_least_a_cell(rgb))[None])
        return Seen(float(decided[0]), cells[0])

    @abstractmethod
    def _ask(self, pictures: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities of maps (n, rows, columns) and pictures (n,) from (n, h, w, 3)."""


def open_runtime(
    choice: Choice = "auto", weights: Weights | str | None = None, threads: int | None = None
) -> Runtime:
    """Load the network.

    Args:
        choice: `auto` takes a graphics card when there is one, else eight bits when the card of
            the weights says that they were proven as good, else 32 bits.
        weights: Weights or their name; None takes the newest of block corruption.
        threads: How many ONNX Runtime uses for a picture; None takes one for each processor.

    Raises:
        KnownError: There are no weights, they are not what their card tells of, or the choice
            cannot be had here.
    """
    if choice not in get_args(Choice):
        raise BugError(f"there is no runtime {choice}")
    if not isinstance(weights, Weights):
        weights = find(weights or DETECTOR)
    if weights.card.architecture != ARCHITECTURE:
        raise KnownError(f"The weights {weights.card.name} are not for block corruption.")
    if choice == "auto":
        choice = _best(weights)
    if choice == "onnx_int8":
        return _GraphRuntime(choice, weights, weights.read(INT8), threads)
    if choice == "onnx_fp32":
        return _GraphRuntime(choice, weights, _graph_of(weights), threads)
    return _TorchRuntime(choice, weights)


def load_net(weights: Weights) -> BlockCorruptionNet:
    """The network itself with its weights, in eval mode. Imports torch.

    Raises:
        KnownError: The weights are not what their card tells of, or for another network.
    """
    from core.models.block_corruption import BACKBONES, BlockCorruptionNet

    backbone = weights.card.options.get("backbone", "")
    if backbone not in BACKBONES:
        raise KnownError(f"The weights {weights.card.name} are for a network not known here.")
    net = BlockCorruptionNet(backbone)
    load_into(net, weights)
    return net.eval().requires_grad_(False)


class _GraphRuntime(Runtime):
    """A graph in ONNX Runtime, on the processor."""

    def __init__(self, choice: Choice, weights: Weights, graph: bytes, threads: int | None) -> None:
        self.choice = choice
        self.weights = weights
        self._graph = graph
        self._threads = threads
        self._session = open_session(graph, threads)
        self._session_for_large: onnxruntime.InferenceSession | None = None

    def _ask(self, pictures: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        session = self._session
        if pictures[..., 0].size > LARGE_PX:
            if self._session_for_large is None:
                self._session_for_large = open_session(
                    self._graph, self._threads, keep_memory=False
                )
            session = self._session_for_large
        cells, decided = session.run(["map", "frame"], {"pictures": pictures})
        return cells, decided


class _TorchRuntime(Runtime):
    """The network in torch: as it was trained on the processor, with 16 bits on a card."""

    def __init__(self, choice: Choice, weights: Weights) -> None:
        import torch

        self.choice = choice
        self.weights = weights
        self._torch = torch
        if choice == "torch_cuda" and not torch.cuda.is_available():
            raise KnownError("torch finds no graphics card that it can compute on.")
        self._device = torch.device("cuda" if choice == "torch_cuda" else "cpu")
        net = load_net(weights).to(self._device)
        self._net: Any = net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def _ask(self, pictures: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        torch = self._torch
        on_card = self._device.type == "cuda"
        with torch.inference_mode(), torch.autocast("cuda", torch.float16, enabled=on_card):
            # torch takes no array that may not be written to, such as a decoder's.
            mine = np.require(pictures, requirements="W")
            given = torch.from_numpy(mine).to(self._device).permute(0, 3, 1, 2)
            cells, decided = self._net(given.float() / 255)
        return self._probability(cells), self._probability(decided)

    def _probability(self, logits: Tensor) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._torch.sigmoid(logits.float()).cpu().numpy()
        return found


def open_session(
    graph: bytes,
    threads: int | None = None,
    *,
    spinning: bool = False,
    keep_memory: bool = True,
) -> onnxruntime.InferenceSession:
    """A graph ready to run on the processor.

    Args:
        graph: ONNX.
        threads: How many share the work; None takes one for each processor.
        spinning: Whether they wait in a loop for the next piece; that takes the processor from
            decoders beside them.
        keep_memory: Whether what a picture needed is kept for the next one, which saves up to half
            of the processor's time.
    """
    # On Windows the variable that `core` sets may not be all.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spinning)))
    options.enable_cpu_mem_arena = keep_memory
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _best(weights: Weights) -> Choice:
    if cuda_is_likely():
        import torch

        if torch.cuda.is_available():
            return "torch_cuda"
    proven = "onnx_int8" in weights.card.proven and weights.has(INT8)
    return "onnx_int8" if proven else "onnx_fp32"


def _graph_of(weights: Weights) -> bytes:
    def export(path: Path) -> None:
        from core.models.export import export_fp32

        export_fp32(load_net(weights), path)

    return kept_graph(weights, export)
