"""What a window shows and what a person can operate in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTableView,
    QTreeWidget,
    QWidget,
)

_OPERATED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)

_EDGES_PX = 4


def operated(window: QWidget) -> Iterator[QWidget]:
    """All that a person operates in a window; what Qt makes inside of it is left out."""
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        parent = widget.parentWidget()
        inner |= isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView | QTabBar)
        # A sentence that the pointer may select is read, not operated.
        inner |= isinstance(parent, QLineEdit) or isinstance(widget, QLabel)
        inner |= parent is not None and isinstance(parent.parentWidget(), QComboBox)
        painted = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not inner and (isinstance(widget, _OPERATED) or painted):
            yield widget


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Where a window says something, and what."""
    yield "title", window.windowTitle()
    for action in window.findChildren(QAction):
        yield "action", action.text()
        yield "tip", action.toolTip()
    for widget in (window, *window.findChildren(QWidget)):
        kind = type(widget).__name__
        for said in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            yield kind, said
        if isinstance(widget, QLabel | QAbstractButton):
            yield kind, widget.text()
        if isinstance(widget, QLineEdit):
            yield kind, widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((kind, widget.itemText(row)) for row in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((kind, widget.tabText(row)) for row in range(widget.count()))
        if isinstance(widget, QTreeWidget):
            header = widget.headerItem()
            yield from ((kind, header.text(column)) for column in range(widget.columnCount()))
        elif isinstance(widget, QTableView) and widget.model() is not None:
            model = widget.model()
            for column in range(model.columnCount()):
                said = model.headerData(column, Qt.Orientation.Horizontal)
                yield kind, str(said or "")


def cut(window: QWidget) -> Iterator[str]:
    """Texts of visible buttons and labels in one line that do not fit."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QLabel):
            plain = widget.text() and not widget.wordWrap() and type(widget) is QLabel
        else:
            plain = isinstance(widget, QAbstractButton) and bool(widget.text())
        if not plain:
            continue
        text = widget.text().replace("&", "")  # type: ignore[attr-defined]
        wanted = max(widget.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
        room = widget.width() - (_EDGES_PX if isinstance(widget, QAbstractButton) else 0)
        if wanted > room:
            yield f"{type(widget).__name__}: {text!r} wants {wanted} of {room}"
