"""The four artifacts, every way of making them, and how they are dosed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.learning.audio_artifact.click import CLICKS, with_clicks
from core.learning.audio_artifact.distort import DISTORTIONS, distorted
from core.learning.audio_artifact.noise import HISSES, HUMS, hiss_wave, hum_wave
from core.models.artifact_feature import ARTIFACTS

__all__ = ["ARTIFACTS", "GENERATORS", "ORDER", "Dose", "Made", "make", "shown_db"]

Sound = NDArray[np.float32]
Wave = NDArray[np.float64]
Rng = np.random.Generator

GENERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"hum": tuple(HUMS), "hiss": tuple(HISSES), "distortion": DISTORTIONS, "clicks": CLICKS}
)
"""Ways of making each artifact."""

ORDER = ("hum", "hiss", "distortion", "clicks")
"""In which several come into a recording."""

_FRAME_S: Mapping[str, float] = MappingProxyType(
    {"hum": 0.25, "hiss": 0.04, "distortion": 0.02, "clicks": 0.003}
)
_TELLING: Mapping[str, float] = MappingProxyType(
    {"hum": 0.99, "hiss": 0.99, "distortion": 0.99, "clicks": 0.998}
)
_HUM_HZ = (40.0, 500.0)
_MOST_DB = 60.0
_FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Dose:
    """What is asked for.

    Attributes:
        artifact: One of `ARTIFACTS`.
        generator: One of its `GENERATORS`.
        amount: Hum and hiss: SNR in dB; clicks: height in dB; distortion: share of samples, or bits
            a second of coding.
        count: Clicks a second; else 0.
        varied: Made in more ways than the examination asks for; see `variety`.
    """

    artifact: str
    generator: str
    amount: float
    count: int = 0
    varied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A second with an artifact.

    Attributes:
        sound: Shape (n,), float64; may pass full scale.
        amount: What came out, in the unit of the dose.
        count: Clicks; else 0.
        at_full_scale: It has to be turned up until its peak is at full scale.
        at: Which samples it is at, shape (n,): those beyond a ceiling, or where clicks begin; None
            where it is at all of them.
    """

    sound: Wave
    amount: float
    count: int = 0
    at_full_scale: bool = False
    at: NDArray[np.bool_] | None = None


def make(dose: Dose, before: Sound, level: float, rate: int, rng: Rng) -> Made | None:
    """Put an artifact into a second of one channel.

    Args:
        dose: What, made how, how much.
        before: Shape (n,).
        level: RMS of the clean second, which hum and hiss are dosed by.
        rate: Samples a second.
        rng: Decides the rest.

    Returns:
        The second, or None where the dose cannot be had of this one.
    """
    if dose.artifact in ("hum", "hiss"):
        wave_of = hum_wave if dose.artifact == "hum" else hiss_wave
        wave = wave_of(dose.generator, len(before), rate, rng, dose.varied)
        if level <= 0.0 or not wave.any():
            return None
        return Made(before + level * 10.0 ** (-dose.amount / 20.0) * wave, dose.amount)
    if dose.artifact == "distortion":
        bent = distorted(dose.generator, before, rate, dose.amount, rng, dose.varied)
        if bent is None:
            return None
        share = dose.amount if dose.generator == "codec" else bent.share
        return Made(bent.sound, share, 0, bent.at_full_scale, bent.beyond)
    clicked = with_clicks(dose.generator, before, rate, dose.count, dose.amount, rng, dose.varied)
    if clicked is None:
        return None
    at = np.zeros(len(before), np.bool_)
    at[list(clicked.places)] = True
    return Made(clicked.sound, clicked.height_db, clicked.clicks, at=at)


def shown_db(artifact: str, before: Sound, after: Wave, rate: int) -> float:
    """How far an artifact shows in the short-time spectrum.

    The power of what was added over the power of what was there, by frame and bin: 99 % of all
    show it less (of clicks, which are short, 99.8 %; of hum only bins from 40 to 500 Hz count).
    Frames are as long as suits the artifact, from 3 ms for clicks to .25 s for hum.

    Args:
        artifact: One of `ARTIFACTS`.
        before: Shape (n,).
        after: Shape (n,), in step with it.
        rate: Samples a second.

    Returns:
        dB, at most 60; -inf where nothing differs.
    """
    was = before.astype(np.float64)
    gain = float(was @ after) / max(float(was @ was), _FLOOR)
    added = after - gain * was
    if not added.any():
        return float("-inf")
    size = max(round(_FRAME_S[artifact] * rate), 16)
    size += size % 2
    window = np.hanning(size + 1)[:-1]
    powers = []
    for wave in (added, gain * was):
        frames = np.lib.stride_tricks.sliding_window_view(wave, size)[:: size // 2]
        power = np.square(np.abs(np.fft.rfft(frames * window)))
        if artifact == "hum":
            low, high = (round(hertz * size / rate) for hertz in _HUM_HZ)
            power = power[:, low : high + 1]
        powers.append(power)
    # Nothing shows over digital silence by more than over what rounding leaves there.
    floor = _FLOOR * float(powers[1].mean()) + 1e-20
    ratio = powers[0] / np.maximum(powers[1], floor)
    top = float(np.quantile(ratio, _TELLING[artifact]))
    return min(10.0 * float(np.log10(max(top, 1e-12))), _MOST_DB)
