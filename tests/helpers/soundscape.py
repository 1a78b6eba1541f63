"""Sound with a place: stereo with a middle, ambience without one, surround, speech-like talk."""

from __future__ import annotations

import numpy as np
from helpers.scenery import SOUND_RATE, Sound, music
from numpy.typing import NDArray


def colored(shape: tuple[int, ...], rng: np.random.Generator, slope: float) -> NDArray[np.float64]:
    """Noise of which the amplitude falls with the frequency to the power `slope`; RMS 1."""
    count = shape[-1]
    bins = np.maximum(np.fft.rfftfreq(count, 1 / SOUND_RATE), 20.0)
    noise = np.fft.irfft(np.fft.rfft(rng.normal(size=shape)) * bins**-slope, count)
    return np.asarray(noise / noise.std(axis=-1, keepdims=True))


def stage(seconds: float, seed: int = 0, width: float = 0.4, peak: float = 0.5) -> Sound:
    """Stereo: music in the middle, its room on both sides; shape (2, n) at 48 kHz."""
    rng = np.random.default_rng(seed)
    middle = music(seconds, seed, 1.0)[0].astype(np.float64)
    room = colored((2, len(middle)), rng, 0.5)
    sound = middle + 0.05 * colored((1, len(middle)), rng, 0.5) + 0.2 * width * room
    return np.asarray(peak * sound / np.abs(sound).max(), np.float32)


def ambience(seconds: float, seed: int = 0, level: float = 0.1) -> Sound:
    """Wide stereo ambience: each side its own noise, shape (2, n)."""
    rng = np.random.default_rng(seed)
    return np.asarray(level * colored((2, round(seconds * SOUND_RATE)), rng, 0.5), np.float32)


def talk(seconds: float, seed: int = 0, peak: float = 0.5, room_db: float = -50.0) -> Sound:
    """Speech-like mono: buzzing syllables with pauses over the noise of a room, shape (1, n)."""
    rng = np.random.default_rng(seed)
    count = round(seconds * SOUND_RATE)
    time = np.arange(count) / SOUND_RATE
    pitch = 2 * np.pi * np.cumsum(120 + 25 * np.sin(2 * np.pi * 0.7 * time)) / SOUND_RATE
    voice = np.zeros(count)
    for harmonic in range(1, 30):
        hertz = 120.0 * harmonic
        formants = sum(np.exp(-(((hertz - f) / 250.0) ** 2)) for f in (500.0, 1500.0, 2500.0))
        voice += (0.1 + formants) / harmonic * np.sin(harmonic * pitch)
    edges = np.cumsum(rng.uniform(0.08, 0.35, round(seconds * 10)))
    loudness = rng.choice([0.0, 0.3, 0.6, 1.0], len(edges), p=[0.25, 0.25, 0.25, 0.25])
    syllables = loudness[np.minimum(np.searchsorted(edges, time), len(edges) - 1)]
    soft = np.hanning(round(0.04 * SOUND_RATE))
    voice *= np.convolve(syllables, soft / soft.sum(), "same")
    voice *= peak / max(np.abs(voice).max(), 1e-9)
    room = 10 ** (room_db / 20) * colored((count,), rng, 0.5)
    return (voice + room)[None].astype(np.float32)


def surround(seconds: float, seed: int = 0) -> Sound:
    """5.1 as FL FR FC LFE BL BR: a stage, talk, bass below 100 Hz, ambience; shape (6, n)."""
    count = round(seconds * SOUND_RATE)
    rng = np.random.default_rng(seed)
    time = np.arange(count) / SOUND_RATE
    bass = 0.2 * np.sin(2 * np.pi * 45 * time) * (1 + 0.5 * np.sin(2 * np.pi * 0.5 * time))
    front, back = stage(seconds, seed, peak=0.3), ambience(seconds, seed + 1, 0.03)
    low = bass + 1e-5 * rng.normal(size=count)
    return np.concatenate((front, talk(seconds, seed), low[None], back)).astype(np.float32)
