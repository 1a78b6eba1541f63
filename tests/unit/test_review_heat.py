"""Stored heat maps as the desk asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import FINGERPRINT, make_title

from core.catalog.table import spec_of
from core.domain.errors import KnownError
from core.domain.run import Run, RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.review import heat
from core.review.heat import HeatSource, heat_detectors
from core.store.store import Store

TICK = Fraction(1, 90000)
FRAME = 3600
ROWS, COLUMNS = 34, 60


@pytest.fixture
def title() -> Title:
    return make_title()


@pytest.fixture
def store(tmp_path: Path, title: Title) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        opened.titles.put(title)
        yield opened


def keep(
    store: Store, first: int, stop: int, value: int, span: bool = False, shape: int = COLUMNS
) -> Run:
    """A finished run with a map every third frame, from frame `first` to `stop`."""
    pts = np.arange(first, stop, 3, dtype=np.int64) * FRAME
    maps = np.full((len(pts), ROWS, shape), value, np.uint8)
    maps[:, 0, 0] = np.arange(len(pts))
    track = Track("black", 0, TICK, pts, stop * FRAME, {"a": pts.astype(np.float32)}, maps)
    stretch = Span(first * FRAME, stop * FRAME, TICK) if span else None
    run = store.runs.start(FINGERPRINT, ("black",), stretch)
    store.tracks.append(run.id, track)
    store.runs.finish(run.id, RunState.DONE)
    found = store.runs.get(run.id)
    assert found is not None
    return found


def told(source: HeatSource, frame: int) -> tuple[int, int, int] | None:
    """Frame that was looked at, its number in its run, and what its run says everywhere."""
    found = source.near(frame * FRAME)
    if found is None:
        return None
    return found.pts // FRAME, int(found.values[0, 0]), int(found.values[5, 5])


def test_the_map_is_that_of_the_frame_looked_at_last(store: Store, title: Title) -> None:
    source = HeatSource(store, title, keep(store, 6, 30, 9), detector="black")
    assert told(source, 5) is None
    assert told(source, 6) == (6, 0, 9)
    assert told(source, 8) == (6, 0, 9)
    assert told(source, 29) == (27, 7, 9)
    assert told(source, 30) is None
    near = source.near(7 * FRAME)
    assert near is not None
    assert (near.base, near.width, near.height) == (TICK, 1920, 1080)
    assert near.at(32, 0) == pytest.approx(9 / 255)


def test_a_stretch_analysed_later_lies_over_the_rest(store: Store, title: Title) -> None:
    whole = keep(store, 0, 30, 9)
    source = HeatSource(store, title, whole, detector="black")
    keep(store, 10, 20, 5, span=True)
    expected = {9: (9, 3, 9), 10: (10, 0, 5), 19: (19, 3, 5), 20: (18, 6, 9), 21: (21, 7, 9)}
    assert {frame: told(source, frame) for frame in expected} == expected


def test_a_run_of_a_stretch_shows_the_rest_below_it(store: Store, title: Title) -> None:
    keep(store, 0, 30, 9)
    source = HeatSource(store, title, keep(store, 10, 20, 5, span=True), detector="black")
    assert told(source, 3) == (3, 1, 9)
    assert told(source, 12) == (10, 0, 5)


def test_run_under_way_shows_what_it_has_so_far(store: Store, title: Title) -> None:
    run = store.runs.start(FINGERPRINT, ("black",))
    source = HeatSource(store, title, run, detector="black")
    assert told(source, 3) is None
    pts = np.array([0, 3 * FRAME], np.int64)
    maps = np.full((2, ROWS, COLUMNS), 7, np.uint8)
    store.tracks.append(run.id, Track("black", 0, TICK, pts, 5 * FRAME, {}, maps))
    assert told(source, 4) == (3, 7, 7)


def test_there_are_no_maps_of_other_detectors_streams_or_sizes(store: Store, title: Title) -> None:
    run = keep(store, 0, 30, 9)
    other = replace(title.video[0], index=3)
    assert HeatSource(store, title, run, detector="freeze").near(0) is None
    assert HeatSource(store, title, run, other, "black").near(0) is None
    assert HeatSource(store, replace(title, video=()), run, detector="black").near(0) is None
    small = keep(store, 0, 30, 9, shape=COLUMNS - 1)
    assert HeatSource(store, title, small, detector="black").near(0) is None


def test_maps_come_from_the_detector_that_makes_them(
    store: Store, title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = {"freeze": spec_of("freeze"), "black": replace(spec_of("black"), maps=True)}
    monkeypatch.setattr(heat, "DETECTORS", table)
    assert heat_detectors() == ("black",)
    run = keep(store, 0, 30, 9)
    assert told(HeatSource(store, title, run), 0) == (0, 0, 9)
    del table["black"]
    assert HeatSource(store, title, run).near(0) is None


def test_damaged_map_is_said_in_a_sentence(store: Store, title: Title) -> None:
    source = HeatSource(store, title, keep(store, 0, 30, 9), detector="black")
    store.database.write(lambda c: c.exec_driver_sql("UPDATE tracks SET maps = x'00'"))
    with pytest.raises(KnownError, match="damaged"):
        source.near(0)
