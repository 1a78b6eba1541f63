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
    return Track("black", 0, base, pts, int(pts[-1]) + draw(st.integers(1, 99)), values)


def piece(track: Track, first: int, last: int) -> Track:
    return Track(
        track.detector,
        track.stream,
        track.base,
        track.pts[first:last],
        int(track.pts[last]) if last < len(track) else track.end,
        {name: values[first:last] for name, values in track.metrics.items()},
    )


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
            store.tracks.append(run.id, piece(track, first, last), done_s=float(last))
        whole(store, run.id, track)
        if cut < len(track):
            store.tracks.truncate_after(run.id, int(track.pts[cut]) * track.base)
            kept = store.tracks.load(run.id)
            assert sum(map(len, kept)) == cut
            store.tracks.append(run.id, piece(track, cut, len(track)))
            whole(store, run.id, track)


def whole(store: Store, run_id: str, track: Track) -> None:
    (loaded,) = store.tracks.load(run_id)
    assert loaded.pts.tobytes() == track.pts.tobytes()
    assert (loaded.base, loaded.end) == (track.base, track.end)
    for name, values in track.metrics.items():
        assert loaded.metrics[name].tobytes() == values.tobytes()
