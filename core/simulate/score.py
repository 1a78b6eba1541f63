"""Synthesised sound for drawn scenes: chords, bells, drums, wind, rain, room tone.

Everything is float32 stereo of shape (2, n) at 48 kHz, deterministic by seed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

RATE = 48_000

Sound = NDArray[np.float32]

_A4_HZ = 440.0
_CHORDS = ((57, 60, 64, 69), (53, 57, 60, 65), (48, 55, 60, 64), (55, 59, 62, 67))
"""A minor, F, C, G as MIDI notes."""


def frequency(note: float) -> float:
    """Frequency in Hz of a MIDI note."""
    return float(_A4_HZ * 2 ** ((note - 69) / 12))


def silence(seconds: float) -> Sound:
    """Digital silence to mix into."""
    return np.zeros((2, round(seconds * RATE)), np.float32)


def noise(rng: np.random.Generator, seconds: float, low_hz: float, high_hz: float) -> Sound:
    """Band-limited noise, unit RMS, independent in both channels."""
    count = round(seconds * RATE)
    band = butter(6, (low_hz, high_hz), "bandpass", fs=RATE, output="sos")
    sound = sosfilt(band, rng.standard_normal((2, count)))
    return np.asarray(sound / max(float(np.sqrt(np.mean(sound**2))), 1e-9), np.float32)


def faded(sound: Sound, seconds: float = 0.02) -> Sound:
    """The sound with short ramps at both ends, so that cuts do not click."""
    count = min(round(seconds * RATE), sound.shape[1] // 2)
    ramp = np.ones(sound.shape[1], np.float32)
    if count:
        edge = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32)) ** 2
        ramp[:count], ramp[-count:] = edge, edge[::-1]
    return np.asarray(sound * ramp, np.float32)


def add_at(mix: Sound, sound: Sound, start_s: float, gain: float = 1.0) -> None:
    """Mix `sound` in at `start_s`; what hangs over the end is left out."""
    start = round(start_s * RATE)
    count = min(sound.shape[1], mix.shape[1] - start)
    if count > 0:
        mix[:, start : start + count] += gain * sound[:, :count]


def pad_chord(seconds: float, notes: tuple[int, ...]) -> Sound:
    """A soft chord of slightly detuned voices that swells and fades."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros((2, len(time)))
    for index, note in enumerate(notes):
        for side in range(2):
            detune = 1 + 0.0016 * (side - 0.5) * (1 + index)
            phase = 2 * np.pi * frequency(note - 12) * detune * time
            for harmonic, level in ((1, 1.0), (2, 0.42), (3, 0.2), (5, 0.06)):
                sound[side] += level * np.sin(harmonic * phase + index + side)
    swell = np.minimum(1, time / 0.5) * np.minimum(1, (seconds - time) / 0.7)
    return np.asarray(0.045 * sound * swell, np.float32)


def bell(note: float, pan: float) -> Sound:
    """A struck bell of 1.8 s; `pan` is 0 (left) to 1 (right)."""
    time = np.arange(round(1.8 * RATE)) / RATE
    tone = np.zeros(len(time))
    for ratio, level, decay in ((1, 1, 2.2), (2.01, 0.5, 3.4), (3.02, 0.22, 5), (5.4, 0.1, 8)):
        tone += level * np.exp(-decay * time) * np.sin(2 * np.pi * frequency(note) * ratio * time)
    tone *= np.minimum(1, time / 0.004) * 0.16
    return np.asarray(np.stack([tone * np.sqrt(1 - pan), tone * np.sqrt(pan)]), np.float32)


def drum(rng: np.random.Generator, kind: str) -> Sound:
    """One stroke: `kick`, `snare` or `hat`."""
    if kind == "kick":
        time = np.arange(round(0.28 * RATE)) / RATE
        sweep = 2 * np.pi * (46 * time + 9 * (1 - np.exp(-time * 26)))
        stroke = 0.5 * np.exp(-11 * time) * np.sin(sweep) * np.minimum(1, time / 0.003)
        return np.asarray(np.stack([stroke, stroke]), np.float32)
    low, length, decay, gain = (900, 0.18, 22, 0.07) if kind == "snare" else (6500, 0.07, 70, 0.03)
    hit = noise(rng, length, low, 12_000)
    time = np.arange(hit.shape[1]) / RATE
    return np.asarray(gain * hit * np.exp(-decay * time) * np.minimum(1, time / 0.001), np.float32)


def music(rng: np.random.Generator, seconds: float, drums: bool) -> Sound:
    """Chords and bells, with a beat when asked for."""
    mix = silence(seconds)
    beat = 0.5
    scale = (69, 72, 74, 76, 79, 81, 84)
    for bar in range(int(seconds / (4 * beat)) + 1):
        start = bar * 4 * beat
        add_at(mix, pad_chord(4 * beat + 0.6, _CHORDS[bar % 4]), start)
        for step in range(8):
            if rng.random() < 0.55:
                note, pan = scale[int(rng.integers(len(scale)))], float(rng.uniform(0.2, 0.8))
                add_at(mix, bell(note, pan), start + step * beat / 2, float(rng.uniform(0.35, 0.9)))
            if drums:
                add_at(mix, drum(rng, "hat"), start + step * beat / 2, 1 + 0.5 * (step % 2))
        if drums:
            for step in (0, 2):
                add_at(mix, drum(rng, "kick"), start + step * beat)
                add_at(mix, drum(rng, "snare"), start + (step + 1) * beat)
    return faded(mix, 0.3)


def wind(rng: np.random.Generator, seconds: float) -> Sound:
    """Gusts, about −37 dBFS."""
    low = noise(rng, seconds, 90, 700)
    time = np.arange(low.shape[1]) / RATE
    gust = 0.55 + 0.3 * np.sin(time * 0.9 + 1) + 0.15 * np.sin(time * 2.3)
    return faded(np.asarray(0.022 * low * gust, np.float32), 0.3)


def rain(rng: np.random.Generator, seconds: float) -> Sound:
    """Steady rain with single drops, about −34 dBFS."""
    mix = 0.02 * noise(rng, seconds, 900, 9000)
    for start in rng.uniform(0, seconds, round(seconds * 14)):
        low = float(rng.uniform(1200, 3500))
        drop = noise(rng, 0.02, low, low * 2)
        drop *= np.exp(-np.arange(drop.shape[1]) / (0.003 * RATE)).astype(np.float32)
        add_at(mix, drop, float(start), float(rng.uniform(0.02, 0.07)))
    return faded(mix, 0.3)


def rumble(rng: np.random.Generator, seconds: float) -> Sound:
    """A train on its rails, about −28 dBFS."""
    mix = 0.034 * noise(rng, seconds, 40, 420) + 0.006 * noise(rng, seconds, 1500, 5000)
    for start in np.arange(0.2, seconds, 0.86):
        for delay in (0.0, 0.13):
            knock = noise(rng, 0.09, 120, 900)
            knock *= np.exp(-np.arange(knock.shape[1]) / (0.018 * RATE)).astype(np.float32)
            add_at(mix, knock, float(start) + delay, 0.11)
    return faded(mix, 0.2)


def cheering(rng: np.random.Generator, seconds: float) -> Sound:
    """A crowd: many voices at once, about −32 dBFS."""
    mix = 0.026 * noise(rng, seconds, 350, 3000)
    time = np.arange(mix.shape[1]) / RATE
    for _ in range(26):
        pitch, start = float(rng.uniform(220, 620)), float(rng.uniform(0, max(seconds - 1.2, 0.1)))
        shape = np.exp(-(((time - start - 0.5) / 0.3) ** 2)) * 0.008
        voice = shape * np.sin(2 * np.pi * pitch * time + 4 * np.sin(2 * np.pi * 5 * time))
        pan = float(rng.uniform(0.2, 0.8))
        mix += np.stack([voice * (1 - pan), voice * pan]).astype(np.float32)
    return faded(mix, 0.3)


def room_tone(rng: np.random.Generator, seconds: float) -> Sound:
    """A quiet place, about −48 dBFS: quiet, but not silent."""
    return faded(np.asarray(0.004 * noise(rng, seconds, 60, 3000), np.float32), 0.3)
