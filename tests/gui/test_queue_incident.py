"""The queue in its orders, and incidents that stand for several flags."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.desk_fake import clock, make_flag, make_verdict
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.domain.defect import Severity
from core.domain.verdict import Decision
from core.review.flag import Flag
from core.review.order import QueueOrder
from gui.glyph import Sign
from gui.queue.model import Column
from gui.queue.panel import QueuePanel
from gui.queue.row import head_sign

FIRST = make_flag(1.0, detector="freeze", score=0.7, severity=Severity.FYI)
SECOND = make_flag(2.5, detector="freeze", score=0.9, severity=Severity.BLOCKER)
THIRD = make_flag(3.0, detector="stutter", score=0.6)
ALONE = make_flag(20.0, detector="hum", score=0.8, severity=Severity.ISSUE)
FLAGS = (FIRST, SECOND, THIRD, ALONE)


def decided(flag: Flag, decision: Decision = Decision.CONFIRM) -> Flag:
    assert flag.finding is not None
    return replace(flag, verdict=make_verdict(flag.finding, decision))


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel(clock)
    qtbot.addWidget(panel)
    panel.set_flags(FLAGS)
    panel.set_grouped(True)
    return panel


def shown(panel: QueuePanel) -> list[str]:
    model = panel.model
    return [model.text_in(model.row_at(i), Column.DEFECT) for i in range(model.rowCount())]


def test_an_incident_stands_for_its_flags_with_count_and_worst_severity(panel: QueuePanel) -> None:
    assert shown(panel) == ["3 × Freeze", "Hum"]
    head = panel.model.row_at(0)
    assert panel.model.text_in(head, Column.SEVERITY) == "Blocker"
    assert panel.model.text_in(head, Column.TIME) == "1.000"
    assert panel._counts.text() == "4 flags, 4 undecided"


def test_selecting_an_incident_is_about_all_of_it_and_a_flag_about_itself(
    panel: QueuePanel,
) -> None:
    panel.select_next()
    assert panel.selected == SECOND.key
    assert panel.scope() == (FIRST, SECOND, THIRD)
    panel.select_next()
    assert panel.scope() == (ALONE,)


def test_an_open_incident_shows_its_flags_each_for_itself(panel: QueuePanel) -> None:
    panel.select_next()
    panel.toggle_fold()
    assert shown(panel) == ["3 × Freeze", "Freeze", "Freeze", "Stutter", "Hum"]
    assert panel.row_of_selected() == 0
    assert len(panel.scope()) == 3
    panel.select_next()
    assert panel.scope() == (FIRST,)
    panel.toggle_fold()
    assert shown(panel) == ["3 × Freeze", "Hum"]


def test_a_flag_that_is_meant_alone_opens_its_incident(panel: QueuePanel) -> None:
    panel.select(THIRD.key)
    assert panel.scope() == (THIRD,)
    assert panel.model.rowCount() == 5


def test_next_undecided_takes_an_incident_once_and_what_is_left_of_it_again(
    panel: QueuePanel,
) -> None:
    assert panel.select_next_undecided()
    assert [flag.key for flag in panel.upcoming()] == [ALONE.key]
    panel.set_flags((decided(FIRST), decided(SECOND), THIRD, decided(ALONE)))
    assert panel.select_next_undecided() is False
    panel.select(ALONE.key)
    assert panel.select_next_undecided()
    assert panel.selected == THIRD.key
    deciding = frozenset({THIRD.key})
    panel.select(ALONE.key)
    assert panel.select_next_undecided(deciding) is False


def test_going_back_finds_the_undecided_one_before(panel: QueuePanel) -> None:
    panel.select(ALONE.key)
    assert panel.select_next_undecided(step=-1)
    assert panel.selected == SECOND.key
    assert panel.select_next_undecided(step=-1)
    assert panel.selected == ALONE.key


def test_an_incident_is_undecided_until_all_of_it_is_decided(panel: QueuePanel) -> None:
    panel.set_flags((decided(FIRST), decided(SECOND), THIRD, ALONE))
    head = panel.model.row_at(0)
    assert head.incident is not None
    assert head_sign(head.incident) is Sign.UNDECIDED
    assert panel.model.text_in(head, Column.NOTE) == "1 undecided: Freeze, Stutter"
    panel.set_flags((decided(FIRST), decided(SECOND), decided(THIRD), ALONE))
    head = panel.model.row_at(0)
    assert head.incident is not None
    assert head_sign(head.incident) is Sign.CONFIRMED


def test_what_the_filter_hides_is_not_decided_with_the_incident(panel: QueuePanel) -> None:
    panel.detector_box.setCurrentIndex(panel.detector_box.findData("freeze"))
    panel.select_next()
    assert panel.scope() == (FIRST, SECOND)


def test_deciding_a_flag_of_an_incident_keeps_rows_and_selection(
    panel: QueuePanel, qtbot: QtBot
) -> None:
    panel.select_next()
    with qtbot.assertNotEmitted(panel.model.modelReset):
        panel.set_flags((decided(FIRST), SECOND, THIRD, ALONE))
    assert panel.row_of_selected() == 0


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        (QueueOrder.TIME, [FIRST, SECOND, THIRD, ALONE]),
        (QueueOrder.SEVERITY, [SECOND, THIRD, ALONE, FIRST]),
        (QueueOrder.SCORE, [SECOND, ALONE, FIRST, THIRD]),
        (QueueOrder.UNCERTAIN, [THIRD, FIRST, ALONE, SECOND]),
        (QueueOrder.DEFECT, [FIRST, SECOND, ALONE, THIRD]),
    ],
)
def test_orders_sort_the_queue(panel: QueuePanel, order: QueueOrder, keys: list[Flag]) -> None:
    panel.set_grouped(False)
    panel.set_order(order)
    assert list(panel.model.shown()) == keys
    assert panel.orders.currentData() == order.value


def test_a_click_on_a_column_shows_that_no_order_of_the_queue_holds(panel: QueuePanel) -> None:
    panel.set_order(QueueOrder.SCORE)
    panel.table.sortByColumn(Column.DETECTOR, Qt.SortOrder.DescendingOrder)
    assert panel.model.order is None
    assert panel.orders.currentIndex() == -1
    panel.table.sortByColumn(Column.TIME, Qt.SortOrder.AscendingOrder)
    assert panel.orders.currentData() == QueueOrder.TIME


def test_choosing_an_order_in_the_list_tells_it_and_keeps_the_selection(
    panel: QueuePanel, qtbot: QtBot
) -> None:
    panel.select(ALONE.key)
    with qtbot.waitSignal(panel.order_chosen) as caught:
        panel.orders.activated.emit(2)
    assert caught.args == [QueueOrder.SCORE]
    assert panel.selected == ALONE.key
    assert panel.table.currentIndex().row() == panel.row_of_selected()


def test_pressing_the_triangle_opens_the_incident(panel: QueuePanel) -> None:
    panel.resize(500, 300)
    panel.show()
    rect = panel.table.visualRect(panel.model.index(0, Column.DEFECT))
    at = QPoint(rect.left() + 10, rect.center().y())
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.model.rowCount() == 5
