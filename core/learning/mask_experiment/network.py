"""The product's network for the experiment: fresh for each repetition, looks kept for a video."""

from __future__ import annotations

import hashlib
from pathlib import Path

from core.learning.mask.shelf import Shelf
from core.learning.mask.tune import TuneOptions, Tuner
from core.learning.mask_experiment.rounds import Course, Learner
from core.learning.mask_experiment.sequence import Footage

_STEPS, _POINTS, _POOL = 120, 2048, 30_000
"""Of a round; fewer than in the product, so that hundreds of repetitions are a matter of hours."""


class Networks:
    """Makes networks; what a video looks like is looked at once.

    Args:
        folder: What was seen in the videos is kept here.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, footage: Footage, course: Course, seed: int) -> Learner:
        """A fresh network.

        Args:
            footage: The video that it learns on.
            course: Whether its second loss is on, and whether labels are carried.
            seed: Decides what chance decides in learning.

        Raises:
            KnownError: Weights are missing or altered, or the folder has no room.
        """
        usual = TuneOptions()
        options = TuneOptions(
            steps=_STEPS,
            points=_POINTS,
            pool=_POOL,
            consistency=usual.consistency if course.consistency else 0.0,
            carried=usual.carried if course.carried else 0.0,
        )
        stamp = hashlib.sha256(footage.frames.tobytes()).hexdigest()
        # A folder of its own for each, for a shelf keeps only a few beside it.
        folder = self._folder / stamp[:16]
        folder.mkdir(parents=True, exist_ok=True)
        return Tuner(
            list(footage.frames),
            footage.class_count,
            footage.shelf.start,
            seed,
            options,
            shelf=Shelf(folder / "shelf", f"{stamp} {footage.shelf.start}"),
        )
