"""Asks the network of audio artifacts about seconds of sound, by whichever means is best here.

`onnx_fp32` runs a graph in ONNX Runtime, which is what `auto` takes; `torch` is the network itself,
the yardstick. torch is imported for that, and once to make the graph. Eight bits would save little:
the features take longer than the network.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models.artifact_feature import ARTIFACTS, CLASSES, features_of
from core.models.corruption_runtime import open_session
from core.models.weights import Weights, find, kept_graph, load_into

if TYPE_CHECKING:
    from core.models.audio_artifact import AudioArtifactNet

Choice = Literal["auto", "onnx_fp32", "torch"]
"""Means to ask the network; `auto` leaves it to this module."""

DETECTOR = "audio_artifact"
ARCHITECTURE = "AudioArtifactNet"

AT_A_TIME = 32
"""Seconds that the network is asked about at once: more take memory and no less time."""

Floats = NDArray[np.float32]

_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network says of seconds of sound.

    Attributes:
        classes: Probability of each of `CLASSES`, of which one is right, 0..1, shape (n, 5); the
            sum of a row is 1.
        artifacts: Probability of each of `ARTIFACTS` by itself, 0..1, shape (n, 4).
    """

    classes: Floats
    artifacts: Floats


class ArtifactRuntime(ABC):
    """One means to ask the network. Threads may share it; they wait for each other.

    Attributes:
        choice: Which means it is.
        weights: Whose answers these are.
    """

    choice: Choice
    weights: Weights
    _inputs: tuple[str, ...]

    def __init__(self, choice: Choice, weights: Weights) -> None:
        self.choice = choice
        self.weights = weights
        self._asking = threading.Lock()

    def hear(self, seconds: Floats, rate: int) -> Heard:
        """Ask about seconds of single channels.

        Args:
            seconds: Full scale ±1, shape (n, samples), a second or less.
            rate: Samples a second, 8,000 to 192,000.
        """
        classes = np.empty((len(seconds), len(CLASSES)), np.float32)
        artifacts = np.empty((len(seconds), len(ARTIFACTS)), np.float32)
        for start in range(0, len(seconds), AT_A_TIME):
            few = slice(start, start + AT_A_TIME)
            features = features_of(seconds[few], rate, self._inputs)
            given = {name: values.astype(np.float32) for name, values in features.items()}
            with self._asking:
                classes[few], artifacts[few] = self._ask(given)
        return Heard(classes, artifacts)

    @abstractmethod
    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Probabilities of classes (n, 5) and artifacts (n, 4)."""


def open_artifact_runtime(
    weights: Weights | str | None = None, choice: Choice = "auto", threads: int | None = None
) -> ArtifactRuntime:
    """Load the network.

    Args:
        weights: Weights or their name; None takes the newest of audio artifacts.
        choice: By which means to ask it.
        threads: How many ONNX Runtime uses; None takes one for each processor.

    Raises:
        KnownError: There are no weights, or they are not what their card tells of.
    """
    if choice not in get_args(Choice):
        raise BugError(f"there is no runtime {choice}")
    if not isinstance(weights, Weights):
        weights = find(weights or DETECTOR)
    if weights.card.architecture != ARCHITECTURE:
        raise KnownError(f"The weights {weights.card.name} are not for audio artifacts.")
    if choice == "torch":
        return _TorchRuntime(choice, weights)
    return _GraphRuntime("onnx_fp32", weights, threads)


def shared_artifact_runtime() -> ArtifactRuntime:
    """The process's own; loaded when it is first asked for, and anew for other weights.

    Raises:
        KnownError: There are no weights, or they are not what their card tells of.
    """
    with _loading:
        weights = find(DETECTOR)
        return _loaded(weights.card.name, weights.tensors_sha256)


def load_net(weights: Weights) -> AudioArtifactNet:
    """The network itself with its weights, in eval mode. Imports torch.

    Raises:
        KnownError: The weights are not what their card tells of, or for another network.
    """
    from core.models.audio_artifact import AudioArtifactNet

    options = weights.card.options
    try:
        net = AudioArtifactNet(
            options.get("body", ""),
            options.get("fine", "") == "yes",
            options.get("wide", "") == "yes",
        )
    except BugError as error:
        raise KnownError(
            f"The weights {weights.card.name} are for a network not known here."
        ) from error
    load_into(net, weights)
    return net.eval().requires_grad_(False)


class _GraphRuntime(ArtifactRuntime):
    """A graph in ONNX Runtime, on the processor."""

    def __init__(self, choice: Choice, weights: Weights, threads: int | None) -> None:
        super().__init__(choice, weights)
        self._session = open_session(_graph_of(weights), threads)
        self._inputs = tuple(given.name for given in self._session.get_inputs())

    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        classes, artifacts = self._session.run(["classes", "artifacts"], dict(features))
        return classes, artifacts


class _TorchRuntime(ArtifactRuntime):
    """The network in torch, on the processor."""

    def __init__(self, choice: Choice, weights: Weights) -> None:
        super().__init__(choice, weights)
        import torch

        self._torch: Any = torch
        self._net = load_net(weights)
        self._inputs = self._net.heard

    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        torch = self._torch
        with torch.inference_mode():
            given = {name: torch.from_numpy(values) for name, values in features.items()}
            classes, artifacts = self._net(given)
            return torch.softmax(classes, dim=1).numpy(), torch.sigmoid(artifacts).numpy()


def _graph_of(weights: Weights) -> bytes:
    def export(path: Path) -> None:
        from core.models.export import export_artifact

        export_artifact(load_net(weights), path)

    return kept_graph(weights, export)


@lru_cache(maxsize=1)
def _loaded(name: str, _digest: str) -> ArtifactRuntime:
    return open_artifact_runtime(name)
