"""Channels: which is missing, which are the same, and whether the bass channel carries bass."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.hop import FLOOR_DB, Hopper, Window, to_db
from core.detectors.pair import hop_sums, pairs_of, speakers_of

_HOP_S = 0.1
_WINDOW_S = 1.0
_HEARD_DB = -50.0
_BASS_HZ = 150.0
_NONE = -1.0

Values = NDArray[np.float64]


class ChannelDetector(Detector):
    """Measures level, likeness and pitch of all channels every 100 ms.

    * `gap_db`: how far one channel of a pair lies below the other, where that is furthest;
      `lost` and `lost_db` are that channel and its level.
    * `side_db`: the difference of the front pair against its sum.
    * `lfe_hz` and `front_hz`: root mean square frequency of the bass-effects channel and of the
      front, from the power of the samples' differences; a channel that is too quiet has 0.
    * `bass`: a channel other than the bass-effects one that carries only bass, else -1.
    """

    id = "channel"

    def reset(self) -> None:
        """Forget the samples that fill no window yet."""
        self._hopper = Hopper(_WINDOW_S, _HOP_S)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """Rows of the windows that this block completes."""
        return self._rows(self._hopper.take(views["audio"]))

    def flush(self) -> list[Row]:
        """Rows of what is left."""
        return self._rows(self._hopper.flush())

    def _rows(self, windows: list[Window]) -> list[Row]:
        rows = [row for window in windows for row in self._rows_of(window)]
        return self._hopper.forward(rows)

    def _rows_of(self, window: Window) -> list[Row]:
        count = len(window.samples)
        names, pairs = speakers_of(self.stream, count), pairs_of(self.stream, count)
        power = hop_sums(window.samples, window.hops) / window.lengths
        level = to_db(np.sqrt(power))
        front = pairs[0] if pairs else (0, 0)
        lfe = names.index("LFE") if "LFE" in names else None
        pitched = range(count) if lfe is not None else sorted(set(front))
        pitch = _pitch(window, power, level, pitched)
        columns = (
            level.max(axis=0),
            *_gap(level, pairs),
            _side(window, front) if pairs else np.zeros(len(window.hops)),
            np.zeros(len(window.hops)) if lfe is None else pitch[lfe],
            pitch[list(front)].max(axis=0),
            np.full(len(window.hops), _NONE) if lfe is None else _bass(pitch, lfe),
        )
        table = np.stack(columns, axis=1)
        return [
            Row(window.pts(int(start)), tuple(values))
            for start, values in zip(window.hops, table.tolist(), strict=True)
        ]


def _gap(level: Values, pairs: tuple[tuple[int, int], ...]) -> tuple[Values, Values, Values]:
    """The largest difference within a pair, the quieter channel's level, and which it is."""
    hops = level.shape[1]
    if not pairs:
        return np.zeros(hops), np.zeros(hops), np.full(hops, _NONE)
    left, right = (level[[pair[side] for pair in pairs]] for side in (0, 1))
    worst = np.abs(left - right).argmax(axis=0)
    at = (worst, np.arange(hops))
    channels = np.array(pairs, np.float64)[worst]
    lost = np.where(left[at] <= right[at], channels[:, 0], channels[:, 1])
    return np.abs(left - right)[at], np.minimum(left, right)[at], lost


def _side(window: Window, front: tuple[int, int]) -> Values:
    left, right = window.samples[front[0]], window.samples[front[1]]
    difference = to_db(np.sqrt(hop_sums(left - right, window.hops) / window.lengths))
    total = to_db(np.sqrt(hop_sums(left + right, window.hops) / window.lengths))
    heard = np.maximum(difference, total) > FLOOR_DB
    return np.where(heard, np.maximum(difference - total, FLOOR_DB), 0.0)


def _pitch(window: Window, power: Values, level: Values, channels: range | list[int]) -> Values:
    """Root mean square frequency in Hz of some channels, shape (all channels, hops)."""
    pitch = np.zeros_like(power)
    for channel in channels:
        samples = window.samples[channel]
        steps = np.diff(samples, prepend=samples[:1])
        moved = hop_sums(steps, window.hops) / window.lengths
        ratio = np.sqrt(moved / np.maximum(power[channel], 1e-12))
        hertz = np.arcsin(np.clip(ratio / 2, 0.0, 1.0)) * window.rate / np.pi
        pitch[channel] = np.where(level[channel] >= _HEARD_DB, hertz, 0.0)
    return pitch


def _bass(pitch: Values, lfe: int) -> Values:
    low = (pitch > 0) & (pitch <= _BASS_HZ)
    low[lfe] = False
    return np.where(low.any(axis=0), low.argmax(axis=0), _NONE)
