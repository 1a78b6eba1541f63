"""The mixer: volume, mute and solo of each channel of the sound that is heard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSlider, QToolButton, QWidget

from gui.player.mix import channel_names
from gui.player.transport import volume_gain

_FULL = 100
_MOST = 140


class ChannelPanel(QFrame):
    """One row a channel. Starts with every channel as it is.

    Signals:
        gain_changed: Channel and gain; 1 is unchanged.
        mute_changed: Channel, and whether it is muted.
        solo_changed: Channel, and whether it has solo.
    """

    gain_changed = Signal(int, float)
    mute_changed = Signal(int, bool)
    solo_changed = Signal(int, bool)

    def __init__(self, layout: str, channels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("panel", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Channels")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self.sliders: list[QSlider] = []
        self.mute_buttons: list[QToolButton] = []
        self.solo_buttons: list[QToolButton] = []
        for channel, name in enumerate(channel_names(layout, channels)):
            self._add_row(channel, name)

    def _add_row(self, channel: int, name: str) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, _MOST)
        slider.setValue(_FULL)
        slider.setMinimumWidth(160)
        slider.setAccessibleName(f"Volume of channel {name}")
        slider.setToolTip(f"Volume of channel {name}; up to {volume_gain(_MOST):.1f}×")
        slider.valueChanged.connect(
            lambda percent: self.gain_changed.emit(channel, volume_gain(percent))
        )
        mute = self._toggle("M", f"Mute channel {name}")
        mute.toggled.connect(lambda on: self.mute_changed.emit(channel, on))
        solo = self._toggle("S", f"Hear channel {name} alone")
        solo.toggled.connect(lambda on: self.solo_changed.emit(channel, on))
        row: Sequence[QWidget] = (QLabel(name), slider, mute, solo)
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, channel, column)
        self.sliders.append(slider)
        self.mute_buttons.append(mute)
        self.solo_buttons.append(solo)

    @staticmethod
    def _toggle(text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button
