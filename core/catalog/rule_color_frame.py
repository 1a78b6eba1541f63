"""Colour frame: flat colours, colour bars and still cards that stand in the programme."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

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
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_FLASH_FRAMES = 3
_EDGE_S = 0.1
_BLACK_PCT = 10.0
_WHITE_PCT = 85.0
_SATURATED = 12.0
_SMALLEST_RISE = 8.0
_RAMP_ROWS = 2
_LARGEST_STEP_PCT = 12.0
_FEWEST_BARS = 5
_STILL = 0.3
_WHOLE_CARD_PCT = 99.0
_HUES = ("red", "yellow", "green", "cyan", "blue", "magenta")
_FIRST_HUE = 103.0


class _Kind(IntEnum):
    NOTHING = 0
    CARD = 1
    BARS = 2
    FLAT = 3


def color_frame_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of frames that are one colour all over, bars, or a still card of words.

    One frame of a saturated colour is enough. White and grey count from three frames on; shorter,
    they are a flash: FYI. Black is left to the detector of black frames, and what is flat only
    while a pale picture fades is nothing. A colour that the picture fades into or out of, bars and
    colours at either end of the title, and every still card are FYI, for programmes are made so;
    `report_context` 0 drops them.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    kinds = _kinds(spec, track, profile)
    claims = []
    for kind in (_Kind.FLAT, _Kind.BARS, _Kind.CARD):
        for run in runs_of(kinds == kind):
            claim = _claim(spec, track, run, profile, kind)
            if claim is not None:
                claims.append(claim)
    claims.sort(key=lambda claim: claim.run.first)
    return [finding_of(spec, track, claim) for claim in claims]


def flat_rows(spec: DetectorSpec, track: Track, profile: Profile) -> Mask:
    """The rows that are one colour all over by the profile's thresholds, but for black."""
    flat = track.metrics["spread"] <= spec.value(profile, "spread")
    return np.asarray(flat & ~_is_black(track))


def _kinds(spec: DetectorSpec, track: Track, profile: Profile) -> NDArray[np.int64]:
    """What each frame shows; a card only where it stands long enough."""
    metrics = track.metrics
    flat = flat_rows(spec, track, profile)
    kinds = np.where(flat, _Kind.FLAT, _Kind.NOTHING)
    kinds[(metrics["stripes"] >= _FEWEST_BARS) & ~flat] = _Kind.BARS
    share = metrics["card_pct"]
    card = (share >= spec.value(profile, "card_pct")) & (share < _WHOLE_CARD_PCT)
    still = card & (metrics["change"] <= _STILL) & (kinds == _Kind.NOTHING)
    for run in runs_of(still):
        first = run.first
        # The frame that the others repeat differs from the one before it.
        if first and card[first - 1] and kinds[first - 1] == _Kind.NOTHING:
            first -= 1
        if length_s(track, Run(first, run.last)) >= spec.value(profile, "card_length_s") - 5e-7:
            kinds[first : run.last + 1] = _Kind.CARD
    return np.asarray(kinds, np.int64)


def _is_black(track: Track) -> Mask:
    saturation = np.maximum(np.abs(track.metrics["cb"]), np.abs(track.metrics["cr"]))
    return np.asarray((track.metrics["level_pct"] <= _BLACK_PCT) & (saturation < _SATURATED))


def _is_neutral(track: Track, row: int) -> bool:
    return max(abs(float(track.metrics[name][row])) for name in ("cb", "cr")) < _SATURATED


def _claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, kind: _Kind
) -> Claim | None:
    length, frames = length_s(track, run), run.last - run.first + 1
    middle = run.first + (frames - 1) // 2
    if kind is _Kind.FLAT and _is_neutral(track, middle) and _is_within_fade(track, run):
        return None
    words, context = _described(track, run, kind, middle)
    severity = spec.proposed_severity(profile)
    if context:
        if spec.value(profile, "report_context") < 1:
            return None
        severity = Severity.FYI
    metric = {_Kind.FLAT: "spread", _Kind.BARS: "stripes", _Kind.CARD: "card_pct"}[kind]
    line = float(_FEWEST_BARS) if kind is _Kind.BARS else spec.value(profile, metric)
    return Claim(
        run,
        metric,
        line,
        middle,
        score_of(0.0 if kind is _Kind.CARD else 1.0, float(frames), 1.0 if not context else 25.0),
        severity,
        f"{words} for {in_words(length)} ({frames} frames){context}.",
    )


def _described(track: Track, run: Run, kind: _Kind, row: int) -> tuple[str, str]:
    """What stands there, and what makes it harmless as the end of a sentence."""
    metrics = track.metrics
    if kind is _Kind.CARD:
        share = float(metrics["card_pct"][row])
        return (
            f"A still card stands, {share:.0f} % of it one shade",
            ": a title card or a slate",
        )
    edge = edge_of(track, run, _EDGE_S)
    context = ", which is all there is" if edge == "all" else ""
    if edge and not context:
        context = f" at the {edge} of the title"
    if kind is _Kind.BARS:
        return f"{metrics['stripes'][row]:.0f} colour bars stand", context
    name = _color(track, row)
    if not context:
        context = fades_around(track, run, metrics["spread"], _SMALLEST_RISE)
    frames = run.last - run.first + 1
    if not context and name in ("white", "grey") and frames < _FLASH_FRAMES:
        context = ", as short as a flash"
    return f"The whole picture is {name}", context


def _is_within_fade(track: Track, run: Run) -> bool:
    """Whether brightness goes one way in small steps from before a run until after it.

    A picture of little contrast, a title card say, is flat while it is dark.
    """
    around = slice(max(run.first - _RAMP_ROWS, 0), run.last + 1 + _RAMP_ROWS)
    steps = np.diff(track.metrics["level_pct"][around].astype(np.float64))
    if len(steps) < 2 * _RAMP_ROWS:
        return False
    one_way = bool((steps > 0).all() or (steps < 0).all())
    return one_way and float(np.abs(steps).max()) <= _LARGEST_STEP_PCT


def _color(track: Track, row: int) -> str:
    """The name of a flat frame's colour, by its angle in the plane of Cb and Cr."""
    cb, cr = float(track.metrics["cb"][row]), float(track.metrics["cr"][row])
    if _is_neutral(track, row):
        return "white" if track.metrics["level_pct"][row] >= _WHITE_PCT else "grey"
    # Red lies at 103 degrees, and the hues follow each other clockwise back to it.
    turned = (np.degrees(np.arctan2(cr, cb)) - _FIRST_HUE) % 360.0
    return _HUES[round(float(turned) / 60.0) % 6]


COLOR_FRAME = DetectorSpec(
    id="color_frame",
    defect="color_frame",
    title="Colour frame",
    help=(
        "Frames of one colour all over, from a single one on, and colour bars. A cartoon's flat "
        "background before anything is drawn on it looks the same; fades and both ends of a title "
        "are FYI. Of slates it sees only that a card of one shade with words stands still, which a "
        "title card does too, so these are FYI; it neither reads the words nor listens."
    ),
    views=("luma/8", "chroma/8"),
    metrics=(
        MetricSpec("spread", "Spread of luma and chroma", "levels", 0.0, 127.0),
        MetricSpec("level_pct", "Mean brightness", "%", -8.0, 110.0),
        MetricSpec("cb", "Mean Cb of a flat picture", "levels", -128.0, 127.0),
        MetricSpec("cr", "Mean Cr of a flat picture", "levels", -128.0, 127.0),
        MetricSpec("stripes", "Colour bars", "", 0.0, 25.0),
        MetricSpec("card_pct", "Most common shade", "%", 0.0, 100.0),
        MetricSpec("change", "Change from the frame before", "levels", 0.0, 255.0),
    ),
    thresholds=(
        ThresholdSpec(
            "spread",
            "Largest spread of a flat picture",
            "levels",
            3.0,
            0.1,
            20.0,
            MEASURED,
            metric="spread",
            fires_below=True,
        ),
        ThresholdSpec(
            "card_pct",
            "Smallest part of a card that is one shade",
            "%",
            70.0,
            20.0,
            99.0,
            MEASURED,
            metric="card_pct",
        ),
        ThresholdSpec(
            "card_length_s", "Shortest still card that is told", "s", 3.0, 0.2, 600.0, MEASURED
        ),
        context_switch("fades, flashes, cards and both ends"),
    ),
    rule=color_frame_rule,
    severity=Severity.ISSUE,
    source="spread of 8 x 8 means; bars after SMPTE RP 219 and EBU 75 % bars",
    warmup=1,
)
