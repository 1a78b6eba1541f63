"""One round: learn from what people said, predict every frame, choose what to ask next."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.annotation.asked import asked_region
from core.annotation.granularity import Granularity, regions
from core.config import paths
from core.domain.errors import KnownError
from core.domain.mask import (
    UNSAID,
    LabelMap,
    MaskLayer,
    MaskOrigin,
    MaskProject,
    MaskRound,
)
from core.jobs.progress import CancelToken, Progress, ProgressSink
from core.jobs.request import MaskRoundRequest
from core.learning.mask.ask import (
    RULES,
    Pieces,
    Rule,
    choose,
    pieces_of,
    uncertainty_in,
    uncertainty_map,
)
from core.learning.mask.shelf import Shelf
from core.learning.mask.tune import TuneOptions, Tuner, means_of
from core.learning.mask.video import Video, read_video, said_labels, stream_map
from core.models.mask_body import MaskBody, mask_body
from core.store.store import Store

CORRUPT = "corrupt"
"""Masks with a class of this name begin with what block corruption's network says."""

_STAGES = {
    "read": (0.0, 0.1, "reading frames"),
    "look": (0.1, 0.4, "looking at frames"),
    "flow": (0.4, 0.5, "following motion"),
    "learn": (0.5, 0.7, "learning masks"),
    "predict": (0.7, 1.0, "predicting masks"),
}


@dataclass(frozen=True, slots=True, eq=False)
class _Survey:
    """What the network says of all frames.

    Attributes:
        maps: At the stream's size; empty where it knows nothing yet.
        unsure: Of each piece.
        open: Which pieces may be asked about.
        points: Embedding of each piece.
        by_frame: Mean uncertainty of each frame, where nobody spoke.
    """

    maps: tuple[LabelMap, ...]
    unsure: NDArray[np.float64]
    open: NDArray[np.bool_]
    points: NDArray[np.float32]
    by_frame: tuple[float, ...]


def run_round(
    store: Store, request: MaskRoundRequest, progress: ProgressSink, cancel: CancelToken
) -> MaskRound:
    """Do a round; the store has it, with its predictions, when this returns, or is as it was.

    Raises:
        KnownError: The request, the file, the store or the weights are at fault.
        CancelledError: `cancel` was raised; what was seen in the frames is kept for the next time.
    """
    began = time.monotonic()
    granularity, rule = Granularity.parse(request.granularity), _rule(request.rule)
    if request.budget < 1:
        raise KnownError("A round asks about one piece at least.")

    def told(stage: str, share: float) -> None:
        cancel.check()
        start, end, words = _STAGES[stage]
        progress(Progress(start + (end - start) * share, 1.0, 0.0, words))

    project = store.masks.get(request.project_id)
    video = read_video(
        request.path, project, request.span, request.working_px, lambda share: told("read", share)
    )
    labels = said_labels(store, project, video)
    number = store.mask_rounds.next_number(project.id)
    corrupt = [place for place, one in enumerate(project.classes, 1) if one.name == CORRUPT]
    body = mask_body(bool(corrupt))
    tuner = Tuner(
        video.frames,
        len(project.classes) + 1,
        "corruption" if corrupt else "general",
        request.seed,
        TuneOptions(),
        corrupt_class=corrupt[0] if corrupt else 0,
        body=body,
        told=told,
        shelf=_shelf(project, video, body),
        scale=video.scale,
    )
    _restore(tuner, project, number - 1)
    curves = tuner.learn(labels, request.steps or None)
    numbers = regions(video.frames, granularity, tuner.moved, video.scale)
    pieces = pieces_of(numbers)
    knows = bool(corrupt) or bool(curves.steps) or number > 1
    survey = _survey(tuner, project, pieces, labels != UNSAID, knows)
    chosen = choose(
        pieces, survey.unsure, survey.open, survey.points, request.budget, rule, request.seed
    )
    asked = tuple(
        asked_region(
            video.pts[one.frame],
            numbers[one.frame],
            one.id,
            granularity,
            project.height,
            project.width,
        )
        for one in chosen
    )
    done = MaskRound(
        id=uuid.uuid4().hex,
        project=project.id,
        number=number,
        at=datetime.now(UTC),
        by=body.name,
        granularity=str(granularity),
        rule=rule,
        seed=request.seed,
        budget=request.budget,
        start=video.pts[0],
        end=video.pts[-1],
        asked=asked,
        uncertainty=tuple(zip(video.pts, survey.by_frame, strict=True)),
        seconds=round(time.monotonic() - began, 3),
        curves=curves,
    )
    cancel.check()
    # First what was learned: a round in the store without it would begin again from nothing.
    _save(tuner, project, number)
    store.mask_rounds.finish(done, _layers(done, video, survey.maps))
    return done


def _rule(said: str) -> Rule:
    for rule in RULES:
        if rule == said:
            return rule
    raise KnownError(f"There is no rule {said!r}; there are {', '.join(RULES)}.")


def _survey(
    tuner: Tuner,
    project: MaskProject,
    pieces: Pieces,
    answered: NDArray[np.bool_],
    knows: bool,
) -> _Survey:
    unsure, open_ = np.zeros(len(pieces)), np.zeros(len(pieces), bool)
    points: NDArray[np.float32] | None = None
    maps: list[LabelMap] = []
    by_frame: list[float] = []
    for number, (where, place) in enumerate(pieces.places()):
        tuner.tell("predict", number / len(tuner.frames))
        said, deep = tuner.sense(number)
        if knows:
            maps.append(stream_map(said, project))
        doubt = uncertainty_map(said)
        unsure[where], open_[where] = uncertainty_in(doubt, place, answered[number])
        if points is None:
            points = np.empty((len(pieces), len(deep)), np.float32)
        points[where] = means_of(deep, place)
        left = doubt[~answered[number]]
        by_frame.append(round(float(left.mean()), 5) if left.size else 0.0)
    assert points is not None
    return _Survey(tuple(maps), unsure, open_, points, tuple(by_frame))


def _layers(done: MaskRound, video: Video, maps: Sequence[LabelMap]) -> list[MaskLayer]:
    return [
        MaskLayer(
            id=uuid.uuid4().hex,
            project=done.project,
            pts=pts,
            labels=labels,
            origin=MaskOrigin.PREDICTION,
            by=done.by,
            at=done.at,
            round=done.number,
        )
        for pts, labels in zip(video.pts, maps, strict=False)
    ]


def _shelf(project: MaskProject, video: Video, body: MaskBody) -> Shelf:
    height, width = video.frames[0].shape[:2]
    stamp = (
        f"{project.fingerprint} {project.stream} {video.pts[0]} {video.pts[-1]} {len(video.pts)} "
        f"{width}x{height} {body.digest}"
    )
    return Shelf(paths.cache_dir() / "masks" / project.id, stamp)


def _states(project: MaskProject) -> Path:
    return paths.learning_dir() / "masks" / hashlib.sha256(project.id.encode()).hexdigest()[:32]


def _restore(tuner: Tuner, project: MaskProject, number: int) -> None:
    """Go on from the round before, where what it learned is there and fits."""
    with suppress(OSError, KnownError):
        tuner.restore((_states(project) / f"r{number}.safetensors").read_bytes())


def _save(tuner: Tuner, project: MaskProject, number: int) -> None:
    folder = _states(project)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"r{number}.part"
        half.write_bytes(tuner.state())
        half.replace(folder / f"r{number}.safetensors")
        for old in folder.glob("r*.safetensors"):
            if old.stem not in (f"r{number}", f"r{number - 1}"):
                old.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError("What the round learned cannot be kept.", str(error)) from error
