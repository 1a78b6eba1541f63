"""Pictures of judged stretches, as the detector saw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.sample import Sample
from core.learning.retrain.subject import instants
from core.learning.snapshot.media import OpenSample
from core.media.probe import probe
from core.media.reader import VideoReader


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPicture:
    """One picture of a judged stretch.

    Attributes:
        number: Of the stretch among those that were asked for.
        sample: The stretch.
        picture: RGB, shape (height, width, 3), as it is coded.
        pts: For which it was asked, in the time base of the sample's span.
    """

    number: int
    sample: Sample
    picture: NDArray[np.uint8]
    pts: int = 0


def pictures_over(path: Path, count: int) -> Iterator[NDArray[np.uint8]]:
    """Pictures spread evenly over a file's first picture stream; fewer where it cannot be read.

    Args:
        path: A media file, maybe a damaged one.
        count: How many at most.
    """
    with suppress(KnownError):
        streams = probe(path).video[:1]
        for stream in streams:
            with VideoReader(path, stream) as reader:
                times = reader.index.frame_pts
                for place in np.unique(np.linspace(0, len(times) - 1, count).astype(int)):
                    picture = reader.frame_at(int(times[place])).rgb_stored()
                    yield np.asarray(picture, np.uint8)


def judged_pictures(
    samples: Sequence[OpenSample], count: int, check: Callable[[], None]
) -> Iterator[JudgedPicture]:
    """Some pictures of each stretch; files or streams that cannot be read are passed over.

    Args:
        samples: Whose files are there.
        count: Pictures of each at most.
        check: Called at every picture.
    """
    placed = sorted(enumerate(samples), key=lambda one: (str(one[1].path), one[1].sample.key))
    for (path, index), mine in groupby(placed, lambda one: (one[1].path, one[1].sample.stream)):
        try:
            stream = next(s for s in probe(path).video if s.index == index)
            with VideoReader(path, stream) as reader:
                for number, opened in mine:
                    span = opened.sample.span
                    for pts in instants(opened.sample, count):
                        check()
                        own = round(pts * span.base / reader.base)
                        picture = reader.frame_at(own).rgb_stored()
                        shown = np.asarray(picture, np.uint8)
                        yield JudgedPicture(number, opened.sample, shown, pts)
        except (KnownError, StopIteration):
            continue
