"""The worst frame of the selected flag: exactly that frame, small, with its heat map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_house import House, lent_house
from helpers.numbered import HEIGHT, KINDS, WIDTH, write_numbered
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.catalog.table import DETECTORS
from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.heat import HeatMap, heat_shape
from core.domain.run import Run
from core.domain.time import MediaTime, Span
from core.domain.title import Title
from core.review.flag import Flag
from gui.desk import heat as heat_module
from gui.desk import worst as worst_module
from gui.desk.desk import Desk
from gui.store_archive import StoreArchive

NUMBER = 29
"""Neither a key frame nor beside one: a key frame would show another number."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return write_numbered(tmp_path_factory.mktemp("clip") / "clip.mp4", KINDS["closed"])


@pytest.fixture
def house(clip: Title, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        house.title = clip
        yield house


def flag_at(title: Title, number: int, detector: str = "black") -> Flag:
    base = title.video[0].base
    step = round(1 / 25 / base)
    span = Span(0, 60 * step, base)
    peak = MediaTime(title.video[0].start_pts + number * step, base)
    evidence = Evidence("m", peak, 1.0, 0.5, "The picture is broken in a third of it.")
    finding = Finding(detector, "black", 0, span, 0.9, Severity.ISSUE, evidence)
    return Flag(finding.id, span, "black", detector, 0, finding=finding)


def select(desk: Desk, flag: Flag, run: Run | None = None) -> None:
    snapshot = replace(desk.snapshot, flags=(flag,), run=run or desk.snapshot.run)
    desk.review.changed.emit(snapshot)
    desk.parts.queue.select(flag.key)


def number_in(image: QImage) -> int:
    """The number that a small picture carries, as `numbered.number_of` reads it."""
    grey = gray(image)
    rows, columns = HEIGHT // 32, WIDTH // 32
    high, wide = grey.shape
    code = 0
    for place in range(rows * columns):
        y = round((place // columns + 0.5) * high / rows)
        x = round((place % columns + 0.5) * wide / columns)
        code |= int(grey[y, x] > 125) << place
    return code >> 4


def gray(image: QImage) -> NDArray[np.float64]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(plain.constBits(), np.uint8)
    return data.reshape(plain.height(), plain.width(), 4)[..., :3].mean(axis=-1)


def test_the_exact_frame_is_shown_with_what_the_detector_says(house: House, clip: Title) -> None:
    desk = house.open(name=clip.path.name)
    flag = flag_at(clip, NUMBER)
    select(desk, flag)
    house.settle(desk)
    widget = desk.parts.queue.worst
    assert widget.image is not None
    assert number_in(widget.image) == NUMBER
    assert "The picture is broken in a third of it." in widget.note.text()
    assert widget.button.accessibleName()
    assert "W" in widget.button.toolTip()


def test_the_newest_selection_wins(house: House, clip: Title) -> None:
    desk = house.open(name=clip.path.name)
    flags = [flag_at(clip, number) for number in (5, 17, NUMBER)]
    for flag in flags:
        select(desk, flag)
    house.settle(desk)
    image = desk.parts.queue.worst.image
    assert image is not None
    assert number_in(image) == NUMBER


def test_a_map_of_that_frame_is_painted_on_it(
    house: House, clip: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Maps:
        def near(self, pts: int) -> HeatMap:
            values = np.zeros(heat_shape(WIDTH, HEIGHT), np.uint8)
            values[0, 0] = 255
            return HeatMap(pts, clip.video[0].base, values, WIDTH, HEIGHT)

    table = {**DETECTORS, "black": replace(DETECTORS["black"], maps=True)}
    monkeypatch.setattr(heat_module, "DETECTORS", table)
    monkeypatch.setattr(worst_module, "DETECTORS", table)
    monkeypatch.setattr(StoreArchive, "heat", lambda *_: Maps())
    desk = house.open(name=clip.path.name)
    images = []
    for detector in ("silence", "black"):
        select(desk, flag_at(clip, NUMBER, detector))
        house.settle(desk)
        image = desk.parts.queue.worst.image
        assert image is not None
        images.append(gray(image))
    changed = np.abs(images[0] - images[1]) > 20
    rows, columns = HEIGHT // 32, WIDTH // 32
    high, wide = changed.shape
    assert changed[: high // rows, : wide // columns].mean() > 0.6
    assert not changed[high * 2 // rows :].any()


def test_a_frame_that_cannot_be_decoded_leaves_the_text(house: House) -> None:
    house.title = replace(house.title, path=Path("/nowhere/gone.mp4"))
    desk = house.open(name="gone.mp4")
    select(desk, flag_at(house.title, NUMBER))
    house.settle(desk)
    assert desk.parts.queue.worst.image is None
    assert "third" in desk.parts.queue.worst.note.text()
    assert desk.window.banner.messages == ()


def test_pressing_picture_or_key_goes_to_the_frame(house: House, clip: Title) -> None:
    desk = house.open(name=clip.path.name)
    gone: list[float] = []
    house.patch.setattr(desk.player, "seek", gone.append)
    flag = flag_at(clip, NUMBER)
    select(desk, flag)
    gone.clear()
    desk.parts.queue.worst.button.click()
    QTest.keyClick(desk.window, Qt.Key.Key_W)
    assert flag.finding is not None
    assert gone == [pytest.approx(flag.finding.evidence.peak.seconds)] * 2


def test_without_a_flag_it_says_what_would_be_there(house: House, clip: Title) -> None:
    desk = house.open(name=clip.path.name)
    widget = desk.parts.queue.worst
    assert widget.image is None
    assert not widget.button.isEnabled()
    assert "Select a flag" in widget.note.text()
