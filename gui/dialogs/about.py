"""What this is, which versions it runs on, and under which licence."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.dialogs.licence import LicenceView
from gui.language import tr

_PARTS = ("PySide6-Essentials", "av", "onnxruntime", "numpy", "SQLAlchemy", "sounddevice", "torch")
_LICENCES = 1


def versions() -> dict[str, str]:
    """Versions by name, read from what is installed; nothing is imported for it."""
    found = {"Onglass": _version("onglass"), "Python": platform.python_version()}
    found["Qt"] = qVersion()
    found.update({part: _version(part) for part in _PARTS})
    found["System"] = platform.platform()
    return found


def _version(part: str) -> str:
    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return tr("not installed")


class AboutDialog(QDialog):
    """Name, purpose, versions, and the licences of all parts.

    Attributes:
        licences: The parts; gathered only when their page is first looked at.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Onglass"))
        head = QLabel("Onglass")
        head.setProperty("heading", True)
        text = QLabel(
            tr(
                "The desk for eyes on glass: play a title, see where it is broken, decide.\n"
                "Licensed under the Apache License 2.0."
            )
        )
        text.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._text = "\n".join(f"{name:<20}{version}" for name, version in versions().items())
        field = QPlainTextEdit(self._text)
        field.setReadOnly(True)
        field.setFont(theme.mono_font(0.95))
        field.setAccessibleName(tr("Versions"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(tr("Copy"))
        copy.setToolTip(tr("Copy the versions"))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        buttons.rejected.connect(self.reject)
        self.licences: LicenceView | None = None
        self.pages = QTabWidget()
        self.pages.setAccessibleName(tr("Versions and licences"))
        self.pages.addTab(field, tr("Versions"))
        self._frame = QWidget()
        self.pages.addTab(self._frame, tr("Licences"))
        self.pages.currentChanged.connect(self._on_page)
        layout = QVBoxLayout(self)
        for widget in (head, text, self.pages, buttons):
            layout.addWidget(widget)
        self.resize(760, 640)

    def done(self, result: int) -> None:
        """Close, and end what gathers licences."""
        if self.licences is not None:
            self.licences.close_lane()
        super().done(result)

    def _on_page(self, page: int) -> None:
        if page != _LICENCES or self.licences is not None:
            return
        self.licences = LicenceView()
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.licences)
        self.licences.search.setFocus()
