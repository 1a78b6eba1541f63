"""The desk starts with settings and layouts of earlier versions, and with damaged ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot

from core.config import former, paths
from core.config.settings import Settings
from gui.actions import ACTIONS
from gui.desk.command import _take_shortcuts

OLD = sorted((Path(__file__).resolve().parents[1] / "old_settings").glob("s*.toml"))


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def put(text: str) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize("old", [OLD[1], OLD[-1]], ids=lambda old: old.stem)
def test_desk_takes_up_the_layout_of_an_earlier_version(house: House, old: Path) -> None:
    text = old.read_text("utf-8")
    text = text.replace('store = "/data/qc/onglass.db"\n', "")
    put(text.replace('hidden = "', 'hidden = "view.spectrogram '))
    desk = house.start()
    layout = Settings.load().layout
    desk.window.restore_layout(layout)
    desk.window.resize(1280, 720)
    desk.open_path(Path("/nowhere/title.mp4"))
    house.settle(desk)
    for action_id in layout["hidden"].split():
        assert not desk.actions[action_id].isChecked()
    panes = desk.window.panes
    widgets = [panes.widget(index) for index in range(panes.count())]
    shown = [
        size
        for widget, size in zip(widgets, panes.sizes(), strict=True)
        if widget is not None and widget.isVisible()
    ]
    assert shown
    assert min(shown) > 0
    assert min(desk.window.rows.sizes()) > 0
    assert desk.window.banner.messages == ()


def test_damaged_layout_leaves_the_desk_as_at_first(house: House) -> None:
    names = ("geometry", "rows", "columns", "panes", "docks", "hidden", "shown", "scopes", "masks")
    broken = 'training_offered = "tomorrow"\n' + "".join(f'{n} = "¡no!"\n' for n in names)
    put(f"[layout]\n{broken}")
    desk = house.start()
    desk.window.restore_layout(Settings.load().layout)
    assert min(desk.window.rows.sizes()) > 0
    assert min(desk.window.columns.sizes()) > 0


def test_desk_says_that_its_settings_are_damaged(house: House) -> None:
    put("no settings at all")
    desk = house.start()
    (message,) = desk.window.banner.messages
    assert "could not be read, so defaults are used" in message[0]


def test_shortcuts_of_actions_that_another_version_has_stay_when_one_is_changed(
    house: House,
) -> None:
    put('[shortcuts]\n"hologram.spin" = ["Ctrl+F9"]\n"review.confirm" = ["K"]\n')
    desk = house.start()
    _take_shortcuts(desk, {"review.reject": ("Z",)})
    assert Settings.load().shortcuts == {"hologram.spin": ["Ctrl+F9"], "review.reject": ["Z"]}


def test_former_ids_of_actions_are_gone_and_present_ones_are_there() -> None:
    assert not former.ACTION_IDS.keys() & ACTIONS.keys()
    assert set(former.ACTION_IDS.values()) <= ACTIONS.keys()
