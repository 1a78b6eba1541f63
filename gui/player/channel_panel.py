"""The mixer: volume, mute and solo of each channel of the sound that is heard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QSlider,
    QToolButton,
    QWidget,
)

from core.domain.title import AudioStream
from gui.language import tr
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
        stream_chosen: Number of the sound stream to hear, counted from 0.
    """

    gain_changed = Signal(int, float)
    mute_changed = Signal(int, bool)
    solo_changed = Signal(int, bool)
    stream_chosen = Signal(int)

    def __init__(self, layout: str, channels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("panel", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(tr("Channels"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self.stream_box = QComboBox()
        self.stream_box.setAccessibleName(tr("Sound stream"))
        self.stream_box.setToolTip(tr("Which sound of the title is heard and drawn"))
        self.stream_box.activated.connect(self.stream_chosen)
        self.stream_box.hide()
        self._grid.addWidget(self.stream_box, 0, 0, 1, 4)
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
        slider.setAccessibleName(tr("Volume of channel {name}", name=name))
        slider.setToolTip(
            tr(
                "Volume of channel {name}; up to {volume_gain:.1f}×",
                name=name,
                volume_gain=volume_gain(_MOST),
            )
        )
        slider.valueChanged.connect(
            lambda percent: self.gain_changed.emit(channel, volume_gain(percent))
        )
        mute = self._toggle("M", tr("Mute channel {name}", name=name))
        mute.toggled.connect(lambda on: self.mute_changed.emit(channel, on))
        solo = self._toggle("S", tr("Hear channel {name} alone", name=name))
        solo.toggled.connect(lambda on: self.solo_changed.emit(channel, on))
        row: Sequence[QWidget] = (QLabel(name), slider, mute, solo)
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, channel + 1, column)
        self.sliders.append(slider)
        self.mute_buttons.append(mute)
        self.solo_buttons.append(solo)

    def set_streams(self, streams: Sequence[AudioStream], chosen: int) -> None:
        """Offer the title's sound streams; a single one is no choice."""
        self.stream_box.clear()
        for number, stream in enumerate(streams, 1):
            self.stream_box.addItem(stream_text(number, stream))
        self.stream_box.setCurrentIndex(chosen)
        self.stream_box.setVisible(len(streams) > 1)

    @staticmethod
    def _toggle(text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button


def stream_text(number: int, stream: AudioStream) -> str:
    """A sound stream in words: `2: de, 5.1, ac3`."""
    layout = stream.layout or tr("%n channels", stream.channels)
    return f"{number}: " + ", ".join(filter(None, (stream.language, layout, stream.codec)))
