"""Embeddings of findings, made of what the store holds; nothing is decoded for them.

They hold the score, the length, the place in title and picture, the metrics of the detector's
track around the peak, held against the title's own usual values, and for a detector with maps the
network's answer at the peak, pooled. Features from inside a network are not kept by analyses and
would cost a decoding pass, so that they are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.catalog.spec import DetectorSpec, MetricSpec
from core.domain.finding import Finding
from core.domain.time import rescale
from core.domain.track import Track
from core.store.store import Store

Floats = NDArray[np.float64]

MOST_MAPS = 4000
"""Maps are read for at most so many findings of a library: each costs a millisecond."""

_MAP_ROWS, _MAP_COLUMNS = 3, 4
_MARGIN_S = 0.5


def embeddings_of(
    store: Store, spec: DetectorSpec, run: str, findings: Sequence[Finding], maps: bool
) -> Floats:
    """Embeddings of one analysis's findings of one detector.

    Args:
        store: Holds its tracks.
        spec: The detector.
        run: Id of the analysis.
        findings: Some of its findings.
        maps: Add the network's answer at the peak, where the detector makes maps.

    Returns:
        Shape (findings, features); the same features for every title.

    Raises:
        KnownError: A stored track is damaged.
    """
    tracks = {track.stream: track for track in store.tracks.load(run, [spec.id])}
    usual = {stream: _usual(track, spec) for stream, track in tracks.items()}
    rows = []
    for finding in findings:
        stream = finding.stream if finding.stream in tracks else next(iter(tracks), None)
        parts = [_claim(finding)]
        if stream is None:
            parts.append(np.zeros(4 * len(spec.metrics)))
        else:
            parts.append(_metrics(tracks[stream], spec, finding, usual[stream]))
        if maps and spec.maps:
            parts.append(_map(store, spec, run, finding, tracks))
        rows.append(np.concatenate(parts))
    return np.asarray(rows, np.float64)


def _claim(finding: Finding) -> Floats:
    region = finding.evidence.region
    place = [0.5, 0.5, 1.0]
    if region is not None:
        width, height = region.right - region.left, region.bottom - region.top
        place = [region.left + width / 2, region.top + height / 2, width * height]
    band = finding.evidence.band
    hertz = [0.0, 0.0] if band is None else [np.log1p(band.low_hz), np.log1p(band.high_hz)]
    return np.array([finding.score, np.log1p(finding.span.duration_s), *place, *hertz])


def _usual(track: Track, spec: DetectorSpec) -> Mapping[str, tuple[float, float]]:
    """Median and spread of each metric over the title."""
    said = {}
    for metric in spec.metrics:
        values = track.metrics.get(metric.name)
        if values is None or not len(values):
            said[metric.name] = (0.0, 1.0)
            continue
        low, middle, high = np.percentile(values, [5, 50, 95])
        said[metric.name] = (float(middle), max(float(high - low), 1e-3 * _reach(metric)))
    return said


def _reach(metric: MetricSpec) -> float:
    return abs(metric.high - metric.low) or 1.0


def _metrics(
    track: Track, spec: DetectorSpec, finding: Finding, usual: Mapping[str, tuple[float, float]]
) -> Floats:
    """Of each metric: least, mean and greatest around the finding, and its spread there."""
    starts = track.starts_s
    first = int(np.searchsorted(starts, finding.span.start_s - _MARGIN_S))
    stop = max(int(np.searchsorted(starts, finding.span.end_s + _MARGIN_S)), first + 1)
    said: list[float] = []
    for metric in spec.metrics:
        values = track.metrics.get(metric.name, np.zeros(0))[first:stop]
        if not len(values):
            said += [0.0] * 4
            continue
        middle, spread = usual[metric.name]
        inside = np.clip((values - middle) / spread, -20, 20)
        said += [float(f(inside)) for f in (np.min, np.mean, np.max, np.std)]
    return np.asarray(said)


def _map(
    store: Store, spec: DetectorSpec, run: str, finding: Finding, tracks: Mapping[int, Track]
) -> Floats:
    """The network's answer at the peak, as the mean of each of twelve fields."""
    track = tracks.get(finding.stream)
    nothing = np.zeros(_MAP_ROWS * _MAP_COLUMNS)
    if track is None:
        return nothing
    peak = finding.evidence.peak
    pts = rescale(peak.pts, peak.base, track.base)
    found = store.tracks.map_near(run, spec.id, finding.stream, pts)
    if found is None:
        return nothing
    fields = [
        part.mean() / 255 if part.size else 0.0
        for band in np.array_split(found[1], _MAP_ROWS, axis=0)
        for part in np.array_split(band, _MAP_COLUMNS, axis=1)
    ]
    return np.asarray(fields)
