"""The ring keeps what is allowed, survives a full disk, and gives clips whose times are right."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.clip import make_clip

from core.domain.errors import KnownError
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.live.clip import write_clip
from core.media.live.decoder import LiveDecoder
from core.media.live.reader import LivePacket, LiveReader
from core.media.live.ring import Ring, RingError, RingLimits
from core.media.live.source import LiveSource
from core.media.probe import probe

ROOM = 1 << 40


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("ring") / "a.ts", 8.0).path


@pytest.fixture
def reader(recording: Path) -> Iterator[LiveReader]:
    opened = LiveReader.open(LiveSource(str(recording), shown="a.ts"), 2.0)
    yield opened
    opened.close()


def fill(ring: Ring, reader: LiveReader) -> list[LivePacket]:
    ring.begin(reader)
    items = list(reader.packets())
    for item in items:
        ring.take(item)
    ring.close()
    return items


def test_clip_shows_the_pictures_of_its_stretch_at_their_times(
    tmp_path: Path, reader: LiveReader
) -> None:
    ring = Ring(tmp_path / "ring", RingLimits(segment_s=2.0, free_bytes=0))
    decoder = LiveDecoder(reader)
    items = fill(ring, reader)
    shown = [f for i in items for f in decoder.take(i) if isinstance(f, VideoFrame)]
    start, end = Fraction(3), Fraction(6)
    segments = ring.covering(ring.session, start, end)
    clip = write_clip(segments, reader.indices, start, end, tmp_path / "clip.mkv")
    title = probe(clip.path)
    assert (len(title.video), len(title.audio)) == (1, 1)
    assert clip.start <= start
    found = [
        (round(float(f.pts * f.base - clip.shift), 3), f.luma().tobytes())
        for f in DecodePass(title, title.video[0], ())
        if isinstance(f, VideoFrame)
    ]
    expected = {round(float(f.pts * f.base), 3): f.luma().tobytes() for f in shown}
    assert found[0][0] <= 3.08 < 5.9 < found[-1][0]
    assert [at for at, pixels in found if expected[at] != pixels] == []


def test_old_files_go_and_so_do_those_of_an_earlier_process(
    tmp_path: Path, reader: LiveReader
) -> None:
    clock = [1e9]
    folder = tmp_path / "ring"
    limits = RingLimits(keep_s=100.0, segment_s=2.0, free_bytes=0)
    fill(Ring(folder, limits, now=lambda: clock[0]), reader)
    left = sorted(folder.iterdir())
    assert len(left) >= 3
    later = Ring(folder, limits, now=lambda: left[0].stat().st_mtime + 50)
    later.tidy()
    assert later.size == sum(p.stat().st_size for p in left)
    assert later.covering((1, 0), Fraction(0), Fraction(9)) == []
    later = Ring(folder, limits, now=lambda: left[0].stat().st_mtime + 1000)
    later.tidy()
    assert not list(folder.iterdir())


def test_ring_is_never_larger_than_allowed(tmp_path: Path, reader: LiveReader) -> None:
    limits = RingLimits(keep_bytes=300_000, segment_s=1.0, free_bytes=0)
    ring = Ring(tmp_path / "ring", limits)
    fill(ring, reader)
    ring.tidy()
    assert 0 < ring.size <= 300_000
    assert ring.covering(ring.session, Fraction(7), Fraction(8))
    assert not ring.covering(ring.session, Fraction(0), Fraction(1))


def test_full_disk_costs_clips_and_goes_on_once_there_is_room(
    tmp_path: Path, reader: LiveReader
) -> None:
    free = [0]
    limits = RingLimits(segment_s=1.0, free_bytes=1000)
    ring = Ring(tmp_path / "ring", limits, free=lambda _: free[0])
    ring.begin(reader)
    failures: list[str] = []
    for number, item in enumerate(reader.packets()):
        if number == 300:
            free[0] = ROOM
        try:
            ring.take(item)
        except RingError as error:
            failures.append(error.sentence)
    ring.close()
    assert failures
    assert all("full" in sentence for sentence in failures)
    assert ring.size > 0


def test_file_that_cannot_be_written_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, reader: LiveReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring(tmp_path / "ring", RingLimits(free_bytes=0))
    ring.begin(reader)

    def broken(*_args: object, **_named: object) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr("core.media.live.ring.av.open", broken)
        items = reader.packets()
        with pytest.raises(RingError, match="cannot be written"):
            ring.take(next(item for item in items if item.is_picture and item.key))
    assert not list((tmp_path / "ring").iterdir())


def test_clip_that_the_ring_no_longer_holds_is_refused(tmp_path: Path, reader: LiveReader) -> None:
    ring = Ring(tmp_path / "ring", RingLimits(segment_s=2.0, free_bytes=0))
    fill(ring, reader)
    segments = ring.covering(ring.session, Fraction(0), Fraction(4))
    with pytest.raises(KnownError, match="no longer holds"):
        write_clip([], reader.indices, Fraction(0), Fraction(1), tmp_path / "a.mkv")
    segments[0].path.unlink()
    with pytest.raises(KnownError):
        write_clip(segments, reader.indices, Fraction(0), Fraction(1), tmp_path / "a.mkv")
    assert not list(tmp_path.glob("a.mkv*"))
