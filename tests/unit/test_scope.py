"""Scopes against hand-made frames: codes stand where the standards put them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from core.compare.out_of_range import Zone, luma_zones, out_of_range, shares
from core.compare.safe_area import SafeArea, safe_area
from core.compare.scope import (
    COLUMNS,
    histogram,
    limited_rgb,
    parade,
    pq_share,
    probe,
    rgb_histogram,
    vector_cell,
    vector_targets,
    vectorscope,
    waveform,
)
from core.compare.signal import BT601, BT709, Curve, Signal, StoredPicture, stored_picture
from core.media.field import field_of
from core.media.frame import Luma, VideoFrame
from core.media.probe import probe as look_at
from core.media.reader import VideoReader
from core.media.writer import VideoSettings, write_title

# 75 % bars as digital video keeps them: BT.601 at 8 bits, BT.709 at 10 bits.
BARS_601 = {
    "Yl": (162, 44, 142),
    "Cy": (131, 156, 44),
    "G": (112, 72, 58),
    "Mg": (84, 184, 198),
    "R": (65, 100, 212),
    "B": (35, 212, 114),
}
BARS_709 = {
    "Yl": (674, 176, 543),
    "Cy": (581, 589, 176),
    "G": (534, 253, 207),
    "Mg": (251, 771, 817),
    "R": (204, 435, 848),
    "B": (111, 848, 481),
}
RGB = {
    "Yl": (1, 1, 0),
    "Cy": (0, 1, 1),
    "G": (0, 1, 0),
    "Mg": (1, 0, 1),
    "R": (1, 0, 0),
    "B": (0, 0, 1),
}
BAR_PX = 64


def as_codes(values: NDArray[np.int64], signal: Signal) -> Luma:
    return values.astype(np.uint8) if signal.depth == 8 else values.astype(np.uint16)


def bars(table: dict[str, tuple[int, int, int]], signal: Signal) -> StoredPicture:
    """Six bars side by side, chroma at half the size."""

    def plane(part: int, width: int, height: int) -> Luma:
        line = np.repeat([codes[part] for codes in table.values()], width)
        return as_codes(np.tile(line, (height, 1)), signal)

    half = BAR_PX // 2
    return StoredPicture(plane(0, BAR_PX, 48), plane(1, half, 24), plane(2, half, 24), signal)


@pytest.mark.parametrize(
    ("table", "signal"),
    [(BARS_601, Signal(8, matrix=BT601)), (BARS_709, Signal(10, matrix=BT709))],
    ids=["601 at 8 bits", "709 at 10 bits"],
)
class TestBars:
    def test_waveform_shows_each_bar_at_its_luma_code(
        self, table: dict[str, tuple[int, int, int]], signal: Signal
    ) -> None:
        counts = waveform(bars(table, signal))
        assert counts.shape == (signal.levels, COLUMNS)
        assert counts.sum() == 48 * 6 * BAR_PX
        for number, (luma, _, _) in enumerate(table.values()):
            column = int((number + 0.5) * COLUMNS / 6)
            assert np.flatnonzero(counts[:, column]).tolist() == [luma]

    def test_parade_shows_seventy_five_per_cent(
        self, table: dict[str, tuple[int, int, int]], signal: Signal
    ) -> None:
        picture = bars(table, signal)
        counts = parade(limited_rgb(picture), signal)
        for number, name in enumerate(table):
            column = int((number + 0.5) * COLUMNS / 6)
            for part in range(3):
                (code,) = np.flatnonzero(counts[part, :, column]).tolist()
                expected = signal.code_of(0.75 * RGB[name][part])
                # Stored codes are rounded, and the matrix multiplies that.
                assert abs(code - expected) <= 2

    def test_vectorscope_hits_the_targets(
        self, table: dict[str, tuple[int, int, int]], signal: Signal
    ) -> None:
        counts = vectorscope(bars(table, signal))
        targets = vector_targets(signal.matrix)
        assert np.count_nonzero(counts) == 6
        for name, (_, cb, cr) in table.items():
            scale = signal.levels // 256
            assert counts[cr // scale, cb // scale] == 24 * BAR_PX // 2
            column, row = vector_cell(*targets[name], signal)
            assert column == pytest.approx((cb + 0.5) / scale, abs=0.6)
            assert row == pytest.approx((cr + 0.5) / scale, abs=0.6)

    def test_probe_reads_codes_and_levels(
        self, table: dict[str, tuple[int, int, int]], signal: Signal
    ) -> None:
        picture = bars(table, signal)
        for number, (name, codes) in enumerate(table.items()):
            found = probe(picture, number * BAR_PX + BAR_PX - 1, 47)
            assert found.codes == codes
            expected = 0.75 * np.array(RGB[name], float)
            assert np.allclose(found.shares, expected, atol=0.011)


def flat(code: int, signal: Signal) -> StoredPicture:
    neutral = as_codes(np.full((2, 2), signal.neutral), signal)
    return StoredPicture(as_codes(np.full((4, 4), code), signal), neutral, neutral, signal)


@pytest.mark.parametrize(
    ("signal", "code", "share"),
    [
        (Signal(8), 16, 0.0),
        (Signal(8), 235, 1.0),
        (Signal(10), 64, 0.0),
        (Signal(10), 940, 1.0),
        (Signal(8, full_range=True), 0, 0.0),
        (Signal(8, full_range=True), 255, 1.0),
        (Signal(10, full_range=True), 1023, 1.0),
    ],
)
def test_black_and_white_stand_at_nought_and_a_hundred_per_cent(
    signal: Signal, code: int, share: float
) -> None:
    picture = flat(code, signal)
    assert signal.share_of(code) == pytest.approx(share)
    assert probe(picture, 0, 0).shares == pytest.approx((share,) * 3)
    limited = Signal(signal.depth).code_of(share)
    assert limited_rgb(picture)[0, 0].tolist() == [limited] * 3
    assert np.flatnonzero(histogram(picture)).tolist() == [code]
    found = rgb_histogram(limited_rgb(picture), signal)
    assert [np.flatnonzero(part).tolist() for part in found] == [[limited]] * 3


@pytest.mark.parametrize(
    ("signal", "edges"),
    [
        (Signal(8), (4, 5, 15, 16, 235, 236, 246, 247)),
        (Signal(10), (19, 20, 63, 64, 940, 941, 984, 985)),
    ],
)
def test_false_colour_begins_where_r103_and_nominal_range_end(
    signal: Signal, edges: tuple[int, ...]
) -> None:
    zones = luma_zones(signal)
    expected = [
        Zone.BELOW,
        Zone.DARK,
        Zone.DARK,
        Zone.INSIDE,
        Zone.INSIDE,
        Zone.BRIGHT,
        Zone.BRIGHT,
        Zone.ABOVE,
    ]
    assert [Zone(zones[code]) for code in edges] == expected
    for code, zone in zip(edges, expected, strict=True):
        found = out_of_range(flat(code, signal))
        # Grey beyond the limits is beyond them in RGB as well; luma says more.
        assert set(found.ravel().tolist()) == {int(zone)}


def test_a_colour_that_rgb_cannot_show_is_out_of_gamut_though_luma_is_fine() -> None:
    picture = flat(128, Signal(8))
    strong = np.array([[240, 128], [128, 128]], np.uint8)
    picture = StoredPicture(picture.y, picture.cb, strong, picture.signal)
    found = out_of_range(picture)
    assert (found[:2, :2] == Zone.GAMUT).all()
    assert (found[2:, :] == Zone.INSIDE).all()
    assert shares(found)[Zone.GAMUT] == pytest.approx(0.25)


def test_full_range_forgives_every_code_but_the_two_ends() -> None:
    zones = luma_zones(Signal(8, full_range=True))
    assert np.flatnonzero(zones).tolist() == [0, 255]


def test_thinning_keeps_luma_and_chroma_beside_each_other() -> None:
    luma = np.repeat(np.arange(32, dtype=np.uint8), 2)[:, None] + np.zeros((1, 8), np.uint8)
    chroma = np.arange(32, dtype=np.uint8)[:, None] + np.zeros((1, 4), np.uint8)
    thin = StoredPicture(luma, chroma, chroma, Signal(8)).thinned(4)
    assert thin.cb is not None
    assert thin.y[:, 0].tolist() == thin.cb[:, 0].tolist() == list(range(0, 32, 4))
    assert thin.steps == (2, 1)


def test_pq_levels_are_those_of_st_2084() -> None:
    assert pq_share(10_000) == pytest.approx(1.0)
    assert pq_share(100) == pytest.approx(0.508, abs=0.001)
    assert pq_share(203) == pytest.approx(0.58, abs=0.002)
    assert pq_share(0) == pytest.approx(0.0, abs=1e-6)


def test_safe_areas_are_those_of_r95() -> None:
    action, title, cut = (safe_area(area, 1920, 1080) for area in SafeArea)
    assert action is not None
    assert title is not None
    assert cut is not None
    assert (action.left, action.bottom) == pytest.approx((0.035, 0.965))
    assert (title.top, title.right) == pytest.approx((0.05, 0.95))
    assert (cut.right - cut.left) * 1920 == pytest.approx(1440)
    assert safe_area(SafeArea.CUT, 720, 576) is None


def as_frame(raw: av.VideoFrame) -> VideoFrame:
    return VideoFrame(raw, stream=0, pts=0, end_pts=1, base=Fraction(1, 25))


def test_rgb_pictures_are_read_back_as_they_are() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 48, 3)).astype(np.uint8)
    picture = stored_picture(as_frame(av.VideoFrame.from_ndarray(pixels, "rgb24")))
    assert picture.signal.from_rgb
    assert picture.signal.full_range
    expected = 16 + pixels.astype(float) / 255 * 219
    assert np.abs(limited_rgb(picture).astype(float) - expected).max() <= 3


@pytest.mark.parametrize(
    ("transfer", "curve"), [(16, Curve.PQ), (18, Curve.HLG), (1, Curve.SDR), (2, Curve.SDR)]
)
def test_the_frame_says_how_its_codes_are_read(transfer: int, curve: Curve) -> None:
    raw = av.VideoFrame(64, 48, "yuv420p10le")
    raw.colorspace, raw.color_trc, raw.color_range = 9, transfer, 1
    signal = stored_picture(as_frame(raw)).signal
    assert (signal.depth, signal.curve, signal.matrix.name) == (10, curve, "BT.2020")
    assert signal.declared
    assert not signal.full_range


def test_fields_are_every_other_line_in_the_picture_s_own_colours() -> None:
    raw = av.VideoFrame(64, 32, "yuv420p")
    luma = np.where(np.arange(32)[:, None] % 2, 40, 200) + np.zeros((1, 64), int)
    chroma = np.where(np.arange(16)[:, None] % 2, 90, 160) + np.zeros((1, 32), int)
    for plane, values in zip(raw.planes, (luma, chroma, chroma), strict=True):
        lines = np.zeros((plane.height, plane.line_size), np.uint8)
        lines[:, : values.shape[1]] = values
        plane.update(lines.tobytes())
    upper, lower = (stored_picture(field_of(as_frame(raw), low)) for low in (False, True))
    assert upper.size == lower.size == (64, 16)
    assert upper.cb is not None
    assert lower.cb is not None
    assert set(upper.y.ravel().tolist()) == {200}
    assert set(upper.cb.ravel().tolist()) == {160}
    assert set(lower.y.ravel().tolist()) == {40}
    assert set(lower.cb.ravel().tolist()) == {90}
    assert upper.signal.matrix == BT601


def test_decoded_ten_bit_pictures_keep_their_depth(tmp_path: Path) -> None:
    path = tmp_path / "ten.mkv"
    settings = VideoSettings(codec="ffv1", pixel_format="yuv420p10le", gop=1, crf=None)
    write_title(path, [np.full((32, 64, 3), 255, np.uint8)] * 2, 25, settings=settings)
    title = look_at(path)
    with VideoReader(path, title.video[0]) as reader:
        picture = stored_picture(reader.frame_at(0))
    assert picture.signal.depth == 10
    assert np.flatnonzero(histogram(picture)).tolist() == [940]
