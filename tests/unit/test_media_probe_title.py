"""What probing says of a file: its streams, its fingerprint, and why it cannot be opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from helpers.numbered import (
    COUNT,
    HEIGHT,
    KINDS,
    RATE,
    WIDTH,
    WITH_PICTURES,
    Clips,
    GetClip,
    picture,
)

from core.domain.errors import KnownError
from core.media.probe import SIDECAR_INDEX, fingerprint, probe, sidecar_captions
from core.media.writer import VideoSettings, write_title


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> GetClip:
    return Clips(tmp_path_factory.mktemp("clips"))


@pytest.mark.parametrize(
    ("name", "container", "video", "audio"),
    [
        ("closed", "mov,mp4", "h264", "flac"),
        ("open_hevc", "matroska", "hevc", "flac"),
        ("late_ts", "mpegts", "h264", "mp2"),
        ("interlaced", "mpegts", "mpeg2video", "mp2"),
        ("avi", "avi", "mpeg4", "pcm_s16le"),
        ("ten_bit", "matroska", "h264", None),
        ("raw", "h264", "h264", None),
        ("sound_only", "wav", None, "pcm_s16le"),
    ],
)
def test_streams_are_named_with_codec_and_size(
    clip: GetClip, name: str, container: str, video: str | None, audio: str | None
) -> None:
    title = clip(name)
    assert title.container.startswith(container)
    assert [s.codec for s in title.video] == ([video] if video else [])
    assert [s.codec for s in title.audio] == ([audio] if audio else [])
    assert title.size_bytes == title.path.stat().st_size
    for stream in title.video:
        assert (stream.width, stream.height) == (WIDTH, HEIGHT)
        assert stream.rate == RATE
    for sound in title.audio:
        assert (sound.sample_rate, sound.channels, sound.layout) == (48000, 2, "stereo")


@pytest.mark.parametrize("name", [n for n, kind in KINDS.items() if not kind.steps_ms])
def test_length_is_that_of_the_pictures(clip: GetClip, name: str) -> None:
    title = clip(name)
    # Lossy sound may begin a block early and end one late.
    assert title.duration_s == pytest.approx(COUNT / RATE, abs=0.05)
    for stream in title.video:
        if name == "program":
            continue  # Program streams are estimated from the stamps that lie near their end.
        assert float(stream.duration_pts * stream.base) == pytest.approx(COUNT / RATE, abs=0.05)


@pytest.mark.parametrize("name", ["late", "late_mkv", "late_ts"])
def test_a_late_start_is_told(clip: GetClip, name: str) -> None:
    title = clip(name)
    (video,), (audio,) = title.video, title.audio
    assert title.start.seconds == pytest.approx(7, abs=0.05)
    assert float(video.start_pts * video.base) == 7
    assert title.start.exact == min(s.start_pts * s.base for s in (video, audio))


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001), Fraction(50)])
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts"])
def test_rates_are_exact_and_not_called_variable(
    tmp_path: Path, suffix: str, rate: Fraction
) -> None:
    path = tmp_path / f"clip{suffix}"
    write_title(path, map(picture, range(40)), rate)
    (video,) = probe(path).video
    assert float(video.rate) == pytest.approx(float(rate), rel=1e-4)
    assert not video.variable_rate


def test_a_variable_rate_is_told(clip: GetClip) -> None:
    (video,) = clip("variable_mp4").video
    assert video.variable_rate
    assert float(video.rate) == pytest.approx(1000 / 52, rel=0.05)


@pytest.mark.parametrize("name", [n for n in WITH_PICTURES if not KINDS[n].steps_ms])
def test_a_steady_rate_is_not_called_variable(clip: GetClip, name: str) -> None:
    assert not clip(name).video[0].variable_rate


def test_interlacing_and_depth_come_from_the_pictures(clip: GetClip) -> None:
    assert clip("interlaced").video[0].interlaced
    assert not clip("program").video[0].interlaced
    assert clip("ten_bit").video[0].bit_depth == 10
    assert clip("ten_bit").video[0].pixel_format == "yuv420p10le"
    assert clip("closed").video[0].bit_depth == 8


@pytest.mark.parametrize(
    ("color", "full", "space", "range_"),
    [
        ("bt709", False, "bt709", "tv"),
        ("bt601", False, "smpte170m", "tv"),
        ("bt709", True, "bt709", "pc"),
    ],
)
def test_colour_is_told_by_name(
    tmp_path: Path, color: str, full: bool, space: str, range_: str
) -> None:
    path = tmp_path / "clip.mp4"
    write_title(
        path, map(picture, range(5)), RATE, settings=VideoSettings(color=color, full_range=full)
    )
    (video,) = probe(path).video
    assert (video.color_space, video.color_range) == (space, range_)
    assert (video.color_primaries, video.color_transfer) == (space, space)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_is_told_clockwise_and_turns_the_display_size(
    tmp_path: Path, rotation: int
) -> None:
    path = tmp_path / "clip.mp4"
    settings = VideoSettings(rotation=rotation, pixel_aspect=Fraction(4, 3))
    write_title(path, map(picture, range(5)), RATE, settings=settings)
    (video,) = probe(path).video
    assert video.rotation == rotation
    assert video.pixel_aspect == Fraction(4, 3)
    wide = (round(WIDTH * 4 / 3), HEIGHT)
    assert video.display_size == (wide if rotation in (0, 180) else wide[::-1])


# Fingerprint


def test_fingerprint_survives_renaming_and_copying(clip: GetClip, tmp_path: Path) -> None:
    title = clip("closed")
    other = tmp_path / "another name.mov"
    shutil.copyfile(title.path, other)
    os.utime(other, (1, 1))
    assert fingerprint(other) == title.fingerprint == probe(other).fingerprint


def test_fingerprint_differs_for_different_content(clip: GetClip, tmp_path: Path) -> None:
    names = ("closed", "open", "late", "raw")
    assert len({clip(name).fingerprint for name in names}) == len(names)
    changed = tmp_path / "changed.mp4"
    data = bytearray(clip("closed").path.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    assert fingerprint(changed) != clip("closed").fingerprint


def _sparse(path: Path, size: int, marks: tuple[tuple[int, bytes], ...] = ()) -> str:
    with path.open("wb") as file:
        file.truncate(size)
        for place, data in marks:
            file.seek(place)
            file.write(data)
    return fingerprint(path)


def test_fingerprint_of_a_large_file_minds_length_head_and_tail(tmp_path: Path) -> None:
    size = 64 << 20
    path = tmp_path / "large.bin"
    variants = [
        _sparse(path, size),
        _sparse(path, size + 1),
        _sparse(path, size, ((100, b"x"),)),
        _sparse(path, size, ((size - 100, b"x"),)),
        _sparse(path, size, ((size // 17 + 10, b"x"),)),
    ]
    assert len(set(variants)) == len(variants)
    assert _sparse(path, size) == variants[0]


# Captions beside the title


def test_captions_beside_a_title_are_found_by_their_stem(clip: GetClip, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    shutil.copyfile(clip("closed").path, path)
    for name in ("film.srt", "film.en.vtt", "film_2.DFXP", "film2.srt", "other.srt", "film.txt"):
        (tmp_path / name).write_text("1\n")
    (tmp_path / "film.scc").mkdir()
    found = probe(path).captions
    assert [s.title for s in found] == ["film.en.vtt", "film.srt", "film_2.DFXP"]
    assert [s.index for s in found] == [SIDECAR_INDEX + n for n in range(3)]
    assert [s.codec for s in found] == ["webvtt", "subrip", "ttml"]
    assert [s.language for s in found] == ["en", "", ""]
    assert all(s.file == tmp_path / s.title for s in found)


def test_a_missing_folder_has_no_captions(tmp_path: Path) -> None:
    assert sidecar_captions(tmp_path / "gone" / "film.mp4") == ()


# Files that are no titles


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _png(path: Path) -> None:
    with av.open(str(path), "w", format="image2", options={"update": "1"}) as out:
        stream = out.add_stream("png", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgb24"
        frame = av.VideoFrame.from_ndarray(np.zeros((HEIGHT, WIDTH, 3), np.uint8), "rgb24")
        out.mux([*stream.encode(frame), *stream.encode(None)])


def _without_moov(path: Path) -> None:
    write_title(path, map(picture, range(20)), RATE)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])


def _captions_only(path: Path) -> None:
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n")


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


BAD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "missing": ("gone.mp4", lambda _path: None, "does not exist"),
    "folder": ("folder.mp4", _folder, "is a folder"),
    "pipe": ("pipe.mp4", _pipe, "not a regular file"),
    "empty": ("empty.mp4", _bytes(b""), "is empty"),
    "random": ("noise.mp4", _bytes(np.random.default_rng(1).bytes(50_000)), "cannot be opened"),
    "zeros": ("zeros.mp4", _bytes(bytes(50_000)), ""),
    "text": ("notes.mp4", _bytes(b"All work and no play.\n" * 200), ""),
    "text by name": ("notes.txt", _bytes(b"All work and no play.\n" * 200), "not a video or audio"),
    "picture": ("picture.png", _png, "not a video or audio"),
    "picture by content": ("picture.mp4", _png, ""),
    "no moov": ("cut.mp4", _without_moov, "incomplete"),
    "captions": ("film.srt", _captions_only, "no picture or sound"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_title_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    name, make, words = BAD[case]
    path = tmp_path / name
    make(path)
    with pytest.raises(KnownError) as caught:
        probe(path)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert words in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence
    assert str(tmp_path) not in sentence


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_refused(clip: GetClip, tmp_path: Path) -> None:
    path = tmp_path / "secret.mp4"
    shutil.copyfile(clip("closed").path, path)
    path.chmod(0)
    with pytest.raises(KnownError, match="permission"):
        probe(path)


@pytest.mark.parametrize(
    "name", ["concat:a.mp4", "%03d.mp4", "file.mp4|x", "-i.mp4", "Ünï 映画.mp4"]
)
def test_a_name_is_never_anything_but_a_name(clip: GetClip, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    shutil.copyfile(clip("closed").path, path)
    assert probe(path).fingerprint == clip("closed").fingerprint


def test_a_damaged_start_still_gives_the_streams(clip: GetClip, tmp_path: Path) -> None:
    data = bytearray(clip("closed").path.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin : begin + 20_000] = np.random.default_rng(2).bytes(20_000)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    title = probe(path)
    assert [s.codec for s in title.video] == ["h264"]
    assert title.duration_s == pytest.approx(COUNT / RATE, abs=0.05)


def test_packets_are_counted_where_the_container_does_not_say_how_long_it_is(
    clip: GetClip,
) -> None:
    title = clip("raw")
    assert title.duration_s == pytest.approx(COUNT / RATE)
    assert any("does not say how long" in note for note in title.notes)
