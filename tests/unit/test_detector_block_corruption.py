"""What is measured of the pictures that the network is shown, and when it is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers import measure
from helpers.clip import make_clip
from helpers.eye import Glance, GreyEye
from helpers.measure import TICK, as_pictures, as_rgb, picture_samples, rows_of, video
from helpers.scenery import moving_planes, still_planes
from numpy.typing import NDArray

from core.analysis.measure import measure_title
from core.analysis.pipeline import analyse
from core.analysis.plan import able
from core.catalog.table import DETECTORS, spec_of
from core.detectors.base import Options, Row, Sample
from core.detectors.block_corruption import BlockCorruptionDetector
from core.domain.errors import KnownError
from core.domain.title import Title
from core.jobs.request import AnalyseRequest
from core.simulate.kind import Picture
from core.store.store import Store

ID = "block_corruption"
NAMES = tuple(metric.name for metric in spec_of(ID).metrics)
MISSING = "There are no weights for block_corruption; `onglass models add` takes a file of them."


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch) -> GreyEye:
    """Stands for the network, whose weights are there."""
    eye = GreyEye()
    monkeypatch.setattr(BlockCorruptionDetector, "open_eye", lambda: eye)
    monkeypatch.setattr(BlockCorruptionDetector, "missing", lambda: "")
    monkeypatch.setattr(BlockCorruptionDetector, "weights_hash", lambda: "c0ffee")
    return eye


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no weights."""
    monkeypatch.setattr(BlockCorruptionDetector, "missing", lambda: MISSING)
    monkeypatch.setattr(BlockCorruptionDetector, "weights_hash", lambda: "")


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", 1.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as store:
        yield store


def samples(planes: list[NDArray[np.uint8]]) -> list[Mapping[str, Sample]]:
    return picture_samples(ID, as_pictures(planes))


def measured(planes: list[NDArray[np.uint8]], options: Options | None = None) -> list[Row]:
    detector = BlockCorruptionDetector(video(), options or Options())
    return rows_of(detector, samples(planes))


def grey_blocks(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    out = plane.copy()
    out[32:64, 96:192] = 128
    return out


def value(row: Row, name: str) -> float:
    return row.values[NAMES.index(name)]


@pytest.mark.usefixtures("eye")
def test_a_look_says_probability_area_place_and_map() -> None:
    planes = moving_planes(25)
    planes[7] = grey_blocks(planes[7])
    rows = measured(planes)
    assert [row.pts // 3600 for row in rows] == [0, 7, 10, 13]
    (row,) = (row for row in rows if value(row, "probability") > 0.5)
    assert row.map is not None
    assert row.map.shape == (6, 10)
    assert np.argwhere(row.map).tolist() == [[1, 3], [1, 4], [1, 5]]
    assert value(row, "area") == pytest.approx(100 * 3 / 60)
    assert value(row, "peak") == pytest.approx(0.9)
    box = [value(row, f"{side}_pct") for side in ("left", "top", "right", "bottom")]
    assert box == pytest.approx([30.0, 100 * 32 / 180, 60.0, 100 * 64 / 180])


@pytest.mark.usefixtures("eye")
def test_a_clear_look_has_an_empty_map_and_no_place() -> None:
    (row,) = measured(moving_planes(1))
    assert row.values == (0.0,) * len(NAMES)
    assert row.map is not None
    assert not row.map.any()


@pytest.mark.usefixtures("eye")
def test_a_box_ends_with_the_picture_where_cells_reach_over_it() -> None:
    plane = moving_planes(1)[0][:, :300].copy()
    plane[160:, 256:] = 128
    (row,) = measured([plane])
    assert (value(row, "right_pct"), value(row, "bottom_pct")) == (100.0, 100.0)


@pytest.mark.usefixtures("eye")
def test_maps_keep_the_shape_of_the_stream_where_pictures_change_their_size() -> None:
    large, small = moving_planes(1)[0], moving_planes(1)[0][:90, :160].copy()
    rows = measured([large, small])
    assert [row.map.shape for row in rows if row.map is not None] == [(6, 10)]
    detector = BlockCorruptionDetector(replace(video(), width=320, height=180))
    (row,) = rows_of(detector, samples([small]))
    assert row.map is not None
    assert row.map.shape == (6, 10)


@pytest.mark.usefixtures("eye")
@pytest.mark.parametrize("size", [(1, 1), (8, 200), (31, 31)])
def test_tiny_pictures_are_looked_at(size: tuple[int, int]) -> None:
    (row,) = measured([np.full(size, 90, np.uint8)])
    assert row.map is not None


def test_colours_are_made_for_frames_that_are_looked_at_only(
    eye: GreyEye, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Picture] = []

    def counted(picture: Picture) -> NDArray[np.uint8]:
        made.append(picture)
        return as_rgb(picture)

    monkeypatch.setattr(measure, "as_rgb", counted)
    rows = measured(still_planes(50, 1.5))
    assert len(rows) == eye.asked == len(made) == 4


def test_every_frame_is_looked_at_when_asked_for(eye: GreyEye) -> None:
    rows = measured(still_planes(10, 1.5), Options(every_frame=True))
    assert [row.pts // 3600 for row in rows] == list(range(10))
    assert eye.asked == 10


def test_probabilities_below_noise_leave_no_trace_in_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Faint:
        def see(self, rgb: NDArray[np.uint8]) -> Glance:
            return Glance(0.004, np.full((6, 10), 0.004, np.float32))

    monkeypatch.setattr(BlockCorruptionDetector, "open_eye", Faint)
    (row,) = measured(moving_planes(1))
    assert row.map is not None
    assert not row.map.any()
    assert value(row, "probability") == pytest.approx(0.004)


@pytest.mark.usefixtures("blind")
def test_without_weights_the_detector_is_left_out_with_a_sentence() -> None:
    specs, left_out = able(tuple(DETECTORS.values()))
    assert {spec.id for spec in specs} == set(DETECTORS) - set(left_out)
    assert left_out[ID] == f"Block corruption was left out. {MISSING}"


@pytest.mark.usefixtures("blind")
def test_asked_for_alone_without_weights_it_is_refused(title: Title) -> None:
    with pytest.raises(KnownError, match=r"was left out\. There are no weights"):
        measure_title(title, [ID])


@pytest.mark.usefixtures("blind")
def test_a_run_without_weights_is_done_and_says_what_was_left_out(
    title: Title, store: Store
) -> None:
    result = analyse(AnalyseRequest(title.path, store.url, detectors=(ID, "blockiness")), store)
    assert list(result.left_out) == [ID]
    assert result.left_out[ID].startswith("Block corruption was left out. ")
    run = store.runs.get(result.run_id)
    assert run is not None
    assert (run.detectors, run.error) == (("blockiness",), "")


@pytest.mark.usefixtures("eye")
def test_a_run_keeps_maps_and_the_hash_of_the_weights(title: Title, store: Store) -> None:
    result = analyse(AnalyseRequest(title.path, store.url, detectors=(ID,)), store)
    run = store.runs.get(result.run_id)
    assert run is not None
    assert (run.weights, result.left_out) == ({ID: "c0ffee"}, {})
    (track,) = store.tracks.load(run.id, maps=True)
    assert track.maps is not None
    assert track.maps.shape == (len(track), 3, 5)
    assert track.base == title.video[0].base != TICK


@pytest.mark.usefixtures("eye")
def test_looking_at_every_frame_is_a_run_of_its_own(title: Title, store: Store) -> None:
    request = AnalyseRequest(title.path, store.url, detectors=(ID,))
    chosen = analyse(request, store).run_id
    every = analyse(replace(request, every_frame=True), store).run_id
    assert [len(store.tracks.load(run)[0]) for run in (chosen, every)][1] == 25
    assert len(store.tracks.load(chosen)[0]) < 25
    assert analyse(request, store).run_id == chosen
    assert analyse(replace(request, every_frame=True), store).run_id == every
