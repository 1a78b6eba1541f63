"""Dialogs derive from their tables and keep what was entered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.desk_fake import make_title
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from core.config.settings import SETTINGS, Settings, Value
from core.domain.defect import DEFECTS, Severity
from core.domain.profile import DEFAULT_PROFILE
from gui.actions import ACTIONS, ActionSet
from gui.desk.banner import Banner
from gui.dialogs.about import AboutDialog, versions
from gui.dialogs.details import DetailsDialog
from gui.dialogs.missed import MissedDialog
from gui.dialogs.profile import ProfileDialog
from gui.dialogs.settings import SettingsDialog
from gui.dialogs.shortcut import ShortcutDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


# Settings


def test_every_setting_has_a_field_with_name_and_help(window: QWidget) -> None:
    dialog = SettingsDialog(Settings(), window)
    assert set(dialog.fields) == set(SETTINGS)
    for key, field in dialog.fields.items():
        assert field.accessibleName() == SETTINGS[key].title
        assert field.toolTip()


def test_fields_show_and_keep_values_of_every_kind(window: QWidget) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings, window)
    wanted: dict[str, Value] = {
        "general.theme": "light",
        "review.pre_roll_s": 2.5,
        "player.large_step": 25,
        "review.loop": False,
        "review.reviewer": "Ann",
        "general.store": "/data/store.db",
    }
    for key, value in wanted.items():
        dialog.set_value(key, value)
    dialog.accept()
    kept = Settings.load()
    assert {key: kept.get(key) for key in wanted} == wanted


def test_cancelled_dialog_changes_nothing(window: QWidget) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings, window)
    dialog.set_value("review.reviewer", "Ann")
    dialog.reject()
    assert settings.get("review.reviewer") == ""


def test_defaults_are_put_into_the_fields(window: QWidget) -> None:
    settings = Settings()
    settings.set("player.large_step", 25)
    dialog = SettingsDialog(settings, window)
    dialog.show_defaults()
    assert all(dialog.value(key) == s.default for key, s in SETTINGS.items())


# Shortcuts


def test_sheet_lists_every_action_with_its_shortcuts(window: QWidget) -> None:
    dialog = ShortcutDialog(ActionSet({}, window), window)
    assert set(dialog._rows) == set(ACTIONS)
    assert dialog._rows["review.reject"].text(1) == "X"


def test_new_shortcut_is_reported_as_difference_from_the_table(
    window: QWidget, qtbot: QtBot
) -> None:
    dialog = ShortcutDialog(ActionSet({}, window), window)
    dialog.tree.setCurrentItem(dialog._rows["review.unsure"])
    dialog.clear.click()
    dialog.field.setKeySequence(QKeySequence("Ctrl+U"))
    dialog.add.click()
    with qtbot.waitSignal(dialog.changed) as caught:
        dialog.accept()
    assert caught.args == [{"review.unsure": ("Ctrl+U",)}]


def test_conflict_is_named_and_cannot_be_accepted(window: QWidget, qtbot: QtBot) -> None:
    dialog = ShortcutDialog(ActionSet({}, window), window)
    dialog.set_keys("review.unsure", ("X",))
    assert dialog.message.text() == "X belongs to Reject and Unsure."
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.accept()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.show_defaults()
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_search_finds_actions_by_words_and_by_key(window: QWidget) -> None:
    dialog = ShortcutDialog(ActionSet({}, window), window)
    dialog.search.setText("full screen")
    shown = [i for i, row in dialog._rows.items() if not row.isHidden()]
    assert shown == ["view.full_screen"]
    dialog.search.setText("Ctrl+O")
    assert "file.open" in [i for i, row in dialog._rows.items() if not row.isHidden()]


# Profile


def test_profile_dialog_shows_thresholds_and_gives_the_chosen_one(
    window: QWidget, qtbot: QtBot
) -> None:
    dialog = ProfileDialog(DEFAULT_PROFILE, DEFAULT_PROFILE, window)
    assert dialog.list.count() >= 1
    assert dialog.tree.topLevelItemCount() > 0
    with qtbot.waitSignal(dialog.chosen) as caught:
        dialog.accept()
    assert caught.args[0].name == "default"


def test_moved_thresholds_can_be_saved_under_a_name(window: QWidget, qtbot: QtBot) -> None:
    moved = DEFAULT_PROFILE.with_threshold("silence", "level_db", -50.0)
    dialog = ProfileDialog(DEFAULT_PROFILE, moved, window)
    dialog.name.setText("quiet")
    with qtbot.waitSignal(dialog.save_requested) as caught:
        dialog.save.click()
    assert caught.args[0].name == "quiet"
    assert caught.args[0].hash == moved.hash


# Missed defect


def test_missed_dialog_offers_every_defect_and_fitting_streams(window: QWidget) -> None:
    dialog = MissedDialog(make_title(), "1 – 2", window)
    assert dialog.defect_box.count() == len(DEFECTS)
    dialog.defect_box.setCurrentIndex(dialog.defect_box.findData("hum"))
    assert dialog.stream == 1
    dialog.defect_box.setCurrentIndex(dialog.defect_box.findData("blur"))
    assert dialog.stream == 0
    dialog.severity_box.setCurrentIndex(dialog.severity_box.findData("blocker"))
    assert dialog.severity is Severity.BLOCKER


def test_missed_dialog_without_a_fitting_stream_offers_any(window: QWidget) -> None:
    title = replace(make_title(), audio=())
    dialog = MissedDialog(title, "1 – 2", window)
    dialog.defect_box.setCurrentIndex(dialog.defect_box.findData("hum"))
    assert dialog.stream == 0


# Errors and about


def test_details_can_be_copied(window: QWidget) -> None:
    dialog = DetailsDialog("It broke.", "line 1", window)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "It broke.\n\nline 1"


def test_banner_keeps_messages_until_they_are_dismissed(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    banner = Banner(parent)
    banner.put_up("First.", "the same from another place")
    banner.put_up("First.", "a")
    banner.put_up("Second.")
    assert banner.sentence.text() == "Second."
    assert banner.dismiss.text() == "Dismiss (1 more)"
    assert banner.details.isHidden()
    banner.copy.click()
    assert QGuiApplication.clipboard().text() == "Second."
    banner.dismiss.click()
    assert banner.sentence.text() == "First."
    banner.dismiss.click()
    assert banner.isHidden()


def test_repeated_message_is_not_stacked(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    banner = Banner(parent)
    for _ in range(50):
        banner.put_up("Same.", "a")
    assert len(banner.messages) == 1


def test_about_names_versions_without_importing(window: QWidget) -> None:
    assert versions()["Python"]
    dialog = AboutDialog(window)
    assert isinstance(dialog, QObject)
