"""The contract of a measuring half.

A detector is made for one stream of one title. It is fed samples in order of PTS and answers with
rows; whatever it keeps back it gives on `flush`. How the samples are cut into calls must not
change the rows. It never decides: that is the rule's job (`core/catalog`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.domain.media import Cue, DecodeEvent
from core.domain.title import Stream


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One view of one frame or sound block.

    Attributes:
        pts: PTS of the frame, or of the block's first sample, in units of `base`.
        base: Seconds per PTS unit.
        data: Picture: uint8 or uint16 array (height, width[, 3]); sound: float32 (channels, n);
            chroma: (2, height, width); events and captions: None.
        rate: Samples a second for sound, else 0.
        depth: Bits a sample for pictures, else 0.
        events: Decoder events since the previous frame, for the view `events`.
        cues: Captions that start here, for the view `cues`.
    """

    pts: int
    base: Fraction
    data: NDArray[np.generic] | None
    rate: int = 0
    depth: int = 0
    events: tuple[DecodeEvent, ...] = ()
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What was measured at one PTS; equal to a row of the same values and the same map.

    Attributes:
        pts: Where the row begins.
        values: In the order of the spec's metrics.
        map: Where in the picture, uint8 (rows, columns), for a spec with `maps`; all rows of a
            detector have maps of one shape, also where pictures change their size.
    """

    pts: int
    values: tuple[float, ...]
    map: NDArray[np.uint8] | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        same = (self.pts, self.values) == (other.pts, other.values)
        if self.map is None or other.map is None:
            return same and self.map is other.map
        return same and np.array_equal(self.map, other.map)

    def __hash__(self) -> int:
        return hash((self.pts, self.values))


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose about measuring; part of what a run is.

    Attributes:
        every_frame: Detectors that look at chosen frames only look at every one.
    """

    every_frame: bool = False


USUAL = Options()


class Detector(ABC):
    """One measuring half.

    Class attributes:
        id: The same id as its spec in the catalog.

    Args:
        stream: The stream that will be measured.
        options: What was chosen.
    """

    id: ClassVar[str]

    def __init__(self, stream: Stream, options: Options = USUAL) -> None:
        self.stream = stream
        self.options = options
        self.reset()

    @classmethod
    def missing(cls) -> str:
        """What it lacks on this machine, in one sentence; empty when it can measure."""
        return ""

    @classmethod
    def weights_hash(cls) -> str:
        """Hash of the weights that it measures with; empty when it has none.

        Tracks are measured anew when it changes, and findings carry it.
        """
        return ""

    @abstractmethod
    def reset(self) -> None:
        """Forget everything, as if new."""

    @abstractmethod
    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Take the next frame or block.

        Args:
            views: The views that the spec asks for, all of the same PTS. Picture views are
                computed when they are looked up.

        Returns:
            Rows that are final now, in order of PTS; maybe none, maybe several.
        """

    def flush(self) -> list[Row]:
        """Give the rows that were kept back, at the end of the stream or piece."""
        return []
