"""Trainings and promotions on disk: whole or not there, whatever happens in between."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.lineage_value import gate, training, weights

from core.config import paths
from core.domain.errors import KnownError
from core.domain.lineage import TrainingState
from core.learning.retrain.promotion import promote, roll_back
from core.models import weights as room
from core.models.weights import find, in_use
from core.store.lineage import LineageBook


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(room, "shipped_folder", lambda: tmp_path / "shipped")
    weights("block_corruption.r1", 1, folder=room.shipped_folder)


def examined(number: str, revision: int, passes: bool = True) -> LineageBook:
    """A book in which a training has made weights that were examined."""
    book = LineageBook()
    name = f"block_corruption.r{revision}"
    made = weights(name, revision, number)
    book.save(
        training(
            number,
            candidate=name,
            candidate_sha256=made.tensors_sha256,
            gate=gate(passes),
        )
    )
    return book


def test_a_training_comes_back_as_it_was() -> None:
    book = LineageBook()
    book.save(training("b2", created=training().created.replace(hour=13)))
    book.save(training("a1"))
    assert book.training("a1") == training("a1")
    assert [t.id for t in book.trainings()] == ["a1", "b2"]
    assert book.trainings("lipsync") == ()
    with pytest.raises(KnownError, match="no training zz"):
        book.training("zz")
    with pytest.raises(KnownError, match=r"no training \.\./a1"):
        book.training("../a1")


def test_weights_of_a_training_measure_only_once_they_are_promoted() -> None:
    book = examined("a1", 101)
    assert find("block_corruption").card.name == "block_corruption.r1"
    promote(book, "a1", "Ann")
    assert find("block_corruption").card.name == "block_corruption.r101"
    assert book.training("a1").state is TrainingState.ACCEPTED


def test_a_roll_back_goes_one_promotion_back_at_a_time() -> None:
    examined("a1", 101)
    book = examined("b2", 102)
    promote(book, "a1", "Ann")
    promote(book, "b2", "Ann")
    assert book.previous("block_corruption") == "block_corruption.r101"
    roll_back(book, "block_corruption", "Bob")
    assert find("block_corruption").card.name == "block_corruption.r101"
    roll_back(book, "block_corruption", "Bob")
    assert find("block_corruption").card.name == "block_corruption.r1"
    with pytest.raises(KnownError, match="nothing to undo"):
        roll_back(book, "block_corruption", "Bob")
    said = [(p.number, p.after, p.by, p.rolled_back) for p in book.promotions()]
    assert said == [
        (1, "block_corruption.r101", "Ann", False),
        (2, "block_corruption.r102", "Ann", False),
        (3, "block_corruption.r101", "Bob", True),
        (4, "block_corruption.r1", "Bob", True),
    ]


def test_rolled_back_to_what_shipped_the_newest_that_ships_is_used_from_then_on() -> None:
    book = examined("a1", 101)
    promote(book, "a1", "Ann")
    roll_back(book, "block_corruption", "Ann")
    weights("block_corruption.r2", 2, folder=room.shipped_folder)
    assert find("block_corruption").card.name == "block_corruption.r2"


def test_what_the_gate_holds_back_is_promoted_only_when_a_person_insists() -> None:
    book = examined("a1", 101, passes=False)
    with pytest.raises(KnownError, match="does not let"):
        promote(book, "a1", "Ann")
    assert find("block_corruption").card.name == "block_corruption.r1"
    promote(book, "a1", "Ann", against_gate=True)
    assert find("block_corruption").card.name == "block_corruption.r101"


def test_weights_that_are_not_what_was_examined_are_not_promoted() -> None:
    book = examined("a1", 101)
    weights("block_corruption.r101", 7, "a1")
    with pytest.raises(KnownError, match="not what was examined"):
        promote(book, "a1", "Ann")
    book = examined("b2", 102)
    (room.own_folder() / "block_corruption.r102.safetensors").write_bytes(b"torn")
    with pytest.raises(KnownError, match="not the one that its card tells of"):
        promote(book, "b2", "Ann")
    assert book.promotions() == ()


@pytest.mark.parametrize("state", ["missing", "altered"])
def test_promoted_weights_that_are_gone_are_passed_over_with_a_sentence(state: str) -> None:
    promote(examined("a1", 101), "a1", "Ann")
    file = room.own_folder() / "block_corruption.r101.safetensors"
    if state == "missing":
        (room.own_folder() / "block_corruption.r101.json").unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    found = in_use("block_corruption")
    assert found.weights.card.name == "block_corruption.r1"
    assert found.sentence == (
        f"The promoted weights block_corruption.r101 are {state}; block_corruption.r1 is used "
        "instead."
    )


def test_a_damaged_pointer_leaves_the_shipped_weights_and_is_mended_by_the_next_promotion() -> None:
    promote(examined("a1", 101), "a1", "Ann")
    paths.weights_pointer().write_text('{"format": 1, "number"')
    found = in_use("block_corruption")
    assert found.weights.card.name == "block_corruption.r1"
    assert "cannot be read" in found.sentence
    promote(examined("b2", 102), "b2", "Ann")
    assert find("block_corruption").card.name == "block_corruption.r102"
    assert [p.number for p in LineageBook().promotions()] == [1, 2]


def test_the_pointer_of_a_newer_version_is_not_replaced_and_shipped_weights_measure() -> None:
    promote(examined("a1", 101), "a1", "Ann")
    newer = paths.weights_pointer().read_text().replace('"format": 1', '"format": 2')
    paths.weights_pointer().write_text(newer)
    assert find("block_corruption").card.name == "block_corruption.r1"
    with pytest.raises(KnownError, match="newer version of Onglass promoted"):
        promote(examined("b2", 102), "b2", "Ann")
    assert paths.weights_pointer().read_text() == newer


def test_promoted_weights_with_a_card_of_a_newer_version_are_passed_over_with_a_sentence() -> None:
    promote(examined("a1", 101), "a1", "Ann")
    card = room.own_folder() / "block_corruption.r101.json"
    newer = card.read_text().replace('"format": 1', '"format": 2')
    card.write_text(newer)
    found = in_use("block_corruption")
    assert found.weights.card.name == "block_corruption.r1"
    assert found.sentence.startswith("This version cannot read the card of the promoted weights")
    assert room.taken_names() == {"block_corruption.r1", "block_corruption.r101"}


def test_a_refused_training_is_remembered_and_one_in_use_cannot_be_refused() -> None:
    book = examined("a1", 101)
    assert book.refuse("a1").state is TrainingState.REFUSED
    assert book.training("a1").state is TrainingState.REFUSED
    book = examined("b2", 102)
    promote(book, "b2", "Ann")
    with pytest.raises(KnownError, match="cannot be refused: accepted"):
        book.refuse("b2")


class Killed(BaseException):
    """Stands for a kill: nothing may catch it."""


STEPS = ("replace", "fsync", "open")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("act", ["promote", "roll back"])
def test_a_crash_at_any_step_leaves_the_weights_of_before_or_of_after(
    step: str, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before and after each call that touches the disk; the next promotion then works."""
    done = False
    number = 0
    while not done:
        number += 1
        for after in (False, True):
            wanted = f"block_corruption.r{100 + 2 * number + after}"
            book = examined(f"t{number}{int(after)}", 100 + 2 * number + after)
            if act == "roll back":
                promote(book, f"t{number}{int(after)}", "Ann")
            before = find("block_corruption").card.name
            told = len(book.promotions())
            with monkeypatch.context() as patch:
                patch.setattr(os, step, crashing(getattr(os, step), number, after))
                try:
                    if act == "promote":
                        promote(book, f"t{number}{int(after)}", "Ann")
                    else:
                        roll_back(book, "block_corruption", "Ann")
                    done = True
                except Killed:
                    pass
            now = find("block_corruption").card.name
            counted = len(book.promotions()) - told
            if act == "promote":
                assert (now, counted) in {(before, 0), (wanted, 1)}
                assert done is False or now == wanted
            else:
                assert (before, counted) == (wanted, 0) or counted == 1
                assert (now == before) == (counted == 0)
    assert number >= 2
    numbers = [p.number for p in LineageBook().promotions()]
    assert numbers == list(range(1, len(numbers) + 1))


def crashing(call: Callable[..., object], on: int, after: bool) -> Callable[..., object]:
    seen = 0

    def called(*args: object, **options: object) -> object:
        nonlocal seen
        seen += 1
        if seen == on and not after:
            raise Killed
        made = call(*args, **options)
        if seen == on:
            raise Killed
        return made

    return called


def test_a_line_that_a_crash_cut_off_costs_no_other() -> None:
    book = examined("a1", 101)
    promote(book, "a1", "Ann")
    log = paths.learning_dir() / "promotions.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    assert [p.after for p in book.promotions()] == ["block_corruption.r101"]
    promote(examined("b2", 102), "b2", "Ann")
    assert [p.number for p in book.promotions()] == [1, 2]
    lines = [line for line in log.read_text().splitlines() if line.endswith("}")]
    assert len(lines) == 2


def test_a_card_without_a_training_says_nothing_of_one() -> None:
    from helpers.lineage_value import CARD

    assert "training" not in CARD.to_json().split('"recipe"')[0]
    assert '"training": "a1"' in replace(CARD, training="a1").to_json()
