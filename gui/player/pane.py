"""Picture and transport, wired to a player: what the desk puts in its middle."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.domain.media import Cue
from core.domain.time import MediaTime
from core.domain.title import Title
from gui.language import tr
from gui.panes.tick import TimeFormat
from gui.player.channel_panel import ChannelPanel
from gui.player.engine import Player
from gui.player.heat_panel import HeatPanel
from gui.player.picture import PictureView
from gui.player.transport import TransportBar


class PlayerPane(QWidget):
    """Picture above, heat map's row and transport below. The player stays its owner's.

    Args:
        player: What plays.
        parent: Owner.

    Signals:
        full_screen_requested: The button, or a double click on the picture.
        loop_requested: Loop the marked stretch or the flag (True), or stop looping; whoever knows
            the stretch calls `Player.set_loop`.
        sound_chosen: The title, and the sound stream of it that is heard from now on.
    """

    full_screen_requested = Signal()
    loop_requested = Signal(bool)
    sound_chosen = Signal(object, object)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Player"))
        self._player = player
        self._panel: ChannelPanel | None = None
        self._sound = 0
        self._form = TimeFormat()
        self._full_screen = False
        self.view = PictureView()
        self.heat = HeatPanel()
        self.bar = TransportBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.heat)
        column.addWidget(self.bar)
        self._wire_player()
        self._wire_bar()

    def _wire_player(self) -> None:
        player, view, bar = self._player, self.view, self.bar
        view.render_size_changed.connect(player.set_render_size)
        view.double_clicked.connect(self.full_screen_requested)
        player.frame_shown.connect(view.set_picture)
        player.position_changed.connect(self._on_position_changed)
        player.state_changed.connect(self._on_state_changed)
        player.dropped_changed.connect(bar.set_dropped)
        player.clock_changed.connect(self._on_clock_changed)
        player.loop_changed.connect(lambda span: bar.set_loop(span is not None))
        player.failed.connect(self._on_failed)
        bar.set_clock("system")

    def _wire_bar(self) -> None:
        player, bar = self._player, self.bar
        bar.to_start_clicked.connect(player.seek_start)
        bar.step_back_clicked.connect(lambda: player.step(-1))
        bar.play_clicked.connect(player.toggle)
        bar.step_forward_clicked.connect(lambda: player.step(1))
        bar.to_end_clicked.connect(player.seek_end)
        bar.speed_chosen.connect(player.set_speed)
        bar.loop_toggled.connect(self.loop_requested)
        bar.mute_toggled.connect(lambda muted: player.set_muted(None, muted))
        bar.volume_changed.connect(lambda gain: player.set_volume(None, gain))
        bar.channels_clicked.connect(self.show_channels)
        bar.captions_toggled.connect(self.view.set_captions_visible)
        bar.fit_clicked.connect(self.toggle_fit)
        bar.full_screen_clicked.connect(self.full_screen_requested)
        bar.timecode_entered.connect(self._on_timecode_entered)

    def load(self, title: Title) -> None:
        """Show that a title is being opened, and have the player load it."""
        self._panel, self._sound = None, 0
        self.bar.set_title(title)
        self.view.set_cues(())
        if title.video:
            self.view.show_loading(title.name)
            self.view.set_picture_size(*title.video[0].display_size)
        else:
            self.view.show_no_picture()
        self._player.load(title)

    def unload(self) -> None:
        """Show that nothing is open."""
        self._panel = None
        self.bar.set_title(None)
        self.view.set_cues(())
        self.view.show_empty()
        self._player.unload()

    def set_time_format(self, form: TimeFormat) -> None:
        """Say how places are written."""
        self._form = form
        self.bar.set_time_format(form)
        self._show_osd()

    def set_cues(self, cues: Sequence[Cue]) -> None:
        """Take the captions to show over the picture."""
        self.view.set_cues(cues)

    def set_full_screen(self, full: bool) -> None:
        """In full screen, place and speed are shown over the picture and the bar is hidden."""
        self._full_screen = full
        self.bar.set_full_screen(full)
        self.bar.setVisible(not full)
        self.view.show_osd("")
        self._show_osd()

    def toggle_fit(self) -> None:
        """Change between the whole picture and 100 %."""
        if self.view.fitted:
            self.view.actual_size()
        else:
            self.view.fit()

    def go_to_timecode(self) -> None:
        """Put the keyboard into the timecode field."""
        self.bar.timecode_field.begin_entry()

    def show_channels(self) -> None:
        """Open the mixer of channels above its button."""
        title = self._player.title
        if title is None or not title.audio:
            return
        if self._panel is None:
            stream = title.audio[self._sound]
            panel = ChannelPanel(stream.layout, stream.channels, self)
            panel.set_streams(title.audio, self._sound)
            panel.stream_chosen.connect(self.choose_sound)
            panel.gain_changed.connect(self._player.set_volume)
            panel.mute_changed.connect(self._player.set_muted)
            panel.solo_changed.connect(self._player.set_solo)
            self._panel = panel
        button = self.bar.channels_button
        size = self._panel.sizeHint()
        place = button.mapToGlobal(QPoint(button.width() - size.width(), -size.height()))
        self._panel.move(place)
        self._panel.show()

    def choose_sound(self, number: int) -> None:
        """Hear another sound stream of the title, counted from 0."""
        title = self._player.title
        if title is None or number == self._sound:
            return
        self._sound = number
        if self._panel is not None:
            self._panel.close()
            self._panel.deleteLater()
            # Its channels are not those of the other stream.
            self._panel = None
        self._player.select_audio(title.audio[number].index)
        self.sound_chosen.emit(title, title.audio[number])

    def _on_position_changed(self, place: MediaTime) -> None:
        self.bar.set_position(place)
        if self._full_screen:
            self._show_osd()

    def _on_state_changed(self, playing: bool, speed: float) -> None:
        self.bar.set_state(playing, speed)
        if not playing:
            self.bar.set_base_speed(self._player.base_speed)
        self.view.show_osd("")
        if self._full_screen:
            self._show_osd()
        elif playing and speed != 1.0:
            self.view.show_osd(f"{speed:g}×")

    def _show_osd(self) -> None:
        title = self._player.title
        if not self._full_screen or title is None or not title.video:
            return
        text = self._form.text(self._player.position.exact)
        speed = self._player.speed
        self.view.show_osd(text if speed in (0.0, 1.0) else f"{speed:g}×  {text}", keep=True)

    def _on_clock_changed(self, source: str) -> None:
        self.bar.set_clock(source, self._player.sound.sentence)

    def _on_failed(self, sentence: str, _details: str) -> None:
        if self.view.picture is None:
            self.view.show_error(sentence)

    def _on_timecode_entered(self, seconds: Fraction) -> None:
        self._player.seek(float(seconds))
        self.view.setFocus()
