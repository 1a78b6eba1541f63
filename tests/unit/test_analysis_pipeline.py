from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip

from core.analysis import meter, provenance
from core.analysis.pipeline import analyse, analyse_request
from core.analysis.plan import able, plan
from core.catalog.table import DETECTORS
from core.detectors.base import Detector, Row, Sample
from core.detectors.registry import detector_class
from core.domain.errors import CancelledError, KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.jobs.progress import CancelToken
from core.jobs.request import AnalyseRequest
from core.store.check import check
from core.store.store import Store


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as store:
        yield store


@pytest.fixture
def request_(title: Title, store: Store) -> AnalyseRequest:
    return AnalyseRequest(title.path, store.url)


class CountedFreeze(Detector):
    """The real detector, which cancels at a given frame and counts what it sees."""

    id = "freeze"
    seen = 0
    cancel_at = 0
    token = CancelToken()

    def reset(self) -> None:
        self.real = detector_class("freeze")(self.stream)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        kind = type(self)
        kind.seen += 1
        if kind.seen == kind.cancel_at:
            kind.token.cancel()
        return self.real.measure(views)

    def flush(self) -> list[Row]:
        return self.real.flush()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[CountedFreeze]:
    class Counted(CountedFreeze):
        token = CancelToken()

    real = detector_class
    monkeypatch.setattr(
        meter, "detector_class", lambda name: Counted if name == "freeze" else real(name)
    )
    return Counted


def tracks_of(store: Store, run_id: str) -> dict[tuple[str, int], Track]:
    return {(t.detector, t.stream): t for t in store.tracks.load(run_id)}


def test_analysis_leaves_title_run_tracks_and_findings_in_the_store(
    request_: AnalyseRequest, store: Store, title: Title
) -> None:
    result = analyse(request_, store)
    run = store.runs.get(result.run_id)
    assert run is not None
    assert run.state is RunState.DONE
    assert run.error == ""
    assert run.done_s == pytest.approx(5.0, abs=0.1)
    assert store.titles.get(result.fingerprint) is not None
    planned = plan(title, able(tuple(DETECTORS.values()))[0]).specs
    assert {d for d, _ in tracks_of(store, run.id)} == {
        spec.id for specs in planned.values() for spec in specs
    }
    findings = store.findings.of(run.id)
    assert any(f.detector == "black" and f.span.start_s == 1.0 for f in findings)
    assert {f.profile for f in findings} == {DEFAULT_PROFILE.hash}


def test_request_names_its_own_store(request_: AnalyseRequest, store: Store) -> None:
    result = analyse_request(request_)
    assert store.runs.get(result.run_id) is not None


def test_cancelled_run_is_gone_on_with_to_the_same_tracks(
    request_: AnalyseRequest, store: Store, counted: type[CountedFreeze]
) -> None:
    whole = analyse(replace(request_, resume=False), store)
    assert counted.seen == 125
    counted.seen, counted.cancel_at = 0, 60
    with pytest.raises(CancelledError):
        analyse(replace(request_, resume=False), store, cancel=counted.token, checkpoint_s=0.0)
    cut = store.runs.latest(whole.fingerprint)
    assert cut is not None
    assert cut.state is RunState.CANCELLED
    result = analyse(request_, store)
    assert result.run_id == cut.id
    mine, theirs = tracks_of(store, cut.id), tracks_of(store, whole.run_id)
    assert mine.keys() == theirs.keys()
    for key, track in theirs.items():
        np.testing.assert_array_equal(mine[key].pts, track.pts)
        for name, values in track.metrics.items():
            np.testing.assert_array_equal(mine[key].metrics[name], values)
    assert store.findings.of(cut.id) == store.findings.of(whole.run_id)


def test_finished_run_is_decided_anew_and_not_measured_again(
    request_: AnalyseRequest, store: Store, counted: type[CountedFreeze]
) -> None:
    first = analyse(request_, store)
    name = next(t.name for t in DETECTORS["black"].thresholds if t.name.startswith("min"))
    strict = DEFAULT_PROFILE.with_threshold("black", name, 60.0)
    second = analyse(replace(request_, profile=strict), store)
    assert second.run_id == first.run_id
    assert counted.seen == 125
    assert not [f for f in store.findings.of(first.run_id) if f.detector == "black"]
    third = analyse(replace(request_, resume=False), store)
    assert third.run_id != first.run_id
    assert counted.seen == 250


def test_other_stretch_or_detectors_are_another_run(
    request_: AnalyseRequest, store: Store, title: Title
) -> None:
    runs = {
        analyse(r, store).run_id
        for r in (
            request_,
            replace(request_, detectors=("black",)),
            replace(request_, span=Span.from_seconds(0, 2, title.video[0].base)),
        )
    }
    assert len(runs) == 3


def test_only_detectors_that_are_named_claim_anything(
    request_: AnalyseRequest, store: Store
) -> None:
    profile = replace(DEFAULT_PROFILE, disabled=frozenset({"freeze"}))
    named = replace(request_, detectors=("freeze",), profile=profile)
    findings = store.findings.of(analyse(named, store).run_id)
    assert {f.detector for f in findings} <= {"freeze"}


def test_changed_measuring_code_is_measured_again(
    request_: AnalyseRequest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = analyse(request_, store)
    monkeypatch.setattr(provenance, "measuring_digest", lambda _detector: "changed")
    assert analyse(request_, store).run_id != first.run_id


def test_run_of_other_weights_is_measured_again(
    request_: AnalyseRequest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = replace(request_, detectors=("freeze",))
    first = analyse(request, store)
    monkeypatch.setattr(
        detector_class("freeze"), "weights_hash", classmethod(lambda _cls: "4711"), raising=True
    )
    second = analyse(request, store)
    assert second.run_id != first.run_id
    run = store.runs.get(second.run_id)
    assert run is not None
    assert run.weights == {"freeze": "4711"}
    assert analyse(request, store).run_id == second.run_id


def test_missing_file_is_a_known_error_and_no_run(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        analyse(AnalyseRequest(tmp_path / "nowhere.mp4", store.url), store)
    assert store.titles.recent(5) == ()


def test_detector_that_stopped_is_named_in_a_finished_run(
    request_: AnalyseRequest,
    store: Store,
    counted: type[CountedFreeze],
    monkeypatch: pytest.MonkeyPatch,
    expect_log: object,
) -> None:
    assert callable(expect_log)
    expect_log("detector freeze stopped")

    def slip(_self: object, _views: object) -> list[Row]:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(counted, "measure", slip)
    run = store.runs.get(analyse(request_, store).run_id)
    assert run is not None
    assert run.state is RunState.DONE
    assert "stopped at" in run.error
    monkeypatch.undo()
    again = analyse(request_, store)
    assert again.run_id != run.id


def test_run_that_ends_with_an_error_is_marked_failed(
    request_: AnalyseRequest, store: Store, title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise KnownError("No.")

    monkeypatch.setattr("core.analysis.piece.decide", refuse)
    with pytest.raises(KnownError, match=r"No\."):
        analyse(request_, store)
    run = store.runs.latest(title.fingerprint)
    assert run is not None
    assert run.state is RunState.FAILED
    assert run.error == "No."


def test_disk_that_fills_up_while_measuring_is_said_and_the_analysis_goes_on_from_there(
    request_: AnalyseRequest, store: Store, title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_ = replace(request_, detectors=("black", "freeze"))
    append, calls = store.tracks.append, []

    def onto_a_disk_that_fills_up(run: str, *tracks: Track, done_s: float) -> None:
        calls.append(done_s)
        if len(calls) == 2:
            limit(store, 0)
            tracks = tuple(replace(track, detector="x" * 100_000) for track in tracks)
        append(run, *tracks, done_s=done_s)

    with monkeypatch.context() as patch:
        patch.setattr(store.tracks, "append", onto_a_disk_that_fills_up)
        with pytest.raises(KnownError, match="disk that holds the store is full"):
            analyse(request_, store, lambda _progress: None, checkpoint_s=0.0)
    (run,) = store.runs.of(title.fingerprint)
    assert run.state is not RunState.DONE
    kept = sum(len(track) for track in store.tracks.load(run.id))
    assert kept > 0
    limit(store, 1_000_000)
    analyse(request_, store, lambda _progress: None)
    assert store.runs.of(title.fingerprint)[-1].state is RunState.DONE
    assert check(store).ok


def limit(store: Store, pages: int) -> None:
    """Let the store grow by so many pages only; its one connection is pooled and keeps that."""
    with store.database.reading() as connection:
        now = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
        connection.exec_driver_sql(f"PRAGMA max_page_count={now + pages}")
