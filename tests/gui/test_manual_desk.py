"""Help › Manual opens what there is of the manual, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from gui.desk import manual
from gui.desk.manual import find_manual


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def page(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("manual", "utf-8")
    return path


def test_the_built_site_comes_before_its_sources(tmp_path: Path) -> None:
    code, beside = tmp_path / "code", tmp_path / "program"
    assert find_manual(code, beside) is None
    source = page(code / "docs" / "index.md")
    assert find_manual(code, beside) == source
    built = page(code / "build" / "manual" / "index.html")
    assert find_manual(code, beside) == built
    shipped = page(beside / "manual" / "index.html")
    assert find_manual(code, beside) == shipped


def test_a_repository_has_a_manual_without_building_it() -> None:
    found = find_manual()
    assert found is not None
    assert found.name in {"index.md", "index.html"}


def test_the_menu_opens_a_file_of_this_machine(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    found = page(tmp_path / "a manual#1" / "index.html")
    monkeypatch.setattr(manual, "find_manual", lambda: found)
    desk = house.start()
    desk.actions["help.manual"].trigger()
    (url,) = opened
    assert url.isLocalFile()
    assert Path(url.toLocalFile()) == found
    assert not desk.window.banner.messages


@pytest.mark.parametrize(
    ("found", "told"),
    [(None, "was not installed"), (Path("/there/index.html"), "/there/index.html")],
    ids=["none", "no program"],
)
def test_a_manual_that_does_not_open_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, found: Path | None, told: str
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    monkeypatch.setattr(manual, "find_manual", lambda: found)
    desk = house.start()
    desk.actions["help.manual"].trigger()
    assert told in desk.window.banner.messages[-1][0]
