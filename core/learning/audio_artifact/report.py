"""The examination for people: a page, a sentence, and the chief figures for the card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.learning.audio_artifact.context_report import context_parts, measured_in_context
from core.learning.audio_artifact.lesson import CLASSES
from core.learning.audio_artifact.table import confusion, in_share, number, table
from core.models.artifact_feature import ARTIFACTS
from core.models.card import Measured

_UNITS = {
    "hum": "SNR, dB",
    "hiss": "SNR, dB",
    "distortion": "share of samples beyond the ceiling",
    "clicks": "height over the RMS around, dB",
}
_CHIEF = "learned generators"


def as_sentence(figures: dict[str, Any], name: str) -> str:
    """What came out, in a line."""
    groups = figures["compared"][0]["groups"]
    learned, unseen = groups[_CHIEF], groups["unseen generators"]
    return (
        f"{name}: balanced accuracy {number(learned['accuracy'], 4)} on "
        f"{learned['seconds']} seconds of {learned['families']} families, "
        f"{number(unseen['accuracy'], 4)} with generators it never heard."
    )


def measured(figures: dict[str, Any], on: str) -> Iterator[Measured]:
    """The chief figures, for the card.

    Args:
        figures: What `figures_of` gave.
        on: What they were measured on.
    """
    if figures["in_context"]:
        yield from measured_in_context(figures["in_context"], on)
    for name, row in figures["compared"][0]["groups"].items():
        if row["accuracy"] is not None:
            yield Measured(f"balanced accuracy, {name}", round(row["accuracy"], 4), on)
    for name, row in figures["artifacts"].items():
        if row["auc"] is not None:
            yield Measured(f"ROC AUC of {name}", round(row["auc"], 4), on)
    for kind, found in figures["alarms"].items():
        for row in found["rows"]:
            if row["line"] == 0.9:
                what = f"false alarms of {row['artifact']} at 0.9 on clean {kind}"
                yield Measured(what, round(row["an_hour"], 2), on, "an hour")


def markdown(figures: dict[str, Any], name: str) -> str:
    """The whole page.

    Args:
        figures: What `figures_of` gave.
        name: Of the weights.
    """
    parts = [
        "# Audio artifacts: what the network is worth",
        f"Measured with `{name}` on {figures['seconds']:,} seconds of families that nothing was "
        "learned from, made by `onglass learn evaluate audio_artifact`. Ranges were fixed before "
        "training (`resources/lessons/audio_artifact.toml`): hum and hiss evenly from 0 to 40 dB "
        "SNR, clicks 3 to 30 dB over the RMS around them at 1 to 20 a second, clipping of .1 to "
        "10 % of the samples, shares evenly over their logarithm. Two artifacts at once have no "
        "exclusive class and are told of below.",
        *(context_parts(figures["in_context"], figures["line"]) if figures["in_context"] else ()),
        "## Balanced accuracy\n\nOf the five exclusive classes, one second at a time, each by "
        "itself, without any smoothing; 95 % intervals by drawing families.",
        _compared(figures["compared"]),
        "*Hidden* is an artifact whose power lies 12 dB below the clean second's even in the most "
        "telling percent of the short-time spectrum. "
        + ", ".join(f"{n} of {kind}" for kind, n in figures["hidden"].items())
        + " were. The own detectors' measurements were weighed by a regression fitted on the "
        f"validation side, over the first {figures['compared'][-1]['seconds']:,} seconds.",
        "## Confusion\n\nLearned generators; a row is what is true, a column what was said.",
        confusion(CLASSES, figures["confusion"]),
        "## By content and by coding",
        table(
            ("", "balanced accuracy", "seconds"),
            (
                (key, number(row["accuracy"], 4), f"{row['seconds']:,}")
                for part in ("kinds", "coders")
                for key, row in figures[part].items()
            ),
        ),
        "## By dose\n\nFound means that the exclusive answer names it (of all, with the 95 % "
        "interval), and that its own probability reaches "
        f"{figures['line']:g}. What lies beyond the ranges was never taught.",
        *(f"### {kind}\n\n{_curve(kind, figures['curves'][kind])}" for kind in ARTIFACTS),
        "## By generator\n\nThose in bold were never heard in training.",
        _generators(figures["generators"]),
        "## Each artifact's own probability\n\nOver all seconds of learned generators and coders, "
        "those with two artifacts, too.",
        _own(figures),
        "## Alarms on clean recordings\n\nRecordings of the test side, up to 20 s of each, "
        "every half second of the first channel; hum and hiss after the mean of the log-odds over "
        "five rows. What is counted is a run above the line; the bound is one-sided, 95 %. The "
        "detector's rule asks for more before it flags: for higher lines, and for what lasts.",
        *(_alarms(kind, found) for kind, found in figures["alarms"].items()),
    ]
    if figures["real"]:
        parts += [
            "## Really damaged recordings\n\nThe highest probability anywhere, and the share of "
            f"half seconds at {figures['line']:g} or more. No truth is known but what the names "
            "say.",
            _real(figures["real"]),
        ]
    return "\n\n".join(parts) + "\n"


def _compared(rows: Sequence[dict[str, Any]]) -> str:
    names = list(rows[0]["groups"])
    return table(
        ("", *names),
        (
            (each["name"], *(_with_interval(each["groups"][name]) for name in names))
            for each in rows
        ),
    )


def _with_interval(row: dict[str, Any]) -> str:
    if row["accuracy"] is None:
        return "–"
    low, high = row["interval"]
    return f"{row['accuracy']:.4f} ({number(low, 3)}–{number(high, 3)}), {row['seconds']:,} s"


def _curve(kind: str, rows: Sequence[dict[str, Any]]) -> str:
    return table(
        (_UNITS[kind], "named", "own probability", "hidden"),
        (
            (
                f"{row['low']:g} to {row['high']:.4g}",
                in_share(row["called"], row["of"]),
                in_share(row["told"], row["of"]),
                str(row["hidden"]),
            )
            for row in rows
            if row["of"]
        ),
    )


def _generators(found: dict[str, Sequence[dict[str, Any]]]) -> str:
    return table(
        ("artifact", "generator", "named", "own probability"),
        (
            (
                kind,
                f"**{row['generator']}**" if row["held"] else row["generator"],
                in_share(row["called"], row["of"]),
                in_share(row["told"], row["of"]),
            )
            for kind, rows in found.items()
            for row in rows
        ),
    )


def _own(figures: dict[str, Any]) -> str:
    several = figures["several"]
    found = table(
        ("", "ROC AUC", "found", "wrongly told", "calibration error"),
        (
            (
                kind,
                number(row["auc"], 4),
                in_share(row["told"], row["present"]),
                in_share(row["wrong"], row["absent"]),
                number(row["calibration_error"], 4),
            )
            for kind, row in figures["artifacts"].items()
        ),
    )
    return (
        f"{found}\n\nOf {several['of']} seconds with two artifacts, of all generators and coders, "
        f"{several['right']} had exactly those two told, and {several['told']} of the "
        f"{2 * several['of']} artifacts were. Calibration error of the exclusive answer: "
        f"{number(figures['class_calibration_error'], 4)}."
    )


def _alarms(kind: str, found: dict[str, Any]) -> str:
    alarms = table(
        ("line", "artifact", "share of time", "runs", "an hour", "at most", "recordings"),
        (
            (
                f"{row['line']:g}",
                row["artifact"],
                f"{100 * row['share']:.2f} %",
                str(row["runs"]),
                f"{row['an_hour']:.1f}",
                number(row["at_most"], 1),
                _some(row),
            )
            for row in found["rows"]
        ),
    )
    head = f"### {kind}: {found['hours']:.2f} hours, {found['recordings']} recordings"
    return f"{head}\n\n{alarms}"


def _some(row: dict[str, Any]) -> str:
    more = row["of_recordings"] - len(row["recordings"])
    return ", ".join(row["recordings"]) + (f" and {more} more" if more else "")


def _real(rows: Sequence[dict[str, Any]]) -> str:
    return table(
        ("file", "seconds", *ARTIFACTS),
        (
            (
                row["name"],
                f"{row['seconds']:g}" if row["seconds"] else "cannot be decoded",
                *(
                    f"{row[kind]['most']:.2f}, {100 * row[kind]['share']:.0f} %"
                    if kind in row
                    else "–"
                    for kind in ARTIFACTS
                ),
            )
            for row in rows
        ),
    )
