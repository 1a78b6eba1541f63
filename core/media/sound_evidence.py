"""Where in a sound the thing lies that a flag is about: instants, flat tops, lines, a noise floor.

This is for the eye and the ear, not for deciding: it looks at the few seconds that were flagged
already and says which samples and which frequencies carry what was found there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy
from numpy.typing import NDArray

from core.domain.finding import Band
from core.media.linear_predictor import Reals, prediction_errors

LONGEST_S = 30.0
"""More than this around the peak of a flag is not looked at."""

_NONE = np.zeros((0, 2), np.int64)


class Mark(StrEnum):
    """What shows a defect."""

    LINES = "lines"
    FLOOR = "floor"
    INSTANTS = "instants"
    PLATEAUS = "plateaus"


MARK_OF: Mapping[str, Mark] = {
    "hum": Mark.LINES,
    "hiss": Mark.FLOOR,
    "clicks": Mark.INSTANTS,
    "clipping": Mark.PLATEAUS,
    "distortion": Mark.PLATEAUS,
}
"""What shows each defect that evidence is looked for of."""


@dataclass(frozen=True, slots=True)
class MainsLine:
    """A multiple of the mains frequency that stands out.

    Attributes:
        hz: Where.
        above_db: How far above the spectrum beside it.
        level_db: The level of its sine in dBFS.
    """

    hz: float
    above_db: float
    level_db: float


@dataclass(frozen=True, slots=True)
class Floor:
    """A noise floor that stands still.

    Attributes:
        band: Where it does.
        level_db: Its level in that band, in dBFS.
    """

    band: Band
    level_db: float


@dataclass(frozen=True, slots=True, eq=False)
class SoundEvidence:
    """What was found in a stretch of one channel.

    Attributes:
        start_s: Where the stretch begins.
        end_s: Where it ends.
        rate: Samples a second.
        clicks: First sample and one past the last of each click, int64, shape (n, 2), counted
            from the start of the stretch.
        plateaus: The same of each flat top.
        lines: Multiples of the mains frequency, lowest first.
        floor: The noise floor, or None.
    """

    start_s: float
    end_s: float
    rate: int
    clicks: NDArray[np.int64]
    plateaus: NDArray[np.int64]
    lines: tuple[MainsLine, ...] = ()
    floor: Floor | None = None

    @property
    def clicks_s(self) -> Reals:
        """Begin of each click, in seconds of the title."""
        return np.asarray(self.start_s + self.clicks[:, 0] / self.rate)

    @property
    def plateaus_s(self) -> Reals:
        """Time of the first and of the last sample of each flat top, shape (n, 2)."""
        ends = self.plateaus - np.array([0, 1])
        return np.asarray(self.start_s + ends / self.rate)

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        nothing = not len(self.clicks) and not len(self.plateaus)
        return nothing and not self.lines and self.floor is None


def evidence_of(
    samples: NDArray[np.float32],
    rate: int,
    start_s: float,
    defect: str,
    band: Band | None = None,
) -> SoundEvidence:
    """Look for what shows a defect in a stretch of one channel.

    Args:
        samples: Shape (n,).
        rate: Samples a second.
        start_s: Where the stretch begins, in seconds of the title.
        defect: Id of the defect; one that is not in `MARK_OF` has no evidence.
        band: Where the finding says it lies; for hum it names the mains frequency.
    """
    mark = MARK_OF.get(defect)
    end_s = start_s + len(samples) / rate
    return SoundEvidence(
        start_s,
        end_s,
        rate,
        clicks_of(samples, rate) if mark is Mark.INSTANTS else _NONE,
        plateaus_of(samples, rate) if mark is Mark.PLATEAUS else _NONE,
        lines_of(samples, rate, band.low_hz if band else 0.0) if mark is Mark.LINES else (),
        floor_of(samples, rate) if mark is Mark.FLOOR else None,
    )


# Clicks

ORDER = 24
_QUIETEST = 1e-4
_STANDS_OUT = 2.8
_AROUND_MS = 22
_OWN_MS = 3
_SHORT_BEFORE_S, _LONGEST_CLICK_S = 0.001, 0.003
_EDGE_SIGMA = 4.0
_EDGE_SHARE, _TAIL_SHARE = 0.05, 0.1
_PAUSE, _LONGEST_PAUSE_S = 6, 0.0008


def clicks_of(samples: NDArray[np.float32], rate: int) -> NDArray[np.int64]:
    """Clicks: errors of a linear predictor that stand out from those around.

    An error counts when it is 2.8 times the second highest of the 22 ms before and of those
    after, taken in steps of a millisecond: a voice has two pulses there, a struck thing rings,
    and one neighbouring click is forgiven. A click begins where the forward error leaves the
    noise and ends where the backward error returns to it.

    Args:
        samples: Shape (n,).
        rate: Samples a second.

    Returns:
        int64, shape (clicks, 2): first sample and one past the last, in order, without overlap.
    """
    size = max(round(rate / 1000), 8)
    count = len(samples) // size
    if count < 2 * (_OWN_MS + 1) + 1:
        return _NONE
    forward, backward = (np.abs(error) for error in prediction_errors(samples, ORDER))
    parts = forward[: count * size].reshape(count, size)
    peaks = parts.max(axis=1)
    noise = _running_median(np.sqrt(np.square(parts).mean(axis=1)))
    highest = _windows(peaks, _OWN_MS).max(axis=1)
    stands = peaks >= _STANDS_OUT * np.maximum(_second_highest(peaks), _QUIETEST / _STANDS_OUT)
    # The stretch begins and ends with a step of its own.
    stands[:_OWN_MS] = stands[-_OWN_MS:] = False
    found: list[tuple[int, int]] = []
    for block in np.flatnonzero(stands & (peaks >= highest)).tolist():
        place = block * size + int(parts[block].argmax())
        first, end = _extent(forward, backward, place, float(noise[block]), rate)
        if not found or first >= found[-1][1]:
            found.append((first, end))
    return np.array(found, np.int64) if found else _NONE


def _windows(values: Reals, reach: int) -> Reals:
    """The values up to `reach` before and after each, shape (n, 2 * reach + 1)."""
    padded = np.pad(values, reach, constant_values=0.0)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1))


def _second_highest(peaks: Reals) -> Reals:
    """The second highest peak before and after each, whichever is more, but for its own."""
    near = _windows(peaks, _OWN_MS + _AROUND_MS)
    sides = (near[:, :_AROUND_MS], near[:, -_AROUND_MS:])
    return np.asarray(np.max([np.partition(side, -2, axis=1)[:, -2] for side in sides], axis=0))


def _running_median(values: Reals) -> Reals:
    padded = np.pad(values, _AROUND_MS, mode="reflect" if len(values) > _AROUND_MS else "edge")
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND_MS + 1)
    return np.asarray(np.median(near, axis=1))


def _extent(
    forward: Reals, backward: Reals, place: int, noise: float, rate: int
) -> tuple[int, int]:
    low = max(place - round(_SHORT_BEFORE_S * rate), 0)
    line = max(_EDGE_SIGMA * noise, _EDGE_SHARE * float(forward[place]))
    loud = place - np.flatnonzero(forward[low : place + 1][::-1] >= line)
    first = _end_of_run(loud, _PAUSE)
    tail = backward[first : first + max(round(_LONGEST_CLICK_S * rate), 2)]
    line = max(_EDGE_SIGMA * noise, _TAIL_SHARE * float(tail.max()))
    after = np.append(first, first + np.flatnonzero(tail >= line))
    return first, _end_of_run(after, round(_LONGEST_PAUSE_S * rate)) + 1


def _end_of_run(places: NDArray[np.int64], pause: int) -> int:
    """The place before the first gap of more samples than a pause may have."""
    gaps = np.flatnonzero(np.abs(np.diff(places)) > pause)
    return int(places[gaps[0]] if len(gaps) else places[-1])


# Flat tops

_FLAT = 1e-4
_SHORTEST = 3
_CORNER = 10.0
_REACH, _STEEP_WITHIN = 16, 4
_NEAR_CEILING = 0.98
_LOCAL_S = 0.01
_LEAST_SHARE = 0.35
_FULL_SCALE = 0.85
_TOP, _FOOT, _SQUARE, _FEWEST, _RIPPLED = 0.8, 0.4, 0.75, 4, 4.0


def plateaus_of(samples: NDArray[np.float32], rate: int) -> NDArray[np.int64]:
    """Flat tops: three or more equal samples at a ceiling, wherever that ceiling is.

    Equal is what differs by less than .0001 of its height, within 2 % of the highest of the 10 ms
    around on its side, and entered and left at a slope ten times as steep. Where coding put a
    ripple on the tops of sound near full scale, waves count that spend three quarters of the
    time above .4 of the ceiling above .8 of it (as in the detector of clipping).

    Args:
        samples: Shape (n,).
        rate: Samples a second.

    Returns:
        int64, shape (tops, 2): first sample and one past the last, in order.
    """
    size = np.abs(samples)
    ceiling = float(size.max(initial=0.0))
    if ceiling < _QUIETEST or len(samples) < 2 * _REACH:
        return _NONE
    flat = np.concatenate(
        [_flat_tops(side, _local_ceiling(side, rate), ceiling) for side in (samples, -samples)]
    )
    flat = flat[np.argsort(flat[:, 0], kind="stable")]
    if ceiling < _FULL_SCALE:
        return flat
    square = _square_tops(samples, size)
    lengths = [int((tops[:, 1] - tops[:, 0]).sum()) for tops in (flat, square)]
    return square if lengths[1] > _RIPPLED * lengths[0] else flat


def _local_ceiling(side: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """For each sample the highest of its 10 ms and of those before and after."""
    length = max(round(_LOCAL_S * rate), 16)
    count = -(-len(side) // length)
    blocks = np.pad(side, (0, count * length - len(side)), mode="edge").reshape(count, length)
    highest = np.pad(blocks.max(axis=1), 1, mode="edge")
    around = np.maximum(np.maximum(highest[:-2], highest[1:-1]), highest[2:])
    return np.asarray(np.repeat(around, length)[: len(side)])


def _flat_tops(
    side: NDArray[np.float32], local: NDArray[np.float32], ceiling: float
) -> NDArray[np.int64]:
    high = side >= np.maximum(_NEAR_CEILING * local, _LEAST_SHARE * ceiling)
    near = (np.abs(np.diff(side)) <= _FLAT * side[1:]) & high[1:] & high[:-1]
    tops = _runs(near)
    tops[:, 1] += 1
    length = tops[:, 1] - tops[:, 0]
    reach = np.minimum(length, _REACH)
    keep = (length >= _SHORTEST) & (tops[:, 0] >= reach) & (tops[:, 1] - 1 + reach < len(side))
    tops, reach = tops[keep], reach[keep]
    height = side[tops[:, 0]]
    steep = _CORNER * _FLAT * height * np.minimum(reach, _STEEP_WITHIN)
    corners = (height - _lowest_beside(side, tops[:, 0], reach, -1) >= steep) & (
        height - _lowest_beside(side, tops[:, 1] - 1, reach, 1) >= steep
    )
    return np.asarray(tops[corners])


def _lowest_beside(
    side: NDArray[np.float32], places: NDArray[np.int64], reach: NDArray[np.int64], way: int
) -> NDArray[np.float32]:
    """The lowest of the `reach` samples before (way -1) or after (1) each place."""
    steps = np.minimum(np.arange(1, _REACH + 1), reach[:, None])
    return np.asarray(side[places[:, None] + way * steps].min(axis=1))


def _square_tops(samples: NDArray[np.float32], size: NDArray[np.float32]) -> NDArray[np.int64]:
    most = max(len(size) // 1000, 1)
    ceiling = float(np.partition(size, -most)[-most])
    if ceiling < _FULL_SCALE:
        return _NONE
    found = []
    for side in (samples, -samples):
        waves = _runs(side > _FOOT * ceiling)
        high = np.flatnonzero(side > _TOP * ceiling)
        begin, end = np.searchsorted(high, waves[:, 0]), np.searchsorted(high, waves[:, 1])
        square = (end - begin >= _SQUARE * (waves[:, 1] - waves[:, 0])) & (end - begin >= _FEWEST)
        found.append(np.stack((high[begin[square]], high[end[square] - 1] + 1), axis=1))
    tops = np.concatenate(found)
    return np.asarray(tops[np.argsort(tops[:, 0], kind="stable")])


def _runs(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """First index of each run of true values and one past its last, shape (n, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return edges.reshape(-1, 2).astype(np.int64)


# Lines of the mains

_MAINS_HZ = (50.0, 60.0)
_MAINS_SHARE, _HINT_SHARE = 0.012, 0.004
_STEP_HZ = 0.02
_BIN_HZ = 0.25
_FRAME_S, _LEAST_FRAME_S = 2.0, 0.5
_SCORED, _SCORE_MOST_DB = 10, 30.0
_LINE_DB = 9.0
_FAINTEST_LINE_DB, _WEAKEST_DB = -110.0, 60.0
_SWING_HZ, _SWING_SHARE = 0.4, 0.0015
_BESIDE_HZ = (3.0, 12.0)
_MOST_MULTIPLE, _MOST_MISSED = 40, 3


def lines_of(
    samples: NDArray[np.float32], rate: int, mains_hz: float = 0.0
) -> tuple[MainsLine, ...]:
    """Multiples of the mains frequency that stand out from the spectrum beside them.

    The median over time of spectra of two seconds (Hann) is looked at, so that notes pass. A
    multiple counts from 9 dB over the median of 3 to 12 Hz on either side; after three that are
    missing the series is over.

    Args:
        samples: Shape (n,); less than half a second shows nothing.
        rate: Samples a second.
        mains_hz: Where the lowest line is said to be; 0 tries 50 and 60 Hz.
    """
    if len(samples) < _LEAST_FRAME_S * rate or rate < 1000:
        return ()
    power = _steady_power(samples, rate)
    level = 10.0 * np.log10(np.maximum(power, 1e-16))
    beside = level - _floor_beside(level)
    mains = _mains(beside, mains_hz)
    found: list[MainsLine] = []
    missed = 0
    for multiple in range(1, _MOST_MULTIPLE + 1):
        line = _line(level, beside, mains * multiple)
        missed = missed + 1 if line is None else 0
        if line is not None:
            found.append(line)
        if missed > _MOST_MISSED or (multiple + 1) * mains > 0.45 * rate:
            break
    strongest = max((line.level_db for line in found), default=0.0)
    return tuple(line for line in found if line.level_db >= strongest - _WEAKEST_DB)


def _steady_power(samples: NDArray[np.float32], rate: int) -> Reals:
    """Median power of sines by frequency in bins of 1/4 Hz, up to what multiples can reach."""
    length = min(round(_FRAME_S * rate), len(samples))
    window = np.hanning(length + 1)[:-1]
    bins = round(min((_MOST_MULTIPLE + 2) * 1.02 * _MAINS_HZ[-1], rate / 2) / _BIN_HZ)
    spectra = []
    for start in range(0, len(samples) - length + 1, max(length // 2, 1)):
        frame = samples[start : start + length] * window
        spectrum = scipy.fft.rfft(frame, round(rate / _BIN_HZ))[:bins]
        spectra.append(spectrum.real**2 + spectrum.imag**2)
    return np.asarray(np.median(spectra, axis=0) * (2.0 / window.sum()) ** 2)


def _floor_beside(level: Reals) -> Reals:
    """Median of what lies 3 to 12 Hz beside each bin."""
    gap, reach = (round(hertz / _BIN_HZ) for hertz in _BESIDE_HZ)
    padded = np.pad(level, reach, mode="reflect")
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    sides = np.concatenate((near[:, : reach - gap], near[:, reach + gap + 1 :]), axis=1)
    return np.asarray(np.median(sides, axis=1))


def _mains(beside: Reals, hint_hz: float) -> float:
    """The frequency whose first ten multiples stand out most."""
    middles, share = ((hint_hz,), _HINT_SHARE) if hint_hz > 0 else (_MAINS_HZ, _MAINS_SHARE)
    tried = np.concatenate([np.arange(m * (1 - share), m * (1 + share), _STEP_HZ) for m in middles])
    multiples = tried[:, None] * np.arange(1, _SCORED + 1) / _BIN_HZ
    above = np.interp(multiples, np.arange(len(beside)), beside, right=0.0)
    score = np.clip(above, 0.0, _SCORE_MOST_DB).sum(axis=1)
    return float(tried[int(score.argmax())])


def _line(level: Reals, beside: Reals, hertz: float) -> MainsLine | None:
    swing = _SWING_HZ + _SWING_SHARE * hertz
    low, high = round((hertz - swing) / _BIN_HZ), round((hertz + swing) / _BIN_HZ)
    if low < 1 or high + 2 > len(level):
        return None
    peak = low + int(level[low : high + 1].argmax())
    if beside[peak] < _LINE_DB or level[peak] < _FAINTEST_LINE_DB:
        return None
    if level[peak] < max(level[peak - 1], level[peak + 1]):
        return None
    left, top, right = level[peak - 1 : peak + 2]
    bend = left - 2.0 * top + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return MainsLine((peak + shift) * _BIN_HZ, float(beside[peak]), float(top))


# The noise floor

_BIN_GROUP_HZ = 375.0
_LOW_HZ = 1000.0
_RIGID_DB, _STEADY_DB = 0.3, 3.5
_QUANTILES = (0.05, 0.3)
_FAINTEST_DB = -112.0
_BELOW_USUAL_DB = 25.0
_GAP = 2
_LEAST_GROUPS = 5


def floor_of(samples: NDArray[np.float32], rate: int) -> Floor | None:
    """The band in which the quietest moments are all about as loud: noise behind the programme.

    Spectra of 21 ms (Hann) are summed in groups of 375 Hz; a group stands still when the level
    below which 5 % of them lie and that of 30 % are .3 to 3.5 dB apart (less is a tone that
    stands).

    Args:
        samples: Shape (n,).
        rate: Samples a second.

    Returns:
        The widest such band above 1 kHz, or None.
    """
    length = scipy.fft.next_fast_len(round(rate * 1024 / 48000), real=True)
    count = len(samples) // length
    if count < 16:
        return None
    frames = samples[: count * length].reshape(count, length)
    window = np.hanning(length + 1)[:-1].astype(np.float32)
    spectrum = scipy.fft.rfft(frames * window)
    power = (spectrum.real**2 + spectrum.imag**2) * (2.0 / (length * np.square(window).sum()))
    each = max(round(_BIN_GROUP_HZ * length / rate), 1)
    groups = power.shape[1] // each
    bands = power[:, : groups * each].reshape(count, groups, each).sum(axis=2)
    low, high = np.quantile(10.0 * np.log10(np.maximum(bands, 1e-16)), _QUANTILES, axis=0)
    width = each * rate / length
    begins = np.arange(groups) * width
    steady = (high - low <= _STEADY_DB) & (high - low >= _RIGID_DB)
    steady &= (low >= _FAINTEST_DB) & (begins >= _LOW_HZ)
    if not steady.any():
        return None
    steady &= low >= np.median(low[steady]) - _BELOW_USUAL_DB
    first, end = _widest(steady)
    if end - first < _LEAST_GROUPS:
        return None
    level = float(10.0 * np.log10(np.sum(10.0 ** (low[first:end] / 10.0))))
    return Floor(Band(first * width, min(end * width, rate / 2)), level)


def _widest(mask: NDArray[np.bool_]) -> tuple[int, int]:
    """First and one past the last of the widest run, over gaps of up to two."""
    runs = _runs(mask)
    joined = [runs[0].tolist()]
    for first, end in runs[1:].tolist():
        if first - joined[-1][1] <= _GAP:
            joined[-1][1] = end
        else:
            joined.append([first, end])
    best = max(joined, key=lambda run: run[1] - run[0])
    return int(best[0]), int(best[1])
