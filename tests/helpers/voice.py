"""A made-up voice, captions for what it says, and the tracks that detectors make of both."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from helpers.measure import RATE, TICK, audio, captions, cue_samples, measured
from numpy.typing import NDArray
from scipy.signal import lfilter

from core.domain.media import Cue
from core.domain.time import Span
from core.domain.track import Track

_SYLLABLE_S = 0.2
_FORMANTS_HZ = np.array(
    [
        (730, 1090, 2440),
        (270, 2290, 3010),
        (300, 870, 2240),
        (530, 1840, 2480),
        (570, 840, 2410),
        (660, 1720, 2410),
    ]
)
_WIDTHS_HZ = (80, 100, 140)
_BLOCK = 240
MS = Fraction(1, 1000)
HOP_S = 0.125
WORDS = ("Good morning, everybody.", "Is that all?", "We meet tomorrow then.", "I think so.")


def voice(seconds: float, seed: int = 0) -> NDArray[np.float32]:
    """Babble at 48 kHz, shape (n,): pulses through formants that glide from vowel to vowel."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    time = np.arange(count) / RATE
    knots = np.arange(int(seconds / _SYLLABLE_S) + 3) * _SYLLABLE_S
    vowels = _FORMANTS_HZ[rng.integers(0, len(_FORMANTS_HZ), len(knots))]
    pitch = np.interp(time, knots, rng.uniform(95, 150, len(knots)))
    pulses = np.diff(np.floor(np.cumsum(pitch) / RATE), prepend=0.0)
    sound = lfilter([1.0], [1.0, -0.97], pulses) + rng.normal(0, 0.01, count)
    for number, width in enumerate(_WIDTHS_HZ):
        hertz = np.interp(time[::_BLOCK], knots, vowels[:, number])
        sound = _resonated(sound, hertz, float(np.exp(-np.pi * width / RATE)))
    since = time % _SYLLABLE_S
    swell = np.clip(since / 0.03, 0, 1) * np.clip((0.17 - since) / 0.05, 0, 1)
    sound = sound * (0.05 + 0.95 * swell)
    return np.asarray(0.5 * sound / np.abs(sound).max(), np.float32)


def _resonated(
    sound: NDArray[np.float64], hertz: NDArray[np.float64], radius: float
) -> NDArray[np.float64]:
    out = np.zeros_like(sound)
    state = np.zeros(2)
    for i, center in enumerate(hertz):
        middle = -2 * radius * np.cos(2 * np.pi * center / RATE)
        part = slice(i * _BLOCK, (i + 1) * _BLOCK)
        gain = 1 + middle + radius**2
        out[part], state = lfilter([gain], [1, middle, radius**2], sound[part], zi=state)
    return out


def spoken(seconds: float, spans_s: Sequence[tuple[float, float]]) -> NDArray[np.float32]:
    """Stereo room tone with a voice in some stretches."""
    rng = np.random.default_rng(7)
    sound = rng.normal(0, 0.0005, (2, round(seconds * RATE))).astype(np.float32)
    for number, (start_s, end_s) in enumerate(spans_s):
        first = round(start_s * RATE)
        words = voice(end_s - start_s, number)
        sound[:, first : first + len(words)] += words
    return sound


def cue(start_s: float, end_s: float, text: str = WORDS[0]) -> Cue:
    return Cue(Span.from_seconds(start_s, end_s, MS), text)


def dialogue(count: int, seed: int = 0) -> list[tuple[float, float]]:
    """When somebody speaks: stretches of one to four seconds with pauses between them."""
    rng = np.random.default_rng(seed)
    at, spans = 0.1, []
    for _ in range(count):
        length = rng.uniform(1.0, 4.0)
        spans.append((round(at, 2), round(at + length, 2)))
        at += length + rng.uniform(0.6, 3.0)
    return spans


def captioned(spans_s: Sequence[tuple[float, float]]) -> list[Cue]:
    """A caption for each stretch, a little early or late, and on a while longer."""
    return [
        cue(start_s + (-0.1, 0.05, 0.1)[i % 3], end_s + (0.1, 0.3)[i % 2], WORDS[i % len(WORDS)])
        for i, (start_s, end_s) in enumerate(spans_s)
    ]


def speech_track(spans_s: Sequence[tuple[float, float]], seconds: float) -> Track:
    """What `caption_missing` measures, without sound: certain in the stretches, else not at all."""
    starts = np.arange(0.0, seconds, HOP_S)
    heard = sum(
        np.clip(np.minimum(starts + HOP_S, end) - np.maximum(starts, start), 0, None)
        for start, end in spans_s
    )
    metric = np.asarray(100 * np.asarray(heard) / HOP_S, np.float32) + np.zeros_like(
        starts, np.float32
    )
    pts = np.round(starts / float(TICK)).astype(np.int64)
    return Track(
        "caption_missing", audio().index, TICK, pts, round(seconds / TICK), {"speech_pct": metric}
    )


def cue_track(cues: Sequence[Cue], end_s: float) -> Track:
    """What `caption_sync` measures."""
    return measured("caption_sync", cue_samples(cues), end_s, captions())
