"""Rounds of masks in the store: whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.mask_value import make_layer, make_project, make_round
from sqlalchemy import update

from core.domain.errors import KnownError
from core.domain.mask import MaskOrigin
from core.store.check import check
from core.store.export import export_lines
from core.store.store import Store
from core.store.table import MaskRoundRow

SOME = [[0, 1, 1, 255], [2, 2, 0, 255]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        opened.masks.put(make_project(4, 2))
        yield opened


def test_a_round_comes_back_as_it_went(store: Store) -> None:
    assert store.mask_rounds.latest("project1") is None
    store.mask_rounds.finish(make_round(1), [make_layer("p", SOME, MaskOrigin.PREDICTION)])
    store.mask_rounds.finish(make_round(2), [make_layer("q", SOME, MaskOrigin.PREDICTION)])
    assert store.mask_rounds.all("project1") == (make_round(1), make_round(2))
    assert store.mask_rounds.latest("project1") == make_round(2)
    assert store.mask_rounds.next_number("project1") == 3
    assert [one.id for one in store.masks.layers("project1")] == ["q"]


def test_a_round_that_comes_second_changes_nothing(store: Store) -> None:
    store.mask_rounds.finish(make_round(1), [make_layer("p", SOME, MaskOrigin.PREDICTION)])
    late = replace(make_round(1), id="late")
    with pytest.raises(KnownError, match="Another round"):
        store.mask_rounds.finish(late, [make_layer("q", SOME, MaskOrigin.PREDICTION)])
    assert store.mask_rounds.all("project1") == (make_round(1),)
    assert [one.id for one in store.masks.layers("project1")] == ["p"]


def test_a_round_brings_predictions_only(store: Store) -> None:
    with pytest.raises(ValueError, match="only predictions"):
        store.mask_rounds.finish(make_round(1), [make_layer("p", SOME)])
    assert store.mask_rounds.all("project1") == ()


def test_a_damaged_round_is_told(store: Store) -> None:
    store.mask_rounds.finish(make_round(1), ())
    assert check(store).ok
    store.database.write(lambda c: c.execute(update(MaskRoundRow).values(document='{"at": 1}')))
    assert not check(store).ok
    with pytest.raises(KnownError, match="damaged"):
        store.mask_rounds.all("project1")


def test_rounds_are_part_of_what_is_exported(store: Store) -> None:
    store.mask_rounds.finish(make_round(1), ())
    (line,) = (line for line in export_lines(store) if line["kind"] == "mask_round")
    assert json.loads(json.dumps(line))["asked"][0]["box"] == [0, 0, 2, 2]
