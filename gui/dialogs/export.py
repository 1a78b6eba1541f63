"""Asks what to export, in which format and where to, and says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.errors import KnownError
from core.domain.title import Title
from core.reports.clock import clock_of
from core.reports.format import FORMATS, format_of
from core.reports.gather import Wish
from core.reports.report import Only
from gui.language import mark, told, tr

if TYPE_CHECKING:
    from core.reports.format import Format

_ONLY = {
    Only.ALL: mark("All flags"),
    Only.CONFIRMED: mark("Confirmed and missed defects"),
    Only.UNDECIDED: mark("What is still to be decided"),
}
_WIDTH_PX = 560


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What a person asked for.

    Attributes:
        format: How to write it.
        wish: What it shall hold.
        pictures: Show pictures, where the format has any.
        target: Where to.
    """

    format: Format
    wish: Wish
    pictures: bool
    target: Path


class ExportDialog(QDialog):
    """One export after another, until it is closed.

    Signals:
        ordered: An `ExportOrder`.
        stopped: Give up the export that is running.
        open_wanted: Open the file that was written last.

    Args:
        title: What is exported.
        reviewers: Whose verdicts there are.
        drop_frame: Count timecode in drop-frame where the rate has one.
        parent: The window.
    """

    ordered = Signal(object)
    stopped = Signal()
    open_wanted = Signal()

    def __init__(
        self,
        title: Title,
        reviewers: Sequence[str],
        drop_frame: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export {name}", name=title.name))
        self._title, self._drop_frame, self._running = title, drop_frame, False
        self.format_box, self.only_box, self.reviewer_box = QComboBox(), QComboBox(), QComboBox()
        for entry in FORMATS.values():
            self.format_box.addItem(tr(entry.title), entry.id)
        for only, name in _ONLY.items():
            self.only_box.addItem(tr(name), only.value)
        self.reviewer_box.addItem(tr("Everybody"), "")
        for reviewer in reviewers:
            self.reviewer_box.addItem(reviewer, reviewer)
        self.help = QLabel()
        self.help.setProperty("muted", True)
        self.pictures = QCheckBox(tr("Show the worst frame of every flag"))
        self.pictures.setChecked(True)
        self.start = QLineEdit()
        self.start.setPlaceholderText(
            tr("{timecode} (as shown)", timecode=clock_of(title, drop_frame).timecode(0))
        )
        self.file = QLineEdit(str(title.path.with_name(f"{title.path.stem}.report.html")))
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAutoDefault(False)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(tr("Export is running"))
        self.progress.hide()
        self.message = QLabel()
        self.message.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Close)
        self.export = self.buttons.button(kinds.Ok)
        self.export.setText(tr("Export"))
        self.close_button = self.buttons.button(kinds.Close)
        self.open_file = QPushButton(tr("Open the file"))
        self.open_file.setAutoDefault(False)
        self.open_file.hide()
        self.buttons.addButton(self.open_file, QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._connect()
        self._on_format()

    def _lay_out(self) -> None:
        form = QFormLayout()
        place = QHBoxLayout()
        place.addWidget(self.file, 1)
        place.addWidget(self.choose)
        for name, field in (
            (tr("&Format"), self.format_box),
            (tr("&List"), self.only_box),
            (tr("&Verdicts of"), self.reviewer_box),
            (tr("First f&rame"), self.start),
            (tr("File &name"), self.file),
        ):
            plain = name.replace("&", "")
            field.setAccessibleName(plain)
            label = QLabel(name)
            label.setBuddy(field)
            form.addRow(label, place if field is self.file else field)
            if field is self.format_box:
                form.addRow("", self.help)
        self.start.setToolTip(tr("Timecode of the first frame, for example 01:00:00:00"))
        form.addRow("", self.pictures)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.progress)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(_WIDTH_PX)

    def _connect(self) -> None:
        self.format_box.currentIndexChanged.connect(self._on_format)
        self.start.textChanged.connect(self._on_changed)
        self.file.textChanged.connect(self._on_changed)
        self.choose.clicked.connect(self._choose)
        self.export.clicked.connect(self._order)
        self.open_file.clicked.connect(self.open_wanted)
        self.buttons.rejected.connect(self.reject)

    @property
    def format(self) -> Format:
        """The chosen format."""
        return format_of(str(self.format_box.currentData()))

    @property
    def order(self) -> ExportOrder:
        """What is asked for now."""
        wish = Wish(
            Only(self.only_box.currentData()),
            str(self.reviewer_box.currentData()),
            self._drop_frame,
            self.start.text().strip(),
            self.format.pictures,
        )
        target = Path(self.file.text().strip()).expanduser().absolute()
        return ExportOrder(self.format, wish, self.pictures.isChecked(), target)

    def reject(self) -> None:
        """Stop what runs; else close."""
        if self._running:
            self.stopped.emit()
        else:
            super().reject()

    # What came of it

    def show_running(self, name: str) -> None:
        """Say that a file is being written."""
        self._set_running(True)
        self.message.setText(tr("Writing {name} …", name=name))

    def show_written(self, name: str, notes: Sequence[str] = ()) -> None:
        """Say that a file is written, and what a reader should know of it."""
        self._set_running(False)
        self.message.setText("\n".join((tr("{name} is written.", name=name), *map(told, notes))))
        self.open_file.show()
        self.close_button.setFocus()

    def show_failure(self, sentence: str) -> None:
        """Say why nothing was written."""
        self._set_running(False)
        self.message.setText(told(sentence))

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.progress.setVisible(running)
        self.close_button.setText(tr("Stop") if running else tr("Close"))
        if running:
            self.open_file.hide()
        self._on_changed(keep=True)

    # Inside

    def _on_format(self) -> None:
        chosen = self.format
        self.help.setText(tr(chosen.help))
        self.pictures.setEnabled(chosen.pictures and bool(self._title.video))
        text = self.file.text()
        ours = next((f.suffix for f in FORMATS.values() if text.endswith(f.suffix)), None)
        if ours is not None:
            self.file.setText(f"{text.removesuffix(ours)}{chosen.suffix}")
        self._on_changed()

    def _on_changed(self, _text: str = "", keep: bool = False) -> None:
        trouble = self._trouble()
        self.export.setEnabled(not trouble and not self._running)
        if not keep:
            self.message.setText(trouble)
            self.open_file.hide()

    def _trouble(self) -> str:
        if not self.file.text().strip():
            return tr("Name a file.")
        try:
            clock_of(self._title, self._drop_frame, self.start.text().strip())
        except KnownError as error:
            return told(error.sentence)
        return ""

    def _choose(self) -> None:
        here = self.order.target
        dialog = QFileDialog(self, tr("Export to"), str(here.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # The desk asks before it replaces a file, also one that was typed.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilters(
            [f"{tr(self.format.title)} (*{self.format.suffix})", tr("All files (*)")]
        )
        dialog.setDefaultSuffix(self.format.suffix.removeprefix("."))
        dialog.selectFile(here.name)
        dialog.fileSelected.connect(self.file.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _order(self) -> None:
        if self.export.isEnabled():
            self.ordered.emit(self.order)
