"""Masks over video as values: what is where in the frames of a title, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

BACKGROUND = 0
"""The class of what belongs to no class of the project."""

UNSAID = 255
"""Stands where a layer says nothing; the layers below it show through."""

MAX_CLASS = 254
"""The largest number of a class."""

_COLOR = re.compile(r"#[0-9a-f]{6}")

LabelMap = NDArray[np.uint8]
"""Numbers of classes, shape (height, width): 0 background, 1..254 classes, 255 unsaid."""


@dataclass(frozen=True, slots=True)
class MaskClass:
    """One class that a team labels.

    Attributes:
        number: 1..254, as in label maps.
        name: What people call it.
        color: As `#rrggbb`, lower case.
    """

    number: int
    name: str
    color: str

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MAX_CLASS:
            raise ValueError(f"the number of a class is 1..{MAX_CLASS}, not {self.number}")
        if not self.name.strip():
            raise ValueError("a class needs a name")
        if not _COLOR.fullmatch(self.color):
            raise ValueError(f"a colour is written #rrggbb, not {self.color}")


@dataclass(frozen=True, slots=True)
class MaskProject:
    """The masks of one picture stream of one title.

    Attributes:
        id: Unique id.
        name: What people call it.
        fingerprint: Of the title.
        stream: Container index of the picture stream.
        base: Seconds per PTS unit of that stream.
        width: Of the label maps in pixels: the coded picture, unrotated.
        height: Likewise.
        classes: In the order in which they are shown; numbers and names differ.
        by: Who made it.
        at: When, UTC.
    """

    id: str
    name: str
    fingerprint: str
    stream: int
    base: Fraction
    width: int
    height: int
    classes: tuple[MaskClass, ...]
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"masks of {self.width} x {self.height} pixels hold nothing")
        for what in ("number", "name"):
            said = [getattr(one, what) for one in self.classes]
            if len(set(said)) != len(said):
                raise ValueError(f"two classes share a {what}")

    def class_named(self, name: str) -> MaskClass | None:
        """The class of this name, None when there is none."""
        return next((one for one in self.classes if one.name == name), None)


class MaskOrigin(StrEnum):
    """Where a layer comes from."""

    PERSON = "person"
    PREDICTION = "prediction"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True, eq=False)
class MaskLayer:
    """What somebody, or a network, says of one frame; appended, never changed.

    Attributes:
        id: Unique id.
        project: Id of the project.
        pts: Of the frame, on the project's base.
        labels: What is said; `UNSAID` where nothing is. Empty, of shape (0, 0), in a layer that
            only takes another back.
        origin: Where it comes from.
        by: The person, or the name of the weights, or of the imported file.
        at: When, UTC.
        round: Of selection and fine-tuning in which it came, 0 before the first.
        complete: Whether the frame is done with it: nothing is left to be corrected.
        clicks: What it cost by the click rule.
        seconds: How long the person took over it.
        undoes: Id of the layer that this one takes back; empty for none.
    """

    id: str
    project: str
    pts: int
    labels: LabelMap
    origin: MaskOrigin
    by: str
    at: datetime
    round: int = 0
    complete: bool = False
    clicks: int = 0
    seconds: float = 0.0
    undoes: str = ""

    def __post_init__(self) -> None:
        if self.labels.dtype != np.uint8 or self.labels.ndim != 2:
            raise ValueError("a label map is uint8 of shape (height, width)")
        if self.clicks < 0 or self.seconds < 0 or self.round < 0:
            raise ValueError("clicks, seconds and rounds are not negative")


class FrameState(StrEnum):
    """How far a frame is."""

    UNSEEN = "unseen"
    PREDICTED = "predicted"
    PARTLY = "partly"
    DONE = "done"


@dataclass(frozen=True, slots=True, eq=False)
class FrameMask:
    """What the layers of one frame come to.

    Attributes:
        pts: Of the frame.
        labels: Flattened; `UNSAID` where nobody and nothing said anything.
        by_person: Where a person, or an imported file, said it: bool, the shape of `labels`.
        state: How far the frame is.
        clicks: What people's layers in it cost.
        layers: The layers that count, oldest first.
    """

    pts: int
    labels: LabelMap
    by_person: NDArray[np.bool_]
    state: FrameState
    clicks: int
    layers: tuple[MaskLayer, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class AskedRegion:
    """A piece of a frame that a person is asked about, in pixels of the stream.

    Attributes:
        pts: Of the frame.
        box: Its left, upper edge, width and height; all around it where it is no rectangle.
        runs: Lengths of the runs of unset and set pixels of the whole frame's mask, column after
            column (COCO's); empty where the box is filled.
    """

    pts: int
    box: tuple[int, int, int, int]
    runs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundCurves:
    """How the learning of a round went, a value every few steps.

    Attributes:
        steps: Which.
        label_loss: Cross-entropy on what people said.
        flow_loss: How differently the same thing is called in two frames running.
    """

    steps: tuple[int, ...] = ()
    label_loss: tuple[float, ...] = ()
    flow_loss: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class MaskRound:
    """A round of learning from what people said, and what it asks them next.

    Attributes:
        id: Unique id.
        project: Id of the project.
        number: Counts from 1 within the project; the predictions of a round carry it.
        at: When it was over, UTC.
        by: Name of the weights that it began with.
        granularity: In what pieces it asks: `frame`, `16x16` or `superpixel:24`.
        rule: How it chose: `hvsa`, `uncertainty`, `diversity` or `random`.
        seed: Decided all that chance decides.
        budget: So many pieces were to be asked about.
        start: PTS of the first frame that it looked at.
        end: PTS of the last.
        asked: What it asks, what matters most first.
        uncertainty: PTS of each frame, and how unsure the network is of it, 0..1.
        seconds: How long it took.
        curves: How its learning went; empty where nobody had said anything yet.
    """

    id: str
    project: str
    number: int
    at: datetime
    by: str
    granularity: str
    rule: str
    seed: int
    budget: int
    start: int
    end: int
    asked: tuple[AskedRegion, ...] = ()
    uncertainty: tuple[tuple[int, float], ...] = ()
    seconds: float = 0.0
    curves: RoundCurves = RoundCurves()
