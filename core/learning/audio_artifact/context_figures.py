"""Figures of rows in stretches: in context, and of the same seconds by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.reliability import calibration_error
from core.learning.audio_artifact.answer import Floats, Told
from core.learning.audio_artifact.context_rows import RowsSaid
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import UNTOLD
from core.learning.audio_artifact.stretch import MANNERS, PRESENT
from core.learning.figure import balanced_accuracy, bootstrap, roc_auc
from core.models.artifact_feature import ARTIFACTS

Mask = NDArray[np.bool_]

LEARNED, UNSEEN, CODER = "learned generators", "unseen generators", "unseen coder"
"""Groups of rows, as the tables call them."""

_SNR_STEPS = (-100.0, 0.0, 10.0, 20.0, 30.0, 40.0, 100.0)
_BOTH = len(CLASSES)


def row_groups(lesson: Lesson, rows: RowsSaid) -> dict[str, Mask]:
    """Rows with an exclusive class, by what was held out."""
    told = rows.classes != UNTOLD
    held = rows.of_rows(
        lambda o: any(put.generator in lesson.held_generators[put.name] for put in o.put)
    ).astype(bool)
    coder = rows.of_rows(lambda o: o.coder in lesson.held_coders).astype(bool)
    return {
        LEARNED: told & ~held & ~coder,
        UNSEEN: told & ~coder & ((rows.classes == 0) | held),
        CODER: told & coder & ~held,
    }


def row_figures(
    lesson: Lesson, rows: RowsSaid, told: Sequence[Told], line: float
) -> dict[str, Any]:
    """All figures of rows.

    Args:
        lesson: Says what was held out.
        rows: Of the test side.
        told: Who says what of every row: the network in context first, then by itself, then others.
        line: Probability from which an artifact counts as told.
    """
    groups = row_groups(lesson, rows)
    families = rows.of_rows(lambda o: o.family)
    said = [each.classes.argmax(axis=1) for each in told]
    learned = groups[LEARNED]
    named = [(each.name, own) for each, own in zip(told, said, strict=True)]
    return {
        "rows": len(rows),
        "stretches": len(rows.origins),
        "families": len(set(families.tolist())),
        "compared": [
            {
                "name": each.name,
                "groups": {
                    name: _accuracy(own, rows.classes, mask, families)
                    for name, mask in groups.items()
                },
                "clean": _share(own == 0, learned & (rows.classes == 0), families),
                "manners": {m: _found(own, rows, learned, m, families) for m in MANNERS},
            }
            for each, own in zip(told, said, strict=True)
        ],
        "differences": [
            {
                "name": each.name,
                "groups": {
                    name: _difference(said[0], own, rows.classes, mask, families)
                    for name, mask in groups.items()
                },
                "second": _difference_found(said[0], own, rows, learned, families),
            }
            for each, own in zip(told[1:], said[1:], strict=True)
        ],
        "confusion": _confusion(said[0][learned], rows.classes[learned]),
        "snr": {name: _by_snr(name, rows, named, learned) for name in ("hum", "hiss")},
        "own": {name: _own(name, told[:2], rows, groups, line) for name in ARTIFACTS},
        "calibration_error": calibration_error(
            told[0].classes[learned].max(axis=1), said[0][learned] == rows.classes[learned]
        ),
    }


def _accuracy(
    said: NDArray[np.int64], true: NDArray[np.int64], mask: Mask, families: NDArray[np.generic]
) -> dict[str, Any]:
    names = families[mask].tolist()
    return {
        "accuracy": balanced_accuracy(said[mask], true[mask]),
        "interval": _interval(_balanced, said[mask] * 1.0, true[mask] * 1.0, names),
        "rows": int(mask.sum()),
        "families": len(set(names)),
    }


def _balanced(said: Floats, true: Floats) -> float:
    return balanced_accuracy(said.astype(np.int64), true.astype(np.int64))


def _share(right: Mask, mask: Mask, families: NDArray[np.generic]) -> dict[str, Any]:
    names = families[mask].tolist()
    return {
        "share": float(right[mask].mean()) if mask.any() else None,
        "interval": _interval(_mean, right[mask] * 1.0, np.ones(mask.sum()), names),
        "rows": int(mask.sum()),
    }


def _interval(
    figure: Callable[[Floats, Floats], float], said: Floats, true: Floats, families: Sequence[str]
) -> tuple[float, float]:
    """95 %, by drawing families; NaN where there is no row."""
    return bootstrap(figure, said, true, families) if families else (float("nan"), float("nan"))


def _mean(values: Floats, _true: Floats) -> float:
    return float(values.mean())


def _manner(rows: RowsSaid, manner: str) -> Mask:
    of = rows.of_rows(lambda o: o.put[0].manner if o.put else "")
    return np.asarray(of == manner)


def _found(
    said: NDArray[np.int64], rows: RowsSaid, mask: Mask, manner: str, families: NDArray[np.generic]
) -> dict[str, Any]:
    """Rows with an artifact that is on for so long: how many are named."""
    chosen = mask & (rows.classes > 0) & _manner(rows, manner)
    return _share(said == rows.classes, chosen, families)


def _difference(
    mine: NDArray[np.int64],
    other: NDArray[np.int64],
    true: NDArray[np.int64],
    mask: Mask,
    families: NDArray[np.generic],
) -> dict[str, Any]:
    """Balanced accuracy over that of another, on the same rows."""
    both = (mine * _BOTH + other)[mask] * 1.0
    return {
        "difference": _over(both, true[mask] * 1.0),
        "interval": _interval(_over, both, true[mask] * 1.0, families[mask].tolist()),
    }


def _over(both: Floats, true: Floats) -> float:
    mine, other = np.divmod(both.astype(np.int64), _BOTH)
    right = true.astype(np.int64)
    return balanced_accuracy(mine, right) - balanced_accuracy(other, right)


def _difference_found(
    mine: NDArray[np.int64],
    other: NDArray[np.int64],
    rows: RowsSaid,
    mask: Mask,
    families: NDArray[np.generic],
) -> dict[str, Any]:
    """Share of artifacts of one second that are named, over that of another."""
    chosen = mask & (rows.classes > 0) & _manner(rows, MANNERS[-1])
    gain = (mine == rows.classes).astype(float) - (other == rows.classes)
    names = families[chosen].tolist()
    return {
        "difference": float(gain[chosen].mean()) if chosen.any() else None,
        "interval": _interval(_mean, gain[chosen], np.ones(chosen.sum()), names),
        "rows": int(chosen.sum()),
    }


def _confusion(said: NDArray[np.int64], true: NDArray[np.int64]) -> list[list[int]]:
    kinds = range(len(CLASSES))
    return [[int(((true == row) & (said == column)).sum()) for column in kinds] for row in kinds]


def _by_snr(
    name: str, rows: RowsSaid, said: Sequence[tuple[str, NDArray[np.int64]]], mask: Mask
) -> list[dict[str, Any]]:
    """How many rows are named, by how far the row's own programme lies over it."""
    column = ARTIFACTS.index(name)
    dose = rows.dose[:, column]
    found = []
    for low, high in pairwise(_SNR_STEPS):
        chosen = mask & (rows.classes == column + 1) & (dose >= low) & (dose < high)
        named = {who: int((own[chosen] == column + 1).sum()) for who, own in said}
        found.append({"low": low, "high": high, "of": int(chosen.sum()), "named": named})
    return found


def _own(
    name: str, told: Sequence[Told], rows: RowsSaid, groups: Mapping[str, Mask], line: float
) -> dict[str, Any]:
    """Each artifact's own probability, over rows of learned generators, those of two, too."""
    column = ARTIFACTS.index(name)
    other = groups[UNSEEN] & (rows.classes > 0) | groups[CODER]
    chosen = (rows.counted[:, column] > 0) & ~other
    true = rows.state[chosen, column] == PRESENT
    found = {}
    for each in told:
        own = each.artifacts[chosen, column]
        found[each.name] = {
            "auc": roc_auc(own, true),
            "told": int(((own >= line) & true).sum()),
            "present": int(true.sum()),
            "wrong": int(((own >= line) & ~true).sum()),
            "absent": int((~true).sum()),
            "calibration_error": calibration_error(own, true),
        }
    return found
