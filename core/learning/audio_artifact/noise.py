"""Hum and hiss as waves of RMS 1: what mains, dimmers, tape and circuits add to a recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.learning.audio_artifact.variety import fade, noise_shape, phases, strengths

Wave = NDArray[np.float64]
Rng = np.random.Generator

_MAINS_HZ = (50.0, 60.0)
_OFF = 0.004
_SPEED = 25.0 / 24.0
_OTHER_SPEED = 0.1
_MULTIPLES = 16
_TABLE = 8192
_DIMMER_HZ = 6000.0
_LOW_HZ, _HIGH_HZ = 20.0, 20_000.0
_TAPE_HZ = 3000.0


def _mains(count: int, rate: int, rng: Rng) -> Wave:
    """The mains and multiples of it up to the sixteenth, some of them missing."""
    return _periodic(_steady(count, rate, _mains_hz(rng), rng), _strengths(rng), rate, rng)


def _drifting(count: int, rate: int, rng: Rng) -> Wave:
    """The same, of a frequency and a strength that swing slowly, as of a generator or a tape."""
    time = np.arange(count) / rate
    hertz, swing, period = _mains_hz(rng), rng.uniform(0.1, 0.5), rng.uniform(2.0, 8.0)
    start = rng.uniform(0, 2 * np.pi)
    wave = np.sin(2 * np.pi * time / period + start) - np.sin(start)
    turns = hertz * time + swing * period / (2 * np.pi) * wave
    swell = 1.0 + rng.uniform(0.0, 0.4) * np.sin(2 * np.pi * rng.uniform(0.2, 1.5) * time + start)
    return swell * _periodic((turns, hertz), _strengths(rng), rate, rng)


def _rectifier(count: int, rate: int, rng: Rng) -> Wave:
    """The buzz of a power supply: multiples of twice the mains, far up."""
    numbers = np.arange(1, 2 * _MULTIPLES + 1)
    strengths = rng.uniform(0.5, 1.0, len(numbers)) * numbers ** -rng.uniform(0.5, 1.5)
    whole = np.zeros(2 * len(numbers))
    whole[1::2] = strengths
    whole[0] = rng.uniform(0.0, 0.2)
    return _periodic(_steady(count, rate, _mains_hz(rng), rng), whole, rate, rng)


def _dimmer(count: int, rate: int, rng: Rng) -> Wave:
    """What a phase-cut dimmer induces: edges of a mains that is switched on late, twice a cycle."""
    turns, hertz = _steady(count, rate, _mains_hz(rng), rng)
    place = np.arange(_TABLE) / _TABLE
    lit = (place % 0.5) >= 0.5 * rng.uniform(0.2, 0.8)
    spectrum = np.fft.rfft(np.sin(2 * np.pi * place) * lit)
    numbers = np.arange(len(spectrum))
    spectrum *= numbers ** rng.uniform(0.4, 1.0) / (1 + (numbers * hertz / _DIMMER_HZ) ** 2)
    spectrum[numbers * hertz >= 0.45 * rate] = 0
    spectrum[0] = 0
    return _read(np.fft.irfft(spectrum, _TABLE), turns)


def _mains_hz(rng: Rng) -> float:
    hertz = float(rng.choice(_MAINS_HZ)) * (1.0 + rng.uniform(-_OFF, _OFF))
    if rng.random() < _OTHER_SPEED:
        # Film at the speed of television, or the other way round.
        hertz *= float(rng.choice((_SPEED, 1 / _SPEED)))
    return hertz


def _strengths(rng: Rng) -> Wave:
    numbers = np.arange(1, _MULTIPLES + 1)
    strengths = rng.uniform(0.2, 1.0, _MULTIPLES) * numbers ** -rng.uniform(0.3, 2.0)
    strengths[1:] *= rng.random(_MULTIPLES - 1) < rng.uniform(0.3, 1.0)
    if rng.random() < 0.3:
        strengths[1::2] *= 0.05
    if rng.random() < 0.2:
        strengths[0] *= 0.1
    return np.asarray(strengths)


def _steady(count: int, rate: int, hertz: float, rng: Rng) -> tuple[Wave, float]:
    return hertz * np.arange(count) / rate + rng.random(), hertz


def _periodic(
    turning: tuple[Wave, float], parts: Wave, rate: int, rng: Rng, turned: Wave | None = None
) -> Wave:
    turns, hertz = turning
    spectrum = np.zeros(_TABLE // 2 + 1, np.complex128)
    numbers = np.arange(1, len(parts) + 1)
    turned = np.exp(2j * np.pi * (rng.random(len(parts)) if turned is None else turned))
    spectrum[1 : len(parts) + 1] = parts * turned * (numbers * hertz < 0.45 * rate)
    return _read(np.fft.irfft(spectrum, _TABLE), turns)


def _read(period: Wave, turns: Wave) -> Wave:
    place = (turns % 1.0) * len(period)
    return np.asarray(np.interp(place, np.arange(len(period) + 1), np.append(period, period[0])))


def _white(hertz: Wave, rng: Rng) -> Wave:
    """As strong at all frequencies."""
    return np.ones_like(hertz)


def _pink(hertz: Wave, rng: Rng) -> Wave:
    """Falling by 3 dB an octave."""
    return np.asarray(hertz**-0.5)


def _tape(hertz: Wave, rng: Rng) -> Wave:
    """Rising by 6 dB an octave up to about 3 kHz, then even, then the end of the tape's band."""
    corner = _TAPE_HZ * 2.0 ** rng.uniform(-0.7, 0.7)
    end = rng.uniform(10_000.0, _HIGH_HZ)
    return np.asarray(np.minimum(hertz / corner, 1.0) / np.sqrt(1.0 + (hertz / end) ** 8))


def _preamp(hertz: Wave, rng: Rng) -> Wave:
    """Tilted, with a shelf and a corner somewhere, as microphones, equalizers and circuits leave
    it."""
    octaves = np.log2(hertz / 1000.0)
    level = rng.uniform(-4.5, 4.5) * octaves
    place, steep = rng.uniform(-3.0, 4.0), rng.uniform(1.0, 4.0)
    level += rng.uniform(-12.0, 12.0) / (1.0 + np.exp(-steep * (octaves - place)))
    corner = 10 ** rng.uniform(np.log10(5000.0), np.log10(_HIGH_HZ))
    low = 10 ** rng.uniform(np.log10(_LOW_HZ), np.log10(400.0))
    shape = 10.0 ** (level / 20.0) / np.sqrt(1.0 + (hertz / corner) ** 4)
    return np.asarray(shape / np.sqrt(1.0 + (low / hertz) ** 4))


def _cassette(hertz: Wave, rng: Rng) -> Wave:
    """A narrow band that rises slowly and ends at once; its level sways, see `hiss_wave`."""
    low, high = rng.uniform(150.0, 500.0), rng.uniform(8000.0, 14_000.0)
    rise = (np.clip(hertz, 1000.0, 8000.0) / 1000.0) ** rng.uniform(0.3, 0.8)
    band = 1.0 / np.sqrt((1.0 + (low / hertz) ** 4) * (1.0 + (hertz / high) ** 24))
    return np.asarray(rise * band)


HUMS: Mapping[str, Callable[[int, int, Rng], Wave]] = MappingProxyType(
    {"mains": _mains, "drifting": _drifting, "rectifier": _rectifier, "dimmer": _dimmer}
)
"""Samples, rate and chance to a wave."""

HISSES: Mapping[str, Callable[[Wave, Rng], Wave]] = MappingProxyType(
    {"white": _white, "pink": _pink, "tape": _tape, "preamp": _preamp, "cassette": _cassette}
)
"""Frequencies in Hz, from 20 on, and chance to an amplitude each."""


def hum_wave(name: str, count: int, rate: int, rng: Rng, varied: bool = False) -> Wave:
    """Hum of RMS 1, shape (count,).

    Args:
        name: Key of `HUMS`.
        count: Samples.
        rate: Samples a second.
        rng: Chooses mains, multiples and phases.
        varied: With multiples of other strengths and phases than the examination asks for.
    """
    return _normal(_varied_hum(name, count, rate, rng) if varied else HUMS[name](count, rate, rng))


def _varied_hum(name: str, count: int, rate: int, rng: Rng) -> Wave:
    time, hertz, multiples = np.arange(count) / rate, _mains_hz(rng), strengths(rng)
    turns = hertz * time + rng.random()
    if name == "drifting":
        swing, period = 10 ** rng.uniform(-1.7, -0.1), 10 ** rng.uniform(0.0, 1.3)
        turns = turns + swing * period / (2 * np.pi) * np.sin(2 * np.pi * time / period + hertz)
    elif name == "rectifier":
        whole = np.zeros(2 * len(multiples))
        whole[1::2] = multiples
        whole[0] = rng.uniform(0.0, 0.5) * multiples.max()
        multiples = whole
    return fade(count, rng) * _periodic(
        (turns, hertz), multiples, rate, rng, phases(len(multiples), rng)
    )


def hiss_wave(name: str, count: int, rate: int, rng: Rng, varied: bool = False) -> Wave:
    """Hiss of RMS 1, shape (count,), from 20 Hz to 20 kHz.

    Args:
        name: Key of `HISSES`.
        count: Samples.
        rate: Samples a second.
        rng: Chooses tilt, corners and the noise.
        varied: With bumps, dips, ends and a fade that the examination does not ask for.
    """
    hertz = np.fft.rfftfreq(count, 1.0 / rate)
    shape = HISSES[name](np.maximum(hertz, _LOW_HZ), rng)
    if varied:
        shape = shape * noise_shape(np.maximum(hertz, _LOW_HZ), rng)
    shape = np.where((hertz < _LOW_HZ) | (hertz > _HIGH_HZ), 0.0, shape)
    noise = np.fft.irfft(np.fft.rfft(rng.standard_normal(count)) * shape, count)
    if name == "cassette":
        time, sways = np.arange(count) / rate, np.ones(count)
        for _ in range(3):
            turn = 2 * np.pi * (rng.uniform(0.5, 8.0) * time + rng.random())
            sways = sways + rng.uniform(0.03, 0.15) * np.sin(turn)
        noise = noise * sways
    return _normal(noise * fade(count, rng) if varied else noise)


def _normal(wave: Wave) -> Wave:
    power = float(np.sqrt(np.mean(np.square(wave))))
    return wave / power if power > 0 else wave
