"""Caption readability: captions that nobody can read in the time they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from core.catalog.cue_span import cue_finding
from core.catalog.rule import Claim, Mask, Run, in_words, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_NETFLIX = "Netflix timed text style guide"
_SMALL = 1e-3
_STYLE_SHARE = 0.3
_FEW_GAPS = 8
_TOLERATED = 0.6
_HALF = 0.5

Values = NDArray[np.float64]

_SCRIPTS = ("", "chinese", "japanese", "korean")


@dataclass(frozen=True, slots=True)
class _Limit:
    """One limit, row by row.

    Attributes:
        metric: Metric held against it.
        line: The limit, shape (n,).
        excess: How far beyond, relative to the limit; 0 on the line, negative within.
        broken: Which rows break it.
        words: How to say it, with `value` and `line`.
        mild: Which rows break it in a way that is only FYI.
    """

    metric: str
    line: Values
    excess: Values
    broken: Mask
    words: str
    mild: Mask

    def only(self, rows: Mask) -> _Limit:
        """The limit for some rows alone."""
        return replace(self, broken=self.broken & rows)

    def mild_where(self, rows: Mask) -> _Limit:
        """The limit, which matters less in some rows."""
        return replace(self, mild=rows)


def _above(metric: str, values: Mapping[str, Values], line: Values, words: str) -> _Limit:
    excess = values[metric] / np.maximum(line, _SMALL) - 1.0
    none = np.zeros(len(line), bool)
    return _Limit(metric, line, excess, values[metric] > line + _SMALL, words, none)


def _below(metric: str, values: Mapping[str, Values], line: Values, words: str) -> _Limit:
    excess = 1.0 - values[metric] / np.maximum(line, _SMALL)
    none = np.zeros(len(line), bool)
    return _Limit(metric, line, excess, values[metric] < line - _SMALL, words, none)


def caption_readability_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """One finding a caption, which names every limit that it breaks.

    Reading speed and line length have limits of their own for Chinese, Japanese and Korean.
    Between the strict and the lax reading speed a finding is FYI, and so are a third line, a long
    stand and a short gap. Captions that roll up or grow are held to speed and line length only.
    Where short gaps are the rule, they are the style of the track and are not told.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    limits = _limits(spec, track, profile)
    rows = np.flatnonzero(np.logical_or.reduce([limit.broken for limit in limits])).tolist()
    return [
        cue_finding(spec, track, _claim(spec, track, row, profile, limits), following)
        for row, following in zip_longest(rows, rows[1:])
    ]


def _claim(
    spec: DetectorSpec, track: Track, row: int, profile: Profile, limits: list[_Limit]
) -> Claim:
    hit = [limit for limit in limits if limit.broken[row]]
    worst = max(hit, key=lambda limit: (not limit.mild[row], float(limit.excess[row])))
    parts = [
        limit.words.format(
            value=_said(limit, float(track.metrics[limit.metric][row])),
            line=_said(limit, float(limit.line[row])),
        )
        for limit in hit
    ]
    return Claim(
        Run(row, row),
        worst.metric,
        float(worst.line[row]),
        row,
        score_of(float(worst.excess[row]), float(len(hit)), 1.0),
        Severity.FYI if worst.mild[row] else spec.proposed_severity(profile),
        f"The caption {_listed(parts)}.",
    )


def _said(limit: _Limit, value: float) -> str:
    if limit.metric.endswith("_s"):
        return in_words(value)
    return f"{value:.0f}" if limit.metric != "cps" else f"{value:.1f}".removesuffix(".0")


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _limits(spec: DetectorSpec, track: Track, profile: Profile) -> list[_Limit]:
    values = {name: column.astype(np.float64) for name, column in track.metrics.items()}
    line = {t.name: np.full(len(track), spec.value(profile, t.name)) for t in spec.thresholds}
    strict, lax, longest = line["max_cps"], line["max_cps_lax"], line["max_line"]
    for number, script in enumerate(_SCRIPTS):
        if script:
            here = values["script"] == number
            strict = np.where(here, line[f"max_cps_{script}"], strict)
            lax = np.where(here, line[f"max_cps_{script}"], lax)
            longest = np.where(here, line["max_line_wide"], longest)
    stands = values["rolls"] < _HALF
    everywhere = np.ones(len(track), bool)
    return [
        _above(
            "cps", values, strict, "runs at {value} characters a second (limit {line})"
        ).mild_where(values["cps"] <= lax),
        _above("line_chars", values, longest, "has a line of {value} characters (limit {line})"),
        _above("lines", values, line["max_lines"], "has {value} lines (limit {line})")
        .only(stands)
        .mild_where(values["lines"] <= line["max_lines"] + 1),
        _below("duration_s", values, line["min_duration_s"], "shows for {value} (least {line})")
        .only(stands)
        .mild_where(values["duration_s"] >= _TOLERATED * line["min_duration_s"]),
        _above("duration_s", values, line["max_duration_s"], "stays for {value} (limit {line})")
        .only(stands)
        .mild_where(everywhere),
        _below("gap_s", values, line["min_gap_s"], "leaves a gap of {value} (least {line})")
        .only(_apart(values, line["min_gap_s"]) & stands)
        .mild_where(everywhere),
        _above("overlap_s", values, line["max_overlap_s"], "overlaps the next one by {value}").only(
            stands
        ),
    ]


def _apart(values: Mapping[str, Values], least: Values) -> Mask:
    """The rows whose gap may be judged: not the last, and not where short gaps are the style."""
    apart = values["overlap_s"] <= 0
    apart[-1] = False
    short = apart & (values["gap_s"] < least - _SMALL)
    if short.sum() > _STYLE_SHARE * max(int(apart.sum()), _FEW_GAPS):
        apart[:] = False
    return np.asarray(apart)


def _limit(
    name: str, title: str, unit: str, default: float, low: float, high: float, metric: str, by: str
) -> ThresholdSpec:
    below = name.startswith("min")
    return ThresholdSpec(name, title, unit, default, low, high, by, metric, below)


CAPTION_READABILITY = DetectorSpec(
    id="caption_readability",
    defect="caption_readability",
    title="Caption readability",
    help=(
        "Captions that are too fast, too long, too short, too close or on top of each other. "
        "Captions that roll up or grow line by line are held to speed and line length only. Lines "
        "that a player would break by itself count as written."
    ),
    views=("cues",),
    metrics=(
        MetricSpec("cps", "Reading speed", "1/s", 0.0, 60.0),
        MetricSpec("line_chars", "Longest line", "characters", 0.0, 80.0),
        MetricSpec("lines", "Lines", "", 0.0, 6.0),
        MetricSpec("duration_s", "Duration", "s", 0.0, 60.0),
        MetricSpec("gap_s", "Gap to the next", "s", 0.0, 60.0),
        MetricSpec("overlap_s", "Overlap with the next", "s", 0.0, 10.0),
        MetricSpec("script", "Script (0 alphabet, 1 Chinese, 2 Japanese, 3 Korean)", "", 0.0, 3.0),
        MetricSpec("rolls", "Rolls up or grows", "", 0.0, 1.0),
    ),
    thresholds=(
        _limit(
            "max_cps",
            "Fastest reading speed",
            "1/s",
            17.0,
            5.0,
            40.0,
            "cps",
            f"{_NETFLIX}s: 17 for adults in most languages",
        ),
        _limit(
            "max_cps_lax",
            "FYI up to",
            "1/s",
            20.0,
            5.0,
            40.0,
            "",
            f"{_NETFLIX}, English: 20 for adults",
        ),
        _limit(
            "max_line",
            "Longest line",
            "characters",
            42.0,
            10.0,
            80.0,
            "line_chars",
            f"{_NETFLIX}: 42; CEA-608 32, BBC 37",
        ),
        _limit("max_lines", "Most lines", "", 2.0, 1.0, 6.0, "lines", f"{_NETFLIX}: 2"),
        _limit(
            "min_duration_s",
            "Shortest time on screen",
            "s",
            0.833,
            0.0,
            5.0,
            "duration_s",
            f"{_NETFLIX}: 5/6 s",
        ),
        _limit(
            "max_duration_s",
            "Longest time on screen",
            "s",
            7.0,
            1.0,
            60.0,
            "",
            f"{_NETFLIX}: 7 s",
        ),
        _limit(
            "min_gap_s",
            "Shortest gap",
            "s",
            0.06,
            0.0,
            1.0,
            "gap_s",
            f"{_NETFLIX}: 2 frames, which are .067 s at 30 frames a second",
        ),
        _limit(
            "max_overlap_s",
            "Longest overlap",
            "s",
            0.05,
            0.0,
            10.0,
            "overlap_s",
            "about a frame, so that rounded time stamps do not count",
        ),
        _limit(
            "max_cps_chinese",
            "Fastest reading speed, Chinese",
            "1/s",
            9.0,
            2.0,
            30.0,
            "",
            f"{_NETFLIX}s, Chinese: 9 for adults",
        ),
        _limit(
            "max_cps_japanese",
            "Fastest reading speed, Japanese",
            "1/s",
            7.0,
            2.0,
            30.0,
            "",
            f"{_NETFLIX}, Japanese: 4, and 7 for the hard of hearing",
        ),
        _limit(
            "max_cps_korean",
            "Fastest reading speed, Korean",
            "1/s",
            12.0,
            2.0,
            30.0,
            "",
            f"{_NETFLIX}, Korean: 12 for adults",
        ),
        _limit(
            "max_line_wide",
            "Longest line, Chinese, Japanese and Korean",
            "characters",
            16.0,
            5.0,
            40.0,
            "",
            f"{_NETFLIX}s: 16; Japanese 13",
        ),
    ),
    rule=caption_readability_rule,
    severity=Severity.ISSUE,
    source=f"{_NETFLIX}s",
)
