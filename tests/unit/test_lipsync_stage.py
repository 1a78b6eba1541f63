"""The stages of lip sync by themselves: grid, shots, faces, tracks, sound and fragments."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch
from helpers.assets import asset
from helpers.measure import RATE, TICK
from helpers.talker import BrightFaces, JumpShots, as_planes, face_picture
from helpers.voice import spoken
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.detectors.base import Sample
from core.detectors.lipsync.face import EVERY, Face, faces_of
from core.detectors.lipsync.fragment import FaceEstimate, Reason, aggregate, window
from core.detectors.lipsync.grid import RATE as PLACES
from core.detectors.lipsync.grid import Grid
from core.detectors.lipsync.shot import ShotFinder
from core.detectors.lipsync.speech import VOICE_RATE, SileroVoice, SoundLine
from core.detectors.lipsync.still import Stills
from core.detectors.lipsync.track import FaceTrack, tracks_of
from core.domain.title import VideoStream
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.models.color_likeness import color_likeness
from core.models.face_finder import face_finder
from core.models.one_thread import one_thread
from core.models.shot_runtime import load_net, shot_runtime, shot_weights

Bytes = NDArray[np.uint8]


# --- Grid


def placed(times_s: list[Fraction]) -> list[tuple[int, Fraction, float]]:
    grid: Grid[Fraction] = Grid()
    found = [p for at_s in times_s for p in grid.take(at_s, at_s)] + grid.flush()
    return [(p.place, p.picture, p.after_s) for p in found]


@given(
    start_ms=st.integers(-5000, 10**7),
    steps_ms=st.lists(st.integers(5, 400), min_size=1, max_size=40),
)
def test_every_place_takes_the_picture_nearest_to_it(start_ms: int, steps_ms: list[int]) -> None:
    ticks = np.cumsum([start_ms, *steps_ms])
    times = [Fraction(int(tick), 1000) for tick in ticks]
    found = placed(times)
    places = [place for place, _, _ in found]
    assert places == list(range(places[0], places[0] + len(places)))
    for place, at_s, after_s in found:
        apart = abs(at_s - Fraction(place, PLACES))
        assert apart == min(abs(other - Fraction(place, PLACES)) for other in times)
        assert after_s == pytest.approx(float(at_s - Fraction(place, PLACES)))


@pytest.mark.parametrize("rate", [Fraction(12), Fraction(24000, 1001), Fraction(50), Fraction(60)])
def test_pictures_of_any_rate_are_on_average_neither_early_nor_late(rate: Fraction) -> None:
    found = placed([i / rate for i in range(int(rate * 20))])
    assert len(found) == pytest.approx(500, abs=2)
    assert np.mean([after_s for _, _, after_s in found]) == pytest.approx(0, abs=0.004)


def test_twenty_five_a_second_pass_unchanged_also_from_a_start_of_their_own() -> None:
    times = [Fraction(7, 5) + Fraction(i, 25) for i in range(100)]
    assert placed(times) == [(35 + i, at_s, 0.0) for i, at_s in enumerate(times)]


def test_a_gap_is_not_filled_for_longer_than_a_second_at_either_end() -> None:
    found = placed([Fraction(0), Fraction(1, 25), Fraction(100)])
    places = [place for place, _, _ in found]
    assert places[:2] == [0, 1]
    assert len(places) <= 2 + 2 * 25 + 1
    assert places[-1] == 2500


# --- Shots


def thumbs(*lengths: int) -> list[Bytes]:
    """Shots of noise of colours of their own, each picture a little other than that before."""
    random = np.random.default_rng(4)
    shots = []
    for number, length in enumerate(lengths):
        scene = random.integers(0, 120, (27, 48, 3)) + 120 * np.array(
            [number % 2, 0, 1 - number % 2]
        )
        shots += [
            np.clip(scene + random.integers(-4, 5, scene.shape), 0, 255).astype(np.uint8)
            for _ in range(length)
        ]
    return shots


def starts_of(finder: ShotFinder, pictures: list[Bytes], first: int = 0) -> list[int]:
    for i, picture in enumerate(pictures):
        finder.take(first + i, picture, True)
    finder.flush()
    return finder.starts(first, first + len(pictures))


class PlainShots:
    """The network in torch: nothing is to be written as a graph for a few windows."""

    def __init__(self) -> None:
        self._net = load_net(shot_weights())

    def ends(self, pictures: Bytes) -> NDArray[np.float32]:
        given = torch.from_numpy(pictures)[None].float()
        alike = torch.from_numpy(color_likeness(pictures))[None]
        with one_thread(), torch.inference_mode():
            return np.asarray(self._net(given, alike).numpy())


def test_the_network_finds_cuts_wherever_the_grid_begins() -> None:
    assert starts_of(ShotFinder(PlainShots), thumbs(40, 45), 37) == [77]


@pytest.mark.slow
def test_the_graph_of_shots_answers_as_the_network_does() -> None:
    pictures = np.stack(thumbs(60, 40))
    np.testing.assert_allclose(
        shot_runtime().ends(pictures), PlainShots().ends(pictures), atol=1e-4
    )


def test_the_network_is_not_asked_where_nothing_changes() -> None:
    network = JumpShots()
    assert starts_of(ShotFinder(lambda: network), thumbs(300)) == []
    assert network.asked == 0


def test_shots_are_not_looked_for_where_nobody_wants_them() -> None:
    finder = ShotFinder(JumpShots)
    for i, picture in enumerate(thumbs(60, 60)):
        finder.take(i, picture, False)
    finder.flush()
    assert finder.starts(0, 200) == []


# --- Faces


def test_faces_are_told_in_shares_the_largest_first() -> None:
    rgb = np.zeros((100, 200, 3), np.uint8)
    rgb[10:20, 20:30], rgb[40:80, 100:140] = 255, 255
    large, small = faces_of(BrightFaces(), rgb)
    assert (large.x, large.y, large.width, large.height) == (0.5, 0.4, 0.2, 0.4)
    assert (small.x, small.y) == (0.1, 0.1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pictures_are_as_displayed(rotation: int) -> None:
    stream = VideoStream(0, "h264", TICK, width=320, height=180, rotation=rotation)
    views = as_planes(face_picture([0.2, 0.2]))
    small, grey = Stills(stream).small(views), Stills(stream).grey(views)
    upright = (180, 320) if rotation % 180 == 0 else (320, 180)
    assert small.shape[:2] == upright
    assert grey.shape == upright
    assert Stills(stream).thumb(views).shape == (27, 48, 3)


def test_squeezed_pixels_are_made_square() -> None:
    stream = VideoStream(0, "h264", TICK, width=320, height=180, pixel_aspect=Fraction(4, 3))
    assert Stills(stream).grey(as_planes(face_picture([0.2]))).shape == (135, 320)


def test_the_network_finds_no_face_in_nothing_and_the_one_of_a_real_picture() -> None:
    assert face_finder().find(np.full((90, 160, 3), 90, np.uint8)) == []
    title = probe(asset("media/talk/grid_bbaf2n.mpg"))
    frame = next(i for i in DecodePass(title, title.video[0], ()) if isinstance(i, VideoFrame))
    (found,) = faces_of(face_finder(), frame.rgb())
    assert 0.3 < found.x + found.width / 2 < 0.6
    assert found.score > 0.7


# --- Tracks


def face(x: float, y: float = 0.3) -> Face:
    return Face(x, y, 0.2, 0.3)


def looks_of(xs: dict[int, list[float]]) -> dict[int, list[Face]]:
    return {place * EVERY: [face(x) for x in found] for place, found in xs.items()}


def ends(tracks: list[FaceTrack]) -> list[tuple[int, int]]:
    return [(track.first, track.last) for track in tracks]


def test_a_face_that_moves_is_one_track_in_a_straight_line() -> None:
    looks = looks_of({i: [0.1 + 0.04 * i] for i in range(10)})
    (track,) = tracks_of(looks, [], 0, 100)
    assert ends([track]) == [(0, 100)]
    np.testing.assert_allclose(track.boxes[:91, 0], np.linspace(0.1, 0.46, 91), atol=1e-9)


def test_faces_that_cross_keep_their_tracks() -> None:
    looks = {
        i * EVERY: sorted([face(0.1 + 0.05 * i), face(0.7 - 0.05 * i, 0.38)], key=lambda f: f.x)
        for i in range(12)
    }
    one, other = tracks_of(looks, [], 0, 120)
    assert {round(float(one.boxes[0, 1]), 2), round(float(other.boxes[0, 1]), 2)} == {0.3, 0.38}
    for track in (one, other):
        assert np.ptp(track.boxes[:, 1]) == 0


def test_a_face_that_is_missed_twice_is_bridged_and_one_missed_for_long_is_not() -> None:
    (bridged,) = tracks_of(looks_of({0: [0.3], 1: [], 2: [], 3: [0.3]}), [], 0, 40)
    assert ends([bridged]) == [(0, 40)]
    apart = tracks_of(looks_of({0: [0.3], **{i: [] for i in range(1, 6)}, 6: [0.3]}), [], 0, 70)
    assert ends(apart) == [(0, 10), (60, 70)]


def test_tracks_end_at_shots() -> None:
    looks = looks_of({i: [0.3] for i in range(10)})
    assert ends(tracks_of(looks, [43], 0, 100)) == [(0, 43), (43, 100)]


# --- Sound


def line_of(sound: NDArray[np.float32], cut: int, start_s: Fraction = Fraction(0)) -> SoundLine:
    line = SoundLine()
    for first in range(0, sound.shape[1], cut):
        pts = round((start_s + Fraction(first, RATE)) / TICK)
        line.take(Sample(pts, TICK, sound[:, first : first + cut], rate=RATE))
    return line


def test_sound_is_the_same_in_any_pieces_and_after_forgetting() -> None:
    sound = spoken(8, [(1, 7)])
    whole = line_of(sound, sound.shape[1]).at(4, 6)
    assert whole.shape == (2 * VOICE_RATE,)
    np.testing.assert_array_equal(line_of(sound, 1999).at(4, 6), whole)
    line = line_of(sound, 4800)
    line.forget(4)
    np.testing.assert_array_equal(line.at(4, 6), whole)


def test_sound_lies_where_its_time_stamps_say_and_gaps_are_silent() -> None:
    line = SoundLine()
    click = np.zeros((1, RATE), np.float32)
    click[0, RATE // 2] = 1
    for start in (2, 5):
        line.take(Sample(round(start / TICK), TICK, click, rate=RATE))
    made = line.at(0, 7)
    loud = np.flatnonzero(made > 0.1)
    assert set(np.round(loud / VOICE_RATE, 2)) == {2.5, 5.5}
    assert not made[: 2 * VOICE_RATE - 20].any()


def test_speech_is_heard_where_it_is() -> None:
    line = line_of(spoken(8, [(2.0, 5.0)]), 4800)
    speaks = SileroVoice().speaks(line.at(0, 8)) > 0.5
    assert speaks.shape == (200,)
    assert speaks[60:120].mean() > 0.8
    assert speaks[:40].sum() == speaks[150:].sum() == 0


# --- Fragments


@pytest.mark.parametrize(
    ("place", "bounds", "expected"),
    [
        (200, (0, 1000), (150, 250)),
        (3, (0, 1000), (0, 100)),
        (990, (0, 1000), (900, 1000)),
        (50, (0, 100), (0, 100)),
        (70, (60, 90), (60, 90)),
    ],
)
def test_a_fragment_lies_around_its_place_within_the_track(
    place: int, bounds: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert window(place, *bounds) == expected


def said(offset_ms: float, confidence: float, at_limit: bool = False) -> FaceEstimate:
    return FaceEstimate(offset_ms, confidence, 3.0, at_limit)


@pytest.mark.parametrize(
    ("faces", "tracks", "speech_s", "estimates", "reason"),
    [
        (1, 1, 0.0, [said(0, 0.9)], Reason.NO_SPEECH),
        (0, 0, 3.0, [], Reason.NO_FACE),
        (2, 0, 3.0, [], Reason.NO_TRACK),
        (1, 1, 3.0, [], Reason.NO_SPEECH),
        (2, 2, 3.0, [said(0, 0.8), said(200, 0.7)], Reason.TIE),
        (1, 1, 3.0, [said(800, 0.0, True)], Reason.AT_LIMIT),
        (1, 1, 3.0, [said(80, 0.1)], Reason.UNCERTAIN),
        (2, 2, 3.0, [said(0, 0.8), said(40, 0.7)], Reason.JUDGED),
        (2, 2, 3.0, [said(-600, 0.2), said(40, 0.7)], Reason.JUDGED),
    ],
)
def test_why_a_fragment_is_not_judged(
    faces: int, tracks: int, speech_s: float, estimates: list[FaceEstimate], reason: Reason
) -> None:
    assert aggregate(faces, tracks, speech_s, estimates).reason is reason


def test_of_several_faces_the_surest_counts() -> None:
    found = aggregate(2, 2, 3.0, [said(-600, 0.2), said(40, 0.7)])
    assert (found.offset_ms, found.confidence, found.evidence_s) == (40, 0.7, 3.0)
