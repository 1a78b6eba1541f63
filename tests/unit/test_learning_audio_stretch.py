"""Stretches: where an artifact is on, which rows have it, and what is made of them."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.soundscape import talk

from core.domain.errors import KnownError
from core.learning.audio_artifact.answer import Told
from core.learning.audio_artifact.context_figures import CODER, LEARNED, UNSEEN, row_figures
from core.learning.audio_artifact.context_report import context_parts
from core.learning.audio_artifact.context_rows import RowsSaid
from core.learning.audio_artifact.context_train import (
    accuracy_in_context,
    answers_in_context,
    teach_context,
)
from core.learning.audio_artifact.figures import plain
from core.learning.audio_artifact.lesson import CLASSES, Lesson, read_lesson
from core.learning.audio_artifact.pool import UNTOLD
from core.learning.audio_artifact.source import Recording, library
from core.learning.audio_artifact.stretch import (
    ABSENT,
    MANNERS,
    PART,
    PRESENT,
    SECOND,
    UNKNOWN,
    WHOLE,
    Put,
    StretchOrigin,
    stretch_of,
)
from core.learning.audio_artifact.stretch_pool import build_stretches, shards_of
from core.learning.lesson_file import SIDES, Side
from core.models.artifact_context import Context
from core.models.artifact_feature import ARTIFACTS, SHAPES
from core.models.artifact_lasting import JOINT, LASTING

RATE = 16_000
HERE = torch.device("cpu")


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """The product's, made small, of nothing but what is asked for."""
    whole = read_lesson()
    chances = {**whole.chances, "second_artifact": 0.0, "narrowed": 0.0}
    stretch = replace(
        whole.stretch, length_s=8.0, count=dict.fromkeys(SIDES, 4), shard=2, rounds=12
    )
    return replace(
        whole, chances=chances, drawn=0.0, stretch=replace(stretch, batch=8, rate=0.01, unsure=0.1)
    )


@pytest.fixture(scope="module")
def recordings(lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> list[Recording]:
    root = tmp_path_factory.mktemp("sound") / "speech"
    root.mkdir()
    for number, side in enumerate(SIDES):
        name = next(n for n in (f"voice{k}" for k in range(300)) if lesson.side_of(n) == side)
        samples = np.asarray(talk(9.0 * RATE / 48_000, number)[0] * 32767 * 0.8, np.int16)
        with wave.open(str(root / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
    return library([root], tmp_path_factory.mktemp("kept"), 120.0)


def only(lesson: Lesson, kind: str, manner: str) -> Lesson:
    manners = {name: float(name == manner) for name in MANNERS}
    kinds = {name: float(name == kind) for name in CLASSES}
    return replace(lesson, kinds=kinds, stretch=replace(lesson.stretch, manners=manners))


def mine(lesson: Lesson, recordings: list[Recording], side: Side) -> list[Recording]:
    return [r for r in recordings if lesson.side_of(r.family) == side]


def test_a_stretch_follows_from_its_number(lesson: Lesson, recordings: list[Recording]) -> None:
    own = mine(lesson, recordings, "train")
    one, again = (stretch_of(lesson, own, "train", 3) for _ in range(2))
    np.testing.assert_array_equal(one.windows, again.windows)
    assert one.origin == again.origin
    assert not np.array_equal(one.windows, stretch_of(lesson, own, "train", 4).windows)


def test_recordings_that_are_too_short_are_refused_in_a_sentence(
    lesson: Lesson, recordings: list[Recording]
) -> None:
    short = replace(lesson, stretch=replace(lesson.stretch, length_s=1.0))
    with pytest.raises(KnownError, match="too short or too quiet"):
        stretch_of(short, mine(lesson, recordings, "train"), "train", 0)


@pytest.mark.parametrize("kind", ["hum", "hiss"])
def test_what_is_on_all_along_is_in_every_row(
    kind: str, lesson: Lesson, recordings: list[Recording]
) -> None:
    own, asked = mine(lesson, recordings, "train"), only(lesson, kind, WHOLE)
    column = ARTIFACTS.index(kind)
    for number in range(3):
        made = stretch_of(asked, own, "train", number)
        assert made.windows.shape[0] == made.origin.rows == len(made.state)
        assert ABSENT not in made.state[:, column]
        assert (np.delete(made.state, column, axis=1) == ABSENT).all()
        (put,) = made.origin.put
        assert (put.manner, put.first_s) == (WHOLE, 0.0)
        # Level and dose are those of the whole: rows lie around it.
        assert np.median(made.dose[:, column]) == pytest.approx(put.amount, abs=8.0)


@pytest.mark.parametrize("kind", ["hum", "hiss", "distortion", "clicks"])
def test_what_is_on_for_a_second_is_in_one_row_and_its_neighbours_are_not_asked(
    kind: str, lesson: Lesson, recordings: list[Recording]
) -> None:
    own, asked = mine(lesson, recordings, "train"), only(lesson, kind, SECOND)
    column = ARTIFACTS.index(kind)
    for number in range(4):
        made = stretch_of(asked, own, "train", number)
        state = made.state[:, column]
        (put,) = made.origin.put
        assert put.end_s - put.first_s == pytest.approx(1.0)
        at = round(2 * put.first_s)
        assert state[at] == PRESENT
        assert put.first_s == pytest.approx(at / 2, abs=0.06)
        far = np.abs(np.arange(len(state)) - at) > 2
        assert (state[far] == ABSENT).all()
        if kind in ("hum", "hiss"):
            assert state.tolist().count(PRESENT) == 1


def test_what_is_on_in_a_part_is_in_the_rows_that_it_covers(
    lesson: Lesson, recordings: list[Recording]
) -> None:
    own, asked = mine(lesson, recordings, "train"), only(lesson, "hiss", PART)
    for number in range(4):
        made = stretch_of(asked, own, "train", number)
        (put,) = made.origin.put
        for row, state in enumerate(made.state[:, ARTIFACTS.index("hiss")].tolist()):
            covered = min(row / 2 + 1, put.end_s) - max(row / 2, put.first_s)
            if covered <= 0:
                assert state == ABSENT
            elif covered < 0.79:
                assert state == UNKNOWN


def test_clicks_are_in_the_rows_that_have_one(lesson: Lesson, recordings: list[Recording]) -> None:
    ranges = replace(lesson.ranges, clicks_a_second=(1, 1), click_height_db=(25.0, 30.0))
    held = {**lesson.held_generators, "clicks": ("slip", "dropped", "crackle", "step", "swing")}
    asked = replace(only(lesson, "clicks", WHOLE), ranges=ranges, held_generators=held)
    plain_ones = replace(asked, chances={**asked.chances, "varied": 0.0, "coded_after": 0.0})
    made = stretch_of(plain_ones, mine(lesson, recordings, "train"), "train", 1)
    jumps = np.abs(np.diff(made.windows, n=2, axis=1)).max(axis=1)
    state = made.state[:, ARTIFACTS.index("clicks")]
    assert PRESENT in state
    assert jumps[state == PRESENT].min() > 2 * jumps[state == ABSENT].max(initial=0.0)


def test_stretches_go_on_where_they_were_and_refuse_another_lesson(
    lesson: Lesson, recordings: list[Recording], tmp_path: Path
) -> None:
    fewer = replace(lesson, stretch=replace(lesson.stretch, count=dict.fromkeys(SIDES, 2)))
    build_stretches(fewer, recordings, "train", tmp_path)
    (first,) = shards_of(fewer, "train", tmp_path)
    with pytest.raises(KnownError, match="cannot be read"):
        list(shards_of(lesson, "train", tmp_path))
    build_stretches(lesson, recordings, "train", tmp_path)
    both = list(shards_of(lesson, "train", tmp_path, ["floor"]))
    assert both[0].origins == first.origins
    np.testing.assert_array_equal(both[0].features["floor"], first.features["floor"])
    rows = sum(origin.rows for origin in first.origins)
    assert first.features["slow"].shape == (rows, *SHAPES["slow"])
    assert first.state.shape == first.dose.shape == (rows, 4)
    shorter = replace(lesson, stretch=replace(lesson.stretch, length_s=5.0))
    with pytest.raises(KnownError, match="another lesson"):
        build_stretches(shorter, recordings, "train", tmp_path)


def made_up(count: int, seed: int) -> RowsSaid:
    """Stretches of nine rows: what is said is of no use, what lasts says all."""
    rng = np.random.default_rng(seed)
    rows = 9 * count
    state = np.zeros((rows, 4), np.int8)
    lasts = {
        name: rng.normal(size=(rows, *shape)).astype(np.float16) for name, shape in LASTING.items()
    }
    origins = []
    for number in range(count):
        kind, here = number % 5, slice(9 * number, 9 * number + 9)
        put: tuple[Put, ...] = ()
        if kind:
            state[here, kind - 1] = PRESENT
            lasts["lasting_floor"][here, :, 15 * kind : 15 * kind + 15] += 3
            generator = "dimmer" if kind == 1 and number % 2 else "any"
            put = (Put(ARTIFACTS[kind - 1], generator, 20.0, 0, MANNERS[number % 3], 0.0, 5.0),)
        coder = "opus" if number % 7 == 6 else ""
        origins.append(StretchOrigin("a", f"f{number % 4}", "speech", 0.0, RATE, 9, put, coder, 0))
    state[4, 0] = UNKNOWN
    heard = np.ones(rows, np.bool_)
    heard[-1] = False
    said = rng.normal(size=(rows, 9)).astype(np.float32)
    joint = np.zeros((rows, JOINT), np.float16)
    dose = np.where(state == PRESENT, 20.0, np.nan).astype(np.float32)
    return RowsSaid(said, joint, lasts, state, dose, heard, origins)


def test_rows_are_told_where_all_is_known_of_them() -> None:
    rows = made_up(10, 1)
    assert rows.classes[4] == rows.classes[-1] == UNTOLD
    assert rows.counted[4].tolist() == [0, 1, 1, 1]
    assert rows.counted[-1].tolist() == [0, 0, 0, 0]
    assert rows.classes[9:18].tolist() == [1] * 9


def test_the_head_learns_from_what_lasts_and_is_set_to_its_best(lesson: Lesson) -> None:
    torch.manual_seed(2)
    context, validated = Context(), made_up(20, 2)
    before = accuracy_in_context(context, validated, HERE)
    done = teach_context(context, lesson, made_up(40, 1), validated, HERE)
    assert before < 0.4
    assert done.best > 0.9
    assert accuracy_in_context(context, validated, HERE) == pytest.approx(done.best)
    assert not torch.equal(context.calibration, Context().calibration)
    artifacts = answers_in_context(context, validated, HERE)[1]
    # Of hum by itself it says what seconds say, of others it does not.
    moved = np.abs(artifacts - validated.said[:, 5:])[validated.heard].max(axis=0)
    assert moved[0] < 1e-5
    assert moved[1:].min() > 0.1


def test_teaching_the_head_stops_when_it_is_told_to_and_wants_every_class(lesson: Lesson) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        teach_context(Context(), lesson, made_up(10, 1), made_up(10, 2), HERE, check=stop)
    poor = made_up(10, 1)
    poor.state[:] = ABSENT
    with pytest.raises(KnownError, match="too little"):
        teach_context(Context(), lesson, poor, made_up(10, 2), HERE)


def sure(rows: RowsSaid, name: str, wrong: slice) -> Told:
    """One who is right but for some rows, which are called hiss."""
    said = np.where(rows.classes == UNTOLD, 0, rows.classes)
    said[wrong] = 2
    classes = np.eye(5)[said] * 0.8 + 0.04
    return Told(name, classes, classes[:, 1:])


def test_figures_of_rows_say_who_names_what(lesson: Lesson) -> None:
    rows = made_up(30, 3)
    mine, other = sure(rows, "mine", slice(0, 0)), sure(rows, "other", slice(9, 18))
    figures = plain(row_figures(lesson, rows, [mine, other], 0.5))
    first, second = figures["compared"]
    assert [first["groups"][g]["accuracy"] for g in (LEARNED, UNSEEN, CODER)] == [1.0, 1.0, 1.0]
    # Rows 9 to 17 are hum of a generator that is held out.
    assert second["groups"][UNSEEN]["accuracy"] < 1.0 == second["groups"][LEARNED]["accuracy"]
    assert first["clean"]["share"] == 1.0
    over = figures["differences"][0]["groups"]
    assert over[UNSEEN]["difference"] > 0 == over[LEARNED]["difference"]
    assert sum(row["of"] for row in figures["snr"]["hum"]) == sum(figures["confusion"][1])
    page = "\n".join(context_parts(figures, 0.5))
    assert "| mine | 1.0000" in page
    assert "for one second" in page
