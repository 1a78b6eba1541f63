"""The row below the picture that tells about the heat map and changes how it is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QWidget,
)

from core.domain.heat import FULL
from gui import theme
from gui.language import tr
from gui.player.heat_color import heat_rgb
from gui.player.heat_image import STYLE_TITLES, HeatLook, HeatStyle
from gui.widget import ElidedLabel

LEAST_OPACITY = 10
"""Per cent; less would look like nothing found."""

_LEAST_THRESHOLD = 5
_MOST_THRESHOLD = 95
_STEP = 5
_SLIDER_PX = 74


class HeatPanel(QFrame):
    """State, legend, threshold, opacity and style. Shown while the heat map is on.

    Signals:
        look_changed: A `HeatLook` that the person chose.
    """

    look_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Heat map"))
        self._look = HeatLook()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(6)
        self.state = ElidedLabel(tr("Heat map"))
        self.state.setAccessibleName(tr("State of the heat map"))
        row.addWidget(self.state, 1)
        self.legend = HeatLegend()
        row.addWidget(self.legend)
        self.threshold_label = QLabel(tr("From {threshold:.2f}", threshold=0.0))
        self.threshold_slider = self._slider(
            row, self.threshold_label, _LEAST_THRESHOLD, _MOST_THRESHOLD
        )
        self.threshold_slider.setAccessibleName(tr("Threshold of the heat map"))
        self.opacity_slider = self._slider(row, QLabel(tr("Opacity")), LEAST_OPACITY, 100)
        self.opacity_slider.setAccessibleName(tr("Opacity of the heat map"))
        self.style_box = QComboBox()
        self.style_box.setAccessibleName(tr("Style of the heat map"))
        self.style_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for style, title in STYLE_TITLES.items():
            self.style_box.addItem(tr(title), style)
        row.addWidget(self.style_box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.threshold_slider.valueChanged.connect(self._on_changed)
        self.opacity_slider.valueChanged.connect(self._on_changed)
        self.style_box.currentIndexChanged.connect(self._on_changed)
        self.set_hints("", "", "")
        self.set_look(self._look)
        self.hide()

    def _slider(self, row: QHBoxLayout, label: QLabel, low: int, high: int) -> QSlider:
        label.setProperty("muted", True)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, high)
        slider.setSingleStep(_STEP)
        slider.setPageStep(2 * _STEP)
        slider.setFixedWidth(_SLIDER_PX)
        label.setBuddy(slider)
        row.addWidget(label)
        row.addWidget(slider)
        return slider

    @property
    def look(self) -> HeatLook:
        """How maps are drawn."""
        return self._look

    def set_look(self, look: HeatLook) -> None:
        """Show how maps are drawn."""
        self._look = look
        blockers = [
            QSignalBlocker(w) for w in (self.threshold_slider, self.opacity_slider, self.style_box)
        ]
        self.threshold_slider.setValue(round(look.threshold * 100))
        self.opacity_slider.setValue(round(look.opacity * 100))
        self.style_box.setCurrentIndex(self.style_box.findData(look.style))
        del blockers
        self._show_values()

    def set_state(self, text: str) -> None:
        """Say what is shown over the frame on screen."""
        self.state.setText(text)

    def set_hints(self, threshold: str, opacity: str, style: str) -> None:
        """Take what the shortcuts of the controls are, as the platform writes them."""
        self._hints = (threshold, opacity)
        self.style_box.setToolTip(
            _with_keys(tr("Colours, outlines, or both; outlines show values when zoomed in"), style)
        )
        self._show_values()

    def _show_values(self) -> None:
        threshold, opacity = self._hints
        self.threshold_label.setText(tr("From {threshold:.2f}", threshold=self._look.threshold))
        self.threshold_slider.setToolTip(
            _with_keys(
                tr(
                    "Cells of probability {threshold:.2f} and more are shown",
                    threshold=self._look.threshold,
                ),
                threshold,
            )
        )
        self.opacity_slider.setToolTip(
            _with_keys(
                tr("Opacity of the colours: {opacity:.0%}", opacity=self._look.opacity), opacity
            )
        )
        self.legend.set_look(self._look)

    def _on_changed(self) -> None:
        self._look = HeatLook(
            self.threshold_slider.value() / 100,
            self.opacity_slider.value() / 100,
            HeatStyle(self.style_box.currentData()),
        )
        self._show_values()
        self.look_changed.emit(self._look)


class HeatLegend(QWidget):
    """Which colour stands for which probability; what is not shown is crossed out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = HeatLook()
        self.setFixedSize(150, 20)
        self.setAccessibleName(tr("Legend of the heat map"))
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(150, 20)

    def set_look(self, look: HeatLook) -> None:
        """Take the threshold."""
        self._look = look
        text = tr(
            "Probability of damage, 0 to 1; nothing below {threshold:.2f} is shown",
            threshold=look.threshold,
        )
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint 0, the colours with the threshold in them, and 1."""
        painter = QPainter(self)
        colors = theme.current()
        painter.setFont(theme.mono_font(0.85))
        painter.setPen(colors.text_muted)
        left, right = (
            QRectF(0, 0, 12, self.height()),
            QRectF(self.width() - 12, 0, 12, self.height()),
        )
        painter.drawText(left, Qt.AlignmentFlag.AlignCenter, "0")
        painter.drawText(right, Qt.AlignmentFlag.AlignCenter, "1")
        bar = QRectF(14, 5, self.width() - 28, self.height() - 10)
        painter.drawImage(bar, _scale())
        hidden = QRectF(bar)
        hidden.setWidth(bar.width() * self._look.threshold)
        painter.fillRect(hidden, colors.surface)
        painter.setPen(QPen(colors.outline, 1))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.setPen(QPen(colors.text, 2))
        edge = round(hidden.right())
        painter.drawLine(edge, 2, edge, self.height() - 3)


def _scale() -> QImage:
    image = QImage(FULL + 1, 1, QImage.Format.Format_RGB32)
    for level in range(FULL + 1):
        image.setPixelColor(level, 0, heat_rgb(level))
    return image


def _with_keys(text: str, keys: str) -> str:
    return f"{text} ({keys})" if keys else text
