"""Makes the widgets of the desk and keeps those on the time axis in step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.catalog.table import DETECTORS
from core.domain.title import AudioStream, Title
from gui import theme
from gui.actions import ActionSet
from gui.desk.job import JobsPanel
from gui.main_window import Parts
from gui.panes.color import PaneColors
from gui.panes.metrics_panel import MetricsPanel
from gui.panes.ruler import TimeRuler
from gui.panes.spectrogram import SpectrogramPane
from gui.panes.spectrum import SpectrumPane
from gui.panes.tick import TimeFormat
from gui.panes.time_pane import TimePane
from gui.panes.waveform import WaveformPane
from gui.player.engine import Player
from gui.player.pane import PlayerPane
from gui.player.picture import PictureView
from gui.queue.panel import QueuePanel
from gui.sync.bar import SyncBar
from gui.sync.strip import SyncStrip
from gui.time_axis import TimeAxis
from gui.timeline.lane_view import LaneView
from gui.timeline.range_bar import RangeBar
from gui.timeline.thumbnail_pane import ThumbnailPane
from gui.verdict.audition import AuditionBar
from gui.verdict.bar import VerdictBar

_LONGEST_NAME_EMS = 8


class Clock:
    """Writes seconds as the desk shows them; one for all widgets."""

    def __init__(self) -> None:
        self.form = TimeFormat()

    def __call__(self, seconds: float) -> str:
        """Write seconds."""
        return self.form.text(seconds)


@dataclass(slots=True, weakref_slot=True)
class DeskParts:
    """All widgets with their types, as the desk uses them."""

    axis: TimeAxis
    clock: Clock
    player: PlayerPane
    queue: QueuePanel
    verdict: VerdictBar
    jobs: JobsPanel
    ruler: TimeRuler
    ranges: RangeBar
    thumbnails: ThumbnailPane
    lanes: LaneView
    waveform: WaveformPane
    spectrogram: SpectrogramPane
    metrics: MetricsPanel
    spectrum: SpectrumPane
    audition: AuditionBar
    sync: SyncBar
    sync_strip: SyncStrip

    @classmethod
    def make(cls, actions: ActionSet, axis: TimeAxis, player: Player) -> DeskParts:
        """Make everything."""
        clock = Clock()
        parts = cls(
            axis=axis,
            clock=clock,
            player=PlayerPane(player),
            queue=QueuePanel(clock),
            verdict=VerdictBar(actions, clock),
            jobs=JobsPanel(),
            ruler=TimeRuler(axis),
            ranges=RangeBar(axis),
            thumbnails=ThumbnailPane(axis),
            lanes=LaneView(axis, clock),
            waveform=WaveformPane(axis),
            spectrogram=SpectrogramPane(axis),
            metrics=MetricsPanel(axis),
            spectrum=SpectrumPane(),
            audition=AuditionBar(actions),
            sync=SyncBar(actions),
            sync_strip=SyncStrip(axis),
        )
        parts.player.bar.follow(actions)
        parts.restyle()
        return parts

    @property
    def picture(self) -> PictureView:
        """The picture."""
        return self.player.view

    @property
    def panes(self) -> tuple[TimePane, ...]:
        """Everything on the time axis, from top to bottom."""
        return (
            self.ruler,
            self.ranges,
            self.thumbnails,
            self.lanes,
            self.sync_strip,
            self.waveform,
            self.spectrogram,
            self.metrics,
        )

    def laid_out(self) -> Parts:
        """What the window lays out."""
        head = QWidget()
        layout = QVBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.ruler)
        layout.addWidget(self.ranges)
        return Parts(
            player=self.player,
            queue=self.queue,
            verdict=self.verdict,
            jobs=self.jobs,
            ruler=head,
            thumbnails=self.thumbnails,
            lanes=self.lanes,
            waveform=self.waveform,
            spectrogram=self.spectrogram,
            metrics=self.metrics,
            spectrum=self.spectrum,
            audition=self.audition,
            sync=self.sync,
            sync_strip=self.sync_strip,
        )

    def restyle(self) -> None:
        """Follow the theme, and the font: names need the same room in every pane."""
        colors = PaneColors.of(theme.current())
        metrics = QFontMetricsF(self.lanes.small_font())
        longest = max(metrics.horizontalAdvance(spec.title) for spec in DETECTORS.values())
        count = metrics.horizontalAdvance("000")
        gutter = round(min(longest, _LONGEST_NAME_EMS * metrics.height()) + count + 14)
        for pane in self.panes:
            pane.set_colors(colors)
            pane.set_gutter(gutter)
        self.spectrum.set_colors(colors)

    def show_title(self, title: Title, form: TimeFormat) -> None:
        """Take a title; how times are written comes with it."""
        start_s = title.start.seconds
        self.axis.set_extent(start_s, start_s + title.duration_s)
        self.player.load(title)
        self.set_time_format(form)
        self.thumbnails.show_title(title)
        self.waveform.show_stream(title)
        self.spectrogram.show_stream(title)
        self.metrics.clear()
        self.ranges.set_cached(())
        self.ranges.set_analysed(())

    def set_time_format(self, form: TimeFormat) -> None:
        """Write times like this everywhere."""
        self.clock.form = form
        for pane in self.panes:
            pane.set_time_format(form)
        self.player.set_time_format(form)
        self.queue.model.repaint()

    def show_sound(self, title: Title, stream: AudioStream) -> None:
        """Draw another sound stream."""
        self.waveform.show_stream(title, stream)
        self.spectrogram.show_stream(title, stream)

    def show_nothing(self) -> None:
        """Let the title go."""
        self.player.unload()
        self.thumbnails.show_title(None)
        self.close_streams()
        self.metrics.clear()
        self.lanes.set_lanes(())
        self.queue.set_flags(())
        self.ranges.set_cached(())
        self.ranges.set_analysed(())

    def close_streams(self) -> None:
        """Let go of files and threads."""
        self.waveform.close_stream()
        self.spectrogram.close_stream()
