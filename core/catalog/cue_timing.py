"""By how much captions come before or after the speech that they stand for.

Every spoken caption is held against the speech at each offset within ten seconds: it matches
where there is speech while it shows, where speech begins as it comes on, and where speech ends as
it goes off. One offset a caption is then chosen so that all match well together while the offset
changes seldom (Viterbi's algorithm, with a price on every change). A caption by itself says
little: talk goes on around it; several in a row, between pauses, say it to a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.cue_span import shown_until_s
from core.domain.track import Track

Seconds = NDArray[np.float64]

_REACH_S = 10.0
_STEP_S = 0.1
_LAGS_S = np.round(np.arange(-_REACH_S, _REACH_S + _STEP_S / 2, _STEP_S), 6)
_SURELY_NOT_PCT, _SURELY_PCT = 20.0, 80.0
_EDGE_S = 0.5
_LATEST_OFF_S = 0.25
_WEIGHT_ON, _WEIGHT_OFF = 0.6, 0.25
_IN_STEP = 0.15
_PRICE_A_SECOND = 0.4
_PRICE_OF_A_JUMP = 1.2
_BLOCK = 1024
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How captions lie against speech.

    Attributes:
        rows: Rows of the caption track that stand for speech, shape (n,).
        lag_s: By how much each comes late, shape (n,); early is negative.
        match: How well each matches there, up to 1.85; 1 is speech all the while.
        gain: By how much better that is than in step.
        covered: Part of its time, moved by `lag_s`, in which there is speech.
    """

    rows: NDArray[np.int64]
    lag_s: Seconds
    match: Seconds
    gain: Seconds
    covered: Seconds


def spoken_rows(cues: Track, least: float) -> NDArray[np.int64]:
    """The rows of a caption track that stand for speech.

    Text in capitals counts only where most of the track is written so.

    Args:
        cues: Track with `spoken`.
        least: What counts as speech at all.
    """
    spoken = cues.metrics["spoken"]
    words = spoken >= least
    capitals = words & (spoken < 1)
    everything = capitals.sum() > _MOSTLY * words.sum()
    return np.flatnonzero(words if everything else words & ~capitals)


def align(
    cues: Track, speech: Track, rows: NDArray[np.int64], early_s: float, late_s: float
) -> Alignment:
    """Find out by how much each spoken caption is off.

    Args:
        cues: Track of captions with `duration_s`.
        speech: Track with `speech_pct`.
        rows: The captions that stand for speech.
        early_s: Captions that come so much too early count as in step.
        late_s: The same for late ones.
    """
    starts = cues.starts_s[rows]
    ends = np.maximum(shown_until_s(cues)[rows], starts + _STEP_S)
    if not len(rows) or not len(speech):
        none = np.zeros(0)
        return Alignment(rows[:0], none, none, none, none)
    heard = SpeechClock(speech)
    blocks = range(0, len(rows), _BLOCK)
    match = np.concatenate(
        [_match(heard, starts[i : i + _BLOCK], ends[i : i + _BLOCK]) for i in blocks]
    )
    in_step = (-early_s - 1e-6 <= _LAGS_S) & (late_s + 1e-6 >= _LAGS_S)
    in_step[np.argmin(np.abs(_LAGS_S))] = True
    chosen = _path(match + _IN_STEP * in_step)
    index = np.arange(len(rows))
    lag_s, best = _LAGS_S[chosen], match[index, chosen]
    return Alignment(
        rows,
        lag_s,
        best,
        best - match[:, in_step].max(axis=1),
        heard.share(starts - lag_s, ends - lag_s),
    )


class SpeechClock:
    """Seconds of speech from the beginning up to any time.

    Args:
        speech: Track with `speech_pct`.
    """

    def __init__(self, speech: Track) -> None:
        sure = (speech.metrics["speech_pct"] - _SURELY_NOT_PCT) / (_SURELY_PCT - _SURELY_NOT_PCT)
        lengths = speech.ends_s - speech.starts_s
        self._times = np.append(speech.starts_s, speech.ends_s[-1])
        self._heard = np.append(0.0, np.cumsum(np.clip(sure, 0.0, 1.0) * lengths))

    def until(self, time_s: Seconds) -> Seconds:
        """Seconds of speech up to some times."""
        return np.asarray(np.interp(time_s, self._times, self._heard))

    def share(self, start_s: Seconds, end_s: Seconds) -> Seconds:
        """Which part of some stretches is speech."""
        heard = self.until(end_s) - self.until(start_s)
        return np.asarray(heard / np.maximum(end_s - start_s, 1e-6))


def _match(heard: SpeechClock, starts_s: Seconds, ends_s: Seconds) -> NDArray[np.float32]:
    """How well captions match at every offset, shape (n, offsets)."""
    on, off = starts_s[:, None] - _LAGS_S, ends_s[:, None] - _LAGS_S
    last = off - _LATEST_OFF_S
    begins = heard.share(on, on + _EDGE_S) - heard.share(on - _EDGE_S, on)
    stops = heard.share(last - _EDGE_S, last) - heard.share(last, last + _EDGE_S)
    return (heard.share(on, off) + _WEIGHT_ON * begins + _WEIGHT_OFF * stops).astype(np.float32)


def _path(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The offset of each caption, as an index, that serves all best."""
    count, lags = scores.shape
    index = np.arange(lags)
    slope = (_PRICE_A_SECOND * _STEP_S * index).astype(np.float32)
    came_from = np.zeros((count, lags), np.int16)
    total = scores[0].copy()
    for row in range(1, count):
        # From an offset below, from one above, or by a jump from the best of all.
        below, from_below = _running_best(total + slope, index)
        above, from_above = _running_best((total - slope)[::-1], index)
        below, above = below - slope, above[::-1] + slope
        from_above = lags - 1 - from_above[::-1]
        source = np.where(below >= above, from_below, from_above)
        value = np.maximum(below, above)
        top = int(total.argmax())
        jump = total[top] - _PRICE_OF_A_JUMP
        came_from[row] = np.where(value >= jump, source, top)
        total = np.maximum(value, jump) + scores[row]
    path = np.empty(count, np.int64)
    at = int(total.argmax())
    for row in range(count - 1, -1, -1):
        path[row] = at
        at = int(came_from[row, at])
    return path


def _running_best(
    values: NDArray[np.float32], index: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The largest value so far, and where it was."""
    best = np.maximum.accumulate(values)
    return best, np.maximum.accumulate(np.where(values >= best, index, 0))
