"""The spectrogram pane: one channel's frequencies over the shared time axis."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.domain.finding import Band
from core.jobs.progress import CancelToken
from core.media.spectrogram import Image, SpectrogramTiles
from core.media.spectrum import FLOOR_DB, RowScale, sample_columns, sample_margin, scale_rows
from gui.language import mark, tr
from gui.panes.color import PaneColors, argb, heat
from gui.panes.detail import ReadSamples
from gui.panes.evidence import HALO, OVER_HEAT, ShownEvidence, draw_outline, draw_spectral
from gui.panes.frequency import frequency_text
from gui.panes.sound_pane import SoundPane
from gui.time_axis import TimeAxis

_LOG_LABELS = (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 40000, 80000)
_LINEAR_STEPS = (500, 1000, 2000, 4000, 5000, 10000, 20000)


@dataclass(frozen=True, slots=True, eq=False)
class _Spectra:
    """Spectra around a close view, uint8 (columns, bins), of one channel."""

    start_s: float
    end_s: float
    channel: int
    spectra: NDArray[np.uint8]

    @property
    def column_s(self) -> float:
        return (self.end_s - self.start_s) / int(self.spectra.shape[0])


class SpectrogramPane(SoundPane):
    """Draws the spectrogram of one channel.

    Signals:
        channel_changed: Which channel is drawn now, counted from 0.

    Args:
        axis: The shared axis.
        colors: Colours; the theme's when none are given.
        parent: Qt parent.
    """

    asks_for_title = mark("Open a title to see its spectrogram")
    computes = mark("Computing the spectrogram…")
    channel_changed = Signal(int)

    def __init__(
        self, axis: TimeAxis, colors: PaneColors | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(axis, tr("Spectrogram"), colors, parent)
        self._channel = 0
        self._logarithmic = True
        self._range_db = (-105.0, 0.0)
        self._detail: _Spectra | None = None
        self._asked: tuple[float, float, float, int] | None = None
        self._drawn: Image | None = None
        self._marked: tuple[float, float, Band] | None = None

    # What the desk sets

    @property
    def channel(self) -> int:
        """Which channel is drawn, counted from 0."""
        return self._channel

    @property
    def logarithmic(self) -> bool:
        """Whether equal steps up are equal steps in pitch."""
        return self._logarithmic

    def set_channel(self, channel: int) -> None:
        """Choose the channel, counted from 0."""
        self._channel = min(max(channel, 0), max(len(self.names) - 1, 0))
        self._forget_detail()
        self._fill_menu()
        self.redraw()
        self.channel_changed.emit(self._channel)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose between equal steps in pitch and equal steps in Hz."""
        self._logarithmic = logarithmic
        self._fill_menu()
        self.redraw()

    def set_marked(self, marked: tuple[float, float, Band] | None) -> None:
        """Draw a frame around a band from one second to another, or none."""
        if marked != self._marked:
            self._marked = marked
            self.redraw()

    def set_range(self, low_db: float, high_db: float) -> None:
        """Choose the levels that the darkest and the brightest colour stand for."""
        self._range_db = (low_db, max(high_db, low_db + 1))
        self.redraw()

    def close_stream(self) -> None:
        """Let go of the file and the thread, and of the choice of channel."""
        self._channel = 0
        super().close_stream()

    def _fill_menu(self) -> None:
        self.menu.clear()
        labels = tuple(tr("Channel {name}", name=name) for name in self.names)
        self._choices(self.menu, labels, self._channel, self.set_channel)
        self.menu.addSeparator()
        scales = (tr("Linear frequency"), tr("Logarithmic frequency"))
        chosen = int(self._logarithmic)
        self._choices(self.menu, scales, chosen, lambda n: self.set_logarithmic(bool(n)))
        self._add_switches()
        self._set_button(self.names[self._channel] if self.names else "")

    def _open_cache(self, fingerprint: str, stream_index: int) -> SpectrogramTiles | None:
        return SpectrogramTiles.open(fingerprint, stream_index)

    # Close views

    def _forget_detail(self) -> None:
        self._detail = self._asked = self._drawn = None

    def _on_detail(self, detail: object) -> None:
        if isinstance(detail, _Spectra) and detail.channel == self._channel:
            self._detail = detail
            self.redraw()

    def _ask_detail(self, cache: SpectrogramTiles, columns: int) -> None:
        """Ask for spectra around the view, unless such are there or on their way."""
        start_s, end_s = self.axis.view
        column_s = (end_s - start_s) / columns
        asked = self._asked
        if asked is not None:
            same = asked[3] == self._channel and 0.7 < asked[2] / column_s < 1.4
            if same and asked[0] <= start_s and asked[1] >= end_s:
                return
        if self._loader is None:
            return
        low_s, high_s = self._around_view()
        self._asked = (low_s, high_s, column_s, self._channel)
        channel, rate = self._channel, cache.rate
        margin = sample_margin(rate)
        count = ceil((high_s - low_s) * rate) + 2 * margin

        def work(read: ReadSamples, token: CancelToken) -> _Spectra:
            samples = read(low_s - margin / rate, count)[channel]
            return _Spectra(
                low_s, high_s, channel, sample_columns(samples, rate, 2 * columns, token)
            )

        self._loader.request(work)

    def _picture_of(self, cache: SpectrogramTiles, columns: int, rows: int) -> Image:
        start_s, end_s = self.axis.view
        if cache.is_coarse(start_s, end_s, columns):
            self._ask_detail(cache, columns)
            have = self._detail
            if have and have.start_s <= start_s and have.end_s >= end_s:
                centres = start_s + (np.arange(columns) + 0.5) * (end_s - start_s) / columns
                if have.column_s < cache.column_s:
                    valid = (centres >= cache.start_s) & (centres < cache.filled_s)
                    return self._from_detail(have, centres, rows, cache.rate), valid
        return cache.image(start_s, end_s, columns, rows, self._channel, self._logarithmic)

    def _from_detail(
        self, have: _Spectra, centres: NDArray[np.float64], rows: int, rate: int
    ) -> NDArray[np.uint8]:
        number = ((centres - have.start_s) / have.column_s).astype(np.int64)
        chosen = have.spectra[np.clip(number, 0, len(have.spectra) - 1)]
        return scale_rows(chosen, RowScale(rows, rate, self._logarithmic))

    # Painting

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        cache, columns = self._cache, self._columns(plot)
        valid = np.zeros(columns, np.bool_)
        if isinstance(cache, SpectrogramTiles):
            rows = max(round(plot.height() * self.devicePixelRatioF()), 1)
            self._drawn = self._picture_of(cache, columns, rows)
            levels, valid = self._drawn
            pixels = self._colored(levels)
            if not valid.all():
                pixels[:, ~valid] = argb(self.colors.ground)
            painter.drawImage(plot.topLeft(), self._image(pixels))
            self._draw_scale(painter, plot, cache.rate)
            if self._evidence is None:
                self._draw_marked(painter, plot, cache.rate)
            else:
                self._draw_evidence(painter, plot, cache.rate, self._evidence)
        self._draw_state(painter, plot, valid)

    def _draw_marked(self, painter: QPainter, plot: QRect, rate: int) -> None:
        if self._marked is None:
            return
        start_s, end_s, band = self._marked
        scale = RowScale(plot.height(), rate, self._logarithmic)
        top, bottom = (
            plot.top() + min(max(scale.row(hertz), 0.0), float(plot.height()))
            for hertz in (band.high_hz, band.low_hz)
        )
        left, right = self.x_of(start_s), self.x_of(end_s)
        box = QRectF(left, top, right - left, bottom - top).adjusted(-2, -3, 2, 3)
        painter.save()
        painter.setClipRect(plot)
        for color, width in ((HALO, 4), (OVER_HEAT, 1.5)):
            painter.setPen(QPen(color, width))
            painter.drawRect(box)
        painter.restore()

    def _draw_evidence(
        self, painter: QPainter, plot: QRect, rate: int, shown: ShownEvidence
    ) -> None:
        draw_outline(painter, plot, self.x_of, shown, OVER_HEAT, HALO)
        found = shown.channels.get(self._channel)
        if found is not None:
            scale = RowScale(plot.height(), rate, self._logarithmic)
            draw_spectral(painter, plot, self.x_of, scale, shown, found)

    def _colored(self, levels: NDArray[np.uint8]) -> NDArray[np.uint32]:
        low, high = ((db - FLOOR_DB) / -FLOOR_DB * 255 for db in self._range_db)
        stretched = np.clip((np.arange(256) - low) / (high - low), 0, 1) * 255
        return np.asarray(heat()[stretched.astype(np.uint8)].take(levels), np.uint32)

    def _draw_scale(self, painter: QPainter, plot: QRect, rate: int) -> None:
        scale = RowScale(plot.height(), rate, self._logarithmic)
        metrics = painter.fontMetrics()
        last = plot.bottom() + metrics.height()
        line = QColor(255, 255, 255, 26)
        for frequency_hz in _labelled(scale, metrics.height() + 4):
            y = plot.top() + round(scale.row(frequency_hz))
            painter.fillRect(QRect(plot.left(), y, plot.width(), 1), line)
            top = min(max(y - metrics.height() // 2, plot.top()), plot.bottom())
            text = frequency_text(frequency_hz)
            width = metrics.horizontalAdvance(text)
            x = plot.left() - 6 - width
            box = QRect(x, top, width, metrics.height())
            if top + metrics.height() > last or self._under_button(box):
                continue
            painter.setPen(self.colors.text_muted)
            painter.drawText(QPoint(x, top + metrics.ascent()), text)
            painter.fillRect(QRect(plot.left() - 4, y, 4, 1), self.colors.text_muted)
            last = top

    def _read_out(self, seconds: float, y: float) -> str:
        words = [self.form.text(seconds)]
        plot = self.plot_rect()
        if self._drawn is None or not isinstance(self._cache, SpectrogramTiles):
            return words[0]
        levels, valid = self._drawn
        rows, columns = levels.shape
        column = int((self.x_of(seconds) - plot.left()) / plot.width() * columns)
        column = min(max(column, 0), columns - 1)
        row = min(max(int((y - plot.top()) / plot.height() * rows), 0), rows - 1)
        scale = RowScale(plot.height(), self._cache.rate, self._logarithmic)
        if valid[column]:
            level_db = FLOOR_DB + float(levels[row, column]) / 255 * -FLOOR_DB
            words.append(f"{frequency_text(scale.frequency(y - plot.top()))}Hz".replace("k", " k"))
            words.append(f"{level_db:.0f} dB".replace("-", "−"))
        elif not self._cache.complete:
            words.append(tr("not computed yet"))
        return "   ".join(words)


def _labelled(scale: RowScale, spacing: int) -> list[float]:
    """Frequencies that get a label, lowest first, with that many rows between them."""
    if scale.logarithmic:
        return [f for f in _LOG_LABELS if scale.low_hz <= f <= scale.high_hz]
    room_hz = scale.high_hz * spacing / scale.rows
    step = next((s for s in _LINEAR_STEPS if s >= room_hz), _LINEAR_STEPS[-1])
    return [float(step * number) for number in range(1, int(scale.high_hz // step) + 1)]
