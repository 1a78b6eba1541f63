"""Asks the network of audio artifacts about seconds of sound, by whichever means is best here.

`onnx_fp32` runs a graph in ONNX Runtime, which is what `auto` takes; `torch` is the network itself,
the yardstick. torch is imported for that, and once to make the graph. Eight bits would save little:
the features take longer than the network.

A network that hears in context is asked twice: about seconds, and, with what was kept of those,
about rows of them.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models.artifact_feature import ARTIFACTS, CLASSES, SHAPES, features_of
from core.models.artifact_lasting import HEARD, JOINT, LASTING, Rows
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

SAID: Mapping[str, tuple[int, ...]] = {
    "said": (len(CLASSES) + len(ARTIFACTS),),
    "joint": (JOINT,),
}
"""Shape of what the network itself comes to, a second, of what is kept for context."""

KEPT: Mapping[str, tuple[int, ...]] = {**SAID, **{name: SHAPES[name] for name in HEARD}}
"""Shape of all that is kept of a second, by name."""

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

_ANSWERS = ("classes", "artifacts")

_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network says of seconds of sound.

    Attributes:
        classes: Probability of each of `CLASSES`, of which one is right, 0..1, shape (n, 5); the
            sum of a row is 1.
        artifacts: Probability of each of `ARTIFACTS` by itself, 0..1, shape (n, 4).
        kept: What the same seconds are asked about in context with, by name, each of shape
            (n, *its own), float32; empty for a network that does not hear in context.
    """

    classes: Floats
    artifacts: Floats
    kept: Mapping[str, Floats] = field(default_factory=dict)


class ArtifactRuntime(ABC):
    """One means to ask the network. Threads may share it; they wait for each other.

    Attributes:
        choice: Which means it is.
        weights: Whose answers these are.
    """

    choice: Choice
    weights: Weights
    _inputs: tuple[str, ...]
    _in_context: bool

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
        besides = HEARD if self._in_context else ()
        kept = {
            name: np.empty((len(seconds), *shape), np.float32)
            for name, shape in KEPT.items()
            if self._in_context
        }
        for start in range(0, len(seconds), AT_A_TIME):
            few = slice(start, start + AT_A_TIME)
            features = features_of(seconds[few], rate, {*self._inputs, *besides})
            given = {name: values.astype(np.float32) for name, values in features.items()}
            with self._asking:
                answers = self._ask({name: given[name] for name in self._inputs})
            classes[few], artifacts[few] = answers[:2]
            for name, values in zip(
                kept, (*answers[2:], *(given[n] for n in besides)), strict=True
            ):
                kept[name][few] = values
        return Heard(classes, artifacts, kept)

    def in_context(self, kept: Mapping[str, Floats], heard: Bools, first: int, end: int) -> Heard:
        """Ask about rows among those around them.

        Args:
            kept: What `hear` gave of rows half a second apart, float32, shape (n, *its own), with
                no fewer around those asked about than `artifact_lasting.REACH`, where there are
                so many.
            heard: Which of them were heard; of the others nothing is looked at. Shape (n,).
            first: The first row that is asked about.
            end: The one after the last.

        Returns:
            The answers about rows from `first` to `end`; what was not heard has no artifact.
        """
        own = slice(first, end)
        classes = np.zeros((len(heard), len(CLASSES)), np.float32)
        artifacts = np.zeros((len(heard), len(ARTIFACTS)), np.float32)
        classes[:, 0] = 1.0
        if heard[own].any():
            rows = Rows(kept, heard)
            given = {
                name: np.zeros((1, len(heard), *shape), np.float32)
                for name, shape in LASTING.items()
            }
            for row in (first + np.flatnonzero(heard[own])).tolist():
                for name, values in rows.around(row).items():
                    given[name][0, row] = values
            given |= {
                name: np.where(_like(heard, kept[name]), kept[name], 0)[None] for name in SAID
            }
            given["heard"] = heard[None].astype(np.float32)
            with self._asking:
                said, own_said = self._ask_in_context(given)
            classes[heard], artifacts[heard] = said[0][heard], own_said[0][heard]
        return Heard(classes[own], artifacts[own])

    @abstractmethod
    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, ...]:
        """Probabilities of classes (n, 5) and artifacts (n, 4); in context what `SAID` names."""

    @abstractmethod
    def _ask_in_context(self, given: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Probabilities of classes (s, n, 5) and artifacts (s, n, 4)."""


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
            options.get("context", "") == "yes",
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
        self._in_context = weights.card.options.get("context", "") == "yes"
        self._outputs = [*_ANSWERS, *(SAID if self._in_context else ())]
        if self._in_context:
            self._context = open_session(_context_of(weights), threads)

    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, ...]:
        return tuple(self._session.run(self._outputs, dict(features)))

    def _ask_in_context(self, given: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        classes, artifacts = self._context.run(list(_ANSWERS), dict(given))
        return classes, artifacts


class _TorchRuntime(ArtifactRuntime):
    """The network in torch, on the processor."""

    def __init__(self, choice: Choice, weights: Weights) -> None:
        super().__init__(choice, weights)
        import torch

        self._torch: Any = torch
        self._net = load_net(weights)
        self._inputs = self._net.heard
        self._in_context = self._net.context is not None

    def _ask(self, features: Mapping[str, Floats]) -> tuple[Floats, ...]:
        torch = self._torch
        with torch.inference_mode():
            joint = self._net.joined(
                {name: torch.from_numpy(values) for name, values in features.items()}
            )
            classes, artifacts = self._net.answers(joint)
            heard = torch.softmax(classes, dim=1).numpy(), torch.sigmoid(artifacts).numpy()
            if not self._in_context:
                return heard
            return *heard, torch.cat([classes, artifacts], dim=1).numpy(), joint.numpy()

    def _ask_in_context(self, given: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        torch = self._torch
        with torch.inference_mode():
            each = {name: torch.from_numpy(values) for name, values in given.items()}
            said, joint, heard = (each.pop(name) for name in (*SAID, "heard"))
            assert self._net.context is not None
            classes, artifacts = self._net.context(said, joint, each, heard)
            return torch.softmax(classes, dim=2).numpy(), torch.sigmoid(artifacts).numpy()


def _graph_of(weights: Weights) -> bytes:
    def export(path: Path) -> None:
        from core.models.export import export_artifact

        export_artifact(load_net(weights), path)

    return kept_graph(weights, export)


def _context_of(weights: Weights) -> bytes:
    def export(path: Path) -> None:
        from core.models.export_context import export_context

        net = load_net(weights)
        assert net.context is not None
        export_context(net.context, path)

    return kept_graph(weights, export, "context")


def _like(heard: Bools, values: Floats) -> Bools:
    """With as many axes as what it stands beside."""
    return heard.reshape(-1, *[1] * (values.ndim - 1))


@lru_cache(maxsize=1)
def _loaded(name: str, _digest: str) -> ArtifactRuntime:
    return open_artifact_runtime(name)
