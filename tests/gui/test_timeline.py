"""The timeline tells findings, verdicts and the unknown apart, and can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from helpers.desk_fake import clock, make_flag, make_missed, make_title, make_track
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.catalog.table import DETECTORS
from core.domain.defect import Severity
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.verdict import Decision
from core.review.flag import Flag
from gui import theme
from gui.panes.metrics import MetricsPane
from gui.time_axis import TimeAxis
from gui.timeline.fold import fold_lanes
from gui.timeline.lane import Lane, gaps, make_lanes, measured_stretches
from gui.timeline.lane_view import LaneView
from gui.timeline.paint import flag_rect, paint_flag
from gui.timeline.range_bar import RangeBar
from gui.timeline.thumbnail_pane import ThumbnailPane

WHOLE = ((0.0, 60.0),)


@pytest.fixture
def axis() -> TimeAxis:
    axis = TimeAxis()
    axis.set_extent(0.0, 60.0)
    return axis


@pytest.fixture
def view(qtbot: QtBot, axis: TimeAxis) -> LaneView:
    view = LaneView(axis, clock)
    qtbot.addWidget(view)
    view.resize(700, 90)
    view.set_gutter(100)
    return view


def pixels(widget_image: QImage) -> np.ndarray:
    image = widget_image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine() // 4, 4)
    # The image and its memory are gone when this returns.
    return rows[:, : image.width(), :3].copy()


def painted(flag: Flag, selected: bool = False) -> np.ndarray:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(theme.DARK.surface)
    painter = QPainter(image)
    paint_flag(painter, QRectF(4, 3, 40, 14), flag, theme.DARK, selected)
    painter.end()
    return pixels(image)


# What a lane holds


def test_every_detector_has_a_lane_also_without_findings() -> None:
    lanes = make_lanes((), (), DEFAULT_PROFILE, (0.0, 60.0))
    assert [lane.detector for lane in lanes] == list(DETECTORS)


def test_missed_defects_get_a_lane_that_is_never_unknown() -> None:
    lanes = make_lanes((make_missed(3.0),), (), DEFAULT_PROFILE, (0.0, 60.0))
    assert lanes[-1] == Lane("", "Reviewer", WHOLE, False, lanes[-1].flags)
    assert len(lanes[-1].flags) == 1


def test_lanes_of_a_title_without_picture_say_so() -> None:
    title = replace(make_title(60.0), video=())
    lanes = make_lanes((), (), DEFAULT_PROFILE, (0.0, 60.0), title)
    remarks = {lane.detector: lane.remark for lane in lanes}
    assert remarks["black"] == "no picture in this title"
    assert remarks["silence"] == "not analysed yet"


def test_detector_that_was_left_out_does_not_make_its_medium_look_unanalysed() -> None:
    track = make_track(60.0)
    plain = make_lanes((), (track,), DEFAULT_PROFILE, (0.0, 60.0))
    pair = [lane for lane in plain if lane.detector in ("black", "block_corruption")]
    assert not fold_lanes(pair)[0].analysed
    told = make_lanes((), (track,), DEFAULT_PROFILE, (0.0, 60.0), None, {"block_corruption"})
    pair = [lane for lane in told if lane.detector in ("black", "block_corruption")]
    (folded,) = fold_lanes(pair)
    assert folded.analysed == ((0.0, 60.0),)
    assert "Left out on this machine: Block corruption" in folded.members


def test_flags_of_an_unknown_detector_still_have_a_lane() -> None:
    lanes = make_lanes((make_flag(1.0, detector="gone"),), (), DEFAULT_PROFILE, (0.0, 60.0))
    assert lanes[-1].detector == "gone"


def test_only_what_every_stream_was_measured_for_counts_as_analysed() -> None:
    tracks = (make_track(30.0), make_track(20.0, start_s=5.0))
    assert measured_stretches(tracks, (0.0, 60.0)) == {"black": ((5.0, 25.0),)}


def test_gaps_are_what_is_left() -> None:
    assert gaps(((2.0, 4.0), (6.0, 8.0)), 0.0, 10.0) == ((0.0, 2.0), (4.0, 6.0), (8.0, 10.0))
    assert gaps((), 1.0, 2.0) == ((1.0, 2.0),)
    assert gaps(((0.0, 9.0),), 1.0, 2.0) == ()


def test_disabled_detector_is_said_to_be_off() -> None:
    profile = Profile("p", "P", disabled=frozenset({"black"}))
    lane = make_lanes((), (), profile, (0.0, 60.0))[0]
    assert lane.disabled


def test_detector_that_reads_captions_has_nothing_to_look_at_without_them() -> None:
    assert not make_title(60.0).captions
    lanes = make_lanes((), (), DEFAULT_PROFILE, (0.0, 60.0), make_title(60.0))
    remarks = {lane.detector: lane.remark for lane in lanes}
    caption = [name for name, spec in DETECTORS.items() if "cues" in spec.views]
    assert all(remarks[name] == "no captions in this title" for name in caption)


# Folding

QUIET = tuple(Lane(name, spec.title, WHOLE) for name, spec in DETECTORS.items())


def replaced(name: str, **changes: object) -> tuple[Lane, ...]:
    return tuple(
        replace(lane, **changes) if lane.detector == name else lane  # type: ignore[arg-type]
        for lane in QUIET
    )


def test_lanes_without_flags_share_one_for_each_medium() -> None:
    lanes = fold_lanes(replaced("freeze", flags=(make_flag(1.0, detector="freeze"),)))
    assert [lane.detector for lane in lanes if lane.flags] == ["freeze"]
    assert lanes[0].detector == "freeze"
    assert sum(lane.folded or 1 for lane in lanes) == len(DETECTORS)
    sound = next(lane for lane in lanes if lane.title.endswith("Sound"))
    assert sound.analysed == WHOLE
    assert sound.remark == ""
    assert "Clipping" in sound.members[0]


def test_folded_lane_counts_as_analysed_only_where_all_are() -> None:
    lanes = fold_lanes(replaced("freeze", analysed=((10.0, 30.0),)))
    picture = next(lane for lane in lanes if lane.title.endswith("Picture"))
    assert picture.analysed == ((10.0, 30.0),)
    nothing = fold_lanes(replaced("freeze", analysed=()))
    picture = next(lane for lane in nothing if lane.title.endswith("Picture"))
    assert picture.remark == "not analysed yet"


def test_lane_that_is_off_does_not_hold_the_others_back_but_is_named() -> None:
    lanes = fold_lanes(replaced("freeze", analysed=(), disabled=True))
    picture = next(lane for lane in lanes if lane.title.endswith("Picture"))
    assert picture.analysed == WHOLE
    assert "Off in this profile: Freeze" in picture.members


def test_lanes_that_all_lack_the_same_say_so() -> None:
    lanes = fold_lanes(
        [replace(lane, analysed=(), lacking="no picture in this title") for lane in QUIET]
    )
    assert {lane.remark for lane in lanes if lane.folded} == {"no picture in this title"}


def test_click_on_the_name_of_a_folded_lane_asks_to_unfold(view: LaneView, qtbot: QtBot) -> None:
    view.set_lanes(fold_lanes(QUIET))
    with qtbot.waitSignal(view.fold_clicked):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert "Click the name" in view.tip_at(20, 8)


# How it looks


def test_unknown_is_hatched_and_analysed_is_plain(view: LaneView) -> None:
    view.set_lanes((Lane("black", "Black", ((0.0, 30.0),)),))
    row = pixels(view.grab().toImage())[3:25]
    ground = np.array([theme.current().surface.blue()])
    left = row[:, 130:380, 0]
    right = row[:, 420:680, 0]
    assert (left == ground).mean() > 0.9
    assert (right != ground).mean() > 0.1


VERDICTS: tuple[tuple[str, Callable[[], Flag]], ...] = (
    ("undecided", lambda: make_flag(1.0)),
    ("confirmed", lambda: make_flag(1.0, decision=Decision.CONFIRM)),
    ("rejected", lambda: make_flag(1.0, decision=Decision.REJECT)),
    ("unsure", lambda: make_flag(1.0, decision=Decision.UNSURE)),
    ("orphan", lambda: make_flag(1.0, decision=Decision.CONFIRM, orphan=True)),
)


def test_each_verdict_looks_different_also_without_colour() -> None:
    looks = {name: painted(make()).mean(axis=2) for name, make in VERDICTS}
    names = list(looks)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            assert np.abs(looks[one] - looks[other]).max() > 40, (one, other)


def test_severities_differ_in_height_too() -> None:
    heights = [
        flag_rect(0, 20, 0, 16, make_flag(1.0, severity=severity)).height() for severity in Severity
    ]
    assert heights == sorted(set(heights))


def test_selected_flag_is_outlined() -> None:
    assert np.abs(painted(make_flag(1.0)).astype(int) - painted(make_flag(1.0), True)).max() > 80


def test_shortest_flag_is_three_pixels_wide() -> None:
    assert flag_rect(10.0, 10.01, 0, 14, make_flag(1.0)).width() == 3.0


# Mouse


def click_at(view: LaneView, seconds: float, row: int = 0) -> None:
    y = round((row + 0.5) * view._row_px())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(view.x_of(seconds)), y))


def test_click_selects_the_flag_and_does_not_seek(
    view: LaneView, axis: TimeAxis, qtbot: QtBot
) -> None:
    short = make_flag(10.0, 0.01)
    view.set_lanes((Lane("black", "Black", WHOLE, False, (short,)),))
    view.grab()
    with qtbot.waitSignal(view.flag_clicked) as caught, qtbot.assertNotEmitted(axis.seek_requested):
        click_at(view, 10.0)
    assert caught.args == [short.key]


def test_click_beside_flags_seeks(view: LaneView, axis: TimeAxis, qtbot: QtBot) -> None:
    view.set_lanes((Lane("black", "Black", WHOLE, False, (make_flag(10.0),)),))
    view.grab()
    with qtbot.waitSignal(axis.seek_requested) as caught:
        click_at(view, 40.0)
    assert caught.args[0] == pytest.approx(40.0, abs=0.1)


def test_short_flag_inside_a_long_one_can_be_clicked(view: LaneView, qtbot: QtBot) -> None:
    long, short = make_flag(5.0, 30.0), make_flag(20.0, 0.2)
    view.set_lanes((Lane("black", "Black", WHOLE, False, (long, short)),))
    view.grab()
    with qtbot.waitSignal(view.flag_clicked) as caught:
        click_at(view, 20.1)
    assert caught.args == [short.key]
    assert view.flag_at(view.x_of(8.0), 5) is not None


def test_tooltip_says_what_when_and_how_decided(view: LaneView) -> None:
    flag = make_flag(10.0, decision=Decision.REJECT, note="looks dark")
    view.set_lanes((Lane("black", "Black", WHOLE, False, (flag,)), Lane("freeze", "Freeze")))
    view.grab()
    text = view.tip_at(view.x_of(10.5), 5)
    assert "Black frames at 10.000" in text
    assert "Rejected, false positive" in text
    assert "looks dark" in text
    assert view.tip_at(300, view._row_px() * 1.5) == "Freeze: not analysed yet"


def test_selected_flag_scrolls_its_lane_into_view(view: LaneView) -> None:
    flag = make_flag(10.0, detector="last")
    lanes = [Lane(f"d{i}", f"D{i}", WHOLE) for i in range(30)]
    view.set_lanes([*lanes, Lane("last", "Last", WHOLE, False, (flag,))])
    assert view.flag_at(view.x_of(10.5), 80) is None
    view.set_selected(flag.key)
    view.grab()
    assert view.flag_at(view.x_of(10.5), view.height() - 6) is flag


# Bars, thumbnails, metrics


def test_range_bar_shows_what_is_cached_and_analysed(qtbot: QtBot, axis: TimeAxis) -> None:
    bar = RangeBar(axis)
    qtbot.addWidget(bar)
    bar.resize(700, 9)
    bar.set_gutter(100)
    bar.set_cached(((0.0, 30.0),))
    bar.set_analysed(((0.0, 60.0),))
    image = bar.grab().toImage()
    assert image.pixelColor(200, 2) == theme.current().cached
    assert image.pixelColor(600, 2) != theme.current().cached
    assert image.pixelColor(600, 6) == theme.current().analysed


class Strip:
    def __init__(self) -> None:
        self.filled_s, self.complete = 30.0, False

    def refresh(self) -> bool:
        return True

    def nearest(self, _seconds: float) -> tuple[float, np.ndarray]:
        return 0.0, np.full((36, 64, 3), (250, 10, 10), np.uint8)


def test_thumbnails_that_are_not_made_yet_are_hatched(qtbot: QtBot, axis: TimeAxis) -> None:
    strip = Strip()
    pane = ThumbnailPane(axis, opener=lambda _f, _i: strip)  # type: ignore[arg-type, return-value]
    qtbot.addWidget(pane)
    pane.resize(700, 40)
    pane.set_gutter(100)
    pane.show_title(make_title())
    red = QColor(250, 10, 10)
    image = pane.grab().toImage()
    assert image.pixelColor(150, 20) == red
    assert image.pixelColor(650, 20) != red
    assert not pane.complete
    strip.filled_s, strip.complete = 60.0, True
    pane.refresh()
    assert pane.grab().toImage().pixelColor(650, 20) == red
    assert pane.complete


@pytest.fixture
def metrics(qtbot: QtBot, axis: TimeAxis) -> MetricsPane:
    pane = MetricsPane(axis)
    qtbot.addWidget(pane)
    pane.resize(700, 100)
    spec = DETECTORS["silence"]
    metric = next(t.metric for t in spec.thresholds if t.metric)
    pane.show_metric(spec, metric, DEFAULT_PROFILE, make_track(60.0, "silence", metric))
    return pane


def test_threshold_follows_the_mouse_and_is_final_on_release(
    metrics: MetricsPane, qtbot: QtBot
) -> None:
    line = metrics.lines()[0]
    plot = metrics.plot_rect()
    y = round(metrics._y_of(line.value, plot))
    moved: list[float] = []
    metrics.threshold_moved.connect(lambda _name, value: moved.append(value))
    QTest.mousePress(metrics, Qt.MouseButton.LeftButton, pos=QPoint(400, y))
    for step in (4, 8, 12):
        QTest.mouseMove(metrics, QPoint(400, y - step))
    with qtbot.waitSignal(metrics.threshold_set) as caught:
        QTest.mouseRelease(metrics, Qt.MouseButton.LeftButton, pos=QPoint(400, y - 12))
    assert moved == sorted(moved)
    assert moved[-1] > line.value
    assert caught.args == [line.spec.name, moved[-1]]


def test_threshold_stays_inside_its_range(metrics: MetricsPane) -> None:
    line = metrics.lines()[0]
    y = round(metrics._y_of(line.value, metrics.plot_rect()))
    QTest.mousePress(metrics, Qt.MouseButton.LeftButton, pos=QPoint(400, y))
    QTest.mouseMove(metrics, QPoint(400, -5000))
    QTest.mouseMove(metrics, QPoint(400, -9000))
    assert metrics.lines()[0].value == line.spec.high
    QTest.mouseRelease(metrics, Qt.MouseButton.LeftButton, pos=QPoint(400, -9000))


def test_threshold_moves_by_keys(metrics: MetricsPane, qtbot: QtBot) -> None:
    before = metrics.lines()[0].value
    with qtbot.waitSignal(metrics.threshold_set) as caught:
        QTest.keyClick(metrics, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert caught.args[1] > before


def test_press_off_the_line_scrubs(metrics: MetricsPane, axis: TimeAxis, qtbot: QtBot) -> None:
    y = round(metrics._y_of(metrics.lines()[0].value, metrics.plot_rect()))
    away = y + 30 if y < 60 else y - 30
    with qtbot.waitSignal(axis.seek_requested):
        QTest.mouseClick(metrics, Qt.MouseButton.LeftButton, pos=QPoint(400, away))


def test_curve_of_an_unmeasured_title_says_so(qtbot: QtBot, axis: TimeAxis) -> None:
    pane = MetricsPane(axis)
    qtbot.addWidget(pane)
    spec = DETECTORS["black"]
    pane.show_metric(spec, spec.metrics[0].name, DEFAULT_PROFILE, None)
    assert not pane.has_curve
    pane.grab()
