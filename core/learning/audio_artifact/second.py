"""One second of the pool: clean sound, with or without artifacts, as its number says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.signal
from numpy.typing import NDArray

from core.domain.errors import BugError
from core.learning.audio_artifact.artifact import ARTIFACTS, ORDER, Dose, make, shown_db
from core.learning.audio_artifact.distort import BY_SHARE
from core.learning.audio_artifact.drawn import DRAWN, drawn
from core.learning.audio_artifact.drawn_besides import DRAWN_BESIDES
from core.learning.audio_artifact.lesson import CLASSES, Lesson, Ranges
from core.learning.audio_artifact.source import SECOND_S, Recording
from core.learning.lesson_file import SIDES, Side
from core.simulate.sound_coding import through_coder

Sound = NDArray[np.float32]
Rng = np.random.Generator

DRAWN_KIND = "drawn"
"""Kind of the sounds that code makes; their family is `drawn_` and the name."""

DRAWN_S = 4.0
"""Longest stretch of a drawn sound: its makers draw for one to a few seconds."""

_DRAWN_RATES = (48_000, 44_100)
_NARROW_HZ = (8000, 11_025, 16_000, 22_050, 24_000, 32_000)
_NARROWER = 0.75
_TRIES = 40
_ANY_PLACE = 0.05
_HEADROOM_DB = 0.3
_NEAR_FULL_DB = 1.0
_FULL = 32768.0


@dataclass(frozen=True, slots=True)
class Artifact:
    """What was put into a second.

    Attributes:
        name: One of `ARTIFACTS`.
        generator: How it was made.
        amount: What came out: SNR in dB, height in dB, share of samples, or bits a second.
        count: Clicks; else 0.
        shown_db: How far it shows; see `artifact.shown_db`.
        beyond: It was asked for beyond the range that is taught.
    """

    name: str
    generator: str
    amount: float
    count: int
    shown_db: float
    beyond: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a second is from and what was done to it.

    Attributes:
        source: Name of the recording.
        family: What it is split by.
        kind: Speech, music, ambience, other or drawn.
        at_s: Where in what is kept of the recording.
        rate: Samples a second.
        artifacts: What was put in.
        coder: What it was coded with afterwards; empty for nothing.
        narrowed_hz: Rate that it went through before; 0 for none.
    """

    source: str
    family: str
    kind: str
    at_s: float
    rate: int
    artifacts: tuple[Artifact, ...]
    coder: str
    narrowed_hz: int

    def has(self, artifact: str) -> bool:
        """Whether an artifact was put in."""
        return any(made.name == artifact for made in self.artifacts)


@dataclass(frozen=True, slots=True)
class _Plan:
    doses: tuple[Dose, ...]
    beyond: bool
    coder: str
    bits: int
    anywhere: bool


def second_of(
    lesson: Lesson, recordings: Sequence[Recording], side: Side, number: int
) -> tuple[Sound, Origin]:
    """The second of a number.

    Args:
        lesson: Says what may be asked for.
        recordings: Of this side.
        side: Which.
        number: Decides everything.

    Returns:
        float32, shape (n,), and where it is from.
    """
    rng = np.random.default_rng([lesson.seed, SIDES.index(side), number])
    plan = _planned(lesson, side, rng)
    for _ in range(_TRIES):
        clean, place = clean_of(lesson, recordings, side, rng, SECOND_S)
        level = float(np.sqrt(np.mean(np.square(clean, dtype=np.float64))))
        quiet = level < 10.0 ** (lesson.quietest_dbfs / 20.0)
        if quiet and (plan.doses or not plan.anywhere):
            continue
        damaged = _damaged(plan, clean, level, place.rate, rng)
        if damaged is None:
            continue
        sound, made, at_full_scale = damaged
        sound = levelled(sound, at_full_scale, lesson, rng)
        if plan.coder:
            sound = through_coder(sound, place.rate, plan.coder, plan.bits)
            sound /= max(float(np.abs(sound).max()), 1.0)
        if rng.random() < lesson.chances["sixteen_bits"]:
            sound = np.clip(np.rint(sound * _FULL), -_FULL, _FULL - 1).astype(np.float32) / _FULL
        origin = Origin(
            place.source,
            place.family,
            place.kind,
            round(place.at_s, 4),
            place.rate,
            made,
            plan.coder,
            place.narrowed_hz,
        )
        return np.asarray(sound, np.float32), origin
    # Where nothing takes what is planned, the next number's plan is as good.
    return second_of(lesson, recordings, side, number + 1_000_003)


def _planned(lesson: Lesson, side: Side, rng: Rng) -> _Plan:
    kind = str(rng.choice(CLASSES, p=[lesson.kinds[name] for name in CLASSES]))
    names = [] if kind == CLASSES[0] else [kind]
    chances = lesson.chances
    if names and rng.random() < chances["second_artifact"]:
        names.append(str(rng.choice([name for name in ARTIFACTS if name != kind])))
    test = side == "test"
    beyond = bool(test and len(names) == 1 and rng.random() < chances["beyond"])
    doses = []
    for name in sorted(names, key=ORDER.index):
        held = bool(test and not beyond and rng.random() < chances["held_out_generator"])
        doses.append(dose_of(lesson, name, held, beyond, rng))
    coder, bits = coder_of(lesson, test, rng)
    if not test:
        varied = bool(rng.random() < chances["varied"])
        doses = [replace(dose, varied=varied) for dose in doses]
    return _Plan(tuple(doses), beyond, coder, bits, bool(rng.random() < _ANY_PLACE))


def coder_of(lesson: Lesson, test: bool, rng: Rng) -> tuple[str, int]:
    """What a sound is coded with afterwards, and bits a second; empty and 0 for nothing."""
    coder = ""
    coders = lesson.coders if test else {**lesson.coders, **lesson.more_coders}
    if test and rng.random() < lesson.chances["held_out_coder"]:
        coder = str(rng.choice(lesson.coders_for(held=True)))
    elif rng.random() < lesson.chances["coded_after"]:
        among = lesson.coders_for(held=False)
        coder = str(rng.choice(among if test else (*among, *lesson.more_coders)))
    return coder, int(rng.choice(coders[coder])) if coder else 0


def dose_of(lesson: Lesson, name: str, held: bool, beyond: bool, rng: Rng) -> Dose:
    """An amount of an artifact from its range, made in a way that is held out or not."""
    among = lesson.generators(name, held) or lesson.generators(name, held=False)
    ranges = lesson.beyond if beyond else lesson.ranges
    if beyond and name == "distortion":
        among = tuple(generator for generator in among if generator in BY_SHARE)
    generator = str(rng.choice(among))
    if name == "clicks":
        low, high = ranges.clicks_a_second
        count = int(rng.integers(round(low), round(high) + 1))
        return Dose(name, generator, float(rng.uniform(*ranges.click_height_db)), count)
    if name == "distortion":
        return Dose(name, generator, _share(generator, ranges, rng))
    between = ranges.hum_snr_db if name == "hum" else ranges.hiss_snr_db
    return Dose(name, generator, float(rng.uniform(*between)))


def _share(generator: str, ranges: Ranges, rng: Rng) -> float:
    if generator == "codec":
        return float(rng.choice(ranges.coded_bits))
    low, high = ranges.soft_share if generator == "soft" else ranges.clipped_share
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clean sound is from, as in `Origin`."""

    source: str
    family: str
    kind: str
    at_s: float
    rate: int
    narrowed_hz: int


def clean_of(
    lesson: Lesson, recordings: Sequence[Recording], side: Side, rng: Rng, most_s: float
) -> tuple[Sound, Place]:
    """One channel of a clean sound: kinds alike, then families, then recordings and places by
    their length.

    Args:
        lesson: Says how much is drawn, and narrowed.
        recordings: Of this side.
        side: Which.
        rng: Chooses.
        most_s: Its length, where the piece is so long; what is drawn is `DRAWN_S` at most.
    """
    if rng.random() < lesson.drawn or not recordings:
        names = tuple(DRAWN) if side == "test" else (*DRAWN, *DRAWN_BESIDES)
        name, rate = str(rng.choice(names)), int(rng.choice(_DRAWN_RATES))
        sound = drawn(name, round(min(most_s, DRAWN_S) * rate), rate, rng)
        return sound, Place(name, f"{DRAWN_KIND}_{name}", DRAWN_KIND, 0.0, rate, 0)
    kind = str(rng.choice(sorted({r.kind for r in recordings})))
    family = str(rng.choice(sorted({r.family for r in recordings if r.kind == kind})))
    among = [r for r in recordings if r.kind == kind and r.family == family]
    lengths = np.array([sum(r.pieces) / r.rate for r in among])
    chosen = among[int(rng.choice(len(among), p=lengths / lengths.sum()))]
    pieces = np.array(chosen.pieces, np.float64)
    piece = int(rng.choice(len(pieces), p=pieces / pieces.sum()))
    count = min(round(most_s * chosen.rate), chosen.pieces[piece])
    first = int(rng.integers(0, chosen.pieces[piece] - count + 1))
    sound = chosen.part(piece, first, count, int(rng.integers(2)))
    at_s = (sum(chosen.pieces[:piece]) + first) / chosen.rate
    narrowed = 0
    if rng.random() < lesson.chances["narrowed"]:
        lower = [hz for hz in _NARROW_HZ if hz < _NARROWER * chosen.rate]
        if lower:
            narrowed = int(rng.choice(lower))
            sound = narrower(sound, chosen.rate, narrowed)
    place = Place(chosen.name, chosen.family, chosen.kind, at_s, chosen.rate, narrowed)
    return sound, place


def narrower(sound: Sound, rate: int, hz: int) -> Sound:
    """As if it had been recorded at a lower rate."""
    there = scipy.signal.resample_poly(sound, hz, rate)
    back = scipy.signal.resample_poly(there, rate, hz)
    return np.asarray(back[: len(sound)], np.float32)


def _damaged(
    plan: _Plan, clean: Sound, level: float, rate: int, rng: Rng
) -> tuple[Sound, tuple[Artifact, ...], bool] | None:
    sound, made, at_full_scale = clean, [], False
    for dose in plan.doses:
        done = make(dose, sound, level, rate, rng)
        if done is None:
            return None
        # After a slip nothing is in step any more, so that only its jump can be told.
        slipped = dose.generator == "slip"
        shown = done.amount if slipped else shown_db(dose.artifact, sound, done.sound, rate)
        if not np.isfinite(shown):
            return None
        made.append(
            Artifact(
                dose.artifact,
                dose.generator,
                round(done.amount, 5),
                done.count,
                round(shown, 2),
                plan.beyond,
            )
        )
        sound = np.asarray(done.sound, np.float32)
        at_full_scale = done.at_full_scale or (at_full_scale and dose.artifact != "clicks")
    return sound, tuple(made), at_full_scale


def levelled(sound: Sound, at_full_scale: bool, lesson: Lesson, rng: Rng) -> Sound:
    """At some level; nothing is cut off, whatever the artifacts added."""
    if not np.isfinite(sound).all():
        raise BugError("a made second has samples that are no numbers")
    peak = float(np.abs(sound).max(initial=0.0))
    if peak <= 0.0:
        return sound
    if at_full_scale:
        gain = 10.0 ** (-rng.uniform(0.0, _HEADROOM_DB) / 20.0) / peak
    elif rng.random() < lesson.chances["peak_at_full_scale"]:
        gain = 10.0 ** (-rng.uniform(0.0, _NEAR_FULL_DB) / 20.0) / peak
    else:
        gain = min(10.0 ** (rng.uniform(*lesson.level_db) / 20.0), 0.999 / peak)
    return np.asarray(sound * np.float32(gain), np.float32)
