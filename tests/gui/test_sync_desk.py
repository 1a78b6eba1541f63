"""Lip sync on the desk: boxes, badge, strip, tolerance, and the nudge that verdicts keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from helpers.desk_fake import make_flag
from helpers.desk_house import House, lent_house
from helpers.lip_track import lip_track
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.catalog.rule_lipsync import LIPSYNC, lipsync_rule
from core.catalog.sync_verdict import TOLERANCES, Reason, SyncState
from core.config.settings import Settings
from core.domain.time import MediaTime
from core.review.flag import Flag
from core.review.sync_offset import offset_in
from gui import theme
from gui.desk.desk import Desk
from gui.dialogs.missed import MissedDialog
from gui.panes.curve import Curve
from gui.player.picture_queue import Picture
from gui.sync.overlay import place_labels
from gui.sync.paint import state_color

SHIFT = Qt.KeyboardModifier.ShiftModifier
EARLY_MS = 120.0


class Lips:
    """A desk with a title whose sound is early from 8 s on and nobody to be seen from 16 to 20."""

    def __init__(self, house: House) -> None:
        self.house = house
        settings = Settings.load()
        settings.set("general.analyse_on_open", False)
        settings.save()
        self.desk: Desk = house.open()
        self.track = lip_track(
            32.0,
            lambda at_s: EARLY_MS if at_s >= 8 else 0.0,
            reason=lambda at_s: Reason.NO_FACE if 16 <= at_s < 20 else Reason.JUDGED,
        )
        found = lipsync_rule(LIPSYNC, {"lipsync": self.track}, self.desk.snapshot.profile)
        self.flags = tuple(Flag(f.id, f.span, f.defect, f.detector, f.stream, f) for f in found)
        self.black = make_flag(12.0)
        shown = (*self.flags, self.black)
        snapshot = replace(self.desk.snapshot, tracks=(self.track,), flags=shown)
        self.desk.review.changed.emit(snapshot)

    def select(self, key: str) -> None:
        self.desk.parts.queue.select(key)
        self.house.settle(self.desk)

    def frame(self, pts: int) -> None:
        """Show a frame, as the player does."""
        pixels = np.zeros((36, 64, 4), np.uint8)
        base = self.track.base
        self.desk.parts.picture.set_picture(Picture(pts, pts + 40, base, pixels))
        self.desk.player._set_place(MediaTime(pts, base))

    def press(self, key: Qt.Key, shift: bool = False) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.desk.window, key, SHIFT if shift else none)

    @property
    def heard_ms(self) -> float:
        """How much later the player plays the sound."""
        return round(1000 * self.desk.player.sound._nudge_s, 6)


@pytest.fixture
def lips(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lips]:
    with lent_house(qtbot, monkeypatch) as house:
        yield Lips(house)


def test_each_frame_carries_the_verdict_of_its_own_fragment(lips: Lips) -> None:
    overlay = lips.desk.sync.overlay
    assert overlay.badge(7_960)[0] == "In sync · 0 ms · 90 %"
    assert overlay.badge(8_000) == ("Out of sync · +120 ms · 90 %", "sound 120 ms early")
    assert overlay.badge(16_000) == ("Inconclusive", "no face is to be seen")
    assert overlay.badge(32_000)[0] == "Lip sync: not analysed here"
    lips.frame(12_000)
    assert lips.desk.parts.sync.verdict.text().startswith("Out of sync · +120 ms")


def test_boxes_lie_where_the_face_is_whatever_the_zoom(lips: Lips) -> None:
    lips.frame(12_000)
    view = lips.desk.parts.picture
    for zoom in (None, 1.0, 4.0):
        if zoom is not None:
            view.zoom_to(zoom, QPointF(10, 10))
        geometry = view.geometry_of_picture
        (box,) = lips.desk.sync.overlay.boxes(geometry, 12_000)
        left, top, width, height = geometry.rect
        assert box.state is SyncState.OUT_OF_SYNC
        assert box.label == "+120 ms · 90 %"
        assert box.rect.left() == pytest.approx(left + 0.4 * width, abs=0.01)
        assert box.rect.right() == pytest.approx(left + 0.6 * width, abs=0.01)
        assert box.rect.top() == pytest.approx(top + 0.2 * height, abs=0.01)
        assert box.rect.bottom() == pytest.approx(top + 0.5 * height, abs=0.01)


def test_labels_of_faces_side_by_side_do_not_cover_each_other(lips: Lips) -> None:
    geometry = lips.desk.parts.picture.geometry_of_picture
    (box,) = lips.desk.sync.overlay.boxes(geometry, 12_000)
    boxes = [replace(box, rect=box.rect.translated(20.0 * i, 4.0 * i)) for i in range(3)]
    labels = place_labels(geometry, boxes, QFontMetricsF(lips.desk.window.font()))
    whole = QRectF(*geometry.rect)
    for number, label in enumerate(labels):
        assert whole.contains(label)
        assert not any(label.intersects(other) for other in labels[:number])


def test_the_picture_shows_boxes_for_flags_of_sync_or_when_asked(lips: Lips) -> None:
    lips.frame(12_000)
    view = lips.desk.parts.picture
    orange = state_color(SyncState.OUT_OF_SYNC, theme.DARK).rgb()

    def seen() -> bool:
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        bits = np.frombuffer(image.constBits(), np.uint32)
        return bool(((bits & 0xFFFFFF) == (orange & 0xFFFFFF)).sum() > 50)

    assert not seen()
    lips.select(lips.flags[0].key)
    assert seen()
    lips.select("")
    assert not seen()
    lips.desk.actions["view.sync"].setChecked(True)
    assert seen()


def test_the_strip_tells_three_states_and_the_unknown_apart(lips: Lips) -> None:
    strip = lips.desk.parts.sync_strip
    lips.desk.parts.axis.set_view(0.0, 40.0)
    assert strip.isVisible()
    image = strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1) & 0xFFFFFF

    def share(start_s: float, end_s: float, state: SyncState | None) -> float:
        wanted = state_color(state, theme.current()).rgb() & 0xFFFFFF
        plot = QRect(strip.plot_rect())
        left, right = round(strip.x_of(start_s)) + 2, round(strip.x_of(end_s)) - 2
        assert plot.left() <= left < right
        return float((bits[:, left:right] == wanted).mean())

    assert 0.2 < share(0, 4, SyncState.IN_SYNC) < 0.5
    assert share(8.5, 9, SyncState.OUT_OF_SYNC) > 0.7
    assert 0 < share(16.2, 17.5, SyncState.INCONCLUSIVE) < 0.3
    assert share(16, 20, SyncState.IN_SYNC) == share(33, 39, SyncState.IN_SYNC) == 0
    for state in SyncState:
        assert share(33, 39, state) == 0


def test_another_tolerance_judges_anew_and_moves_the_lines(lips: Lips) -> None:
    desk = lips.desk
    desk.review.changed.disconnect(desk._on_snapshot)
    button = desk.sync.tolerance
    assert button.entries["bt1359_detectable"].isChecked()
    chosen: list[object] = []
    desk.adopt = chosen.append  # type: ignore[method-assign,assignment]
    button.entries["atsc_is191"].trigger()
    (profile,) = chosen
    atsc = next(t for t in TOLERANCES if t.id == "atsc_is191")
    assert LIPSYNC.value(profile, "early_ms") == atsc.early_ms  # type: ignore[arg-type]
    assert LIPSYNC.value(profile, "late_ms") == atsc.late_ms  # type: ignore[arg-type]
    assert "One frame at 25 a second is 40 ms" in button.toolTip()


def test_keys_move_the_sound_by_a_frame_or_ten_milliseconds(lips: Lips) -> None:
    lips.frame(12_000)
    lips.press(Qt.Key.Key_T)
    lips.press(Qt.Key.Key_T, shift=True)
    assert lips.heard_ms == 50
    lips.press(Qt.Key.Key_R)
    lips.press(Qt.Key.Key_R)
    lips.press(Qt.Key.Key_R, shift=True)
    assert lips.heard_ms == -40
    assert lips.desk.parts.sync.nudge.text() == "−40 ms"
    assert lips.desk.sync._chip.text() == "Sound held 40 ms earlier (−40 ms)"
    lips.press(Qt.Key.Key_P, shift=True)
    assert lips.heard_ms == 0
    assert lips.desk.sync._chip.isHidden()


def test_the_proposed_offset_is_that_of_the_fragment_else_of_the_flag(lips: Lips) -> None:
    lips.frame(12_000)
    lips.press(Qt.Key.Key_P)
    assert lips.heard_ms == EARLY_MS
    lips.select(lips.flags[0].key)
    lips.frame(17_000)
    lips.press(Qt.Key.Key_P)
    assert lips.heard_ms == EARLY_MS
    lips.select("")
    lips.press(Qt.Key.Key_P, shift=True)
    lips.press(Qt.Key.Key_P)
    assert lips.heard_ms == 0
    assert lips.desk.window.message.text() == "No offset was found here"


def test_the_nudge_belongs_to_its_flag(lips: Lips) -> None:
    lips.select(lips.flags[0].key)
    lips.press(Qt.Key.Key_T)
    lips.select(lips.black.key)
    assert lips.heard_ms == 0
    lips.select(lips.flags[0].key)
    assert lips.heard_ms == 40


def test_confirming_keeps_the_offset_with_the_verdict(lips: Lips) -> None:
    chosen: list[object] = []
    lips.desk.parts.verdict.chosen.connect(chosen.append)
    lips.select(lips.flags[0].key)
    lips.frame(12_000)
    lips.desk.parts.verdict.comment.setText("lips ahead")
    lips.desk.parts.verdict.comment.setModified(True)
    lips.press(Qt.Key.Key_P)
    lips.press(Qt.Key.Key_T, shift=True)
    lips.press(Qt.Key.Key_C)
    lips.house.qtbot.waitUntil(lambda: lips.desk.review.idle)
    assert chosen[0].comment == "lips ahead; offset +130 ms"  # type: ignore[attr-defined]
    kept = [f.verdict for f in lips.desk.snapshot.flags if f.verdict and f.defect == "av_sync"]
    assert [offset_in(verdict.comment) for verdict in kept] == [130]


def test_rejecting_or_another_defect_keeps_no_offset(lips: Lips) -> None:
    chosen: list[object] = []
    lips.desk.parts.verdict.chosen.connect(chosen.append)
    lips.desk.review.choose = lambda choice: None  # type: ignore[method-assign]
    for flag, decision in ((lips.flags[0], Qt.Key.Key_X), (lips.black, Qt.Key.Key_C)):
        lips.select(flag.key)
        lips.press(Qt.Key.Key_T)
        lips.press(decision)
    assert [choice.comment for choice in chosen] == ["", ""]  # type: ignore[attr-defined]


def test_a_defect_that_was_missed_is_reported_with_the_offset(lips: Lips) -> None:
    lips.frame(26_000)
    lips.press(Qt.Key.Key_T)
    lips.press(Qt.Key.Key_T)
    lips.desk.parts.axis.set_selection((24.0, 28.0))
    lips.desk.actions["mark.missed"].trigger()
    (dialog,) = lips.desk.window.findChildren(MissedDialog)
    assert (dialog.defect, dialog.comment_text) == ("av_sync", "offset +80 ms")
    dialog.accept()
    lips.house.qtbot.waitUntil(lambda: lips.desk.review.idle)
    (missed,) = [flag for flag in lips.desk.snapshot.flags if flag.missed]
    assert missed.verdict is not None
    assert offset_in(missed.verdict.comment) == 80


def test_a_title_that_is_closed_takes_its_sync_along(lips: Lips) -> None:
    lips.select(lips.flags[0].key)
    lips.press(Qt.Key.Key_T)
    lips.desk.close_title()
    assert lips.heard_ms == 0
    assert not lips.desk.parts.sync_strip.isVisible()
    assert not lips.desk.parts.sync.isVisible()
    assert lips.desk.sync.fragments == ()


def test_the_curve_has_gaps_where_nothing_was_judged(lips: Lips) -> None:
    curve = Curve(lips.track, "offset_ms", "reason")
    assert curve.value_at(17.0) is None
    assert curve.value_at(12.0) == EARLY_MS
    assert {start for start, _, _ in curve.steps(0, len(curve)) if 16 <= start < 20} == set()
    few = curve.columns(0.0, 32.0, 32)
    assert few.valid.tolist() == [not 16 <= second < 20 for second in range(32)]
    assert curve.extent() == (0.0, EARLY_MS)
