"""Whatever a second holds, its features are numbers of a size that float16 keeps."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.artifact_feature import FEATURES, features_of

RATES = (8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000)
ODD = np.array([0, 0, 1, -1, 0.5, 1e-7, -1e-20, 1e30, -3e38, np.nan, np.inf, -np.inf], np.float32)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    rate=st.sampled_from(RATES),
    share=st.sampled_from([0.0, 0.001, 0.3, 1.0]),
    kind=st.sampled_from(["none", "some", "steps", "tone", "constant", "faint", "one"]),
    level=st.floats(-160, 100),
    length=st.floats(0, 1),
)
def test_any_second_gives_finite_numbers_within_eight(
    seed: int, rate: int, share: float, kind: str, level: float, length: float
) -> None:
    random = np.random.default_rng(seed)
    samples = round(rate * length)
    at = np.arange(samples)
    made = {
        "none": np.zeros(samples),
        "some": random.standard_normal(samples),
        "steps": np.sign(random.standard_normal(samples)).cumsum() % 3,
        "tone": np.sin(at * random.uniform(0, np.pi)),
        "constant": np.ones(samples),
        "faint": np.round(random.standard_normal(samples)) / 2**15,
        "one": at == samples // 2,
    }[kind] * 10 ** (level / 20)
    second = made.astype(np.float32)
    if kind != "none" or share < 1:
        odd = random.random(samples) < share * (random.random() < 0.5)
        second[odd] = random.choice(ODD, int(odd.sum()))
    for name, values in features_of(second[None], rate).items():
        assert values.shape == (1, *FEATURES[name])
        assert np.isfinite(values).all(), name
        assert np.abs(values).max() <= 8, name
