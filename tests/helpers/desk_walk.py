"""Drives the real `gui.app.main` as a person would: keys in, what the desk shows out.

Run as a script (`python tests/helpers/desk_walk.py FILE STORE`) it opens, analyses, re-scores and
decides, then prints the modules of this process that must not be there.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.jobs.remote import RemoteWorker
from core.review.flag import Flag
from gui import app
from gui.bridge import WorkerFactory
from gui.desk.desk import Desk

Steps = Iterator[Callable[[], object]]
"""Yields what must become true before the walk goes on."""

_LOOK_MS = 15


class _Walker(QObject):
    """Goes on with the steps whenever what they wait for holds."""

    def __init__(self, desk: Desk, steps: Steps, patience_s: float) -> None:
        super().__init__()
        self._desk = desk
        self._steps = steps
        self._patience_s = patience_s
        self._holds: Callable[[], object] = lambda: True
        self._since = time.monotonic()
        self.error: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        try:
            if self._holds():
                self._holds = next(self._steps)
                self._since = time.monotonic()
            elif time.monotonic() - self._since > self._patience_s:
                told = self._desk.window.banner.messages
                raise TimeoutError(f"the desk never got there; it says: {told}")
        except StopIteration:
            self._end()
        except BaseException as error:  # noqa: BLE001 - raised again once main() has returned
            self.error = error
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._desk.leave()


def walk(
    argv: Sequence[str],
    steps: Callable[[Desk], Steps],
    patience_s: float = 800.0,
    worker: WorkerFactory = RemoteWorker,
) -> int:
    """Run `main(argv)`, do the steps, close the desk, raise what a step raised."""
    walkers: list[_Walker] = []
    run = app.run

    def watched(application: QApplication, desk: Desk, options: Namespace) -> int:
        walkers.append(_Walker(desk, steps(desk), patience_s))
        return run(application, desk, options)

    app.run = watched
    try:
        code = app.main(list(argv), worker)
    finally:
        app.run = run
    (walker,) = walkers
    if walker.error is not None:
        raise walker.error
    return code


def press(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key in the desk's window."""
    QTest.keyClick(desk.window, key, modifier)


def analysed(desk: Desk) -> Callable[[], bool]:
    """Whether the title is open, its analysis done and its flags shown."""
    return lambda: desk.idle and desk.snapshot.run is not None and bool(desk.snapshot.flags)


def decided(desk: Desk, key: str, state: str) -> Callable[[], bool]:
    """Whether the flag shows this state, as stored."""

    def holds() -> bool:
        flag = desk.snapshot.flag(key)
        return desk.idle and flag is not None and flag.state == state

    return holds


def selected(desk: Desk) -> Flag:
    """The flag that is selected."""
    flag = desk.selection.flag
    assert flag is not None, "no flag is selected"
    return flag


def _light_walk(desk: Desk) -> Steps:
    yield analysed(desk)
    press(desk, Qt.Key.Key_Down)
    yield lambda: desk.selection.flag is not None
    flag = selected(desk)
    profile = desk.snapshot.profile
    moved = profile.with_threshold("black", "min_length_s", 0.4)
    desk.review.preview(moved)
    yield lambda: desk.idle and desk.snapshot.profile.hash == moved.hash
    desk.review.preview(profile)
    yield lambda: desk.idle and desk.snapshot.profile.hash == profile.hash
    desk.parts.queue.select(flag.key)
    press(desk, Qt.Key.Key_C)
    yield decided(desk, flag.key, "confirm")


def main() -> int:
    """Walk, then say which heavy modules the desk's process has loaded."""
    file, store = sys.argv[1:]
    code = walk([file, "--store", str(Path(store))], _light_walk)
    heavy = ("torch", "torchvision", "onnxruntime")
    print("loaded:", *sorted(name for name in heavy if name in sys.modules))
    return code


if __name__ == "__main__":
    sys.exit(main())
