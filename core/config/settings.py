"""The one table of settings, and the file that keeps what a person changed.

The settings dialog, the docs and the tests derive from `SETTINGS`. The file is TOML: one section
a group, then `[shortcuts]`, `[recent]` and `[layout]`. Keys that this version does not know are
kept, so that an older version can share the file with a newer one.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomli_w

from core.config import paths
from core.config.language import languages
from core.config.learning import LEARNING
from core.config.setting import Kind, Setting, Value
from core.domain.errors import KnownError

__all__ = ["GROUPS", "SETTINGS", "Kind", "Setting", "Settings", "Value"]

_RECENT_LIMIT = 12

GROUPS: dict[str, str] = {
    "general": "General",
    "analysis": "Analysis",
    "review": "Review",
    "player": "Player",
    "sound": "Sound",
    "panes": "Panes",
    "heat": "Heat map",
    "learning": "Learning",
}
"""Groups in the order of the dialog, and what people call them."""


def _table(*settings: Setting) -> dict[str, Setting]:
    table = {setting.key: setting for setting in settings}
    if len(table) != len(settings):
        raise ValueError("two settings share a key")
    return table


SETTINGS: dict[str, Setting] = _table(
    Setting(
        "general.theme",
        "Theme",
        "Colours of the desk; System follows the desktop.",
        Kind.CHOICE,
        "system",
        {"system": "System", "dark": "Dark", "light": "Light"},
    ),
    Setting(
        "general.language",
        "Language",
        "Language of the desk; System follows the desktop. Takes effect at the next start.",
        Kind.CHOICE,
        "system",
        {"system": "System", **languages()},
    ),
    Setting(
        "general.store",
        "Store",
        "Database file or SQLAlchemy URL with titles and verdicts; empty means the usual place. "
        "Takes effect at the next start.",
        Kind.PATH,
        "",
    ),
    Setting(
        "general.confirm_quit",
        "Ask before quitting",
        "Ask before the desk closes while an analysis is running.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "general.tour",
        "Tour of the desk",
        "Be led through the desk when the sample title is opened next.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "general.analyse_on_open",
        "Analyse on opening",
        "Analyse a title that has no finished analysis as soon as it is opened.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "analysis.every_frame",
        "Look at every frame",
        "Have the network that sees block corruption look at every frame, not only where something "
        "changed. Takes several times as long.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "review.reviewer",
        "Reviewer",
        "Name written into each verdict; empty means the name of the system's user.",
        Kind.TEXT,
        "",
    ),
    Setting(
        "review.profile",
        "Profile",
        "Thresholds and severities for newly opened titles.",
        Kind.TEXT,
        "default",
    ),
    Setting(
        "review.pre_roll_s",
        "Pre-roll",
        "How much is played before and after a flag.",
        Kind.FLOAT,
        1.0,
        low=0.0,
        high=30.0,
        unit="s",
    ),
    Setting(
        "review.loop",
        "Loop around the flag",
        "Play the selected flag over and over.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "review.advance",
        "Go on after a decision",
        "Select the next undecided flag once a decision is kept.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "review.blind",
        "Blind second look",
        "Hide what other reviewers said about a flag until it is decided here.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "review.order",
        "Order of the queue",
        "What stands first among the flags of a title.",
        Kind.CHOICE,
        "time",
        {
            "time": "By time",
            "severity": "Most severe",
            "score": "Strongest",
            "uncertain": "Least sure",
            "defect": "By defect",
            "useful": "Most useful",
        },
    ),
    Setting(
        "review.incidents",
        "Group into incidents",
        "Flags that overlap, repeat or tell of one thing stand in one row and are decided once.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "player.time_format",
        "Time display",
        "How positions are written in the transport and on the axes.",
        Kind.CHOICE,
        "timecode",
        {
            "timecode": "Timecode",
            "clock": "Clock",
            "pts": "PTS",
            "frames": "Frames",
            "seconds": "Seconds",
        },
    ),
    Setting(
        "player.drop_frame",
        "Drop-frame timecode",
        "Count in drop-frame at 29.97 and 59.94 frames a second.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "player.cache_mb",
        "Frame cache",
        "Memory for decoded frames, which makes steps and loops quick.",
        Kind.INT,
        512,
        low=64,
        high=16384,
        unit="MB",
    ),
    Setting(
        "player.large_step",
        "Large step",
        "Frames that the large step moves.",
        Kind.INT,
        10,
        low=2,
        high=250,
        unit="frames",
    ),
    Setting(
        "sound.device",
        "Device",
        "Where the sound is played.",
        Kind.DEVICE,
        "",
    ),
    Setting(
        "sound.offset_ms",
        "Sound delay",
        "Delay of the sound device that the system does not report; positive shows the picture "
        "later.",
        Kind.FLOAT,
        0.0,
        low=-500.0,
        high=500.0,
        unit="ms",
    ),
    Setting(
        "panes.waveform_scale",
        "Waveform scale",
        "Height of the waveform in proportion to the sample values, or in decibels.",
        Kind.CHOICE,
        "linear",
        {"linear": "Linear", "db": "Decibels"},
    ),
    Setting(
        "panes.spectrogram_scale",
        "Spectrogram scale",
        "Spacing of frequencies.",
        Kind.CHOICE,
        "log",
        {"log": "Logarithmic", "linear": "Linear"},
    ),
    Setting(
        "panes.quiet_lanes",
        "Show lanes without flags",
        "Give each detector a lane of its own, also where it found nothing.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "panes.thumbnails",
        "Thumbnails",
        "Show a strip of pictures above the lanes.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "panes.evidence",
        "Evidence in the sound",
        "Point at what carries a defect of the sound, in waveform and spectrogram.",
        Kind.BOOL,
        True,
    ),
    Setting(
        "panes.sync",
        "Lip sync over the picture",
        "Show faces with their verdicts and the fragment's verdict over the picture all the time, "
        "not only while a flag of sync is selected.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "heat.shown",
        "Show the heat map",
        "Paint over the picture where blocks are broken.",
        Kind.BOOL,
        False,
    ),
    Setting(
        "heat.threshold",
        "Threshold",
        "Probability from which a cell of the heat map is shown.",
        Kind.INT,
        30,
        low=5,
        high=95,
        unit="%",
    ),
    Setting(
        "heat.opacity",
        "Opacity",
        "Opacity of the heat map's colours.",
        Kind.INT,
        70,
        low=10,
        high=100,
        unit="%",
    ),
    Setting(
        "heat.style",
        "Style",
        "Colours, outlines of cells, or both; outlines show values when zoomed in.",
        Kind.CHOICE,
        "both",
        {"fill": "Fill", "contours": "Contours", "both": "Both"},
    ),
    *LEARNING,
)


class Settings:
    """What a person set, and where the desk left off.

    Attributes:
        shortcuts: Key sequences by action id, only those that differ from the action table; an
            empty list means that the action has no key.
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
        self._document: dict[str, Any] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the file; what cannot be used falls back to its default, with a notice."""
        settings = cls(path)
        try:
            settings._document = tomllib.loads(settings.path.read_text("utf-8"))
        except FileNotFoundError:
            return settings
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            settings.notices.append(
                f"The settings file {settings.path} could not be read, so defaults are used: "
                f"{error}."
            )
            settings._keep_aside()
            return settings
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
        if checked == SETTINGS[key].default:
            self._values.pop(key, None)
        else:
            self._values[key] = checked

    def reset(self) -> None:
        """Give every setting its default; shortcuts, recent titles and layout stay."""
        self._values.clear()

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

    def _keep_aside(self) -> None:
        """Keep an unreadable file under another name rather than overwrite it."""
        aside = self.path.with_suffix(".unreadable.toml")
        try:
            self.path.replace(aside)
        except OSError as error:
            self.notices.append(f"It could not be kept aside either: {error}.")

    def _take(self) -> None:
        for setting in SETTINGS.values():
            section = self._document.get(setting.group)
            if not isinstance(section, dict) or setting.name not in section:
                continue
            try:
                self.set(setting.key, section[setting.name])
            except ValueError as error:
                self.notices.append(
                    f"{setting.title} in {self.path.name} {error}, so its default is used."
                )
        self.shortcuts = {
            action: _texts(keys) for action, keys in self._section("shortcuts").items()
        }
        self.recent = _texts(self._section("recent").get("titles", []))[:_RECENT_LIMIT]
        self.layout = {k: v for k, v in self._section("layout").items() if isinstance(v, str)}

    def _section(self, name: str) -> dict[str, Any]:
        section = self._document.get(name, {})
        if isinstance(section, dict):
            return section
        self.notices.append(f"{name} in {self.path.name} is not a section, so it is left out.")
        return {}

    def _as_document(self) -> dict[str, Any]:
        document = {
            key: dict(value) if isinstance(value, dict) else value
            for key, value in self._document.items()
        }
        for setting in SETTINGS.values():
            section = document.get(setting.group)
            if not isinstance(section, dict):
                section = document[setting.group] = {}
            section.pop(setting.name, None)
            if setting.key in self._values:
                section[setting.name] = self._values[setting.key]
        document["shortcuts"] = dict(self.shortcuts)
        document["recent"] = {"titles": list(self.recent)}
        document["layout"] = dict(self.layout)
        return {key: value for key, value in document.items() if value != {}}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Sequence):
        return [item for item in value if isinstance(item, str)]
    return []
