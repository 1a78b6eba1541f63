"""Chooses the order of the queue."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.review.order import QueueOrder
from gui.language import tr

CHOICES = (
    QueueOrder.TIME,
    QueueOrder.SEVERITY,
    QueueOrder.SCORE,
    QueueOrder.UNCERTAIN,
    QueueOrder.DEFECT,
    QueueOrder.USEFUL,
)
"""The orders that have a meaning where one title is open."""


def order_title(order: QueueOrder) -> str:
    """What the screen calls an order."""
    match order:
        case QueueOrder.TIME:
            return tr("By time")
        case QueueOrder.SEVERITY:
            return tr("Most severe")
        case QueueOrder.SCORE:
            return tr("Strongest")
        case QueueOrder.UNCERTAIN:
            return tr("Least sure")
        case QueueOrder.DEFECT:
            return tr("By defect")
        case QueueOrder.TITLE:
            return tr("By title")
        case QueueOrder.USEFUL:
            return tr("Most useful")


class OrderBox(QComboBox):
    """A list of orders; empty while the table is sorted by the head of a column.

    Signals:
        chosen: The `QueueOrder` that a person chose.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Order of the queue"))
        self.setPlaceholderText(tr("By column"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for order in CHOICES:
            self.addItem(order_title(order), order.value)
        self.activated.connect(lambda row: self.chosen.emit(CHOICES[row]))

    def show_order(self, order: QueueOrder | None) -> None:
        """Show which order holds; None for that of a column."""
        self.setCurrentIndex(CHOICES.index(order) if order in CHOICES else -1)

    def after(self, order: QueueOrder | None) -> QueueOrder:
        """The order that comes after one, going round."""
        if order not in CHOICES:
            return CHOICES[0]
        return CHOICES[(CHOICES.index(order) + 1) % len(CHOICES)]
