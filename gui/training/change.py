"""What changes on the library: findings gained and lost, each with its picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.lineage import Change, FindingChange, WeightsComparison
from core.domain.timecode import format_clock
from gui import theme
from gui.language import told, tr
from gui.queue.flag_text import defect_title
from gui.timeline.paint import paint_hatch
from gui.training import word
from gui.widget import ElidedLabel, plain_tip

TILE_PX = (160, 90)
_CELL_PX = (470, 100)
_EDGE_PX = 4
_TITLE_LETTERS = 22
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Place = tuple[str, int, str]
"""Fingerprint, PTS and time base of a picture."""


def place_of(change: FindingChange) -> Place:
    """Which picture shows a finding."""
    return change.fingerprint, change.picture_pts, str(change.finding.span.base)


class ChangeModel(QAbstractListModel):
    """Findings that come or go; pictures are asked for when a row comes into sight.

    Signals:
        picture_wanted: A `FindingChange` without a picture is in sight.
    """

    picture_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[FindingChange, ...] = ()
        self._pictures: dict[Place, QImage | None] = {}
        self._asked: set[Place] = set()

    def set_changes(self, changes: Sequence[FindingChange]) -> None:
        """Show these."""
        self.beginResetModel()
        self._changes = tuple(changes)
        self.endResetModel()

    def change_at(self, row: int) -> FindingChange | None:
        """What stands in a row."""
        return self._changes[row] if 0 <= row < len(self._changes) else None

    def set_picture(self, place: Place, image: QImage | None) -> None:
        """Show a picture, or that there is none."""
        self._pictures[place] = image
        for row, change in enumerate(self._changes):
            if place_of(change) == place:
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def forget(self, place: Place) -> None:
        """A picture is not coming; it is asked for again when its row is next in sight."""
        self._asked.discard(place)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and the picture with a frame in the colour of the change."""
        change = self.change_at(index.row())
        if change is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return change_text(change)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(_CELL_PX[0] - 2 * _EDGE_PX, _CELL_PX[1] - 2 * _EDGE_PX)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{told(change.finding.evidence.note)}\n{change.name}")
        if role == Qt.ItemDataRole.DecorationRole:
            return self._tile(change)
        return None

    def _tile(self, change: FindingChange) -> QPixmap:
        place = place_of(change)
        if place not in self._pictures and place not in self._asked:
            self._asked.add(place)
            self.picture_wanted.emit(change)
        waiting = place not in self._pictures
        color = theme.current().color(word.CHANGES[change.change][1])
        return _framed(self._pictures.get(place), waiting, color)


def change_text(change: FindingChange) -> str:
    """A change in three lines: what, where, and what people said."""
    span = change.finding.span
    said = tr(word.SAID[change.decision]) if change.decision in word.SAID else tr("not decided")
    where = f"{format_clock(span.start_s)} – {format_clock(span.end_s)}"
    what = tr(word.CHANGES[change.change][0])
    return f"{what} · {defect_title(change.finding.defect)} · {said}\n{where}\n{change.name}"


def _framed(image: QImage | None, waiting: bool, color: QColor) -> QPixmap:
    wide, tall = TILE_PX
    ratio = image.devicePixelRatio() if image is not None else 1.0
    tile = QPixmap(round(wide * ratio), round(tall * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(theme.current().letterbox)
    painter = QPainter(tile)
    if image is not None:
        size = image.deviceIndependentSize()
        left, top = (wide - size.width()) / 2, (tall - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
    elif waiting:
        paint_hatch(painter, QRectF(0, 0, wide, tall), theme.DARK.pending)
    else:
        painter.setPen(theme.DARK.text_muted)
        painter.drawText(QRectF(0, 0, wide, tall), Qt.AlignmentFlag.AlignCenter, tr("no picture"))
    painter.setPen(QPen(color, _EDGE_PX))
    painter.drawRect(QRectF(0, 0, wide, tall))
    painter.end()
    return tile


class ChangesView(QWidget):
    """Findings gained and lost, filtered by kind and title.

    Signals:
        opened: A `FindingChange` that is to be seen in its title.

    Attributes:
        model: What is listed.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: WeightsComparison | None = None
        self.model = ChangeModel(self)
        self.kinds, self.titles = QComboBox(), QComboBox()
        self.kinds.setAccessibleName(tr("Which changes"))
        self.titles.setAccessibleName(tr("Title"))
        for text, kinds in (
            (tr("Gained and lost"), (Change.GAINED, Change.LOST)),
            (tr("Gained"), (Change.GAINED,)),
            (tr("Lost"), (Change.LOST,)),
            (tr("Kept"), (Change.KEPT,)),
        ):
            self.kinds.addItem(text, kinds)
        self.count = ElidedLabel()
        self.count.setAccessibleName(tr("What changes"))
        fits = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.titles.setSizeAdjustPolicy(fits)
        self.titles.setMinimumContentsLength(_TITLE_LETTERS)
        self.list = QListView()
        self.list.setAccessibleName(tr("Findings that change"))
        self.list.setModel(self.model)
        self.list.setIconSize(QSize(*TILE_PX))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setGridSize(QSize(*_CELL_PX))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.empty = QLabel()
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        row.addWidget(self.kinds)
        row.addWidget(self.titles)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        page.addLayout(row)
        page.addWidget(self.list, 1)
        page.addWidget(self.empty, 1)
        self.kinds.currentIndexChanged.connect(lambda _row: self._filter())
        self.titles.currentIndexChanged.connect(lambda _row: self._filter())
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        theme.hub().changed.connect(self.list.viewport().update)
        self.show_comparison(None, "")

    def show_comparison(self, found: WeightsComparison | None, empty: str) -> None:
        """List what changes.

        Args:
            found: What was compared; None when nothing was.
            empty: What to say then.
        """
        self._comparison = found
        self.titles.blockSignals(True)
        self.titles.clear()
        self.titles.addItem(tr("All titles"), "")
        named = {c.fingerprint: c.name for c in found.changes} if found is not None else {}
        for fingerprint, name in sorted(named.items(), key=lambda item: item[1]):
            self.titles.addItem(name, fingerprint)
        self.titles.blockSignals(False)
        for box in (self.kinds, self.titles):
            box.setVisible(found is not None and bool(found.changes))
        self.count.setText(_count(found) if found is not None else "")
        self._filter(empty)

    def _filter(self, empty: str = "") -> None:
        found = self._comparison
        kinds, title = self.kinds.currentData(), self.titles.currentData()
        shown = [
            change
            for change in (found.changes if found is not None else ())
            if change.change in kinds and title in ("", None, change.fingerprint)
        ]
        self.model.set_changes(shown)
        self.list.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if found is not None and not shown:
            self.empty.setText(tr("Nothing changes here."))
        elif empty:
            self.empty.setText(empty)

    def _on_activated(self, index: QModelIndex) -> None:
        change = self.model.change_at(index.row())
        if change is not None:
            self.opened.emit(change)


def _count(found: WeightsComparison) -> str:
    said = tr(
        "{gained} gained, {lost} lost, {kept} kept in {titles} titles",
        gained=found.count(Change.GAINED),
        lost=found.count(Change.LOST),
        kept=found.count(Change.KEPT),
        titles=found.titles,
    )
    if found.left_out:
        left = tr("%n titles or stretches were left out", len(found.left_out))
        return f"{said}; {left}"
    return said


class ChangesTab(QWidget):
    """What a candidate changes on the library, when it is asked for.

    Signals:
        compare_wanted: Measure with the candidate.
        stop_wanted: Stop doing so.
    """

    compare_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ChangesView()
        self.compare = QPushButton(tr("Look at the library"))
        self.compare.setToolTip(tr("Measure where it may matter with the candidate, in short"))
        self.stop = QPushButton(tr("Stop"))
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.compare)
        row.addWidget(self.stop)
        row.addWidget(self.told, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.setSpacing(6)
        page.addLayout(row)
        page.addWidget(self.view, 1)
        self.compare.clicked.connect(self.compare_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.show_state(candidate="", running=False)

    def show_state(self, candidate: str, running: bool, stage: str = "") -> None:
        """Show whether it can be asked for, or is being done.

        Args:
            candidate: Name of the weights to compare; empty without any.
            running: It is being done.
            stage: How far it is.
        """
        self.compare.setEnabled(bool(candidate) and not running)
        self.stop.setVisible(running)
        if running:
            self.told.setText(stage or tr("measuring with the candidate"))
        elif candidate:
            self.told.setText(
                tr("See which findings {name} would gain and lose in your titles.", name=candidate)
            )
        else:
            self.told.setText(tr("There is no candidate to compare."))
