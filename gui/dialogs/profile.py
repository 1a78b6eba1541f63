"""Choosing a profile, and saving moved thresholds as one of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.catalog.profile_file import list_profiles, load_profile
from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.profile import Profile
from gui.language import told, tr
from gui.queue.flag_text import SEVERITY_TITLES

_NAME_PX = 270
_NAME = int(Qt.ItemDataRole.UserRole)


class ProfileDialog(QDialog):
    """Lists profiles and shows what the chosen one sets.

    Signals:
        chosen: The `Profile` to decide by.
        save_requested: The present thresholds as a `Profile` with a new name.
        failed: Sentence and details of a profile that cannot be read.

    Args:
        base: The profile that was chosen last.
        present: The one that decides now; differs when thresholds were moved.
        parent: The window.
    """

    chosen = Signal(object)
    save_requested = Signal(object)
    failed = Signal(str, str)

    def __init__(self, base: Profile, present: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Profile"))
        self._present = present
        self._profile: Profile | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Profiles"))
        self.list.setMaximumWidth(190)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Thresholds"))
        self.tree.setHeaderLabels([tr("Detector and threshold"), tr("Value"), tr("Source")])
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setColumnWidth(0, _NAME_PX)
        self.tree.setAlternatingRowColors(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        body = QHBoxLayout()
        body.addWidget(self.list)
        body.addWidget(self.tree, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addWidget(self.message)
        layout.addLayout(self._save_row(present.hash != base.hash))
        layout.addWidget(self.buttons)
        self.resize(760, 480)
        self._fill(base.name)

    def _save_row(self, moved: bool) -> QHBoxLayout:
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of a new profile"))
        self.name.setAccessibleName(tr("Name of a new profile"))
        self.save = QPushButton(tr("Save the moved thresholds"))
        self.save.setToolTip(tr("Save the thresholds as they are now under this name"))
        self.save.setAutoDefault(False)
        self.save.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.save.clicked.connect(self._on_save)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.save)
        self.name.setVisible(moved)
        self.save.setVisible(moved)
        return row

    def accept(self) -> None:
        """Decide by the chosen profile."""
        if self._profile is not None:
            self.chosen.emit(self._profile)
            super().accept()

    def _fill(self, current: str) -> None:
        self.list.currentItemChanged.connect(lambda _new, _old: self._on_chosen())
        for entry in list_profiles():
            item = QListWidgetItem(tr("{name} (own)", name=entry.name) if entry.own else entry.name)
            item.setData(_NAME, entry.name)
            self.list.addItem(item)
            if entry.name == current:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    def _on_chosen(self) -> None:
        item = self.list.currentItem()
        self._profile = None
        self.tree.clear()
        try:
            self._profile = load_profile(str(item.data(_NAME))) if item is not None else None
        except KnownError as error:
            self.message.setText(told(error.sentence))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            self._profile is not None
        )
        if self._profile is not None:
            self.message.setText(tr(self._profile.title))
            self._show(self._profile)

    def _show(self, profile: Profile) -> None:
        for spec in DETECTORS.values():
            off = spec.id in profile.disabled
            severity = tr(SEVERITY_TITLES[spec.proposed_severity(profile)])
            row = QTreeWidgetItem(
                self.tree, [tr(spec.title), tr("off") if off else severity, spec.source]
            )
            for threshold in spec.thresholds:
                value = f"{spec.value(profile, threshold.name):g} {threshold.unit}".strip()
                QTreeWidgetItem(row, [tr(threshold.title), value, threshold.source])
        self.tree.expandAll()

    def _on_save(self) -> None:
        name = self.name.text().strip()
        present = self._present
        self.save_requested.emit(
            Profile(name, name, present.thresholds, present.severities, present.disabled)
        )
        self.reject()
