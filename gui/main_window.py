"""The window: where everything is, menus, drag and drop, layout that is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.config.paths import resources_dir
from core.domain.title import printable
from gui.actions import ACTIONS, MENUS, ActionSet
from gui.desk.banner import Banner
from gui.desk.empty import EmptyState
from gui.desk.job import JobsPanel
from gui.language import tr
from gui.library.view import LibraryView
from gui.tour.bar import TourBar
from gui.widget import ElidedLabel, plain_tip

_HIDDEN_AT_FIRST = frozenset({"view.spectrum"})


@dataclass(frozen=True, slots=True)
class Parts:
    """The widgets that the window lays out; it knows nothing of what they do.

    Attributes:
        player: The picture and the controls below it.
        queue: Table of flags.
        verdict: Decisions about one flag.
        jobs: What runs.
        ruler: Time ruler above all lanes.
        thumbnails: Strip of pictures.
        lanes: One lane a detector.
        waveform: Sound wave.
        spectrogram: Spectrum over time.
        metrics: Curve of the selected flag.
        spectrum: Level over frequency of a stretch.
        audition: What can be heard of a flag of the sound.
        sync: What is said about sync, and moving the sound.
        sync_strip: Sync along the title.
    """

    player: QWidget
    queue: QWidget
    verdict: QWidget
    jobs: QWidget
    ruler: QWidget
    thumbnails: QWidget
    lanes: QWidget
    waveform: QWidget
    spectrogram: QWidget
    metrics: QWidget
    spectrum: QWidget
    audition: QWidget
    sync: QWidget
    sync_strip: QWidget


class MainWindow(QMainWindow):
    """The desk's only window.

    Signals:
        files_dropped: Paths that were dropped on it.
        escaped: Escape was pressed, and nothing else wanted it.
        painted: It has been painted for the first time.
        close_requested: Somebody wants to leave; `allow_close` lets it happen.
    """

    files_dropped = Signal(object)
    close_requested = Signal()
    escaped = Signal()
    painted = Signal()

    def __init__(
        self,
        make_parts: Callable[[ActionSet, QWidget], Parts],
        shortcuts: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(resources_dir() / "icons" / "onglass.svg")))
        self._may_close = self._seen = False
        self.actions_table = ActionSet(shortcuts, self)
        self.parts = make_parts(self.actions_table, self)
        self.banner = Banner()
        self.tour = TourBar(self.actions_table)
        self.empty = EmptyState(self.actions_table)
        self.library = LibraryView(self.actions_table)
        self._home: QWidget = self.empty
        self._name = ""
        self._before: QWidget | None = None
        self._build_desk()
        self._build_centre()
        self._build_menus()
        self._build_status()
        self._connect_panes()
        self.set_title("")

    # -- building ---------------------------------------------------------------------------

    def _build_desk(self) -> None:
        parts = self.parts
        below = (parts.verdict, parts.audition, parts.sync, parts.jobs)
        self.side = _column(parts.queue, parts.spectrum, *below)
        self.side.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.side.setMinimumWidth(420)
        lanes = _column(parts.ruler, parts.thumbnails, parts.lanes, parts.sync_strip)
        lanes.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.panes = _splitter(
            Qt.Orientation.Vertical,
            tr("Panes"),
            lanes,
            parts.waveform,
            parts.spectrogram,
            parts.metrics,
        )
        self.rows = _splitter(
            Qt.Orientation.Vertical, tr("Picture and panes"), parts.player, self.panes
        )
        self.columns = _splitter(
            Qt.Orientation.Horizontal, tr("Picture and queue"), self.rows, self.side
        )
        self.rows.setCollapsible(0, False)
        self.columns.setCollapsible(0, False)
        self.reset_layout()

    def _build_centre(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.library)
        self.setCentralWidget(_column(self.banner, self.tour, self.stack))

    def _build_menus(self) -> None:
        self.recent_menu = QMenu(tr("Recent titles"), self)
        for name in MENUS:
            menu = self.menuBar().addMenu(tr(f"&{name}"))
            menu.setToolTipsVisible(True)
            for spec in ACTIONS.values():
                if spec.menu == name:
                    if spec.starts_group:
                        menu.addSeparator()
                    menu.addAction(self.actions_table[spec.id])
                    if spec.id == "file.open_sample":
                        menu.addMenu(self.recent_menu)

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.message = ElidedLabel()
        self.message.setAccessibleName(tr("Status"))
        self.reviewer = _status(tr("Reviewer"))
        self.profile = _status(tr("Profile"))
        self.clock = _status(tr("Clock source"))
        self.dropped = _status(tr("Dropped frames"))
        self.badge = _status(tr("State of the store"))
        self.badge.setProperty("badge", True)
        self.badge.hide()
        self.store = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.store.setAccessibleName(tr("Store"))
        bar.addWidget(self.message, 3)
        for label in (self.dropped, self.clock, self.profile, self.reviewer, self.badge):
            bar.addPermanentWidget(label)
        bar.addPermanentWidget(self.store, 2)

    def _connect_panes(self) -> None:
        table = self.actions_table
        for action_id, pane in self._switched().items():
            table[action_id].setChecked(action_id not in _HIDDEN_AT_FIRST)
            shows = pane.set_wanted if isinstance(pane, JobsPanel) else pane.setVisible
            table.connect_switch(action_id, shows)
        parts = self._switched()
        for action_id in _HIDDEN_AT_FIRST:
            parts[action_id].hide()
        table.connect_switch("view.full_screen", self._on_full_screen)
        table.connect_to("view.reset_layout", self.reset_layout)

    def _switched(self) -> dict[str, QWidget]:
        parts = self.parts
        return {
            "view.metrics": parts.metrics,
            "view.waveform": parts.waveform,
            "view.spectrogram": parts.spectrogram,
            "view.thumbnails": parts.thumbnails,
            "view.spectrum": parts.spectrum,
            "view.jobs": parts.jobs,
        }

    # -- what it shows ----------------------------------------------------------------------

    def set_title(self, name: str, undecided: int = 0) -> None:
        """Show the desk with a title's name, or the page to begin with."""
        if name != self._name:
            self._name, self._before = name, None
        self._show_page()
        left = f" ({tr('%n undecided', undecided)})" if undecided else ""
        shown = printable(name)
        self.setWindowTitle(f"{shown}{left} — Onglass" if name else "Onglass")

    def set_home(self, *, library: bool) -> None:
        """Begin with the library, or with the empty page."""
        self._home = self.library if library else self.empty
        self._show_page()

    def show_library(self, wanted: bool) -> None:
        """Show the library before all else, or what stands behind it."""
        self.show_before(self.library if wanted else None)

    def show_before(self, page: QWidget | None) -> None:
        """Show a page of the stack before all else, or what stands behind it."""
        self._before = page
        self._show_page()

    def _show_page(self) -> None:
        behind = self.columns if self._name else self._home
        self.stack.setCurrentWidget(self._before or behind)

    def set_recent(self, paths: Sequence[str], choose: Callable[[str], None]) -> None:
        """List recent titles in the menu and on the empty page."""
        self.empty.set_recent(paths)
        self.recent_menu.clear()
        self.recent_menu.setEnabled(bool(paths))
        for path in paths:
            action = self.recent_menu.addAction(printable(Path(path).name).replace("&", "&&"))
            action.setToolTip(plain_tip(printable(path)))
            action.triggered.connect(lambda _checked=False, path=path: choose(path))

    # -- layout -----------------------------------------------------------------------------

    def reset_layout(self) -> None:
        """Put panes back where they were at first."""
        self.rows.setSizes([312, 366])
        self.rows.setStretchFactor(0, 3)
        self.rows.setStretchFactor(1, 1)
        self.columns.setSizes([796, 484])
        self.columns.setStretchFactor(0, 1)
        self.columns.setStretchFactor(1, 0)
        self.panes.setSizes([192, 56, 54, 60])
        for index, factor in enumerate((1, 1, 1, 1)):
            self.panes.setStretchFactor(index, factor)
        for action_id in self._switched() if hasattr(self, "stack") else ():
            self.actions_table[action_id].setChecked(action_id not in _HIDDEN_AT_FIRST)

    def save_layout(self) -> dict[str, str]:
        """Sizes and visibility as text, for the settings."""
        state = {
            "geometry": _text(self.saveGeometry()),
            "rows": _text(self.rows.saveState()),
            "columns": _text(self.columns.saveState()),
            "panes": _text(self.panes.saveState()),
            "docks": _text(self.saveState()),
        }
        hidden = [i for i in self._switched() if not self.actions_table[i].isChecked()]
        shown = [i for i in sorted(_HIDDEN_AT_FIRST) if self.actions_table[i].isChecked()]
        return {**state, "hidden": " ".join(hidden), "shown": " ".join(shown)}

    def restore_layout(self, layout: Mapping[str, str]) -> None:
        """Take sizes and visibility; what does not fit is left out."""
        if "geometry" in layout:
            self.restoreGeometry(_bytes(layout["geometry"]))
        if "docks" in layout:
            self.restoreState(_bytes(layout["docks"]))
        for name, splitter in (
            ("rows", self.rows),
            ("columns", self.columns),
            ("panes", self.panes),
        ):
            if name in layout:
                splitter.restoreState(_bytes(layout[name]))
        for action_id in layout.get("hidden", "").split():
            if action_id in self._switched():
                self.actions_table[action_id].setChecked(False)
        for action_id in _HIDDEN_AT_FIRST.intersection(layout.get("shown", "").split()):
            self.actions_table[action_id].setChecked(True)

    def _on_full_screen(self, wanted: bool) -> None:
        """Full screen is the picture alone; every shortcut still works."""
        for widget in (self.menuBar(), self.statusBar(), self.side, self.panes):
            widget.setVisible(not wanted)
        if wanted != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- events -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if _local_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        files = _local_files(event)
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave full screen with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.actions_table["view.full_screen"].setChecked(False)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window is there; what can wait begins then."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def allow_close(self) -> None:
        """Close for good."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the desk first: it may have something to finish."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()


def _column(*widgets: QWidget) -> QFrame:
    frame = QFrame()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(1)
    for widget in widgets:
        layout.addWidget(widget)
    return frame


def _splitter(orientation: Qt.Orientation, name: str, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setAccessibleName(name)
    splitter.setHandleWidth(4)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _status(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    return label


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))


def _local_files(event: QDropEvent) -> tuple[Path, ...]:
    urls = event.mimeData().urls()
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
