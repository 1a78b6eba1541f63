"""Black frames: which of them are defects, and which are how programmes are made."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.fade import fades_around
from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    context_switch,
    edge_of,
    finding_of,
    in_words,
    length_s,
    mask_at,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_color_frame import COLOR_FRAME, flat_rows
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_EDGE_S = 0.1
_SMALLEST_RISE_PCT = 5.0
_DIM_MEAN_PCT = 15.0
_DIM_TIMES = 4.0


def black_rows(spec: DetectorSpec, track: Track, profile: Profile) -> Mask:
    """The rows that are black by the profile's thresholds."""
    dark = track.metrics["dark_pct"] >= spec.value(profile, "dark_pct")
    return np.asarray(dark & (track.metrics["spread_pct"] <= spec.value(profile, "spread_pct")))


def black_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Runs of black frames, with the context that makes them harmless.

    A picture that goes dark at once and comes back as suddenly is black, too, although a little of
    it shines through. Frames that the track of colour frames shows to be a colour, however dark,
    are left out.

    A run at the very start or end of the title, one that the picture fades into or out of, and a
    stretch as long as a commercial break leaves are FYI at most; `report_context` 0 drops them.
    Others go one step up once they last `long_s`.
    """
    track = tracks[spec.id]
    claims = []
    black = black_rows(spec, track, profile) | _dimmed(spec, track, profile)
    for run in runs_of(black & ~_is_colour(track, tracks, profile)):
        if run.last - run.first + 1 < spec.value(profile, "min_frames"):
            continue
        claim = _claim(spec, track, run, profile)
        if claim is not None:
            claims.append(claim)
    return [finding_of(spec, track, claim) for claim in claims]


def _dimmed(spec: DetectorSpec, track: Track, profile: Profile) -> Mask:
    """Rows in which the picture is all but gone, between two in which it is there.

    What is dimmed loses brightness and contrast alike, to a quarter or less. A scene at night may
    be as dark, but keeps a light or two, and lasts: what lies between two brighter scenes for
    longer than `dim_length_s` is left alone.
    """
    mean, spread = (track.metrics[name].astype(np.float64) for name in ("mean_pct", "spread_pct"))
    dark = (spread <= spec.value(profile, "dim_spread_pct")) & (mean <= _DIM_MEAN_PCT)
    rows = np.zeros(len(track), bool)
    for run in runs_of(dark):
        if run.first == 0 or run.last + 1 == len(track):
            continue
        ends, beside = [run.first, run.last], [run.first - 1, run.last + 1]
        fall = float((spread[beside] - spread[ends]).min())
        if (
            length_s(track, run) <= spec.value(profile, "dim_length_s")
            and fall >= spec.value(profile, "dim_fall_pct")
            and np.all(mean[beside] >= _DIM_TIMES * mean[ends])
            and np.all(spread[beside] >= _DIM_TIMES * spread[ends])
        ):
            rows[run.first : run.last + 1] = True
    return rows


def _is_colour(track: Track, tracks: Mapping[str, Track], profile: Profile) -> Mask:
    colour = tracks.get("color_frame")
    if colour is None:
        return np.zeros(len(track), bool)
    return mask_at(track, colour, flat_rows(COLOR_FRAME, colour, profile))


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim | None:
    length = length_s(track, run)
    context = _context(track, run, spec.value(profile, "commercial_s"))
    severity = spec.proposed_severity(profile)
    if context:
        if spec.value(profile, "report_context") < 1:
            return None
        severity = Severity.FYI
    elif length >= spec.value(profile, "long_s"):
        severity = step_severity(severity, 1)
    threshold = spec.value(profile, "dark_pct")
    rows = slice(run.first, run.last + 1)
    dark = track.metrics["dark_pct"][rows]
    frames = run.last - run.first + 1
    note = f"The picture is black for {in_words(length)} ({frames} frames)"
    shortest = spec.value(profile, "min_frames") * length / frames
    return Claim(
        run,
        "dark_pct",
        threshold,
        run.first + int(np.argmin(track.metrics["mean_pct"][rows])),
        score_of(float(dark.mean() - threshold) / 100.0, length, shortest),
        severity,
        f"{note}{context}.",
    )


def _context(track: Track, run: Run, commercial_s: float) -> str:
    """What makes a black run harmless, as the end of a sentence; empty when nothing does."""
    edge = edge_of(track, run, _EDGE_S)
    if edge == "all":
        return ", which is all there is"
    if edge:
        return f" at the {edge} of the title"
    fades = fades_around(track, run, track.metrics["mean_pct"], _SMALLEST_RISE_PCT)
    if fades:
        return fades
    if 0 < commercial_s <= length_s(track, run):
        return ", as long as the black around a commercial break"
    return ""


BLACK = DetectorSpec(
    id="black",
    defect="black",
    title="Black frames",
    help=(
        "Frames that are dark all over and show nothing. Fades and the black at both ends of a "
        "title are FYI. A dark scene with any detail is left alone, unless it comes and goes at "
        "once; so is a dark colour."
    ),
    views=("luma/4",),
    metrics=(
        MetricSpec("dark_pct", "Dark part of the picture", "%", 0.0, 100.0),
        MetricSpec("mean_pct", "Mean brightness", "%", -8.0, 110.0),
        MetricSpec("spread_pct", "Darkest to brightest", "%", 0.0, 116.0),
    ),
    thresholds=(
        ThresholdSpec(
            "dark_pct",
            "Dark part of the picture",
            "%",
            98.0,
            50.0,
            100.0,
            "FFmpeg blackdetect: pic_th .98 with pix_th .10",
            metric="dark_pct",
        ),
        ThresholdSpec(
            "spread_pct",
            "Largest spread of brightness",
            "%",
            4.0,
            0.5,
            20.0,
            MEASURED,
            metric="spread_pct",
            fires_below=True,
        ),
        ThresholdSpec(
            "dim_spread_pct",
            "The same where the picture goes at once",
            "%",
            16.0,
            0.5,
            30.0,
            "about 1 % of the light of white on a display of gamma 2.4 (ITU-R BT.1886)",
        ),
        ThresholdSpec(
            "dim_fall_pct",
            "By how much contrast goes and comes back",
            "%",
            20.0,
            1.0,
            100.0,
            MEASURED,
        ),
        ThresholdSpec(
            "dim_length_s",
            "For no longer than",
            "s",
            5.0,
            0.0,
            60.0,
            "shots at night are rarely shorter and as dark all over",
        ),
        ThresholdSpec(
            "min_frames",
            "Shortest run",
            "frames",
            3.0,
            1.0,
            250.0,
            "asset QC reports black from 3 frames on",
        ),
        ThresholdSpec(
            "long_s",
            "One step more severe from",
            "s",
            2.0,
            0.1,
            60.0,
            "FFmpeg blackdetect: d 2 s",
        ),
        ThresholdSpec(
            "commercial_s",
            "Black for a commercial break, from (0: never)",
            "s",
            0.0,
            0.0,
            60.0,
            "Netflix CommercialBlacks: from 2 s",
        ),
        context_switch("fades, both ends and commercial breaks"),
    ),
    rule=black_rule,
    severity=Severity.ISSUE,
    source="FFmpeg blackdetect",
    after=("color_frame",),
)
