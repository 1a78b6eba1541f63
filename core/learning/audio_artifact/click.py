"""Clicks of an exact height over the sound around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.learning.audio_artifact import variety

Sound = NDArray[np.float32]
Wave = NDArray[np.float64]
Rng = np.random.Generator

AROUND_S = 0.02
"""Length of the stretch that a click's height is held against."""

_LEAST_SHARE = 0.01
_EDGE_S = 0.005
_APART_S = 0.01
_CANDIDATES = 600
_WITHIN_DB = 3.0
_LESSER = 3


class Clicked(NamedTuple):
    """A second with clicks.

    Attributes:
        sound: Shape (n,), float64.
        clicks: How many clicks of full height there are.
        height_db: Their height over the RMS around them, in the mean.
        places: First sample of each, in no order.
    """

    sound: Wave
    clicks: int
    height_db: float
    places: tuple[int, ...] = ()


def local_rms(clean: Sound, rate: int) -> Wave:
    """RMS of the 20 ms around each sample, at least a hundredth of the whole second's."""
    size = max(round(AROUND_S * rate), 2)
    power = np.square(clean, dtype=np.float64)
    total = np.concatenate(([0.0], np.cumsum(power)))
    place = np.arange(len(clean))
    first = np.clip(place - size // 2, 0, max(len(clean) - size, 0))
    last = np.minimum(first + size, len(clean))
    around = np.sqrt(np.maximum(total[last] - total[first], 0.0) / (last - first))
    return np.asarray(np.maximum(around, _LEAST_SHARE * np.sqrt(power.mean())))


def _swing(rate: int, rng: Rng) -> Wave:
    """A damped swing of a tenth of a millisecond to three, as of dirt and scratches on vinyl."""
    length_s = 10 ** rng.uniform(-4.0, -2.5)
    time = np.arange(max(round(5 * length_s * rate), 3)) / rate
    turn = 2 * np.pi * (rng.uniform(0.1, 0.6) / length_s * time + rng.random())
    return np.asarray(np.exp(-2.0 * time / length_s) * np.cos(turn))


def _digital(rate: int, rng: Rng) -> Wave:
    """One sample, or two or three."""
    return np.ones(int(rng.choice((1, 1, 2, 3)))) * rng.uniform(0.6, 1.0)


def _step(rate: int, rng: Rng) -> Wave:
    """A step that dies away within 1 to 20 ms, as of a bad edit or a plug."""
    length_s = 10 ** rng.uniform(-3.0, -1.7)
    return np.asarray(np.exp(-3.0 * np.arange(max(round(length_s * rate), 2)) / length_s / rate))


_PULSES: Mapping[str, Callable[[int, Rng], Wave]] = MappingProxyType(
    {"swing": _swing, "crackle": _swing, "digital": _digital, "step": _step}
)

CLICKS = (*_PULSES, "dropped", "slip")
"""Ways of making clicks. `crackle` is swings with three times as many lesser ones; `dropped` loses
up to 16 samples, which become zeros or the last one held; `slip` skips or repeats up to 32 samples,
as a clock does that is out of step."""


_VARIED: Mapping[str, Callable[[int, Rng], Wave]] = MappingProxyType(
    {
        "swing": variety.swing,
        "crackle": variety.swing,
        "digital": lambda rate, rng: variety.digital(rng),
        "step": variety.step,
    }
)


def with_clicks(
    name: str,
    clean: Sound,
    rate: int,
    count: int,
    height_db: float,
    rng: Rng,
    varied: bool = False,
) -> Clicked | None:
    """Put clicks into a second.

    Args:
        name: One of `CLICKS`.
        clean: Shape (n,).
        rate: Samples a second.
        count: How many are wanted.
        height_db: Height of each over the RMS around it. Dropped samples and slips cannot be
            of any height: places are taken where they come within 3 dB.
        rng: Chooses places, signs and shapes.
        varied: With shapes that the examination does not ask for.

    Returns:
        The second, or None where no place is fit for any click.
    """
    around = local_rms(clean, rate)
    if name in _PULSES:
        pulse = (_VARIED if varied else _PULSES)[name]
        wanted = [1.0] * count
        if name == "crackle":
            wanted += rng.uniform(0.1, 0.6, _LESSER * count).tolist()
        return _added(pulse, clean, around, rate, wanted, count, height_db, rng)
    return _lost(name, clean, around, rate, count, height_db, rng)


def _added(
    pulse_of: Callable[[int, Rng], Wave],
    clean: Sound,
    around: Wave,
    rate: int,
    wanted: list[float],
    count: int,
    height_db: float,
    rng: Rng,
) -> Clicked:
    sound = clean.astype(np.float64)
    places = _places(len(clean), rate, len(wanted), rng)
    for place, share in zip(places, wanted, strict=False):
        pulse = pulse_of(rate, rng)
        pulse = pulse / np.abs(pulse).max() * rng.choice((-1.0, 1.0))
        pulse = pulse[: len(sound) - place]
        sound[place : place + len(pulse)] += (
            share * around[place] * 10.0 ** (height_db / 20.0) * pulse
        )
    return Clicked(sound, count, height_db, tuple(places[:count].tolist()))


def _places(total: int, rate: int, count: int, rng: Rng) -> NDArray[np.int64]:
    """Apart from each other as far as that goes, in no order."""
    edge = round(_EDGE_S * rate)
    inside = (np.arange(count) + rng.uniform(0.05, 0.95, count)) * (total - 2 * edge) / count
    return rng.permutation((edge + inside).astype(np.int64))


def _lost(
    name: str, clean: Sound, around: Wave, rate: int, count: int, height_db: float, rng: Rng
) -> Clicked | None:
    """Samples that are dropped, or skipped and repeated, where that makes so high a jump."""
    edge = max(round(_EDGE_S * rate), 34)
    candidates = _CANDIDATES * max(len(clean) // rate, 1)
    tried = rng.integers(edge, len(clean) - edge, candidates)
    lengths = rng.integers(1, 17 if name == "dropped" else 33, candidates)
    heights = _jumps(name, clean, tried, lengths)
    over_db = 20.0 * np.log10(np.maximum(heights / np.maximum(around[tried], 1e-12), 1e-6))
    chosen: list[int] = []
    for number in np.argsort(np.abs(over_db - height_db), kind="stable"):
        if abs(over_db[number] - height_db) > _WITHIN_DB or len(chosen) == count:
            break
        if (np.abs(tried[chosen] - tried[number]) > _APART_S * rate).all():
            chosen.append(int(number))
    if not chosen:
        return None
    sound = clean.astype(np.float64)
    places: list[int] = []
    # From the back, so that what was found stays at its place.
    for number in sorted(chosen, key=lambda c: -int(tried[c])):
        place, length = int(tried[number]), int(lengths[number])
        sound = _losing(name, sound, place, length)
        if name == "slip":
            # What lies behind moves.
            moved = -length if length % 2 else length
            places = [other + moved for other in places]
        places.append(place)
    inside = tuple(place for place in places if place < len(clean))
    return Clicked(sound, len(chosen), float(over_db[chosen].mean()), inside)


def _jumps(name: str, clean: Sound, places: NDArray[np.int64], lengths: NDArray[np.int64]) -> Wave:
    """How far the sound jumps where it should go on, by place."""
    odd = lengths % 2 == 1
    if name == "slip":
        there = np.where(odd, places + lengths, places - lengths)
        return np.asarray(np.abs(clean[there].astype(np.float64) - clean[places]))
    reach = np.arange(lengths.max())
    hurt = clean[places[:, None] + reach].astype(np.float64)
    off = np.abs(hurt - np.where(odd, clean[places - 1], 0.0)[:, None])
    return np.asarray(np.where(reach < lengths[:, None], off, 0.0).max(axis=1))


def _losing(name: str, sound: Wave, place: int, length: int) -> Wave:
    if name == "slip":
        there = place + length if length % 2 else place - length
        moved = np.concatenate((sound[:place], sound[there:]))
        missing = len(sound) - len(moved)
        # The sound goes on beyond the second: mirrored, so that there is no further jump.
        return moved[: len(sound)] if missing <= 0 else np.pad(moved, (0, missing), "reflect")
    lost = sound.copy()
    lost[place : place + length] = sound[place - 1] if length % 2 else 0.0
    return lost
