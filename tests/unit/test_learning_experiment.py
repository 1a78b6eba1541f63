"""The experiment on choosing questions: fair to every strategy, repeatable, right in its sums."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from core.cli.app import main
from core.learning.block_corruption.lesson import read_lesson
from core.learning.block_corruption.source import Source, drawn_scenes
from core.learning.experiment import course, rounds
from core.learning.experiment.chart import Curve, drawing
from core.learning.experiment.damage import coefficients
from core.learning.experiment.feature import Looked
from core.learning.experiment.head import Basis, Known, features_of, fit, says
from core.learning.experiment.library import sources_of
from core.learning.experiment.protocol import ROLES, Learner, Role, Schedule, Stage, read_protocol
from core.learning.experiment.report import BEGIN, END, put_into
from core.learning.experiment.rounds import Ground, repeat
from core.learning.experiment.saving import mean_recall, saving, verdicts_to
from core.learning.experiment.strategy import STRATEGIES, Open
from core.learning.lesson_file import shipped_lesson
from core.simulate.kind import Picture

LEARNER = Learner(wide=True, directions=6, evenness=0.5, decay=1.0, replay=20.0)
SCHEDULE = Schedule(8, ((24, 8), (1000, 16)))


def made_up(seed: int, count: int = 60, shift: float = 2.0) -> Looked:
    """Pictures of which one direction tells what the shipped logit does not."""
    rng = np.random.default_rng(seed)
    corrupted = (rng.random(count) < 0.3).astype(np.float64)
    seen = rng.normal(size=(count, 8)).astype(np.float32)
    seen[:, 0] += (shift * corrupted).astype(np.float32)
    return Looked(
        rng.normal(size=count) - 2.0,
        rng.normal(size=(count, 3)).astype(np.float32),
        seen,
        corrupted,
        np.arange(count) // 6,
        np.arange(count) // 2,
        ("",) * count,
        tuple(f"title {n}" for n in range(-(-count // 6))),
        0,
    )


def ground(shifted: Looked | None = None) -> Ground:
    rule = read_protocol().rule
    return Ground(
        made_up(1), made_up(2), shifted or made_up(3), made_up(4), LEARNER, replace(rule, near=0.0)
    )


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_seed_decides_what_is_asked(name: str) -> None:
    place = ground()
    first, second, other = (repeat(place, name, SCHEDULE, seed)[1] for seed in (5, 5, 6))
    assert first.tolist() == second.tolist()
    assert first.tolist() != other.tolist()


def test_all_strategies_of_a_seed_begin_with_the_same_verdicts() -> None:
    place = ground()
    for seed in (0, 1):
        starts = {tuple(repeat(place, name, SCHEDULE, seed)[1][:8]) for name in STRATEGIES}
        assert len(starts) == 1


@pytest.mark.parametrize("name", STRATEGIES)
def test_everything_is_asked_once_and_no_more_than_the_budget(name: str) -> None:
    found, asked = repeat(ground(), name, SCHEDULE, 0)
    assert sorted(asked.tolist()) == list(range(60))
    assert [one.verdicts for one in found] == [8, 16, 24, 40, 56, 60]


@pytest.mark.parametrize("name", STRATEGIES)
def test_what_is_measured_on_has_no_say_in_what_is_asked(name: str) -> None:
    asked = repeat(ground(), name, SCHEDULE, 0)[1]
    elsewhere = repeat(ground(made_up(99, 30, shift=-3.0)), name, SCHEDULE, 0)[1]
    assert asked.tolist() == elsewhere.tolist()


def test_a_strategy_is_never_shown_the_truth_of_what_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Open] = []

    def spy(open_: Open, budget: int, _seed: int) -> np.ndarray:
        shown.append(open_)
        return np.arange(budget)

    monkeypatch.setattr(rounds, "STRATEGIES", {"spy": spy})
    place = ground()
    repeat(place, "spy", SCHEDULE, 0)
    fields = {name for one in shown for name in type(one).__dataclass_fields__}
    assert fields == {"probability", "members", "embedding", "title", "verdicts", "rule"}
    truth = place.known.truth
    for one in shown:
        for given in (one.probability, *one.embedding.T):
            assert not np.array_equal(given, truth[-len(given) :])


def test_without_verdicts_the_learner_says_what_the_shipped_weights_say() -> None:
    place = ground()
    none = place.known.at(np.zeros(0, np.int64))
    silent = replace(LEARNER, replay=0.0)
    values = fit(silent, none, place.replay)
    said = says(values, place.known.offset, place.known.given)
    assert np.allclose(said, 1 / (1 + np.exp(-place.known.offset)))


def test_verdicts_teach_what_the_shipped_weights_did_not_know() -> None:
    place = ground()
    before, after = place.shipped[0], place.taught_all[0]
    assert after.auc > before.auc + 0.2


def test_the_learner_finds_the_minimum_of_its_loss() -> None:
    place = ground()
    values = fit(LEARNER, place.known, place.replay)

    def loss(at: np.ndarray) -> float:
        total = LEARNER.decay / 2 * float(at @ at)
        for known, count in ((place.known, 1.0), (place.replay, LEARNER.replay / 60)):
            said = says(at, known.offset, known.given)
            right = np.where(known.truth > 0, said, 1 - said)
            total -= count * float(np.log(right).sum())
        return total

    for direction in np.eye(len(values)):
        assert loss(values) < loss(values + 0.02 * direction)
        assert loss(values) < loss(values - 0.02 * direction)


def test_the_learner_comes_to_rest_where_nearly_all_is_certain() -> None:
    rng = np.random.default_rng(7)
    given = rng.normal(size=(60, 30)) * 4
    truth = (given[:, 0] > 0).astype(np.float64)
    known = Known(rng.normal(size=60) * 12 - 8, given, truth)
    for decay in (0.01, 1.0):
        values = fit(replace(LEARNER, decay=decay), known, known)
        share = 1 + LEARNER.replay / 60
        said = says(values, known.offset, known.given)
        slope = decay * values
        slope[0] += share * (said - truth).sum()
        slope[1:] += share * given.T @ (said - truth)
        assert np.abs(slope).max() < 1e-2


def test_directions_are_found_without_any_verdict() -> None:
    one = made_up(1)
    blind = replace(one, corrupted=1 - one.corrupted)
    first, second = (Basis.of([features_of(of, wide=True)], 4, 0.5) for of in (one, blind))
    assert np.array_equal(first.directions, second.directions)


@pytest.mark.parametrize("count", [40, 8])
def test_directions_are_independent_and_as_even_as_was_asked(count: int) -> None:
    values = np.random.default_rng(3).normal(size=(count, 12))
    even = Basis.of([values], 5, 1.0)(values)
    assert np.allclose(even.T @ even / count, np.eye(5), atol=1e-6)
    plain = Basis.of([values], 5, 0.0)(values).std(axis=0)
    assert plain[0] == pytest.approx(1)
    assert (np.diff(plain) < 0).all()


def test_verdicts_are_counted_where_a_curve_stays_at_the_target() -> None:
    counts = [20, 40, 60, 80, 100]
    assert verdicts_to(0.5, counts, [0.1, 0.3, 0.7, 0.8, 0.9]) == pytest.approx(50)
    # A single round above is luck.
    assert verdicts_to(0.5, counts, [0.1, 0.6, 0.4, 0.6, 0.9]) == pytest.approx(70)
    assert verdicts_to(0.5, counts, [0.6, 0.6, 0.4, 0.4, 0.4]) == 20
    assert np.isnan(verdicts_to(0.95, counts, [0.1, 0.3, 0.7, 0.8, 0.9]))


def test_the_saving_is_one_minus_the_ratio_of_the_means() -> None:
    mine, chance = np.array([50.0, 70.0, 60.0]), np.array([200.0, 240.0, 160.0])
    one = saving(mine, chance, 1000)
    assert one.share == pytest.approx(1 - 60 / 200)
    assert one.low <= one.share <= one.high
    assert one.low >= 1 - 70 / 160
    assert saving(chance, chance, 1000).share == 0
    late = saving(np.array([50.0, np.nan, 60.0]), chance, 1000)
    assert late.share == pytest.approx(1 - 1110 / 600)
    assert late.missed == 1


def test_mean_recall_is_the_area_beneath_the_first_false_alarms() -> None:
    truth = np.array([1.0] * 4 + [0.0] * 20)
    perfect = np.concatenate([np.ones(4), np.zeros(20)])
    assert mean_recall(perfect, truth) == 1
    # One clean picture of 20 before two of the four: half until 5 % is reached.
    scores = np.array([0.9, 0.8, 0.6, 0.5, 0.7, *[0.1] * 19])
    assert mean_recall(scores, truth) == pytest.approx(0.5)
    assert mean_recall(np.zeros(24), truth) == pytest.approx(0.025)


@pytest.mark.parametrize("stage", ["tuning", "held_out"])
def test_no_title_is_asked_about_and_measured_on(stage: Stage) -> None:
    protocol, lesson = read_protocol(), read_lesson()
    sets = {
        role: {s.name for s in sources_of(protocol, lesson, drawn_scenes(), stage, role)}
        for role in ROLES
    }
    measured = sets["shifted_test"] | sets["original_test"]
    assert not measured & (sets["library"] | sets["replay"])
    if stage == "held_out":
        seen = {s.name for s in drawn_scenes() if lesson.side_of(s.name) != "test"}
        assert not seen & (measured | sets["library"])
        assert sets["replay"] <= seen


def test_the_held_out_domain_is_what_the_shipped_weights_never_learned_from() -> None:
    protocol, lesson = read_protocol(), read_lesson()
    held, tuned = protocol.domains["held_out"], protocol.domains["tuning"]
    assert {*held.codecs, *held.generators} == lesson.held_variants
    assert not {*tuned.codecs, *tuned.generators} & {*held.codecs, *held.generators}
    taught = {*lesson.variants("stream", "train"), *lesson.variants("pixel", "train")}
    assert not {*tuned.codecs, *tuned.generators} & taught
    assert {
        *protocol.domains["original"].codecs,
        *protocol.domains["original"].generators,
    } == taught


def test_wrong_coefficients_stay_in_their_blocks_and_repeat() -> None:
    grey = Picture(np.full((64, 96), 120, np.uint8), (np.full((32, 48), 128, np.uint8),) * 2)
    first, second = (coefficients([grey, grey], 0.7, 3) for _ in range(2))
    assert all(np.array_equal(a.luma, b.luma) for a, b in zip(first, second, strict=True))
    changed = (first[0].luma != 120).reshape(4, 16, 6, 16).any(axis=(1, 3))
    assert 0 < changed.sum() < changed.size


def test_curves_become_a_drawing_with_every_name() -> None:
    curve = Curve("ours & theirs", [0, 10, 20], [0.1, 0.4, 0.5], [0.0, 0.3, 0.4], [0.2, 0.5, 0.6])
    root = ElementTree.fromstring(drawing("Title", "verdicts", "recall", [curve], {"goal": 0.45}))
    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Title", "verdicts", "recall", "ours & theirs", "goal", "20"} <= words


def test_a_page_keeps_what_stands_around_its_figures(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Head\n\n{BEGIN}\nold\n{END}\n\n## Tail\n", "utf-8")
    text = put_into(page, f"{BEGIN}\nnew\n{END}\n")
    assert text == f"# Head\n\n{BEGIN}\nnew\n{END}\n\n## Tail\n"


def test_the_command_works_on_a_machine_without_any_media(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "drawn_scenes", _one_a_set)
    small = tmp_path / "small.toml"
    text = _small(shipped_lesson("active_learning").read_text("utf-8"))
    small.write_text(text, "utf-8")
    out, page = tmp_path / "out", tmp_path / "page.md"
    asked = ["learn", "experiment", "--protocol", str(small), "--seeds", "1", "--out", str(out)]
    said = []
    for _ in range(2):
        assert main([*asked, "--markdown", str(page)]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "verdicts by our choice" in said[0]
    table = json.loads((out / "active_learning.json").read_text("utf-8"))
    assert {course["strategy"] for course in table["courses"]} == set(STRATEGIES)
    assert "| ours |" in page.read_text("utf-8")
    ElementTree.parse(tmp_path / "images" / "page.svg")


def _one_a_set() -> list[Source]:
    """Scenes take a second each to build: one to ask about, one to measure on, one to replay."""
    protocol, lesson = read_protocol(), read_lesson()
    roles: tuple[Role, ...] = ("library", "shifted_test", "replay")
    return [sources_of(protocol, lesson, drawn_scenes(), "held_out", r)[0] for r in roles]


def _small(protocol: str) -> str:
    """The same with few and small pictures, most of them damaged."""
    for role in ROLES:
        protocol = re.sub(rf"\[{role}\]\npieces = \d+", f"[{role}]\npieces = 6", protocol)
    protocol = re.sub(r"damaged = \S+", "damaged = 0.7", protocol)
    protocol = protocol.replace("frames = 8", "frames = 2").replace("[480, 288]", "[192, 128]")
    return protocol.replace("painted = [0.0, 1.0]", "painted = [0.6, 1.0]")


def test_more_seeds_than_were_named_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learn", "experiment", "--seeds", "50", "--out", str(tmp_path)]) == 1
    assert "names 10 seeds, not 50" in capsys.readouterr().err
