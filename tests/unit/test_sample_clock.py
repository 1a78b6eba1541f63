"""Stamps that are off for a moment neither open gaps nor cut sound; real jumps are kept exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from helpers.assets import asset
from helpers.numbered import sound
from numpy.typing import NDArray

from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import AudioStream, Title
from core.media.audio import AudioReader
from core.media.decode_pass import DecodePass
from core.media.probe import probe
from core.media.sample_clock import Placed, SampleClock
from core.media.sample_run import runs_of
from core.media.writer import write_title

RATE = 48000
TOTAL = 4 * RATE
SOUND = sound(TOTAL)
SIXTEEN_BIT = 1.5 / 32768
BLOCK = 4608  # The FLAC encoder's, at this rate.

Shift = Callable[[int], int | None]
"""Samples by which the stamp of the packet with a number moves; None leaves the packet out."""


def restamped(folder: Path, shift: Shift) -> Title:
    """FLAC in MP4 whose packets begin elsewhere than their samples do."""
    source_path, path = folder / "whole.mp4", folder / "restamped.mp4"
    write_title(source_path, None, 25, SOUND, RATE, audio_codec="flac")
    with av.open(str(source_path)) as source, av.open(str(path), "w") as target:
        (stream,) = source.streams.audio
        copy = target.add_stream_from_template(stream)
        copy.time_base = Fraction(1, RATE)
        for number, packet in enumerate(p for p in source.demux(stream) if p.size):
            moved = shift(number)
            if moved is not None and packet.pts is not None:
                packet.pts += moved
                packet.dts = packet.pts
                packet.stream = copy
                target.mux(packet)
    return probe(path)


def read(title: Title) -> NDArray[np.float32]:
    with AudioReader(title.path, title.audio[0]) as reader:
        return np.concatenate([run.samples for run in runs_of(reader.blocks())], axis=1)


def passed(
    title: Title, span: Span | None = None
) -> tuple[NDArray[np.float32], list[DecodeEvent], list[AudioBlock]]:
    items = list(DecodePass(title, None, title.audio[:1], span))
    blocks = [item for item in items if isinstance(item, AudioBlock)]
    events = [item for item in items if isinstance(item, DecodeEvent)]
    return np.concatenate([b.samples for b in blocks], axis=1), events, blocks


def no_gaps(blocks: Sequence[AudioBlock]) -> bool:
    ends = [b.pts + b.samples.shape[1] * Fraction(1, b.rate) / b.base for b in blocks]
    return all(abs(b.pts - end) <= 1 for end, b in zip(ends, blocks[1:], strict=False))


CANCELLING: dict[str, Shift] = {
    "one block late, now and then": lambda n: 448 if n % 5 == 3 else 0,
    "one block early, now and then": lambda n: -448 if n % 5 == 3 else 0,
    "every other block late": lambda n: 448 * (n % 2),
    "sliding off and back": lambda n: -64 * (n % 8),
}


@pytest.mark.parametrize("name", CANCELLING)
def test_stamps_that_come_back_leave_the_sound_whole(tmp_path: Path, name: str) -> None:
    title = restamped(tmp_path, CANCELLING[name])
    np.testing.assert_allclose(read(title), SOUND, atol=SIXTEEN_BIT)
    samples, events, blocks = passed(title)
    np.testing.assert_allclose(samples, SOUND, atol=SIXTEEN_BIT)
    assert events == []
    assert no_gaps(blocks)


def test_sound_that_stays_late_is_placed_by_its_stamps(tmp_path: Path) -> None:
    # 10 ms, with stamps that are off for a moment on both sides of the gap.
    title = restamped(tmp_path, lambda n: 480 * (n >= 20) + 448 * (n in (16, 24)))
    at = 20 * BLOCK
    wanted = np.zeros((2, TOTAL + 480), np.float32)
    wanted[:, :at], wanted[:, at + 480 :] = SOUND[:, :at], SOUND[:, at:]
    np.testing.assert_allclose(read(title), wanted, atol=SIXTEEN_BIT)
    samples, events, blocks = passed(title)
    np.testing.assert_allclose(samples, SOUND, atol=SIXTEEN_BIT)
    assert events == []
    ends = [b.pts + b.samples.shape[1] for b in blocks]
    jumps = [(end, b.pts) for end, b in zip(ends, blocks[1:], strict=False) if end != b.pts]
    assert jumps == [(at, at + 480)]


def test_packets_that_are_missing_are_a_gap_of_just_their_length(tmp_path: Path) -> None:
    title = restamped(tmp_path, lambda n: None if n in (20, 21) else 448 * (n in (17, 26)))
    first, end = 20 * BLOCK, 22 * BLOCK
    wanted = SOUND.copy()
    wanted[:, first:end] = 0
    np.testing.assert_allclose(read(title), wanted, atol=SIXTEEN_BIT)
    samples, (event,), _ = passed(title)
    lacking = np.delete(SOUND, np.s_[first:end], axis=1)
    np.testing.assert_allclose(samples, lacking, atol=SIXTEEN_BIT)
    assert (event.fault, event.pts, event.extent_pts) == (DecodeFault.GAP, first, end - first)


def test_a_gap_before_the_very_last_block_is_kept(tmp_path: Path) -> None:
    last = -(-TOTAL // BLOCK) - 1
    title = restamped(tmp_path, lambda n: 480 * (n == last))
    wanted = np.zeros((2, TOTAL + 480), np.float32)
    at = last * BLOCK
    wanted[:, :at], wanted[:, at + 480 :] = SOUND[:, :at], SOUND[:, at:]
    np.testing.assert_allclose(read(title), wanted, atol=SIXTEEN_BIT)


def test_an_overlap_is_told_by_the_stretch_it_lies_in(tmp_path: Path) -> None:
    title = restamped(tmp_path, lambda n: -480 * (n >= 20))
    at = 20 * BLOCK - 480
    told = []
    for first, end in ((0, at), (at, at + RATE // 4), (at + RATE // 4, TOTAL)):
        told.append([e.pts for e in passed(title, Span(first, end, Fraction(1, RATE)))[1]])
    assert told == [[], [at], []]


# The clock by itself


def placed(codec: str, stamps: Sequence[int], samples: Sequence[int]) -> list[Placed]:
    stream = AudioStream(0, codec, Fraction(1, RATE), 0, 0, sample_rate=RATE, channels=1)
    clock, out = SampleClock(stream), []
    for pts, count in zip(stamps, samples, strict=True):
        frame = av.AudioFrame("flt", "mono", count)
        frame.pts = pts
        out += clock.take(frame)
    return out + clock.rest()


def vorbis_like(blocks: int, late: set[int]) -> tuple[list[int], list[int]]:
    samples = [1024] * blocks
    starts = [1024 * number for number in range(blocks)]
    return [at + 448 * (number in late) for number, at in enumerate(starts)], samples


def test_a_late_last_block_follows_where_stamps_are_known_to_be_rough() -> None:
    stamps, samples = vorbis_like(60, {59})
    assert [p.step for p in placed("vorbis", stamps, samples)] == [0] * 60
    assert placed("flac", stamps, samples)[-1].step == 448


@pytest.mark.parametrize("off", [-40_000, 40_000, 10_000_000])
def test_one_broken_stamp_moves_nothing(off: int) -> None:
    stamps, samples = vorbis_like(90, set())
    stamps[30] += off
    assert [p.step for p in placed("flac", stamps, samples)] == [0] * 90


def test_a_first_block_with_a_late_stamp_moves_nothing_after_it() -> None:
    # As after a seek: the stamps settle, one of them being off again within half a second.
    stamps, samples = vorbis_like(60, {0, 9, 30})
    found = placed("vorbis", stamps, samples)
    assert [p.at for p in found[1:]] == [1024 * number for number in range(1, 60)]


def test_blocks_without_stamps_follow() -> None:
    stream = AudioStream(0, "vorbis", Fraction(1, RATE), 0, 0, sample_rate=RATE, channels=1)
    clock, out = SampleClock(stream), []
    for number in range(60):
        frame = av.AudioFrame("flt", "mono", 1024)
        frame.pts = None if number % 3 == 1 else 1024 * number + 448 * (number in (9, 30))
        out += clock.take(frame)
    out += clock.rest()
    assert [p.at for p in out] == [1024 * number for number in range(60)]


def test_every_block_comes_out_once_and_in_order() -> None:
    rng = np.random.default_rng(3)
    samples = [int(n) for n in rng.choice([128, 576, 1024], 500)]
    stamps = np.cumsum([0, *samples[:-1]]) + rng.choice([0, 0, 0, 448, -700, 30_000], 500)
    found = placed("vorbis", [int(at) for at in stamps], samples)
    assert [p.frame.pts for p in found] == list(stamps)
    assert all(b.at - (a.at + a.frame.samples) == b.step for a, b in pairwise(found))


# Real media


@pytest.mark.parametrize(
    "name",
    [
        "audio/music/librosa_sorohanro_-_solo-trumpet-06.hq.ogg",
        "media/androidx/sample_with_increasing_timestamps_360p.mp4",
    ],
)
def test_real_files_with_rough_stamps_sound_as_they_decode(name: str) -> None:
    title = probe(asset(name))
    with av.open(str(title.path)) as container:
        wanted = np.concatenate([f.to_ndarray() for f in container.decode(audio=0)], axis=1)
    np.testing.assert_array_equal(read(title), wanted)
    samples, events, _ = passed(title)
    np.testing.assert_array_equal(samples, wanted)
    assert events == []
