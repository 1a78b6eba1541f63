"""Help › About shows the licences of all parts, gathered off the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from core.config.licence import Part
from core.domain.errors import KnownError
from gui.dialogs import licence
from gui.dialogs.about import AboutDialog
from gui.dialogs.licence import LicenceView

PARTS = (
    Part("Qt", "6", "LGPL-3.0-only", "https://www.qt.io", "may be replaced"),
    Part("x264", "", "GPL-2.0-or-later", "", "", "av 18"),
)


def shown(dialog: AboutDialog) -> LicenceView:
    dialog.pages.setCurrentIndex(1)
    assert dialog.licences is not None
    return dialog.licences


@pytest.fixture
def dialog(qtbot: QtBot) -> AboutDialog:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    return dialog


def test_the_thread_that_draws_does_not_gather(
    dialog: AboutDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def gather(_check: Callable[[], None]) -> tuple[Part, ...]:
        threads.append(threading.current_thread())
        return PARTS

    monkeypatch.setattr(licence, "third_party", gather)
    view = shown(dialog)
    assert "Gathering" in view.state.text()
    qtbot.waitUntil(lambda: view.tree.topLevelItemCount() == 2)
    assert threads != [threading.main_thread()]
    assert view.state.text() == "2 parts"
    dialog.reject()


def test_words_of_a_licence_find_its_part(
    dialog: AboutDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licence, "third_party", lambda _check: PARTS)
    view = shown(dialog)
    qtbot.waitUntil(lambda: bool(view.parts))
    assert "may be replaced" in view.field.toPlainText()
    view.search.setText("gpl-2 AV")
    assert view.state.text() == "1 part"
    current = view.tree.currentItem()
    assert current is not None
    assert current.text(0) == "x264"
    assert "among those of av 18" in view.field.toPlainText()
    view.search.setText("nobody")
    assert view.state.text() == "No part has these words."
    assert view.field.toPlainText() == ""
    view.search.clear()
    assert view.state.text() == "2 parts"
    dialog.reject()


def test_a_list_that_cannot_be_read_is_said(
    dialog: AboutDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_check: Callable[[], None]) -> tuple[Part, ...]:
        raise KnownError("The list of licences cannot be read.")

    monkeypatch.setattr(licence, "third_party", broken)
    view = shown(dialog)
    qtbot.waitUntil(lambda: view.state.text() == "The list of licences cannot be read.")
    dialog.reject()


def test_closing_while_it_gathers_leaves_no_thread(
    dialog: AboutDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slow(check: Callable[[], None]) -> tuple[Part, ...]:
        begun.set()
        while True:
            check()

    monkeypatch.setattr(licence, "third_party", slow)
    shown(dialog)
    assert begun.wait(10)
    dialog.reject()
    assert [t for t in threading.enumerate() if t.name == "licences"] == []
