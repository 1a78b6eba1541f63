"""The verdict bar asks for decisions and shows only what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.desk_fake import clock, make_flag, make_missed
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.domain.defect import Severity
from core.domain.verdict import Decision, Disposition, RejectReason
from gui.actions import ActionSet, When
from gui.verdict.bar import VerdictBar
from gui.verdict.choice import Choice, Draft


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.table = ActionSet({}, self)
        self.table.set_state(~When.ALWAYS)
        self.bar = VerdictBar(self.table, clock)
        QVBoxLayout(self).addWidget(self.bar)
        self.chosen: list[Choice] = []
        self.bar.chosen.connect(self.chosen.append)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    return desk


def button(desk: Desk, name: str) -> QPushButton:
    found = [b for b in desk.findChildren(QPushButton) if b.accessibleName() == name]
    assert len(found) == 1, name
    return found[0]


def write(desk: Desk, text: str) -> None:
    desk.bar.comment.setFocus()
    desk.bar.comment.clear()
    QTest.keyClicks(desk.bar.comment, text)


def test_confirm_asks_for_a_fix_by_default(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0))
    desk.table["review.confirm"].trigger()
    (choice,) = desk.chosen
    assert (choice.decision, choice.disposition) == (Decision.CONFIRM, Disposition.FIX)


def test_reject_has_a_reason_by_default(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0))
    desk.table["review.reject"].trigger()
    (choice,) = desk.chosen
    assert (choice.decision, choice.reason) == (Decision.REJECT, RejectReason.FALSE_POSITIVE)


@pytest.mark.parametrize(
    ("name", "disposition", "reason"),
    [
        ("Confirm: Creative", Disposition.CREATIVE_INTENT, None),
        ("Confirm: Best possible", Disposition.BEST_POSSIBLE, None),
        ("Reject: Not visible", None, RejectReason.NOT_VISIBLE),
        ("Reject: Duplicate", None, RejectReason.DUPLICATE),
    ],
)
def test_each_button_decides_what_it_says(
    desk: Desk, name: str, disposition: Disposition | None, reason: RejectReason | None
) -> None:
    desk.bar.set_flag(make_flag(1.0))
    button(desk, name).click()
    assert [(c.disposition, c.reason) for c in desk.chosen] == [(disposition, reason)]


def test_pressed_button_looks_pressed_only_once_the_store_has_it(desk: Desk) -> None:
    flag = make_flag(1.0)
    desk.bar.set_flag(flag)
    fix = button(desk, "Confirm: Fix")
    fix.click()
    assert not fix.isChecked()
    desk.bar.set_flag(make_flag(1.0, decision=Decision.CONFIRM))
    assert fix.isChecked()


def test_same_decision_again_is_not_stored_twice(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0, decision=Decision.CONFIRM))
    desk.table["review.confirm"].trigger()
    assert desk.chosen == []
    assert button(desk, "Confirm: Fix").isChecked()


def test_confirming_again_keeps_the_disposition(desk: Desk) -> None:
    kept = make_flag(1.0, decision=Decision.CONFIRM, disposition=Disposition.CREATIVE_INTENT)
    desk.bar.set_flag(kept)
    desk.table["review.blocker"].trigger()
    (choice,) = desk.chosen
    assert choice.disposition is Disposition.CREATIVE_INTENT
    assert choice.severity is Severity.BLOCKER


def test_severity_of_an_undecided_flag_waits_for_its_decision(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0))
    desk.table["review.fyi"].trigger()
    assert desk.chosen == []
    assert button(desk, "Severity: FYI").isChecked()
    desk.table["review.unsure"].trigger()
    assert desk.chosen[0].severity is Severity.FYI


def test_comment_goes_with_the_decision_that_follows(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0))
    write(desk, " look at the sky ")
    desk.table["review.reject"].trigger()
    assert desk.chosen[0].comment == "look at the sky"


def test_comment_on_a_decided_flag_is_stored_on_enter(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0, decision=Decision.UNSURE))
    write(desk, "ask Kim")
    QTest.keyClick(desk.bar.comment, Qt.Key.Key_Return)
    assert [(c.decision, c.comment) for c in desk.chosen] == [(Decision.UNSURE, "ask Kim")]


def test_comment_being_typed_is_not_lost_when_another_flag_is_selected(desk: Desk) -> None:
    first = make_flag(1.0)
    desk.bar.set_flag(first)
    write(desk, "half a thought")
    desk.bar.set_flag(make_flag(9.0))
    assert desk.bar.comment.text() == ""
    assert desk.bar.drafts == {first.key: Draft(None, "half a thought")}
    desk.bar.set_flag(first)
    assert desk.bar.comment.text() == "half a thought"


def test_refresh_of_the_same_flag_does_not_disturb_typing(desk: Desk) -> None:
    flag = make_flag(1.0)
    desk.bar.set_flag(flag)
    write(desk, "typing")
    desk.bar.set_flag(replace(flag))
    assert desk.bar.comment.text() == "typing"
    assert desk.chosen == []


def test_draft_is_dropped_once_the_flag_is_decided(desk: Desk) -> None:
    desk.bar.set_flag(make_flag(1.0))
    desk.table["review.fyi"].trigger()
    desk.bar.set_flag(make_flag(1.0, decision=Decision.UNSURE, severity=Severity.ISSUE))
    assert desk.bar.drafts == {}


def test_confirming_a_missed_defect_leaves_it_a_missed_defect(desk: Desk) -> None:
    desk.bar.set_flag(make_missed(2.0))
    desk.table["review.best_possible"].trigger()
    (choice,) = desk.chosen
    assert (choice.decision, choice.disposition) == (Decision.MISSED, Disposition.BEST_POSSIBLE)


def test_without_a_flag_nothing_can_be_decided(desk: Desk) -> None:
    desk.bar.set_flag(None)
    desk.table["review.confirm"].trigger()
    desk.table["review.fyi"].trigger()
    assert desk.chosen == []
    assert not desk.bar.comment.isEnabled()


def test_severity_pressed_right_after_a_decision_amends_it_before_it_is_stored(desk: Desk) -> None:
    flag = make_flag(1.0)
    desk.bar.set_flag(flag)
    desk.table["review.reject"].trigger()
    desk.table["review.blocker"].trigger()
    assert [(c.decision, c.severity) for c in desk.chosen] == [
        (Decision.REJECT, None),
        (Decision.REJECT, Severity.BLOCKER),
    ]


def test_comment_of_a_decision_that_could_not_be_stored_is_kept(desk: Desk) -> None:
    flag = make_flag(1.0)
    desk.bar.set_flag(flag)
    write(desk, "precious")
    desk.table["review.reject"].trigger()
    desk.bar.settle(flag.key, stored=False)
    assert desk.bar.comment.text() == "precious"
    assert desk.bar.drafts == {flag.key: Draft(None, "precious")}


def test_every_control_has_a_name(desk: Desk) -> None:
    for control in desk.findChildren(QPushButton):
        assert control.accessibleName()
        assert control.toolTip()
