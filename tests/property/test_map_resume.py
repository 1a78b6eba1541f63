"""A title measured in pieces, or whose run is cut off anywhere, keeps the same maps."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.clip import RATE, make_clip
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.analysis import meter
from core.analysis import plan as plan_module
from core.analysis.measure import measure_title
from core.analysis.pipeline import analyse
from core.catalog.table import DETECTORS, spec_of
from core.detectors.base import Detector, Row, Sample
from core.detectors.registry import detector_class
from core.domain.errors import CancelledError
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track, join_tracks
from core.jobs.progress import CancelToken
from core.jobs.request import AnalyseRequest
from core.store.backup import backup, restore
from core.store.store import Store

SECONDS = 3
NAME = "freeze"
SPEC = replace(spec_of(NAME), maps=True, warmup=0)


class Mapper(Detector):
    """Looks at every fifth frame, and gives what it sees as a map."""

    id = NAME
    token: CancelToken | None = None
    cancel_at = 0

    def reset(self) -> None:
        self.step = round(1 / RATE / self.stream.base)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        sample = views[SPEC.views[0]]
        number = (sample.pts - self.stream.start_pts) // self.step
        if self.token is not None and number == self.cancel_at:
            self.token.cancel()
        if number % 5 or sample.data is None:
            return []
        seen = cv2.resize(np.asarray(sample.data, np.uint8), (5, 3), interpolation=cv2.INTER_AREA)
        return [Row(sample.pts, (1.0,) * len(SPEC.metrics), np.asarray(seen, np.uint8))]


class Case:
    """A title and its maps in one piece; a class, because Hypothesis would print all of them."""

    def __init__(self, title: Title) -> None:
        self.title = title
        (self.whole,) = measured(title)


def measured(title: Title, span: Span | None = None) -> list[Track]:
    return [track for track in measure_title(title, [NAME], span).tracks if track.detector == NAME]


@pytest.fixture(scope="module", params=["mp4", "ts"])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    path = tmp_path_factory.mktemp("clip") / f"clip.{request.param}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan_module, "DETECTORS", {**DETECTORS, NAME: SPEC})
        patch.setattr(
            meter, "detector_class", lambda name: Mapper if name == NAME else detector_class(name)
        )
        yield Case(make_clip(path, SECONDS, sound=False))


def maps_of(track: Track) -> NDArray[np.uint8]:
    assert track.maps is not None
    return track.maps


def assert_same(found: Track, expected: Track) -> None:
    np.testing.assert_array_equal(found.pts, expected.pts)
    np.testing.assert_array_equal(maps_of(found), maps_of(expected))
    assert found.end == expected.end


def test_maps_differ_from_frame_to_frame(case: Case) -> None:
    maps = maps_of(case.whole)
    assert maps.shape == (SECONDS * RATE // 5, 3, 5)
    assert np.any(np.diff(maps.astype(int), axis=0))


@given(cuts=st.lists(st.integers(1, SECONDS * RATE - 1), min_size=1, max_size=3, unique=True))
@settings(max_examples=6)
def test_maps_in_pieces_join_to_those_of_the_whole(case: Case, cuts: list[int]) -> None:
    title, stream = case.title, case.title.video[0]
    step = round(1 / RATE / stream.base)
    inner = [stream.start_pts + cut * step for cut in sorted(cuts)]
    bounds = [stream.start_pts - step, *inner, stream.start_pts + (SECONDS * RATE + 9) * step]
    spans = [Span(first, last, stream.base) for first, last in pairwise(bounds)]
    pieces = [track for span in spans for track in measured(title, span)]
    assert_same(join_tracks(pieces), case.whole)


@given(cancel_at=st.integers(1, SECONDS * RATE - 2))  # After the last, nothing is left to stop.
@settings(max_examples=6)
def test_run_that_is_killed_and_gone_on_with_keeps_every_map(case: Case, cancel_at: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "s.db"
        cancel = CancelToken()
        patch.setattr(Mapper, "cancel_at", cancel_at)
        patch.setattr(Mapper, "token", cancel)
        with Store.open(path) as store:
            request = AnalyseRequest(case.title.path, store.url, detectors=(NAME,))
            with pytest.raises(CancelledError):
                analyse(request, store, cancel=cancel, checkpoint_s=0.0)
            first = store.runs.latest(case.title.fingerprint)
            patch.setattr(Mapper, "token", None)
            run = analyse(request, store).run_id
            assert first is not None
            assert run == first.id
        backup(path, Path(folder) / "copy.db")
        with Store.open(path) as store:
            store.tracks.truncate_after(run, 0.0)
            assert not store.tracks.load(run, [NAME], maps=True)
        restore(Path(folder) / "copy.db", path)
        with Store.open(path) as store:
            (kept,) = store.tracks.load(run, [NAME], maps=True)
            assert_same(kept, case.whole)
            middle = len(kept) // 2
            near = store.tracks.map_near(run, NAME, kept.stream, int(kept.pts[middle]) + 1)
            assert near is not None
            np.testing.assert_array_equal(near[1], maps_of(case.whole)[middle])
