"""Injectors damage what they say, where they say, the same every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.case import colored_pictures
from helpers.clip import make_clip
from helpers.measure import as_pictures
from helpers.scenery import SOUND_RATE, moving_planes, music

from core.analysis.measure import measure_title
from core.catalog.decide import decide
from core.domain.defect import DEFECTS
from core.domain.errors import KnownError
from core.domain.finding import Region
from core.domain.profile import DEFAULT_PROFILE
from core.media.probe import probe
from core.simulate.decode_error import damage_packets
from core.simulate.inject import INJECTORS, Domain, inject_pictures, inject_sound, injector
from core.simulate.kind import Picture
from core.simulate.truth import Truth, TruthSet, read_truth, truth_path, write_truth

PICTURES = [name for name, entry in INJECTORS.items() if entry.domain is Domain.PICTURE]
SPARSE = {"clicks"}
"""What is here and there in a stretch, but within 10 ms of its ends."""
SOUNDS = [name for name, entry in INJECTORS.items() if entry.domain is Domain.SOUND]


def equal(a: Picture, b: Picture) -> bool:
    return all(map(np.array_equal, a.planes, b.planes))


def changed(before: list[Picture], after: list[Picture]) -> list[int]:
    return [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if not equal(a, b)]


def test_every_injector_names_a_defect() -> None:
    assert set(INJECTORS) <= set(DEFECTS)
    assert all(name == entry.defect for name, entry in INJECTORS.items())


@pytest.mark.parametrize("defect", PICTURES)
@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_exactly_the_frames_of_the_spans_are_damaged(defect: str, severity: float) -> None:
    clean = colored_pictures(20)
    before = [frame.each(np.copy) for frame in clean]
    damaged = list(inject_pictures(clean, defect, [(3, 6), (6, 8), (15, 20)], severity))
    assert changed(clean, damaged) == [3, 4, 5, 6, 7, 15, 16, 17, 18, 19]
    assert changed(clean, before) == []
    assert all(
        [(p.shape, p.dtype) for p in d.planes] == [(p.shape, p.dtype) for p in c.planes]
        for c, d in zip(clean, damaged, strict=True)
    )


@pytest.mark.parametrize("defect", PICTURES)
def test_same_seed_gives_the_same_pictures(defect: str) -> None:
    clean = colored_pictures(8)
    first, second = (list(inject_pictures(clean, defect, [(2, 6)], 0.5, 7)) for _ in range(2))
    assert changed(first, second) == []


@pytest.mark.parametrize("defect", PICTURES)
def test_sixteen_bit_pictures_keep_their_depth(defect: str) -> None:
    clean = [
        replace(p.each(lambda plane: plane.astype(np.uint16) << 2), depth=10)
        for p in colored_pictures(8)
    ]
    damaged = list(inject_pictures(clean, defect, [(2, 6)], 0.9))
    assert all(p.dtype == np.uint16 and p.max() < 1024 for d in damaged for p in d.planes)
    assert changed(clean, damaged) == [2, 3, 4, 5]


def test_black_is_the_black_that_was_asked_for() -> None:
    damaged = list(inject_pictures(colored_pictures(4), "black", [(1, 3)]))
    assert (damaged[1].luma == 16).all()
    assert all((plane == 128).all() for plane in damaged[1].planes[1:])
    full = as_pictures(moving_planes(4), full_range=True)
    assert not list(inject_pictures(full, "black", [(1, 3)]))[1].luma.any()


def test_damage_stays_within_its_region() -> None:
    clean = colored_pictures(4)
    region = Region(0.25, 0.5, 0.75, 1.0)
    (damaged,) = list(inject_pictures(clean, "black", [(2, 3)], region=region))[2:3]
    assert (damaged.luma[90:, 80:240] == 16).all()
    np.testing.assert_array_equal(damaged.luma[:90], clean[2].luma[:90])
    np.testing.assert_array_equal(damaged.planes[1][:, :40], clean[2].planes[1][:, :40])


def test_unknown_variant_is_a_known_error() -> None:
    with pytest.raises(KnownError, match="no variant “loud”"):
        list(inject_pictures(colored_pictures(2), "black", [(0, 1)], variant="loud"))


def test_freeze_holds_the_last_good_frame() -> None:
    clean = colored_pictures(8)
    damaged = list(inject_pictures(clean, "freeze", [(3, 6)]))
    assert all(equal(damaged[i], clean[2]) for i in (3, 4, 5))


def test_freeze_from_the_very_first_frame_holds_that() -> None:
    clean = colored_pictures(4)
    damaged = list(inject_pictures(clean, "freeze", [(0, 3)]))
    assert all(equal(frame, clean[0]) for frame in damaged[:3])


@pytest.mark.parametrize("defect", SOUNDS)
@pytest.mark.parametrize("severity", [0.0, 0.5, 1.0])
def test_exactly_the_samples_of_the_spans_are_damaged(defect: str, severity: float) -> None:
    clean = music(1.0)
    damaged = inject_sound(clean, defect, [(1000, 9000)], SOUND_RATE, severity)
    assert damaged.dtype == np.float32
    np.testing.assert_array_equal(damaged[:, :1000], clean[:, :1000])
    np.testing.assert_array_equal(damaged[:, 9000:], clean[:, 9000:])
    hit = np.flatnonzero((damaged != clean).any(axis=0))
    if defect in SPARSE:
        assert hit[0] < 1480
        assert hit[-1] >= 8520
    else:
        assert len(hit) > 0.99 * 8000
    assert np.abs(damaged).max() <= 1.0


def test_clipping_cuts_the_share_that_it_says() -> None:
    clean = music(1.0)
    damaged = inject_sound(clean, "clipping", [(0, clean.shape[1])], SOUND_RATE, 0.5)
    share = np.mean(np.abs(damaged) >= 0.98 - 1e-6)
    assert share == pytest.approx(0.205, abs=0.002)


def test_clipping_leaves_silence_alone() -> None:
    silent = np.zeros((2, 4800), np.float32)
    assert not inject_sound(silent, "clipping", [(0, 4800)], SOUND_RATE).any()


def test_wrong_kinds_of_defect_are_known_errors() -> None:
    with pytest.raises(KnownError, match="cannot be simulated; there are black"):
        injector("nonsense")
    with pytest.raises(KnownError, match="no defect of pictures"):
        list(inject_pictures(colored_pictures(2), "silence", [(0, 1)]))
    with pytest.raises(KnownError, match="no defect of sound"):
        inject_sound(music(0.1), "black", [(0, 10)], SOUND_RATE)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_damaged_packets_are_found_where_they_are(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"clip{suffix}"
    clean = make_clip(path, seconds=5.0)
    out = tmp_path / f"damaged{suffix}"
    truth = damage_packets(path, out, [(2.2, 2.4)], 1.0, 3)
    ((start_s, end_s),) = truth.spans
    assert (start_s, end_s) == pytest.approx((2.2, 2.4), abs=1e-3)
    title = probe(out)
    assert title.duration_s == clean.duration_s
    tracks = measure_title(title, ["decode_error"]).tracks
    (finding,) = decide(tracks, DEFAULT_PROFILE)
    assert finding.span.start_s == pytest.approx(start_s, abs=0.081)
    assert finding.span.end_s == pytest.approx(end_s, abs=0.081)
    assert decide(measure_title(clean, ["decode_error"]).tracks, DEFAULT_PROFILE) == ()


def test_damaging_packets_is_repeatable_and_spares_the_original(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    make_clip(path, seconds=2.0)
    original = path.read_bytes()
    for name in ("a.mp4", "b.mp4"):
        damage_packets(path, tmp_path / name, [(0.5, 1.0)], 0.5, 3)
    assert path.read_bytes() == original
    damaged = (tmp_path / "a.mp4").read_bytes()
    assert damaged == (tmp_path / "b.mp4").read_bytes()
    assert len(damaged) == len(original)
    assert damaged != original
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.mp4", "b.mp4", "clip.mp4"]


def test_file_may_be_damaged_in_place(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    make_clip(path, seconds=2.0)
    original = path.read_bytes()
    damage_packets(path, path, [(0.5, 1.0)], 0.5)
    assert path.read_bytes() != original


def test_scattered_packets_and_empty_spans_are_known_errors(tmp_path: Path) -> None:
    path = tmp_path / "clip.ts"
    make_clip(path, seconds=2.0)
    with pytest.raises(KnownError, match="do not lie in one piece"):
        damage_packets(path, tmp_path / "out.ts", [(0.0, 9.0)])
    mp4 = tmp_path / "clip.mp4"
    make_clip(mp4, seconds=2.0)
    with pytest.raises(KnownError, match="no packets in the stretch"):
        damage_packets(mp4, tmp_path / "out.mp4", [(50.0, 60.0)])
    with pytest.raises(KnownError, match="not a media file"):
        damage_packets(Path(__file__), tmp_path / "out.mp4", [(0.0, 1.0)])
    assert not (tmp_path / "out.mp4").exists()


def test_truth_reads_back_the_same(tmp_path: Path) -> None:
    region = Region(0.1, 0.2, 0.3, 0.4)
    one = Truth("black", ((1.0, 2.0), (3.5, 4.0)), 0.5, 7, {"rest": 0.1}, "dim", region)
    both = TruthSet((one, Truth("silence", ((0.0, 1.0),))))
    path = truth_path(tmp_path / "clip.mp4")
    assert path.name == "clip.mp4.truth.json"
    write_truth(path, both)
    assert read_truth(path) == both
    assert both.spans_of("black") == ((1.0, 2.0), (3.5, 4.0))
    write_truth(path, one)
    assert read_truth(path) == TruthSet((one,))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"defect": "black", "spans": [[1]]}'])
def test_broken_truth_file_is_a_known_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.truth.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match="is no truth file"):
        read_truth(path)


def test_borders_on_black_are_no_damage() -> None:
    clean = colored_pictures(6)
    for picture in clean:
        picture.luma[:, :60] = picture.luma[:, -60:] = picture.black
        for plane in picture.chroma or ():
            plane[:, :30] = plane[:, -30:] = picture.neutral
    with pytest.raises(KnownError, match="black already"):
        list(inject_pictures(clean, "letterbox", [(2, 4)], variant="pillarbox"))
    assert changed(
        clean, list(inject_pictures(clean, "letterbox", [(2, 4)], variant="letterbox"))
    ) == [2, 3]
