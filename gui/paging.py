"""Pages of a long table that are asked for when one of their rows is painted."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Pages(QObject):
    """Gathers what is missing and asks for it once the painting is over.

    Signals:
        wanted: A slice of rows that are missing.

    Args:
        size: Rows of a page.
    """

    wanted = Signal(object)

    def __init__(self, size: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._asked: set[int] = set()
        self._missing: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask)

    def miss(self, row: int) -> None:
        """A row is painted and not here."""
        if row // self._size not in self._asked:
            self._missing.add(row // self._size)
            self._timer.start()

    def forget(self) -> None:
        """What was asked for may be asked for again."""
        self._asked.clear()

    def _ask(self) -> None:
        pages, self._missing = sorted(self._missing), set()
        self._asked.update(pages)
        for page in pages:
            self.wanted.emit(slice(self._size * page, self._size * (page + 1)))
