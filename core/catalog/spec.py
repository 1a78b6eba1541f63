"""What a detector is, as data: the table behind lanes, dialogs, docs and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """One column of a track.

    Attributes:
        name: Column name.
        title: What people call it.
        unit: For example `dBFS`, `%`, `1/s`; empty for a plain number.
        low: Lower end of the axis.
        high: Upper end of the axis.
        plotted: Worth a curve of its own; positions in the picture, say, are not.
        unless: Name of a column of the same track that is 0 where this one says something, or
            empty where it always does; elsewhere its curve has a gap.
    """

    name: str
    title: str
    unit: str
    low: float
    high: float
    plotted: bool = True
    unless: str = ""


@dataclass(frozen=True, slots=True)
class ThresholdSpec:
    """One number that a profile may set.

    Attributes:
        name: Key in the profile.
        title: What people call it.
        unit: Unit of the value.
        default: Value when the profile says nothing.
        low: Smallest sensible value.
        high: Largest sensible value.
        source: Where the default comes from.
        metric: Metric whose curve this is a line on, or empty (a minimum length, say).
        fires_below: The metric is bad below the line rather than above it.
    """

    name: str
    title: str
    unit: str
    default: float
    low: float
    high: float
    source: str
    metric: str = ""
    fires_below: bool = False


Rule = Callable[["DetectorSpec", Mapping[str, Track], Profile], list[Finding]]
"""Pure: (spec, tracks by detector id (own and those of `after`), profile) -> findings by time."""


@dataclass(frozen=True, slots=True)
class DetectorSpec:
    """One detector.

    Attributes:
        id: Stable identifier; names the file in `core/detectors` that measures.
        defect: Id in the defect taxonomy.
        title: What people call the detector.
        help: One or two sentences: what it looks for and what fools it.
        views: Names of the views it needs (`core/analysis/view.py` lists them).
        metrics: Columns of its track.
        thresholds: Numbers that a profile may set.
        rule: Turns tracks into findings.
        severity: What is proposed when the profile says nothing.
        source: Standard, paper or peer whose definition it follows.
        after: Detectors whose tracks the rule reads too.
        warmup: Frames or blocks before a piece that must be measured to start in the middle.
        warmup_s: Seconds before a piece, and after it, that must be measured besides.
        maps: Each row of its track carries a map of where in the picture (`core.domain.heat`).
        also: Ids of other defects that its findings may name.
    """

    id: str
    defect: str
    title: str
    help: str
    views: tuple[str, ...]
    metrics: tuple[MetricSpec, ...]
    thresholds: tuple[ThresholdSpec, ...]
    rule: Rule
    severity: Severity
    source: str
    after: tuple[str, ...] = ()
    warmup: int = 0
    warmup_s: int = 0
    maps: bool = False
    also: tuple[str, ...] = ()

    @property
    def defects(self) -> tuple[str, ...]:
        """All defects that its findings may name, its own first."""
        return (self.defect, *self.also)

    def metric(self, name: str) -> MetricSpec:
        """The metric with this name.

        Raises:
            KeyError: There is none.
        """
        for metric in self.metrics:
            if metric.name == name:
                return metric
        raise KeyError(f"{self.id} has no metric {name}")

    def threshold(self, name: str) -> ThresholdSpec:
        """The threshold with this name.

        Raises:
            KeyError: There is none.
        """
        for threshold in self.thresholds:
            if threshold.name == name:
                return threshold
        raise KeyError(f"{self.id} has no threshold {name}")

    def value(self, profile: Profile, name: str) -> float:
        """What `profile` sets a threshold to, else its default."""
        return profile.thresholds.get(self.id, {}).get(name, self.threshold(name).default)

    def proposed_severity(self, profile: Profile) -> Severity:
        """What `profile` proposes for findings of this detector, else the default."""
        return profile.severities.get(self.id, self.severity)
