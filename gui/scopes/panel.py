"""The dock's content: which scopes are open, side by side or below each other, and their state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.language import tr
from gui.widget import ElidedLabel

_GAP_PX = 1
_BUTTONS_A_ROW = 3
_WIDE = 1.5


class PaneGrid(QWidget):
    """Lays panes out so that each is as large as it can be, whatever the shape of the dock.

    Args:
        panes: All of them, in order; those that are hidden take no room.
    """

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panes = tuple(panes)
        for pane in self._panes:
            pane.setParent(self)
            pane.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def wanted(self) -> list[QWidget]:
        """The panes that are open."""
        return [pane for pane in self._panes if not pane.isHidden()]

    def sizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(230, 420)

    def minimumSizeHint(self) -> QSize:
        """Room for the smallest pane."""
        return QSize(170, 110)

    def arrange(self) -> None:
        """Give each open pane its place."""
        panes = self.wanted
        if not panes:
            return
        width, height = self.width(), self.height()
        columns = max(range(1, len(panes) + 1), key=lambda n: _fit(width, height, n, len(panes)))
        rows = -(-len(panes) // columns)
        for number, pane in enumerate(panes):
            row, column = divmod(number, columns)
            # The last row is shared by those that are left.
            across = columns if row < rows - 1 else len(panes) - row * columns
            left, right = width * column // across, width * (column + 1) // across
            top, bottom = height * row // rows, height * (row + 1) // rows
            pane.setGeometry(
                QRect(left, top, max(right - left - _GAP_PX, 1), max(bottom - top - _GAP_PX, 1))
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.arrange()


def _fit(width: int, height: int, columns: int, count: int) -> float:
    """How large a pane of 3:2 is in one cell of so many columns."""
    return min(width / columns, height / -(-count // columns) * _WIDE)


class ScopePanel(QFrame):
    """Buttons for the scopes, the scopes, and one line that says what they show.

    Args:
        panes: All scopes and meters.
        switches: Their actions, in the same order, with short names as icon texts.
    """

    def __init__(
        self,
        panes: Sequence[QWidget],
        switches: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Scopes"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rows = QGridLayout()
        rows.setContentsMargins(4, 3, 4, 3)
        rows.setSpacing(2)
        self.buttons = [self._button(action) for action in switches]
        for number, button in enumerate(self.buttons):
            rows.addWidget(button, *divmod(number, _BUTTONS_A_ROW))
        column.addLayout(rows)
        self.grid = PaneGrid(panes)
        column.addWidget(self.grid, 1)
        self.state = ElidedLabel()
        self.state.setAccessibleName(tr("State of the scopes"))
        self.state.setProperty("muted", True)
        self.state.setContentsMargins(6, 2, 6, 3)
        column.addWidget(self.state)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(action.text())
        return button

    def say(self, text: str) -> None:
        """Say what is shown."""
        self.state.setText(text)
