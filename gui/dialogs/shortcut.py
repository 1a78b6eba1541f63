"""The shortcut sheet, which is also where shortcuts are changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.actions import ACTIONS, MENUS, ActionSet, conflicts, normal, shown
from gui.language import plain, tr

_ID = int(Qt.ItemDataRole.UserRole)


class ShortcutDialog(QDialog):
    """Lists every action with its shortcuts; the selected one can be given others.

    Changes are taken when accepted, and only while no two actions share a shortcut.

    Signals:
        changed: New shortcuts by action id, only those that differ from the table.
    """

    changed = Signal(object)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        self._actions = actions
        self._keys = actions.shortcuts()
        self._build_search()
        self._build_tree()
        self._build_editor()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(tr("Conflicts"))
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(kinds.RestoreDefaults).clicked.connect(self.show_defaults)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addLayout(self._editor)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.resize(700, 640)
        self._refresh()
        self.tree.setFocus()

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Shortcuts as edited, by action id."""
        return dict(self._keys)

    def set_keys(self, action_id: str, keys: tuple[str, ...]) -> None:
        """Give an action other shortcuts."""
        self._keys[action_id] = tuple(dict.fromkeys(k for k in map(normal, keys) if k))
        self._refresh()

    def show_defaults(self) -> None:
        """Put the table's shortcuts back."""
        self._keys = {i: tuple(normal(k) for k in s.shortcuts) for i, s in ACTIONS.items()}
        self._refresh()

    def accept(self) -> None:
        """Take the shortcuts, unless two actions share one."""
        if conflicts(self._keys):
            return
        defaults = {i: tuple(normal(k) for k in s.shortcuts) for i, s in ACTIONS.items()}
        changed = {i: keys for i, keys in self._keys.items() if keys != defaults[i]}
        self.changed.emit(changed)
        super().accept()

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find an action or a key"))
        self.search.setAccessibleName(tr("Find an action or a key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)

    def _build_tree(self) -> None:
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Actions and shortcuts"))
        self.tree.setHeaderLabels([tr("Action"), tr("Shortcuts"), tr("What it does")])
        self.tree.setRootIsDecorated(False)
        self.tree.setAlternatingRowColors(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for menu in MENUS:
            head = QTreeWidgetItem(self.tree, [plain(tr(f"&{menu}"))])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            rows = []
            for spec in ACTIONS.values():
                if spec.menu == menu:
                    row = QTreeWidgetItem(head, [tr(spec.title), "", tr(spec.help)])
                    row.setData(0, _ID, spec.id)
                    self._rows[spec.id] = row
                    rows.append(row)
            self._groups.append((head, rows))
        self.tree.expandAll()
        self.tree.currentItemChanged.connect(self._on_row_changed)

    def _build_editor(self) -> None:
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("New shortcut"))
        self.add = self._button(
            tr("Add"), tr("Give the selected action this shortcut too"), self._on_add
        )
        self.clear = self._button(tr("Remove all"), tr("Leave it without shortcut"), self._on_clear)
        self.reset = self._button(tr("Default"), tr("Put its defaults back"), self._on_reset)
        label = QLabel(tr("&New shortcut"))
        label.setBuddy(self.field)
        self._editor = QHBoxLayout()
        self._editor.addWidget(label)
        self._editor.addWidget(self.field, 1)
        for button in (self.add, self.clear, self.reset):
            self._editor.addWidget(button)

    def _button(self, text: str, hint: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _refresh(self) -> None:
        for action_id, row in self._rows.items():
            row.setText(1, "   ".join(shown(k) for k in self._keys.get(action_id, ())))
        clashes = conflicts(self._keys)
        sentences = [
            tr(
                "{key} belongs to {actions}.",
                key=shown(key),
                actions=f" {tr('and')} ".join(tr(ACTIONS[i].title) for i in ids),
            )
            for key, ids in clashes.items()
        ]
        self.message.setText("\n".join(sentences))
        self.message.setVisible(bool(sentences))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not clashes)
        self._on_row_changed()

    def _current(self) -> str:
        row = self.tree.currentItem()
        return str(row.data(0, _ID) or "") if row is not None else ""

    def _on_row_changed(self) -> None:
        chosen = bool(self._current())
        for widget in (self.field, self.add, self.clear, self.reset):
            widget.setEnabled(chosen)

    def _on_add(self) -> None:
        key = self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        action_id = self._current()
        if action_id and key:
            self.set_keys(action_id, (*self._keys[action_id], key))
            self.field.clear()

    def _on_clear(self) -> None:
        if self._current():
            self.set_keys(self._current(), ())

    def _on_reset(self) -> None:
        if self._current():
            self.set_keys(self._current(), ACTIONS[self._current()].shortcuts)

    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        for row in self._rows.values():
            content = " ".join(row.text(c) for c in range(3)).casefold()
            row.setHidden(not all(word in content for word in words))
        for head, rows in self._groups:
            head.setHidden(all(row.isHidden() for row in rows))
