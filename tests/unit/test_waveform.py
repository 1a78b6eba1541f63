from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.sound import FINGERPRINT, NOWHERE, blocks_of, noise, sound_stream
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import CancelledError
from core.domain.media import AudioBlock
from core.jobs.progress import CancelToken, Progress
from core.media.audio import AudioReader
from core.media.sample_run import SampleRun, runs_of
from core.media.waveform import (
    BUCKET,
    WaveformPyramid,
    WaveformWriter,
    build_waveform,
    sample_min_max,
    waveform_path,
)

RATE = 8000


def build(samples: np.ndarray, rate: int = RATE, start: int = 0, size: int = 1000) -> None:
    stream = sound_stream(samples.shape[0], rate, samples.shape[1], start)
    build_waveform(
        NOWHERE,
        stream,
        FINGERPRINT,
        open_blocks=lambda: blocks_of(samples, rate, start, size),
    )


def opened() -> WaveformPyramid:
    pyramid = WaveformPyramid.open(FINGERPRINT, 1)
    assert pyramid is not None
    return pyramid


@pytest.fixture(scope="module")
def long_noise() -> np.ndarray:
    samples = noise(2, (1 << 21) + 54321)
    samples *= np.linspace(0.1, 2, samples.shape[1], dtype=np.float32)
    return samples


@pytest.fixture(scope="module")
def long_pyramid(_session_home: Path, long_noise: np.ndarray) -> WaveformPyramid:
    build(long_noise, size=70_001)
    return opened()


@given(
    start=st.floats(-0.2, 1.0),
    length=st.floats(1e-5, 1.4),
    columns=st.integers(1, 2000),
)
@settings(max_examples=60)
def test_min_max_equals_brute_force_at_any_zoom(
    long_pyramid: WaveformPyramid,
    long_noise: np.ndarray,
    start: float,
    length: float,
    columns: int,
) -> None:
    count = long_noise.shape[1]
    total_s = count / RATE
    start_s, end_s = start * total_s, (start + length) * total_s
    lows, highs, valid = long_pyramid.min_max(start_s, end_s, columns)
    rounded = long_noise.astype(np.float16).astype(np.float32)
    per_column = (end_s - start_s) * RATE / columns / 2
    size = BUCKET
    while size * 4 <= per_column and size < 1 << 20:
        size *= 4
    edges = np.round(np.linspace(start_s, end_s, columns + 1) * RATE, 4)
    for column in range(0, columns, max(columns // 40, 1)):
        left, right = edges[column], edges[column + 1]
        assert valid[column] == (left < count and right > 0)
        if not valid[column]:
            assert not lows[:, column].any()
            assert not highs[:, column].any()
            continue
        first = max(int(left // size), 0)
        last = max(int(-(-right // size)), first + 1)
        part = rounded[:, first * size : last * size]
        assert lows[:, column].tolist() == part.min(axis=1).tolist()
        assert highs[:, column].tolist() == part.max(axis=1).tolist()
        exact = rounded[:, max(int(np.ceil(left)), 0) : int(np.floor(right)) + 1]
        if exact.shape[1] and right - left > 1:
            inner = exact[:, :-1] if right == np.floor(right) else exact
            if inner.shape[1]:
                assert (lows[:, column] <= inner.min(axis=1)).all()
                assert (highs[:, column] >= inner.max(axis=1)).all()


def test_one_sample_is_seen_in_a_view_of_the_whole() -> None:
    samples = np.zeros((1, 5_000_000), np.float32)
    samples[0, 3_210_987] = 0.9
    build(samples)
    lows, highs, valid = opened().min_max(0, 5_000_000 / RATE, 900)
    assert valid.all()
    assert highs.max() == np.float32(np.float16(0.9))
    assert abs(int(highs[0].argmax()) - 3_210_987 / 5_000_000 * 900) <= 1.5
    assert not lows.any()


def test_what_is_not_computed_yet_is_not_valid() -> None:
    path = waveform_path(FINGERPRINT, 1)
    samples = noise(1, 3 << 20)
    writer = WaveformWriter(path, 1, SampleRun(10.0, RATE, 0, samples))
    writer.push(samples[:, : (1 << 20) + 5000])
    pyramid = opened()
    assert not pyramid.complete
    assert pyramid.filled_s == 10 + (1 << 20) / RATE
    lows, _, valid = pyramid.min_max(10, 10 + (2 << 20) / RATE, 100)
    assert valid.tolist() == [True] * 50 + [False] * 50
    assert not lows[:, 50:].any()
    writer.push(samples[:, (1 << 20) + 5000 :])
    writer.finish()
    writer.close()
    assert pyramid.refresh()
    assert pyramid.complete
    assert pyramid.filled_s == 10 + (3 << 20) / RATE
    assert pyramid.min_max(10, 10 + (3 << 20) / RATE, 100)[2].all()


def test_start_time_other_than_zero_is_kept() -> None:
    samples = np.zeros((1, 16000), np.float32)
    samples[0, 8000:] = 0.5
    build(samples, start=-4000)
    pyramid = opened()
    assert pyramid.start_s == -0.5
    _, highs, valid = pyramid.min_max(-1.0, 2.0, 6)
    assert valid.tolist() == [False, True, True, True, True, False]
    assert highs[0].tolist() == [0, 0, 0.5, 0.5, 0.5, 0]


def test_gap_becomes_silence_and_later_sound_stays_in_place() -> None:
    first, second = noise(1, 4000), noise(1, 4000, 2)
    base = Fraction(1, RATE)

    def blocks() -> Iterator[AudioBlock]:
        yield AudioBlock(1, 0, base, RATE, first)
        yield AudioBlock(1, 20_000, base, RATE, second)

    runs = list(runs_of(blocks()))
    joined = np.concatenate([run.samples for run in runs], axis=1)
    assert joined.shape == (1, 24_000)
    assert (joined[:, :4000] == first).all()
    assert not joined[:, 4000:20_000].any()
    assert (joined[:, 20_000:] == second).all()


def test_overlap_is_cut_and_rounded_stamps_leave_no_holes() -> None:
    samples = noise(1, 48_000)
    coarse = Fraction(1, 1000)

    def jittered() -> Iterator[AudioBlock]:
        for first in range(0, 48_000, 1024):
            yield AudioBlock(
                1, first * 1000 // 48_000, coarse, 48_000, samples[:, first : first + 1024]
            )

    joined = np.concatenate([run.samples for run in runs_of(jittered())], axis=1)
    assert (joined == samples).all()

    def doubled() -> Iterator[AudioBlock]:
        base = Fraction(1, 48_000)
        yield AudioBlock(1, 0, base, 48_000, samples[:, :10_000])
        yield AudioBlock(1, 4_000, base, 48_000, samples[:, 4_000:20_000])

    joined = np.concatenate([run.samples for run in runs_of(doubled())], axis=1)
    assert (joined == samples[:, :20_000]).all()


def test_broken_stamp_does_not_make_hours_of_silence() -> None:
    base = Fraction(1, RATE)
    blocks = [
        AudioBlock(1, 0, base, RATE, noise(1, 1000)),
        AudioBlock(1, 10**12, base, RATE, noise(1, 1000)),
    ]
    assert sum(run.samples.shape[1] for run in runs_of(blocks, longest_s=100.0)) == 2000


def test_broken_floats_become_finite() -> None:
    samples = np.array([[np.nan, np.inf, -np.inf, 0.5, 1e30]], np.float32)
    (run,) = runs_of([AudioBlock(1, 0, Fraction(1, RATE), RATE, samples)])
    assert run.samples.tolist() == [[0.0, 100.0, -100.0, 0.5, 100.0]]


def test_corrupt_cache_is_rebuilt_and_a_complete_one_is_left() -> None:
    samples = noise(1, 100_000)
    build(samples)
    path = waveform_path(FINGERPRINT, 1)
    good = path.read_bytes()
    stamp = path.stat().st_mtime_ns
    build(np.zeros_like(samples))
    assert path.stat().st_mtime_ns == stamp
    for damaged in (good[:-1], b"rubbish", b"\0" * len(good), b""):
        path.write_bytes(damaged)
        assert WaveformPyramid.open(FINGERPRINT, 1) is None
        build(samples)
        assert path.read_bytes() == good


def test_interrupted_build_is_made_anew() -> None:
    samples = noise(1, (2 << 20) + 10)
    stream = sound_stream(1, RATE, samples.shape[1])
    token = CancelToken()

    def blocks() -> Iterator[AudioBlock]:
        for number, block in enumerate(blocks_of(samples, RATE, size=1 << 16)):
            if number == 20:
                token.cancel()
            yield block

    with pytest.raises(CancelledError):
        build_waveform(NOWHERE, stream, FINGERPRINT, cancel=token, open_blocks=blocks)
    assert not opened().complete
    build(samples)
    assert opened().complete
    assert opened().filled_s == samples.shape[1] / RATE


def test_progress_ends_at_the_whole() -> None:
    samples = noise(1, 100_000)
    seen: list[Progress] = []
    build_waveform(
        NOWHERE,
        sound_stream(1, RATE, samples.shape[1]),
        FINGERPRINT,
        seen.append,
        open_blocks=lambda: blocks_of(samples, RATE),
    )
    assert seen[-1].fraction == 1.0
    assert [p.done_s for p in seen] == sorted(p.done_s for p in seen)


def test_stream_without_sound_makes_a_complete_empty_cache() -> None:
    build_waveform(NOWHERE, sound_stream(), FINGERPRINT, open_blocks=lambda: iter(()))
    pyramid = opened()
    assert pyramid.complete
    assert not pyramid.min_max(0, 1, 10)[2].any()


@given(
    count=st.integers(1, 3000),
    columns=st.integers(1, 1500),
)
@settings(max_examples=40)
def test_extremes_of_samples_equal_brute_force(count: int, columns: int) -> None:
    samples = noise(2, count, seed=count)
    lows, highs, valid = sample_min_max(samples, columns)
    assert valid.all()
    assert lows.min() == samples.min()
    assert highs.max() == samples.max()
    for column in range(columns):
        left, right = column * (count / columns), (column + 1) * (count / columns)
        first = min(int(left), count - 1)
        part = samples[:, first : max(min(int(np.ceil(right)), count), first + 1)]
        assert (lows[:, column] == part.min(axis=1)).all()
        assert (highs[:, column] == part.max(axis=1)).all()


def test_twelve_hours_are_built_in_bounded_memory() -> None:
    rate, hours = 8000, 12
    piece = noise(2, 1 << 20)
    path = waveform_path(FINGERPRINT, 1)
    writer = WaveformWriter(path, 1, SampleRun(0.0, rate, 0, piece))
    held = []
    for _ in range(hours * 3600 * rate // piece.shape[1]):
        writer.push(piece[:, :1000])
        writer.push(piece[:, 1000:])
        held.append(writer.held_bytes)
    writer.finish()
    writer.close()
    assert max(held) == max(held[:3])
    assert max(held) < 100_000
    assert path.stat().st_size < 20_000_000


def test_real_file_matches_its_samples(tmp_path: Path) -> None:
    title = make_clip(tmp_path / "clip.mkv")
    stream = title.audio[0]
    build_waveform(title.path, stream, title.fingerprint)
    pyramid = WaveformPyramid.open(title.fingerprint, stream.index)
    assert pyramid is not None
    assert pyramid.complete
    lows, highs, valid = pyramid.min_max(0.5, 4.5, 100)
    assert valid.all()
    with AudioReader(title.path, stream) as reader:
        exact_lows, exact_highs, _ = sample_min_max(reader.read(0.5, 4 * 48_000), 100)
    inner = slice(1, -1)
    assert (highs[:, inner] >= exact_highs[:, inner] - 1e-3).all()
    assert (lows[:, inner] <= exact_lows[:, inner] + 1e-3).all()
    assert np.abs(highs - exact_highs).max() < 0.25
