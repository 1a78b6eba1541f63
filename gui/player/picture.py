"""The picture on screen: fit, zoom and pan, overlays, captions and what to say without one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.media import Cue
from gui import theme
from gui.language import mark, told, tr
from gui.player.caption import CaptionTrack, paint_caption
from gui.player.geometry import PictureGeometry, Viewport
from gui.player.notice import paint_notice, paint_osd
from gui.player.picture_queue import Picture

Overlay = Callable[[QPainter, PictureGeometry, int | None], None]
"""Paints over the picture. The painter is in picture coordinates; the PTS is None without one."""

_NEAREST_ABOVE = 2.0
_WHEEL_STEP = 1.25
_OSD_MS = 1500
_EMPTY_TEXT = mark("Drop a file here or press Ctrl+O")


class ViewState(StrEnum):
    """What there is to show."""

    EMPTY = "empty"
    LOADING = "loading"
    NO_PICTURE = "no_picture"
    PICTURE = "picture"
    ERROR = "error"


class PictureView(QWidget):
    """Shows pictures as they come; knows nothing of decoding.

    Signals:
        render_size_changed: Physical pixels, width and height, that the whole picture needs now.
        viewport_changed: The zoom in physical pixels a picture pixel, for display.
        double_clicked: Somewhere on the picture.
        picture_painted: A picture has just been painted for the first time.
        pointer_moved: The pointer's place, a `QPointF`, or None once it has left.
    """

    render_size_changed = Signal(int, int)
    viewport_changed = Signal(float)
    double_clicked = Signal()
    picture_painted = Signal(object)
    pointer_moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Picture"))
        self.setAccessibleDescription(tr("The picture of the title at the playhead"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._state = ViewState.EMPTY
        self._text = tr(_EMPTY_TEXT)
        self._size = (16, 9)
        self._viewport = Viewport()
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._announced: Picture | None = None
        self._overlays: list[Overlay] = []
        self._bare = False
        self._captions = CaptionTrack(())
        self._captions_visible = True
        self._osd = ""
        self._osd_timer = QTimer(self)
        self._osd_timer.setSingleShot(True)
        self._osd_timer.timeout.connect(self._hide_osd)
        self._drag: QPointF | None = None
        self._asked: tuple[int, int] | None = None
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A modest 16:9."""
        return QSize(960, 540)

    # What is shown

    @property
    def state(self) -> ViewState:
        """What there is to show."""
        return self._state

    @property
    def picture(self) -> Picture | None:
        """The picture that is shown."""
        return self._picture

    def show_empty(self) -> None:
        """Invite to open a file."""
        self._show_text(ViewState.EMPTY, tr(_EMPTY_TEXT))

    def show_loading(self, name: str) -> None:
        """Say that a title is being opened."""
        self._show_text(ViewState.LOADING, tr("Opening {name} …", name=name))

    def show_no_picture(self) -> None:
        """Say that the title has sound only."""
        self._show_text(ViewState.NO_PICTURE, tr("No picture in this title"))

    def show_error(self, sentence: str) -> None:
        """Say why there is no picture."""
        self._show_text(ViewState.ERROR, told(sentence))

    def set_picture_size(self, width: int, height: int) -> None:
        """Take a title's display size, in square pixels after pixel aspect and rotation."""
        self._size = (max(width, 1), max(height, 1))
        self._viewport = Viewport()
        self._layout_changed()

    def set_picture(self, picture: Picture) -> None:
        """Show a picture; its pixels are not copied and must not change."""
        self._picture = picture
        pixels = picture.pixels
        height, width = pixels.shape[:2]
        self._image = QImage(
            pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32
        )
        self._state = ViewState.PICTURE
        self.update()

    def add_overlay(self, overlay: Overlay, under: bool = False) -> None:
        """Have `overlay` paint over each picture, in the order of adding, or under all others."""
        self._overlays.insert(0 if under else len(self._overlays), overlay)
        self.update()

    def remove_overlay(self, overlay: Overlay) -> None:
        """Stop it; one that was never added is ignored."""
        if overlay in self._overlays:
            self._overlays.remove(overlay)
            self.update()

    def set_bare(self, bare: bool) -> None:
        """Show the picture without overlays, or with them again."""
        self._bare = bare
        self.update()

    def set_cues(self, cues: Sequence[Cue]) -> None:
        """Take the captions to show."""
        self._captions = CaptionTrack(cues)
        self.update()

    @property
    def captions_visible(self) -> bool:
        """Whether captions are painted."""
        return self._captions_visible

    def set_captions_visible(self, visible: bool) -> None:
        """Paint captions, or do not."""
        self._captions_visible = visible
        self.update()

    def show_osd(self, text: str, keep: bool = False) -> None:
        """Show a short text in the corner, for a moment or until the next one; "" hides it."""
        self._osd = text
        if keep or not text:
            self._osd_timer.stop()
        else:
            self._osd_timer.start(_OSD_MS)
        self.update()

    def _hide_osd(self) -> None:
        self._osd = ""
        self.update()

    def _show_text(self, state: ViewState, text: str) -> None:
        self._state = state
        self._text = text
        self._picture = None
        self._image = None
        self._announced = None
        self.setAccessibleDescription(text)
        self.update()

    # Fit, zoom and pan

    @property
    def geometry_of_picture(self) -> PictureGeometry:
        """Where the picture lies now."""
        return self._viewport.geometry(
            self._size, (self.width(), self.height()), self.devicePixelRatioF()
        )

    @property
    def fitted(self) -> bool:
        """Whether the picture fits the widget, whatever its size."""
        return self._viewport.zoom is None

    def fit(self) -> None:
        """Show the whole picture as large as the widget allows."""
        self._set_viewport(Viewport())

    def actual_size(self) -> None:
        """Show one picture pixel on one physical pixel, around the middle of the widget."""
        self.zoom_to(1.0)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge by `factor` around a place of the widget, or its middle."""
        self.zoom_to(self.geometry_of_picture.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Show `zoom` physical pixels per picture pixel, at most 16."""
        at = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._set_viewport(
            self._viewport.zoomed(
                self.geometry_of_picture, (self.width(), self.height()), zoom, at.x(), at.y()
            )
        )

    def _set_viewport(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._layout_changed()

    def _layout_changed(self) -> None:
        geometry = self.geometry_of_picture
        self.viewport_changed.emit(geometry.zoom)
        zoom = min(geometry.zoom, 1.0)
        size = (max(round(geometry.width * zoom), 1), max(round(geometry.height * zoom), 1))
        if size != self._asked:
            self._asked = size
            self.render_size_changed.emit(*size)
        self.update()

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        self._layout_changed()

    def event(self, event: QEvent) -> bool:
        """Follow a move to a screen with another pixel density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._layout_changed()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        steps = event.angleDelta().y() / 120.0
        if steps and self._state is ViewState.PICTURE:
            self.zoom_by(_WHEEL_STEP**steps, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start to pan."""
        panning = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        if panning and self._image is not None:
            self._drag = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, and tell where the pointer is."""
        self.pointer_moved.emit(event.position())
        if self._drag is not None and not self.fitted:
            move = event.position() - self._drag
            self._drag = event.position()
            self._set_viewport(self._viewport.panned(self.geometry_of_picture, move.x(), move.y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        self.pointer_moved.emit(None)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop panning."""
        self._drag = None
        self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pass it on."""
        self.double_clicked.emit()
        event.accept()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, picture, overlays, captions and texts."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().letterbox)
        if self._image is None:
            paint_notice(painter, QRectF(self.rect()), self._state, self._text)
        else:
            self._paint_picture(painter, self._image)
        if self._osd:
            paint_osd(painter, QRectF(self.rect()), self._osd)
        if self.hasFocus() and self._image is None:
            painter.setPen(theme.current().focus)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        if self._picture is not None and self._picture is not self._announced:
            self._announced = self._picture
            self.picture_painted.emit(self._picture)

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        geometry = self.geometry_of_picture
        target = QRectF(*geometry.rect)
        seen = target.intersected(QRectF(self.rect()))
        share_x = image.width() / target.width()
        share_y = image.height() / target.height()
        source = QRectF(
            (seen.left() - target.left()) * share_x,
            (seen.top() - target.top()) * share_y,
            seen.width() * share_x,
            seen.height() * share_y,
        )
        exact = image.size() == (target.size() * geometry.device_ratio).toSize()
        smooth = not exact and geometry.zoom <= _NEAREST_ABOVE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(seen, image, source)
        self._paint_overlays(painter, geometry)
        if self._captions_visible and self._picture is not None:
            text = self._captions.text_at(self._picture.time)
            if text:
                paint_caption(painter, seen, text)

    def _paint_overlays(self, painter: QPainter, geometry: PictureGeometry) -> None:
        if self._bare or not self._overlays:
            return
        transform = QTransform.fromTranslate(geometry.left, geometry.top)
        transform.scale(geometry.scale, geometry.scale)
        for overlay in self._overlays:
            painter.save()
            painter.setTransform(transform, True)
            overlay(painter, geometry, self._picture.pts if self._picture else None)
            painter.restore()
