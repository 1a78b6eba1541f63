"""Channels from a file.

```toml
[[channel]]
name = "News"
url = "https://example.org/news.m3u8"
profile = "broadcast"
detectors = ["black", "freeze", "silence"]

[[channel]]
name = "Sport"
url_env = "SPORT_URL"       # the URL, with its credentials, is taken from the environment
```
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.domain.channel import masked
from core.domain.errors import KnownError

_KEYS = frozenset({"name", "url", "url_env", "profile", "detectors"})


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """What is said about one channel.

    Attributes:
        name: What people call it.
        url: Where it comes from.
        profile: Name or file of a profile; empty for that of the command line.
        detectors: Ids; empty for those of the command line.
    """

    name: str
    url: str
    profile: str = ""
    detectors: tuple[str, ...] = ()


def read_channels(path: Path) -> tuple[ChannelEntry, ...]:
    """The channels that a file names.

    Raises:
        KnownError: It cannot be read, is no TOML, or says something that makes no sense.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise KnownError(f"{path.name} cannot be read.", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(f"{path.name} is not valid TOML.", str(error)) from error
    tables = document.get("channel")
    if not isinstance(tables, list) or not tables:
        raise KnownError(f"{path.name} names no channel; each begins with [[channel]].")
    return unique([_entry(path.name, number, t) for number, t in enumerate(tables, 1)])


def unique(entries: list[ChannelEntry]) -> tuple[ChannelEntry, ...]:
    """Channels, once it is sure that no two share a name.

    Raises:
        KnownError: Two do.
    """
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise KnownError(f"Two channels are named {twice}; each needs a name of its own.")
    return tuple(entries)


def name_of(url: str) -> str:
    """What a channel is called that nobody named: its address without what is secret."""
    shown = masked(url).partition("?")[0].partition("#")[0].removesuffix("/")
    return shown.partition("://")[2] or shown


def _entry(file: str, number: int, table: Any) -> ChannelEntry:
    where = f"Channel {number} of {file}"
    if not isinstance(table, Mapping):
        raise KnownError(f"{where} is no table.")
    for key, value in table.items():
        if key not in _KEYS:
            raise KnownError(f"{where} says {key}; there are {', '.join(sorted(_KEYS))}.")
        if key != "detectors" and not isinstance(value, str):
            raise KnownError(f"{where}: {key} must be text.")
    url = table.get("url", "")
    variable = table.get("url_env", "")
    if variable:
        url = os.environ.get(variable, "")
        if not url:
            raise KnownError(f"{where}: the environment has no {variable}.")
    if not url:
        raise KnownError(f"{where} has no url.")
    detectors = table.get("detectors", [])
    if not isinstance(detectors, list) or not all(isinstance(d, str) for d in detectors):
        raise KnownError(f"{where}: detectors must be a list of names.")
    return ChannelEntry(
        table.get("name") or name_of(url), url, table.get("profile", ""), tuple(detectors)
    )
