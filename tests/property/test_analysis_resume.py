"""A title that is measured in pieces, or whose run is cut off anywhere, gives the same tracks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.eye import best_eye
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.measure import Earlier, measure_title
from core.catalog.table import DETECTORS
from core.detectors.block_corruption import BlockCorruptionDetector
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track, join_tracks

SECONDS = 5
# Lip sync wants more before a piece than these clips last; test_analysis_joined.py is for that.
NAMES = [name for name in DETECTORS if name != "lipsync"]
BASE = Fraction(1, 1000)


class Case:
    """A title and its tracks in one piece; a class, because Hypothesis would print all rows."""

    def __init__(self, title: Title) -> None:
        self.title = title
        self.whole = measure_title(title, NAMES).tracks


@pytest.fixture(scope="module")
def eye() -> Iterator[None]:
    """Looks at each picture of a clip only once, though Hypothesis shows it many times."""
    looks = best_eye()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BlockCorruptionDetector, "open_eye", staticmethod(lambda: looks))
        yield


@pytest.fixture(scope="module", params=["mp4", "mkv", "ts"])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, eye: None
) -> Case:
    path = tmp_path_factory.mktemp("clip") / f"clip.{request.param}"
    return Case(make_clip(path, SECONDS))


def assert_same(found: Sequence[Track], expected: Sequence[Track]) -> None:
    assert [(t.detector, t.stream) for t in found] == [(t.detector, t.stream) for t in expected]
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine.pts, theirs.pts, mine.detector)
        assert mine.end == theirs.end
        for name, values in theirs.metrics.items():
            np.testing.assert_array_equal(mine.metrics[name], values, f"{mine.detector} {name}")
        assert (mine.maps is None) == (theirs.maps is None)
        if theirs.maps is not None:
            np.testing.assert_array_equal(mine.maps, theirs.maps, mine.detector)


def cut_off(track: Track, rows: int) -> Track:
    return Track(
        track.detector,
        track.stream,
        track.base,
        track.pts[:rows],
        int(track.pts[rows - 1]) + 1 if rows else 0,
        {name: values[:rows] for name, values in track.metrics.items()},
        maps=None if track.maps is None else track.maps[:rows],
    )


def join_all(parts: Sequence[Track]) -> list[Track]:
    groups: dict[tuple[str, int], list[Track]] = {}
    for part in parts:
        groups.setdefault((part.detector, part.stream), []).append(part)
    return [join_tracks(groups[key]) for key in sorted(groups)]


@given(
    done_ms=st.integers(0, SECONDS * 1000 - 100),
    leads=st.lists(st.integers(0, 40), min_size=12, max_size=12),
)
@settings(max_examples=8)
def test_run_cut_off_anywhere_goes_on_to_the_same_tracks(
    case: Case, done_ms: int, leads: list[int]
) -> None:
    title, whole = case.title, case.whole
    done_s = done_ms / 1000
    stored = []
    # Each track may have come further than the others, none less far than `done_s`.
    for track, lead in zip(whole, leads, strict=False):
        least = int(np.searchsorted(track.starts_s, float(title.start.exact) + done_s, "right"))
        stored.append(cut_off(track, min(least + lead, len(track) - 1)))
    last = {(t.detector, t.stream): int(t.pts[-1]) for t in stored if len(t)}
    earlier = Earlier(title.start.exact + Fraction(done_s), last)
    rest = measure_title(title, NAMES, earlier=earlier).tracks
    assert_same(join_all([*stored, *rest]), whole)


@given(cuts=st.lists(st.integers(1, SECONDS * 25 - 1), min_size=1, max_size=3, unique=True))
@settings(max_examples=6)
def test_pieces_of_pictures_join_to_the_whole(case: Case, cuts: list[int]) -> None:
    title, whole = case.title, case.whole
    start_ms = round(title.start.exact * 1000)
    ends = [start_ms + cut * 40 for cut in sorted(cuts)]
    bounds = [start_ms - 1000, *ends, start_ms + SECONDS * 1000 + 1000]
    pictures = title.video[0].index
    names = sorted({t.detector for t in whole if t.stream == pictures})
    pieces = [
        track
        for first, last in itertools.pairwise(bounds)
        for track in measure_title(title, names, Span(first, last, BASE)).tracks
        if track.stream == pictures
    ]
    assert_same(join_all(pieces), [t for t in whole if t.stream == pictures])


def test_pieces_of_sound_keep_the_steps_of_the_whole(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "sound.wav", SECONDS, picture=False)
    whole = measure_title(title, NAMES).tracks
    pieces = [
        track
        for first in range(0, SECONDS * 1000, 1300)
        for track in measure_title(title, NAMES, Span(first, first + 1300, BASE)).tracks
    ]
    assert_same(join_all(pieces), whole)
