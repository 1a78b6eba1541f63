"""An evaluation from a folder of clips to its documents, small."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.scenery import moving_planes, music
from numpy.typing import NDArray

from core.analysis.measure import Measurement, measure_title
from core.catalog.table import DETECTORS as CATALOG
from core.cli.app import main
from core.domain.title import Title
from core.evaluation import record
from core.evaluation.clip import CAPTIONED_S, cues_on
from core.evaluation.run import Evaluated, Order, evaluate
from core.evaluation.score import report_on
from core.evaluation.source import Kind, find_sources
from core.evaluation.trial import LONGEST_S, SEVERITIES, Group, lengths_of, plan_trials
from core.media.writer import write_title
from core.simulate.inject import INJECTORS, Domain
from core.simulate.split import split_of

DETECTORS = ("black", "silence")


def pictures(seed: int) -> Iterator[NDArray[np.uint8]]:
    for plane in moving_planes(125, seed=seed):
        picture = np.kron(plane[:120, :160], np.ones((2, 2), np.uint8))
        yield np.repeat(picture[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One film and one sound of 5 s, whatever side they are on, and a file that is no media."""
    root = tmp_path_factory.mktemp("clean")
    write_title(root / "film.mp4", pictures(1), 25, None, crf=20)
    write_title(root / "tune.flac", None, 25, 0.5 * music(5), 48000, audio_codec="flac")
    (root / "readme.md").write_text("no media")
    return root


@pytest.fixture(scope="module")
def done(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    return evaluate(order(folder, tmp_path_factory.mktemp("work")))


def order(folder: Path, work: Path) -> Order:
    return Order((folder,), (), DETECTORS, work, "all", each=1, processes=1)


def test_obvious_damage_is_found_and_clean_content_is_not(done: Evaluated) -> None:
    for detector in DETECTORS:
        report = report_on(detector, done.results)
        assert report.by_severity[1.0].recall == 1.0, detector
        assert report.main.false == 0, detector
        assert sum(a.count for a in report.alarms.values()) == 0, detector


def test_a_file_that_is_no_media_is_named(done: Evaluated) -> None:
    assert done.unread == ("readme.md",)


def test_every_severity_is_tried_and_the_source_once_without_damage(done: Evaluated) -> None:
    black = [r.trial for r in done.results if r.trial and r.trial["defect"] == "black"]
    assert sorted(t["severity"] for t in black if t["group"] == "main") == list(SEVERITIES)
    twins = [r for r in done.results if r.trial and r.trial["group"] == "twin"]
    assert {(t.name, t.trial["coding"]) for t in twins if t.trial} == {
        ("film.mp4", "h264"),
        ("tune.flac", "aac"),
    }


def test_a_second_run_measures_and_makes_nothing_anew(
    done: Evaluated, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("done again")

    monkeypatch.setattr(record, "measure_title", refuse)
    monkeypatch.setattr(record, "run_peers", refuse)
    monkeypatch.setattr("core.evaluation.run.make_clip", refuse)
    again = evaluate(order(folder, done.order.work))
    assert again.results == done.results


def test_a_detector_whose_code_changed_is_measured_anew(
    done: Evaluated, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[tuple[str, ...]] = []

    def note(title: Title, detectors: tuple[str, ...]) -> Measurement:
        measured.append(tuple(detectors))
        return measure_title(title, detectors)

    known = record.detector_digest
    monkeypatch.setattr(record, "measure_title", note)
    monkeypatch.setattr(
        record, "detector_digest", lambda name: known(name) + ("x" if name == "silence" else "")
    )
    again = evaluate(order(folder, done.order.work))
    assert set(measured) == {("silence",)}
    assert [r.claims for r in again.results] == [r.claims for r in done.results]


def test_the_same_seed_plans_the_same_clips(folder: Path) -> None:
    sources, _ = find_sources([folder], "all")
    first = [trial for _, trial in plan_trials(sources, DETECTORS, 2, 5)]
    assert first == [trial for _, trial in plan_trials(sources, DETECTORS, 2, 5)]
    assert first != [trial for _, trial in plan_trials(sources, DETECTORS, 2, 6)]


def test_the_form_that_is_held_out_is_in_no_main_clip(folder: Path) -> None:
    sources, _ = find_sources([folder], "all")
    trials = [trial for _, trial in plan_trials(sources, ("phase", "levels"), 4, 1)]
    for defect in ("phase", "levels"):
        last = INJECTORS[defect].variants[-1]
        groups = {t.group for t in trials if t.defect == defect and t.variant == last}
        assert groups == {Group.VARIANT}


def test_damage_lasts_longer_than_what_its_detector_passes_over_and_fits_its_clip() -> None:
    for spec in CATALOG.values():
        if spec.defect in INJECTORS:
            shortest = [t.default for t in spec.thresholds if t.name == "min_length_s"]
            cues = INJECTORS[spec.defect].domain is Domain.CUES
            assert min(lengths_of(spec.defect)) > max(shortest, default=0.0)
            assert max(lengths_of(spec.defect)) <= (CAPTIONED_S / 2 if cues else LONGEST_S)


def test_sides_are_kept_apart(folder: Path) -> None:
    sides = {s.name: s.side for s in find_sources([folder], "all")[0]}
    assert sides == {"film.mp4": split_of("film"), "tune.flac": split_of("tune")}
    for side in ("dev", "test"):
        wanted = {name for name, one in sides.items() if one == side}
        if wanted:
            assert {s.name for s in find_sources([folder], side)[0]} == wanted


def test_captions_lie_on_the_loud_parts() -> None:
    sound = np.zeros((1, 16000 * 6), np.float32)
    tone = 0.3 * np.sin(np.arange(16000 * 2) / 8).astype(np.float32)
    sound[:, 16000 : 16000 * 3] = sound[:, 16000 * 4 :] = tone
    cues = cues_on(sound, 16000)
    edges = [edge for cue in cues for edge in (cue.span.start_s, cue.span.end_s)]
    assert edges == pytest.approx([1.0, 3.0, 4.0, 6.0], abs=0.05)
    assert all(len(cue.text) / cue.span.duration_s <= 17 for cue in cues)


def test_the_command_writes_all_its_documents(
    done: Evaluated, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        *("evaluate", "--data", str(folder), "--detectors", ",".join(DETECTORS), "--side", "all"),
        *("--each", "1", "--processes", "1", "--work", str(done.order.work), "--no-peers"),
        *("--out", str(tmp_path), "--markdown", str(tmp_path / "a.md"), "--json", "-"),
    ]
    assert main(arguments) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert set(printed["detectors"]) == set(DETECTORS)
    assert (tmp_path / "report.html").read_text("utf-8").endswith("</html>\n")
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# How well the detectors do")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--data", "nowhere"], "nowhere is no folder"),
        (["--data", "{empty}"], "There is nothing to measure on"),
        (["--data", "{clean}", "--detectors", "mood"], "There is no detector named mood"),
        (["--data", "{clean}", "--side", "all", "--real", "gone.mp4"], "gone.mp4 is not there"),
    ],
)
def test_what_a_user_can_get_wrong_is_one_sentence(
    arguments: list[str],
    said: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    filled = [a.format(empty=tmp_path, clean=folder) for a in arguments]
    assert main(["evaluate", *filled, "--work", str(tmp_path / "work")]) == 1
    assert said in capsys.readouterr().err


def test_photographs_are_clean_pictures_of_their_own_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.evaluation.excerpt.PHOTO_SIZE", (160, 90))
    photo = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "view.jpg"), cv2.GaussianBlur(photo, (0, 0), 4))
    done = evaluate(Order((tmp_path,), (), ("black",), tmp_path / ".work", "all", 1, 1, False, 1))
    watched = [r for r in done.results if r.trial is None]
    assert [r.kind for r in watched] == [Kind.PHOTO]
    assert watched[0].seconds["video"] == pytest.approx(8.0)
    assert report_on("black", done.results).by_severity[1.0].recall == 1.0
