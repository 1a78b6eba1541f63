"""Real desks on a real store, with a made-up title and worker, for tests in one process."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from helpers.desk_fake import make_title
from helpers.worker_fake import FakeWorker
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.domain.errors import KnownError
from core.domain.title import Title
from gui import app as gui_app
from gui import theme
from gui.desk.desk import Desk
from gui.typing_guard import TypingGuard

TITLE = make_title(60.0)
_PATIENCE_MS = 60_000


class House:
    """Starts desks on one store and ends them."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.qtbot = qtbot
        self.patch = monkeypatch
        self.desks: list[Desk] = []
        self.workers: list[FakeWorker] = []
        self.held = False
        self.title = TITLE
        monkeypatch.setattr(gui_app, "probe", self._probe)
        monkeypatch.setattr(gui_app, "first_cues", lambda _title: ())

    def _probe(self, path: Path) -> Title:
        if path.name == "broken.mp4":
            raise KnownError("broken.mp4 is not a media file.", "no streams")
        return self.title

    def start(self, *arguments: str) -> Desk:
        def make_worker(
            progress: Callable[..., None],
            result: Callable[..., None],
            error: Callable[..., None],
        ) -> FakeWorker:
            worker = FakeWorker(progress, result, error, title=self.title, held=self.held)
            self.workers.append(worker)
            return worker

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, theme.ThemeMode.DARK)
        options: argparse.Namespace = gui_app.parse(arguments)
        desk = gui_app.compose(Settings.load(), options, make_worker)
        # The made-up title has no file, so nothing can be played; that is the player's to test.
        self.patch.setattr(desk.player, "load", lambda _title: None)
        self.desks.append(desk)
        desk.selection.autoplay = False
        desk.window.resize(1280, 720)
        with self.qtbot.waitActive(desk.window):
            desk.window.show()
            desk.window.activateWindow()
        return desk

    def open(self, *arguments: str, name: str = "title.mp4") -> Desk:
        desk = self.start(*arguments)
        desk.open_path(Path("/nowhere") / name)
        self.settle(desk)
        return desk

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for something, patiently: a busy machine is no failure."""
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=_PATIENCE_MS)

    def settle(self, desk: Desk) -> None:
        if self.held:
            self.until(lambda: desk.title is not None and desk.review.idle)
        else:
            self.until(lambda: desk.idle)
        QApplication.processEvents()

    def end(self, desk: Desk) -> None:
        if desk in self.desks:
            self.desks.remove(desk)
            desk.leave()
            desk.window.deleteLater()
            desk.deleteLater()
            QApplication.processEvents()


@contextmanager
def lent_house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose desks are all left at the end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    guard = TypingGuard()
    app.installEventFilter(guard)
    house = House(qtbot, monkeypatch)
    try:
        yield house
    finally:
        for desk in tuple(house.desks):
            house.end(desk)
        app.removeEventFilter(guard)
