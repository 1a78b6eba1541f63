"""What the desk looks like, against stored pictures.

With `ONGLASS_GOLDEN=write` in the environment the pictures are written anew: look at them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_fake import make_title
from helpers.worker_fake import FakeWorker
from numpy.typing import NDArray
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from gui import app as gui_app
from gui import theme
from gui.desk.desk import Desk

FONT = "DejaVu Sans"
SIZE = (1280, 720)
NEAR = 24
MOST_OFF = 0.002
_FOLDER = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="fonts are drawn in another way elsewhere"
)


def pixels(image: QImage) -> NDArray[np.uint8]:
    """uint8, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def share_off(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Share of the pixels that differ visibly in any channel; 1 for other sizes."""
    if one.shape != other.shape:
        return 1.0
    # The sign must go before the maximum, or darker pixels count as equal.
    difference = np.abs(one.astype(np.int16) - other.astype(np.int16)).max(axis=2)
    return float((difference > NEAR).mean())


@pytest.fixture
def app(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if FONT not in QFontDatabase.families():
        pytest.skip(f"the font {FONT} is not installed, so pictures cannot be compared")
    before = app.font()
    monkeypatch.setattr(theme, "text_font", lambda: QFont(FONT, 10))
    # The first style sheet ever put on changes sizes once more; it is on before anything is made.
    theme.apply(app, theme.ThemeMode.LIGHT)
    theme.apply(app, theme.ThemeMode.DARK)
    yield app
    app.setFont(before)


@pytest.fixture
def desk(app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    title = make_title(60.0)
    monkeypatch.setattr(gui_app, "probe", lambda _path: title)
    monkeypatch.setattr(gui_app, "first_cues", lambda _title: ())
    desk = gui_app.compose(
        Settings.load(),
        gui_app.parse(()),
        lambda progress, result, error: FakeWorker(progress, result, error, title=title),
    )
    # The made-up title has no file to play.
    monkeypatch.setattr(desk.player, "load", lambda _title: None)
    desk.selection.autoplay = False
    desk.window.resize(*SIZE)
    desk.window.show()
    yield desk
    desk.leave()
    desk.window.deleteLater()
    desk.deleteLater()
    QApplication.processEvents()


def shot(desk: Desk) -> NDArray[np.uint8]:
    """The window without what differs from machine to machine."""
    QApplication.processEvents()
    for label in (desk.window.store, desk.window.reviewer):
        label.setText("")
    QApplication.processEvents()
    return pixels(desk.window.grab().toImage())


def compare(found: NDArray[np.uint8], name: str, kept_at: Path) -> None:
    path = _FOLDER / f"{name}.png"
    image = QImage(
        found.data, found.shape[1], found.shape[0], found.strides[0], QImage.Format.Format_RGB888
    )
    if os.environ.get("ONGLASS_GOLDEN") == "write":
        assert image.save(str(path))
    off = share_off(found, pixels(QImage(str(path))))
    image.save(str(kept_at / f"{name}.png"))
    assert off <= MOST_OFF, f"{off:.2%} of the pixels differ; see {kept_at / name}.png"


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_desk_with_flags_looks_as_it_did(
    desk: Desk, app: QApplication, qtbot: QtBot, mode: str, tmp_path: Path
) -> None:
    theme.apply(app, theme.ThemeMode(mode))
    desk.open_path(Path("/nowhere/title.mp4"))
    qtbot.waitUntil(lambda: desk.idle and bool(desk.snapshot.flags))
    desk.parts.queue.select(desk.snapshot.flags[1].key)
    desk.parts.verdict.setFocus()
    compare(shot(desk), f"desk_{mode}", tmp_path)


def test_empty_page_looks_as_it_did(desk: Desk, app: QApplication, tmp_path: Path) -> None:
    theme.apply(app, theme.ThemeMode.DARK)
    compare(shot(desk), "empty_dark", tmp_path)


@pytest.mark.parametrize("change", [-60, 60])
def test_comparison_sees_darker_and_brighter_pixels(change: int) -> None:
    plain = np.full((100, 100, 3), 128, np.uint8)
    other = plain.copy()
    other[:10, :10, 1] = 128 + change
    assert share_off(plain, other) == share_off(other, plain) == pytest.approx(0.01)
    assert share_off(plain, plain) == 0.0
    assert share_off(plain, plain[:50]) == 1.0
