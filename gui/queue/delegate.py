"""Paints the cells of the queue straight from the flags.

A styled view asks eight questions a cell through the style sheet, some 20 ms for a screenful;
while a threshold moves the queue is repainted many times a second.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.glyph import Sign
from gui.queue import flag_text
from gui.queue.model import Column, FlagModel, row_icon
from gui.queue.row import Row, head_sign

_PAD = 5
_ICON = 14
FOLD_PX = 14
"""Room for the triangle of an incident, left of its defect."""


class FlagDelegate(QStyledItemDelegate):
    """Ground, icon and text of one cell.

    Args:
        model: Where the flags are.
    """

    def __init__(self, model: FlagModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

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
        row, column = self._model.row_at(index.row()), Column(index.column())
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, colors.selection)
        elif index.row() % 2:
            painter.fillRect(rect, colors.window)
        left = rect.left() + _PAD
        if column is Column.DEFECT and row.incident is not None:
            pen = colors.selection_text if selected else colors.text_muted
            if row.head:
                _paint_fold(painter, QRect(left, rect.top(), FOLD_PX, rect.height()), pen, row.open)
            left += FOLD_PX
        icon = row_icon(row, column)
        if icon is not None:
            _paint_icon(painter, icon, QRect(left, rect.top(), _ICON, rect.height()))
            left += _ICON + _PAD
        text = self._model.text_in(row, column)
        if not text:
            return
        if selected:
            painter.setPen(colors.selection_text)
        else:
            muted = _sign_of(row) is Sign.REJECTED
            painter.setPen(colors.text_muted if muted else colors.text)
        painter.setFont(self._model.font_of(column) or option.font)
        room = QRect(left, rect.top(), rect.right() - left - _PAD, rect.height())
        side = Qt.AlignmentFlag.AlignRight if column is Column.SCORE else Qt.AlignmentFlag.AlignLeft
        if column is Column.NOTE or column is Column.DETECTOR or column is Column.DEFECT:
            metrics = QFontMetrics(painter.font())
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def _sign_of(row: Row) -> Sign:
    if row.head and row.incident is not None:
        return head_sign(row.incident)
    return flag_text.sign_of(row.flag)


def _paint_fold(painter: QPainter, box: QRect, color: QColor, is_open: bool) -> None:
    """A triangle that points at the row, or down at the flags below it."""
    size = 3.5
    middle = QPointF(box.left() + 5, box.center().y() + 0.5)
    corners = [(-size / 2, -size), (size, 0.0), (-size / 2, size)]
    if is_open:
        corners = [(y, x) for x, y in corners]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
    painter.restore()


def _paint_icon(painter: QPainter, icon: QIcon, box: QRect) -> None:
    icon.paint(painter, box, Qt.AlignmentFlag.AlignCenter)
