"""The spectrum view of the desk: of what is marked, flagged, or under the playhead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.domain.finding import Band
from core.domain.title import AudioStream, Title
from core.jobs.progress import CancelToken
from core.media.average_spectrum import AverageSpectrum, average_spectrum
from core.media.sound_evidence import LONGEST_S, MARK_OF, Mark
from gui.bridge import GuiLane, explain
from gui.desk.evidence import EvidenceDesk
from gui.desk.sound_flag import SoundFile, SoundTarget, target_of
from gui.language import tr
from gui.panes.spectrum import EMPTY, ShownSpectrum

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_DEBOUNCE_MS = 150
_BEFORE_S = (0.25, 5.0)
_MOST_MULTIPLES = 8


@dataclass(frozen=True, slots=True)
class _Wish:
    """A stretch of one channel."""

    title: Title
    stream: AudioStream
    channel: int
    start_s: float
    end_s: float

    @property
    def before_s(self) -> tuple[float, float] | None:
        """As much before it, or what there is of that."""
        length = min(self.end_s - self.start_s, _BEFORE_S[1])
        begin_s = max(self.start_s - length, self.title.start.seconds)
        return (begin_s, self.start_s) if self.start_s - begin_s >= _BEFORE_S[0] else None


Spectra = tuple[AverageSpectrum | None, AverageSpectrum | None]


class SpectrumDesk(QObject):
    """Keeps the spectrum view in step with marks, flags and the playhead while it is open.

    Args:
        desk: The desk.
        evidence: Knows which lines and which band to mark.
    """

    def __init__(self, desk: Desk, evidence: EvidenceDesk) -> None:
        super().__init__(desk)
        self._desk, self._evidence = desk, evidence
        self._pane = desk.parts.spectrum
        self._lane = GuiLane("spectrum", self)
        self._file = SoundFile()
        self._wish: _Wish | None = None
        self._made: Spectra = (None, None)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self._look)
        self._switch = desk.actions["view.spectrum"]
        self._switch.toggled.connect(lambda _on: self._look())
        axis = desk.parts.axis
        axis.selection_changed.connect(lambda _marked: self._look())
        axis.playhead_moved.connect(self._on_playhead)
        desk.selection.changed.connect(lambda _flag: self._look())
        desk.parts.player.sound_chosen.connect(lambda _title, _stream: self._look())
        desk.parts.spectrogram.channel_changed.connect(lambda _channel: self._look())
        evidence.changed.connect(self._show)

    @property
    def idle(self) -> bool:
        """Whether no spectrum is on its way."""
        return self._lane.pending == 0 and not self._wait.isActive()

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._wait.stop()
        self._lane.drain()
        self._file.close()
        self._lane.close()

    def _on_playhead(self, _seconds: float) -> None:
        if self._switch.isChecked() and not self._wait.isActive() and self._follows():
            self._wait.start()

    def _follows(self) -> bool:
        """Whether the second under the playhead is shown."""
        return self._desk.parts.axis.selection is None and self._target() is None

    def _target(self) -> SoundTarget | None:
        """The flag, when it is about the sound that is drawn."""
        target = target_of(self._desk.title, self._desk.selection.flag)
        drawn = self._desk.parts.spectrogram.stream
        return target if target is not None and target.stream == drawn else None

    def _look(self) -> None:
        self._wait.stop()
        if not self._switch.isChecked():
            return
        wish = self._wanted()
        if wish == self._wish:
            self._show()
            return
        self._wish, self._made = wish, (None, None)
        if wish is None:
            self._show()
            return
        file = self._file

        def work(token: CancelToken) -> Spectra:
            made: list[AverageSpectrum | None] = []
            for stretch in ((wish.start_s, wish.end_s), wish.before_s):
                token.check()
                if stretch is None:
                    made.append(None)
                    continue
                samples = file.read(wish.title, wish.stream, *stretch)[wish.channel]
                made.append(average_spectrum(samples, wish.stream.sample_rate, token))
            return made[0], made[1]

        self._lane.submit(
            work, lambda made: self._on_made(wish, made), self._on_failed, newest=True
        )

    def _wanted(self) -> _Wish | None:
        desk, pane = self._desk, self._desk.parts.spectrogram
        if desk.title is None or pane.stream is None:
            return None
        axis, target = desk.parts.axis, self._target()
        low, high = axis.extent
        if axis.selection is not None:
            start_s, end_s = axis.selection
        elif target is not None:
            start_s, end_s = target.part_s
        else:
            start_s = max(min(axis.playhead_s - 0.5, high - 1.0), low)
            end_s = min(start_s + 1.0, high)
        return _Wish(
            desk.title, pane.stream, pane.channel, start_s, min(end_s, start_s + LONGEST_S)
        )

    def _on_made(self, wish: _Wish, made: Spectra) -> None:
        if wish == self._wish:
            self._made = made
            self._show()

    def _on_failed(self, error: BaseException) -> None:
        self._pane.show_nothing(explain(error)[0])

    def _show(self) -> None:
        if not self._switch.isChecked():
            return
        wish, (spectrum, before) = self._wish, self._made
        if wish is None:
            self._pane.show_nothing(self._empty())
        elif spectrum is not None:
            lines, band = self._marks(wish)
            self._pane.show_spectrum(ShownSpectrum(self._name(wish), spectrum, before, lines, band))
        elif self._lane.pending == 0:
            self._pane.show_nothing(tr("This stretch is too short for a spectrum"))

    def _empty(self) -> str:
        title = self._desk.title
        if title is None:
            return tr("Open a title to see its spectrum")
        return tr(EMPTY) if title.audio else tr("This title has no sound")

    def _name(self, wish: _Wish) -> str:
        desk, clock = self._desk, self._desk.parts.clock
        channel = desk.parts.spectrogram.names[wish.channel]
        where = f"{clock(wish.start_s)} – {clock(wish.end_s)}"
        if desk.parts.axis.selection is not None:
            return tr("{channel}  marked {where}", channel=channel, where=where)
        return (
            tr("{channel}  flag {where}", channel=channel, where=where)
            if self._target() is not None
            else f"{channel}  {where}"
        )

    def _marks(self, wish: _Wish) -> tuple[tuple[float, ...], Band | None]:
        """Lines and band of the flag: what was found, else what its finding says."""
        target = self._target()
        if target is None:
            return (), None
        found = self._evidence.found.get(wish.channel)
        mark = MARK_OF.get(target.defect)
        if mark is Mark.LINES:
            if found is not None:
                return tuple(line.hz for line in found.lines), None
            mains = target.band.low_hz if target.band is not None else 0.0
            return tuple(mains * n for n in range(1, _MOST_MULTIPLES + 1) if mains), None
        if mark is Mark.FLOOR:
            return (), found.floor.band if found is not None and found.floor else target.band
        return (), None
