"""Two files against each other: offset, likeness and difference agree with what is known."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isinf, log10
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.compare.align import Source, best_lag, find_offset, title_offset_s
from core.compare.difference import difference, fitted, overlay
from core.compare.quality import Lock, QualityCurve, measure_quality
from core.domain.title import Title, VideoStream
from core.media.frame import VideoFrame
from core.media.likeness import Likeness, LikenessMeter
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title

WIDTH, HEIGHT, RATE, SOUND_HZ = 160, 96, 25, 48000
Plane = NDArray[np.uint8]
Reference = tuple[Path, VideoStream]


def as_frame(luma: Plane, chroma: int = 128, format_: str = "yuv420p") -> VideoFrame:
    height, width = luma.shape
    raw = av.VideoFrame(width, height, format_)
    for number, plane in enumerate(raw.planes):
        lines = np.full((plane.height, plane.line_size), chroma, np.uint8)
        if number == 0:
            lines[:, :width] = luma
        plane.update(lines.tobytes())
    return VideoFrame(raw, stream=0, pts=0, end_pts=1, base=Fraction(1, RATE))


def texture(seed: int = 0, size: tuple[int, int] = (HEIGHT, WIDTH)) -> Plane:
    small = np.random.default_rng(seed).integers(30, 220, (size[0] // 8, size[1] // 8))
    return np.kron(small, np.ones((8, 8))).astype(np.uint8)


class TestLikeness:
    def test_the_same_picture_is_infinitely_alike(self) -> None:
        found = LikenessMeter().measure(as_frame(texture()), as_frame(texture()))
        assert isinf(found.psnr_y)
        assert found.ssim_y == found.ssim == 1.0

    @pytest.mark.parametrize("step", [1, 5, 20])
    def test_psnr_of_a_constant_step_is_that_of_the_formula(self, step: int) -> None:
        flat = np.full((HEIGHT, WIDTH), 100, np.uint8)
        found = LikenessMeter().measure(as_frame(flat), as_frame(flat + np.uint8(step)))
        assert found.psnr_y == pytest.approx(10 * log10(255**2 / step**2), abs=1e-3)
        # With 4:2:0 luma holds two thirds of all samples.
        assert found.psnr == pytest.approx(10 * log10(255**2 / (step**2 * 2 / 3)), abs=1e-3)

    def test_psnr_of_noise_is_that_of_its_mean_square(self) -> None:
        first = texture()
        noise = np.random.default_rng(1).integers(-9, 10, first.shape)
        second = (first + noise).astype(np.uint8)
        mse = np.mean((first.astype(float) - second) ** 2)
        found = LikenessMeter().measure(as_frame(first), as_frame(second))
        assert found.psnr_y == pytest.approx(10 * log10(255**2 / mse), abs=1e-3)

    def test_ssim_agrees_with_its_definition(self) -> None:
        first = texture()
        noise = np.random.default_rng(1).normal(0, 12, first.shape)
        second = np.clip(first + noise, 0, 255).astype(np.uint8)
        found = LikenessMeter().measure(as_frame(first), as_frame(second))
        assert found.ssim_y == pytest.approx(ssim_by_definition(first, second), abs=0.004)
        worse = LikenessMeter().measure(as_frame(first), as_frame(texture(7)))
        assert worse.ssim_y < 0.4 < found.ssim_y < 1

    def test_pictures_of_another_size_are_brought_to_the_first_s(self) -> None:
        small = as_frame(texture(size=(HEIGHT // 2, WIDTH // 2)))
        flat = np.full((HEIGHT, WIDTH), 90, np.uint8)
        half = np.full((HEIGHT // 2, WIDTH // 2), 90, np.uint8)
        meter = LikenessMeter()
        assert isinf(meter.measure(as_frame(flat), as_frame(half)).psnr_y)
        assert meter.measure(as_frame(texture()), small).ssim_y < 1

    def test_measuring_leaves_the_frames_as_they_are(self) -> None:
        first, second = as_frame(texture()), as_frame(texture(3))
        before = (first.luma().copy(), second.luma().copy())
        meter = LikenessMeter()
        values = [meter.measure(first, second) for _ in range(3)]
        assert values[0] == values[1] == values[2]
        assert (first.luma() == before[0]).all()
        assert (second.luma() == before[1]).all()


def ssim_by_definition(first: Plane, second: Plane) -> float:
    """Wang et al. 2004 over every 8×8 block at steps of 4."""
    one, other = first.astype(float), second.astype(float)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    found = []
    for top in range(0, one.shape[0] - 7, 4):
        for left in range(0, one.shape[1] - 7, 4):
            a, b = (p[top : top + 8, left : left + 8] for p in (one, other))
            covariance = np.cov(a.ravel(), b.ravel())
            luminance = (2 * a.mean() * b.mean() + c1) / (a.mean() ** 2 + b.mean() ** 2 + c1)
            contrast = (2 * covariance[0, 1] + c2) / (covariance[0, 0] + covariance[1, 1] + c2)
            found.append(luminance * contrast)
    return float(np.mean(found))


class TestLag:
    @settings(max_examples=40, deadline=None)
    @given(
        lag=st.integers(-300, 300),
        seed=st.integers(0, 99),
        gain=st.floats(0.3, 3.0),
        noise=st.floats(0.0, 0.3),
    )
    def test_any_known_shift_is_found(self, lag: int, seed: int, gain: float, noise: float) -> None:
        random = np.random.default_rng(seed)
        whole = np.repeat(random.normal(0, 1, (400, 3)), 4, axis=0).astype(np.float32)
        one = whole[400:1200]
        other = whole[400 - lag : 1200 - lag] * np.float32(gain) + 7
        other = (other + random.normal(0, noise * gain, other.shape)).astype(np.float32)
        found = best_lag(one, other, 100, Source.PICTURE)
        assert found is not None
        assert found.seconds == pytest.approx(lag / 100)
        assert found.sure

    def test_strangers_do_not_correlate(self) -> None:
        random = np.random.default_rng(0)
        one, other = (random.normal(0, 1, (1500, 3)).astype(np.float32) for _ in range(2))
        found = best_lag(one, other, 100, Source.PICTURE)
        assert found is not None
        assert not found.sure

    def test_what_stands_still_has_no_offset(self) -> None:
        still = np.full((900, 3), 9, np.float32)
        assert best_lag(still, still, 100, Source.PICTURE) is None
        assert best_lag(still[:2], still, 100, Source.PICTURE) is None


def scene(count: int, first: int = 0) -> Iterator[Plane]:
    """A walk over texture in steps that never repeat."""
    random = np.random.default_rng(5)
    large = np.kron(random.integers(20, 230, (60, 90, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    steps = np.cumsum(random.integers(0, 9, (400, 2)), axis=0) % (300, 500)
    for y, x in steps[first : first + count].tolist():
        yield np.ascontiguousarray(large[y : y + HEIGHT, x : x + WIDTH])


def sound(seconds: float, first_s: float = 0.0) -> NDArray[np.float32]:
    random = np.random.default_rng(6)
    loud = np.repeat(random.uniform(0, 1, 400), SOUND_HZ // 20)
    whole = loud * random.normal(0, 0.2, len(loud))
    at = round(first_s * SOUND_HZ)
    part = whole[at : at + round(seconds * SOUND_HZ)]
    return np.stack([part, part]).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compare")


def written(folder: Path, name: str, first: int, crf: int = 20, **more: object) -> Title:
    path = folder / name
    coding = VideoSettings(crf=crf, gop=24, b_frames=2, preset="ultrafast")
    samples = sound(5, first / RATE)
    write_title(path, scene(125, first), RATE, samples, SOUND_HZ, settings=coding, **more)  # type: ignore[arg-type]
    return probe(path)


@pytest.fixture(scope="module")
def source(folder: Path) -> Title:
    return written(folder, "source.mp4", 20)


@pytest.mark.parametrize("earlier", [-13, 0, 20])
def test_the_offset_of_files_is_found_to_the_frame(
    folder: Path, source: Title, earlier: int
) -> None:
    other = written(folder, f"shift{earlier}.mp4", 20 - earlier, crf=30)
    found = find_offset(source, other)
    assert found is not None
    assert found.sure
    assert found.source is Source.PICTURE
    assert found.seconds == pytest.approx(earlier / RATE, abs=1e-6)


def test_files_that_begin_at_another_time_are_locked_on_their_own_time_lines(
    folder: Path, source: Title
) -> None:
    late = written(folder, "late.mkv", 20, start_s=7)
    found = find_offset(source, late)
    assert found is not None
    offset_s = title_offset_s(found, source, late)
    assert offset_s == pytest.approx(7.0, abs=0.041)
    curve = list(measure_quality(*_streams(source, late), offset_s))
    assert min(like.ssim_y for _, like in curve[2:-2]) > 0.9


def test_sound_decides_where_there_is_no_picture(folder: Path) -> None:
    titles = []
    for name, first_s in (("a.wav", 0.5), ("b.wav", 0.25)):
        write_title(folder / name, None, RATE, sound(6, first_s), SOUND_HZ, audio_codec="pcm_s16le")
        titles.append(probe(folder / name))
    found = find_offset(titles[0], titles[1])
    assert found is not None
    assert found.source is Source.SOUND
    assert found.seconds == pytest.approx(0.25, abs=0.002)


def _streams(one: Title, other: Title) -> tuple[Reference, Reference]:
    return (one.path, one.video[0]), (other.path, other.video[0])


def test_quality_falls_where_a_file_was_coded_worse_and_frames_do_not_slip(
    folder: Path, source: Title
) -> None:
    rough = written(folder, "rough.mp4", 20, crf=45)
    curve = QualityCurve()
    for seconds, like in measure_quality(*_streams(source, rough), 0.0):
        curve.seconds.append(seconds)
        curve.values.append(like)
    assert len(curve.values) == 125
    right = curve.mean()
    assert right is not None
    assert 0.5 < right.ssim_y < 0.99
    slipped = [v.ssim_y for _, v in measure_quality(*_streams(source, rough), 0.04)]
    assert np.mean(slipped) < right.ssim_y - 0.1
    assert len(slipped) == 124
    worst = curve.worst()
    assert worst is not None
    assert curve.values[curve.seconds.index(worst)].ssim_y == min(v.ssim_y for v in curve.values)


def test_a_lock_holds_each_frame_as_long_as_it_shows() -> None:
    lock = Lock([0.0, 0.04, 0.12], 0.16, 0.5)
    assert [lock.number(s) for s in (-0.51, -0.5, -0.47, -0.46, -0.38, -0.341, -0.33)] == [
        None,
        0,
        0,
        1,
        2,
        2,
        None,
    ]


def test_equal_frames_do_not_make_the_mean_infinite() -> None:
    curve = QualityCurve(
        [0.0, 0.04], [Likeness(float("inf"), 50.0, 1, 1), Likeness(40, 30, 0.5, 1)]
    )
    mean = curve.mean()
    assert mean is not None
    assert mean.psnr_y == 50.0


def test_difference_is_zero_where_alike_and_grows_with_gain() -> None:
    one = np.full((8, 8, 4), 100, np.uint8)
    other = one.copy()
    other[2, 3, :3] = (110, 90, 100)
    found = difference(one, other, 4.0)
    assert found[2, 3].tolist() == [40, 40, 0, 255]
    found[2, 3, :3] = 0
    assert not found[..., :3].any()
    assert difference(one, other, 64.0)[2, 3, 0] == 255


def test_overlay_and_fitting_keep_the_shape() -> None:
    one, other = np.full((8, 16, 4), 100, np.uint8), np.full((8, 16, 4), 200, np.uint8)
    assert overlay(one, other, 0.25)[0, 0, 0] == 125
    framed = fitted(one, 16, 16)
    assert framed[..., 0].any(axis=1).tolist() == [False] * 4 + [True] * 8 + [False] * 4
