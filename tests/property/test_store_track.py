"""Tracks cut into chunks anyhow come back whole, to the bit."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from helpers.review_value import FINGERPRINT, make_title
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from core.domain.track import Track
from core.store.store import Store

_COUNT = st.integers(1, 60)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    count = draw(_COUNT)
    steps = draw(arrays.arrays(np.int64, count, elements=st.integers(1, 2**40)))
    pts = np.cumsum(steps) + draw(st.integers(-(2**45), 2**45))
    numbers = st.floats(width=32, allow_nan=False)
    values = {
        name: draw(arrays.arrays(np.float32, count, elements=numbers)) for name in ("a", "b b")
    }
    base = Fraction(draw(st.integers(1, 1001)), draw(st.integers(1, 10**6)))
    shape = draw(st.none() | st.tuples(st.just(count), st.integers(1, 5), st.integers(1, 5)))
    maps = None if shape is None else draw(arrays.arrays(np.uint8, shape))
    return Track("black", 0, base, pts, int(pts[-1]) + draw(st.integers(1, 99)), values, maps)


@settings(max_examples=40)
@given(tracks(), st.lists(st.integers(1, 59), max_size=4), st.integers(0, 60))
def test_chunks_come_back_whole_and_a_cut_run_can_be_measured_again(
    track: Track, cuts: list[int], cut: int
) -> None:
    edges = sorted({0, len(track), *(c for c in cuts if c < len(track))})
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "s.db") as store,
    ):
        store.titles.put(make_title())
        run = store.runs.start(FINGERPRINT, ("black",))
        for first, last in pairwise(edges):
            store.tracks.append(run.id, track.piece(first, last), done_s=float(last))
        whole(store, run.id, track)
        if cut < len(track):
            store.tracks.truncate_after(run.id, int(track.pts[cut]) * track.base)
            kept = store.tracks.load(run.id, maps=True)
            assert sum(map(len, kept)) == cut
            for part in kept:
                same_maps(part.maps, track.piece(0, cut).maps)
            store.tracks.append(run.id, track.piece(cut, len(track)))
            whole(store, run.id, track)


def whole(store: Store, run_id: str, track: Track) -> None:
    (loaded,) = store.tracks.load(run_id, maps=True)
    assert loaded.pts.tobytes() == track.pts.tobytes()
    assert (loaded.base, loaded.end) == (track.base, track.end)
    for name, values in track.metrics.items():
        assert loaded.metrics[name].tobytes() == values.tobytes()
    same_maps(loaded.maps, track.maps)
    for row in {0, len(track) // 2, len(track) - 1}:
        pts = int(track.pts[row])
        near = store.tracks.map_near(run_id, "black", 0, pts)
        if track.maps is None:
            assert near is None
        else:
            assert near is not None
            assert near[0] == pts
            same_maps(near[1], track.maps[row])


def same_maps(one: NDArray[np.uint8] | None, other: NDArray[np.uint8] | None) -> None:
    if one is None or other is None:
        assert one is other
        return
    np.testing.assert_array_equal(one, other)
