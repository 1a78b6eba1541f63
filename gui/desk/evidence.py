"""The evidence of a flag of the sound: looked for off the GUI thread, drawn over the panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.title import AudioStream, Title
from core.jobs.progress import CancelToken
from core.media.sound_evidence import MARK_OF, SoundEvidence, evidence_of
from gui.bridge import GuiLane
from gui.desk.sound_flag import SoundFile, SoundTarget, target_of
from gui.panes.evidence import ShownEvidence

if TYPE_CHECKING:
    from core.review.flag import Flag
    from gui.desk.desk import Desk

_MARGIN_S = 0.05


class EvidenceDesk(QObject):
    """Points at what carries the defect of the selected flag. The newest selection wins.

    Signals:
        changed: Something was found, or is not pointed at any more.

    Args:
        desk: The desk.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._panes = (desk.parts.waveform, desk.parts.spectrogram)
        self._lane = GuiLane("sound evidence", self)
        self._file = SoundFile()
        self._target: SoundTarget | None = None
        self._found: dict[int, SoundEvidence] = {}
        self._switch = desk.actions["view.evidence"]
        for pane in self._panes:
            pane.set_switches(self._switch)
        desk.selection.changed.connect(self._on_flag)
        desk.parts.player.sound_chosen.connect(self._on_sound)
        desk.actions.connect_switch("view.evidence", self._on_switched)

    @property
    def idle(self) -> bool:
        """Whether nothing is being looked for."""
        return self._lane.pending == 0

    @property
    def found(self) -> dict[int, SoundEvidence]:
        """What was found for the selected flag, by channel."""
        return dict(self._found)

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._lane.drain()
        self._file.close()
        self._lane.close()

    def _on_flag(self, flag: Flag | None) -> None:
        target = target_of(self._desk.title, flag)
        if target is not None and target.defect not in MARK_OF:
            target = None
        if target == self._target:
            return
        self._target, self._found = target, {}
        self._turn_to(target)
        self._show()
        if target is not None and self._switch.isChecked():
            self._look(target)

    def _on_switched(self, on: bool) -> None:
        settings = self._desk.settings
        if settings.get("panes.evidence") != on:
            settings.set("panes.evidence", on)
            self._desk.save_settings()
        self._show()
        if on and self._target is not None and not self._found:
            self._look(self._target)

    def _on_sound(self, _title: Title, _stream: AudioStream) -> None:
        """Another stream is drawn; what was found may belong to it, or no longer."""
        if self._target is not None:
            self._turn_to(self._target)
        self._show()

    def _turn_to(self, target: SoundTarget | None) -> None:
        """Draw the spectrogram of a channel that is concerned."""
        pane = self._desk.parts.spectrogram
        drawn = target is not None and pane.stream == target.stream
        if target is not None and drawn and pane.channel not in target.channels:
            pane.set_channel(target.channels[0])

    def _look(self, target: SoundTarget) -> None:
        file = self._file

        def work(token: CancelToken) -> dict[int, SoundEvidence]:
            begin_s, end_s = target.part_s[0] - _MARGIN_S, target.part_s[1] + _MARGIN_S
            samples = file.read(target.title, target.stream, begin_s, end_s)
            rate = target.stream.sample_rate
            start_s = round(begin_s * rate) / rate
            found: dict[int, SoundEvidence] = {}
            for channel in target.channels:
                token.check()
                found[channel] = evidence_of(
                    samples[channel], rate, start_s, target.defect, target.band
                )
            return found

        self._lane.submit(
            work,
            lambda found: self._on_found(target, found),
            # What cannot be read shows no evidence; the panes say why by themselves.
            lambda _error: None,
            newest=True,
        )

    def _on_found(self, target: SoundTarget, found: dict[int, SoundEvidence]) -> None:
        if target == self._target:
            self._found = found
            self._show()

    def _show(self) -> None:
        target = self._target
        shown: ShownEvidence | None = None
        if target is not None and self._switch.isChecked():
            shown = ShownEvidence(target.span_s, target.second_s, self._found)
        for pane in self._panes:
            drawn = target is not None and pane.stream == target.stream
            pane.set_evidence(shown if drawn else None)
        self.changed.emit()
