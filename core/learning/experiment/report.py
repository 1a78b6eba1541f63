"""The figures of an experiment as tables and curves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from core.learning.experiment.chart import Curve, drawing
from core.learning.experiment.course import Course, Outcome
from core.learning.experiment.rounds import Round, Score
from core.learning.experiment.strategy import OURS, RANDOM, STRATEGIES

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
"""Between these lines of a page stands what the command writes."""

_ROLES = {
    "library": "library that is asked about",
    "shifted_test": "shifted test",
    "original_test": "original test",
    "replay": "replay",
}
_SHOWN = (100, 200, 300, 400)
_POINTS = 100.0
_AGREED = (25, 75)


def markdown(outcome: Outcome, picture: str) -> str:
    """All tables, for a page.

    Args:
        outcome: What was found.
        picture: Where the curves lie, seen from the page.
    """
    parts = [
        BEGIN,
        "",
        _said(outcome),
        "",
        *_sets(outcome),
        "",
        *_ends(outcome),
        "",
        f"![Learning curves]({picture})",
        "",
        *_verdicts(outcome),
        "",
        *_on_the_way(outcome),
        "",
        *_forgotten(outcome),
        "",
        _spent(outcome),
        "",
        END,
    ]
    return "\n".join(parts) + "\n"


def put_into(page: Path, figures: str) -> str:
    """The text of a page with its figures replaced; all of it where there is no page yet.

    Args:
        page: Markdown; what stands outside `BEGIN` and `END` stays.
        figures: By `markdown`.
    """
    text = page.read_text("utf-8") if page.is_file() else ""
    if BEGIN not in text or END not in text:
        return text + figures
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1].lstrip("\n")
    return f"{before}{figures}\n{after}" if after else before + figures


def sentence(outcome: Outcome) -> str:
    """The chief figure in one line, for the console."""
    one = outcome.savings[OURS]
    return (
        f"To reach a mean recall of {outcome.target:.3f}: {_mean(outcome, OURS):.0f} verdicts by "
        f"our choice, {_mean(outcome, RANDOM):.0f} by chance, {100 * one.share:.0f} % fewer "
        f"(95 % interval {100 * one.low:.0f} to {100 * one.high:.0f} %, "
        f"{len(outcome.order.seeds)} seeds)."
    )


def curves(outcome: Outcome) -> str:
    """Learning curves on the shifted test as SVG: means, and the middle half of the seeds."""
    lines = []
    for name in STRATEGIES:
        if name == "entropy":
            # For two classes it asks in the same order as the margin.
            continue
        runs = outcome.of(name)
        values = np.array([[r.shifted.mean_recall for r in run.rounds] for run in runs])
        low, high = np.percentile(values, _AGREED, axis=0)
        x = [float(r.verdicts) for r in runs[0].rounds]
        middle = values.mean(axis=0)
        lines.append(Curve(name, x, middle.tolist(), low.tolist(), high.tolist()))
    ground = outcome.ground
    levels = {
        "shipped": ground.shipped[0].mean_recall,
        "target": outcome.target,
        "told everything": ground.taught_all[0].mean_recall,
    }
    return drawing(
        f"What verdicts teach ({len(outcome.order.seeds)} seeds, bands: their middle half)",
        "verdicts",
        "mean recall at 0 to 5 % false alarms",
        lines,
        levels,
    )


def _said(outcome: Outcome) -> str:
    return (
        f"Weights {outcome.weights}; seeds {', '.join(map(str, outcome.order.seeds))}; domain "
        f"`{outcome.order.stage}`. {sentence(outcome)}"
    )


def _mean(outcome: Outcome, name: str) -> float:
    """Verdicts to the target, over seeds; the whole library where it was not reached."""
    size = len(outcome.sets["library"])
    asked = [size if np.isnan(run.verdicts) else run.verdicts for run in outcome.of(name)]
    return float(np.mean(asked))


def _sets(outcome: Outcome) -> Iterator[str]:
    yield from _head("Set", "Titles", "Pictures", "Corrupted", "Left out as unclear")
    for role, one in outcome.sets.items():
        counts = (len(one.names), len(one), int(one.corrupted.sum()), one.unclear)
        yield _row(_ROLES[role], *map(str, counts))


def _ends(outcome: Outcome) -> Iterator[str]:
    yield from _head("", "Mean recall", "Recall at 1 %", "ROC AUC", "Average precision")
    ground = outcome.ground
    for words, both in (
        ("shipped weights", ground.shipped),
        ("told the whole library", ground.taught_all),
    ):
        for test, one in zip(("shifted test", "original test"), both, strict=True):
            yield _row(f"{words}, {test}", *_figures(one))


def _figures(one: Score) -> Iterator[str]:
    for value in (one.mean_recall, one.recall, one.auc, one.precision):
        yield f"{value:.3f}"


def _verdicts(outcome: Outcome) -> Iterator[str]:
    """Verdicts to the target: every seed, the mean, and the saving with its interval."""
    seeds = outcome.order.seeds
    yield f"Verdicts until the mean recall on the shifted test is {outcome.target:.3f}:"
    yield ""
    yield from _head(
        "Choice", *(f"Seed {seed}" for seed in seeds), "Mean", "Fewer than by chance (95 %)"
    )
    for name in STRATEGIES:
        one = outcome.savings[name]
        asked = (_count(run.verdicts) for run in outcome.of(name))
        fewer = f"{100 * one.share:.0f} % ({100 * one.low:.0f} to {100 * one.high:.0f})"
        mean = f"{_mean(outcome, name):.0f}"
        yield _row(name, *asked, mean, "–" if name == RANDOM else fewer)


def _count(verdicts: float) -> str:
    return "not reached" if np.isnan(verdicts) else f"{verdicts:.0f}"


def _on_the_way(outcome: Outcome) -> Iterator[str]:
    """What the same number of verdicts is worth, and how many of them were of damage."""
    counts = [r.verdicts for r in outcome.courses[0].rounds]
    shown = [c for c in counts if c in _SHOWN] or counts[:: max(len(counts) // 4, 1)][:4]
    yield "Mean recall on the shifted test after so many verdicts (and how many told of damage):"
    yield ""
    yield from _head("Choice", *(str(count) for count in shown))
    for name in STRATEGIES:
        cells = []
        for count in shown:
            recall = _over(outcome.of(name), count, lambda r: r.shifted.mean_recall)
            found = _over(outcome.of(name), count, lambda r: float(r.corrupted))
            cells.append(f"{recall:.3f} ({found:.0f})")
        yield _row(name, *cells)


def _forgotten(outcome: Outcome) -> Iterator[str]:
    """What is lost on the original test, at the target and at worst."""
    yield (
        "Points lost on the original test (negative: gained), mean over seeds, at the first round "
        "at the target, and in the worst round of all:"
    )
    yield ""
    yield from _head("Choice", "Mean recall", "ROC AUC", "Worst mean recall", "Worst ROC AUC")
    before = outcome.ground.shipped[1]
    for name in STRATEGIES:
        runs = outcome.of(name)
        there = [_at_target(run) for run in runs]
        losses = [
            before.mean_recall - float(np.mean([r.original.mean_recall for r in there])),
            before.auc - float(np.mean([r.original.auc for r in there])),
            before.mean_recall - min(r.original.mean_recall for c in runs for r in c.rounds),
            before.auc - min(r.original.auc for c in runs for r in c.rounds),
        ]
        yield _row(name, *(f"{_POINTS * loss:.1f}" for loss in losses))


def _at_target(run: Course) -> Round:
    """The first round at the target; the last of all where it was not reached."""
    reached = [r for r in run.rounds if r.verdicts >= run.verdicts]
    return reached[0] if reached else run.rounds[-1]


def _over(runs: Sequence[Course], count: int, figure: Callable[[Round], float]) -> float:
    return float(np.mean([figure(r) for run in runs for r in run.rounds if r.verdicts == count]))


def _spent(outcome: Outcome) -> str:
    looking, rounds = outcome.seconds
    return (
        f"Processor time on one thread: {rounds:.0f} s for {len(outcome.courses)} courses of "
        f"{len(outcome.courses[0].rounds)} rounds, {looking:.0f} s for making pictures and looking "
        "at them in this run (what was looked at before is kept)."
    )


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
