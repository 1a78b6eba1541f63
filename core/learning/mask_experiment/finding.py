"""What the experiment's table comes to: shares of clicks, means and intervals by way of labelling.

All clicks are given as a share of those of labelling every frame from nothing, so that videos of
many and of few clicks count alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core.learning.mask_experiment.measure import Interval, clicks_to, interval

Table = Mapping[str, Any]
"""As `course.experiment` gives it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of labelling, finished by correcting what remains.

    Attributes:
        name: What the report calls it.
        shares: Of the clicks of labelling every frame: by video, by seed; NaN where the target
            cannot be reached.
        stop: After how many rounds, or at which distance of key frames; 0 for neither.
    """

    name: str
    shares: Mapping[str, Sequence[float]]
    stop: int = 0

    @property
    def mean(self) -> Interval:
        """Over videos and seeds."""
        return interval(list(self.shares.values()))

    def on(self, videos: Iterable[str]) -> Way:
        """The same on some of the videos only, so that ways are compared on the same ones."""
        return replace(self, shares={name: self.shares.get(name, ()) for name in videos})


def kinds(table: Table) -> list[str]:
    """Kinds of videos that occur."""
    return sorted({str(video["kind"]) for video in table["videos"]})


def videos_of(table: Table, kind: str) -> list[Table]:
    """Videos of a kind."""
    return [video for video in table["videos"] if video["kind"] == kind]


def runs_of(table: Table, course: str, video: str) -> list[Table]:
    """Repetitions of a way of asking on a video, by seed."""
    found = [r for r in table["runs"] if r["course"] == course and r["video"] == video]
    return sorted(found, key=lambda run: int(run["seed"]))


def courses_in(table: Table) -> list[str]:
    """Ways of asking that were run, in the order of the protocol."""
    return list(dict.fromkeys(str(run["course"]) for run in table["runs"]))


def total(point: Table, every_frame: float, target: float) -> float:
    """Share of clicks with which a point is brought to a target; NaN where it is not."""
    left = point["finish"][f"{target:g}"]
    return math.nan if left is None else (point["clicks"] + left) / every_frame


def simple_ways(table: Table, kind: str, target: float) -> list[Way]:
    """Drawing from nothing, correcting the pretrained prediction, and key frames at the distance
    that is best on all videos of the kind, which is known only afterwards."""
    videos = videos_of(table, kind)
    found = [
        Way(
            "every frame from nothing, up to the target",
            {v["name"]: [total(v["from_nothing"], v["every_frame"], target)] for v in videos},
        )
    ]
    pretrained = {v["name"]: _pretrained(table, v, target) for v in videos}
    if any(pretrained.values()):
        found.append(Way("the first prediction, corrected frame by frame", pretrained))
    distances = sorted({int(d) for v in videos for d in v["key_frames"]})
    keys = [
        Way(
            f"key frames every {distance}, carried by the flow, corrected",
            {
                v["name"]: [total(v["key_frames"][str(distance)], v["every_frame"], target)]
                for v in videos
                if str(distance) in v["key_frames"]
            },
            distance,
        )
        for distance in distances
    ]
    return found + cheapest(keys)


def course_way(table: Table, kind: str, course: str, target: float) -> list[Way]:
    """Our rounds, stopped after the number that is best on all videos of the kind, which is known
    only afterwards; then corrected."""
    videos = [v for v in videos_of(table, kind) if runs_of(table, course, v["name"])]
    runs = {v["name"]: runs_of(table, course, v["name"]) for v in videos}
    most = min((len(r["points"]) for mine in runs.values() for r in mine), default=0)
    ways = [
        Way(
            course,
            {
                v["name"]: [
                    total(r["points"][stop], v["every_frame"], target) for r in runs[v["name"]]
                ]
                for v in videos
            },
            stop,
        )
        for stop in range(1, most)
    ]
    return cheapest(ways)


def cheapest(ways: Sequence[Way]) -> list[Way]:
    """The way with the smallest mean among those that reach the target everywhere, as a list; the
    one that misses it least often where none does; none of nothing."""
    if not ways:
        return []
    return [min(ways, key=lambda way: (way.mean.missed, _worst(way.mean.mean)))]


def alone(table: Table, kind: str, course: str, target: float) -> Interval:
    """Share of clicks with which rounds alone reach a target."""
    return interval(
        [
            [
                clicks_to(
                    target,
                    [p["clicks"] / v["every_frame"] for p in run["points"]],
                    [p["value"] for p in run["points"]],
                )
                for run in runs_of(table, course, v["name"])
            ]
            for v in videos_of(table, kind)
            if runs_of(table, course, v["name"])
        ]
    )


def values_at(table: Table, kind: str, course: str, share: float) -> list[list[float]]:
    """Mean IoU for at most a share of clicks, by video and seed."""
    return [
        [
            [p["value"] for p in run["points"] if p["clicks"] <= share * v["every_frame"]][-1]
            for run in runs_of(table, course, v["name"])
        ]
        for v in videos_of(table, kind)
        if runs_of(table, course, v["name"])
    ]


def keys_at(table: Table, kind: str, share: float) -> list[float]:
    """The best mean IoU of key frames alone for at most a share of clicks, by video."""
    found = []
    for v in videos_of(table, kind):
        values = [
            p["value"] for p in v["key_frames"].values() if p["clicks"] <= share * v["every_frame"]
        ]
        found.append(max(values, default=math.nan))
    return found


def _pretrained(table: Table, video: Table, target: float) -> list[float]:
    """Before anything was asked all ways of asking are alike; one a seed is enough."""
    by_seed: dict[int, float] = {}
    for run in table["runs"]:
        if run["video"] == video["name"] and run["seed"] not in by_seed:
            by_seed[run["seed"]] = total(run["points"][0], video["every_frame"], target)
    return list(by_seed.values())


def _worst(value: float) -> float:
    return np.inf if math.isnan(value) else value
