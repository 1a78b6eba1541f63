"""Some rows and some columns of a picture, for measures that need full size but not all of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Lines = NDArray[Any]


def row_stripes(picture: Lines, count: int, rows: int) -> list[Lines]:
    """`count` stripes of `rows` neighbouring rows each, spread evenly; views, not copies."""
    height = picture.shape[0]
    rows = min(rows, height)
    return [picture[start : start + rows] for start in _starts(height, count, rows)]


def column_stripes(picture: Lines, count: int, columns: int) -> list[Lines]:
    """The same of columns, turned so that each column is a row of its own."""
    width = picture.shape[1]
    columns = min(columns, width)
    return [
        np.ascontiguousarray(picture[:, start : start + columns].T)
        for start in _starts(width, count, columns)
    ]


def _starts(length: int, count: int, size: int) -> list[int]:
    count = max(min(count, length // size), 1)
    return [int((i + 0.5) * length / count - size / 2) for i in range(count)]
