"""Hot pixel: places where a point was found again and again, or came and went by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.catalog.rule import MEASURED, Claim, Run, finding_of, in_words, length_s, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.track import Track

_SLOTS = 4
_SAME_PCT = 0.03
_BOX_PCT = 1.5
_SHARE = 0.4
_STAYS, _COMES, _GOES = 0, 1, 2
_SEEN = np.array((1, 2, 2))
_MOST_HITS = 50_000


@dataclass(frozen=True, slots=True)
class _Pixel:
    """One place.

    Attributes:
        rows: Rows in which it was found, in order.
        does: For each of them, whether it stays, comes or goes.
        strength: Median impulse, signed.
        x: Percent of the width.
        y: Percent of the height.
    """

    rows: tuple[int, ...]
    does: tuple[int, ...]
    strength: float
    x: float
    y: float

    @property
    def last(self) -> int:
        """The last row in which it is there; it is known to be gone one later only."""
        return self.rows[-1] - (self.does[-1] == _GOES)

    def staying(self) -> _Pixel:
        """Without its coming and going: what does so more than once is a lamp that blinks."""
        stays = [row for row, what in zip(self.rows, self.does, strict=True) if what == _STAYS]
        return replace(self, rows=tuple(stays), does=(_STAYS,) * len(stays))

    @property
    def seen(self) -> int:
        """How often; coming and going are seen twice each."""
        return int(_SEEN[list(self.does)].sum())


def hot_pixel_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Places found `min_looks` times, and in two of five of the frames that could show it.

    A frame can show it only where the picture moved or was cut since the frames looked at before,
    so a finding may begin with the last look before the first such frame. A point that comes out
    of nothing and goes again while all around it stands needs no motion between; coming or going
    alone is not enough, for a light may be switched on. Pixels whose stretches touch make one
    finding, with the strongest as evidence. Looks that are further apart than `gap_s` belong to
    different findings.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    pixels = _pixels(track, spec.value(profile, "impulse"))
    found = [stretch for pixel in pixels for stretch in _stretches(track, pixel, spec, profile)]
    found.sort(key=lambda pixel: (pixel.rows[0], pixel.rows[-1]))
    groups: list[list[_Pixel]] = []
    end = -1
    for pixel in found:
        if groups and pixel.rows[0] - 1 <= end:
            groups[-1].append(pixel)
        else:
            groups.append([pixel])
            end = -1
        end = max(end, pixel.last)
    return [finding_of(spec, track, _claim(spec, track, group, profile)) for group in groups]


def _pixels(track: Track, line: float) -> list[_Pixel]:
    """Hits by place."""
    hits = []
    for slot in range(1, _SLOTS + 1):
        impulse = track.metrics[f"impulse_{slot}"]
        rows = np.flatnonzero(np.abs(impulse) >= line)
        x, y = (track.metrics[f"{axis}_{slot}_pct"][rows] for axis in "xy")
        hits.append(
            np.column_stack((rows, impulse[rows], x, y, track.metrics[f"does_{slot}"][rows]))
        )
    table = np.concatenate(hits)
    table = table[np.argsort(-np.abs(table[:, 1]), kind="stable")][:_MOST_HITS]
    # Coordinates come from whole pixels, so that those of one place are equal.
    keys = np.round(table[:, 2:4] / _SAME_PCT).astype(np.int64)
    signed = np.column_stack((keys, np.sign(table[:, 1]).astype(np.int64)))
    order = np.lexsort((table[:, 0], *signed.T))
    table, signed = table[order], signed[order]
    starts = np.flatnonzero(np.any(np.diff(signed, axis=0), axis=1)) + 1
    groups = [g for g in np.split(table, starts) if len(g) > 1]
    return [
        _Pixel(
            tuple(g[:, 0].astype(int).tolist()),
            tuple(g[:, 4].astype(int).tolist()),
            float(np.median(g[:, 1])),
            float(g[0, 2]),
            float(g[0, 3]),
        )
        for g in groups
    ]


def _stretches(track: Track, pixel: _Pixel, spec: DetectorSpec, profile: Profile) -> list[_Pixel]:
    """The looks of a pixel that belong together and are enough."""
    rows = np.array(pixel.rows)
    apart = np.diff(track.starts_s[rows]) > spec.value(profile, "gap_s")
    able = np.concatenate(([0], np.cumsum(track.metrics["moved"] > 0)))
    kept = []
    for part in np.split(np.arange(len(rows)), np.flatnonzero(apart) + 1):
        piece = replace(
            pixel, rows=pixel.rows[part[0] : part[-1] + 1], does=pixel.does[part[0] : part[-1] + 1]
        )
        could = int(able[piece.rows[-1] + 1] - able[piece.rows[0]])
        if max(piece.does.count(_COMES), piece.does.count(_GOES)) > 1:
            piece = piece.staying()
        known = (piece.does[:1], piece.does[-1:]) == ((_COMES,), (_GOES,))
        if piece.seen >= spec.value(profile, "min_looks") and (
            known or piece.seen >= _SHARE * could
        ):
            kept.append(piece)
    return kept


def _claim(spec: DetectorSpec, track: Track, group: list[_Pixel], profile: Profile) -> Claim:
    worst = max(group, key=lambda pixel: (pixel.seen, abs(pixel.strength)))
    first, last = min(p.rows[0] for p in group), max(p.last for p in group)
    # The first hit says that the point was there one look earlier, too.
    run = Run(max(first - 1, 0), last)
    line = spec.value(profile, "impulse")
    slots = np.stack([track.metrics[f"impulse_{i}"] for i in range(1, _SLOTS + 1)])
    strongest = np.abs(slots[:, worst.rows]).max(axis=0)
    least = spec.value(profile, "min_looks")
    return Claim(
        run,
        "staying",
        1.0,
        # Where it stands out most by going, it is there one look earlier.
        min(worst.rows[int(np.argmax(strongest))], last),
        score_of(abs(worst.strength) / line - 1.0, worst.seen, least),
        spec.proposed_severity(profile),
        _note(group, worst, length_s(track, run)),
        region=Region(
            max(worst.x - _BOX_PCT, 0.0) / 100,
            max(worst.y - _BOX_PCT, 0.0) / 100,
            min(worst.x + _BOX_PCT, 100.0) / 100,
            min(worst.y + _BOX_PCT, 100.0) / 100,
        ),
    )


def _note(group: list[_Pixel], worst: _Pixel, length: float) -> str:
    what = "bright" if worst.strength > 0 else "dark"
    count = len({(round(p.x, 2), round(p.y, 2)) for p in group})
    place = f"{worst.x:.1f} % from the left and {worst.y:.1f} % from the top"
    how = "while the picture moves" if _STAYS in worst.does else "and comes and goes by itself"
    text = (
        f"A {what} pixel stays {place} for {in_words(length)} {how}, by "
        f"{abs(worst.strength):.0f} grey levels"
    )
    if count == 1:
        return f"{text}."
    others = "another one does" if count == 2 else f"{count - 1} others do"
    return f"{text}; {others} so elsewhere."


def _slot_metrics(slot: int) -> tuple[MetricSpec, ...]:
    return (
        MetricSpec(f"x_{slot}_pct", f"Point {slot}: from the left", "%", 0.0, 100.0),
        MetricSpec(f"y_{slot}_pct", f"Point {slot}: from the top", "%", 0.0, 100.0),
        MetricSpec(f"impulse_{slot}", f"Point {slot}: stands out by", "levels", -255.0, 255.0),
        MetricSpec(f"does_{slot}", f"Point {slot}: stays (0), comes (1) or goes (2)", "", 0.0, 2.0),
    )


HOT_PIXEL = DetectorSpec(
    id="hot_pixel",
    defect="hot_pixel",
    title="Hot or dead pixel",
    help=(
        "A point of one or two pixels, bright or dark, that stays at its place while the picture "
        "moves or is cut, or that comes and goes at one place while nothing else does. One that is "
        "there all through a shot of a standing camera cannot be told from the scene, and coding "
        "at low rates wipes single pixels out."
    ),
    views=("luma", "events"),
    metrics=(
        MetricSpec("moved", "Looks with motion between", "", 0.0, 2.0),
        MetricSpec("staying", "Points that stay", "", 0.0, 40.0),
        *(metric for slot in range(1, _SLOTS + 1) for metric in _slot_metrics(slot)),
    ),
    thresholds=(
        ThresholdSpec(
            "impulse", "Stands out by", "levels", 22.0, 18.0, 255.0, MEASURED, metric="impulse_1"
        ),
        ThresholdSpec("min_looks", "Seen again at least", "times", 3.0, 2.0, 100.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 20.0, 1.0, 600.0, MEASURED),
    ),
    rule=hot_pixel_rule,
    severity=Severity.ISSUE,
    source=(
        "own measure: impulse against the ring at distance 2, at one place while all else moves, "
        "or coming and going while all else stands"
    ),
    warmup=60,
)
