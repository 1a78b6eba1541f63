"""Distortion of an exact share of the samples, in step with what was there before."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.learning.audio_artifact.variety import bent, ceilings, coder_hz, toned
from core.simulate.sound_coding import through_coder

Sound = NDArray[np.float32]
Wave = NDArray[np.float64]
Rng = np.random.Generator

DISTORTIONS = ("hard", "limited", "soft", "intersample", "codec", "one_sided", "folded")
"""Ways of distorting.

* `hard`: cut off flat, and turned up so that the plateaus lie at full scale.
* `limited`: cut off flat and turned down afterwards, so that they lie anywhere; now and then sent
  through a capacitor, so that they slope.
* `soft`: driven into a lopsided curve, as of a tube or tape, that bends from the knee on.
* `intersample`: cut off at four times the rate, as a converter does.
* `codec`: coded as MP3 at 24 kHz with too few bits.
* `one_sided`: cut off on one side only, as by a stage that runs out on one rail.
* `folded`: what passes the ceiling comes back from it, as in a stage that overflows softly.
"""

BY_SHARE = frozenset(DISTORTIONS) - {"codec", "soft"}
"""Those that are dosed by the share of samples beyond a ceiling."""

_VARIED = ("hard", "limited", "soft")
_FINER = 4
_CODEC_HZ = 24_000
_SLOPED = 0.3
_LOPSIDED = 0.2
_MAY_MISS = 1.5


class Distorted(NamedTuple):
    """A distorted second.

    Attributes:
        sound: Shape (n,), float64, as loud as it was but for what was cut.
        share: Share of samples beyond the ceiling or knee, counted; 0 for coding.
        at_full_scale: It has to be turned up until its peak is at full scale.
        beyond: Which samples those are, shape (n,); None for coding.
    """

    sound: Wave
    share: float
    at_full_scale: bool = False
    beyond: NDArray[np.bool_] | None = None


def distorted(
    name: str, clean: Sound, rate: int, dose: float, rng: Rng, varied: bool = False
) -> Distorted | None:
    """Distort a second.

    Args:
        name: One of `DISTORTIONS`.
        clean: Shape (n,).
        rate: Samples a second.
        dose: Share of samples beyond the ceiling or knee; for `codec` bits a second.
        rng: Chooses side and slope.
        varied: With ceilings, curves, tones and rates that the examination does not ask for.

    Returns:
        The second, or None where no ceiling cuts about so many samples: in silence, and where
        many samples are alike.
    """
    before = clean.astype(np.float64)
    if name == "codec":
        hertz = coder_hz(rng) if varied else _CODEC_HZ
        return Distorted(
            through_coder(clean, rate, "mp3", round(dose), hertz).astype(np.float64), 0.0
        )
    if name == "intersample":
        return _cut_between(before, dose)
    tops = np.abs(before)
    if name == "one_sided":
        before = before * rng.choice((-1.0, 1.0))
        tops = before
    ceiling = float(np.quantile(tops, 1.0 - dose))
    beyond = np.asarray(tops > ceiling, np.bool_)
    share = float(beyond.mean())
    if ceiling <= 0.0 or not dose / _MAY_MISS <= share <= dose * _MAY_MISS:
        return None
    if varied and name in _VARIED:
        return _varied(name, before, rate, dose, ceiling, rng)
    if name == "soft":
        curved = np.tanh(before / ceiling + _LOPSIDED) - np.tanh(_LOPSIDED)
        return Distorted(curved * ceiling, share, beyond=beyond)
    if name == "one_sided":
        return Distorted(np.minimum(before, ceiling), share, beyond=beyond)
    if name == "folded":
        over = np.maximum(np.abs(before) - ceiling, 0.0)
        # Deeper than the ceiling is high nothing comes back.
        back = before - np.sign(before) * np.minimum(2 * over, ceiling + over)
        return Distorted(back, share, beyond=beyond)
    cut = np.clip(before, -ceiling, ceiling)
    if name == "limited" and rng.random() < _SLOPED:
        cut = _capacitor(cut, rate, rng.uniform(3.0, 25.0))
    return Distorted(cut, share, name == "hard", beyond)


def _varied(
    name: str, before: Wave, rate: int, dose: float, ceiling: float, rng: Rng
) -> Distorted | None:
    beyond = np.asarray(np.abs(before) > ceiling, np.bool_)
    if name == "soft":
        return Distorted(bent(before, ceiling, rng), float(beyond.mean()), beyond=beyond)
    above, below = ceilings(before, dose, rng)
    beyond = np.asarray((before > above) | (before < -below), np.bool_)
    share = float(beyond.mean())
    if min(above, below) <= 0.0 or not dose / _MAY_MISS <= share <= dose * _MAY_MISS:
        return None
    cut = np.clip(before, -below, above)
    if name == "limited" and rng.random() < _SLOPED:
        cut = _capacitor(cut, rate, rng.uniform(3.0, 25.0))
    if name == "limited" and rng.random() < _SLOPED:
        cut = toned(cut, rate, rng)
    return Distorted(cut, share, name == "hard", beyond)


def _cut_between(before: Wave, dose: float) -> Distorted | None:
    count = len(before)
    finer = np.fft.irfft(np.fft.rfft(before) * _FINER, _FINER * count)
    ceiling = float(np.quantile(np.abs(finer), 1.0 - dose))
    over = np.abs(finer) > ceiling
    share = float(over.mean())
    if ceiling <= 0.0 or not dose / _MAY_MISS <= share <= dose * _MAY_MISS:
        return None
    cut = np.fft.rfft(np.clip(finer, -ceiling, ceiling))[: count // 2 + 1] / _FINER
    beyond = np.asarray(over.reshape(-1, _FINER).any(axis=1), np.bool_)
    return Distorted(np.fft.irfft(cut, count), share, beyond=beyond)


def _capacitor(sound: Wave, rate: int, hertz: float) -> Wave:
    """A high pass of the first order."""
    frequency = np.fft.rfftfreq(len(sound), 1.0 / rate)
    return np.fft.irfft(
        np.fft.rfft(sound) * (1j * frequency / (hertz + 1j * frequency)), len(sound)
    )
