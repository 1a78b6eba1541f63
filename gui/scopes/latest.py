"""Work that follows what is on screen: one wish at a time, and of those that wait only the last."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from core.jobs.progress import CancelToken
from gui.bridge import GuiLane, explain

W = TypeVar("W")
M = TypeVar("M")


class LatestLane(QObject, Generic[W, M]):
    """One wish is worked on at a time; of those that come meanwhile only the last is next.

    What has begun is finished, unlike with `GuiLane.submit(newest=True)`: while playing, wishes
    come faster than they are granted, and none would ever be.

    Signals:
        made: What came of a wish.
        failed: A sentence and details.

    Args:
        name: Name of the thread.
    """

    made = Signal(object)
    failed = Signal(str, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = GuiLane(name, self)
        self._next: W | None = None
        self._busy = False
        self.passed_over = 0

    @property
    def idle(self) -> bool:
        """Whether nothing is being worked on."""
        return not self._busy

    def want(self, wish: W) -> None:
        """Grant this once the lane is free; an older wish that has not begun is passed over."""
        self.passed_over += self._next is not None
        self._next = wish
        self._begin()

    def forget(self) -> None:
        """Begin nothing more of what was wished."""
        self._next = None

    def close(self) -> None:
        """End the thread."""
        self._next = None
        self._lane.close()

    def _grant(self, wish: W, token: CancelToken) -> M | None:
        """Do the work, in the lane's thread; None says that nothing came of it."""
        raise NotImplementedError

    def _begin(self) -> None:
        if self._busy or self._next is None:
            return
        wish, self._next = self._next, None
        self._busy = True
        self._lane.submit(lambda token: self._grant(wish, token), self._on_made, self._on_failed)

    def _on_made(self, made: M | None) -> None:
        self._busy = False
        if made is not None:
            self.made.emit(made)
        self._begin()

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(*explain(error))
        self._begin()
