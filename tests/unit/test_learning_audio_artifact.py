"""Teaching the network that hears: exact doses, what is held out, the pool and the loop."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.soundscape import stage, talk
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.audio_artifact.artifact import ARTIFACTS, GENERATORS, Dose, make, shown_db
from core.learning.audio_artifact.click import local_rms
from core.learning.audio_artifact.distort import BY_SHARE
from core.learning.audio_artifact.drawn import DRAWN, drawn
from core.learning.audio_artifact.drawn_besides import DRAWN_BESIDES
from core.learning.audio_artifact.lesson import Lesson, read_lesson
from core.learning.audio_artifact.pool import UNTOLD, Pool, build_pool, pool_of
from core.learning.audio_artifact.second import Artifact, Origin, second_of
from core.learning.audio_artifact.source import Recording, files_in, library
from core.learning.audio_artifact.train import Course, answers, loss_of, said_by_body, train
from core.learning.audio_artifact.train import drawn as drawn_batch
from core.learning.audio_artifact.way import as_far_as_serves
from core.learning.lesson_file import SIDES, Side
from core.models.artifact_feature import FEATURES
from core.models.audio_artifact import AudioArtifactNet

RATE = 48_000


@pytest.fixture(scope="module")
def clean() -> NDArray[np.float32]:
    return np.asarray(0.5 * stage(1.0, seed=3)[0], np.float32)


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """The product's, made small."""
    whole = read_lesson()
    seconds = {"train": 24, "validation": 24, "test": 24}
    return replace(
        whole, seconds=seconds, shard=12, examples=48, batch=8, look_every=3, most_s_a_file=2.5
    )


def put(folder: Path, name: str, seconds: float, seed: int = 0, rate: int = 16_000) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    samples = np.asarray(talk(seconds * rate / RATE, seed)[0] * 32767 * 0.8, np.int16)
    with wave.open(str(folder / f"{name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def name_for(lesson: Lesson, side: Side, take: int = 0) -> str:
    names = (f"voice{n}" for n in range(1000))
    return [name for name in (next(names) for _ in range(300)) if lesson.side_of(name) == side][
        take
    ]


@pytest.fixture(scope="module")
def folder(lesson: Lesson, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sound")
    for number, side in enumerate(SIDES):
        put(root / "speech", name_for(lesson, side), 3.0, number)
    return root


@pytest.fixture(scope="module")
def recordings(
    folder: Path, lesson: Lesson, tmp_path_factory: pytest.TempPathFactory
) -> list[Recording]:
    return library([folder], tmp_path_factory.mktemp("kept"), lesson.most_s_a_file)


def rms(sound: NDArray[np.floating]) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


@pytest.mark.parametrize("artifact", ["hum", "hiss"])
@pytest.mark.parametrize("snr_db", [0.0, 40.0])
def test_hum_and_hiss_come_at_the_level_that_was_asked_for(
    artifact: str, snr_db: float, clean: NDArray[np.float32]
) -> None:
    for generator in GENERATORS[artifact]:
        rng = np.random.default_rng(1)
        made = make(Dose(artifact, generator, snr_db), clean, rms(clean), RATE, rng)
        assert made is not None
        over = 20 * np.log10(rms(clean) / rms(made.sound - clean))
        assert over == pytest.approx(snr_db, abs=0.01), generator


def test_hum_stands_at_multiples_of_the_mains() -> None:
    silent = np.zeros(RATE, np.float32)
    for generator in GENERATORS["hum"]:
        made = make(Dose("hum", generator, 0.0), silent, 0.1, RATE, np.random.default_rng(4))
        assert made is not None
        spectrum = np.abs(np.fft.rfft(made.sound * np.hanning(RATE)))
        strongest = int(spectrum.argmax())
        off = min(
            abs(strongest / mains - round(strongest / mains)) * mains
            for speed in (1.0, 25 / 24, 24 / 25)
            for mains in (50.0 * speed, 60.0 * speed)
        )
        assert off < 0.01 * strongest + 1.5, (generator, strongest)


@pytest.mark.parametrize("share", [0.001, 0.1])
def test_as_many_samples_are_distorted_as_was_asked_for(
    share: float, clean: NDArray[np.float32]
) -> None:
    for generator in sorted(BY_SHARE - {"intersample"}):
        made = make(
            Dose("distortion", generator, share), clean, 0.1, RATE, np.random.default_rng(2)
        )
        assert made is not None
        assert made.amount == pytest.approx(share, rel=0.1)
        if generator in ("hard", "one_sided", "folded"):
            touched = float((np.abs(made.sound - clean) > 1e-6).mean())
            assert touched == pytest.approx(share, rel=0.1), generator


def test_nothing_is_called_clipped_where_nothing_could_be_cut() -> None:
    silent, flat = np.zeros(RATE, np.float32), np.full(RATE, 0.3, np.float32)
    for generator in sorted(BY_SHARE):
        for sound in (silent, flat):
            dose = Dose("distortion", generator, 0.01)
            assert make(dose, sound, rms(sound), RATE, np.random.default_rng(1)) is None


@pytest.mark.parametrize("generator", GENERATORS["clicks"])
def test_clicks_have_the_height_over_the_sound_around_them(
    generator: str, clean: NDArray[np.float32]
) -> None:
    made = make(Dose("clicks", generator, 9.0, 5), clean, 0.1, RATE, np.random.default_rng(5))
    assert made is not None
    assert 1 <= made.count <= 5
    assert made.amount == pytest.approx(9.0, abs=3.0)
    if generator == "slip":
        return  # What comes after a slip is no longer in step.
    over = np.abs(made.sound - clean) / local_rms(clean, RATE)
    assert 20 * np.log10(over.max()) == pytest.approx(9.0, abs=4.0)


def test_what_is_masked_shows_less(clean: NDArray[np.float32]) -> None:
    rng = np.random.default_rng(6)
    for artifact, faint, loud in (("hum", 50.0, 10.0), ("hiss", 50.0, 10.0)):
        found = []
        for snr_db in (faint, loud):
            made = make(Dose(artifact, GENERATORS[artifact][0], snr_db), clean, 0.2, RATE, rng)
            assert made is not None
            found.append(shown_db(artifact, clean, made.sound, RATE))
        assert found[1] > found[0] + 25
    assert shown_db("hum", clean, clean.astype(np.float64), RATE) == -np.inf


def test_drawn_sounds_are_heard_and_differ_by_chance() -> None:
    for name in (*DRAWN, *DRAWN_BESIDES):
        one, two = (drawn(name, RATE, RATE, np.random.default_rng(seed)) for seed in (1, 2))
        assert 0.1 <= float(np.abs(one).max()) <= 0.9
        assert not np.array_equal(one, two)


def test_held_out_generators_and_coders_are_for_the_test_side_only(
    lesson: Lesson, recordings: list[Recording]
) -> None:
    heard: dict[str, set[tuple[str, str]]] = {}
    eager = replace(
        lesson, chances={**lesson.chances, "held_out_generator": 0.9, "held_out_coder": 0.9}
    )
    for side in ("train", "test"):
        mine = [r for r in recordings if lesson.side_of(r.family) == side]
        rows = [second_of(eager, mine, side, number)[1] for number in range(40)]
        heard[side] = {(a.name, a.generator) for row in rows for a in row.artifacts}
        heard[side] |= {("coder", row.coder) for row in rows if row.coder}
    held = {(a, g) for a in ARTIFACTS for g in lesson.held_generators[a]} | {("coder", "opus")}
    assert not heard["train"] & held
    assert len(heard["test"] & held) >= 5


def test_examination_asks_for_nothing_that_varies_what_is_learned(lesson: Lesson) -> None:
    sides = {}
    for side in ("train", "test"):
        of_chance = replace(lesson, drawn=1.0)
        rows = [second_of(of_chance, [], side, number)[1] for number in range(80)]
        sides[side] = {row.source for row in rows} | {row.coder for row in rows}
    besides = {*DRAWN_BESIDES, *lesson.more_coders}
    assert besides <= sides["train"]
    assert not sides["test"] & besides
    varied = replace(lesson, drawn=1.0, chances={**lesson.chances, "varied": 0.0})
    same = [second_of(which, [], "test", 3) for which in (lesson, varied)]
    np.testing.assert_array_equal(same[0][0], same[1][0])


@pytest.mark.parametrize("artifact", ARTIFACTS)
def test_varied_artifacts_keep_to_their_dose(artifact: str, clean: NDArray[np.float32]) -> None:
    # Of coding the rate alone varies, which chance may leave as it is.
    for generator in sorted({*GENERATORS[artifact]} - {"codec"}):
        doses = [
            Dose(artifact, generator, amount, 5 * (artifact == "clicks"), varied)
            for amount in ((0.02,) if artifact == "distortion" else (10.0,))
            for varied in (False, True)
        ]
        # Chance may leave one as it would be; this one varies all.
        plain, varied = (
            make(dose, clean, rms(clean), RATE, np.random.default_rng(7)) for dose in doses
        )
        assert plain is not None
        assert varied is not None
        if generator in ("one_sided", "folded", "slip", "dropped", "intersample"):
            np.testing.assert_array_equal(plain.sound, varied.sound)
            continue
        assert not np.array_equal(plain.sound, varied.sound)
        if artifact in ("hum", "hiss"):
            over = 20 * np.log10(rms(clean) / rms(varied.sound - clean))
            assert over == pytest.approx(10.0, abs=0.01), generator
        elif generator in ("hard", "limited"):
            assert varied.amount == pytest.approx(0.02, rel=0.1), generator


def test_varied_clipping_cuts_both_sides(clean: NDArray[np.float32]) -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        made = make(Dose("distortion", "hard", 0.02, 0, True), clean, 0.1, RATE, rng)
        assert made is not None
        assert made.sound.max() < clean.max()
        assert made.sound.min() > clean.min()


def test_same_number_makes_the_same_second(lesson: Lesson, recordings: list[Recording]) -> None:
    one, two = (second_of(lesson, recordings, "train", 5) for _ in range(2))
    other = second_of(lesson, recordings, "train", 6)
    np.testing.assert_array_equal(one[0], two[0])
    assert one[1] == two[1] != other[1]


def test_seconds_are_never_cut_off_by_being_made(
    lesson: Lesson, recordings: list[Recording]
) -> None:
    for number in range(30):
        sound, origin = second_of(lesson, recordings, "train", number)
        assert len(sound) == origin.rate
        assert float(np.abs(sound).max()) <= 1.0


def test_family_table_decides_what_is_split_together(tmp_path: Path) -> None:
    put(tmp_path / "speech", "one", 1.0)
    put(tmp_path / "speech", "two", 1.0)
    put(tmp_path / "speech", "three", 1.0)
    (tmp_path / "families.tsv").write_text("one\talice\ntwo\talice\n", "utf-8")
    found = {file.name: (file.family, file.kind) for file in files_in([tmp_path])}
    assert found == {
        "one": ("alice", "speech"),
        "two": ("alice", "speech"),
        "three": ("three", "speech"),
    }


def test_recording_is_kept_in_pieces_and_what_is_too_short_left_out(tmp_path: Path) -> None:
    put(tmp_path / "music", "long", 12.0)
    put(tmp_path / "music", "short", 0.6)
    (recording,) = library([tmp_path], tmp_path / "kept", 6.0)
    assert recording.name == "long"
    assert recording.kind == "music"
    assert len(recording.pieces) == 4
    assert recording.seconds == 4
    (tmp_path / "music" / "short.wav").unlink()
    (tmp_path / "music" / "long.wav").unlink()
    with pytest.raises(KnownError, match="no file with sound"):
        library([tmp_path], tmp_path / "kept", 6.0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('hum = ["dimmer"]', 'hum = ["kazoo"]'), "kazoo"),
        (('coders = ["opus"]', 'coders = ["morse"]'), "morse"),
        (("hum_snr_db = [0.0, 40.0]", "hum_snr_db = [9.0, 1.0]"), "has it wrong"),
        (("seed = 29", ""), "lacks something"),
        (("ac3 = [64000", "opus = [64000"), "learns from it"),
    ],
)
def test_wrong_lesson_is_refused_with_a_sentence(
    change: tuple[str, str], sentence: str, tmp_path: Path
) -> None:
    from core.config.paths import resources_dir

    text = (resources_dir() / "lessons" / "audio_artifact.toml").read_text("utf-8")
    (tmp_path / "wrong.toml").write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(KnownError, match=sentence):
        read_lesson(tmp_path / "wrong.toml")


def test_hidden_and_double_artifacts_have_no_exclusive_class(lesson: Lesson) -> None:
    def origin(*artifacts: Artifact) -> Origin:
        return Origin("a", "a", "speech", 0.0, RATE, artifacts, "", 0)

    hum = Artifact("hum", "mains", 20.0, 0, 10.0, False)
    faint = replace(hum, shown_db=lesson.hidden_db - 1)
    clicks = Artifact("clicks", "swing", 20.0, 3, 10.0, False)
    pool = pool_of(lesson, {}, [origin(), origin(hum), origin(faint), origin(hum, clicks)])
    assert pool.classes.tolist() == [0, 1, UNTOLD, UNTOLD]
    assert pool.present.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 1]]
    assert pool.counted.tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [0, 1, 1, 1], [1, 1, 1, 1]]


def test_pool_goes_on_where_it_was_and_refuses_another_lesson(
    lesson: Lesson, recordings: list[Recording], tmp_path: Path
) -> None:
    first = build_pool(lesson, recordings, "train", tmp_path, seconds=12)
    assert len(first) == 12
    both = build_pool(lesson, recordings, "train", tmp_path, seconds=24)
    assert both.origins[:12] == first.origins
    for name, shape in FEATURES.items():
        assert both.features[name].shape == (24, *shape)
        np.testing.assert_array_equal(both.features[name][:12], first.features[name])
    with pytest.raises(KnownError, match="another lesson"):
        build_pool(replace(lesson, seed=9), recordings, "train", tmp_path)


def made_up(lesson: Lesson, count: int, seed: int) -> Pool:
    """Seconds whose class is written into their features."""
    rng = np.random.default_rng(seed)
    origins = []
    features = {
        name: rng.normal(size=(count, *shape)).astype(np.float16)
        for name, shape in FEATURES.items()
    }
    for row in range(count):
        kind = row % 5
        artifacts = () if kind == 0 else (Artifact(ARTIFACTS[kind - 1], "any", 1.0, 0, 9.0, False),)
        origins.append(Origin("a", "a", "speech", 0.0, RATE, artifacts, "", 0))
        features["floor"][row, :, 10 * kind : 10 * kind + 10] += 3
    return pool_of(lesson, features, origins)


@pytest.fixture
def pools(lesson: Lesson) -> tuple[Pool, Pool]:
    return made_up(lesson, 60, 1), made_up(lesson, 40, 2)


def test_loss_leaves_out_what_is_not_told(lesson: Lesson, pools: tuple[Pool, Pool]) -> None:
    batch = drawn_batch(lesson, pools[0], 1)
    classes, artifacts = torch.zeros(8, 5), torch.zeros(8, 4)
    told = float(loss_of(classes, artifacts, batch))
    batch.classes[:] = UNTOLD
    batch.counted[:, :] = 0
    wild = torch.full((8, 4), 50.0)
    assert told > 1.0
    assert float(loss_of(torch.randn(8, 5) * 9, wild, batch)) == 0.0


def test_training_learns_and_goes_on_from_its_checkpoint(
    lesson: Lesson, pools: tuple[Pool, Pool], tmp_path: Path
) -> None:
    longer = replace(lesson, examples=8 * 30, look_every=6, rate=0.005)
    course = Course(body="none", device="cpu")
    whole = train(longer, *pools, tmp_path / "whole", course)
    assert whole.steps == 30
    assert whole.curve[-1].accuracy > 0.9
    calls = iter(range(100))

    def stop() -> None:
        if next(calls) == 8:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        train(longer, *pools, tmp_path / "parts", course, check=stop)
    again = train(longer, *pools, tmp_path / "parts", course)
    for one, two in zip(whole.net.parameters(), again.net.parameters(), strict=True):
        torch.testing.assert_close(one, two)
    classes, artifacts = answers(whole.net, pools[1], torch.device("cpu"))
    assert classes.shape == (40, 5)
    assert artifacts.shape == (40, 4)


def test_a_body_that_is_kept_stays_as_it_was_and_is_asked_once(
    lesson: Lesson, pools: tuple[Pool, Pool], tmp_path: Path
) -> None:
    torch.manual_seed(lesson.seed)
    start = AudioArtifactNet("log_mel_cnn", fine=True, wide=True)
    assert start.hearing is not None
    before = {name: value.clone() for name, value in start.hearing.state_dict().items()}
    short = replace(lesson, examples=8 * 4)
    course = Course(body="log_mel_cnn", keep_body=True, device="cpu")
    made = train(short, *pools, tmp_path, course).net
    assert made.hearing is not None
    for name, value in made.hearing.state_dict().items():
        assert torch.equal(value, before[name])
    assert not torch.equal(made.joint[0].weight, start.joint[0].weight)
    # What was asked once is what the body says.
    where = torch.device("cpu")
    known = said_by_body(made, pools[1], where, lambda share, what: None)
    for one, two in zip(answers(made, known, where), answers(made, pools[1], where), strict=True):
        np.testing.assert_allclose(one, two, atol=2e-2)


def test_only_as_much_of_the_way_is_gone_as_serves() -> None:
    torch.manual_seed(1)
    first, best = (AudioArtifactNet("none", wide=True) for _ in range(2))
    was, led = (net.classes.bias.detach().clone() for net in (first, best))
    new = best.fine.wide.combs[0].weight.detach().clone()  # type: ignore[union-attr,index]
    aim = was + 0.3 * (led - was)

    def score() -> float:
        return -float((best.classes.bias.detach() - aim).abs().sum())

    share = as_far_as_serves(first, best, score)
    assert share == pytest.approx(0.3)
    torch.testing.assert_close(best.classes.bias.detach(), aim)
    assert torch.equal(best.fine.wide.combs[0].weight, new)  # type: ignore[union-attr,index]


def test_budget_in_minutes_ends_training(
    lesson: Lesson,
    pools: tuple[Pool, Pool],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(np.arange(0.0, 1000.0, 6.0).tolist())
    ticks: Callable[[], float] = lambda: float(next(clock))  # noqa: E731
    monkeypatch.setattr("core.learning.audio_artifact.train.time.monotonic", ticks)
    done = train(lesson, *pools, tmp_path, Course(body="none", minutes=1.0, device="cpu"))
    assert done.steps == 10


def test_pool_without_a_class_is_refused(lesson: Lesson, pools: tuple[Pool, Pool]) -> None:
    poor = pool_of(lesson, pools[0].features, [replace(o, artifacts=()) for o in pools[0].origins])
    with pytest.raises(KnownError, match="too little"):
        train(lesson, poor, pools[1], Path("unused"), Course(body="none"))
