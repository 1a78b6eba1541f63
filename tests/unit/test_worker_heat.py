"""Heat maps of single frames, with something simpler than a network looking."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import HEIGHT, WIDTH, make_clip
from numpy.typing import NDArray

from core.domain.errors import CancelledError, KnownError
from core.domain.heat import CELL_PX, heat_shape
from core.domain.title import Title
from core.jobs.progress import CancelToken, ignore_progress
from core.jobs.request import HeatRequest, HeatResult
from core.media.reader import VideoReader
from core.worker import heat as heat_module
from core.worker import runner
from core.worker.heat import HeatMaker


@dataclass
class Told:
    map: NDArray[np.float32]


class Light:
    """Takes light for damage: the mean of each cell."""

    opened = 0

    def __init__(self) -> None:
        type(self).opened += 1
        self.seen: list[NDArray[np.uint8]] = []

    def see(self, rgb: NDArray[np.uint8]) -> Told:
        self.seen.append(rgb)
        return Told(light_of(rgb))


def light_of(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    rows, columns = heat_shape(rgb.shape[1], rgb.shape[0])
    found = np.zeros((rows, columns), np.float32)
    for row in range(rows):
        for column in range(columns):
            top, left = row * CELL_PX, column * CELL_PX
            found[row, column] = rgb[top : top + CELL_PX, left : left + CELL_PX].mean() / 255
    return found


@pytest.fixture(scope="module")
def title(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture
def eye() -> type[Light]:
    class Fresh(Light):
        opened = 0

    return Fresh


@pytest.fixture
def maker(eye: type[Light]) -> Iterator[HeatMaker]:
    made = HeatMaker(eye)
    yield made
    made.close()


def ask(maker: HeatMaker, title: Title, pts: int, path: Path | None = None) -> HeatResult:
    request = HeatRequest(path or title.path, pts, title.video[0].index)
    return maker.make(request, CancelToken())


@pytest.mark.parametrize("frame", [0, 7, 60, 33, 124])
def test_the_map_is_of_the_very_frame_that_is_on_screen(
    maker: HeatMaker, title: Title, frame: int
) -> None:
    stream = title.video[0]
    step = round(1 / 25 / stream.base)
    with VideoReader(title.path, stream) as reader:
        wanted = reader.frame_at(frame * step)
    heat = ask(maker, title, frame * step + step // 2).heat
    assert (heat.pts, heat.base) == (wanted.pts, stream.base)
    assert (heat.width, heat.height) == (WIDTH, HEIGHT)
    light = light_of(wanted.rgb_stored())
    np.testing.assert_allclose(heat.values, light * 255, atol=0.51)
    assert heat.at(WIDTH - 1, 0) == pytest.approx(light[0, -1], abs=0.003)


def test_file_and_network_stay_open_for_the_next_frame(
    maker: HeatMaker, title: Title, eye: type[Light], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    class Counted(VideoReader):
        def __init__(self, path: Path, *arguments: object, **others: object) -> None:
            opened.append(path)
            super().__init__(path, *arguments, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(heat_module, "VideoReader", Counted)
    ask(maker, title, 0)
    ask(maker, title, 9000)
    assert (len(opened), eye.opened) == (1, 1)


def test_a_file_that_was_replaced_is_opened_anew(
    maker: HeatMaker, title: Title, tmp_path: Path
) -> None:
    path = tmp_path / "copy.mp4"
    shutil.copy(title.path, path)
    late = round(3.5 / title.video[0].base)
    assert ask(maker, title, late, path).heat.values.max() > 60
    make_clip(tmp_path / "other.mp4", 2.0)  # Its last picture is black.
    path.write_bytes((tmp_path / "other.mp4").read_bytes())
    assert ask(maker, title, late, path).heat.values.max() == 0


def test_what_cannot_be_looked_at_is_said(maker: HeatMaker, title: Title, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"nowhere\.mp4 cannot be read"):
        ask(maker, title, 0, tmp_path / "nowhere.mp4")
    with pytest.raises(KnownError, match="no picture stream 7"):
        maker.make(HeatRequest(title.path, 0, 7), CancelToken())
    assert ask(maker, title, 0).heat.pts == 0


def test_missing_weights_are_said_each_time_and_found_once_they_are_there(title: Title) -> None:
    lacking = [True]

    def open_eye() -> Light:
        if lacking[0]:
            raise KnownError("There are no weights.")
        return Light()

    maker = HeatMaker(open_eye)
    for _ in range(2):
        with pytest.raises(KnownError, match="no weights"):
            ask(maker, title, 0)
    lacking[0] = False
    assert ask(maker, title, 0).heat.pts == 0
    maker.close()


def test_cancelled_request_looks_at_nothing(
    maker: HeatMaker, title: Title, eye: type[Light]
) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        maker.make(HeatRequest(title.path, 0, 0), cancel)
    assert eye.opened == 0


def test_request_and_result_cross_to_another_process(
    maker: HeatMaker, title: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_heat_maker", maker)
    request = pickle.loads(pickle.dumps(HeatRequest(title.path, 3600, title.video[0].index)))
    made = runner.run_request(request, ignore_progress, CancelToken())
    result = pickle.loads(pickle.dumps(made))
    assert isinstance(result, HeatResult)
    assert isinstance(made, HeatResult)
    np.testing.assert_array_equal(result.heat.values, made.heat.values)
    assert result.heat.pts == made.heat.pts
