"""However one wanders through a title, each picture is the one that reading in order gives."""

from __future__ import annotations

import pytest
from helpers.numbered import COUNT, WITH_PICTURES, Clips, GetClip, number_of
from hypothesis import given, settings
from hypothesis import strategies as st

from core.media.packet_index import PacketIndex
from core.media.reader import VideoReader

_Move = tuple[str, int]
_MOVES = st.one_of(
    st.tuples(st.just("seek"), st.integers(-3, COUNT + 3)),
    st.tuples(st.just("next"), st.integers(1, 6)),
    st.tuples(st.just("back"), st.integers(1, 6)),
)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> GetClip:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture(scope="module")
def index_of(clip: GetClip) -> dict[str, PacketIndex]:
    titles = {name: clip(name) for name in WITH_PICTURES}
    return {name: PacketIndex.build(t.path, t.video[0].index) for name, t in titles.items()}


def _seek(reader: VideoReader, number: int) -> int:
    stamps = reader.index.frame_pts.tolist()
    step = reader.index.nominal_pts
    if number < 0:
        pts = stamps[0] + number * step
    elif number >= COUNT:
        pts = stamps[-1] + (number - COUNT) * step
    else:
        pts = stamps[number]
    return number_of(reader.frame_at(pts))


@pytest.mark.parametrize("name", WITH_PICTURES)
@settings(max_examples=6)
@given(moves=st.lists(_MOVES, min_size=1, max_size=10), kept=st.sampled_from([0, 100_000, 1 << 28]))
def test_any_walk_gives_the_pictures_of_sequential_reading(
    clip: GetClip, index_of: dict[str, PacketIndex], name: str, moves: list[_Move], kept: int
) -> None:
    title = clip(name)
    here: int | None = None
    with VideoReader(title.path, title.video[0], index_of[name], behind_bytes=kept) as reader:
        for kind, amount in moves:
            if kind == "seek":
                here = min(max(amount, 0), COUNT - 1)
                assert _seek(reader, amount) == here
                continue
            for _ in range(amount):
                if kind == "next":
                    frame = reader.next_frame()
                    wanted = 0 if here is None else here + 1
                else:
                    frame = reader.previous_frame()
                    wanted = -1 if here is None else here - 1
                if not 0 <= wanted < COUNT:
                    assert frame is None
                    break
                assert frame is not None
                assert number_of(frame) == wanted
                here = wanted
