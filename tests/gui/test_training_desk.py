"""Training in the desk: verdicts are counted, a training runs beside it, and a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from helpers.learner_fake import CANDIDATE, PARENT, STEPS, FakeLearner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from core.domain.lineage import Change, TrainingState
from core.domain.verdict import Decision, Disposition, RejectReason
from core.jobs.request import AnalyseRequest, RetrainRequest
from core.store.lineage import LineageBook
from gui.bridge import WorkerBridge
from gui.desk.desk import Desk
from gui.training.window import TrainingWindow
from gui.verdict.choice import Choice

DETECTOR = "block_corruption"
SPELLS = {DETECTOR: tuple((2.0 + 5 * n, 3.0 + 5 * n) for n in range(10))}
TRUE = (0, 4)


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


class School:
    """A desk with decided flags, its window of training, and the learner behind it."""

    def __init__(self, house: House, store: Path, decide: bool = True) -> None:
        self.house = house
        self.learners: list[FakeLearner] = []
        self.desk: Desk = house.start("--store", str(store))
        house.workers[-1].spells = SPELLS
        self.desk.training.jobs._make_learner = lambda: WorkerBridge(self._make)
        self.desk.open_path(Path("/nowhere/title.mp4"))
        house.settle(self.desk)
        if decide:
            self._decide()

    def _make(self, *callbacks: object) -> FakeLearner:
        self.learners.append(FakeLearner(*callbacks))  # type: ignore[arg-type]
        return self.learners[-1]

    def _decide(self) -> None:
        desk = self.desk
        flags = [flag for flag in desk.snapshot.flags if flag.detector == DETECTOR]
        assert len(flags) == len(SPELLS[DETECTOR])
        true = [flag for number, flag in enumerate(flags) if number in TRUE]
        false = [flag for number, flag in enumerate(flags) if number not in TRUE]
        fix, wrong = Disposition.FIX, RejectReason.FALSE_POSITIVE
        desk.review.choose_many(true, Choice(true[0], Decision.CONFIRM, disposition=fix))
        desk.review.choose_many(false, Choice(false[0], Decision.REJECT, reason=wrong))
        self.house.settle(desk)

    @property
    def learner(self) -> FakeLearner:
        return self.learners[-1]

    def open(self) -> TrainingWindow:
        self.desk.actions["learning.train"].trigger()
        self.house.settle(self.desk)
        window = self.desk.training.window
        assert window is not None
        window.choose(DETECTOR)
        self.settle()
        return window

    def settle(self) -> None:
        self.house.until(lambda: self.desk.idle)
        QTest.qWait(0)
        self.house.until(lambda: self.desk.idle)

    def show(self, window: TrainingWindow, tab: object) -> None:
        window.tabs.setCurrentWidget(tab)  # type: ignore[arg-type]
        self.settle()


def cell(window: TrainingWindow, row: int, column: int) -> str:
    return window.progress._cells[row, column].text()


def test_verdicts_are_counted_and_nothing_else_is_offered(house: House, tmp_path: Path) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    assert [cell(window, 2, column) for column in (1, 2, 3, 4)] == ["2", "0", "8", "0"]
    assert "10" in window.list.item(0).text()
    assert PARENT in window.used.text()
    assert window.progress.train.isVisible()
    assert not window.progress.resume.isVisible()
    assert window.progress.loss.hint
    school.show(window, window.gate)
    assert not window.gate.accept.isVisible()
    assert "no candidate" in window.gate.reasons.text()
    school.show(window, window.changes)
    assert not window.changes.compare.isEnabled()
    school.show(window, window.history)
    assert not window.history.back.isEnabled()
    assert window.history.tree.topLevelItemCount() == 1


def test_a_training_runs_pauses_goes_on_and_is_accepted_and_taken_back(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    window.progress.train.click()
    school.settle()
    request = school.learner.requests[0]
    assert isinstance(request, RetrainRequest)
    assert (request.detector, request.training) == (DETECTOR, "")
    assert not window.progress.train.isVisible()
    school.learner.step(3)
    house.until(lambda: window.progress.bar.value() == 300)
    assert "left" in window.progress.bar.format()
    school.desk.training._look_at_training()
    school.settle()
    assert window.progress.loss.hint == window.progress.figures.hint == ""
    window.progress.pause.click()
    school.settle()
    assert window.progress.resume.isVisible()
    window.progress.resume.click()
    school.settle()
    again = school.learner.requests[-1]
    assert isinstance(again, RetrainRequest)
    assert again.training == "t1"
    school.learner.step(STEPS)
    school.learner.end()
    house.until(lambda: window.gate.accept.isEnabled())
    assert "Passes the gate" in window.gate.verdict.text()
    assert [window.gate.table.words(row, 5) for row in range(3)] == [
        "better",
        "no worse",
        "no worse",
    ]
    assert not window.used.text().endswith(CANDIDATE)

    window.changes.compare.click()
    house.until(lambda: window.changes.view.model.rowCount() == 8)
    assert all(
        change is not None and change.change is Change.LOST and change.decision is Decision.REJECT
        for change in map(window.changes.view.model.change_at, range(8))
    )
    assert "8 lost, 2 kept" in window.changes.view.count.text()

    window.gate.accept.click()
    house.until(lambda: window.used.text().endswith(CANDIDATE))
    assert not window.gate.accept.isEnabled()
    root = window.history.tree.topLevelItem(0)
    assert root.child(0).text(0).startswith(CANDIDATE)
    assert window.history.old.rowCount() == 1

    window.history.back.click()
    box = window.findChild(QMessageBox, "confirm")
    assert box is not None
    assert school.learner.book.in_use().names == {DETECTOR: CANDIDATE}
    box.buttons()[0].click()
    house.until(lambda: window.used.text().endswith(PARENT))
    assert window.history.moves.rowCount() == 2


def test_what_does_not_pass_cannot_be_accepted(house: House, tmp_path: Path) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    window.progress.train.click()
    school.settle()
    school.learner.passes = False
    school.learner.end()
    house.until(lambda: window.gate.refuse.isEnabled())
    assert "Does not pass" in window.gate.verdict.text()
    assert not window.gate.accept.isEnabled()
    window.gate.refuse.click()
    school.settle()
    assert school.learner.book.training("t1").state is TrainingState.REFUSED
    assert window.progress.train.isVisible()


def test_giving_up_ends_a_training_for_good(house: House, tmp_path: Path) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    window.progress.train.click()
    school.settle()
    window.progress.stop.click()
    school.settle()
    house.until(lambda: window.progress.train.isVisible())
    assert school.learner.book.training("t1").state is TrainingState.REFUSED


def test_closing_the_window_leaves_the_training_and_leaving_the_desk_pauses_it(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    window.progress.train.click()
    school.settle()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert school.desk.training.window is None
    assert school.learner.running
    window = school.open()
    assert window.progress.pause.isVisible()
    house.end(school.desk)
    assert school.learner.closed
    assert school.learner.book.training("t1").state is TrainingState.PAUSED


def test_fitted_thresholds_show_their_effect_and_go_into_the_profile(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    school.show(window, window.thresholds)
    assert not window.thresholds.apply.isEnabled()
    window.thresholds.fit.click()
    house.until(lambda: window.thresholds.apply.isEnabled())
    house.until(lambda: "10 lost" in window.thresholds.changes.count.text())
    window.thresholds.try_out.click()
    school.settle()
    house.until(
        lambda: (
            not any(
                f.detector == DETECTOR and f.finding is not None for f in school.desk.snapshot.flags
            )
        )
    )
    window.thresholds.apply.click()
    school.settle()
    assert school.desk.base_profile.thresholds[DETECTOR]["min_length_s"] == 3.5
    assert LineageBook().calibration(DETECTOR) == ((0.0, 0.2), (1.0, 0.2))


def test_reliability_and_drift_are_drawn_from_what_was_decided(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    LineageBook().keep_calibration(DETECTOR, ((0.0, 0.2), (1.0, 0.2)))
    school.show(window, window.scores)
    assert window.scores.reliability.hint == ""
    assert "fitted to verdicts the error is 0.000" in window.scores.figures.text()
    assert "2 of 10 flags confirmed" in window.scores.figures.text()
    assert "say little" in window.scores.figures.text()
    assert "Too few titles" in window.scores.shift.text()


def test_a_click_on_a_change_opens_its_title_there(house: House, tmp_path: Path) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    window.progress.train.click()
    school.settle()
    school.learner.end()
    house.until(lambda: window.changes.compare.isEnabled())
    window.changes.compare.click()
    view = window.changes.view
    house.until(lambda: view.model.rowCount() == 8)
    wanted = view.model.change_at(5)
    assert wanted is not None
    school.desk.close_title()
    house.patch.setattr(Path, "exists", lambda _path: True)
    view.list.activated.emit(view.model.index(5))
    house.until(lambda: school.desk.title is not None)
    house.settle(school.desk)
    house.until(lambda: school.desk.selection.flag is not None)
    flag = school.desk.selection.flag
    assert flag is not None
    assert flag.span == wanted.finding.span


def test_titles_of_older_weights_are_analysed_again_only_when_asked(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    window = school.open()
    # The made-up analysis names no weights at all.
    assert window.history.old.rowCount() == 1
    house.patch.setattr(Path, "exists", lambda _path: True)
    before = len(house.workers[0].requests)
    window.history.again.click()
    school.settle()
    asked = house.workers[0].requests[before:]
    assert [type(request) for request in asked] == [AnalyseRequest]
    assert school.desk.training.again.progress == (0, 0)


def test_a_training_is_offered_once_there_is_enough_and_starts_only_where_allowed(
    house: House, tmp_path: Path
) -> None:
    school = School(house, tmp_path / "s.db")
    desk = school.desk
    offers = desk.training.offers
    offers.look()
    school.settle()
    assert not school.learners
    assert "could learn" not in desk.window.message.text()
    desk.settings.set("learning.verdicts", 10)
    offers.look()
    school.settle()
    assert "could learn" in desk.window.message.text()
    assert not school.learners
    desk.settings.set("learning.start", True)
    offers.look()
    school.settle()
    assert not school.learners, "the same occasion does not come back on the same day"
    desk.settings.layout = {}
    offers.look()
    school.settle()
    assert desk.training.jobs.training == DETECTOR


def test_an_empty_store_says_what_is_missing(house: House, tmp_path: Path) -> None:
    school = School(house, tmp_path / "s.db", decide=False)
    window = school.open()
    assert window.list.count() == 2
    assert "nothing to learn from" in window.progress.advice.text()
    school.show(window, window.scores)
    assert window.scores.reliability.hint
