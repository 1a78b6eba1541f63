"""Which seconds the network is asked about, and what becomes of its answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.ear import Reals, ToldEar
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
    rows = listened(numbered(24.0, 8000, 3), ear, monkeypatch, 8000)
    assert sum(shape[0] for shape, _ in ear.asked) == 3 * len(rows) == 3 * 48
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
