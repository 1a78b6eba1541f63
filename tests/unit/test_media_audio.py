"""Sound is read to the sample: at its place, at its level, silent where there is none."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from helpers.numbered import sound
from numpy.typing import NDArray

from core.domain.media import AudioBlock
from core.domain.time import Span
from core.media.audio import AudioReader, to_float
from core.media.probe import probe
from core.media.writer import write_title

RATE = 48000
TOTAL = 3 * RATE + 1234
SOUND = sound(TOTAL)
SIXTEEN_BIT = 1.5 / 32768

Open = Callable[..., AudioReader]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Open:
    folder = tmp_path_factory.mktemp("sound")

    def make(name: str, codec: str, start_s: Fraction | int = 0) -> AudioReader:
        path = folder / f"{codec}-{start_s}-{name}".replace("/", "_")
        if not path.exists():
            write_title(path, None, 25, SOUND, RATE, audio_codec=codec, start_s=start_s)
        return AudioReader(path, probe(path).audio[0])

    return make


EXACT = [
    ("clip.wav", "pcm_s16le"),
    ("clip.mov", "pcm_s24le"),
    ("clip.flac", "flac"),
    ("clip.mp4", "flac"),
    ("clip.mkv", "flac"),
    ("clip.mkv", "pcm_s16le"),
]


@pytest.mark.parametrize(("name", "codec"), EXACT)
def test_the_whole_is_read_as_it_was_written(opened: Open, name: str, codec: str) -> None:
    with opened(name, codec) as reader:
        samples = reader.read(0, TOTAL)
    assert samples.dtype == np.float32
    assert samples.shape == (2, TOTAL)
    np.testing.assert_allclose(samples, SOUND, atol=SIXTEEN_BIT)


@pytest.mark.parametrize(("name", "codec"), EXACT)
def test_any_place_is_read_to_the_sample(opened: Open, name: str, codec: str) -> None:
    with opened(name, codec) as reader:
        whole = reader.read_at(0, TOTAL)
        # Forwards, backwards, far and near, across blocks, and one sample alone.
        for first, count in (
            (120_000, 3000),
            (500, 10),
            (100_001, 1),
            (100_002, 20_000),
            (1, 4095),
            (4096, 4096),
            (TOTAL - 5, 5),
            (70_000, 70_000),
            (0, 1),
        ):
            np.testing.assert_array_equal(
                reader.read_at(first, count), whole[:, first : first + count]
            )


def test_seconds_are_rounded_to_the_nearest_sample(opened: Open) -> None:
    with opened("clip.wav", "pcm_s16le") as reader:
        whole = reader.read_at(0, TOTAL)
        np.testing.assert_array_equal(reader.read((1000.4) / RATE, 5), whole[:, 1000:1005])
        np.testing.assert_array_equal(reader.read((1000.6) / RATE, 5), whole[:, 1001:1006])


@pytest.mark.parametrize(("name", "codec"), EXACT)
def test_outside_there_is_silence(opened: Open, name: str, codec: str) -> None:
    with opened(name, codec) as reader:
        whole = reader.read_at(0, TOTAL)
        before = reader.read_at(-100, 300)
        np.testing.assert_array_equal(before[:, :100], 0)
        np.testing.assert_array_equal(before[:, 100:], whole[:, :200])
        after = reader.read_at(TOTAL - 200, 300)
        np.testing.assert_array_equal(after[:, :200], whole[:, -200:])
        np.testing.assert_array_equal(after[:, 200:], 0)
        np.testing.assert_array_equal(reader.read_at(TOTAL + RATE, 10), 0)
        np.testing.assert_array_equal(reader.read_at(-500, 100), 0)
        assert reader.read_at(50, 0).shape == (2, 0)
        np.testing.assert_array_equal(reader.read_at(40, 10), whole[:, 40:50])


@pytest.mark.parametrize("name", ["late.mp4", "late.mkv"])
def test_a_late_start_is_silence_first(opened: Open, name: str) -> None:
    with opened(name, "flac", 2) as reader:
        samples = reader.read_at(2 * RATE - 100, 1100)
        np.testing.assert_array_equal(samples[:, :100], 0)
        np.testing.assert_allclose(samples[:, 100:], SOUND[:, :1000], atol=SIXTEEN_BIT)
        middle = reader.read_at(4 * RATE, 500)
        np.testing.assert_allclose(middle, SOUND[:, 2 * RATE : 2 * RATE + 500], atol=SIXTEEN_BIT)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("clip.mp4", "aac"),
        ("clip.mkv", "aac"),
        ("clip.ts", "aac"),
        ("clip.ts", "mp2"),
        ("clip.mkv", "libmp3lame"),
    ],
)
def test_lossy_sound_is_the_same_wherever_reading_begins(
    opened: Open, name: str, codec: str
) -> None:
    with opened(name, codec) as reader:
        whole = reader.read_at(0, TOTAL)
    assert float(np.abs(whole[0]).max()) > 0.3
    for first in (RATE + 17, 2 * RATE, 3 * RATE - 1999):
        with opened(name, codec) as reader:
            part = reader.read_at(first, 3000)
        wanted = whole[:, first : first + 3000]
        # AAC's decoder fills in noise of its own, most of it where the right channel jumps.
        np.testing.assert_allclose(part[0], wanted[0], atol=1e-4)
        np.testing.assert_allclose(part[1], wanted[1], atol=0.05)


@pytest.mark.parametrize(("name", "codec"), [("click.mp4", "aac"), ("click.mkv", "aac")])
def test_a_click_in_lossy_sound_stays_in_its_place(tmp_path: Path, name: str, codec: str) -> None:
    click = np.zeros((2, 2 * RATE), np.float32)
    click[:, 70_000] = 0.9
    path = tmp_path / name
    write_title(path, None, 25, click, RATE, audio_codec=codec, audio_bitrate=256_000)
    with AudioReader(path, probe(path).audio[0]) as reader:
        heard = reader.read_at(69_000, 2000)
    assert abs(int(np.argmax(np.abs(heard[0]))) - 1000) <= 2


# Blocks


def joined(blocks: list[AudioBlock]) -> NDArray[np.float32]:
    return np.concatenate([b.samples for b in blocks], axis=1)


@pytest.mark.parametrize(("name", "codec"), EXACT)
def test_blocks_follow_each_other_and_are_all_there(opened: Open, name: str, codec: str) -> None:
    with opened(name, codec) as reader:
        blocks = list(reader.blocks())
        np.testing.assert_allclose(joined(blocks), SOUND, atol=SIXTEEN_BIT)
    at = 0
    for block in blocks:
        assert (block.rate, block.stream) == (RATE, 0)
        assert float(block.pts * block.base) == pytest.approx(at / RATE, abs=float(block.base))
        at += block.samples.shape[1]


@pytest.mark.parametrize(("name", "codec"), EXACT)
@pytest.mark.parametrize(("first", "end"), [(0, 100), (12_345, 77_777), (100_000, TOTAL)])
def test_blocks_of_a_span_are_cut_to_it_exactly(
    opened: Open, name: str, codec: str, first: int, end: int
) -> None:
    with opened(name, codec) as reader:
        blocks = list(reader.blocks(Span(first, end, Fraction(1, RATE))))
        samples = joined(blocks)
    assert float(blocks[0].pts * blocks[0].base) == pytest.approx(
        first / RATE, abs=float(blocks[0].base)
    )
    assert samples.shape == (2, end - first)
    np.testing.assert_allclose(samples, SOUND[:, first:end], atol=SIXTEEN_BIT)


def test_blocks_and_reads_do_not_disturb_each_other(opened: Open) -> None:
    with opened("clip.flac", "flac") as reader:
        whole = reader.read_at(0, TOTAL)
        reader.read_at(90_000, 10)
        joined(list(reader.blocks(Span(0, 1, Fraction(1)))))
        np.testing.assert_array_equal(reader.read_at(90_005, 50), whole[:, 90_005:90_055])
        np.testing.assert_array_equal(joined(list(reader.blocks())), whole)


def test_a_span_behind_the_end_has_no_blocks(opened: Open) -> None:
    with opened("clip.wav", "pcm_s16le") as reader:
        assert list(reader.blocks(Span(100, 101, Fraction(1)))) == []


# Sample formats


@pytest.mark.parametrize(
    ("format_", "codes", "wanted"),
    [
        ("u8", np.array([0, 64, 128, 255], np.uint8), [-1, -0.5, 0, 127 / 128]),
        ("s16", np.array([-32768, 16384, 0, 32767], np.int16), [-1, 0.5, 0, 32767 / 32768]),
        ("s32", np.array([-(2**31), 2**30, 0, 2**31 - 1], np.int32), [-1, 0.5, 0, 1]),
        ("flt", np.array([-1.5, 0.25, 0, 1], np.float32), [-1.5, 0.25, 0, 1]),
        ("dbl", np.array([-1.5, 0.25, 0, 1], np.float64), [-1.5, 0.25, 0, 1]),
    ],
)
@pytest.mark.parametrize("planar", [False, True])
def test_every_sample_format_has_full_scale_at_one(
    format_: str, codes: NDArray[np.generic], wanted: list[float], planar: bool
) -> None:
    both = np.stack([codes, codes[::-1]])
    raw = both if planar else np.ascontiguousarray(both.T).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(raw, format_ + "p" * planar, "stereo")
    samples = to_float(frame, 2)
    assert samples.dtype == np.float32
    np.testing.assert_array_equal(samples, np.array([wanted, wanted[::-1]], np.float32))


@pytest.mark.parametrize("channels", [1, 2, 3])
def test_missing_channels_are_silent_and_further_ones_left_out(channels: int) -> None:
    raw = np.array([[0.5, 0.25], [-0.5, -0.25]], np.float32)
    samples = to_float(av.AudioFrame.from_ndarray(raw, "fltp", "stereo"), channels)
    wanted = np.concatenate([raw, np.zeros((1, 2), np.float32)])[:channels]
    np.testing.assert_array_equal(samples, wanted)


@pytest.mark.parametrize(
    ("codec", "atol"),
    [
        ("pcm_u8", 1.01 / 128),
        ("pcm_s16le", SIXTEEN_BIT),
        ("pcm_s24le", 2e-7),
        ("pcm_s32le", 1e-7),
        ("pcm_f32le", 0),
        ("pcm_f64le", 0),
    ],
)
def test_files_of_every_depth_are_read_at_their_level(
    tmp_path: Path, codec: str, atol: float
) -> None:
    path = tmp_path / "clip.wav"
    write_title(path, None, 25, SOUND[:, :20_000], RATE, audio_codec=codec)
    with AudioReader(path, probe(path).audio[0]) as reader:
        np.testing.assert_allclose(reader.read_at(0, 20_000), SOUND[:, :20_000], atol=atol)


@pytest.mark.parametrize(("channels", "rate"), [(1, 8000), (6, 44100), (8, 96000)])
def test_any_number_of_channels_and_rate(tmp_path: Path, channels: int, rate: int) -> None:
    tone = np.random.default_rng(channels).uniform(-0.9, 0.9, (channels, rate)).astype(np.float32)
    path = tmp_path / "clip.wav"
    write_title(path, None, 25, tone, rate, audio_codec="pcm_f32le")
    with AudioReader(path, probe(path).audio[0]) as reader:
        np.testing.assert_array_equal(reader.read_at(0, rate), tone)
        np.testing.assert_array_equal(reader.read_at(rate // 2, 100), tone[:, rate // 2 :][:, :100])


@pytest.mark.parametrize("channels", [6, 7, 8])
@pytest.mark.parametrize("codec", ["aac", "flac"])
def test_channels_of_planar_codecs_keep_their_places(
    tmp_path: Path, channels: int, codec: str
) -> None:
    at = np.arange(RATE) / RATE
    gains = np.linspace(0.1, 0.8, channels)
    tone = (gains[:, None] * np.sin(2 * np.pi * 100 * at)).astype(np.float32)
    path = tmp_path / "clip.mp4"
    write_title(path, None, 25, tone, RATE, audio_codec=codec, audio_bitrate=768_000)
    (stream,) = probe(path).audio
    assert stream.channels == channels
    with AudioReader(path, stream) as reader:
        peaks = np.abs(reader.read_at(RATE // 4, RATE // 2)).max(axis=1)
    if codec == "flac":
        np.testing.assert_allclose(peaks, gains, atol=0.001)
    else:
        # The encoder keeps little of the channel for low effects' level.
        assert np.sum(np.abs(peaks - gains) < 0.05) >= channels - 1
