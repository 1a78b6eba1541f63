"""The figures of an examination, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.reliability import calibration_error
from core.evaluation.interval import rate_upper_bound
from core.learning.audio_artifact.answer import HOP_S, Floats, Listened, Told
from core.learning.audio_artifact.distort import BY_SHARE
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import Pool
from core.learning.audio_artifact.second import Origin
from core.learning.figure import balanced_accuracy, bootstrap, roc_auc
from core.models.artifact_feature import ARTIFACTS

LINES = (0.5, 0.9, 0.99)
"""Probabilities from which alarms on clean recordings are counted."""

POOLED_ROWS: Mapping[str, int] = {"hum": 5, "hiss": 5, "distortion": 1, "clicks": 1}
"""Over so many half seconds the log-odds are averaged before alarms are counted: what lasts may be
asked of three seconds."""

_STEPS: Mapping[str, tuple[float, ...]] = {
    "hum": tuple(range(0, 65, 5)),
    "hiss": tuple(range(0, 65, 5)),
    "distortion": (1e-4, 3e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1001),
    "clicks": (-6, -3, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30.001),
}
_MANY = 6
_LEAST = 1e-6

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is true of the seconds of a pool, as arrays of shape (n,).

    Attributes:
        classes: Right class of seconds with one artifact or none, hidden or not.
        single: At most one artifact, within what is taught.
        hidden: It is hidden.
        held: Its generator was never learned from.
        coder_held: It went through a coder that was never learned from.
        origins: Where from.
    """

    classes: NDArray[np.int64]
    single: Mask
    hidden: Mask
    held: Mask
    coder_held: Mask
    origins: Sequence[Origin]


def truth_of(lesson: Lesson, pool: Pool) -> Truth:
    """What is true of a pool."""
    rows = pool.origins

    def mask(says: Callable[[Origin], bool]) -> Mask:
        return np.array([says(row) for row in rows], bool)

    return Truth(
        np.array(
            [CLASSES.index(r.artifacts[0].name) if len(r.artifacts) == 1 else 0 for r in rows]
        ),
        mask(lambda r: len(r.artifacts) <= 1 and not any(a.beyond for a in r.artifacts)),
        (pool.counted == 0).any(axis=1),
        mask(lambda r: any(a.generator in lesson.held_generators[a.name] for a in r.artifacts)),
        mask(lambda r: r.coder in lesson.held_coders),
        rows,
    )


def groups_of(truth: Truth) -> dict[str, Mask]:
    """The seconds that belong together, by what they are called in the tables."""
    learned = truth.single & ~truth.held & ~truth.coder_held
    none = truth.classes == 0
    return {
        "learned generators": learned & ~truth.hidden,
        "learned generators, hidden ones too": learned,
        "unseen generators": truth.single & ~truth.coder_held & ~truth.hidden & (none | truth.held),
        "unseen coder": truth.single & ~truth.held & truth.coder_held & ~truth.hidden,
    }


def figures_of(
    lesson: Lesson,
    pool: Pool,
    told: Sequence[Told],
    heard: Sequence[Listened],
    damaged: Sequence[Listened | str],
    line: float,
) -> dict[str, Any]:
    """All figures; None where there is nothing to take one from.

    Args:
        lesson: Says what was held out.
        pool: Of the test side.
        told: What is said of it; the network itself first.
        heard: What the network says of whole clean recordings.
        damaged: What it says of really damaged ones; a name where it could hear none.
        line: Probability from which an artifact counts as told.
    """
    truth = truth_of(lesson, pool)
    groups = groups_of(truth)
    mine = told[0]
    said = mine.classes.argmax(axis=1)
    within = groups["learned generators"]
    figures = {
        "line": line,
        "seconds": len(pool),
        "compared": [_compared(each, truth, groups) for each in told],
        "confusion": _confusion(said[within], truth.classes[within]),
        "kinds": {
            kind: _accuracy(said, truth, within & np.array([o.kind == kind for o in pool.origins]))
            for kind in sorted({o.kind for o in pool.origins})
        },
        "coders": {
            coder or "uncoded": _accuracy(
                said,
                truth,
                truth.single
                & ~truth.held
                & ~truth.hidden
                & np.array([o.coder == coder for o in pool.origins]),
            )
            for coder in sorted({o.coder for o in pool.origins})
        },
        "curves": {name: list(_curve(name, mine, truth, line)) for name in ARTIFACTS},
        "generators": {
            name: list(_generators(name, mine, truth, lesson, line)) for name in ARTIFACTS
        },
        "artifacts": {name: _own_answer(name, mine, pool, truth, line) for name in ARTIFACTS},
        "class_calibration_error": calibration_error(
            mine.classes[within].max(axis=1), said[within] == truth.classes[within]
        ),
        "several": _several(mine, pool, line),
        "hidden": {
            name: int((truth.hidden & truth.single & (truth.classes == CLASSES.index(name))).sum())
            for name in ARTIFACTS
        },
        "alarms": _alarms(heard),
        "real": [_real(each, line) for each in damaged],
        "in_context": None,
    }
    found: dict[str, Any] = plain(figures)
    return found


def _compared(each: Told, truth: Truth, groups: Mapping[str, Mask]) -> dict[str, Any]:
    said = each.classes.argmax(axis=1)
    rows = np.arange(len(truth.classes)) < len(said)
    found = {}
    for name, group in groups.items():
        chosen = np.flatnonzero(group & rows)
        right = truth.classes[chosen]
        families = [truth.origins[row].family for row in chosen.tolist()]
        found[name] = {
            "accuracy": balanced_accuracy(said[chosen], right),
            "interval": bootstrap(_accuracy_of, said[chosen] * 1.0, right * 1.0, families),
            "seconds": len(chosen),
            "families": len(set(families)),
            "recall": [
                float((said[chosen][right == kind] == kind).mean())
                if (right == kind).any()
                else None
                for kind in range(len(CLASSES))
            ],
        }
    return {"name": each.name, "seconds": len(said), "groups": found}


def _accuracy_of(said: Floats, true: Floats) -> float:
    return balanced_accuracy(said.astype(np.int64), true.astype(np.int64))


def _accuracy(said: NDArray[np.int64], truth: Truth, rows: Mask) -> dict[str, Any]:
    return {
        "accuracy": balanced_accuracy(said[rows], truth.classes[rows]),
        "seconds": int(rows.sum()),
    }


def _confusion(said: NDArray[np.int64], true: NDArray[np.int64]) -> list[list[int]]:
    """A row for each true class, a column for each that was said."""
    kinds = range(len(CLASSES))
    return [[int(((true == row) & (said == column)).sum()) for column in kinds] for row in kinds]


def _curve(name: str, mine: Told, truth: Truth, line: float) -> Iterator[dict[str, Any]]:
    """How many are found, by dose: beyond what is taught, too, and hidden ones."""
    rows = [
        row
        for row, origin in enumerate(truth.origins)
        if len(origin.artifacts) == 1
        and origin.artifacts[0].name == name
        and not truth.held[row]
        and (name != "distortion" or origin.artifacts[0].generator in BY_SHARE)
    ]
    amounts = np.array([truth.origins[row].artifacts[0].amount for row in rows])
    steps = _STEPS[name]
    for low, high in pairwise(steps):
        inside = [row for row, amount in zip(rows, amounts, strict=True) if low <= amount < high]
        yield {"low": low, "high": high, **_found(name, mine, truth, inside, line)}


def _generators(
    name: str, mine: Told, truth: Truth, lesson: Lesson, line: float
) -> Iterator[dict[str, Any]]:
    for held in (False, True):
        for generator in lesson.generators(name, held):
            rows = [
                row
                for row, origin in enumerate(truth.origins)
                if truth.single[row]
                and not truth.hidden[row]
                and any(a.name == name and a.generator == generator for a in origin.artifacts)
            ]
            yield {
                "generator": generator,
                "held": held,
                **_found(name, mine, truth, rows, line),
            }


def _found(name: str, mine: Told, truth: Truth, rows: Sequence[int], line: float) -> dict[str, Any]:
    column = ARTIFACTS.index(name)
    chosen = np.array(rows, np.int64)
    return {
        "of": len(rows),
        "called": int((mine.classes[chosen].argmax(axis=1) == column + 1).sum()),
        "told": int((mine.artifacts[chosen, column] >= line).sum()),
        "hidden": int(truth.hidden[chosen].sum()),
    }


def _own_answer(name: str, mine: Told, pool: Pool, truth: Truth, line: float) -> dict[str, Any]:
    """How good an artifact's own probability is, over all seconds within what is taught."""
    column = ARTIFACTS.index(name)
    beyond = np.array([any(a.beyond for a in o.artifacts) for o in truth.origins])
    rows = (pool.counted[:, column] > 0) & ~beyond & ~truth.held & ~truth.coder_held
    said, true = mine.artifacts[rows, column], pool.present[rows, column] > 0
    return {
        "auc": roc_auc(said, true),
        "told": int(((said >= line) & true).sum()),
        "present": int(true.sum()),
        "wrong": int(((said >= line) & ~true).sum()),
        "absent": int((~true).sum()),
        "calibration_error": calibration_error(said, true),
    }


def _several(mine: Told, pool: Pool, line: float) -> dict[str, int]:
    rows = (pool.present.sum(axis=1) > 1) & (pool.counted > 0).all(axis=1)
    right = ((mine.artifacts[rows] >= line) == (pool.present[rows] > 0)).all(axis=1)
    each = (mine.artifacts[rows] >= line) & (pool.present[rows] > 0)
    return {"of": int(rows.sum()), "right": int(right.sum()), "told": int(each.sum())}


def _alarms(heard: Sequence[Listened]) -> dict[str, Any]:
    """False alarms on clean recordings, by kind: half seconds, runs, and runs an hour."""
    found: dict[str, Any] = {}
    for kind in sorted({each.kind for each in heard}):
        mine = [each for each in heard if each.kind == kind]
        hours = sum(len(each.artifacts) for each in mine) * HOP_S / 3600
        rows: list[dict[str, Any]] = []
        for line in LINES:
            for column, name in enumerate(ARTIFACTS):
                above = [_pooled(each.artifacts[:, column], name) >= line for each in mine]
                runs = sum(_runs(each) for each in above)
                sounding = [e.name for e, a in zip(mine, above, strict=True) if a.any()]
                rows.append(
                    {
                        "line": line,
                        "artifact": name,
                        "share": sum(float(a.sum()) for a in above) * HOP_S / 3600 / hours,
                        "runs": runs,
                        "an_hour": runs / hours,
                        "at_most": rate_upper_bound(runs, hours),
                        "recordings": sorted(set(sounding))[:_MANY],
                        "of_recordings": len(set(sounding)),
                    }
                )
        found[kind] = {"hours": hours, "recordings": len({e.name for e in mine}), "rows": rows}
    return found


def _pooled(probability: Floats, name: str) -> NDArray[np.float64]:
    """Probability after the mean of the log-odds over some rows."""
    within = np.clip(probability.astype(np.float64), _LEAST, 1.0 - _LEAST)
    odds = np.log(within / (1.0 - within))
    rows = min(POOLED_ROWS[name], len(odds))
    total = np.convolve(odds, np.ones(rows), "same") / np.convolve(
        np.ones(len(odds)), np.ones(rows), "same"
    )
    return np.asarray(1.0 / (1.0 + np.exp(-total)))


def _runs(above: Mask) -> int:
    return int(above[:1].sum() + (above[1:] & ~above[:-1]).sum())


def _real(each: Listened | str, line: float) -> dict[str, Any]:
    if isinstance(each, str):
        return {"name": each, "seconds": 0.0}
    return {
        "name": each.name,
        "seconds": len(each.artifacts) * HOP_S,
        **{
            name: {
                "most": float(each.artifacts[:, column].max()),
                "share": float((each.artifacts[:, column] >= line).mean()),
            }
            for column, name in enumerate(ARTIFACTS)
        },
    }


def plain(value: Any) -> Any:
    """As JSON takes it; what is no number becomes None."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return float(value) if isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value
