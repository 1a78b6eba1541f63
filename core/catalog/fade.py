"""Fades: whether a picture comes out of, or goes into, what a run of rows shows."""

from __future__ import annotations

import numpy as np

from core.catalog.rule import Run, Values
from core.domain.track import Track

_FADE_S = 0.6
_FADE_STEPS = 5
_LARGEST_STEP = 0.5


def fades_around(track: Track, run: Run, values: Values, smallest_rise: float) -> str:
    """What leads to and from a run, as the end of a sentence; empty after hard cuts.

    Args:
        track: Holds the rows.
        run: Rows that show black, white, a colour.
        values: Brightness or contrast of every row: what a fade takes down to the run's.
        smallest_rise: Less than that within 0.6 s is no fade.
    """
    fades = [
        name
        for name, rows in (("out", _before(track, run)), ("in", _after(track, run)))
        if _is_fade(values[rows], smallest_rise)
    ]
    return f", with a fade {' and a fade '.join(fades)}" if fades else ""


def _before(track: Track, run: Run) -> list[int]:
    """Rows before a run, the nearest first, as far as a fade is looked for."""
    limit = track.starts_s[run.first] - _FADE_S
    first = int(np.searchsorted(track.starts_s, limit))
    return list(range(run.first - 1, first - 1, -1))


def _after(track: Track, run: Run) -> list[int]:
    limit = track.ends_s[run.last] + _FADE_S
    stop = int(np.searchsorted(track.starts_s, limit))
    return list(range(run.last + 1, stop))


def _is_fade(away: Values, smallest_rise: float) -> bool:
    """Whether values rise away from the run in several steps, none of them most of it."""
    values = away.astype(np.float64)
    if len(values) < _FADE_STEPS:
        return False
    steps = np.diff(values)
    rise = float(values.max() - values[0])
    # The nearest frame has nearly arrived in a fade; after a cut it is as bright as the rest.
    return bool(
        rise > smallest_rise
        and values[0] < _LARGEST_STEP * values.max()
        and steps.max() < _LARGEST_STEP * rise
        and np.count_nonzero(steps[: _FADE_STEPS - 1] > 0) >= _FADE_STEPS - 2
    )
