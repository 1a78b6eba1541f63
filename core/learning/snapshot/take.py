"""Taking a snapshot of what a store's verdicts teach."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.run import RunState
from core.domain.sample import MaskReference, Snapshot
from core.domain.time import rescale
from core.domain.verdict import Verdict
from core.learning.snapshot.claim import teach
from core.learning.snapshot.drawn import with_drawn
from core.store.store import Store


def take(store: Store, detector: str) -> Snapshot:
    """Freeze what people said about a detector's findings, and what they say it missed.

    Where they also drew what is corrupt, in masks of that class, it comes with the sample.

    The same state of the store gives the same snapshot, whenever it is taken.

    Args:
        store: Where verdicts, titles and findings are.
        detector: Id of a detector of the catalog.

    Raises:
        KnownError: There is no such detector, or the store cannot be read.
    """
    if detector not in DETECTORS:
        raise KnownError(f"There is no detector named {detector}.")
    spec = DETECTORS[detector]
    library = _Library(store, detector, spec.maps)
    taught = teach(store.verdicts.all(), detector, spec.defects, library.path_of, library.showing)
    # The whole address may hold a password.
    name = store.path.name if store.path is not None else "server"
    samples = tuple(with_drawn(store, one) if spec.maps else one for one in taught.samples)
    return Snapshot(detector, name, datetime.now(UTC), samples, taught.left_out)


class _Library:
    """What the store knows of titles and findings, read once a title."""

    def __init__(self, store: Store, detector: str, maps: bool) -> None:
        self._store, self._detector, self._maps = store, detector, maps
        self.path_of = lru_cache(maxsize=None)(self._path_of)
        self._claimed = lru_cache(maxsize=None)(self._findings_of)

    def showing(self, verdict: Verdict) -> MaskReference | None:
        """The worst frame of the finding that a verdict is about, of the newest analysis with it.

        None when no analysis has one: a missed defect, or an orphan of an analysis long gone.
        """
        if not verdict.detector:
            return None
        for run, finding in self._claimed(verdict.fingerprint):
            if verdict.matches(finding):
                peak = finding.evidence.peak
                pts = rescale(peak.pts, peak.base, verdict.span.base)
                inside = min(max(pts, verdict.span.start), max(verdict.span.end - 1, 0))
                return MaskReference(inside, run if self._maps else "", finding.evidence.region)
        return None

    def _path_of(self, fingerprint: str) -> str:
        title = self._store.titles.get(fingerprint)
        return "" if title is None else str(title.path)

    def _findings_of(self, fingerprint: str) -> tuple[tuple[str, Finding], ...]:
        """The detector's findings with their runs, newest run first."""
        runs = [r for r in self._store.runs.of(fingerprint) if r.state is RunState.DONE]
        return tuple(
            (run.id, finding)
            for run in reversed(runs)
            if self._detector in run.detectors
            for finding in self._store.findings.of(run.id)
            if finding.detector == self._detector
        )
