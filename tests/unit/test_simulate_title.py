"""Damaging a real file: what is planned is damaged, all else stays as it was."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from helpers.clip import RATE, SAMPLE_RATE, make_clip, moving_pictures, tones

from core.domain.errors import CancelledError, KnownError
from core.domain.finding import Region
from core.domain.media import Cue
from core.domain.time import Span
from core.media.audio import AudioReader
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from core.simulate.inject import INJECTORS, Domain
from core.simulate.plan import Coding, Planned
from core.simulate.preview import preview_picture, preview_pictures, preview_sound
from core.simulate.title import Options, copy_title, simulate_title
from core.simulate.truth import mask_path, read_truth, truth_path

FREEZE = Planned("freeze", ((2.0, 2.4),))
HUSH = Planned("silence", ((0.5, 1.0),), severity=0.5)


def pictures(path: Path) -> dict[Fraction, list[np.ndarray[Any, Any]]]:
    """Planes of every picture by its time in seconds."""
    title = probe(path)
    return {
        item.pts * item.base: [np.array(plane) for plane in item.planes()]
        for item in DecodePass(title, title.video[0], ())
        if isinstance(item, VideoFrame)
    }


def packets(path: Path, stream: int) -> list[str]:
    with av.open(str(path)) as container:
        return [
            hashlib.sha256(bytes(packet)).hexdigest()
            for packet in container.demux(container.streams[stream])
            if packet.size
        ]


def sound(path: Path, seconds: float) -> np.ndarray[Any, Any]:
    title = probe(path)
    with AudioReader(path, title.audio[0]) as reader:
        return reader.read(0, round(seconds * title.audio[0].sample_rate))


def differing(clean: Path, damaged: Path) -> list[float]:
    before, after = pictures(clean), pictures(damaged)
    assert list(before) == list(after)
    return [
        float(time)
        for time, planes in before.items()
        if any(not np.array_equal(a, b) for a, b in zip(planes, after[time], strict=True))
    ]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "clip.mp4"
    make_clip(path, seconds=3.0)
    return path


@pytest.mark.parametrize("suffix", [".mkv", ".mp4", ".mov"])
def test_only_planned_frames_differ_and_sound_is_copied(
    source: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"out{suffix}"
    truth = simulate_title(source, out, [FREEZE])
    assert differing(source, out) == pytest.approx([2.0 + n / RATE for n in range(10)])
    assert packets(source, 1) == packets(out, 1)
    (made,) = truth
    assert made.spans == ((2.0, 2.4),)
    base = made.base
    assert base is not None
    assert [(a * base, b * base) for a, b in made.pts] == [(2, Fraction(12, 5))]
    assert read_truth(truth_path(out)) == truth


def test_pictures_are_copied_when_sound_is_the_target(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    (made,) = simulate_title(source, out, [HUSH])
    assert packets(source, 0) == packets(out, 0)
    assert not mask_path(out).exists()
    clean, damaged = sound(source, 3.0), sound(out, 3.0)
    changed = np.flatnonzero((clean != damaged).any(axis=0))
    assert (changed[0], changed[-1] + 1) == (0.5 * SAMPLE_RATE, 1.0 * SAMPLE_RATE)
    assert made.spans == ((0.5, 1.0),)
    assert made.stream == 1


def test_sixteen_bit_sound_stays_exact_outside_the_stretch(tmp_path: Path) -> None:
    path = tmp_path / "clip.mkv"
    write_title(path, None, RATE, tones(2.0), SAMPLE_RATE, audio_codec="pcm_s16le")
    out = tmp_path / "out.mkv"
    simulate_title(path, out, [HUSH])
    assert probe(out).audio[0].codec == "flac"
    clean, damaged = sound(path, 2.0), sound(out, 2.0)
    low, high = SAMPLE_RATE // 2, SAMPLE_RATE
    np.testing.assert_array_equal(clean[:, :low], damaged[:, :low])
    np.testing.assert_array_equal(clean[:, high:], damaged[:, high:])


def test_picture_and_sound_together_each_in_its_place(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    truth = simulate_title(source, out, [FREEZE, HUSH])
    assert [made.defect for made in truth] == ["silence", "freeze"]
    document = json.loads(truth_path(out).read_text(encoding="utf-8"))
    assert [row["defect"] for row in document["defects"]] == ["silence", "freeze"]


def test_one_defect_gives_a_truth_file_of_one(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    simulate_title(source, out, [FREEZE])
    document = json.loads(truth_path(out).read_text(encoding="utf-8"))
    assert document["defect"] == "freeze"
    assert document["spans"] == [[2.0, 2.4]]
    assert document["time_base"] == "1/1000"
    assert document["mask"] == "out.mkv.mask.mkv"


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_mask_shows_exactly_what_differs(source: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    planned = Planned(
        "block_corruption",
        ((0.4, 0.8), (2.2, 2.4)),
        severity=0.6,
        variant="green",
        region=Region(0.5, 0.0, 1.0, 0.5),
    )
    simulate_title(source, out, [planned])
    before, after, masks = pictures(source), pictures(out), pictures(mask_path(out))
    inside = [0.4 + n / RATE for n in range(10)] + [2.2 + n / RATE for n in range(5)]
    assert [float(time) for time in masks] == pytest.approx(inside)
    for time, planes in masks.items():
        mask = planes[0] > 128
        difference = np.abs(before[time][0].astype(int) - after[time][0])
        assert mask.any()
        assert mask[difference > 6].all()
        assert not mask[48:].any()
        assert not mask[:, :80].any()


def test_same_call_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    plan = [Planned("block_corruption", ((2.0, 2.6),), 0.7, 5, "mpeg2"), HUSH]
    for name in ("a.mkv", "b.mkv"):
        simulate_title(source, tmp_path / name, plan)
    for ending in ("", ".mask.mkv"):
        first, second = (tmp_path / f"{name}.mkv{ending}" for name in "ab")
        assert first.read_bytes() == second.read_bytes()


def test_coding_is_as_asked_for(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    simulate_title(source, out, [FREEZE], Options(Coding("hevc", crf=30)))
    assert probe(out).video[0].codec == "hevc"
    assert list(pictures(out)) == list(pictures(source))


@pytest.mark.parametrize("codec", ["h264", "mpeg2", "vp9", "av1"])
def test_every_coding_keeps_the_times(source: Path, tmp_path: Path, codec: str) -> None:
    out = tmp_path / "out.mkv"
    options = Options(Coding(codec, bitrate=500_000), bounds=(1.0, 1.6))
    simulate_title(source, out, [Planned("freeze", ((1.2, 1.4),))], options)
    assert [float(time) for time in pictures(out)] == pytest.approx(
        [1 + n / RATE for n in range(15)]
    )


def test_part_without_pictures_is_a_part_without_pictures(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    part = Options(bounds=(0.2, 1.2), from_zero=True, pictures=False)
    (made,) = simulate_title(source, out, [HUSH], part)
    title = probe(out)
    assert title.video == ()
    assert title.duration_s == pytest.approx(1.0, abs=0.03)
    assert made.spans == ((0.3, 0.8),)


def test_pictures_of_a_part_begin_where_it_begins(source: Path, tmp_path: Path) -> None:
    hushed, broken = tmp_path / "hushed.mkv", tmp_path / "broken.mkv"
    part = Options(bounds=(1.8, 2.6), from_zero=True)
    simulate_title(source, hushed, [Planned("silence", ((2.0, 2.2),))], part)
    (made,) = simulate_title(source, broken, [Planned("decode_error", ((2.2, 2.4),))], part)
    times = pytest.approx([n / RATE for n in range(20)])
    assert [float(time) for time in pictures(hushed)] == times
    assert probe(broken).video[0].codec == "h264"
    assert made.spans[0] == pytest.approx((0.4, 0.6), abs=0.05)


def ten_bit(path: Path) -> None:
    """Uneven times from 1.5 s on, 4:2:2 of 10 bits, BT.601, wide pixels."""
    write_title(
        path,
        moving_pictures(0.8),
        RATE,
        None,
        settings=VideoSettings(
            codec="libx264",
            pixel_format="yuv422p10le",
            color="bt601",
            pixel_aspect=Fraction(16, 11),
        ),
        pts=[n * 40 + (n % 3) * 7 for n in range(20)],
        time_base=Fraction(1, 1000),
        start_s=Fraction(3, 2),
    )


def test_uneven_times_depth_and_colour_are_kept(tmp_path: Path) -> None:
    path, out = tmp_path / "clip.mkv", tmp_path / "out.mkv"
    ten_bit(path)
    (made,) = simulate_title(path, out, [Planned("freeze", ((1.7, 1.9),))])
    assert differing(path, out) == [1.714, 1.74, 1.787, 1.834, 1.86]
    assert made.spans == ((1.714, 1.907),)
    before, after = probe(path).video[0], probe(out).video[0]
    assert before.pixel_aspect == Fraction(16, 11)
    for name in ("pixel_format", "color_space", "color_range", "color_transfer", "pixel_aspect"):
        assert getattr(before, name) == getattr(after, name)


def test_odd_sizes_are_kept(tmp_path: Path) -> None:
    path, out = tmp_path / "clip.mkv", tmp_path / "out.mkv"
    odd = (np.ascontiguousarray(picture[:95, :159]) for picture in moving_pictures(1.0))
    write_title(path, odd, RATE, settings=VideoSettings(codec="ffv1"))
    plan = [Planned("block_corruption", ((0.4, 0.8),), 1.0, 0, "h264")]
    simulate_title(path, out, plan)
    assert probe(out).video[0].codec == "ffv1"
    assert (probe(out).video[0].width, probe(out).video[0].height) == (159, 95)
    assert {round(at * RATE) for at in differing(path, out)} <= set(range(10, 20))


def test_part_of_a_title_keeps_its_times_unless_moved(source: Path, tmp_path: Path) -> None:
    kept, moved = tmp_path / "kept.mkv", tmp_path / "moved.mkv"
    simulate_title(source, kept, [FREEZE], Options(bounds=(1.8, 2.6)))
    (made,) = simulate_title(source, moved, [FREEZE], Options(bounds=(1.8, 2.6), from_zero=True))
    whole, part = pictures(source), pictures(kept)
    assert list(part) == [time for time in whole if Fraction(9, 5) <= time < Fraction(13, 5)]
    assert [float(time) for time in pictures(moved)] == pytest.approx([n / RATE for n in range(20)])
    assert made.spans[0] == pytest.approx((0.2, 0.6))


def test_clean_twin_is_the_source(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "twin.mkv"
    copy_title(source, out)
    assert differing(source, out) == []
    assert packets(source, 1) == packets(out, 1)


def test_damaged_packets_of_a_copied_stream(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    (made,) = simulate_title(source, out, [Planned("decode_error", ((2.2, 2.4),))])
    before, after = packets(source, 0), packets(out, 0)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == made.parameters["packets"]
    assert packets(source, 1) == packets(out, 1)


@pytest.mark.parametrize(
    ("defect", "variant"),
    [(d, v) for d, e in INJECTORS.items() if e.domain is Domain.STREAM for v in e.variants],
)
@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_times_of_packets_are_damaged_in_every_form(
    source: Path, tmp_path: Path, defect: str, variant: str, suffix: str
) -> None:
    out = tmp_path / f"out{suffix}"
    planned = Planned(defect, ((0.5, 2.5),), 0.1, variant=variant)
    (made,) = simulate_title(source, out, [planned])
    assert (made.defect, made.variant) == (defect, variant)
    before, after = probe(source), probe(out)
    assert len(after.video) == len(before.video)
    assert len(after.audio) == len(before.audio)
    assert read_truth(truth_path(out)).truths == (made,)


def test_captions_are_copied_or_turned_into_what_the_file_takes(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    cue = Cue(Span(500, 1500, Fraction(1, 1000)), "Hello")
    write_title(path, moving_pictures(2.0), RATE, captions=[cue])
    for suffix, codec in ((".mp4", "mov_text"), (".mkv", "subrip")):
        out = tmp_path / f"out{suffix}"
        simulate_title(path, out, [Planned("freeze", ((1.0, 1.2),))])
        (stream,) = probe(out).captions
        assert stream.codec == codec


def test_preview_shows_what_would_be_written(source: Path, tmp_path: Path) -> None:
    for planned in (
        FREEZE,
        Planned("block_corruption", ((1.0, 2.9),), 0.8, 3, "mpeg2"),
        Planned("block_corruption", ((1.0, 2.9),), 0.8, 3, "smeared"),
    ):
        out = tmp_path / "out.mkv"
        simulate_title(source, out, [planned], Options(overwrite=True))
        title = probe(out)
        shown = next(
            item
            for item in DecodePass(title, title.video[0], ())
            if isinstance(item, VideoFrame) and item.pts == 2200
        )
        preview = preview_picture(source, planned, 2.21)
        assert preview.pts * preview.base == Fraction(11, 5)
        np.testing.assert_array_equal(preview.damaged, shown.rgb())
        assert preview.mask is not None
        outside = preview_picture(source, planned, 0.4)
        assert outside.mask is None
        assert outside.damaged is outside.clean


def test_preview_of_a_part_and_of_sound(source: Path) -> None:
    shown = list(preview_pictures(source, FREEZE, (1.9, 2.1), width=80, height=48))
    assert [float(item.pts * item.base) for item in shown] == [1.92, 1.96, 2.0, 2.04, 2.08]
    assert [item.mask is not None for item in shown] == [False, False, True, True, True]
    assert shown[0].clean.shape == (48, 80, 3)
    heard = preview_sound(source, HUSH, 0.4, 0.3)
    changed = np.flatnonzero((heard.clean != heard.damaged).any(axis=0))
    assert (changed[0], changed[-1] + 1) == (0.1 * SAMPLE_RATE, 0.3 * SAMPLE_RATE)


def test_progress_ends_at_one_and_stopping_leaves_nothing(source: Path, tmp_path: Path) -> None:
    told: list[float] = []
    simulate_title(source, tmp_path / "a.mkv", [FREEZE], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 50

    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        simulate_title(source, tmp_path / "b.mkv", [FREEZE], check=stop)
    assert {path.name for path in tmp_path.iterdir()} == {
        "a.mkv",
        "a.mkv.truth.json",
        "a.mkv.mask.mkv",
    }


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ([], "no defect to make"),
        ([Planned("nonsense", ((1, 2),))], "cannot be simulated"),
        ([Planned("freeze", ())], "No span says where"),
        ([Planned("freeze", ((2, 1),))], "ends before it begins"),
        ([Planned("freeze", ((5, 6),))], "lies outside clip.mp4, which runs from"),
        ([Planned("freeze", ((1, 2), (1.5, 2.5)))], "overlaps"),
        ([Planned("freeze", ((1, 2),), variant="odd")], "no variant"),
        ([Planned("silence", ((1, 2),), region=Region(0, 0, 1, 1))], "takes no region"),
        ([Planned("freeze", ((1, 2),), stream=7)], "is no picture stream"),
    ],
)
def test_plans_that_do_not_fit_are_known_errors(
    source: Path, tmp_path: Path, plan: list[Planned], sentence: str
) -> None:
    with pytest.raises(KnownError, match=sentence):
        simulate_title(source, tmp_path / "out.mkv", plan)
    assert list(tmp_path.iterdir()) == []


def test_missing_streams_are_known_errors(tmp_path: Path) -> None:
    heard, seen = tmp_path / "heard.wav", tmp_path / "seen.mp4"
    write_title(heard, None, RATE, tones(2.0), SAMPLE_RATE, audio_codec="pcm_s16le")
    make_clip(seen, seconds=2.0, sound=False)
    with pytest.raises(KnownError, match="has no picture"):
        simulate_title(heard, tmp_path / "out.mkv", [Planned("freeze", ((1, 1.5),))])
    with pytest.raises(KnownError, match="has no sound"):
        simulate_title(seen, tmp_path / "out.mkv", [HUSH])
    simulate_title(heard, tmp_path / "out.wav", [HUSH])
    assert sound(tmp_path / "out.wav", 2.0).shape == (2, 2 * SAMPLE_RATE)


def test_nothing_is_written_over_unasked(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mkv"
    out.write_bytes(b"precious")
    with pytest.raises(KnownError, match="is there already"):
        simulate_title(source, out, [FREEZE])
    assert out.read_bytes() == b"precious"
    with pytest.raises(KnownError, match="is the title itself"):
        simulate_title(source, source, [FREEZE], Options(overwrite=True))
    with pytest.raises(KnownError, match="cannot be written"):
        simulate_title(source, out / "below.mkv", [FREEZE])
    with pytest.raises(KnownError, match="cannot be written"):
        simulate_title(source, tmp_path / "out.xyz", [FREEZE])
    with pytest.raises(KnownError, match="does not exist"):
        simulate_title(tmp_path / "gone.mp4", tmp_path / "new.mkv", [FREEZE])
