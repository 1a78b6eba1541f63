"""Scopes and meters of the desk: what they are asked for, and when they are drawn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QWidget

from core.domain.title import VideoStream
from core.media.frame import VideoFrame
from gui.language import tr
from gui.player.mix import channel_names
from gui.player.picture_queue import Picture
from gui.scopes.lane import FieldView, ScopeLane, ScopeMade, ScopeWish
from gui.scopes.meter import MeterPane, PhasePane
from gui.scopes.meter_lane import MeterLane, MeterMade, MeterWish
from gui.scopes.overlay import FieldOverlay, ProbeOverlay, SafeAreaOverlay, ZoneOverlay
from gui.scopes.pace import Pace
from gui.scopes.pane import ScopePane, titles
from gui.scopes.panel import ScopePanel

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_OLDEST_S = 0.1
_RESIZE_MS = 60
_WIDTH_PX = 212
_NARROW_PX = 1400
_LAYOUT_KEY = "scopes"
_AT_FIRST = ("scope.waveform", "scope.vector", "scope.meters")


class ScopeDesk(QObject):
    """Keeps scopes, meters and what they paint over the picture in step with the player.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._view = desk, desk.parts.picture
        self._lane, self._meter_lane = ScopeLane(self), MeterLane(self)
        self._frame: VideoFrame | None = None
        self._picture: Picture | None = None
        self._stream: VideoStream | None = None
        self._fields = FieldView.OFF
        self._pace = Pace()
        self._zones_made: ScopeMade | None = None
        self.last: ScopeMade | None = None
        self.meters, self.phase = MeterPane(), PhasePane()
        self.panes = {kind: ScopePane(kind, title) for kind, title in titles().items()}
        self._switches: dict[str, QWidget] = {
            **{f"scope.{kind.value}": pane for kind, pane in self.panes.items()},
            "scope.meters": self.meters,
            "scope.phase": self.phase,
        }
        self._name_buttons()
        switches = [desk.actions[name] for name in self._switches]
        self.panel = ScopePanel(list(self._switches.values()), switches)
        self.dock = self._make_dock()
        self.safe, self.zones, self.field = SafeAreaOverlay(), ZoneOverlay(), FieldOverlay()
        self.probe = ProbeOverlay(self._view)
        self._view.add_overlay(self.field, under=True)
        for overlay in (self.zones, self.safe, self.probe):
            self._view.add_overlay(overlay)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RESIZE_MS)
        self._later.timeout.connect(self._refresh)
        self._second_field = QTimer(self)
        self._second_field.setTimerType(Qt.TimerType.PreciseTimer)
        self._second_field.setSingleShot(True)
        self._second_field.timeout.connect(self._on_second_field)
        self._connect()
        self._restore()

    def _name_buttons(self) -> None:
        short = {
            "scope.waveform": tr("Wave"),
            "scope.parade": tr("RGB"),
            "scope.vector": tr("Vector"),
            "scope.histogram": tr("Hist"),
            "scope.meters": tr("Level"),
            "scope.phase": tr("Phase"),
        }
        for name, text in short.items():
            self._desk.actions[name].setIconText(text)

    def _make_dock(self) -> QDockWidget:
        dock = QDockWidget(tr("Scopes"), self._desk.window)
        dock.setObjectName("scopes")
        dock.setWidget(self.panel)
        self._desk.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        dock.hide()
        return dock

    # What there is

    @property
    def idle(self) -> bool:
        """Whether nothing is being computed."""
        return self._lane.idle and self._meter_lane.idle and not self._later.isActive()

    @property
    def field_view(self) -> FieldView:
        """Which lines of the picture are shown."""
        return self._fields

    @property
    def passed_over(self) -> int:
        """Frames whose scopes were not begun because a newer frame came."""
        return self._lane.passed_over

    def close(self) -> None:
        """End threads and let go of files and frames."""
        self._later.stop()
        self._second_field.stop()
        self._lane.close()
        self._meter_lane.close()
        self._frame = self._picture = None

    # Titles and frames

    def _on_title(self) -> None:
        title = self._desk.title
        self._stream = title.video[0] if title is not None and title.video else None
        self._frame = self._picture = self.last = self._zones_made = None
        self._lane.forget()
        self._meter_lane.forget()
        self.zones.set_zones((), None, {})
        self.field.set_fields((), ())
        self.probe.set_picture(None, None, 0)
        for pane in self.panes.values():
            pane.set_trace(None, pane.signal)
        self._on_sound()
        self._say()

    def _on_sound(self) -> None:
        stream = self._desk.parts.spectrogram.stream if self._desk.title is not None else None
        names = channel_names(stream.layout, stream.channels) if stream is not None else ()
        self.meters.set_channels(names)
        hint = "" if len(names) != 1 else tr("one channel has no phase")
        self.phase.show_phase(None, None, hint=hint)
        self._refresh_sound()

    def _on_frame(self, picture: Picture) -> None:
        frame = picture.frame()
        self._picture = picture
        self._frame = frame if isinstance(frame, VideoFrame) else None
        playing = self._desk.player.playing
        if not playing or self._pace.take(self._desk.player.dropped):
            self._want()
        self._keep_overlays(picture)

    def _keep_overlays(self, picture: Picture) -> None:
        """While playing, what was made for the frame before stands in until the next is there."""
        made = self.last
        if made is None or made.pts == picture.pts or not self._desk.player.playing:
            return
        age_s = abs(float((picture.pts - made.pts) * picture.base))
        if age_s <= _OLDEST_S:
            self._take_overlays(made, (made.pts, picture.pts))

    def _on_state(self) -> None:
        if self._desk.title is None and self._stream is not None:
            self._on_title()
        elif self._desk.player.playing:
            self._pace.begin(self._desk.player.dropped)
        else:
            # What was looked at in passing is looked at in full now.
            self._refresh()

    def _refresh(self) -> None:
        self._want()
        self._refresh_sound()

    def _want(self) -> None:
        frame = self._frame
        sizes = {k: p.trace_size() for k, p in self.panes.items() if self._is_open(p)}
        zones, field = self._desk.actions["scope.zones"].isChecked(), self._fields
        probing = self.probe.shown
        if frame is None or not (sizes or zones or probing or field is not FieldView.OFF):
            self._lane.forget()
            return
        geometry = self._view.geometry_of_picture
        zoom = min(geometry.zoom, 1.0)
        size = (max(round(geometry.width * zoom), 1), max(round(geometry.height * zoom), 1))
        title = self._desk.title
        self._lane.want(
            ScopeWish(
                frame,
                sizes,
                size,
                zones,
                field,
                self._desk.player.playing,
                title.path if title is not None else None,
            )
        )

    def _is_open(self, pane: QWidget) -> bool:
        return not self.dock.isHidden() and not pane.isHidden()

    def _on_made(self, made: ScopeMade) -> None:
        if self._picture is None:
            return
        self.last = made
        note = "" if made.step == 1 else tr("1 line in {step}", step=made.step)
        for kind, trace in made.traces.items():
            self.panes[kind].set_trace(trace, made.picture.signal, note)
        self._take_overlays(made, (made.pts,))
        rotation = self._stream.rotation if self._stream is not None else 0
        self.probe.set_picture(made.pts, made.picture, rotation)
        self._say()
        if made.zones is not None or made.fields or self.probe.shown:
            self._view.update()

    def _take_overlays(self, made: ScopeMade, pts: tuple[int, ...]) -> None:
        wanted = self._desk.actions["scope.zones"].isChecked()
        self.zones.set_zones(pts, made.zones if wanted else None, made.zone_shares)
        images = made.fields if self._fields is not FieldView.OFF else ()
        if images is not self.field.images:
            self.field.set_fields(pts, images)
            if len(images) > 1:
                self._second_field.start(self._half_frame_ms())
        elif images:
            self.field.set_fields(pts, images)

    def _half_frame_ms(self) -> int:
        """Half a frame while playing; standing still, slowly enough to be seen."""
        rate = float(self._stream.rate) if self._stream is not None else 0.0
        return round(500 / rate) if self._desk.player.playing and rate > 0 else 500

    def _on_second_field(self) -> None:
        self.field.number += 1
        self._view.update()
        if not self._desk.player.playing and len(self.field.images) > 1:
            self._second_field.start(self._half_frame_ms())

    def _say(self) -> None:
        made = self.last
        if made is None:
            hint = tr("Open a title to see its scopes")
            if self._desk.title is not None and self._stream is None:
                hint = tr("This title has no picture")
            self.panel.say(hint if self._picture is None else "")
            return
        words = [made.picture.signal.text()]
        if made.step > 1:
            words.append(tr("playing: 1 line in {step}", step=made.step))
        if self._desk.player.playing and self._pace.every > 1:
            words.append(tr("1 frame in {count}", count=self._pace.every))
        self.panel.say("  ·  ".join(words))

    # Sound

    def _refresh_sound(self) -> None:
        desk = self._desk
        stream = desk.parts.spectrogram.stream
        open_panes = self._is_open(self.meters) or self._is_open(self.phase)
        if desk.title is None or stream is None or not open_panes:
            self._meter_lane.forget()
            return
        moving = desk.player.playing and 0 < desk.player.speed <= 2.0
        size = self.phase.trace_size() if self._is_open(self.phase) else None
        at_s = desk.player.position.seconds
        self._meter_lane.want(MeterWish(desk.title, stream, at_s, moving, size))

    def _on_meter_made(self, made: MeterMade) -> None:
        self.meters.show_reading(made.reading, made.moving)
        if made.phase is not None:
            self.phase.show_phase(made.phase, made.reading.correlation, made.phase_gain)

    # What people change

    def _on_switched(self, name: str, on: bool) -> None:
        self._switches[name].setVisible(on)
        self.panel.grid.arrange()
        if on:
            self._desk.actions["scope.panel"].setChecked(True)
        self._keep()
        self._later.start()

    def _on_panel(self, on: bool) -> None:
        if on and not self.panel.grid.wanted:
            for name in _AT_FIRST:
                self._desk.actions[name].setChecked(True)
        self.dock.setVisible(on)
        if on and "docks" not in self._desk.settings.layout:
            self._make_room()
        self._keep()
        self._later.start()

    def _make_room(self) -> None:
        """The picture keeps what it can; who wants larger scopes draws the edge or floats them."""
        window = self._desk.window
        window.resizeDocks([self.dock], [_WIDTH_PX], Qt.Orientation.Horizontal)
        picture, side = window.columns.sizes()
        least = window.side.minimumWidth()
        if window.width() < _NARROW_PX and side > least:
            window.columns.setSizes([picture + side - least, least])

    def _on_overlay(self) -> None:
        actions = self._desk.actions
        self.safe.shown = actions["scope.safe"].isChecked()
        self.probe.shown = actions["scope.probe"].isChecked()
        self.zones.set_zones((), None, {})
        self._keep()
        self._view.update()
        self._want()

    def next_field_view(self) -> None:
        """Upper field, lower field, both one after the other, and the whole picture again."""
        views = list(FieldView)
        self._fields = views[(views.index(self._fields) + 1) % len(views)]
        names = {
            FieldView.OFF: tr("Whole picture"),
            FieldView.UPPER: tr("Upper field"),
            FieldView.LOWER: tr("Lower field"),
            FieldView.BOB: tr("Field after field"),
        }
        name = names[self._fields]
        if self._stream is not None and not self._stream.interlaced:
            name = tr("{name} · declared progressive", name=name)
        self.field.name = name
        self.field.set_fields((), ())
        self._second_field.stop()
        if self._fields is FieldView.OFF:
            self._view.show_osd(name)
        self._view.update()
        self._want()

    def _on_full_screen(self, on: bool) -> None:
        if not self.dock.isFloating():
            self.dock.setVisible(not on and self._desk.actions["scope.panel"].isChecked())

    def _on_pointer(self, place: QPointF | None) -> None:
        self.probe.set_pointer(place)
        if self.probe.shown:
            self._view.update()

    # Remembering

    def _keep(self) -> None:
        checked = [name for name in self._remembered() if self._desk.actions[name].isChecked()]
        self._desk.settings.layout = {
            **self._desk.settings.layout,
            _LAYOUT_KEY: " ".join(checked),
        }

    def _remembered(self) -> tuple[str, ...]:
        return (*self._switches, "scope.panel", "scope.probe", "scope.zones", "scope.safe")

    def _restore(self) -> None:
        kept = self._desk.settings.layout.get(_LAYOUT_KEY, "").split()
        for name in self._remembered():
            if name in kept:
                self._desk.actions[name].setChecked(True)
        if "scope.panel" not in kept:
            self._desk.actions["scope.panel"].setChecked(False)

    # Wiring

    def _connect(self) -> None:
        desk, actions = self._desk, self._desk.actions
        desk.title_ready.connect(lambda _title: self._on_title())
        desk.player.frame_shown.connect(self._on_frame)
        desk.player.state_changed.connect(lambda _playing, _speed: self._on_state())
        desk.player.position_changed.connect(lambda _place: self._refresh_sound())
        desk.parts.player.sound_chosen.connect(lambda _title, _stream: self._on_sound())
        self._view.viewport_changed.connect(lambda _zoom: self._later.start())
        self._view.pointer_moved.connect(self._on_pointer)
        self._lane.made.connect(self._on_made)
        self._lane.failed.connect(lambda sentence, _details: self.panel.say(sentence))
        self._meter_lane.made.connect(self._on_meter_made)
        self._meter_lane.failed.connect(lambda sentence, _details: self.panel.say(sentence))
        for name in self._switches:
            actions.connect_switch(name, partial(self._on_switched, name))
        actions.connect_switch("scope.panel", self._on_panel)
        for name in ("scope.probe", "scope.zones", "scope.safe"):
            actions.connect_switch(name, lambda _on: self._on_overlay())
        actions.connect_to("scope.field", self.next_field_view)
        actions.connect_switch("view.full_screen", self._on_full_screen)
        self.dock.visibilityChanged.connect(self._on_dock_shown)

    def _on_dock_shown(self, _shown: bool) -> None:
        # Its own close button is a way to switch it off, too; full screen is not.
        full = self._desk.actions["view.full_screen"].isChecked()
        if self.dock.isHidden() and self._desk.window.isVisible() and not full:
            self._desk.actions["scope.panel"].setChecked(False)
        self._later.start()
