"""A reviewer decides two hundred findings by keyboard, through the real `main()`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.desk_walk import Steps, press, selected, walk
from helpers.triage_store import fill_store, finding
from helpers.worker_fake import FakeWorker
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.finding import Finding
from core.domain.title import Title
from core.domain.verdict import Decision, RejectReason, Verdict, current_verdicts
from core.store.store import Store
from gui.desk.desk import Desk
from gui.player.picture_queue import Picture
from gui.triage.batch_dialog import BatchDialog, Scope
from gui.triage.panel import TriagePanel

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SECONDS = 72.0
KEY_OF = {"black": Qt.Key.Key_1, "freeze": Qt.Key.Key_2, "stutter": Qt.Key.Key_C}
BURST = 11


def two_hundred(title: Title) -> list[Finding]:
    """Twelve places with one of each kind alone, and a burst of a stutter: an incident."""
    found: list[Finding] = []
    for n in range(12):
        at_s = 1.0 + 5.8 * n
        found += [
            finding(title, at_s, 0.3, "black", 0.9 - n / 40),
            finding(title, at_s + 0.5, 0.3, "freeze", 0.6),
            finding(title, at_s + 1.2, 0.3, "blur", 0.55),
            finding(title, at_s + 1.7, 0.3, "silence", 0.8),
            finding(title, at_s + 2.2, 0.3, "hum", 0.5 + n / 25),
        ]
        found += [finding(title, at_s + 2.6 + 0.1 * i, 0.05, "stutter", 0.7) for i in range(BURST)]
    found += [finding(title, 68.0 + 0.3 * i, 0.2, "blur", 0.5) for i in range(8)]
    return found


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("shift") / "shift.mp4", SECONDS)


@pytest.fixture
def desk_on(
    qtbot: QtBot, tmp_path: Path, clip: Title
) -> Callable[[Callable[[Desk], Steps]], Store]:
    """Runs the desk on the title with the findings; the store as it is afterwards."""
    store = tmp_path / "shift.db"
    fill_store(store, clip, two_hundred(clip))

    def run(steps: Callable[[Desk], Steps]) -> Store:
        arguments = [str(clip.path), "--store", str(store), "--size", "1280x720"]
        assert walk(arguments, steps, 100.0, partial(FakeWorker, title=clip)) == 0
        return Store.open(store)

    return run


def rows_of(store: Store) -> tuple[Verdict, ...]:
    """Everything that was decided."""
    with store:
        (title,) = store.titles.all()
        return tuple(store.verdicts.after(title.fingerprint, 0)[1])


def in_dialog(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is in the dialog."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog.focusWidget() or dialog, key, modifier)


def panel_of(desk: Desk) -> TriagePanel | None:
    """What stands beside the picture, in triage mode."""
    return desk.triage.mode.panel


def _decide_the_weak_hum(desk: Desk) -> Steps:
    """All of one detector up to a score, in the dialog, by keys."""
    press(desk, Qt.Key.Key_B, CTRL)
    yield lambda: isinstance(QApplication.activeModalWidget(), BatchDialog)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BatchDialog)
    in_dialog(Qt.Key.Key_End)
    assert dialog.scope is Scope.DETECTOR
    in_dialog(Qt.Key.Key_Tab)
    in_dialog(Qt.Key.Key_Home)
    while dialog.detector_box.currentData() != "hum":
        in_dialog(Qt.Key.Key_Down)
    in_dialog(Qt.Key.Key_Tab)
    assert dialog.below.hasFocus()
    in_dialog(Qt.Key.Key_A, CTRL)
    QTest.keyClicks(dialog.below, dialog.below.locale().toString(0.7, "f", 2))
    in_dialog(Qt.Key.Key_Tab)
    assert len(dialog.batch.decided) == 6
    in_dialog(Qt.Key.Key_Return)
    yield lambda: desk.idle and desk.window.isActiveWindow()


def _shift(desk: Desk) -> Steps:
    """From the first finding to the last."""
    yield lambda: desk.idle and len(desk.snapshot.flags) == 200
    painted: list[Picture] = []
    desk.parts.picture.picture_painted.connect(painted.append)
    press(desk, Qt.Key.Key_F2)
    panel = panel_of(desk)
    assert panel is not None
    assert panel.isVisible()
    assert not desk.window.side.isVisible()
    assert panel.done.text() == "0 decided, 200 left"
    yield from _decide_the_weak_hum(desk)
    assert panel.done.text() == "6 decided, 194 left"
    first = selected(desk)
    press(desk, Qt.Key.Key_X)
    yield lambda: desk.idle and selected(desk).key != first.key
    press(desk, Qt.Key.Key_Z, CTRL)
    yield lambda: desk.idle and selected(desk).key == first.key and not selected(desk).decided
    press(desk, Qt.Key.Key_Z, CTRL | SHIFT)
    yield lambda: desk.idle and selected(desk).decided
    press(desk, Qt.Key.Key_Backspace)
    yield lambda: desk.idle and not selected(desk).decided
    press(desk, Qt.Key.Key_N)
    press(desk, Qt.Key.Key_N, SHIFT)
    assert selected(desk).key == first.key
    coming = desk.parts.queue.upcoming(desk.review.deciding, 1)[0]
    yield lambda: desk.triage.ahead.holds(coming)
    before = len(painted)
    keys = 0
    while desk.triage.progress.left:
        press(desk, KEY_OF.get(selected(desk).detector, Qt.Key.Key_4))
        keys += 1
        if keys == 1:
            yield lambda: len(painted) > before
            start = desk.selection.starts_at(coming)
            assert painted[before].pts == start.to(painted[before].base).pts
    assert keys < 100, "incidents are decided once"
    assert panel.pace.text() == ""
    yield lambda: desk.idle and not desk.review.deciding
    assert panel.done.text() == "All 200 decided"
    press(desk, Qt.Key.Key_Escape)
    assert panel_of(desk) is None
    assert desk.window.side.isVisible()


def test_a_reviewer_decides_two_hundred_findings_by_keyboard_alone(
    desk_on: Callable[[Callable[[Desk], Steps]], Store],
) -> None:
    kept = list(current_verdicts(rows_of(desk_on(_shift))))
    assert Counter(v.decision for v in kept) == {Decision.CONFIRM: 156, Decision.REJECT: 44}
    stutter = {v.decision for v in kept if v.detector == "stutter"}
    assert stutter == {Decision.CONFIRM}
    hum = {v.reason for v in kept if v.detector == "hum"}
    assert hum == {RejectReason.FALSE_POSITIVE}


def _there_and_back(desk: Desk) -> Steps:
    yield lambda: desk.idle and bool(desk.snapshot.flags)
    window, verdict = desk.window, desk.parts.verdict
    side = window.side.layout()
    assert side is not None
    index, sizes = side.indexOf(verdict), window.columns.sizes()
    press(desk, Qt.Key.Key_F2)
    panel = panel_of(desk)
    assert panel is not None
    assert panel.isAncestorOf(verdict)
    assert desk.parts.picture.width() > 0.55 * window.width()
    for button in panel.keys.buttons.values():
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    press(desk, Qt.Key.Key_M)
    assert verdict.comment.hasFocus()
    QTest.keyClicks(verdict.comment, "x 1 F2")
    press_in = QApplication.focusWidget()
    assert press_in is not None
    QTest.keyClick(press_in, Qt.Key.Key_Escape)
    assert panel_of(desk) is panel
    press(desk, Qt.Key.Key_C)
    yield lambda: desk.idle
    press(desk, Qt.Key.Key_F)
    assert not panel.isVisible()
    press(desk, Qt.Key.Key_F)
    yield lambda: panel.isVisible()
    assert not window.side.isVisible()
    press(desk, Qt.Key.Key_F2)
    assert panel_of(desk) is None
    assert side.indexOf(verdict) == index
    handle_px = window.columns.handleWidth()
    assert abs(window.columns.sizes()[0] - sizes[0]) <= handle_px
    assert window.columns.sizes()[1] == sizes[1]
    desk.actions["view.theme"].trigger()
    press(desk, Qt.Key.Key_F2)
    yield lambda: panel_of(desk) is not None


def test_triage_mode_comes_and_goes_by_its_key_and_leaves_the_layout_alone(
    desk_on: Callable[[Callable[[Desk], Steps]], Store],
) -> None:
    rows = rows_of(desk_on(_there_and_back))
    assert {row.comment for row in rows} == {"x 1 F2"}


def test_long_sentence_of_a_detector_does_not_make_the_window_grow(
    qtbot: QtBot, tmp_path: Path, clip: Title
) -> None:
    store = tmp_path / "wordy.db"
    sentence = "The picture repeats every third frame of a pattern. " * 30
    fill_store(store, clip, [finding(clip, 3.0, 0.5, "freeze", 0.9, note=sentence)])

    def steps(desk: Desk) -> Steps:
        yield lambda: bool(desk.snapshot.flags)
        desk.actions["review.next"].trigger()
        yield lambda: sentence[:50] in desk.parts.queue.worst.note.text()
        QApplication.sendPostedEvents()
        assert desk.window.size() == QSize(1280, 720)
        assert desk.window.minimumSizeHint().height() < 720
        worst = desk.parts.queue.worst
        assert worst.height() < 2 * worst.button.iconSize().height()
        assert worst.note.toolTip() == worst.note.text()
        desk.actions["review.triage"].trigger()
        panel = panel_of(desk)
        assert panel is not None
        yield panel.note.isVisible
        QApplication.sendPostedEvents()
        assert desk.window.size() == QSize(1280, 720)
        assert desk.window.minimumSizeHint().height() < 720
        assert panel.note.height() < panel.worst.height()
        assert panel.note.toolTip() == panel.note.text()
        panel.note.grab()

    arguments = [str(clip.path), "--store", str(store), "--size", "1280x720"]
    assert walk(arguments, steps, 100.0, partial(FakeWorker, title=clip)) == 0
