"""Data sets by recipe: split by source, repeatable, resumable, honest about what failed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers.clip import make_clip

from core.domain.errors import CancelledError, KnownError
from core.media.probe import probe
from core.simulate.data_set import MANIFEST, make_data_set, planned_clips
from core.simulate.recipe import (
    Recipe,
    expanded,
    load_recipe,
    recipe_of,
    shipped_recipes,
)
from core.simulate.split import split_of
from core.simulate.truth import read_truth

SOURCES = ("alpha", "beta", "gamma", "delta")

PLAN: dict[str, Any] = {
    "seed": 4,
    "clip": {
        "seconds": 1.2,
        "excerpts": 2,
        "codings": [{}, {"codec": "mpeg2", "bitrate": 2_000_000}],
    },
    "held_out": {"variants": ["block_corruption:grey"], "codecs": ["mpeg2"]},
    "make": [
        {
            "defect": "block_corruption",
            "variants": ["green", "grey"],
            "count": 3,
            "seconds": [0.2, 0.3],
        },
        {"defect": "silence", "severities": [1.0], "seconds": [0.2, 0.3]},
    ],
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clean")
    paths = [folder / f"{name}.mp4" for name in SOURCES]
    for path in paths:
        make_clip(path, seconds=4.0)
    return paths


@pytest.fixture(scope="module")
def data_set(sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("set")
    make_data_set(recipe_of("small", PLAN), sources, out)
    return out


def manifest(out: Path) -> dict[str, Any]:
    loaded = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_sources_used_here_lie_on_both_sides() -> None:
    assert {split_of(name) for name in SOURCES} == {"dev", "test"}


def test_clips_are_split_by_source(data_set: Path) -> None:
    rows = manifest(data_set)["clips"] + manifest(data_set)["clean"]
    assert {Path(row["source"]).stem for row in rows} == set(SOURCES)
    for row in rows:
        assert row["side"] == split_of(Path(row["source"]).stem)
        assert row["file"].startswith(row["side"] + "/")
        assert (data_set / row["file"]).exists()


def test_every_clip_has_its_truth_and_its_clean_twin(data_set: Path) -> None:
    found = manifest(data_set)
    clean = {row["file"] for row in found["clean"]}
    assert len(found["clips"]) == 4 * len(SOURCES)
    for row in found["clips"]:
        assert row["twin"] in clean
        truth = read_truth(data_set / row["truth"])
        assert [made.as_json() for made in truth] == row["defects"]
        (made,) = truth
        assert all(0 <= start < end <= row["seconds"] + 0.05 for start, end in made.spans)
        assert (row["mask"] is not None) == (made.defect == "block_corruption")
        title = probe(data_set / row["file"])
        assert title.duration_s == pytest.approx(row["seconds"], abs=0.1)
        assert title.video[0].codec == {"mpeg2": "mpeg2video"}.get(row["codec"], row["codec"])


def test_what_is_held_out_appears_only_on_the_test_side(data_set: Path) -> None:
    rows = manifest(data_set)["clips"]
    dev = [row for row in rows if row["side"] == "dev"]
    test = [row for row in rows if row["side"] == "test"]
    assert {row["codec"] for row in dev} == {"ffv1"}
    assert {d["variant"] for row in dev for d in row["defects"]} == {"green", ""}
    assert {row["codec"] for row in test} == {"ffv1", "mpeg2"}
    assert {d["variant"] for row in test for d in row["defects"]} == {"green", "grey", ""}
    assert all(not row["held_out"] for row in dev)
    held = {name for row in test for name in row["held_out"]}
    assert held == {"block_corruption:grey", "mpeg2"}


def test_made_again_nothing_is_made_and_after_a_loss_only_that(
    data_set: Path, sources: list[Path]
) -> None:
    recipe = recipe_of("small", PLAN)
    before = (data_set / MANIFEST).read_bytes()
    assert make_data_set(recipe, sources, data_set).fresh == 0
    lost = data_set / manifest(data_set)["clips"][0]["file"]
    content = lost.read_bytes()
    lost.unlink()
    assert make_data_set(recipe, sources, data_set).fresh == 1
    assert lost.read_bytes() == content
    assert (data_set / MANIFEST).read_bytes() == before


def test_stopped_work_goes_on_where_it_was(sources: list[Path], tmp_path: Path) -> None:
    recipe = recipe_of("small", PLAN | {"make": PLAN["make"][1:]})
    done: list[str] = []

    def stop() -> None:
        if len(done) > 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        make_data_set(
            recipe, sources, tmp_path, progress=lambda _s, name: done.append(name), check=stop
        )
    there = {path.name for path in tmp_path.rglob("*.mkv")}
    assert len(there) == 2
    total = make_data_set(recipe, sources, tmp_path)
    rows = total.manifest["clips"] + total.manifest["clean"]
    assert total.fresh == len(rows) - 2


def test_bad_sources_are_skipped_with_a_sentence(sources: list[Path], tmp_path: Path) -> None:
    junk = tmp_path / "junk.mp4"
    junk.write_bytes(b"no media")
    short = tmp_path / "short.mp4"
    make_clip(short, seconds=0.4)
    recipe = recipe_of("small", PLAN | {"make": PLAN["make"][1:]})
    made = make_data_set(recipe, [junk, short, sources[0]], tmp_path / "out")
    skipped = {Path(row["source"]).name: row["sentence"] for row in made.manifest["skipped"]}
    assert set(skipped) == {"junk.mp4", "short.mp4"}
    assert all(sentence.endswith(".") for sentence in skipped.values())
    assert len(made.manifest["clips"]) == 1


def test_sources_without_a_stream_give_no_clips_of_it(tmp_path: Path) -> None:
    silent = tmp_path / "silent.mp4"
    make_clip(silent, seconds=3.0, sound=False)
    clips = planned_clips(recipe_of("small", PLAN), probe(silent))
    assert {planned.defect for clip in clips for planned in clip.plan} == {"block_corruption"}


def test_defects_can_be_composed(sources: list[Path]) -> None:
    row = {"defect": "freeze", "seconds": [0.2, 0.3], "with": [{"defect": "silence"}]}
    clips = planned_clips(recipe_of("both", PLAN | {"make": [row]}), probe(sources[0]))
    (clip,) = (clip for clip in clips if clip.plan)
    assert [planned.defect for planned in clip.plan] == ["freeze", "silence"]


@pytest.mark.parametrize("name", sorted(shipped_recipes()))
def test_shipped_recipes_can_be_cooked(name: str, sources: list[Path]) -> None:
    recipe = load_recipe(name)
    clips = [clip for path in sources for clip in planned_clips(recipe, probe(path))]
    assert any(clip.plan for clip in clips)
    assert len({clip.file for clip in clips}) == len(clips)
    assert all(
        planned.spans[0][0] >= clip.start_s
        and planned.spans[0][1] <= clip.start_s + clip.seconds + 1e-6
        for clip in clips
        for planned in clip.plan
    )


def test_loudness_goes_into_all_of_a_clip(sources: list[Path]) -> None:
    row = {"defect": "loudness", "variants": ["quiet"]}
    clips = planned_clips(recipe_of("loud", PLAN | {"make": [row]}), probe(sources[0]))
    (clip,) = (clip for clip in clips if clip.plan)
    assert clip.plan[0].spans == ((clip.start_s, clip.start_s + clip.seconds),)


def test_star_stands_for_every_defect_of_a_kind() -> None:
    every = expanded(load_recipe("quick").dishes)
    heard = expanded(load_recipe("sound").dishes)
    assert {"black", "silence", "decode_error"} <= {d.ingredients[0].defect for d in every}
    names = {dish.ingredients[0].defect for dish in heard}
    assert "silence" in names
    assert "black" not in names


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"make": []}, "makes nothing"),
        ({"make": [{"defect": "nonsense"}]}, "cannot be simulated"),
        ({"make": [{"defect": "black", "variants": ["odd"]}]}, "variant “black:odd”"),
        ({"make": [{"defect": "black", "severities": [2]}]}, "severity outside"),
        ({"make": [{"defect": "black", "seconds": [2, 1]}]}, "upside down"),
        ({"make": [{"defect": "black", "count": 0}]}, "fewer than one"),
        ({"make": [{"severities": [1]}]}, "wrong kind"),
        ({"make": [{"defect": "*", "variants": ["h264"]}]}, "variants to"),
        ({"make": 3}, "wrong kind"),
        ({"extra": 1}, "unknown key “extra”"),
        ({"clip": {"length": 1}}, "unknown key “length” in .clip."),
        ({"clip": {"seconds": 0.1}}, "a second or more"),
        ({"held_out": {"codecs": [""]}, "clip": {}}, "holds out every coding"),
        ({"held_out": {"variants": ["black:x"]}}, "which there is not"),
    ],
)
def test_recipes_that_make_no_sense_are_known_errors(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(KnownError, match=sentence):
        recipe_of("bad", PLAN | change)


def test_recipe_files_that_cannot_be_read_are_known_errors(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no recipe “gone”; there are block_corruption"):
        load_recipe("gone")
    with pytest.raises(KnownError, match="cannot be read"):
        load_recipe(tmp_path / "gone.toml")
    (tmp_path / "bad.toml").write_text("= 3", encoding="utf-8")
    with pytest.raises(KnownError, match="not valid TOML"):
        load_recipe(tmp_path / "bad.toml")
    assert isinstance(load_recipe("quick"), Recipe)
