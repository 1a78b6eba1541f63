"""The desk from end to end in one process: open, see, decide, undo, leave, come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.desk_house import TITLE, House, lent_house
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.time import MediaTime
from core.domain.verdict import Decision
from core.jobs.progress import Progress
from core.jobs.request import AnalyseRequest, PrepareRequest
from gui import theme
from gui.actions import ACTIONS
from gui.desk.desk import Desk
from gui.dialogs.missed import MissedDialog
from gui.panes.waveform import LevelScale
from gui.queue.model import Column


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    widget = QApplication.focusWidget() or desk.window
    QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def decisions(desk: Desk) -> list[str]:
    return [flag.state for flag in desk.snapshot.flags]


def test_opening_a_title_shows_its_flags_and_lanes(house: House) -> None:
    desk = house.open()
    assert [f.detector for f in desk.snapshot.flags] == ["silence", "black", "silence"]
    lanes = {lane.detector: lane for lane in desk.parts.lanes.lanes}
    assert len(lanes["silence"].flags) == 2
    assert "freeze" not in lanes
    desk.actions["view.quiet_lanes"].trigger()
    lanes = {lane.detector: lane for lane in desk.parts.lanes.lanes}
    assert lanes["freeze"].flags == ()
    assert lanes["freeze"].analysed == ((0.0, 60.0),)
    assert desk.settings.flag("panes.quiet_lanes")
    assert "title.mp4 (3 undecided)" in desk.window.windowTitle()


def test_before_the_analysis_every_lane_is_unknown_and_none_looks_clean(house: House) -> None:
    house.held = True
    desk = house.open()
    lanes = desk.parts.lanes.lanes
    assert lanes
    assert all(lane.analysed == () for lane in lanes)
    assert desk.parts.ranges.analysed == ()


def test_decisions_by_keys_reach_the_store_and_survive_a_restart(house: House) -> None:
    desk = house.open()
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    press(desk, Qt.Key.Key_X)
    press(desk, Qt.Key.Key_U)
    house.settle(desk)
    assert decisions(desk) == ["confirm", "reject", "unsure"]
    press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    house.settle(desk)
    assert decisions(desk) == ["confirm", "reject", "undecided"]
    house.end(desk)
    again = house.open()
    assert decisions(again) == ["confirm", "reject", "undecided"]


def test_keys_pressed_in_a_burst_queue_up_in_order_and_none_is_lost_at_leaving(
    house: House,
) -> None:
    desk = house.open()
    desk.actions["review.advance"].setChecked(False)
    desk.parts.queue.select(desk.snapshot.flags[0].key)
    actions = ["review.confirm", "review.reject", "review.unsure", "review.blocker"]
    for action in actions * 5:
        desk.actions[action].trigger()
    assert desk.review.deciding
    house.end(desk)
    again = house.open()
    verdict = again.snapshot.flags[0].verdict
    assert verdict is not None
    assert (verdict.decision, verdict.severity) == (Decision.UNSURE, Severity.BLOCKER)


def test_decision_is_shown_only_once_the_store_has_it(house: House) -> None:
    desk = house.open()
    desk.actions["review.advance"].setChecked(False)
    key = desk.snapshot.flags[0].key
    desk.parts.queue.select(key)
    desk.actions["review.confirm"].trigger()
    assert desk.snapshot.flag(key).verdict is None  # type: ignore[union-attr]
    assert desk.parts.verdict.saved.text() == "Storing…"
    house.settle(desk)
    assert desk.snapshot.flag(key).verdict is not None  # type: ignore[union-attr]
    assert desk.parts.verdict.saved.text() == ""


def test_failed_write_is_said_and_the_flag_stays_undecided(house: House) -> None:
    desk = house.open()

    def refuse(_choice: object) -> None:
        desk.review._decide("", lambda _a: (_ for _ in ()).throw(KnownError("Disk full.", "28")))

    desk.parts.verdict.chosen.disconnect(desk.triage._on_chosen)
    desk.parts.verdict.chosen.connect(refuse)
    desk.parts.queue.select(desk.snapshot.flags[0].key)
    desk.actions["review.confirm"].trigger()
    house.settle(desk)
    assert desk.window.banner.messages == (("Disk full.", "28"),)
    assert decisions(desk)[0] == "undecided"
    assert not desk.review.deciding


def test_second_opening_shows_the_stored_analysis_without_measuring(house: House) -> None:
    house.end(house.open())
    house.open()
    asked = [type(r) for r in house.workers[-1].requests]
    assert asked == [PrepareRequest]


def test_dragging_a_threshold_rescores_without_the_worker(house: House) -> None:
    desk = house.open()
    silence = next(f for f in desk.snapshot.flags if f.detector == "silence")
    desk.parts.queue.select(silence.key)
    before = len(house.workers[-1].requests)
    (line, *_) = desk.parts.metrics.lines()
    far = line.spec.low if line.spec.fires_below else line.spec.high
    desk.parts.metrics.threshold_moved.emit(line.spec.name, far)
    house.settle(desk)
    moved = desk.snapshot.profile.thresholds["silence"][line.spec.name]
    assert moved == far
    desk.parts.metrics.reset_requested.emit()
    house.settle(desk)
    assert desk.snapshot.profile.hash == desk.base_profile.hash
    assert len(house.workers[-1].requests) == before


def test_kept_thresholds_hold_at_the_next_opening(house: House) -> None:
    desk = house.open()
    desk.parts.queue.select(desk.snapshot.flags[0].key)
    line = desk.parts.metrics.lines()[0]
    desk.parts.metrics.threshold_set.emit(line.spec.name, line.value + 1)
    house.settle(desk)
    kept = desk.snapshot.profile.hash
    assert kept != desk.base_profile.hash
    house.end(desk)
    assert house.open().snapshot.profile.hash == kept


def test_missed_defect_on_the_marked_stretch_becomes_a_flag(house: House) -> None:
    desk = house.open()
    desk.parts.axis.set_selection((30.0, 31.5))
    desk.actions["mark.missed"].trigger()
    dialog = desk.window.findChild(MissedDialog)
    assert isinstance(dialog, MissedDialog)
    dialog.defect_box.setCurrentIndex(dialog.defect_box.findData("blur"))
    dialog.accept()
    house.settle(desk)
    missed = [f for f in desk.snapshot.flags if f.missed]
    assert [(f.defect, f.span.start_s, f.span.end_s) for f in missed] == [("blur", 30.0, 31.5)]
    assert missed[0].severity is Severity.ISSUE
    assert "Reviewer" in [lane.title for lane in desk.parts.lanes.lanes]


def test_marks_follow_in_and_out(house: House) -> None:
    desk = house.open()
    desk.player.seek(10.0)
    desk.selection.mark_in()
    assert desk.parts.axis.selection is not None
    assert desk.actions["mark.missed"].isEnabled()
    desk.actions["mark.clear"].trigger()
    assert not desk.actions["mark.missed"].isEnabled()


def test_unreadable_file_is_said_in_one_sentence_and_the_empty_page_returns(house: House) -> None:
    desk = house.open(name="broken.mp4")
    assert desk.window.banner.messages == (("broken.mp4 is not a media file.", "no streams"),)
    assert desk.window.stack.currentWidget() is desk.window.empty


def test_failed_analysis_is_said_and_lanes_stay_unknown(house: House) -> None:
    house.held = True
    desk = house.open()
    house.workers[-1].fail(KnownError("The decoder crashed.", "SIGSEGV"))
    house.qtbot.waitUntil(lambda: not desk.analysis.running)
    assert ("The decoder crashed.", "SIGSEGV") in desk.window.banner.messages
    assert all(lane.analysed == () for lane in desk.parts.lanes.lanes)


def test_jobs_show_rate_and_time_left_and_can_be_stopped(house: House) -> None:
    house.held = True
    desk = house.open()
    house.workers[-1].progress(Progress(30.0, 60.0, 3.0, "Measuring"))
    house.qtbot.waitUntil(lambda: desk.parts.ranges.analysed != ())
    (analysis,) = [j for j in desk.parts.jobs.jobs if "Analysis" in desk.parts.jobs.text_of(j)]
    text = desk.parts.jobs.text_of(analysis)
    assert text == "Analysis: Measuring · 50% · 3.0× · 10 s left"
    desk.actions["file.cancel"].trigger()
    house.qtbot.waitUntil(lambda: not desk.analysis.running)
    assert desk.window.banner.messages == ()


def test_marked_stretch_can_be_analysed_alone(house: House) -> None:
    desk = house.open()
    desk.parts.axis.set_selection((10.0, 20.0))
    desk.actions["file.analyse_marked"].trigger()
    request = house.workers[-1].requests[-1]
    assert isinstance(request, AnalyseRequest)
    assert request.span is not None
    assert (request.span.start_s, request.span.end_s) == (10.0, 20.0)
    house.settle(desk)


def test_analysing_a_stretch_anew_keeps_what_was_found_elsewhere(house: House) -> None:
    desk = house.open()
    house.workers[-1].spells = {"black": ((16.0, 18.0),)}
    desk.parts.axis.set_selection((10.0, 19.0))
    desk.actions["file.analyse_marked"].trigger()
    house.settle(desk)
    found = [(f.detector, round(f.span.start_s)) for f in desk.snapshot.flags]
    assert found == [("silence", 5), ("black", 16), ("silence", 20)]


def test_stretch_alone_says_that_nobody_looked_elsewhere(house: House) -> None:
    desk = house.start()
    desk.settings.set("general.analyse_on_open", False)
    desk.open_path(Path("/nowhere/title.mp4"))
    house.settle(desk)
    desk.parts.axis.set_selection((10.0, 19.0))
    desk.actions["file.analyse_marked"].trigger()
    house.settle(desk)
    assert [f.detector for f in desk.snapshot.flags] == ["black"]
    house.qtbot.waitUntil(lambda: desk.window.message.text().startswith("Only 00:00:10:00"))
    known = [lane for lane in desk.parts.lanes.lanes if lane.analysed]
    assert known
    assert all(lane.analysed[0][0] >= 10.0 for lane in known)


@pytest.mark.parametrize(
    ("unit", "shown"), [("pts", "5000"), ("frames", "125"), ("clock", "0:00:05.000")]
)
def test_time_display_follows_its_setting_everywhere(house: House, unit: str, shown: str) -> None:
    desk = house.open()
    desk.settings.set("player.time_format", unit)
    desk.settings.set("panes.waveform_scale", "db")
    desk.apply_settings()
    queue = desk.parts.queue.model
    assert queue.text_of(queue.flag_at(0), Column.TIME) == shown
    assert desk.parts.waveform.form.text(5.0) == shown
    bar = desk.parts.player.bar
    bar.set_position(MediaTime(5000, Fraction(1, 1000)))
    assert bar.timecode_field.text() == shown
    assert desk.parts.waveform.scale is LevelScale.DECIBEL


def test_k_held_with_l_plays_slowly_until_one_is_let_go(house: House) -> None:
    desk = house.open()
    asked: list[tuple[int, bool]] = []
    house.patch.setattr(desk.player, "shuttle", lambda way, slow: asked.append((way, slow)))
    widget = QApplication.focusWidget() or desk.window
    QTest.keyClick(widget, Qt.Key.Key_L)
    QTest.keyPress(widget, Qt.Key.Key_K)
    QTest.keyClick(widget, Qt.Key.Key_L)
    QTest.keyRelease(widget, Qt.Key.Key_K)
    QTest.keyClick(widget, Qt.Key.Key_J)
    assert asked == [(1, False), (1, True), (-1, False)]


def test_dropping_files_opens_the_first_and_remembers_the_others(house: House) -> None:
    desk = house.start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/nowhere/a.mp4"), QUrl.fromLocalFile("/nowhere/b.mp4")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.window.dropEvent(event)
    house.settle(desk)
    assert desk.title is not None
    assert desk.settings.recent == ["/nowhere/a.mp4", "/nowhere/b.mp4"]
    house.qtbot.waitUntil(lambda: "other file waits" in desk.window.message.text())


def test_layout_is_remembered(house: House) -> None:
    desk = house.open()
    desk.actions["view.spectrogram"].setChecked(False)
    desk.window.columns.setSizes([700, 580])
    sizes = desk.window.columns.sizes()
    house.end(desk)
    again = house.start()
    layout = dict(again.settings.layout)
    # The screen of the offscreen platform is smaller than the window.
    del layout["geometry"]
    again.window.restore_layout(layout)
    assert not again.actions["view.spectrogram"].isChecked()
    assert again.parts.spectrogram.isHidden()
    again.open_path(Path("/nowhere/title.mp4"))
    house.settle(again)
    assert again.window.columns.sizes() == sizes


def test_leaving_with_a_draft_asks_first(house: House) -> None:
    desk = house.open()
    desk.parts.queue.select(desk.snapshot.flags[0].key)
    desk.actions["review.fyi"].trigger()
    desk.window.close()
    box = desk.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "stored only with a decision" in box.text()
    box.close()
    assert desk.window.isVisible()


def test_chosen_curve_stays_while_a_verdict_changes(house: House) -> None:
    desk = house.open()
    desk.actions["review.advance"].setChecked(False)
    desk.parts.queue.select(desk.snapshot.flags[0].key)
    desk.parts.metrics.choose("black", "spread_pct")
    desk.actions["review.confirm"].trigger()
    house.settle(desk)
    assert (desk.parts.metrics.detector, desk.parts.metrics.metric_name) == ("black", "spread_pct")


def test_store_that_cannot_be_opened_is_said_and_the_title_opens_all_the_same(
    house: House, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.db"
    wrong.write_text("this is no database, but it is long enough to look like a file")
    desk = house.open("--store", str(wrong))
    assert desk.title is TITLE
    assert desk.window.banner.messages
    assert desk.window.stack.currentWidget() is desk.window.columns


def test_escape_leaves_the_search_field_and_shortcuts_work_again(house: House) -> None:
    desk = house.open()
    press(desk, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.parts.queue.search.hasFocus()
    press(desk, Qt.Key.Key_X)
    assert desk.parts.queue.search.text() == "x"
    press(desk, Qt.Key.Key_Backspace)
    press(desk, Qt.Key.Key_Escape)
    assert not desk.parts.queue.search.hasFocus()
    press(desk, Qt.Key.Key_Down)
    assert desk.selection.flag is not None


def test_fault_of_a_finished_run_is_said_once(house: House) -> None:
    desk = house.open()
    run = desk.snapshot.run
    assert run is not None
    faulty = replace(desk.snapshot, run=replace(run, error="The sound ends early."))
    desk._on_snapshot(faulty)
    desk.window.banner.take_down()
    desk._on_snapshot(faulty)
    assert desk.window.banner.messages == ()


def test_every_action_does_something(house: House) -> None:
    assert house.start().actions.unconnected() == ()


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(house: House) -> None:
    desk = house.open()
    for widget in desk.window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton) or widget.isHidden():
            continue
        if widget.objectName().startswith("qt_") or type(widget).__name__ == "QAbstractButton":
            continue
        assert widget.accessibleName() or widget.text(), widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_theme_switches_while_the_desk_runs(house: House, mode: str) -> None:
    desk = house.open()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    current = theme.apply(app, theme.ThemeMode(mode))
    image = desk.parts.lanes.grab().toImage()
    assert image.pixelColor(image.width() - 3, 1) != theme.DARK.error_ground
    assert desk.parts.lanes.colors.ground == current.surface


def test_menus_list_every_action_once(house: House) -> None:
    desk = house.start()
    menus = [action.menu() for action in desk.window.menuBar().actions()]
    listed = [a.objectName() for menu in menus for a in menu.actions()]  # type: ignore[attr-defined]
    assert sorted(i for i in listed if i) == sorted(ACTIONS)
