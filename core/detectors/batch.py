"""Sound in batches with a margin on both sides, for measurements that look around a hop."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import Hopper, Window


class Batch:
    """Some consecutive hops and what lies around them.

    Attributes:
        samples: float32, shape (channels, n): margin, own samples, margin. A margin is shorter, or
            missing, where the sound begins or ends.
        begin: Index of the first own sample.
        end: Index after the last own sample.
        hops: Index of the first sample of each own hop.
        rate: Samples a second.
    """

    __slots__ = ("_window", "begin", "end", "hops", "rate", "samples")

    def __init__(
        self, before: NDArray[np.float32], window: Window, after: NDArray[np.float32]
    ) -> None:
        self.samples = np.concatenate((before, window.samples, after), axis=1)
        self.begin = before.shape[1]
        self.end = self.begin + window.samples.shape[1]
        self.hops = window.hops + self.begin
        self.rate = window.rate
        self._window = window

    def pts(self, index: int) -> int:
        """PTS of the sample at `index`."""
        return self._window.pts(index - self.begin)


class Batcher:
    """Collects blocks and gives batches of a fixed length.

    Batches are counted from the first block, so the way in which sound is cut into blocks does not
    matter; margins never reach over a jump of the time stamps.

    Args:
        batch_s: Length without margins; a whole number of hops.
        hop_s: Length of a hop.
        margin_s: Length of a margin; not above `batch_s`.
    """

    def __init__(self, batch_s: float, hop_s: float, margin_s: float) -> None:
        self._hopper = Hopper(batch_s, hop_s)
        self._margin_s = margin_s
        self._held: Window | None = None
        self._before: NDArray[np.float32] | None = None

    def take(self, sample: Sample) -> list[Batch]:
        """Add a block; the batches that are complete now."""
        return self._batches(self._hopper.take(sample))

    def flush(self) -> list[Batch]:
        """The batches that were kept back."""
        batches = self._batches(self._hopper.flush())
        if self._held is not None:
            batches.append(self._give(None))
        return batches

    def forward(self, rows: list[Row]) -> list[Row]:
        """As `Hopper.forward`."""
        return self._hopper.forward(rows)

    def _batches(self, windows: Sequence[Window]) -> list[Batch]:
        batches: list[Batch] = []
        for window in windows:
            follows = window if window.start else None
            if self._held is not None:
                batches.append(self._give(follows))
            if follows is None:
                self._before = None
            self._held = window
        return batches

    def _give(self, follows: Window | None) -> Batch:
        window = self._held
        assert window is not None
        margin = round(self._margin_s * window.rate)
        none = window.samples[:, :0]
        before = none if self._before is None else self._before
        after = none if follows is None else follows.samples[:, :margin]
        self._before = window.samples[:, max(window.samples.shape[1] - margin, 0) :]
        self._held = None
        return Batch(before, window, after)


class BatchDetector(Detector):
    """A detector of sound that listens to batches.

    Class attributes:
        lengths_s: Of a batch, a hop and a margin, in seconds.
    """

    lengths_s: ClassVar[tuple[float, float, float]]

    @abstractmethod
    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""

    def reset(self) -> None:
        """Forget the samples that fill no batch yet."""
        self._batcher = Batcher(*self.lengths_s)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the batches that this block completes."""
        return self._rows(self._batcher.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return self._rows(self._batcher.flush())

    def _rows(self, batches: list[Batch]) -> list[Row]:
        return self._batcher.forward([row for batch in batches for row in self.listen(batch)])
