"""What all formats of masks hold: frames, each with its number, its time and its map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.domain.errors import KnownError
from core.domain.mask import BACKGROUND, UNSAID, LabelMap, MaskClass


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One labelled frame.

    Attributes:
        number: Of the frame in its stream, from 0; None where the file gives times alone.
        pts: Its PTS; None where the file gives numbers alone.
        labels: `UNSAID` where nothing is said.
    """

    number: int | None
    pts: int | None
    labels: LabelMap


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The masks of one picture stream, as a file holds them.

    Attributes:
        name: What people call it.
        width: Of all maps in pixels.
        height: Likewise.
        base: Seconds per PTS unit; None where the file gives no times.
        frame_count: Frames of the stream, labelled or not; 0 when that is not known.
        classes: Classes of the maps' numbers.
        frames: In order.
    """

    name: str
    width: int
    height: int
    base: Fraction | None
    frame_count: int
    classes: tuple[MaskClass, ...]
    frames: tuple[Frame, ...]


PALETTE = (
    *("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"),
    *("#999999", "#882255", "#44aa99", "#ddcc77", "#aa4499"),
)
"""Colours for classes that come without one; the first eight are Okabe and Ito's, told apart also
by people who see few colours."""


def color_of(number: int) -> str:
    """A colour for a class that came without one."""
    return PALETTE[(number - 1) % len(PALETTE)]


def classes_of(names: Iterable[str]) -> tuple[MaskClass, ...]:
    """Classes of these names, numbered from 1, each name once.

    Raises:
        KnownError: There are more than maps can tell apart, or one has no name.
    """
    unique = list(dict.fromkeys(names))
    try:
        return tuple(MaskClass(n, name, color_of(n)) for n, name in enumerate(unique, 1))
    except ValueError as error:
        raise KnownError("The classes of this file cannot be used.", str(error)) from error


def renumbered(sheet: Sheet, classes: tuple[MaskClass, ...]) -> Sheet:
    """The sheet with its maps in the numbers of other classes, matched by name.

    Raises:
        KnownError: A class that occurs in a map has no counterpart.
    """
    numbers = {one.name: one.number for one in classes}
    table = list(range(256))
    missing = {}
    for one in sheet.classes:
        if one.name in numbers:
            table[one.number] = numbers[one.name]
        else:
            missing[one.number] = one.name
    frames = []
    for frame in sheet.frames:
        present = set(map(int, _numbers(frame.labels))) - {BACKGROUND, UNSAID}
        if present & missing.keys():
            names = ", ".join(sorted(missing[n] for n in present & missing.keys()))
            raise KnownError(f"The project has no class for {names}.")
        frames.append(Frame(frame.number, frame.pts, _looked_up(frame.labels, table)))
    return Sheet(
        sheet.name,
        sheet.width,
        sheet.height,
        sheet.base,
        sheet.frame_count,
        classes,
        tuple(frames),
    )


def _numbers(labels: LabelMap) -> Iterable[int]:
    return np.unique(labels)


def _looked_up(labels: LabelMap, table: list[int]) -> LabelMap:
    return np.array(table, np.uint8)[labels]
