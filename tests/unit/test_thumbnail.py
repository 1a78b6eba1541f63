from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from helpers.clip import make_clip

from core.domain.errors import CancelledError, KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken, Progress
from core.media.cache_file import CacheLayout, CacheWriter
from core.media.probe import probe
from core.media.thumbnail import (
    ThumbnailStrip,
    build_thumbnails,
    thumbnail_path,
    thumbnail_size,
)
from core.media.writer import VideoSettings, write_title


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("thumb") / "short.mp4", sound=False)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Title:
    """40 s at 5 pictures a second whose brightness tells the second; a key frame each second."""
    path = tmp_path_factory.mktemp("thumb") / "long.mp4"
    pictures = (np.full((72, 128, 3), 20 + i // 5 * 5, np.uint8) for i in range(200))
    write_title(path, pictures, 5, None, 48_000, settings=VideoSettings(crf=12, gop=5))
    return probe(path)


def strip_of(title: Title) -> ThumbnailStrip:
    strip = ThumbnailStrip.open(title.fingerprint, title.video[0].index)
    assert strip is not None
    return strip


def test_short_clip_has_thumbnails_of_what_shows(short: Title) -> None:
    seen: list[Progress] = []
    build_thumbnails(short.path, short.video[0], short.fingerprint, seen.append)
    strip = strip_of(short)
    assert strip.complete
    assert (strip.width, strip.height) == thumbnail_size(short.video[0]) == (120, 72)
    assert strip.seconds.tolist() == pytest.approx([0.52 * n for n in range(10)])
    assert seen[-1].fraction == 1.0
    found = strip.nearest(1.5)
    assert found is not None
    seconds, picture = found
    assert 1.0 <= seconds < 2.0
    assert picture.shape == (72, 120, 3)
    assert picture.max() < 20
    before = strip.nearest(-5)
    assert before is not None
    assert before[0] == 0.0
    assert before[1].std() > 10


def test_long_title_has_key_frames_two_seconds_apart(long: Title) -> None:
    build_thumbnails(long.path, long.video[0], long.fingerprint)
    strip = strip_of(long)
    assert strip.seconds.tolist() == pytest.approx([2.0 * n for n in range(20)])
    for second in (0, 10, 38):
        found = strip.nearest(second + 0.4)
        assert found is not None
        assert found[0] == second
        assert abs(float(found[1].mean()) - (20 + 5 * second)) < 4


def test_stream_without_time_stamps_has_thumbnails(tmp_path: Path) -> None:
    path = tmp_path / "raw.264"
    pictures = (np.full((72, 128, 3), 40 + i, np.uint8) for i in range(100))
    write_title(tmp_path / "raw.mkv", pictures, 25, None, 48_000, settings=VideoSettings(gop=25))
    with av.open(str(tmp_path / "raw.mkv")) as source, av.open(str(path), "w", "h264") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    title = probe(path)
    build_thumbnails(path, title.video[0], title.fingerprint)
    strip = strip_of(title)
    assert len(strip.seconds) >= 2
    assert (np.diff(strip.seconds) > 0).all()


def test_complete_strip_is_left_and_a_damaged_one_made_anew(short: Title) -> None:
    build_thumbnails(short.path, short.video[0], short.fingerprint)
    path = thumbnail_path(short.fingerprint, short.video[0].index)
    good, stamp = path.read_bytes(), path.stat().st_mtime_ns
    build_thumbnails(short.path, short.video[0], short.fingerprint)
    assert path.stat().st_mtime_ns == stamp
    path.write_bytes(good[:-1])
    assert ThumbnailStrip.open(short.fingerprint, short.video[0].index) is None
    build_thumbnails(short.path, short.video[0], short.fingerprint)
    assert path.read_bytes() == good


def test_cancelling_leaves_no_complete_strip(short: Title) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        build_thumbnails(short.path, short.video[0], short.fingerprint, cancel=token)
    assert ThumbnailStrip.open(short.fingerprint, short.video[0].index) is None


def test_missing_file_is_a_sentence(short: Title, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        build_thumbnails(tmp_path / "gone.mp4", short.video[0], "abc")


def test_nothing_is_near_while_nothing_is_made() -> None:
    assert ThumbnailStrip.open("abc", 0) is None
    meta = {"width": 4, "height": 2, "numerator": 1, "denominator": 25}
    with CacheWriter(thumbnail_path("abc", 0), CacheLayout("thumbnail", 1, 8 + 24, meta)):
        strip = ThumbnailStrip.open("abc", 0)
        assert strip is not None
        assert strip.nearest(1.0) is None
        assert not strip.complete
