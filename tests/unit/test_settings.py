from __future__ import annotations

from pathlib import Path

import pytest

from core.config import table as table_module
from core.config.settings import GROUPS, SETTINGS, Kind, Settings
from core.domain.errors import KnownError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_every_setting_accepts_its_own_default_and_has_words() -> None:
    for setting in SETTINGS.values():
        assert setting.checked(setting.default) == setting.default
        assert setting.group in GROUPS
        assert setting.title
        assert setting.help.endswith(".")
        assert bool(setting.choices) == (setting.kind is Kind.CHOICE)


def test_every_setting_has_an_effect() -> None:
    root = Path(table_module.__file__).parents[2]
    sources = [p for room in ("core", "gui") for p in (root / room).rglob("*.py")]
    texts = [p.read_text("utf-8") for p in sources if p != Path(table_module.__file__)]
    assert [key for key in SETTINGS if not any(f'"{key}"' in text for text in texts)] == []


def test_missing_file_gives_defaults_without_a_notice(file: Path) -> None:
    settings = Settings.load(file)
    assert settings.get("review.pre_roll_s") == 1.0
    assert settings.notices == []


def test_everything_survives_saving_and_loading(file: Path) -> None:
    settings = Settings.load(file)
    settings.set("general.theme", "dark")
    settings.set("review.pre_roll_s", 2.5)
    settings.set("review.reviewer", 'Ana "the eye" Ñ')
    settings.shortcuts = {"review.confirm": ["C", "Return"], "review.reject": []}
    settings.layout = {"window": "AAEC"}
    settings.add_recent(Path("/a.mp4"))
    settings.save()
    again = Settings.load(file)
    assert again.text("general.theme") == "dark"
    assert again.number("review.pre_roll_s") == 2.5
    assert again.text("review.reviewer") == 'Ana "the eye" Ñ'
    assert again.shortcuts == settings.shortcuts
    assert again.layout == settings.layout
    assert again.recent == settings.recent


def test_unknown_keys_are_kept(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text('future = 1\n[general]\nnew = "x"\ntheme = "light"\n[hologram]\non = true\n')
    settings = Settings.load(file)
    settings.set("general.theme", "dark")
    settings.save()
    text = file.read_text()
    assert "future = 1" in text
    assert 'new = "x"' in text
    assert "[hologram]" in text
    assert 'theme = "dark"' in text


@pytest.mark.parametrize(
    "line",
    ['review.pre_roll_s = "long"', "review.pre_roll_s = 99", "review.pre_roll_s = nan"],
)
def test_bad_value_falls_back_with_a_notice(file: Path, line: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(f'{line}\ngeneral.theme = "dark"\n')
    settings = Settings.load(file)
    assert settings.get("review.pre_roll_s") == 1.0
    assert settings.get("general.theme") == "dark"
    assert len(settings.notices) == 1
    assert "Pre-roll" in settings.notices[0]


def test_unreadable_file_gives_defaults_and_is_kept_aside(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.write_text("this is [not toml")
    settings = Settings.load(file)
    assert settings.get("general.theme") == "system"
    assert len(settings.notices) == 1
    settings.save()
    assert file.with_suffix(".unreadable.toml").read_text() == "this is [not toml"


def test_default_is_not_written(file: Path) -> None:
    settings = Settings.load(file)
    settings.set("general.theme", "dark")
    settings.set("general.theme", "system")
    settings.save()
    assert "theme" not in file.read_text()


def test_values_that_do_not_fit_are_refused() -> None:
    settings = Settings(Path("unused"))
    with pytest.raises(ValueError, match="none of “system”"):
        settings.set("general.theme", "pink")
    with pytest.raises(ValueError, match="neither true nor false"):
        settings.set("review.loop", 1)
    with pytest.raises(KeyError):
        settings.get("general.colour")


def test_recent_titles_are_newest_first_unique_and_bounded() -> None:
    settings = Settings(Path("unused"))
    for i in range(30):
        settings.add_recent(Path(f"/{i}.mp4"))
    settings.add_recent(Path("/25.mp4"))
    assert settings.recent[:2] == ["/25.mp4", "/29.mp4"]
    assert settings.recent.count("/25.mp4") == 1
    assert len(settings.recent) == 12


def test_failed_save_says_so_and_leaves_no_litter(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(KnownError, match="could not be saved"):
        Settings(blocked / "settings.toml").save()
    target = tmp_path / "folder"
    (target / "settings.toml").mkdir(parents=True)
    with pytest.raises(KnownError, match="could not be saved"):
        Settings(target / "settings.toml").save()
    assert [p.name for p in target.iterdir()] == ["settings.toml"]
