"""Pictures with the sound beside them: in good time, whatever the file, the piece or the run."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.measure import RATE, as_rgb
from helpers.talker import babble, face_picture, mouths, use_stand_ins

from core.analysis.measure import Earlier, measure_title
from core.analysis.sound_feed import AHEAD_S, SoundFeed
from core.catalog.rule_lipsync import LIPSYNC
from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.media.probe import probe
from core.media.writer import write_title

SECONDS = 26
TICK = Fraction(1, RATE)


def block(first: int, count: int) -> AudioBlock:
    return AudioBlock(1, first, TICK, RATE, np.full((2, count), first, np.float32))


def blocks(seconds: int, size: int = 4800) -> Iterator[AudioBlock | DecodeEvent]:
    yield DecodeEvent(1, 0, TICK, DecodeFault.GAP)
    for first in range(0, seconds * RATE, size):
        yield block(first, size)


def test_sound_comes_well_ahead_of_its_picture_and_each_sample_once() -> None:
    feed = SoundFeed(blocks(60))
    reached = 0
    for frame in range(25 * 30):
        sample = feed.beside(Fraction(frame, 25))
        if sample is not None:
            assert sample.data is not None
            assert sample.pts == reached
            reached += sample.data.shape[1]
        assert reached >= frame * RATE // 25 + AHEAD_S * RATE
        assert reached <= frame * RATE // 25 + (AHEAD_S + 2) * RATE


def test_sound_long_before_the_first_picture_is_left_out() -> None:
    sample = SoundFeed(blocks(60)).beside(Fraction(50))
    assert sample is not None
    assert 25 < sample.pts / RATE < 35


def test_what_follows_a_hole_comes_with_the_next_picture() -> None:
    feed = SoundFeed([block(0, RATE), block(3 * RATE, RATE)])
    first, second = feed.beside(Fraction(0)), feed.beside(Fraction(1, 25))
    assert first is not None
    assert second is not None
    assert (first.pts, second.pts) == (0, 3 * RATE)
    assert feed.beside(Fraction(2, 25)) is None


def test_closing_closes_what_decodes() -> None:
    closed = []

    def items() -> Iterator[AudioBlock]:
        try:
            yield from (block(i * RATE, RATE) for i in range(99))
        finally:
            closed.append(True)

    feed = SoundFeed(items())
    feed.beside(Fraction(0))
    feed.close()
    assert closed == [True]
    assert feed.beside(Fraction(50)) is None


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Title]:
    """Somebody who speaks, 80 ms late."""
    with pytest.MonkeyPatch.context() as patch:
        use_stand_ins(patch)
        sound = babble(SECONDS)
        pictures = [as_rgb(face_picture([float(wide)], 160, 90)) for wide in mouths(sound)]
        path = tmp_path_factory.mktemp("talk") / "talk.mkv"
        write_title(path, pictures, 25, np.roll(sound, RATE * 80 // 1000, axis=1), RATE)
        yield probe(path)


@pytest.fixture(scope="module")
def whole(talk: Title) -> Track:
    (track,) = measure_title(talk, ["lipsync"]).tracks
    return track


def test_a_file_is_judged(whole: Track) -> None:
    judged = whole.metrics["reason"] == 0
    assert judged.mean() > 0.9
    np.testing.assert_allclose(whole.metrics["offset_ms"][judged], -80, atol=30)


def test_a_run_that_is_gone_on_with_gives_the_rows_of_the_whole(talk: Title, whole: Track) -> None:
    done = int(np.searchsorted(whole.starts_s, 22.1))
    last = int(whole.pts[done - 1])
    earlier = Earlier(last * whole.base, {("lipsync", whole.stream): last})
    (rest,) = measure_title(talk, ["lipsync"], earlier=earlier).tracks
    assert_rows(rest, whole, slice(done, None))


def test_a_piece_gives_the_rows_of_the_whole(talk: Title, whole: Track) -> None:
    span = Span(18_500, 20_100, Fraction(1, 1000))
    (piece,) = measure_title(talk, ["lipsync"], span).tracks
    inside = (whole.starts_s >= 18.5 - 1e-6) & (whole.starts_s < 20.1 - 1e-6)
    assert_rows(piece, whole, slice(*np.flatnonzero(inside)[[0, -1]] + [0, 1]))


def assert_rows(found: Track, whole: Track, part: slice) -> None:
    np.testing.assert_array_equal(found.pts, whole.pts[part])
    for metric in LIPSYNC.metrics:
        mine, theirs = found.metrics[metric.name], whole.metrics[metric.name][part]
        if metric.name == "shot" or metric.name.endswith("_track"):
            # Numbers tell what is the same, not which it is: a piece counts from its beginning.
            mine, theirs = np.diff(mine) != 0, np.diff(theirs) != 0
        np.testing.assert_array_equal(mine, theirs, metric.name)


def test_sound_alone_has_no_lips_and_pictures_alone_no_speech(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_stand_ins(monkeypatch)
    path = tmp_path / "mute.mkv"
    write_title(path, [as_rgb(face_picture([0.5], 160, 90))] * 30, 25)
    (track,) = measure_title(probe(path), ["lipsync"]).tracks
    assert set(track.metrics["reason"]) == {3}
