"""Faces with their verdicts over the picture, and the fragment's verdict as a badge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.catalog.sync_verdict import Fragment, Lines, SyncState, fragment_at
from gui import theme
from gui.player.geometry import PictureGeometry
from gui.sync.face import Face, Faces
from gui.sync.paint import paint_state, state_color
from gui.sync.word import because, headline, offset_text, percent_text

_GROUND = QColor(0, 0, 0, 185)
_PAD_PX = 6.0
_MARGIN_PX = 10.0
_SIGN_PX = 12.0
_WIDEST = 0.7
_GAP_PX = 3.0


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face as it is drawn.

    Attributes:
        face: The face.
        state: What is said of it alone.
        rect: Where it is in the widget.
        label: What is written at it.
    """

    face: Face
    state: SyncState
    rect: QRectF
    label: str


class SyncOverlay:
    """An overlay of `PictureView`; give it to `add_overlay`.

    All that it paints is looked up by the PTS of the frame under it, so it cannot be out of step.

    Args:
        view: What is painted on.

    Attributes:
        shown: Whether it paints anything.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._faces: Faces | None = None
        self._fragments: tuple[Fragment, ...] = ()
        self._lines = Lines(0.0, 0.0, 1.0)
        self._base = Fraction(1)
        self.shown = False

    def set_data(
        self, faces: Faces | None, fragments: tuple[Fragment, ...], lines: Lines, base: Fraction
    ) -> None:
        """Take what was measured and judged.

        Args:
            faces: None where nothing was measured.
            fragments: By time.
            lines: What is tolerated; faces are judged by it.
            base: Seconds per PTS unit of the pictures.
        """
        self._faces, self._fragments, self._lines, self._base = faces, fragments, lines, base

    @property
    def faces(self) -> Faces | None:
        """The faces that it paints."""
        return self._faces

    def fragment(self, pts: int) -> Fragment | None:
        """The fragment that a frame lies in."""
        return fragment_at(self._fragments, float(pts * self._base))

    def boxes(self, geometry: PictureGeometry, pts: int) -> tuple[FaceBox, ...]:
        """The faces of a frame, where they are in the widget."""
        if self._faces is None:
            return ()
        return tuple(self._box(geometry, face) for face in self._faces.at(float(pts * self._base)))

    def badge(self, pts: int) -> tuple[str, str]:
        """Headline and reason of a frame's fragment; empty where nothing was measured at all."""
        if self._faces is None:
            return "", ""
        fragment = self.fragment(pts)
        return headline(fragment), because(fragment)

    def _box(self, geometry: PictureGeometry, face: Face) -> FaceBox:
        low = geometry.to_widget(face.left * geometry.width, face.top * geometry.height)
        high = geometry.to_widget(
            (face.left + face.width) * geometry.width, (face.top + face.height) * geometry.height
        )
        state = self._lines.judge(face.offset_ms, face.confidence)
        told = percent_text(face.confidence)
        if state is not SyncState.INCONCLUSIVE:
            told = f"{offset_text(face.offset_ms)} · {told}"
        return FaceBox(face, state, QRectF(QPointF(*low), QPointF(*high)), told)

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint what belongs to the frame with this PTS."""
        if not self.shown or pts is None or self._faces is None:
            return
        # In widget coordinates lines and letters keep their size at any zoom.
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self.boxes(geometry, pts)
        for box in boxes:
            _paint_box(painter, box)
        metrics = QFontMetricsF(painter.font())
        for box, label in zip(boxes, place_labels(geometry, boxes, metrics), strict=True):
            _paint_label(painter, box, label)
        self._paint_badge(painter, pts)

    def _paint_badge(self, painter: QPainter, pts: int) -> None:
        room = QRectF(self._view.rect())
        widest = _WIDEST * room.width()
        metrics = QFontMetricsF(painter.font())
        lines = [
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, widest)
            for text in self.badge(pts)
            if text
        ]
        height = metrics.height()
        wide = max(metrics.horizontalAdvance(line) for line in lines) + 3 * _PAD_PX + _SIGN_PX
        tall = height * len(lines) + 2 * _PAD_PX
        box = QRectF(room.right() - _MARGIN_PX - wide, _MARGIN_PX, wide, tall)
        fragment = self.fragment(pts)
        color = state_color(fragment.state if fragment is not None else None, theme.DARK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(box, 5, 5)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(box.left(), box.top(), 3.0, tall), 1.5, 1.5)
        sign = QRectF(
            box.left() + _PAD_PX + 2,
            box.top() + _PAD_PX + (height - _SIGN_PX) / 2,
            _SIGN_PX,
            _SIGN_PX,
        )
        paint_state(painter, sign, fragment.state if fragment is not None else None, color)
        for number, line in enumerate(lines):
            painter.setPen(theme.DARK.text if number == 0 else theme.DARK.text_muted)
            place = QRectF(
                sign.right() + _PAD_PX, box.top() + _PAD_PX + number * height, wide, height
            )
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), line)


def place_labels(
    geometry: PictureGeometry, boxes: Sequence[FaceBox], metrics: QFontMetricsF
) -> list[QRectF]:
    """Where the labels of some boxes stand: below, else above, and never one over another."""
    left, top, wide, tall = geometry.rect
    height = metrics.height() + 3.0
    placed: list[QRectF] = []
    for box in boxes:
        width = metrics.horizontalAdvance(box.label) + _SIGN_PX + 3 * _PAD_PX
        x = min(max(box.rect.left(), left), max(left + wide - width, left))
        below, above = box.rect.bottom() + _GAP_PX, box.rect.top() - height - _GAP_PX
        wanted = (below, above, below + height + 1, above - height - 1, below + 2 * height + 2)
        inside = [y for y in wanted if top <= y <= top + tall - height] or [max(above, top)]
        rects = [QRectF(x, y, width, height) for y in inside]
        free = (r for r in rects if not any(r.intersects(other) for other in placed))
        placed.append(next(free, rects[0]))
    return placed


def _paint_box(painter: QPainter, box: FaceBox) -> None:
    color = state_color(box.state, theme.DARK)
    out = box.state is SyncState.OUT_OF_SYNC
    width = 3.0 if out else 1.8
    style = Qt.PenStyle.DashLine if box.state is SyncState.INCONCLUSIVE else Qt.PenStyle.SolidLine
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_GROUND, width + 2.5))
    painter.drawRect(box.rect)
    painter.setPen(QPen(color, width, style))
    painter.drawRect(box.rect)


def _paint_label(painter: QPainter, box: FaceBox, label: QRectF) -> None:
    color = state_color(box.state, theme.DARK)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(label, 3, 3)
    top = label.top() + (label.height() - _SIGN_PX) / 2
    sign = QRectF(label.left() + _PAD_PX, top, _SIGN_PX, _SIGN_PX)
    paint_state(painter, sign, box.state, color)
    painter.setPen(theme.DARK.text)
    painter.drawText(
        label.adjusted(2 * _PAD_PX + _SIGN_PX, 0, 0, 0),
        int(Qt.AlignmentFlag.AlignVCenter),
        box.label,
    )
