"""What the trained network is worth, second by second, on sources it never heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.audio_artifact.answer import HOP_S, Floats, Listened, Told
from core.learning.audio_artifact.context_figures import row_figures
from core.learning.audio_artifact.context_rows import rows_said, said_alone
from core.learning.audio_artifact.context_train import answers_in_context
from core.learning.audio_artifact.course import (
    STRETCHES,
    Order,
    Progress,
    pool,
    sound,
    stretches,
)
from core.learning.audio_artifact.figures import figures_of, plain
from core.learning.audio_artifact.own_detector import fitted, measured_of_pool
from core.learning.audio_artifact.pool import Pool
from core.learning.audio_artifact.report import measured
from core.learning.audio_artifact.source import Recording, sound_paths, whole_of
from core.learning.audio_artifact.train import answers
from core.models.artifact_feature import ARTIFACTS, CLASSES, HIGHEST_RATE, LOWEST_RATE
from core.models.artifact_lasting import REACH
from core.models.artifact_runtime import (
    ArtifactRuntime,
    load_net,
    open_artifact_runtime,
)
from core.models.card import read_card
from core.models.weights import Weights, write_card

OWN = "own signal-processing detectors"
"""Name of that yardstick in the tables."""

CONTEXT, ALONE = "in context", "each second by itself"
"""Names of both answers of a network that hears in context."""

_OWN_VALIDATION, _OWN_TEST = 2000, 4000
_HEARD_AT_ONCE = 64
_LISTENED_S = 20
_QUIETEST = 10.0 ** (-70.0 / 20.0)


def put_to_the_test(
    order: Order,
    weights: Weights,
    line: float,
    progress: Progress,
    *,
    real: Sequence[Path] = (),
    against: Sequence[Path] = (),
    card: bool = False,
) -> dict[str, Any]:
    """Examine weights on the test side.

    Args:
        order: Says what is held out, and where pools are.
        weights: Which.
        line: Probability from which an artifact counts as told.
        progress: Told how far it is.
        real: Folders of really damaged recordings.
        against: Folders of other weights, for the same tables.
        card: Write the chief figures onto the card.

    Returns:
        All figures; see `figures.figures_of`.

    Raises:
        KnownError: Folders, recordings or weights are at fault.
    """
    recordings = sound(order, progress)
    tested = pool(order, recordings, "test", progress)
    validated = pool(order, recordings, "validation", progress)
    told = [told_by(weights, tested, "this network")]
    told += [told_by(other, tested, _name_of(other)) for other in _others(against)]
    told.append(_own(order, recordings, validated, tested, progress))
    runtime = open_artifact_runtime(weights)
    clean = [r for r in recordings if order.lesson.side_of(r.family) == "test"]
    heard = list(_each_heard(runtime, clean, progress))
    damaged = list(_really_damaged(runtime, real, progress))
    figures = figures_of(order.lesson, tested, told, heard, damaged, line)
    figures["in_context"] = _in_context(order, weights, recordings, against, line, progress)
    figures["runtime"], figures["seed"] = runtime.choice, order.lesson.seed
    on = f"test side of the split by family, seed {order.lesson.seed}"
    if card:
        write_card(replace(weights.card, metrics=tuple(measured(figures, on))), weights.folder)
    return figures


def _in_context(
    order: Order,
    weights: Weights,
    recordings: Sequence[Recording],
    against: Sequence[Path],
    line: float,
    progress: Progress,
) -> dict[str, Any] | None:
    """Figures of rows in stretches; None for a network of single seconds."""
    net = load_net(weights)
    if net.context is None:
        return None
    here = torch.device("cpu")
    stretches(order, recordings, "test", progress)
    folder = order.work / STRETCHES / "test"
    rows = rows_said(net, order.lesson, "test", folder, here, progress)
    classes, artifacts = answers_in_context(net.context, rows, here)
    told = [
        Told(CONTEXT, _softmax(classes), _sigmoid(artifacts)),
        _alone(ALONE, rows.said),
    ]
    for other in _others(against):
        options = other.card.options
        if options.get("fine", "") == "yes" and options.get("body", "none") != "none":
            said = said_alone(load_net(other), order.lesson, "test", folder, here)
            told.append(_alone(_name_of(other), said))
    found: dict[str, Any] = plain(row_figures(order.lesson, rows, told, line))
    return found


def _alone(name: str, said: NDArray[np.float32]) -> Told:
    classes, artifacts = said[:, : len(CLASSES)], said[:, len(CLASSES) :]
    return Told(name, _softmax(classes), _sigmoid(artifacts))


def told_by(weights: Weights, tested: Pool, name: str) -> Told:
    """What a network says of a pool."""
    classes, artifacts = answers(load_net(weights), tested, torch.device("cpu"))
    return Told(name, _softmax(classes), _sigmoid(artifacts))


def listen(
    runtime: ArtifactRuntime, samples: NDArray[np.float32], rate: int
) -> tuple[Floats, Floats]:
    """What the network says of every half second of one channel; silence is not asked about.

    Args:
        runtime: The network.
        samples: Shape (n,).
        rate: Samples a second.

    Returns:
        Probabilities of artifacts, shape (n, 4), and of classes, shape (n, 5).
    """
    size, hop = rate, round(HOP_S * rate)
    if len(samples) < size:
        samples = np.pad(samples, (0, size - len(samples)))
    windows = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    count = len(windows)
    artifacts = np.zeros((count, len(ARTIFACTS)), np.float32)
    classes = np.zeros((count, len(CLASSES)), np.float32)
    classes[:, 0] = 1.0
    loud = np.zeros(count, np.bool_)
    kept: dict[str, NDArray[np.float32]] = {}
    for at in range(0, count, _HEARD_AT_ONCE):
        few = np.asarray(windows[at : at + _HEARD_AT_ONCE], np.float32)
        rows = np.flatnonzero(np.square(few).mean(axis=1) >= _QUIETEST**2)
        if not len(rows):
            continue
        heard = runtime.hear(few[rows], rate)
        loud[at + rows] = True
        artifacts[at + rows], classes[at + rows] = heard.artifacts, heard.classes
        for name, values in heard.kept.items():
            whole = kept.setdefault(name, np.zeros((count, *values.shape[1:]), np.float32))
            whole[at + rows] = values
    for first in range(0, count if kept else 0, _HEARD_AT_ONCE):
        end = min(first + _HEARD_AT_ONCE, count)
        low, high = max(first - REACH, 0), min(end + REACH, count)
        near = {name: values[low:high] for name, values in kept.items()}
        heard = runtime.in_context(near, loud[low:high], first - low, end - low)
        artifacts[first:end], classes[first:end] = heard.artifacts, heard.classes
    return artifacts, classes


def _each_heard(
    runtime: ArtifactRuntime, recordings: Sequence[Recording], progress: Progress
) -> Iterator[Listened]:
    """Up to 20 s of each clean recording, from every piece that is kept, its first channel."""
    for number, recording in enumerate(recordings):
        kept = np.load(recording.path, mmap_mode="r")[0]
        edges = np.cumsum((0, *recording.pieces))
        longest = _LISTENED_S * recording.rate // len(recording.pieces)
        for first, end in pairwise(edges.tolist()):
            last = min(end, first + longest)
            piece = np.asarray(kept[first:last], np.float32) * np.float32(recording.scale)
            artifacts, classes = listen(runtime, piece, recording.rate)
            yield Listened(recording.name, recording.family, recording.kind, artifacts, classes)
        progress((number + 1) / len(recordings), f"clean: {recording.name}")


def _really_damaged(
    runtime: ArtifactRuntime, folders: Sequence[Path], progress: Progress
) -> Iterator[Listened | str]:
    """Every file of some folders, the worst channel; its name where nothing can be heard."""
    found = [path for folder in folders for path in sound_paths(folder)]
    for number, path in enumerate(found):
        name = path.name
        progress((number + 1) / len(found), f"really damaged: {name}")
        try:
            samples, rate = whole_of(path)
        except KnownError:
            yield name
            continue
        if rate < LOWEST_RATE or rate > HIGHEST_RATE or not samples.size:
            yield name
            continue
        parts = [listen(runtime, channel, rate) for channel in samples]
        artifacts = np.maximum.reduce([part[0] for part in parts])
        yield Listened(name, path.stem, path.parent.name, artifacts, parts[0][1])


def _own(
    order: Order,
    recordings: Sequence[Recording],
    validated: Pool,
    tested: Pool,
    progress: Progress,
) -> Told:
    def values(side: Any, most: int, whole: Pool) -> NDArray[np.float64]:
        return measured_of_pool(
            order.lesson,
            recordings,
            side,
            order.work / "own",
            min(most, len(whole)),
            order.processes,
            progress,
        )

    regression = fitted(values("validation", _OWN_VALIDATION, validated), validated)
    classes, artifacts = regression.logits(values("test", _OWN_TEST, tested))
    return Told(OWN, _softmax(classes), _sigmoid(artifacts))


def _others(folders: Sequence[Path]) -> Iterator[Weights]:
    for folder in folders:
        cards = sorted(folder.glob("audio_artifact.r*.json"))
        if not cards:
            raise KnownError(f"There are no weights of audio artifacts in {folder}.")
        for path in cards:
            yield Weights(read_card(path), folder)


def _name_of(weights: Weights) -> str:
    options = weights.card.options
    body = options.get("body", "")
    with_fine = options.get("fine", "") == "yes"
    if body == "none":
        return "fine branch alone"
    if with_fine:
        # A whole network, of another revision.
        return weights.card.name
    return f"{body.replace('_', '-')} alone"


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -50.0, 50.0))))
