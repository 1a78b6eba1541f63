"""Files of settings that earlier versions, newer ones and mishaps leave.

`tests/old_settings` holds what the desk of every earlier table of settings wrote with all settings
changed. They are never written again.
"""

from __future__ import annotations

import errno
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.cli.app import main
from core.cli.output import where_store
from core.config import former, paths
from core.config.settings import FORMAT, GROUPS, SETTINGS, Settings
from core.domain.errors import KnownError

FOLDER = Path(__file__).resolve().parents[1] / "old_settings"
OLD = sorted(FOLDER.glob("s*.toml"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    return path


def present(key: str) -> str:
    return former.SETTING_KEYS.get(key, key)


def missing(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What a document said that another one does not say any more."""
    lost = []
    for key, value in old.items():
        if isinstance(value, dict):
            lost += [f"{key}.{name}" for name in missing(value, new.get(key, {}))]
        elif new.get(key) != value:
            lost.append(key)
    return lost


@pytest.mark.parametrize("old", OLD, ids=lambda old: old.stem)
def test_settings_of_every_earlier_version_load_and_keep_what_they_said(
    old: Path, file: Path
) -> None:
    file.write_bytes(old.read_bytes())
    said = tomllib.loads(old.read_text("utf-8"))
    settings = Settings.load(file)
    assert settings.notices == []
    for group in GROUPS:
        for name, value in said.get(group, {}).items():
            assert settings.get(present(f"{group}.{name}")) == value, name
    assert settings.shortcuts == said["shortcuts"]
    assert settings.recent == said["recent"]["titles"]
    assert settings.layout.items() >= said.get("layout", {}).items()
    settings.add_recent(Path("/media/A ä.mp4"))
    settings.save()
    # Who goes back to that version finds everything where it was.
    assert missing(said, tomllib.loads(file.read_text("utf-8"))) == []
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_every_setting_that_a_version_ever_wrote_is_among_the_old_files() -> None:
    documents = [tomllib.loads(old.read_text("utf-8")) for old in OLD]
    written = {f"{g}.{name}" for said in documents for g in GROUPS for name in said.get(g, {})}
    assert {present(key) for key in written} == set(SETTINGS)


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(former.SETTING_KEYS, "player.jump", "player.large_step")
    monkeypatch.setitem(former.ACTION_IDS, "review.yes", "review.confirm")
    monkeypatch.setitem(former.LAYOUT_NAMES, "window", "geometry")


@pytest.mark.usefixtures("renamed")
def test_renamed_keys_are_carried_over_and_saved_under_both_names(file: Path) -> None:
    file.write_text(
        'player.jump = 25\nshortcuts."review.yes" = ["K"]\nlayout.window = "AAEC"\n', "utf-8"
    )
    settings = Settings.load(file)
    assert settings.number("player.large_step") == 25
    assert settings.shortcuts == {"review.confirm": ["K"]}
    assert settings.layout == {"geometry": "AAEC"}
    settings.set("player.large_step", 30)
    settings.shortcuts["review.confirm"] = ["L"]
    settings.save()
    said = tomllib.loads(file.read_text("utf-8"))
    assert said["player"] == {"jump": 30, "large_step": 30}
    assert said["shortcuts"] == {"review.confirm": ["L"], "review.yes": ["L"]}
    assert said["layout"] == {"geometry": "AAEC", "window": "AAEC"}


@pytest.mark.usefixtures("renamed")
def test_default_of_a_renamed_setting_is_not_undone_by_its_former_name(file: Path) -> None:
    file.write_text("player.jump = 25\n", "utf-8")
    settings = Settings.load(file)
    settings.set("player.large_step", SETTINGS["player.large_step"].default)
    settings.save()
    assert Settings.load(file).get("player.large_step") == SETTINGS["player.large_step"].default


def test_former_names_are_gone_and_present_ones_are_there() -> None:
    assert not former.SETTING_KEYS.keys() & SETTINGS.keys()
    assert set(former.SETTING_KEYS.values()) <= SETTINGS.keys()


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('review.order = "by_weather"', "review.order"),
        ('general.theme = ["dark"]', "general.theme"),
        ("player.cache_mb = 9e9", "player.cache_mb"),
        ('panes.sync = "yes"', "panes.sync"),
    ],
)
def test_value_that_cannot_be_used_stays_in_the_file_until_another_is_set(
    file: Path, line: str, key: str
) -> None:
    file.write_text(line, "utf-8")
    raw = tomllib.loads(line)
    settings = Settings.load(file)
    assert settings.get(key) == SETTINGS[key].default
    assert len(settings.notices) == 1
    assert settings.notices[0].startswith(SETTINGS[key].title)
    assert settings.notices[0].endswith("; its default is used.")
    settings.save()
    assert missing(raw, tomllib.loads(file.read_text("utf-8"))) == []
    settings.set(key, SETTINGS[key].default)
    settings.save()
    assert Settings.load(file).notices == []


def test_shortcuts_and_layout_of_another_shape_cost_nothing_else_and_stay(file: Path) -> None:
    text = (
        'shortcuts."review.confirm" = 5\nlayout.geometry = 7\nlayout.rows = "AA"\nrecent.pins = 1'
    )
    file.write_text(text, "utf-8")
    settings = Settings.load(file)
    assert settings.shortcuts == {}
    assert settings.layout == {"rows": "AA"}
    assert len(settings.notices) == 1
    assert "review.confirm" in settings.notices[0]
    settings.save()
    assert missing(tomllib.loads(text), tomllib.loads(file.read_text("utf-8"))) == []


@pytest.mark.parametrize("name", ["general", "shortcuts", "recent", "layout"])
def test_section_that_is_none_is_told_and_kept_beside(file: Path, name: str) -> None:
    file.write_text(f"{name} = 5\n", "utf-8")
    settings = Settings.load(file)
    assert settings.notices == [f"{name} in settings.toml is not a section, so it is left out."]
    settings.save()
    assert (file.parent / "settings.unreadable.toml").read_text("utf-8") == f"{name} = 5\n"
    assert Settings.load(file).notices == []


def test_file_of_a_newer_version_is_used_told_once_and_kept_before_it_is_changed(
    file: Path,
) -> None:
    newer = f'format = {FORMAT + 1}\ngeneral.theme = "dark"\nhologram.on = true\n'
    file.write_text(newer, "utf-8")
    settings = Settings.load(file)
    assert settings.text("general.theme") == "dark"
    assert len(settings.notices) == 1
    assert "newer version" in settings.notices[0]
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]
    settings.save()
    settings.save()
    assert (file.parent / "settings.newer.toml").read_text("utf-8") == newer
    assert tomllib.loads(file.read_text("utf-8"))["hologram"] == {"on": True}
    assert Settings.load(file).notices == []


@pytest.mark.parametrize(
    "content",
    [b"\0" * 300, b"[general]\ntheme = ", b"\xff\xfe[", b"a=" + b"[" * 5000, b"no settings at all"],
)
def test_damaged_file_is_told_and_kept_beside_with_those_of_earlier_mishaps(
    file: Path, content: bytes
) -> None:
    for number in ("", "-2"):
        file.write_bytes(content)
        settings = Settings.load(file)
        assert settings.text("general.theme") == "system"
        aside = f"settings.unreadable{number}.toml"
        assert len(settings.notices) == 1
        assert f"kept as {aside}" in settings.notices[0]
        assert file.read_bytes() == content
        settings.save()
        assert (file.parent / aside).read_bytes() == content
        assert Settings.load(file).notices == []


@pytest.mark.parametrize("content", ["", " \n"])
def test_file_that_lost_its_content_is_told(file: Path, content: str) -> None:
    file.write_text(content, "utf-8")
    settings = Settings.load(file)
    assert settings.notices == [f"The settings file {file} is empty, so defaults are used."]
    settings.save()
    assert Settings.load(file).notices == []


def test_mark_that_an_editor_of_windows_puts_first_is_no_damage(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbfgeneral.theme = "dark"\n')
    settings = Settings.load(file)
    assert settings.notices == []
    assert settings.text("general.theme") == "dark"


def test_folder_in_the_place_of_the_file_is_kept_beside(file: Path) -> None:
    file.mkdir()
    (file / "note").write_text("mine")
    settings = Settings.load(file)
    assert len(settings.notices) == 1
    settings.save()
    assert (file.parent / "settings.unreadable.toml" / "note").read_text() == "mine"
    assert file.is_file()


@pytest.mark.parametrize("content", [b"no settings at all", b"format = 99"])
def test_read_only_folder_is_told_and_nothing_is_replaced(
    file: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(content)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    # Who runs as root may write everywhere.
    monkeypatch.setattr(shutil, "copyfile", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    settings = Settings.load(file)
    with pytest.raises(KnownError, match="could not be saved"):
        settings.save()
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_full_disk_never_takes_the_file_away(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"format = 99")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(KnownError, match="could not be saved"):
        Settings.load(file).save()
    assert file.read_bytes() == b"format = 99"


def test_title_whose_name_fits_no_encoding_does_not_keep_settings_from_being_saved(
    file: Path,
) -> None:
    settings = Settings.load(file)
    settings.add_recent(Path("/media/A.mp4"))
    settings.add_recent(Path("/media/\udcff.mp4"))
    settings.save()
    assert Settings.load(file).recent == ["/media/A.mp4"]


def test_commands_tell_of_settings_that_cannot_be_used_and_change_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no settings at all")
    assert where_store("") == str(paths.default_store())
    assert "could not be read, so defaults are used" in capsys.readouterr().err
    assert where_store("given.db") == "given.db"
    assert capsys.readouterr().err == ""
    assert main(["store", "check"]) == 1
    assert "could not be read" in capsys.readouterr().err
    assert file.read_bytes() == b"no settings at all"
