"""Two desks on one store: each shows what the other decides, unless it looks blindly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers.desk_fake import make_title
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot

from core.cli.app import main
from core.config.settings import Settings
from core.domain.assignment import Assignment, Role
from core.domain.verdict import Decision, RejectReason
from core.reports.gather import gather_report
from core.review.agreement import claims_of
from core.review.blind import blinded
from core.store.store import Store
from gui.desk.desk import Desk
from gui.dialogs.missed import MissedDialog
from gui.verdict.choice import Choice

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def desk_of(house: House, store: Path, reviewer: str, blind: bool = False) -> Desk:
    settings = Settings.load()
    settings.set("review.reviewer", reviewer)
    settings.set("review.blind", blind)
    settings.save()
    desk = house.open("--store", str(store))
    assert desk.reviewer == reviewer
    return desk


def confirm(desk: Desk, place: int) -> str:
    flag = desk.snapshot.flags[place]
    desk.review.choose(Choice(flag, Decision.CONFIRM))
    return flag.key


def others(desk: Desk, key: str) -> list[str]:
    flag = desk.snapshot.flag(key)
    assert flag is not None
    return [verdict.reviewer for verdict in flag.others]


def test_a_verdict_of_another_desk_shows_without_asking(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    ann = desk_of(house, tmp_path / "s.db", "ann")
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 0)
    qtbot.waitUntil(lambda: others(ann, key) == ["bob"])
    ann.actions["review.blind"].setChecked(True)
    house.settle(ann)
    assert others(ann, key) == []
    ann.review.choose(Choice(ann.snapshot.flags[0], Decision.CONFIRM))
    house.settle(ann)
    assert others(ann, key) == ["bob"]
    qtbot.waitUntil(lambda: others(bob, key) == ["ann"])


def test_a_blind_desk_starts_blind_and_hides_what_only_others_brought_up(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 1)
    house.settle(bob)
    ann = desk_of(house, tmp_path / "s.db", "ann", blind=True)
    assert others(ann, key) == []
    bob.parts.axis.set_selection((30.0, 31.0))
    bob.actions["mark.missed"].trigger()
    dialog = bob.window.findChild(MissedDialog)
    assert dialog is not None
    dialog.accept()
    house.settle(bob)
    assert any(flag.missed for flag in bob.snapshot.flags)
    ann.actions["review.blind"].setChecked(False)
    qtbot.waitUntil(lambda: any(flag.missed for flag in ann.snapshot.flags))
    assert not any(flag.missed for flag in blinded(ann.snapshot.flags))


def test_who_is_asked_for_a_second_look_looks_blindly_and_who_settles_has_the_last_word(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 0)
    house.settle(bob)
    fingerprint = bob.snapshot.run.fingerprint if bob.snapshot.run is not None else ""
    with Store.open(tmp_path / "s.db") as store:
        store.assignments.append(
            Assignment(fingerprint, "ann", Role.SECOND, "bob", NOW),
            Assignment(fingerprint, "cleo", Role.FINAL, "bob", NOW),
        )
    ann = desk_of(house, tmp_path / "s.db", "ann")
    assert ann.actions["review.blind"].isChecked()
    assert others(ann, key) == []
    cleo = desk_of(house, tmp_path / "s.db", "cleo")
    assert cleo.actions["review.settle"].isChecked()
    assert others(cleo, key) == ["bob"]
    flag = cleo.snapshot.flags[0]
    reason = RejectReason.FALSE_POSITIVE
    cleo.review.choose(Choice(flag, Decision.REJECT, reason=reason))
    house.settle(cleo)
    with Store.open(tmp_path / "s.db") as store:
        report = gather_report(store, house.title, store.runs.latest(fingerprint))
        (entry,) = [e for e in report.entries if e.finding and e.finding.id == key]
        assert entry.state == "reject"
        assert claims_of(fingerprint, store.verdicts.of(fingerprint)) == ()


def test_an_assignment_that_is_withdrawn_counts_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--store", str(tmp_path / "s.db")]
    with Store.open(tmp_path / "s.db") as store:
        store.titles.put(make_title(path=Path("/nowhere/film.mp4")))
    asked = ["assign", "/nowhere/film.mp4", "--to", "ann", "--as", "second", *place]
    assert main(["assign", "/nowhere/film.mp4", *place]) == 1
    assert main(asked) == 0
    assert "blind second look" in capsys.readouterr().out
    assert main([*asked, "--withdraw"]) == 0
    assert "Nobody is asked" in capsys.readouterr().out


def test_what_is_disputed_is_listed_and_opened(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 1)
    house.settle(bob)
    ann = desk_of(house, tmp_path / "s.db", "ann")
    ann.actions["review.agreement"].trigger()
    house.settle(ann)
    dialog = ann.agreement.dialog
    assert dialog is not None
    assert "No two people" in dialog.said.text()
    dialog.reject()
    reason = RejectReason.FALSE_POSITIVE
    ann.review.choose(Choice(ann.snapshot.flags[1], Decision.REJECT, reason=reason))
    house.settle(ann)
    ann.parts.queue.select(ann.snapshot.flags[0].key)
    ann.actions["review.agreement"].trigger()
    house.settle(ann)
    dialog = ann.agreement.dialog
    assert dialog is not None
    assert dialog.figures.words(0, 2) == "1"
    assert dialog.disputes.rowCount() == 1
    assert "ann: rejected, bob: confirmed" in dialog.disputes.words(0, 3)
    monkeypatch.setattr(Path, "exists", lambda _self: True)
    dialog.disputes.itemActivated.emit(dialog.disputes.item(0, 0))
    assert ann.parts.queue.selected == key
