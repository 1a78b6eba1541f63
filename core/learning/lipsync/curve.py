"""Curves of many stretches of a clip at once, with simulated offsets of its sound.

What `offset.agreement` gives for one stretch is here computed for all stretches of one length:
moving the sound moves the curve, so that one wide curve answers for every simulated offset.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.detectors.lipsync.offset import STEADY_FRAMES
from core.models.sync_calibration import shape_of

Floats = NDArray[np.float32]
Exact = NDArray[np.float64]

_LEAST_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What one stretch with one simulated offset says.

    Attributes:
        person: Whose clip it is.
        clip: Which.
        pictures: Of evidence that was asked about; 0 is the whole clip.
        offset: By how many frames the sound was made early.
        said: The offset that was found.
        at_limit: Whether that is the end of the search.
        shape: What the calibration goes by (`shape_of`).
        own: Whether the sound is that of the face.
    """

    person: str
    clip: str
    pictures: int
    offset: int
    said: float
    at_limit: bool
    shape: tuple[float, ...]
    own: bool

    @property
    def right(self) -> bool:
        """Within a frame of the truth, of a face that speaks."""
        return self.own and abs(self.said - self.offset) <= 1.0


def curves(seen: Floats, heard: Floats, pictures: int, reach: int) -> Exact:
    """Agreement of every stretch at every shift.

    Args:
        seen: Shape (n, d).
        heard: Shape (m, d), from the same moment on.
        pictures: Length of a stretch, at most n.
        reach: Shifts to either side.

    Returns:
        Shape (n - pictures + 1, 2 * reach + 1); `-inf` where less than half of a stretch overlaps.
    """
    one, two = seen.astype(np.float64), heard.astype(np.float64)
    count, other = len(one), len(two)
    products = one @ two.T
    sum_one, sum_two = _summed(one), _summed(two)
    square_one, square_two = _summed(np.square(one).sum(1)), _summed(np.square(two).sum(1))
    begin = np.arange(count - pictures + 1)
    found = np.full((len(begin), 2 * reach + 1), -np.inf)
    for shift in range(-reach, reach + 1):
        low, high = np.maximum(begin, shift), np.minimum(begin + pictures, other + shift)
        fits = high - low >= max(1.0, _LEAST_OVERLAP * pictures)
        if not fits.any():
            continue
        low, high = low[fits], high[fits]
        line = np.zeros(count)
        index = np.arange(max(0, shift), min(count, other + shift))
        line[index] = products[index, index - shift]
        along = _summed(line)
        length = (high - low).astype(np.float64)
        share = length / (length + STEADY_FRAMES)
        off = (2 * share - share**2) / length
        mean_one = sum_one[high] - sum_one[low]
        mean_two = sum_two[high - shift] - sum_two[low - shift]
        both = along[high] - along[low] - off * (mean_one * mean_two).sum(1)
        size_one = square_one[high] - square_one[low] - off * np.square(mean_one).sum(1)
        size_two = (
            square_two[high - shift] - square_two[low - shift] - off * np.square(mean_two).sum(1)
        )
        found[fits, shift + reach] = both / np.sqrt(np.maximum(size_one * size_two, 1e-12))
    return found


def answers(
    rows: tuple[Floats, Floats],
    clip: str,
    person: str,
    own: bool,
    pictures: int,
    offsets: tuple[int, ...],
    scan: int,
    least: float,
) -> list[Answer]:
    """What the stretches of a clip say, each with each simulated offset.

    Args:
        rows: Of `see` and `hear`.
        clip: Its name.
        person: Whose it is.
        own: Whether the sound is that of the face.
        pictures: Length of a stretch; 0 is the whole clip.
        offsets: By how many frames the sound is made early.
        scan: Frames to either side that are searched.
        least: Share of `pictures` that the clip must have.

    Returns:
        Stretches overlap by half; none for a clip that is too short.
    """
    seen, heard = rows
    length = min(pictures or len(seen), len(seen))
    if length < least * pictures:
        return []
    reach = scan + max(abs(offset) for offset in offsets)
    wide = curves(seen, heard, length, reach)
    found = []
    for begin in range(0, len(wide), max(length // 2, 1)):
        for offset in offsets:
            curve = wide[begin, reach - scan - offset :][: 2 * scan + 1]
            known = np.flatnonzero(np.isfinite(curve))
            if len(known) < 2:
                continue
            best = int(np.argmax(curve))
            around = heard[max(0, begin + offset - scan) : begin + offset + length + scan]
            shape = shape_of(
                curve[known], length, _moves(seen[begin : begin + length]), _moves(around)
            )
            found.append(
                Answer(
                    person,
                    clip,
                    pictures,
                    offset,
                    float(best - scan),
                    best in (known[0], known[-1]),
                    tuple(map(float, shape)),
                    own,
                )
            )
    return found


def _summed(values: Exact) -> Exact:
    return np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])


def _moves(rows: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(rows - rows.mean(axis=0)))))
