"""Channels: one that is missing, two that are the same, and bass where it does not belong."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    at_least,
    context_switch,
    edge_of,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_shape import eased
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Band, Finding
from core.domain.profile import Profile
from core.domain.track import Track

_HEARD_DB = -50.0
_FAINT_DB = -60.0
_SPREAD_DB = 20.0
_EDGE_S = 0.5
_MOST = 0.9
_STEREO_DB = -30.0
_SAME_LEVEL_DB = 6.0
_SAME_PITCH = 2.0
_AROUND_ROWS = 11
_TWO = 2
_AROUND_EDGE = (_TWO, 5, 10)
_FEWEST_ROWS = 20
_FRONT = (0, 1)
_PAUSE_S = 1.5


def channel_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches with a missing channel, a front pair that is one, or a bass channel with voices.

    Missing: one of a pair lies `gap_db` below the other and below `lost_db`. The same: a pair
    whose difference is `alike_db` below its sum. Where that is so all along, the title is mono in
    stereo, which is FYI; where it sets in and ends while the sound goes on, it is a fault; where
    the sound changes with it, another source simply is mono. Swapped: the bass-effects channel
    carries frequencies far above its own. Which of left and right is which, sound alone cannot
    tell.
    """
    track = tracks[spec.id]
    claims = [
        *_missing(spec, track, profile),
        *_alike(spec, track, profile),
        *_swapped(spec, track, profile),
    ]
    return sorted((finding_of(spec, track, c) for c in claims), key=lambda f: f.span.start)


def _missing(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    line = spec.value(profile, "gap_db")
    gap, lost = track.metrics["gap_db"], track.metrics["lost"]
    heard = track.metrics["level_db"] >= _FAINT_DB
    down = (gap >= line) & (track.metrics["lost_db"] <= spec.value(profile, "lost_db")) & heard
    claims = []
    for channel in np.unique(lost[down]).astype(int).tolist():
        mine = down & (lost == channel)
        for run in _lasting(spec, track, mine, ~heard | mine, profile):
            length = length_s(track, run)
            rows = slice(run.first, run.last + 1)
            whole = edge_of(track, run, _EDGE_S) == "all"
            depth = float(np.median(gap[rows][mine[rows]]))
            note = (
                f"{_name(channel)} is silent for {in_words(length)}"
                f"{', which is the whole stream,' if whole else ''} while the other of its pair "
                f"plays {min(depth, 120.0):.0f} dB louder."
            )
            peak = run.first + int(np.argmax(np.where(mine[rows], gap[rows], 0.0)))
            score = score_of(depth / line - 1.0, length, spec.value(profile, "min_length_s"))
            severity = spec.proposed_severity(profile)
            claims.append(Claim(run, "gap_db", line, peak, score, severity, note, (channel,)))
    return claims


def _alike(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    line = spec.value(profile, "alike_db")
    heard = track.metrics["level_db"] >= _HEARD_DB
    side = track.metrics["side_db"]
    same = (side <= line) & heard
    if not same.any():
        return []
    # Where one of the two is missing, they differ for another reason.
    both = heard & (track.metrics["gap_db"] < _SPREAD_DB)
    if np.count_nonzero(same) >= _MOST * np.count_nonzero(both | same):
        return _mono(spec, track, profile, same)
    apart = both & ~same
    if np.count_nonzero(apart) < _FEWEST_ROWS or np.median(side[apart]) < _STEREO_DB:
        return []
    claims = []
    for run in _lasting(spec, track, same, ~heard | same, profile):
        if not _sets_in_within_sound(track, run):
            continue
        length = length_s(track, run)
        rows = slice(run.first, run.last + 1)
        note = (
            f"Left and right are the same for {in_words(length)} within stereo, and the sound "
            f"goes on at both ends."
        )
        peak = run.first + int(np.argmin(np.where(same[rows], side[rows], 0.0)))
        excess = float(line - np.median(side[rows][same[rows]])) / 40.0
        score = score_of(excess, length, spec.value(profile, "min_length_s"))
        severity = spec.proposed_severity(profile)
        claims.append(Claim(run, "side_db", line, peak, score, severity, note, _FRONT))
    return claims


def _mono(spec: DetectorSpec, track: Track, profile: Profile, same: Mask) -> list[Claim]:
    """What is told of a title that is mono in stereo all along."""
    run = Run(0, len(track) - 1)
    length = length_s(track, run)
    if length < spec.value(profile, "mono_s") or spec.value(profile, "report_context") < 1:
        return []
    side = np.where(same, track.metrics["side_db"], 0.0)
    return [
        Claim(
            run,
            "side_db",
            spec.value(profile, "alike_db"),
            int(np.argmin(side)),
            score_of(0.0, length, spec.value(profile, "mono_s")),
            Severity.FYI,
            "Left and right are the same all along: the stream is mono in stereo.",
            _FRONT,
        )
    ]


def _sets_in_within_sound(track: Track, run: Run) -> bool:
    """Whether level and pitch go on where a run starts and ends, as they do not at a cut.

    At once, or over half a second or a second: a beat or a syllable passes, another source stays.
    """
    checked = 0
    for edge in (run.first, run.last + 1):
        if edge < _TWO or edge > len(track) - _TWO:
            continue
        if float(track.metrics["level_db"][edge - _TWO : edge + _TWO].min()) < _HEARD_DB:
            return False
        if not any(_goes_on(track, edge, rows) for rows in _AROUND_EDGE):
            return False
        checked += 1
    return checked > 0


def _goes_on(track: Track, edge: int, rows: int) -> bool:
    """Whether so many rows before an edge and after it are alike in level and pitch."""
    sides = slice(max(edge - rows, 0), edge), slice(edge, edge + rows)
    levels = [float(track.metrics["level_db"][side].mean()) for side in sides]
    before, after = (float(track.metrics["front_hz"][side].mean()) + 1.0 for side in sides)
    same_pitch = max(before / after, after / before) <= _SAME_PITCH
    return abs(levels[0] - levels[1]) <= _SAME_LEVEL_DB and same_pitch


def _swapped(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    line = spec.value(profile, "lfe_hz")
    pitch = track.metrics["lfe_hz"]
    heard = pitch > 0
    high = eased(pitch, heard, _AROUND_ROWS) >= line
    claims = []
    gap_s = max(spec.value(profile, "gap_s"), _PAUSE_S)
    for run in _lasting(spec, track, pitch >= line, ~heard | high, profile, gap_s):
        length = length_s(track, run)
        rows = slice(run.first, run.last + 1)
        bass = track.metrics["bass"][rows]
        found = bass[bass >= 0].astype(int)
        severity, where, channels = spec.proposed_severity(profile), "", _lfe()
        if len(found) >= 0.2 * len(bass):
            channel = int(np.bincount(found).argmax())
            severity, channels = step_severity(severity, 1), (*_lfe(), channel)
            where = f", and {_name(channel)[0].lower()}{_name(channel)[1:]} only bass"
        typical = float(np.median(pitch[rows][pitch[rows] > 0]))
        note = (
            f"The bass-effects channel carries sound around {typical:.0f} Hz for "
            f"{in_words(length)}{where}: channels are in the wrong order."
        )
        peak = run.first + int(np.argmax(pitch[rows]))
        score = score_of(typical / line - 1.0, length, spec.value(profile, "min_length_s"))
        band = Band(line, max(typical, line + 1.0))
        claims.append(Claim(run, "lfe_hz", line, peak, score, severity, note, channels, band=band))
    return claims


def _lfe() -> tuple[int, ...]:
    """The bass-effects channel of 5.1 and 7.1."""
    return (3,)


def _lasting(
    spec: DetectorSpec,
    track: Track,
    mask: Mask,
    bridges: Mask,
    profile: Profile,
    gap_s: float | None = None,
) -> list[Run]:
    """Runs of `mask` that last, joined over what neither speaks for nor against."""
    gap_s = spec.value(profile, "gap_s") if gap_s is None else gap_s
    runs: list[Run] = []
    for run in runs_of(mask):
        if runs and bridges[runs[-1].last + 1 : run.first].all():
            runs[-1] = Run(runs[-1].first, run.last)
        else:
            runs.append(run)
    return at_least(track, merge_gaps(track, runs, gap_s), spec.value(profile, "min_length_s"))


_SPEAKERS = ("left", "right")


def _name(channel: int) -> str:
    side = f" ({_SPEAKERS[channel]})" if channel < len(_SPEAKERS) else ""
    return f"Channel {channel + 1}{side}"


CHANNEL = DetectorSpec(
    id="channel",
    defect="channel",
    title="Channels",
    help=(
        "A channel of a pair that falls silent while the other plays, a front pair that becomes "
        "one within stereo (mono all along is FYI), and voices in the bass-effects channel. Left "
        "for right cannot be told from sound alone; a source that is mono by itself is left alone."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("level_db", "Level of the loudest channel", "dBFS", -120.0, 0.0),
        MetricSpec("gap_db", "Difference within a pair", "dB", 0.0, 120.0),
        MetricSpec("lost_db", "Level of the quieter one", "dBFS", -120.0, 0.0),
        MetricSpec("lost", "Which one is quieter", "", -1.0, 15.0),
        MetricSpec("side_db", "Difference of left and right against the sum", "dB", -120.0, 120.0),
        MetricSpec("lfe_hz", "Frequency in the bass-effects channel", "Hz", 0.0, 8000.0),
        MetricSpec("front_hz", "Frequency in the front", "Hz", 0.0, 8000.0),
        MetricSpec("bass", "Other channel with bass only", "", -1.0, 15.0),
    ),
    thresholds=(
        ThresholdSpec("gap_db", "Missing from", "dB", 30.0, 10.0, 120.0, MEASURED, metric="gap_db"),
        ThresholdSpec(
            "lost_db",
            "Missing below",
            "dBFS",
            -55.0,
            -120.0,
            -20.0,
            "near FFmpeg silencedetect's -60 dB; hum may be left; " + MEASURED,
            metric="lost_db",
            fires_below=True,
        ),
        ThresholdSpec(
            "alike_db",
            "The same below",
            "dB",
            -40.0,
            -120.0,
            -10.0,
            "lossy coding leaves -45 dB of mono in stereo; " + MEASURED,
            metric="side_db",
            fires_below=True,
        ),
        ThresholdSpec(
            "lfe_hz",
            "Too high for bass effects",
            "Hz",
            200.0,
            130.0,
            4000.0,
            "the channel ends at 120 Hz; see ITU-R BS.775",
            metric="lfe_hz",
        ),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 2.0, 0.2, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 60.0, MEASURED),
        ThresholdSpec(
            "mono_s",
            "Shortest title that is called mono in stereo",
            "s",
            10.0,
            1.0,
            600.0,
            "shorter clips say little about a title",
        ),
        context_switch("mono in stereo"),
    ),
    rule=channel_rule,
    severity=Severity.ISSUE,
    source="levels within pairs; no standard is known",
    warmup=10,
)
