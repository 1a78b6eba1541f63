"""The towers of lip sync answer in step with what they are given, however it is cut up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.domain.errors import BugError, KnownError
from core.models.sync_calibration import FEATURES
from core.models.sync_runtime import (
    AT_A_TIME,
    CROP_PX,
    SyncRuntime,
    calibration_of,
    load_net,
    open_sync_runtime,
)
from core.models.sync_sound import BANDS, sync_bands
from core.models.weights import Weights, find


@pytest.fixture(scope="module")
def runtime() -> SyncRuntime:
    return open_sync_runtime()


def faces(count: int) -> np.ndarray:
    random = np.random.default_rng(3)
    return random.integers(0, 256, (count, CROP_PX, CROP_PX), dtype=np.uint8)


def sound(seconds: float, rate: int, seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=round(seconds * rate))
    return (0.1 * noise).astype(np.float32)


def with_options(weights: Weights, **options: str) -> Weights:
    card = replace(weights.card, options={**weights.card.options, **options})
    return replace(weights, card=card)


def test_both_towers_give_a_row_of_one_width_every_40_ms(runtime: SyncRuntime) -> None:
    seen, heard = runtime.see(faces(7)), runtime.hear(sound(1.0, 48_000), 48_000)
    assert len(seen) == 7
    assert len(heard) == 25
    assert seen.shape[1] == heard.shape[1]
    assert seen.dtype == heard.dtype == np.float32


def test_the_graphs_answer_as_the_network_does(runtime: SyncRuntime) -> None:
    import torch

    crops = faces(AT_A_TIME + 10)
    with torch.no_grad():
        rows = load_net(runtime.weights).see(torch.from_numpy(crops)).numpy()
    # Longer than what is shown at once: the seams must not show.
    assert np.abs(runtime.see(crops) - rows).max() < 2e-3 * np.abs(rows).max()


def test_a_sound_that_comes_later_is_heard_later(runtime: SyncRuntime) -> None:
    loudness = np.repeat([0.0, 1.0, 0.1, 1.0], 8000)
    clip = (sound(2.0, 16_000) * loudness).astype(np.float32)
    late = np.concatenate([np.zeros(640 * 5, np.float32), clip])
    first, second = runtime.hear(clip, 16_000), runtime.hear(late, 16_000)
    assert np.abs(second[20:45] - first[15:40]).max() < 0.2 * np.abs(first).max()


def test_the_level_of_the_sound_and_its_rate_hardly_matter() -> None:
    clip = sound(2.0, 16_000)
    assert (
        np.abs(sync_bands(clip, 16_000) - sync_bands((clip / 20).astype(np.float32), 16_000)).max()
        < 0.1
    )
    assert sync_bands(sound(1.0, 44_100), 44_100).shape == (100, BANDS)


def test_silence_stays_silent(runtime: SyncRuntime) -> None:
    assert np.ptp(runtime.hear(np.zeros(16_000, np.float32), 16_000), axis=0).max() < 1e-4


def test_nothing_gives_no_rows(runtime: SyncRuntime) -> None:
    assert len(runtime.see(faces(0))) == 0
    assert len(runtime.hear(np.zeros(100, np.float32), 16_000)) == 0


def test_other_shapes_are_refused(runtime: SyncRuntime) -> None:
    with pytest.raises(BugError):
        runtime.see(np.zeros((3, 64, 64), np.uint8))
    with pytest.raises(BugError):
        runtime.hear(np.zeros((2, 100), np.float32), 16_000)


def test_weights_of_another_detector_are_refused() -> None:
    with pytest.raises(KnownError, match="not for lip sync"):
        open_sync_runtime("audio_artifact")


def test_a_card_without_its_options_is_refused() -> None:
    weights = find("lipsync")
    with pytest.raises(KnownError, match="not known here"):
        load_net(with_options(weights, width="wide"))
    with pytest.raises(KnownError, match="calibration"):
        calibration_of(with_options(weights, calibration="1 2 x"))


def test_weights_that_nobody_calibrated_are_met_with_care() -> None:
    weights = find("lipsync")
    assert len(calibration_of(weights).weights) == len(FEATURES)
    shy = calibration_of(with_options(weights, calibration=""))
    assert shy.probability(np.array([1.0, 0.1, 0.1, 0.02, 0.0, 0.0, 0.0])) < 0.2
