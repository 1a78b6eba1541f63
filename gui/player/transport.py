"""The row of controls below the picture."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from core.domain.time import MediaTime
from core.domain.title import Title
from gui import theme
from gui.actions import ActionSet
from gui.language import told, tr
from gui.panes.tick import TimeFormat
from gui.player.icon import icon
from gui.player.shuttle import SPEEDS
from gui.player.timecode_field import TimecodeField

_ICON_PX = 20
_NARROWEST_PX = 560


def volume_gain(percent: int) -> float:
    """Gain of a volume slider: squared, so that its way feels even to the ear."""
    return (percent / 100.0) ** 2


class TransportBar(QWidget):
    """Controls that only say what was asked for; the player answers through the `set_…` methods.

    Signals:
        to_start_clicked, step_back_clicked, play_clicked, step_forward_clicked, to_end_clicked:
            A button.
        loop_toggled: Loop the marked stretch, or stop it.
        speed_chosen: Media seconds a second.
        mute_toggled: Mute all sound.
        volume_changed: Gain of all sound, 0..1.
        channels_clicked: Show the mixer of channels.
        captions_toggled: Show captions over the picture.
        fit_clicked: Fit the picture, or show it at 100 %.
        full_screen_clicked: Change to or from full screen.
        timecode_entered: Seconds to go to, a Fraction.
        notice: A sentence for the status bar.
    """

    to_start_clicked = Signal()
    step_back_clicked = Signal()
    play_clicked = Signal()
    step_forward_clicked = Signal()
    to_end_clicked = Signal()
    loop_toggled = Signal(bool)
    speed_chosen = Signal(float)
    mute_toggled = Signal(bool)
    volume_changed = Signal(float)
    channels_clicked = Signal()
    captions_toggled = Signal(bool)
    fit_clicked = Signal()
    full_screen_clicked = Signal()
    timecode_entered = Signal(object)
    notice = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Transport"))
        self._icons: dict[QToolButton, str] = {}
        self._actions: ActionSet | None = None
        self._keys: dict[QWidget, str] = {}
        self._lines: list[QFrame] = []
        self._playing = False
        self._dropped = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(2)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._build_motion()
        self._row.addStretch(1)
        self._build_place()
        self._row.addStretch(1)
        self._build_health()
        self._build_sound()
        self._build_view()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.hub().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_title(None)

    def _build_motion(self) -> None:
        self.to_start_button = self._button("to_start", tr("Go to the start"))
        self.step_back_button = self._button("step_back", tr("One frame back"))
        self.play_button = self._button("play", tr("Play"))
        self.step_forward_button = self._button("step_forward", tr("One frame forward"))
        self.to_end_button = self._button("to_end", tr("Go to the end"))
        self.loop_button = self._button(
            "loop", tr("Loop the marked stretch or the flag"), checkable=True
        )
        self.speed_combo = QComboBox()
        self.speed_combo.setAccessibleName(tr("Speed"))
        self.speed_combo.setToolTip(tr("Speed; sound keeps its pitch from 0.5× to 2×"))
        for speed in SPEEDS:
            self.speed_combo.addItem(f"{speed:g}×", speed)
        self.speed_combo.setCurrentIndex(SPEEDS.index(1.0))
        self._row.addWidget(self.speed_combo)
        self.to_start_button.clicked.connect(self.to_start_clicked)
        self.step_back_button.clicked.connect(self.step_back_clicked)
        self.play_button.clicked.connect(self.play_clicked)
        self.step_forward_button.clicked.connect(self.step_forward_clicked)
        self.to_end_button.clicked.connect(self.to_end_clicked)
        self.loop_button.toggled.connect(self.loop_toggled)
        self.speed_combo.activated.connect(self._on_speed_activated)

    def _build_place(self) -> None:
        self.timecode_field = TimecodeField()
        self.timecode_field.entered.connect(self.timecode_entered)
        self.timecode_field.refused.connect(self.notice)
        self._row.addWidget(self.timecode_field)
        self.pts_label = self._label("PTS", tr("Presentation time stamp of the frame on screen"))

    def _build_health(self) -> None:
        self.dropped_label = self._label(
            tr("Dropped frames"), tr("Frames that were due and never shown")
        )
        self.clock_label = self._label(tr("Clock"), tr("What playback follows"))
        self._separator()

    def _build_sound(self) -> None:
        self.mute_button = self._button("volume", tr("Mute"), checkable=True)
        self.volume_slider = QSlider(Qt.Orientation.Horizontal)
        self.volume_slider.setAccessibleName(tr("Volume"))
        self.volume_slider.setToolTip(tr("Volume"))
        self.volume_slider.setRange(0, 100)
        self.volume_slider.setValue(100)
        self.volume_slider.setFixedWidth(80)
        self._row.addWidget(self.volume_slider)
        self.channels_button = self._button("channels", tr("Volume, mute and solo of each channel"))
        self.mute_button.toggled.connect(self._on_mute_toggled)
        self.volume_slider.valueChanged.connect(self._on_volume_moved)
        self.channels_button.clicked.connect(self.channels_clicked)
        self._separator()

    def _build_view(self) -> None:
        self.captions_button = self._button(
            "captions", tr("Captions over the picture"), checkable=True
        )
        self.captions_button.setChecked(True)
        self.fit_button = self._button("fit", tr("Fit the picture or show it at 100 %"))
        self.full_screen_button = self._button("full_screen", tr("Full screen"))
        self.captions_button.toggled.connect(self.captions_toggled)
        self.fit_button.clicked.connect(self.fit_clicked)
        self.full_screen_button.clicked.connect(self.full_screen_clicked)

    def _button(self, sign: str, name: str, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setCheckable(checkable)
        button.setProperty("flat", True)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[button] = sign
        self._row.addWidget(button)
        return button

    def _label(self, name: str, tip: str) -> QLabel:
        label = QLabel()
        label.setAccessibleName(name)
        label.setToolTip(tip)
        label.setContentsMargins(6, 0, 6, 0)
        self._row.addWidget(label)
        return label

    def _separator(self) -> None:
        line = QFrame()
        line.setFixedSize(1, 20)
        self._lines.append(line)
        self._row.addSpacing(4)
        self._row.addWidget(line)
        self._row.addSpacing(4)

    # What the player says

    def set_title(self, title: Title | None) -> None:
        """Take a title, or none: without one there is nothing to control."""
        usable = title is not None
        for widget in (
            self.to_start_button,
            self.step_back_button,
            self.play_button,
            self.step_forward_button,
            self.to_end_button,
            self.loop_button,
            self.speed_combo,
            self.timecode_field,
            self.fit_button,
        ):
            widget.setEnabled(usable)
        has_sound = title is not None and bool(title.audio)
        for control in (self.mute_button, self.volume_slider, self.channels_button):
            control.setEnabled(has_sound)
        rate = title.video[0].rate if title is not None and title.video else Fraction(0)
        self.set_time_format(TimeFormat(rate))
        self.set_position(None)
        self.set_dropped(0)
        self.set_state(False, 0.0)

    def set_time_format(self, form: TimeFormat) -> None:
        """Say how places are written and read."""
        self.timecode_field.set_time_format(form)

    def set_position(self, place: MediaTime | None) -> None:
        """Show where the picture stands."""
        self.timecode_field.set_place(place)
        self.pts_label.setText("" if place is None else tr("PTS {pts}", pts=place.pts))

    def follow(self, actions: ActionSet) -> None:
        """Say in the tooltips which keys do the same."""
        self._keys = {
            self.to_start_button: "play.start",
            self.step_back_button: "play.previous_frame",
            self.play_button: "play.toggle",
            self.step_forward_button: "play.next_frame",
            self.to_end_button: "play.end",
            self.loop_button: "play.loop",
            self.full_screen_button: "view.full_screen",
            self.timecode_field: "play.goto",
        }
        self._actions = actions
        actions.shortcuts_changed.connect(self._refresh_hints)
        self._refresh_hints()

    def _refresh_hints(self) -> None:
        for control in self._keys:
            self._hint(control)

    def _hint(self, control: QWidget) -> None:
        name = control.accessibleDescription() or control.accessibleName()
        action = self._keys.get(control)
        keys = self._actions.keys(action) if self._actions is not None and action else ""
        control.setToolTip(f"{name} ({keys})" if keys else name)

    def set_state(self, playing: bool, speed: float) -> None:
        """Show whether it plays and how fast; `speed` counts only while it plays."""
        self._playing = playing
        name = tr("Pause") if playing else tr("Play")
        self.play_button.setAccessibleName(name)
        self._hint(self.play_button)
        self._set_icon(self.play_button, "pause" if playing else "play")
        if playing:
            self._show_speed(speed)

    def set_base_speed(self, speed: float) -> None:
        """Show the speed that play will have."""
        self._show_speed(speed)

    def set_dropped(self, count: int) -> None:
        """Show how many frames were due and never shown."""
        self._dropped = count
        self.dropped_label.setText(tr("%n dropped", count))
        color = theme.current().text_muted if count == 0 else theme.current().issue
        self.dropped_label.setStyleSheet(f"color: {color.name()}")

    def set_clock(self, source: str, sentence: str = "") -> None:
        """Show what playback follows: `audio` or `system`."""
        self.clock_label.setText(tr("Audio clock") if source == "audio" else tr("System clock"))
        self.clock_label.setToolTip(told(sentence) or tr("What playback follows"))

    def set_loop(self, looping: bool) -> None:
        """Show whether a stretch is looped."""
        with QSignalBlocker(self.loop_button):
            self.loop_button.setChecked(looping)

    def set_full_screen(self, full: bool) -> None:
        """Show which way the full-screen button goes."""
        self._set_icon(self.full_screen_button, "full_screen_exit" if full else "full_screen")
        self.full_screen_button.setAccessibleName(
            tr("Leave full screen") if full else tr("Full screen")
        )
        self._hint(self.full_screen_button)

    def _show_speed(self, speed: float) -> None:
        with QSignalBlocker(self.speed_combo):
            place = self.speed_combo.findData(speed)
            if place < 0:
                # Backwards there is no entry to choose, but it must be seen.
                self.speed_combo.setCurrentIndex(-1)
                self.speed_combo.setPlaceholderText(f"{speed:g}×")
            else:
                self.speed_combo.setCurrentIndex(place)

    # Events

    def _on_speed_activated(self, place: int) -> None:
        self.speed_chosen.emit(float(self.speed_combo.itemData(place)))

    def _on_mute_toggled(self, muted: bool) -> None:
        self._set_icon(self.mute_button, "volume_muted" if muted else "volume")
        self.mute_toggled.emit(muted)

    def _on_volume_moved(self, percent: int) -> None:
        self.volume_slider.setToolTip(tr("Volume {percent} %", percent=percent))
        self.volume_changed.emit(volume_gain(percent))

    def _set_icon(self, button: QToolButton, sign: str) -> None:
        self._icons[button] = sign
        button.setIcon(icon(sign))

    def _on_theme_changed(self) -> None:
        for button, sign in self._icons.items():
            button.setIcon(icon(sign))
        colors = theme.current()
        for line in self._lines:
            line.setStyleSheet(f"background: {colors.border.name()}")
        for label, widest in (
            (self.pts_label, "PTS 0000000000"),
            (self.clock_label, tr("System clock")),
            (self.dropped_label, tr("%n dropped", 999)),
        ):
            label.setFont(theme.mono_font(0.9))
            label.setStyleSheet(f"color: {colors.text_muted.name()}")
            # Figures that come and go must not push the controls about.
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest) + 12)
        self.set_dropped(self._dropped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the labels out where there is no room: controls come first."""
        super().resizeEvent(event)
        optional = (self.clock_label, self.pts_label, self.volume_slider, self.dropped_label)
        missing = self._row.minimumSize().width() - self.width()
        missing += sum(_least_width(widget) for widget in optional if widget.isHidden())
        for widget in optional:
            widget.setHidden(missing > 0)
            missing -= _least_width(widget)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window: the labels give way."""
        return QSize(_NARROWEST_PX, super().minimumSizeHint().height())


def _least_width(widget: QWidget) -> int:
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())
