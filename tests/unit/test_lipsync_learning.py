"""Lip sync is learned from clips, and nobody is asked about by who learned from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.measure import RATE
from helpers.talker import BrightFaces, babble, talking

from core.catalog.sync_verdict import Lines
from core.cli.app import main
from core.detectors.lipsync.offset import agreement
from core.domain.errors import KnownError
from core.learning.lipsync import course, examination, untuned
from core.learning.lipsync.clip import read_clip
from core.learning.lipsync.curve import answers, curves
from core.learning.lipsync.examination import (
    Tolerated,
    ask,
    figures,
    held_out_rows,
    made_sure,
)
from core.learning.lipsync.head import HEARD_PICTURES, WIDTH, Heads, Material, learn
from core.learning.lipsync.lesson import Lesson, read_lesson
from core.learning.lipsync.report import as_sentence, markdown
from core.media.writer import VideoSettings, write_title
from core.models.lip_sync import SEEN_WIDTH, LipSyncNet
from core.models.sync_sound import BANDS
from core.simulate.conversion import to_rgb

MIXED = np.random.default_rng(4).normal(size=(BANDS, SEEN_WIDTH))


def lesson(clips: int = 3) -> Lesson:
    persons = {f"p{i}": (f"clip{i}",) for i in range(clips)}
    return replace(
        read_lesson(),
        persons=persons,
        others=("other", "stranger"),
        evidence=(15, 0),
        offsets=(-6, 0, 6),
    )


def material(seed: int, own: bool = True) -> Material:
    """A face whose features follow its bands, or another's."""
    random = np.random.default_rng(seed)
    bands = random.normal(size=(80, BANDS)).repeat(4, axis=0)
    shown = bands[::4] if own else random.normal(size=(80, BANDS))
    seen = shown @ MIXED + random.normal(size=(80, SEEN_WIDTH))
    return Material([seen.astype(np.float32)], bands.astype(np.float32))


def materials() -> dict[str, Material]:
    found = {f"clip{i}": material(i) for i in range(3)}
    return found | {
        name: material(seed, own=False) for name, seed in (("other", 9), ("stranger", 8))
    }


def tolerated(line: float = 0.5) -> list[Tolerated]:
    return [Tolerated("line", "A line", 45.0, -125.0, Lines(45.0, -125.0, line).judge)]


def write_talker(path: Path, seed: int) -> None:
    sound = babble(2.0, seed)
    settings = VideoSettings(crf=18, gop=25, b_frames=0, preset="ultrafast")
    pictures = (to_rgb(picture) for picture in talking(sound))
    write_title(path, pictures, Fraction(25), sound, RATE, settings=settings)


def test_the_lesson_names_every_clip_once() -> None:
    taught = read_lesson()
    every = [c for clips in taught.persons.values() for c in clips] + list(taught.others)
    assert len(set(every)) == len(every)
    assert 0 in taught.offsets
    assert (min(taught.offsets), max(taught.offsets)) == (-15, 15)
    assert taught.person_of("retalking_3") == taught.person_of("WDA_AlexandriaOcasioCortez_000")


def test_a_lesson_that_names_a_clip_twice_is_refused(tmp_path: Path) -> None:
    text = Path("resources/lessons/lipsync.toml").read_text("utf-8")
    path = tmp_path / "lesson.toml"
    path.write_text(text.replace('"lp_d10", ', '"lp_d20", '), "utf-8")
    with pytest.raises(KnownError, match="lacks something or has it wrong"):
        read_lesson(path)


@pytest.mark.parametrize("pictures", [5, 40])
def test_many_curves_at_once_are_those_of_the_scan(pictures: int) -> None:
    random = np.random.default_rng(0)
    seen, heard = (random.normal(size=(60, 8)).astype(np.float32) for _ in range(2))
    wide = curves(seen, heard, pictures, 10)
    for begin in (0, 7, 60 - pictures):
        one = agreement(seen[begin : begin + pictures], heard, 10, first=begin)
        known = np.isfinite(wide[begin])
        assert known.sum() > 10
        assert wide[begin][known] == pytest.approx(one[known], abs=1e-4)


def test_a_simulated_offset_is_found_with_its_sign() -> None:
    rows = np.random.default_rng(1).normal(size=(80, 8)).astype(np.float32)
    found = answers((rows, rows), "clip", "p", True, 25, (-6, 0, 6), 20, 0.7)
    assert {a.offset for a in found} == {-6, 0, 6}
    assert all(a.said == a.offset and a.right for a in found)
    assert not answers((rows, rows), "clip", "p", True, 200, (0,), 20, 0.7)


def test_what_is_learned_goes_into_the_network_unchanged() -> None:
    taught = materials()
    heads = learn(taught, 0.1)
    net = LipSyncNet(WIDTH, heard_pictures=HEARD_PICTURES).eval()
    heads.into(net)
    given = taught["clip0"]
    seen, heard = heads.rows(given)
    with torch.no_grad():
        assert net.head(torch.from_numpy(given.seen[0])).numpy() == pytest.approx(seen, abs=1e-3)
        assert net.hear(torch.from_numpy(given.bands)).numpy() == pytest.approx(heard, abs=1e-3)


def test_nobody_is_asked_about_by_who_learned_from_them(monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[set[str]] = []

    def spy(given: Mapping[str, Material], decay: float) -> Heads:
        learned.append(set(given))
        return learn(given, decay)

    monkeypatch.setattr(examination, "learn", spy)
    held_out_rows(lesson(), materials())
    assert learned == [
        {"clip1", "clip2"},
        {"clip0", "clip2"},
        {"clip0", "clip1"},
        {"clip0", "clip1", "clip2"},
    ]


def test_talking_faces_are_told_and_a_strangers_sound_is_not() -> None:
    found = made_sure(ask(lesson(), held_out_rows(lesson(), materials())))
    said = figures(lesson(), found, tolerated(), 0.5)
    assert (said["persons"], said["clips"], said["other_clips"]) == (3, 3, 2)
    assert said["accuracy"]["0"]["value"] == 1.0
    assert said["calibration"]["15"]["told"]["value"] > 0.8
    assert said["calibration"]["15"]["others_told"]["value"] < 0.2
    page = markdown({**said, "untuned": said}, "lipsync.r1")
    assert "another and far larger set of data" in page
    assert "the untuned encoders leave" in page
    assert "lipsync.r1" in as_sentence(said, "lipsync.r1")


def test_the_lag_of_encoders_that_nobody_taught_is_not_held_against_them() -> None:
    rows = np.random.default_rng(1).normal(size=(80, 8)).astype(np.float32)
    late = (rows[:-3], rows[3:])
    found = answers(late, "clip", "p", True, 0, (-6, 0, 6), 20, 0.7)
    assert not any(a.right for a in found)
    assert all(a.right for a in examination.untuned(found))


def test_a_course_goes_from_clips_to_weights_that_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        write_talker(tmp_path / f"clip{number}.mp4", number)
    write_talker(tmp_path / "other.mp4", 7)
    monkeypatch.setattr(course, "face_finder", BrightFaces)
    taught = replace(lesson(2), variants=0, others=("other",))
    order = course.Order(taught, (tmp_path,), tmp_path / "work", tmp_path / "out", "lipsync.r9")
    torch.manual_seed(0)
    weights = course.teach(order, lambda _share, _what: None)
    assert weights.card.options["width"] == str(WIDTH)
    kept = sorted((tmp_path / "work").rglob("*.npz"))
    assert len(kept) == 3
    before = [path.stat().st_mtime_ns for path in kept]
    said = course.put_to_the_test(
        order, weights, tolerated(), 0.5, lambda _share, _what: None, card=True
    )
    # What the body sees was kept, and the body is the same one.
    assert [path.stat().st_mtime_ns for path in kept] == before
    assert said["accuracy"]["0"]["value"] > 0.5
    assert "within a frame" in (tmp_path / "out" / "lipsync.r9.md").read_text("utf-8")


def test_variants_are_other_pictures_of_the_same_length(tmp_path: Path) -> None:
    write_talker(tmp_path / "clip.mp4", 3)
    clip = read_clip(tmp_path / "clip.mp4", BrightFaces())
    plain, varied = clip.crops(), clip.variant(lesson(), 1)
    assert plain.shape == varied.shape == (50, 112, 112)
    assert not np.array_equal(plain, varied)
    assert np.array_equal(varied, clip.variant(lesson(), 1))
    assert len(clip.sound) == 50 * 640


def test_a_missing_clip_or_weights_are_told_in_a_sentence(tmp_path: Path) -> None:
    order = course.Order(lesson(), (tmp_path,), tmp_path / "work", tmp_path, "lipsync.r9")
    with pytest.raises(KnownError, match="clip0 is in none"):
        course.teach(order, lambda _share, _what: None)
    with pytest.raises(KnownError, match="Light-ASD"):
        untuned.untuned_rows({}, tmp_path / "none.safetensors", tmp_path)


def test_the_command_line_teaches_and_examines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(("a", "b", "other")):
        write_talker(tmp_path / f"{name}.mp4", number)
    text = Path("resources/lessons/lipsync.toml").read_text("utf-8")
    head, rest = text.split("[persons]")
    rest = rest[rest.index("[offsets]") :].replace("count = 1", "count = 0")
    persons = '[persons]\np = ["a"]\nq = ["b"]\n[others]\nclips = ["other"]\n'
    (tmp_path / "lesson.toml").write_text(head + persons + rest, "utf-8")
    monkeypatch.setattr(course, "face_finder", BrightFaces)
    monkeypatch.setattr("core.models.weights.own_folder", lambda: tmp_path / "own")
    shared = ["--data", str(tmp_path), "--lesson", str(tmp_path / "lesson.toml")]
    shared += ["--work", str(tmp_path / "work")]
    torch.manual_seed(0)
    assert main(["learn", "train", "lipsync", *shared, "--name", "lipsync.r9"]) == 0
    assert "lipsync.r9 is in" in capsys.readouterr().out
    page = tmp_path / "page.md"
    asked = ["learn", "evaluate", "lipsync", *shared, "--markdown", str(page)]
    assert main([*asked, "--weights", "lipsync.r9"]) == 0
    assert "lipsync.r9: " in capsys.readouterr().out
    assert "ATSC IS-191" in page.read_text("utf-8")
