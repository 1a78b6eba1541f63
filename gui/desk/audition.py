"""Listening to a flag of the sound: its second, its band alone, and the sound without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.time import MediaTime, Span
from core.jobs.progress import CancelToken
from core.media.audition import Hearing, audition, heard_name, reason_against
from gui.bridge import GuiLane, explain
from gui.desk.sound_flag import SoundFile, SoundTarget, target_of
from gui.language import told, tr
from gui.player.chip import Chip
from gui.player.substitute import Substitute

if TYPE_CHECKING:
    from core.review.flag import Flag
    from gui.desk.desk import Desk

_CONTEXT_S = 0.5
_AWAY_S = 1.5
_PASSED_S = 0.5
_WAYS = {
    "listen.original": Hearing.ORIGINAL,
    "listen.solo": Hearing.SOLO,
    "listen.without": Hearing.WITHOUT,
}


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """What was made ready, and how far it was turned up."""

    substitute: Substitute
    gain_db: float


class AuditionDesk(QObject):
    """Plays what helps to judge the selected flag, and says all the time what is heard.

    What was asked for ends with the flag, when one goes elsewhere, with Escape, and with its key.

    Args:
        desk: The desk.
    """

    _grown = Signal(object, float)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._bar = desk, desk.parts.audition
        self._chip = Chip(desk.parts.picture)
        self._lane = GuiLane("audition", self)
        self._file = SoundFile()
        self._target: SoundTarget | None = None
        self._way = Hearing.ORIGINAL
        self._made: dict[Hearing, _Made] = {}
        self._until_s: float | None = None
        self._looped: Span | None = None
        self._grown.connect(self._on_grown)
        self._connect()
        self._bar.hide()
        self._show_ways()

    def _connect(self) -> None:
        desk, to = self._desk, self._desk.actions.connect_to
        to("listen.play", self.play_second)
        to("listen.loop", self._on_loop)
        to("listen.solo", lambda: self._on_way("listen.solo"))
        to("listen.without", lambda: self._on_way("listen.without"))
        to("listen.original", self.back)
        desk.selection.changed.connect(self._on_flag)
        desk.player.position_changed.connect(self._on_position)
        desk.player.loop_changed.connect(self._on_loop_changed)
        desk.player.state_changed.connect(self._on_state)
        desk.parts.player.sound_chosen.connect(lambda _title, _stream: self.back())
        desk.window.escaped.connect(self.back)

    @property
    def idle(self) -> bool:
        """Whether nothing is being made ready."""
        return self._lane.pending == 0

    @property
    def hearing(self) -> str:
        """What the chip says; empty while the original is heard."""
        return self._chip.text()

    def close(self) -> None:
        """End the thread and let go of the file."""
        self._lane.drain()
        self._file.close()
        self._lane.close()

    # Playing

    def play_second(self) -> None:
        """Play the second around the peak once."""
        target, player = self._target, self._desk.player
        if target is None:
            return
        player.set_loop(None)
        self._start_at(target.second_s[0])
        self._until_s = target.second_s[1]

    def _on_loop(self) -> None:
        target, player = self._target, self._desk.player
        if target is None or not self._desk.actions["listen.loop"].isChecked():
            player.set_loop(None)
            player.pause()
            return
        self._until_s = None
        self._looped = self._span(target)
        player.set_loop(self._looped)
        self._start_at(target.second_s[0])

    def _start_at(self, seconds: float) -> None:
        player = self._desk.player
        player.seek(seconds)
        if not player.playing:
            player.play()

    def _span(self, target: SoundTarget) -> Span:
        streams = (*target.title.video, *target.title.audio)
        return Span.from_seconds(*target.second_s, streams[0].base)

    def _play_on(self) -> None:
        """Let it be heard: in the loop that runs, else the second once."""
        player, target = self._desk.player, self._target
        if target is None or (player.playing and self._inside(player.position.seconds)):
            return
        if self._desk.actions["listen.loop"].isChecked():
            player.play()
        else:
            self.play_second()

    # What is heard

    def _on_way(self, action_id: str) -> None:
        if self._target is None or not self._desk.actions[action_id].isChecked():
            self.back()
            return
        self._way = _WAYS[action_id]
        self._show_ways()
        made = self._made.get(self._way)
        if made is not None:
            self._hear(made)
        else:
            self._chip.say(tr("Preparing: {name}…", name=self._name()))
            self._make(self._target, self._way)

    def _make(self, target: SoundTarget, way: Hearing) -> None:
        file = self._file

        def work(token: CancelToken) -> _Made:
            low, high = target.part_s[0] - _CONTEXT_S, target.part_s[1] + _CONTEXT_S
            rate = target.stream.sample_rate
            samples = file.read(target.title, target.stream, low, high)
            made = audition(
                samples,
                rate,
                target.defect,
                way,
                target.channels,
                target.band,
                token,
                lambda share: self._grown.emit((target.key, way), share),
            )
            return _Made(Substitute(round(low * rate), made.samples), made.gain_db)

        self._lane.submit(
            work,
            lambda made: self._on_made(target, way, made),
            lambda error: self._on_failed(target, way, error),
            newest=True,
        )

    def _on_grown(self, what: tuple[str, Hearing], share: float) -> None:
        waited = self._target is not None and what == (self._target.key, self._way)
        if waited and self._way not in self._made:
            self._chip.say(tr("Preparing: {name}… {share:.0%}", name=self._name(), share=share))

    def _on_made(self, target: SoundTarget, way: Hearing, made: _Made) -> None:
        if target != self._target:
            return
        self._made[way] = made
        if way is self._way:
            self._hear(made)

    def _on_failed(self, target: SoundTarget, way: Hearing, error: BaseException) -> None:
        if target == self._target and way is self._way:
            self.back()
            self._desk.say(explain(error)[0])

    def _hear(self, made: _Made) -> None:
        gain = f", {made.gain_db:+.0f} dB".replace("-", "−") if abs(made.gain_db) >= 0.5 else ""
        self._chip.say(tr("Hearing: {name}{gain}", name=self._name(), gain=gain))
        self._desk.player.set_substitute(made.substitute)
        self._play_on()

    def back(self) -> None:
        """Hear the original again."""
        if self._way is not Hearing.ORIGINAL:
            self._way = Hearing.ORIGINAL
            self._desk.player.set_substitute(None)
        self._chip.say("")
        self._show_ways()

    def _name(self) -> str:
        assert self._target is not None
        return told(heard_name(self._target.defect, self._way))

    def _show_ways(self) -> None:
        for action_id, way in _WAYS.items():
            self._desk.actions[action_id].setChecked(way is self._way)

    # What ends it

    def _on_flag(self, flag: Flag | None) -> None:
        target = target_of(self._desk.title, flag)
        if target == self._target:
            return
        self.back()
        self._target, self._made, self._until_s, self._looped = target, {}, None, None
        self._desk.actions["listen.loop"].setChecked(False)
        self._bar.setVisible(target is not None)
        if target is not None:
            self._bar.set_reasons(reasons_for(target.defect))

    def _on_position(self, place: MediaTime) -> None:
        if self._until_s is not None and place.seconds >= self._until_s:
            passed_s, self._until_s = place.seconds - self._until_s, None
            # Who went elsewhere meanwhile wants to hear what is there.
            if passed_s < _PASSED_S:
                self._desk.player.pause()
        if self._way is not Hearing.ORIGINAL and not self._inside(place.seconds):
            self.back()

    def _inside(self, seconds: float) -> bool:
        target = self._target
        away_s = self._desk.selection.pre_roll_s + _AWAY_S
        return (
            target is not None and target.part_s[0] - away_s <= seconds <= target.part_s[1] + away_s
        )

    def _on_state(self, playing: bool, _speed: float) -> None:
        if not playing:
            self._until_s = None

    def _on_loop_changed(self, loop: Span | None) -> None:
        if loop is not None:
            self._until_s = None
        self._desk.actions["listen.loop"].setChecked(loop is not None and loop == self._looped)


def reasons_for(defect: str) -> dict[str, str]:
    """Why actions have no meaning for a defect, by action; only those that have none."""
    reasons = {action: reason_against(defect, way) for action, way in _WAYS.items()}
    return {action: told(reason) for action, reason in reasons.items() if reason}
