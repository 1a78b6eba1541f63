"""Shuttle, unrolled loops, the picture queue, frame numbers, geometry and typed places."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.player.geometry import HIGHEST_ZOOM, Viewport
from gui.player.picture_queue import Picture, PictureQueue
from gui.player.plan import PlayPlan
from gui.player.shuttle import is_audible, next_speed
from gui.player.source import FrameSource
from gui.player.timecode_field import parse_place

BASE = Fraction(1, 90000)
PIXELS = np.zeros((2, 2, 4), np.uint8)


@pytest.mark.parametrize(
    ("keys", "speed"),
    [
        ("l", 1), ("ll", 2), ("lll", 4), ("llll", 8), ("lllll", 8),
        ("j", -1), ("jjjj", -8), ("jjjjj", -8),
        ("llj", -1), ("jjl", 1), ("lllk", 0), ("lkl", 1),
    ],
)  # fmt: skip
def test_presses_of_jkl_give_the_speeds_of_the_shuttle(keys: str, speed: float) -> None:
    now = 0.0
    for key in keys:
        now = next_speed(now, {"j": -1, "k": 0, "l": 1}[key])
    assert now == speed


def test_the_shuttle_goes_on_from_speeds_in_between() -> None:
    assert next_speed(1.5, 1) == 2
    assert next_speed(0.5, 1) == 1
    assert next_speed(4.0, 1, slow=True) == 0.5


@pytest.mark.parametrize(
    ("speed", "heard"), [(0.5, True), (1, True), (2, True), (0.25, False), (4, False), (-1, False)]
)
def test_sound_is_heard_from_half_to_double_speed_forwards(speed: float, heard: bool) -> None:
    assert is_audible(speed) is heard


def test_loops_unroll_and_fold_back() -> None:
    plan = PlayPlan(1, 10.5, 1.0, (10.0, 12.0))
    assert plan.looping
    assert [plan.media_time(t) for t in (10.5, 11.9, 12.0, 13.5, 14.25)] == [
        10.5, 11.9, 10.0, 11.5, 10.25,
    ]  # fmt: skip
    assert plan.lap_start(2) == 4.0


def test_sound_that_joins_a_later_lap_starts_at_its_place_in_the_loop() -> None:
    joined = PlayPlan(1, 10.0, 1.0, (10.0, 12.0)).joined(7, 15.5)
    assert (joined.generation, joined.start_s, joined.run_start_s) == (7, 11.5, 15.5)


@pytest.mark.parametrize(
    "plan", [PlayPlan(1, 12.0, 1.0, (10.0, 12.0)), PlayPlan(1, 11.0, -1.0, (10.0, 12.0))]
)
def test_a_loop_that_cannot_come_round_is_ignored(plan: PlayPlan) -> None:
    assert not plan.looping
    assert plan.media_time(500.0) == 500.0


def picture(run_s: float) -> Picture:
    return Picture(int(run_s * 1000), int(run_s * 1000) + 40, Fraction(1, 1000), PIXELS, run_s)


def test_the_newest_due_picture_is_taken_and_those_before_it_count_as_skipped() -> None:
    queue = PictureQueue()
    queue.begin(1)
    for run_s in (0.0, 0.04, 0.08, 0.12):
        assert queue.push(1, picture(run_s))
    assert queue.next_due() == 0.0
    due = queue.take_due(0.09, 1.0)
    assert due.picture is not None
    assert due.picture.run_s == 0.08
    assert due.skipped == 2
    assert queue.take_due(0.1, 1.0).picture is None
    assert queue.next_due() == 0.12


def test_backwards_pictures_are_due_when_time_falls_below_them() -> None:
    queue = PictureQueue()
    queue.begin(1)
    for run_s in (1.0, 0.96, 0.92):
        queue.push(1, picture(run_s))
    due = queue.take_due(0.95, -1.0)
    assert due.picture is not None
    assert due.picture.run_s == 0.96


def test_pictures_of_a_run_that_is_over_are_refused() -> None:
    queue = PictureQueue()
    queue.begin(1)
    queue.push(1, picture(0.0))
    queue.begin(2)
    assert not queue.push(1, picture(0.04))
    assert queue.count == 0
    queue.skip(1)
    assert queue.take_due(9.0, 1.0).skipped == 0


def test_pictures_never_made_count_as_skipped_and_the_end_is_known() -> None:
    queue = PictureQueue()
    queue.begin(3)
    queue.skip(3)
    queue.push(3, picture(0.0))
    queue.end(3)
    assert queue.primed
    assert not queue.finished
    assert queue.take_due(0.0, 1.0).skipped == 1
    assert queue.finished


class ScriptedFrame:
    key = False
    corrupt = False
    nbytes = 100
    base = BASE

    def __init__(self, pts: int) -> None:
        self.pts = pts
        self.end_pts = pts + 1

    def bgra(self, width: int, height: int) -> np.ndarray:
        return np.zeros((height, width, 4), np.uint8)


class ScriptedReader:
    """Gives frames as asked, except those it cannot decode; counts how often it had to seek."""

    def __init__(self, pts: list[int], broken: frozenset[int] = frozenset()) -> None:
        self.all = pts
        self.good = [p for p in pts if p not in broken]
        self.at = -1
        self.seeks = 0
        self.closed = False

    def frame_at(self, pts: int) -> ScriptedFrame:
        self.seeks += 1
        self.at = max(bisect_right(self.good, pts) - 1, 0)
        return ScriptedFrame(self.good[self.at])

    def next_frame(self) -> ScriptedFrame | None:
        if self.at + 1 >= len(self.good):
            return None
        self.at += 1
        return ScriptedFrame(self.good[self.at])

    def close(self) -> None:
        self.closed = True


def go_on() -> None:
    return None


irregular = st.lists(st.integers(1, 9000), min_size=1, max_size=60).flatmap(
    lambda gaps: st.integers(-100000, 10**9).map(
        lambda start: [start + sum(gaps[:n]) for n in range(len(gaps) + 1)]
    )
)


@given(pts=irregular, data=st.data())
def test_any_order_of_requests_gives_the_exact_frames(pts: list[int], data: st.DataObject) -> None:
    keys = sorted({pts[0], *data.draw(st.lists(st.sampled_from(pts), max_size=5))})
    source = FrameSource(
        ScriptedReader(pts), pts, keys, pts[-1] + 3000, BASE, data.draw(st.integers(100, 4000))
    )
    for number in data.draw(st.lists(st.integers(0, len(pts) - 1), max_size=30)):
        assert source.frame(number, go_on).pts == pts[number]
        assert source.number_at(source.time_s(number)) == number
        assert source.number_of(pts[number]) == number
    for span in source.cached_spans():
        assert span.start in pts


@given(pts=irregular, data=st.data())
def test_a_frame_that_cannot_be_decoded_is_stood_in_for_by_an_earlier_one(
    pts: list[int], data: st.DataObject
) -> None:
    broken = frozenset(data.draw(st.lists(st.sampled_from(pts[1:]), max_size=8)))
    source = FrameSource(ScriptedReader(pts, broken), pts, [pts[0]], pts[-1] + 1, BASE, 10**6)
    for number in data.draw(st.lists(st.integers(0, len(pts) - 1), max_size=20)):
        good = [p for p in pts[: number + 1] if p not in broken]
        assert source.frame(number, go_on).pts == good[-1]


def test_stepping_in_what_was_decoded_never_seeks() -> None:
    pts = list(range(0, 300000, 3000))
    reader = ScriptedReader(pts)
    source = FrameSource(reader, pts, [0], 300000, BASE, 10**6)
    source.frame(60, go_on)
    for number in [*range(60, 20, -1), *range(20, 99)]:
        source.frame(number, go_on)
    assert reader.seeks == 1


def test_memory_is_bounded_and_what_is_kept_is_reported() -> None:
    pts = list(range(0, 30000, 100))
    source = FrameSource(ScriptedReader(pts), pts, [0], 30000, BASE, 1000)
    source.frame(200, go_on)
    (span,) = source.cached_spans()
    assert (span.start, span.end) == (pts[191], pts[201])


def test_what_the_check_raises_ends_the_search() -> None:
    pts = list(range(0, 30000, 100))
    source = FrameSource(ScriptedReader(pts), pts, [0], 30000, BASE, 1000)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        source.frame(200, stop)
    assert source.frame(200, go_on).pts == pts[200]


@given(
    zoom=st.floats(0.05, 16),
    x=st.floats(0, 800),
    y=st.floats(0, 600),
    factor=st.floats(1.01, 3),
)
def test_zooming_keeps_the_point_under_the_pointer(
    zoom: float, x: float, y: float, factor: float
) -> None:
    view = Viewport(zoom).geometry((1920, 1080), (800, 600), 1.0)
    inside = view.to_picture(x, y)
    after = Viewport(zoom).zoomed(view, (800, 600), zoom * factor, x, y)
    geometry = after.geometry((1920, 1080), (800, 600), 1.0)
    assert after.zoom is not None
    assert after.zoom <= HIGHEST_ZOOM
    wide = geometry.rect[2] > 800 and view.rect[2] > 800
    tall = geometry.rect[3] > 600 and view.rect[3] > 600
    touches_edge = geometry.left >= -1 or geometry.left + geometry.rect[2] <= 801
    touches_edge |= geometry.top >= -1 or geometry.top + geometry.rect[3] <= 601
    if wide and tall and not touches_edge:
        found = geometry.to_widget(*inside)
        assert found == pytest.approx((x, y), abs=1.0)


def test_a_fitted_picture_keeps_its_shape_and_fills_one_side() -> None:
    geometry = Viewport().geometry((1920, 1080), (800, 600), 2.0)
    left, top, width, height = geometry.rect
    assert (left, width, height) == (0, 800, 450)
    assert top == 75
    assert geometry.zoom == pytest.approx(800 / 1920 * 2)


def test_100_percent_is_one_physical_pixel() -> None:
    geometry = Viewport(1.0).geometry((1920, 1080), (800, 600), 2.0)
    assert geometry.scale == 0.5


@pytest.mark.parametrize(
    ("text", "rate", "seconds"),
    [
        ("00:00:01:05", Fraction(25), Fraction(30, 25)),
        ("10203", Fraction(25), Fraction(62 * 25 + 3, 25)),
        ("62.5", Fraction(25), Fraction(125, 2)),
        ("62s", Fraction(25), Fraction(62)),
        ("5", Fraction(25), Fraction(5, 25)),
        ("1:02", Fraction(0), Fraction(62)),
        ("7", Fraction(0), Fraction(7)),
    ],
)
def test_typed_places_are_understood(text: str, rate: Fraction, seconds: Fraction) -> None:
    assert parse_place(text, rate) == seconds


@pytest.mark.parametrize("text", ["", "abc", "1:2:3:4:5", "00:00:00:99", "..", "-"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_place(text, Fraction(25))
