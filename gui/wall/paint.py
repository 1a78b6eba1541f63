"""Paints tiles and events straight from their values; see `gui.queue.delegate` for why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.channel import ChannelEventKind
from core.review.channel import WallState
from gui import theme
from gui.glyph import severity_icon
from gui.wall import word
from gui.wall.model import ChannelModel, EventModel

if TYPE_CHECKING:
    from core.review.channel import ChannelLine

_Index = QModelIndex | QPersistentModelIndex
_PAD = 8
_ICON = 12
_GAP = 6
_ROWS = 6
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def paint_state(painter: QPainter, box: QRectF, state: WallState, ink: QColor) -> None:
    """A sign of its own for each state, so that none needs its colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, max(box.width() / 7, 1.4))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    mark = box.adjusted(1, 1, -1, -1)
    if state is WallState.LIVE:
        painter.setBrush(ink)
        painter.drawEllipse(mark)
    elif state is WallState.STARTING:
        painter.drawEllipse(mark)
    elif state is WallState.BEHIND:
        painter.drawEllipse(mark)
        painter.setBrush(ink)
        painter.drawPie(mark, 90 * 16, 180 * 16)
    elif state is WallState.RECONNECTING:
        painter.drawArc(mark, 30 * 16, 130 * 16)
        painter.drawArc(mark, 210 * 16, 130 * 16)
    elif state is WallState.STOPPED:
        painter.drawRect(mark.adjusted(1, 1, -1, -1))
    elif state is WallState.FAILED:
        painter.drawLine(mark.topLeft(), mark.bottomRight())
        painter.drawLine(mark.topRight(), mark.bottomLeft())
    else:
        font = QFont(painter.font())
        font.setBold(True)
        font.setPixelSize(max(round(box.height() * 1.1), 8))
        painter.setFont(font)
        painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()


class TileDelegate(QStyledItemDelegate):
    """One tile: state, name, coverage, last findings, gaps.

    Args:
        model: Where the lines are.
    """

    def __init__(self, model: ChannelModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._least = 236
        self._size = QSize(self._least, 120)

    def set_font(self, font: QFont) -> None:
        """Take the font that tiles are as large as."""
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance("Reconnecting · for 59 minutes") + 2 * _PAD + 30
        self._least = max(width, 236)
        self._size = QSize(self._least, _ROWS * (metrics.height() + 2) + 2 * _PAD + _GAP)

    def fit(self, room: int) -> None:
        """Make tiles as wide as fills a room with as many as go beside each other."""
        least = self._least + _GAP
        across = max(room // least, 1)
        self._size.setWidth(max(room // across - _GAP, self._least))

    @property
    def size(self) -> QSize:
        """Of every tile, with the room around it."""
        return self._size + QSize(_GAP, _GAP)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All tiles are of one size."""
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one tile."""
        colors, state = theme.current(), option.state
        tile = QRect(option.rect.topLeft(), self._size)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(tile, colors.selection if selected else colors.surface)
        painter.setPen(QPen(colors.border, 1))
        painter.drawRect(tile.adjusted(0, 0, -1, -1))
        line = self._model.line_at(index.row())
        if line is not None:
            self._write(painter, option.font, tile, line, selected)
        if state & QStyle.StateFlag.State_HasFocus and selected:
            painter.setPen(QPen(colors.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(tile.adjusted(1, 1, -1, -1))
        painter.restore()

    def _write(
        self, painter: QPainter, font: QFont, tile: QRect, line: ChannelLine, selected: bool
    ) -> None:
        colors, now = theme.current(), self._model.now
        state = self._model.state_of(line)
        text = colors.selection_text if selected else colors.text
        quiet = colors.selection_text if selected else colors.text_muted
        ink = colors.selection_text if selected else colors.color(word.STATE_ROLES[state])
        painter.fillRect(QRect(tile.left(), tile.top(), 4, tile.height()), ink)
        pen = _Pen(painter, font, tile.adjusted(_PAD + 4, _PAD, -_PAD, -_PAD))
        pen.row(line.channel.name, text, bold=True)
        sign = pen.square()
        pen.row(word.state_text(line, state, now), text, indent=_ICON + _GAP)
        paint_state(painter, sign, state, ink)
        pen.row(word.coverage_text(line, state), quiet, right=word.latency_text(line, state))
        self._bar(painter, pen, line, state, selected)
        # A silent monitor looks at nothing, and what it found before is still true.
        for event in line.findings[:2]:
            severity, sign = word.severity_of(event), pen.square()
            pen.row(word.finding_text(event, now), text, indent=_ICON + _GAP)
            if severity is not None:
                hue = text if selected else colors.severity(severity)
                severity_icon(severity, hue).paint(painter, sign.toRect())
        if not line.findings:
            pen.row(word.no_finding_text(line), quiet)
        pen.bottom(word.gaps_text(line), quiet)

    def _bar(
        self,
        painter: QPainter,
        pen: _Pen,
        line: ChannelLine,
        state: WallState,
        selected: bool,
    ) -> None:
        """The share that is analysed as a bar; hatched while nobody knows."""
        colors, figures = theme.current(), line.channel.figures
        box = pen.strip(4)
        edge = colors.selection_text if selected else colors.outline
        known = state is not WallState.SILENT and figures.received_s > 0
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if known else Qt.BrushStyle.BDiagPattern)
        painter.drawRect(box)
        if known:
            share = min(max(figures.coverage, 0.0), 1.0)
            filled = QRectF(box.left(), box.top(), box.width() * share, box.height())
            painter.fillRect(filled, edge if selected else colors.analysed)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class _Pen:
    """Writes rows of text below each other."""

    def __init__(self, painter: QPainter, font: QFont, room: QRect) -> None:
        self._painter, self._room = painter, room
        self._plain, self._bold = QFont(font), QFont(font)
        self._bold.setBold(True)
        self._height = QFontMetrics(font).height() + 2
        self._top = room.top()

    def square(self) -> QRectF:
        """Where the sign of the next row goes."""
        top = self._top + (self._height - _ICON) / 2
        return QRectF(self._room.left(), top, _ICON, _ICON)

    def row(
        self, text: str, ink: QColor, *, bold: bool = False, indent: int = 0, right: str = ""
    ) -> None:
        """Write a row, with something at its right end."""
        box = QRect(
            self._room.left() + indent, self._top, self._room.width() - indent, self._height
        )
        self._top += self._height
        self._text(box, text, ink, bold, right)

    def bottom(self, text: str, ink: QColor) -> None:
        """Write the last row."""
        top = self._room.bottom() - self._height + 1
        self._text(
            QRect(self._room.left(), top, self._room.width(), self._height), text, ink, False, ""
        )

    def strip(self, height: int) -> QRect:
        """Room for a bar between two rows."""
        box = QRect(self._room.left(), self._top, self._room.width() - 1, height)
        self._top += height + 2
        return box

    def _text(self, box: QRect, text: str, ink: QColor, bold: bool, right: str) -> None:
        font = self._bold if bold else self._plain
        metrics = QFontMetrics(font)
        self._painter.setFont(font)
        self._painter.setPen(ink)
        if right:
            self._painter.drawText(box, _RIGHT, right)
            box = box.adjusted(0, 0, -metrics.horizontalAdvance(right) - _GAP, 0)
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self._painter.drawText(box, _LEFT, elided)


class EventDelegate(QStyledItemDelegate):
    """Two rows: when and what, then the rest; a finding carries its severity's sign.

    Args:
        model: Where the events are.
    """

    def __init__(self, model: EventModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two rows."""
        return QSize(120, 2 * (QFontMetrics(option.font).height() + 2) + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one event."""
        colors, rect = theme.current(), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        event = self._model.events[index.row()]
        painter.save()
        if selected:
            painter.fillRect(rect, colors.selection)
        elif index.row() % 2:
            painter.fillRect(rect, colors.window)
        text = colors.selection_text if selected else colors.text
        quiet = colors.selection_text if selected else colors.text_muted
        found = event.kind is ChannelEventKind.FINDING
        pen = _Pen(painter, option.font, rect.adjusted(_PAD, 3, -_PAD, -3))
        sign, severity = pen.square(), word.severity_of(event)
        when = word.clock_text(event.at, datetime.now(UTC))
        pen.row(word.event_title(event), text, bold=found, indent=_ICON + _GAP, right=when)
        pen.row(word.event_note(event), quiet, indent=_ICON + _GAP)
        if found and severity is not None:
            hue = text if selected else colors.severity(severity)
            severity_icon(severity, hue).paint(painter, sign.toRect())
        elif not found:
            painter.setPen(QPen(quiet, 2))
            painter.drawPoint(QPointF(sign.center()))
        painter.restore()
