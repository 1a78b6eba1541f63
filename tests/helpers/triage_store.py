"""A store whose title was analysed, with findings put in directly: no picture is decoded for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.catalog.profile_file import load_profile
from core.catalog.table import DETECTORS
from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.run import RunState
from core.domain.time import MediaTime, Span
from core.domain.title import Title
from core.domain.track import Track
from core.store.store import Store

_ROW_S = 0.04
METRICS = {
    detector: (DETECTORS[detector].thresholds[0].metric, DETECTORS[detector].thresholds[0].default)
    for detector in ("black", "freeze", "stutter", "blur", "silence", "hum")
}
"""Metric and threshold that a made-up finding of a detector names."""


def finding(
    title: Title,
    start_s: float,
    length_s: float,
    detector: str,
    score: float = 0.6,
    severity: Severity = Severity.ISSUE,
    note: str = "",
) -> Finding:
    """A finding on the stream that its detector looks at."""
    sound = detector in ("silence", "hum")
    stream = title.audio[0] if sound and title.audio else title.video[0]
    begin_s = float(title.start.seconds) + start_s
    span = Span.from_seconds(begin_s, begin_s + length_s, stream.base)
    metric, threshold = METRICS[detector]
    peak = MediaTime.from_seconds(begin_s + length_s / 2, stream.base)
    evidence = Evidence(metric, peak, threshold, threshold, note or f"It is {detector} here.")
    return Finding(detector, detector, stream.index, span, score, severity, evidence)


def track(title: Title, detector: str, findings: Sequence[Finding]) -> Track:
    """A track whose metrics leave their best end only where a finding stands."""
    spec = DETECTORS[detector]
    mine = [one for one in findings if one.detector == detector]
    stream = title.stream(mine[0].stream if mine else title.video[0].index)
    start_s, step = float(title.start.seconds), round(_ROW_S / float(stream.base))
    count = int(title.duration_s / _ROW_S)
    pts = round(start_s / float(stream.base)) + step * np.arange(count, dtype=np.int64)
    times = pts * float(stream.base)
    bad = np.zeros(count, np.bool_)
    for one in mine:
        bad |= (times >= one.span.start_s) & (times < one.span.end_s)
    metrics = {}
    for metric in spec.metrics:
        below = any(t.metric == metric.name and t.fires_below for t in spec.thresholds)
        good, worst = (metric.high, metric.low) if below else (metric.low, metric.high)
        metrics[metric.name] = np.where(bad, worst, good).astype(np.float32)
    return Track(detector, stream.index, stream.base, pts, int(pts[-1]) + step, metrics)


def fill_store(path: Path, title: Title, findings: Sequence[Finding]) -> None:
    """Keep the findings as the answer of a finished analysis by the default profile."""
    with Store.open(path) as store:
        store.titles.put(title)
        run = store.runs.start(title.fingerprint, list(DETECTORS), None)
        detectors = dict.fromkeys(one.detector for one in findings)
        store.tracks.append(run.id, *(track(title, d, findings) for d in detectors))
        store.findings.replace(run.id, load_profile("default"), findings)
        store.runs.finish(run.id, RunState.DONE)
