"""A decoded picture's luma, colours, rotation and scaling, against arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from core.media.frame import VideoFrame
from core.media.tone import tone_curve

WIDTH, HEIGHT = 128, 96
BASE = Fraction(1, 25)

# Luma weights of red and blue: ITU-R BT.709, BT.601 and BT.2020.
WEIGHTS = {"bt709": (0.2126, 0.0722), "bt601": (0.299, 0.114), "bt2020": (0.2627, 0.0593)}
SPACES = {"bt709": 1, "bt601": 6, "bt2020": 9}
RANGES = {"tv": 1, "pc": 2}
COLOURS = [
    (255, 255, 255),
    (0, 0, 0),
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (200, 120, 40),
    (30, 90, 180),
    (128, 128, 128),
]


def yuv_of(
    rgb: tuple[int, int, int], space: str, range_: str, depth: int = 8
) -> tuple[int, int, int]:
    """Codes of a colour, after ITU-R BT.709-6, 3 (quantisation) and BT.601-7, 2.5."""
    red, green, blue = (value / 255 for value in rgb)
    of_red, of_blue = WEIGHTS[space]
    luma = of_red * red + (1 - of_red - of_blue) * green + of_blue * blue
    cb = (blue - luma) / (2 * (1 - of_blue))
    cr = (red - luma) / (2 * (1 - of_red))
    if range_ == "pc":
        top = (1 << depth) - 1
        middle = (top + 1) / 2
        blue_code, red_code = (min(round(c * top + middle), top) for c in (cb, cr))
        return round(luma * top), blue_code, red_code
    scale = 1 << (depth - 8)
    return (
        round((16 + 219 * luma) * scale),
        round((128 + 224 * cb) * scale),
        round((128 + 224 * cr) * scale),
    )


def planar(
    planes: Sequence[NDArray[np.generic]],
    format_: str,
    space: int = 1,
    range_: int = 1,
    trc: int = 1,
) -> av.VideoFrame:
    """A picture with given planes (4:2:0 or 4:4:4), each written line by line."""
    height, width = planes[0].shape
    frame = av.VideoFrame(width, height, format_)
    for plane, samples in zip(frame.planes, planes, strict=True):
        lines = np.zeros((plane.height, plane.line_size), np.uint8)
        rows = np.ascontiguousarray(samples).view(np.uint8).reshape(plane.height, -1)
        lines[:, : rows.shape[1]] = rows
        plane.update(lines.tobytes())
    frame.colorspace, frame.color_range, frame.color_trc = space, range_, trc
    return frame


def flat(
    codes: tuple[int, int, int], format_: str, space: int, range_: int, trc: int = 1
) -> av.VideoFrame:
    kind = np.uint8 if "10" not in format_ else np.uint16
    sizes = [(HEIGHT, WIDTH), (HEIGHT // 2, WIDTH // 2), (HEIGHT // 2, WIDTH // 2)]
    planes = [np.full(size, code, kind) for size, code in zip(sizes, codes, strict=True)]
    return planar(planes, format_, space, range_, trc)


def wrap(frame: av.VideoFrame, rotation: int = 0) -> VideoFrame:
    return VideoFrame(frame, stream=0, pts=5, end_pts=6, base=BASE, rotation=rotation)


def ramp(width: int = WIDTH, height: int = HEIGHT, top: int = 256) -> NDArray[np.int64]:
    return (np.arange(height)[:, None] * 3 + np.arange(width)[None, :]) % top


def chroma(width: int, height: int, value: int, kind: type = np.uint8) -> NDArray[np.generic]:
    return np.full(((height + 1) // 2, (width + 1) // 2), value, kind)


# Luma


@pytest.mark.parametrize(("width", "height"), [(128, 96), (130, 98), (98, 34)])
def test_luma_is_the_samples_themselves(width: int, height: int) -> None:
    wanted = ramp(width, height).astype(np.uint8)
    grey = chroma(width, height, 128)
    luma = wrap(planar([wanted, grey, grey], "yuv420p")).luma()
    assert luma.shape == (height, width)
    assert luma.dtype == np.uint8
    np.testing.assert_array_equal(luma, wanted)


@pytest.mark.parametrize(("format_", "depth"), [("yuv420p10le", 10), ("yuv420p12le", 12)])
def test_luma_above_eight_bits_keeps_all_of_them(format_: str, depth: int) -> None:
    wanted = (ramp(top=1 << depth) * 7 % (1 << depth)).astype(np.uint16)
    grey = chroma(WIDTH, HEIGHT, 1 << (depth - 1), np.uint16)
    frame = wrap(planar([wanted, grey, grey], format_))
    assert frame.depth == depth
    assert frame.luma().dtype == np.uint16
    np.testing.assert_array_equal(frame.luma(), wanted)


def test_luma_of_p010_is_shifted_to_its_depth() -> None:
    wanted = (ramp() * 4 + 3).astype(np.uint16)
    frame = av.VideoFrame(WIDTH, HEIGHT, "p010le")
    lines = np.zeros((HEIGHT, frame.planes[0].line_size // 2), np.uint16)
    lines[:, :WIDTH] = wanted << 6
    frame.planes[0].update(lines.tobytes())
    picture = wrap(frame)
    assert picture.depth == 10
    np.testing.assert_array_equal(picture.luma(), wanted)


@pytest.mark.parametrize("format_", ["yuyv422", "uyvy422"])
def test_luma_of_packed_pictures_is_told_from_their_chroma(format_: str) -> None:
    wanted = ramp().astype(np.uint8)
    frame = av.VideoFrame(WIDTH, HEIGHT, format_)
    packed = np.full((HEIGHT, frame.planes[0].line_size), 128, np.uint8)
    packed[:, (0 if format_ == "yuyv422" else 1) : 2 * WIDTH : 2] = wanted
    frame.planes[0].update(packed.tobytes())
    np.testing.assert_array_equal(wrap(frame).luma(), wanted)


@pytest.mark.parametrize(("format_", "shift"), [("y210le", 6), ("y212le", 4)])
def test_luma_of_packed_words_keeps_their_depth(format_: str, shift: int) -> None:
    wanted = (ramp() * 3 + 70).astype(np.uint16)
    frame = av.VideoFrame(WIDTH, HEIGHT, format_)
    words = np.full((HEIGHT, frame.planes[0].line_size // 2), 1 << 15, np.uint16)
    words[:, : 2 * WIDTH : 2] = wanted << shift
    frame.planes[0].update(words.tobytes())
    np.testing.assert_array_equal(wrap(frame).luma(), wanted)


def test_luma_of_rgb_weighs_the_colours() -> None:
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[:, : WIDTH // 2] = 255
    luma = wrap(av.VideoFrame.from_ndarray(rgb, "rgb24")).luma()
    assert luma.shape == (HEIGHT, WIDTH)
    assert luma[5, 5] == 255
    assert luma[5, -5] == 0


def test_luma_may_not_be_written_and_outlives_its_picture() -> None:
    wanted = ramp().astype(np.uint8)
    grey = chroma(WIDTH, HEIGHT, 128)
    luma = wrap(planar([wanted, grey, grey], "yuv420p")).luma()
    with pytest.raises(ValueError, match="read-only"):
        luma[0, 0] = 1
    for _ in range(8):  # Would take the memory over, were it free.
        planar([np.zeros((HEIGHT, WIDTH), np.uint8), grey, grey], "yuv420p")
    np.testing.assert_array_equal(luma, wanted)


def test_planes_have_their_own_sizes() -> None:
    frame = wrap(flat((50, 60, 70), "yuv420p", 1, 1))
    planes = frame.planes()
    assert [p.shape for p in planes] == [(96, 128), (48, 64), (48, 64)]
    assert [int(p[0, 0]) for p in planes] == [50, 60, 70]


# Colours


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("range_", RANGES)
@pytest.mark.parametrize("space", WEIGHTS)
def test_rgb_follows_matrix_and_range(
    colour: tuple[int, int, int], range_: str, space: str
) -> None:
    codes = yuv_of(colour, space, range_)
    rgb = wrap(flat(codes, "yuv420p", SPACES[space], RANGES[range_])).rgb()
    assert rgb.shape == (HEIGHT, WIDTH, 3)
    np.testing.assert_allclose(rgb.reshape(-1, 3), np.tile(colour, (HEIGHT * WIDTH, 1)), atol=2)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("range_", RANGES)
@pytest.mark.parametrize("space", WEIGHTS)
def test_ten_bits_give_the_same_colours(
    colour: tuple[int, int, int], range_: str, space: str
) -> None:
    codes = yuv_of(colour, space, range_, 10)
    rgb = wrap(flat(codes, "yuv420p10le", SPACES[space], RANGES[range_])).rgb()
    # swscale's quick way from more than eight bits rounds twice.
    np.testing.assert_allclose(rgb[7, 9], colour, atol=3)


@pytest.mark.parametrize(("height", "space"), [(576, "bt601"), (720, "bt709")])
def test_an_unnamed_matrix_is_guessed_from_the_height(height: int, space: str) -> None:
    luma, cb, cr = yuv_of((200, 120, 40), space, "tv")
    planes = [np.full((height, WIDTH), luma, np.uint8)]
    planes += [np.full((height // 2, WIDTH // 2), code, np.uint8) for code in (cb, cr)]
    rgb = wrap(planar(planes, "yuv420p", space=2, range_=0)).rgb()
    np.testing.assert_allclose(rgb[3, 3], (200, 120, 40), atol=2)


def test_a_full_range_format_needs_no_flag() -> None:
    frame = wrap(flat(yuv_of((200, 120, 40), "bt601", "pc"), "yuvj420p", 6, 0))
    assert frame.full_range
    np.testing.assert_allclose(frame.rgb()[3, 3], (200, 120, 40), atol=2)
    assert not wrap(flat((16, 128, 128), "yuv420p", 6, int(ColorRange.UNSPECIFIED))).full_range


def test_rgb_pictures_pass_unchanged() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    np.testing.assert_array_equal(wrap(av.VideoFrame.from_ndarray(rgb, "rgb24")).rgb(), rgb)


def test_bgra_is_the_same_picture_in_the_order_of_the_screen() -> None:
    frame = wrap(flat(yuv_of((200, 120, 40), "bt709", "tv"), "yuv420p", 1, 1))
    bgra = frame.bgra()
    assert bgra.shape == (HEIGHT, WIDTH, 4)
    np.testing.assert_allclose(bgra[4, 4], (40, 120, 200, 255), atol=2)
    np.testing.assert_array_equal(bgra[..., 2::-1], frame.rgb())


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_is_toned_down_by_its_curve(transfer: int) -> None:
    curve = tone_curve(transfer)
    assert curve is not None
    shades = []
    for code in (64, 300, 502, 700, 940):
        frame = wrap(flat((code, 512, 512), "yuv420p10le", 9, 1, transfer))
        level = (code - 64) / 876
        wanted = int(curve[round(level * 65535)])
        np.testing.assert_allclose(frame.rgb()[2, 2], wanted, atol=3)
        np.testing.assert_allclose(frame.bgra()[2, 2], (wanted, wanted, wanted, 255), atol=3)
        shades.append(wanted)
    assert shades == sorted(shades)
    assert shades[0] == 0


# Size and rotation


def corners() -> av.VideoFrame:
    """Grey corners: 40 top left, 80 top right, 120 bottom left, 160 bottom right."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    half_h, half_w = HEIGHT // 2, WIDTH // 2
    rgb[:half_h, :half_w], rgb[:half_h, half_w:] = 40, 80
    rgb[half_h:, :half_w], rgb[half_h:, half_w:] = 120, 160
    return av.VideoFrame.from_ndarray(rgb, "rgb24")


def _read_corners(picture: NDArray[np.uint8]) -> list[int]:
    return [int(picture[y, x, 0]) for y, x in ((2, 2), (2, -3), (-3, 2), (-3, -3))]


@pytest.mark.parametrize(
    ("rotation", "wanted"),
    [
        (0, [40, 80, 120, 160]),
        (90, [120, 40, 160, 80]),
        (180, [160, 120, 80, 40]),
        (270, [80, 160, 40, 120]),
    ],
)
def test_rotation_turns_clockwise(rotation: int, wanted: list[int]) -> None:
    frame = wrap(corners(), rotation)
    turned = rotation in (90, 270)
    rgb = frame.rgb()
    assert rgb.shape == ((WIDTH, HEIGHT, 3) if turned else (HEIGHT, WIDTH, 3))
    assert _read_corners(rgb) == wanted
    assert _read_corners(frame.bgra(60, 30)) == wanted
    assert frame.luma().shape == (HEIGHT, WIDTH)
    assert _read_corners(frame.rgb_stored()) == [40, 80, 120, 160]


@pytest.mark.parametrize(("depth", "trc"), [(8, 1), (10, 1), (10, 16), (10, 18)])
def test_stored_colours_are_those_of_the_screen(depth: int, trc: int) -> None:
    format_ = "yuv420p" if depth == 8 else "yuv420p10le"
    codes = yuv_of((200, 120, 40), "bt709", "tv", depth)
    frame = wrap(flat(codes, format_, 1, 1, trc), rotation=90)
    stored = frame.rgb_stored()
    assert stored.shape == (HEIGHT, WIDTH, 3)
    assert stored.dtype == np.uint8
    assert stored.flags.c_contiguous
    np.testing.assert_array_equal(np.rot90(stored, -1), frame.rgb())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(64, 48), (33, 17), (1, 1), (301, 200)])
def test_the_result_has_the_size_asked_for(rotation: int, size: tuple[int, int]) -> None:
    width, height = size
    frame = wrap(flat((120, 100, 150), "yuv420p", 1, 1), rotation)
    assert frame.bgra(width, height).shape == (height, width, 4)
    assert frame.rgb(width, height).shape == (height, width, 3)
    assert frame.bgra(width, height).flags.c_contiguous


def test_scaling_keeps_a_flat_colour() -> None:
    frame = wrap(flat(yuv_of((30, 90, 180), "bt709", "tv"), "yuv420p", 1, 1))
    for size in ((40, 30), (500, 333)):
        wanted = np.broadcast_to((30, 90, 180), (size[1], size[0], 3))
        np.testing.assert_allclose(frame.rgb(*size), wanted, atol=3)


def test_it_says_what_it_holds_and_when_it_shows() -> None:
    frame = wrap(flat((120, 100, 150), "yuv420p", 1, 1))
    assert (frame.width, frame.height, frame.depth) == (WIDTH, HEIGHT, 8)
    assert frame.nbytes >= WIDTH * HEIGHT * 3 // 2
    assert frame.seconds == 0.2
    assert "pts=5" in repr(frame)


@pytest.mark.parametrize(
    "format_", ["yuv420p", "yuv422p", "nv12", "yuv444p10le", "p010le", "rgb24"]
)
def test_chroma_is_given_as_stored_whatever_the_format(format_: str) -> None:
    green = np.zeros((64, 96, 3), np.uint8)
    green[..., 1] = 255
    raw = av.VideoFrame.from_ndarray(green, "rgb24").reformat(format=format_)
    frame = VideoFrame(raw, stream=0, pts=0, end_pts=1, base=Fraction(1, 25))
    chroma = frame.chroma()
    assert chroma is not None
    shift = frame.depth - 8
    # Saturated green lies near Cb 54, Cr 34 (ITU-R BT.601), a little further in full range.
    assert abs(int(chroma[0][5, 5]) / (1 << shift) - 54) < 16
    assert abs(int(chroma[1][5, 5]) / (1 << shift) - 34) < 16


def test_grey_picture_has_no_chroma() -> None:
    raw = av.VideoFrame.from_ndarray(np.zeros((16, 16), np.uint8), "gray")
    assert VideoFrame(raw, stream=0, pts=0, end_pts=1, base=Fraction(1, 25)).chroma() is None
