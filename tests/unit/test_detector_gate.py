"""Which frames the network is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pytest
from helpers.scenery import moving_planes, still_planes
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.analysis.view import PictureViews
from core.catalog.table import spec_of
from core.detectors.base import Sample
from core.detectors.gate import Gate
from core.domain.media import DecodeEvent, DecodeFault

BASE = Fraction(1, 90_000)
Plane = NDArray[np.uint8]
Clear: Callable[[int], float] = lambda _frame: 0.0  # noqa: E731


class Planes:
    depth = 8

    def __init__(self, plane: Plane) -> None:
        self._plane = plane

    def luma(self) -> Plane:
        return self._plane

    def chroma(self) -> None:
        return None

    def rgb_stored(self) -> Plane:
        raise AssertionError("the gate looks at no colours")


def picked(
    planes: Sequence[Plane],
    answer: Callable[[int], float] = Clear,
    *,
    rate: Fraction = Fraction(25),
    broken: Sequence[int] = (),
    begin: int = 0,
    fault: DecodeFault = DecodeFault.CORRUPT_FRAME,
) -> list[int]:
    """The frames that a gate picks of those from `begin` on, given what the network answers."""
    gate, found = Gate(), []
    views = PictureViews(["luma/8"])
    for i in range(begin, len(planes)):
        pts = int(i / rate / BASE)
        events = (DecodeEvent(0, pts, BASE, fault),) if i in broken else ()
        small, depth = views.of(Planes(planes[i]))["luma/8"]
        given_ = {
            "events": Sample(pts, BASE, None, events=events),
            "luma/8": Sample(pts, BASE, small, depth=depth),
        }
        if gate.wants(given_):
            found.append(i)
            gate.told(answer(i))
    return found


def with_blocks(planes: Sequence[Plane], first: int, last: int) -> list[Plane]:
    """Grey blocks in a corner of some frames."""
    out = [plane.copy() for plane in planes]
    for plane in out[first : last + 1]:
        plane[48:112, 64:160] = 235
    return out


def test_a_still_scene_is_looked_at_twice_a_second() -> None:
    assert picked(still_planes(50, 1.5)) == [0, 13, 25, 38]


def test_an_even_camera_move_is_looked_at_twice_a_second() -> None:
    assert picked(moving_planes(50)) == [0, 13, 25, 38]


@pytest.mark.parametrize("plain", [still_planes, moving_planes])
def test_a_single_frame_with_wrong_blocks_is_looked_at(
    plain: Callable[..., list[Plane]],
) -> None:
    planes = plain(50, 1.5) if plain is still_planes else plain(50)
    assert 20 in picked(with_blocks(planes, 20, 20))


def test_a_cut_is_looked_at() -> None:
    assert 19 in picked([*moving_planes(19), *moving_planes(31, seed=9)])


def test_a_frame_that_the_decoder_calls_damaged_is_looked_at() -> None:
    assert set(picked(still_planes(50, 1.5), broken=[8])) >= {8, 11}


def test_faults_of_time_stamps_are_no_reason_to_look() -> None:
    planes = still_planes(25, 1.5)
    assert picked(planes, broken=[8], fault=DecodeFault.GAP) == picked(planes)


@pytest.mark.parametrize(("rate", "step"), [(25, 3), (30, 3), (50, 5), (60, 6), (8, 1)])
def test_after_a_find_the_following_frames_are_looked_at(rate: int, step: int) -> None:
    planes = still_planes(rate, 1.5)
    found = picked(planes, lambda i: 0.9 if i < step else 0.1, rate=Fraction(rate))
    assert [i for i in found if i < rate // 2] == [0, step, 2 * step]


def test_a_low_probability_is_reason_enough_to_follow() -> None:
    found = picked(still_planes(12, 1.5), lambda i: 0.3 if i == 0 else 0.0)
    assert found == [0, 3, 6]


def test_the_look_of_each_half_second_ends_what_was_followed() -> None:
    found = picked(still_planes(25, 1.5), lambda i: 0.0 if i >= 13 else 0.9)
    assert found == [0, 3, 6, 9, 12, 13]


def test_every_frame_is_picked_when_asked_for() -> None:
    gate = Gate(every_frame=True)
    assert all(gate.wants({}) for _ in range(9))


@given(begin=st.integers(0, 70), seed=st.integers(0, 3), damaged=st.integers(0, 80))
@settings(max_examples=40)
def test_a_piece_picks_the_same_frames_as_the_whole(begin: int, seed: int, damaged: int) -> None:
    planes = with_blocks([*moving_planes(47, seed), *still_planes(53, 3.0, seed)], damaged, 85)
    answers = np.random.default_rng(seed).random(100) ** 3

    def answer(frame: int) -> float:
        return float(answers[frame]) if frame < damaged else 0.8

    broken = [4, 31, 32, 77]
    whole = picked(planes, answer, broken=broken)
    warmup = spec_of("block_corruption").warmup
    piece = picked(planes, answer, broken=broken, begin=max(begin - warmup, 0))
    assert [i for i in piece if i >= begin] == [i for i in whole if i >= begin]
