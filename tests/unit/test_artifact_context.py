"""What lasts around a second, and the head that hears it among those around."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers.soundscape import talk
from numpy.typing import NDArray

from core.domain.errors import BugError
from core.models.artifact_context import SAID, Context
from core.models.artifact_feature import FEATURES, LINE_HZ, features_of
from core.models.artifact_lasting import HEARD, JOINT, LASTING, REACH, Rows
from core.models.audio_artifact import AudioArtifactNet

RATE = 16_000
Floats = NDArray[np.float32]


def seconds_of(sound: Floats) -> Floats:
    return np.stack([sound[at : at + RATE] for at in range(0, len(sound) - RATE + 1, RATE // 2)])


def around(sound: Floats, row: int, heard: list[int] | None = None) -> dict[str, Floats]:
    seconds = seconds_of(sound)
    mask = np.ones(len(seconds), np.bool_)
    if heard is not None:
        mask[:] = False
        mask[heard] = True
    return Rows(features_of(seconds, RATE, HEARD), mask).around(row)


def voice(length_s: float) -> Floats:
    return np.asarray(talk(length_s * RATE / 48_000, 1)[0], np.float32)[: round(length_s * RATE)]


def line(length_s: float, from_s: float, end_s: float, level: float) -> Floats:
    at = np.arange(round(length_s * RATE)) / RATE
    on = (at >= from_s) & (at < end_s)
    wave = sum(np.sin(2 * np.pi * 50.25 * k * at + k) / k for k in range(1, 9))
    return np.asarray(level * on * wave, np.float32)


def lines_of(found: dict[str, Floats]) -> Floats:
    """The four kinds of lines at the pitch, mean over the first harmonics."""
    lines = found["lasting_lines"].reshape(4, FEATURES["lines"][0], -1)
    return np.asarray(lines[:, :6, LINE_HZ == 50.25].mean(axis=(1, 2)))


def test_shapes_and_numbers() -> None:
    found = around(voice(9.0), 8)
    assert {name: values.shape for name, values in found.items()} == LASTING
    assert all(np.isfinite(values).all() for values in found.values())


def test_what_stays_lasts_and_what_goes_does_not() -> None:
    sound = voice(9.0)
    stays = lines_of(around(sound + line(9.0, 0.0, 9.0, 0.02), 8))
    goes = lines_of(around(sound + line(9.0, 3.5, 6.0, 0.02), 8))
    without = lines_of(around(sound, 8))
    assert (stays > without + 0.3).all()
    # A note is over before four rows in five have it.
    assert (goes[:2] < stays[:2] - 0.3).all()


def test_what_begins_here_lasts_behind() -> None:
    sound = voice(9.0) + line(9.0, 4.0, 9.0, 0.02)
    both, behind = lines_of(around(sound, 8))[:2]
    assert behind > both + 0.3


def test_the_floor_of_pauses_is_told_over_the_own_level() -> None:
    sound = voice(9.0)
    hiss = np.random.default_rng(1).standard_normal(len(sound)).astype(np.float32) * 0.003
    quiet, noisy = (around(s, 8)["lasting_floor"][0, 8:28].mean() for s in (sound, sound + hiss))
    assert noisy > quiet + 0.1


def test_nothing_beyond_its_reach_counts_and_nothing_unheard() -> None:
    sound = voice(14.0)
    far = sound.copy()
    row = 12
    far[: round((row - REACH) / 2 * RATE)] = 0.3
    far[round(((row + REACH) / 2 + 1) * RATE) :] = -0.3
    for name, values in around(sound, row).items():
        np.testing.assert_array_equal(values, around(far, row)[name])
    near = [row - 1, row, row + 2]
    odd = sound.copy()
    odd[round((row / 2 + 2.2) * RATE) :] = 0.5
    for name, values in around(sound, row, near).items():
        np.testing.assert_array_equal(values, around(odd, row, near)[name])


def given(rows: int, seed: int) -> tuple[torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]:
    generator = torch.Generator().manual_seed(seed)
    lasts = {n: torch.randn(1, rows, *shape, generator=generator) for n, shape in LASTING.items()}
    said = torch.randn(1, rows, SAID, generator=generator)
    return said, torch.randn(1, rows, JOINT, generator=generator), lasts


def learned() -> Context:
    torch.manual_seed(4)
    context = Context().eval()
    with torch.no_grad():
        context.correction.weight.normal_(0, 0.3)
    return context


def test_at_first_it_says_what_the_network_says() -> None:
    said, joint, lasts = given(5, 1)
    classes, artifacts = Context().eval()(said, joint, lasts, torch.ones(1, 5))
    torch.testing.assert_close(torch.cat([classes, artifacts], dim=2), said)


def test_a_row_depends_on_those_around_it_and_on_no_other() -> None:
    context, rows, row = learned(), 30, 14
    said, joint, lasts = given(rows, 1)
    other = given(rows, 2)
    near = torch.zeros(rows, dtype=torch.bool)
    near[row - REACH : row + REACH + 1] = True
    mixed = torch.where(near[:, None], said, other[0])
    mixed_joint = torch.where(near[:, None], joint, other[1])
    heard = torch.ones(1, rows)
    with torch.no_grad():
        whole = context(said, joint, lasts, heard)[0][0, row]
        same = context(mixed, mixed_joint, lasts, heard)[0][0, row]
        changed = context(other[0], joint, lasts, heard)[0][0, row] - other[0][0, row, :5]
    torch.testing.assert_close(whole, same)
    assert float((whole - said[0, row, :5] - changed).abs().max()) > 1e-3


def test_rows_that_were_not_heard_are_left_out_as_if_the_sound_ended() -> None:
    context = learned()
    said, joint, lasts = given(12, 1)
    heard = torch.ones(1, 12)
    heard[0, 8:] = 0
    with torch.no_grad():
        masked = context(said, joint, lasts, heard)[1][0, :8]
        ends = context(
            said[:, :8], joint[:, :8], {n: v[:, :8] for n, v in lasts.items()}, heard[:, :8]
        )[1][0]
    torch.testing.assert_close(masked, ends)


def test_only_a_wide_network_hears_in_context() -> None:
    assert AudioArtifactNet("none", True, True, True).options["context"] == "yes"
    with pytest.raises(BugError):
        AudioArtifactNet("none", True, False, True)
