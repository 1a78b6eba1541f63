"""Masks in the store: kept whole, never changed, told when they are damaged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.mask_value import make_layer, make_project
from helpers.review_value import FINGERPRINT
from sqlalchemy import delete, text, update

from core.domain.errors import BugError, KnownError
from core.domain.mask import MaskOrigin
from core.store.check import check
from core.store.store import Store
from core.store.table import MaskLayerRow

SOME = [[0, 1, 1, 255], [2, 2, 0, 255]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        opened.masks.put(make_project(4, 2))
        yield opened


def test_projects_and_layers_come_back_as_they_went(store: Store) -> None:
    layer = make_layer("a", SOME, pts=-7, clicks=12, complete=True)
    store.masks.append(layer)
    assert store.masks.all(FINGERPRINT) == (make_project(4, 2),)
    assert store.masks.get("proj") == make_project(4, 2)
    (back,) = store.masks.layers("project1")
    assert np.array_equal(back.labels, layer.labels)
    for name in ("id", "project", "pts", "origin", "by", "at", "clicks", "complete", "undoes"):
        assert getattr(back, name) == getattr(layer, name)


def test_layers_of_a_frame_come_in_the_order_in_which_they_were_appended(store: Store) -> None:
    for name, pts in (("a", 4), ("b", 2), ("c", 4)):
        store.masks.append(make_layer(name, SOME, pts=pts))
    assert [one.id for one in store.masks.layers("project1", 4)] == ["a", "c"]
    assert store.masks.frames("project1") == (2, 4)
    assert store.masks.bytes_of("project1") > 0


def test_a_new_prediction_takes_the_place_of_the_old_one_of_its_frame_alone(store: Store) -> None:
    old = [make_layer(f"o{pts}", SOME, MaskOrigin.PREDICTION, pts) for pts in (1, 2)]
    store.masks.append(make_layer("said", SOME, pts=1))
    store.masks.predict(*old)
    store.masks.predict(make_layer("n1", SOME, MaskOrigin.PREDICTION, 1))
    assert [one.id for one in store.masks.layers("project1", 1)] == ["said", "n1"]
    assert [one.id for one in store.masks.layers("project1", 2)] == ["o2"]


def test_only_predictions_take_the_place_of_others(store: Store) -> None:
    with pytest.raises(ValueError, match="predictions"):
        store.masks.predict(make_layer("a", SOME))


@pytest.mark.parametrize(
    "change",
    [
        update(MaskLayerRow).values(by="Eve"),
        delete(MaskLayerRow),
        text("INSERT OR REPLACE INTO mask_layers SELECT * FROM mask_layers"),
    ],
    ids=["update", "delete", "replace"],
)
def test_what_a_person_said_cannot_be_changed(store: Store, change: object) -> None:
    store.masks.append(make_layer("a", SOME))
    with pytest.raises(BugError, match="append-only"):
        store.database.write(lambda connection: connection.execute(change))  # type: ignore[call-overload]
    assert [one.by for one in store.masks.layers("project1")] == ["Ada"]


def test_a_damaged_mask_is_told_and_not_shown(store: Store) -> None:
    store.masks.append(make_layer("a", SOME))
    with store.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER mask_layers_refuse_update"))
        connection.execute(update(MaskLayerRow).values(data=b"\x00" * 20))
    with pytest.raises(KnownError, match="mask in the store is damaged"):
        store.masks.layers("project1")
    problems = " ".join(check(store).problems)
    assert "Mask 1 of frame 0 in project project1 is damaged" in problems
    assert "not protected" in problems


def test_two_layers_of_one_id_are_refused_together(store: Store) -> None:
    with pytest.raises(BugError, match="append-only"):
        store.masks.append(make_layer("a", SOME), make_layer("a", SOME))
    assert store.masks.layers("project1") == ()


def test_a_project_that_is_not_there_is_said(store: Store) -> None:
    store.masks.put(replace(make_project(4, 2), id="project2"))
    with pytest.raises(KnownError, match="More than one mask project"):
        store.masks.get("proj")
    with pytest.raises(KnownError, match="No mask project"):
        store.masks.get("x")
