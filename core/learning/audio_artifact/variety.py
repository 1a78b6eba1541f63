"""What varies the learned generators on the side that is learned from.

A network that knows four kinds of hum by heart knows four kinds of hum. So each learned way of
making an artifact is made in more ways than the examination asks for, so that one that was never
heard is less strange. What is held out is not made here, nor anything with what sets it apart: no
phase that is cut, no brick-wall band that sways, no ceiling on one side alone, nothing folded, no
clock that slips.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float64]
Rng = np.random.Generator

_MOST_MULTIPLES = 100
_LEAST_SIDE = 0.15
_OTHER_RATES = (16_000, 22_050, 24_000)


def strengths(rng: Rng) -> Wave:
    """Of multiples of the mains, up to the hundredth: all, odd or even ones, with a bump."""
    count = round(4 * (_MOST_MULTIPLES / 4) ** rng.random())
    numbers = np.arange(1, count + 1)
    found = rng.uniform(0.1, 1.0, count) * numbers ** -rng.uniform(0.0, 2.0)
    found[1:] *= rng.random(count - 1) < rng.uniform(0.3, 1.0)
    parity = rng.random()
    if parity < 0.3:
        found[1::2] *= rng.uniform(0.0, 0.1)
    elif parity < 0.5:
        found[2::2] *= rng.uniform(0.0, 0.1)
        found[0] *= rng.uniform(0.0, 1.0)
    if rng.random() < 0.5:
        # A case, a loudspeaker or a room that sounds along.
        place, width = rng.uniform(0.0, np.log(count)), rng.uniform(0.2, 1.0)
        bump = np.exp(-(((np.log(numbers) - place) / width) ** 2))
        found = found * 10.0 ** (rng.uniform(-10.0, 20.0) * bump / 20.0)
    return np.asarray(found)


def phases(count: int, rng: Rng) -> Wave:
    """In turns: of any, or in step as of pulses, or nearly so."""
    if rng.random() < 0.5:
        return rng.random(count)
    return rng.random() * np.arange(1, count + 1) + rng.uniform(0.0, 0.3) * rng.random(count)


def noise_shape(hertz: Wave, rng: Rng) -> Wave:
    """Bumps, dips and gentle ends that any circuit may leave, as an amplitude by frequency."""
    octaves = np.log2(hertz / 1000.0)
    level = np.zeros_like(hertz)
    for _ in range(int(rng.integers(0, 5))):
        place, width = rng.uniform(-4.0, 4.3), 10 ** rng.uniform(-0.7, 0.5)
        level += rng.uniform(-9.0, 9.0) * np.exp(-(((octaves - place) / width) ** 2))
    low = 10 ** rng.uniform(np.log10(20.0), np.log10(800.0))
    high = 10 ** rng.uniform(np.log10(4000.0), np.log10(20_000.0))
    shape = 10.0 ** (level / 20.0)
    if rng.random() < 0.5:
        shape = shape / np.sqrt(1.0 + (low / hertz) ** int(rng.choice((2, 4, 6))))
    if rng.random() < 0.6:
        shape = shape / np.sqrt(1.0 + (hertz / high) ** int(rng.choice((2, 4, 8, 12))))
    return np.asarray(shape)


def fade(count: int, rng: Rng) -> Wave:
    """A level that goes one way by up to 5 dB, as under a hand at the fader."""
    return np.asarray(10.0 ** (np.linspace(0.0, rng.uniform(-5.0, 5.0), count) / 20.0))


def ceilings(before: Wave, dose: float, rng: Rng) -> tuple[float, float]:
    """Ceilings above and below, up to 4 dB apart, that together cut a share of the samples.

    Each cuts some; where one would cut next to nothing, both are alike.
    """
    ratio = 10.0 ** (rng.uniform(-4.0, 4.0) / 20.0)
    tops = np.where(before > 0, before, -before * ratio)
    ceiling = float(np.quantile(tops, 1.0 - dose))
    above, below = float((before > ceiling).mean()), float((-before * ratio > ceiling).mean())
    if min(above, below) < _LEAST_SIDE * max(above + below, 1e-9):
        ceiling = float(np.quantile(np.abs(before), 1.0 - dose))
        return ceiling, ceiling
    return ceiling, ceiling / ratio


def bent(before: Wave, knee: float, rng: Rng) -> Wave:
    """Driven into one of several curves that bend from a knee on; none of them turns back."""
    driven = before / knee + rng.uniform(-0.4, 0.4)
    curve = int(rng.integers(3))
    if curve == 0:
        made = np.tanh(driven)
    elif curve == 1:
        made = np.arctan(np.pi / 2 * driven) * 2 / np.pi
    else:
        power = rng.uniform(1.5, 8.0)
        made = driven / (1.0 + np.abs(driven) ** power) ** (1.0 / power)
    return np.asarray((made - made.mean()) * knee)


def toned(sound: Wave, rate: int, rng: Rng) -> Wave:
    """Through a tone control: a tilt of up to 4 dB an octave around some pitch."""
    hertz = np.maximum(np.fft.rfftfreq(len(sound), 1.0 / rate), 20.0)
    slope, place = rng.uniform(-4.0, 4.0), 10 ** rng.uniform(2.3, 3.7)
    gain = np.clip(slope * np.log2(hertz / place), -12.0, 12.0)
    return np.fft.irfft(np.fft.rfft(sound) * 10.0 ** (gain / 20.0), len(sound))


def coder_hz(rng: Rng) -> int:
    """Rate inside a coder with too few bits."""
    return int(rng.choice(_OTHER_RATES))


def swing(rate: int, rng: Rng) -> Wave:
    """A damped swing or a burst of noise, from a tenth of a millisecond to six, with any rise."""
    length_s = 10 ** rng.uniform(-4.2, -2.2)
    time = np.arange(max(round(5 * length_s * rate), 3)) / rate
    shape = np.exp(-2.0 * time / length_s)
    if rng.random() < 0.5:
        shape = shape * np.minimum(1.0, (time + 1.0 / rate) / (rng.uniform(0.02, 0.5) * length_s))
    if rng.random() < 0.25:
        return np.asarray(shape * rng.standard_normal(len(time)))
    turn = 2 * np.pi * (rng.uniform(0.05, 2.0) / length_s * time + rng.random())
    return np.asarray(shape * np.cos(turn))


def digital(rng: Rng) -> Wave:
    """One to six samples of any height and sign."""
    made = rng.uniform(0.3, 1.0, int(rng.integers(1, 7)))
    return np.asarray(made * rng.choice((-1.0, 1.0), len(made)) if rng.random() < 0.4 else made)


def step(rate: int, rng: Rng) -> Wave:
    """A step that dies away within half a millisecond to 60, straight or past zero."""
    length_s = 10 ** rng.uniform(-3.3, -1.2)
    time = np.arange(max(round(length_s * rate), 2)) / rate
    made = np.exp(-3.0 * time / length_s)
    if rng.random() < 0.4:
        made = made * np.cos(2 * np.pi * rng.uniform(0.2, 1.5) * time / length_s)
    return np.asarray(made)
