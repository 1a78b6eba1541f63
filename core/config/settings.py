"""The file that keeps what a person changed of the table of settings, and where the desk left off.

The file is TOML: `format`, one section a group, then `[shortcuts]`, `[recent]` and `[layout]`. What
this version does not know, and values that it cannot use, stay in the file, so that an older and a
newer version can share it. Reading changes nothing; a file that cannot be read, or that a newer
version wrote, is kept under another name before it is replaced.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from core.config import former, paths
from core.config.setting import Kind, Setting, Value
from core.config.table import GROUPS, SETTINGS
from core.domain.errors import KnownError

__all__ = ["FORMAT", "GROUPS", "SETTINGS", "Kind", "Setting", "Settings", "Value"]

FORMAT = 1
"""Version of the file's shape. It grows when an older version would misread a newer file."""

_RECENT_LIMIT = 12


class Settings:
    """What a person set, and where the desk left off.

    Attributes:
        shortcuts: Key sequences by action id, only those that differ from the action table; an
            empty list means that the action has no key. Those of unknown actions are kept, too.
        recent: Paths of recent titles, newest first.
        layout: Window state by name, as text.
        notices: Sentences about values in the file that could not be used.

    Args:
        path: The file; None for the usual place. It need not exist.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else paths.settings_file()
        self.shortcuts: dict[str, list[str]] = {}
        self.recent: list[str] = []
        self.layout: dict[str, str] = {}
        self.notices: list[str] = []
        self._values: dict[str, Value] = {}
        self._refused: dict[str, Any] = {}
        self._document: dict[str, Any] = {}
        self._aside: Path | None = None

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the file; what cannot be used falls back to its default, with a notice."""
        settings = cls(path)
        try:
            text = settings.path.read_text("utf-8-sig")
            settings._document = tomllib.loads(text)
        except FileNotFoundError:
            return settings
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            settings._aside = settings._free_name()
            reason = f"“{error}”"
            settings.notices.append(
                f"The settings file {settings.path} could not be read, so defaults are used; it "
                f"will be kept as {settings._aside.name} before it is replaced: {reason}."
            )
            return settings
        if not text.strip():
            settings.notices.append(
                f"The settings file {settings.path} is empty, so defaults are used."
            )
        settings._take()
        return settings

    def get(self, key: str) -> Value:
        """The value of a setting, or its default.

        Raises:
            KeyError: There is no such setting.
        """
        return self._values.get(key, SETTINGS[key].default)

    def flag(self, key: str) -> bool:
        """The value of a yes/no setting."""
        return bool(self.get(key))

    def number(self, key: str) -> float:
        """The value of a number setting."""
        return float(self.get(key))

    def text(self, key: str) -> str:
        """The value of a choice, text or path setting."""
        return str(self.get(key))

    def set(self, key: str, value: object) -> None:
        """Change a setting; call `save` to keep it.

        Raises:
            KeyError: There is no such setting.
            ValueError: The value does not fit.
        """
        checked = SETTINGS[key].checked(value)
        self._refused.pop(key, None)
        if checked == SETTINGS[key].default:
            self._values.pop(key, None)
        else:
            self._values[key] = checked

    def reset(self) -> None:
        """Give every setting its default; shortcuts, recent titles and layout stay."""
        self._values.clear()
        self._refused.clear()

    def add_recent(self, path: Path) -> None:
        """Put a title at the head of the recent ones."""
        text = str(path)
        self.recent = [text, *(p for p in self.recent if p != text)][:_RECENT_LIMIT]

    def save(self) -> None:
        """Write the file in one step: readers see the old one or the new one, whole.

        Raises:
            KnownError: The folder cannot be written.
        """
        document = self._as_document()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._set_aside()
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
        except OSError as error:
            raise self._not_saved(error) from error
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(tomli_w.dumps(document).encode())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise self._not_saved(error) from error
        self._document = document

    def _not_saved(self, error: OSError) -> KnownError:
        return KnownError(f"The settings could not be saved to {self.path}.", str(error))

    def _free_name(self) -> Path:
        """Where a file that cannot be read is kept: those of earlier mishaps stay."""
        number, aside = 1, self.path.with_suffix(".unreadable.toml")
        while aside.exists():
            number += 1
            aside = self.path.with_suffix(f".unreadable-{number}.toml")
        return aside

    def _set_aside(self) -> None:
        """Keep what `load` could not use, or not wholly, before it is replaced for the first time.

        Raises:
            OSError: It cannot be kept, so it must not be replaced.
        """
        if self._aside is None or not self.path.exists():
            return
        part = self._aside.with_suffix(".part")
        try:
            shutil.copyfile(self.path, part)
            part.replace(self._aside)
        except (PermissionError, IsADirectoryError):
            # What may not be read, or is no file, may still be given another name.
            self.path.replace(self._aside)
        finally:
            part.unlink(missing_ok=True)
        self._aside = None

    # Reading

    def _take(self) -> None:
        if _number(self._document.get("format")) > FORMAT:
            self._aside = self.path.with_suffix(".newer.toml")
            self.notices.append(
                f"The settings in {self.path} were written by a newer version of Onglass: what "
                f"this version knows is used, and the file will be kept as {self._aside.name} "
                "before it is changed."
            )
        sections = {group: self._section(group) for group in GROUPS}
        for key, value in _carried(_flat(sections), former.SETTING_KEYS).items():
            if key not in SETTINGS:
                continue
            try:
                self.set(key, value)
            except ValueError as error:
                self._refused[key] = value
                self.notices.append(str(error))
        for action, keys in _carried(self._section("shortcuts"), former.ACTION_IDS).items():
            if isinstance(keys, str) or _all_text(keys):
                self.shortcuts[action] = _texts(keys)
            else:
                self.notices.append(
                    f"The shortcuts of {action} in {self.path.name} are not text, so its "
                    "defaults are used."
                )
        self.recent = _texts(self._section("recent").get("titles", []))[:_RECENT_LIMIT]
        layout = _carried(self._section("layout"), former.LAYOUT_NAMES)
        self.layout = {name: text for name, text in layout.items() if isinstance(text, str)}

    def _section(self, name: str) -> dict[str, Any]:
        section = self._document.get(name, {})
        if isinstance(section, dict):
            return section
        self._aside = self._aside or self._free_name()
        self.notices.append(f"{name} in {self.path.name} is not a section, so it is left out.")
        return {}

    # Writing

    def _as_document(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            key: dict(value) if isinstance(value, dict) else value
            for key, value in self._document.items()
        }
        document["format"] = FORMAT
        values = {**self._refused, **self._values}
        for key in SETTINGS:
            _put(document, key, values.get(key))
        for old, new in former.SETTING_KEYS.items():
            _put(document, old, values.get(new))
        kept = {
            k: v
            for k, v in self._raw("shortcuts").items()
            if not (isinstance(v, str) or _all_text(v))
        }
        document["shortcuts"] = _under_both(kept | self.shortcuts, former.ACTION_IDS)
        # TOML is UTF-8, which not every name of a file can be written in.
        titles = [title for title in self.recent if _is_utf8(title)]
        document["recent"] = {**self._raw("recent"), "titles": titles}
        kept = {k: v for k, v in self._raw("layout").items() if not isinstance(v, str)}
        document["layout"] = _under_both(kept | self.layout, former.LAYOUT_NAMES)
        return {key: value for key, value in document.items() if value != {}}

    def _raw(self, name: str) -> dict[str, Any]:
        section = self._document.get(name)
        return dict(section) if isinstance(section, dict) else {}


def _put(document: dict[str, Any], key: str, value: Any) -> None:
    """Write a setting's value; None takes it out."""
    group, _, name = key.partition(".")
    section = document.get(group)
    if not isinstance(section, dict):
        section = document[group] = {}
    section.pop(name, None)
    if value is not None:
        section[name] = value


def _flat(sections: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        f"{group}.{name}": v for group, values in sections.items() for name, v in values.items()
    }


def _carried(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Values under their present names; what stands under the present name already counts."""
    renamed = {new: values[old] for old, new in names.items() if old in values}
    return {**renamed, **{name: value for name, value in values.items() if name not in names}}


def _under_both(values: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {**values, **{old: values[new] for old, new in names.items() if new in values}}


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _all_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Sequence):
        return [item for item in value if isinstance(item, str)]
    return []
