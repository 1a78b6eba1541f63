"""New masks, and the classes of those there are: add, rename, colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.annotation.exchange.sheet import PALETTE
from core.domain.mask import MAX_CLASS, MaskClass
from gui.annotate.class_list import swatch
from gui.language import tr

_WIDTH_PX, _LIST_PX = 460, 220


class _Row:
    """One class: its number, colour and name, and whether it can go again."""

    def __init__(self, number: int, color: str, name: str, fixed: bool) -> None:
        self.number, self.color = number, color
        self.label = QLabel(str(number))
        self.label.setProperty("muted", True)
        self.button = QPushButton()
        self.button.setAccessibleName(tr("Colour of class {number}", number=number))
        self.button.setAutoDefault(False)
        self.name = QLineEdit(name)
        self.name.setPlaceholderText(tr("Name of the class"))
        self.name.setAccessibleName(tr("Name of class {number}", number=number))
        self.away = QPushButton(tr("Remove"))
        self.away.setAutoDefault(False)
        self.away.setEnabled(not fixed)
        self.away.setToolTip(
            tr("Masks may be drawn with it, so it stays.") if fixed else tr("Do without this class")
        )
        self.paint()

    def paint(self) -> None:
        """Show the colour."""
        self.button.setIcon(swatch(self.color))
        self.button.setText(self.color)


class ClassDialog(QDialog):
    """Asks for a name and classes.

    Args:
        name: What the masks are called at first.
        classes: Those there are already; they can be renamed and recoloured, but not go.

    Signals:
        agreed: The name and a tuple of `MaskClass`.
    """

    agreed = Signal(str, object)

    def __init__(
        self, name: str, classes: Sequence[MaskClass] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._new = not classes
        self.setWindowTitle(tr("New masks") if self._new else tr("Classes"))
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr("Name of the masks"))
        self.name.setEnabled(self._new)
        self.rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(2, 1)
        self.add = QPushButton(tr("Add a class"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self._add_row())
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton(
            tr("Make masks") if self._new else tr("Keep classes"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        self.ok.setProperty("primary", True)
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self._on_agreed)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        for one in classes:
            self._add_row(one)
        if self._new:
            self._add_row(MaskClass(1, tr("corrupt"), PALETTE[0]))
        self._check()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(tr("Name"), self.name)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        area.setMinimumHeight(_LIST_PX)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(area, 1)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.said)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(_WIDTH_PX)

    @property
    def classes(self) -> tuple[MaskClass, ...]:
        """As they are entered; only where all have names."""
        return tuple(MaskClass(r.number, r.name.text().strip(), r.color) for r in self.rows)

    def show_failure(self, sentence: str) -> None:
        """Say why it could not be kept."""
        self.said.setText(sentence)

    def _add_row(self, one: MaskClass | None = None) -> None:
        used = {row.number for row in self.rows}
        number = next((n for n in range(1, MAX_CLASS + 1) if n not in used), None)
        if number is None:
            return
        taken = {row.color for row in self.rows}
        free = next((color for color in PALETTE if color not in taken), PALETTE[0])
        fixed = one is not None and not self._new
        row = _Row(number, free, "", fixed) if one is None else _row_of(one, fixed)
        row.button.clicked.connect(lambda: self._ask_color(row))
        row.away.clicked.connect(lambda: self._remove(row))
        row.name.textChanged.connect(lambda _text: self._check())
        self.rows.append(row)
        line = self._grid.rowCount()
        for place, widget in enumerate((row.label, row.button, row.name, row.away)):
            self._grid.addWidget(widget, line, place)
        if one is None:
            row.name.setFocus()
        self._check()

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        for widget in (row.label, row.button, row.name, row.away):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._check()

    def _ask_color(self, row: _Row) -> None:
        dialog = QColorDialog(QColor(row.color), self)
        for place, color in enumerate(PALETTE):
            QColorDialog.setCustomColor(place, QColor(color))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._color(row, color))
        dialog.open()

    def _color(self, row: _Row, color: QColor) -> None:
        row.color = color.name()
        row.paint()

    def _check(self) -> None:
        """Say what is missing; only what can be kept can be agreed to."""
        names = [row.name.text().strip() for row in self.rows]
        if not names:
            wrong = tr("Name at least one class.")
        elif not all(names):
            wrong = tr("Every class needs a name.")
        elif len(set(names)) != len(names):
            wrong = tr("Two classes have the same name.")
        else:
            wrong = ""
        self.ok.setEnabled(not wrong)
        self.said.setText(
            wrong or tr("The first colours are told apart also by people who see few colours.")
        )

    def _on_agreed(self) -> None:
        self.agreed.emit(self.name.text().strip(), self.classes)


def _row_of(one: MaskClass, fixed: bool) -> _Row:
    return _Row(one.number, one.color, one.name, fixed)
