"""Caption encoding: captions that show characters which nobody meant."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

import numpy as np

from core.catalog.cue_span import cue_finding, shown_until_s
from core.catalog.rule import Claim, Mask, Run, in_words, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_KINDS = {
    "misread": ("misread character", "misread characters"),
    "replaced": ("lost character (U+FFFD)", "lost characters (U+FFFD)"),
    "control": ("control character", "control characters"),
    "private": ("character without meaning", "characters without meaning"),
    "markup": ("tag, entity or escape", "tags, entities or escapes"),
}
_MANY = 10.0


def caption_encoding_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Captions with `min_wrong` wrong characters or more, joined over `joined_s`.

    A file that was read in the wrong code page is wrong wherever it leaves ASCII; so what lies
    close together is one instance.
    """
    track = tracks[spec.id]
    wrong = np.asarray(track.metrics["wrong"] >= spec.value(profile, "min_wrong"))
    runs = _joined(track, wrong, spec.value(profile, "joined_s"))
    return [
        cue_finding(
            spec,
            track,
            _claim(spec, track, run, wrong, profile),
            following.first if following is not None else None,
        )
        for run, following in zip_longest(runs, runs[1:])
    ]


def _joined(track: Track, wrong: Mask, joined_s: float) -> list[Run]:
    rows = np.flatnonzero(wrong)
    if not len(rows):
        return []
    gaps = track.starts_s[rows[1:]] - shown_until_s(track)[rows[:-1]]
    parts = np.split(rows, np.flatnonzero(gaps > joined_s) + 1)
    return [Run(int(part[0]), int(part[-1])) for part in parts]


def _claim(spec: DetectorSpec, track: Track, run: Run, wrong: Mask, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    totals = {name: int(track.metrics[name][rows][wrong[rows]].sum()) for name in _KINDS}
    parts = [f"{n} {_KINDS[name][n > 1]}" for name, n in totals.items() if n]
    captions = int(wrong[rows].sum())
    who = "The caption shows" if captions == 1 else f"{captions} captions show"
    length_s = float(shown_until_s(track)[run.last] - track.starts_s[run.first])
    where = "" if captions == 1 else f" within {in_words(length_s)}"
    severity = spec.proposed_severity(profile)
    if not any(n for name, n in totals.items() if name != "private"):
        severity = Severity.FYI
    return Claim(
        run,
        "wrong",
        spec.value(profile, "min_wrong"),
        run.first + int(np.argmax(track.metrics["wrong"][rows])),
        score_of(sum(totals.values()) / _MANY, float(captions), 1.0),
        severity,
        f"{who} {_listed(parts)}{where}.",
    )


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts) or "wrong characters"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


CAPTION_ENCODING = DetectorSpec(
    id="caption_encoding",
    defect="caption_encoding",
    title="Caption encoding",
    help=(
        "Wrong characters: UTF-8 read in another code page, other scripts read as Latin-1, "
        "replacement and control characters, private use, and markup that shows. Signs of a "
        "font's own (private use) are FYI."
    ),
    views=("cues",),
    metrics=(
        MetricSpec("wrong", "Wrong characters", "", 0.0, 100.0),
        MetricSpec("replaced", "Replacement characters", "", 0.0, 100.0),
        MetricSpec("misread", "Misread characters", "", 0.0, 100.0),
        MetricSpec("control", "Control characters", "", 0.0, 100.0),
        MetricSpec("private", "Private or unassigned characters", "", 0.0, 100.0),
        MetricSpec("markup", "Markup that shows", "", 0.0, 100.0),
        MetricSpec("duration_s", "Duration", "s", 0.0, 60.0),
    ),
    thresholds=(
        ThresholdSpec(
            "min_wrong",
            "Fewest wrong characters a caption",
            "",
            1.0,
            1.0,
            100.0,
            "every wrong character shows; none in the clean files it was tried on",
            metric="wrong",
        ),
        ThresholdSpec(
            "joined_s", "Joined over", "s", 10.0, 0.0, 600.0, "one wrong file is one instance"
        ),
    ),
    rule=caption_encoding_rule,
    severity=Severity.ISSUE,
    source="Unicode; UTF-8 as it shows in the code pages that it is mistaken for",
)
