"""The examination in figures: for the card, as JSON, and as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from core.domain.interval import wilson
from core.learning.block_corruption.examination import (
    AREA_LINE,
    AREAS,
    GROUPS,
    Answer,
    Ranking,
    Share,
    alarmed,
    answered,
    group,
    line_for,
    map_iou,
    ranking,
)
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.source import DRAWN
from core.models.card import Measured
from core.simulate.bitstream import CODECS, MOST_SHARE

ALARM_SHARE = 0.01
"""Share of clean pictures that may be called corrupted where deciders are compared."""

Score = Callable[[Answer], float]

SCORES: dict[str, Score] = {
    "learned": lambda a: a.learned,
    "area": lambda a: a.area,
    "blockdetect": lambda a: a.block if isfinite(a.block) else 0.0,
}
"""What pictures are ranked by: the learned decision, the share of the map, and FFmpeg's filter."""

_TITLES = {
    "learned": "learned decision",
    "area": "share of the map",
    "blockdetect": "FFmpeg blockdetect",
}
_ANY_AREA = (0.0, 1.01)
_AREA_NAMES = ("under 1 %", "1 to 7 %", "over 7 %")


def figures_of(
    lesson: Lesson, answers: Sequence[Answer], wrecked: Sequence[Answer], line: float
) -> dict[str, Any]:
    """All figures, as plain values; None where there is nothing to take one from.

    Args:
        lesson: Says what was held out.
        answers: Of the test side.
        wrecked: Of streams of the test side of which little is left, and of their clean twins.
        line: Probability above which the learned decision calls a picture corrupted.
    """
    deciders = _deciders(answers, line)
    figures = {
        "line": line,
        "groups": {
            name: {
                "rankings": {key: asdict(ranking(chosen, score)) for key, score in SCORES.items()},
                "map_iou": map_iou(chosen),
                "recall": {
                    key: [asdict(answered(chosen, says, area)) for area in AREAS]
                    for key, says in deciders.items()
                },
            }
            for name, chosen in _groups(lesson, answers)
        },
        "alarms": {
            name: {key: asdict(alarmed(chosen, says)) for key, says in deciders.items()}
            for name, chosen in _contents(answers)
        },
        "wrecks": {
            codec: {
                "found": asdict(answered(chosen, deciders["learned"], _ANY_AREA)),
                "alarms": asdict(alarmed(chosen, deciders["learned"])),
            }
            for codec, chosen in _wrecks(wrecked)
        },
        "hidden": asdict(_hidden(answers, deciders["learned"])),
        "pictures": len(answers),
    }
    plain: dict[str, Any] = _plain(figures)
    return plain


def measured(figures: dict[str, Any], on: str) -> Iterator[Measured]:
    """The chief figures, for the card.

    Args:
        figures: What `figures_of` gave.
        on: What they were measured on.
    """
    for name, row in figures["groups"].items():
        best = row["rankings"]["learned"]
        for what, value in (
            ("ROC AUC of pictures", best["auc"]),
            ("average precision of pictures", best["precision"]),
            ("IoU of the map", row["map_iou"]),
        ):
            if value is not None:
                yield Measured(f"{what}, {name}", round(value, 4), on)
        found = [share for share in row["recall"]["learned"] if share["of"]]
        if found:
            recall = sum(share["hits"] for share in found) / sum(share["of"] for share in found)
            yield Measured(f"recall at {figures['line']:g}, {name}", round(recall, 3), on)
    wrecks = figures["wrecks"]["all"]["found"]
    if wrecks["of"]:
        yield Measured("recall of wrecks", round(wrecks["hits"] / wrecks["of"], 3), on)
    for number, area in enumerate(_AREA_NAMES):
        share = figures["groups"]["all"]["recall"]["learned"][number]
        if share["of"]:
            name = f"recall where {area} of the picture is damaged"
            yield Measured(name, round(share["hits"] / share["of"], 3), on)
    for name, row in figures["alarms"].items():
        share = row["learned"]
        if share["of"]:
            value = round(share["hits"] / share["of"], 4)
            yield Measured(f"pictures called corrupted, {name}", value, on)


def as_sentence(figures: dict[str, Any], name: str) -> str:
    """The chief figures in one sentence.

    Args:
        figures: What `figures_of` gave.
        name: Of the weights.
    """
    best = figures["groups"]["all"]["rankings"]["learned"]
    return (
        f"{name}: ROC AUC {_number(best['auc'], 4)}, average precision "
        f"{_number(best['precision'], 4)} on {best['corrupted']} corrupted and {best['clean']} "
        "clean pictures."
    )


def markdown(figures: dict[str, Any], name: str) -> str:
    """The page of figures.

    Args:
        figures: What `course.put_to_the_test` gave.
        name: Of the weights.
    """
    parts = [
        f"# {name}, picture by picture",
        "Written by `onglass learn evaluate`; not to be edited. Sources: the test side of the "
        f"split by source title, never learned from. Seed {figures['seed']}; the network ran in "
        f"{figures['runtime']}. Every way of damaging was asked for at severities .1, .35, .6 and "
        ".85, every decoy (`core/simulate/decoy.py`) and plain pictures as often; about a third "
        "of all pieces was coded once more after the damage. A cell of 32 x 32 pixels is corrupted "
        "when a tenth of it differs visibly from the clean decode, by more than 20 codes of 8 "
        "bits, a picture when one of its cells is.",
        "## Telling corrupted pictures from clean ones",
        "Every group of damage is held against the same clean pictures. Intervals are 95 %, by "
        "drawing source titles with replacement.",
        _table(
            ("Damage", "Ranked by", "ROC AUC", "Average precision", "Corrupted", "Clean"),
            _ranking_rows(figures),
        ),
        "## Where in the picture",
        "Intersection over union of the cells that are corrupted and those that are at least one "
        "half in the map, over all corrupted pictures of a group.",
        _table(
            ("Damage", "IoU"),
            ((name, _number(row["map_iou"], 2)) for name, row in figures["groups"].items()),
        ),
        "## Recall by how much of the picture is damaged",
        f"The learned decision calls a picture corrupted from {figures['line']:.2f} on; the "
        f"published rule when more than {AREA_LINE:.0%} of the map is; FFmpeg's filter from the "
        f"value on that {ALARM_SHARE:.0%} of the clean pictures exceed, and so does the learned "
        "decision in the column before.",
        _table(("Damage", "Decided by", *_AREA_NAMES), _recall_rows(figures)),
        "## Wrecks",
        "Streams of which little is left, key pictures lost among them: every codec at severities "
        f".9, 1 and 1.1 (past {MOST_SHARE:.0%} of the pixels). Corrupted pictures that the learned "
        "decision found, and clean pictures of the same places that it called corrupted. They are "
        "in no other table.",
        _table(("Codec", "Found", "Clean, called corrupted"), _wreck_rows(figures)),
        "## Clean pictures called corrupted",
        _table(("Content", *_DECIDERS.values()), _alarm_rows(figures)),
        f"Of {figures['pictures']} pictures {figures['hidden']['of']} have nothing but damage "
        "that cannot be told from the single picture: too faint, or in no way given away by edges "
        "of blocks or by colour (`core/learning/block_corruption/visible.py`). They are counted "
        "nowhere above; the learned decision calls "
        f"{figures['hidden']['hits']} of them corrupted.",
    ]
    return "\n\n".join(parts) + "\n"


def _deciders(answers: Sequence[Answer], line: float) -> dict[str, Callable[[Answer], bool]]:
    equal = line_for(answers, SCORES["learned"], ALARM_SHARE)
    block = line_for(answers, SCORES["blockdetect"], ALARM_SHARE)
    return {
        "learned": lambda a: a.learned >= line,
        "ratio": lambda a: a.area > AREA_LINE,
        "learned_equal": lambda a: a.learned >= equal,
        "blockdetect": lambda a: SCORES["blockdetect"](a) >= block,
    }


def _hidden(answers: Sequence[Answer], says: Callable[[Answer], bool]) -> Share:
    """Of the pictures with no damage but such as does not show, how many were called corrupted."""
    chosen = [answer for answer in answers if not answer.counts]
    return Share(sum(map(says, chosen)), len(chosen))


_DECIDERS = {
    "learned": "learned decision",
    "ratio": "more than 7 % of the map",
    "learned_equal": f"learned, {ALARM_SHARE:.0%} of clean",
    "blockdetect": f"blockdetect, {ALARM_SHARE:.0%} of clean",
}


def _groups(lesson: Lesson, answers: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    yield "all", list(answers)
    for name in GROUPS:
        yield name, group(lesson, answers, name)


def _contents(answers: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """Clean pictures by what they show: film, photographs, and each decoy."""
    plain = [a for a in answers if not a.entry.origin.decoy]
    films = [a for a in plain if not a.entry.origin.photo]
    yield "film", [a for a in films if not a.entry.origin.source.startswith(DRAWN)]
    yield "photographs and artwork", [a for a in plain if a.entry.origin.photo]
    yield "drawn scenes", [a for a in films if a.entry.origin.source.startswith(DRAWN)]
    for name in sorted({a.entry.origin.decoy for a in answers} - {""}):
        yield name.replace("_", " "), [a for a in answers if a.entry.origin.decoy == name]


def _wrecks(wrecked: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """Pictures of wrecks by codec."""
    yield "all", list(wrecked)
    for codec in CODECS:
        yield codec, [a for a in wrecked if a.entry.origin.variant == codec]


def _wreck_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for codec, row in figures["wrecks"].items():
        yield codec, _share(Share(**row["found"])), _share(Share(**row["alarms"]))


def _ranking_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in figures["groups"].items():
        for key, title in _TITLES.items():
            found = Ranking(**row["rankings"][key])
            interval = "–".join(_number(end, 3) for end in found.auc_interval)
            yield (
                name,
                title,
                f"{_number(found.auc, 4)} ({interval})",
                _number(found.precision, 4),
                str(found.corrupted),
                f"{found.clean} of {found.sources} titles",
            )


def _recall_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in figures["groups"].items():
        for key, title in _DECIDERS.items():
            yield name, title, *(_share(Share(**share)) for share in row["recall"][key])


def _alarm_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, row in figures["alarms"].items():
        yield name, *(_share(Share(**row[key])) for key in _DECIDERS)


def _plain(value: Any) -> Any:
    """The same without NaN, which JSON does not know."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _share(share: Share) -> str:
    if not share.of:
        return "–"
    low, high = wilson(share.hits, share.of)
    return f"{share.hits}/{share.of} ({low:.2f}–{high:.2f})"


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
