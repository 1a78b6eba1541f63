"""Asks which list of flags to import, shows what is in it, and what was imported before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.title import Title
from core.reports.clock import clock_of
from gui.dialogs.sheet import Sheet
from gui.language import tr
from gui.queue.flag_text import SEVERITY_TITLES, defect_title

if TYPE_CHECKING:
    from core.reports.intake.take import Intake
    from core.review.outside import Import

_WIDTH_PX, _HEIGHT_PX = 760, 560
_MOST_ROWS = 500


class ImportDialog(QDialog):
    """One list after another, until it is closed.

    Signals:
        file_chosen: Path, and what the list calls the first frame; read it, please.
        import_wanted: Keep what was read.
        removal_wanted: Id of an import to take out.

    Args:
        title: Where the flags go.
        drop_frame: Count timecode in drop-frame where the rate has one.
        clock: Writes seconds as the desk does.
        parent: The window.
    """

    file_chosen = Signal(Path, str)
    import_wanted = Signal()
    removal_wanted = Signal(str)

    def __init__(
        self,
        title: Title,
        drop_frame: bool,
        clock: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Import flags into {name}", name=title.name))
        self._clock, self._start = clock, title.path.parent
        self.file = QLineEdit()
        self.file.setAccessibleName(tr("File"))
        self.file.setPlaceholderText(tr("JSON, or an edit list (.edl)"))
        self.browse = QPushButton(tr("Browse…"))
        self.timecode = QLineEdit()
        self.timecode.setAccessibleName(tr("Timecode of the first frame"))
        first = clock_of(title, drop_frame).timecode(0)
        self.timecode.setPlaceholderText(tr("as the list says, else {first}", first=first))
        self.timecode.setToolTip(tr("What the edit list calls the first frame of the title"))
        self.flags = Sheet(
            tr("Flags in the file"), tr("From"), tr("To"), tr("Defect"), tr("Severity"), tr("Note")
        )
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.earlier = Sheet(
            tr("Imported before"), tr("File"), tr("Flags"), tr("By"), tr("At (UTC)")
        )
        self.remove = QPushButton(tr("Take out"))
        self.remove.setToolTip(tr("Its flags go; verdicts on them stay"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.take = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out(buttons)
        self.browse.clicked.connect(self._browse)
        self.file.editingFinished.connect(self._read)
        self.timecode.editingFinished.connect(self._read)
        self.take.clicked.connect(self.import_wanted)
        self.remove.clicked.connect(self._remove)
        self.earlier.itemSelectionChanged.connect(self._show_removable)
        buttons.rejected.connect(self.reject)
        self._asked = ("", "")
        self.show_earlier(())
        self.show_nothing(tr("Choose a file to see what is in it; nothing is kept before that."))

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(self.browse)
        form = QFormLayout()
        label = QLabel(tr("&File"))
        label.setBuddy(self.file)
        form.addRow(label, row)
        form.addRow(tr("First frame is &called"), self.timecode)
        below = QHBoxLayout()
        below.addWidget(QLabel(tr("Imported before")), 1)
        below.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.flags, 3)
        layout.addWidget(self.said)
        layout.addLayout(below)
        layout.addWidget(self.earlier, 1)
        layout.addWidget(buttons)
        self.resize(_WIDTH_PX, _HEIGHT_PX)

    def show_nothing(self, sentence: str) -> None:
        """Show no flags, and why."""
        self.flags.setRowCount(0)
        self.said.setText(sentence)
        self.take.setEnabled(False)

    def show_intake(self, intake: Intake) -> None:
        """Show what a file holds."""
        findings = intake.findings
        self.flags.fill(
            [
                (
                    self._clock(found.span.start_s),
                    self._clock(found.span.end_s),
                    defect_title(found.defect),
                    tr(SEVERITY_TITLES[found.severity]),
                    found.evidence.note,
                )
                for found in findings[:_MOST_ROWS]
            ]
        )
        sentences = [tr("%n flags", len(findings)) + "."]
        if len(findings) > _MOST_ROWS:
            sentences.append(tr("The first {count} are shown.", count=_MOST_ROWS))
        self.said.setText(" ".join((*sentences, *intake.notes)))
        self.take.setEnabled(True)
        self.take.setDefault(True)

    def show_earlier(self, imports: Sequence[Import]) -> None:
        """Show what was imported before."""
        self._ids = tuple(one.id for one in imports)
        self.earlier.fill(
            [
                (one.name, str(len(one.findings)), one.by, f"{one.at:%Y-%m-%d %H:%M}")
                for one in imports
            ]
        )
        self._show_removable()

    def choose(self, path: Path) -> None:
        """Have a file read, as if a person had chosen it."""
        self.file.setText(str(path))
        self._read()

    def read_again(self) -> None:
        """Forget what was asked last, so that the next wish is granted."""
        self._asked = ("", "")

    def _browse(self) -> None:
        kinds = tr("Lists of flags") + " (*.json *.edl *.txt)"
        dialog = QFileDialog(self, tr("Import flags"), str(self._start), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.choose(Path(path)))
        dialog.open()

    def _read(self) -> None:
        asked = (self.file.text().strip(), self.timecode.text().strip())
        if asked[0] and asked != self._asked:
            self._asked = asked
            self.file_chosen.emit(Path(asked[0]).expanduser(), asked[1])

    def _remove(self) -> None:
        row = self.earlier.currentRow()
        if row >= 0:
            self.removal_wanted.emit(self._ids[row])

    def _show_removable(self) -> None:
        self.remove.setEnabled(bool(self.earlier.selectedItems()))
