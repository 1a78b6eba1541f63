"""The experiment on masks over video: prices, corrections, baselines, rounds, resuming, words."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core.annotation.click import labelling_clicks
from core.annotation.granularity import Granularity
from core.domain.errors import KnownError
from core.domain.mask import UNSAID
from core.learning.mask.ask import pieces_of
from core.learning.mask_experiment.baseline import from_nothing, key_frames
from core.learning.mask_experiment.correction import corrected, edits_between, finish
from core.learning.mask_experiment.course import Order, experiment
from core.learning.mask_experiment.finding import alone, course_way, simple_ways
from core.learning.mask_experiment.measure import (
    class_ious,
    clicks_to,
    confusion,
    interval,
    mean_iou,
)
from core.learning.mask_experiment.protocol import Protocol, read_protocol
from core.learning.mask_experiment.report import curves, markdown, sentence
from core.learning.mask_experiment.reviewer import Reviewer, answer
from core.learning.mask_experiment.rounds import Course, Ground, Learner, repeat
from core.learning.mask_experiment.sequence import (
    Footage,
    Shelf,
    filled,
    is_there,
    read_footage,
)

Maps = NDArray[np.uint8]


class ByColor(Learner):
    """Stands in for the network: each class is the mean colour of what was said of it."""

    def __init__(self, footage: Footage, course: Course, seed: int) -> None:
        self._frames = footage.frames.astype(np.float32) / 255
        self._means = np.full((footage.class_count, 3), np.nan, np.float32)

    def predict(self) -> NDArray[np.float16]:
        gap = ((self._frames[..., None, :] - self._means) ** 2).sum(axis=-1)
        near = np.where(np.isnan(gap), 0.0, np.exp(-50 * gap)) + 1e-3
        shares: NDArray[np.float16] = (near / near.sum(axis=-1, keepdims=True)).astype(np.float16)
        return shares

    def embed(self, regions: NDArray[np.int32]) -> NDArray[np.float32]:
        found = []
        for number, (where, place) in enumerate(pieces_of(regions).places()):
            sizes = np.bincount(place, minlength=where.stop - where.start)
            channels = self._frames[number].reshape(-1, 3).T
            found.append(np.stack([np.bincount(place, c) / sizes for c in channels], axis=1))
        return np.concatenate(found).astype(np.float32)

    def learn(self, labels: Maps) -> None:
        for number in range(len(self._means)):
            if (labels == number).any():
                self._means[number] = self._frames[labels == number].mean(axis=0)


def square(frames: int = 6, step: int = 0) -> Footage:
    """A red square of 16 x 16 on green, in frames of 48 x 64; it moves by `step` a frame."""
    truth = np.zeros((frames, 48, 64), np.uint8)
    for number in range(frames):
        left = 8 + number * step
        truth[number, 16:32, left : left + 16] = 1
    pictures = np.where(truth[..., None] > 0, (200, 30, 30), (30, 160, 40)).astype(np.uint8)
    return Footage(Shelf("square", "labelled", ""), pictures, truth, truth)


def ground(footage: Footage, good_enough: float = 1.0) -> Ground:
    return Ground(footage, good_enough, (0.8, 0.95))


def test_a_frame_costs_the_corners_of_what_is_drawn() -> None:
    footage = square()
    reviewer = Reviewer(footage.wanted, 2)
    said = reviewer.frame(0, np.zeros((48, 64), np.uint8))
    assert said.clicks == 4
    assert (said.labels == footage.truth[0]).all()


def test_a_frame_that_is_right_takes_one_click_to_accept() -> None:
    footage = square()
    said = Reviewer(footage.wanted, 2).frame(0, footage.truth[0])
    assert said.clicks == 1


def test_a_false_region_is_deleted_and_the_right_one_kept() -> None:
    footage = square()
    shown = footage.truth[0].copy()
    shown[2:6, 40:60] = 1
    said = Reviewer(footage.wanted, 2).frame(0, shown)
    assert said.clicks == 1
    assert (said.labels == footage.truth[0]).all()


def test_drawing_anew_is_taken_where_correcting_costs_more() -> None:
    footage = square()
    comb = footage.truth[0].copy()
    comb[16:32:2, 8:24:2] = 0
    said = Reviewer(footage.wanted, 2).frame(0, comb)
    assert said.clicks == 4


def test_a_reviewer_stops_when_a_frame_is_good_enough() -> None:
    footage = square()
    shown = footage.truth[0].copy()
    shown[16, 8] = 0
    assert Reviewer(footage.wanted, 2, 0.97).frame(0, shown).clicks == 1
    lax = Reviewer(footage.wanted, 2, 0.97).frame(0, shown).labels
    assert lax[16, 8] == 0


def test_a_rectangle_is_filled_in_one_click_and_drawn_where_it_is_mixed() -> None:
    wanted = np.zeros((1, 32, 32), np.uint8)
    wanted[0, :16, :16] = 1
    wanted[0, 16:, :8] = 1
    reviewer = Reviewer(wanted, 2)
    wrong = np.zeros((32, 32), np.uint8)
    full, mixed = (slice(0, 16), slice(0, 16)), (slice(16, 32), slice(0, 16))
    assert reviewer.rectangle(0, full, wrong).clicks == 1
    assert reviewer.rectangle(0, mixed, wrong).clicks == 4
    empty = (slice(0, 16), slice(16, 32))
    assert reviewer.rectangle(0, empty, wrong).clicks == 1


def test_a_mixed_superpixel_costs_one_click_and_stays_partly_wrong() -> None:
    wanted = np.zeros((1, 8, 8), np.uint8)
    wanted[0, :, :5] = 1
    piece = np.ones((8, 8), bool)
    labels, clicks = answer(Reviewer(wanted, 2), "superpixel", 0, piece, np.zeros((8, 8), np.uint8))
    assert clicks == 1
    assert (labels == 1).all()
    counts = confusion(labels.reshape(8, 8), wanted[0], 2)
    assert float(mean_iou(counts)) == pytest.approx((0 + 40 / 64) / 2)


def test_a_superpixel_that_is_shown_better_than_by_one_class_is_accepted() -> None:
    wanted = np.zeros((1, 8, 8), np.uint8)
    wanted[0, :, :5] = 1
    piece = np.ones((8, 8), bool)
    labels, _ = answer(Reviewer(wanted, 2), "superpixel", 0, piece, wanted[0])
    assert (labels.reshape(8, 8) == wanted[0]).all()


def test_all_corrections_together_make_the_truth_at_rising_cost() -> None:
    rng = np.random.default_rng(3)
    wanted = rng.integers(0, 4, (6, 8), np.uint8).repeat(8, 0).repeat(8, 1)
    shown = rng.integers(0, 4, (4, 16), np.uint8).repeat(12, 0).repeat(4, 1)
    edits = edits_between(shown, wanted)
    done = finish(shown[None], wanted[None], confusion(shown, wanted, 4), edits)
    assert (corrected(shown[None], done.order)[0] == wanted).all()
    assert done.values[-1] == pytest.approx(1.0)
    assert done.right[-1] == 1
    assert (np.diff(done.clicks) > 0).all()
    part = corrected(shown[None], done.order[: len(edits) // 2])
    assert float(mean_iou(confusion(part[0], wanted, 4))) == pytest.approx(
        done.values[len(edits) // 2]
    )
    assert done.clicks_to(0.8) <= done.clicks_to(0.95)


def test_what_nobody_knows_counts_nowhere_and_is_drawn_the_easiest_way() -> None:
    truth = np.zeros((1, 8, 12), np.uint8)
    truth[0, :, :4], truth[0, :, 4:6] = 1, UNSAID
    whole = filled(truth)
    assert not (whole == UNSAID).any()
    assert (whole[truth != UNSAID] == truth[truth != UNSAID]).all()
    assert labelling_clicks(whole[0]) == 4
    shown = np.where(truth == 1, 1, 0).astype(np.uint8)
    assert float(mean_iou(confusion(shown, truth, 2))) == 1


def test_a_class_that_the_truth_lacks_is_no_part_of_the_mean() -> None:
    truth = np.zeros((4, 4), np.uint8)
    truth[:2] = 1
    counts = confusion(truth, truth, 3)
    assert math.isnan(class_ious(counts)[2])
    assert float(mean_iou(counts)) == 1


def test_a_target_between_or_beyond_points_is_never_made_up() -> None:
    assert clicks_to(0.9, [0, 10, 20], [0.1, 0.89, 0.95]) == 20
    assert math.isnan(clicks_to(0.96, [0, 10, 20], [0.1, 0.89, 0.95]))


def test_an_interval_covers_the_mean_and_counts_what_was_missed() -> None:
    found = interval([[0.2, 0.3, 0.25], [0.4, math.nan, 0.5]])
    assert (found.missed, found.count) == (1, 6)
    assert found.mean == pytest.approx((0.25 + 0.45) / 2)
    assert found.low <= found.mean <= found.high
    assert math.isnan(interval([[math.nan]]).mean)


def test_key_frames_of_a_still_picture_are_drawn_once_and_then_accepted() -> None:
    footage = square(frames=7)
    point = key_frames(ground(footage), 3)
    assert (point.clicks, point.value) == (4 + 1 + 1, 1.0)
    assert point.finish == {0.8: 0, 0.95: 0}


def test_labelling_from_nothing_costs_what_the_rule_says() -> None:
    footage = square(frames=5, step=4)
    point = from_nothing(ground(footage))
    assert ground(footage).every_frame == 20
    assert point.finish[0.95] == 20
    assert point.finish[0.8] < 20


@pytest.mark.parametrize("granularity", ["frame", "16x16", "superpixel:12"])
@pytest.mark.parametrize("rule", ["hvsa", "random"])
def test_rounds_spend_ever_more_and_show_the_truth_of_easy_things(
    granularity: str, rule: Any
) -> None:
    footage = square(frames=5, step=4)
    course = Course(Granularity.parse(granularity), rule)
    points = repeat(ground(footage), course, ByColor(footage, course, 0), (0.2, 0.5, 3.0), 0)
    spent = [point.clicks for point in points]
    assert spent[0] == 0
    assert spent == sorted(set(spent))
    assert points[-1].value > 0.95
    for point in points:
        assert point.finish[0.8] <= point.finish[0.95]


def small_protocol() -> Protocol:
    video = Shelf(
        "drawn", "corruption", "drawn_city_1002", count=5, window=(96, 64), variant="green"
    )
    courses = (Course(Granularity("frame"), "hvsa"), Course(Granularity("rectangle", 16), "random"))
    other = Shelf("elsewhere", "labelled", "seg/none", "seg/none")
    return Protocol("Small", (0, 1), (0.8, 0.95), 0.97, (0.1, 0.4), (2, 3), courses, (video, other))


class StoppedError(Exception):
    """Somebody stopped the experiment."""


def untimed(table: dict[str, Any]) -> dict[str, Any]:
    found = json.loads(json.dumps(table))
    for run in found["runs"]:
        for point in run["points"]:
            del point["seconds"]
    return dict(found)


def test_an_experiment_that_was_stopped_goes_on_to_the_same_figures(tmp_path: Path) -> None:
    protocol = small_protocol()
    whole = experiment(
        Order(protocol, None, tmp_path / "whole", (0, 1), 2), ByColor, lambda share, what: None
    )
    assert len(whole["runs"]) == whole["runs_wanted"] == 4
    made = []

    def counted(footage: Footage, course: Course, seed: int) -> Learner:
        made.append(seed)
        return ByColor(footage, course, seed)

    def stop(share: float, what: str) -> None:
        if share >= 0.5:
            raise StoppedError

    order = Order(protocol, None, tmp_path / "parts", (0, 1), 2)
    with pytest.raises(StoppedError):
        experiment(order, counted, stop)
    assert len(made) == 2
    again = experiment(order, counted, lambda share, what: None)
    assert len(made) == 4
    assert untimed(again) == untimed(whole)


def test_when_time_is_over_what_there_is_gets_reported(tmp_path: Path) -> None:
    order = Order(small_protocol(), None, tmp_path, (0, 1), 2, minutes=0.0)
    table = experiment(order, ByColor, lambda share, what: None)
    assert table["runs"] == []
    assert table["runs_wanted"] == 4
    said = markdown(table, {"corruption": "a.svg"})
    assert "No rounds were run yet." in said
    assert "0 of 4 repetitions" in said


def test_a_folder_of_another_experiment_is_left_alone(tmp_path: Path) -> None:
    protocol = small_protocol()
    quick = Order(protocol, None, tmp_path, (0,), 1, minutes=0.0)
    experiment(quick, ByColor, lambda share, what: None)
    with pytest.raises(KnownError, match="another"):
        experiment(
            Order(protocol, None, tmp_path, (0,), 1, minutes=0.0, frames=4),
            ByColor,
            lambda share, what: None,
        )


def point(clicks: int, value: float, left: float | None) -> dict[str, Any]:
    return {
        "clicks": clicks,
        "pieces": 1,
        "value": value,
        "labelled": value,
        "finish": {"0.8": 0.0 if value >= 0.8 else 5.0, "0.95": left},
        "seconds": 1.0,
    }


def made_up(last: float | None) -> dict[str, Any]:
    keys = {"2": point(50, 0.9, 10.0), "4": point(15, 0.85, 30.0)}
    video = {
        "name": "v",
        "kind": "labelled",
        "frames": 9,
        "width": 8,
        "height": 8,
        "classes": 2,
        "every_frame": 100,
        "from_nothing": point(0, 0.5, 80.0),
        "key_frames": keys,
    }
    points = [point(0, 0.5, 90.0), point(10, 0.7, 30.0), point(20, 0.85, last)]
    run = {
        "video": "v",
        "course": "16x16 hvsa",
        "granularity": "16x16",
        "rule": "hvsa",
        "consistency": True,
        "seed": 0,
        "points": points,
    }
    return {
        "version": 1,
        "title": "t",
        "targets": [0.8, 0.95],
        "shares": [0.1, 0.2],
        "good_enough": 0.97,
        "videos": [video],
        "missing": ["far away"],
        "runs": [run],
        "runs_wanted": 1,
    }


def test_the_cheapest_stop_and_distance_are_taken_and_everything_is_counted() -> None:
    table = made_up(4.0)
    (ours,) = course_way(table, "labelled", "16x16 hvsa", 0.95)
    assert (ours.stop, ours.shares["v"]) == (2, [0.24])
    ways = simple_ways(table, "labelled", 0.95)
    assert [way.shares["v"][0] for way in ways] == [0.8, 0.9, 0.45]
    assert ways[-1].stop == 4
    assert "24 % of the clicks" in sentence(table)


def test_a_target_that_was_not_reached_is_said_and_not_guessed() -> None:
    table = made_up(None)
    assert math.isnan(alone(table, "labelled", "16x16 hvsa", 0.95).mean)
    (ours,) = course_way(table, "labelled", "16x16 hvsa", 0.95)
    assert (ours.stop, ours.shares["v"]) == (1, [0.4])
    said = markdown(table, {"labelled": "images/labelled.svg"})
    assert "not reached (0 of 1)" in said
    assert "is missed on the mean" in said
    assert "Not there when this was run: far away." in said
    assert "images/labelled.svg" in said


def test_curves_show_the_granularity_the_key_frames_and_the_targets() -> None:
    drawn = curves(made_up(4.0), "labelled")
    assert drawn.startswith("<svg")
    for word in ("16x16", "key frames", "95 %"):
        assert f">{word}<" in drawn


def test_the_shipped_protocol_has_every_granularity_and_rule_and_runs_anywhere() -> None:
    protocol = read_protocol()
    asked = {(str(c.granularity), c.rule) for c in protocol.courses if c.consistency and c.carried}
    sizes = {size for size, _ in asked}
    assert len(sizes) == 5
    assert len(asked) == 20
    assert any(not course.consistency for course in protocol.courses)
    drawn = [shelf for shelf in protocol.videos if is_there(shelf, None)]
    assert len(drawn) >= 2
    assert len(protocol.seeds) >= 5


def test_damage_that_is_made_here_is_known_cell_by_cell() -> None:
    shelf = Shelf("d", "corruption", "drawn_city_1002", count=9, window=(96, 64), variant="green")
    footage = read_footage(shelf, None)
    assert footage.frames.shape == (9, 64, 96, 3)
    assert not footage.truth[0].any()
    assert footage.truth[4].any()
    cells = footage.truth.reshape(9, 8, 8, 12, 8)
    assert (cells.max(axis=(2, 4)) == cells.min(axis=(2, 4))).all()


def test_labelled_folders_are_read_in_order_with_their_middle_and_void(tmp_path: Path) -> None:
    for folder in ("pictures", "maps"):
        (tmp_path / folder).mkdir()
    for number in range(6):
        picture = np.full((20, 30, 3), (0, 0, 10 * number), np.uint8)
        labels = np.full((20, 30), number % 3, np.uint8)
        labels[0], labels[10, 15] = 9, 7
        cv2.imwrite(str(tmp_path / "pictures" / f"{number}.png"), picture)
        cv2.imwrite(str(tmp_path / "maps" / f"{number}.png"), labels)
    shelf = Shelf(
        "l",
        "labelled",
        "pictures",
        "maps",
        first=1,
        count=2,
        step=2,
        window=(20, 10),
        classes=("a", "b", "c"),
        values=(0, 1, 2),
    )
    footage = read_footage(shelf, tmp_path)
    assert footage.frames.shape == (2, 10, 20, 3)
    assert footage.frames[:, 0, 0, 0].tolist() == [10, 30]
    assert footage.truth[0, 5, 10] == UNSAID
    assert footage.truth[1, 0, 0] == 0
    (tmp_path / "pictures" / "3.png").unlink()
    with pytest.raises(KnownError, match=r"3\.png"):
        read_footage(shelf, tmp_path)
