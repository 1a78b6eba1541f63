"""Learns the masks of one video from what people said of some of it: test-time fine-tuning.

The network's features stay as they are and are looked at once; what learns is a head of a few
thousand numbers (`core/learning/mask/head.py`), on pixels drawn by chance. Two losses:
cross-entropy on what people said, with what the optical flow carries of it to other frames at less
weight; and the difference between what is said of the same thing in two frames running, where the
flow sees it in both. What the flow carries is also weighed into what is predicted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor
from torch.nn import functional

from core.annotation.flow import Motion, Picture, landing
from core.domain.errors import KnownError
from core.domain.mask import UNSAID, RoundCurves
from core.learning.mask.ask import pieces_of
from core.learning.mask.carry import carried, guessed
from core.learning.mask.feature import FeatureBank
from core.learning.mask.head import MaskHead
from core.learning.mask.motion_bank import MotionBank
from core.learning.mask.shelf import Shelf
from core.learning.mask.smooth import blurred, by_cells
from core.models.mask_body import MaskBody, mask_body

Start = Literal["corruption", "general"]

Told = Callable[[str, float], None]
"""Told the stage and the share of it that is done; may raise to stop."""


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """How to learn.

    Attributes:
        steps: Of a round.
        rate: Of learning, at its highest.
        points: Pixels a step with labels, and pairs of pixels without.
        pool: Pixels with labels, and pairs, that a round draws its steps from.
        consistency: Weight of the difference along the flow; 0 leaves it out.
        carried: Weight of labels that the flow carried; 0 leaves them out, of predictions too.
        width: Of the head's layers.
    """

    steps: int = 400
    rate: float = 4e-3
    points: int = 4096
    pool: int = 60_000
    consistency: float = 1.0
    carried: float = 0.5
    width: int = 32


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Pixels to learn from."""

    features: Tensor
    corrupt: Tensor
    labels: Tensor

    def __len__(self) -> int:
        return len(self.labels)


class Tuner:
    """The network of one video.

    Attributes:
        body: Looked at the pictures.
        class_count: With the background.
        moved: Of each frame to its next.
        tell: Is told how far it is.

    Args:
        frames: RGB uint8, all of one size, in order.
        class_count: With the background, which is class 0.
        start: `corruption` begins with what block corruption's network says of class
            `corrupt_class`; `general` begins with nothing, on a user's own network of pictures
            where one was added.
        seed: Decides all that chance decides; the same input gives the same masks.
        options: How to learn.
        corrupt_class: See `start`.
        moved: Of each frame to its next, where that is known already.
        body: Looks at the pictures; None takes what `start` says.
        told: Told how far it is, from the look at all frames on; may raise to stop.
        shelf: Keeps what was seen in the frames; None keeps it in memory.
        scale: Pixels of the stream that a pixel of the frames is wide.

    Raises:
        KnownError: Weights are missing or altered.
    """

    def __init__(
        self,
        frames: Sequence[Picture],
        class_count: int,
        start: Start,
        seed: int,
        options: TuneOptions | None = None,
        *,
        corrupt_class: int = 1,
        moved: Sequence[Motion] | None = None,
        body: MaskBody | None = None,
        told: Told | None = None,
        shelf: Shelf | None = None,
        scale: float = 1.0,
    ) -> None:
        if class_count < 2:
            raise ValueError("masks tell at least one class from the background")
        if not frames:
            raise ValueError("a video has at least one frame")
        self.tell = told or _nobody
        self._options = options or TuneOptions()
        self._seed = seed
        self._rounds = 0
        self._carried: tuple[NDArray[np.uint8], NDArray[np.float16]] | None = None
        self.class_count = class_count
        corrupt = start == "corruption"
        self._scale = scale
        self._by_cells = corrupt and class_count == 2
        self.body = body or mask_body(corrupt)
        count = len(frames)
        shelf = shelf or Shelf()
        self._bank = FeatureBank(
            frames, self.body, shelf, lambda number: self.tell("look", number / count)
        )
        self.moved: Sequence[Motion] = (
            moved
            if moved is not None
            else MotionBank(frames, shelf, lambda number: self.tell("flow", number / count))
        )
        torch.manual_seed(seed)
        self._head = MaskHead(
            self.body.channels, class_count, self._options.width, corrupt_class if corrupt else 0
        )

    @property
    def frames(self) -> Sequence[Picture]:
        """The pictures."""
        return self._bank.frames

    def predict(self) -> NDArray[np.float16]:
        """Probabilities of every class, shape (n, height, width, classes)."""
        height, width = self._bank.size
        shape = (len(self.frames), height, width, self.class_count)
        found = np.empty(shape, np.float16)
        for number, said in enumerate(self.predictions()):
            found[number] = said
        return found

    def predictions(self) -> Iterator[NDArray[np.float16]]:
        """Frame by frame, for videos whose probabilities together are too many to hold."""
        for number in range(len(self.frames)):
            self.tell("predict", number / len(self.frames))
            yield self.predict_frame(number)

    def predict_frame(self, number: int) -> NDArray[np.float16]:
        """Probabilities of one frame, shape (height, width, classes)."""
        return self.sense(number)[0]

    def sense(self, number: int) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
        """Probabilities of one frame, and what the last layer hears, (hidden, height, width)."""
        logits, deep = self._over(number)
        said: NDArray[np.float32] = functional.softmax(logits, dim=0).permute(1, 2, 0).numpy()
        if self._carried is not None:
            labels, trust = (part[number] for part in self._carried)
            known = trust > 0
            held = trust[known].astype(np.float32)[:, None]
            told = np.eye(self.class_count, dtype=np.float32)[labels[known]]
            said[known] = (1 - held) * said[known] + held * told
        smooth = by_cells(said, self._scale) if self._by_cells else blurred(said)
        return smooth.astype(np.float16), deep.numpy()

    def embed(self, regions: NDArray[np.int32]) -> NDArray[np.float32]:
        """Mean of what the last layer hears, over each piece.

        Args:
            regions: Shape (n, height, width), as `core.annotation.granularity` makes them.

        Returns:
            Shape (m, hidden), in the order of `core.learning.mask.ask.pieces_of`.
        """
        pieces = pieces_of(regions)
        found = np.empty((len(pieces), self._options.width), np.float32)
        for number, (where, place) in enumerate(pieces.places()):
            found[where] = means_of(self._over(number)[1].numpy(), place)
        return found

    def learn(self, labels: NDArray[np.uint8], steps: int | None = None) -> RoundCurves:
        """Learn from what people said so far; goes on from what was learned before.

        Args:
            labels: Shape (n, height, width), `UNSAID` where nobody said anything.
            steps: How many; None as the options say.

        Returns:
            How it went; empty where people named fewer than two classes yet: nothing but carried
            labels changes then.

        Raises:
            ValueError: The shape is another, or a class is out of range.
        """
        if labels.shape != (len(self.frames), *self._bank.size):
            raise ValueError(f"labels of {labels.shape} do not fit the frames")
        known = labels[labels != UNSAID]
        if known.size and int(known.max()) >= self.class_count:
            raise ValueError(f"there is no class {int(known.max())}")
        if not known.size:
            return RoundCurves()
        self._rounds += 1
        draw = np.random.default_rng((self._seed, self._rounds))
        said = self._said(labels, draw)
        if (known == known[0]).all():
            # Told of one class only it would find that everywhere, and forget what it knew.
            return RoundCurves()
        pairs = self._pairs(draw) if self._options.consistency else None
        return self._fit(said, pairs, draw, steps or self._options.steps)

    def state(self) -> bytes:
        """What was learned, as safetensors."""
        rounds = torch.tensor([self._rounds], dtype=torch.int64)
        return save({**self._head.state_dict(), "rounds": rounds})

    def restore(self, state: bytes) -> None:
        """Go on from what `state` gave.

        Raises:
            KnownError: It is no such state, or one of other classes.
        """
        try:
            tensors = load(state)
            self._rounds = int(tensors.pop("rounds")[0])
            self._head.load_state_dict(tensors)
        except (SafetensorError, KeyError, RuntimeError) as error:
            raise KnownError("What the rounds learned cannot be read.", str(error)) from error

    def _over(self, number: int) -> tuple[Tensor, Tensor]:
        with torch.inference_mode():
            return self._head.over_frame(
                torch.from_numpy(self._bank.plain(number)),
                self._bank.maps(number),
                self._bank.corrupt(number),
            )

    def _said(self, labels: NDArray[np.uint8], draw: np.random.Generator) -> _Points:
        """Pixels with labels: rare classes more often, carried ones less often."""
        trust = None
        if self._options.carried:
            labels, trust = self._carried = carried(labels, self.frames, self.moved)
            if not self._by_cells:
                self._carried = guessed(labels, trust, self.moved)
        sizes = np.bincount(labels[labels != UNSAID], minlength=self.class_count)
        often = 1 / np.sqrt(np.maximum(sizes, 1))
        each = []
        for number, map_ in enumerate(labels):
            rows, columns = np.nonzero(map_ != UNSAID)
            if not len(rows):
                continue
            chance = often[map_[rows, columns]]
            held = np.ones(len(rows)) if trust is None else trust[number][rows, columns]
            weight = np.where(held >= 1, 1.0, self._options.carried * held)
            each.append((number, rows, columns, chance * weight))
        total = sum(float(one[3].sum()) for one in each)
        found: list[tuple[Tensor, ...]] = []
        for number, rows, columns, chance in each:
            count = draw.poisson(self._options.pool * chance.sum() / total)
            if not count:
                continue
            taken = draw.choice(len(rows), min(count, len(rows)), p=chance / chance.sum())
            rows, columns = rows[taken], columns[taken]
            features, corrupt = self._bank.at(number, rows, columns)
            classes = labels[number][rows, columns].astype(np.int64)
            found.append((features, corrupt, torch.from_numpy(classes)))
        return _Points(*(torch.cat(part) for part in zip(*found, strict=True)))

    def _pairs(self, draw: np.random.Generator) -> tuple[_Points, _Points] | None:
        """The same things in two frames running."""
        each = max(self._options.pool // 2 // max(len(self.moved), 1), 1)
        first: list[tuple[Tensor, Tensor]] = []
        second: list[tuple[Tensor, Tensor]] = []
        for number, how in enumerate(self.moved):
            rows, columns = np.nonzero(how.seen)
            if not len(rows):
                continue
            taken = draw.integers(len(rows), size=each)
            rows, columns = rows[taken], columns[taken]
            row, column, _ = landing(how.forward)
            first.append(self._bank.at(number, rows, columns))
            second.append(self._bank.at(number + 1, row[rows, columns], column[rows, columns]))
        if not first:
            return None
        one, other = (
            _Points(
                torch.cat([f for f, _ in side]),
                torch.cat([c for _, c in side]),
                torch.zeros(len(side) * each),
            )
            for side in (first, second)
        )
        return one, other

    def _fit(
        self,
        said: _Points,
        pairs: tuple[_Points, _Points] | None,
        draw: np.random.Generator,
        steps: int,
    ) -> RoundCurves:
        options, head = self._options, self._head
        optimiser = torch.optim.AdamW(head.parameters(), options.rate, weight_decay=1e-3)
        shape = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=steps)
        at: list[int] = []
        label_losses: list[float] = []
        flow_losses: list[float] = []
        head.train()
        for step in range(steps):
            self.tell("learn", step / steps)
            few = torch.from_numpy(draw.integers(len(said), size=options.points))
            logits = head(head.blinded(said.features[few].float(), draw), said.corrupt[few])
            label_loss = functional.cross_entropy(logits, said.labels[few])
            flow_loss = torch.zeros(())
            if pairs is not None:
                few = torch.from_numpy(draw.integers(len(pairs[0]), size=options.points // 2))
                one, other = (
                    functional.softmax(
                        head(head.blinded(side.features[few].float(), draw), side.corrupt[few]), 1
                    )
                    for side in pairs
                )
                flow_loss = ((one - other) ** 2).sum(dim=1).mean()
            optimiser.zero_grad()
            (label_loss + options.consistency * flow_loss).backward()
            optimiser.step()
            shape.step()
            if step % 20 == 0 or step == steps - 1:
                at.append(step)
                label_losses.append(round(float(label_loss.detach()), 5))
                flow_losses.append(round(float(flow_loss.detach()), 5))
        head.eval()
        return RoundCurves(tuple(at), tuple(label_losses), tuple(flow_losses))


def means_of(deep: NDArray[np.float32], place: NDArray[np.intp]) -> NDArray[np.float32]:
    """Mean of each channel over each piece of a frame, shape (pieces, channels).

    Args:
        deep: Shape (channels, height, width).
        place: Which piece each pixel is of, shape (height * width,), from 0 without gaps.
    """
    sizes = np.bincount(place)
    sums = [np.bincount(place, values) for values in deep.reshape(len(deep), -1)]
    return (np.stack(sums, axis=1) / sizes[:, None]).astype(np.float32)


def _nobody(stage: str, share: float) -> None:
    """Told, but does not care."""
