"""The settings dialog, made from the table of settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.config.settings import GROUPS, SETTINGS, Kind, Setting, Settings, Value
from core.domain.errors import KnownError
from gui.language import tr


class SettingsDialog(QDialog):
    """Edits a copy of the values; they are kept when accepted.

    Signals:
        applied: The settings were changed and saved.
        failed: Sentence and details when they could not be saved.

    Args:
        settings: What is edited.
        parent: Owner.
        devices: Names of the sound devices to choose from.
    """

    applied = Signal()
    failed = Signal(str, str)

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        devices: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self._devices = tuple(devices)
        self._settings = settings
        self.fields: dict[str, QWidget] = {}
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Groups of settings"))
        for group, title in GROUPS.items():
            self.tabs.addTab(self._page(group), tr(title))
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        restore = buttons.button(kinds.RestoreDefaults)
        restore.setToolTip(tr("Put the defaults into all fields; nothing is kept before OK"))
        restore.clicked.connect(self.show_defaults)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)
        self.resize(620, 420)

    def accept(self) -> None:
        """Keep all values and close."""
        for key in self.fields:
            self._settings.set(key, self.value(key))
        try:
            self._settings.save()
        except KnownError as error:
            self.failed.emit(error.sentence, error.details)
        self.applied.emit()
        super().accept()

    def show_defaults(self) -> None:
        """Put the defaults into all fields."""
        for key, setting in SETTINGS.items():
            self.set_value(key, setting.default)

    def value(self, key: str) -> Value:
        """What a field holds."""
        field = self.fields[key]
        if isinstance(field, QCheckBox):
            return field.isChecked()
        if isinstance(field, QSpinBox | QDoubleSpinBox):
            return field.value()
        if isinstance(field, QComboBox):
            return str(field.currentData())
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def set_value(self, key: str, value: Value) -> None:
        """Put a value into a field."""
        field = self.fields[key]
        if isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value))
        elif isinstance(field, QDoubleSpinBox):
            field.setValue(float(value))
        elif isinstance(field, QComboBox):
            if field.findData(value) < 0:
                # What a person once chose stays chosen while it is not plugged in.
                field.addItem(tr("{value} (not there now)", value=value), value)
            field.setCurrentIndex(field.findData(value))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(str(value))

    def _page(self, group: str) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(4)
        for setting in SETTINGS.values():
            if setting.group == group:
                self._add(form, setting)
        return page

    def _add(self, form: QFormLayout, setting: Setting) -> None:
        field = _field(setting, self._devices)
        field.setAccessibleName(tr(setting.title))
        field.setAccessibleDescription(tr(setting.help))
        field.setToolTip(tr(setting.help))
        self.fields[setting.key] = field
        self.set_value(setting.key, self._settings.get(setting.key))
        help_text = QLabel(tr(setting.help))
        help_text.setProperty("muted", True)
        help_text.setWordWrap(True)
        if isinstance(field, QCheckBox):
            field.setText(tr(setting.title))
            form.addRow("", field)
        elif setting.kind is Kind.PATH:
            form.addRow(tr(setting.title), self._with_browse(field, setting))
        else:
            form.addRow(tr(setting.title), field)
        form.addRow("", help_text)

    def _with_browse(self, field: QWidget, setting: Setting) -> QWidget:
        button = QPushButton(tr("Choose…"))
        button.setAccessibleName(tr("Choose: {title}", title=tr(setting.title)))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._on_browse(setting))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(button)
        return row

    def _on_browse(self, setting: Setting) -> None:
        start = str(self.value(setting.key)) or str(Path.home())
        dialog = QFileDialog(self, tr(setting.title), start)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.set_value(setting.key, path))
        dialog.open()


def _field(setting: Setting, devices: Sequence[str]) -> QWidget:
    suffix = f" {tr(setting.unit)}" if setting.unit else ""
    match setting.kind:
        case Kind.BOOL:
            return QCheckBox()
        case Kind.INT:
            whole = QSpinBox()
            whole.setRange(int(setting.low), int(setting.high))
            whole.setSuffix(suffix)
            return whole
        case Kind.FLOAT:
            number = QDoubleSpinBox()
            number.setRange(setting.low, setting.high)
            number.setDecimals(2)
            number.setSingleStep(0.1 if setting.high - setting.low <= 100 else 1.0)
            number.setSuffix(suffix)
            return number
        case Kind.CHOICE:
            box = QComboBox()
            for value, title in setting.choices.items():
                box.addItem(tr(title), value)
            return box
        case Kind.DEVICE:
            box = QComboBox()
            box.addItem(tr("The system's choice"), "")
            for name in devices:
                box.addItem(name, name)
            return box
        case Kind.TEXT | Kind.PATH:
            return QLineEdit()
