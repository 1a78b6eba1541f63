"""What the panes of a sound stream share: the cache that fills, empty states, hatching, menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QBrush,
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QPainter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from core.domain.title import AudioStream, Title
from gui.language import told, tr
from gui.panes.channel_name import channel_names
from gui.panes.color import PaneColors
from gui.panes.detail import DetailLoader
from gui.panes.evidence import ShownEvidence
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis

_POLL_MS = 250
_POLL_SHARE = 0.01
_MARGIN = 0.5


class SoundCache(Protocol):
    """A cache that may still be filling."""

    start_s: float

    @property
    def filled_s(self) -> float:
        """How far it is computed, on the title's time line."""

    @property
    def complete(self) -> bool:
        """The whole stream is in it."""

    def refresh(self) -> bool:
        """Look what has been added; False when it must be opened again."""

    def is_coarse(self, start_s: float, end_s: float, columns: int) -> bool:
        """Whether a view is closer than what is stored."""


class SoundPane(TimePane):
    """A pane that draws one sound stream from a cache.

    Class attributes:
        asks_for_title: What is said while no title is open.
        computes: What is said while the cache is being filled.

    Args:
        axis: The shared axis.
        name: What the pane is, for screen readers.
        colors: Colours; the theme's when none are given.
        parent: Qt parent.
    """

    asks_for_title: ClassVar[str]
    computes: ClassVar[str]

    def __init__(
        self,
        axis: TimeAxis,
        name: str,
        colors: PaneColors | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(axis, name, colors, parent)
        self.names: tuple[str, ...] = ()
        self._title: Title | None = None
        self._stream: AudioStream | None = None
        self._cache: SoundCache | None = None
        self._failure = ""
        self._loader: DetailLoader | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self.refresh)
        self._evidence: ShownEvidence | None = None
        self._switches: tuple[QAction, ...] = ()
        self.menu = QMenu(name, self)
        self._button = QToolButton(self)
        self._button.setMenu(self.menu)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setAutoRaise(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setAccessibleName(tr("{name} settings", name=name))
        self._button.setToolTip(tr("{name} settings", name=name))
        self._button.hide()

    # What the desk sets

    def show_stream(self, title: Title | None, stream: AudioStream | None = None) -> None:
        """Show a sound stream, or say that there is none.

        Args:
            title: The open title; None when none is open.
            stream: Which sound; None means its first.
        """
        self.close_stream()
        self._title = title
        self._stream = stream or (title.audio[0] if title is not None and title.audio else None)
        if title is not None and self._stream is not None:
            self.names = channel_names(self._stream.layout, self._stream.channels)
            self._loader = DetailLoader(title.path, self._stream, self)
            self._loader.arrived.connect(self._on_detail)
        self._fill_menu()
        self._button.setVisible(self._stream is not None)
        self.refresh()

    def close_stream(self) -> None:
        """Let go of the file and the thread; call it before the desk closes."""
        self._poll.stop()
        if self._loader is not None:
            self._loader.close()
            self._loader.deleteLater()
        self._loader = None
        self._title = self._stream = self._cache = None
        self._failure = ""
        self._evidence = None
        self.names = ()
        self._forget_detail()
        self.redraw()

    @property
    def stream(self) -> AudioStream | None:
        """Which sound is drawn."""
        return self._stream

    @property
    def evidence(self) -> ShownEvidence | None:
        """What is pointed at."""
        return self._evidence

    def set_evidence(self, evidence: ShownEvidence | None) -> None:
        """Point at what carries the defect of a flag, or at nothing."""
        if evidence is not self._evidence:
            self._evidence = evidence
            self.redraw()

    def set_switches(self, *switches: QAction) -> None:
        """Offer these actions of the desk in the menu of the pane, too."""
        self._switches = switches
        self._fill_menu()

    def set_failure(self, sentence: str) -> None:
        """Say why the cache could not be made; empty takes it back."""
        self._failure = sentence
        self.redraw()

    def refresh(self) -> None:
        """Look whether the cache has grown; called by itself while it is filling."""
        if self._title is None or self._stream is None:
            self._poll.stop()
            return
        before = (self._cache, self._cache.filled_s if self._cache else 0.0)
        was_complete = self._cache is not None and self._cache.complete
        if self._cache is None or not self._cache.refresh():
            self._cache = self._open_cache(self._title.fingerprint, self._stream.index)
        complete = self._cache is not None and self._cache.complete
        after = (self._cache, self._cache.filled_s if self._cache else 0.0)
        if after != before or complete != was_complete:
            self.redraw()
        if complete:
            self._poll.stop()
        elif self.isVisible():
            # What takes long to draw is drawn less often while it grows.
            self._poll.start(max(_POLL_MS, round(self.drawing_s / _POLL_SHARE * 1000)))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the cache while visible."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while hidden."""
        super().hideEvent(event)
        self._poll.stop()

    # For subclasses

    def _open_cache(self, fingerprint: str, stream_index: int) -> SoundCache | None:
        raise NotImplementedError

    def _forget_detail(self) -> None:
        raise NotImplementedError

    def _on_detail(self, detail: object) -> None:
        raise NotImplementedError

    def _fill_menu(self) -> None:
        raise NotImplementedError

    def _choices(
        self, menu: QMenu, labels: tuple[str, ...], chosen: int, choose: Callable[[int], None]
    ) -> None:
        """Add entries of which exactly one is ticked."""
        group = QActionGroup(menu)
        for number, label in enumerate(labels):
            action = QAction(label, group)
            action.setCheckable(True)
            action.setChecked(number == chosen)
            action.triggered.connect(lambda _checked, number=number: choose(number))
            menu.addAction(action)

    def _add_switches(self) -> None:
        if self._switches:
            self.menu.addSeparator()
            self.menu.addActions(self._switches)

    def _set_button(self, text: str) -> None:
        self._button.setText(text)
        self._place_button()

    def _place_button(self) -> None:
        self._button.setFont(self.small_font())
        hint = self._button.sizeHint()
        width = min(hint.width(), max(self._gutter_px - 26, 24))
        self._button.resize(width, min(hint.height(), 24))
        left = max(self._gutter_px - width - 4, 0)
        self._button.move(left, self.height() - self._button.height() - 2)

    def _under_button(self, box: QRect) -> bool:
        return self._button.isVisibleTo(self) and self._button.geometry().intersects(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu button in its corner."""
        super().resizeEvent(event)
        self._place_button()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the settings of the pane, by mouse or by the menu key."""
        if self._stream is not None:
            self.menu.popup(event.globalPos())

    # Views in device pixels, and what is asked of the file for close ones

    def _columns(self, plot: QRect) -> int:
        return max(round(plot.width() * self.devicePixelRatioF()), 1)

    def _around_view(self) -> tuple[float, float]:
        """The view and half of it on either side, so that a little panning needs nothing new."""
        start_s, end_s = self.axis.view
        margin_s = (end_s - start_s) * _MARGIN
        return start_s - margin_s, end_s + margin_s

    # States

    def state_text(self) -> str:
        """What is to be said instead of, or beside, a complete picture; empty when nothing is."""
        if self._title is None:
            return tr(self.asks_for_title)
        if self._stream is None:
            return tr("This title has no sound")
        if self._failure and not (self._cache is not None and self._cache.complete):
            return told(self._failure)
        if self._cache is None:
            return tr(self.computes)
        if self._cache.complete:
            return "" if self._cache.filled_s > self._cache.start_s else tr("This track is empty")
        claimed_s = float(self._stream.duration_pts * self._stream.base)
        if claimed_s <= 0:
            return tr(self.computes)
        share = min((self._cache.filled_s - self._cache.start_s) / claimed_s, 0.99)
        return f"{tr(self.computes)} {share * 100:.0f} %"

    def _pending(self, plot: QRect, valid: NDArray[np.bool_]) -> tuple[int, int] | None:
        """Device columns that are still to be computed, as (first, last exclusive)."""
        if self._stream is None or (self._cache is not None and self._cache.complete):
            return None
        start_s, end_s = self.axis.view
        columns = len(valid)
        per_s = columns / (end_s - start_s)
        done_s = self._cache.filled_s if self._cache is not None else self._claimed_start_s()
        claimed_s = float(self._stream.duration_pts * self._stream.base)
        until_s = self._claimed_start_s() + claimed_s if claimed_s > 0 else self.axis.extent[1]
        first = min(max(round((done_s - start_s) * per_s), 0), columns)
        last = min(max(round((until_s - start_s) * per_s), 0), columns)
        return (first, last) if last > first else None

    def _claimed_start_s(self) -> float:
        return float(self._stream.start_pts * self._stream.base) if self._stream else 0.0

    def _draw_state(self, painter: QPainter, plot: QRect, valid: NDArray[np.bool_]) -> None:
        """Hatch what is not computed yet and say in words what is going on."""
        pending = self._pending(plot, valid)
        area = plot
        if pending is not None:
            ratio = self.devicePixelRatioF()
            left, right = (round(edge / ratio) for edge in pending)
            area = QRect(plot.left() + left, plot.top(), right - left, plot.height())
            painter.fillRect(area, QBrush(self.colors.pending, Qt.BrushStyle.BDiagPattern))
        text = self.state_text()
        if not text:
            return
        room = painter.fontMetrics().horizontalAdvance(text) + 24
        building = self._cache is not None and not self._cache.complete
        if pending is None and building and not self._failure:
            return  # What is computed fills the view; the rest lies elsewhere.
        if area.width() < room:
            area = plot
        box = QRect(0, 0, room, painter.fontMetrics().height() + 8)
        box.moveCenter(area.center())
        painter.fillRect(box, self.colors.ground)
        painter.setPen(self.colors.text_muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _image(self, pixels: NDArray[np.uint32]) -> QImage:
        """Opaque device pixels as an image in logical size; shares the array's memory."""
        height, width = pixels.shape
        image = QImage(
            pixels.data, width, height, int(pixels.strides[0]), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(self.devicePixelRatioF())
        return image
