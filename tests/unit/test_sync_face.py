"""Faces between two rows: in a straight line within a track, and never over a cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from helpers.lip_track import lip_track

from core.domain.track import Track
from gui.sync.face import Faces


def moving() -> Track:
    """A face that moves right by a tenth of the picture a row; another one from row 5 on."""
    track = lip_track(2.0, 80.0)
    metrics = dict(track.metrics)
    metrics["face0_x"] = (0.1 * np.arange(10)).astype(np.float32)
    metrics["face0_track"] = np.array([0] * 5 + [1] * 5, np.float32)
    metrics["shot"] = np.array([0] * 5 + [1] * 5, np.float32)
    return replace(track, metrics=metrics)


@pytest.mark.parametrize(("at_s", "left"), [(0.0, 0.0), (0.05, 0.025), (0.1, 0.05), (0.2, 0.1)])
def test_a_face_moves_in_a_straight_line_between_rows(at_s: float, left: float) -> None:
    (face,) = Faces(moving()).at(at_s)
    assert face.left == pytest.approx(left, abs=1e-6)
    assert (face.offset_ms, face.track) == (80.0, 0)


def test_where_a_track_ends_only_the_frame_that_was_looked_at_shows_it() -> None:
    faces = Faces(moving())
    assert [face.left for face in faces.at(0.8)] == pytest.approx([0.4])
    assert faces.at(0.84) == faces.at(0.96) == ()
    assert [face.track for face in faces.at(1.0)] == [1]


def test_the_same_number_in_another_shot_is_another_face() -> None:
    track = moving()
    same = {**track.metrics, "face0_track": np.zeros(10, np.float32)}
    assert Faces(replace(track, metrics=same)).at(0.9) == ()


def test_before_and_after_what_was_measured_there_is_none() -> None:
    faces = Faces(moving())
    assert faces.at(-0.01) == faces.at(2.0) == faces.at(9.0) == ()
