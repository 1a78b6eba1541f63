"""What a person hears to judge a flag: only what was flagged, or the sound without it.

None of this restores anything for good: it says in two seconds whether the flag is right, and
roughly what taking the defect away would leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.finding import Band
from core.jobs.progress import CancelToken
from core.media.linear_predictor import Reals, filled
from core.media.noise_gate import without_floor
from core.media.sound_evidence import (
    MARK_OF,
    Mark,
    SoundEvidence,
    clicks_of,
    evidence_of,
)

Sound = NDArray[np.float32]


class Hearing(StrEnum):
    """How a stretch is heard."""

    ORIGINAL = "original"
    SOLO = "solo"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True, eq=False)
class Audition:
    """A stretch made ready to be heard.

    Attributes:
        samples: float32, shape (channels, n).
        gain_db: How far it was turned up, or down where it would not have fitted.
    """

    samples: Sound
    gain_db: float


_NAMES: Mapping[Mark, str] = {
    Mark.LINES: "hum",
    Mark.FLOOR: "hiss",
    Mark.INSTANTS: "clicks",
    Mark.PLATEAUS: "clipping",
}


def reason_against(defect: str, hearing: Hearing) -> str:
    """Why a flag of this defect cannot be heard so, as a sentence; empty when it can."""
    mark = MARK_OF.get(defect)
    if hearing is Hearing.ORIGINAL:
        return ""
    if mark is None:
        return "This defect has no part of its own in the sound that could be set apart."
    if mark is Mark.PLATEAUS and hearing is Hearing.SOLO:
        return "Clipping lies in no band of its own, so it cannot be heard alone."
    return ""


def heard_name(defect: str, hearing: Hearing) -> str:
    """What is heard, in words: `only hum`, `without clicks`."""
    mark = MARK_OF.get(defect)
    if hearing is Hearing.ORIGINAL or mark is None:
        return "the original"
    return f"{'only' if hearing is Hearing.SOLO else 'without'} {_NAMES[mark]}"


def audition(
    samples: Sound,
    rate: int,
    defect: str,
    hearing: Hearing,
    channels: Sequence[int],
    band: Band | None = None,
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Audition:
    """Make a stretch ready to be heard.

    Alone, the channels concerned are turned up to -24 dBFS (by 30 dB at most), the others silent.
    Without the defect, the other channels stay as they are, and all are turned down where a
    mended peak would pass full scale.

    Args:
        samples: Shape (channels, n).
        rate: Samples a second.
        defect: Id of the defect.
        hearing: Solo or without.
        channels: Those concerned, counted from 0.
        band: Where the finding says that it lies.
        cancel: Looked at often.
        progress: Told the share that is done.

    Raises:
        KnownError: Nothing of the defect was found that could be set apart.
        CancelledError: It was cancelled.
    """
    token = cancel or CancelToken()
    mark = MARK_OF.get(defect)
    if mark is None or hearing is Hearing.ORIGINAL:
        return Audition(samples, 0.0)
    made = np.zeros_like(samples) if hearing is Hearing.SOLO else samples.copy()
    found_any = False
    for done, channel in enumerate(channels):
        token.check()
        told = _part_of(progress, done, len(channels))
        found = evidence_of(samples[channel], rate, 0.0, defect, band)
        if hearing is Hearing.SOLO:
            piece = _alone(samples[channel], found, mark, band)
        else:
            piece = _without(samples[channel], found, mark, band, token, told)
        if piece is not None:
            found_any = True
            made[channel] = piece
        told(1.0)
    if not found_any:
        raise KnownError(
            f"No {_NAMES[mark]} was found in this stretch that could be set apart."
            if mark is not Mark.INSTANTS
            else "No clicks were found in this stretch that could be set apart."
        )
    return _fitted(made, hearing, channels)


def _part_of(progress: Callable[[float], None], done: int, count: int) -> Callable[[float], None]:
    return lambda share: progress((done + share) / count)


_SOLO_DB, _MOST_GAIN_DB, _PEAK = -24.0, 30.0, 0.9


def _fitted(made: Sound, hearing: Hearing, channels: Sequence[int]) -> Audition:
    peak = float(np.abs(made).max(initial=0.0))
    gain = 1.0
    if hearing is Hearing.SOLO and peak > 0:
        level = float(np.sqrt(np.mean(np.square(made[list(channels)]), axis=1).max()))
        gain = min(10.0 ** (_SOLO_DB / 20) / max(level, 1e-9), 10.0 ** (_MOST_GAIN_DB / 20))
        gain = max(min(gain, _PEAK / peak), min(1.0, _PEAK / peak))
    elif peak > 1.0:
        gain = 1.0 / peak
    return Audition((made * np.float32(gain)).astype(np.float32), 20.0 * float(np.log10(gain)))


# Alone

_CLICKS_FROM_HZ, _MOST_SHARE = 4000.0, 0.25
_HISS_HZ = (4000.0, 16_000.0)
_MULTIPLES = 8


def _alone(samples: Sound, found: SoundEvidence, mark: Mark, band: Band | None) -> Reals | None:
    rate = found.rate
    if mark is Mark.LINES:
        lines = _lines(found, band)
        return samples - without_lines(samples, rate, lines) if lines else None
    if mark is Mark.INSTANTS:
        low = min(_CLICKS_FROM_HZ, _MOST_SHARE * rate)
        return within(samples, rate, Band(low, rate / 2)) if len(found.clicks) else None
    return within(samples, rate, _band(found, band))


def _lines(found: SoundEvidence, band: Band | None) -> tuple[float, ...]:
    """Frequencies of the lines that were found, else the multiples that the finding tells of."""
    if found.lines:
        return tuple(line.hz for line in found.lines)
    if band is None or band.low_hz <= 0:
        return ()
    return tuple(band.low_hz * n for n in range(1, _MULTIPLES + 1))


def _band(found: SoundEvidence, band: Band | None) -> Band:
    if found.floor is not None:
        return found.floor.band
    return band or Band(*(min(hertz, 0.45 * found.rate) for hertz in _HISS_HZ))


_PAD_S = 1.0
_SLOPE = 0.1


def within(samples: Sound, rate: int, band: Band) -> Reals:
    """Only what lies in a band, without moving it in time.

    The edges fall within a tenth of their frequency, in the spectrum of the whole stretch.
    """

    def gains(hertz: Reals) -> Reals:
        rise = _ramp(hertz, band.low_hz * (1 - _SLOPE), band.low_hz)
        if band.high_hz >= 0.49 * rate:
            return rise
        return rise * (1.0 - _ramp(hertz, band.high_hz, band.high_hz * (1 + _SLOPE)))

    return _filtered(samples, rate, gains)


def without_lines(samples: Sound, rate: int, lines_hz: Sequence[float]) -> Reals:
    """The sound with a narrow notch at each frequency, without moving it in time.

    A notch is a bell of 1 Hz and .6 % of its frequency (standard deviation), so that a mains
    frequency that swings is taken as well, and 25 Hz beside it nothing is touched.
    """

    def gains(hertz: Reals) -> Reals:
        kept = np.ones_like(hertz)
        for line in lines_hz:
            width = 1.0 + 0.006 * line
            kept *= 1.0 - np.exp(-0.5 * np.square((hertz - line) / width))
        return kept

    return _filtered(samples, rate, gains)


def _ramp(values: Reals, low: float, high: float) -> Reals:
    """A smooth step from 0 at `low` to 1 at `high`."""
    share = np.clip((values - low) / max(high - low, 1e-9), 0.0, 1.0)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share))


def _filtered(samples: Sound, rate: int, gains: Callable[[Reals], Reals]) -> Reals:
    """The samples with their spectrum multiplied; both ends are mirrored, not cut."""
    pad = min(round(_PAD_S * rate), len(samples) - 1)
    if pad < 1:
        return samples.astype(np.float64)
    padded = np.pad(samples.astype(np.float64), pad, mode="reflect", reflect_type="odd")
    size = scipy.fft.next_fast_len(len(padded), real=True)
    spectrum = scipy.fft.rfft(padded, size)
    spectrum *= gains(scipy.fft.rfftfreq(size, 1.0 / rate))
    return np.asarray(scipy.fft.irfft(spectrum, size)[pad : pad + len(samples)])


# Without


def _without(
    samples: Sound,
    found: SoundEvidence,
    mark: Mark,
    band: Band | None,
    token: CancelToken,
    progress: Callable[[float], None],
) -> Reals | None:
    if mark is Mark.LINES:
        lines = _lines(found, band)
        return without_lines(samples, found.rate, lines) if lines else None
    if mark is Mark.FLOOR:
        wanted = _band(found, band)
        return without_floor(samples, found.rate, wanted.low_hz, token, progress)
    if mark is Mark.INSTANTS:
        if not len(found.clicks):
            return None
        return without_clicks(samples, found.rate, found.clicks, token, progress)
    return without_plateaus(samples, found.plateaus) if len(found.plateaus) else None


_ORDER, _CONTEXT_S = 32, 0.025
_JOINED = 8
_PASSES = 3


def without_clicks(
    samples: Sound,
    rate: int,
    clicks: NDArray[np.int64],
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] = lambda _share: None,
) -> Reals:
    """The sound with each click replaced by what the sound around it predicts.

    What a click hid is looked for again, twice.

    Args:
        samples: Shape (n,).
        rate: Samples a second.
        clicks: First sample and one past the last of each, shape (clicks, 2).
        cancel: Looked at for each click.
        progress: Told the share that is done.
    """
    token = cancel or CancelToken()
    made = samples.astype(np.float64)
    for number in range(_PASSES):
        gaps = _joined(clicks, len(made))
        for place, (first, end) in enumerate(gaps):
            token.check()
            made[first:end] = filled(made, first, end, _ORDER, round(_CONTEXT_S * rate))
            progress((number + place / len(gaps)) / _PASSES)
        clicks = clicks_of(made.astype(np.float32), rate)
        if not len(clicks):
            break
    return made


def _joined(clicks: NDArray[np.int64], count: int) -> list[tuple[int, int]]:
    """The clicks with a sample more on either side; those that nearly touch as one."""
    gaps: list[tuple[int, int]] = []
    for first, end in clicks.tolist():
        first, end = max(first - 1, 0), min(end + 1, count)
        if gaps and first - gaps[-1][1] < _JOINED:
            gaps[-1] = (gaps[-1][0], end)
        else:
            gaps.append((first, end))
    return gaps


_MOST_OVER = 2.0


def without_plateaus(samples: Sound, plateaus: NDArray[np.int64]) -> Reals:
    """The sound with each flat top replaced by a cubic that goes on as steeply as the wave came.

    Hermite's cubic through both ends, with the slopes of the samples beside them; no more than
    twice as high as the top, and never below it.

    Args:
        samples: Shape (n,).
        plateaus: First sample and one past the last of each top, shape (tops, 2).
    """
    made = samples.astype(np.float64)
    for first, end in plateaus.tolist():
        if first < 2 or end + 1 >= len(made):
            continue
        side = 1.0 if made[first] >= 0 else -1.0
        before, after = side * samples[first - 2 : first], side * samples[end : end + 2]
        rise, fall = float(before[1] - before[0]), float(after[0] - after[1])
        length = end - first + 1
        place = np.arange(1, length) / length
        line = before[1] + (after[0] - before[1]) * place
        # Hermite's two tangent terms.
        bump = length * (
            max(rise, 0.0) * place * np.square(1 - place)
            + max(fall, 0.0) * np.square(place) * (1 - place)
        )
        top = float(side * samples[first])
        made[first:end] = side * np.clip(line + bump, top, _MOST_OVER * top)
    return made
