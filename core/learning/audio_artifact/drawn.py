"""Clean sounds that code makes: what is taken for an artifact first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import scipy.signal
from numpy.typing import NDArray

from core.learning.audio_artifact.drawn_besides import DRAWN_BESIDES

Wave = NDArray[np.float64]
Rng = np.random.Generator

_KERNELS = 3


def _applause(count: int, rate: int, rng: Rng) -> Wave:
    """Many hands: bursts of noise of 3 to 10 ms around 1 to 2.5 kHz."""
    made = np.zeros(count)
    for _ in range(_KERNELS):
        time = np.arange(round(0.05 * rate)) / rate
        clap = rng.standard_normal(len(time)) * np.exp(-time / rng.uniform(0.003, 0.01))
        made += scipy.signal.fftconvolve(
            _beads(count, rate, rng.uniform(10.0, 150.0), rng),
            _band(clap, rate, rng.uniform(400.0, 900.0), rng.uniform(1800.0, 6000.0)),
        )[:count]
    return made


def _rain(count: int, rate: int, rng: Rng) -> Wave:
    """Drops of very different size, and what is too far away to be told apart."""
    time = np.arange(round(0.008 * rate)) / rate
    drop = np.exp(-time / rng.uniform(0.0003, 0.002))
    drop *= np.sin(2 * np.pi * rng.uniform(1500.0, 6000.0) * time)
    near = scipy.signal.fftconvolve(_beads(count, rate, rng.uniform(60.0, 900.0), rng), drop)
    far = _band(rng.standard_normal(count), rate, 300.0, rng.uniform(3000.0, 9000.0))
    level = near.std() / far.std() * 10 ** rng.uniform(-1.2, -0.3)
    return np.asarray(near[:count] + level * far)


def _engine(count: int, rate: int, rng: Rng) -> Wave:
    """Strokes whose pace changes, with noise in step."""
    time = np.arange(count) / rate
    pace = rng.uniform(18.0, 180.0) * (1.0 + rng.uniform(-0.2, 0.2) * time)
    turn = 2 * np.pi * (np.cumsum(pace) / rate + 0.002 * np.cumsum(rng.standard_normal(count)) / 9)
    made = sum(
        (rng.uniform(0.2, 1.0) / number**0.8 * np.sin(number * turn + rng.uniform(0, 6)))
        for number in range(1, 14)
    )
    noise = _band(rng.standard_normal(count), rate, 100.0, rng.uniform(800.0, 4000.0))
    return np.asarray(made + rng.uniform(0.1, 1.0) * (1.0 + np.sin(turn)) * noise / noise.std())


def _drums(count: int, rate: int, rng: Rng) -> Wave:
    """Kicks, snares, cymbals and sticks, two to ten a second."""
    made = np.zeros(count)
    for place in np.sort(rng.integers(0, count, int(rng.integers(2, 11)))):
        time = np.arange(min(count - place, round(0.4 * rate))) / rate
        kind = int(rng.integers(4))
        if kind == 0:
            sweep = 50.0 * time + rng.uniform(2.0, 6.0) * (1 - np.exp(-time * 30))
            hit = np.sin(2 * np.pi * sweep) * np.exp(-time * rng.uniform(6, 15))
        elif kind == 1:
            hit = rng.standard_normal(len(time)) * np.exp(-time * rng.uniform(12, 40))
        elif kind == 2:
            hit = _band(rng.standard_normal(len(time)), rate, 6000.0, 16_000.0)
            hit *= np.exp(-time * rng.uniform(20, 90))
        else:
            hit = np.sin(2 * np.pi * rng.uniform(700.0, 2600.0) * time)
            hit *= np.exp(-time * rng.uniform(120, 350))
        made[place : place + len(time)] += rng.uniform(0.2, 1.0) * hit
    return made


def _sibilants(count: int, rate: int, rng: Rng) -> Wave:
    """A voice's buzz between bursts of noise at 4 to 9 kHz."""
    time = np.arange(count) / rate
    pitch = rng.uniform(85.0, 240.0) * (1.0 + 0.08 * np.sin(2 * np.pi * rng.uniform(2, 5) * time))
    pulses = np.diff(np.floor(np.cumsum(pitch) / rate), prepend=0.0)
    voice = _band(pulses, rate, 200.0, rng.uniform(1500.0, 3500.0))
    hiss = _band(rng.standard_normal(count), rate, rng.uniform(3500.0, 5500.0), 9500.0)
    turn = np.sin(2 * np.pi * (rng.uniform(2.0, 5.0) * time + rng.random()))
    share = np.clip(4.0 * (turn - rng.uniform(0.2, 0.7)), 0.0, 1.0)
    voice, hiss = voice / voice.std(), hiss / hiss.std()
    return np.asarray(voice * (1.0 - share) + rng.uniform(0.2, 1.0) * share * hiss)


def _synthesizer(count: int, rate: int, rng: Rng) -> Wave:
    """Saws, squares and pulses in notes, deep ones beside the mains' pitch among them."""
    made, edges = np.zeros(count), [0, *np.sort(rng.integers(0, count, int(rng.integers(5))))]
    ramp = round(0.004 * rate)
    for first, last in zip(edges, [*edges[1:], count], strict=True):
        length = int(last - first)
        if length < 4 * ramp:
            continue
        note = np.zeros(length)
        for deep in (True, False):
            pitch = int(rng.integers(28, 45) if deep else rng.integers(45, 85))
            hertz = 440.0 * 2.0 ** ((pitch - 69) / 12.0)
            duty, numbers = rng.uniform(0.1, 0.5), np.arange(1, 60)
            strengths = 1.0 / numbers if rng.random() < 0.5 else np.sin(np.pi * numbers * duty)
            strengths = strengths / numbers**0.5 / (1.0 + (numbers * hertz / 5000.0) ** 2)
            table = np.zeros(2049, np.complex128)
            table[1:60] = -1j * strengths * (numbers * hertz < 0.45 * rate)
            period = np.fft.irfft(table, 4096)
            turns = hertz * np.arange(length) / rate % 1.0
            note += np.interp(turns * 4096, np.arange(4097), np.append(period, period[0]))
        shape = np.minimum(1.0, np.arange(length) / ramp)
        made[first:last] = note * shape * shape[::-1]
    return made


DRAWN: Mapping[str, Callable[[int, int, Rng], Wave]] = MappingProxyType(
    {
        "applause": _applause,
        "rain": _rain,
        "engine": _engine,
        "drums": _drums,
        "sibilants": _sibilants,
        "synthesizer": _synthesizer,
    }
)
"""Samples, rate and chance to a wave of some height."""


def drawn(name: str, count: int, rate: int, rng: Rng) -> NDArray[np.float32]:
    """A second, or some other stretch, of a drawn sound.

    Args:
        name: Key of `DRAWN` or `DRAWN_BESIDES`.
        count: Samples.
        rate: Samples a second.
        rng: Chooses everything.

    Returns:
        float32, shape (count,), with a peak between .1 and .9; zero where nothing sounds.
    """
    wave = {**DRAWN, **DRAWN_BESIDES}[name](count, rate, rng)
    peak = float(np.abs(wave).max())
    height = rng.uniform(0.1, 0.9)
    return np.asarray(wave * (height / peak) if peak > 0 else wave, np.float32)


def _beads(count: int, rate: int, a_second: float, rng: Rng) -> Wave:
    beads = np.zeros(count)
    number = int(rng.poisson(a_second * count / rate)) + 1
    beads[rng.integers(0, count, number)] = rng.lognormal(0.0, 0.8, number)
    return beads


def _band(wave: Wave, rate: int, low: float, high: float) -> Wave:
    high = min(high, 0.45 * rate)
    sections = scipy.signal.butter(
        2, (min(low, 0.5 * high), high), "bandpass", fs=rate, output="sos"
    )
    return np.asarray(scipy.signal.sosfilt(sections, wave))
