"""A worker without a process: it answers at once, with made-up measurements in a real store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.analysis.plan import choose, plan
from core.catalog.decide import decide
from core.catalog.table import DETECTORS
from core.domain.errors import CancelledError, KnownError
from core.domain.heat import HeatMap
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.jobs.progress import CancelToken, Progress
from core.jobs.request import (
    AnalyseRequest,
    AnalyseResult,
    HeatRequest,
    HeatResult,
    PrepareRequest,
    PrepareResult,
    Request,
    Result,
    SelectRequest,
)
from core.store.store import Store
from core.worker.select import select

ROW_S = 0.04
BASE = Fraction(1, 1000)

Spells = Mapping[str, tuple[tuple[float, float], ...]]
"""Stretches in seconds where a detector fires, by detector."""

SPELLS: Spells = {"silence": ((5.0, 8.0), (20.0, 24.0)), "black": ((12.0, 14.0),)}


def make_track(detector: str, duration_s: float, spells: Spells) -> Track:
    """Rows in which every metric lies on its good side, but for the spells."""
    spec = DETECTORS[detector]
    pts = np.arange(0, round(duration_s * 1000), round(ROW_S * 1000), dtype=np.int64)
    bad = np.zeros(len(pts), np.bool_)
    for start_s, end_s in spells.get(detector, ()):
        bad |= (pts >= start_s * 1000) & (pts < end_s * 1000)
    metrics: dict[str, NDArray[np.float32]] = {}
    for metric in spec.metrics:
        lines = [t for t in spec.thresholds if t.metric == metric.name]
        below = bool(lines) and lines[0].fires_below
        good, worst = (metric.high, metric.low) if below else (metric.low, metric.high)
        if metric.low == -metric.high or metric.unit == "ms":
            good = min(max(0.0, metric.low), metric.high)
        metrics[metric.name] = np.where(bad, worst, good).astype(np.float32)
    return Track(detector, 0, BASE, pts, int(pts[-1]) + round(ROW_S * 1000), metrics)


def cut(track: Track, span: Span) -> Track:
    """The rows of a track that start in a stretch."""
    inside = (track.starts_s >= span.start_s) & (track.starts_s < span.end_s)
    metrics = {name: values[inside] for name, values in track.metrics.items()}
    end = int(track.pts[inside][-1]) + round(ROW_S * 1000)
    return Track(track.detector, track.stream, track.base, track.pts[inside], end, metrics)


class FakeWorker:
    """Does each request when told to, by default as soon as it comes.

    Args:
        on_progress: As `RemoteWorker`.
        on_result: As `RemoteWorker`.
        on_error: As `RemoteWorker`.
        title: What every path is taken for.
        spells: Where detectors fire.
        held: Wait for `release`.
    """

    def __init__(
        self,
        on_progress: Callable[[int, Progress], None],
        on_result: Callable[[int, Result], None],
        on_error: Callable[[int, Exception], None],
        title: Title,
        spells: Spells = SPELLS,
        held: bool = False,
    ) -> None:
        self._on_progress, self._on_result, self._on_error = on_progress, on_result, on_error
        self.title, self.spells, self.held = title, spells, held
        self.requests: list[Request] = []
        self.closed = False
        self._waiting: dict[int, Request] = {}
        self.looks: dict[int, HeatRequest] = {}

    def submit(self, request: Request) -> int:
        self.requests.append(request)
        job = len(self.requests)
        if isinstance(request, HeatRequest):
            self.looks[job] = request
            return job
        self._waiting[job] = request
        if not self.held:
            self.release()
        return job

    def cancel(self, job: int) -> None:
        if self._waiting.pop(job, None) or self.looks.pop(job, None):
            self._on_error(job, CancelledError())

    def close(self) -> None:
        self.closed = True

    def progress(self, progress: Progress) -> None:
        for job in self._waiting:
            self._on_progress(job, progress)

    def answer_look(self, answer: HeatMap | Exception) -> None:
        """End the one look that is asked for."""
        ((job, _),) = self.looks.items()
        self.looks.clear()
        if isinstance(answer, Exception):
            self._on_error(job, answer)
        else:
            self._on_result(job, HeatResult(answer))

    def fail(self, error: Exception) -> None:
        for job in tuple(self._waiting):
            del self._waiting[job]
            self._on_error(job, error)

    def release(self) -> None:
        for job, request in tuple(self._waiting.items()):
            del self._waiting[job]
            try:
                result = self._do(request)
            except KnownError as error:
                self._on_error(job, error)
            else:
                self._on_result(job, result)

    def _do(self, request: Request) -> Result:
        if isinstance(request, PrepareRequest):
            return PrepareResult(self.title.fingerprint)
        if isinstance(request, SelectRequest):
            return select(request, lambda _progress: None, CancelToken())
        assert isinstance(request, AnalyseRequest)
        return AnalyseResult(self.analyse(request), self.title.fingerprint)

    def analyse(self, request: AnalyseRequest) -> str:
        ids = [d for d in DETECTORS if d not in request.profile.disabled]
        with Store.open(request.store_url) as store:
            store.titles.put(self.title)
            run = store.runs.start(self.title.fingerprint, ids, request.span)
            work = plan(self.title, choose(request.profile))
            able = {spec.id for specs in work.specs.values() for spec in specs}
            tracks = tuple(
                make_track(d, self.title.duration_s, self.spells) for d in ids if d in able
            )
            if request.span is not None:
                tracks = tuple(cut(track, request.span) for track in tracks)
            store.tracks.append(run.id, *tracks)
            store.findings.replace(run.id, request.profile, decide(tracks, request.profile, {}))
            store.runs.finish(run.id, RunState.DONE)
        return run.id


def probe_as(title: Title) -> Callable[[Path], Title]:
    """A probe that takes every path for `title`."""
    return lambda _path: title


def span_s(span: Span) -> tuple[float, float]:
    return span.start_s, span.end_s
