"""What FFmpeg's own filter says of a file, turned into stretches of time.

Some filters name stretches themselves (`blackdetect`); their threshold is varied by running them
several times, their shortest length afterwards. Others write a number onto each frame
(`blurdetect`); such a number becomes stretches by a threshold, by joining stretches that a short
gap parts, and by a shortest length, all three swept over the very data that are then reported.
That is generous to FFmpeg: our own thresholds are not fitted to those data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from core.evaluation.matching import Stretch
from core.media.filter_graph import Chain, Note

SHORTEST_S = (0.0, 0.1, 0.3, 0.5, 1.0, 2.0)
GAPS_S = (0.1, 0.5, 1.5)
_QUANTILES = np.array([1, 3, 6, 10, 20, 35, 50, 65, 80, 90, 94, 97, 98, 99, 99.5, 99.9]) / 100

Value = Callable[[Mapping[str, str]], float | None]
"""A number out of a frame's metadata; None says nothing about this frame."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one reading of one filter gave for one file.

    Attributes:
        events: Stretches in seconds that the filter named itself.
        times: When each number was written, in seconds.
        values: The numbers; not finite ones are on the good side of every threshold, or the bad.
        end_s: Where the file ends.
    """

    events: tuple[Stretch, ...] = ()
    times: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    end_s: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """For the cache."""
        return {
            "events": [list(event) for event in self.events],
            "times": [round(t, 4) for t in self.times],
            "values": [float(f"{v:.6g}") for v in self.values],
            "end_s": self.end_s,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Trace:
        """Out of the cache."""
        return cls(
            tuple((float(a), float(b)) for a, b in row["events"]),
            tuple(row["times"]),
            tuple(row["values"]),
            float(row["end_s"]),
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a trace becomes stretches.

    Attributes:
        reading: Name of the reading.
        threshold: Numbers beyond it are bad; None where the filter names stretches itself.
        shortest_s: Shorter stretches are dropped.
        gap_s: Stretches that no more than this lies between are joined.
    """

    reading: str
    threshold: float | None = None
    shortest_s: float = 0.0
    gap_s: float = 0.0

    def in_words(self) -> str:
        """For tables: `-60dB, 2 s`."""
        parts = [self.reading]
        if self.threshold is not None:
            parts.append(f"at {self.threshold:.4g}")
        parts.append(f"from {self.shortest_s:g} s")
        if self.gap_s:
            parts.append(f"gaps to {self.gap_s:g} s")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of asking a filter.

    Attributes:
        name: Shown in tables; says the options.
        chain: The filters.
        begin: Metadata keys that begin a stretch; their values are seconds.
        end: Metadata keys that end it, in the same order.
        value: The number of a frame, where the filter names no stretches.
        below: Numbers below the threshold are the bad ones.
        command: Only the `ffmpeg` command has these filters.
    """

    name: str
    chain: Chain
    begin: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    value: Value | None = None
    below: bool = False
    command: bool = False


@dataclass(frozen=True, slots=True)
class Peer:
    """FFmpeg's answer to one kind of defect.

    Attributes:
        detector: Id of our detector of that defect.
        filter: Name of the filter.
        medium: `video` or `audio`.
        readings: Ways of asking it.
        default: What the filter does when nobody sets anything; None when it has no threshold.
        note: What must be known to read its figures.
        thresholds: Tried besides the quantiles of what was measured.
    """

    detector: str
    filter: str
    medium: str
    readings: tuple[Reading, ...]
    default: Setting | None
    note: str = ""
    thresholds: tuple[float, ...] = ()
    _by_name: dict[str, Reading] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({reading.name: reading for reading in self.readings})

    def reading(self, name: str) -> Reading:
        """The reading of that name."""
        return self._by_name[name]


Traces = Mapping[str, Trace]
"""Traces of one file by name of the reading."""


def trace_of(reading: Reading, notes: Iterable[Note], end_s: float) -> Trace:
    """Gather what a chain wrote onto the frames of a file.

    A stretch that is still open when the file ends, ends with it.
    """
    events: list[Stretch] = []
    open_since: dict[int, float] = {}
    times: list[float] = []
    values: list[float] = []
    for note in notes:
        for place, (begin, end) in enumerate(zip(reading.begin, reading.end, strict=True)):
            if begin in note.metadata:
                open_since[place] = float(note.metadata[begin])
            if end in note.metadata and place in open_since:
                events.append((open_since.pop(place), float(note.metadata[end])))
        value = reading.value(note.metadata) if reading.value is not None else None
        if value is not None:
            times.append(note.seconds)
            values.append(value)
    events += [(since, end_s) for since in open_since.values() if end_s > since]
    return Trace(tuple(sorted(events)), tuple(times), tuple(values), end_s)


def stretches(peer: Peer, traces: Traces, setting: Setting) -> list[Stretch]:
    """What a filter claims under a setting."""
    trace = traces.get(setting.reading)
    if trace is None:
        return []
    found = list(trace.events)
    if setting.threshold is not None:
        below = peer.reading(setting.reading).below
        found = _beyond(trace, setting.threshold, below)
    joined = _joined(found, setting.gap_s)
    return [s for s in joined if s[1] - s[0] >= setting.shortest_s - 1e-6]


def settings_of(peer: Peer, files: Sequence[Traces]) -> list[Setting]:
    """Every setting that is worth trying on these files; the default first."""
    found = [] if peer.default is None else [peer.default]
    for reading in peer.readings:
        if reading.value is None:
            found += [
                Setting(reading.name, None, shortest_s, gap_s)
                for shortest_s, gap_s in product(SHORTEST_S, (0.0, *GAPS_S[:2]))
            ]
            continue
        lines = _lines(reading.name, files, peer.thresholds)
        found += [Setting(reading.name, *rest) for rest in product(lines, SHORTEST_S[:5], GAPS_S)]
    return list(dict.fromkeys(found))


def _lines(reading: str, files: Sequence[Traces], also: Sequence[float]) -> list[float]:
    """Thresholds: quantiles of what each file shows at its worst and of all that was measured."""
    values = [np.asarray(traces[reading].values) for traces in files if reading in traces]
    values = [v[np.isfinite(v)] for v in values]
    values = [v for v in values if len(v)]
    if not values:
        return list(also)
    lines = np.quantile(np.concatenate(values), _QUANTILES)
    peaks = np.quantile([v.max() for v in values], _QUANTILES[3:11])
    lows = np.quantile([v.min() for v in values], _QUANTILES[3:11])
    return sorted({float(f"{x:.5g}") for x in (*lines, *peaks, *lows, *also)})


def _beyond(trace: Trace, line: float, below: bool) -> list[Stretch]:
    values = np.asarray(trace.values)
    if not len(values):
        return []
    bad = values < line if below else values > line
    edges = np.flatnonzero(np.diff(np.concatenate(([0], bad.astype(np.int8), [0]))))
    ends = (*trace.times, max(trace.end_s, trace.times[-1]))
    return [(ends[a], ends[b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _joined(found: Sequence[Stretch], gap_s: float) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(found):
        if joined and start - joined[-1][1] <= gap_s + 1e-6:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
