"""Paints the cells of the library straight from its lines; see `gui.queue.delegate` for why."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.summary import TitleState, TitleSummary
from gui import theme
from gui.glyph import severity_icon
from gui.library import word
from gui.library.model import Column, TitleModel

_PAD = 6
_ICON = 14
_MARK = 8
_FIGURES = (Column.FLAGS, Column.LENGTH, Column.OPENED, Column.ANALYSED)
_RIGHT = (Column.FLAGS, Column.LENGTH)
_QUIET = (Column.FORMAT, Column.FOLDER, Column.OPENED, Column.ANALYSED, Column.REVIEWERS)
_FULL = (TitleState.REVIEWED, TitleState.NO_FLAGS, TitleState.FAILED)


class TitleDelegate(QStyledItemDelegate):
    """Ground, sign and text of one cell.

    Args:
        model: Where the lines are.
    """

    def __init__(self, model: TitleModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._mono = theme.mono_font(0.94)

    def restyle(self) -> None:
        """Take the theme's font again."""
        self._mono = theme.mono_font(0.94)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        colors = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, colors.selection)
        elif index.row() % 2:
            painter.fillRect(rect, colors.window)
        line = self._model.line_at(index.row())
        if line is None:
            return
        column, left = Column(index.column()), rect.left() + _PAD
        if column is Column.STATE:
            _paint_state(painter, line, QRect(left, rect.top(), _ICON, rect.height()), selected)
            left += _ICON + 2
        elif column is Column.NAME and line.fingerprint in self._model.missing:
            ink = colors.selection_text if selected else colors.unsure
            _paint_missing(painter, QRect(left, rect.top(), _ICON, rect.height()), ink)
            left += _ICON + 2
        elif column is Column.WORST and line.worst is not None and line.counted:
            icon = severity_icon(line.worst, colors.severity(line.worst))
            icon.paint(painter, QRect(left, rect.top(), _ICON, rect.height()))
            left += _ICON + _PAD
        room = QRect(left, rect.top(), rect.right() - left - _PAD, rect.height())
        font: QFont = self._mono if column in _FIGURES else option.font
        self._write(painter, font, room, line, column, self._ink(line, column, selected))

    def _ink(self, line: TitleSummary, column: Column, selected: bool) -> QColor:
        colors = theme.current()
        if selected:
            return colors.selection_text
        gone = column is Column.NAME and line.fingerprint in self._model.missing
        if gone or column in _QUIET or not line.counted:
            return colors.text_muted
        return colors.text

    def _write(
        self,
        painter: QPainter,
        font: QFont,
        room: QRect,
        line: TitleSummary,
        column: Column,
        ink: QColor,
    ) -> None:
        text = self._model.text_of(line, column)
        painter.setFont(font)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
        # Names of episodes differ at their ends, so the middle is left out.
        middle = column in (Column.NAME, Column.FOLDER)
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        text = QFontMetrics(font).elidedText(text, mode, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _paint_missing(painter: QPainter, box: QRect, ink: QColor) -> None:
    """A sheet that is struck through."""
    sheet = QRectF(0, 0, 8, 10)
    sheet.moveCenter(QRectF(box).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(ink)
    pen.setWidthF(1.3)
    painter.setPen(pen)
    painter.drawRect(sheet)
    painter.drawLine(sheet.bottomLeft() + QPointF(-3, 1), sheet.topRight() + QPointF(3, -1))
    painter.restore()


def _paint_state(painter: QPainter, line: TitleSummary, box: QRect, selected: bool) -> None:
    """A dot: hollow where nobody has looked or decided, half while at it, full at the end."""
    colors = theme.current()
    ink = colors.selection_text if selected else colors.color(word.STATE_ROLES[line.state])
    mark = QRectF(0, 0, _MARK, _MARK)
    mark.moveCenter(QRectF(box).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(ink)
    pen.setWidthF(1.5)
    painter.setPen(pen)
    if line.state in _FULL:
        painter.setBrush(ink)
    painter.drawEllipse(mark)
    if line.state in (TitleState.IN_REVIEW, TitleState.ANALYSING, TitleState.PARTLY):
        painter.setBrush(ink)
        painter.drawPie(mark, 90 * 16, -180 * 16)
    painter.restore()
