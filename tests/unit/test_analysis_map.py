"""Maps on their way from a detector's rows into its track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from helpers.measure import FRAME, TICK, event_samples, video
from numpy.typing import NDArray

from core.analysis import meter
from core.analysis.meter import Recorder, Window
from core.catalog.table import spec_of
from core.cli.detectors import describe
from core.detectors.base import Detector, Row, Sample
from core.domain.track import join_tracks

SPEC = replace(spec_of("black"), maps=True)


def map_at(pts: int, rows: int = 3) -> NDArray[np.uint8]:
    return np.full((rows, 5), pts // FRAME, np.uint8)


class Mapper(Detector):
    """A map a frame, which says the frame's number."""

    id = "black"

    def reset(self) -> None:
        self.seen = 0

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        pts = views["events"].pts
        return [Row(pts, (0.0,) * len(SPEC.metrics), self.map_of(pts))]

    def map_of(self, pts: int) -> NDArray[Any] | None:
        return map_at(pts)


class Grows(Mapper):
    def map_of(self, pts: int) -> NDArray[Any] | None:
        return map_at(pts, 3 + (pts == 4 * FRAME))


class Forgets(Mapper):
    def map_of(self, pts: int) -> NDArray[Any] | None:
        return map_at(pts) if pts != 4 * FRAME else None


class Floats(Mapper):
    def map_of(self, pts: int) -> NDArray[Any] | None:
        return map_at(pts).astype(np.float32)


class Flat(Mapper):
    def map_of(self, pts: int) -> NDArray[Any] | None:
        return map_at(pts).ravel()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[type[Detector]]:
    kinds: list[type[Detector]] = [Mapper]
    monkeypatch.setattr(meter, "detector_class", lambda _name: kinds[-1])
    return kinds


def test_each_row_keeps_its_map_however_they_are_taken(made: list[type[Detector]]) -> None:
    recorder = Recorder(SPEC, video(), Window(start=2 * FRAME))
    pieces = []
    for i, views in enumerate(event_samples(10, {})):
        recorder.measure(views, i / 25)
        if i in (3, 4, 8):
            pieces.append(recorder.take(None))
    pieces.append(recorder.take(10 * FRAME))
    track = join_tracks([*filter(None, pieces), recorder.nothing(10 * FRAME)])
    assert track.pts.tolist() == [i * FRAME for i in range(2, 10)]
    assert track.maps is not None
    np.testing.assert_array_equal(track.maps, np.stack([map_at(int(p)) for p in track.pts]))
    assert track.base == TICK


@pytest.mark.expect_log("detector black stopped")
@pytest.mark.parametrize(
    ("kind", "rows"), [(Grows, 4), (Forgets, 4), (Floats, 0), (Flat, 0)], ids=lambda v: str(v)
)
def test_a_map_that_does_not_fit_stops_its_detector(
    made: list[type[Detector]], kind: type[Detector], rows: int
) -> None:
    made.append(kind)
    recorder = Recorder(SPEC, video(), Window())
    for i, views in enumerate(event_samples(6, {})):
        recorder.measure(views, i / 25)
    track = recorder.take(6 * FRAME)
    assert (0 if track is None else len(track)) == rows
    assert "mistake of its own" in recorder.fault


@pytest.mark.expect_log("detector black stopped")
def test_a_map_that_the_spec_does_not_announce_stops_its_detector(
    made: list[type[Detector]],
) -> None:
    recorder = Recorder(spec_of("black"), video(), Window())
    recorder.measure(event_samples(1, {})[0], 0.0)
    assert "comes with a map" in recorder.fault


def test_rows_differ_when_only_their_maps_do() -> None:
    row = Row(3, (1.0,), map_at(FRAME))
    assert row == Row(3, (1.0,), map_at(FRAME))
    assert row != Row(3, (1.0,), map_at(2 * FRAME))
    assert row != Row(3, (1.0,))
    assert Row(3, (1.0,)) == Row(3, (1.0,))
    assert len({row, Row(3, (1.0,), map_at(FRAME))}) == 1


def test_the_table_says_which_detectors_make_maps() -> None:
    assert describe(SPEC)["maps"] is True
    assert describe(spec_of("black"))["maps"] is False
