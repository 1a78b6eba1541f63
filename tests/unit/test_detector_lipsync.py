"""The lip sync detector: offset by time stamps, who speaks, and why nothing can be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest
from helpers.measure import RATE, rows_of, video
from helpers.talker import babble, face_picture, joined_samples, mouths, talking, use_stand_ins
from numpy.typing import NDArray

from core.catalog.rule_lipsync import LIPSYNC
from core.detectors.base import Row, Sample
from core.detectors.lipsync import LipSyncDetector
from core.detectors.lipsync.fragment import Reason
from core.simulate.kind import Picture

NAMES = [metric.name for metric in LIPSYNC.metrics]


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    use_stand_ins(monkeypatch)


def measured(
    samples: Sequence[Mapping[str, Sample]],
) -> tuple[list[Row], dict[str, NDArray[np.float64]]]:
    rows = rows_of(LipSyncDetector(video()), samples)
    table = np.array([row.values for row in rows]).reshape(len(rows), len(NAMES))
    return rows, {name: table[:, i] for i, name in enumerate(NAMES)}


def moved(sound: NDArray[np.float32], late_ms: int) -> NDArray[np.float32]:
    """The same sound later, or earlier below 0."""
    return np.roll(sound, round(late_ms * RATE / 1000), axis=1)


@pytest.mark.parametrize("late_ms", [-200, 0, 120])
def test_sound_that_is_moved_is_told_by_how_much_it_is_early(late_ms: int) -> None:
    sound = babble(6)
    _, found = measured(joined_samples(talking(sound), moved(sound, late_ms)))
    assert set(found["reason"]) == {Reason.JUDGED}
    np.testing.assert_allclose(found["offset_ms"], -late_ms, atol=20)
    np.testing.assert_allclose(found["face0_offset_ms"], found["offset_ms"])
    assert found["confidence"].min() > 0.5


def test_a_fragment_of_exactly_four_seconds_is_enough() -> None:
    sound = babble(4)
    pictures = talking(sound)
    assert len(pictures) == 100
    rows, found = measured(joined_samples(pictures, moved(sound, 160)))
    assert len(rows) == 20
    assert len(set(found["offset_ms"])) == 1
    assert found["offset_ms"][0] == pytest.approx(-160, abs=20)


@pytest.mark.parametrize(
    "rate", [Fraction(12), Fraction(24000, 1001), Fraction(30000, 1001), Fraction(50), Fraction(60)]
)
@pytest.mark.parametrize("start_s", [Fraction(0), Fraction(737, 500)])
def test_offsets_are_by_time_stamps_at_any_rate_and_start(
    rate: Fraction, start_s: Fraction
) -> None:
    sound = babble(5)
    times = [start_s + i / rate for i in range(int(rate * 5 - start_s * rate))]
    opened = mouths(sound)
    pictures = [
        face_picture([float(opened[min(int(t * 25 + Fraction(1, 2)), 124)])]) for t in times
    ]
    _, found = measured(joined_samples(pictures, moved(sound, 200), times))
    np.testing.assert_allclose(found["offset_ms"], -200, atol=25)


def test_pictures_of_uneven_length_are_placed_by_their_time_stamps() -> None:
    sound = babble(5)
    random = np.random.default_rng(1)
    ticks = np.cumsum(random.integers(20, 80, 120))
    times = [Fraction(int(tick), 1000) for tick in ticks if tick < 4900]
    opened = mouths(sound)
    pictures = [face_picture([float(opened[int(t * 25 + Fraction(1, 2))])]) for t in times]
    _, found = measured(joined_samples(pictures, moved(sound, -240), times))
    np.testing.assert_allclose(found["offset_ms"], 240, atol=25)


def test_of_two_faces_the_one_that_speaks_counts() -> None:
    sound = babble(5)
    opened = mouths(sound)
    other = mouths(babble(5, seed=9))
    pictures = [face_picture([float(b), float(a)]) for a, b in zip(opened, other, strict=True)]
    _, found = measured(joined_samples(pictures, moved(sound, 120)))
    assert set(found["faces"]) == {2}
    np.testing.assert_allclose(found["offset_ms"], -120, atol=20)
    assert (found["face0_track"] != found["face1_track"]).all()
    assert set(found["face2_track"]) == {-1}


def still(count: int, faces: int = 1, size: float = 1.0) -> list[Picture]:
    return [face_picture([0.3] * faces, size=size)] * count


def test_silence_is_no_speech_and_no_face_is_looked_for() -> None:
    _, found = measured(joined_samples(still(100), np.zeros((2, 4 * RATE), np.float32)))
    assert set(found["reason"]) == {Reason.NO_SPEECH}
    assert set(found["faces"]) == {0}


def test_a_title_without_sound_has_no_speech() -> None:
    _, found = measured(joined_samples(still(50), None))
    assert set(found["reason"]) == {Reason.NO_SPEECH}


def test_a_voice_without_a_face_is_not_judged() -> None:
    _, found = measured(joined_samples(still(100, faces=0), babble(4)))
    assert set(found["reason"]) == {Reason.NO_FACE}
    assert not found["offset_ms"].any()


def test_faces_too_small_to_read_are_no_usable_track() -> None:
    _, found = measured(joined_samples(still(100, size=0.2), babble(4)))
    assert set(found["reason"]) == {Reason.NO_TRACK}
    assert set(found["faces"]) == {1}


def test_a_face_that_does_not_speak_is_uncertain() -> None:
    sound = babble(5)
    _, found = measured(joined_samples(talking(babble(5, seed=8)), sound))
    assert set(found["reason"]) <= {Reason.UNCERTAIN, Reason.AT_LIMIT}


def test_boxes_are_where_the_face_is() -> None:
    sound = babble(4)
    _, found = measured(joined_samples(talking(sound), sound))
    middle = found["face0_x"] + found["face0_w"] / 2
    np.testing.assert_allclose(middle, 0.5, atol=0.02)
    np.testing.assert_allclose(found["face0_h"], 0.44, atol=0.03)


def test_a_cut_ends_tracks_and_begins_a_shot() -> None:
    sound = babble(8)
    pictures = talking(sound)
    flipped = [Picture(p.luma // 8, p.chroma) for p in still(1, faces=0)]
    pictures[90:110] = flipped * 20
    _, found = measured(joined_samples(pictures, sound))
    shots = found["shot"]
    assert list(np.unique(shots)) == [0, 18, 22]
    assert found["face0_track"][0] != found["face0_track"][-1]
    assert set(found["reason"][18:22]) == {Reason.NO_FACE}


@pytest.mark.parametrize("batch_s", [0.02, 0.5, 60.0])
def test_sound_in_pieces_of_any_size_gives_the_same_rows(batch_s: float) -> None:
    sound = babble(5)
    usual, _ = measured(joined_samples(talking(sound), sound))
    found, _ = measured(joined_samples(talking(sound), sound, batch_s=batch_s))
    assert found == usual


def test_pieces_of_a_title_have_the_rows_of_the_whole() -> None:
    sound = babble(24)
    samples = joined_samples(talking(sound), moved(sound, 80))
    whole, _ = measured(samples)
    begin_s = 2 + LIPSYNC.warmup_s
    # A piece is given the sound from its beginning on.
    rest = [dict(views) for views in samples[50:]]
    first = 2 * RATE
    late = moved(sound, 80)[:, first : 12 * RATE]
    rest[0]["audio"] = Sample(2 * 90_000, rest[0]["luma"].base, late, rate=RATE)
    piece, _ = measured(rest)
    wanted = [row for row in whole if row.pts >= begin_s * 90_000]
    assert wanted
    names = [i for i, name in enumerate(NAMES) if not name.endswith("_track")]
    found = [row for row in piece if row.pts >= begin_s * 90_000]
    assert [row.pts for row in found] == [row.pts for row in wanted]
    for mine, theirs in zip(found, wanted, strict=True):
        assert [mine.values[i] for i in names] == [theirs.values[i] for i in names]
