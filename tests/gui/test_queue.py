"""The queue sorts, filters and keeps its selection."""

from __future__ import annotations

import pytest
from helpers.desk_fake import clock, make_flag, make_missed
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.domain.defect import Severity
from core.domain.verdict import Decision
from gui.queue.model import Column
from gui.queue.panel import QueuePanel

EARLY = make_flag(1.0, detector="freeze", score=0.2, severity=Severity.FYI)
MIDDLE = make_flag(5.0, detector="black", score=0.9, severity=Severity.BLOCKER, note="dark scene")
LATE = make_flag(9.0, decision=Decision.REJECT, score=0.4, comment="meant so")
MISSED = make_missed(7.0)
FLAGS = (EARLY, MIDDLE, MISSED, LATE)


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel(clock)
    qtbot.addWidget(panel)
    panel.set_flags(FLAGS)
    return panel


def keys(panel: QueuePanel) -> list[str]:
    return [flag.key for flag in panel.model.shown()]


def test_flags_stand_in_order_of_time_at_first(panel: QueuePanel) -> None:
    assert keys(panel) == [f.key for f in FLAGS]


def test_sorting_by_severity_puts_the_worst_first_when_descending(panel: QueuePanel) -> None:
    panel.table.sortByColumn(Column.SEVERITY, Qt.SortOrder.DescendingOrder)
    assert keys(panel)[0] == MIDDLE.key
    assert keys(panel)[-1] == EARLY.key


def test_score_sorts_by_value_and_not_by_text(panel: QueuePanel) -> None:
    panel.table.sortByColumn(Column.SCORE, Qt.SortOrder.AscendingOrder)
    scores = [f.score for f in panel.model.shown() if f.finding is not None]
    assert scores == sorted(scores)


def test_words_filter_by_defect_note_and_comment(panel: QueuePanel) -> None:
    panel.search.setText("DARK scene")
    assert keys(panel) == [MIDDLE.key]
    panel.search.setText("meant")
    assert keys(panel) == [LATE.key]


def test_boxes_filter_together(panel: QueuePanel) -> None:
    panel.detector_box.setCurrentIndex(panel.detector_box.findData("black"))
    panel.sign_box.setCurrentIndex(panel.sign_box.findText("Rejected"))
    assert keys(panel) == [LATE.key]
    panel.clear_filters()
    assert len(keys(panel)) == 4


def test_missed_defects_can_be_filtered(panel: QueuePanel) -> None:
    panel.detector_box.setCurrentIndex(panel.detector_box.findText("Reviewer"))
    assert keys(panel) == [MISSED.key]


def test_severity_filter_follows_what_the_row_shows(panel: QueuePanel) -> None:
    panel.severity_box.setCurrentIndex(panel.severity_box.findText("Blocker"))
    assert keys(panel) == [MIDDLE.key]


def test_next_and_previous_stop_at_the_ends(panel: QueuePanel) -> None:
    panel.select_next()
    assert panel.selected == EARLY.key
    panel.select_next(-1)
    assert panel.selected == EARLY.key
    for _ in range(9):
        panel.select_next()
    assert panel.selected == LATE.key


def test_next_undecided_goes_round_and_skips_what_is_being_decided(panel: QueuePanel) -> None:
    panel.select(MIDDLE.key)
    assert panel.select_next_undecided()
    assert panel.selected == EARLY.key
    assert not panel.select_next_undecided(frozenset({MIDDLE.key}))
    assert panel.selected == EARLY.key


def test_selection_stays_with_its_flag_when_rows_come_and_go(
    panel: QueuePanel, qtbot: QtBot
) -> None:
    panel.select(MIDDLE.key)
    with qtbot.assertNotEmitted(panel.flag_selected):
        panel.set_flags((make_flag(0.5), *FLAGS))
    assert panel.selected == MIDDLE.key
    assert panel.table.currentIndex().row() == panel.model.row_of(MIDDLE.key) == 2


def test_decision_updates_one_row_without_reset(panel: QueuePanel, qtbot: QtBot) -> None:
    decided = make_flag(
        5.0, decision=Decision.CONFIRM, severity=Severity.BLOCKER, note="dark scene", score=0.9
    )
    assert decided.key == MIDDLE.key
    with qtbot.assertNotEmitted(panel.model.modelReset), qtbot.waitSignal(panel.model.dataChanged):
        panel.set_flags((EARLY, decided, MISSED, LATE))


def test_filtered_out_selection_is_kept_but_not_shown(panel: QueuePanel) -> None:
    panel.select(EARLY.key)
    panel.search.setText("dark")
    assert panel.selected == EARLY.key
    assert not panel.table.selectionModel().hasSelection()
    panel.select_next()
    assert panel.selected == MIDDLE.key


def test_clicking_a_row_selects_its_flag(panel: QueuePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.flag_selected) as caught:
        panel.table.setCurrentIndex(panel.model.index(1, Column.DEFECT))
    assert caught.args == [MIDDLE.key]


def test_counts_say_how_many_are_hidden(panel: QueuePanel) -> None:
    assert panel._counts.text() == "4 flags, 2 undecided"
    panel.search.setText("dark")
    assert panel._counts.text() == "1 of 4 flags shown, 2 undecided"


def test_every_cell_speaks_to_screen_readers(panel: QueuePanel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    states = [panel.model.index(row, 0).data(role) for row in range(4)]
    assert states[0] == "Undecided"
    assert states[3] == "Rejected, false positive"
