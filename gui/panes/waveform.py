"""The waveform pane: every channel as a wave, over the shared time axis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from core.jobs.progress import CancelToken
from core.media.waveform import Extremes, WaveformPyramid, sample_min_max
from gui.language import mark, tr
from gui.panes.color import PaneColors, argb, blend
from gui.panes.detail import ReadSamples
from gui.panes.evidence import draw_bar, draw_instants, draw_outline
from gui.panes.sound_pane import SoundPane
from gui.time_axis import TimeAxis

FLOOR_DB = -60.0
# Rounding to float16 lifts 0.99976 (the top of 16-bit sound) to 1; nothing lower reaches it.
CLIP_LEVEL = 0.99976
_STEPS = 16
_SMALLEST_LABELLED_PX = 44
_CLIP_PX = 3
_SAMPLE_PX = 0.5


class LevelScale(StrEnum):
    """How levels become heights."""

    LINEAR = "linear"
    DECIBEL = "db"


@dataclass(frozen=True, slots=True, eq=False)
class _Samples:
    """Samples around a close view."""

    start_s: float
    rate: int
    samples: NDArray[np.float32]

    @property
    def end_s(self) -> float:
        return self.start_s + int(self.samples.shape[1]) / self.rate


def heights(levels: NDArray[np.float32], scale: LevelScale) -> NDArray[np.float32]:
    """Levels −1..1 as heights −1..1; in decibels −60 dBFS is the middle line."""
    if scale is LevelScale.LINEAR:
        return np.clip(levels, -1, 1)
    size = np.maximum(np.abs(levels), 10 ** (FLOOR_DB / 20))
    share = np.minimum(1 - 20 / FLOOR_DB * np.log10(size), 1)
    return np.asarray(np.copysign(share, levels), np.float32)


def wave_rows(
    lows: NDArray[np.float32], highs: NDArray[np.float32], height: int
) -> NDArray[np.uint8]:
    """Coverage of the pixels of one channel.

    Args:
        lows: Heights −1..1 of the lower edge, shape (columns,).
        highs: Heights of the upper edge.
        height: Rows.

    Returns:
        uint8 0..16, shape (height, columns), how much of the pixel the wave covers.
    """
    middle = height / 2
    # At least one pixel thick, and joined with the column before.
    joined_high = np.maximum(highs[1:], lows[:-1])
    joined_low = np.minimum(lows[1:], highs[:-1])
    high = np.concatenate((highs[:1], joined_high))
    low = np.concatenate((lows[:1], joined_low))
    top = middle - high * (middle - 0.5) - 0.5
    bottom = middle - low * (middle - 0.5) + 0.5
    row = (np.arange(height, dtype=np.int16) * _STEPS)[:, None]
    top16 = np.round(top * _STEPS).astype(np.int16)
    bottom16 = np.round(bottom * _STEPS).astype(np.int16)
    covered = np.minimum(bottom16, row + _STEPS) - np.maximum(top16, row)
    result: NDArray[np.uint8] = np.clip(covered, 0, _STEPS).astype(np.uint8)
    return result


class WaveformPane(SoundPane):
    """Draws every channel of a sound stream, one above the other.

    Full scale is the height of a channel's strip; samples at full scale get a mark at its edge.

    Args:
        axis: The shared axis.
        colors: Colours; the theme's when none are given.
        parent: Qt parent.
    """

    asks_for_title = mark("Open a title to see its waveform")
    computes = mark("Computing the waveform…")

    def __init__(
        self, axis: TimeAxis, colors: PaneColors | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(axis, tr("Waveform"), colors, parent)
        self._scale = LevelScale.LINEAR
        self._detail: _Samples | None = None
        self._asked: tuple[float, float] | None = None
        self._drawn: Extremes | None = None

    @property
    def scale(self) -> LevelScale:
        """How levels become heights."""
        return self._scale

    def set_scale(self, scale: LevelScale) -> None:
        """Choose how levels become heights."""
        self._scale = scale
        self._fill_menu()
        self.redraw()

    def _fill_menu(self) -> None:
        self.menu.clear()
        chosen = list(LevelScale).index(self._scale)
        labels = (tr("Linear scale"), tr("Decibel scale"))
        self._choices(self.menu, labels, chosen, lambda n: self.set_scale(list(LevelScale)[n]))
        self._add_switches()
        self._set_button("lin" if self._scale is LevelScale.LINEAR else "dB")

    def _open_cache(self, fingerprint: str, stream_index: int) -> WaveformPyramid | None:
        return WaveformPyramid.open(fingerprint, stream_index)

    # Close views

    def _forget_detail(self) -> None:
        self._detail = self._asked = self._drawn = None

    def _on_detail(self, detail: object) -> None:
        if isinstance(detail, _Samples):
            self._detail = detail
            self._asked = None
            self.redraw()

    def _close_view(self, cache: WaveformPyramid) -> _Samples | None:
        """Samples that cover the view; when there are none they are asked for."""
        start_s, end_s = self.axis.view
        have = self._detail
        # Half a sample of play, because the ends are rounded to samples.
        slack_s = 1 / cache.rate
        if have and have.start_s <= start_s + slack_s and have.end_s >= end_s - slack_s:
            return have
        wanted = self._around_view()
        covered = self._asked and self._asked[0] <= start_s and self._asked[1] >= end_s
        if not covered and self._loader is not None:
            self._asked = wanted
            rate = cache.rate
            count = ceil((wanted[1] - wanted[0]) * rate) + 2

            def work(read: ReadSamples, token: CancelToken) -> _Samples:
                token.check()
                return _Samples(wanted[0], rate, read(wanted[0], count))

            self._loader.request(work)
        return None

    def _extremes(self, cache: WaveformPyramid, columns: int) -> Extremes:
        start_s, end_s = self.axis.view
        lows, highs, valid = cache.min_max(start_s, end_s, columns)
        if not cache.is_coarse(start_s, end_s, columns):
            return lows, highs, valid
        detail = self._close_view(cache)
        if detail is None:
            return lows, highs, valid
        first = (start_s - detail.start_s) * detail.rate
        last = (end_s - detail.start_s) * detail.rate
        if last - first >= columns:
            part = detail.samples[:, max(round(first), 0) : round(last)]
            lows, highs, _ = sample_min_max(part, columns)
        else:
            lows, highs = _between_samples(detail.samples, first, last, columns)
        return lows * valid, highs * valid, valid

    # Painting

    def strips(self, plot: QRect) -> list[QRect]:
        """Where each channel is drawn, in logical pixels."""
        count = max(len(self.names), 1)
        edges = [round(plot.height() * number / count) for number in range(count + 1)]
        return [
            QRect(plot.left(), top, plot.width(), max(bottom - top, 1))
            for top, bottom in pairwise(edges)
        ]

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        cache, valid = self._cache, np.zeros(self._columns(plot), np.bool_)
        strips = self.strips(plot)
        if isinstance(cache, WaveformPyramid):
            self._drawn = self._extremes(cache, self._columns(plot))
            valid = self._drawn[2]
            for channel, strip in enumerate(strips[: cache.channels]):
                self._draw_channel(painter, strip, channel, self._drawn)
        if self._stream is not None:
            self._draw_grid(painter, plot, 0.6)
            for strip, name in zip(strips, self.names, strict=True):
                self._draw_labels(painter, strip, name)
            self._draw_evidence(painter, plot, strips)
        self._draw_state(painter, plot, valid)

    def _draw_channel(
        self, painter: QPainter, strip: QRect, channel: int, extremes: Extremes
    ) -> None:
        lows, highs, valid = extremes
        ratio = self.devicePixelRatioF()
        rows = max(round(strip.height() * ratio), 1)
        scaled = [heights(values[channel], self._scale) for values in (lows, highs)]
        covered = wave_rows(scaled[0], scaled[1], rows)
        covered[:, ~valid] = 0
        pixels = blend(self.colors.ground, self.colors.waveform, _STEPS + 1).take(covered)
        thick = min(max(round(_CLIP_PX * ratio), 1), rows)
        over = _spread(valid & (highs[channel] >= CLIP_LEVEL), round(ratio))
        under = _spread(valid & (lows[channel] <= -CLIP_LEVEL), round(ratio))
        pixels[:thick, over] = argb(self.colors.clip)
        pixels[-thick:, under] = argb(self.colors.clip)
        painter.drawImage(strip.topLeft(), self._image(np.ascontiguousarray(pixels)))

    def _draw_evidence(self, painter: QPainter, plot: QRect, strips: list[QRect]) -> None:
        shown = self._evidence
        if shown is None:
            return
        draw_outline(painter, plot, self.x_of, shown, self.colors.evidence, self.colors.ground)
        start_s, end_s = self.axis.view
        for channel, strip in enumerate(strips):
            found = shown.channels.get(channel)
            if found is None:
                continue
            draw_instants(painter, strip, self.x_of, found.clicks_s, self.colors, through=True)
            sample_px = plot.width() / (end_s - start_s) / found.rate
            if sample_px >= _SAMPLE_PX and self._detail is not None:
                self._draw_plateaus(painter, strip, channel, found.plateaus_s)
            else:
                draw_instants(painter, strip, self.x_of, found.plateaus_s[:, 0], self.colors)

    def _draw_plateaus(
        self, painter: QPainter, strip: QRect, channel: int, plateaus_s: NDArray[np.float64]
    ) -> None:
        """A bar along each flat top, at its height."""
        detail = self._detail
        assert detail is not None
        start_s, end_s = self.axis.view
        inside = (plateaus_s[:, 1] >= start_s) & (plateaus_s[:, 0] <= end_s)
        painter.save()
        painter.setClipRect(strip)
        for first_s, last_s in plateaus_s[inside].tolist():
            place = round((first_s - detail.start_s) * detail.rate)
            if 0 <= place < detail.samples.shape[1]:
                level = heights(detail.samples[channel, place : place + 1], self._scale)
                y = strip.center().y() - float(level[0]) * strip.height() / 2
                draw_bar(painter, self.x_of(first_s), self.x_of(last_s), y, self.colors)
        painter.restore()

    def _draw_labels(self, painter: QPainter, strip: QRect, name: str) -> None:
        if strip.top() > 0:
            painter.fillRect(QRect(0, strip.top(), self.width(), 1), self.colors.border)
        metrics = painter.fontMetrics()
        left = QRect(6, strip.top(), strip.left() - 12, strip.height())
        painter.setPen(self.colors.text)
        tall = strip.height() >= _SMALLEST_LABELLED_PX
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if not tall:
            return
        painter.setPen(self.colors.text_muted)
        last = strip.top() - metrics.height()
        for level_db in (-6, -12, -24, -48):
            height = float(heights(np.array([10 ** (level_db / 20)], np.float32), self._scale)[0])
            y = strip.center().y() - height * strip.height() / 2
            text = str(level_db).replace("-", "−")
            top = round(y) - metrics.height() // 2
            clear = strip.center().y() - y > metrics.height() and top - last >= metrics.height()
            width = metrics.horizontalAdvance(text)
            box = QRect(strip.left() - 6 - width, top, width, metrics.height())
            if clear and top >= strip.top() and not self._under_button(box):
                painter.drawText(QPoint(box.left(), top + metrics.ascent()), text)
                last = top
                for line in (y, 2 * strip.center().y() - y):
                    self._draw_level_line(painter, strip, round(line))

    def _draw_level_line(self, painter: QPainter, strip: QRect, y: int) -> None:
        color = QColor(self.colors.text_muted)
        color.setAlpha(28)
        painter.fillRect(QRect(strip.left(), y, strip.width(), 1), color)

    def _read_out(self, seconds: float, y: float) -> str:
        words = [self.form.text(seconds)]
        plot = self.plot_rect()
        strips = self.strips(plot)
        channel = next((n for n, strip in enumerate(strips) if y < strip.bottom() + 1), 0)
        if self._drawn is not None and channel < len(self.names):
            lows, highs, valid = self._drawn
            column = int((self.x_of(seconds) - plot.left()) / plot.width() * len(valid))
            column = min(max(column, 0), len(valid) - 1)
            if valid[column]:
                peak = max(float(highs[channel, column]), -float(lows[channel, column]), 0.0)
                words.append(f"{self.names[channel]} {level_text(peak)}")
            elif self._cache is not None and not self._cache.complete:
                words.append(tr("not computed yet"))
        return "   ".join(words)


def level_text(peak: float) -> str:
    """A peak 0..1 in words: `−12.0 dBFS`."""
    if peak <= 1e-6:
        return "−∞ dBFS"
    return f"{20 * log10(peak):+.1f} dBFS".replace("-", "−").replace("+0.0", "0.0")


def _spread(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Widen what is set by `reach` columns on either side, so that one column can be seen."""
    wide = mask.copy()
    for step in range(1, reach + 1):
        wide[step:] |= mask[:-step]
        wide[:-step] |= mask[step:]
    return wide


def _between_samples(
    samples: NDArray[np.float32], first: float, last: float, columns: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Straight lines from sample to sample, where a column is narrower than a sample."""
    at = np.linspace(first, last, columns + 1)
    number = np.arange(samples.shape[1])
    edges = np.stack([np.interp(at, number, row) for row in samples]).astype(np.float32)
    return np.minimum(edges[:, :-1], edges[:, 1:]), np.maximum(edges[:, :-1], edges[:, 1:])
