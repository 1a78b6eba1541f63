"""The backups of the store: what there is, what going back would lose, and going back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.language import tr

if TYPE_CHECKING:
    from core.review.backup import BackupInfo, Comparison

_SIZE = (860, 420)
_NAMED_TITLES = 3


class BackupDialog(QDialog):
    """Lists backups; asks for a new one, for a comparison, for a restore.

    Signals:
        make_wanted: Make a backup now.
        compare_wanted: The `BackupInfo` that was selected.
        restore_wanted: The `BackupInfo` to go back to.
        folder_wanted: Show the folder of the backups.

    Args:
        where: The store, as people know it.
        read_only: The store cannot be replaced.
        parent: The window.
    """

    make_wanted = Signal()
    compare_wanted = Signal(object)
    restore_wanted = Signal(object)
    folder_wanted = Signal()

    def __init__(self, where: str, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Backups"))
        self._read_only = read_only
        self._backups: tuple[BackupInfo, ...] = ()
        head = QLabel(
            tr(
                "A copy of {store} is made once a day when the desk is closed, and before every "
                "update and restore.",
                store=where,
            )
        )
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        self._build_table()
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.message.setAccessibleName(tr("What going back would change"))
        layout = QVBoxLayout(self)
        layout.addWidget(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.message)
        layout.addWidget(self._build_buttons())
        self.resize(*_SIZE)
        self.show_busy(tr("Reading the backups…"))

    def _build_table(self) -> None:
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels(
            [tr("When"), tr("Why"), tr("Size"), tr("Verdicts"), tr("State")]
        )
        self.table.setAccessibleName(tr("Backups"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemSelectionChanged.connect(self._on_selected)

    def _build_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.make = QPushButton(tr("Back up now"))
        self.make.setToolTip(tr("Copy the store as it is at this moment"))
        self.folder = QPushButton(tr("Show the folder"))
        self.folder.setToolTip(tr("Open the folder of the backups"))
        self.restore = QPushButton(tr("Go back to this…"))
        self.restore.setToolTip(
            tr("Put the selected backup in the place of the store, which is set aside first")
        )
        for button, signal in ((self.make, self.make_wanted), (self.folder, self.folder_wanted)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            buttons.addButton(button, role)
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self._on_restore)
        buttons.addButton(self.restore, role)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        return buttons

    @property
    def selected(self) -> BackupInfo | None:
        """The backup that is selected."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        row = min(rows, default=-1)
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def show_backups(self, backups: Sequence[BackupInfo]) -> None:
        """List backups; the selection stays with its file."""
        chosen = self.selected
        self._backups = tuple(backups)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._backups))
        for row, info in enumerate(self._backups):
            for column, text in enumerate(_cells(info)):
                item = QTableWidgetItem(text)
                item.setToolTip(str(info.path) if column == 0 else text)
                self.table.setItem(row, column, item)
        paths = [info.path for info in self._backups]
        if chosen is not None and chosen.path in paths:
            self.table.selectRow(paths.index(chosen.path))
        elif chosen is not None:
            self.table.clearSelection()
        self.table.blockSignals(False)
        self._enable()
        if not self._backups:
            self.message.setText(tr("There are no backups yet; “Back up now” makes the first."))
        elif self.selected is None:
            self.message.setText(tr("Select a backup to see what going back to it would lose."))

    def show_busy(self, sentence: str) -> None:
        """Say what is being done; nothing can be asked for meanwhile."""
        self.message.setText(sentence)
        for button in (self.make, self.restore):
            button.setEnabled(False)

    def show_comparison(self, info: BackupInfo, difference: Comparison) -> None:
        """Say what going back to a backup would change."""
        if info != self.selected:
            return
        self.message.setText(_told(difference))
        self._enable()

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong."""
        self.message.setText(sentence)
        self._enable()

    def _enable(self) -> None:
        info = self.selected
        self.make.setEnabled(True)
        self.restore.setEnabled(
            info is not None and info.checked and not info.problem and not self._read_only
        )

    def _on_selected(self) -> None:
        self._enable()
        info = self.selected
        if info is None:
            return
        if info.problem:
            self.message.setText(info.problem)
        elif self._read_only:
            self.message.setText(tr("The store can only be read here, so it cannot be replaced."))
        else:
            self.message.setText(tr("Comparing it with the present store…"))
            self.compare_wanted.emit(info)

    def _on_restore(self) -> None:
        if self.selected is not None:
            self.restore_wanted.emit(self.selected)


def _cells(info: BackupInfo) -> tuple[str, ...]:
    locale = QLocale()
    state = info.problem or (tr("Whole") if info.checked else tr("Being checked…"))
    verdicts = "–" if info.verdicts is None else locale.toString(info.verdicts)
    return (
        f"{info.made.astimezone():%Y-%m-%d %H:%M:%S}",
        why(info.label),
        locale.formattedDataSize(info.size_bytes, 1),
        verdicts,
        state,
    )


def why(label: str) -> str:
    """Why a backup was made, in words."""
    known = {
        "automatic": tr("Automatic"),
        "manual": tr("By hand"),
        "before-restore": tr("Before going back"),
    }
    if label.startswith("before-0"):
        return tr("Before an update")
    return known.get(label, label)


def _told(difference: Comparison) -> str:
    names = [f"{name} ({count})" for name, count in difference.titles[:_NAMED_TITLES]]
    if len(difference.titles) > _NAMED_TITLES:
        names.append("…")
    if difference.lost:
        said = tr(
            "Decisions made since, which going back would lose: {count} – {titles}.",
            count=difference.lost,
            titles=", ".join(names),
        )
    else:
        said = tr("Going back to this would lose no decision.")
    if difference.gained:
        said += " " + tr(
            "Decisions that only the backup has, which it would bring back: {count}.",
            count=difference.gained,
        )
    return said + "\n" + tr("The present store would be set aside first, whole.")
