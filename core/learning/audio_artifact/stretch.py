"""A stretch of sound with, or without, artifacts: what a title is like, and its rows.

Single seconds are not alone in a title. So artifacts are put into stretches, too: all along, from
or to a place inside, or for one second only, by the makers that seconds are made with; each row, a
second every half second, is labelled by whether an artifact is on in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.audio_artifact.answer import HOP_S
from core.learning.audio_artifact.artifact import ARTIFACTS, ORDER, Dose, Made, make, shown_db
from core.learning.audio_artifact.distort import BY_SHARE
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.second import Place, clean_of, coder_of, dose_of, levelled
from core.learning.audio_artifact.source import SECOND_S, Recording
from core.learning.lesson_file import SIDES, Side
from core.simulate.sound_coding import through_coder

Sound = NDArray[np.float32]
Rng = np.random.Generator

ABSENT, PRESENT, UNKNOWN = 0, 1, 2
"""Of an artifact in a row; unknown where it covers a part of the row, or is hidden."""

WHOLE, PART, SECOND = "whole", "part", "second"
"""How long an artifact is on: all along, from or to a place inside, for one second."""

MANNERS = (WHOLE, PART, SECOND)

_SEED = 57
_TRIES, _PLANS, _FAR = 40, 50, 1_000_003
_LEAST_S = 2.0
_LEAST_PART_S, _LEAST_AROUND_S = 3.0, 5.0
_TENTHS = 10
_JITTER_S = 0.05
_COVERED = 0.8
_FADE_S = 0.005
_EDGE_S = 0.01
_HEARD = 10.0 ** (-70.0 / 20.0)
_FULL = 32768.0


@dataclass(frozen=True, slots=True)
class Put:
    """An artifact that was put into a stretch.

    Attributes:
        name: One of `ARTIFACTS`.
        generator: How it was made.
        amount: What was asked for, in the unit of the dose.
        count: Clicks a second; else 0.
        manner: One of `MANNERS`.
        first_s: From here.
        end_s: To here.
    """

    name: str
    generator: str
    amount: float
    count: int
    manner: str
    first_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class StretchOrigin:
    """Where a stretch is from and what was done to it; the rest as in `second.Origin`.

    Attributes:
        rows: How many it has.
        put: What was put in.
    """

    source: str
    family: str
    kind: str
    at_s: float
    rate: int
    rows: int
    put: tuple[Put, ...]
    coder: str
    narrowed_hz: int


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A stretch and what is true of its rows.

    Attributes:
        windows: The second of each row, float32, shape (rows, samples).
        origin: Where from.
        state: Of each of `ARTIFACTS` in each row, shape (rows, 4), int8.
        dose: How much of it is in the row: SNR in dB, share of samples, height in dB, or bits a
            second; NaN where it is absent; float32, shape (rows, 4).
        heard: Which rows are loud enough to be asked about, shape (rows,).
    """

    windows: Sound
    origin: StretchOrigin
    state: NDArray[np.int8]
    dose: NDArray[np.float32]
    heard: NDArray[np.bool_]


def stretch_of(lesson: Lesson, recordings: Sequence[Recording], side: Side, number: int) -> Stretch:
    """The stretch of a number.

    Args:
        lesson: Says what may be asked for.
        recordings: Of this side.
        side: Which.
        number: Decides everything.

    Raises:
        KnownError: The recordings are too short or too quiet.
    """
    for plan in range(_PLANS):
        # Where nothing takes what is planned, the next number's plan is as good.
        made = _made(lesson, recordings, side, number + plan * _FAR)
        if made is not None:
            return made
    raise KnownError(f"The recordings for the side “{side}” are too short or too quiet.")


def _made(
    lesson: Lesson, recordings: Sequence[Recording], side: Side, number: int
) -> Stretch | None:
    """What one plan comes to; None where nothing takes it."""
    rng = np.random.default_rng([lesson.seed, SIDES.index(side), number, _SEED])
    doses, (coder, bits) = _planned(lesson, side, rng)
    for _ in range(_TRIES):
        clean, place = clean_of(lesson, recordings, side, rng, lesson.stretch.length_s)
        # Transforms of lengths with small factors are quicker.
        clean = clean[: len(clean) - len(clean) % (place.rate // _TENTHS)]
        if len(clean) < _LEAST_S * place.rate:
            continue
        manner, first, end = _when(lesson, len(clean), place.rate, rng)
        done = _damaged(lesson, doses, clean, (first, end), place.rate, rng)
        if done is None:
            continue
        sound, state, dose, full = done
        sound = levelled(sound, full, lesson, rng)
        if coder:
            sound = through_coder(sound, place.rate, coder, bits)
            sound /= max(float(np.abs(sound).max()), 1.0)
        if rng.random() < lesson.chances["sixteen_bits"]:
            sound = np.clip(np.rint(sound * _FULL), -_FULL, _FULL - 1).astype(np.float32) / _FULL
        windows = _windows(np.asarray(sound, np.float32), place.rate)
        heard = np.square(windows).mean(axis=1) >= _HEARD**2
        span = first / place.rate, end / place.rate
        put = tuple(
            Put(d.artifact, d.generator, round(d.amount, 5), d.count, manner, *span) for d in doses
        )
        return Stretch(windows, _origin(place, len(windows), put, coder), state, dose, heard)
    return None


def _planned(lesson: Lesson, side: Side, rng: Rng) -> tuple[list[Dose], tuple[str, int]]:
    kind = str(rng.choice(CLASSES, p=[lesson.kinds[name] for name in CLASSES]))
    names = [] if kind == CLASSES[0] else [kind]
    if names and rng.random() < lesson.chances["second_artifact"]:
        names.append(str(rng.choice([name for name in ARTIFACTS if name != kind])))
    test = side == "test"
    doses = []
    for name in sorted(names, key=ORDER.index):
        held = bool(test and rng.random() < lesson.chances["held_out_generator"])
        doses.append(dose_of(lesson, name, held, False, rng))
    if not test:
        varied = bool(rng.random() < lesson.chances["varied"])
        doses = [replace(dose, varied=varied) for dose in doses]
    return doses, coder_of(lesson, test, rng)


def _when(lesson: Lesson, count: int, rate: int, rng: Rng) -> tuple[str, int, int]:
    """Manner, first sample and the one after the last."""
    manners = lesson.stretch.manners
    manner = str(rng.choice(MANNERS, p=[manners[name] for name in MANNERS]))
    if manner == PART and count < _LEAST_AROUND_S * rate:
        manner = WHOLE
    if manner == WHOLE:
        return manner, 0, count
    if manner == SECOND:
        rows = int((count / rate - SECOND_S) / HOP_S)
        begin = HOP_S * int(rng.integers(rows + 1)) + rng.uniform(-_JITTER_S, _JITTER_S)
        first = min(max(round(begin * rate), 0), count - rate)
        return manner, first, first + rate
    tenth = rate // _TENTHS
    tenths, least = count // tenth, round(_LEAST_PART_S * _TENTHS)
    first = int(rng.integers(0, tenths - least)) if rng.random() < 2 / 3 else 0
    end = tenths
    if not first or rng.random() < 0.5:
        end = int(rng.integers(first + least, tenths + 1))
    return manner, first * tenth, end * tenth


def _damaged(
    lesson: Lesson,
    doses: Sequence[Dose],
    clean: Sound,
    on: tuple[int, int],
    rate: int,
    rng: Rng,
) -> tuple[Sound, NDArray[np.int8], NDArray[np.float32], bool] | None:
    """The sound, state and dose of its rows, and whether its peak belongs at full scale."""
    sound, full = clean, False
    rows = len(_windows(clean, rate))
    state = np.zeros((rows, len(ARTIFACTS)), np.int8)
    amounts = np.full((rows, len(ARTIFACTS)), np.nan, np.float32)
    first, end = on
    level = float(np.sqrt(np.mean(np.square(clean[first:end], dtype=np.float64))))
    if doses and level < 10.0 ** (lesson.quietest_dbfs / 20.0):
        return None
    for dose in doses:
        asked = replace(dose, count=max(round(dose.count * (end - first) / rate), 1))
        made = make(asked, sound[first:end], level, rate, rng)
        if made is None:
            return None
        after = sound.astype(np.float64)
        after[first:end] += (made.sound - sound[first:end]) * _faded(on, len(sound), rate)
        column = ARTIFACTS.index(dose.artifact)
        _label(lesson, dose, made, sound, after, on, rate, state[:, column], amounts[:, column])
        if not (state[:, column] == PRESENT).any():
            return None
        sound = np.asarray(after, np.float32)
        full = made.at_full_scale or (full and dose.artifact != "clicks")
    return sound, state, amounts, full


def _faded(on: tuple[int, int], count: int, rate: int) -> NDArray[np.float64]:
    """Weight of what was added where it is on: up and down at places inside the stretch."""
    first, end = on
    ramp = np.linspace(0.0, 1.0, round(_FADE_S * rate))
    shape = np.ones(end - first)
    if first > 0:
        shape[: len(ramp)] = ramp
    if end < count:
        shape[len(shape) - len(ramp) :] = ramp[::-1]
    return shape


def _label(
    lesson: Lesson,
    dose: Dose,
    made: Made,
    before: Sound,
    after: NDArray[np.float64],
    on: tuple[int, int],
    rate: int,
    state: NDArray[np.int8],
    amounts: NDArray[np.float32],
) -> None:
    """Set state and dose of one artifact in every row, in place."""
    marks = None
    if made.at is not None:
        marks = np.zeros(len(before), np.bool_)
        marks[on[0] : on[1]] = made.at
    low = lesson.ranges.clipped_share if dose.generator in BY_SHARE else lesson.ranges.soft_share
    for row in range(len(state)):
        at = round(row * HOP_S * rate)
        here = slice(at, at + round(SECOND_S * rate))
        covered = min(here.stop, on[1]) - max(here.start, on[0])
        if covered <= 0:
            continue
        was, now = before[here], after[here]
        if marks is None:
            state[row] = PRESENT if covered >= _COVERED * rate else UNKNOWN
            amounts[row] = dose.amount
            if dose.artifact in ("hum", "hiss"):
                amounts[row] = _snr_db(was, now)
        elif dose.artifact == "distortion":
            amounts[row] = share = float(marks[here].mean())
            state[row] = PRESENT if share >= low[0] else UNKNOWN if share > 0 else ABSENT
        else:
            state[row] = _clicked(marks[here], dose, was, now, here.stop > on[1], rate)
            amounts[row] = made.amount
        if state[row] == PRESENT and dose.generator != "slip":
            shown = shown_db(dose.artifact, was, now, rate)
            if not np.isfinite(shown) or shown < lesson.hidden_db:
                state[row] = UNKNOWN


def _clicked(
    marks: NDArray[np.bool_],
    dose: Dose,
    was: Sound,
    now: NDArray[np.float64],
    ends: bool,
    rate: int,
) -> int:
    """A row with clicks in it, with next to none, or with no more than the tail of one."""
    edge = round(_EDGE_S * rate)
    if marks[edge:-edge].any():
        return PRESENT
    if dose.generator == "slip":
        # Behind a slip all is moved, but where the stretch ends that has it.
        return UNKNOWN if marks.any() or ends else ABSENT
    return UNKNOWN if marks.any() or not np.array_equal(was, now.astype(np.float32)) else ABSENT


def _snr_db(was: Sound, now: NDArray[np.float64]) -> float:
    clean, added = was.astype(np.float64), now - was
    ratio = (clean @ clean + 1e-12) / (added @ added + 1e-12)
    return 10.0 * float(np.log10(ratio))


def _windows(sound: Sound, rate: int) -> Sound:
    size = round(SECOND_S * rate)
    starts = [
        round(row * HOP_S * rate) for row in range(int((len(sound) - size) / rate / HOP_S) + 1)
    ]
    return np.stack([sound[start : start + size] for start in starts])


def _origin(place: Place, rows: int, put: tuple[Put, ...], coder: str) -> StretchOrigin:
    return StretchOrigin(
        place.source,
        place.family,
        place.kind,
        round(place.at_s, 4),
        place.rate,
        rows,
        put,
        coder,
        place.narrowed_hz,
    )
