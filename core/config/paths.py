"""Where the product keeps things. `ONGLASS_HOME` moves all of it below one folder."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "onglass"


def _home() -> Path | None:
    value = os.environ.get("ONGLASS_HOME")
    return Path(value) if value else None


def config_dir() -> Path:
    """Settings, shortcuts and the user's own profiles."""
    home = _home()
    return home / "config" if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def data_dir() -> Path:
    """The store, its backups and the user's own weights."""
    home = _home()
    return home / "data" if home else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """What can be made again: waveforms, spectrograms, thumbnails, the sample title."""
    home = _home()
    return home / "cache" if home else Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def state_dir() -> Path:
    """Where each open desk stands, for the start after a crash."""
    home = _home()
    return home / "state" if home else Path(platformdirs.user_state_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """Log files."""
    home = _home()
    return home / "log" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))


def settings_file() -> Path:
    """The settings, TOML."""
    return config_dir() / "settings.toml"


def profiles_dir() -> Path:
    """The user's own profiles, TOML."""
    return config_dir() / "profiles"


def default_store() -> Path:
    """The SQLite store that is used when none is named."""
    return data_dir() / "onglass.db"


def learning_dir() -> Path:
    """Snapshots, trainings and promotions: what learning keeps for good."""
    return data_dir() / "learning"


def weights_pointer() -> Path:
    """The file that says which weights measure; missing until weights were first promoted."""
    return learning_dir() / "active.json"


def resources_dir() -> Path:
    """Files that ship with the product."""
    return Path(__file__).resolve().parents[2] / "resources"
