"""The window of a comparison: pictures, transport, offset, quality."""

from __future__ import annotations

import time
from bisect import bisect_right

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.compare.align import Offset, Source
from core.compare.quality import QualityCurve
from core.domain.title import Title
from gui.compare.curve import QualityView
from gui.compare.lane import Opened, Pair, PairLane
from gui.compare.view import CompareView, Mode
from gui.language import tr
from gui.widget import ElidedLabel

_MODE_KEYS = {
    Qt.Key.Key_1: Mode.SIDE,
    Qt.Key.Key_2: Mode.WIPE,
    Qt.Key.Key_3: Mode.OVERLAY,
    Qt.Key.Key_4: Mode.DIFFERENCE,
    Qt.Key.Key_5: Mode.SINGLE,
}
_STEP_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WIPE_KEYS = {Qt.Key.Key_BracketLeft: -1, Qt.Key.Key_BracketRight: 1}
_NUDGE_KEYS = {Qt.Key.Key_Comma: -1, Qt.Key.Key_Period: 1}
_AMOUNT_KEYS = {Qt.Key.Key_Minus: -1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1}
_WIPE_STEP = 0.02
_TICK_MS = 5
_MOST_GAIN = 64
_TEN = 10


class CompareWindow(QWidget):
    """Two files, locked by time stamp with an offset.

    Args:
        first: The reference, A.
        second: What is held against it, B.

    Signals:
        offset_search_wanted: Find the offset by picture and sound.
        measuring_wanted: Measure PSNR and SSIM (True), or stop (False).
        closed: The window is gone, and its lane with it.
    """

    offset_search_wanted = Signal()
    measuring_wanted = Signal(bool)
    closed = Signal()

    def __init__(self, first: Title, second: Title, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.first, self.second = first, second
        self.setWindowTitle(tr("{a} against {b}", a=first.name, b=second.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lane = PairLane(first, second, self)
        self.view = CompareView((first.name, second.name))
        self.curve = QualityView()
        self._times: tuple[float, ...] = ()
        self._number = 0
        self._size = (2, 2)
        self._began: tuple[float, float] | None = None
        self._worst_s: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._build()
        self._connect()
        self.view.say(tr("Opening both files …"))
        self._show_mode()
        self.resize(1280, 720)
        self.setFocusProxy(self.view)

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(self._mode_row())
        column.addWidget(self.view, 1)
        column.addLayout(self._transport_row())
        column.addWidget(self.curve)
        column.addLayout(self._offset_row())

    def _mode_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.modes: dict[Mode, QToolButton] = {}
        group = QButtonGroup(self)
        for number, (mode, text) in enumerate(_mode_names().items(), 1):
            button = self._tool(text, f"{text} ({number})")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, mode=mode: self.set_mode(mode))
            group.addButton(button)
            row.addWidget(button)
            self.modes[mode] = button
        self.flip_button = self._tool(tr("Flip A/B"), tr("Flip A and B (X)"))
        row.addSpacing(12)
        row.addWidget(self.flip_button)
        row.addStretch(1)
        self.amount_label = QLabel()
        self.amount = QSlider(Qt.Orientation.Horizontal)
        for widget in (self.amount_label, self.amount):
            # The row keeps its height, so that the picture does not move when the mode changes.
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self.amount.setFixedWidth(150)
        self.amount.setAccessibleName(tr("Amount"))
        self.amount.setToolTip(tr("Less and more with − and +"))
        self.amount.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.amount_label)
        row.addWidget(self.amount)
        return row

    def _tool(self, text: str, hint: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _transport_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.play_button = QPushButton(tr("Play"))
        self.play_button.setToolTip(tr("Play or pause (Space)"))
        self.play_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setAccessibleName(tr("Place in the first file"))
        self.place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.state = QLabel()
        self.state.setMinimumWidth(280)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.worst_button = self._tool(
            tr("Worst frame"), tr("Go where the measured SSIM is lowest (W)")
        )
        self.worst_button.setEnabled(False)
        row.addWidget(self.play_button)
        row.addWidget(self.worst_button)
        row.addWidget(self.place, 1)
        row.addWidget(self.state)
        return row

    def _offset_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        label = QLabel(tr("B is later by"))
        self.offset = QDoubleSpinBox()
        self.offset.setRange(-36_000_000.0, 36_000_000.0)
        self.offset.setDecimals(3)
        self.offset.setSuffix(f" {tr('ms')}")
        self.offset.setAccessibleName(tr("Offset of B in milliseconds"))
        self.offset.setToolTip(tr("One frame less or more with , and ."))
        self.offset.setKeyboardTracking(False)
        self.offset.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        label.setBuddy(self.offset)
        self.search_button = QPushButton(tr("Find offset"))
        self.search_button.setToolTip(tr("Look for it in the first minute of both files"))
        self.measure_button = QPushButton(tr("Measure PSNR and SSIM"))
        self.measure_button.setCheckable(True)
        self.message = ElidedLabel()
        for button in (self.search_button, self.measure_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for widget in (label, self.offset, self.search_button, self.measure_button):
            row.addWidget(widget)
        row.addWidget(self.message, 1)
        return row

    def _connect(self) -> None:
        self.lane.opened.connect(self._on_opened)
        self.lane.arrived.connect(self._on_arrived)
        self.lane.failed.connect(lambda sentence, _details: self.view.say(sentence))
        self.view.size_wanted.connect(self._on_size)
        self.flip_button.clicked.connect(self.flip)
        self.amount.valueChanged.connect(self._on_amount)
        self.play_button.clicked.connect(self.toggle)
        self.worst_button.clicked.connect(self.go_to_worst)
        self.place.valueChanged.connect(self.go_to)
        self.offset.valueChanged.connect(lambda _value: self._on_offset())
        self.offset.editingFinished.connect(self.view.setFocus)
        self.search_button.clicked.connect(self.offset_search_wanted)
        self.measure_button.toggled.connect(self.measuring_wanted)
        self.curve.place_chosen.connect(self._on_place)

    # What there is

    @property
    def idle(self) -> bool:
        """Whether nothing is being decoded."""
        return self.lane.idle

    @property
    def number(self) -> int:
        """The frame of the first file that is wished for, from 0."""
        return self._number

    @property
    def offset_s(self) -> float:
        """Added to a time of the first file to get that of the second."""
        return self.offset.value() / 1000

    @property
    def playing(self) -> bool:
        """Whether the pictures move."""
        return self._began is not None

    # What people do

    def set_mode(self, mode: Mode) -> None:
        """Share the screen in another way."""
        self.view.set_mode(mode)
        self._show_mode()

    def flip(self) -> None:
        """Show the other picture."""
        self.view.flip()

    def go_to(self, number: int) -> None:
        """Show a frame of the first file, and what belongs to it."""
        if not self._times:
            return
        self._number = min(max(number, 0), len(self._times) - 1)
        with QSignalBlocker(self.place):
            self.place.setValue(self._number)
        self._ask()

    def step(self, frames: int) -> None:
        """Stand so many frames further on."""
        self.pause()
        self.go_to(self._number + frames)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        elif self._times:
            if self._number >= len(self._times) - 1:
                self.go_to(0)
            self._began = (time.perf_counter(), self._times[self._number])
            self._timer.start()
            self.play_button.setText(tr("Pause"))

    def pause(self) -> None:
        """Stand still."""
        self._began = None
        self._timer.stop()
        self.play_button.setText(tr("Play"))

    def go_to_worst(self) -> None:
        """Stand where the measured SSIM is lowest."""
        if self._worst_s is not None:
            self._on_place(self._worst_s)

    def nudge(self, frames: int) -> None:
        """Move the second file by frames of the first."""
        rate = self.first.video[0].rate if self.first.video else 0
        frame_ms = float(1000 / rate) if rate else 40.0
        self.offset.setValue(self.offset.value() + frames * frame_ms)

    def show_offset(self, offset: Offset | None, offset_s: float) -> None:
        """Take what a search has found."""
        self.search_button.setEnabled(True)
        if offset is None or not offset.sure:
            self.message.setText(
                tr("No offset was found: the beginnings of the files are not alike enough")
            )
            return
        self.offset.setValue(offset_s * 1000)
        by = tr("by the picture") if offset.source is Source.PICTURE else tr("by the sound")
        value = f"{offset.correlation:.2f}"
        self.message.setText(tr("Found {by}, correlation {value}", by=by, value=value))

    def show_curve(self, curve: QualityCurve, done: bool) -> None:
        """Draw what was measured until now."""
        self.curve.set_curve(curve)
        self._worst_s = curve.worst()
        self.worst_button.setEnabled(self._worst_s is not None)
        mean = curve.mean()
        if done:
            with QSignalBlocker(self.measure_button):
                self.measure_button.setChecked(False)
        if mean is not None:
            text = tr(
                "{count} frames: PSNR Y {psnr} dB, SSIM Y {ssim} on average",
                count=len(curve.values),
                psnr=f"{mean.psnr_y:.2f}",
                ssim=f"{mean.ssim_y:.4f}",
            )
            self.message.setText(text)
        elif done:
            self.message.setText(tr("The files show nothing at the same time"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything has a key."""
        key = Qt.Key(event.key())
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _MODE_KEYS:
            self.set_mode(_MODE_KEYS[key])
        elif key in _STEP_KEYS:
            self.step(_STEP_KEYS[key] * (_TEN if large else 1))
        elif key in _WIPE_KEYS:
            self.view.set_wipe(self.view.wipe + _WIPE_KEYS[key] * _WIPE_STEP)
        elif key in _NUDGE_KEYS:
            self.nudge(_NUDGE_KEYS[key])
        elif key in _AMOUNT_KEYS:
            self.amount.setValue(self.amount.value() + _AMOUNT_KEYS[key] * self.amount.pageStep())
        else:
            single = {
                Qt.Key.Key_X: self.flip,
                Qt.Key.Key_W: self.go_to_worst,
                Qt.Key.Key_Space: self.toggle,
                Qt.Key.Key_Home: lambda: self.step(-len(self._times)),
                Qt.Key.Key_End: lambda: self.step(len(self._times)),
                Qt.Key.Key_0: self.view.fit,
                Qt.Key.Key_Escape: self.close,
            }.get(key)
            if single is None:
                super().keyPressEvent(event)
            else:
                single()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the files."""
        self.pause()
        self.lane.close()
        super().closeEvent(event)
        self.closed.emit()

    # What happens

    def _on_opened(self, opened: Opened) -> None:
        self._times = opened.times
        self.curve.set_extent(opened.times[0], opened.end_s)
        self.view.set_shape(*self.first.video[0].display_size)
        with QSignalBlocker(self.place):
            self.place.setRange(0, len(self._times) - 1)
        self.place.setPageStep(max(len(self._times) // 20, 1))
        self._ask()

    def _on_size(self, width: int, height: int) -> None:
        self._size = (max(width, 2), max(height, 2))
        self._ask()

    def _on_offset(self) -> None:
        self.measure_button.setChecked(False)
        self.show_curve(QualityCurve(), done=False)
        self.message.setText("")
        self._ask()

    def _ask(self) -> None:
        if not self._times:
            return
        pair = self.lane.want(self._number, self._size, self.offset_s)
        if pair is not None:
            self._on_arrived(pair)

    def _on_arrived(self, pair: Pair) -> None:
        self.view.set_pair(pair)
        self.curve.set_place(pair.seconds)
        other = "–" if pair.second_s is None else f"{pair.second_s:.3f} s"
        self.state.setText(f"A {pair.seconds:.3f} s   B {other}   #{pair.number}")

    def _on_place(self, seconds: float) -> None:
        self.pause()
        self.go_to(max(bisect_right(self._times, seconds + 1e-6) - 1, 0))

    def _tick(self) -> None:
        if self._began is None:
            return
        began_s, from_s = self._began
        number = bisect_right(self._times, from_s + time.perf_counter() - began_s) - 1
        if number > self._number:
            self.go_to(number)
        if number >= len(self._times) - 1:
            self.pause()

    def _on_amount(self, value: int) -> None:
        if self.view.mode is Mode.DIFFERENCE:
            self.view.set_gain(float(value))
        else:
            self.view.set_share(value / 100)
        self._name_amount()

    def _show_mode(self) -> None:
        """The slider means what the mode can use."""
        mode = self.view.mode
        self.modes[mode].setChecked(True)
        used = mode in (Mode.OVERLAY, Mode.DIFFERENCE)
        self.amount.setVisible(used)
        self.amount_label.setVisible(used)
        gains = mode is Mode.DIFFERENCE
        with QSignalBlocker(self.amount):
            self.amount.setRange(1 if gains else 0, _MOST_GAIN if gains else 100)
            self.amount.setPageStep(2 if gains else 5)
            self.amount.setValue(round(self.view.gain if gains else self.view.share * 100))
        self._name_amount()

    def _name_amount(self) -> None:
        if self.view.mode is Mode.DIFFERENCE:
            self.amount_label.setText(tr("Gain ×{gain}", gain=round(self.view.gain)))
        else:
            self.amount_label.setText(tr("B {share} %", share=round(self.view.share * 100)))


def _mode_names() -> dict[Mode, str]:
    return {
        Mode.SIDE: tr("Side by side"),
        Mode.WIPE: tr("Wipe"),
        Mode.OVERLAY: tr("Overlay"),
        Mode.DIFFERENCE: tr("Difference"),
        Mode.SINGLE: tr("One at a time"),
    }
