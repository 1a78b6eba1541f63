"""One repetition: pieces are chosen, the reviewer answers, the network learns on this video."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.click import labelling_clicks
from core.annotation.flow import Motion, motions
from core.annotation.granularity import Granularity, Kind, regions
from core.domain.mask import UNSAID
from core.learning.mask.ask import Region, Rule, ask, pieces_of
from core.learning.mask_experiment.correction import Finish, edits_between, finish
from core.learning.mask_experiment.measure import class_ious, confusion, mean_iou
from core.learning.mask_experiment.reviewer import Reviewer, answer
from core.learning.mask_experiment.sequence import Footage

Labels = NDArray[np.uint8]
"""Label maps of all frames, shape (n, height, width)."""

_LOOKS = ("hvsa", "diversity")
_GUESS = {"rectangle": 3.0, "superpixel": 1.0}


class Learner(Protocol):
    """A network that learns on one video; `core.learning.mask.tune.Tuner` is one."""

    def predict(self) -> NDArray[np.float16]:
        """Probabilities at working size, shape (n, h, w, classes)."""
        ...

    def embed(self, regions: NDArray[np.int32]) -> NDArray[np.float32]:
        """What each piece looks like to it, in the order of `core.learning.mask.ask.pieces_of`."""
        ...

    def learn(self, labels: Labels) -> object:
        """Learn from what people said, `UNSAID` elsewhere; maps at the size of the stream."""
        ...


@dataclass(frozen=True, slots=True)
class Course:
    """One way of asking and learning.

    Attributes:
        granularity: In what pieces.
        rule: By which they are chosen.
        consistency: Whether predictions of consecutive frames are held together along the flow.
        carried: Whether labels are carried along the flow.
    """

    granularity: Granularity
    rule: Rule
    consistency: bool = True
    carried: bool = True

    @property
    def name(self) -> str:
        """As reports call it."""
        without = "" if self.consistency else ", no consistency"
        if not self.carried:
            without += ", nothing carried"
        return f"{self.granularity} {self.rule}{without}"


@dataclass(frozen=True, slots=True)
class Point:
    """How things stand after a round.

    Attributes:
        clicks: Spent so far.
        pieces: Answered so far.
        value: Mean IoU of all frames; what people said stands, the rest is predicted.
        labelled: The same without the background, where there is only one class beside it.
        finish: Further clicks to correct what remains, by target; NaN where that cannot be.
        seconds: Of processor time that choosing, learning and predicting took.
    """

    clicks: int
    pieces: int
    value: float
    labelled: float
    finish: dict[float, float] = field(default_factory=dict)
    seconds: float = 0.0


class Ground:
    """What all repetitions on one video share.

    Args:
        footage: The video.
        good_enough: See `Reviewer`.
        targets: Of mean IoU.
    """

    def __init__(self, footage: Footage, good_enough: float, targets: Sequence[float]) -> None:
        self.footage, self.targets = footage, tuple(targets)
        self.reviewer = Reviewer(footage.wanted, footage.class_count, good_enough)
        self.every_frame = sum(labelling_clicks(one) for one in footage.wanted)
        self._motions: list[Motion] | None = None
        self._pieces: dict[str, NDArray[np.int32]] = {}

    @property
    def motions(self) -> list[Motion]:
        """Of each frame to its next, at the size of the stream."""
        if self._motions is None:
            self._motions = motions(list(self.footage.frames))
        return self._motions

    def pieces(self, granularity: Granularity) -> NDArray[np.int32]:
        """Numbers of the pieces at the size of the stream, shape (n, height, width)."""
        key = str(granularity)
        if key not in self._pieces:
            moved = self.motions if granularity.kind == "superpixel" else ()
            self._pieces[key] = regions(list(self.footage.frames), granularity, moved)
        return self._pieces[key]

    def finish(self, shown: Labels) -> Finish:
        """Correct what remains, to the end."""
        wanted, truth = self.footage.wanted, self.footage.truth
        left = [e for n, one in enumerate(shown) for e in edits_between(one, wanted[n], n)]
        return finish(shown, truth, self.counts(shown), left)

    def counts(self, shown: Labels) -> NDArray[np.int64]:
        """Pixels of all frames by true and by shown class."""
        return confusion(shown, self.footage.truth, self.footage.class_count)

    def point(self, shown: Labels, clicks: int, pieces: int, seconds: float = 0.0) -> Point:
        """Measure what is shown."""
        counts = self.counts(shown)
        ious = class_ious(counts)
        own = ious[1:] if len(ious) == 2 and not np.isnan(ious[1]) else ious
        done = self.finish(shown)
        return Point(
            clicks,
            pieces,
            float(mean_iou(counts)),
            float(np.nanmean(own)),
            {target: done.clicks_to(target) for target in self.targets},
            seconds,
        )


def repeat(
    ground: Ground,
    course: Course,
    learner: Learner,
    shares: Sequence[float],
    seed: int,
    check: Callable[[], None] | None = None,
) -> list[Point]:
    """Go through the rounds.

    Args:
        ground: The video.
        course: How is asked.
        learner: Fresh, of this video and course.
        shares: Of the clicks of labelling every frame, up to which each round may go; a round
            begins another piece as long as it is below.
        seed: Decides what chance decides in choosing.
        check: Called every round; what it raises ends the work.

    Returns:
        The first before anything was asked, then one a round.
    """
    kind = course.granularity.kind
    pieces = ground.pieces(course.granularity)
    said = np.full(pieces.shape, UNSAID, np.uint8)
    began = time.process_time()
    predicted = learner.predict()
    spent, asked = 0, 0
    points = [_point(ground, predicted, said, spent, asked, time.process_time() - began)]
    price = _GUESS.get(kind, ground.every_frame / len(pieces))
    for number, share in enumerate(shares):
        if check is not None:
            check()
        began = time.process_time()
        limit = share * ground.every_frame
        budget = max(round((limit - spent) / price), 1)
        chosen = choose(course, learner, predicted, pieces, said, budget, seed * 1000 + number)
        shown = labels_of(predicted, pieces.shape[1:])
        clicks, count = _answered(ground, kind, chosen, pieces, shown, said, limit - spent)
        if not count:
            break
        spent, asked = spent + clicks, asked + count
        price = max(spent / asked, 1.0)
        learner.learn(said)
        predicted = learner.predict()
        points.append(_point(ground, predicted, said, spent, asked, time.process_time() - began))
    return points


def choose(
    course: Course,
    learner: Learner,
    predicted: NDArray[np.float16],
    pieces: NDArray[np.int32],
    said: Labels,
    budget: int,
    seed: int,
) -> list[Region]:
    """What to ask next; decided at the size that the network works at."""
    height, width = predicted.shape[1:3]
    rows, columns = (
        ((np.arange(small) + 0.5) * large / small).astype(np.intp)
        for small, large in zip((height, width), pieces.shape[1:], strict=True)
    )
    small = np.ascontiguousarray(pieces[:, rows[:, None], columns[None]])
    answered = said[:, rows[:, None], columns[None]] != UNSAID
    if course.rule in _LOOKS:
        embeddings = learner.embed(small)
    else:
        embeddings = np.zeros((len(pieces_of(small)), 1), np.float32)
    return ask(predicted, embeddings, small, answered, budget, course.rule, seed)


def labels_of(predicted: NDArray[np.float16], size: tuple[int, ...]) -> Labels:
    """The likeliest class at the size of the stream, shape (n, height, width)."""
    height, width = size
    found = np.empty((len(predicted), height, width), np.uint8)
    for number, one in enumerate(predicted):
        large = cv2.resize(one.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        found[number] = large.argmax(axis=2)
    return found


def _point(
    ground: Ground,
    predicted: NDArray[np.float16],
    said: Labels,
    clicks: int,
    pieces: int,
    seconds: float,
) -> Point:
    shown = np.where(said != UNSAID, said, labels_of(predicted, said.shape[1:]))
    return ground.point(shown, clicks, pieces, seconds)


def _answered(
    ground: Ground,
    kind: Kind,
    chosen: Sequence[Region],
    pieces: NDArray[np.int32],
    shown: Labels,
    said: Labels,
    limit: float,
) -> tuple[int, int]:
    """Put the answers into `said`; clicks and pieces."""
    clicks = count = 0
    for region in chosen:
        if count and clicks >= limit:
            break
        piece = pieces[region.frame] == region.id
        # Where something of the frame was said before, the reviewer sees that.
        seen = np.where(said[region.frame] != UNSAID, said[region.frame], shown[region.frame])
        labels, price = answer(ground.reviewer, kind, region.frame, piece, seen)
        said[region.frame][piece] = labels
        clicks, count = clicks + price, count + 1
    return clicks, count
