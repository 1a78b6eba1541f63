from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from helpers.sound import FINGERPRINT, NOWHERE, blocks_of, noise, sound_stream
from hypothesis import given
from hypothesis import strategies as st

from core.media.cache_file import CacheLayout, CacheWriter
from core.media.sample_run import SampleRun
from core.media.sound_cache import build_sound
from core.media.spectrogram import (
    SpectrogramTiles,
    SpectrogramWriter,
    build_spectrogram,
    pool_for,
    spectrogram_path,
)
from core.media.spectrum import (
    RowScale,
    decibels,
    sample_columns,
    sample_margin,
    scale_rows,
    window_length,
)
from core.media.waveform import WaveformPyramid

RATE = 48_000


def sine(frequency_hz: float, seconds: float, rate: int = RATE, level: float = 1.0) -> np.ndarray:
    at = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * frequency_hz * at)).astype(np.float32)[None]


def build(samples: np.ndarray, rate: int = RATE, start: int = 0) -> SpectrogramTiles:
    build_spectrogram(
        NOWHERE,
        sound_stream(samples.shape[0], rate, samples.shape[1], start),
        FINGERPRINT,
        open_blocks=lambda: blocks_of(samples, rate, start, 3001),
    )
    tiles = SpectrogramTiles.open(FINGERPRINT, 1)
    assert tiles is not None
    assert tiles.complete
    return tiles


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("frequency_hz", [300.0, 1000.0, 6000.0, 15_000.0])
def test_sine_peaks_in_its_row(frequency_hz: float, logarithmic: bool) -> None:
    tiles = build(sine(frequency_hz, 4.0))
    rows = 300
    picture, valid = tiles.image(0.5, 3.5, 50, rows, 0, logarithmic)
    assert valid.all()
    scale = RowScale(rows, RATE, logarithmic)
    bin_hz = RATE / window_length(RATE)
    low, high = scale.row(frequency_hz + bin_hz), scale.row(frequency_hz - bin_hz)
    brightest = picture.argmax(axis=0)
    assert (brightest >= np.floor(low) - 1).all()
    assert (brightest <= np.ceil(high)).all()


@pytest.mark.parametrize(("level_db", "expected"), [(0, 255), (-40, 170), (-100, 42)])
def test_level_of_a_sine_is_stored_in_decibels(level_db: float, expected: int) -> None:
    frequency_hz = 64 * RATE / 1024
    tiles = build(sine(frequency_hz, 1.0, level=10 ** (level_db / 20)))
    picture, _ = tiles.image(0.2, 0.8, 10, 512, 0)
    assert picture.max() == expected


def test_silence_is_the_floor_and_noise_is_not() -> None:
    tiles = build(np.concatenate((np.zeros((1, RATE)), noise(1, RATE)), axis=1).astype(np.float32))
    picture, _ = tiles.image(0, 2, 20, 64, 0)
    assert not picture[:, :9].any()
    assert picture[:, 11:].min() > 60


def test_click_is_in_its_column_whatever_the_zoom() -> None:
    samples = np.zeros((2, 60 * RATE), np.float32)
    samples[1, 41 * RATE] = 1.0
    tiles = build(samples)
    for start_s, end_s, columns in ((0, 60, 60), (0, 60, 7), (40.5, 41.5, 4), (30, 50, 333)):
        picture, valid = tiles.image(start_s, end_s, columns, 32, 1)
        assert valid.all()
        struck = np.flatnonzero(picture.max(axis=0) > 60)
        exact = (41 - start_s) / (end_s - start_s) * columns
        play = 1 + 2 * tiles.column_s * columns / (end_s - start_s)
        assert len(struck)
        assert (np.abs(struck + 0.5 - exact) <= play).all()
        assert not tiles.image(start_s, end_s, columns, 32, 0)[0].any()


def test_stored_columns_stand_where_their_samples_are() -> None:
    column = 4 * 512
    samples = np.zeros((1, 60 * column), np.float32)
    samples[0, 33 * column + column // 2] = 1.0
    tiles = build(samples)
    picture, _ = tiles.image(0, 60 * tiles.column_s, 60, 512, 0)
    assert np.flatnonzero(picture.max(axis=0)).tolist() == [33]


def test_coarse_columns_show_the_strongest_of_the_fine_ones_they_touch() -> None:
    tiles = build(noise(1, 100 * RATE))
    each = 16
    length_s = 100 * each * tiles.column_s / 4
    fine, _ = tiles.image(0, length_s, 100 * each // 4, 512, 0)
    coarse, _ = tiles.image(0, length_s, 100 // 4, 512, 0)
    assert (coarse == fine.reshape(512, 25, each).max(axis=2)).all()


def test_what_is_not_computed_yet_is_not_valid() -> None:
    samples = noise(1, 200 * RATE)
    writer = SpectrogramWriter(
        spectrogram_path(FINGERPRINT, 1), 1, SampleRun(5.0, RATE, 0, samples), 200.0
    )
    writer.push(samples[:, : 120 * RATE])
    tiles = SpectrogramTiles.open(FINGERPRINT, 1)
    assert tiles is not None
    assert not tiles.complete
    filled_s = tiles.filled_s - 5
    assert 80 < filled_s <= 120
    picture, valid = tiles.image(5, 205, 200, 40, 0)
    assert valid.tolist() == [second < filled_s for second in range(200)]
    assert not picture[:, ~valid].any()
    assert picture[:, valid].all(axis=0).all()
    writer.push(samples[:, 120 * RATE :])
    writer.finish()
    writer.close()
    assert tiles.refresh()
    assert tiles.filled_s == 205
    assert tiles.image(0, 210, 210, 40, 0)[1].tolist() == [False] * 5 + [True] * 200 + [False] * 5


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000, 96_000])
def test_window_lasts_about_21_ms_at_any_rate(rate: int) -> None:
    assert 0.014 < window_length(rate) / rate < 0.031
    tiles = build(sine(rate / 8, 1.0, rate), rate)
    picture, _ = tiles.image(0.2, 0.8, 10, 100, 0)
    assert (np.abs(picture.argmax(axis=0) - 75) <= 2).all()


def test_corrupt_cache_is_rebuilt() -> None:
    samples = noise(2, RATE)
    build(samples)
    path = spectrogram_path(FINGERPRINT, 1)
    good = path.read_bytes()
    for damaged in (good[:-100], b"rubbish" * 1000):
        path.write_bytes(damaged)
        assert SpectrogramTiles.open(FINGERPRINT, 1) is None
        build(samples)
        assert path.read_bytes() == good


def test_records_of_another_size_are_refused() -> None:
    meta = {"channels": 1, "rate": RATE, "start_s": 0.0, "rows": 512, "column_samples": 2048}
    with CacheWriter(spectrogram_path(FINGERPRINT, 1), CacheLayout("spectrogram", 1, 100, meta)):
        pass
    assert SpectrogramTiles.open(FINGERPRINT, 1) is None


def test_one_decode_makes_both_caches_and_a_second_run_decodes_nothing() -> None:
    samples = noise(2, RATE)
    decodes = []

    def blocks() -> object:
        decodes.append(1)
        return blocks_of(samples, RATE)

    for _ in range(2):
        build_sound(NOWHERE, sound_stream(2, RATE, RATE), FINGERPRINT, open_blocks=blocks)
    assert len(decodes) == 1
    assert WaveformPyramid.open(FINGERPRINT, 1) is not None
    assert SpectrogramTiles.open(FINGERPRINT, 1) is not None


def test_twelve_hours_are_built_in_bounded_memory_and_space() -> None:
    rate, hours = 4000, 12
    piece = noise(1, 1 << 16)
    writer = SpectrogramWriter(
        spectrogram_path(FINGERPRINT, 1), 1, SampleRun(0.0, rate, 0, piece), hours * 3600.0
    )
    held = []
    for _ in range(hours * 3600 * rate // piece.shape[1]):
        writer.push(piece)
        held.append(writer.held_bytes)
    writer.finish()
    writer.close()
    assert max(held) == max(held[:3])
    assert max(held) < 200_000


@pytest.mark.parametrize("hours", [0.1, 2, 6, 12, 24])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_long_titles_pool_more_so_that_files_stay_small(hours: float, channels: int) -> None:
    frames = round(hours * 3600 * RATE / 512)
    pool = pool_for(frames, channels, 512)
    size = frames / pool * channels * 512 * 4 / 3
    assert size < 600 << 20
    assert pool == 4 or size > 120 << 20


@given(
    rows=st.integers(2, 700),
    logarithmic=st.booleans(),
    rate=st.sampled_from([8000, 44_100, 48_000, 192_000]),
)
def test_rows_and_frequencies_are_inverse(rows: int, logarithmic: bool, rate: int) -> None:
    scale = RowScale(rows, rate, logarithmic)
    frequencies = [scale.frequency(row) for row in range(rows + 1)]
    assert all(high > low for high, low in pairwise(frequencies))
    assert frequencies[0] == pytest.approx(rate / 2)
    for row in (0, rows / 3, rows):
        assert scale.row(scale.frequency(row)) == pytest.approx(row, abs=1e-6)
    spectra = np.random.default_rng(1).integers(0, 255, (3, 512)).astype(np.uint8)
    picture = scale_rows(spectra, scale)
    assert picture.shape == (rows, 3)
    if not logarithmic and rows <= 512:
        assert (picture.max(axis=0) == spectra.max(axis=1)).all()


def test_samples_give_the_same_spectra_as_tiles() -> None:
    samples = noise(1, 4 * RATE)
    margin = sample_margin(RATE)
    close = sample_columns(samples[0, RATE - margin : 2 * RATE + margin], RATE, 1000)
    assert close.shape == (1000, 512)
    centre = round(RATE + 500.5 * RATE / 1000) - margin
    exact = decibels(samples[0, centre : centre + 2 * margin])
    assert np.abs(close[500].astype(int) - exact).max() <= 60
    assert abs(float(np.median(close[500])) - float(np.median(exact))) <= 3


def test_samples_of_a_wide_view_keep_a_click() -> None:
    samples = np.zeros(20 * RATE, np.float32)
    samples[9 * RATE + 777] = 1.0
    columns = sample_columns(samples, RATE, 100)
    struck = np.flatnonzero(columns.max(axis=1) > 60)
    assert struck.tolist() in ([44], [45], [44, 45])


def test_too_few_samples_are_taken_as_silence_behind() -> None:
    assert sample_columns(np.zeros(10, np.float32), RATE, 5).shape == (5, 512)
