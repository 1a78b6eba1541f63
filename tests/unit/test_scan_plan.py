"""Which titles are meant, and how long they will take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.inline_engine import InlineEngine
from helpers.review_value import make_title

from core.analysis.piece import look
from core.domain.errors import KnownError
from core.jobs.request import LookRequest
from core.media.cut import ranges_of
from core.scan.drive import drive
from core.scan.ledger import Order, make_batch
from core.scan.plan import estimate, find_titles, is_many, measured_pace
from core.store.store import Store


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_a_list_names_titles_a_line_each_from_its_own_folder(tmp_path: Path) -> None:
    named = tmp_path / "march.txt"
    named.write_text("# March\n\nreels/a.mov\n  b.mov \nreels/a.mov\n/abs/c.mov\n", "utf-8")
    expected = [tmp_path / "reels/a.mov", tmp_path / "b.mov", Path("/abs/c.mov")]
    assert find_titles([named]) == expected
    assert is_many(named)


def test_a_pattern_names_files_below_folders_too(tmp_path: Path) -> None:
    touch(tmp_path, "a.mp4", "deep/er/b.mp4", "c.mov", "odd[1].mp4")
    assert find_titles([tmp_path / "**/*.mp4"]) == [
        tmp_path / "a.mp4",
        tmp_path / "deep/er/b.mp4",
        tmp_path / "odd[1].mp4",
    ]
    assert find_titles([tmp_path / "odd[1].mp4"]) == [tmp_path / "odd[1].mp4"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("no*.mp4", None, "No file is named like"), ("l.txt", "# nothing\n", "names no title")],
)
def test_what_names_nothing_is_an_error(
    tmp_path: Path, name: str, content: str | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(KnownError, match=sentence):
        find_titles([tmp_path / name])


def test_ranges_begin_at_key_frames_and_leave_no_gap(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "clip.mp4", 8.0, sound=False)
    ranges = ranges_of(title, 2.0)
    assert [round(span.start_s / 0.96, 6) for span in ranges[1:]] == [2.0, 4.0, 6.0]
    assert all(a.end == b.start for a, b in pairwise(ranges))
    assert ranges[0].start_s < -1e6
    assert ranges[-1].end_s > 1e6


@pytest.mark.parametrize("length_s", [0.0, 8.0, 100.0])
def test_a_title_that_is_short_enough_stays_whole(tmp_path: Path, length_s: float) -> None:
    title = make_clip(tmp_path / "clip.mkv", 4.0, sound=False)
    assert ranges_of(title, length_s) == ()


def test_sound_is_never_divided(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.wav", 4.0, picture=False).path
    assert look(LookRequest(path, detectors=("silence",), split_s=1.0)).ranges == ()


def test_more_workers_help_until_one_piece_is_all_that_is_left() -> None:
    titles = [replace(make_title(), duration_s=3600.0)] * 4
    one = estimate(titles, 2, 1, 0.5)
    assert (one.titles, one.known, one.measured, one.title_s) == (6, 2, True, 4 * 3600.0)
    assert one.wall_s == one.work_s == pytest.approx(4 * 1800, rel=0.01)
    assert estimate(titles, 0, 2, 0.5).wall_s == pytest.approx(3600, rel=0.01)
    assert estimate(titles, 0, 99, 0.5).wall_s == pytest.approx(1800, rel=0.01)
    assert estimate(titles, 0, 99, 0.5, 900.0).wall_s == pytest.approx(450, rel=0.01)


def test_the_table_of_costs_knows_larger_pictures_from_smaller_ones() -> None:
    title = make_title()
    small = replace(title.video[0], width=640, height=360)
    dear, cheap, sound = (
        estimate([t], 0, 1, None).work_s
        for t in (title, replace(title, video=(small,)), replace(title, video=()))
    )
    assert dear > 3 * cheap
    assert cheap > sound


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def test_the_pace_of_earlier_batches_counts_once_there_are_enough(
    tmp_path: Path, store: Store
) -> None:
    files = [make_clip(tmp_path / f"{i}.mkv", 0.4 + i / 5, sound=False).path for i in range(3)]
    order = Order(detectors=("black",))
    detectors = look(LookRequest(files[0], detectors=order.detectors)).detectors
    drive(store, make_batch(store, "", files[:2], order), InlineEngine())
    assert measured_pace(store, detectors) is None
    drive(store, make_batch(store, "", files, order), InlineEngine())
    pace = measured_pace(store, detectors)
    assert pace is not None
    assert pace >= 0
    assert measured_pace(store, ("freeze",)) is None
