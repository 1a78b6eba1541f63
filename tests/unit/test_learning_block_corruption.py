"""Teaching the network: what is held out, what a piece is, crops, and the training loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from helpers.clip import make_clip
from numpy.typing import NDArray
from safetensors.torch import save_file

from core.config.paths import resources_dir
from core.domain.errors import KnownError
from core.learning.block_corruption import crop as crop_module
from core.learning.block_corruption.cell import cell_truth
from core.learning.block_corruption.crop import Sampler, ahead, crops, windows
from core.learning.block_corruption.lesson import Lesson, read_lesson
from core.learning.block_corruption.piece import Asked, make_piece, truth_of
from core.learning.block_corruption.pool import (
    EXAMINATION_PIECES,
    EXAMINATION_WRECKS,
    Entry,
    asked_for,
    build_pool,
    entries,
    wreck,
    wreck_asked_for,
)
from core.learning.block_corruption.source import Source, sources_in
from core.learning.block_corruption.train import begin_with, loss_of, train
from core.learning.calibration import platt
from core.learning.lesson_file import Side
from core.models.block_corruption import BlockCorruptionNet
from core.simulate.bitstream import CODECS, Corruption
from core.simulate.block_corruption import block_corruption
from core.simulate.decoy import DECOYS
from core.simulate.kind import Picture


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """The product's, made small."""
    whole = read_lesson()
    return replace(
        whole,
        frames=3,
        kept=2,
        window=(320, 192),
        examples=4 * 4,
        batch=4,
        crop=96,
        whole_every=2,
        whole_batch=2,
        backbone="mobilenet_v2",
        photos=0.0,
        drawn=0.0,
        kinds={"stream": 0.3, "pixel": 0.4, "decoy": 0.0, "clean": 0.3},
    )


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("film")
    make_clip(folder / "film.mp4", seconds=1.5, sound=False)
    return sources_in([folder])[0]


def folder_of(source: Source) -> Path:
    assert source.path is not None
    return source.path.parent


@pytest.fixture(scope="module")
def pool(lesson: Lesson, film: Source, tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    side = lesson.side_of(film.name)
    out = tmp_path_factory.mktemp("pool")
    return build_pool(lesson, [folder_of(film)], side, out, pieces=6)


def soft_plane() -> NDArray[np.uint8]:
    """Hills of brightness, without an edge."""
    noise = np.random.default_rng(2).random((128, 128))
    hills = np.asarray(cv2.GaussianBlur(noise, (0, 0), 9))
    part = (hills - hills.min()) / (hills.max() - hills.min())
    return np.asarray(40 + 160 * part, np.uint8)


def test_held_out_ways_are_for_the_test_side_only() -> None:
    lesson = read_lesson()
    assert lesson.held_variants
    for kind in ("stream", "pixel"):
        assert not lesson.held_variants & set(lesson.variants(kind, "train"))
        assert not lesson.held_variants & set(lesson.variants(kind, "validation"))
    everything = {*lesson.variants("stream", "test"), *lesson.variants("pixel", "test")}
    assert everything == set(block_corruption.VARIANTS)


def test_a_source_has_one_side_and_twins_of_real_damage_are_held_out() -> None:
    lesson = read_lesson()
    sides = {lesson.side_of(f"title {number}") for number in range(300)}
    assert sides == {"train", "validation", "test"}
    assert all(lesson.side_of(name) == "test" for name in lesson.held_sources)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "no valid TOML"),
        ('title = "x"\nseed = 1\n', "lacks something"),
    ],
)
def test_wrong_lesson_is_refused_with_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "lesson.toml").write_text(text, "utf-8")
    with pytest.raises(KnownError, match=sentence):
        read_lesson(tmp_path / "lesson.toml")


def test_missing_lesson_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        read_lesson(tmp_path / "none.toml")


def test_examination_asks_for_every_way_of_damaging_and_every_decoy() -> None:
    asked = [asked_for(number) for number in range(EXAMINATION_PIECES)]
    assert {a.variant for a in asked if a.kind in ("stream", "pixel")} == set(
        block_corruption.VARIANTS
    )
    assert {a.variant for a in asked if a.kind == "decoy"} == set(DECOYS)
    assert any(a.kind == "clean" for a in asked)


def test_wrecks_are_examined_in_every_codec_and_lose_key_pictures_on_both_sides() -> None:
    examined = [wreck_asked_for(number) for number in range(EXAMINATION_WRECKS)]
    assert {asked.variant for asked in examined} == set(CODECS)
    learned = [wreck(number) for number in range(EXAMINATION_WRECKS)]
    assert {asked.variant for asked in learned} == {""}
    assert all(asked.wreck and asked.kind == "stream" for asked in (*examined, *learned))


def test_same_seed_makes_the_same_piece(lesson: Lesson, film: Source) -> None:
    asked = Asked("pixel", "grey", 0.6)
    one, two = (make_piece(lesson, film, "train", 3, asked) for _ in range(2))
    other = make_piece(lesson, film, "train", 4, asked)
    assert one.origin == two.origin
    for mine, theirs in zip(one.shown, two.shown, strict=True):
        np.testing.assert_array_equal(mine.rgb, theirs.rgb)
        np.testing.assert_array_equal(mine.truth, theirs.truth)
    assert not np.array_equal(one.shown[0].rgb, other.shown[0].rgb)


def test_damaged_piece_brings_a_clean_twin(lesson: Lesson, film: Source) -> None:
    piece = make_piece(lesson, film, "train", 3, Asked("pixel", "grey", 0.8))
    assert any(shown.truth[..., 0].any() for shown in piece.shown)
    assert not piece.shown[-1].damaged
    assert not piece.shown[-1].truth.any()


def test_truth_tells_visible_from_faint_damage() -> None:
    lesson = read_lesson()
    clean = Picture(np.full((64, 64), 100, np.uint8))
    shown = clean.luma.copy()
    shown[:32, :32] += np.uint8(lesson.visible + 5)
    shown[32:, 32:] += np.uint8(lesson.touched + 2)
    truth = truth_of(clean, clean.replaced(shown), lesson)
    judged = cell_truth(truth, lesson.cell)
    assert judged.cells.tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert judged.counted.tolist() == [[1.0, 1.0], [1.0, 0.0]]
    assert judged.decided == 1.0


def sharp_plane() -> NDArray[np.uint8]:
    """Leaves and twigs: edges everywhere, in no order."""
    noise = np.random.default_rng(4).integers(0, 256, (256, 256)).astype(np.uint8)
    leaves = np.asarray(cv2.GaussianBlur(noise, (0, 0), 1.2), np.float64)
    return np.clip(128 + 3 * (leaves - 128), 20, 230).astype(np.uint8)


@pytest.mark.parametrize("plane", [soft_plane(), sharp_plane()])
def test_damage_that_nothing_gives_away_is_not_counted(plane: NDArray[np.uint8]) -> None:
    lesson = read_lesson()
    clean = Picture(plane)
    slid = clean.replaced(np.roll(plane, 5, axis=1))
    assert not truth_of(clean, slid, lesson)[..., 0].any()
    assert truth_of(clean, slid, lesson)[..., 1].any()


def test_damage_with_edges_of_blocks_counts() -> None:
    lesson = read_lesson()
    soft = soft_plane()
    clean = Picture(soft)
    blocky = soft.copy()
    blocky[32:64, 32:96] = np.roll(soft, 50, axis=1)[32:64, 32:96]
    assert truth_of(clean, clean.replaced(blocky), lesson)[4:8, 4:12, 0].any()


def test_damage_of_a_colour_that_is_nowhere_near_counts() -> None:
    lesson = read_lesson()
    soft = soft_plane()
    clean = Picture(soft)
    assert truth_of(clean, clean.replaced(np.full_like(soft, 250)), lesson)[..., 0].any()
    middling = np.full_like(soft, int(soft.mean()))
    assert not truth_of(clean, clean.replaced(middling), lesson)[..., 0].any()


def test_of_large_damage_only_the_part_that_shows_counts() -> None:
    lesson = read_lesson()
    sharp = sharp_plane()
    clean = Picture(sharp)
    shown = np.roll(sharp, 5, axis=1)
    shown[64:112, 64:112] = 5
    truth = truth_of(clean, clean.replaced(shown), lesson)
    assert truth[8:14, 8:14, 0].all()
    assert not truth[20:, 20:, 0].any()
    assert truth[20:, 20:, 1].all()


def test_drawn_scenes_are_sources_of_every_side(lesson: Lesson, film: Source) -> None:
    found = sources_in([folder_of(film)], drawn=True)
    scenes = [source for source in found if source.scene is not None]
    assert not any(source.is_photo or source.title for source in scenes)
    assert {lesson.side_of(source.name) for source in scenes} == {"train", "validation", "test"}
    piece = make_piece(lesson, scenes[0], "train", 3, Asked("clean"))
    assert piece.shown[0].rgb.shape == (192, 320, 3)
    assert piece.origin.source == scenes[0].name


def test_scenes_make_as_many_pieces_as_are_asked_for(
    lesson: Lesson, film: Source, tmp_path: Path
) -> None:
    plain = replace(lesson, drawn=1.0, kinds={"stream": 0, "pixel": 0, "decoy": 0, "clean": 1})
    made = build_pool(plain, [folder_of(film)], "train", tmp_path, pieces=2)
    assert {entry.origin.source.partition("_")[0] for entry in made} == {"drawn"}


def test_lesson_that_names_a_strange_decoy_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    text = (resources_dir() / "lessons" / "block_corruption.toml").read_text("utf-8")
    path.write_text(text.replace("low_bitrate =", "nonsense ="), "utf-8")
    with pytest.raises(KnownError, match="nonsense"):
        read_lesson(path)


def test_lesson_that_names_a_strange_codec_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    text = (resources_dir() / "lessons" / "block_corruption.toml").read_text("utf-8")
    path.write_text(f"{text}\n[pool.codecs]\nnonsense = 1\n", "utf-8")
    with pytest.raises(KnownError, match="nonsense"):
        read_lesson(path)


def test_a_lesson_may_teach_more_codecs_than_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "lesson.toml"
    text = (resources_dir() / "lessons" / "block_corruption.toml").read_text("utf-8")
    path.write_text(f"{text}\n[pool.codecs]\nh264 = 2\nh263 = 1\nav1 = 1\n", "utf-8")
    lesson = read_lesson(path)
    assert lesson.variants("stream", "train") == ("h264", "h263")
    assert set(lesson.variants("stream", "test")) == {"h264", "hevc", "mpeg2", "vp9", "av1"}


def test_damage_of_a_stream_is_drawn_anew_while_nothing_shows(
    lesson: Lesson, film: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[int] = []

    def unharmed(
        clean: Sequence[Picture], codec: str, severity: float, seed: int, *, key: bool
    ) -> Corruption:
        seeds.append(seed)
        return Corruption(tuple(clean), tuple(clean), 0.0, {})

    monkeypatch.setattr("core.learning.block_corruption.piece.corrupt", unharmed)
    asked = Asked("stream", "h263", 0.5)
    make_piece(replace(lesson, redraws=2), film, "train", 3, asked)
    assert len(set(seeds)) == 3
    seeds.clear()
    make_piece(replace(lesson, redraws=2), film, "test", 3, asked)
    assert len(seeds) == 1


def test_of_a_wreck_the_key_picture_may_be_lost(lesson: Lesson, film: Source) -> None:
    asked = [Asked("stream", "vp9", 1.1, wreck=wreck) for wreck in (False, True)]
    kept = replace(lesson, stream_kept=lesson.frames)
    spared, wrecked = (
        [make_piece(kept, film, "train", seed, way).shown[0] for seed in range(12)] for way in asked
    )
    assert not any(shown.truth.any() for shown in spared)
    assert any(shown.truth.any() for shown in wrecked)


def test_more_pictures_are_kept_of_a_damaged_stream(lesson: Lesson, film: Source) -> None:
    asked = Asked("stream", "h263", 0.5)
    generous = replace(lesson, frames=5, stream_kept=4)
    assert len(make_piece(generous, film, "train", 3, asked).shown) == 4 + 1
    assert len(make_piece(generous, film, "test", 3, asked).shown) == lesson.kept + 1


def test_only_faint_damage_is_not_counted() -> None:
    lesson = read_lesson()
    clean = Picture(np.full((64, 64), 100, np.uint8))
    faint = clean.replaced(clean.luma + np.uint8(lesson.touched + 2))
    judged = cell_truth(truth_of(clean, faint, lesson), lesson.cell)
    assert (judged.decided, judged.decided_counted) == (0.0, 0.0)


def test_crops_have_a_map_of_their_own(pool: list[Entry], lesson: Lesson) -> None:
    sampler = Sampler(pool)
    rng = np.random.default_rng(5)
    batch = crops(sampler.drawn(8, rng), lesson.crop, lesson.cell, rng)
    assert batch.pictures.shape == (8, 96, 96, 3)
    assert batch.pictures.dtype == np.uint8
    assert batch.cells.shape == batch.counted.shape == (8, 3, 3)
    np.testing.assert_array_equal(batch.decided, batch.cells.max(axis=(1, 2)))
    again = np.random.default_rng(5)
    twin = crops(sampler.drawn(8, again), lesson.crop, lesson.cell, again)
    np.testing.assert_array_equal(batch.pictures, twin.pictures)
    np.testing.assert_array_equal(batch.cells, twin.cells)


def test_map_of_a_crop_is_mirrored_with_it(
    pool: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = next(entry for entry in pool if entry.damaged)
    truth = entry.truth()

    class Mirrored:
        """Says yes to the mirror, no to all that changes colours."""

        def __init__(self) -> None:
            self.said = iter([0.4, 0.9, 0.9, 0.9, 0.9])

        def random(self) -> float:
            return next(self.said)

    plain = cell_truth(truth, 0.1)
    picture, judged = crop_module._varied(
        entry.picture(),
        plain,
        Mirrored(),  # type: ignore[arg-type]
    )
    np.testing.assert_array_equal(picture, entry.picture()[:, ::-1])
    np.testing.assert_array_equal(judged.cells, plain.cells[:, ::-1])


def test_windows_without_chance_are_the_pictures(pool: list[Entry], lesson: Lesson) -> None:
    batch = windows(pool[:2], lesson.window, lesson.cell, None)
    picture = pool[0].picture()
    height, width = picture.shape[:2]
    np.testing.assert_array_equal(batch.pictures[0, :height, :width], picture)
    assert batch.cells.shape[1:] == (6, 10)


def test_pool_goes_on_where_it_was(lesson: Lesson, pool: list[Entry], film: Source) -> None:
    folder = pool[0].folder
    record = folder / "000002.json"
    before = (folder / "000001.json").stat().st_mtime_ns
    record.unlink()
    side = lesson.side_of(film.name)
    again = build_pool(lesson, [folder_of(film)], side, folder, pieces=6)
    assert (folder / "000001.json").stat().st_mtime_ns == before
    assert [e.share for e in again] == [e.share for e in pool]
    assert list(entries(folder, 6)) == again


def test_pieces_of_another_lesson_are_not_taken_for_this_ones(
    lesson: Lesson, pool: list[Entry], film: Source
) -> None:
    side, folder = lesson.side_of(film.name), pool[0].folder
    longer = replace(lesson, examples=lesson.examples * 2)
    assert build_pool(longer, [folder_of(film)], side, folder, pieces=6) == pool
    freed = replace(lesson, held_variants=frozenset({"grey"}))
    with pytest.raises(KnownError, match="another lesson"):
        build_pool(freed, [folder_of(film)], side, folder, pieces=6)


def test_side_without_sources_is_refused(lesson: Lesson, film: Source, tmp_path: Path) -> None:
    other: Side = "test" if lesson.side_of(film.name) != "test" else "train"
    with pytest.raises(KnownError, match="None of the sources"):
        build_pool(lesson, [folder_of(film)], other, tmp_path, pieces=1)


def test_folder_without_media_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    with pytest.raises(KnownError, match="no title"):
        sources_in([tmp_path])
    with pytest.raises(KnownError, match="no folder"):
        sources_in([tmp_path / "missing"])


def test_loss_ignores_cells_that_do_not_count() -> None:
    cells = torch.tensor([[[5.0, -5.0]]])
    truth = {
        "cells": torch.tensor([[[1.0, 1.0]]]),
        "counted": torch.tensor([[[1.0, 0.0]]]),
        "decided": torch.tensor([1.0]),
        "decided_counted": torch.tensor([1.0]),
    }
    right = loss_of(cells, torch.tensor([5.0]), truth)
    assert float(right) < 0.02
    truth["counted"] = torch.tensor([[[1.0, 1.0]]])
    assert float(loss_of(cells, torch.tensor([5.0]), truth)) > 1.0


def test_platt_finds_scale_and_offset() -> None:
    rng = np.random.default_rng(3)
    logits = rng.normal(0, 2, 20_000)
    truth = (rng.random(20_000) < 1 / (1 + np.exp(-(0.5 * logits - 1.0)))).astype(np.float32)
    scale, offset = platt(logits, truth)
    assert scale == pytest.approx(0.5, abs=0.05)
    assert offset == pytest.approx(-1.0, abs=0.07)
    assert platt(logits, np.zeros(20_000)) == (1.0, 0.0)


def test_training_goes_on_as_if_never_interrupted(
    pool: list[Entry], lesson: Lesson, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.learning.block_corruption.train._SAVE_EVERY", 1)
    whole = train(lesson, pool, pool, tmp_path / "whole", device="cpu")
    steps: list[int] = []

    def stop() -> None:
        steps.append(1)
        if len(steps) == 3:
            raise KnownError("stopped")

    with pytest.raises(KnownError, match="stopped"):
        train(lesson, pool, pool, tmp_path / "parts", device="cpu", check=stop)
    resumed = train(lesson, pool, pool, tmp_path / "parts", device="cpu")
    assert [mark.step for mark in whole.curve] == [mark.step for mark in resumed.curve]
    mine, theirs = whole.net.state_dict(), resumed.net.state_dict()
    for name, value in mine.items():
        torch.testing.assert_close(value, theirs[name], rtol=2e-2, atol=2e-2, msg=name)


def test_training_ends_when_its_minutes_are_over(
    pool: list[Entry], lesson: Lesson, tmp_path: Path
) -> None:
    trained = train(lesson, pool, pool, tmp_path, device="cpu", minutes=1e-9)
    assert trained.steps == 1
    assert trained.curve[-1].step == 1


def test_of_a_network_that_goes_on_only_the_later_parts_learn(
    pool: list[Entry], lesson: Lesson, tmp_path: Path
) -> None:
    torch.manual_seed(3)
    before = BlockCorruptionNet(lesson.backbone)
    save_file(before.state_dict(), tmp_path / "before.safetensors")
    going_on = replace(lesson, fixed=7)
    start = tmp_path / "before.safetensors"
    after = train(going_on, pool, pool, tmp_path / "work", start=start, device="cpu").net
    for number, (old, new) in enumerate(
        zip(before.features.children(), after.features.children(), strict=True)
    ):
        pairs = zip(old.state_dict().values(), new.state_dict().values(), strict=True)
        same = all(torch.equal(mine, theirs) for mine, theirs in pairs)
        assert same == (number < 7)
    assert not torch.equal(before.cells.weight, after.cells.weight)


def test_a_classifier_gives_its_backbone_alone(lesson: Lesson, tmp_path: Path) -> None:
    torch.manual_seed(4)
    other = BlockCorruptionNet(lesson.backbone)
    named = {f"features.{name}": value for name, value in other.features.state_dict().items()}
    save_file({**named, "classifier.1.bias": torch.zeros(3)}, tmp_path / "net.safetensors")
    net = BlockCorruptionNet(lesson.backbone)
    head = net.cells.weight.clone()
    assert not begin_with(net, tmp_path / "net.safetensors")
    for mine, theirs in zip(net.features.parameters(), other.features.parameters(), strict=True):
        assert torch.equal(mine, theirs)
    assert torch.equal(net.cells.weight, head)


def test_damaged_checkpoint_is_refused(pool: list[Entry], lesson: Lesson, tmp_path: Path) -> None:
    (tmp_path / "checkpoint.safetensors").write_bytes(b"\x80\x04nonsense")
    with pytest.raises(KnownError, match="checkpoint"):
        train(lesson, pool, pool, tmp_path, device="cpu")


def test_pool_without_damage_teaches_nothing(
    pool: list[Entry], lesson: Lesson, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="too little"):
        train(lesson, [e for e in pool if not e.damaged], pool, tmp_path)


def test_error_of_the_thread_is_raised_where_its_items_are_used() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KnownError("broken")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(KnownError, match="broken"):
        next(found)
