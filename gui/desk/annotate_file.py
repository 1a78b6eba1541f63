"""New masks, their classes, and masks from and for other tools: the dialogs of the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from core.domain.errors import KnownError
from core.domain.mask import MaskClass, MaskProject
from gui.bridge import explain
from gui.language import mark, told, tr

if TYPE_CHECKING:
    from core.review.mask import MaskRoom
    from gui.annotate.class_dialog import ClassDialog
    from gui.desk.annotate import AnnotateDesk
    from gui.desk.desk import Desk

_FORMATS = {
    "coco": (mark("COCO, one JSON file"), "json"),
    "cvat": (mark("CVAT for video, one XML file"), "xml"),
    "png": (mark("PNG and index, a folder"), ""),
}
_READ = mark("Masks: COCO, CVAT, index of PNGs, video")
_SUFFIXES = "*.json *.xml *.mkv *.mp4 *.mov *.webm"


class MaskFiles(QObject):
    """Asks, and has the lane do it.

    Args:
        desk: The desk.
        annotate: The workspace; owns this object.
    """

    def __init__(self, desk: Desk, annotate: AnnotateDesk) -> None:
        super().__init__(annotate)
        self._desk, self._annotate = desk, annotate
        self._busy = 0
        self.dialog: ClassDialog | None = None
        self.files: QFileDialog | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being written or read."""
        return self._busy == 0

    def close(self) -> None:
        """Close what is asked."""
        for dialog in (self.dialog, self.files):
            if dialog is not None:
                dialog.close()
        self.dialog = self.files = None

    # Classes

    def ask_new(self) -> None:
        """Ask for name and classes of new masks."""
        title = self._desk.title
        if title is not None and self.dialog is None:
            self._show(title.path.stem, (), self._make)

    def ask_classes(self) -> None:
        """Show the classes, to be added to and changed."""
        project = self._annotate.project
        if project is not None and self.dialog is None:
            self._show(project.name, project.classes, self._reclass)

    def _show(
        self,
        name: str,
        classes: tuple[MaskClass, ...],
        agreed: Callable[[str, tuple[MaskClass, ...]], None],
    ) -> None:
        from gui.annotate.class_dialog import ClassDialog

        self.dialog = dialog = ClassDialog(name, classes, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(agreed)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None
        # Where no window manager gives it back, the keyboard would be nowhere.
        self._desk.window.activateWindow()

    def _make(self, name: str, classes: tuple[MaskClass, ...]) -> None:
        title, by = self._desk.title, self._desk.reviewer
        if title is None:
            return
        self._annotate.lane.ask(
            lambda room: room.make(title, classes, by, name), self._on_made, self._on_refused
        )

    def _reclass(self, _name: str, classes: tuple[MaskClass, ...]) -> None:
        project = self._annotate.project
        if project is not None:
            self._annotate.lane.ask(
                lambda room: room.reclass(project, classes), self._on_made, self._on_refused
            )

    def _on_made(self, project: MaskProject) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._annotate.made(project)

    def _on_refused(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self.dialog is not None and isinstance(error, KnownError):
            self.dialog.show_failure(told(sentence))
        else:
            self._desk.complain(sentence, details)

    # Files

    def ask_export(self) -> None:
        """Ask where to write the masks, and how."""
        project, title = self._annotate.project, self._desk.title
        if project is None or title is None:
            self._desk.say(tr("There are no masks to export."))
            return
        dialog = self._file_dialog(tr("Export masks"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {_filter(tr(words), ending): form for form, (words, ending) in _FORMATS.items()}
        dialog.setNameFilters(list(filters))
        # Nothing is replaced: the use case refuses, with a sentence.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(f"{title.path.stem}.masks")

        def chosen(path: str) -> None:
            form = filters[dialog.selectedNameFilter()]
            self.write(form, _with_ending(Path(path), _FORMATS[form][1]))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ask_import(self) -> None:
        """Ask which masks to lay over those there are."""
        dialog = self._file_dialog(tr("Import masks"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{tr(_READ)} ({_SUFFIXES})", tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.take_in(Path(path)))
        dialog.open()

    def write(self, form: str, out: Path) -> None:
        """Write the masks."""
        project, times = self._annotate.project, self._annotate.frame_times
        if project is None or not self._know_frames():
            return

        def work(room: MaskRoom) -> int:
            # Formats bring what only they need; who never exports never waits for it.
            from core.annotation.exchange.file import MaskFormat

            return room.write(project, MaskFormat(form), out, times)

        self._do(work, lambda count: tr("%n frames are in {path}", count, path=out))

    def take_in(self, source: Path) -> None:
        """Lay the masks of a file over those there are."""
        project, times = self._annotate.project, self._annotate.frame_times
        by, bench = self._desk.reviewer, self._annotate.bench
        if project is None or bench is None or not self._know_frames():
            return
        # PNGs lie in a folder, which is chosen by its index.
        source = source.parent if source.name == "index.json" else source
        number = bench.panel.classes.number
        name = next((c.name for c in project.classes if c.number == number), "")
        self._do(
            lambda room: room.take_in(project, source, name, times, by),
            lambda count: tr("%n frames of {name} lie over the masks", count, name=source.name),
        )

    def _know_frames(self) -> bool:
        if len(self._annotate.frame_times):
            return True
        self._desk.say(tr("The title is still being read; try again in a moment."))
        return False

    def _do(self, work: Callable[[MaskRoom], int], words: Callable[[int], str]) -> None:
        self._busy += 1

        def done(count: int) -> None:
            self._busy -= 1
            self._desk.say(words(count))
            self._annotate.look_soon()

        def failed(error: BaseException) -> None:
            self._busy -= 1
            self._desk.complain(*explain(error))

        self._annotate.lane.ask(work, done, failed)

    def _file_dialog(self, caption: str) -> QFileDialog:
        title = self._desk.title
        start = str(title.path.parent) if title is not None else ""
        dialog = self.files = QFileDialog(self._desk.window, caption, start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_files_closed)
        return dialog

    def _on_files_closed(self) -> None:
        self.files = None
        self._desk.window.activateWindow()


def _filter(words: str, ending: str) -> str:
    return f"{words} (*.{ending})" if ending else f"{words} (*)"


def _with_ending(path: Path, ending: str) -> Path:
    if not ending or path.suffix.lower() == f".{ending}":
        return path
    return path.with_name(f"{path.name}.{ending}")
