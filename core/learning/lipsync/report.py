"""The figures of lip sync as a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PUBLISHED = {5: 0.758, 15: 0.961}
_SECONDS = 25


def as_sentence(figures: Mapping[str, Any], name: str) -> str:
    """The chief figures, for the console."""
    # Clips may be too short for the longer stretches.
    pictures, values = next(
        ((n, v) for n, v in reversed(figures["accuracy"].items()) if int(n) and v["persons"]),
        next(reversed(figures["accuracy"].items())),
    )
    return (
        f"{name}: within a frame with evidence of {_evidence(pictures)}: {_told(values)} "
        f"({figures['persons']} persons, {figures['clips']} clips)."
    )


def markdown(figures: Mapping[str, Any], name: str) -> str:
    """All tables.

    Args:
        figures: Of `examination.figures`, with those of the untuned encoders below `untuned`.
        name: Of the weights.
    """
    untuned = figures.get("untuned")
    parts = [
        "# How well lip sync is heard and seen",
        f"Of the weights `{name}`, written by `onglass learn evaluate lipsync --markdown`; how "
        "they were learned is in [learning.md](learning.md), what was tried besides in "
        "[adr/0024](adr/0024-lip-sync-from-a-minute.md) and "
        "[adr/0037](adr/0037-lip-sync-other-ways-of-learning.md).",
        _basis(figures),
        "## Within a frame, by evidence\n\n" + _accuracy(figures, untuned),
        "## How far the probability can be trusted\n\n" + _trust(figures),
        "## Verdicts on four seconds\n\n" + _verdicts(figures, untuned),
        "## The clips as they are\n\n" + _clips(figures),
    ]
    return "\n\n".join(parts) + "\n"


def _basis(figures: Mapping[str, Any]) -> str:
    return (
        f"**This is little.** {figures['clips']} clips of {figures['persons']} persons, about a "
        "minute of speech, nine of the persons in one studio. Every person is held out once: what "
        "is told of one comes from heads and from a calibration that never met this person. "
        "Offsets are simulated by moving the sound from 600 ms late to 600 ms early and not at "
        f"all; stretches overlap by half. {figures['other_clips']} clips of faces beside music, "
        "silence or a stranger's speech are asked besides. Persons count alike; intervals (95 %) "
        "come from drawing persons with replacement, and say nothing of persons unlike these. The "
        "clips are presumed to be in sync, which nobody proved.\n\n"
        "One frame is 40 ms. What counts as told has a probability of "
        f"{figures['confidence']:g} or more."
    )


def _accuracy(figures: Mapping[str, Any], untuned: Mapping[str, Any] | None) -> str:
    lines = [
        "| Evidence | Within ± 1 frame | Untuned encoders | Published SyncNet (LRS2) | "
        "Persons, clips, answers |",
        "|---|---|---|---|---|",
    ]
    for pictures, values in figures["accuracy"].items():
        other = _told(untuned["accuracy"][pictures]) if untuned else "not asked"
        published = _PUBLISHED.get(int(pictures))
        lines.append(
            f"| {_evidence(pictures)} | {_told(values)} | {other} | "
            f"{'–' if published is None else f'{published:.3f}'} | "
            f"{values['persons']}, {values['clips']}, {values['answers']:,} |"
        )
    return "\n".join(lines) + (
        "\n\nChance is 3 in 41. Untuned are both encoders of Light-ASD, compared as they are and "
        "with their common lag taken off. The published figures are SyncNet's on LRS2, another "
        "and far larger set of data, with a network that learned from hundreds of hours: they "
        "stand here as what is possible, not as a comparison."
    )


def _trust(figures: Mapping[str, Any]) -> str:
    lines = [
        "| Evidence | Told at all | Right of what is told | Strangers' sound told | "
        "Calibration error |",
        "|---|---|---|---|---|",
    ]
    for pictures, values in figures["calibration"].items():
        lines.append(
            f"| {_evidence(pictures)} | {_told(values['told'])} | "
            f"{_told(values['right_of_told'])} | {_told(values['others_told'])} | "
            f"{'none' if values['error'] is None else format(values['error'], '.2f')} |"
        )
    return "\n".join(lines)


def _verdicts(figures: Mapping[str, Any], untuned: Mapping[str, Any] | None) -> str:
    lines = [
        "| Tolerance | Precision | Recall | Inconclusive | False alarms, untouched clips | "
        "False alarms, strangers' sound |",
        "|---|---|---|---|---|---|",
    ]
    columns = ("precision", "recall", "inconclusive", "false_untouched", "false_others")
    for values in figures["verdicts"].values():
        cells = " | ".join(_told(values[column]) for column in columns)
        lines.append(f"| {values['title']} | {cells} |")
    parts = [
        "\n".join(lines),
        "Precision: of what is called out of sync, the share whose simulated offset passes the "
        "line. Recall: of offsets that pass the line, the share that is called out of sync. Most "
        "simulated offsets pass every line, so that precision is flattered: where hardly anything "
        "is out of sync, the false alarms count. They are of single fragments; a flag on the desk "
        "needs several that agree.",
        "An offset is told to a frame of 40 ms at best. A tolerance of 15 or 40 ms cannot be "
        "checked with that: at ATSC IS-191 a clip that is found a frame early already counts as "
        "out of sync.",
    ]
    if untuned:
        first = next(iter(untuned["verdicts"].values()))
        parts.append(
            f"At {first['title']}, the untuned encoders leave {_told(first['inconclusive'])} of "
            f"the fragments inconclusive and find {_told(first['recall'])} of what is out of sync."
        )
    return "\n\n".join(parts)


def _clips(figures: Mapping[str, Any]) -> str:
    rows = (
        f"| {clip['clip']} | {clip['offset'] * 40:+.0f} ms | {clip['confidence']:.2f} |"
        for clip in figures["clips_said"]
    )
    return "\n".join(("| Clip | Offset found | Probability |", "|---|---|---|", *rows)) + (
        "\n\nOf whole clips with their own sound. What is not 0 here is either the network's "
        "error or the clip's; it counts as an error in all tables."
    )


def _evidence(pictures: str) -> str:
    return f"{int(pictures) / _SECONDS:g} s" if int(pictures) else "whole clip"


def _told(values: Mapping[str, Any]) -> str:
    if values["value"] is None:
        return "none"
    return f"{values['value']:.2f} ({values['low']:.2f}–{values['high']:.2f})"
