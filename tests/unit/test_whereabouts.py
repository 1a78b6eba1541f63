"""What a desk leaves behind when it breaks off, and who may take it over."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.errors import KnownError
from core.review.whereabouts import Whereabouts, WhereaboutsFile, read_whereabouts

HERE = Whereabouts(
    store="sqlite:////s.db",
    path=Path("/media/Reel ä \udcff.mov"),
    fingerprint="f",
    playhead_s=12.5,
    view=(10.0, 20.0),
    marked=(11.0, 12.0),
    flag="k",
    filters={"search": "black"},
    drafts={"k": ("blocker", "Ruß in der Blende"), "l": (None, "")},
)


def broken_off(here: Whereabouts = HERE) -> Path:
    """A desk that wrote where it was and then lost its lock without a word."""
    file = WhereaboutsFile.fresh()
    file.write(here)
    file.leave_behind()
    return file.path


def test_what_a_desk_left_is_taken_over_whole_and_only_once() -> None:
    broken_off()
    taken = WhereaboutsFile.take_over(HERE.store)
    assert taken is not None
    assert taken.found == HERE
    assert WhereaboutsFile.take_over(HERE.store) is None
    taken.remove()
    assert list(taken.path.parent.iterdir()) == []


def test_desk_that_lives_is_never_taken_over_and_each_has_a_file_of_its_own() -> None:
    one, two = WhereaboutsFile.fresh(), WhereaboutsFile.fresh()
    one.write(HERE)
    two.write(replace(HERE, playhead_s=99.0))
    assert WhereaboutsFile.take_over(HERE.store) is None
    assert read_whereabouts(one.path) == HERE
    one.leave_behind()
    taken = WhereaboutsFile.take_over(HERE.store)
    assert taken is not None
    assert taken.path == one.path
    for file in (taken, two):
        file.remove()


def test_only_a_desk_at_the_same_store_and_title_takes_over() -> None:
    path = broken_off()
    assert WhereaboutsFile.take_over("sqlite:////other.db") is None
    assert WhereaboutsFile.take_over(HERE.store, Path("/media/other.mov")) is None
    taken = WhereaboutsFile.take_over(HERE.store, HERE.path)
    assert taken is not None
    assert taken.path == path
    taken.remove()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\xff" * 100,
        lambda data: b"[" * 100_000,
        lambda data: b"null",
        lambda data: json.dumps({**json.loads(data), "playhead_s": float("nan")}).encode(),
        lambda data: json.dumps({**json.loads(data), "version": 0}).encode(),
        lambda data: json.dumps({**json.loads(data), "drafts": {"k": "x"}}).encode(),
        lambda data: data + b" " * (5 << 20),
    ],
)
def test_damaged_file_is_no_obstacle_and_goes_away(spoil: Callable[[bytes], bytes]) -> None:
    path = broken_off()
    path.write_bytes(spoil(path.read_bytes()))
    assert WhereaboutsFile.take_over(HERE.store) is None
    assert list(path.parent.iterdir()) == []


def test_file_of_a_newer_version_is_not_read_and_stays_for_that_version() -> None:
    path = broken_off()
    newer = json.dumps({**json.loads(path.read_bytes()), "version": 99}).encode()
    path.write_bytes(newer)
    assert read_whereabouts(path) is None
    assert WhereaboutsFile.take_over(HERE.store) is None
    assert path.read_bytes() == newer


def test_file_of_a_version_that_said_less_is_taken_over_with_what_it_says() -> None:
    path = broken_off()
    said = json.loads(path.read_bytes())
    path.write_text(json.dumps({k: said[k] for k in ("version", "store", "path", "drafts")}))
    taken = WhereaboutsFile.take_over(HERE.store)
    assert taken is not None
    assert taken.found == Whereabouts(HERE.store, HERE.path, drafts=HERE.drafts)
    taken.remove()


def test_folder_does_not_grow_with_crashes_nor_a_file_with_writes() -> None:
    for number in range(20):
        path = broken_off(replace(HERE, store=f"other {number}"))
        os.utime(path, (number, number))
    assert WhereaboutsFile.take_over(HERE.store) is None
    left = [read_whereabouts(path) for path in path.parent.glob("*.json")]
    assert {here.store for here in left if here} == {f"other {n}" for n in range(12, 20)}
    file = WhereaboutsFile.fresh()
    sizes = set()
    for _ in range(3):
        file.write(HERE)
        sizes.add(file.path.stat().st_size)
    assert len(sizes) == 1
    file.remove()


def test_write_that_fails_leaves_what_was_there_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = WhereaboutsFile.fresh()
    file.write(HERE)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(KnownError, match="cannot be kept"):
            file.write(replace(HERE, playhead_s=50.0))
    assert read_whereabouts(file.path) == HERE
    assert sorted(p.suffix for p in file.path.parent.iterdir()) == [".json", ".lock"]
    file.remove()
