"""Clips of clean content that looks damaged, and clean twins of damaged files by their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.scenery import moving_planes
from numpy.typing import NDArray

from core.domain.defect import DEFECTS
from core.evaluation import decoy_clip, record
from core.evaluation.decoy_clip import (
    HARD_NEGATIVES,
    MAKING,
    DecoyClip,
    make_decoy_clip,
    plan_decoys,
    scene_of,
)
from core.evaluation.record import module_digest
from core.evaluation.reference import twin_of
from core.evaluation.report import answers_of
from core.evaluation.run import Evaluated, Order, evaluate
from core.evaluation.score import report_on
from core.evaluation.source import Kind, find_sources
from core.media.writer import write_title
from core.simulate import decoy
from core.simulate.decoy import DECOYS
from core.simulate.kind import Picture
from core.simulate.split import split_of

TRIED = ("glitch", "mosaic", "wipe")


def film(frames: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    for plane in moving_planes(frames, seed=seed):
        large = cv2.resize(plane, (464, 260), interpolation=cv2.INTER_LINEAR)
        yield np.repeat(large[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two films of 5 s, and a photograph."""
    root = tmp_path_factory.mktemp("clean")
    write_title(root / "town.mp4", film(125, 1), 25, None, crf=20)
    write_title(root / "road.mp4", film(125, 2), 25, None, crf=20)
    photo = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    cv2.imwrite(str(root / "view.jpg"), cv2.GaussianBlur(photo, (0, 0), 4))
    return root


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoy_clip, "SIZE", (160, 96))
        patch.setattr(decoy_clip, "LARGE_SIZE", (192, 128))
        patch.setattr(decoy_clip, "SECONDS", 2.0)
        patch.setattr("core.evaluation.excerpt.PHOTO_SIZE", (160, 90))
        patch.setattr("core.evaluation.run.plan_trials", lambda *_arguments: [])
        tried = {"blockiness": TRIED}
        for module in ("decoy_clip", "run", "score", "report"):
            patch.setattr(f"core.evaluation.{module}.HARD_NEGATIVES", tried)
        yield


@pytest.fixture(scope="module")
def done(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    return evaluate(order(folder, tmp_path_factory.mktemp("work")))


def order(folder: Path, work: Path) -> Order:
    detectors = ("black", "blockiness")
    return Order((folder,), (), detectors, work, "all", 1, 1, False, 1, decoys=2)


def decoyed(done: Evaluated) -> list[record.Result]:
    return [r for r in done.results if r.trial is not None and "decoy" in r.trial]


def test_every_decoy_is_shown_in_clips_of_different_sources(done: Evaluated) -> None:
    for name in TRIED:
        mine = [r for r in decoyed(done) if r.trial is not None and r.trial["decoy"] == name]
        assert len({r.name for r in mine}) == 2
        assert {r.kind for r in mine} == {Kind.FILMED, Kind.PHOTO}
        assert [r.seconds["video"] for r in mine] == pytest.approx([2.0, 2.0])
    alarms = report_on("blockiness", done.results).decoys
    assert {name: one.files for name, one in alarms.items()} == dict.fromkeys(TRIED, 2)


def test_only_detectors_that_it_may_mislead_look_at_it(done: Evaluated) -> None:
    assert {c.detector for r in decoyed(done) for c in r.claims} <= {"blockiness"}
    assert report_on("black", done.results).decoys == {}


def test_a_second_run_makes_and_measures_no_clip_anew(
    done: Evaluated, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("done again")

    monkeypatch.setattr(record, "measure_title", refuse)
    monkeypatch.setattr("core.evaluation.run.make_decoy_clip", refuse)
    assert decoyed(evaluate(order(folder, done.order.work))) == decoyed(done)


def test_the_same_clip_is_made_of_the_same_scene(folder: Path, tmp_path: Path) -> None:
    sources, _ = find_sources([folder], "all")
    reel = plan_decoys(sources, ("blockiness",), 1, 1)[0]
    scenes = [scene_of(reel.source, reel.place, (96, 64))[:8] for _ in range(2)]
    for clip in reel.clips:
        first, second = (coded(clip, scene, tmp_path / "clip.mp4") for scene in scenes)
        assert first == second


def coded(clip: DecoyClip, scene: list[Picture], path: Path) -> bytes:
    make_decoy_clip(clip, lambda _second: scene, path)
    return path.read_bytes()


def test_none_are_made_where_none_are_asked_for_or_nobody_is_misled(folder: Path) -> None:
    sources, _ = find_sources([folder], "all")
    assert plan_decoys(sources, ("black",), 2, 1) == []
    assert plan_decoys(sources, ("blockiness",), 0, 1) == []
    assert plan_decoys([], ("blockiness",), 2, 1) == []


def test_more_clips_than_sources_begin_at_other_places(folder: Path) -> None:
    sources, _ = find_sources([folder], "all")
    reels = plan_decoys(sources, ("blockiness",), 6, 1)
    assert [reel.source for reel in reels[:3]] == [reel.source for reel in reels[3:]]
    assert len({reel.place for reel in reels}) == 6
    assert len({clip.seed for reel in reels for clip in reel.clips}) == 18


@pytest.mark.parametrize(("rate", "step"), [(25, 1), (30, 1), (50, 2)])
def test_frames_are_consecutive_and_of_twice_the_rate_every_other(
    rate: int, step: int, tmp_path: Path
) -> None:
    pictures = np.zeros((120, 64, 256, 3), np.uint8)
    for number, picture in enumerate(pictures):
        picture[:, 2 * number : 2 * number + 4] = 255
    write_title(tmp_path / "sweep.mp4", pictures, rate, None, crf=10)
    source = find_sources([tmp_path], "all")[0][0]
    shown = scene_of(source, 3, (256, 64))
    places = [np.flatnonzero(picture.luma[32] > 128).mean() for picture in shown]
    assert len(places) == 50
    assert np.diff(places) == pytest.approx(2 * step, abs=0.6)


def test_small_film_is_cut_to_shape_and_not_enlarged(folder: Path) -> None:
    source = next(s for s in find_sources([folder], "all")[0] if s.name == "town.mp4")
    shown = scene_of(source, 1, (1280, 720))
    assert shown[0].luma.shape == (260, 462)


def test_what_looks_for_corrupted_blocks_is_tried_on_all_decoys() -> None:
    assert set(HARD_NEGATIVES) <= set(DEFECTS)
    assert HARD_NEGATIVES["block_corruption"] == HARD_NEGATIVES["blockiness"] == DECOYS


def test_a_change_of_any_module_of_decoys_makes_clips_anew() -> None:
    made_of = {p.stem for p in Path(decoy.__file__).parent.glob("decoy*.py")}
    assert {f"core.simulate.{name}" for name in made_of} <= set(MAKING)
    assert module_digest(*MAKING) != module_digest(*MAKING[1:])


@pytest.mark.parametrize(
    ("damaged", "files", "twin"),
    [
        ("a_D_P_LOST.264", ["a.264", "a_D.264", "a_D_P_LOST.264"], "a_D.264"),
        (
            "town_distorted.mp4",
            ["town.mp4", "town_pristine.mp4", "road_pristine.mp4"],
            "town_pristine.mp4",
        ),
        ("map_distorted.mp4", ["map.mp4", "map_valid.mp4", "road_valid.mp4"], "map_valid.mp4"),
        ("map_distorted.mp4", ["map_pristine.mkv", "map.mp4"], None),
        ("steel_stereo_cut.wav", ["steel_stereo.wav", "steel_stereo_lp7.wav"], "steel_stereo.wav"),
        ("lost.264", ["pristine.264"], None),
    ],
)
def test_a_clean_twin_is_known_by_its_name(
    damaged: str, files: list[str], twin: str | None
) -> None:
    found = twin_of(Path("broken") / damaged, [Path("clean") / name for name in files])
    assert (None if found is None else found.name) == twin


def test_a_twin_that_is_not_measured_otherwise_is_looked_at(folder: Path, tmp_path: Path) -> None:
    broken, clean = tmp_path / "broken", tmp_path / "clean"
    broken.mkdir()
    clean.mkdir()
    side = "dev" if split_of("lane_clean") == "test" else "test"
    other = next(f"view{n}" for n in range(99) if split_of(f"view{n}") == side)
    for path in (broken / "lane_lost.mp4", clean / "lane_clean.mp4"):
        path.write_bytes((folder / "town.mp4").read_bytes())
    (clean / f"{other}.jpg").write_bytes((folder / "view.jpg").read_bytes())
    done = evaluate(
        Order((clean,), (broken,), ("blockiness",), tmp_path / "w", side, 1, 1, False, 1, decoys=0)
    )
    real, twin = (r for r in done.results if r.kind in ("real", "reference"))
    assert (real.name, real.twin) == ("lane_lost.mp4", "lane_clean.mp4")
    assert twin.name == real.twin
    assert answers_of(real, done)["blockiness"].twin_flags == 0
    assert set(report_on("blockiness", done.results).alarms) == {"photo"}
