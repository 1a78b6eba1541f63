"""Which seconds the network is asked about, and what becomes of its answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.ear import MeanEar, Reals, ToldEar
from helpers.measure import TICK, audio, rows_of, sound_samples
from helpers.scenery import music

from core.analysis.plan import able
from core.catalog.table import DETECTORS, spec_of
from core.detectors.audio_artifact import AudioArtifactDetector
from core.detectors.base import Row

ID = "audio_artifact"
NAMES = tuple(metric.name for metric in spec_of(ID).metrics)
CLEAN = (0.01, 0.01, 0.01, 0.01)


def column(rows: list[Row], name: str) -> list[float]:
    return [row.values[NAMES.index(name)] for row in rows]


def listened(
    sound: Reals, ear: ToldEar, monkeypatch: pytest.MonkeyPatch, rate: int = 48_000
) -> list[Row]:
    monkeypatch.setattr(AudioArtifactDetector, "open_ear", ear.open)
    detector = AudioArtifactDetector(replace(audio(rate), channels=len(sound)))
    return rows_of(detector, sound_samples(sound, 1024, rate))


def numbered(seconds: float, rate: int, channels: int = 1) -> Reals:
    """Sound whose samples say where they are, from .1 to .2, each channel a little louder."""
    ramp = np.linspace(0.1, 0.2, round(seconds * rate), endpoint=False)
    return np.stack([ramp * (1 + channel) for channel in range(channels)]).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000, 96_000])
def test_each_half_second_is_heard_with_what_lies_around_it(
    rate: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    length = 10.2
    begins: list[float] = []

    def where(second: Reals) -> tuple[float, float, float, float]:
        begins.append((float(second[0]) - 0.1) / 0.1 * length)
        return CLEAN

    ear = ToldEar(where)
    rows = listened(numbered(length, rate), ear, monkeypatch, rate)
    assert [row.pts * TICK for row in rows] == [i / 2 for i in range(21)]
    wanted = [0.0, *(i / 2 - 0.25 for i in range(1, 19)), 9.2, 9.2]
    assert begins == pytest.approx(wanted, abs=1e-3)
    assert {shape[1] for shape, _ in ear.asked} == {rate}
    assert {asked for _, asked in ear.asked} == {rate}


def test_many_seconds_are_asked_at_a_time_and_what_listens_is_opened_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ear = ToldEar(lambda _second: CLEAN)
    rows = listened(numbered(24.0, 8000, 5), ear, monkeypatch, 8000)
    assert sum(shape[0] for shape, _ in ear.asked) == 5 * len(rows) == 5 * 48
    assert max(shape[0] for shape, _ in ear.asked) == 32
    assert ear.opened == 1


def test_the_worst_channel_counts_for_each_artifact_and_bits_say_which_have_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def by_level(second: Reals) -> tuple[float, float, float, float]:
        channel = round(float(second[0]) / 0.1) - 1
        return [(0.9, 0.1, 0.2, 0.5), (0.6, 0.3, 0.1, 0.1), (0.2, 0.4, 0.1, 0.8)][channel]

    flat = np.full((3, 8000), 0.1, np.float32) * np.array([[1], [2], [3]], np.float32)
    rows = listened(flat, ToldEar(by_level), monkeypatch, 8000)
    assert len(rows) == 2
    for row in rows:
        shown = dict(zip(NAMES, row.values, strict=True))
        assert [shown[n] for n in ("hum", "hiss", "distortion", "clicks")] == pytest.approx(
            [0.9, 0.4, 0.2, 0.8]
        )
        assert [shown[f"{n}_channels"] for n in ("hum", "hiss", "distortion", "clicks")] == [
            0b011,
            0,
            0,
            0b101,
        ]
        # The channel that is least likely clean says what is likeliest.
        assert shown["artifact"] == pytest.approx(0.9)
        assert shown["class"] == 1


def test_channels_that_are_the_same_are_heard_once_and_all_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ear = ToldEar(lambda _second: (0.01, 0.8, 0.01, 0.01))
    one = numbered(2.0, 8000)
    rows = listened(np.concatenate((one, one, 0 * one, one)), ear, monkeypatch, 8000)
    assert sum(shape[0] for shape, _ in ear.asked) == len(rows)
    assert set(column(rows, "hiss_channels")) == {0b1011}


def test_silence_is_not_asked_about_and_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = ToldEar(lambda _second: (0.9, 0.9, 0.9, 0.9))
    sound = music(6.0)
    sound[:, : 3 * 48_000] *= 1e-5
    rows = listened(sound, ear, monkeypatch)
    quiet, loud = rows[:5], rows[6:]
    assert {row.values for row in quiet} == {(0.0,) * len(NAMES)}
    assert min(column(loud, "hum")) == pytest.approx(0.9)
    assert listened(np.zeros((2, 96_000), np.float32), ear, monkeypatch)[0].values == (
        (0.0,) * len(NAMES)
    )


def test_silence_alone_opens_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = ToldEar(lambda _second: CLEAN)
    listened(np.zeros((2, 96_000), np.float32), ear, monkeypatch)
    assert ear.opened == 0


def test_sound_shorter_than_a_second_is_heard_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = ToldEar(lambda _second: CLEAN)
    rows = listened(numbered(0.3, 8000), ear, monkeypatch, 8000)
    assert len(rows) == 1
    assert ear.asked == [((1, 2400), 8000)]


@pytest.mark.parametrize(("rate", "known"), [(5512, 8000), (384_000, 192_000)])
def test_rates_that_the_network_does_not_know_are_brought_to_the_nearest(
    rate: int, known: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = ToldEar(lambda _second: CLEAN)
    listened(numbered(1.5, rate), ear, monkeypatch, rate)
    assert ear.asked == [((3, known), known)]


def test_without_weights_it_is_left_out_and_the_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(AudioArtifactDetector, "missing", lambda: "There are no weights.")
    specs, left_out = able((spec_of("hum"), DETECTORS[ID]))
    assert [spec.id for spec in specs] == ["hum"]
    assert left_out == {ID: "Audio artifacts was left out. There are no weights."}


def in_context(
    sound: Reals, ear: MeanEar, monkeypatch: pytest.MonkeyPatch, block: int
) -> list[Row]:
    monkeypatch.setattr(AudioArtifactDetector, "open_ear", ear.open)
    detector = AudioArtifactDetector(replace(audio(8000), channels=len(sound)))
    return rows_of(detector, sound_samples(sound, block, 8000))


def levels(sound: Reals, reach: int = 8) -> list[float]:
    """What `MeanEar` should say of one channel, from the whole of it."""
    starts = np.clip(np.arange(0, sound.shape[1], 4000) - 2000, 0, sound.shape[1] - 8000)
    level = np.array([np.abs(sound[0, at : at + 8000]).mean() for at in starts])
    heard = np.array([np.square(sound[0, at : at + 8000]).mean() for at in starts]) >= 1e-7
    near = [slice(max(row - reach, 0), row + reach + 1) for row in range(len(starts))]
    return [float(level[n][heard[n]].mean()) if heard[row] else 0.0 for row, n in enumerate(near)]


@pytest.mark.parametrize("length", [0.7, 3.0, 8.0, 9.2, 24.0, 31.7])
def test_rows_are_heard_among_those_around_however_sound_is_cut(
    length: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(3)
    sound = (rng.normal(size=(1, round(length * 8000))) * 0.1).astype(np.float32)
    sound *= np.repeat(rng.uniform(0.2, 2.0, 400), 640)[: sound.shape[1]].astype(np.float32)
    if length > 1:
        sound[:, round(1.2 * 8000) : round(2.8 * 8000)] = 0
    rows = in_context(sound, MeanEar(), monkeypatch, 1024)
    wanted = levels(sound) if length > 1 else [float(np.abs(sound).mean())] * 2
    assert column(rows, "hum") == pytest.approx(wanted, rel=1e-5)
    for block in (37, 8000, sound.shape[1]):
        assert in_context(sound, MeanEar(), monkeypatch, block) == rows


def test_batches_of_silence_are_context_too(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = np.full((1, 40 * 8000), 0.1, np.float32)
    sound[:, 8 * 8000 : 24 * 8000] = 0
    rows = in_context(sound, MeanEar(), monkeypatch, 4096)
    assert column(rows, "hum") == pytest.approx(levels(sound), rel=1e-5)
    silent = in_context(np.zeros((2, 20 * 8000), np.float32), MeanEar(), monkeypatch, 4096)
    assert {row.values for row in silent} == {(0.0,) * len(NAMES)}


def test_channels_are_one_in_context_where_they_are_the_same_all_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = numbered(20.0, 8000)
    other = one.copy()
    other[:, 17 * 8000 :] *= 2
    ear = MeanEar()
    rows = in_context(np.concatenate((one, one, other)), ear, monkeypatch, 4096)
    # The third differs from the first two in the last batch, which is context for the fourth.
    wanted = [(0, 8), (8, 16), (8, 16), (8, 16), (8, 16), (8, 16), (8, 16)]
    assert [asked[2:] for asked in ear.asked] == wanted
    alone = in_context(other, MeanEar(), monkeypatch, 4096)
    assert column(rows, "hum") == pytest.approx(column(alone, "hum"))


def test_a_jump_of_the_time_stamps_ends_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AudioArtifactDetector, "open_ear", MeanEar().open)
    quiet, loud = (np.full((1, 12 * 8000), level, np.float32) for level in (0.1, 0.4))
    detector = AudioArtifactDetector(audio(8000))
    samples = [
        *sound_samples(quiet, 4000, 8000),
        *(
            {"audio": replace(sample["audio"], pts=sample["audio"].pts + round(20 / TICK))}
            for sample in sound_samples(loud, 4000, 8000)
        ),
    ]
    rows = rows_of(detector, samples)
    assert column(rows, "hum") == pytest.approx([0.1] * 24 + [0.4] * 24)
    assert [row.pts * TICK for row in rows] == [
        *(i / 2 for i in range(24)),
        *(20 + i / 2 for i in range(24)),
    ]
