"""Analysing a title: probe, measure, decide, and keep it all in the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

from core.analysis.measure import CHECKPOINT_S, Earlier, Measurement, TrackSink, measure_title
from core.analysis.piece import decided, heard_by
from core.analysis.plan import able, choose, plan
from core.analysis.provenance import settings_of, weights_of
from core.detectors.base import Options
from core.domain.errors import CancelledError, KnownError
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.domain.track import Track
from core.jobs.progress import CancelToken, ProgressSink, ignore_progress
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.media.probe import probe
from core.store.store import Store

__all__ = [
    "Measurement",
    "TrackSink",
    "analyse",
    "analyse_request",
    "measure_title",
]


def analyse_request(
    request: AnalyseRequest,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> AnalyseResult:
    """Open the request's store and analyse.

    Raises:
        KnownError: The file or the store is at fault.
        CancelledError: `cancel` was raised; what was measured is kept for resuming.
    """
    with Store.open(request.store_url) as store:
        return analyse(request, store, progress, cancel)


def analyse(
    request: AnalyseRequest,
    store: Store,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    checkpoint_s: float = CHECKPOINT_S,
) -> AnalyseResult:
    """Analyse a title into a store.

    With `request.resume`, an interrupted run of the same request is gone on with, and a finished
    one is only decided anew: the same request is the same title, stretch, detectors, measuring
    code and weights, whatever the profile's thresholds.

    Args:
        request: What to do.
        store: Where tracks and findings go.
        progress: Told how far the work is.
        cancel: Stops it, within a frame.
        checkpoint_s: Wall seconds between two commits of tracks.

    Returns:
        The run that holds tracks and findings.

    Raises:
        KnownError: The file or the store is at fault.
        CancelledError: `cancel` was raised; what was measured is kept for resuming.
    """
    title = probe(request.path)
    specs, left_out = able(choose(request.profile, request.detectors))
    plan(title, specs)  # Refuses a title without anything to measure before a run is begun.
    store.titles.put(title, opened=False)
    detectors = tuple(spec.id for spec in specs)
    run = _finished(request, store, title, detectors) if request.resume else None
    if run is not None:
        _decide(request, store, title, run)
    else:
        run = _begun(request, store, title, detectors)
        with _recorded(store, run):
            measured = _measure(request, store, run, title, progress, cancel, checkpoint_s)
            _decide(request, store, title, run)
        store.runs.finish(run.id, RunState.DONE, " ".join(measured.faults))
    return AnalyseResult(run.id, title.fingerprint, left_out)


def _decide(request: AnalyseRequest, store: Store, title: Title, run: Run) -> None:
    """Decide over the stored tracks; detectors that are named are heard whatever the profile."""
    profile = heard_by(request.profile, frozenset(request.detectors))
    tracks = store.tracks.load(run.id)
    findings = decided(title, tracks, request.profile, request.detectors, run.weights)
    store.findings.replace(run.id, profile, findings)


@contextmanager
def _recorded(store: Store, run: Run) -> Iterator[None]:
    """Write down how a run ended that did not come to its end."""
    try:
        yield
    except CancelledError:
        store.runs.finish(run.id, RunState.CANCELLED)
        raise
    except KnownError as error:
        store.runs.finish(run.id, RunState.FAILED, error.sentence)
        raise
    except Exception as error:
        sentence = f"The analysis stopped because of a mistake of its own ({error})."
        store.runs.finish(run.id, RunState.FAILED, sentence)
        raise


def _finished(
    request: AnalyseRequest, store: Store, title: Title, detectors: Sequence[str]
) -> Run | None:
    """The newest finished run of the same request, without faults."""
    wanted = (detectors, request.span, weights_of(detectors), _settings(request, title, detectors))
    for run in reversed(store.runs.of(title.fingerprint)):
        if (run.detectors, run.span, run.weights, run.settings) == wanted:
            return run if run.state is RunState.DONE and not run.error else None
    return None


def _begun(request: AnalyseRequest, store: Store, title: Title, detectors: Sequence[str]) -> Run:
    settings, weights = _settings(request, title, detectors), weights_of(detectors)
    run = None
    if request.resume:
        run = store.runs.resumable(title.fingerprint, detectors, request.span, settings, weights)
    return run or store.runs.start(title.fingerprint, detectors, request.span, weights, settings)


def _settings(request: AnalyseRequest, title: Title, detectors: Sequence[str]) -> dict[str, str]:
    return settings_of(title, detectors, _options(request))


def _options(request: AnalyseRequest) -> Options:
    return Options(every_frame=request.every_frame)


def _measure(
    request: AnalyseRequest,
    store: Store,
    run: Run,
    title: Title,
    progress: ProgressSink,
    cancel: CancelToken | None,
    checkpoint_s: float,
) -> Measurement:
    def keep(tracks: Sequence[Track], done_s: float) -> None:
        store.tracks.append(run.id, *tracks, done_s=done_s)

    return measure_title(
        title,
        run.detectors,
        run.span,
        keep,
        progress,
        cancel,
        earlier=_earlier(store, run, title),
        options=_options(request),
        checkpoint_s=checkpoint_s,
    )


def _earlier(store: Store, run: Run, title: Title) -> Earlier | None:
    """What an interrupted run left, to go on from there."""
    tracks = [track for track in store.tracks.load(run.id) if len(track)]
    if not tracks:
        return None
    start = run.span.start * run.span.base if run.span is not None else title.start.exact
    last = {(track.detector, track.stream): int(track.pts[-1]) for track in tracks}
    return Earlier(start + Fraction(run.done_s), last)
