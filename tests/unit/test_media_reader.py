"""The reader gives exactly the picture on screen, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.numbered import (
    COUNT,
    KINDS,
    WITH_PICTURES,
    Clips,
    GetClip,
    number_of,
    numbers,
    times_ms,
)

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.media.packet_index import PacketIndex
from core.media.reader import DEFAULT_BEHIND_BYTES, VideoReader

OPEN = tuple(name for name in WITH_PICTURES if KINDS[name].coding.open_gop)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> GetClip:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def reader(clip: GetClip, name: str) -> Iterator[VideoReader]:
    title = clip(name)
    with VideoReader(title.path, title.video[0]) as opened:
        yield opened


def open_reader(title: Title, behind_bytes: int = DEFAULT_BEHIND_BYTES) -> VideoReader:
    return VideoReader(title.path, title.video[0], behind_bytes=behind_bytes)


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_the_index_has_every_picture_at_its_time(reader: VideoReader, name: str) -> None:
    stamps = reader.index.frame_pts
    assert len(stamps) == COUNT
    # AVI keeps decoding times only; its demuxer makes up the others, one picture late.
    start = 0.04 if name == "avi" else float(reader.stream.start_pts * reader.base)
    times = [start + ms / 1000 for ms in times_ms(KINDS[name])]
    assert [float(p * reader.base) for p in stamps.tolist()] == pytest.approx(times, abs=0.0011)


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_sequential_reading_gives_every_picture_once(reader: VideoReader, name: str) -> None:
    frames = list(reader.frames())
    assert numbers(iter(frames)) == list(range(COUNT))
    assert [f.pts for f in frames] == reader.index.frame_pts.tolist()
    assert [f.end_pts for f in frames[:-1]] == [f.pts for f in frames[1:]]
    assert frames[-1].end_pts == reader.index.end
    assert reader.next_frame() is None


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_frame_at_is_exact_from_a_fresh_start(clip: GetClip, name: str) -> None:
    title = clip(name)
    stamps = PacketIndex.build(title.path, title.video[0].index).frame_pts.tolist()
    # Around every key picture (each 12th) lie those that an open GOP makes hard.
    for number in (0, 1, 9, 10, 11, 12, 13, 22, 23, 24, 25, 35, 36, 47, 59):
        with open_reader(title) as reader:
            frame = reader.frame_at(stamps[number])
            assert (number_of(frame), frame.pts) == (number, stamps[number])


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_frame_at_is_exact_backwards_without_anything_kept(clip: GetClip, name: str) -> None:
    with open_reader(clip(name), behind_bytes=0) as reader:
        stamps = reader.index.frame_pts.tolist()
        for number in range(COUNT - 1, -1, -7):
            assert number_of(reader.frame_at(stamps[number])) == number


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_between_two_pictures_the_earlier_one_is_on_screen(reader: VideoReader, name: str) -> None:
    stamps = reader.index.frame_pts.tolist()
    for number in (0, 11, 30, 58):
        last_moment = stamps[number + 1] - 1
        assert number_of(reader.frame_at(last_moment)) == number


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_before_the_start_shows_the_first_and_after_the_end_the_last(
    reader: VideoReader, name: str
) -> None:
    stamps = reader.index.frame_pts.tolist()
    second = int(1 / reader.base)
    assert number_of(reader.frame_at(stamps[-1] + 100 * second)) == COUNT - 1
    assert number_of(reader.frame_at(stamps[0] - 100 * second)) == 0
    assert number_of(reader.frame_at(stamps[0] - 1)) == 0


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_stepping_back_from_the_end_reaches_the_first_and_stops(
    reader: VideoReader, name: str
) -> None:
    assert reader.previous_frame() is None
    reader.frame_at(int(reader.index.frame_pts[-1]))
    seen = []
    while (frame := reader.previous_frame()) is not None:
        seen.append(number_of(frame))
    assert seen == list(range(COUNT - 2, -1, -1))
    assert reader.previous_frame() is None
    following = reader.next_frame()
    assert following is not None
    assert number_of(following) == 1


@pytest.mark.parametrize("name", OPEN)
def test_pictures_before_the_key_of_an_open_gop_are_exact(clip: GetClip, name: str) -> None:
    title = clip(name)
    index = PacketIndex.build(title.path, title.video[0].index)
    stamps = index.frame_pts.tolist()
    leading = 0
    for key in index.starts.tolist()[1:]:
        shown = int(index.pts[key])
        early = sorted(int(p) for p in index.pts[key + 1 :] if p < shown)
        leading += len(early)
        for pts in early:
            with open_reader(title) as reader:
                reader.frame_at(shown)
                assert number_of(reader.frame_at(pts)) == stamps.index(pts)
    assert leading > 0, "the clip has no open GOP, so it tests nothing"


@pytest.mark.parametrize("name", WITH_PICTURES)
@pytest.mark.parametrize(("first", "end"), [(0, 5), (10, 14), (23, 37), (50, COUNT)])
def test_frames_of_a_span_are_those_that_start_in_it(
    reader: VideoReader, name: str, first: int, end: int
) -> None:
    stamps = [*reader.index.frame_pts.tolist(), reader.index.end]
    exact = Span(stamps[first], stamps[end], reader.base)
    assert numbers(reader.frames(exact)) == list(range(first, end))
    later = Span(stamps[first] + 1, stamps[end - 1] + 1, reader.base)
    assert numbers(reader.frames(later)) == list(range(first + 1, end))
    assert numbers(reader.frames(Span(stamps[first], stamps[first], reader.base))) == []


@pytest.mark.parametrize("name", ["closed", "late_ts"])
def test_a_span_on_another_base_is_converted(reader: VideoReader, name: str) -> None:
    start = Fraction(reader.stream.start_pts) * reader.base
    span = Span.from_seconds(start + Fraction(4, 10), start + Fraction(8, 10), Fraction(1, 1000))
    assert numbers(reader.frames(span)) == list(range(10, 20))


def test_what_is_kept_stays_within_its_limit_and_spares_decoding(clip: GetClip) -> None:
    title = clip("closed")
    with open_reader(title) as reader:
        frames = list(reader.frames())
        reader.frame_at(frames[-1].pts)
        assert reader.previous_frame() is frames[-2]
    with open_reader(title, behind_bytes=frames[0].nbytes * 3) as reader:
        frames = list(reader.frames())
        assert reader.frame_at(frames[-3].pts) is frames[-3]
        again = reader.frame_at(frames[-4].pts)
        assert again is not frames[-4]
        assert number_of(again) == COUNT - 4


def test_the_key_pictures_are_told(clip: GetClip) -> None:
    with open_reader(clip("closed")) as reader:
        keys = [number_of(frame) for frame in reader.frames() if frame.key]
    assert keys == list(range(0, COUNT, 12))


def test_rotation_is_passed_to_the_pictures(clip: GetClip) -> None:
    with open_reader(clip("rotated")) as reader:
        assert reader.frame_at(0).rotation == 90


def test_a_file_that_changed_meanwhile_is_refused(clip: GetClip, tmp_path: Path) -> None:
    title = clip("closed")
    with pytest.raises(KnownError, match="no longer holds"):
        VideoReader(clip("sound_only").path, title.video[0])
    with pytest.raises(KnownError, match="does not exist"):
        VideoReader(tmp_path / "gone.mp4", title.video[0])
