"""The flags of a batch in a table: what is decided, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.review.batch import Batch, Kept
from core.review.flag import Flag
from gui import theme
from gui.language import tr
from gui.queue import flag_text

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PreviewColumn(IntEnum):
    """The columns of the preview."""

    FATE = 0
    TIME = 1
    DEFECT = 2
    SCORE = 3
    STATE = 4


class PreviewModel(QAbstractTableModel):
    """What a batch decides above, what it leaves alone below.

    Args:
        clock: Writes seconds as the desk shows them.
    """

    def __init__(self, clock: Callable[[float], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._batch = Batch()

    def set_batch(self, batch: Batch) -> None:
        """Show another batch."""
        self.beginResetModel()
        self._batch = batch
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of flags."""
        return 0 if parent.isValid() else len(self._batch.decided) + len(self._batch.kept)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(PreviewColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("What happens"), tr("Time"), tr("Defect"), tr("Score"), tr("Verdict now"))[
            section
        ]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text and colour of one cell."""
        if not index.isValid():
            return None
        flag, kept = self._row(index.row())
        if role == Qt.ItemDataRole.ForegroundRole and kept is not None:
            return theme.current().text_muted
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        score = flag_text.score_of(flag)
        match PreviewColumn(index.column()):
            case PreviewColumn.FATE:
                return _fate(kept)
            case PreviewColumn.TIME:
                return self._clock(flag.span.start_s)
            case PreviewColumn.DEFECT:
                return flag_text.defect_title(flag.defect)
            case PreviewColumn.SCORE:
                return f"{score:.2f}" if score is not None else "–"
            case PreviewColumn.STATE:
                return flag_text.state_sentence(flag)

    def _row(self, row: int) -> tuple[Flag, Kept | None]:
        decided = self._batch.decided
        return (decided[row], None) if row < len(decided) else self._batch.kept[row - len(decided)]


def _fate(kept: Kept | None) -> str:
    match kept:
        case None:
            return tr("Will be decided")
        case Kept.DECIDED:
            return tr("Left alone: decided already")
        case Kept.SAME:
            return tr("Left alone: decided so already")
        case Kept.MISSED:
            return tr("Left alone: marked by a person")
