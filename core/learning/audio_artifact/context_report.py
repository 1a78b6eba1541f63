"""The part of the page that tells of rows in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.learning.audio_artifact.lesson import CLASSES
from core.learning.audio_artifact.stretch import MANNERS
from core.learning.audio_artifact.table import confusion, in_share, number, table
from core.models.artifact_feature import ARTIFACTS
from core.models.card import Measured

_MANNERS = {"whole": "all along", "part": "from or to a place", "second": "for one second"}


def measured_in_context(figures: dict[str, Any], on: str) -> Iterator[Measured]:
    """The chief figures, for the card.

    Args:
        figures: What `row_figures` gave.
        on: What they were measured on.
    """
    for name, row in figures["compared"][0]["groups"].items():
        if row["accuracy"] is not None:
            what = f"balanced accuracy of rows in context, {name}"
            yield Measured(what, round(row["accuracy"], 4), on)


def context_parts(figures: dict[str, Any], line: float) -> Iterator[str]:
    """Paragraphs and tables.

    Args:
        figures: What `row_figures` gave.
        line: Probability from which an artifact counts as told.
    """
    yield (
        "## In context\n\nWhat the detector tells of a row: a second among those around it, four "
        f"seconds on either side. {figures['stretches']:,} stretches of up to 15 s, a row every "
        f"half second, {figures['rows']:,} in all, from {figures['families']} families that "
        "nothing was learned from; an artifact is on in them all along, from or to a place inside, "
        "or for one second. Rows that it covers in part have no class. Hum and hiss are dosed by "
        "the level of the programme where they are on, 0 to 40 dB SNR; a row's own is lower in a "
        "pause. 95 % intervals by drawing families."
    )
    names = list(figures["compared"][0]["groups"])
    yield table(
        ("balanced accuracy of rows", *names),
        (
            (each["name"], *(_accuracy(each["groups"][name]) for name in names))
            for each in figures["compared"]
        ),
    )
    yield "The first of them over the others, on the same rows:"
    yield table(
        ("over", *names, "named of what is on for one second"),
        (
            (
                each["name"],
                *(_difference(each["groups"][name]) for name in names),
                _difference(each["second"]),
            )
            for each in figures["differences"]
        ),
    )
    yield "Rows of learned generators that are named, by how long the artifact is on:"
    yield table(
        ("", "clean", *(_MANNERS[manner] for manner in MANNERS)),
        (
            (each["name"], _found(each["clean"]), *(_found(each["manners"][m]) for m in MANNERS))
            for each in figures["compared"]
        ),
    )
    yield "In context, learned generators; a row is what is true, a column what was said:"
    yield confusion(CLASSES, figures["confusion"])
    yield "Named by how far the programme of the row lies over it:"
    yield table(
        ("", "SNR, dB", *(each["name"] for each in figures["compared"])),
        (
            (
                kind,
                f"{row['low']:g} to {row['high']:g}",
                *(in_share(row["named"][each["name"]], row["of"]) for each in figures["compared"]),
            )
            for kind, rows in figures["snr"].items()
            for row in rows
            if row["of"]
        ),
    )
    yield f"Each artifact's own probability, found and wrongly told at {line:g}:"
    yield table(
        ("", "", "ROC AUC", "found", "wrongly told", "calibration error"),
        (_own(kind, who, row) for kind in ARTIFACTS for who, row in figures["own"][kind].items()),
    )
    yield (
        "Calibration error of the exclusive answer in context: "
        f"{number(figures['calibration_error'], 4)}."
    )


def _own(kind: str, who: str, row: dict[str, Any]) -> tuple[str, ...]:
    return (
        kind,
        who,
        number(row["auc"], 4),
        in_share(row["told"], row["present"]),
        in_share(row["wrong"], row["absent"]),
        number(row["calibration_error"], 4),
    )


def _accuracy(row: dict[str, Any]) -> str:
    if row["accuracy"] is None:
        return "–"
    return f"{row['accuracy']:.4f} {_between(row['interval'], 3)}, {row['rows']:,} rows"


def _difference(row: dict[str, Any]) -> str:
    if row["difference"] is None:
        return "–"
    return f"{row['difference']:+.4f} {_between(row['interval'], 4)}"


def _found(row: dict[str, Any]) -> str:
    if row["share"] is None:
        return "–"
    return f"{row['share']:.3f} {_between(row['interval'], 2)}, {row['rows']:,} rows"


def _between(interval: Sequence[float | None], digits: int) -> str:
    low, high = interval
    return f"({number(low, digits)}–{number(high, digits)})"
