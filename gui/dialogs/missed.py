"""Reporting a defect that no detector flagged."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core.domain.defect import DEFECTS, Medium, Severity
from core.domain.title import Title
from core.domain.verdict import Disposition
from gui.language import mark, plain, tr
from gui.queue.flag_text import SEVERITY_TITLES
from gui.wording import DISPOSITIONS, capital, stream_kind

_MEDIA = {
    Medium.VIDEO: mark("Picture"),
    Medium.AUDIO: mark("Sound"),
    Medium.SYNC: mark("Sync"),
    Medium.CAPTION: mark("Captions"),
    Medium.STRUCTURE: mark("Stream"),
}


class MissedDialog(QDialog):
    """Asks which defect the marked stretch shows, in which stream, how bad, what to do.

    Args:
        title: The title, for its streams.
        where: The stretch in words.
        parent: The window.
    """

    def __init__(self, title: Title, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Missed defect"))
        self._title = title
        self.defect_box = QComboBox()
        for medium in Medium:
            for defect in DEFECTS.values():
                if defect.medium is medium:
                    self.defect_box.addItem(f"{tr(_MEDIA[medium])}: {tr(defect.title)}", defect.id)
        self.defect_box.setMaxVisibleItems(20)
        self.stream_box = QComboBox()
        self.severity_box = QComboBox()
        for severity in reversed(Severity):
            self.severity_box.addItem(tr(SEVERITY_TITLES[severity]), severity.value)
        self.severity_box.setCurrentIndex(1)
        self.disposition_box = QComboBox()
        for disposition in Disposition:
            text = capital(tr(DISPOSITIONS[disposition]))
            self.disposition_box.addItem(text, disposition.value)
        self.comment = QLineEdit()
        self.meaning = QLabel()
        self.meaning.setWordWrap(True)
        self.meaning.setProperty("muted", True)
        form = QFormLayout()
        form.addRow(tr("Where"), QLabel(where))
        for name, field in (
            (tr("&Defect"), self.defect_box),
            (tr("Strea&m"), self.stream_box),
            (tr("&Severity"), self.severity_box),
            (tr("&To do"), self.disposition_box),
            (tr("&Comment"), self.comment),
        ):
            field.setAccessibleName(plain(name))
            form.addRow(name, field)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.button(kinds.Ok).setText(tr("Report"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.meaning)
        layout.addWidget(self.buttons)
        self.defect_box.currentIndexChanged.connect(self._on_defect_changed)
        self._on_defect_changed()
        self.setMinimumWidth(420)

    def propose(self, defect: str, comment: str) -> None:
        """Fill in what is known already; the person may change it."""
        self.defect_box.setCurrentIndex(self.defect_box.findData(defect))
        self.comment.setText(comment)

    @property
    def defect(self) -> str:
        """Id of the chosen defect."""
        return str(self.defect_box.currentData())

    @property
    def stream(self) -> int:
        """Container index of the chosen stream."""
        return int(self.stream_box.currentData())

    @property
    def severity(self) -> Severity:
        """The chosen severity."""
        return Severity(self.severity_box.currentData())

    @property
    def disposition(self) -> Disposition:
        """What is to be done."""
        return Disposition(self.disposition_box.currentData())

    @property
    def comment_text(self) -> str:
        """What was written."""
        return self.comment.text().strip()

    def _on_defect_changed(self) -> None:
        defect = DEFECTS[self.defect]
        self.meaning.setText(tr(defect.description))
        title = self._title
        groups = {
            Medium.VIDEO: title.video,
            Medium.AUDIO: title.audio,
            Medium.CAPTION: title.captions,
        }
        every = (*title.video, *title.audio, *title.captions)
        streams = groups.get(defect.medium) or every
        self.stream_box.clear()
        for stream in streams:
            parts = [
                f"{stream.index}",
                stream_kind(stream),
                stream.codec,
                stream.language,
                stream.title,
            ]
            self.stream_box.addItem(" · ".join(p for p in parts if p), stream.index)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(streams))
